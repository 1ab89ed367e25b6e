/* The checker: whether a plan is a plan, and what its certificate proves.
 *
 * It reads the problem and what is claimed of the answer, and works all of it out again in whole numbers, with no
 * code of the engine.  The bound is weak duality (Geoffrion 1974, "Lagrangean relaxation for integer
 * programming"): at prices p >= 0 of the capacities no plan is worth more than
 *
 *     sum of price * capacity  +  sum over households of max(0, best of score - price of its needs there),
 *
 * nor more than the sum of every household's best score.  A quota is one more capacity with a price of its own, paid
 * beside the locality's; a locked household has its pair alone, even below 0. */
#ifndef PLACE_CHECK_H
#define PLACE_CHECK_H

#include "place_names.h"
#include "side.h"

#define PLACE_CHECK_PRICES_A_MICRO                                                                 \
    1000 /* a price of 1 is a thousandth of a micro-unit for one unit of need */

/* What is claimed.  Nothing is owned; but for the plan, what is NULL is not claimed. */
struct place_claim {
    const uint32_t *place;    /* [n_households] a locality, or PLACE_NONE */
    const int64_t *objective; /* micro-units: the sum of the plan's scores */
    const int64_t *price;     /* [n_localities * n_resources] */
    const int64_t *bound; /* micro-units; without prices it is held against the best scores alone */
    const struct place_names *names; /* for messages; NULL: numbers from 1 */
    const struct place_side *side;   /* what the plan must keep besides; NULL: nothing */
    const int64_t *quota_price;      /* [n_quotas] used with `price`; NULL: 0 */
};

/* What was found.  Sums hold any problem: 2^32 households of 1e9 each are below 2^63. */
struct place_found {
    uint32_t placed;
    int64_t objective; /* of the pairs that are allowed */
    int64_t bound;     /* the least that the prices and the best scores prove, rounded down */
    uint64_t faults;   /* added here */
};

/* Whether a problem keeps what place.h promises: E_PLACE_PROBLEM, the first break told.  O(pairs * resources). */
int place_check_problem(const struct place_problem *problem, const struct place_names *names,
                        struct ajar_err *err);

/* Every break is a fault: E_PLACE_PLAN_PAIR, _CAPACITY, _LOCK, _QUOTA, _LEAST, _LINK, _OBJECTIVE, _PRICE, _BOUND.  Returns 0 when the plan could
 * be looked at, whatever was found: out->faults 0 says that all of the claim holds.  E_PLACE_PROBLEM, E_CEILING,
 * E_MEMORY.  O(pairs * resources). */
int place_check_plan(struct arena *scratch, const struct place_problem *problem,
                     const struct place_claim *claim, struct faults *faults,
                     struct place_found *out, struct ajar_err *err);

#endif
