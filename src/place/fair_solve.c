#include "fair_parts.h"

#include <string.h>

#include "bound.h"

/* More pairs than that are too many for branch and cut each time; looks at prices that begin from those before; nodes
 * of branch and cut of a part, which has next to no end where all pairs are worth the same. */
enum { FAIR_SMALL = 6000, FAIR_LOOKS = 100, FAIR_NODES = 40 };

/* So many rounds of a light question cost what one of branch and cut does. */
enum { FAIR_DEAR = 5 };

int fair_begin(struct fair *fair, struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    const struct place_options *options = &fair->options->solve;
    TRY_NEW(fair->lock, fair->arena, problem->n_households, err);
    memset(fair->lock, 0xff, problem->n_households * sizeof *fair->lock);
    for (uint32_t i = 0; i < fair->side->n_locks; i++) {
        fair->lock[fair->side->locks[i].household] = fair->side->locks[i].pair;
    }
    if (fair->options->plain != NULL) {
        fair->plain = *fair->options->plain;
    } else {
        TRY(side_solve(fair->arena, problem, fair->side, options, fair->pool, fair->watch,
                       &fair->plain, err));
    }
    fair->cancelled = fair->plain.plan.cancelled;
    fair->stopped = fair->cancelled || (options->enough != NULL && options->enough(options->arg));
    return 0;
}

/* The problem and what is laid over it, without the pairs that are struck. */
struct fair_left {
    struct place_problem problem;
    struct place_side side;
};

static int fair_locks(struct arena *arena, const struct fair *fair, const uint64_t *number,
                      struct fair_left *left, struct ajar_err *err)
{
    struct side_lock *locks;
    TRY_NEW(locks, arena, fair->side->n_locks, err);
    for (uint32_t i = 0; i < fair->side->n_locks; i++) {
        locks[i] = fair->side->locks[i];
        locks[i].pair = number[locks[i].pair];
    }
    left->side = *fair->side;
    left->side.locks = locks;
    return 0;
}

static int fair_strike(struct arena *arena, const struct fair *fair, const int32_t *value,
                       struct fair_left *out, struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    uint64_t n_pairs = problem->first[problem->n_households], kept = 0, *first, *number;
    struct fair_left left = {.problem = *problem};
    uint32_t *locality;
    int32_t *score;
    TRY_NEW(first, arena, (size_t)problem->n_households + 1, err);
    TRY_NEW(number, arena, n_pairs, err);
    TRY_NEW(locality, arena, n_pairs, err);
    TRY_NEW(score, arena, n_pairs, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            if (value[pair] != FAIR_STRUCK) {
                number[pair] = kept;
                locality[kept] = problem->locality[pair];
                score[kept++] = value[pair];
            }
        }
        first[h + 1] = kept;
    }
    left.problem.first = first;
    left.problem.locality = locality;
    left.problem.score = score;
    TRY(fair_locks(arena, fair, number, &left, err));
    *out = left;
    return 0;
}

struct fair_ear {
    struct fair *fair;
    const struct fair_ask *ask;
    int64_t objective, bound;
};

static void fair_tell(void *arg, uint64_t rounds, int64_t objective, int64_t bound)
{
    struct fair_ear *ear = arg;
    const struct place_options *options = &ear->fair->options->solve;
    ear->objective = objective;
    ear->bound = bound;
    if (ear->ask->last && options->tell != NULL) {
        options->tell(options->arg, rounds, objective, bound);
    }
}

static bool fair_answered(const struct fair_ask *ask, int64_t objective, int64_t bound)
{
    bool asked = ask->want != INT64_MIN;
    return (asked && (objective >= ask->want || bound < ask->want)) ||
           fair_floor(bound, ask->unit) <= fair_floor(objective, ask->unit);
}

static bool fair_enough(void *arg)
{
    struct fair_ear *ear = arg;
    const struct place_options *options = &ear->fair->options->solve;
    if (options->enough != NULL && options->enough(options->arg)) {
        ear->fair->stopped = true;
    }
    return ear->fair->stopped || fair_answered(ear->ask, ear->objective, ear->bound);
}

static int fair_ask_in(struct arena *scratch, struct fair *fair, const struct fair_ask *ask,
                       struct side_result *out, struct ajar_err *err)
{
    struct fair_ear ear = {fair, ask, INT64_MIN, INT64_MAX};
    uint64_t n_pairs = fair->problem->first[fair->problem->n_households];
    uint64_t inner = fair->options->inner == 0 ? FAIR_ROUNDS : fair->options->inner;
    bool large = n_pairs > FAIR_SMALL;
    inner = large && !ask->light ? (inner + FAIR_DEAR - 1) / FAIR_DEAR : inner;
    struct place_options options = {.rounds = ask->last ? fair->options->solve.rounds : inner,
                                    .seed = fair->options->solve.seed,
                                    .gap = ask->last ? fair->options->solve.gap : 0,
                                    .enough = fair_enough,
                                    .tell = fair_tell,
                                    .arg = &ear,
                                    .start_place = ask->start_place,
                                    .start_price = ask->start_price,
                                    .nodes = FAIR_NODES,
                                    .light = ask->light && large};
    options.looks = options.light && ask->start_price != NULL ? FAIR_LOOKS : 0;
    struct fair_left left;
    TRY(fair_strike(scratch, fair, ask->value, &left, err));
    return side_solve(scratch, &left.problem, &left.side, &options, fair->pool, fair->watch, out,
                      err);
}

int fair_ask(struct fair *fair, const struct fair_ask *ask, uint32_t *place, int64_t *price,
             struct fair_answer *out, struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    struct side_result result = {0};
    struct arena scratch;
    arena_init(&scratch, fair->arena->name, fair->arena->ceiling - fair->arena->used);
    int code = fair_ask_in(&scratch, fair, ask, &result, err);
    if (code == 0) {
        fair->cancelled = fair->cancelled || result.plan.cancelled;
        fair->stopped = fair->stopped || fair->cancelled;
        memcpy(place, result.plan.place, problem->n_households * sizeof *place);
        if (price != NULL) {
            memcpy(price, result.plan.price,
                   (size_t)problem->n_localities * problem->n_resources * sizeof *price);
        }
        *out = (struct fair_answer){result.plan.objective_micro, result.plan.bound_micro,
                                    fair_floor(result.plan.bound_micro, ask->unit) <=
                                        fair_floor(result.plan.objective_micro, ask->unit)};
    }
    arena_free(&scratch);
    return code;
}

int64_t fair_total(const struct place_problem *problem, const uint32_t *place)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pair = place[h] == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, place[h]);
        sum += pair == UINT64_MAX ? 0 : problem->score[pair];
    }
    return sum;
}

int fair_result(const struct fair *fair, const uint32_t *place, struct side_result *out,
                struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    struct side_result result = fair->plain;
    struct place_result *plan = &result.plan;
    TRY_NEW(plan->place, fair->arena, problem->n_households, err);
    memcpy(plan->place, place, problem->n_households * sizeof *place);
    plan->objective_micro = fair_total(problem, place);
    double over = (double)(plan->bound_micro - plan->objective_micro);
    plan->gap = plan->bound_micro > 0 ? over / (double)plan->bound_micro : 0;
    plan->proven = plan->bound_micro == plan->objective_micro;
    plan->cancelled = fair->cancelled;
    *out = result;
    return 0;
}
