#include "ensemble.h"

#include <stdlib.h>

#include "aggregate.h"
#include "members.h"

static int64_t *run_all(const struct ensemble_options *options, unsigned threads)
{
    struct pool *pool = NULL;
    int64_t *camps = NULL;
    struct ajar_err err = {0};
    assert_int_equal(pool_open(&pool, threads, NULL), 0);
    if (ensemble_run(&small.arena, &small.world, &small.params, options, pool, NULL, &camps,
                     &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    pool_close(pool);
    return camps;
}

static size_t cells(const struct ensemble_options *options)
{
    return MEMBERS_CAMPS * (size_t)(options->to - options->from);
}

/* ---- Members ---- */

static void test_member_alone(void **state)
{
    (void)state;
    struct ensemble_range ranges[] = {members_range("max_move_speed=100..500"),
                                      members_range("camp_movechance=0.0001..0.1:log"),
                                      members_range("awareness=1..3")};
    struct ensemble_options few = members_options(3), many = members_options(5000);
    double below = 0, logs = 0, both = 0, counts[4] = {0};
    few.n_ranges = 1;
    many.n_ranges = 3;
    few.ranges = many.ranges = ranges;
    for (uint32_t m = 0; m < many.n_members; m++) {
        struct flow_params a, b;
        uint64_t seed_a, seed_b;
        assert_int_equal(ensemble_member(&small.params, &few, m, &a, &seed_a, NULL), 0);
        assert_int_equal(ensemble_member(&small.params, &many, m, &b, &seed_b, NULL), 0);
        assert_int_equal(seed_a, seed_b);
        assert_memory_equal(&a.max_move_speed, &b.max_move_speed, sizeof(double));
        assert_true(b.max_move_speed >= 100 && b.max_move_speed <= 500);
        assert_true(b.camp_movechance >= 0.0001 && b.camp_movechance <= 0.1);
        assert_true(b.awareness >= 1 && b.awareness <= 3);
        below += b.max_move_speed < 200;
        logs += b.camp_movechance < 0.001;
        both += b.max_move_speed < 200 && b.camp_movechance < 0.001;
        counts[b.awareness]++;
        a.max_move_speed = small.params.max_move_speed;
        assert_memory_equal(&a, &small.params, sizeof a);
    }
    /* Five standard deviations of a share of 5,000 are .033 at most. */
    assert_near(below / many.n_members, 0.25, 0.035);
    assert_near(logs / many.n_members, 1.0 / 3, 0.035);
    assert_near(both / many.n_members, 1.0 / 12, 0.035);
    for (int i = 1; i <= 3; i++) {
        assert_near(counts[i] / many.n_members, 1.0 / 3, 0.035);
    }
}

static void test_members_same_for_any_number(void **state)
{
    (void)state;
    members_world();
    struct ensemble_range ranges[] = {members_range("max_move_speed=100..500"),
                                      members_range("hasten=1..3")};
    struct ensemble_options few = members_options(3), many = members_options(7);
    few.ranges = many.ranges = ranges;
    few.n_ranges = many.n_ranges = 2;
    size_t n = cells(&few);
    int64_t *a = run_all(&few, 1), *b = run_all(&many, 3), *one = calloc(n, sizeof *one);
    assert_memory_equal(a, b, 3 * n * sizeof *a);
    assert_memory_not_equal(b, b + n, n * sizeof *b);
    for (uint32_t m = 0; m < 7; m++) {
        assert_int_equal(ensemble_run_member(&small.world, &small.params, &many, m, (size_t)1 << 28,
                                             NULL, one, NULL),
                         0);
        assert_memory_equal(one, b + m * n, n * sizeof *one);
    }
    free(one);
}

static void test_threads(void **state)
{
    (void)state;
    members_world();
    struct ensemble_range range = members_range("softening=0..100");
    for (size_t n_ranges = 0; n_ranges < 2; n_ranges++) {
        struct ensemble_options options = members_options(6);
        options.ranges = &range;
        options.n_ranges = n_ranges;
        int64_t *a = run_all(&options, 1), *b = run_all(&options, 3);
        assert_memory_equal(a, b, 6 * cells(&options) * sizeof *a);
    }
}

static struct flow_result run_engine(enum flow_engine engine,
                                     const struct flow_run_options *options)
{
    struct flow_result result = {0};
    struct ajar_err err = {0};
    if (engine == FLOW_ENGINE_AGENTS) {
        return small_run_on(agents_path_best(), NULL, options);
    }
    if (flow_aggregate_run(&small.arena, &small.plan, &small.params, options, NULL, &result,
                           &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return result;
}

/* Without a parameter that varies a member is a run with its seed. */
static void test_is_the_engine(void **state)
{
    (void)state;
    members_world();
    small.params.hasten = 3;
    small_plan();
    struct ensemble_options options = members_options(2);
    options.from = 4;
    options.to = 37;
    for (int engine = 0; engine < 2; engine++) {
        options.engine = (enum flow_engine)engine;
        int64_t *camps = run_all(&options, 1), people = 0;
        for (uint32_t m = 0; m < 2; m++) {
            struct flow_params params;
            struct flow_run_options run = {.from = options.from, .to = options.to};
            assert_int_equal(ensemble_member(&small.params, &options, m, &params, &run.seed, NULL),
                             0);
            struct flow_result result = run_engine(options.engine, &run);
            for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
                for (int32_t day = options.from; day < options.to; day++) {
                    size_t at = m * cells(&options) + c * 33 + (size_t)(day - options.from);
                    assert_int_equal(camps[at], 3 * small_at(&result, day, small.camps[c]));
                    people += camps[at];
                }
            }
        }
        assert_true(people > 1000);
    }
}

/* Nothing known later than a day reaches a member; what was known does. */
static void test_as_known(void **state)
{
    (void)state;
    members_world();
    members_late_rows();
    struct ensemble_range range = members_range("softening=0..100");
    struct ensemble_options options = members_options(3);
    options.ranges = &range;
    options.as_known = 20;
    size_t bytes = 3 * cells(&options) * sizeof(int64_t);
    for (options.n_ranges = 0; options.n_ranges < 2; options.n_ranges++) {
        int64_t *before = run_all(&options, 1);
        members_change_later(20, 3);
        int64_t *after = run_all(&options, 1);
        assert_memory_equal(before, after, bytes);
        options.as_known = 30;
        assert_memory_not_equal(before, run_all(&options, 1), bytes);
        options.as_known = 20;
        small.closures[0].place1 = 4;
        assert_memory_not_equal(before, run_all(&options, 1), bytes);
        small.closures[0].place1 = 2;
    }
}

/* ---- Quantiles and scores ---- */

static int naive_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void test_quantiles(void **state)
{
    (void)state;
    /* NumPy and R, type 7. */
    const double four[] = {1, 2, 4, 10};
    assert_near(ensemble_quantile(four, 4, 0), 1, 0);
    assert_near(ensemble_quantile(four, 4, 1), 10, 0);
    assert_near(ensemble_quantile(four, 4, 0.5), 3, 0);
    assert_near(ensemble_quantile(four, 4, 0.9), 8.2, 1e-12);
    assert_near(ensemble_quantile(four, 4, 0.1), 1.3, 1e-12);
    assert_near(ensemble_quantile(four, 1, 0.9), 1, 0);
}

static double brute_crps(const double *x, size_t n, double y)
{
    double off = 0, pairs = 0;
    for (size_t i = 0; i < n; i++) {
        off += fabs(x[i] - y);
        for (size_t k = 0; k < n; k++) {
            pairs += fabs(x[i] - x[k]);
        }
    }
    return off / (double)n - (n > 1 ? pairs / (2.0 * (double)n * (double)(n - 1)) : 0);
}

static void test_crps(void **state)
{
    (void)state;
    struct rng rng = rng_at(3, 1, 0, 0);
    enum { TIMES = 40000 };
    double x[40], sum = 0;
    for (size_t n = 1; n <= 40; n++) {
        for (size_t i = 0; i < n; i++) {
            x[i] = floor(100 * rng_uniform(&rng));
        }
        double y = floor(120 * rng_uniform(&rng)) - 10;
        qsort(x, n, sizeof *x, naive_order);
        assert_near(ensemble_crps(x, n, y), brute_crps(x, n, y), 1e-10);
    }
    x[0] = 3;
    assert_near(ensemble_crps(x, 1, 7.5), 4.5, 0);
    x[0] = 0;
    x[1] = 1;
    assert_near(ensemble_crps(x, 2, 0.5), 0, 1e-15);
    assert_near(ensemble_crps(x, 2, 3), 2, 1e-15);
    x[1] = x[2] = x[0];
    assert_near(ensemble_crps(x, 3, -2), 2, 1e-15);
    /* Fair: with members and truth alike, uniform on 0 .. 1, the mean is 1/3 - 1/6 for any number of members;
     * the form that divides by n^2 would give .208 with four.  The sd of one is below .3. */
    for (int i = 0; i < TIMES; i++) {
        for (size_t k = 0; k < 4; k++) {
            x[k] = rng_uniform(&rng);
        }
        qsort(x, 4, sizeof *x, naive_order);
        sum += ensemble_crps(x, 4, rng_uniform(&rng));
    }
    assert_near(sum / TIMES, 1.0 / 6, 5 * 0.3 / sqrt(TIMES));
}

/* Camp 0 has two parts that meet on days 10 and 30 only; camp 3 none on days of the run; the camps are not
 * in the order of their places.  No road leads to the last camp, and nobody is counted there on day 10. */
static void report_parts(void)
{
    small.roads[5].b = 1;
    uint32_t first = small.camps[0];
    small.camps[0] = small.camps[3];
    small.camps[3] = first;
    small.world.n_reports = 0;
    for (uint32_t p = 2; p < 7; p++) {
        bool two = p == small.camps[0], none = p == small.camps[3];
        members_report(p, 0, none ? -5 : 10, p == 6 ? 0 : 20);
        members_report(p, 0, none ? 500 : 20, 60);
        if (!none) {
            members_report(p, 0, 30, 70);
        }
        if (two) {
            members_report(p, 1, 10, 5);
            members_report(p, 1, 25, 9);
            members_report(p, 1, 30, 12);
        }
    }
    for (int32_t day = 0; day < SMALL_DAYS; day += 3) {
        members_report(FLOW_NONE, 0, day, 20 * day);
    }
}

static void test_summary(void **state)
{
    (void)state;
    enum { N = 9, FROM = 3, DAYS = SMALL_DAYS - FROM };
    members_world();
    report_parts();
    small.params.insert_day0 = false;
    struct ensemble_options options = members_options(N);
    options.from = FROM;
    int64_t *camps = run_all(&options, 1);
    struct ensemble_summary out = {0};
    assert_int_equal(ensemble_summarise(&small.arena, &small.world, &options, camps, &out, NULL),
                     0);
    assert_int_equal(out.n_camps, MEMBERS_CAMPS);
    assert_int_equal(out.n_days, DAYS);
    assert_int_equal(out.n_members, N);
    for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
        double crps = 0, one = 0, inside = 0;
        size_t n = 0;
        for (int32_t day = FROM; day < SMALL_DAYS; day++) {
            size_t cell = c * DAYS + (size_t)(day - FROM);
            double x[N], mean = 0;
            for (size_t m = 0; m < N; m++) {
                x[m] = (double)camps[(m * MEMBERS_CAMPS + c) * DAYS + (size_t)(day - FROM)];
                mean += x[m] / N;
            }
            qsort(x, N, sizeof *x, naive_order);
            assert_near(out.mean[cell], mean, 1e-9);
            /* Eight steps between nine members: quarters are members, tenths lie between two. */
            assert_near(out.quantile[ENSEMBLE_P25][cell], x[2], 1e-9);
            assert_near(out.quantile[ENSEMBLE_P50][cell], x[4], 1e-9);
            assert_near(out.quantile[ENSEMBLE_P75][cell], x[6], 1e-9);
            assert_near(out.quantile[ENSEMBLE_P5][cell], x[0] + 0.4 * (x[1] - x[0]), 1e-9);
            assert_near(out.quantile[ENSEMBLE_P95][cell], x[7] + 0.6 * (x[8] - x[7]), 1e-9);
            double low = x[0] + 0.8 * (x[1] - x[0]), high = x[7] + 0.2 * (x[8] - x[7]);
            assert_near(out.quantile[ENSEMBLE_P10][cell], low, 1e-9);
            assert_near(out.quantile[ENSEMBLE_P90][cell], high, 1e-9);
            bool told =
                c == 0 ? day == 10 || day == 30 : c != 3 && (day == 10 || day == 20 || day == 30);
            if (told) {
                double y = day == 30 ? 70 : day == 20 ? 60 : c == 4 ? 0 : 20;
                y += c > 0 ? 0 : day == 10 ? 5 : 12;
                crps += brute_crps(x, N, y);
                one += fabs(x[4] - y);
                inside += y >= low && y <= high;
                n++;
            }
        }
        assert_int_equal(out.n_reports[c], n);
        if (n == 0) {
            assert_int_equal(c, 3);
            assert_true(isnan(out.crps[c]) && isnan(out.crps_one[c]) && isnan(out.covered80[c]));
            continue;
        }
        assert_near(out.crps[c], crps / (double)n, 1e-9);
        assert_near(out.crps_one[c], one / (double)n, 1e-9);
        assert_near(out.covered80[c], inside / (double)n, 1e-9);
    }
}

/* ---- Ranges ---- */

static void good_range(const char *word, const char *name, double low, double high, bool log)
{
    struct ensemble_range range = members_range(word);
    assert_string_equal(range.param->name, name);
    assert_near(range.low, low, 0);
    assert_near(range.high, high, 0);
    assert_int_equal(range.log, log);
}

static void bad_range(const char *word, const char *said, const char *hint)
{
    struct ensemble_range range = {.low = 77};
    struct ajar_err err = {0};
    assert_int_equal(ensemble_range_parse(text_of(word), &range, &err), E_FLOW_RANGE);
    if (strstr(err.text, said) == NULL || strstr(err_advice(&err), hint) == NULL) {
        fail_msg("%s: %s | %s", word, err.text, err_advice(&err));
    }
    assert_near(range.low, 77, 0);
    assert_int_equal(ensemble_range_parse(text_of(word), &range, NULL), E_FLOW_RANGE);
}

static void test_ranges(void **state)
{
    (void)state;
    good_range("max_move_speed=200..500", "max_move_speed", 200, 500, false);
    good_range("camp_movechance=0.001..0.1:log", "camp_movechance", 0.001, 0.1, true);
    good_range("camp_movechance=.001...1", "camp_movechance", 0.001, 0.1, false);
    good_range("movechance_pop_scale=-1..1e0", "movechance_pop_scale", -1, 1, false);
    good_range("awareness=1..3", "awareness", 1, 3, false);
    bad_range("", "no name", "Write it");
    bad_range("max_move_speed", "no name", "Write it");
    bad_range("=1..2", "no name", "Write it");
    bad_range("max_move_sped=200..500", "no parameter", "Did you mean 'max_move_speed'?");
    bad_range("xyz=200..500", "no parameter", "Write it");
    bad_range("start_on_foot=0..1", "on or off", "Write it");
    bad_range("max_move_speed=200", "two dots", "Write it");
    bad_range("max_move_speed=200..", "two numbers", "Write it");
    bad_range("max_move_speed=200..500:lin", "after the colon", "Write it");
    bad_range("max_move_speed=200..500:", "after the colon", "Write it");
    bad_range("max_move_speed=500..200", "to a larger one", "NAME=LOW..HIGH");
    bad_range("max_move_speed=200..200", "to a larger one", "NAME=LOW..HIGH");
    bad_range("max_move_speed=200..1e6", "between 0.001 and 10000", "NAME=LOW..HIGH");
    bad_range("softening=0..50:log", "above 0", "NAME=LOW..HIGH");
    bad_range("awareness=1..2.5", "whole numbers", "NAME=LOW..HIGH");
    struct ensemble_range twice[] = {members_range("softening=1..5"),
                                     members_range("softening=1..6")};
    assert_int_equal(ensemble_ranges_check(twice, 1, NULL), 0);
    assert_int_equal(ensemble_ranges_check(twice, 2, NULL), E_FLOW_RANGE);
    assert_int_equal(ensemble_ranges_check(twice, ENSEMBLE_RANGES_MOST + 1, NULL), E_FLOW_RANGE);
    twice[0].low = NAN;
    assert_int_equal(ensemble_ranges_check(twice, 1, NULL), E_FLOW_RANGE);
}

static void test_range_any_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"..", "1", "20", "0.5", ":log",
                                         "e",  ".", "-",  " ",   "\xff"};
    struct rng rng = rng_at(4, 2, 0, 0);
    int taken = 0;
    for (int time = 0; time < 20000; time++) {
        char word[60] = "softening=";
        size_t n = time % 8 == 0 ? 0 : 10, more = rng_below(&rng, 7);
        for (size_t i = 0; i < more; i++) {
            const char *piece = pieces[rng_below(&rng, sizeof pieces / sizeof *pieces)];
            memcpy(word + n, piece, strlen(piece));
            n += strlen(piece);
        }
        struct ensemble_range range;
        int code = ensemble_range_parse((struct text){word, n}, &range, NULL);
        assert_true(code == 0 || code == E_FLOW_RANGE);
        if (code == 0) {
            taken++;
            assert_int_equal(ensemble_ranges_check(&range, 1, NULL), 0);
        }
    }
    assert_true(taken > 20 && taken < 10000);
}

static void test_range_values(void **state)
{
    (void)state;
    const char *words[] = {"softening=1..5", "camp_movechance=0.0003..0.7:log", "awareness=2..7",
                           "hasten=3..900:log"};
    for (size_t i = 0; i < 4; i++) {
        struct ensemble_range range = members_range(words[i]);
        double before = range.low;
        for (int k = 0; k <= 1000; k++) {
            double value = ensemble_range_value(&range, k / 1000.0);
            assert_true(value >= before && value <= range.high);
            before = value;
        }
        assert_near(ensemble_range_value(&range, 0), range.low, 1e-12);
        assert_near(ensemble_range_value(&range, 1), range.high, 1e-12);
    }
    struct ensemble_range log = members_range("softening=1..100:log");
    assert_near(ensemble_range_value(&log, 0.5), 10, 1e-12);
}

/* ---- Failures ---- */

static bool stop_at_three(void *arg)
{
    return ++*(int *)arg > 3;
}

static void test_failures(void **state)
{
    (void)state;
    members_world();
    struct ensemble_options options = members_options(8), bad = options;
    int64_t *camps = NULL, *sample = calloc(cells(&options), sizeof *sample);
    struct ajar_err err = {0};
    int asked = 0;
    struct watch watch = {.cancelled = stop_at_three, .arg = &asked};
    assert_int_equal(ensemble_run(&small.arena, &small.world, &small.params, &options, NULL, &watch,
                                  &camps, &err),
                     E_CANCELLED);
    assert_null(camps);
    assert_int_equal(asked, 4);
    sample[3] = 99;
    assert_int_equal(
        ensemble_run_member(&small.world, &small.params, &options, 0, 20000, NULL, sample, &err),
        E_CEILING);
    assert_int_equal(sample[3], 99);
    assert_int_equal(
        ensemble_run_member(&small.world, &small.params, &options, 8, 20000, NULL, sample, &err),
        E_FLOW_OPTION);
    bad.n_members = 0;
    assert_int_equal(
        ensemble_run(&small.arena, &small.world, &small.params, &bad, NULL, NULL, &camps, NULL),
        E_FLOW_OPTION);
    bad = options;
    bad.to = SMALL_DAYS + 1;
    assert_int_equal(
        ensemble_run(&small.arena, &small.world, &small.params, &bad, NULL, NULL, &camps, NULL),
        E_FLOW_OPTION);
    bad.to = bad.from = 5;
    assert_int_equal(
        ensemble_run(&small.arena, &small.world, &small.params, &bad, NULL, NULL, &camps, NULL),
        E_FLOW_OPTION);
    bad = options;
    bad.engine = (enum flow_engine)7;
    assert_int_equal(
        ensemble_run(&small.arena, &small.world, &small.params, &bad, NULL, NULL, &camps, NULL),
        E_FLOW_OPTION);
    small.params.hasten = 0;
    assert_int_equal(
        ensemble_run(&small.arena, &small.world, &small.params, &options, NULL, NULL, &camps, NULL),
        E_FLOW_SETTING);
    assert_null(camps);
    assert_string_equal(flow_engine_word(FLOW_ENGINE_AGENTS), "agents");
    assert_string_equal(flow_engine_word(FLOW_ENGINE_AGGREGATE), "aggregate");
    free(sample);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_member_alone), UNIT(test_members_same_for_any_number),
        UNIT(test_threads),      UNIT(test_is_the_engine),
        UNIT(test_as_known),     UNIT(test_quantiles),
        UNIT(test_crps),         UNIT(test_summary),
        UNIT(test_ranges),       UNIT(test_range_any_bytes),
        UNIT(test_range_values), UNIT(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
