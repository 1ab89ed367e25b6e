#include "place_run.h"

#include <math.h>
#include <string.h>

#include "num.h"
#include "place_show.h"
#include "progress.h"

/* ---- While it runs ---- */

static void run_tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    struct place_run *run = arg;
    char objective[PLACE_UNITS], bound[PLACE_UNITS];
    if (run->told) {
        snprintf(run->what, sizeof run->what, "%.24s: %.24s of at most %.24s", what,
                 place_units(run->objective, objective), place_units(run->bound, bound));
        what = run->what;
    }
    total = total == UINT64_MAX ? 0 : total; /* until told to stop */
    if (run->inner != NULL && run->inner->tick != NULL) {
        run->inner->tick(run->inner->arg, what, done, total, unit);
    }
}

static bool run_cancelled(void *arg)
{
    const struct place_run *run = arg;
    return run->inner != NULL && run->inner->cancelled != NULL &&
           run->inner->cancelled(run->inner->arg);
}

static bool run_enough(void *arg)
{
    const struct place_run *run = arg;
    return run->seconds > 0 && progress_clock() - run->began >= run->seconds;
}

static void run_tell(void *arg, uint64_t rounds, int64_t objective_micro, int64_t bound_micro)
{
    struct place_run *run = arg;
    (void)rounds;
    run->told = true;
    run->objective = objective_micro;
    run->bound = bound_micro;
}

static struct place_options run_options(const struct verb_call *call, struct place_run *run)
{
    struct place_options options = {.seed = call->seed, .arg = run};
    options.enough = run_enough;
    options.tell = run_tell;
    if (call_given(call, "rounds")) {
        options.rounds = (uint64_t)call_int(call, "rounds");
    } else if (call_given(call, "time")) {
        options.rounds = UINT64_MAX;
    }
    options.gap = call_given(call, "gap") ? call_number(call, "gap") / 100 : 0;
    return options;
}

/* ---- Conflicts of locks ---- */

static void conflict_text(const struct programme *programme, const struct side_conflict *conflict,
                          struct ajar_err *err)
{
    const struct place_names *names = &programme->names;
    struct text resource =
        conflict->resource < programme->problem.n_resources && conflict->rule != SIDE_LINK
            ? names->resource[conflict->resource]
            : TEXT_LIT("");
    char need[NUM_TEXT], most[NUM_TEXT];
    num_format_grouped((double)conflict->need, 0, need);
    num_format_grouped((double)conflict->most, 0, most);
    const char *locks = conflict->n_locks == 1 ? "lock" : "locks";
    switch (conflict->rule) {
    case SIDE_CAPACITY:
        err_set(err, E_PLACE_LOCKS, "%u %s need %s of %.*s at %.*s, which has %s.",
                conflict->n_locks, locks, need, (int)resource.n, resource.at,
                (int)names->locality[conflict->index].n, names->locality[conflict->index].at, most);
        return;
    case SIDE_QUOTA: {
        const struct side_quota *quota = &programme->side.quotas[conflict->index];
        struct text state =
            quota->n_localities > 0 ? programme->state[quota->locality[0]] : TEXT_LIT("");
        err_set(err, E_PLACE_LOCKS, "%u %s need %s of %.*s in %.*s, whose quota is %s.",
                conflict->n_locks, locks, need, (int)resource.n, resource.at, (int)state.n,
                state.at, most);
        return;
    }
    case SIDE_LINK: {
        const struct side_link *link = &programme->side.links[conflict->index];
        if (conflict->n_locks == 1) {
            uint32_t one = programme->side.locks[conflict->locks[0]].household;
            uint32_t other = one == link->a ? link->b : link->a;
            err_set(err, E_PLACE_LOCKS,
                    "%.*s is locked where %.*s, which is linked to it, cannot follow.",
                    (int)names->household[one].n, names->household[one].at,
                    (int)names->household[other].n, names->household[other].at);
            return;
        }
        err_set(err, E_PLACE_LOCKS, "The locks of %.*s and %.*s break the link between them.",
                (int)names->household[link->a].n, names->household[link->a].at,
                (int)names->household[link->b].n, names->household[link->b].at);
        return;
    }
    case SIDE_LEAST:
        break;
    }
    err_set(err, E_PLACE_LOCKS,
            "%u %s open a lot that takes at least %s of %.*s, and at most %s can be reached.",
            conflict->n_locks, locks, most, (int)resource.n, resource.at, need);
}

static int conflict_faults(const struct verb_call *call, const struct place_call *at,
                           const struct programme *programme, const struct side_conflict *conflict,
                           struct ajar_err *err)
{
    const struct place_table *table = &at->load.input.table[PROGRAMME_LOCKS];
    struct faults faults;
    TRY(faults_init(&faults, call->arena, PLACE_FAULTS, err));
    for (uint32_t i = 0; i < conflict->n_locks; i++) {
        const struct side_lock *lock = &programme->side.locks[conflict->locks[i]];
        uint32_t l = programme->problem.locality[lock->pair];
        struct text household = programme->names.household[lock->household];
        struct text lot = programme->names.locality[l];
        struct ajar_err *fault = faults_add(&faults);
        if (conflict->rule == SIDE_LINK) {
            err_at(fault, E_PLACE_LOCKS, table->name, 0, "household", household,
                   "is locked to %.*s", (int)lot.n, lot.at);
        } else {
            err_at(fault, E_PLACE_LOCKS, table->name, 0, "household", household,
                   "is locked to %.*s and needs %d of %.*s", (int)lot.n, lot.at,
                   place_need(&programme->problem, lock->household, conflict->resource),
                   (int)programme->names.resource[conflict->resource].n,
                   programme->names.resource[conflict->resource].at);
        }
        err_hint(fault, conflict->n_locks == 1 ? "Lift this lock, or what it runs into."
                                               : "Lift this lock, or one of the others named.");
    }
    call_faults(call, &faults);
    return 0;
}

int place_run_conflict(const struct verb_call *call, const struct place_call *at,
                       const struct programme *programme, int code, struct ajar_err *err)
{
    struct side_conflict conflict = {0};
    if (code != E_PLACE_LOCKS) {
        return code;
    }
    TRY(side_conflict(call->arena, &programme->problem, &programme->side, &conflict, err));
    if (conflict.n_locks == 0) {
        return code;
    }
    TRY(conflict_faults(call, at, programme, &conflict, err));
    conflict_text(programme, &conflict, err);
    return code;
}

/* ---- The run ---- */

static int run_groups(const struct verb_call *call, struct place_call *at, struct place_run *run,
                      const struct fair_options *options, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    int64_t *floors = NULL;
    enum fair_rule rule = run->method == PLACE_MAXMIN         ? FAIR_MAXMIN
                          : run->method == PLACE_PROPORTIONAL ? FAIR_PROPORTIONAL
                                                              : FAIR_GIVEN;
    if (programme->group == NULL) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--method", text_of(run->word),
               "the households have no groups");
        return err_hint(err, "Add a column group to the households.");
    }
    TRY(place_call_floors(call, at, &floors, err));
    TRY(fair_groups(call->arena, &programme->problem, &programme->side, programme->group,
                    programme->n_groups, rule, rule == FAIR_GIVEN ? floors : NULL, options,
                    at->pool, &run->watch, &run->groups, err));
    run->result = run->groups.plan;
    return 0;
}

static int run_method(const struct verb_call *call, struct place_call *at, struct place_run *run,
                      struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    struct fair_options options = {.solve = run_options(call, run)};
    switch (run->method) {
    case PLACE_TOTAL:
        return side_solve(call->arena, &programme->problem, &programme->side, &options.solve,
                          at->pool, &run->watch, &run->result, err);
    case PLACE_LEXIMIN:
        TRY(fair_leximin(call->arena, &programme->problem, &programme->side, &options, at->pool,
                         &run->watch, &run->leximin, err));
        run->result = run->leximin.plan;
        return 0;
    case PLACE_MAXMIN:
    case PLACE_PROPORTIONAL:
    case PLACE_FLOORS:
        break;
    }
    return run_groups(call, at, run, &options, err);
}

static enum place_method run_method_of(const char *word)
{
    static const char *const words[] = {[PLACE_TOTAL] = "total",
                                        [PLACE_LEXIMIN] = "leximin",
                                        [PLACE_MAXMIN] = "maxmin",
                                        [PLACE_PROPORTIONAL] = "proportional",
                                        [PLACE_FLOORS] = "floors"};
    for (enum place_method m = PLACE_LEXIMIN; m <= PLACE_FLOORS; m++) {
        if (strcmp(word, words[m]) == 0) {
            return m;
        }
    }
    return PLACE_TOTAL;
}

int place_run(const struct verb_call *call, struct place_call *at, struct place_run *out,
              struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    *out = (struct place_run){.word = call_text(call, "method"), .inner = call->watch};
    out->method = run_method_of(out->word);
    out->watch = (struct watch){run_tick, run_cancelled, out};
    out->began = progress_clock();
    out->seconds = call_given(call, "time") ? call_number(call, "time") : 0;
    TRY(place_run_conflict(call, at, programme, run_method(call, at, out, err), err));
    return fair_report(call->arena, &programme->problem, out->result.plan.place, programme->group,
                       programme->n_groups, &out->report, err);
}
