/* PLACE behind ajar.h: the plan, and why. */
#include <math.h>

#include "library_place.h"
#include "num.h"
#include "place_say.h"

#define PLAN_MICRO 1e6 /* micro-units a unit of score */

struct plan_why {
    size_t n;
    const char **said; /* [n] */
};

struct ajar_plan {
    struct arena arena;
    const struct programme *programme;
    struct side_result result;
    struct ajar_placed *placed; /* [n_households] */
    struct plan_why *why;       /* [n_households]; NULL: not asked for */
    const char **lots;          /* [n_localities] ids */
    const char **places;        /* [n_localities] */
    const char **states;        /* [n_localities] */
    const char **groups;        /* [n_groups] */
    const char **resources;     /* [n_resources] */
    int64_t *used;              /* [n_localities * n_resources] */
};

/* ---- Rows ---- */

static int plan_words(struct arena *arena, const struct text *from, size_t n, const char ***out,
                      struct ajar_err *err)
{
    TRY_NEW(*out, arena, n, err);
    for (size_t i = 0; from != NULL && i < n; i++) {
        TRY(library_text(arena, from[i], &(*out)[i], err));
    }
    for (size_t i = 0; from == NULL && i < n; i++) {
        (*out)[i] = "";
    }
    return 0;
}

static int32_t plan_score(const struct place_problem *problem, uint32_t household, uint32_t lot)
{
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        if (problem->locality[i] == lot) {
            return problem->score[i];
        }
    }
    return 0;
}

static int plan_row(ajar_plan *plan, uint32_t household, struct ajar_err *err)
{
    const struct programme *programme = plan->programme;
    const struct place_problem *problem = &programme->problem;
    struct ajar_placed *row = &plan->placed[household];
    uint32_t lot = plan->result.plan.place[household];
    *row = (struct ajar_placed){
        .lot = "", .place = "", .state = "", .people = programme->people[household], .group = ""};
    TRY(library_text(&plan->arena, programme->names.household[household], &row->household, err));
    if (programme->group != NULL) {
        row->group = plan->groups[programme->group[household]];
    }
    if (lot == PLACE_NONE) {
        return 0;
    }
    row->lot = plan->lots[lot];
    row->place = plan->places[lot];
    row->state = plan->states[lot];
    row->score = plan_score(problem, household, lot) / PLAN_MICRO;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        plan->used[(size_t)lot * problem->n_resources + r] += place_need(problem, household, r);
    }
    return 0;
}

static int plan_rows(ajar_plan *plan, struct ajar_err *err)
{
    const struct programme *programme = plan->programme;
    const struct place_problem *problem = &programme->problem;
    struct arena *arena = &plan->arena;
    size_t lots = problem->n_localities;
    TRY(plan_words(arena, programme->names.locality, lots, &plan->lots, err));
    TRY(plan_words(arena, programme->place, lots, &plan->places, err));
    TRY(plan_words(arena, programme->state, lots, &plan->states, err));
    TRY(plan_words(arena, programme->group_name, programme->n_groups, &plan->groups, err));
    TRY(plan_words(arena, programme->names.resource, problem->n_resources, &plan->resources, err));
    TRY_NEW(plan->used, arena, lots * problem->n_resources, err);
    TRY_NEW(plan->placed, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        TRY(plan_row(plan, h, err));
    }
    return 0;
}

static int plan_explain(ajar_plan *plan, struct ajar_err *err)
{
    const struct programme *programme = plan->programme;
    const struct place_problem *problem = &programme->problem;
    struct arena *arena = &plan->arena;
    struct explain_household *households;
    struct explain_locality *localities;
    TRY(explain_all(arena, problem, &programme->side, &plan->result, &households, &localities,
                    err));
    TRY_NEW(plan->why, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        struct text *said;
        TRY(place_say_household(arena, programme, &plan->result, &households[h], &said,
                                &plan->why[h].n, err));
        TRY(plan_words(arena, said, plan->why[h].n, &plan->why[h].said, err));
    }
    return 0;
}

/* ---- The plan ---- */

static int plan_gap(double gap, struct ajar_err *err)
{
    if (gap >= 0 && gap <= 1) {
        return 0;
    }
    char value[NUM_TEXT];
    num_format(gap, value);
    return err_at(err, E_LIBRARY_VALUE, NULL, 0, "gap", text_of(value),
                  "The option takes a part from 0 to 1.");
}

static int plan_make(ajar_plan *plan, const struct ajar_place_options *options,
                     struct ajar_err *err)
{
    const struct programme *programme = plan->programme;
    struct place_options solve = {
        .rounds = options->rounds, .seed = options->seed, .gap = options->gap};
    struct library_work work;
    TRY(plan_gap(options->gap, err));
    TRY(library_work_begin(&work, options->threads, options->stop, options->stop_arg, err));
    int code = side_solve(&plan->arena, &programme->problem, &programme->side, &solve, work.pool,
                          &work.watch, &plan->result, err);
    library_work_end(&work);
    TRY(code);
    TRY(plan_rows(plan, err));
    return options->explain != 0 ? plan_explain(plan, err) : 0;
}

int ajar_place_solve(ajar_plan **out, const ajar_placement *placement,
                     const struct ajar_place_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    ajar_plan *plan;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(placement, "placement", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *plan, "the plan", &plan, err));
    plan->programme = &placement->programme;
    return library_done(plan_make(plan, options, err), plan, out);
}

/* ---- Getters ---- */

double ajar_plan_total(const ajar_plan *plan)
{
    return plan == NULL ? (double)NAN : (double)plan->result.plan.objective_micro / PLAN_MICRO;
}

double ajar_plan_bound(const ajar_plan *plan)
{
    return plan == NULL ? (double)NAN : (double)plan->result.plan.bound_micro / PLAN_MICRO;
}

int ajar_plan_proven(const ajar_plan *plan)
{
    return plan != NULL && plan->result.plan.proven;
}

int ajar_plan_stopped(const ajar_plan *plan)
{
    return plan != NULL && plan->result.plan.cancelled;
}

size_t ajar_plan_households(const ajar_plan *plan)
{
    return plan == NULL ? 0 : plan->programme->problem.n_households;
}

const struct ajar_placed *ajar_plan_household(const ajar_plan *plan, size_t household)
{
    return household < ajar_plan_households(plan) ? &plan->placed[household] : NULL;
}

const char *ajar_plan_why(const ajar_plan *plan, size_t household, size_t i)
{
    if (household >= ajar_plan_households(plan) || plan->why == NULL) {
        return NULL;
    }
    return i < plan->why[household].n ? plan->why[household].said[i] : NULL;
}

size_t ajar_plan_lots(const ajar_plan *plan)
{
    return plan == NULL ? 0 : plan->programme->problem.n_localities;
}

const char *ajar_plan_lot(const ajar_plan *plan, size_t lot)
{
    return lot < ajar_plan_lots(plan) ? plan->lots[lot] : NULL;
}

size_t ajar_plan_resources(const ajar_plan *plan)
{
    return plan == NULL ? 0 : plan->programme->problem.n_resources;
}

const char *ajar_plan_resource(const ajar_plan *plan, size_t resource)
{
    return resource < ajar_plan_resources(plan) ? plan->resources[resource] : NULL;
}

static bool plan_has(const ajar_plan *plan, size_t lot, size_t resource)
{
    return lot < ajar_plan_lots(plan) && resource < ajar_plan_resources(plan);
}

double ajar_plan_capacity(const ajar_plan *plan, size_t lot, size_t resource)
{
    return plan_has(plan, lot, resource) ? (double)place_capacity(&plan->programme->problem,
                                                                  (uint32_t)lot, (uint32_t)resource)
                                         : (double)NAN;
}

double ajar_plan_used(const ajar_plan *plan, size_t lot, size_t resource)
{
    return plan_has(plan, lot, resource)
               ? (double)plan->used[lot * ajar_plan_resources(plan) + resource]
               : (double)NAN;
}

void ajar_plan_free(ajar_plan *plan)
{
    library_free(plan);
}
