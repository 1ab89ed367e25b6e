/* A problem under side constraints as a linear model in 0/1, for solvers that share nothing with the engine: Cbc through its C
 * interface here, HiGHS from the file that is written (highs.mjs). */
#ifndef TEST_PLACE_SIDE_ORACLE_H
#define TEST_PLACE_SIDE_ORACLE_H

#include <stdio.h>

#include "oracle_cbc.h"
#include "side.h"

enum { ORACLE_NO_PLAN = ORACLE_FAILED + 1 };

/* The best total: ORACLE_OK, ORACLE_NO_PLAN, ORACLE_FAILED (nothing proved in two minutes).  place [n_households]. */
int side_oracle_cbc(const struct place_problem *problem, const struct place_side *side,
                    uint32_t *place, int64_t *objective);

/* In the LP format of CPLEX. */
void side_oracle_write(const struct place_problem *problem, const struct place_side *side,
                       FILE *file);

#endif
