/* Random walk Metropolis, and how far chains agree. */
#include <math.h>
#include <string.h>

#include "exodus_fit_parts.h"
#include "rng.h"
#include "steady.h"

#define CHAIN_N      EXODUS_FITTED_MOST
#define CHAIN_STREAM 41 /* of a chain's steps */
#define CHAIN_SPREAD 42 /* of where it starts */
#define CHAIN_WANTED                                                                               \
    0.25 /* part of the proposals that is accepted, about the best in many dimensions */
#define CHAIN_WIDE   1.5 /* starts in sds of the posterior */
#define CHAIN_JITTER 1e-4

struct chain {
    uint32_t n;
    double at[CHAIN_N], density, log_scale;
    double factor[CHOLESKY_PACKED];
    double mean[CHAIN_N], spread[CHOLESKY_PACKED]; /* of the steps so far: mean, sums of products */
    double n_seen;
};

static void chain_propose(const struct chain *chain, struct rng *rng, double scale, double *to)
{
    double normal[CHAIN_N];
    for (uint32_t i = 0; i < chain->n; i++) {
        normal[i] = rng_normal(rng);
        to[i] = chain->at[i];
        for (uint32_t j = 0; j <= i; j++) {
            to[i] += scale * chain->factor[i * (i + 1) / 2 + j] * normal[j];
        }
    }
}

static bool chain_step(struct exodus_fit_work *work, const struct exodus_places *places,
                       struct chain *chain, struct rng *rng, double *chance)
{
    double next[CHAIN_N];
    chain_propose(chain, rng, steady_exp(chain->log_scale), next);
    double density = exodus_places_density(work, places, next);
    double log_ratio = density - chain->density;
    *chance = log_ratio >= 0 ? 1 : steady_exp(log_ratio);
    if (rng_uniform(rng) >= *chance) {
        return false;
    }
    memcpy(chain->at, next, sizeof next);
    chain->density = density;
    return true;
}

/* Welford's sums. */
static void chain_see(struct chain *chain)
{
    double off[CHAIN_N];
    chain->n_seen++;
    for (uint32_t i = 0; i < chain->n; i++) {
        off[i] = chain->at[i] - chain->mean[i];
        chain->mean[i] += off[i] / chain->n_seen;
    }
    for (uint32_t i = 0; i < chain->n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            chain->spread[i * (i + 1) / 2 + j] += off[i] * (chain->at[j] - chain->mean[j]);
        }
    }
}

/* From here on proposals are as wide as the chain has gone. */
static void chain_learn(struct chain *chain)
{
    double factor[CHOLESKY_PACKED];
    memcpy(factor, chain->spread, sizeof factor);
    for (uint32_t i = 0; i < chain->n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            factor[i * (i + 1) / 2 + j] /= chain->n_seen - 1;
        }
        factor[i * (i + 1) / 2 + i] += CHAIN_JITTER;
    }
    if (cholesky_factor(chain->n, factor)) {
        memcpy(chain->factor, factor, sizeof factor);
    }
    memset(chain->mean, 0, sizeof chain->mean);
    memset(chain->spread, 0, sizeof chain->spread);
    chain->n_seen = 0;
}

/* A wide start that is no number is drawn nearer to the mode. */
static void chain_start(struct exodus_fit_work *work, const struct exodus_places *places,
                        const double *mode, struct chain *chain, uint64_t seed, uint32_t which)
{
    double wide = CHAIN_WIDE;
    for (uint32_t attempt = 0; attempt < 8; attempt++, wide *= 0.5) {
        struct rng rng = rng_at(seed, CHAIN_SPREAD, which, attempt);
        double start[CHAIN_N];
        memcpy(chain->at, mode, chain->n * sizeof *mode);
        chain_propose(chain, &rng, attempt == 7 ? 0 : wide, start);
        memcpy(chain->at, start, sizeof start);
        chain->density = exodus_places_density(work, places, chain->at);
        if (isfinite(chain->density)) {
            return;
        }
    }
}

double exodus_chain(struct exodus_fit_work *work, const struct exodus_places *places,
                    const double *mode, const double *factor,
                    const struct exodus_fit_options *options, uint32_t which, double *kept)
{
    struct chain chain = {.n = places->n};
    double chance;
    uint32_t accepted = 0, warm = options->n_warm;
    memcpy(chain.factor, factor, sizeof chain.factor);
    chain.log_scale = steady_log(2.38 / sqrt((double)(chain.n == 0 ? 1 : chain.n)));
    chain_start(work, places, mode, &chain, options->seed, which);
    for (uint32_t step = 0; step < warm; step++) {
        struct rng rng = rng_at(options->seed, CHAIN_STREAM, which, step);
        chain_step(work, places, &chain, &rng, &chance);
        chain.log_scale += (chance - CHAIN_WANTED) / sqrt((double)(step % (warm / 4 + 1)) + 4);
        chain_see(&chain);
        if (step + 1 == warm / 4) { /* the way from the start says nothing */
            memset(chain.mean, 0, sizeof chain.mean);
            memset(chain.spread, 0, sizeof chain.spread);
            chain.n_seen = 0;
        } else if (step + 1 == warm / 2 || step + 1 == warm / 4 * 3) {
            chain_learn(&chain);
        }
    }
    uint32_t steps = options->n_kept * options->every;
    for (uint32_t step = 0; step < steps; step++) {
        struct rng rng = rng_at(options->seed, CHAIN_STREAM, which, warm + step);
        accepted += chain_step(work, places, &chain, &rng, &chance);
        if ((step + 1) % options->every == 0) {
            memcpy(kept + (size_t)(step / options->every) * chain.n, chain.at,
                   chain.n * sizeof *kept);
        }
    }
    return steps == 0 ? 0 : (double)accepted / (double)steps;
}

/* ---- How far chains agree ---- */

struct chain_half { /* of one half of one chain */
    const double *at;
    double mean, variance;
};

static void half_of(struct chain_half *half, uint32_t n, size_t stride)
{
    half->mean = 0;
    half->variance = 0;
    for (uint32_t i = 0; i < n; i++) {
        half->mean += half->at[i * stride] / n;
    }
    for (uint32_t i = 0; i < n; i++) {
        double off = half->at[i * stride] - half->mean;
        half->variance += off * off / (n - 1);
    }
}

/* Mean over the halves of the autocovariance at a lag. */
static double halves_lag(const struct chain_half *halves, uint32_t n_halves, uint32_t n,
                         size_t stride, uint32_t lag)
{
    double sum = 0;
    for (uint32_t h = 0; h < n_halves; h++) {
        for (uint32_t i = 0; i + lag < n; i++) {
            sum += (halves[h].at[i * stride] - halves[h].mean) *
                   (halves[h].at[(i + lag) * stride] - halves[h].mean) / n;
        }
    }
    return sum / n_halves;
}

void exodus_chains_judge(const double *values, uint32_t n_chains, uint32_t n_steps, size_t stride,
                         double *r_hat, double *n_effective)
{
    struct chain_half halves[2 * 64];
    uint32_t n = n_steps / 2, m = 2 * (n_chains > 64 ? 64 : n_chains);
    double mean = 0, between = 0, within = 0, sum = 0;
    *r_hat = *n_effective = NAN;
    if (n < 4) {
        return;
    }
    for (uint32_t h = 0; h < m; h++) {
        halves[h].at = values + ((size_t)(h / 2) * n_steps + (h % 2) * n) * stride;
        half_of(&halves[h], n, stride);
        mean += halves[h].mean / m;
        within += halves[h].variance / m;
    }
    for (uint32_t h = 0; h < m; h++) {
        between += (halves[h].mean - mean) * (halves[h].mean - mean) / (m - 1);
    }
    double variance = within * (n - 1) / n + between;
    *r_hat = sqrt(variance / within);
    for (uint32_t lag = 1; lag + 1 < n; lag += 2) {
        double pair = 2 - (2 * within - halves_lag(halves, m, n, stride, lag) -
                           halves_lag(halves, m, n, stride, lag + 1)) /
                              variance;
        if (!(pair > 0)) {
            break;
        }
        sum += pair;
    }
    *n_effective = fmin((double)m * n / (1 + 2 * sum), (double)m * n);
}
