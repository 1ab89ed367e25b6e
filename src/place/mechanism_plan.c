#include "mechanism_parts.h"

#include <string.h>

/* A whole plan that keeps the fixed choices stands at all times.  To give a household a place without room, free
 * households there make way, the cheapest first, and go to the best place that has room for them; what that plan
 * is worth is what the choice can be sure of.  No list of wishes is looked at. */
enum {
    PLAN_MAKE_WAY_MOST = 16, /* households that make way for one */
    PLAN_CHAIN_MOST = 16     /* moves into room that has come free, one after another */
};

struct plan {
    const struct place_problem *problem;
    const uint32_t *start; /* [n_households] pairs */
    size_t n_resources;
    uint64_t *near_first;      /* [n_localities + 1] */
    uint32_t *near;            /* [pairs] households of a locality, */
    uint32_t *near_pair;       /* and their pairs */
    uint32_t *pair;            /* [n_households] where it is, or PLACE_NONE */
    bool *fixed;               /* [n_households] */
    uint32_t *head;            /* [n_localities] households there, in a ring of links */
    uint32_t *behind, *before; /* [n_households] */
    int64_t *left;             /* [n_localities * n_resources] */
    int64_t value;
    uint32_t moved[2 * PLAN_MAKE_WAY_MOST + 2], was[2 * PLAN_MAKE_WAY_MOST + 2];
    size_t n_moved;
    bool is_trial;
};

static int64_t *plan_left(const struct plan *plan, uint32_t pair)
{
    return &plan->left[plan->problem->locality[pair] * plan->n_resources];
}

static void plan_leave(struct plan *plan, uint32_t household)
{
    uint32_t pair = plan->pair[household];
    uint32_t behind = plan->behind[household], before = plan->before[household];
    mechanism_add(plan_left(plan, pair), mechanism_need(plan->problem, household),
                  plan->n_resources);
    plan->value -= plan->problem->score[pair];
    if (before == PLACE_NONE) {
        plan->head[plan->problem->locality[pair]] = behind;
    } else {
        plan->behind[before] = behind;
    }
    if (behind != PLACE_NONE) {
        plan->before[behind] = before;
    }
    plan->pair[household] = PLACE_NONE;
}

static void plan_enter(struct plan *plan, uint32_t household, uint32_t pair)
{
    uint32_t *head = &plan->head[plan->problem->locality[pair]];
    mechanism_take(plan_left(plan, pair), mechanism_need(plan->problem, household),
                   plan->n_resources);
    plan->value += plan->problem->score[pair];
    plan->before[household] = PLACE_NONE;
    plan->behind[household] = *head;
    if (*head != PLACE_NONE) {
        plan->before[*head] = household;
    }
    *head = household;
    plan->pair[household] = pair;
}

static void plan_move(struct plan *plan, uint32_t household, uint32_t pair)
{
    if (plan->is_trial) {
        plan->moved[plan->n_moved] = household;
        plan->was[plan->n_moved++] = plan->pair[household];
    }
    if (plan->pair[household] != PLACE_NONE) {
        plan_leave(plan, household);
    }
    if (pair != PLACE_NONE) {
        plan_enter(plan, household, pair);
    }
}

/* The best pair with room, of a score above 0, elsewhere than at `but`; PLACE_NONE. */
static uint32_t plan_best(const struct plan *plan, uint32_t household, uint32_t but)
{
    const struct place_problem *problem = plan->problem;
    const int32_t *need = mechanism_need(problem, household);
    uint32_t best = PLACE_NONE;
    int32_t score = 0;
    for (uint64_t p = problem->first[household]; p < problem->first[household + 1]; p++) {
        uint32_t pair = (uint32_t)p;
        if (problem->score[p] > score && problem->locality[p] != but &&
            mechanism_fits(need, plan_left(plan, pair), plan->n_resources)) {
            best = pair;
            score = problem->score[p];
        }
    }
    return best;
}

/* How much of what a household lacks at a locality another frees by leaving, in thousandths, summed. */
static int64_t plan_relief(const struct plan *plan, uint32_t household, const int64_t *left,
                           uint32_t other)
{
    const int32_t *need = mechanism_need(plan->problem, household);
    const int32_t *frees = mechanism_need(plan->problem, other);
    int64_t relief = 0;
    for (size_t r = 0; r < plan->n_resources; r++) {
        int64_t lacks = need[r] - left[r];
        if (lacks > 0) {
            relief += 1000 * (int64_t)(frees[r] < lacks ? frees[r] : lacks) / lacks;
        }
    }
    return relief;
}

/* Who makes way: the least loss for what it frees; ties to the lower household. */
static uint32_t plan_pick(const struct plan *plan, uint32_t household, uint32_t locality)
{
    const int64_t *left = &plan->left[locality * plan->n_resources];
    uint32_t best = PLACE_NONE;
    int64_t best_loss = 0, best_relief = 1;
    for (uint32_t h = plan->head[locality]; h != PLACE_NONE; h = plan->behind[h]) {
        int64_t relief = plan->fixed[h] ? 0 : plan_relief(plan, household, left, h);
        if (relief == 0) {
            continue;
        }
        uint32_t to = plan_best(plan, h, locality);
        int64_t loss = plan->problem->score[plan->pair[h]];
        loss -= to == PLACE_NONE ? 0 : plan->problem->score[to];
        int64_t less = loss * best_relief - best_loss * relief;
        if (best == PLACE_NONE || less < 0 || (less == 0 && h < best)) {
            best = h;
            best_loss = loss;
            best_relief = relief;
        }
    }
    return best;
}

/* Moves a household to a pair, with room made for it; false when there can be none. */
static bool plan_give(struct plan *plan, uint32_t household, uint32_t pair)
{
    uint32_t out[PLAN_MAKE_WAY_MOST];
    size_t n_out = 0;
    plan_move(plan, household, PLACE_NONE);
    if (pair == PLACE_NONE) {
        return true;
    }
    uint32_t locality = plan->problem->locality[pair];
    const int32_t *need = mechanism_need(plan->problem, household);
    while (!mechanism_fits(need, plan_left(plan, pair), plan->n_resources)) {
        uint32_t h = n_out < PLAN_MAKE_WAY_MOST ? plan_pick(plan, household, locality) : PLACE_NONE;
        if (h == PLACE_NONE) {
            return false;
        }
        plan_move(plan, h, PLACE_NONE);
        out[n_out++] = h;
    }
    plan_enter(plan, household, pair);
    for (size_t i = 0; i < n_out; i++) {
        plan_move(plan, out[i], plan_best(plan, out[i], PLACE_NONE));
    }
    return true;
}

static int64_t plan_try(struct plan *plan, uint32_t household, uint32_t pair)
{
    plan->is_trial = true;
    plan->n_moved = 0;
    int64_t value = plan_give(plan, household, pair) ? plan->value : INT64_MIN;
    plan->is_trial = false;
    while (plan->n_moved > 0) {
        plan->n_moved--;
        plan_move(plan, plan->moved[plan->n_moved], plan->was[plan->n_moved]);
    }
    return value;
}

/* The free household that gains most by coming to a locality with room for it, or PLACE_NONE. */
static uint32_t plan_gainer(const struct plan *plan, uint32_t locality, uint32_t *pair)
{
    const struct place_problem *problem = plan->problem;
    const int64_t *left = &plan->left[locality * plan->n_resources];
    uint32_t best = PLACE_NONE;
    int64_t most = 0;
    for (uint64_t i = plan->near_first[locality]; i < plan->near_first[locality + 1]; i++) {
        uint32_t h = plan->near[i], now = plan->pair[h];
        int64_t gain = problem->score[plan->near_pair[i]];
        gain -= now == PLACE_NONE ? 0 : problem->score[now];
        if (gain > most && !plan->fixed[h] &&
            mechanism_fits(mechanism_need(problem, h), left, plan->n_resources)) {
            best = h;
            most = gain;
            *pair = plan->near_pair[i];
        }
    }
    return best;
}

/* Somebody comes to where room is free, somebody else to where that one was, and so on. */
static void plan_refill(struct plan *plan, uint32_t locality)
{
    for (int i = 0; i < PLAN_CHAIN_MOST && locality != PLACE_NONE; i++) {
        uint32_t pair = PLACE_NONE, h = plan_gainer(plan, locality, &pair);
        if (h == PLACE_NONE) {
            return;
        }
        uint32_t was = plan->pair[h];
        plan_move(plan, h, pair);
        locality = was == PLACE_NONE ? locality : plan->problem->locality[was];
    }
}

static int plan_begin(void *arg, int64_t *most, struct ajar_err *err)
{
    struct plan *plan = arg;
    const struct place_problem *problem = plan->problem;
    size_t n = (size_t)problem->n_localities * plan->n_resources;
    (void)err;
    for (size_t k = 0; k < n; k++) {
        plan->left[k] = problem->capacity[k];
    }
    for (size_t l = 0; l < problem->n_localities; l++) {
        plan->head[l] = PLACE_NONE;
    }
    plan->value = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        plan->fixed[h] = false;
        plan->pair[h] = PLACE_NONE;
        if (plan->start[h] != PLACE_NONE) {
            plan_enter(plan, h, plan->start[h]);
        }
    }
    *most = plan->value;
    return 0;
}

static int plan_menu(void *arg, uint32_t household, int64_t *most, int64_t *none,
                     struct ajar_err *err)
{
    struct plan *plan = arg;
    uint64_t first = plan->problem->first[household];
    (void)err;
    for (uint64_t pair = first; pair < plan->problem->first[household + 1]; pair++) {
        bool stays = plan->pair[household] == pair;
        most[pair - first] = stays ? plan->value : plan_try(plan, household, (uint32_t)pair);
    }
    *none =
        plan->pair[household] == PLACE_NONE ? plan->value : plan_try(plan, household, PLACE_NONE);
    return 0;
}

static int plan_fix(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err)
{
    struct plan *plan = arg;
    uint32_t was = plan->pair[household];
    (void)err;
    plan->fixed[household] = true;
    if (was == pair) {
        return 0;
    }
    plan_give(plan, household, pair);
    if (was != PLACE_NONE) {
        plan_refill(plan, plan->problem->locality[was]);
    }
    if (pair != PLACE_NONE) {
        plan_refill(plan, plan->problem->locality[pair]);
    }
    return 0;
}

int mechanism_rest_plan(struct arena *arena, const struct place_problem *problem,
                        const uint32_t *locality, struct mechanism_rest *out, struct ajar_err *err)
{
    struct plan *plan;
    uint32_t *start = NULL;
    TRY_NEW(plan, arena, 1, err);
    *plan = (struct plan){.problem = problem, .n_resources = problem->n_resources};
    TRY(mechanism_capacity(arena, problem, &plan->left, err));
    TRY(mechanism_nowhere(arena, problem, &start, err));
    TRY(mechanism_endow(problem, locality, plan->left, start, err));
    TRY(mechanism_turn(arena, problem, &plan->near_first, &plan->near, &plan->near_pair, err));
    TRY_NEW(plan->pair, arena, problem->n_households, err);
    TRY_NEW(plan->fixed, arena, problem->n_households, err);
    TRY_NEW(plan->head, arena, problem->n_localities, err);
    TRY_NEW(plan->behind, arena, problem->n_households, err);
    TRY_NEW(plan->before, arena, problem->n_households, err);
    plan->start = start;
    *out = (struct mechanism_rest){plan_begin, plan_menu, plan_fix, true, plan};
    return 0;
}
