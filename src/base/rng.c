#include "rng.h"

#include <math.h>
#include <stdbool.h>

#include <Random123/philox.h>

#include "steady.h"

#define INVERSION_MAX 10.0 /* Hörmann's methods are proved from this mean on */
#define INVERSION_END 250  /* past any count that 53 bits can reach at a mean below 10 */
#define PIECE_MAX     (INT64_C(1) << 50) /* trials whose count, mean and gaps are exact doubles */

struct rng rng_at(uint64_t seed, uint32_t stream, uint32_t entity, uint32_t step)
{
    return (struct rng){.seed = seed, .stream = stream, .entity = entity, .step = step};
}

void rng_block(uint64_t seed, const uint32_t counter[4], uint32_t out[4])
{
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t name = {{counter[0], counter[1], counter[2], counter[3]}};
    philox4x32_ctr_t block = philox4x32(name, key);
    for (int i = 0; i < 4; i++) {
        out[i] = block.v[i];
    }
}

uint32_t rng_u32(struct rng *rng)
{
    if (rng->left == 0) {
        uint32_t counter[4] = {rng->block, rng->step, rng->entity, rng->stream};
        rng_block(rng->seed, counter, rng->words);
        rng->block++;
        rng->left = 4;
    }
    return rng->words[4 - rng->left--];
}

uint64_t rng_u64(struct rng *rng)
{
    uint64_t low = rng_u32(rng);
    return low | (uint64_t)rng_u32(rng) << 32;
}

double rng_uniform(struct rng *rng)
{
    return ((double)(rng_u64(rng) >> 12) + 0.5) * 0x1p-52;
}

uint32_t rng_below(struct rng *rng, uint32_t n)
{
    if (n == 0) {
        return 0;
    }
    uint64_t product = (uint64_t)rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        uint32_t surplus = (uint32_t)-n % n;
        while ((uint32_t)product < surplus) {
            product = (uint64_t)rng_u32(rng) * n;
        }
    }
    return (uint32_t)(product >> 32);
}

double rng_normal(struct rng *rng)
{
    return steady_normal_quantile(rng_uniform(rng));
}

double rng_exponential(struct rng *rng)
{
    return -steady_log(rng_uniform(rng));
}

/* Marsaglia and Tsang's d v for shape >= 1. */
static double gamma_from_one(struct rng *rng, double shape)
{
    double d = shape - 1.0 / 3.0;
    double c = 1.0 / (3.0 * sqrt(d));
    for (;;) {
        double x = rng_normal(rng);
        double root = 1.0 + c * x;
        if (root <= 0.0) {
            continue;
        }
        double v = root * root * root;
        double u = rng_uniform(rng);
        double x2 = x * x;
        if (u < 1.0 - 0.0331 * x2 * x2 ||
            steady_log(u) < 0.5 * x2 + d * (1.0 - v + steady_log(v))) {
            return d * v;
        }
    }
}

double rng_gamma(struct rng *rng, double shape)
{
    if (!(shape > 0.0) || isinf(shape)) {
        return NAN;
    }
    if (shape >= 1.0) {
        return gamma_from_one(rng, shape);
    }
    double larger = gamma_from_one(rng, shape + 1.0);
    return larger * steady_exp(steady_log(rng_uniform(rng)) / shape);
}

/* Walks up a distribution from zero: first = P(0), P(k + 1) = P(k) (rise / (k + 1) - fall).  Rounding
 * can leave the last 1e-15 or so of the uniform unclaimed; it is then drawn again. */
static int64_t by_inversion(struct rng *rng, double first, double rise, double fall, int64_t most)
{
    int64_t end = most < INVERSION_END ? most : INVERSION_END;
    for (;;) {
        double u = rng_uniform(rng);
        double probability = first;
        for (int64_t k = 0; k <= end; k++) {
            if (u <= probability) {
                return k;
            }
            u -= probability;
            probability *= rise / (double)(k + 1) - fall;
        }
    }
}

/* PTRS.  The candidate is taken relative to the whole part of the mean, exact at any size. */
static int64_t poisson_large(struct rng *rng, double mean)
{
    double b = 0.931 + 2.53 * sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double sure = 0.9277 - 3.6224 / (b - 2.0);
    double scale = 1.1239 + 1.1328 / (b - 3.4);
    double whole = floor(mean);
    double part = mean - whole;
    for (;;) {
        double u = rng_uniform(rng) - 0.5;
        double v = rng_uniform(rng);
        double us = 0.5 - fabs(u);
        double gap = floor((2.0 * a / us + b) * u + part + 0.43);
        if (us >= 0.07 && v <= sure) {
            return (int64_t)whole + (int64_t)gap;
        }
        if (gap < -whole || (us < 0.013 && v > us)) {
            continue;
        }
        int64_t k = (int64_t)whole + (int64_t)gap;
        if (steady_log(v * scale / (a / (us * us) + b)) <= steady_poisson_log_pmf(k, mean)) {
            return k;
        }
    }
}

int64_t rng_poisson(struct rng *rng, double mean)
{
    if (!(mean >= 0.0 && mean <= RNG_POISSON_MAX)) {
        return -1;
    }
    if (mean == 0.0) {
        return 0;
    }
    if (mean < INVERSION_MAX) {
        return by_inversion(rng, steady_exp(-mean), mean, 0.0, INVERSION_END);
    }
    return poisson_large(rng, mean);
}

/* BTRS, p <= 1/2 and n p >= 10. */
static int64_t binomial_large(struct rng *rng, int64_t n, double p)
{
    double mean = (double)n * p;
    double sd = sqrt(mean * (1.0 - p));
    double b = 1.15 + 2.53 * sd;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double sure = 0.92 - 4.2 / b;
    double scale = (2.83 + 5.1 / b) * sd;
    double whole = floor(mean);
    double part = mean - whole;
    double top = steady_binomial_log_pmf((int64_t)floor(mean + p), n, p);
    for (;;) {
        double u = rng_uniform(rng) - 0.5;
        double v = rng_uniform(rng);
        double us = 0.5 - fabs(u);
        double gap = floor((2.0 * a / us + b) * u + part + 0.5);
        if (gap < -whole || gap > (double)n - whole) {
            continue;
        }
        int64_t k = (int64_t)whole + (int64_t)gap;
        if (us >= 0.07 && v <= sure) {
            return k;
        }
        double bound = steady_log(v * scale / (a / (us * us) + b));
        if (bound <= steady_binomial_log_pmf(k, n, p) - top) {
            return k;
        }
    }
}

/* 0 < p <= 1/2, 0 < n <= PIECE_MAX. */
static int64_t binomial_piece(struct rng *rng, int64_t n, double p)
{
    double trials = (double)n;
    if (trials * p >= INVERSION_MAX) {
        return binomial_large(rng, n, p);
    }
    double odds = p / (1.0 - p);
    double none = steady_exp(trials * steady_log1p(-p));
    return by_inversion(rng, none, (trials + 1.0) * odds, odds, n);
}

int64_t rng_binomial(struct rng *rng, int64_t n, double p)
{
    if (n < 0 || !(p >= 0.0 && p <= 1.0)) {
        return -1;
    }
    if (p > 0.5) {
        return n - rng_binomial(rng, n, 1.0 - p);
    }
    int64_t sum = 0;
    while (n > 0 && p > 0.0) {
        int64_t piece = n < PIECE_MAX ? n : PIECE_MAX;
        sum += binomial_piece(rng, piece, p);
        n -= piece;
    }
    return sum;
}

static double sum_of(const double *weights, size_t k)
{
    double sum = 0.0;
    for (size_t i = 0; i < k; i++) {
        sum += weights[i];
    }
    return sum;
}

static bool are_weights(const double *weights, size_t k)
{
    for (size_t i = 0; i < k; i++) {
        if (!(weights[i] >= 0.0)) {
            return false;
        }
    }
    double sum = sum_of(weights, k);
    return sum > 0.0 && !isinf(sum);
}

static void multinomial_split(struct rng *rng, int64_t n, const double *weights, size_t k,
                              int64_t *out)
{
    if (n == 0 || k == 1) {
        for (size_t i = 0; i < k; i++) {
            out[i] = n;
        }
        return;
    }
    size_t half = k / 2;
    double left = sum_of(weights, half);
    double right = sum_of(weights + half, k - half);
    int64_t first = right > 0.0 ? rng_binomial(rng, n, left / (left + right)) : n;
    multinomial_split(rng, first, weights, half, out);
    multinomial_split(rng, n - first, weights + half, k - half, out + half);
}

void rng_multinomial(struct rng *rng, int64_t n, const double *weights, size_t k, int64_t *out)
{
    if (n < 0 || !are_weights(weights, k)) {
        for (size_t i = 0; i < k; i++) {
            out[i] = -1;
        }
        return;
    }
    multinomial_split(rng, n, weights, k, out);
}

size_t rng_categorical(struct rng *rng, const double *weights, size_t k)
{
    if (!are_weights(weights, k)) {
        return k;
    }
    double goal = rng_uniform(rng) * sum_of(weights, k);
    double reached = 0.0;
    size_t last = 0;
    for (size_t i = 0; i < k; i++) {
        if (weights[i] > 0.0) {
            reached += weights[i];
            last = i;
            if (goal < reached) {
                break;
            }
        }
    }
    return last;
}

/* Logarithm of a gamma draw: below shape 1 the draw itself may be too small for a double. */
static double log_gamma_draw(struct rng *rng, double shape)
{
    if (shape >= 1.0) {
        return steady_log(gamma_from_one(rng, shape));
    }
    double larger = gamma_from_one(rng, shape + 1.0);
    return steady_log(larger) + steady_log(rng_uniform(rng)) / shape;
}

void rng_dirichlet(struct rng *rng, const double *alpha, size_t k, double *out)
{
    bool bad = !are_weights(alpha, k);
    double top = -INFINITY;
    for (size_t i = 0; i < k; i++) {
        out[i] = bad ? NAN : alpha[i] > 0.0 ? log_gamma_draw(rng, alpha[i]) : -INFINITY;
        top = fmax(top, out[i]);
    }
    if (bad) {
        return;
    }
    if (isinf(top)) {
        /* As alpha goes to nothing the limit is one corner, chosen in proportion to alpha. */
        size_t corner = rng_categorical(rng, alpha, k);
        for (size_t i = 0; i < k; i++) {
            out[i] = i == corner ? 1.0 : 0.0;
        }
        return;
    }
    double sum = 0.0;
    for (size_t i = 0; i < k; i++) {
        out[i] = steady_exp(out[i] - top);
        sum += out[i];
    }
    for (size_t i = 0; i < k; i++) {
        out[i] /= sum;
    }
}
