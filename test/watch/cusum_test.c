/* The CUSUM: steps beside likelihood ratios, thresholds beside a Markov chain, the baseline beside R's glm, and
 * the rate of false alarms as a user gets it. */
#include "../base/sampled.h"
#include "../base/unit.h"

#include <math.h>
#include <stdlib.h>

#include "cusum.h"
#include "cusum_base.h"
#include "rng.h"

enum { LONG = 1096 };

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static double log_pmf(double y, double mu, double r)
{
    if (isinf(r)) {
        return y * log(mu) - mu - lgamma(y + 1);
    }
    return lgamma(y + r) - lgamma(r) - lgamma(y + 1) + r * log(r / (r + mu)) +
           y * log(mu / (r + mu));
}

/* Weeks 1 to 12 of the specification's worked example 3, and week 13. */
static void the_worked_example_has_its_printed_digits(void **state)
{
    (void)state;
    static const double y[13] = {50900, 49400, 48200, 51900, 50300, 53600, 49100,
                                 52400, 47800, 51200, 49600, 50769, 66000};
    double r = cusum_size(12, y);
    assert_near(r, 877.26, 0.005);
    assert_near(cusum_step(0, y[12], 50430.75, r, 1.15), 26.71, 0.005);
    assert_near(cusum_step(3, y[12], 50430.75, r, 1.15), 29.71, 0.005);
}

static void a_step_is_a_log_likelihood_ratio(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 500; round++) {
        struct rng rng = rng_at(1, 1, round, 0);
        double mu = exp(8 * rng_uniform(&rng) - 1), k = 1.01 + rng_uniform(&rng);
        double r = round % 4 == 0 ? INFINITY : exp(7 * rng_uniform(&rng));
        double y = floor(mu * 2 * rng_uniform(&rng)), s = 10 * rng_uniform(&rng);
        double step = log_pmf(y, k * mu, r) - log_pmf(y, mu, r);
        assert_near(cusum_step(s, y, mu, r, k), fmax(0, s + step), 1e-9 * (1 + y));
    }
    assert_near(cusum_step(1, 30, 25, 1e12, 1.2), cusum_step(1, 30, 25, INFINITY, 1.2), 1e-9);
}

static void the_size_is_that_of_the_moments(void **state)
{
    (void)state;
    static const double y[] = {2, 4, 12}, even[] = {5, 5, 6}, none[] = {0, 0};
    assert_near(cusum_size(3, y), 36.0 / 22, 1e-14); /* mean 6, variance 28 */
    assert_true(isinf(cusum_size(3, even)));
    assert_true(isnan(cusum_size(2, none)));
    assert_true(isnan(cusum_size(1, y)));
}

static void the_shift_keeps_to_the_noise(void **state)
{
    (void)state;
    assert_near(cusum_shift(100, 30), CUSUM_K, 0);
    assert_near(cusum_shift(4, INFINITY), 1.25, 1e-15);   /* half of 1 / sqrt(4) */
    assert_near(cusum_shift(1e4, INFINITY), 1.01, 1e-15); /* all of it */
}

/* Average run length from 0 by the Markov chain of Brook and Evans (1972): S in `states` cells, solved by
 * elimination.  For laws with many counts; a few counts make S jump between few points. */
static double chain_run_length(double mu, double r, double k, double h)
{
    enum { STATES = 120 };
    static double a[STATES][STATES + 1];
    double width = h / (STATES - 0.5), last = mu + 14 * sqrt(mu + mu * mu / r);
    last += isinf(r) ? 0 : 40 * mu / r;
    for (int i = 0; i < STATES; i++) {
        for (int j = 0; j <= STATES; j++) {
            a[i][j] = i == j || j == STATES;
        }
    }
    for (double y = 0; y <= last; y++) {
        double p = exp(log_pmf(y, mu, r)), step = log_pmf(y, k * mu, r) - log_pmf(y, mu, r);
        for (int i = 0; p > 1e-15 && i < STATES; i++) {
            double s = i * width + step;
            int to = s <= 0 ? 0 : (int)floor(s / width + 0.5);
            if (to < STATES) {
                a[i][to] -= p;
            }
        }
    }
    for (int c = 0; c < STATES; c++) {
        for (int i = c + 1; i < STATES; i++) {
            double factor = a[i][c] / a[c][c];
            for (int j = c; factor != 0 && j <= STATES; j++) {
                a[i][j] -= factor * a[c][j];
            }
        }
    }
    for (int i = STATES - 1; i >= 0; i--) {
        for (int j = i + 1; j < STATES; j++) {
            a[i][STATES] -= a[i][j] * a[j][STATES];
        }
        a[i][STATES] /= a[i][i];
    }
    return a[0][STATES];
}

static void thresholds_agree_with_the_markov_chain(void **state)
{
    (void)state;
    static const struct {
        double mu, r, k, run_length;
    } cases[] = {
        {1000, 30, 1.2, 365},  {1000, 30, 1.2, 730},       {300, 10, 1.2, 365},
        {100, 1, 1.5, 730},    {1000, INFINITY, 1.03, 90}, {1000, INFINITY, 1.03, 730},
        {1000, 30, 1.2, 5000}, {500, 100, 1.05, 52},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double mu = cases[i].mu, r = cases[i].r, k = cases[i].k, sum = 0;
        for (uint64_t seed = 1; seed <= 4; seed++) {
            double h = cusum_threshold(mu, r, k, cases[i].run_length, seed);
            double ratio = chain_run_length(mu, r, k, h) / cases[i].run_length;
            assert_near(ratio, 1, 0.06);
            sum += ratio;
        }
        assert_near(sum / 4, 1, 0.03);
    }
}

/* Few counts, as they come: the mean of plainly simulated runs. */
static double plain_run_length(double mu, double r, double k, double h, uint32_t runs)
{
    double periods = 0;
    for (uint32_t run = 0; run < runs; run++) {
        struct rng rng = rng_at(5, 1, run, 0);
        for (double s = 0; s <= h; periods++) {
            double mean = isinf(r) ? mu : rng_gamma(&rng, r) * mu / r;
            s = cusum_step(s, (double)rng_poisson(&rng, mean), mu, r, k);
        }
    }
    return periods / runs;
}

static void thresholds_agree_with_plain_simulation(void **state)
{
    (void)state;
    static const struct {
        double mu, r, k;
    } cases[] = {{3, INFINITY, 1.5}, {3, 10, 1.5}, {0.3, INFINITY, 2}, {5, 0.2, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double mu = cases[i].mu, r = cases[i].r, k = cases[i].k;
        double h = cusum_threshold(mu, r, k, 200, 1);
        /* sd of the plain mean: 1.6 % */
        assert_near(plain_run_length(mu, r, k, h, 4000) / 200, 1, 0.09);
    }
}

static void thresholds_know_their_limits(void **state)
{
    (void)state;
    assert_true(isnan(cusum_threshold(0, 10, 1.2, 365, 1)));
    assert_true(isnan(cusum_threshold(NAN, 10, 1.2, 365, 1)));
    assert_true(isnan(cusum_threshold(10, 0, 1.2, 365, 1)));
    assert_true(isnan(cusum_threshold(10, -1, 1.2, 365, 1)));
    assert_true(isnan(cusum_threshold(10, 10, 1, 365, 1)));
    assert_true(isnan(cusum_threshold(10, 10, 1.001, 365, 1)));
    assert_true(isnan(cusum_threshold(10, 10, 1.2, 1, 1)));
    assert_true(isnan(cusum_threshold(10, 10, 1.2, INFINITY, 1)));
    assert_true(isnan(cusum_threshold_df(10, 10, 1.2, 5, 365, 1)));
    /* a fifth more is 20 standard deviations of this Poisson count */
    assert_near(cusum_threshold(10000, INFINITY, 1.2, 365, 1), 0, 0);
    double last = 0;
    for (double run_length = 10; run_length < 1e5; run_length *= 3) {
        double h = cusum_threshold(20, 15, 1.3, run_length, 1);
        assert_true(h > last);
        assert_true(h < log(run_length)); /* E exp(S) of a cycle is at most 1 */
        last = h;
    }
    double known = cusum_threshold(100, 10, 1.2, 730, 1);
    assert_true(cusum_threshold_df(100, 10, 1.2, 100, 730, 1) > known);
    assert_true(cusum_threshold_df(100, 10, 1.2, 24, 730, 1) >
                cusum_threshold_df(100, 10, 1.2, 100, 730, 1));
}

static void the_same_arguments_give_the_same_bytes(void **state)
{
    (void)state;
    double one = cusum_threshold_df(7, 9, 1.3, 50, 365, 4);
    double again = cusum_threshold_df(7, 9, 1.3, 50, 365, 4);
    double other = cusum_threshold_df(7, 9, 1.3, 50, 365, 5);
    assert_memory_equal(&one, &again, sizeof one);
    assert_memory_not_equal(&one, &other, sizeof one);
}

static struct cusum_table table_of(size_t most, double k, double run_length)
{
    struct cusum_table table;
    struct ajar_err err = {0};
    assert_int_equal(cusum_table_init(&table, &arena, most, k, run_length, 1, &err), 0);
    return table;
}

static void a_table_holds_thresholds(void **state)
{
    (void)state;
    struct cusum_table table = table_of(2048, NAN, 365), bare = table_of(0, NAN, 365);
    double r = 64.0 / 7;
    double h = cusum_table_threshold(&table, 64, 8, INFINITY);
    assert_near(h, cusum_threshold(64, r, cusum_shift(64, r), 365, 1), 1e-12);
    h = cusum_table_threshold(&table, 64, 8, 50);
    assert_near(h, cusum_threshold_df(64, r, cusum_shift(64, r), 48, 365, 1), 1e-12);
    assert_int_equal(table.n, 2);
    for (uint32_t i = 0; i < 30; i++) {
        struct rng rng = rng_at(2, 1, i, 0);
        double mu = exp(9 * rng_uniform(&rng)), dispersion = exp(3 * rng_uniform(&rng));
        double kept = cusum_table_threshold(&table, mu, dispersion, INFINITY);
        double found = cusum_table_threshold(&bare, mu, dispersion, INFINITY);
        assert_memory_equal(&kept, &found, sizeof kept);
    }
    /* between nodes, at a fixed K */
    struct cusum_table fixed = table_of(64, 1.2, 365);
    for (double mu = 90; mu < 700; mu *= 1.7) {
        double between = cusum_table_threshold(&fixed, mu, 1 + mu / 25, INFINITY);
        assert_near(chain_run_length(mu, 25, 1.2, between) / 365, 1, 0.12);
    }
    assert_true(isnan(cusum_table_threshold(&table, 0, 1, 50)));
    assert_true(isnan(cusum_table_threshold(&table, 10, NAN, 50)));
    struct ajar_err err = {0};
    assert_int_equal(cusum_table_init(&table, &arena, 8, 1, 365, 1, &err), E_WATCH_OPTION);
    assert_int_equal(cusum_table_init(&table, &arena, 8, NAN, 1.5, 1, &err), E_WATCH_OPTION);
}

/* i <- 0:111; y <- floor(10000 * (1 + 0.3 * ((i + 3) %% 7 >= 5)) * exp(0.0007 * i)) + 5 * ((i * i * 7919) %% 83 - 41)
 * w <- factor((i + 3) %% 7); x <- i - 112; f <- glm(y ~ w + x, family = quasipoisson); mu <- fitted(f)
 * nd <- data.frame(w = factor(0:6, levels = 0:6), x = 0); m <- predict(f, nd, type = "response")
 * c(m[1 + (112 + 3) %% 7], mean(m), coef(f)["x"], (sum((y - mu)^2) * 112 / 104 - sum(mu)) / sum(mu^2))
 * X <- model.matrix(~ w + x, nd); mean(diag(X %*% summary(f)$cov.unscaled %*% t(X)) * m) */
static void the_baseline_is_the_fit_of_r(void **state)
{
    (void)state;
    double y[113] = {0};
    for (int i = 0; i < 112; i++) {
        double level = 10000 * ((i + 3) % 7 >= 5 ? 1.3 : 1);
        y[i] = floor(level * exp(0.0007 * i)) + 5 * ((i * i * 7919) % 83 - 41);
    }
    struct watch_grid grid = {.n = 113, .first = 0, .step_days = 1, .y = y};
    struct cusum_base none = {0}, base;
    cusum_base_at(&grid, 112, &none, &base);
    assert_null(base.why_not);
    assert_near(base.mu, 10784.0445599429, 0.05);
    assert_near(base.level, 11759.4091894355, 0.05);
    assert_near(base.slope, 7.05042645185093e-04, 1e-7); /* the prior takes 8e-5 of it */
    assert_near(base.excess, 2.75536737459750e-05, 1e-9);
    assert_near(base.error, 0.0928478122577815, 1e-4);
    assert_near(base.df, 104, 0);
    assert_int_equal(base.n, 112);
}

/* Counts about `mean` with a weekend of 1.3 and half a percent more each week. */
static double mean_at(double mean, size_t t, int step_days)
{
    bool weekend = step_days == 1 && date_weekday((date_days)t) >= 6;
    return mean * exp(0.005 * (double)t * step_days / 7) * (weekend ? 1.3 : 1);
}

static void draw_series(struct rng *rng, size_t n, double mean, double r, int step_days, double *y)
{
    for (size_t t = 0; t < n; t++) {
        double mu = mean_at(mean, t, step_days);
        y[t] = (double)rng_poisson(rng, isinf(r) ? mu : mu * rng_gamma(rng, r) / r);
    }
}

static void feed(struct cusum_table *table, const struct watch_grid *grid,
                 struct watch_verdict *out)
{
    struct ajar_err err = {0};
    if (cusum_series_with(&arena, table, grid, out, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
}

/* Alarms over those that the rate promises, in series of `n` periods. */
static double alarm_ratio(double mean, double r, int step_days, size_t n, double run_length)
{
    static double y[LONG];
    static struct watch_verdict out[LONG];
    struct cusum_table table = table_of(2048, NAN, run_length);
    size_t alarms = 0, periods = 0, series = 120 * LONG / n;
    for (uint32_t i = 0; i < series; i++) {
        struct rng rng = rng_at(3, (uint32_t)mean, i, (uint32_t)step_days);
        struct watch_grid grid = {.n = n, .step_days = step_days, .y = y};
        draw_series(&rng, n, mean, r, step_days, y);
        feed(&table, &grid, out);
        for (size_t t = 0; t < n; t++) {
            alarms += out[t].state == WATCH_RINGS;
            periods += out[t].state != WATCH_CANNOT;
        }
    }
    return (double)alarms / (double)periods * run_length;
}

/* With 300 alarms and more the sd of a ratio is below 0.06, and docs/benchmarks.md has the full table. */
static void false_alarms_come_at_the_stated_rate(void **state)
{
    (void)state;
    static const double means[] = {3, 30, 1000, 10000}, sizes[] = {INFINITY, 30, 10};
    for (size_t i = 0; i < 4; i += sampled(3)) {
        for (size_t j = 0; j < 3; j += sampled(2)) {
            double daily = alarm_ratio(means[i], sizes[j], 1, LONG, 365);
            double weekly = alarm_ratio(means[i], sizes[j], 7, 156, 52);
            assert_in_range((int)(1000 * daily), 667, 1500);
            assert_in_range((int)(1000 * weekly), 667, 1500);
        }
    }
}

static void a_lasting_shift_is_found_and_dated(void **state)
{
    (void)state;
    enum { HISTORY = 150, N = 178, SERIES = 100 };
    double y[N];
    struct watch_verdict out[N];
    struct cusum_table table = table_of(2048, NAN, 730);
    int found = 0, near = 0;
    for (uint32_t i = 0; i < SERIES; i++) {
        struct rng rng = rng_at(4, 1, i, 0);
        draw_series(&rng, N, 200, 30, 1, y);
        for (size_t t = HISTORY; t < N; t++) {
            y[t] = floor(y[t] * 1.3);
        }
        struct watch_grid grid = {.n = N, .first = 700, .step_days = 1, .y = y};
        feed(&table, &grid, out);
        for (size_t t = HISTORY; t < HISTORY + 14; t++) {
            if (out[t].state == WATCH_RINGS) {
                found++;
                near += abs(out[t].since - (700 + HISTORY)) <= 5;
                break;
            }
        }
    }
    assert_true(found >= 75);
    assert_true(near >= 60);
}

static void a_verdict_says_what_it_used(void **state)
{
    (void)state;
    enum { N = 200 };
    double y[N];
    struct watch_verdict out[N], part[N];
    struct rng rng = rng_at(6, 1, 0, 0);
    draw_series(&rng, N, 500, 30, 1, y);
    y[150] = NAN;
    y[199] = 5000;
    struct watch_grid grid = {.n = N, .step_days = 1, .y = y};
    struct ajar_err err = {0};
    assert_int_equal(cusum_series(&arena, &grid, 1.0 / 365, 1, out, &err), 0);
    assert_int_equal(out[55].state, WATCH_CANNOT);
    assert_string_equal(out[55].why_not, "fewer than 56 earlier days");
    assert_int_equal(out[56].state == WATCH_CANNOT, false);
    assert_int_equal(out[150].state, WATCH_CANNOT);
    assert_string_equal(out[150].why_not, "the count itself is missing");
    assert_int_equal(out[199].state, WATCH_RINGS);
    assert_int_equal(out[199].base_n, 112);
    assert_int_equal(out[199].base_from, 86); /* one day is missing */
    assert_int_equal(out[199].base_to, 198);
    assert_near(out[199].expected / mean_at(500, 199, 1), 1, 0.2);
    assert_near(out[199].noise, sqrt(1.0 / 600 + 1.0 / 30), 0.05);
    assert_near(out[199].rate, 1.0 / 365, 1e-15);
    assert_true(out[199].statistic > out[199].bound);
    assert_true(isnan(out[199].p) && isnan(out[199].df));
    for (size_t t = 56; t < N; t++) {
        assert_true(out[t].state == WATCH_CANNOT ||
                    (out[t].since == DATE_NONE) == (out[t].statistic == 0));
    }
    /* nothing later is seen */
    grid.n = 120;
    assert_int_equal(cusum_series(&arena, &grid, 1.0 / 365, 1, part, &err), 0);
    for (size_t t = 0; t < 120; t++) {
        assert_memory_equal(&part[t].statistic, &out[t].statistic, sizeof(double));
        assert_memory_equal(&part[t].bound, &out[t].bound, sizeof(double));
    }
}

static void frozen_periods_are_no_baseline(void **state)
{
    (void)state;
    enum { N = 130 };
    double y[N];
    uint8_t frozen[N] = {0};
    struct watch_verdict wild[N], calm[N];
    struct cusum_table table = table_of(256, NAN, 365);
    struct rng rng = rng_at(7, 1, 0, 0);
    draw_series(&rng, N, 100, 30, 1, y);
    struct watch_grid grid = {.n = N, .step_days = 1, .y = y, .frozen = frozen};
    for (size_t t = 20; t < 30; t++) {
        frozen[t] = 1;
    }
    feed(&table, &grid, calm);
    for (size_t t = 20; t < 30; t++) {
        y[t] = 1e6;
    }
    feed(&table, &grid, wild);
    assert_int_equal(calm[65].state, WATCH_CANNOT);
    for (size_t t = 66; t < N; t++) {
        assert_memory_equal(&wild[t].expected, &calm[t].expected, sizeof(double));
    }
}

static void odd_series_do_no_harm(void **state)
{
    (void)state;
    enum { N = 160 };
    double y[N];
    struct watch_verdict out[N];
    struct cusum_table table = table_of(256, NAN, 365);
    struct watch_grid grid = {.n = N, .step_days = 1, .y = y};
    for (size_t t = 0; t < N; t++) {
        y[t] = 0;
    }
    y[140] = 1;
    y[150] = 40;
    feed(&table, &grid, out);
    assert_int_equal(out[140].state, WATCH_QUIET);
    assert_int_equal(out[149].state, WATCH_QUIET);
    assert_int_equal(out[150].state, WATCH_RINGS);
    for (size_t t = 0; t < N; t++) {
        y[t] = 1e9;
    }
    feed(&table, &grid, out);
    assert_int_equal(out[N - 1].state, WATCH_QUIET);
    assert_near(out[N - 1].expected / 1e9, 1, 1e-6);
    for (size_t t = 0; t < N; t++) { /* closed at weekends, and a first Sunday */
        y[t] = date_weekday((date_days)t) >= 6 ? NAN : 20 + (double)(t % 3);
    }
    y[143] = 20;
    feed(&table, &grid, out);
    assert_string_equal(out[143].why_not, "fewer than 3 earlier days of this weekday");
    grid.n = 0;
    feed(&table, &grid, out);
}

static void assert_refused(double y, int step_days, double rate)
{
    struct watch_grid grid = {.n = 1, .step_days = step_days, .y = &y};
    struct watch_verdict out;
    struct ajar_err err = {0};
    assert_int_equal(cusum_series(&arena, &grid, rate, 1, &out, &err), E_WATCH_OPTION);
    assert_string_equal(err.slug, "watch.option");
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    assert_refused(-1, 1, 0.01);
    assert_refused(INFINITY, 1, 0.01);
    assert_refused(1, 2, 0.01);
    assert_refused(1, 7, 0);
    assert_refused(1, 7, 0.6);
    assert_refused(1, 7, NAN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_has_its_printed_digits),
        cmocka_unit_test(a_step_is_a_log_likelihood_ratio),
        cmocka_unit_test(the_size_is_that_of_the_moments),
        cmocka_unit_test(the_shift_keeps_to_the_noise),
        cmocka_unit_test(thresholds_agree_with_the_markov_chain),
        cmocka_unit_test(thresholds_agree_with_plain_simulation),
        cmocka_unit_test(thresholds_know_their_limits),
        cmocka_unit_test(the_same_arguments_give_the_same_bytes),
        cmocka_unit_test_setup_teardown(a_table_holds_thresholds, setup, teardown),
        cmocka_unit_test(the_baseline_is_the_fit_of_r),
        cmocka_unit_test_setup_teardown(false_alarms_come_at_the_stated_rate, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lasting_shift_is_found_and_dated, setup, teardown),
        cmocka_unit_test_setup_teardown(a_verdict_says_what_it_used, setup, teardown),
        cmocka_unit_test_setup_teardown(frozen_periods_are_no_baseline, setup, teardown),
        cmocka_unit_test_setup_teardown(odd_series_do_no_harm, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_arguments_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
