/* season_fit and season_verdict: rates in control, what rings, and baselines that are short, patchy or odd. */
#include <math.h>

#include "../base/unit.h"
#include "glm.h"
#include "rng.h"

enum { DAYS = 1200 };

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
        .n = n, .first = date_from_civil(2019, 1, 7), .step_days = 1, .y = y};
}

static double mean_of(double level, uint32_t entity, size_t i)
{
    double years = (double)i / 365.25;
    return level * (i % 7 >= 5 ? 1.3 : 1) * exp(0.3 * cos(6.283185 * years + entity) + 0.1 * years);
}

static void draw(uint32_t entity, double level, double size, size_t n, double *y)
{
    struct rng rng = rng_at(6, 1, entity, 0);
    for (size_t i = 0; i < n; i++) {
        double mean = mean_of(level, entity, i);
        y[i] = (double)rng_poisson(&rng, mean * rng_gamma(&rng, size) / size);
    }
}

static struct season_model fit(const struct watch_grid *grid, size_t t)
{
    struct season_model model;
    assert_int_equal(season_fit(&arena, grid, t, &model, NULL), 0);
    return model;
}

static struct watch_verdict ask(const struct watch_grid *grid, size_t t, double rate)
{
    struct season_model model = fit(grid, t);
    struct watch_verdict out;
    season_verdict(&model, grid, t, WATCH_SEASON, rate, &out);
    return out;
}

static void same(const struct watch_verdict *a, const struct watch_verdict *b)
{
    assert_int_equal(a->state, b->state);
    assert_true(a->p == b->p && a->bound == b->bound && a->expected == b->expected);
    assert_int_equal(a->base_n, b->base_n);
}

/* Sampling error of the rates: 9 % and 15 %. */
static void the_rate_holds_in_control(void **state)
{
    (void)state;
    static const double sizes[] = {1e9, 30, 10}, levels[] = {5, 100, 5000};
    double n = 0, often = 0, rarely = 0;
    for (uint32_t i = 0; i < 54; i++) {
        double y[DAYS];
        draw(100 + i, levels[i / 3 % 3], sizes[i % 3], DAYS, y);
        struct watch_grid grid = grid_of(DAYS, y);
        struct season_model model = {0};
        for (size_t t = 366; t < DAYS; t++) {
            struct watch_verdict out;
            if ((t - 366) % 28 == 0) {
                model = fit(&grid, t);
            }
            season_verdict(&model, &grid, t, WATCH_SEASON, 0.00274, &out);
            n++;
            often += out.p < 0.00274;
            rarely += out.p < 0.00137;
        }
    }
    print_message("%.0f days: %.2f and %.2f of the nominal rate\n", n, often / n / 0.00274,
                  rarely / n / 0.00137);
    assert_true(often / n > 0.00274 / 1.4 && often / n < 0.00274 * 1.4);
    assert_true(rarely / n > 0.00137 / 1.5 && rarely / n < 0.00137 * 1.5);
}

static void every_field_is_filled(void **state)
{
    (void)state;
    double y[DAYS];
    draw(1, 400, 30, DAYS, y);
    struct watch_grid grid = grid_of(DAYS, y);
    struct watch_verdict out = ask(&grid, 1150, 0.00274);
    assert_int_equal(out.detector, WATCH_SEASON);
    assert_null(out.why_not);
    assert_true(out.rate == 0.00274 && out.count == y[1150] && out.df > 500);
    assert_near(out.expected / mean_of(400, 1, 1150), 1, 0.08);
    assert_near(out.noise, sqrt(1.0 / 400 + 1.0 / 30), 0.02);
    assert_int_equal(out.base_from, grid.first);
    assert_int_equal(out.base_to, grid.first + 1150 - 183);
    assert_int_equal(out.base_n, 1150 - 182);
    assert_int_equal(out.since, DATE_NONE);
    assert_int_equal(ask(&grid, 500, 0.00274).base_to, grid.first + 499);
}

static void the_bound_is_where_it_rings(void **state)
{
    (void)state;
    static const double levels[] = {0.3, 3, 50, 8000};
    for (uint32_t i = 0; i < 4; i++) {
        double y[DAYS];
        draw(10 + i, levels[i], 10, DAYS, y);
        struct watch_grid grid = grid_of(DAYS, y);
        double bound = ask(&grid, 800, 0.00137).bound;
        y[800] = ceil(bound) - 1;
        assert_int_equal(ask(&grid, 800, 0.00137).state, WATCH_QUIET);
        y[800] = floor(bound) == bound ? bound : ceil(bound);
        struct watch_verdict out = ask(&grid, 800, 0.00137);
        assert_int_equal(out.state, WATCH_RINGS);
        assert_true(out.p < 0.00137);
    }
}

static void a_model_serves_the_days_after_it(void **state)
{
    (void)state;
    double y[DAYS];
    draw(2, 100, 30, DAYS, y);
    struct watch_grid grid = grid_of(DAYS, y);
    struct season_model model = fit(&grid, 900);
    for (size_t t = 900; t < 907; t++) {
        struct watch_verdict later, own = ask(&grid, t, 0.00274);
        season_verdict(&model, &grid, t, WATCH_SEASON, 0.00274, &later);
        assert_near(later.expected / own.expected, 1, 0.02);
        assert_near(later.bound / own.bound, 1, 0.02);
        if (t == 900) {
            same(&later, &own);
        }
    }
}

static void only_the_past_is_used(void **state)
{
    (void)state;
    double y[DAYS];
    draw(3, 40, 10, DAYS, y);
    struct watch_grid grid = grid_of(DAYS, y), cut = grid_of(601, y);
    struct watch_verdict first = ask(&grid, 600, 0.01);
    for (size_t i = 601; i < DAYS; i++) {
        y[i] = 1e7;
    }
    struct watch_verdict again = ask(&grid, 600, 0.01), short_one = ask(&cut, 600, 0.01);
    same(&first, &again);
    same(&first, &short_one);
}

static void frozen_days_are_left_out_like_missing_ones(void **state)
{
    (void)state;
    double y[DAYS], gap[DAYS];
    uint8_t frozen[DAYS] = {0};
    draw(4, 60, 20, DAYS, y);
    memcpy(gap, y, sizeof y);
    for (size_t i = 300; i < 360; i++) {
        frozen[i] = 1;
        gap[i] = NAN;
        y[i] *= 6;
    }
    struct watch_grid grid = grid_of(DAYS, y), other = grid_of(DAYS, gap);
    struct watch_verdict missing = ask(&other, 500, 0.01);
    grid.frozen = frozen;
    struct watch_verdict left = ask(&grid, 500, 0.01);
    same(&left, &missing);
    assert_int_equal(left.base_n, 440);
}

/* Closed on Sundays: nothing is expected then, and a few people are news. */
static void a_weekday_of_zeros(void **state)
{
    (void)state;
    double y[DAYS];
    draw(5, 80, 30, DAYS, y);
    for (size_t i = 6; i < DAYS; i += 7) {
        y[i] = 0;
    }
    struct watch_grid grid = grid_of(DAYS, y);
    size_t sunday = 6 + 7 * 100;
    struct watch_verdict out = ask(&grid, sunday, 0.00274);
    assert_int_equal(out.state, WATCH_QUIET);
    assert_true(out.expected < 0.02 && out.bound <= 2);
    y[sunday] = 2;
    assert_int_equal(ask(&grid, sunday, 0.00274).state, WATCH_RINGS);
    assert_near(ask(&grid, sunday + 1, 0.00274).expected / mean_of(80, 5, sunday + 1), 1, 0.1);
}

static void zeros_alone(void **state)
{
    (void)state;
    double y[DAYS] = {0};
    struct watch_grid grid = grid_of(DAYS, y);
    struct watch_verdict out = ask(&grid, 500, 0.00274);
    assert_int_equal(out.state, WATCH_QUIET);
    assert_true(out.expected < 0.01 && out.bound >= 1 && out.bound <= 2);
    y[500] = 3;
    assert_int_equal(ask(&grid, 500, 0.00274).state, WATCH_RINGS);
}

static void what_cannot_be_said_is_not_said(void **state)
{
    (void)state;
    double y[DAYS], gap[DAYS];
    draw(6, 50, 20, DAYS, y);
    struct watch_grid grid = grid_of(DAYS, y), patchy = grid_of(DAYS, gap);
    assert_string_equal(ask(&grid, 363, 0.01).why_not, "less than a year of earlier counts");
    assert_int_equal(ask(&grid, 364, 0.01).state == WATCH_CANNOT, false);
    assert_int_equal(ask(&grid, DAYS, 0.01).state, WATCH_CANNOT);
    assert_int_equal(ask(&grid, 0, 0.01).state, WATCH_CANNOT);
    memcpy(gap, y, sizeof y);
    gap[800] = NAN;
    assert_string_equal(ask(&patchy, 800, 0.01).why_not, "the count itself is missing");
    for (size_t i = 3; i < 800; i += 7) {
        gap[i] = NAN;
    }
    gap[801] = 60;
    struct watch_verdict thursday = ask(&patchy, 801, 0.01);
    assert_int_equal(801 % 7, 3);
    assert_string_equal(thursday.why_not, "no count of this weekday in the baseline");
    assert_true(isnan(thursday.p));
    for (size_t i = 0; i < 800; i++) {
        gap[i] = i % 9 == 0 ? y[i] : NAN;
    }
    assert_string_equal(ask(&patchy, 900, 0.01).why_not,
                        "fewer than half a year's counts in the baseline");
}

/* A year that ends in growth by a factor 30 in two months: no line through it may be carried on. */
static void an_absurd_trend_is_dropped(void **state)
{
    (void)state;
    double y[DAYS];
    draw(7, 20, 50, DAYS, y);
    for (size_t i = 310; i < 370; i++) {
        y[i] = floor(y[i] * exp(3.4 * (double)(i - 310) / 60));
    }
    struct watch_grid grid = grid_of(DAYS, y);
    struct season_model model = fit(&grid, 370);
    struct watch_verdict out = ask(&grid, 370, 0.00274);
    assert_null(model.why_not);
    assert_true(out.expected < 2.1 * model.fit.most);
    assert_true(out.expected > 10);
    /* Steady growth is kept, and carried over the 26 weeks that are left out. */
    for (size_t i = 0; i < DAYS; i++) {
        y[i] = floor(100 * exp(0.5 * (double)i / 365.25) + (double)(i * 7 % 11));
    }
    model = fit(&grid, 900);
    assert_true(model.trend);
    assert_near(ask(&grid, 900, 0.00274).expected, y[900], 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rate_holds_in_control),
        cmocka_unit_test(every_field_is_filled),
        cmocka_unit_test(the_bound_is_where_it_rings),
        cmocka_unit_test(a_model_serves_the_days_after_it),
        cmocka_unit_test(only_the_past_is_used),
        cmocka_unit_test(frozen_days_are_left_out_like_missing_ones),
        cmocka_unit_test(a_weekday_of_zeros),
        cmocka_unit_test(zeros_alone),
        cmocka_unit_test(what_cannot_be_said_is_not_said),
        cmocka_unit_test(an_absurd_trend_is_dropped),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
