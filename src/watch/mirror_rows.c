#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mirror_parts.h"

#define MARKED_WORDS "do not use"

int32_t mirror_year_at(date_days day)
{
    int year, month, of_month;
    date_to_civil(day, &year, &month, &of_month);
    return year;
}

static int order_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int order_flow(const struct mirror_item *a, const struct mirror_item *b)
{
    int order = (int)a->import - (int)b->import;
    order = order != 0 ? order : order_u32(a->reporter, b->reporter);
    order = order != 0 ? order : order_u32(a->hs, b->hs);
    order = order != 0 ? order : order_u32(a->tier, b->tier);
    order = order != 0 ? order : order_u32(a->partner, b->partner);
    return order;
}

static int order_thing(const struct mirror_item *a, const struct mirror_item *b)
{
    int order = order_flow(a, b);
    order = order != 0 ? order : order_u32(a->unit, b->unit);
    order = order != 0 ? order : (a->first > b->first) - (a->first < b->first);
    order = order != 0 ? order : (int)a->whole_year - (int)b->whole_year;
    return order != 0 ? order : order_u32(a->code, b->code);
}

static int order_items(const void *left, const void *right)
{
    const struct mirror_item *a = left, *b = right;
    int order = order_thing(a, b);
    return order != 0 ? order : order_u32(a->row, b->row);
}

static int order_listed(const void *left, const void *right)
{
    const struct mirror_listed *a = left, *b = right;
    int order = order_u32(a->hs, b->hs);
    return order != 0 ? order : order_u32(a->tier, b->tier);
}

name_id mirror_tier(const struct mirror_rows *rows, name_id hs)
{
    size_t low = 0, high = rows->n_listed;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->listed[middle].hs < hs) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < rows->n_listed && rows->listed[low].hs == hs ? rows->listed[low].tier : 0;
}

static int rows_list(struct arena *arena, const struct hs_list *list, struct mirror_rows *rows,
                     struct ajar_err *err)
{
    TRY_NEW(rows->listed, arena, list->n, err);
    rows->n_listed = list->n;
    rows->list_date.first = rows->list_date.last = DATE_NONE;
    for (size_t i = 0; i < list->n; i++) {
        rows->listed[i] = (struct mirror_listed){list->hs6[i], list->tier[i]};
        if (list->list_date[i].first > rows->list_date.first) {
            rows->list_date = list->list_date[i];
        }
    }
    qsort(rows->listed, rows->n_listed, sizeof *rows->listed, order_listed);
    return 0;
}

static void rows_reject_side(const struct scenario *scenario, name_id table, uint32_t row,
                             bool *rejected)
{
    if (table == scenario_word(scenario, "trade") && row < scenario->trade.n) {
        rejected[row] = true;
    }
}

/* Rows that contradictions.csv does not read. */
static void rows_reject(const struct scenario *scenario, bool *rejected)
{
    const struct contradictions *pairs = &scenario->contradictions;
    for (size_t i = 0; i < pairs->n; i++) {
        struct text reading = scenario_name(scenario, pairs->reading[i]);
        bool neither = text_is(reading, "neither");
        if (neither || text_is(reading, "b")) {
            rows_reject_side(scenario, pairs->table_a[i], pairs->row_a[i], rejected);
        }
        if (neither || text_is(reading, "a")) {
            rows_reject_side(scenario, pairs->table_b[i], pairs->row_b[i], rejected);
        }
    }
}

static bool rows_marked(struct text note)
{
    return note.n > 0 && memmem(note.at, note.n, MARKED_WORDS, strlen(MARKED_WORDS)) != NULL;
}

static bool rows_asked(const struct mirror_options *options, name_id reporter, name_id partner)
{
    return (options->reporter == 0 || options->reporter == reporter) &&
           (options->partner == 0 || options->partner == partner);
}

/* Keeps the first row of those that speak of one thing. */
static void rows_single(struct mirror_rows *rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (kept == 0 || order_thing(&rows->items[kept - 1], &rows->items[i]) != 0) {
            rows->items[kept++] = rows->items[i];
            rows->n_exports += !rows->items[i].import;
        }
    }
    rows->n = kept;
}

/* What row i says; false: nothing that is compared. */
static bool rows_read(const struct scenario *scenario, const struct mirror_options *options,
                      size_t i, name_id export, name_id import, struct mirror_item *out)
{
    const struct trade *trade = &scenario->trade;
    bool in = trade->flow[i] == import;
    if ((!in && trade->flow[i] != export) || !isfinite(trade->value[i]) ||
        trade->period[i].first == DATE_NONE) {
        return false;
    }
    if (!in && !rows_asked(options, trade->reporter[i], trade->partner[i])) {
        return false;
    }
    *out = (struct mirror_item){.import = in,
                                .reporter = trade->reporter[i],
                                .hs = trade->hs[i],
                                .partner = trade->partner[i],
                                .unit = trade->unit[i],
                                .first = trade->period[i].first,
                                .whole_year = trade->period[i].precision == DATE_YEAR,
                                .marked = rows_marked(trade->note[i]),
                                .code = trade->hs[i],
                                .row = (uint32_t)i};
    return true;
}

int mirror_rows_make(struct arena *arena, const struct scenario *scenario,
                     const struct mirror_options *options, struct mirror_rows *out,
                     struct ajar_err *err)
{
    const struct trade *trade = &scenario->trade;
    name_id export = scenario_word(scenario, "export"), import = scenario_word(scenario, "import");
    struct mirror_rows rows = {.trade = trade};
    bool *rejected;
    TRY(rows_list(arena, &scenario->hs_list, &rows, err));
    TRY_NEW(rejected, arena, trade->n, err);
    TRY_NEW(rows.items, arena, 2 * trade->n, err);
    rows_reject(scenario, rejected);
    for (size_t i = 0; i < trade->n; i++) {
        struct mirror_item item;
        if (rejected[i] || !rows_read(scenario, options, i, export, import, &item)) {
            continue;
        }
        rows.items[rows.n++] = item;
        item.tier = mirror_tier(&rows, item.hs);
        if (item.tier != 0) {
            item.hs = 0;
            rows.items[rows.n++] = item;
        }
    }
    qsort(rows.items, rows.n, sizeof *rows.items, order_items);
    rows_single(&rows);
    *out = rows;
    return 0;
}

/* First item not before the key; past: first item after it.  By flow alone, or by unit too. */
static size_t rows_bound(const struct mirror_rows *rows, const struct mirror_item *key, bool past)
{
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mirror_item *at = &rows->items[middle];
        int order = order_flow(at, key);
        if (order == 0 && key->unit != 0) {
            order = order_u32(at->unit, key->unit);
        }
        if (order < 0 || (past && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct mirror_span mirror_flow(const struct mirror_rows *rows, bool import, name_id reporter,
                               name_id hs, name_id tier, name_id partner, name_id unit)
{
    struct mirror_item key = {.import = import,
                              .reporter = reporter,
                              .hs = hs,
                              .tier = tier,
                              .partner = partner,
                              .unit = unit};
    size_t from = rows_bound(rows, &key, false), to = rows_bound(rows, &key, true);
    return (struct mirror_span){rows->items + from, to - from};
}

struct mirror_figure mirror_year_of(const struct mirror_rows *rows, struct mirror_span flow,
                                    int32_t year)
{
    struct mirror_figure out = {.value = NAN};
    double months = 0, whole = 0;
    bool has_whole = false;
    uint32_t seen = 0;
    date_days first = date_from_civil(year, 1, 1);
    size_t low = 0, high = flow.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (flow.at[middle].first < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < flow.n && mirror_year_at(flow.at[i].first) == year; i++) {
        const struct mirror_item *item = &flow.at[i];
        int at_year, month, day;
        double value = rows->trade->value[item->row];
        date_to_civil(item->first, &at_year, &month, &day);
        out.source = out.source != 0 ? out.source : rows->trade->source[item->row];
        out.marked = out.marked || item->marked;
        has_whole = has_whole || item->whole_year;
        whole += item->whole_year ? value : 0;
        months += item->whole_year ? 0 : value;
        seen |= item->whole_year ? 0 : 1U << (month - 1);
    }
    out.months = has_whole ? 12 : __builtin_popcount(seen);
    if (!out.marked && out.months == 12) {
        out.value = has_whole ? whole : months;
    }
    return out;
}
