/* The classic rules beside R surveillance's earsC (oracle/ears.R) and the worked examples; the calibrated
 * C2 beside a plain least-squares fit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/unit.h"
#include "dist.h"
#include "ears.h"
#include "rng.h"

enum { SERIES = 24, MOST = 60 };

static struct watch_grid grid_of(size_t n, const double *y, int step_days)
{
    return (struct watch_grid){
        .n = n, .first = date_from_civil(2022, 7, 4), .step_days = step_days, .y = y};
}

static struct watch_verdict classic(const struct watch_grid *grid, size_t t,
                                    enum watch_detector which, size_t baseline)
{
    struct watch_verdict out;
    ears_classic_at(grid, t, which, baseline, 0.001, &out);
    return out;
}

static double series[SERIES][MOST], r_bound[SERIES][MOST][3];
static size_t length[SERIES];

static void read_oracle(void)
{
    FILE *file = fopen("test/watch/oracle/ears.csv", "r");
    assert_non_null(file);
    char line[256];
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line;
        size_t k = strtoul(at, &at, 10) - 1, t = strtoul(at + 1, &at, 10);
        assert_true(k < SERIES && t < MOST && t == length[k]);
        series[k][t] = strtod(at + 1, &at);
        for (size_t c = 0; c < 3; c++) {
            char *from = at + 1;
            r_bound[k][t][c] = strtod(from, &at);
            if (at == from) {
                r_bound[k][t][c] = NAN;
            }
        }
        length[k]++;
    }
    fclose(file);
}

static void c1_and_c2_are_those_of_surveillance(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t k = 0; k < SERIES; k++) {
        struct watch_grid grid = grid_of(length[k], series[k], 1);
        for (size_t t = 0; t < length[k]; t++) {
            for (size_t c = 0; c < 2; c++) {
                struct watch_verdict verdict =
                    classic(&grid, t, c == 0 ? WATCH_C1 : WATCH_C2, EARS_BASELINE);
                double theirs = r_bound[k][t][c];
                assert_int_equal(isnan(theirs), verdict.state == WATCH_CANNOT);
                if (isnan(theirs)) {
                    continue;
                }
                assert_true(fabs(verdict.bound - theirs) <= 1e-6 * fmax(1, theirs));
                assert_int_equal(verdict.state == WATCH_RINGS, series[k][t] > theirs);
                compared++;
            }
        }
    }
    assert_true(compared > 1000);
}

/* earsC's bound of C3 is y + sd (z - lags), so its alarm is "the two C2 before are high", whatever the
 * count of the day.  Our C2 gives their bound; the manual's C3 then differs on many days. */
static void c3_is_the_manuals_and_not_the_one_of_surveillance(void **state)
{
    (void)state;
    size_t only_theirs = 0, only_ours = 0, both = 0;
    for (size_t k = 0; k < SERIES; k++) {
        struct watch_grid grid = grid_of(length[k], series[k], 1);
        for (size_t t = 11; t < length[k]; t++) {
            double lags = 0;
            for (size_t lag = 1; lag <= 2; lag++) {
                lags += fmax(0, classic(&grid, t - lag, WATCH_C2, 7).statistic - 1);
            }
            struct watch_verdict now = classic(&grid, t, WATCH_C2, 7),
                                 c3 = classic(&grid, t, WATCH_C3, 7);
            double sd = now.noise * now.expected, theirs = r_bound[k][t][2];
            if (!isfinite(lags) || !(sd > 0) || isnan(theirs)) {
                continue;
            }
            double bound = fmax(0, series[k][t] + sd * (dist_normal_quantile(0.975) - lags));
            assert_true(fabs(bound - theirs) <= 1e-6 * fmax(1, theirs));
            assert_true(fabs(c3.statistic - lags - fmax(0, now.statistic - 1)) < 1e-12);
            assert_int_equal(c3.state == WATCH_RINGS, c3.statistic > 1.96);
            assert_int_equal(c3.state == WATCH_RINGS, series[k][t] > c3.bound || lags > 1.96);
            bool rings_there = series[k][t] > theirs;
            only_theirs += rings_there && c3.state != WATCH_RINGS;
            only_ours += !rings_there && c3.state == WATCH_RINGS;
            both += rings_there && c3.state == WATCH_RINGS;
        }
    }
    assert_int_equal(only_theirs, 0);
    assert_int_equal(only_ours, 34);
    assert_int_equal(both, 60);
}

/* users.md section 5, example 3; printed digits. */
static const double weeks[] = {50900, 49400, 48200, 51900, 50300, 53600, 49100,
                               52400, 47800, 51200, 49600, 50769, 66000, 53000};

static void fourteen_weeks_give_the_printed_bounds(void **state)
{
    (void)state;
    struct watch_grid grid = grid_of(14, weeks, 7);
    struct watch_verdict c1 = classic(&grid, 12, WATCH_C1, 7), c2 = classic(&grid, 12, WATCH_C2, 7),
                         c3 = classic(&grid, 12, WATCH_C3, 7);
    assert_true(fabs(c1.bound - 56781.2) < 0.05 && fabs(c1.statistic - 7.73) < 0.005);
    assert_true(fabs(c2.bound - 57059.8) < 0.05 && fabs(c2.statistic - 7.58) < 0.005);
    assert_true(fabs(c3.statistic - 6.58) < 0.005);
    assert_true(c1.state == WATCH_RINGS && c2.state == WATCH_RINGS && c3.state == WATCH_RINGS);
    c1 = classic(&grid, 13, WATCH_C1, 7);
    c2 = classic(&grid, 13, WATCH_C2, 7);
    assert_true(fabs(c1.bound - 71499) < 0.5 && c1.state == WATCH_QUIET);
    assert_true(fabs(c2.bound - 56722.8) < 0.05 && c2.state == WATCH_QUIET);
}

/* Example 2: the published days taken in order, a baseline of four. */
static void c1_on_four_days_masks_the_surge_as_printed(void **state)
{
    (void)state;
    const double days[] = {2794, 2874, 2804, 3099, 4443, 5959, 7066};
    struct watch_grid grid = grid_of(7, days, 1);
    struct watch_verdict first = classic(&grid, 4, WATCH_C1, 4),
                         second = classic(&grid, 5, WATCH_C1, 4),
                         third = classic(&grid, 6, WATCH_C1, 4);
    assert_true(fabs(first.expected - 2892.75) < 1e-9);
    assert_true(fabs(first.noise * first.expected - 142.03) < 0.005);
    assert_true(fabs(first.statistic - 10.9) < 0.05);
    assert_true(fabs(first.bound - 3331.7) < 0.05 && first.state == WATCH_RINGS);
    assert_true(fabs(second.bound - 5681.5) < 0.05 && second.state == WATCH_RINGS);
    assert_true(fabs(third.bound - 8537.6) < 0.05 && third.state == WATCH_QUIET);
}

static void a_gap_or_a_short_past_is_no_verdict(void **state)
{
    (void)state;
    double y[20];
    for (size_t i = 0; i < 20; i++) {
        y[i] = 10 + (double)(i % 3);
    }
    struct watch_grid grid = grid_of(20, y, 1);
    y[10] = NAN;
    const enum watch_detector which[] = {WATCH_C1, WATCH_C2, WATCH_C3};
    const size_t least[] = {7, 9, 11};
    for (size_t k = 0; k < 3; k++) {
        for (size_t t = 0; t < 20; t++) {
            struct watch_verdict out = classic(&grid, t, which[k], 7);
            bool gap = t >= 10 && t <= 10 + least[k] && !(k > 0 && t > 10 && t <= 10 + 2);
            gap = gap || (k == 2 && t >= 10 && t <= 12);
            bool cannot = t < least[k] || gap;
            assert_int_equal(out.state == WATCH_CANNOT, cannot);
            assert_int_equal(out.why_not != NULL, cannot);
            assert_int_equal(isnan(out.statistic), cannot);
            assert_int_equal(isnan(out.expected), cannot);
        }
    }
    assert_int_equal(classic(&grid, 20, WATCH_C1, 7).state, WATCH_CANNOT);
    assert_int_equal(classic(&grid, 9, WATCH_C1, 1).state, WATCH_CANNOT);
}

static void a_constant_baseline_rings_for_any_count_above_it(void **state)
{
    (void)state;
    double y[12] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6};
    struct watch_grid grid = grid_of(12, y, 1);
    struct watch_verdict out = classic(&grid, 11, WATCH_C2, 7);
    assert_true(isinf(out.statistic) && out.state == WATCH_RINGS && out.p == 0);
    assert_true(classic(&grid, 10, WATCH_C2, 7).statistic == 0);
}

/* Solves the normal equations of a penalised fit with columns of weekdays and age, the plain way. */
enum { COLUMNS = 8 };
static void solve(double a[COLUMNS][COLUMNS + 1])
{
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t r = 0; r < COLUMNS; r++) {
            double factor = r == c || fabs(a[c][c]) < 1e-300 ? 0 : a[r][c] / a[c][c];
            for (size_t k = 0; k <= COLUMNS; k++) {
                a[r][k] -= factor * a[c][k];
            }
        }
    }
}

/* Fit at age 0 on day t, given the penalty that makes `drift` the sd of the slope at noise s. */
static double plain_fit(const double *y, size_t t, double penalty)
{
    double a[COLUMNS][COLUMNS + 1] = {{0}};
    for (size_t age = 3; age <= t && age < 59; age++) {
        double row[COLUMNS] = {0}, x = sqrt(y[t - age] + 0.375);
        row[age % 7] = 1;
        row[7] = (double)age;
        for (size_t i = 0; i < COLUMNS; i++) {
            for (size_t j = 0; j < COLUMNS; j++) {
                a[i][j] += row[i] * row[j];
            }
            a[i][COLUMNS] += row[i] * x;
        }
    }
    a[7][7] += penalty;
    solve(a);
    return a[0][COLUMNS] / a[0][0];
}

/* The drift that is expected is 1 % a week of the weekday's mean; the variance of x that `expected` puts
 * back is below 0.01 here. */
static void the_weekday_fit_is_a_ridge_regression(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 50; k++) {
        struct rng rng = rng_at(3, 1, k, 0);
        double y[60];
        for (size_t i = 0; i < 60; i++) {
            double mean = 2000 * (1 + 0.02 * (double)i) * (i % 7 == 3 ? 1.4 : 1);
            y[i] = (double)rng_poisson(&rng, mean);
        }
        struct watch_grid grid = grid_of(60, y, 1);
        struct watch_verdict out;
        ears_weekday_at(&grid, 59, 0.00274, &out);
        assert_int_equal(out.base_n, 56);
        double weekday = 0;
        for (size_t age = 7; age < 59; age += 7) {
            weekday += sqrt(y[59 - age] + 0.375) / 8;
        }
        double fit = sqrt(out.expected + 0.375), s = out.noise * fit / 2;
        double drift = weekday / 2 * 0.01 / 7;
        assert_near(fit, plain_fit(y, 59, s * s / (drift * drift)), 0.1);
        assert_true(fit > plain_fit(y, 59, 1e12) + 1);
    }
}

static void weekday_verdicts_need_their_weekday_and_heed_gaps_and_frozen_days(void **state)
{
    (void)state;
    double y[40];
    uint8_t frozen[40] = {0};
    struct rng rng = rng_at(4, 1, 0, 0);
    for (size_t i = 0; i < 40; i++) {
        y[i] = (double)rng_poisson(&rng, 200);
    }
    struct watch_grid grid = grid_of(40, y, 1);
    grid.frozen = frozen;
    struct watch_verdict before, after;
    ears_weekday_at(&grid, 39, 0.00274, &before);
    assert_int_equal(before.base_n, 37);
    assert_int_equal(before.base_to, grid.first + 36);
    y[20] = NAN;
    frozen[21] = 1;
    y[21] = 1e6;
    ears_weekday_at(&grid, 39, 0.00274, &after);
    assert_int_equal(after.base_n, 35);
    assert_true(fabs(after.expected - before.expected) < 15);
    for (size_t i = 4; i < 39; i += 7) {
        y[i] = NAN;
    }
    ears_weekday_at(&grid, 39, 0.00274, &after);
    assert_int_equal(after.state, WATCH_CANNOT);
    assert_string_equal(after.why_not, "no earlier count of the same weekday");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(c1_and_c2_are_those_of_surveillance),
        cmocka_unit_test(c3_is_the_manuals_and_not_the_one_of_surveillance),
        cmocka_unit_test(fourteen_weeks_give_the_printed_bounds),
        cmocka_unit_test(c1_on_four_days_masks_the_surge_as_printed),
        cmocka_unit_test(a_gap_or_a_short_past_is_no_verdict),
        cmocka_unit_test(a_constant_baseline_rings_for_any_count_above_it),
        cmocka_unit_test(the_weekday_fit_is_a_ridge_regression),
        cmocka_unit_test(weekday_verdicts_need_their_weekday_and_heed_gaps_and_frozen_days),
    };
    read_oracle();
    return cmocka_run_group_tests_name("watch ears", tests, NULL, NULL);
}
