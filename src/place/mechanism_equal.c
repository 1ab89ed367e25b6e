#include "mechanism_parts.h"

#include <string.h>

/* All households need the same, so a locality has so many slots and the best plan is a transportation problem.
 * Nodes are the localities and, last, no place, which takes everybody.  An arc says what it costs to move the
 * cheapest free household of one node to another; an empty slot leaves for no place, and comes from there, at no
 * cost.  With a best plan at hand no way round costs less than nothing, and what it costs to have household h at l
 * is the cheapest way from l to the node where h stands (Ahuja, Magnanti and Orlin 1993, "Network Flows",
 * section 9.7): one search from that node backwards answers for all l. */
#define EQUAL_FAR (INT64_MAX / 4)

struct equal {
    const struct place_problem *problem;
    uint32_t n_nodes;            /* localities, and no place */
    uint64_t *slots;             /* [n_nodes] */
    uint64_t *used, *used_first; /* [n_nodes] */
    uint32_t *at, *at_first;     /* [n_households] node */
    bool *fixed;                 /* [n_households] or not yet in */
    int64_t *cost;               /* [n_nodes * n_nodes] */
    uint32_t *mover;             /* [n_nodes * n_nodes] household, or PLACE_NONE: an empty slot */
    int64_t *far;                /* [n_nodes] to the node of the household asked about */
    uint32_t *step;              /* [n_nodes] the next node on the way */
    int64_t value, value_first;
    bool solved;
};

static int64_t equal_score(const struct equal *equal, uint32_t household, uint32_t node)
{
    const struct place_problem *problem = equal->problem;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        if (problem->locality[pair] == node) {
            return problem->score[pair];
        }
    }
    return 0; /* no place */
}

static void equal_arc(struct equal *equal, uint32_t from, uint32_t to, int64_t cost,
                      uint32_t household)
{
    size_t k = (size_t)from * equal->n_nodes + to;
    if (cost < equal->cost[k]) {
        equal->cost[k] = cost;
        equal->mover[k] = household;
    }
}

static void equal_arcs(struct equal *equal)
{
    const struct place_problem *problem = equal->problem;
    uint32_t none = equal->n_nodes - 1;
    for (size_t k = 0; k < (size_t)equal->n_nodes * equal->n_nodes; k++) {
        equal->cost[k] = EQUAL_FAR;
        equal->mover[k] = PLACE_NONE;
    }
    for (uint32_t l = 0; l < none; l++) {
        equal_arc(equal, none, l, 0, PLACE_NONE);
        if (equal->used[l] < equal->slots[l]) {
            equal_arc(equal, l, none, 0, PLACE_NONE);
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (equal->fixed[h]) {
            continue;
        }
        uint32_t from = equal->at[h];
        int64_t here = equal_score(equal, h, from);
        equal_arc(equal, from, none, here, h);
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            if (problem->locality[pair] != from) {
                equal_arc(equal, from, problem->locality[pair], here - problem->score[pair], h);
            }
        }
    }
}

/* Bellman and Ford, backwards; arcs may cost less than nothing, ways round do not. */
static void equal_search(struct equal *equal, uint32_t to)
{
    uint32_t n = equal->n_nodes;
    bool moved = true;
    for (uint32_t i = 0; i < n; i++) {
        equal->far[i] = i == to ? 0 : EQUAL_FAR;
        equal->step[i] = i;
    }
    while (moved) {
        moved = false;
        for (uint32_t i = 0; i < n; i++) {
            for (uint32_t k = 0; k < n; k++) {
                int64_t cost = equal->cost[(size_t)i * n + k];
                if (cost < EQUAL_FAR && equal->far[k] < EQUAL_FAR &&
                    cost + equal->far[k] < equal->far[i]) {
                    equal->far[i] = cost + equal->far[k];
                    equal->step[i] = k;
                    moved = true;
                }
            }
        }
    }
}

static int64_t equal_with(const struct equal *equal, uint32_t household, uint32_t node,
                          int64_t score)
{
    if (equal->far[node] >= EQUAL_FAR) {
        return INT64_MIN;
    }
    return equal->value - equal_score(equal, household, equal->at[household]) + score -
           equal->far[node];
}

/* Moves a household to a node after a search, and everybody on the way who makes room. */
static void equal_move(struct equal *equal, uint32_t household, uint32_t node)
{
    uint32_t from = equal->at[household];
    equal->value = equal_with(equal, household, node, equal_score(equal, household, node));
    equal->used[from]--;
    for (uint32_t i = node; i != from; i = equal->step[i]) {
        uint32_t h = equal->mover[(size_t)i * equal->n_nodes + equal->step[i]];
        if (h != PLACE_NONE) {
            equal->at[h] = equal->step[i];
            equal->used[i]--;
            equal->used[equal->step[i]]++;
        }
    }
    equal->at[household] = node;
    equal->used[node]++;
}

/* The best plan of all: one household more at a time. */
static void equal_solve(struct equal *equal)
{
    const struct place_problem *problem = equal->problem;
    uint32_t none = equal->n_nodes - 1;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        equal->fixed[h] = true;
        equal->at[h] = none;
    }
    equal->used[none] = problem->n_households;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        equal_arcs(equal);
        equal_search(equal, none);
        uint32_t node = none;
        int64_t best = equal->value;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            int64_t with = equal_with(equal, h, problem->locality[pair], problem->score[pair]);
            if (with > best) {
                best = with;
                node = problem->locality[pair];
            }
        }
        equal_move(equal, h, node);
        equal->fixed[h] = false;
    }
    memcpy(equal->at_first, equal->at, problem->n_households * sizeof *equal->at);
    memcpy(equal->used_first, equal->used, equal->n_nodes * sizeof *equal->used);
    equal->value_first = equal->value;
    equal->solved = true;
}

static int equal_begin(void *arg, int64_t *most, struct ajar_err *err)
{
    struct equal *equal = arg;
    (void)err;
    if (!equal->solved) {
        equal_solve(equal);
    }
    memcpy(equal->at, equal->at_first, equal->problem->n_households * sizeof *equal->at);
    memcpy(equal->used, equal->used_first, equal->n_nodes * sizeof *equal->used);
    memset(equal->fixed, 0, equal->problem->n_households * sizeof *equal->fixed);
    equal->value = equal->value_first;
    *most = equal->value;
    return 0;
}

static int equal_menu(void *arg, uint32_t household, int64_t *most, int64_t *none,
                      struct ajar_err *err)
{
    struct equal *equal = arg;
    const struct place_problem *problem = equal->problem;
    uint64_t first = problem->first[household];
    (void)err;
    equal_arcs(equal);
    equal_search(equal, equal->at[household]);
    for (uint64_t pair = first; pair < problem->first[household + 1]; pair++) {
        most[pair - first] =
            equal_with(equal, household, problem->locality[pair], problem->score[pair]);
    }
    *none = equal_with(equal, household, equal->n_nodes - 1, 0);
    return 0;
}

static int equal_fix(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err)
{
    struct equal *equal = arg;
    (void)err;
    equal_move(equal, household,
               pair == PLACE_NONE ? equal->n_nodes - 1 : equal->problem->locality[pair]);
    equal->fixed[household] = true;
    return 0;
}

static bool equal_needs(const struct place_problem *problem)
{
    size_t size = problem->n_resources * sizeof *problem->need;
    for (uint32_t h = 1; h < problem->n_households; h++) {
        if (memcmp(mechanism_need(problem, h), problem->need, size) != 0) {
            return false;
        }
    }
    return true;
}

static void equal_slots(struct equal *equal)
{
    const struct place_problem *problem = equal->problem;
    for (uint32_t l = 0; l < equal->n_nodes; l++) {
        equal->slots[l] = problem->n_households;
        for (uint32_t r = 0; l + 1 < equal->n_nodes && r < problem->n_resources; r++) {
            int32_t need = problem->n_households == 0 ? 0 : problem->need[r];
            if (need > 0) {
                uint64_t n = (uint64_t)(place_capacity(problem, l, r) / need);
                equal->slots[l] = n < equal->slots[l] ? n : equal->slots[l];
            }
        }
    }
}

int mechanism_rest_equal(struct arena *arena, const struct place_problem *problem,
                         struct mechanism_rest *out, struct ajar_err *err)
{
    struct equal *equal;
    size_t n = (size_t)problem->n_localities + 1;
    if (!equal_needs(problem)) {
        return err_set(err, E_PLACE_REST,
                       "Households need different amounts, so what the rest can reach is not "
                       "known exactly.");
    }
    TRY_NEW(equal, arena, 1, err);
    equal->problem = problem;
    equal->n_nodes = (uint32_t)n;
    TRY_NEW(equal->slots, arena, n, err);
    TRY_NEW(equal->used, arena, n, err);
    TRY_NEW(equal->used_first, arena, n, err);
    TRY_NEW(equal->at, arena, problem->n_households, err);
    TRY_NEW(equal->at_first, arena, problem->n_households, err);
    TRY_NEW(equal->fixed, arena, problem->n_households, err);
    TRY_NEW(equal->cost, arena, n * n, err);
    TRY_NEW(equal->mover, arena, n * n, err);
    TRY_NEW(equal->far, arena, n, err);
    TRY_NEW(equal->step, arena, n, err);
    equal_slots(equal);
    *out = (struct mechanism_rest){equal_begin, equal_menu, equal_fix, true, equal};
    return 0;
}
