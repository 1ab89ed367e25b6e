/* farrington_at beside R surveillance's farringtonFlexible (oracle/farrington.R), and what that program
 * does not do: missing and frozen weeks, series that cannot be fitted, the calibrated bound. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/unit.h"
#include "glm.h"
#include "rng.h"

enum { CASES = 26, WEEKS = 400 };

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

static struct watch_grid grid_of(size_t n, const double *y)
{
    return (struct watch_grid){
        .n = n, .first = date_from_civil(2015, 1, 5), .step_days = 7, .y = y};
}

static struct watch_verdict ask(const struct watch_grid *grid, size_t t,
                                const struct farrington_options *options, double rate)
{
    struct ajar_err err = {0};
    struct watch_verdict out;
    if (farrington_at(&arena, grid, t, options, rate, &out, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return out;
}

static double series[CASES + 1][WEEKS];
static size_t length[CASES + 1];

static void read_series(void)
{
    FILE *file = fopen("test/watch/oracle/farrington_series.csv", "r");
    assert_non_null(file);
    char line[256];
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        int at = 0, week = 0;
        double y = 0;
        assert_int_equal(sscanf(line, "%d,%d,%lf", &at, &week, &y), 3);
        assert_in_range(at, 1, CASES);
        assert_in_range(week, 1, WEEKS);
        series[at][week - 1] = y;
        length[at] = (size_t)week;
    }
    fclose(file);
}

static double relative(double a, double b)
{
    return fabs(a - b) / fmax(fabs(b), 1e-12);
}

static void agrees_with_r(void **state)
{
    (void)state;
    read_series();
    FILE *file = fopen("test/watch/oracle/farrington.csv", "r");
    assert_non_null(file);
    char line[512];
    double worst_upper = 0, worst_expected = 0, worst_p = 0;
    int rows = 0, quiet = 0, alarms = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        int at, b, w, periods, trend, reweight, alarm, has_trend, week;
        double trend_p, rate, p;
        char method[16], upper[32], expected[32];
        assert_int_equal(sscanf(line,
                                "%d,%d,%d,%d,%d,%lf,%d,%15[^,],%lf,%d,%31[^,],%31[^,],%lf,%d,%d",
                                &at, &b, &w, &periods, &trend, &trend_p, &reweight, method, &rate,
                                &week, upper, expected, &p, &alarm, &has_trend),
                         15);
        struct farrington_options options = farrington_default();
        options.years_back = b;
        options.half_window = w;
        options.periods = periods;
        options.trend = trend == 1;
        options.trend_p = trend_p;
        options.reweight = reweight == 1;
        options.threshold = strcmp(method, "delta") == 0      ? FARRINGTON_DELTA
                            : strcmp(method, "nbPlugin") == 0 ? FARRINGTON_NBPLUGIN
                                                              : FARRINGTON_MUAN;
        struct watch_grid grid = grid_of(length[at], series[at]);
        struct watch_verdict out = ask(&grid, (size_t)week, &options, rate);
        assert_int_not_equal(out.state, WATCH_CANNOT);
        assert_int_equal(out.state == WATCH_RINGS, alarm);
        assert_true(isnan(out.df));
        worst_p = fmax(worst_p, fabs(out.p - p) / fmax(p, 1e-300));
        rows++;
        alarms += alarm;
        if (strcmp(upper, "NA") == 0) {
            quiet++;
            continue;
        }
        double whole = options.threshold == FARRINGTON_DELTA ? 0 : 1;
        double needed = 0;
        for (int i = 1; i < 4; i++) {
            needed += series[at][week - i];
        }
        if (out.bound > 5 - needed) {
            worst_upper = fmax(worst_upper, relative(out.bound - whole, strtod(upper, NULL)));
        }
        worst_expected = fmax(worst_expected, relative(out.expected, strtod(expected, NULL)));
        if (relative(out.bound - whole, strtod(upper, NULL)) > 1e-7) {
            print_message("case %d week %d %s: bound %.10g, R %s; expected %.10g, R %s\n", at, week,
                          method, out.bound - whole, upper, out.expected, expected);
        }
    }
    fclose(file);
    print_message("%d rows, %d alarms, %d below the noise threshold; largest relative differences: "
                  "bound %.1e, expected %.1e, p %.1e\n",
                  rows, alarms, quiet, worst_upper, worst_expected, worst_p);
    assert_int_equal(rows, CASES * 10 * 3);
    assert_true(alarms > 50 && quiet > 10);
    assert_true(worst_upper < 1e-6);
    assert_true(worst_expected < 1e-6);
    assert_true(worst_p < 1e-5);
}

static const enum farrington_threshold thresholds[] = {FARRINGTON_DELTA, FARRINGTON_NBPLUGIN,
                                                       FARRINGTON_MUAN, FARRINGTON_CALIBRATED};
enum { THRESHOLDS = sizeof thresholds / sizeof thresholds[0], LONG = 320 };

static void draw(uint32_t entity, double level, double size, size_t n, double *y)
{
    struct rng rng = rng_at(5, 1, entity, 0);
    for (size_t i = 0; i < n; i++) {
        double mean = level * exp(0.4 * cos(0.1204 * (double)i + entity) + 0.001 * (double)i);
        y[i] = (double)rng_poisson(&rng, mean * rng_gamma(&rng, size) / size);
    }
}

static void same(const struct watch_verdict *a, const struct watch_verdict *b)
{
    assert_int_equal(a->state, b->state);
    assert_true(a->p == b->p && a->bound == b->bound && a->expected == b->expected);
    assert_int_equal(a->base_n, b->base_n);
}

static void frozen_weeks_are_left_out_like_missing_ones(void **state)
{
    (void)state;
    double y[LONG], gap[LONG];
    uint8_t frozen[LONG] = {0};
    draw(1, 50, 20, LONG, y);
    memcpy(gap, y, sizeof y);
    for (size_t i = 100; i < 140; i++) {
        frozen[i] = 1;
        gap[i] = NAN;
        y[i] *= 5;
    }
    for (int k = 0; k < THRESHOLDS; k++) {
        struct farrington_options options = farrington_default();
        options.threshold = thresholds[k];
        struct watch_grid a = grid_of(LONG, y), b = grid_of(LONG, gap);
        struct watch_verdict with = ask(&a, LONG - 1, &options, 0.0192);
        a.frozen = frozen;
        struct watch_verdict left = ask(&a, LONG - 1, &options, 0.0192),
                             missing = ask(&b, LONG - 1, &options, 0.0192);
        same(&left, &missing);
        assert_int_equal(left.base_n + 40, with.base_n);
        assert_true(left.bound != with.bound);
    }
}

static void only_the_past_is_used(void **state)
{
    (void)state;
    double y[LONG], other[LONG];
    draw(2, 20, 10, LONG, y);
    memcpy(other, y, sizeof y);
    for (size_t i = 301; i < LONG; i++) {
        other[i] = 1e6;
    }
    for (int k = 0; k < THRESHOLDS; k++) {
        struct farrington_options options = farrington_default();
        options.threshold = thresholds[k];
        struct watch_grid a = grid_of(LONG, y), b = grid_of(LONG, other), cut = grid_of(301, y);
        struct watch_verdict x = ask(&a, 300, &options, 0.01), z = ask(&b, 300, &options, 0.01),
                             c = ask(&cut, 300, &options, 0.01);
        same(&x, &z);
        same(&x, &c);
    }
}

static void every_field_is_filled(void **state)
{
    (void)state;
    double y[LONG];
    draw(3, 100, 30, LONG, y);
    struct watch_grid grid = grid_of(LONG, y);
    for (int k = 0; k < THRESHOLDS; k++) {
        struct farrington_options options = farrington_default();
        options.threshold = thresholds[k];
        struct watch_verdict out = ask(&grid, 310, &options, 0.0192);
        assert_int_equal(out.detector, WATCH_FARRINGTON);
        assert_null(out.why_not);
        assert_true(out.rate == 0.0192 && out.count == y[310]);
        assert_near(out.expected / (100 * exp(0.4 * cos(0.1204 * 310 + 3) + 0.31)), 1, 0.25);
        assert_near(out.noise, sqrt(1 / out.expected + 1.0 / 30), 0.06);
        assert_int_equal(out.base_from, grid.first + 7 * (310 - 5 * 52 - 3));
        assert_int_equal(out.base_to, grid.first + 7 * (310 - 27) + 6);
        assert_int_equal(out.base_n, 5 * 52 + 3 - 26);
        assert_int_equal(out.since, DATE_NONE);
        assert_true(isnan(out.df) == (k != 3));
    }
}

/* From the bound on it rings, below it does not; p is on the right side of the rate. */
static void the_bound_is_where_it_rings(void **state)
{
    (void)state;
    static const double levels[] = {2, 10, 300, 20000};
    for (uint32_t i = 0; i < 4; i++) {
        double y[LONG];
        draw(20 + i, levels[i], 15, LONG, y);
        struct watch_grid grid = grid_of(LONG, y);
        for (int k = 0; k < THRESHOLDS; k++) {
            struct farrington_options options = farrington_default();
            options.threshold = thresholds[k];
            double bound = ask(&grid, 300, &options, 0.0096).bound;
            double kept = y[300];
            y[300] = floor(bound - 1e-6);
            assert_int_equal(ask(&grid, 300, &options, 0.0096).state, WATCH_QUIET);
            y[300] = floor(bound + 1e-6) == bound ? bound : floor(bound) + 1;
            struct watch_verdict out = ask(&grid, 300, &options, 0.0096);
            assert_int_equal(out.state, WATCH_RINGS);
            assert_true(out.p < 0.0096 && out.statistic > 1);
            y[300] = kept;
        }
    }
}

static void what_cannot_be_said_is_not_said(void **state)
{
    (void)state;
    double y[LONG];
    draw(4, 30, 20, LONG, y);
    for (int k = 0; k < THRESHOLDS; k++) {
        struct farrington_options options = farrington_default();
        options.threshold = thresholds[k];
        options.years_back = 1;
        struct watch_grid grid = grid_of(LONG, y);
        struct watch_verdict out = ask(&grid, 51, &options, 0.01);
        assert_int_equal(out.state, WATCH_CANNOT);
        assert_string_equal(out.why_not, "less than a year of earlier weeks");
        assert_true(isnan(out.p) && isnan(out.bound));
        assert_int_equal(out.base_from, DATE_NONE);
        assert_int_equal(ask(&grid, 55, &options, 0.01).state != WATCH_CANNOT, true);
        assert_int_equal(ask(&grid, LONG, &options, 0.01).state, WATCH_CANNOT);
        grid.step_days = 1;
        assert_string_equal(ask(&grid, 300, &options, 0.01).why_not, "the periods are not weeks");
        grid.step_days = 7;
        double kept = y[300];
        y[300] = NAN;
        assert_string_equal(ask(&grid, 300, &options, 0.01).why_not, "the count itself is missing");
        y[300] = kept;
    }
    double gap[LONG];
    memcpy(gap, y, sizeof y);
    for (size_t i = 245; i < 252; i++) {
        gap[i] = NAN;
    }
    struct farrington_options options = farrington_default();
    options.threshold = FARRINGTON_DELTA;
    options.years_back = 1;
    struct watch_grid grid = grid_of(LONG, gap);
    assert_string_equal(ask(&grid, 300, &options, 0.01).why_not,
                        "no count in the same season of earlier years");
    for (size_t i = 0; i < 300; i++) {
        gap[i] = NAN;
    }
    options.threshold = FARRINGTON_CALIBRATED;
    assert_int_equal(ask(&grid, 300, &options, 0.01).state, WATCH_CANNOT);
    gap[248] = 7;
    options.threshold = FARRINGTON_DELTA;
    assert_int_equal(ask(&grid, 300, &options, 0.01).state, WATCH_CANNOT);
}

/* R has no verdict on zeros alone, as its fit does not converge; the calibrated form has one. */
static void zeros_alone(void **state)
{
    (void)state;
    double y[LONG] = {0};
    struct watch_grid grid = grid_of(LONG, y);
    struct farrington_options options = farrington_default();
    for (int k = 0; k < 3; k++) {
        options.threshold = thresholds[k];
        assert_string_equal(ask(&grid, 300, &options, 0.0192).why_not, "the fit does not converge");
    }
    options.threshold = FARRINGTON_CALIBRATED;
    struct watch_verdict out = ask(&grid, 300, &options, 0.0192);
    assert_int_equal(out.state, WATCH_QUIET);
    assert_true(out.bound == 5 && out.expected < 0.01);
    y[300] = 4;
    out = ask(&grid, 300, &options, 0.0192);
    assert_int_equal(out.state, WATCH_QUIET); /* the noise threshold */
    assert_true(out.p < 0.001);
    y[299] = 1;
    assert_int_equal(ask(&grid, 300, &options, 0.0192).state, WATCH_RINGS);
}

static void few_counts_among_zeros(void **state)
{
    (void)state;
    double y[LONG] = {0};
    for (size_t i = 0; i < LONG; i += 37) {
        y[i] = 2;
    }
    struct watch_grid grid = grid_of(LONG, y);
    struct farrington_options options = farrington_default();
    for (size_t t = 60; t < LONG - 1; t++) {
        double kept = y[t];
        struct watch_verdict out = ask(&grid, t, &options, 0.0096);
        assert_int_equal(out.state, WATCH_QUIET);
        assert_true(isfinite(out.bound) && out.bound >= 1 && isfinite(out.expected));
        y[t] = 40;
        assert_int_equal(ask(&grid, t, &options, 0.0096).state, WATCH_RINGS);
        y[t] = kept;
        for (int k = 0; k < 3; k++) {
            struct farrington_options classic = options;
            classic.threshold = thresholds[k];
            out = ask(&grid, t, &classic, 0.0096);
            assert_true(out.state != WATCH_CANNOT || out.why_not != NULL);
        }
    }
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    double y[LONG];
    draw(6, 30, 20, LONG, y);
    struct watch_grid grid = grid_of(LONG, y);
    struct farrington_options bad[10];
    for (size_t i = 0; i < 10; i++) {
        bad[i] = farrington_default();
    }
    bad[0].years_back = 0;
    bad[1].half_window = 25;
    bad[2].half_window = -1;
    bad[3].periods = 0;
    bad[4].periods = 31;
    bad[5].skip_weeks = -1;
    bad[6].least_weeks = 0;
    bad[7].trend_p = NAN;
    bad[8].weights_threshold = 0;
    bad[9].threshold = (enum farrington_threshold)9;
    for (size_t i = 0; i < 10; i++) {
        struct ajar_err err = {0};
        struct watch_verdict out = {.p = 7};
        assert_int_equal(farrington_at(&arena, &grid, 300, &bad[i], 0.01, &out, &err),
                         E_WATCH_OPTION);
        assert_string_equal(err.slug, "watch.option");
        assert_true(out.p == 7);
    }
}

/* Rates of the calibrated form on series in control: within a factor 1.5 (sampling error is 7 %). */
static void the_calibrated_rate_holds(void **state)
{
    (void)state;
    static const double sizes[] = {1e9, 30, 10}, levels[] = {5, 100, 5000};
    struct farrington_options options = farrington_default();
    double n = 0, often = 0, rarely = 0;
    for (uint32_t i = 0; i < 900; i++) {
        double y[150];
        draw(1000 + i, levels[i / 3 % 3], sizes[i % 3], 150, y);
        struct watch_grid grid = grid_of(150, y);
        for (size_t t = 56 + i % 7; t < 150; t += 9) {
            double p = ask(&grid, t, &options, 0.01).p;
            n++;
            often += p < 0.0192;
            rarely += p < 0.0096;
        }
    }
    print_message("%.0f weeks: %.2f and %.2f of the nominal rate\n", n, often / n / 0.0192,
                  rarely / n / 0.0096);
    assert_true(often / n > 0.0192 / 1.4 && often / n < 0.0192 * 1.4);
    assert_true(rarely / n > 0.0096 / 1.5 && rarely / n < 0.0096 * 1.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(frozen_weeks_are_left_out_like_missing_ones),
        cmocka_unit_test(only_the_past_is_used),
        cmocka_unit_test(every_field_is_filled),
        cmocka_unit_test(the_bound_is_where_it_rings),
        cmocka_unit_test(what_cannot_be_said_is_not_said),
        cmocka_unit_test(zeros_alone),
        cmocka_unit_test(few_counts_among_zeros),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(the_calibrated_rate_holds),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
