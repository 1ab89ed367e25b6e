#include "scores.h"

#include <math.h>

#include "flee_folder.h"
#include "rng.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct flow_series series_of(size_t camps, int32_t days, uint32_t seed, uint32_t most)
{
    struct rng rng = rng_at(seed, 1, 0, 0);
    size_t cells = camps * (size_t)days;
    struct flow_series out = {.n_camps = camps, .n_days = days};
    out.at = arena_new(&arena, int64_t, cells, NULL);
    out.total = arena_new(&arena, int64_t, (size_t)days, NULL);
    out.reported = arena_new(&arena, int64_t, (size_t)days, NULL);
    for (size_t i = 0; i < cells; i++) {
        out.at[i] = rng_below(&rng, most);
        out.total[i % (size_t)days] += out.at[i];
    }
    for (int32_t day = 0; day < days; day++) {
        out.reported[day] = rng_below(&rng, 1000);
    }
    return out;
}

static double *run_of(const struct flow_series *series, uint32_t seed, double most)
{
    struct rng rng = rng_at(seed, 2, 0, 0);
    size_t cells = series->n_camps * (size_t)series->n_days;
    double *out = arena_new(&arena, double, cells, NULL);
    for (size_t i = 0; i < cells; i++) {
        out[i] = most * rng_uniform(&rng);
    }
    return out;
}

static double digits(double x)
{
    return nearbyint(x * 10000) / 10000;
}

/* The formulas, written down day by day and camp by camp once more. */
static struct flow_scores plainly(const struct flow_series *o, const double *s)
{
    struct flow_scores out = {0};
    size_t n = (size_t)o->n_days;
    double *scaled = arena_new(&arena, double, o->n_camps *n, NULL);
    for (size_t t = 0; t < n; t++) {
        double os = 0, ss = 0, d = 0, r = 0;
        for (size_t c = 0; c < o->n_camps; c++) {
            os += (double)o->at[c * n + t];
            ss += s[c * n + t];
        }
        for (size_t c = 0; c < o->n_camps; c++) {
            double y = (double)o->at[c * n + t];
            scaled[c * n + t] = ss > 0 ? s[c * n + t] * os / ss : 0;
            d += digits(fabs(s[c * n + t] - y));
            r += digits(fabs(scaled[c * n + t] - y));
        }
        double raw = (double)(o->reported[0] + o->total[t]);
        out.ard_normal += d / (os > 1 ? os : 1) / (double)n;
        out.ard_rescaled += r / (os > 1 ? os : 1) / (double)n;
        out.runpy_total += raw > 0 ? d / raw / (double)n : 0;
    }
    double *const mase[2] = {&out.mase7, &out.mase30};
    for (int i = 0; i < 2; i++) {
        size_t k = i == 0 ? 7 : 30;
        double sum = 0, weights = 0;
        for (size_t c = 0; c < o->n_camps; c++) {
            double run = 0, naive = 0, people = 0;
            for (size_t t = 0; t < n; t++) {
                double y = (double)o->at[c * n + t];
                people += y;
                run += fabs(y - scaled[c * n + t]);
                naive += t > k ? fabs(y - (double)o->at[c * n + k]) : 0;
            }
            if (naive > 0) {
                sum += people * digits(run / (double)n / (naive / (double)(n - k - 1)));
                weights += people;
            }
        }
        *mase[i] = sum / weights;
    }
    return out;
}

static void same(const struct flow_scores *a, const struct flow_scores *b)
{
    assert_near(a->ard_normal, b->ard_normal, 1e-9);
    assert_near(a->ard_rescaled, b->ard_rescaled, 1e-9);
    assert_near(a->mase7, b->mase7, 1e-9);
    assert_near(a->mase30, b->mase30, 1e-9);
    assert_near(a->runpy_total, b->runpy_total, 1e-9);
}

static void test_formulas(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 50; seed++) {
        struct flow_series series =
            series_of(1 + seed % 7, 40 + (int32_t)seed, seed, 1u << seed % 18);
        double *run = run_of(&series, seed, 10.0 * seed * seed);
        struct flow_scores scores, plain = plainly(&series, run);
        assert_int_equal(flow_score(&series, run, &scores, NULL), 0);
        if (seed % 18 > 0) {
            same(&scores, &plain);
        }
    }
}

/* Two camps, 40 days: 10 and 30 counted, 30 and 30 in the run; from day 20 on 20 and 30 counted. */
static void test_by_hand(void **state)
{
    (void)state;
    struct flow_series series = series_of(2, 40, 1, 2);
    double *run = run_of(&series, 1, 1);
    for (int32_t day = 0; day < 40; day++) {
        series.at[day] = day < 20 ? 10 : 20;
        series.at[40 + day] = 30;
        series.total[day] = series.at[day] + 30;
        run[day] = run[40 + day] = 30;
    }
    series.reported[0] = 60;
    struct flow_scores scores;
    assert_int_equal(flow_score(&series, run, &scores, NULL), 0);
    assert_near(scores.ard_normal, (20 * (20 / 40.0) + 20 * (10 / 50.0)) / 40, 1e-12);
    assert_near(scores.ard_rescaled, (20 * (20 / 40.0) + 20 * (10 / 50.0)) / 40, 1e-12);
    assert_near(scores.runpy_total, (20 * (20 / 100.0) + 20 * (10 / 110.0)) / 40, 1e-12);
    /* camp 0: (20 * 10 + 20 * 5) / 40 over 20 * 10 / 32; camp 1 never changes and has none */
    assert_near(scores.mase7, 1.2, 1e-12);
    assert_true(isnan(scores.mase30));
}

static void test_nobody(void **state)
{
    (void)state;
    struct flow_series series = series_of(3, 10, 5, 1000);
    double *run = run_of(&series, 1, 0);
    struct flow_scores scores;
    assert_int_equal(flow_score(&series, run, &scores, NULL), 0);
    assert_near(scores.ard_rescaled, 1, 1e-12);
    assert_near(scores.ard_normal, 1, 1e-12);
    assert_true(isnan(scores.mase30));
}

/* Scale of the run does not matter to what is rescaled; a perfect run has no error. */
static void test_properties(void **state)
{
    (void)state;
    struct flow_series series = series_of(4, 60, 9, 5000);
    double *run = run_of(&series, 3, 5000), *twice = run_of(&series, 3, 10000),
           *perfect = run_of(&series, 3, 1);
    struct flow_scores one, two, none;
    for (size_t i = 0; i < 4 * 60; i++) {
        perfect[i] = (double)series.at[i];
    }
    assert_int_equal(flow_score(&series, run, &one, NULL), 0);
    assert_int_equal(flow_score(&series, twice, &two, NULL), 0);
    assert_int_equal(flow_score(&series, perfect, &none, NULL), 0);
    assert_near(one.ard_rescaled, two.ard_rescaled, 1e-6);
    assert_true(fabs(one.ard_normal - two.ard_normal) > 0.1);
    assert_true(one.ard_rescaled > 0.1 && one.ard_rescaled < 2);
    assert_near(none.ard_normal + none.ard_rescaled + none.mase7 + none.mase30 + none.runpy_total,
                0, 0);
}

static void test_refused(void **state)
{
    (void)state;
    static const double bad[] = {-1, NAN, INFINITY, 1e16};
    struct flow_series series = series_of(2, 10, 5, 100);
    double *run = run_of(&series, 1, 100);
    struct flow_scores scores = {.mase7 = 42};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double kept = run[13];
        run[13] = bad[i];
        assert_int_equal(flow_score(&series, run, &scores, NULL), E_FLOW_OPTION);
        run[13] = kept;
    }
    series.n_camps = 0;
    assert_int_equal(flow_score(&series, run, &scores, NULL), E_FLOW_OPTION);
    assert_near(scores.mase7, 42, 0);
}

/* The reference's mean camp numbers: the mean of errors is no less than the error of the mean, and for
 * runs as alike as these hardly more.  Scores of its runs are in the README of the data. */
struct reference {
    const char *name;
    double rescaled, normal, runpy;
};
static const struct reference references[FLEE_CONFLICTS] = {
    {"burundi2015", 0.4750, 0.5207, 0.4607}, {"car2013", 0.3663, 0.3345, 0.3064},
    {"mali2012", 0.3174, 0.3485, 0.2508},    {"nigeria2016", 0.2213, 0.2626, 0.1677},
    {"ssudan2013", 0.5485, 0.5146, 0.4208},  {"ssudan2016", 0.4813, 0.4128, 0.1851},
    {"syria2013", 0.3399, 0.3327, 0.3327},   {"tigray2020", 0.3688, 0.4445, 0.1049}};

static void read_means(const struct flow_world *world, const char *conflict, double *run)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s/flee_reference.csv", FLEE_DATA, conflict);
    struct text rest = flee_bytes(&arena, path), line = text_split(rest, '\n', &rest);
    while (rest.n > 0) {
        struct text day, camp, mean;
        line = text_split(rest, '\n', &rest);
        day = text_split(line, ',', &line);
        camp = text_split(line, ',', &line);
        mean = text_split(line, ',', &line);
        for (size_t c = 0; c < world->n_camps; c++) {
            if (text_eq(world->places[world->camps[c]].name, camp)) {
                run[c * (size_t)world->n_days + strtoul(day.at, NULL, 10)] = strtod(mean.at, NULL);
            }
        }
    }
}

static void test_reference(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        struct flow_world world = flee_world(&arena, references[i].name, NULL);
        struct flow_series series;
        struct flow_scores scores;
        assert_int_equal(flow_series_flee(&arena, &world, flee_hasten[i], &series, NULL), 0);
        double *run = run_of(&series, 1, 0);
        read_means(&world, references[i].name, run);
        assert_int_equal(flow_score(&series, run, &scores, NULL), 0);
        assert_near(scores.ard_rescaled, references[i].rescaled, 0.012);
        assert_near(scores.ard_normal, references[i].normal, 0.012);
        assert_near(scores.runpy_total, references[i].runpy, 0.012);
        assert_true(scores.ard_rescaled < references[i].rescaled + 0.0005);
        assert_true(scores.mase7 > 0 && scores.mase30 > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_formulas, setup, teardown),
        cmocka_unit_test_setup_teardown(test_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(test_properties, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reference, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
