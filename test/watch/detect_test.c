/* One series through its tiers: the worked example, the freeze, what a verdict may depend on, options. */
#include <math.h>
#include <stdlib.h>

#include "../base/sampled.h"
#include "../base/unit.h"
#include "detect.h"
#include "rng.h"

static struct arena arena;

/* Thresholds are found once for all tests: they depend on the rate alone. */
static struct arena kept;
static struct cusum_table tables[2];

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    arena_init(&kept, "thresholds", (size_t)1 << 20);
    struct watch_options options = watch_options_default();
    return watch_thresholds(&kept, &options, 1, &tables[0], NULL) |
           watch_thresholds(&kept, &options, 7, &tables[1], NULL);
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    arena_free(&kept);
    return 0;
}

static struct watch_grid grid_of(size_t n, const double *y, int step_days)
{
    return (struct watch_grid){
        .n = n, .first = date_from_civil(2022, 9, 14), .step_days = step_days, .y = y};
}

static struct watch_point *detect(const struct watch_grid *grid,
                                  const struct watch_options *options)
{
    struct ajar_err err = {0};
    struct watch_point *out;
    struct watch_options with = *options;
    struct cusum_table *table = &tables[grid->step_days == 7];
    if (with.detector == WATCH_AUTO && with.alarm_every_days == WATCH_ALARM_EVERY) {
        with.thresholds = table;
    }
    if (watch_detect(&arena, grid, &with, &out, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return out;
}

static void simulate(uint32_t name, size_t n, double mean, double size, double *y)
{
    struct rng rng = rng_at(8, 1, name, 0);
    for (size_t i = 0; i < n; i++) {
        double weekend = i % 7 >= 5 ? 1.3 : 1;
        y[i] = (double)rng_poisson(&rng, mean * weekend * rng_gamma(&rng, size) / size);
    }
}

/* users.md section 5, example 2: 14, 15, 19, 20 September, then 21, 22 and 26. */
static void south_east_finland_rings_on_each_day_of_the_surge(void **state)
{
    (void)state;
    double y[13];
    for (size_t i = 0; i < 13; i++) {
        y[i] = NAN;
    }
    y[0] = 2794, y[1] = 2874, y[5] = 2804, y[6] = 3099, y[7] = 4443, y[8] = 5959, y[12] = 7066;
    struct watch_grid grid = grid_of(13, y, 1);
    struct watch_options options = watch_options_default();
    struct watch_point *point = detect(&grid, &options);
    for (size_t i = 0; i < 13; i++) {
        bool surge = i == 7 || i == 8 || i == 12;
        assert_int_equal(point[i].rings, surge);
        if (surge) {
            assert_int_equal(point[i].main.detector, WATCH_T);
            assert_int_equal(point[i].main.base_n, 4);
            assert_int_equal(point[i].main.base_to, grid.first + 6);
        }
    }
    assert_near(point[7].main.rate, 1 / 365.25, 1e-15);
    /* Without the freeze the surge hides itself. */
    options.freeze = false;
    point = detect(&grid, &options);
    assert_true(point[7].rings && !point[8].rings && !point[12].rings);
}

static void the_tier_goes_by_the_history(void **state)
{
    (void)state;
    const struct {
        size_t history;
        int step_days;
        enum watch_detector detector;
    } rows[] = {
        {0, 1, WATCH_TOTALS},   {3, 1, WATCH_TOTALS},   {4, 1, WATCH_T},
        {13, 1, WATCH_T},       {14, 1, WATCH_WEEKDAY}, {364, 1, WATCH_WEEKDAY},
        {365, 1, WATCH_SEASON}, {0, 7, WATCH_TOTALS},   {4, 7, WATCH_TOTALS},
        {5, 7, WATCH_T},        {55, 7, WATCH_T},       {56, 7, WATCH_FARRINGTON},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(watch_tier(rows[i].history, rows[i].step_days), rows[i].detector);
    }
    double y[120];
    simulate(1, 120, 300, 1e6, y);
    struct watch_grid grid = grid_of(120, y, 1);
    struct watch_options options = watch_options_default();
    struct watch_point *point = detect(&grid, &options);
    for (size_t i = 0; i < 120; i++) {
        bool both = i >= 56;
        assert_int_equal(point[i].sustained.detector, WATCH_CUSUM);
        assert_int_equal(point[i].sustained.state == WATCH_CANNOT, !both);
        assert_near(point[i].main.rate, 1 / (both ? 2 * 365.25 : 365.25), 1e-15);
        assert_int_equal(point[i].main.state == WATCH_CANNOT, i < 7);
    }
    assert_near(watch_rate(&options, 7), 7 / 365.25, 1e-15);
}

static bool same_verdict(const struct watch_verdict *a, const struct watch_verdict *b)
{
    const double x[] = {a->statistic, a->df,    a->p,     a->rate, a->count,
                        a->expected,  a->bound, a->noise, 0};
    const double z[] = {b->statistic, b->df,    b->p,     b->rate, b->count,
                        b->expected,  b->bound, b->noise, 0};
    return memcmp(x, z, sizeof x) == 0 && a->detector == b->detector && a->state == b->state &&
           a->why_not == b->why_not && a->base_from == b->base_from && a->base_to == b->base_to &&
           a->base_n == b->base_n && a->since == b->since;
}

/* Surges of every length, so that rows come back, stay out and are accepted; gaps; a frozen stretch. */
static void disturb(uint32_t name, size_t n, double *y, uint8_t *frozen)
{
    struct rng rng = rng_at(9, 1, name, 0);
    for (int k = 0; k < 4; k++) {
        size_t from = rng_below(&rng, (uint32_t)n), days = 1 + rng_below(&rng, 45);
        double factor = 1.2 + 2 * rng_uniform(&rng);
        for (size_t i = from; i < n && i < from + days; i++) {
            y[i] = floor(y[i] * factor);
        }
        y[rng_below(&rng, (uint32_t)n)] = NAN;
        frozen[rng_below(&rng, (uint32_t)n)] = 1;
    }
}

static void a_verdict_depends_on_its_past_alone(void **state)
{
    (void)state;
    enum { N = 150 };
    size_t accepted = 0, rings = 0;
    for (uint32_t k = 0; k < 24; k++) {
        int step = k % 3 == 2 ? 7 : 1;
        double y[N];
        uint8_t frozen[N] = {0};
        simulate(100 + k, N, k % 2 == 0 ? 20 : 800, k % 4 < 2 ? 1e6 : 40, y);
        disturb(k, N, y, frozen);
        struct watch_grid grid = grid_of(N, y, step);
        grid.frozen = k % 5 == 0 ? NULL : frozen;
        struct watch_options options = watch_options_default();
        options.freeze = k % 7 != 6;
        struct watch_point *all = detect(&grid, &options);
        for (size_t n = 1; n < N; n += sampled(9) * (1 + n / 20)) {
            double other[N];
            for (size_t i = 0; i < N; i++) {
                other[i] = i < n ? y[i] : 7 * (double)i;
            }
            struct watch_grid cut = grid, changed = grid;
            cut.n = n;
            changed.y = other;
            struct watch_point *a = detect(&cut, &options), *b = detect(&changed, &options);
            for (size_t i = 0; i < n; i++) {
                assert_true(same_verdict(&all[i].main, &a[i].main));
                assert_true(same_verdict(&all[i].main, &b[i].main));
                assert_true(same_verdict(&all[i].sustained, &a[i].sustained));
                assert_true(same_verdict(&all[i].sustained, &b[i].sustained));
                assert_true(all[i].accepted == a[i].accepted && all[i].rings == b[i].rings);
            }
        }
        for (size_t i = 0; i < N; i++) {
            accepted += all[i].accepted;
            rings += all[i].rings;
        }
        arena_free(&arena);
    }
    assert_true(accepted >= 5 && rings > 100);
}

static void a_surge_does_not_hide_itself_and_becomes_the_new_normal(void **state)
{
    (void)state;
    enum { BEFORE = 60, N = 160 };
    double y[N];
    simulate(2, N, 1000, 1e6, y);
    for (size_t i = BEFORE; i < N; i++) {
        y[i] *= 2;
    }
    struct watch_grid grid = grid_of(N, y, 1);
    struct watch_options options = watch_options_default();
    struct watch_point *point = detect(&grid, &options);
    size_t after = 0;
    for (size_t i = BEFORE; i < N; i++) {
        bool row = i < BEFORE + WATCH_FREEZE_MOST;
        assert_true(!row || point[i].rings);
        assert_int_equal(point[i].accepted, i + 1 == BEFORE + WATCH_FREEZE_MOST);
        after += !row && point[i].rings;
        if (row) {
            assert_true(point[i].main.expected < 1500);
        } else {
            assert_true(point[i].main.base_from >= grid.first + BEFORE);
            assert_true(point[i].main.expected > 1700);
        }
    }
    assert_true(after <= 2);
}

static void a_lone_ring_comes_back_cut_to_its_bound(void **state)
{
    (void)state;
    double y[40], quiet[40];
    simulate(3, 40, 400, 1e6, y);
    memcpy(quiet, y, sizeof y);
    y[29] = 4000;
    struct watch_grid grid = grid_of(40, y, 1), before = grid_of(40, quiet, 1);
    struct watch_options options = watch_options_default();
    struct watch_point *point = detect(&grid, &options), *plain = detect(&before, &options);
    assert_true(point[29].rings && !point[30].rings && !point[36].rings);
    assert_int_equal(point[36].main.base_n, plain[36].main.base_n);
    assert_true(point[36].main.expected > plain[36].main.expected);
    assert_true(point[36].main.expected < 1.1 * plain[36].main.expected);
    double cut[40];
    memcpy(cut, y, sizeof y);
    cut[29] = point[29].main.bound;
    options.freeze = false;
    struct watch_grid other = grid_of(40, cut, 1);
    struct watch_point *same = detect(&other, &options);
    assert_near(point[36].main.expected, same[36].main.expected, 1e-9);
}

static void a_stated_noise_freezes_nothing(void **state)
{
    (void)state;
    const double y[] = {100, 200, 90, 210, 95, 205, 100};
    struct watch_grid grid = grid_of(7, y, 7);
    struct watch_options options = watch_options_default();
    struct watch_point *point = detect(&grid, &options);
    assert_true(point[1].rings && point[3].rings);
    assert_int_equal(point[3].main.detector, WATCH_TOTALS);
    assert_int_equal(point[5].main.detector, WATCH_T);
    assert_int_equal(point[5].main.base_n, 4);
    assert_false(point[5].rings);
}

static void odd_series_have_verdicts_and_no_faults(void **state)
{
    (void)state;
    double zeros[80] = {0}, gaps[80], one[] = {5};
    for (size_t i = 0; i < 80; i++) {
        gaps[i] = NAN;
    }
    struct watch_options options = watch_options_default();
    for (int step = 1; step <= 7; step += 6) {
        struct watch_grid grid = grid_of(80, zeros, step);
        struct watch_point *point = detect(&grid, &options);
        for (size_t i = 0; i < 80; i++) {
            assert_false(point[i].rings);
        }
        zeros[79] = 1;
        assert_int_equal(detect(&grid, &options)[79].main.state, WATCH_QUIET);
        zeros[79] = 40;
        assert_int_equal(detect(&grid, &options)[79].main.state, WATCH_RINGS);
        zeros[79] = 0;
        grid = grid_of(80, gaps, step);
        point = detect(&grid, &options);
        for (size_t i = 0; i < 80; i++) {
            assert_int_equal(point[i].main.state, WATCH_CANNOT);
            assert_string_equal(point[i].main.why_not, "the count itself is missing");
        }
        grid = grid_of(1, one, step);
        assert_int_equal(detect(&grid, &options)[0].main.state, WATCH_CANNOT);
        grid = grid_of(0, one, step);
        detect(&grid, &options);
    }
}

static void every_detector_can_be_asked_for_alone(void **state)
{
    (void)state;
    double y[80];
    simulate(4, 80, 100, 1e6, y);
    y[70] = 900;
    struct watch_options options = watch_options_default();
    for (int which = WATCH_TOTALS; which < WATCH_DETECTORS; which++) {
        int step = which == WATCH_FARRINGTON ? 7 : 1;
        struct watch_grid grid = grid_of(80, y, step);
        options.detector = (enum watch_detector)which;
        struct watch_point *point = detect(&grid, &options);
        for (size_t i = 0; i < 80; i++) {
            assert_int_equal(point[i].main.detector, which);
            assert_int_equal(point[i].sustained.state, WATCH_CANNOT);
        }
        bool year = which == WATCH_SEASON || which == WATCH_FARRINGTON;
        assert_true(year || which == WATCH_CHANGE || point[70].rings);
    }
}

static void shared_thresholds_change_no_answer(void **state)
{
    (void)state;
    double y[100];
    simulate(5, 100, 100, 1e6, y);
    struct watch_grid grid = grid_of(100, y, 1);
    struct watch_options options = watch_options_default();
    struct watch_point *shared = detect(&grid, &options), *alone;
    assert_int_equal(watch_detect(&arena, &grid, &options, &alone, NULL), 0);
    for (size_t i = 0; i < 100; i++) {
        assert_true(same_verdict(&shared[i].sustained, &alone[i].sustained));
    }
    options.thresholds = &tables[1];
    assert_int_equal(watch_detect(&arena, &grid, &options, &alone, NULL), E_WATCH_OPTION);
    options.thresholds = &tables[0];
    options.seed = 2;
    assert_int_equal(watch_detect(&arena, &grid, &options, &alone, NULL), E_WATCH_OPTION);
}

static void bad_options_are_refused(void **state)
{
    (void)state;
    double y[] = {1, 2, 3}, bad[] = {1, -2, 3}, far[] = {1, INFINITY, 3};
    struct watch_grid grid = grid_of(3, y, 1);
    struct watch_options good = watch_options_default(), options[7];
    for (size_t i = 0; i < 7; i++) {
        options[i] = good;
    }
    options[0].alarm_every_days = 2;
    options[1].alarm_every_days = NAN;
    options[2].alarm_every_days = INFINITY;
    options[3].noise = -0.1;
    options[4].noise = NAN;
    options[5].detector = WATCH_DETECTORS;
    options[6].alarm_every_days = -3;
    struct watch_point *out = NULL;
    struct ajar_err err;
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(watch_detect(&arena, &grid, &options[i], &out, &err), E_WATCH_OPTION);
    }
    const int steps[] = {0, 2, 30, -1};
    for (size_t i = 0; i < 4; i++) {
        grid.step_days = steps[i];
        assert_int_equal(watch_detect(&arena, &grid, &good, &out, &err), E_WATCH_OPTION);
    }
    grid = grid_of(3, bad, 1);
    assert_int_equal(watch_detect(&arena, &grid, &good, &out, &err), E_WATCH_OPTION);
    grid = grid_of(3, far, 1);
    assert_int_equal(watch_detect(&arena, &grid, &good, &out, &err), E_WATCH_OPTION);
    assert_null(out);
}

/* The rate in control, a week to three months of history, against the nominal one. */
static void the_default_keeps_its_rate_in_control(void **state)
{
    (void)state;
    enum { N = 56, RUNS = 3000 };
    const double mean[] = {10, 100, 5000}, size[] = {1e9, 30, 10};
    for (uint32_t k = 0; k < 3; k++) {
        size_t asked = 0, rang = 0;
        struct watch_options options = watch_options_default();
        options.alarm_every_days = 60;
        for (uint32_t run = 0; run < RUNS; run += sampled(3)) {
            double y[N];
            simulate(1000 + RUNS * k + run, N, mean[k], size[k], y);
            struct watch_grid grid = grid_of(N, y, 1);
            struct watch_point *point = detect(&grid, &options);
            for (size_t i = 0; i < N; i++) {
                asked += point[i].main.state != WATCH_CANNOT;
                rang += point[i].rings;
            }
            arena_free(&arena);
        }
        double ratio = (double)rang / (double)asked * 60;
        if (!(ratio > 1 / 1.5 && ratio < 1.5)) {
            fail_msg("rate / nominal is %g at mean %g", ratio, mean[k]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(south_east_finland_rings_on_each_day_of_the_surge),
        cmocka_unit_test(the_tier_goes_by_the_history),
        cmocka_unit_test(a_verdict_depends_on_its_past_alone),
        cmocka_unit_test(a_surge_does_not_hide_itself_and_becomes_the_new_normal),
        cmocka_unit_test(a_lone_ring_comes_back_cut_to_its_bound),
        cmocka_unit_test(a_stated_noise_freezes_nothing),
        cmocka_unit_test(odd_series_have_verdicts_and_no_faults),
        cmocka_unit_test(every_detector_can_be_asked_for_alone),
        cmocka_unit_test(shared_thresholds_change_no_answer),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(the_default_keeps_its_rate_in_control),
    };
    return cmocka_run_group_tests_name("watch detect", tests, setup, teardown);
}
