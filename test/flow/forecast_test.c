#include "forecast_table.h"

#include <math.h>

#include "flee_worlds.h"
#include "known.h"
#include "series.h"

/* ---- Registers ---- */

/* Camps of one register: the same as the series as known, which is made by other code. */
static void test_registers(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct flow_world *world = &worlds[i];
        for (int32_t day = 40; day < world->n_days; day += 97) {
            struct flow_world known;
            struct flow_registers registers;
            struct flow_series series;
            date_days on = world->start + day;
            assert_int_equal(flow_known(&arena, world, on, 0, &known, NULL), 0);
            assert_int_equal(flow_registers_make(&arena, &known, true, &registers, NULL), 0);
            assert_int_equal(flow_series_dated(&arena, &known, &series, NULL), 0);
            for (size_t r = 0; r < registers.n; r++) {
                const struct flow_register *one = &registers.at[r];
                bool many = flow_register_find(&registers, one->camp, 1) != NULL;
                for (int32_t t = 0; !many && t < world->n_days; t++) {
                    size_t cell = one->camp * (size_t)world->n_days + (size_t)t;
                    assert_int_equal(series.at[cell], (int64_t)flow_register_at(one, t));
                    compared++;
                }
            }
        }
    }
    assert_true(compared > 100000);
}

/* ---- The rule ---- */

static struct forecast_state state_of(double last, double own30, double own90, double total30)
{
    struct forecast_state state = {.last_day = 100, .last = last, .sum = 2 * last};
    state.rises[RISE_OWN30] = own30;
    state.rises[RISE_OWN90] = own90;
    state.rises[RISE_TOTAL30] = total30;
    return state;
}

static void test_rule(void **state)
{
    (void)state;
    struct forecast_rule rule = {1, {{3, {RISE_OWN30, RISE_OWN90, RISE_TOTAL30}, 1}}, 20};
    double fades = 20 * (1 - exp(-1.5));
    struct forecast_state rising = state_of(10000, 30, 50, 40),
                          mixed = state_of(10000, 30, -50, 40),
                          falling = state_of(10000, -30, -50, -4),
                          fast = state_of(1000, 900, 900, 900), none = state_of(0, 0, 0, 0);
    assert_near(forecast_count(&rule, &rising, 130), 10000 + 30 * fades, 1e-9);
    assert_near(forecast_count(&rule, &mixed, 130), 10000, 0);
    assert_near(forecast_count(&rule, &falling, 130), 10000 - 4 * fades, 1e-9);
    assert_near(forecast_count(&rule, &fast, 130), 1350, 1e-9);
    assert_near(forecast_count(&rule, &none, 130), 0, 0);
    rule.n_trends = 0;
    assert_near(forecast_count(&rule, &rising, 130), 10000, 0);
}

static void test_interval(void **state)
{
    (void)state;
    const struct forecast_model *model = forecast_fitted(text_of("none of the eight"));
    struct forecast_state rising = state_of(10000, 30, 50, 40), none = state_of(0, 0, 0, 0);
    double width = 0;
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        int32_t day = 100 + forecast_horizons[h].days;
        struct forecast_value got = forecast_day(model, &rising, 100, day),
                              zero = forecast_day(model, &none, 100, day);
        assert_near(got.value, forecast_count(&model->rules[h], &rising, day), 0);
        assert_true(got.low < got.value && got.value < got.high);
        assert_true(got.high - got.low > width);
        assert_true(zero.low >= 0 && zero.low <= zero.high);
        width = got.high - got.low;
    }
}

/* ---- Tables ---- */

/* Skills by conflict of the models that ship, each fitted without that conflict. */
static const double skills[FORECAST_HORIZONS][FLEE_CONFLICTS] = {
    {.283, -.072, .496, -.070, .142, .072, .197, .438},
    {.032, -.003, .327, .006, .216, .006, .329, .186},
    {.078, .018, .175, .022, .112, .031, .272, -.100}};
static const double goals[FORECAST_HORIZONS] = {0, 0, .05};

static void test_tables(void **state)
{
    (void)state;
    size_t reports[FORECAST_HORIZONS] = {0}, inside[FORECAST_HORIZONS] = {0};
    double mean[FORECAST_HORIZONS] = {0}, ours[FORECAST_HORIZONS] = {0},
           plain[FORECAST_HORIZONS] = {0};
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct forecast_model *model = forecast_fitted(text_of(flee_names[i]));
        struct forecast_samples samples;
        assert_int_equal(forecast_samples_make(&arena, &worlds[i], 0, false, &samples, NULL), 0);
        for (int h = 0; h < FORECAST_HORIZONS; h++) {
            struct forecast_error got = forecast_error(&samples, h, &model->rules[h]),
                                  part = forecast_allocation(&samples, h, &model->rules[h]);
            struct forecast_cover cover =
                forecast_cover(&samples, h, &model->rules[h], &model->bands[h]);
            assert_near(got.skill, skills[h][i], .001);
            assert_true(got.skill > -.25);
            reports[h] += cover.n;
            inside[h] += cover.inside;
            mean[h] += got.skill / FLEE_CONFLICTS;
            ours[h] += part.error / FLEE_CONFLICTS;
            plain[h] += part.persistence / FLEE_CONFLICTS;
        }
    }
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        double covered = (double)inside[h] / (double)reports[h];
        assert_true(mean[h] > goals[h]);
        assert_true(covered >= .7 && covered <= .9);
        assert_true(ours[h] < plain[h]);
    }
    assert_int_equal(reports[FORECAST_WEEK], 506);
    assert_int_equal(reports[FORECAST_MONTH], 1802);
    assert_int_equal(reports[FORECAST_SEASON], 1596);
}

/* Samples are reports of the period, each at its own date, and their states are older. */
static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct flow_world *world = &worlds[i];
        struct forecast_samples samples, late;
        assert_int_equal(forecast_samples_make(&arena, world, 0, false, &samples, NULL), 0);
        assert_int_equal(forecast_samples_make(&arena, world, 14, false, &late, NULL), 0);
        assert_int_equal(samples.n, late.n);
        for (size_t k = 0; k < samples.n; k++) {
            const struct forecast_sample *at = &samples.at[k];
            bool found = false;
            for (size_t r = 0; !found && r < world->n_reports; r++) {
                const struct flow_report *report = &world->reports[r];
                found = report->place == world->camps[at->state.camp] &&
                        report->part == at->state.part && report->date - world->start == at->day &&
                        (double)report->count == at->actual;
            }
            assert_true(found);
            assert_true(at->state.last_day <= at->origin && at->origin % FORECAST_EVERY == 0);
            assert_true(late.at[k].state.last_day <= at->origin - 14 ||
                        (late.at[k].state.last == 0 && late.at[k].state.rises[0] == 0));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registers), cmocka_unit_test(test_rule),
        cmocka_unit_test(test_interval),  cmocka_unit_test(test_tables),
        cmocka_unit_test(test_samples),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
