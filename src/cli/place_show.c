#include "place_show.h"

#include <math.h>
#include <stdio.h>

#include "bound.h"
#include "num.h"
#include "table.h"
#include "tell.h"

/* ---- Figures ---- */

static char *units_of(double units, char to[static PLACE_UNITS])
{
    bool small = fabs(units) < 0.0005 && fabs(units) >= 0.00001;
    num_format_grouped(units, small ? 6 : 3, to);
    return to;
}

char *place_units(int64_t micro, char to[static PLACE_UNITS])
{
    return units_of((double)micro / 1e6, to);
}

char *place_price(int64_t price, char to[static PLACE_UNITS])
{
    return units_of((double)price / (1e6 * PLACE_PRICES_A_MICRO), to);
}

char *place_percent(double part, char to[static PLACE_UNITS])
{
    double percent = 100 * part;
    char digits[NUM_TEXT];
    num_format_grouped(percent, percent == 0 ? 0 : percent < 0.0995 ? 4 : 2, digits);
    snprintf(to, PLACE_UNITS, "%s %%", digits);
    return to;
}

void place_cell_units(struct table *table, int64_t micro)
{
    char units[PLACE_UNITS];
    table_str(table, place_units(micro, units));
}

void place_cell_lot(struct table *table, const struct programme *programme, uint32_t locality)
{
    if (locality == PLACE_NONE) {
        table_str(table, "no place");
        return;
    }
    table_text(table, programme->names.locality[locality]);
}

int32_t place_score(const struct programme *programme, uint32_t household, uint32_t locality)
{
    uint64_t pair =
        locality == PLACE_NONE ? UINT64_MAX : place_pair(&programme->problem, household, locality);
    return pair == UINT64_MAX ? 0 : programme->problem.score[pair];
}

uint32_t place_placed(const struct programme *programme, const uint32_t *place)
{
    uint32_t n = 0;
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        n += place[h] != PLACE_NONE;
    }
    return n;
}

int64_t place_people(const struct programme *programme, const uint32_t *place, bool placed)
{
    int64_t people = 0;
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        if (!placed || place[h] != PLACE_NONE) {
            people += programme->people == NULL ? 1 : programme->people[h];
        }
    }
    return people;
}

/* "12 households", "1 household"; a number that is 0 is not told. */
static void count_of(struct buf *buf, uint64_t n, const char *one, const char *many)
{
    char digits[NUM_TEXT];
    if (n > 0) {
        num_format_grouped((double)n, 0, digits);
        buf_printf(buf, "%s%s %s", buf->n == 0 ? "" : ", ", digits, n == 1 ? one : many);
    }
}

/* ---- The programme ---- */

bool place_sides(struct buf *words, const struct place_side *side)
{
    count_of(words, side->n_locks, "lock", "locks");
    count_of(words, side->n_quotas, "quota", "quotas");
    count_of(words, side->n_leasts, "minimum", "minimums");
    count_of(words, side->n_links, "link", "links");
    return words->n > 0;
}

static void head_sides(const struct verb_call *call, const struct place_side *side)
{
    struct buf words;
    buf_init(&words, 1024);
    place_sides(&words, side);
    if (words.n > 0) {
        tell_say(call, "Beside the capacities: %.*s.", (int)words.n, words.at);
    }
    buf_free(&words);
}

void place_show_head(const struct verb_call *call, const struct place_call *at)
{
    const struct programme *programme = &at->programme;
    const struct place_problem *problem = &programme->problem;
    struct buf words;
    buf_init(&words, 65536);
    count_of(&words, problem->n_households, "household", "households");
    if (place_people(programme, NULL, false) != problem->n_households) {
        count_of(&words, (uint64_t)place_people(programme, NULL, false), "person", "people");
    }
    count_of(&words, problem->n_localities, "lot", "lots");
    count_of(&words, problem->first[problem->n_households], "pair allowed", "pairs allowed");
    buf_str(&words, "; resources: ");
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        buf_str(&words, r == 0 ? "" : ", ");
        buf_text(&words, programme->names.resource[r]);
    }
    tell_say(call, "%.*s.", (int)words.n, words.n == 0 ? "" : words.at);
    buf_free(&words);
    head_sides(call, &programme->side);
}

void place_show_sums(const struct verb_call *call, const struct place_result *plan)
{
    char objective[PLACE_UNITS], bound[PLACE_UNITS], gap[PLACE_UNITS], rounds[NUM_TEXT];
    place_units(plan->objective_micro, objective);
    place_units(plan->bound_micro, bound);
    num_format_grouped((double)plan->rounds, 0, rounds);
    if (plan->proven) {
        tell_say(call, "Objective %s: proven, no plan is worth more. Rounds: %s.", objective,
                 rounds);
    } else {
        tell_say(call, "Objective %s, bound %s, gap %s. Rounds: %s.", objective, bound,
                 place_percent(plan->gap, gap), rounds);
    }
}

void place_show_placed(const struct verb_call *call, const struct programme *programme,
                       const uint32_t *place)
{
    char placed[NUM_TEXT], of[NUM_TEXT];
    int64_t people = place_people(programme, place, false);
    uint32_t n = programme->problem.n_households;
    num_format_grouped(place_placed(programme, place), 0, placed);
    num_format_grouped(n, 0, of);
    if (people == n) {
        tell_say(call, "Placed: %s of %s households.", placed, of);
        return;
    }
    char in[NUM_TEXT], all[NUM_TEXT];
    num_format_grouped((double)place_people(programme, place, true), 0, in);
    num_format_grouped((double)people, 0, all);
    tell_say(call, "Placed: %s of %s households, %s of %s people.", placed, of, in, all);
}

/* ---- Groups and the worst-off ---- */

static void report_row(struct table *table, struct text name, const struct fair_group *group)
{
    table_begin_row(table);
    table_text(table, name);
    table_int(table, group->households);
    table_int(table, group->placed);
    if (group->placed == 0) {
        table_str(table, "");
        table_str(table, "");
    } else {
        place_cell_units(table, group->total_micro / group->placed);
        place_cell_units(table, group->least_micro);
    }
    place_cell_units(table, group->total_micro);
    place_cell_units(table, group->best_micro);
}

static int report_groups(const struct verb_call *call, const struct place_call *at,
                         const struct fair_report *report, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"group", TABLE_TEXT},
        {"households", TABLE_NUMBER},
        {"placed", TABLE_NUMBER},
        {"average of\nthe placed", TABLE_NUMBER},
        {"lowest", TABLE_NUMBER},
        {"total", TABLE_NUMBER},
        {"if each had\nits best", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t g = 0; at->programme.group != NULL && g < report->n_groups; g++) {
        struct text name = at->programme.group_name[g];
        report_row(&table, name.n == 0 ? TEXT_LIT("(none)") : name, &report->groups[g]);
    }
    report_row(&table, TEXT_LIT("all"), &report->all);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int report_worst(const struct verb_call *call, const struct place_call *at,
                        const uint32_t *place, const struct fair_report *report,
                        struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"worst-off of\nthe placed", TABLE_TEXT},
        {"goes to", TABLE_TEXT},
        {"score", TABLE_NUMBER},
        {"its best", TABLE_NUMBER},
    };
    const struct place_problem *problem = &at->programme.problem;
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < report->n_worst; i++) {
        uint32_t h = report->worst[i];
        int32_t best = INT32_MIN;
        for (uint64_t p = problem->first[h]; p < problem->first[h + 1]; p++) {
            best = problem->score[p] > best ? problem->score[p] : best;
        }
        table_begin_row(&table);
        table_text(&table, at->programme.names.household[h]);
        place_cell_lot(&table, &at->programme, place[h]);
        place_cell_units(&table, place_score(&at->programme, h, place[h]));
        place_cell_units(&table, best);
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

int place_show_report(const struct verb_call *call, const struct place_call *at,
                      const uint32_t *place, const struct fair_report *report, struct ajar_err *err)
{
    TRY(report_groups(call, at, report, err));
    if (report->n_worst == 0) {
        return 0;
    }
    fputc('\n', call->to);
    return report_worst(call, at, place, report, err);
}

/* ---- The plan ---- */

/* What may be told: a trait or the reason of a veto may not. */
static void unplaced_words(struct buf *buf, const struct place_unplaced *one, const char *otherwise)
{
    if (one->nowhere == NULL) {
        buf_str(buf, otherwise);
        return;
    }
    struct text what = one->reason->what;
    int n = (int)what.n;
    switch (one->reason->why) {
    case PROGRAMME_SMALL:
        buf_printf(
            buf, "fits nowhere: it needs %d of %.*s, and no lot that it may go to has more than %d",
            one->nowhere->need, n, what.at, one->nowhere->most);
        return;
    case PROGRAMME_FEATURE:
        buf_printf(buf, "fits nowhere: %.*s, which it requires, is missing", n, what.at);
        return;
    case PROGRAMME_EXPIRED:
        buf_str(buf, "fits nowhere: the offers end before it is ready, or have ended");
        return;
    case PROGRAMME_DOOR:
        buf_str(buf, "fits nowhere: no pathway to a state with lots is open to it");
        return;
    case PROGRAMME_CONDITION:
        buf_str(buf, "fits nowhere: conditions of the offers exclude it");
        return;
    case PROGRAMME_VETO:
        buf_str(buf, "fits nowhere: vetoes exclude it");
        return;
    case PROGRAMME_FORBID:
        buf_str(buf, "fits nowhere: an officer forbids it");
        return;
    case PROGRAMME_ALLOWED:
    case PROGRAMME_NO_SCORE:
        break;
    }
    buf_str(buf, "fits nowhere: it has no score with any locality");
}

int place_unplaced(struct arena *arena, const struct programme *programme, const uint32_t *place,
                   struct place_unplaced **out, size_t *n, struct ajar_err *err)
{
    struct place_unplaced *all;
    size_t count = 0, nowhere = 0;
    TRY_NEW(all, arena, programme->problem.n_households, err);
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        while (nowhere < programme->n_nowhere && programme->nowhere[nowhere].household < h) {
            nowhere++;
        }
        if (place[h] != PLACE_NONE) {
            continue;
        }
        all[count] = (struct place_unplaced){.household = h};
        if (nowhere < programme->n_nowhere && programme->nowhere[nowhere].household == h) {
            all[count].nowhere = &programme->nowhere[nowhere];
            all[count].reason = &programme->nowhere_reason[nowhere];
        }
        count++;
    }
    *out = all;
    *n = count;
    return 0;
}

static int unplaced_row(struct table *table, const struct place_call *at,
                        const struct place_unplaced *one, const char *otherwise,
                        struct ajar_err *err)
{
    struct buf words;
    buf_init(&words, 4096);
    unplaced_words(&words, one, otherwise);
    table_begin_row(table);
    table_text(table, at->programme.names.household[one->household]);
    table_text(table, buf_view(&words));
    int code = buf_ok(&words, err);
    buf_free(&words);
    return code;
}

int place_show_unplaced(const struct verb_call *call, const struct place_call *at,
                        const uint32_t *place, const char *otherwise, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"not placed", TABLE_TEXT},
        {"because", TABLE_TEXT},
    };
    struct place_unplaced *all;
    struct table table;
    size_t n = 0, shown = 0;
    TRY(place_unplaced(call->arena, &at->programme, place, &all, &n, err));
    if (n == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    /* Those that fit nowhere first: no plan helps them, so somebody has to. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n && shown < PLACE_SHOW_ROWS; i++) {
            if ((all[i].nowhere == NULL) == (pass == 1)) {
                TRY(unplaced_row(&table, at, &all[i], otherwise, err));
                shown++;
            }
        }
    }
    fputc('\n', call->to);
    TRY(table_print(&table, call->to, call->width, call->color, err));
    if (n > shown) {
        char more[NUM_TEXT];
        num_format_grouped((double)(n - shown), 0, more);
        tell_say(call, "and %s more; --json lists all.", more);
    }
    return 0;
}

int place_show_plan(const struct verb_call *call, const struct place_call *at,
                    const uint32_t *place, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"household", TABLE_TEXT},
        {"goes to", TABLE_TEXT},
        {"of", TABLE_TEXT},
        {"score", TABLE_NUMBER},
    };
    const struct programme *programme = &at->programme;
    const struct place_problem *problem = &programme->problem;
    struct table table;
    if (problem->n_households > PLACE_SHOW_ROWS || place_placed(programme, place) == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] == PLACE_NONE) {
            continue;
        }
        table_begin_row(&table);
        table_text(&table, programme->names.household[h]);
        place_cell_lot(&table, programme, place[h]);
        bool own = text_eq(programme->place[place[h]], programme->names.locality[place[h]]);
        table_text(&table, own ? TEXT_LIT("") : programme->place[place[h]]);
        place_cell_units(&table, place_score(programme, h, place[h]));
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}
