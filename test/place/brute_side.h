/* The best plan under side constraints by trying all, and whether a plan keeps them: shares nothing with the engine. */
#ifndef TEST_PLACE_BRUTE_SIDE_H
#define TEST_PLACE_BRUTE_SIDE_H

#include "brute.h"
#include "side.h"

static inline int64_t brute_load(const struct place_problem *problem, const uint32_t *place,
                                 uint32_t locality, uint32_t resource)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        sum += place[h] == locality ? place_need(problem, h, resource) : 0;
    }
    return sum;
}

static inline bool brute_near(const struct place_side *side, const struct side_link *link,
                              uint32_t a, uint32_t b)
{
    if (link->chord_m < 0) {
        return side->place_of == NULL ? a == b : side->place_of[a] == side->place_of[b];
    }
    long double square = 0;
    for (size_t k = 0; k < 3; k++) {
        long double apart =
            (long double)side->position_m[3 * (size_t)a + k] - side->position_m[3 * (size_t)b + k];
        square += apart * apart;
    }
    return square <= (long double)link->chord_m * (long double)link->chord_m;
}

static inline bool brute_links(const struct place_side *side, const uint32_t *place)
{
    for (uint32_t k = 0; k < side->n_links; k++) {
        uint32_t a = place[side->links[k].a], b = place[side->links[k].b];
        if ((a == PLACE_NONE) != (b == PLACE_NONE)) {
            return false;
        }
        if (a != PLACE_NONE && !brute_near(side, &side->links[k], a, b)) {
            return false;
        }
    }
    return true;
}

static inline bool brute_lots(const struct place_problem *problem, const struct place_side *side,
                              const uint32_t *place)
{
    for (uint32_t k = 0; k < side->n_leasts; k++) {
        const struct side_least *least = &side->leasts[k];
        uint32_t here = 0;
        for (uint32_t h = 0; h < problem->n_households; h++) {
            here += place[h] == least->locality;
        }
        if (here > 0 &&
            brute_load(problem, place, least->locality, least->resource) < least->least) {
            return false;
        }
    }
    return true;
}

/* Every constraint beside the capacities. */
static inline bool brute_keeps(const struct place_problem *problem, const struct place_side *side,
                               const uint32_t *place)
{
    for (uint32_t k = 0; k < side->n_locks; k++) {
        if (place[side->locks[k].household] != problem->locality[side->locks[k].pair]) {
            return false;
        }
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        int64_t sum = 0;
        for (uint32_t k = 0; k < side->quotas[q].n_localities; k++) {
            sum +=
                brute_load(problem, place, side->quotas[q].locality[k], side->quotas[q].resource);
        }
        if (sum > side->quotas[q].most) {
            return false;
        }
    }
    return brute_links(side, place) && brute_lots(problem, side, place);
}

struct brute_side {
    struct brute brute;
    const struct place_side *side;
    uint64_t lock[BRUTE_MOST]; /* UINT64_MAX: free */
    bool found;
};

static inline void brute_side_try(struct brute_side *all, uint32_t household, int64_t total)
{
    struct brute *brute = &all->brute;
    const struct place_problem *problem = brute->problem;
    if (all->found && total + brute->rest[household] <= brute->best) {
        return;
    }
    if (household == problem->n_households) {
        if (brute_keeps(problem, all->side, brute->place)) {
            all->found = true;
            brute->best = total;
            memcpy(brute->best_place, brute->place, sizeof brute->place);
        }
        return;
    }
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        uint32_t locality = problem->locality[i];
        if (all->lock[household] != UINT64_MAX && all->lock[household] != i) {
            continue;
        }
        brute->place[household] = locality;
        if (brute_move(brute, household, locality, 1)) {
            brute_side_try(all, household + 1, total + problem->score[i]);
        }
        brute_move(brute, household, locality, -1);
    }
    brute->place[household] = PLACE_NONE;
    if (all->lock[household] == UINT64_MAX) {
        brute_side_try(all, household + 1, total);
    }
}

/* False: no plan keeps the locks. */
static inline bool brute_side_solve(const struct place_problem *problem,
                                    const struct place_side *side, uint32_t *place,
                                    int64_t *objective)
{
    struct brute_side all = {.brute = {.problem = problem}, .side = side};
    if (problem->n_households > BRUTE_MOST || problem->n_localities > BRUTE_LOCALITIES) {
        abort();
    }
    memset(all.lock, 0xff, sizeof all.lock);
    for (uint32_t k = 0; k < side->n_locks; k++) {
        all.lock[side->locks[k].household] = side->locks[k].pair;
    }
    memcpy(all.brute.left, problem->capacity,
           (size_t)problem->n_localities * problem->n_resources * sizeof *all.brute.left);
    for (uint32_t h = problem->n_households; h-- > 0;) {
        int32_t most = 0;
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            most = problem->score[i] > most ? problem->score[i] : most;
        }
        all.brute.rest[h] = all.brute.rest[h + 1] + most;
    }
    brute_side_try(&all, 0, 0);
    memcpy(place, all.brute.best_place, problem->n_households * sizeof *place);
    *objective = all.brute.best;
    return all.found;
}

#endif
