#include <math.h>
#include <stdlib.h>

#include "mirror_parts.h"

#define RATIO_BAND      1.5
#define MEMBERS         27
#define MEMBERS_MISSING 2 /* of the 27, where a missing row is not a zero */

static const char *const members[MEMBERS] = {"AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK",
                                             "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN",
                                             "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD",
                                             "POL", "PRT", "ROU", "SVK", "SVN", "SWE"};

static const char *const cautions[] = {
    "Exports are valued free on board and imports with freight and insurance, so a ratio a little "
    "below 1 is ordinary.",
    "Goods that leave in one month arrive in another, so single months are not compared.",
    "Re-exports, transit and the place of clearance move goods between partners in the books "
    "without "
    "any offence.",
    "Confidential and simplified declarations are missing on either side.",
    "A figure converted between currencies at a yearly rate is off by the swing within the year.",
    "Codes change with the editions of the Harmonized System: some of 2022 did not exist before.",
    "The priority list is later than some of the years: its tiers, applied to them, are an "
    "anachronism.",
    "The CUSUM takes months as independent and the baseline years as alike: growth, prices and a "
    "year "
    "that stands out can make it ring.",
    NULL};

const char *const *mirror_cautions(void)
{
    return cautions;
}

struct mirror_options mirror_options_default(void)
{
    return (struct mirror_options){
        .baseline_from = 2019, .baseline_to = 2021, .run_length_months = 120, .seed = 1};
}

static int options_check(const struct mirror_options *options, struct ajar_err *err)
{
    int32_t from = options->baseline_from, to = options->baseline_to;
    if (from < 1 || to > 9998 || to - from < 1 || to - from > 29) {
        return err_set(err, E_WATCH_OPTION,
                       "The baseline is 2 to 30 years of the calendar, not %d to %d.", (int)from,
                       (int)to);
    }
    double length = options->run_length_months;
    if (!(length >= 12 && length <= 1200)) {
        return err_set(err, E_WATCH_OPTION, "The run length is 12 to 1200 months.");
    }
    return 0;
}

struct mirror_make {
    struct arena *arena;
    const struct scenario *scenario;
    const struct mirror_options *options;
    struct mirror_rows rows;
    struct mirror_thresholds *thresholds;
    name_id eu27, member[MEMBERS];
};

/* Imports of one year: what one row of the partner, or the sum of its rows, says. */
struct mirror_side {
    double value;
    int32_t members;
    const char *why_not;
    name_id source;
};

static struct mirror_side side_of(struct mirror_figure figure, size_t rows_in_other_unit)
{
    struct mirror_side out = {.value = figure.value, .source = figure.source};
    if (figure.marked) {
        out.why_not = "the partner's file of the year is marked: do not use";
    } else if (figure.months == 0 && rows_in_other_unit > 0) {
        out.why_not = "the two sides have different units";
    } else if (figure.months == 0) {
        out.why_not = "the partner declares no imports from there in this year";
    } else if (isnan(figure.value)) {
        out.why_not = "months of the partner's year are missing";
    }
    return out;
}

static struct mirror_figure side_figure(const struct mirror_make *make,
                                        const struct mirror_partner *of, name_id from, int32_t year,
                                        size_t *other)
{
    name_id tier = of->hs == 0 ? of->tier : 0;
    struct mirror_span any = mirror_flow(&make->rows, true, of->partner, of->hs, tier, from, 0);
    struct mirror_span flow =
        mirror_flow(&make->rows, true, of->partner, of->hs, tier, from, of->unit);
    *other += any.n - flow.n;
    return mirror_year_of(&make->rows, flow, year);
}

static struct mirror_side side_members(const struct mirror_make *make,
                                       const struct mirror_partner *of, int32_t year)
{
    struct mirror_figure sum = {0};
    size_t other = 0;
    int32_t n = 0;
    bool part = false;
    for (size_t i = 0; i < MEMBERS; i++) {
        struct mirror_figure one = side_figure(make, of, make->member[i], year, &other);
        sum.marked = sum.marked || one.marked;
        part = part || (one.months > 0 && isnan(one.value));
        if (one.months > 0) {
            sum.months = 12;
            sum.source = sum.source != 0 ? sum.source : one.source;
        }
        if (!isnan(one.value)) {
            sum.value += one.value;
            n++;
        }
    }
    if (part || n == 0) {
        sum.value = NAN;
    }
    struct mirror_side out = side_of(sum, other);
    out.members = n;
    if (out.why_not == NULL && of->tier == 0 && n < MEMBERS - MEMBERS_MISSING) {
        out.value = NAN;
        out.why_not = "the partner's figures of more than 2 of the 27 are missing";
    }
    return out;
}

static struct mirror_side side_make(const struct mirror_make *make, const struct mirror_partner *of,
                                    int32_t year)
{
    size_t other = 0;
    struct mirror_figure own = side_figure(make, of, of->reporter, year, &other);
    if (own.months == 0 && of->reporter == make->eu27) {
        return side_members(make, of, year);
    }
    return side_of(own, other);
}

static void year_fill(const struct mirror_make *make, struct mirror_span exports,
                      const struct mirror_partner *of, int32_t year, struct mirror_year *to)
{
    struct mirror_figure figure = mirror_year_of(&make->rows, exports, year);
    struct mirror_side side = side_make(make, of, year);
    *to = (struct mirror_year){.year = year,
                               .exports = figure.value,
                               .months = figure.months,
                               .imports = side.value,
                               .members = side.members,
                               .ratio = NAN,
                               .jump = NAN,
                               .why_not = side.why_not,
                               .export_source = figure.source,
                               .import_source = side.source};
    if (isnan(figure.value)) {
        to->why_not = figure.marked ? "the reporter's figures of the year are marked: do not use"
                                    : "the reporter's year is not whole";
    } else if (side.why_not == NULL && side.value > 0) {
        to->ratio = figure.value / side.value;
    } else if (side.why_not == NULL) {
        to->why_not = "the partner's imports are zero";
    }
}

static int years_fill(const struct mirror_make *make, struct mirror_span exports,
                      struct mirror_partner *to, struct ajar_err *err)
{
    TRY_NEW(to->years, make->arena, exports.n, err);
    double sum = 0, n = 0;
    for (size_t i = 0; i < exports.n; i++) {
        int32_t year = mirror_year_at(exports.at[i].first);
        if (to->n_years > 0 && to->years[to->n_years - 1].year == year) {
            continue;
        }
        struct mirror_year *at = &to->years[to->n_years++];
        year_fill(make, exports, to, year, at);
        if (year >= to->baseline_from && year <= to->baseline_to && !isnan(at->exports)) {
            sum += at->exports;
            n++;
        }
    }
    to->baseline = n > 0 ? sum / n : NAN;
    for (size_t i = 0; i < to->n_years; i++) {
        struct mirror_year *at = &to->years[i];
        at->jump = to->baseline > 0 ? at->exports / to->baseline : NAN;
        to->flagged = to->flagged || (at->year >= to->break_year &&
                                      (at->ratio > RATIO_BAND || at->ratio < 1 / RATIO_BAND));
    }
    to->flagged = to->flagged || to->since != DATE_NONE;
    return 0;
}

static int order_code(const void *left, const void *right)
{
    const name_id *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static int codes_count(struct arena *arena, struct mirror_span exports, size_t *out,
                       struct ajar_err *err)
{
    name_id *code;
    TRY_NEW(code, arena, exports.n, err);
    for (size_t i = 0; i < exports.n; i++) {
        code[i] = exports.at[i].code;
    }
    qsort(code, exports.n, sizeof *code, order_code);
    *out = 0;
    for (size_t i = 0; i < exports.n; i++) {
        *out += i == 0 || code[i] != code[i - 1];
    }
    return 0;
}

static int partner_fill(struct mirror_make *make, struct mirror_span exports,
                        struct mirror_partner *to, struct ajar_err *err)
{
    const struct mirror_item *first = exports.at;
    *to = (struct mirror_partner){.reporter = first->reporter,
                                  .partner = first->partner,
                                  .hs = first->hs,
                                  .tier = first->hs == 0 ? first->tier
                                                         : mirror_tier(&make->rows, first->hs),
                                  .unit = first->unit,
                                  .n_codes = 1,
                                  .baseline_from = make->options->baseline_from,
                                  .baseline_to = make->options->baseline_to,
                                  .break_year = make->options->baseline_to + 1};
    if (to->hs == 0) {
        TRY(codes_count(make->arena, exports, &to->n_codes, err));
    }
    TRY(mirror_months_fill(make->arena, &make->rows, exports, make->thresholds, to, err));
    return years_fill(make, exports, to, err);
}

/* The words by which partners are ordered. */
struct mirror_place {
    struct text word[4];
    struct mirror_partner of;
};

static int order_places(const void *left, const void *right)
{
    const struct mirror_place *a = left, *b = right;
    for (size_t i = 0; i < 4; i++) {
        int order = text_cmp(a->word[i], b->word[i]);
        if (order != 0) {
            return order;
        }
    }
    return (a->of.unit > b->of.unit) - (a->of.unit < b->of.unit);
}

static int table_sort(const struct mirror_make *make, struct mirror_table *table,
                      struct ajar_err *err)
{
    struct mirror_place *place;
    TRY_NEW(place, make->arena, table->n, err);
    for (size_t i = 0; i < table->n; i++) {
        const struct mirror_partner *of = &table->partners[i];
        place[i] = (struct mirror_place){
            {scenario_name(make->scenario, of->reporter), scenario_name(make->scenario, of->hs),
             scenario_name(make->scenario, of->tier), scenario_name(make->scenario, of->partner)},
            *of};
    }
    qsort(place, table->n, sizeof *place, order_places);
    for (size_t i = 0; i < table->n; i++) {
        table->partners[i] = place[i].of;
    }
    return 0;
}

static void table_list(const struct mirror_make *make, struct mirror_table *table)
{
    struct date_partial list = make->rows.list_date;
    table->list_date.first = table->list_date.last = DATE_NONE;
    for (size_t i = 0; i < table->n; i++) {
        const struct mirror_partner *of = &table->partners[i];
        if (of->tier == 0) {
            continue;
        }
        table->list_date = list;
        table->anachronism = table->anachronism || list.first == DATE_NONE ||
                             of->years[0].year < mirror_year_at(list.first);
    }
}

/* The end of the flow that starts at item `from`, in one unit. */
static size_t flow_end(const struct mirror_rows *rows, size_t from)
{
    const struct mirror_item *key = &rows->items[from];
    struct mirror_span flow =
        mirror_flow(rows, key->import, key->reporter, key->hs, key->tier, key->partner, key->unit);
    return (size_t)(flow.at - rows->items) + flow.n;
}

int mirror_make(struct arena *arena, const struct scenario *scenario,
                const struct mirror_options *options, struct mirror_table *out,
                struct ajar_err *err)
{
    struct mirror_make make = {.arena = arena, .scenario = scenario, .options = options};
    struct mirror_table table = {0};
    TRY(options_check(options, err));
    TRY(mirror_rows_make(arena, scenario, options, &make.rows, err));
    TRY(mirror_thresholds_make(arena, options, &make.thresholds, err));
    make.eu27 = scenario_word(scenario, "EU27");
    for (size_t i = 0; i < MEMBERS; i++) {
        make.member[i] = scenario_word(scenario, members[i]);
    }
    for (size_t i = 0; i < make.rows.n_exports; i = flow_end(&make.rows, i)) {
        table.n++;
    }
    TRY_NEW(table.partners, arena, table.n, err);
    size_t at = 0;
    for (size_t i = 0; i < make.rows.n_exports; at++) {
        size_t end = flow_end(&make.rows, i);
        struct mirror_span exports = {make.rows.items + i, end - i};
        TRY(partner_fill(&make, exports, &table.partners[at], err));
        i = end;
    }
    TRY(table_sort(&make, &table, err));
    table_list(&make, &table);
    *out = table;
    return 0;
}
