/* Prices of capacity: the dual of the linear relaxation, found without a linear solver.
 *
 * The bound of bound.h is a convex function of the prices, with a subgradient that costs one look at every pair:
 * capacity less what the households take when each chooses alone.  Adam (Kingma, Ba 2015) on that subgradient
 * with a falling step comes within 1e-5 of the optimum in some hundred looks, where simplex and interior points
 * need minutes and gigabytes at a million households.  Within a look scores and charges are whole micro-units,
 * so sums are exact and the same in any order. */
#ifndef PLACE_PRICE_H
#define PLACE_PRICE_H

#include "place.h"
#include "pool.h"

struct price_options {
    uint32_t looks;       /* 0: by size, 2000 to 300 */
    const int64_t *start; /* prices to start from, bound.h's unit; NULL: from nothing */
};

/* out[n_localities * n_resources], bound.h's unit, 0 where a capacity is 0: the best prices seen, the same at any
 * number of threads.  The watch is asked between looks; its stop is no error and leaves the best so far, which
 * are prices of 0 before the first look.  Memory, given back: 8 bytes a pair, 12 a household, and 4 for each
 * pair of a locality and a kind of household. */
int price_find(struct arena *arena, const struct place_problem *problem,
               const struct price_options *options, struct pool *pool, const struct watch *watch,
               int64_t *out, struct ajar_err *err);

/* Households of equal needs are of one kind. */
struct price_kinds {
    uint32_t n;
    uint32_t *of;  /* [n_households] */
    uint32_t *one; /* [n] the first household of the kind */
};
int price_kinds_find(struct arena *arena, const struct place_problem *problem,
                     struct price_kinds *out, struct ajar_err *err);

#endif
