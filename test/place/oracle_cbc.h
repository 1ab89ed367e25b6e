/* The best plan of a problem by a solver that shares nothing with the engine: Cbc's branch and cut, through its
 * C interface. */
#ifndef TEST_PLACE_ORACLE_CBC_H
#define TEST_PLACE_ORACLE_CBC_H

#include "place.h"

enum { ORACLE_OK, ORACLE_FAILED };

/* Maximises the sum of scores: at most one locality a household, every capacity kept.  place: [n_households],
 * PLACE_NONE: not placed.  *objective is the integer sum over that plan, and the plan is checked in integers.
 * ORACLE_FAILED: Cbc did not prove an optimum in a minute, or its plan does not hold.
 * Exact for scores up to some 1,000,000 and sums up to 1e9, where doubles leave room for the solver's
 * tolerances. */
int oracle_cbc(const struct place_problem *problem, uint32_t *place, int64_t *objective);

#endif
