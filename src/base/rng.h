/* Randomness without state: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as
 * 1, 2, 3"; Random123).  A stream is named by (seed, stream, entity, step); its draws depend on that
 * name alone, so any thread or rank can make them in any order and get the same bytes.
 *
 * Layout: key = (low, high half of seed), so every bit of the seed counts; counter = (block, step,
 * entity, stream).  For one seed the cipher is a bijection of the counter: two different names never
 * share a block.  A stream holds 2^32 blocks of four words; after 2^34 words it starts over.
 *
 * The draws below use only arithmetic that is the same on every machine and compiler (steady.h; built
 * without contraction), so they are too.  How many words a draw takes is said beside it.
 *
 * Arguments outside the stated range are a mistake of the caller, answered with NaN (real draws), -1
 * (counts) or k (rng_categorical), and no words are taken. */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

#define RNG_POISSON_MAX 1e15 /* largest mean of rng_poisson */

struct rng {
    uint64_t seed;
    uint32_t stream, entity, step;
    uint32_t block; /* counter of 128-bit blocks drawn */
    uint32_t words[4];
    unsigned left; /* words not used yet */
};

/* stream: the purpose of the draws (an enum of the caller); entity: whose; step: when. */
struct rng rng_at(uint64_t seed, uint32_t stream, uint32_t entity, uint32_t step);

/* One block: the cipher itself, for callers that keep their own counter. */
void rng_block(uint64_t seed, const uint32_t counter[4], uint32_t out[4]);

uint32_t rng_u32(struct rng *rng); /* one word */
uint64_t rng_u64(struct rng *rng); /* two words, low half first */

/* In (0, 1), never 0 or 1, symmetric: one of the 2^52 odd multiples of 2^-53.  Two words. */
double rng_uniform(struct rng *rng);

/* 0 .. n-1 without bias (Lemire 2019); 0 for n 0.  One word, rarely more. */
uint32_t rng_below(struct rng *rng, uint32_t n);

double rng_normal(struct rng *rng);      /* mean 0, sd 1, by inversion (AS 241): one uniform */
double rng_exponential(struct rng *rng); /* mean 1, by inversion: one uniform */

/* Shape > 0 and finite, scale 1.  Marsaglia and Tsang (2000), with their boost U^(1/shape) below
 * shape 1; about three uniforms.  A shape below 0.01 may give 0, the nearest double. */
double rng_gamma(struct rng *rng, double shape);

/* Mean 0 .. RNG_POISSON_MAX.  Below mean 10 by inversion (one uniform), else Hörmann (1993), "The
 * transformed rejection method for generating Poisson random variables", PTRS (about 2.3). */
int64_t rng_poisson(struct rng *rng, double mean);

/* n >= 0, p in [0, 1].  Below n min(p, 1-p) = 10 by inversion (one uniform), else Hörmann (1993),
 * "The generation of binomial random variates", BTRS (about 2.3).  Above 2^50 trials as the sum of
 * independent pieces, so cost grows with n / 2^50 there. */
int64_t rng_binomial(struct rng *rng, int64_t n, double p);

/* out[k] sums to n >= 0, by conditional binomials over halves of the list, so that no sum of weights
 * is ever taken by difference.  Weights >= 0 with a positive, finite sum; a zero weight gets 0.
 * O(k log k).  Bad arguments put -1 everywhere. */
void rng_multinomial(struct rng *rng, int64_t n, const double *weights, size_t k, int64_t *out);

/* Index 0 .. k-1 with probability weight / sum.  Weights as above.  One uniform, O(k). */
size_t rng_categorical(struct rng *rng, const double *weights, size_t k);

/* out[k] sums to 1.  alpha >= 0 and finite with a positive sum; a zero gives 0.  By gammas, in
 * logarithms, so that tiny alphas keep their proportions.  Bad arguments put NaN everywhere. */
void rng_dirichlet(struct rng *rng, const double *alpha, size_t k, double *out);

#endif
