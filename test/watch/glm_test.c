/* The fits behind Farrington's algorithm and its kin for days, beside R's glm (4.2.2) and the equations that define them. */
#include <math.h>

#include "../base/unit.h"
#include "dist.h"
#include "nbfit.h"
#include "rng.h"
#include "steady.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 26);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void fast_exponentials_are_those_of_steady(void **state)
{
    (void)state;
    for (int i = -7100; i <= 7100; i++) {
        double x = i / 10.0 + 0.0123, out = 0, known = steady_exp(fmin(fmax(x, -700), 700));
        irls_exp(1, &x, &out);
        assert_near(out, known, 1e-15 * known);
    }
}

/* glm(y ~ 0 + g + x, quasipoisson, weights = w) */
static void a_quasi_poisson_fit_is_that_of_r(void **state)
{
    (void)state;
    enum { N = 12 };
    static const double y[N] = {3, 0, 7, 12, 5, 9, 21, 4, 15, 30, 11, 2};
    static const uint8_t g[N] = {0, 0, 1, 1, 0, 2, 2, 0, 1, 2, 1, 0};
    static const double w[2][N] = {{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                                   {1, 1, .5, 1, 2, 1, 1, .25, 1, 1, 1, 3}};
    static const double beta[2][4] = {
        {0.568380451021589, 1.889116538086629, 2.419129379420569, 0.741523191977018},
        {0.673772698940914, 2.130292689956232, 2.643471784136660, 0.455510747926261}};
    static const double inverse[10] = {
        0.1229624803071, 0.0569692367570,  0.0852000470338,  0.0593208389745,  0.0655774522874,
        0.0849510550280, -0.0752125365396, -0.0831452590962, -0.0865773671390, 0.1097709253951};
    struct irls_rows rows;
    struct irls_fit fit;
    double start[N], y_log_y[N];
    assert_int_equal(irls_rows_new(&arena, N, 3, 1, &rows, NULL), 0);
    assert_int_equal(irls_fit_new(&arena, N, &fit, NULL), 0);
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < N; i++) {
            rows.y[i] = y[i];
            rows.group[i] = g[i];
            rows.x[i] = (double)(i + 1) / 10;
            rows.weight[i] = w[k][i];
            start[i] = steady_log(y[i] + 0.1);
            y_log_y[i] = y[i] > 0 ? y[i] * steady_log(y[i]) : 0;
        }
        assert_true(irls_poisson(&rows, start, y_log_y, &fit));
        assert_true(fit.converged);
        for (size_t j = 0; j < 4; j++) {
            assert_near(fit.model.beta[j], beta[k][j], 1e-13);
        }
        for (size_t j = 0; j < 10 && k == 0; j++) {
            assert_near(fit.model.inverse[j], inverse[j], 1e-11);
        }
        double x = 0.7;
        assert_near(irls_eta(&fit.model, 1, &x), beta[k][1] + 0.7 * beta[k][3], 1e-13);
    }
    assert_int_equal(irls_rows_new(&arena, N, 3, 1, &rows, NULL), 0);
    for (size_t i = 0; i < N; i++) {
        rows.y[i] = y[i];
        rows.weight[i] = 1; /* x is 0 throughout: no full rank */
        rows.group[i] = g[i];
    }
    assert_false(irls_poisson(&rows, start, y_log_y, &fit));
}

static void the_variance_of_a_prediction_is_the_quadratic_form(void **state)
{
    (void)state;
    struct irls_model model = {.groups = 2, .columns = 2};
    for (size_t k = 0; k < 10; k++) {
        model.inverse[k] = (double)(k * k % 7) + 1;
    }
    double x[2] = {0.5, -2}, full[4] = {0, 1, 0.5, -2}, known = 0;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            size_t high = i > j ? i : j, low = i > j ? j : i;
            known += full[i] * full[j] * model.inverse[high * (high + 1) / 2 + low];
        }
    }
    assert_near(irls_spread(&model, 1, x), known, 1e-12);
}

/* A design of two levels and a slope; every 50th count is `times` as high. */
static struct irls_rows draw(size_t n, double mean, double size, double times)
{
    struct irls_rows rows;
    assert_int_equal(irls_rows_new(&arena, n, 2, 1, &rows, NULL), 0);
    struct rng rng = rng_at(11, 1, 0, 0);
    for (size_t i = 0; i < n; i++) {
        rows.group[i] = i % 2;
        rows.x[i] = (double)i / (double)n;
        double mu = mean * (1 + (double)(i % 2)) * steady_exp(rows.x[i]);
        rows.y[i] = (double)rng_poisson(&rng, mu * rng_gamma(&rng, size) / size);
        rows.y[i] *= i % 50 == 10 ? times : 1;
    }
    return rows;
}

static struct nbfit make(const struct irls_rows *rows, double threshold)
{
    struct nbfit fit;
    bool converged;
    assert_int_equal(nbfit_make(&arena, rows, threshold, &fit, &converged, NULL), 0);
    assert_true(converged);
    return fit;
}

static void a_fit_meets_its_own_equations(void **state)
{
    (void)state;
    struct irls_rows rows = draw(300, 20, 8, 1);
    struct nbfit fit = make(&rows, INFINITY);
    double score[3] = {0}, pearson = 0;
    for (size_t i = 0; i < rows.n; i++) {
        double mu = exp(fit.model.beta[rows.group[i]] + fit.model.beta[2] * rows.x[i]);
        double rest = (rows.y[i] - mu) / (1 + fit.inverse_size * mu);
        score[rows.group[i]] += rest;
        score[2] += rest * rows.x[i];
        pearson += rest * (rows.y[i] - mu) / mu;
    }
    assert_near(score[0], 0, 1e-4);
    assert_near(score[1], 0, 1e-4);
    assert_near(score[2], 0, 1e-4);
    assert_near(pearson, 297, 1e-4);
    assert_near(fit.inverse_size, 1.0 / 8, 0.03);
    assert_near(fit.model.beta[2], 1, 0.25);
    assert_true(fit.df == 297);
}

static void counts_that_stick_out_are_weighed_down(void **state)
{
    (void)state;
    struct irls_rows rows = draw(300, 200, 40, 4);
    struct nbfit plain = make(&rows, INFINITY), weighed = make(&rows, 2.58);
    assert_true(plain.inverse_size > 4 * weighed.inverse_size);
    assert_near(weighed.inverse_size, 1.0 / 40, 0.012);
    for (size_t i = 10; i < 300; i += 50) {
        assert_true(rows.weight[i] < 0.1);
    }
}

static struct nbfit_predicted known_mean(double mean, double size)
{
    double a = 1 / size, variance = mean + a * mean * mean;
    return (struct nbfit_predicted){.mean = mean,
                                    .centre = mean,
                                    .variance = variance,
                                    .skewness = (1 + 2 * a * mean) / sqrt(variance),
                                    .spread = a,
                                    .df = INFINITY};
}

/* R: qnorm(pnbinom(y, ..., lower = F) + dnbinom(y, ...) / 2, lower = F) */
static void a_score_is_the_normal_score_of_the_middle_p(void **state)
{
    (void)state;
    static const double known[][4] = {{3, INFINITY, 8, 2.41564201297},
                                      {10, 10, 25, 2.67313264472},
                                      {100, 30, 180, 3.24885652661},
                                      {10000, 10, 22000, 2.96559169823},
                                      {50, INFINITY, 75, 3.30501189916}};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        struct nbfit_predicted at = known_mean(known[k][0], known[k][1]);
        assert_near(nbfit_score(&at, known[k][2]), known[k][3], 0.015);
    }
    /* Where the cube root fails the negative binomial itself is taken. */
    struct nbfit_predicted rare = known_mean(0.2, 0.5);
    assert_true(rare.skewness > 1);
    double p = dist_negbin_sf(3, 0.2, 0.5) +
               (dist_negbin_sf(2, 0.2, 0.5) - dist_negbin_sf(3, 0.2, 0.5)) / 2;
    assert_near(nbfit_score(&rare, 3), dist_normal_quantile(1 - p), 1e-9);
}

static void the_bound_is_where_the_score_is_passed(void **state)
{
    (void)state;
    static const double means[] = {0.01, 0.3, 2, 7, 100, 1e4}, sizes[] = {INFINITY, 30, 0.5};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 3; j++) {
            struct nbfit_predicted at = known_mean(means[i], sizes[j]);
            double bound = nbfit_bound(&at, 2.5);
            if (at.skewness > 1) {
                assert_true(nbfit_score(&at, bound) > 2.5);
                assert_true(bound < 1 || nbfit_score(&at, bound - 1) <= 2.5);
            } else {
                assert_near(nbfit_score(&at, bound), 2.5, 1e-9);
            }
        }
    }
}

/* Jeffreys' prior and n zeros: P(next is 0) = (n / (n + 1))^(1/2). */
static void after_zeros_alone_a_count_is_judged_by_their_number(void **state)
{
    (void)state;
    struct nbfit_predicted at;
    nbfit_predict_zeros(24, &at);
    double zero = sqrt(24.0 / 25), p_one = (1 - zero) - zero * 0.5 / 25 / 2;
    assert_near(nbfit_score(&at, 1), dist_normal_quantile(1 - p_one), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fast_exponentials_are_those_of_steady),
        cmocka_unit_test(a_quasi_poisson_fit_is_that_of_r),
        cmocka_unit_test(the_variance_of_a_prediction_is_the_quadratic_form),
        cmocka_unit_test(a_fit_meets_its_own_equations),
        cmocka_unit_test(counts_that_stick_out_are_weighed_down),
        cmocka_unit_test(a_score_is_the_normal_score_of_the_middle_p),
        cmocka_unit_test(the_bound_is_where_the_score_is_passed),
        cmocka_unit_test(after_zeros_alone_a_count_is_judged_by_their_number),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
