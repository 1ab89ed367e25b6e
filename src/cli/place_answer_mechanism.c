/* `ajar place mechanism`: who goes where by wishes and priorities. */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "num.h"
#include "place_answer.h"
#include "place_show.h"
#include "place_wishes.h"
#include "solve.h"
#include "table.h"
#include "tell.h"

#define MECHANISM_ROUNDS  200 /* of the plan by which a constrained priority checks the rest */
#define MECHANISM_CEILING ((size_t)4 << 30)

enum rest_kind { REST_NONE, REST_EQUAL, REST_PLAN };

struct mechanism_run {
    const char *method;
    struct mechanism_lists lists;
    uint32_t *place; /* the plan */
    struct mechanism_sum sum;
    uint32_t rounds;
    struct mechanism_sum kda; /* beside TKDA */
    enum rest_kind rest;      /* of constrained priority */
    int64_t least, beyond;
    size_t n_points;
    struct mechanism_point *points;
    struct fair_report report;
};

/* ---- The run ---- */

static int mechanism_said_of(const struct verb_call *call, struct place_call *at,
                             struct mechanism_said *said, struct ajar_err *err)
{
    struct file_view view;
    struct place_table priorities;
    TRY(faults_init(&at->faults, call->arena, PLACE_FAULTS, err));
    TRY(place_load_more(call->arena, at->dir, "priorities", call_text(call, "priorities"), &view,
                        &priorities, err));
    int code =
        place_wishes_read(call->arena, &at->programme, &at->load.input.table[PROGRAMME_WISHES],
                          &priorities, &at->faults, said, err);
    file_close(&view);
    if (code == E_PLACE_FAULTS) {
        call_faults(call, &at->faults);
    }
    return code;
}

static int mechanism_rest_of(const struct verb_call *call, const struct place_call *at,
                             struct mechanism_run *run, struct mechanism_rest *rest,
                             struct ajar_err *err)
{
    const struct place_problem *problem = &at->programme.problem;
    struct place_options options = {.rounds = MECHANISM_ROUNDS, .seed = call->seed};
    struct place_result plan;
    run->rest = REST_EQUAL;
    for (uint32_t h = 1; h < problem->n_households; h++) {
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            if (place_need(problem, h, r) != place_need(problem, 0, r)) {
                run->rest = REST_PLAN;
            }
        }
    }
    if (run->rest == REST_EQUAL) {
        return mechanism_rest_equal(call->arena, problem, rest, err);
    }
    TRY(place_solve(call->arena, problem, &options, at->pool, call->watch, &plan, err));
    return mechanism_rest_plan(call->arena, problem, plan.place, rest, err);
}

static int mechanism_priority_run(const struct verb_call *call, const struct place_call *at,
                                  struct mechanism_run *run, struct mechanism_match *match,
                                  struct ajar_err *err)
{
    struct mechanism_rest rest;
    struct mechanism_priority priority;
    double least = call_given(call, "least") ? call_number(call, "least") : 0;
    run->least = (int64_t)llround(least * 1e6 * at->programme.problem.n_households);
    TRY(mechanism_rest_of(call, at, run, &rest, err));
    TRY(mechanism_priority(call->arena, &run->lists, NULL, &rest, run->least, &priority, err));
    run->beyond = priority.beyond;
    *match = priority.match;
    if (call_given(call, "curve")) {
        run->n_points = (size_t)call_int(call, "curve");
        TRY_NEW(run->points, call->arena, run->n_points, err);
        TRY(mechanism_curve(call->arena, &run->lists, NULL, &rest, run->n_points, run->points,
                            err));
    }
    return 0;
}

static int mechanism_mttce_run(const struct verb_call *call, struct place_call *at,
                               struct mechanism_run *run, struct mechanism_match *match,
                               struct ajar_err *err)
{
    struct place_plan plan;
    TRY(place_call_plan(call, at, call_text(call, "endowment"), &plan, err));
    return mechanism_mttce(call->arena, &run->lists, plan.file.result.plan.place, NULL, match, err);
}

static int mechanism_match_of(const struct verb_call *call, struct place_call *at,
                              struct mechanism_run *run, struct mechanism_match *match,
                              struct ajar_err *err)
{
    struct mechanism_match kda;
    if (strcmp(run->method, "priority") == 0) {
        return mechanism_priority_run(call, at, run, match, err);
    }
    if (strcmp(run->method, "mttce") == 0) {
        return mechanism_mttce_run(call, at, run, match, err);
    }
    if (strcmp(run->method, "mttc") == 0) {
        return mechanism_mttc(call->arena, &run->lists, match, err);
    }
    TRY(mechanism_kda(call->arena, &run->lists, &kda, err));
    run->kda = mechanism_sum(&run->lists, kda.locality);
    *match = kda;
    if (strcmp(run->method, "tkda") == 0) {
        return mechanism_tkda(call->arena, &run->lists, NULL, match, err);
    }
    return strcmp(run->method, "kda") == 0
               ? 0
               : mechanism_tkda_clinching(call->arena, &run->lists, NULL, match, err);
}

static int mechanism_run(const struct verb_call *call, struct place_call *at,
                         struct mechanism_run *run, struct ajar_err *err)
{
    struct mechanism_said said;
    struct mechanism_match match;
    TRY(mechanism_said_of(call, at, &said, err));
    TRY(mechanism_lists_make(call->arena, &at->programme.problem, &said, &run->lists, err));
    TRY(mechanism_match_of(call, at, run, &match, err));
    run->place = match.locality;
    run->rounds = match.rounds;
    run->sum = mechanism_sum(&run->lists, match.locality);
    return fair_report(call->arena, &at->programme.problem, run->place, at->programme.group,
                       at->programme.n_groups, &run->report, err);
}

/* ---- The answer ---- */

static double mean_rank(uint64_t sum, uint32_t n)
{
    return n == 0 ? (double)NAN : (double)sum / n;
}

/* What the method promises and what not. */
static const char *mechanism_promise(const char *method)
{
    if (strcmp(method, "mttc") == 0) {
        return "Top trading cycles: nobody gains by a false wish list, and nobody can be better "
               "off "
               "at nobody's cost; a household of lower priority may be where one above it would "
               "rather be.";
    }
    if (strcmp(method, "kda") == 0) {
        return "Knapsack deferred acceptance: nobody of lower priority is where one above it would "
               "rather be. It can be manipulated: a household may gain by a false wish list.";
    }
    if (strcmp(method, "mttce") == 0) {
        return "Top trading cycles from an endowment: nobody ends below it, and nobody gains by a "
               "false wish list.";
    }
    if (strcmp(method, "priority") == 0) {
        return "Constrained priority: in the order of their ids each takes the best of its list "
               "that leaves the least total possible; nobody gains by a false wish list.";
    }
    return "Threshold deferred acceptance: nobody gains by a false wish list, and nobody of lower "
           "priority is where one above it would rather be.";
}

static int show_points(const struct verb_call *call, const struct place_call *at,
                       const struct mechanism_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"least total\nasked", TABLE_NUMBER},
        {"total", TABLE_NUMBER},
        {"placed", TABLE_NUMBER},
        {"mean rank\nof all", TABLE_NUMBER},
        {"without a\nchoice", TABLE_NUMBER},
        {"best", TABLE_WORD},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < run->n_points; i++) {
        const struct mechanism_point *point = &run->points[i];
        table_begin_row(&table);
        place_cell_units(&table, point->least_micro);
        place_cell_units(&table, point->sum.total_micro);
        table_int(&table, point->sum.placed);
        table_number(&table, mean_rank(point->sum.rank_all, at->programme.problem.n_households), 2);
        table_int(&table, point->beyond);
        table_str(&table, point->best ? "yes" : "");
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static void show_rest(const struct verb_call *call, const struct mechanism_run *run)
{
    if (run->rest == REST_EQUAL) {
        tell_say(call, "All need the same, so what the rest can still reach is exact.");
    } else if (run->rest == REST_PLAN) {
        tell_say(call, "Needs differ: what the rest can still reach is checked by a plan. What it "
                       "calls possible is; a better search might find room for more.");
    }
    if (run->beyond > 0) {
        tell_say(call,
                 "%lld households had no choice that keeps the least total, and took what "
                 "comes nearest.",
                 (long long)run->beyond);
    }
}

static void show_sides(const struct verb_call *call, const struct place_side *side)
{
    if (side->n_locks + side->n_quotas + side->n_leasts + side->n_links > 0) {
        tell_say(call, "A mechanism knows capacities, wishes and priorities alone: locks, quotas, "
                       "minimums and links are not kept. ajar place check names what this plan "
                       "breaks.");
    }
}

static int mechanism_show(const struct verb_call *call, const struct place_call *at,
                          const struct mechanism_run *run, struct ajar_err *err)
{
    const struct mechanism_sum *sum = &run->sum;
    uint32_t n = at->programme.problem.n_households;
    char total[PLACE_UNITS], of_placed[NUM_TEXT], of_all[NUM_TEXT];
    num_format_fixed(mean_rank(sum->rank_placed, sum->placed), 2, of_placed);
    num_format_fixed(mean_rank(sum->rank_all, n), 2, of_all);
    place_show_head(call, at);
    fputc('\n', call->to);
    tell_say(call, "%s", mechanism_promise(run->method));
    tell_say(call,
             "Placed: %u of %u. Mean rank on their wish lists: %s of the placed, %s of all, "
             "where one without a wished place counts as %u. Total of scores: %s. Rounds: %u.",
             sum->placed, n, sum->placed == 0 ? "-" : of_placed, of_all,
             at->programme.problem.n_localities + 1, place_units(sum->total_micro, total),
             run->rounds);
    if (strncmp(run->method, "tkda", 4) == 0) {
        tell_say(call, "What that costs: KDA places %u, this %u.", run->kda.placed, sum->placed);
    }
    show_rest(call, run);
    show_sides(call, &at->programme.side);
    if (run->n_points > 0) {
        TRY(show_points(call, at, run, err));
    }
    fputc('\n', call->to);
    TRY(place_show_report(call, at, run->place, &run->report, err));
    TRY(place_show_unplaced(
        call, at, run->place,
        "no place that it wishes has room for it, by the rules of the mechanism", err));
    TRY(place_show_plan(call, at, run->place, err));
    if (call->out != NULL) {
        fprintf(call->to, "\nPlan: %s\n", call->out);
    }
    return 0;
}

static void json_points(struct json_out *json, const struct place_call *at,
                        const struct mechanism_run *run)
{
    json_key(json, "curve");
    json_begin_array(json);
    for (size_t i = 0; i < run->n_points; i++) {
        const struct mechanism_point *point = &run->points[i];
        json_begin_object(json);
        put_int(json, "least_micro", point->least_micro);
        put_int(json, "total_micro", point->sum.total_micro);
        put_int(json, "placed", point->sum.placed);
        put_number(json, "rank_all",
                   mean_rank(point->sum.rank_all, at->programme.problem.n_households));
        put_int(json, "beyond", point->beyond);
        put_bool(json, "best", point->best);
        json_end_object(json);
    }
    json_end_array(json);
}

static int mechanism_json(const struct verb_call *call, const struct place_call *at,
                          const struct mechanism_run *run, struct ajar_err *err)
{
    static const char *const rests[] = {
        [REST_NONE] = NULL, [REST_EQUAL] = "exact", [REST_PLAN] = "plan"};
    const struct mechanism_sum *sum = &run->sum;
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_str(&json, "method", run->method);
    put_int(&json, "total_micro", sum->total_micro);
    put_number(&json, "rank_placed", mean_rank(sum->rank_placed, sum->placed));
    put_number(&json, "rank_all", mean_rank(sum->rank_all, at->programme.problem.n_households));
    put_int(&json, "rounds", run->rounds);
    put_bool(&json, "manipulable", strcmp(run->method, "kda") == 0);
    json_key(&json, "kda_placed");
    if (strncmp(run->method, "tkda", 4) == 0) {
        json_put_int(&json, run->kda.placed);
    } else {
        json_put_null(&json);
    }
    put_str(&json, "rest", rests[run->rest]);
    put_int(&json, "least_micro", run->least);
    put_int(&json, "beyond", run->beyond);
    json_points(&json, at, run);
    place_json_report(&json, at, run->place, &run->report);
    int code = place_json_unplaced(call, &json, at, run->place, err);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    return place_json_close(&json, &buf, call, err);
}

static int mechanism_write(const struct verb_call *call, const struct place_call *at,
                           const struct mechanism_run *run, struct ajar_err *err)
{
    struct buf buf;
    if (call->out == NULL) {
        return 0;
    }
    buf_init(&buf, MECHANISM_CEILING);
    place_write_plan(&buf, &at->programme.problem, &at->programme.names, run->place);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(call->out, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

/* ---- The verb ---- */

static int mechanism_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct mechanism_run run = {.method = call_text(call, "method")};
    struct answer answer;
    TRY(place_call_open(call, call->words[0], NULL, at, err));
    TRY(mechanism_run(call, at, &run, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? mechanism_json(&answer.call, at, &run, err)
                          : mechanism_show(&answer.call, at, &run, err);
    code = answer_made(&answer, code, err);
    code = code != 0 ? code : mechanism_write(call, at, &run, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

/* An option that only one method knows. */
static int mechanism_only(const struct verb_call *call, const char *option, const char *method,
                          struct ajar_err *err)
{
    if (!call_given(call, option) || strcmp(call_text(call, "method"), method) == 0) {
        return 0;
    }
    char column[64];
    snprintf(column, sizeof column, "--%s", option);
    err_at(err, E_PLACE_ASK, NULL, 0, column, TEXT_LIT(""), "this option is for --method %s alone",
           method);
    return err_hint(err, "Add --method %s, or leave the option out.", method);
}

int place_answer_mechanism(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at;
    TRY(mechanism_only(call, "endowment", "mttce", err));
    TRY(mechanism_only(call, "least", "priority", err));
    TRY(mechanism_only(call, "curve", "priority", err));
    if (strcmp(call_text(call, "method"), "mttce") == 0) {
        TRY(call_require(call, "endowment", err));
    }
    TRY(place_call_may_write(call, call->out, err));
    int code = mechanism_work(call, &at, err);
    place_call_close(&at);
    return code;
}
