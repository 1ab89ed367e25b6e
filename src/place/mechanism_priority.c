#include "mechanism_parts.h"

#include "bound.h"

struct priority {
    const struct mechanism_lists *lists;
    const struct mechanism_rest *rest;
    size_t n_resources;
    int64_t least;
    int64_t *left;  /* [n_localities * n_resources] beside those fixed */
    int64_t *menu;  /* [longest list of pairs] */
    uint32_t *pair; /* [n_households] chosen, or PLACE_NONE */
    uint32_t beyond;
};

static bool priority_room(const struct priority *priority, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = priority->lists->problem;
    return mechanism_fits(mechanism_need(problem, household),
                          &priority->left[problem->locality[pair] * priority->n_resources],
                          priority->n_resources);
}

static bool priority_enough(const struct priority *priority, int64_t most)
{
    return most > INT64_MIN && most >= priority->least;
}

/* The pair with room that leaves most; `*best` at entry is what no place leaves. */
static uint32_t priority_most(const struct priority *priority, uint32_t household, int64_t *best)
{
    const struct place_problem *problem = priority->lists->problem;
    uint64_t first = problem->first[household];
    uint32_t most = PLACE_NONE;
    for (uint64_t pair = first; pair < problem->first[household + 1]; pair++) {
        if (priority->menu[pair - first] > *best && priority_room(priority, household, pair)) {
            most = (uint32_t)pair;
            *best = priority->menu[pair - first];
        }
    }
    return most;
}

/* The best wish that has room and leaves enough; then no place; then whatever leaves most. */
static uint32_t priority_choose(struct priority *priority, uint32_t household, int64_t none)
{
    const struct mechanism_lists *lists = priority->lists;
    uint64_t first = lists->problem->first[household];
    for (uint64_t i = lists->wish_first[household]; i < lists->wish_first[household + 1]; i++) {
        uint32_t pair = lists->wish[i];
        if (priority_enough(priority, priority->menu[pair - first]) &&
            priority_room(priority, household, pair)) {
            return pair;
        }
    }
    if (priority_enough(priority, none)) {
        return PLACE_NONE;
    }
    int64_t best = none;
    uint32_t most = priority_most(priority, household, &best);
    priority->beyond += !priority_enough(priority, best);
    return most;
}

static int priority_start(struct arena *arena, struct priority *priority, struct ajar_err *err)
{
    const struct place_problem *problem = priority->lists->problem;
    uint64_t longest = 0;
    for (size_t h = 0; h < problem->n_households; h++) {
        uint64_t n = problem->first[h + 1] - problem->first[h];
        longest = n > longest ? n : longest;
    }
    TRY_NEW(priority->menu, arena, (size_t)longest, err);
    TRY(mechanism_capacity(arena, problem, &priority->left, err));
    return mechanism_nowhere(arena, problem, &priority->pair, err);
}

static int priority_run(struct priority *priority, const uint32_t *order, struct ajar_err *err)
{
    const struct place_problem *problem = priority->lists->problem;
    const struct mechanism_rest *rest = priority->rest;
    int64_t most = 0, none = 0;
    TRY(rest->begin(rest->arg, &most, err));
    for (size_t i = 0; i < problem->n_households; i++) {
        uint32_t h = order[i];
        TRY(rest->menu(rest->arg, h, priority->menu, &none, err));
        uint32_t pair = priority_choose(priority, h, none);
        TRY(rest->fix(rest->arg, h, pair, err));
        priority->pair[h] = pair;
        if (pair != PLACE_NONE) {
            mechanism_take(&priority->left[problem->locality[pair] * priority->n_resources],
                           mechanism_need(problem, h), priority->n_resources);
        }
    }
    return 0;
}

int mechanism_priority(struct arena *arena, const struct mechanism_lists *lists,
                       const uint32_t *order, const struct mechanism_rest *rest,
                       int64_t least_micro, struct mechanism_priority *out, struct ajar_err *err)
{
    const struct place_problem *problem = lists->problem;
    struct priority priority = {
        .lists = lists, .rest = rest, .n_resources = problem->n_resources, .least = least_micro};
    const uint32_t *turns = NULL;
    TRY(mechanism_order(arena, problem, order, &turns, err));
    TRY(priority_start(arena, &priority, err));
    TRY(priority_run(&priority, turns, err));
    for (size_t h = 0; h < problem->n_households; h++) {
        uint32_t pair = priority.pair[h];
        priority.pair[h] = pair == PLACE_NONE ? PLACE_NONE : problem->locality[pair];
    }
    *out = (struct mechanism_priority){
        {priority.pair, 1}, mechanism_sum(lists, priority.pair), least_micro, priority.beyond};
    return 0;
}

static void curve_mark(size_t n, struct mechanism_point *points)
{
    for (size_t i = 0; i < n; i++) {
        const struct mechanism_sum *a = &points[i].sum;
        points[i].best = true;
        for (size_t k = 0; k < n; k++) {
            const struct mechanism_sum *b = &points[k].sum;
            bool no_worse = b->total_micro >= a->total_micro && b->rank_all <= a->rank_all;
            bool better = b->total_micro > a->total_micro || b->rank_all < a->rank_all;
            points[i].best = points[i].best && !(no_worse && better);
        }
    }
}

/* low + (high - low) * i / last without passing 64 bits: totals are below 2^62, i and last below 2^20. */
static int64_t curve_step(int64_t low, int64_t high, size_t i, size_t last)
{
    int64_t span = high - low, whole = span / (int64_t)last, part = span % (int64_t)last;
    return low + whole * (int64_t)i + part * (int64_t)i / (int64_t)last;
}

int mechanism_curve(struct arena *arena, const struct mechanism_lists *lists, const uint32_t *order,
                    const struct mechanism_rest *rest, size_t n, struct mechanism_point *points,
                    struct ajar_err *err)
{
    int64_t low = INT64_MIN, high = 0;
    for (size_t i = 0; i < n; i++) {
        struct mechanism_priority one = {0};
        int64_t least = i == 0 ? INT64_MIN : curve_step(low, high, i, n - 1);
        TRY(mechanism_priority(arena, lists, order, rest, least, &one, err));
        if (i == 0) {
            TRY(rest->begin(rest->arg, &high, err));
            low = one.sum.total_micro;
            high = high > low ? high : low;
            least = low;
        }
        points[i] = (struct mechanism_point){least, one.sum, one.beyond, false};
    }
    curve_mark(n, points);
    return 0;
}
