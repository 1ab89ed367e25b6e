#include "forecast_table.h"

#include <math.h>

#include "flee_folder.h"
#include "known.h"
#include "rng.h"
#include "series.h"

static struct arena arena;
static struct flow_world worlds[FLEE_CONFLICTS];

static int open_all(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)2 << 30);
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        worlds[i] = flee_world(&arena, flee_names[i], NULL);
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- What was known ---- */

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct flow_world *world = &worlds[i];
        date_days on = world->start + 100;
        struct flow_world known;
        size_t reports = 0, conflicts = 0;
        assert_int_equal(flow_known(&arena, world, on, 10, &known, NULL), 0);
        for (size_t k = 0; k < world->n_reports; k++) {
            reports += world->reports[k].known <= on - 10;
        }
        for (size_t k = 0; k < world->n_conflicts; k++) {
            conflicts += world->conflicts[k].known <= on;
        }
        assert_int_equal(known.n_reports, reports);
        assert_int_equal(known.n_conflicts, conflicts);
        assert_true(reports > 5 && reports < world->n_reports);
        for (size_t k = 0; k < known.n_reports; k++) {
            assert_true(known.reports[k].known <= on - 10);
        }
        for (size_t k = 0; k < known.n_closures; k++) {
            assert_true(known.closures[k].known <= on);
            assert_true(known.closures[k].to <= 100);
        }
        for (size_t k = 0; k < known.n_places; k++) {
            assert_int_equal(known.places[k].capacity, -1);
            assert_true(known.places[k].conflict_day <= 100);
        }
    }
}

static void test_known_capacity(void **state)
{
    (void)state;
    struct flow_world world = worlds[0], known;
    uint32_t camp = world.camps[0];
    struct flow_place kept = world.places[camp];
    world.places[camp].capacity_known = world.start + 50;
    assert_int_equal(flow_known(&arena, &world, world.start + 49, 0, &known, NULL), 0);
    assert_int_equal(known.places[camp].capacity, -1);
    assert_int_equal(flow_known(&arena, &world, world.start + 50, 0, &known, NULL), 0);
    assert_int_equal(known.places[camp].capacity, kept.capacity);
    assert_int_equal(world.places[camp].capacity, kept.capacity);
    world.places[camp] = kept;
    assert_int_equal(flow_known(&arena, &world, DATE_NONE, 0, &known, NULL), E_FLOW_OPTION);
    assert_int_equal(flow_known(&arena, &world, world.start, -1, &known, NULL), E_FLOW_OPTION);
}

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
            assert_int_equal(flow_series_known(&arena, world, on, &series, NULL), 0);
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

/* ---- Nothing later than the origin ---- */

enum { DAYS_ASKED = 3 };

static size_t forecast_bytes(struct arena *scratch, const struct flow_world *world, int32_t origin,
                             struct forecast_value **out)
{
    struct flow_world known;
    struct flow_registers registers;
    struct forecast_state *states;
    size_t n;
    assert_int_equal(flow_known(scratch, world, world->start + origin, 0, &known, NULL), 0);
    assert_int_equal(flow_registers_make(scratch, &known, true, &registers, NULL), 0);
    assert_int_equal(forecast_states(scratch, &registers, origin, &states, &n, NULL), 0);
    *out = arena_new(scratch, struct forecast_value, n * DAYS_ASKED, NULL);
    for (size_t i = 0; i < n * DAYS_ASKED; i++) {
        int32_t day = origin + forecast_horizons[i % DAYS_ASKED].days;
        (*out)[i] =
            forecast_day(forecast_fitted(world->title), &states[i / DAYS_ASKED], origin, day);
    }
    return n * DAYS_ASKED;
}

static void *copy(struct arena *scratch, const void *from, size_t n, size_t size)
{
    void *to = arena_get(scratch, n + 1, size, NULL);
    assert_non_null(to);
    memcpy(to, from, n * size);
    return to;
}

#define COPY(scratch, list, n) ((list) = copy(scratch, list, n, sizeof *(list)))

/* Changes every row that was known after `on`: counts, places of reports, days, intensities, whether it is
 * there at all; and rows are added. */
static void change_later(struct arena *scratch, struct flow_world *world, date_days on,
                         uint32_t seed)
{
    struct rng rng = rng_at(seed, 9, 0, 0);
    COPY(scratch, world->reports, world->n_reports);
    COPY(scratch, world->corrections, world->n_corrections);
    COPY(scratch, world->conflicts, world->n_conflicts);
    COPY(scratch, world->closures, world->n_closures);
    COPY(scratch, world->places, world->n_places);
    size_t kept = 0;
    for (size_t i = 0; i < world->n_reports; i++) {
        struct flow_report report = world->reports[i];
        if (report.known > on) {
            report.count = (int64_t)rng_below(&rng, 1000000);
            report.known = on + 1 + (date_days)rng_below(&rng, 400);
            /* a count of an earlier day that only became known later */
            report.date = on - 200 + (date_days)rng_below(&rng, 600);
        }
        if (report.known <= on || rng_below(&rng, 4) > 0) {
            world->reports[kept++] = report;
        }
    }
    world->n_reports = kept;
    for (size_t i = 0; i < world->n_corrections; i++) {
        if (world->corrections[i].known > on) {
            world->corrections[i].date = on - (date_days)rng_below(&rng, 100);
            world->corrections[i].place = world->camps[rng_below(&rng, (uint32_t)world->n_camps)];
        }
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        if (world->conflicts[i].known > on) {
            world->conflicts[i].intensity = rng_uniform(&rng);
            world->conflicts[i].day = (int32_t)rng_below(&rng, 1000);
        }
    }
    for (size_t i = 0; i < world->n_closures; i++) {
        if (world->closures[i].known > on) {
            world->closures[i].from = (int32_t)rng_below(&rng, 1000);
        }
    }
    for (size_t i = 0; i < world->n_places; i++) {
        if (world->places[i].capacity_known == DATE_NONE) {
            world->places[i].capacity = (int64_t)rng_below(&rng, 100000);
        }
    }
}

static void test_later_rows(void **state)
{
    (void)state;
    size_t forecasts = 0;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        for (int32_t origin = 30; origin < worlds[i].n_days; origin += 120) {
            for (uint32_t seed = 1; seed <= 5; seed++) {
                struct arena scratch;
                struct flow_world changed = worlds[i];
                struct forecast_value *before, *after;
                arena_init(&scratch, "scratch", (size_t)1 << 28);
                change_later(&scratch, &changed, changed.start + origin, seed);
                size_t n = forecast_bytes(&scratch, &worlds[i], origin, &before);
                assert_int_equal(forecast_bytes(&scratch, &changed, origin, &after), n);
                assert_memory_equal(before, after, n * sizeof *before);
                forecasts += n;
                arena_free(&scratch);
            }
        }
    }
    assert_true(forecasts > 2000);
}

/* The same comparison does see a row that was known. */
static void test_earlier_row(void **state)
{
    (void)state;
    struct arena scratch;
    struct flow_world changed = worlds[1];
    struct forecast_value *before, *after;
    bool done = false;
    arena_init(&scratch, "scratch", (size_t)1 << 28);
    COPY(&scratch, changed.reports, changed.n_reports);
    for (size_t k = changed.n_reports; !done && k-- > 0;) {
        struct flow_report *report = &changed.reports[k];
        if (report->place != FLOW_NONE && report->known <= changed.start + 300) {
            report->count += 1000;
            done = true;
        }
    }
    size_t n = forecast_bytes(&scratch, &worlds[1], 300, &before);
    assert_int_equal(forecast_bytes(&scratch, &changed, 300, &after), n);
    assert_true(memcmp(before, after, n * sizeof *before) != 0);
    arena_free(&scratch);
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
        cmocka_unit_test(test_known),       cmocka_unit_test(test_known_capacity),
        cmocka_unit_test(test_registers),   cmocka_unit_test(test_later_rows),
        cmocka_unit_test(test_earlier_row), cmocka_unit_test(test_rule),
        cmocka_unit_test(test_interval),    cmocka_unit_test(test_tables),
        cmocka_unit_test(test_samples),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
