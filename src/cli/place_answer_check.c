/* `ajar place check`: whether a plan keeps every rule, and whether what it says of itself is so.  The engine has no
 * part in it: only the reader of the tables is shared. */
#include <string.h>

#include "answer.h"
#include "num.h"
#include "place_answer.h"
#include "place_check.h"
#include "place_check_explain.h"
#include "place_show.h"
#include "tell.h"

struct check_run {
    struct place_plan plan;
    struct faults faults;
    struct place_found found;
    size_t n_inputs;      /* tables whose bytes were compared */
    uint64_t n_explained; /* explanations worked out again */
};

/* ---- Inputs ---- */

static const struct place_file_input *check_input_of(const struct place_file_input *inputs,
                                                     size_t n, const char *table)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(inputs[i].table, table) == 0) {
            return &inputs[i];
        }
    }
    return NULL;
}

static void check_input_fault(struct check_run *run, const char *file, const char *table,
                              const char *what)
{
    err_at(faults_add(&run->faults), E_PLACE_PLAN_INPUT, file, 0, NULL, text_of(table), "%s", what);
}

static int check_inputs(const struct verb_call *call, const struct place_call *at,
                        struct check_run *run, struct ajar_err *err)
{
    const struct place_file *file = &run->plan.file;
    const struct place_file_input *now;
    size_t n = 0;
    if (!run->plan.json) {
        return 0;
    }
    TRY(place_load_inputs(call->arena, &at->load, &now, &n, err));
    for (size_t i = 0; i < n; i++) {
        const struct place_file_input *then =
            check_input_of(file->inputs, file->n_inputs, now[i].table);
        if (then == NULL) {
            check_input_fault(run, now[i].file, now[i].table,
                              "the plan was made without this table");
        } else if (strcmp(then->sha256, now[i].sha256) != 0) {
            check_input_fault(run, now[i].file, now[i].table,
                              "this table is not the one that the plan was made from");
        }
    }
    for (size_t i = 0; i < file->n_inputs; i++) {
        if (check_input_of(now, n, file->inputs[i].table) == NULL) {
            check_input_fault(run, run->plan.path, file->inputs[i].table,
                              "the plan was made from this table too, and it is not here");
        }
    }
    if (at->load.input.on != file->on) {
        char day[DATE_TEXT];
        check_input_fault(run, run->plan.path, date_format(file->on, day),
                          "the plan was made for this day, and is checked for another");
    }
    run->n_inputs = n;
    return 0;
}

/* ---- Plan, bound, explanations ---- */

static int check_plan(const struct verb_call *call, const struct place_call *at,
                      struct check_run *run, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    const struct place_file *file = &run->plan.file;
    struct place_claim claim = {
        .place = file->result.plan.place, .names = &programme->names, .side = &programme->side};
    uint64_t faults = 0;
    if (run->plan.json) {
        claim.objective = &file->result.plan.objective_micro;
        claim.price = file->result.plan.price;
        claim.quota_price = file->result.quota_price;
        claim.bound = &file->result.plan.price_bound_micro;
    }
    TRY(place_check_plan(call->arena, &programme->problem, &claim, &run->faults, &run->found, err));
    if (file->households == NULL || file->localities == NULL) {
        return 0;
    }
    TRY(place_check_explain(call->arena, &programme->problem, &programme->side, &claim,
                            file->result.quota_price, file->households,
                            programme->problem.n_households, file->localities,
                            programme->problem.n_localities, &run->faults, &faults, err));
    run->n_explained = (uint64_t)programme->problem.n_households + programme->problem.n_localities;
    return 0;
}

/* What the file says of bound and gap has to follow from its own figures. */
static void check_sums(struct check_run *run)
{
    const struct place_result *plan = &run->plan.file.result.plan;
    double gap = plan->bound_micro == 0 ? 0
                                        : (double)(plan->bound_micro - plan->objective_micro) /
                                              (double)plan->bound_micro;
    if (!run->plan.json) {
        return;
    }
    if (plan->bound_micro > plan->price_bound_micro || plan->bound_micro < plan->objective_micro) {
        err_at(faults_add(&run->faults), E_PLACE_PLAN_BOUND, run->plan.path, 0, "bound_micro",
               TEXT_LIT(""), "the bound is at most that of the prices, and at least the objective");
    }
    if (plan->proven != (plan->bound_micro == plan->objective_micro)) {
        err_at(faults_add(&run->faults), E_PLACE_PLAN_BOUND, run->plan.path, 0, "proven",
               TEXT_LIT(""), "a plan is proven where objective and bound are equal");
    }
    if (plan->gap < gap - 1e-12 || plan->gap > gap + 1e-12) {
        err_at(faults_add(&run->faults), E_PLACE_PLAN_BOUND, run->plan.path, 0, "gap", TEXT_LIT(""),
               "the gap is bound less objective, over the bound");
    }
}

/* ---- The answer ---- */

static const char *check_faults_word(uint64_t n)
{
    return n == 1 ? "break" : "breaks";
}

static int check_show(const struct verb_call *call, const struct place_call *at,
                      const struct check_run *run, struct ajar_err *err)
{
    const struct place_result *plan = &run->plan.file.result.plan;
    struct buf rules;
    char placed[NUM_TEXT];
    char objective[PLACE_UNITS], bound[PLACE_UNITS], gap[PLACE_UNITS];
    (void)err;
    if (run->faults.total > 0) {
        tell_say(call, "%llu %s found in %s.", (unsigned long long)run->faults.total,
                 check_faults_word(run->faults.total), run->plan.path);
    } else {
        tell_say(call, "%s holds.", run->plan.path);
    }
    num_format_grouped(run->found.placed, 0, placed);
    tell_say(call,
             "Worked out again, without the engine: pairs, capacities and the objective, %s of "
             "%s households placed.",
             place_units(run->found.objective, objective), placed);
    buf_init(&rules, 1024);
    if (place_sides(&rules, &at->programme.side)) {
        tell_say(call, "Rules looked at besides: %.*s.", (int)rules.n, rules.at);
    }
    buf_free(&rules);
    if (!run->plan.json) {
        tell_say(call, "A CSV claims nothing more: no bound, no reasons.");
        return 0;
    }
    tell_say(call, "The prices prove that no plan is worth more than %s: a gap of %s.",
             place_units(run->found.bound, bound),
             place_percent(run->found.bound == 0
                               ? 0
                               : (double)(run->found.bound - run->found.objective) /
                                     (double)run->found.bound,
                           gap));
    if (plan->price_bound_micro > plan->bound_micro) {
        tell_say(call,
                 "The bound that the file gives, %s, was found by branch and bound over all "
                 "plans; that part is not checked here.",
                 place_units(plan->bound_micro, bound));
    }
    tell_say(call, "%zu tables compared by SHA-256, %llu explanations worked out again.",
             run->n_inputs, (unsigned long long)run->n_explained);
    return 0;
}

static int check_json(const struct verb_call *call, const struct place_call *at,
                      const struct check_run *run, struct ajar_err *err)
{
    const struct place_side *side = &at->programme.side;
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_str(&json, "plan", run->plan.path);
    put_bool(&json, "holds", run->faults.total == 0);
    put_int(&json, "placed", run->found.placed);
    put_int(&json, "objective_micro", run->found.objective);
    put_int(&json, "bound_micro", run->found.bound);
    put_int(&json, "locks", side->n_locks);
    put_int(&json, "quotas", side->n_quotas);
    put_int(&json, "minimums", side->n_leasts);
    put_int(&json, "links", side->n_links);
    put_int(&json, "tables", (int64_t)run->n_inputs);
    put_int(&json, "explanations", (int64_t)run->n_explained);
    put_int(&json, "total", (int64_t)run->faults.total);
    json_key(&json, "faults");
    json_begin_array(&json);
    for (size_t i = 0; i < run->faults.kept; i++) {
        say_put_json(&json, &run->faults.at[i], false);
    }
    json_end_array(&json);
    return place_json_close(&json, &buf, call, err);
}

static int check_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct check_run run = {0};
    struct answer answer;
    TRY(place_call_open(call, call->words[0], call->words[1], at, err));
    TRY(place_call_plan(call, at, call->words[1], &run.plan, err));
    TRY(faults_init(&run.faults, call->arena, PLACE_FAULTS, err));
    TRY(place_check_problem(&at->programme.problem, &at->programme.names, err));
    TRY(check_inputs(call, at, &run, err));
    TRY(check_plan(call, at, &run, err));
    check_sums(&run);
    faults_sort(&run.faults);
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? check_json(&answer.call, at, &run, err)
                          : check_show(&answer.call, at, &run, err);
    code = answer_made(&answer, code, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    if (!call->json) {
        call_faults(call, &run.faults);
    }
    answer_print(&answer, call->to);
    call->exit_code = run.faults.total > 0 ? 1 : 0;
    return 0;
}

int place_answer_check(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at;
    int code = check_work(call, &at, err);
    place_call_close(&at);
    return code;
}
