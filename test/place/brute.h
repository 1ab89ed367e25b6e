/* The best plan of a small problem by trying all, household by household; a branch is left only when all that
 * could still come cannot pass the best so far.  For at most BRUTE_MOST households. */
#ifndef TEST_PLACE_BRUTE_H
#define TEST_PLACE_BRUTE_H

#include <stdlib.h>
#include <string.h>

#include "place.h"

#define BRUTE_MOST       16
#define BRUTE_LOCALITIES 16

struct brute {
    const struct place_problem *problem;
    int64_t rest[BRUTE_MOST + 1]; /* most that households from here on could add */
    int32_t left[BRUTE_LOCALITIES * PLACE_RESOURCES_MOST];
    uint32_t place[BRUTE_MOST], best_place[BRUTE_MOST];
    int64_t best;
    uint64_t optima; /* plans of the best total */
};

static inline bool brute_move(struct brute *brute, uint32_t household, uint32_t locality, int sign)
{
    const struct place_problem *problem = brute->problem;
    int32_t *left = brute->left + (size_t)locality * problem->n_resources;
    bool fits = true;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        left[r] -= sign * place_need(problem, household, r);
        fits = fits && left[r] >= 0;
    }
    return fits;
}

static inline void brute_try(struct brute *brute, uint32_t household, int64_t total)
{
    const struct place_problem *problem = brute->problem;
    if (total + brute->rest[household] < brute->best) {
        return;
    }
    if (household == problem->n_households) {
        brute->optima = total > brute->best ? 1 : brute->optima + 1;
        brute->best = total;
        memcpy(brute->best_place, brute->place, sizeof brute->place);
        return;
    }
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        uint32_t locality = problem->locality[i];
        brute->place[household] = locality;
        if (brute_move(brute, household, locality, 1)) {
            brute_try(brute, household + 1, total + problem->score[i]);
        }
        brute_move(brute, household, locality, -1);
    }
    brute->place[household] = PLACE_NONE;
    brute_try(brute, household + 1, total);
}

/* place: [n_households], one of the best plans; *optima (may be NULL): how many there are. */
static inline void brute_solve(const struct place_problem *problem, uint32_t *place,
                               int64_t *objective, uint64_t *optima)
{
    struct brute brute = {.problem = problem, .best = INT64_MIN / 2};
    if (problem->n_households > BRUTE_MOST || problem->n_localities > BRUTE_LOCALITIES) {
        abort();
    }
    memcpy(brute.left, problem->capacity,
           (size_t)problem->n_localities * problem->n_resources * sizeof *brute.left);
    for (uint32_t h = problem->n_households; h-- > 0;) {
        int32_t most = 0;
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            most = problem->score[i] > most ? problem->score[i] : most;
        }
        brute.rest[h] = brute.rest[h + 1] + most;
    }
    brute_try(&brute, 0, 0);
    memcpy(place, brute.best_place, problem->n_households * sizeof *place);
    *objective = brute.best;
    if (optima != NULL) {
        *optima = brute.optima;
    }
}

#endif
