#include "side_start.h"

#include <stdlib.h>

#include "bound.h"
#include "side_model.h"

enum { START_TRIES = 4000 }; /* pairs tried for one group of linked households */

struct start_turn {
    double lead; /* of a group's first household: its best choice over the next */
    uint32_t household;
};

struct start_work {
    const struct side_core *core;
    const struct side_prices *prices; /* NULL: scores alone count */
    struct side_state *state;
    bool *pinned;    /* [n_households] settled by branch and cut */
    bool *seen;      /* [n_households] */
    uint32_t *group; /* [n_households] those linked to one, itself first */
    uint32_t n_group, tries;
};

static int start_new(struct arena *arena, const struct side_prices *prices,
                     struct side_state *state, struct start_work *out, struct ajar_err *err)
{
    struct start_work work = {.core = state->core, .prices = prices, .state = state};
    uint32_t n = state->core->problem.n_households;
    TRY_NEW(work.pinned, arena, n, err);
    TRY_NEW(work.seen, arena, n, err);
    TRY_NEW(work.group, arena, (size_t)n + 1, err);
    *out = work;
    return 0;
}

/* Adds what chains of links reach from `household` to the group. */
static void start_group(struct start_work *work, uint32_t household)
{
    const struct side_core *core = work->core;
    uint32_t from = work->n_group;
    if (work->seen[household]) {
        return;
    }
    work->seen[household] = true;
    work->group[work->n_group++] = household;
    for (uint32_t i = from; i < work->n_group; i++) {
        uint32_t h = work->group[i];
        for (uint64_t k = core->link_first[h]; k < core->link_first[h + 1]; k++) {
            uint32_t other = side_other(&core->side.links[core->link_at[k]], h);
            if (!work->seen[other]) {
                work->seen[other] = true;
                work->group[work->n_group++] = other;
            }
        }
    }
}

/* The group of one household alone. */
static void start_gather(struct start_work *work, uint32_t household)
{
    for (uint32_t i = 0; i < work->n_group; i++) {
        work->seen[work->group[i]] = false;
    }
    work->n_group = 0;
    start_group(work, household);
}

static double start_left(const struct start_work *work, uint32_t household, uint64_t pair)
{
    return work->prices == NULL
               ? (double)work->core->problem.score[pair] * PLACE_PRICES_A_MICRO
               : (double)side_price_left(work->core, work->prices, household, pair);
}

static int rising(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Those who must be placed, and for lots that must be filled all who may come there, with those linked to them. */
static void start_forced(struct start_work *work)
{
    const struct place_problem *problem = &work->core->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool asked = work->core->must[h];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            asked = asked || work->core->lot[problem->locality[pair]] == LOT_OPEN;
        }
        if (asked) {
            start_group(work, h);
        }
    }
}

/* Adds those who could fill up a lot with a minimum for somebody of the group; false: nobody is left to add. */
static bool start_widen(struct start_work *work)
{
    const struct place_problem *problem = &work->core->problem;
    uint32_t before = work->n_group;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        bool reached = false;
        for (uint32_t i = 0; work->core->lot[l] == LOT_EITHER && i < work->n_group; i++) {
            reached = reached || place_pair(problem, work->group[i], l) != UINT64_MAX;
        }
        for (uint32_t h = 0; reached && h < problem->n_households; h++) {
            if (place_pair(problem, h, l) != UINT64_MAX) {
                start_group(work, h);
            }
        }
    }
    return work->n_group > before;
}

static int start_settle(struct arena *arena, struct start_work *work, struct ajar_err *err)
{
    struct side_model model;
    struct mip_options options = {0};
    struct mip_result result = {0};
    start_forced(work);
    if (work->n_group == 0 && side_holds(work->state)) {
        return 0;
    }
    uint32_t tied = work->n_group;
    do {
        qsort(work->group, work->n_group, sizeof *work->group, rising);
        TRY(side_model_new(arena, work->state, work->group, work->n_group, NULL, &model, err));
        TRY(side_model_solve(&model, &options, &result, err));
    } while (!result.found && start_widen(work));
    if (!result.found) {
        return err_set(err, E_PLACE_LOCKS,
                       "The locks leave no plan: the %u households that they are tied to by links "
                       "and minimums cannot all be kept.",
                       tied);
    }
    for (uint32_t c = 0; c < model.n_pairs; c++) {
        if (model.chosen[c]) {
            side_put(work->state, model.household[c], model.pair[c]);
            work->pinned[model.household[c]] = true;
        }
    }
    return 0;
}

/* Lots that would break by one more household stay out; those that do not hold yet are open in a first pass. */
static bool start_may(const struct start_work *work, uint64_t pair, bool strict)
{
    uint32_t l = work->core->problem.locality[pair];
    return !strict || work->core->lot[l] != LOT_EITHER ||
           (work->state->count[l] > 0 && side_lot_holds(work->state, l));
}

/* The best pair of a household below what was tried last, or UINT64_MAX. */
static uint64_t start_next(const struct start_work *work, uint32_t household, bool strict,
                           uint64_t last)
{
    const struct place_problem *problem = &work->core->problem;
    uint64_t best = UINT64_MAX;
    double most = 0, under = last == UINT64_MAX ? 0 : start_left(work, household, last);
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        double left = start_left(work, household, pair);
        bool after = last == UINT64_MAX || left < under || (!(left > under) && pair > last);
        if (after && (best == UINT64_MAX || left > most) && start_may(work, pair, strict) &&
            side_fits(work->state, household, pair) &&
            side_links_hold(work->state, household, pair)) {
            best = pair;
            most = left;
        }
    }
    return best;
}

/* Depth first through the group, the best choice first. */
static bool start_descend(struct start_work *work, uint32_t i, bool strict)
{
    uint64_t pair = UINT64_MAX;
    if (i == work->n_group) {
        return true;
    }
    for (;;) {
        pair = start_next(work, work->group[i], strict, pair);
        if (pair == UINT64_MAX || work->tries++ >= START_TRIES) {
            return false;
        }
        side_put(work->state, work->group[i], pair);
        if (start_descend(work, i + 1, strict)) {
            return true;
        }
        side_put(work->state, work->group[i], UINT64_MAX);
    }
}

static void start_leave(struct start_work *work)
{
    for (uint32_t i = 0; i < work->n_group; i++) {
        side_put(work->state, work->group[i], UINT64_MAX);
    }
}

/* Places a group if that is worth it. */
static void start_come(struct start_work *work, uint32_t household, bool strict)
{
    double left = 0;
    int64_t before = work->state->micro;
    if (work->state->at[household] != UINT64_MAX) {
        return;
    }
    work->tries = 0;
    start_gather(work, household);
    if (!start_descend(work, 0, strict)) {
        return;
    }
    for (uint32_t i = 0; i < work->n_group; i++) {
        left += start_left(work, work->group[i], work->state->at[work->group[i]]);
    }
    if (left < 0 || work->state->micro <= before) {
        start_leave(work);
    }
}

static int by_lead(const void *a, const void *b)
{
    const struct start_turn *x = a, *y = b;
    if (x->lead != y->lead) {
        return x->lead > y->lead ? -1 : 1;
    }
    return (x->household > y->household) - (x->household < y->household);
}

/* Linked households first, then those who would lose most by their second choice. */
static int start_turns(struct arena *arena, const struct start_work *work, struct start_turn **out,
                       struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    struct start_turn *turns;
    TRY_NEW(turns, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        double best = 0, next = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            double left = start_left(work, h, pair);
            next = left > best ? best : left > next ? left : next;
            best = left > best ? left : best;
        }
        bool linked = work->core->link_first[h] < work->core->link_first[h + 1];
        turns[h] = (struct start_turn){linked ? 1e300 : best - next, h};
    }
    qsort(turns, problem->n_households, sizeof *turns, by_lead);
    *out = turns;
    return 0;
}

static void start_empty(struct start_work *work, uint32_t locality)
{
    for (uint32_t h = 0; h < work->core->problem.n_households; h++) {
        if (side_place(work->state, h) == locality) {
            start_gather(work, h);
            start_leave(work);
        }
    }
}

/* Draws single households in, those who lose least first, until the lot holds. */
static int start_draw(struct arena *arena, struct start_work *work, uint32_t locality,
                      struct ajar_err *err)
{
    const struct side_core *core = work->core;
    const struct place_problem *problem = &core->problem;
    struct start_turn *turns;
    uint32_t n = 0;
    TRY_NEW(turns, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pair = place_pair(problem, h, locality), at = work->state->at[h];
        bool linked = core->link_first[h] < core->link_first[h + 1];
        if (pair != UINT64_MAX && pair != at && !linked && !work->pinned[h] &&
            (at == UINT64_MAX || core->lot[problem->locality[at]] == LOT_PLAIN)) {
            double now = at == UINT64_MAX ? 0 : start_left(work, h, at);
            turns[n++] = (struct start_turn){start_left(work, h, pair) - now, h};
        }
    }
    qsort(turns, n, sizeof *turns, by_lead);
    for (uint32_t k = 0; k < n && !side_lot_holds(work->state, locality); k++) {
        uint32_t h = turns[k].household;
        uint64_t at = work->state->at[h], pair = place_pair(problem, h, locality);
        side_put(work->state, h, UINT64_MAX);
        side_put(work->state, h, side_fits(work->state, h, pair) ? pair : at);
    }
    return 0;
}

static int start_lots(struct arena *arena, struct start_work *work, struct ajar_err *err)
{
    bool more = true;
    for (uint32_t l = 0; l < work->core->problem.n_localities; l++) {
        if (!side_lot_holds(work->state, l)) {
            TRY(start_draw(arena, work, l, err));
        }
    }
    while (more) {
        more = false;
        for (uint32_t l = 0; l < work->core->problem.n_localities; l++) {
            if (work->state->count[l] > 0 && !side_lot_holds(work->state, l)) {
                start_empty(work, l);
                more = true;
            }
        }
    }
    return 0;
}

/* Whom the plan to start from places, where all of a group can come. */
static void start_stay(struct start_work *work, const uint32_t *start)
{
    const struct place_problem *problem = &work->core->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool fits = true;
        if (work->state->at[h] != UINT64_MAX || start[h] == PLACE_NONE) {
            continue;
        }
        start_gather(work, h);
        for (uint32_t i = 0; i < work->n_group && fits; i++) {
            uint32_t one = work->group[i];
            uint64_t pair = start[one] < problem->n_localities
                                ? place_pair(problem, one, start[one])
                                : UINT64_MAX;
            fits = pair != UINT64_MAX && side_fits(work->state, one, pair) &&
                   side_links_hold(work->state, one, pair);
            if (fits) {
                side_put(work->state, one, pair);
            }
        }
        if (!fits) {
            start_leave(work);
        }
    }
}

static int start_all(struct arena *arena, struct start_work *work, const uint32_t *start,
                     struct ajar_err *err)
{
    struct start_turn *turns;
    if (start != NULL) {
        start_stay(work, start);
        if (side_holds(work->state)) {
            return 0;
        }
        side_state_clear(work->state);
    }
    TRY(start_settle(arena, work, err));
    if (start != NULL) {
        start_stay(work, start);
    }
    TRY(start_turns(arena, work, &turns, err));
    for (uint32_t k = 0; k < work->core->problem.n_households; k++) {
        start_come(work, turns[k].household, false);
    }
    return start_lots(arena, work, err);
}

/* Whoever is nowhere comes where that breaks nothing, by prices, then by score. */
static int start_fill(struct arena *arena, struct start_work *work, struct ajar_err *err)
{
    struct start_turn *turns;
    TRY(start_turns(arena, work, &turns, err));
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t k = 0; k < work->core->problem.n_households; k++) {
            start_come(work, turns[k].household, true);
        }
        work->prices = NULL;
    }
    return 0;
}

int side_start_mend(struct arena *arena, const struct side_prices *prices, struct side_state *state,
                    struct ajar_err *err)
{
    struct start_work work;
    TRY(start_new(arena, prices, state, &work, err));
    TRY(start_lots(arena, &work, err));
    return start_fill(arena, &work, err);
}

int side_start(struct arena *arena, const struct side_core *core, const struct side_prices *prices,
               const uint32_t *start, struct side_state *out, struct ajar_err *err)
{
    struct side_state state;
    struct start_work work;
    TRY(side_state_new(arena, core, &state, err));
    TRY(start_new(arena, prices, &state, &work, err));
    TRY(start_all(arena, &work, start, err));
    TRY(start_fill(arena, &work, err));
    *out = state;
    return 0;
}
