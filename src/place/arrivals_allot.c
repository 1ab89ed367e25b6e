#include "arrivals_allot.h"

#include "exact.h"
#include "round.h"
#include "solve.h"

enum { ALLOT_ROUNDS = 200 }; /* of a batch too large to be solved exactly */

static bool allot_fits(const struct arrivals_allot *allot, uint32_t household, uint32_t locality)
{
    size_t n = allot->problem->n_resources;
    for (size_t r = 0; r < n; r++) {
        if (allot->problem->need[household * n + r] > allot->left[locality * n + r]) {
            return false;
        }
    }
    return true;
}

/* The batch as a placement of its own, of the pairs that still fit and are worth it. */
static int allot_problem(struct arena *arena, const struct arrivals_allot *allot,
                         struct place_problem *out, struct ajar_err *err)
{
    const struct place_problem *problem = allot->problem;
    struct place_problem made = *problem;
    size_t n = problem->n_resources, pairs = 0;
    uint64_t *first;
    uint32_t *locality;
    int32_t *need, *score;
    for (uint32_t i = 0; i < allot->n; i++) {
        uint32_t h = allot->household[i];
        pairs += problem->first[h + 1] - problem->first[h];
    }
    TRY_NEW(first, arena, (size_t)allot->n + 1, err);
    TRY_NEW(need, arena, allot->n * n, err);
    TRY_NEW(locality, arena, pairs, err);
    TRY_NEW(score, arena, pairs, err);
    for (uint32_t i = 0; i < allot->n; i++) {
        uint32_t h = allot->household[i];
        uint64_t at = first[i];
        for (size_t r = 0; r < n; r++) {
            need[i * n + r] = problem->need[h * n + r];
        }
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            int32_t net = allot->net(allot->arg, h, pair);
            if (net > 0 && allot_fits(allot, h, problem->locality[pair])) {
                locality[at] = problem->locality[pair];
                score[at++] = net;
            }
        }
        first[i + 1] = at;
    }
    made.n_households = allot->n;
    made.need = need;
    made.capacity = allot->left;
    made.first = first;
    made.locality = locality;
    made.score = score;
    *out = made;
    return 0;
}

static bool allot_enough(void *arg)
{
    (void)arg;
    return true;
}

int arrivals_allot(struct arena *arena, const struct arrivals_allot *allot, struct pool *pool,
                   uint32_t *place, struct ajar_err *err)
{
    struct place_problem batch;
    int64_t *price, micro, most = 0;
    bool proven;
    TRY(allot_problem(arena, allot, &batch, err));
    TRY_NEW(price, arena, (size_t)batch.n_localities * batch.n_resources, err);
    TRY(place_round(arena, &batch, price, NULL, place, &micro, err));
    for (uint32_t i = 0; i < batch.n_households; i++) {
        int32_t top = 0;
        for (uint64_t pair = batch.first[i]; pair < batch.first[i + 1]; pair++) {
            top = batch.score[pair] > top ? batch.score[pair] : top;
        }
        most += top;
    }
    if (micro == most) {
        return 0; /* all have their best */
    }
    if (exact_suits(&batch)) {
        struct exact_options options = {.price = price, .enough = allot_enough};
        return exact_solve(arena, &batch, &options, place, &micro, &proven, err);
    }
    struct place_options options = {.rounds = ALLOT_ROUNDS, .start_place = place};
    struct place_result result;
    TRY(place_solve(arena, &batch, &options, pool, NULL, &result, err));
    for (uint32_t i = 0; i < batch.n_households; i++) {
        place[i] = result.place[i];
    }
    return 0;
}
