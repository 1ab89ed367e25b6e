/* Worked examples 1 and 2, the false alarms of the printed ratio rule, the predictive t beside a plain
 * computation, and its floor. */
#include <math.h>
#include <stdlib.h>

#include "../base/unit.h"
#include "dist.h"
#include "rng.h"
#include "short.h"

static const double DAILY = 1 / 365.25;

static struct watch_grid grid_of(size_t n, const double *y, int step_days)
{
    return (struct watch_grid){
        .n = n, .first = date_from_civil(2022, 7, 4), .step_days = step_days, .y = y};
}

/* users.md section 5, example 1: 66,000 after 50,769. */
static void thirty_percent_up_depends_on_the_noise_as_printed(void **state)
{
    (void)state;
    const double noise[] = {0.03, 0.05, 0.08, 0.12}, z[] = {6.1, 3.7, 2.3, 1.5};
    for (size_t i = 0; i < 4; i++) {
        assert_true(fabs(short_totals_z(50769, 66000, noise[i]) - z[i]) < 0.05);
    }
    double most = short_totals_noise(50769, 66000, dist_normal_sf(3));
    assert_true(fabs(most - 0.062) < 0.0005);
    assert_true(fabs(short_totals_z(50769, 66000, most) - 3) < 1e-9);
}

static void totals_that_cannot_be_compared_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(short_totals_z(0, 5, 0.1)) && isnan(short_totals_z(5, 0, 0.1)));
    assert_true(isnan(short_totals_z(5, 5, -0.1)) && isnan(short_totals_z(5, NAN, 0.1)));
    assert_true(isnan(short_totals_noise(100, 90, 0.001)) &&
                isnan(short_totals_noise(10, 11, 0.001)));
    assert_true(isnan(short_totals_noise(100, 900, 0)) && isnan(short_totals_noise(100, 900, 0.7)));
}

/* Example 2: 14, 15, 19, 20 September, then 21, 22 and 26. */
static const double four[] = {2794, 2874, 2804, 3099};

static void the_raw_predictive_t_of_four_days_is_the_printed_one(void **state)
{
    (void)state;
    struct short_t out = short_t_raw(4, four, 4443);
    assert_true(fabs(out.mean - 2892.75) < 1e-9 && fabs(out.sd - 142.03) < 0.005);
    assert_true(fabs(out.t - 9.76) < 0.005 && out.df == 3);
    assert_true(fabs(out.p - 0.00114) < 0.000005);
    assert_true(fabs(1 / out.p - 880) < 5);
    assert_true(isnan(short_t_raw(1, four, 10).p) && isnan(short_t_raw(0, four, 10).mean));
    assert_true(isnan(short_t_raw(3, (const double[]){4, 4, 4}, 10).t));
}

static void growth_on_the_weekday_before_is_the_printed_one(void **state)
{
    (void)state;
    double y[13];
    for (size_t i = 0; i < 13; i++) {
        y[i] = NAN;
    }
    y[0] = 2794, y[1] = 2874, y[5] = 2804, y[6] = 3099, y[7] = 4443, y[8] = 5959, y[12] = 7066;
    struct watch_grid grid = grid_of(13, y, 1);
    const size_t day[] = {7, 8, 12};
    const double growth[] = {0.59, 1.07, 1.52};
    for (size_t i = 0; i < 3; i++) {
        struct watch_verdict out;
        short_totals_at(&grid, day[i], 0.08, DAILY, &out);
        assert_true(fabs(out.count / out.expected - 1 - growth[i]) < 0.005);
        assert_int_equal(out.base_from, grid.first + (date_days)day[i] - 7);
        assert_int_equal(out.base_to, out.base_from);
        assert_int_equal(out.state, WATCH_RINGS);
    }
    struct watch_verdict out;
    short_totals_at(&grid, 6, 0.08, DAILY, &out);
    assert_string_equal(out.why_not, "no earlier count of the same weekday");
    short_totals_at(&grid, 9, 0.08, DAILY, &out);
    assert_string_equal(out.why_not, "the count itself is missing");
}

/* The bound is where p passes the rate. */
static void a_count_at_the_bound_has_p_at_the_rate(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 200; k++) {
        struct rng rng = rng_at(5, 1, k, 0);
        double y[15], mean = 3 * (double)(1 + k * k);
        int step = k % 2 == 0 ? 1 : 7;
        for (size_t i = 0; i < 15; i++) {
            y[i] = (double)rng_poisson(&rng, mean * rng_gamma(&rng, 10) / 10) + 1;
        }
        struct watch_grid grid = grid_of(15, y, step);
        struct watch_verdict at;
        for (int which = 0; which < 3; which++) {
            double kept = y[14];
            for (int round = 0; round < 2; round++) {
                if (which == 0) {
                    short_t_at(&grid, 14, step == 1 ? 7 : 13, DAILY, &at);
                } else if (which == 1) {
                    short_totals_at(&grid, 14, 0.1, DAILY, &at);
                } else {
                    short_ratio_at(&grid, 14, DAILY, &at);
                }
                assert_true(round == 1 || (at.state == WATCH_RINGS) == (at.count > at.bound));
                y[14] = at.bound;
            }
            assert_true(fabs(at.p - DAILY) < 1e-6 * DAILY);
            y[14] = kept;
        }
    }
}

/* oracles/README.md: simulated in control, NB mean 100 size 30, nominal 0.135 %. */
static void the_printed_ratio_rule_rings_as_often_as_was_found(void **state)
{
    (void)state;
    enum { RUNS = 20000 };
    const size_t ratios[] = {7, 14, 28, 49};
    const double found[] = {0.042, 0.014, 0.0055, 0.0040};
    for (size_t k = 0; k < 4; k++) {
        size_t rang = 0, n = 7 + ratios[k] + 1;
        for (uint32_t run = 0; run < RUNS; run++) {
            struct rng rng = rng_at(6, (uint32_t)k, run, 0);
            double y[64];
            for (size_t i = 0; i < n; i++) {
                y[i] = (double)rng_poisson(&rng, 100 * rng_gamma(&rng, 30) / 30);
            }
            struct watch_grid grid = grid_of(n, y, 1);
            struct watch_verdict out;
            short_ratio_at(&grid, n - 1, dist_normal_sf(3), &out);
            assert_int_equal(out.base_n, ratios[k]);
            rang += out.state == WATCH_RINGS;
        }
        double rate = (double)rang / RUNS, error = sqrt(found[k] / RUNS);
        assert_true(fabs(rate - found[k]) < 4 * error + 0.05 * found[k]);
    }
}

static void the_ratio_rule_is_the_median_rule_of_the_text(void **state)
{
    (void)state;
    /* Weekly: ratios 1.1, 0.9, 1.2, 0.8, then 2; logs -0.223, -0.105, 0.095, 0.182, so the median is -0.005
     * and the deviations 0.218, 0.100, 0.100, 0.187: MAD 0.1438. */
    const double y[] = {100, 110, 99, 118.8, 95.04, 190.08};
    struct watch_grid grid = grid_of(6, y, 7);
    struct watch_verdict out;
    short_ratio_at(&grid, 5, 0.00135, &out);
    double a = log(1.1), b = log(0.9), c = log(1.2), d = log(0.8), middle = (a + b) / 2;
    double mad = (fabs(a - middle) + fabs(c - middle)) / 2;
    (void)d;
    assert_true(fabs(out.noise - 1.4826 * mad) < 1e-9);
    assert_true(fabs(out.statistic - log(2) / (1.4826 * mad)) < 1e-9);
    short_ratio_at(&grid, 4, 0.00135, &out);
    assert_string_equal(out.why_not, "fewer than 4 earlier ratios");
    const double flat[] = {100, 100, 100, 100, 100, 109};
    grid = grid_of(6, flat, 7);
    short_ratio_at(&grid, 5, 0.00135, &out);
    assert_true(fabs(out.noise - 0.03) < 1e-12);
}

/* Flat and noisy, so that the trend that the prior lets through is next to nothing. */
static void the_predictive_t_is_the_textbook_one_where_noise_hides_any_trend(void **state)
{
    (void)state;
    const double y[] = {20, 900, 100, 400, 30, 700, 250, 5000};
    struct watch_grid grid = grid_of(8, y, 1);
    struct watch_verdict out;
    short_t_at(&grid, 7, 7, DAILY, &out);
    double x[7];
    for (size_t i = 0; i < 7; i++) {
        x[i] = sqrt(y[i] + 0.375);
    }
    struct short_t plain = short_t_raw(7, x, sqrt(5000.375));
    assert_true(fabs(out.statistic - plain.t) < 2e-3 * plain.t);
    assert_true(fabs(out.df - 6) < 2e-3);
    assert_true(fabs(out.expected - 2400.0 / 7) < 1);
    /* Skewed to the right on this scale too: p is larger than the tail of t. */
    assert_true(out.p > dist_t_sf(out.statistic, out.df));
    assert_int_equal(out.base_n, 7);
}

static void the_weekday_must_have_been_seen(void **state)
{
    (void)state;
    const double y[] = {100, 101, 99, 102, 98, 130, 131, 104};
    struct watch_grid grid = grid_of(8, y, 1);
    struct watch_verdict out;
    for (size_t t = 0; t < 7; t++) {
        short_t_at(&grid, t, 7, DAILY, &out);
        assert_int_equal(out.state, WATCH_CANNOT);
        assert_string_equal(out.why_not, t < 4 ? "too few earlier counts"
                                               : "no earlier count of the same weekday");
    }
    short_t_at(&grid, 7, 7, DAILY, &out);
    assert_int_equal(out.state, WATCH_QUIET);
}

static void one_more_person_never_rings_a_constant_series(void **state)
{
    (void)state;
    const double levels[] = {0, 1, 3, 10, 100, 5000, 1e6};
    for (size_t k = 0; k < 7; k++) {
        double y[20];
        for (size_t n = 8; n < 20; n++) {
            for (size_t i = 0; i < n; i++) {
                y[i] = levels[k];
            }
            struct watch_grid grid = grid_of(n, y, 1);
            struct watch_verdict out;
            y[n - 1] = levels[k] + 1;
            short_t_at(&grid, n - 1, n - 1, DAILY, &out);
            assert_int_equal(out.state, WATCH_QUIET);
            y[n - 1] = 3 * levels[k] + 20;
            short_t_at(&grid, n - 1, n - 1, DAILY, &out);
            assert_int_equal(out.state, WATCH_RINGS);
        }
    }
}

static void order_within_the_baseline_does_not_matter_without_trend(void **state)
{
    (void)state;
    double y[] = {20, 900, 100, 400, 30, 700, 250, 2000};
    struct watch_grid grid = grid_of(8, y, 1);
    struct watch_verdict a, b;
    short_t_at(&grid, 7, 7, DAILY, &a);
    y[1] = 30, y[4] = 900;
    short_t_at(&grid, 7, 7, DAILY, &b);
    assert_true(fabs(a.statistic - b.statistic) < 5e-3 * a.statistic);
}

static void a_larger_count_never_has_a_larger_p(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 100; k++) {
        struct rng rng = rng_at(7, 1, k, 0);
        double y[8], last = 2;
        for (size_t i = 0; i < 7; i++) {
            y[i] = (double)rng_poisson(&rng, k % 2 == 0 ? 2 : 500 * rng_gamma(&rng, 3));
        }
        for (double now = 0; now < 1e7; now = now * 1.3 + 1) {
            y[7] = floor(now);
            struct watch_grid grid = grid_of(8, y, 1);
            struct watch_verdict out;
            short_t_at(&grid, 7, 7, DAILY, &out);
            assert_true(out.p >= 0 && out.p <= 1 && out.p <= last);
            last = out.p;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_percent_up_depends_on_the_noise_as_printed),
        cmocka_unit_test(totals_that_cannot_be_compared_are_nan),
        cmocka_unit_test(the_raw_predictive_t_of_four_days_is_the_printed_one),
        cmocka_unit_test(growth_on_the_weekday_before_is_the_printed_one),
        cmocka_unit_test(a_count_at_the_bound_has_p_at_the_rate),
        cmocka_unit_test(the_printed_ratio_rule_rings_as_often_as_was_found),
        cmocka_unit_test(the_ratio_rule_is_the_median_rule_of_the_text),
        cmocka_unit_test(the_predictive_t_is_the_textbook_one_where_noise_hides_any_trend),
        cmocka_unit_test(the_weekday_must_have_been_seen),
        cmocka_unit_test(one_more_person_never_rings_a_constant_series),
        cmocka_unit_test(order_within_the_baseline_does_not_matter_without_trend),
        cmocka_unit_test(a_larger_count_never_has_a_larger_p),
    };
    return cmocka_run_group_tests_name("watch short", tests, NULL, NULL);
}
