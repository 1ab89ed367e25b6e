/* `ajar place whatif`: who moves when a case is locked, forbidden or freed, or a capacity changes. */
#include "whatif.h"

#include <string.h>

#include "answer.h"
#include "num.h"
#include "place_answer.h"
#include "place_edit.h"
#include "place_run.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

#define WHATIF_EDITS_MOST 1000
#define WHATIF_CEILING    ((size_t)4 << 30)

struct whatif_answer {
    const struct programme *tables; /* before the change */
    struct place_plan before;
    struct programme programme; /* after the change */
    int64_t before_micro;       /* the plan that stands in the tables as they are */
    struct whatif_result result;
    struct whatif_lock *locks; /* [side.n_locks] */
    uint32_t moves_most;
};

/* ---- The run ---- */

static int whatif_edits(const struct verb_call *call, struct place_edit *edits, size_t *n,
                        struct ajar_err *err)
{
    static const struct {
        const char *name;
        enum place_edit_kind kind;
    } options[] = {{"lock", PLACE_EDIT_LOCK},
                   {"forbid", PLACE_EDIT_FORBID},
                   {"free", PLACE_EDIT_FREE},
                   {"capacity", PLACE_EDIT_CAPACITY}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char column[32];
        snprintf(column, sizeof column, "--%s", options[i].name);
        TRY(place_edit_parse(options[i].kind, column, text_of(call_text(call, options[i].name)),
                             edits, WHATIF_EDITS_MOST, n, err));
    }
    if (*n > 0) {
        return 0;
    }
    err_set(err, E_PLACE_ASK, "No change is named.");
    return err_hint(err, "Name one with --lock, --forbid, --free or --capacity.");
}

/* Ids are checked here, where the option can be named; the rest the reader finds. */
static int whatif_check_ids(const struct verb_call *call, const struct place_call *at,
                            const struct place_edit *edits, size_t n, struct ajar_err *err)
{
    static const char *const options[] = {[PLACE_EDIT_LOCK] = "--lock",
                                          [PLACE_EDIT_FORBID] = "--forbid",
                                          [PLACE_EDIT_FREE] = "--free",
                                          [PLACE_EDIT_CAPACITY] = "--capacity"};
    for (size_t i = 0; i < n; i++) {
        uint32_t found = 0;
        if (edits[i].household.n > 0) {
            TRY(place_call_household(call, at, options[edits[i].kind], edits[i].household, &found,
                                     err));
        }
        if (edits[i].locality.n > 0) {
            TRY(place_call_locality(call, at, options[edits[i].kind], edits[i].locality, &found,
                                    err));
        }
    }
    return 0;
}

static int whatif_work_out(const struct verb_call *call, struct place_call *at,
                           struct whatif_answer *out, struct ajar_err *err)
{
    const struct programme *after = &out->programme;
    struct whatif_options options = {.before = out->before.file.result.plan.place,
                                     .price = out->before.file.result.plan.price,
                                     .quota_price = out->before.file.result.quota_price,
                                     .moves_most = out->moves_most,
                                     .seed = call->seed};
    bool legal = false;
    int64_t *load;
    TRY_NEW(load, call->arena, (size_t)after->problem.n_localities * after->problem.n_resources,
            err);
    out->tables = &at->programme;
    out->before_micro =
        place_objective(&at->programme.problem, out->before.file.result.plan.place, load, &legal);
    int code = whatif_run(call->arena, &after->problem, &after->side, &options, at->pool,
                          call->watch, &out->result, err);
    TRY(place_run_conflict(call, at, after, code, err));
    options.moves_most = UINT32_MAX; /* of what a lock costs nothing is held back */
    TRY_NEW(out->locks, call->arena, after->side.n_locks, err);
    if (after->side.n_locks == 0) {
        return 0;
    }
    return whatif_locks(call->arena, &after->problem, &after->side, &out->result.plan, &options,
                        at->pool, call->watch, out->locks, err);
}

static int whatif_run_all(const struct verb_call *call, struct place_call *at,
                          struct whatif_answer *out, struct ajar_err *err)
{
    struct place_edit *edits;
    struct programme_input changed;
    size_t n = 0;
    TRY_NEW(edits, call->arena, WHATIF_EDITS_MOST, err);
    TRY(whatif_edits(call, edits, &n, err));
    TRY(place_call_open(call, call->words[0], call_text(call, "plan"), at, err));
    TRY(whatif_check_ids(call, at, edits, n, err));
    TRY(place_call_plan(call, at, call_text(call, "plan"), &out->before, err));
    TRY(place_edit_apply(call->arena, &at->load.input, edits, n, &changed, err));
    TRY(place_call_read(call, at, &changed, &out->programme, err));
    out->moves_most = call_given(call, "moves") ? (uint32_t)call_int(call, "moves") : UINT32_MAX;
    return whatif_work_out(call, at, out, err);
}

/* ---- The answer ---- */

/* What it had, by the tables as they were, less what it has now. */
static int64_t whatif_loss(const struct whatif_answer *out, const struct whatif_move *move)
{
    return (int64_t)place_score(out->tables, move->household, move->from) -
           place_score(&out->programme, move->household, move->to);
}

static int show_moves(const struct verb_call *call, const struct whatif_answer *out,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"who moves", TABLE_TEXT}, {"from", TABLE_TEXT}, {"to", TABLE_TEXT},
        {"loses", TABLE_NUMBER},   {"", TABLE_WORD},
    };
    const struct whatif_result *result = &out->result;
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < result->n_moves && i < PLACE_SHOW_ROWS; i++) {
        const struct whatif_move *move = &result->moves[i];
        table_begin_row(&table);
        table_text(&table, out->programme.names.household[move->household]);
        place_cell_lot(&table, &out->programme, move->from);
        place_cell_lot(&table, &out->programme, move->to);
        place_cell_units(&table, whatif_loss(out, move));
        table_str(&table, i < result->n_forced ? "by the change itself" : "");
    }
    if (result->n_moves == 0) {
        tell_say(call, "Nobody moves.");
        return 0;
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    if (result->n_moves > PLACE_SHOW_ROWS) {
        tell_say(call, "and %u more; --json lists all.", result->n_moves - PLACE_SHOW_ROWS);
    }
    return 0;
}

static int show_locks(const struct verb_call *call, const struct whatif_answer *out,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"lock", TABLE_TEXT},
        {"at", TABLE_TEXT},
        {"without it\nworth more by", TABLE_NUMBER},
        {"and by no\nmore than", TABLE_NUMBER},
    };
    const struct place_side *side = &out->programme.side;
    struct table table;
    if (side->n_locks == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < side->n_locks && i < PLACE_SHOW_ROWS; i++) {
        const struct side_lock *lock = &side->locks[out->locks[i].lock];
        table_begin_row(&table);
        table_text(&table, out->programme.names.household[lock->household]);
        place_cell_lot(&table, &out->programme, out->programme.problem.locality[lock->pair]);
        place_cell_units(&table, out->locks[i].found_micro);
        place_cell_units(&table, out->locks[i].most_micro);
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int whatif_show(const struct verb_call *call, const struct whatif_answer *out,
                       struct ajar_err *err)
{
    const struct whatif_result *result = &out->result;
    char before[PLACE_UNITS], after[PLACE_UNITS], loss[PLACE_UNITS], bound[PLACE_UNITS];
    tell_say(call,
             "Worth %s before, %s after the change: %s less. No plan after it is worth more "
             "than %s.",
             place_units(out->before_micro, before),
             place_units(result->plan.plan.objective_micro, after),
             place_units(out->before_micro - result->plan.plan.objective_micro, loss),
             place_units(result->plan.plan.bound_micro, bound));
    tell_say(call,
             "Moves: %u by the change itself, %u others; %u of them lose their place and get "
             "none.",
             result->n_forced, result->n_moves - result->n_forced, result->n_displaced);
    if (!result->possible) {
        tell_say(call,
                 "NO plan within %u other moves was found; this one has the fewest that were "
                 "found.",
                 out->moves_most);
    }
    fputc('\n', call->to);
    TRY(show_moves(call, out, err));
    TRY(show_locks(call, out, err));
    if (call->out != NULL) {
        fprintf(call->to, "\nPlan: %s\n", call->out);
    }
    return 0;
}

static void json_moves(struct json_out *json, const struct whatif_answer *out)
{
    const struct place_names *names = &out->programme.names;
    json_key(json, "moves");
    json_begin_array(json);
    for (uint32_t i = 0; i < out->result.n_moves; i++) {
        const struct whatif_move *move = &out->result.moves[i];
        json_begin_object(json);
        put_text(json, "household", names->household[move->household]);
        place_json_name(json, "from", names->locality, move->from);
        place_json_name(json, "to", names->locality, move->to);
        put_int(json, "loss_micro", whatif_loss(out, move));
        put_bool(json, "forced", i < out->result.n_forced);
        json_end_object(json);
    }
    json_end_array(json);
}

static int whatif_json(const struct verb_call *call, const struct whatif_answer *out,
                       struct ajar_err *err)
{
    const struct whatif_result *result = &out->result;
    const struct place_side *side = &out->programme.side;
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_int(&json, "before_micro", out->before_micro);
    put_int(&json, "objective_micro", result->plan.plan.objective_micro);
    put_int(&json, "loss_micro", out->before_micro - result->plan.plan.objective_micro);
    put_int(&json, "bound_micro", result->plan.plan.bound_micro);
    put_bool(&json, "possible", result->possible);
    put_int(&json, "forced", result->n_forced);
    put_int(&json, "others", result->n_moves - result->n_forced);
    put_int(&json, "displaced", result->n_displaced);
    json_moves(&json, out);
    json_key(&json, "locks");
    json_begin_array(&json);
    for (uint32_t i = 0; i < side->n_locks; i++) {
        const struct side_lock *lock = &side->locks[out->locks[i].lock];
        json_begin_object(&json);
        put_text(&json, "household", out->programme.names.household[lock->household]);
        place_json_name(&json, "locality", out->programme.names.locality,
                        out->programme.problem.locality[lock->pair]);
        put_int(&json, "found_micro", out->locks[i].found_micro);
        put_int(&json, "most_micro", out->locks[i].most_micro);
        json_end_object(&json);
    }
    json_end_array(&json);
    return place_json_close(&json, &buf, call, err);
}

/* ---- The verb ---- */

static int whatif_write(const struct verb_call *call, const struct whatif_answer *out,
                        struct ajar_err *err)
{
    struct buf buf;
    if (call->out == NULL) {
        return 0;
    }
    buf_init(&buf, WHATIF_CEILING);
    place_write_plan(&buf, &out->programme.problem, &out->programme.names,
                     out->result.plan.plan.place);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(call->out, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static int whatif_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct whatif_answer out = {0};
    struct answer answer;
    TRY(whatif_run_all(call, at, &out, err));
    TRY(answer_begin(&answer, call, err));
    int code =
        call->json ? whatif_json(&answer.call, &out, err) : whatif_show(&answer.call, &out, err);
    code = answer_made(&answer, code, err);
    code = code != 0 ? code : whatif_write(call, &out, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    call->exit_code = out.result.possible ? 0 : 1;
    return 0;
}

int place_answer_whatif(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at = {0};
    TRY(place_call_may_write(call, call->out, err));
    int code = whatif_work(call, &at, err);
    place_call_close(&at);
    return code;
}
