/* `ajar place compare`: who moves between two plans, and what that does to the total, to groups, to the worst-off. */
#include <string.h>

#include "answer.h"
#include "num.h"
#include "place_answer.h"
#include "place_ids.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

struct compare_move {
    struct text household, from, to; /* empty: not placed */
};

struct compare_run {
    size_t n_households, placed_a, placed_b, n_moves;
    struct compare_move *moves;
    bool tables; /* the rest is filled */
    int64_t total_a, total_b;
    uint32_t illegal_a, illegal_b; /* pairs that are not allowed: they count as not placed */
    struct fair_report a, b;
};

/* ---- Without tables ---- */

static struct text rows_find(const struct place_ids *ids, const struct place_file_rows *rows,
                             const uint32_t *at, struct text household)
{
    name_id name = names_find(&ids->names, household);
    return name == 0 ? TEXT_LIT("") : rows->locality[at[name]];
}

/* The row of each household; one that stands twice is a fault of the plan. */
static int rows_index(const struct verb_call *call, const char *path,
                      const struct place_file_rows *rows, struct place_ids *ids, uint32_t **at,
                      struct ajar_err *err)
{
    TRY(place_ids_init(ids, call->arena, err));
    TRY_NEW(*at, call->arena, rows->n + 1, err);
    for (size_t i = 0; i < rows->n; i++) {
        name_id name = 0;
        bool fresh = false;
        TRY(place_ids_add(ids, rows->household[i], &fresh, &name, err));
        if (!fresh) {
            return err_at(err, E_PLACE_TWICE, path, 0, "household", rows->household[i],
                          "this household stands in the plan twice");
        }
        (*at)[name] = (uint32_t)i;
    }
    return 0;
}

static void compare_move(struct compare_run *run, struct text household, struct text from,
                         struct text to)
{
    if (!text_eq(from, to)) {
        run->moves[run->n_moves++] = (struct compare_move){household, from, to};
    }
}

static int compare_rows(const struct verb_call *call, struct compare_run *run, struct ajar_err *err)
{
    struct place_file_rows a, b;
    struct place_ids ids_a, ids_b;
    uint32_t *at_a, *at_b;
    TRY(place_call_rows(call, call->words[0], &a, err));
    TRY(place_call_rows(call, call->words[1], &b, err));
    TRY(rows_index(call, call->words[0], &a, &ids_a, &at_a, err));
    TRY(rows_index(call, call->words[1], &b, &ids_b, &at_b, err));
    TRY_NEW(run->moves, call->arena, a.n + b.n, err);
    run->n_households = a.n;
    for (size_t i = 0; i < a.n; i++) {
        run->placed_a += a.locality[i].n > 0;
        compare_move(run, a.household[i], a.locality[i],
                     rows_find(&ids_b, &b, at_b, a.household[i]));
    }
    for (size_t i = 0; i < b.n; i++) {
        run->placed_b += b.locality[i].n > 0;
        if (names_find(&ids_a.names, b.household[i]) == 0) {
            run->n_households++;
            compare_move(run, b.household[i], TEXT_LIT(""), b.locality[i]);
        }
    }
    return 0;
}

/* ---- With tables ---- */

/* The plan without pairs that are not allowed, and its sum. */
static int compare_plan(const struct verb_call *call, struct place_call *at, const char *path,
                        uint32_t **place, int64_t *total, uint32_t *illegal, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    struct place_plan plan;
    TRY(place_call_plan(call, at, path, &plan, err));
    *place = plan.file.result.plan.place;
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        uint32_t l = (*place)[h];
        if (l != PLACE_NONE && place_pair(&programme->problem, h, l) == UINT64_MAX) {
            (*place)[h] = PLACE_NONE;
            ++*illegal;
        }
        *total += place_score(programme, h, (*place)[h]);
    }
    return 0;
}

static struct text compare_lot(const struct programme *programme, uint32_t locality)
{
    return locality == PLACE_NONE ? TEXT_LIT("") : programme->names.locality[locality];
}

static int compare_tables(const struct verb_call *call, struct place_call *at,
                          struct compare_run *run, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    const struct place_problem *problem = &programme->problem;
    uint32_t *a, *b;
    TRY(place_call_open(call, call->words[2], call->words[0], at, err));
    TRY(compare_plan(call, at, call->words[0], &a, &run->total_a, &run->illegal_a, err));
    TRY(compare_plan(call, at, call->words[1], &b, &run->total_b, &run->illegal_b, err));
    TRY_NEW(run->moves, call->arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        compare_move(run, programme->names.household[h], compare_lot(programme, a[h]),
                     compare_lot(programme, b[h]));
    }
    run->tables = true;
    run->n_households = problem->n_households;
    run->placed_a = place_placed(programme, a);
    run->placed_b = place_placed(programme, b);
    TRY(fair_report(call->arena, problem, a, programme->group, programme->n_groups, &run->a, err));
    return fair_report(call->arena, problem, b, programme->group, programme->n_groups, &run->b,
                       err);
}

/* ---- The answer ---- */

static int show_moves(const struct verb_call *call, const struct compare_run *run,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"who moves", TABLE_TEXT},
        {"from", TABLE_TEXT},
        {"to", TABLE_TEXT},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < run->n_moves && i < PLACE_SHOW_ROWS; i++) {
        const struct compare_move *move = &run->moves[i];
        table_begin_row(&table);
        table_text(&table, move->household);
        table_text(&table, move->from.n == 0 ? TEXT_LIT("no place") : move->from);
        table_text(&table, move->to.n == 0 ? TEXT_LIT("no place") : move->to);
    }
    if (run->n_moves == 0) {
        return 0;
    }
    fputc('\n', call->to);
    TRY(table_print(&table, call->to, call->width, call->color, err));
    if (run->n_moves > PLACE_SHOW_ROWS) {
        tell_say(call, "and %zu more; --json lists all.", run->n_moves - PLACE_SHOW_ROWS);
    }
    return 0;
}

static void group_row(struct table *table, struct text name, const struct fair_group *a,
                      const struct fair_group *b)
{
    table_begin_row(table);
    table_text(table, name.n == 0 ? TEXT_LIT("(none)") : name);
    table_int(table, a->households);
    table_int(table, a->placed);
    table_int(table, b->placed);
    place_cell_units(table, a->total_micro);
    place_cell_units(table, b->total_micro);
    place_cell_units(table, a->placed == 0 ? 0 : a->least_micro);
    place_cell_units(table, b->placed == 0 ? 0 : b->least_micro);
}

static int show_groups(const struct verb_call *call, const struct place_call *at,
                       const struct compare_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"group", TABLE_TEXT},          {"households", TABLE_NUMBER},
        {"placed\nin A", TABLE_NUMBER}, {"in B", TABLE_NUMBER},
        {"total\nin A", TABLE_NUMBER},  {"in B", TABLE_NUMBER},
        {"lowest\nin A", TABLE_NUMBER}, {"in B", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t g = 0; at->programme.group != NULL && g < run->a.n_groups; g++) {
        group_row(&table, at->programme.group_name[g], &run->a.groups[g], &run->b.groups[g]);
    }
    group_row(&table, TEXT_LIT("all"), &run->a.all, &run->b.all);
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int compare_show(const struct verb_call *call, const struct place_call *at,
                        const struct compare_run *run, struct ajar_err *err)
{
    char a[PLACE_UNITS], b[PLACE_UNITS], change[PLACE_UNITS];
    tell_say(call, "Of %zu households %zu move. Placed: %zu in A, %zu in B.", run->n_households,
             run->n_moves, run->placed_a, run->placed_b);
    if (run->tables) {
        tell_say(call, "Total of A %s, of B %s: B less A is %s.", place_units(run->total_a, a),
                 place_units(run->total_b, b), place_units(run->total_b - run->total_a, change));
    }
    if (run->illegal_a + run->illegal_b > 0) {
        tell_say(call, "Not allowed, and counted as not placed: %u pairs of A, %u of B.",
                 run->illegal_a, run->illegal_b);
    }
    TRY(show_moves(call, run, err));
    return run->tables ? show_groups(call, at, run, err) : 0;
}

static void json_place(struct json_out *json, const char *key, struct text locality)
{
    json_key(json, key);
    if (locality.n == 0) {
        json_put_null(json);
    } else {
        json_put_text(json, locality);
    }
}

static void json_groups(struct json_out *json, const struct place_call *at,
                        const struct compare_run *run)
{
    json_key(json, "by_group");
    json_begin_array(json);
    for (uint32_t g = 0; run->tables && at->programme.group != NULL && g < run->a.n_groups; g++) {
        json_begin_object(json);
        put_text(json, "group", at->programme.group_name[g]);
        put_int(json, "households", run->a.groups[g].households);
        put_int(json, "placed_a", run->a.groups[g].placed);
        put_int(json, "placed_b", run->b.groups[g].placed);
        put_int(json, "total_a_micro", run->a.groups[g].total_micro);
        put_int(json, "total_b_micro", run->b.groups[g].total_micro);
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_micro(struct json_out *json, const char *key, bool known, int64_t micro)
{
    json_key(json, key);
    if (known) {
        json_put_int(json, micro);
    } else {
        json_put_null(json);
    }
}

static int compare_json(const struct verb_call *call, const struct place_call *at,
                        const struct compare_run *run, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_int(&json, "households", (int64_t)run->n_households);
    put_int(&json, "placed_a", (int64_t)run->placed_a);
    put_int(&json, "placed_b", (int64_t)run->placed_b);
    put_int(&json, "moved", (int64_t)run->n_moves);
    json_micro(&json, "total_a_micro", run->tables, run->total_a);
    json_micro(&json, "total_b_micro", run->tables, run->total_b);
    json_micro(&json, "worst_a_micro", run->tables && run->a.all.placed > 0,
               run->a.all.least_micro);
    json_micro(&json, "worst_b_micro", run->tables && run->b.all.placed > 0,
               run->b.all.least_micro);
    json_micro(&json, "illegal_a", run->tables, run->illegal_a);
    json_micro(&json, "illegal_b", run->tables, run->illegal_b);
    json_key(&json, "moves");
    json_begin_array(&json);
    for (size_t i = 0; i < run->n_moves; i++) {
        json_begin_object(&json);
        put_text(&json, "household", run->moves[i].household);
        json_place(&json, "from", run->moves[i].from);
        json_place(&json, "to", run->moves[i].to);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_groups(&json, at, run);
    return place_json_close(&json, &buf, call, err);
}

static int compare_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct compare_run run = {0};
    struct answer answer;
    TRY(call->words[2] == NULL ? compare_rows(call, &run, err)
                               : compare_tables(call, at, &run, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? compare_json(&answer.call, at, &run, err)
                          : compare_show(&answer.call, at, &run, err);
    code = answer_made(&answer, code, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

int place_answer_compare(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at = {0};
    int code = compare_work(call, &at, err);
    place_call_close(&at);
    return code;
}
