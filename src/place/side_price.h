/* Prices of capacities and quotas together: price.h's Adam on both. */
#ifndef PLACE_SIDE_PRICE_H
#define PLACE_SIDE_PRICE_H

#include "price.h"
#include "side_core.h"

struct side_prices {
    int64_t *price;       /* [n_localities * n_resources], bound.h's unit */
    int64_t *quota_price; /* [n_quotas] */
    int64_t *sum;         /* [n_localities * n_resources] what a unit costs: both prices */
};

struct side_price_options {
    uint32_t looks;                  /* 0: by size */
    const struct side_prices *start; /* without their sum; NULL: from nothing */
};

/* out's arrays are the caller's; without quotas price_find itself. */
int side_price_find(struct arena *arena, const struct side_core *core,
                    const struct side_price_options *options, struct pool *pool,
                    const struct watch *watch, struct side_prices *out, struct ajar_err *err);

int side_prices_new(struct arena *arena, const struct place_problem *problem, uint32_t n_quotas,
                    struct side_prices *out, struct ajar_err *err);

/* sum from the other two. */
void side_price_sum(const struct side_core *core, struct side_prices *prices);

/* What a pair leaves after paying, in thousandths of a micro-unit. */
static inline side_wide side_price_left(const struct side_core *core,
                                        const struct side_prices *prices, uint32_t household,
                                        uint64_t pair)
{
    const struct place_problem *problem = &core->problem;
    size_t n = problem->n_resources, l = problem->locality[pair];
    side_wide left = (side_wide)problem->score[pair] * 1000;
    for (size_t r = 0; r < n; r++) {
        left -= (side_wide)prices->sum[l * n + r] * problem->need[household * n + r];
    }
    return left;
}

/* The bound of the core, in thousandths of a micro-unit; top[n_households]: what the best choice leaves, 0 for
 * nowhere, and of a household that must be placed its best pair's. */
side_wide side_price_bound(const struct side_core *core, const struct side_prices *prices,
                           side_wide *top);

/* What that bound can be lowered by because two households linked to each other alone choose together: a pair each that
 * keeps the link, or nowhere both.  `top` as side_price_bound leaves it.  O(links * pairs of a household squared). */
side_wide side_price_linked(const struct side_core *core, const struct side_prices *prices,
                            const side_wide *top);

#endif
