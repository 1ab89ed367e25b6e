#include "../base/unit.h"

#include <math.h>

#include "change.h"
#include "rng.h"

enum { MOST = 16, LONG = 300 };

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

static void run(const struct watch_grid *grid, const struct change_options *options,
                struct change_point *out)
{
    struct ajar_err err = {0};
    if (change_series(&arena, grid, options, out, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
}

/* Logarithm of the marginal likelihood of values that share mean and variance (Murphy 2007, "Conjugate
 * Bayesian analysis of the Gaussian distribution", equation 95), at once rather than value by value. */
static double log_marginal(const double *x, size_t n, double mean0,
                           const struct change_options *options)
{
    double mean = 0, squares = 0, m = (double)n;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / m;
    }
    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    double kappa = options->kappa0 + m, alpha = options->alpha0 + m / 2;
    double beta = options->beta0 + squares / 2 +
                  options->kappa0 * m * (mean - mean0) * (mean - mean0) / (2 * kappa);
    return lgamma(alpha) - lgamma(options->alpha0) + options->alpha0 * log(options->beta0) -
           alpha * log(beta) + 0.5 * log(options->kappa0 / kappa) - m / 2 * log(2 * acos(-1.0));
}

/* P(the run at the end begins with count j), j = 0 .. n - 1, by the sum over all 2^(n-1) ways to cut. */
static void sum_over_cuts(const double *x, size_t n, double mean0,
                          const struct change_options *options, double *p)
{
    double total = 0;
    for (size_t j = 0; j < n; j++) {
        p[j] = 0;
    }
    for (uint32_t cuts = 0; cuts < UINT32_C(1) << (n - 1); cuts++) {
        double log_p = 0;
        size_t begin = 0;
        for (size_t i = 1; i <= n; i++) {
            bool cut = i == n || (cuts >> (i - 1) & 1) != 0;
            if (i < n) {
                log_p += log(cut ? options->hazard : 1 - options->hazard);
            }
            if (cut) {
                log_p += log_marginal(x + begin, i - begin, mean0, options);
                begin = i < n ? i : begin;
            }
        }
        p[begin] += exp(log_p);
        total += exp(log_p);
    }
    for (size_t j = 0; j < n; j++) {
        p[j] /= total;
    }
}

static void assert_direct(const struct watch_grid *grid, const struct change_options *options,
                          double tolerance)
{
    struct change_point out[MOST];
    double x[MOST], p[MOST];
    size_t at[MOST], n = 0;
    run(grid, options, out);
    for (size_t t = 0; t < grid->n; t++) {
        if (!isnan(grid->y[t])) {
            at[n] = t;
            x[n++] = log(grid->y[t] + 0.5);
        }
        if (n == 0) {
            assert_true(isnan(out[t].p_recent) && out[t].since == DATE_NONE);
            continue;
        }
        sum_over_cuts(x, n, isnan(options->mean0) ? x[0] : options->mean0, options, p);
        double recent = 0;
        size_t modal = 0;
        for (size_t j = 0; j < n; j++) {
            recent += j > 0 && at[j] + 7 > t ? p[j] : 0;
            modal = p[j] > p[modal] ? j : modal;
        }
        assert_near(out[t].p_recent, recent, tolerance);
        assert_near(out[t].run_length, (double)(t - at[modal] + 1), 0);
        assert_int_equal(out[t].since, grid->first + (date_days)at[modal] * grid->step_days);
    }
}

static void draw_series(struct rng *rng, size_t n, double *y)
{
    double level = 3 + 500 * rng_uniform(rng);
    for (size_t i = 0; i < n; i++) {
        level *= rng_uniform(rng) < 0.15 ? 0.5 + 1.5 * rng_uniform(rng) : 1;
        y[i] = (double)rng_poisson(rng, level * exp(0.1 * rng_normal(rng)));
        y[i] = rng_uniform(rng) < 0.15 ? NAN : y[i];
    }
}

static void it_is_the_sum_over_all_cuts(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 60; round++) {
        struct rng rng = rng_at(1, 1, round, 0);
        double y[MOST];
        struct watch_grid grid = {.n = 1 + rng_below(&rng, 12),
                                  .first = 19000,
                                  .step_days = round % 2 == 0 ? 1 : 7,
                                  .y = y};
        draw_series(&rng, grid.n, y);
        struct change_options options = change_default();
        options.prune = 0;
        if (round % 3 == 0) {
            options = (struct change_options){0.2, 0, 4, 0.3 + rng_uniform(&rng), 0.6, 0.05};
        }
        assert_direct(&grid, &options, 1e-9);
        options.prune = 1e-6;
        assert_direct(&grid, &options, 2e-5);
    }
}

static void dropping_unlikely_runs_changes_little(void **state)
{
    (void)state;
    double worst = 0, sum = 0;
    for (uint32_t round = 0; round < 10; round++) {
        struct rng rng = rng_at(2, 1, round, 0);
        double y[LONG];
        struct watch_grid grid = {.n = LONG, .step_days = 1, .y = y};
        struct change_point all[LONG], kept[LONG];
        draw_series(&rng, LONG, y);
        struct change_options options = change_default();
        run(&grid, &options, kept);
        options.prune = 0;
        run(&grid, &options, all);
        for (size_t t = 0; t < LONG; t++) {
            if (!isnan(all[t].p_recent)) {
                double gap = fabs(all[t].p_recent - kept[t].p_recent);
                worst = fmax(worst, gap);
                sum += gap;
            }
        }
    }
    assert_true(worst > 0);
    assert_near(worst, 0, 0.05);
    assert_near(sum / (10 * LONG), 0, 3e-4);
}

/* Worked example 3 of the specification: 66,000 in week 13. */
static void week_13_of_the_worked_example_is_found(void **state)
{
    (void)state;
    static const double y[14] = {50900, 49400, 48200, 51900, 50300, 53600, 49100,
                                 52400, 47800, 51200, 49600, 50769, 66000, 53000};
    struct watch_grid grid = {
        .n = 14, .first = date_from_civil(2022, 6, 27), .step_days = 7, .y = y};
    struct change_point out[14];
    struct change_options options = change_default();
    run(&grid, &options, out);
    assert_near(out[11].run_length, 12, 0);
    assert_true(out[11].p_recent < 0.01);
    for (size_t t = 12; t < 14; t++) {
        assert_int_equal(out[t].since, grid.first + 12 * 7);
        assert_near(out[t].run_length, (double)(t - 11), 0);
    }
    assert_near(out[12].p_recent, 0.977, 0.002);
    assert_near(out[13].p_recent, 0.8535, 0.002);
    options.prune = 0;
    assert_direct(&grid, &options, 1e-9);
}

/* Daily counts at the three crossings of south-eastern Finland; 16 to 18 Sept are not published. */
static void the_surge_at_the_finnish_border_is_found(void **state)
{
    (void)state;
    static const double y[9] = {2794, 2874, NAN, NAN, NAN, 2804, 3099, 4443, 5959};
    struct watch_grid grid = {
        .n = 9, .first = date_from_civil(2022, 9, 14), .step_days = 1, .y = y};
    struct change_point out[9];
    struct change_options options = change_default();
    run(&grid, &options, out);
    assert_true(out[6].p_recent < 0.02);
    assert_true(out[7].p_recent > 0.7);
    assert_true(out[8].p_recent > 0.95);
    assert_int_equal(out[8].since, date_from_civil(2022, 9, 21));
    options.prune = 0;
    assert_direct(&grid, &options, 1e-9);
}

static void a_level_may_be_anything(void **state)
{
    (void)state;
    for (double level = 3; level < 1e7; level *= 10) {
        double y[60];
        struct watch_grid grid = {.n = 60, .step_days = 1, .y = y};
        struct change_point out[60];
        struct change_options options = change_default();
        for (size_t i = 0; i < 60; i++) {
            struct rng rng = rng_at(3, 1, (uint32_t)i, (uint32_t)level);
            y[i] = (double)rng_poisson(&rng, i < 50 ? level : 3 * level);
        }
        run(&grid, &options, out);
        assert_true(out[49].p_recent < 0.2);
        assert_true(out[59].p_recent > 0.5 || out[59].run_length >= 8);
        assert_in_range(out[59].since, 48, 52);
    }
}

static void assert_refused(struct change_options options, double y)
{
    double counts[2] = {3, y};
    struct watch_grid grid = {.n = 2, .step_days = 1, .y = counts};
    struct change_point out[2];
    struct ajar_err err = {0};
    assert_int_equal(change_series(&arena, &grid, &options, out, &err), E_WATCH_OPTION);
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    struct change_options good = change_default(), bad = good;
    assert_refused(good, -1);
    assert_refused(good, INFINITY);
    bad.hazard = 0;
    assert_refused(bad, 3);
    bad.hazard = 1;
    assert_refused(bad, 3);
    bad = good;
    bad.prune = 0.1;
    assert_refused(bad, 3);
    bad.prune = NAN;
    assert_refused(bad, 3);
    bad = good;
    bad.kappa0 = 0;
    assert_refused(bad, 3);
    bad = good;
    bad.alpha0 = INFINITY;
    assert_refused(bad, 3);
    bad = good;
    bad.beta0 = NAN;
    assert_refused(bad, 3);
    bad = good;
    bad.mean0 = INFINITY;
    assert_refused(bad, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_the_sum_over_all_cuts, setup, teardown),
        cmocka_unit_test_setup_teardown(dropping_unlikely_runs_changes_little, setup, teardown),
        cmocka_unit_test_setup_teardown(week_13_of_the_worked_example_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(the_surge_at_the_finnish_border_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(a_level_may_be_anything, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_arguments_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
