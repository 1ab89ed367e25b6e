/* Every goodness-of-fit test has a fixed seed, so it passes always or never; its level says how likely
 * a right generator would have failed on the day the seed was chosen: one in a thousand. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "dist.h"
#include "rng.h"

#define DRAWS  100000
#define LEVEL  0.001
#define KS_TOP 1.9495 /* sqrt(-log(LEVEL / 2) / 2): Kolmogorov's limit for sqrt(n) D */
#define Z_TOP  3.2905 /* the normal quantile at 1 - LEVEL / 2 */
#define BINS   40

/* Fails with any other cipher, round count, key schedule or word order.  The known answers are those of
 * Random123's file kat_vectors, "philox4x32 10". */
static void the_cipher_gives_the_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed;
        uint32_t counter[4], out[4];
    } cases[] = {
        {0, {0, 0, 0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX,
         {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {UINT64_C(0x299f31d0a4093822),
         {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t out[4];
        rng_block(cases[i].seed, cases[i].counter, out);
        assert_memory_equal(out, cases[i].out, sizeof out);
    }
    /* The name of a stream is the counter: block, step, entity, stream. */
    struct rng rng = rng_at(UINT64_C(0x299f31d0a4093822), 0x03707344, 0x13198a2e, 0x85a308d3);
    rng.block = 0x243f6a88;
    for (int i = 0; i < 4; i++) {
        assert_true(rng_u32(&rng) == cases[2].out[i]);
    }
}

/* Fails when a part of the name is ignored or two parts overlap (stream + entity, say). */
static void every_part_of_a_name_counts(void **state)
{
    (void)state;
    uint64_t first[4 * 4 * 4 * 4];
    size_t n = 0;
    for (uint32_t i = 0; i < 4 * 4 * 4 * 4; i++) {
        uint64_t seed = i % 4 < 2 ? i % 4 : (uint64_t)(i % 4 - 1) << 32;
        struct rng rng = rng_at(seed, i / 4 % 4, i / 16 % 4, i / 64);
        first[n++] = rng_u64(&rng);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            assert_true(first[i] != first[k]);
        }
    }
}

static double draw_uniform(struct rng *rng, const double *p)
{
    (void)p;
    return rng_uniform(rng);
}

static double draw_normal(struct rng *rng, const double *p)
{
    (void)p;
    return rng_normal(rng);
}

static double draw_exponential(struct rng *rng, const double *p)
{
    (void)p;
    return rng_exponential(rng);
}

static double draw_gamma(struct rng *rng, const double *p)
{
    return rng_gamma(rng, p[0]);
}

static double draw_poisson(struct rng *rng, const double *p)
{
    return (double)rng_poisson(rng, p[0]);
}

static double draw_binomial(struct rng *rng, const double *p)
{
    return (double)rng_binomial(rng, (int64_t)p[0], p[1]);
}

static double cdf_uniform(double x, const double *p)
{
    (void)p;
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static double cdf_normal(double x, const double *p)
{
    (void)p;
    return dist_normal_cdf(x);
}

static double cdf_exponential(double x, const double *p)
{
    (void)p;
    return -expm1(-x);
}

static double cdf_gamma(double x, const double *p)
{
    return dist_gamma_p(p[0], x);
}

static double cdf_poisson(double x, const double *p)
{
    return dist_poisson_cdf(x, p[0]);
}

static double cdf_binomial(double x, const double *p)
{
    double k = floor(x);
    return k < 0 ? 0 : k >= p[0] ? 1 : dist_beta_i(p[0] - k, k + 1, 1 - p[1]);
}

struct law {
    const char *name;
    double (*draw)(struct rng *rng, const double *p);
    double (*cdf)(double x, const double *p);
    double p[2];
    double mean, variance, fourth; /* fourth: central moment */
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void make_draws(const struct law *law, uint32_t entity, double *out)
{
    struct rng rng = rng_at(20220921, 1, entity, 0);
    for (int i = 0; i < DRAWS; i++) {
        out[i] = law->draw(&rng, law->p);
    }
}

static void assert_moments(const struct law *law, const double *draws)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double gap = draws[i] - law->mean;
        sum += gap;
        squares += gap * gap;
    }
    double z_mean = sum / sqrt(law->variance * DRAWS);
    double z_variance = (squares / DRAWS - law->variance) /
                        sqrt((law->fourth - law->variance * law->variance) / DRAWS);
    if (!(fabs(z_mean) < Z_TOP && fabs(z_variance) < Z_TOP)) {
        fail_msg("%s: mean is %g and variance %g standard errors off", law->name, z_mean,
                 z_variance);
    }
}

/* sqrt(n) times Kolmogorov's largest distance between the draws and the law; sorts the draws.  Every
 * sixteenth draw is looked at, since a law is costly: the distance found is at most the whole one. */
static double ks_distance(double *draws, int n, double (*cdf)(double x, const double *p),
                          const double *p)
{
    qsort(draws, (size_t)n, sizeof *draws, by_size);
    double most = 0;
    for (int i = 0; i < n; i += 16) {
        double f = cdf(draws[i], p);
        most = fmax(most, fmax(f - (double)i / n, (double)(i + 1) / n - f));
    }
    return most * sqrt(n);
}

/* Fails with a wrong constant in AS 241, a wrong sign or scale, a draw from [0, 1) that is off by a bit
 * at the ends, Marsaglia and Tsang's method without its boost below shape 1. */
static void continuous_draws_follow_their_laws(void **state)
{
    (void)state;
    static const struct law laws[] = {
        {"uniform", draw_uniform, cdf_uniform, {0, 0}, 0.5, 1.0 / 12, 1.0 / 80},
        {"normal", draw_normal, cdf_normal, {0, 0}, 0, 1, 3},
        {"exponential", draw_exponential, cdf_exponential, {0, 0}, 1, 1, 9},
        {"gamma 0.1", draw_gamma, cdf_gamma, {0.1, 0}, 0.1, 0.1, 0.63},
        {"gamma 0.7", draw_gamma, cdf_gamma, {0.7, 0}, 0.7, 0.7, 5.67},
        {"gamma 1", draw_gamma, cdf_gamma, {1, 0}, 1, 1, 9},
        {"gamma 3.5", draw_gamma, cdf_gamma, {3.5, 0}, 3.5, 3.5, 57.75},
        {"gamma 1000", draw_gamma, cdf_gamma, {1000, 0}, 1000, 1000, 3006000},
    };
    double *draws = malloc(DRAWS * sizeof *draws);
    assert_non_null(draws);
    for (uint32_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        make_draws(&laws[i], i, draws);
        assert_moments(&laws[i], draws);
        double distance = ks_distance(draws, DRAWS, laws[i].cdf, laws[i].p);
        if (!(distance < KS_TOP)) {
            fail_msg("%s: sqrt(n) D is %g", laws[i].name, distance);
        }
    }
    free(draws);
}

/* The least whole number with cdf of at least `share`, by bisection around the mean. */
static double edge_at(const struct law *law, double share)
{
    double low = -1, high = 2 * law->mean + 20 * sqrt(law->variance) + 20;
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        if (law->cdf(middle, law->p) >= share) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

/* Pearson's chi-square over about BINS bins of equal probability; sorts the draws. */
static double chi_square_p(const struct law *law, double *draws)
{
    qsort(draws, DRAWS, sizeof *draws, by_size);
    double below = 0, statistic = 0, last = -1;
    int at = 0, bins = 0;
    for (int b = 1; b <= BINS; b++) {
        double edge = b == BINS ? INFINITY : edge_at(law, (double)b / BINS);
        double reached = b == BINS ? 1 : law->cdf(edge, law->p);
        if (edge <= last || (b < BINS && (1 - reached) * DRAWS < 10)) {
            continue; /* one value fills several bins, or the last would be too thin */
        }
        int seen = 0;
        while (at < DRAWS && draws[at] <= edge) {
            at++;
            seen++;
        }
        double expected = (reached - below) * DRAWS;
        statistic += (seen - expected) * (seen - expected) / expected;
        below = reached;
        last = edge;
        bins++;
    }
    assert_true(bins > 1);
    return dist_chi2_sf(statistic, bins - 1);
}

static double binomial_fourth(double n, double p)
{
    double v = n * p * (1 - p);
    return v * (1 + 3 * (n - 2) * p * (1 - p));
}

/* Fails with an inversion that starts or ends one too far, with a wrong constant in PTRS or BTRS, with a
 * wrong pmf behind their rejection, and when p over one half is not mirrored. */
static void counts_follow_their_laws(void **state)
{
    (void)state;
    static const double means[] = {0.02, 0.8, 5, 9.99, 10, 31.4, 250, 12345.6, 1e8};
    static const double trials[][2] = {{1, 0.3},     {5, 0.5},    {40, 0.1},      {1000000, 3e-6},
                                       {19, 0.5},    {20, 0.5},   {300, 0.04},    {300, 0.96},
                                       {1000, 0.37}, {1e6, 0.25}, {1e9, 0.00001}, {4e9, 0.7}};
    double *draws = malloc(DRAWS * sizeof *draws);
    assert_non_null(draws);
    uint32_t n_means = sizeof means / sizeof *means;
    for (uint32_t i = 0; i < n_means + sizeof trials / sizeof *trials; i++) {
        struct law law;
        if (i < n_means) {
            double m = means[i];
            law = (struct law){"Poisson", draw_poisson, cdf_poisson, {m, 0}, m, m, m + 3 * m * m};
        } else {
            double n = trials[i - n_means][0], p = trials[i - n_means][1];
            law = (struct law){.name = "binomial",
                               .draw = draw_binomial,
                               .cdf = cdf_binomial,
                               .p = {n, p},
                               .mean = n * p,
                               .variance = n * p * (1 - p),
                               .fourth = binomial_fourth(n, p)};
        }
        make_draws(&law, 100 + i, draws);
        assert_moments(&law, draws);
        double p = chi_square_p(&law, draws);
        if (!(p > LEVEL)) {
            fail_msg("%s(%g, %g): p is %g", law.name, law.p[0], law.p[1], p);
        }
    }
    free(draws);
}

/* Counts too large for a table of the law are nearly normal.  Fails when the arithmetic loses the low
 * digits of a large mean, or when a binomial of many trials forgets a piece. */
static void huge_counts_are_nearly_normal(void **state)
{
    (void)state;
    double *draws = malloc(DRAWS * sizeof *draws);
    assert_non_null(draws);
    for (uint32_t i = 0; i < 3; i++) {
        struct rng rng = rng_at(20220921, 2, i, 0);
        int64_t n = INT64_C(5) << 50;
        double mean = i == 0 ? 1e15 : i == 1 ? (double)n / 2 : 1e6;
        double sd = i == 0 ? sqrt(1e15) : i == 1 ? sqrt((double)n) / 2 : 1e3;
        int draws_n = i == 1 ? DRAWS / 10 : DRAWS;
        for (int k = 0; k < draws_n; k++) {
            int64_t count = i == 0   ? rng_poisson(&rng, mean)
                            : i == 1 ? rng_binomial(&rng, n, 0.5)
                                     : rng_binomial(&rng, n, 1e6 / (double)n);
            draws[k] = ((double)count - mean) / sd;
        }
        assert_true(ks_distance(draws, draws_n, cdf_normal, NULL) < KS_TOP);
    }
    free(draws);
}

/* Fails with the bias of a remainder (of 3 * 2^30 values, the lowest 2^30 come up twice as often) and with
 * that of a product without rejection (every third value does). */
static void bounded_words_have_no_bias(void **state)
{
    (void)state;
    struct rng rng = rng_at(20220921, 3, 0, 0);
    uint32_t bound = UINT32_C(3) << 30;
    double cells[9] = {0}, statistic = 0;
    for (int i = 0; i < DRAWS; i++) {
        uint32_t x = rng_below(&rng, bound);
        assert_true(x < bound);
        cells[(x >> 30) * 3 + x % 3]++;
    }
    for (int i = 0; i < 9; i++) {
        statistic += pow(cells[i] - DRAWS / 9.0, 2) / (DRAWS / 9.0);
    }
    assert_true(dist_chi2_sf(statistic, 8) > LEVEL);
    assert_int_equal(rng_below(&rng, 1), 0);
    assert_int_equal(rng_below(&rng, 0), 0);
}

#define GRID 16

/* Pairs of neighbours fill the unit square evenly.  Fails when streams, entities, steps or successive
 * draws are correlated, as those of a generator seeded by a sum would be. */
static void neighbouring_streams_are_independent(void **state)
{
    (void)state;
    for (int way = 0; way < 4; way++) {
        double cells[GRID][GRID] = {{0}}, statistic = 0;
        for (uint32_t i = 0; i < DRAWS; i++) {
            struct rng a = rng_at(7, way == 0 ? i : 4, way == 1 ? i : 5, way == 2 ? i : 6);
            struct rng b =
                rng_at(7, a.stream + (way == 0), a.entity + (way == 1), a.step + (way == 2));
            if (way == 3) {
                a.block = b.block = i;
                rng_u64(&b);
            }
            cells[(int)(rng_uniform(&a) * GRID)][(int)(rng_uniform(&b) * GRID)]++;
        }
        double expected = (double)DRAWS / (GRID * GRID);
        for (int i = 0; i < GRID * GRID; i++) {
            double gap = cells[i / GRID][i % GRID] - expected;
            statistic += gap * gap / expected;
        }
        double p = dist_chi2_sf(statistic, GRID * GRID - 1);
        if (!(p > LEVEL && p < 1 - LEVEL)) {
            fail_msg("way %d: p is %g", way, p);
        }
    }
}

/* Pearson's statistic of one multinomial draw has mean k - 1 and variance 2 (k - 1) + (sum 1/p - k^2 -
 * 2k + 2) / n, so the sum over many draws is tested on both sides: it fails when cells are drawn
 * without regard to each other, and when a weight is taken by difference. */
static void multinomial_counts_share_out_the_whole(void **state)
{
    (void)state;
    static const double weights[] = {5, 0, 1, 2.5, 0.5, 3, 8};
    const size_t k = sizeof weights / sizeof *weights;
    const int64_t n = 1000;
    const int rounds = 5000;
    struct rng rng = rng_at(20220921, 5, 0, 0);
    double sum = 0, total[7] = {0}, spread = 0, inverse = 0;
    for (int r = 0; r < rounds; r++) {
        int64_t out[7], all = 0;
        rng_multinomial(&rng, n, weights, k, out);
        for (size_t i = 0; i < k; i++) {
            all += out[i];
            total[i] += (double)out[i];
            double expected = (double)n * weights[i] / 20;
            if (weights[i] > 0) {
                sum += ((double)out[i] - expected) * ((double)out[i] - expected) / expected;
            }
        }
        assert_true(all == n);
        assert_int_equal(out[1], 0);
    }
    for (size_t i = 0; i < k; i++) {
        double p = weights[i] / 20, trials = (double)n * rounds;
        if (p > 0) {
            inverse += 1 / p;
            assert_true(fabs(total[i] - trials * p) < Z_TOP * sqrt(trials * p * (1 - p)));
        }
    }
    spread = 2 * 5 + (inverse - 36 - 12 + 2) / (double)n;
    assert_true(fabs(sum - 5.0 * rounds) < Z_TOP * sqrt(spread * rounds));
}

/* Fails when a zero weight is drawn, when the last index takes what rounding leaves over, or when weights
 * are used without their sum. */
static void categories_come_in_proportion(void **state)
{
    (void)state;
    static const double weights[] = {0, 0.5, 12, 0, 4, 0.25, 3.25, 0};
    struct rng rng = rng_at(20220921, 6, 0, 0);
    double seen[8] = {0}, statistic = 0;
    for (int i = 0; i < DRAWS; i++) {
        size_t chosen = rng_categorical(&rng, weights, 8);
        assert_true(chosen < 8);
        seen[chosen]++;
    }
    for (size_t i = 0; i < 8; i++) {
        double expected = weights[i] / 20 * DRAWS;
        if (expected == 0) {
            assert_true(seen[i] == 0);
        } else {
            statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
        }
    }
    assert_true(dist_chi2_sf(statistic, 4) > LEVEL);
}

static double cdf_beta(double x, const double *p)
{
    return dist_beta_i(p[0], p[1], x);
}

/* Each share alone follows a beta law.  Fails when gammas have a wrong shape, or when tiny alphas, whose
 * gammas are all zero in a double, lose their proportions. */
static void dirichlet_shares_follow_the_beta_law(void **state)
{
    (void)state;
    static const double alpha[] = {0.4, 3, 0, 1, 7.6};
    double *draws = malloc(5 * DRAWS * sizeof *draws);
    assert_non_null(draws);
    struct rng rng = rng_at(20220921, 7, 0, 0);
    for (int i = 0; i < DRAWS; i++) {
        double out[5], sum = 0;
        rng_dirichlet(&rng, alpha, 5, out);
        for (int k = 0; k < 5; k++) {
            sum += out[k];
            draws[k * DRAWS + i] = out[k];
        }
        assert_near(sum, 1, 1e-15);
        assert_true(out[2] == 0);
    }
    for (int k = 0; k < 5; k++) {
        double p[] = {alpha[k], 12 - alpha[k]};
        if (alpha[k] > 0) {
            assert_true(ks_distance(&draws[k * DRAWS], DRAWS, cdf_beta, p) < KS_TOP);
        }
    }
    static const double tiny[] = {1e-310, 3e-310};
    double corner = 0;
    for (int i = 0; i < DRAWS; i++) {
        double out[2];
        rng_dirichlet(&rng, tiny, 2, out);
        assert_true(out[0] + out[1] == 1);
        corner += out[1];
    }
    assert_true(fabs(corner - 0.75 * DRAWS) < Z_TOP * sqrt(0.1875 * DRAWS));
    free(draws);
}

static void bad_arguments_are_answered_and_take_no_words(void **state)
{
    (void)state;
    struct rng rng = rng_at(1, 2, 3, 4), same = rng;
    static const double negative[] = {1, -1}, none[] = {0, 0}, infinite[] = {1, INFINITY};
    static const double *const bad[] = {negative, none, infinite};
    assert_true(isnan(rng_gamma(&rng, 0)) && isnan(rng_gamma(&rng, NAN)));
    assert_true(isnan(rng_gamma(&rng, INFINITY)));
    assert_int_equal(rng_poisson(&rng, -1), -1);
    assert_int_equal(rng_poisson(&rng, 1.1e15), -1);
    assert_int_equal(rng_poisson(&rng, NAN), -1);
    assert_int_equal(rng_poisson(&rng, 0), 0);
    assert_int_equal(rng_binomial(&rng, -1, 0.5), -1);
    assert_int_equal(rng_binomial(&rng, 5, 1.5), -1);
    assert_int_equal(rng_binomial(&rng, 5, NAN), -1);
    assert_int_equal(rng_binomial(&rng, 5, 0), 0);
    assert_int_equal(rng_binomial(&rng, 5, 1), 5);
    for (size_t i = 0; i < 3; i++) {
        int64_t counts[2];
        double shares[2];
        rng_multinomial(&rng, 5, bad[i], 2, counts);
        assert_true(counts[0] == -1 && counts[1] == -1);
        assert_int_equal(rng_categorical(&rng, bad[i], 2), 2);
        rng_dirichlet(&rng, bad[i], 2, shares);
        assert_true(isnan(shares[0]) && isnan(shares[1]));
    }
    assert_memory_equal(&rng, &same, sizeof rng);
}

/* FNV-1a over the bits, the same on machines of either byte order. */
static uint64_t hash_in(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 64; i += 8) {
        hash = (hash ^ ((bits >> i) & 0xff)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Fails when one bit of any draw changes: then every published result with a seed changes too, and the
 * change belongs into CHANGELOG.md. */
static void the_bytes_never_change(void **state)
{
    (void)state;
    static const double weights[] = {0.5, 1, 2, 0, 3};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < 2000; i++) {
        struct rng rng = rng_at(UINT64_C(0x0123456789abcdef), 8, i, 9);
        int64_t counts[5];
        double shares[5];
        hash = hash_in(hash, rng_uniform(&rng));
        hash = hash_in(hash, rng_below(&rng, 1000 + i));
        hash = hash_in(hash, rng_normal(&rng));
        hash = hash_in(hash, rng_exponential(&rng));
        hash = hash_in(hash, rng_gamma(&rng, 0.01 * (i + 1)));
        hash = hash_in(hash, (double)rng_poisson(&rng, 0.1 * i));
        hash = hash_in(hash, (double)rng_binomial(&rng, i, 0.3));
        hash = hash_in(hash, (double)rng_categorical(&rng, weights, 5));
        rng_multinomial(&rng, i, weights, 5, counts);
        rng_dirichlet(&rng, weights, 5, shares);
        for (int k = 0; k < 5; k++) {
            hash = hash_in(hash_in(hash, (double)counts[k]), shares[k]);
        }
    }
    assert_true(hash == UINT64_C(0x2e41f9f76e1837ae));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cipher_gives_the_known_answers),
        cmocka_unit_test(every_part_of_a_name_counts),
        cmocka_unit_test(continuous_draws_follow_their_laws),
        cmocka_unit_test(counts_follow_their_laws),
        cmocka_unit_test(huge_counts_are_nearly_normal),
        cmocka_unit_test(bounded_words_have_no_bias),
        cmocka_unit_test(neighbouring_streams_are_independent),
        cmocka_unit_test(multinomial_counts_share_out_the_whole),
        cmocka_unit_test(categories_come_in_proportion),
        cmocka_unit_test(dirichlet_shares_follow_the_beta_law),
        cmocka_unit_test(bad_arguments_are_answered_and_take_no_words),
        cmocka_unit_test(the_bytes_never_change),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
