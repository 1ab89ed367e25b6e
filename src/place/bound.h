/* The certificate: no plan is worth more than this, whatever the prices.
 *
 * Weak duality of the Lagrangian of the capacities (Geoffrion 1974, "Lagrangean relaxation for integer
 * programming"): charge each household for what it needs, let it choose freely, and give the price of all
 * capacity back.  Any prices of at least 0 give a valid bound; good ones come from price.h.  Whole numbers
 * only, so nothing in it depends on rounding, and anybody can recompute it from the printed prices. */
#ifndef PLACE_BOUND_H
#define PLACE_BOUND_H

#include "place.h"
#include "pool.h"

/* Prices are whole numbers of a thousandth of a micro-unit (1e-9 of a unit of score) for one unit of need.
 * A need of one at the highest price costs the highest score, so nothing above it says more. */
#define PLACE_PRICES_A_MICRO 1000
#define PLACE_PRICE_MOST     ((int64_t)PLACE_SCORE_MOST * PLACE_PRICES_A_MICRO)

/* The least of the bound at `price` [n_localities * n_resources], each 0 .. PLACE_PRICE_MOST, and of the sum of
 * every household's best score, in micro-units.  O(pairs * resources); the same at any number of threads. */
int place_bound(struct arena *arena, const struct place_problem *problem, const int64_t *price,
                struct pool *pool, int64_t *bound_micro, struct ajar_err *err);

/* Micro-units of place[n_households] (PLACE_NONE: not placed) and whether it is a plan: every pair allowed, no
 * capacity passed.  A pair that is not allowed counts 0.  `load` [n_localities * n_resources] is what is used. */
int64_t place_objective(const struct place_problem *problem, const uint32_t *place, int64_t *load,
                        bool *legal);

/* The pair of a household with a locality, or UINT64_MAX. */
uint64_t place_pair(const struct place_problem *problem, uint32_t household, uint32_t locality);

#endif
