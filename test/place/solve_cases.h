/* Small problems for the tests of the optimiser, and the answer by trying everything. */
#ifndef TEST_PLACE_SOLVE_CASES_H
#define TEST_PLACE_SOLVE_CASES_H

#include "place.h"
#include "rng.h"

enum { CASE_NULL = -1 };

/* From tables: need[n * r], capacity[l * r], score[n * l] in whole units with CASE_NULL for not allowed. */
struct place_problem case_of(struct arena *arena, uint32_t n, uint32_t l, uint32_t r,
                             const int32_t *need, const int32_t *capacity, const int32_t *score);

/* n households, l localities, r resources; `tight` percent of the need is there. */
struct place_problem case_random(struct arena *arena, struct rng *rng, uint32_t n, uint32_t l,
                                 uint32_t r, uint32_t tight);

/* The optimum by trying every plan. */
int64_t case_optimum(const struct place_problem *problem);

#endif
