/* Inside aggregate: how many of n people do a thing that each does by chance. */
#ifndef FLOW_AGGREGATE_DRAW_H
#define FLOW_AGGREGATE_DRAW_H

#include "rng.h"

/* The draws of one place on one day, one after another. */
struct draws {
    struct rng rng;
    uint64_t bits; /* random ones not used yet, lowest first */
    uint32_t n_bits;
};

static inline struct draws draws_at(uint64_t seed, uint32_t stream, uint32_t entity, uint32_t step)
{
    return (struct draws){.rng = rng_at(seed, stream, entity, step)};
}

/* Of n >= 0 with chance p, exact but for the rounding of p to 2^-64.  Few people compare binary digits of a
 * uniform with those of p, all at once: whoever differs is decided, so about 2 n bits do, and no function
 * but a count of bits.  Many people are rng_binomial's. */
int64_t draws_binomial(struct draws *draws, int64_t n, double p);

/* How many of n take each of k choices, k > 0; choice i is taken by a word u iff exactly i of the k - 1
 * thresholds, which rise, are <= u. */
void draws_split(struct draws *draws, int64_t n, const uint32_t *thresholds, uint32_t k,
                 int64_t *out);

#endif
