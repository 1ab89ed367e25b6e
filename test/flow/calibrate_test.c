#include "calibrate_fit.h"

#include <stdlib.h>

#include "members.h"
#include "steady.h"

static struct calibrate_options options_of(const struct ensemble_range *ranges, size_t n)
{
    return (struct calibrate_options){.seed = 11,
                                      .n_ranges = n,
                                      .ranges = ranges,
                                      .n_draws = 60,
                                      .n_seeds = 1,
                                      .keep = 0.5,
                                      .as_known = DATE_NONE,
                                      .to = SMALL_DAYS};
}

static struct calibrate_result calibrated(const struct calibrate_options *options, unsigned threads)
{
    struct calibrate_result out = {0};
    struct pool *pool = NULL;
    struct ajar_err err = {0};
    assert_int_equal(pool_open(&pool, threads, NULL), 0);
    if (calibrate_run(&small.arena, &small.world, &small.params, options, pool, NULL, &out, &err) !=
        0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    pool_close(pool);
    return out;
}

static void same_results(const struct calibrate_result *a, const struct calibrate_result *b,
                         size_t n_ranges)
{
    assert_int_equal(a->n_accepted, b->n_accepted);
    assert_int_equal(a->n_reports, b->n_reports);
    assert_int_equal(a->n_camps, b->n_camps);
    assert_int_equal(a->adjusted, b->adjusted);
    assert_memory_equal(a->params, b->params, n_ranges * sizeof *a->params);
    assert_memory_equal(a->accepted, b->accepted, a->n_accepted * n_ranges * sizeof(double));
    assert_memory_equal(a->weights, b->weights, a->n_accepted * sizeof(double));
    assert_memory_equal(&a->distance_best, &b->distance_best, sizeof(double));
    assert_memory_equal(&a->distance_kept, &b->distance_kept, sizeof(double));
    assert_memory_equal(&a->distance_prior, &b->distance_prior, sizeof(double));
}

/* ---- The fit alone ---- */

static void test_quantile(void **state)
{
    (void)state;
    const double values[] = {1, 2, 3, 4}, even[] = {1, 1, 1, 1}, last[] = {0, 0, 0, 5};
    const double heavy[] = {3, 1, 0, 0};
    /* Equal weights: the middles are 1/8, 3/8, 5/8, 7/8. */
    assert_near(calibrate_quantile(values, even, 4, 0.5), 2.5, 1e-12);
    assert_near(calibrate_quantile(values, even, 4, 0.375), 2, 1e-12);
    assert_near(calibrate_quantile(values, even, 4, 0.05), 1, 0);
    assert_near(calibrate_quantile(values, even, 4, 0.95), 4, 0);
    assert_near(calibrate_quantile(values, last, 4, 0.95), 4, 1e-12);
    assert_near(calibrate_quantile(values, heavy, 4, 0.3), 1, 0);
    assert_near(calibrate_quantile(values, heavy, 4, 0.625), 1.5, 1e-12);
}

static double logit(double u)
{
    return steady_log(u) - steady_log1p(-u);
}

/* One parameter seen through noise of sd .3 in two summaries of eight, another without influence: rejection
 * alone that keeps half leaves the first nearly as wide as its prior (sd 1.8). */
static void test_regression(void **state)
{
    (void)state;
    enum { N = 2000, STATS = 8, KEPT = N / 2 };
    struct rng rng = rng_at(5, 1, 0, 0);
    double *part = calloc(N * 2, sizeof *part), *stats = calloc(N * STATS, sizeof *stats);
    double *distance = calloc(N, sizeof *distance), seen[STATS] = {0.7, 0.7};
    for (int i = 0; i < N; i++) {
        part[2 * i] = rng_uniform(&rng);
        part[2 * i + 1] = rng_uniform(&rng);
        double noise = 0.3 * rng_normal(&rng);
        for (int s = 0; s < STATS; s++) {
            stats[STATS * i + s] =
                s < 2 ? logit(part[2 * i]) + noise : 0.1 * rng_normal(&rng) - (s == 5);
        }
        distance[i] = fabs(stats[STATS * i] - seen[0]);
    }
    const struct calibrate_draws draws = {N, 2, STATS, part, distance, stats, seen};
    struct calibrate_kept kept;
    assert_int_equal(calibrate_keep(&small.arena, &draws, KEPT, &kept, NULL), 0);
    assert_int_equal(kept.n, KEPT);
    assert_true(kept.adjusted);
    double mean[2] = {0}, square[2] = {0}, weights = 0, raw = 0, idle = 0, idle2 = 0;
    for (int i = 0; i < KEPT; i++) {
        assert_true(i == 0 || distance[kept.order[i]] >= distance[kept.order[i - 1]]);
        double above = (distance[kept.order[i]] - distance[kept.order[0]]) /
                       (distance[kept.order[KEPT]] - distance[kept.order[0]]);
        assert_near(kept.weight[i] / kept.weight[0], 1 - above * above, 1e-12);
        weights += kept.weight[i];
        for (int j = 0; j < 2; j++) {
            double at = logit(kept.part[2 * i + j]);
            mean[j] += kept.weight[i] * at;
            square[j] += kept.weight[i] * at * at;
        }
        double other = logit(part[2 * kept.order[i] + 1]);
        raw += fabs(logit(part[2 * kept.order[i]]) - 0.7) / KEPT;
        idle += kept.weight[i] * other;
        idle2 += kept.weight[i] * other * other;
    }
    assert_near(weights, 1, 1e-12);
    assert_true(raw > 0.5);
    assert_near(mean[0], 0.7, 0.1);
    assert_near(sqrt(square[0] - mean[0] * mean[0]), 0.3, 0.05);
    assert_near(mean[1], idle, 0.1);
    assert_near(sqrt(square[1] - mean[1] * mean[1]), sqrt(idle2 - idle * idle), 0.05);
    free(part);
    free(stats);
    free(distance);
}

/* Many summaries and few proposals: no summary may seem to tell what it does not. */
static void test_nothing_to_learn(void **state)
{
    (void)state;
    enum { N = 100, STATS = 20, KEPT = 40, TIMES = 40 };
    struct rng rng = rng_at(6, 1, 0, 0);
    static double part[N], stats[N * STATS], distance[N], seen[STATS];
    double square = 0;
    for (int time = 0; time < TIMES; time++) {
        for (int i = 0; i < N; i++) {
            part[i] = rng_uniform(&rng);
            distance[i] = rng_uniform(&rng);
            for (int s = 0; s < STATS; s++) {
                stats[STATS * i + s] = rng_normal(&rng);
            }
        }
        for (int s = 0; s < STATS; s++) {
            seen[s] = rng_normal(&rng);
        }
        const struct calibrate_draws draws = {N, 1, STATS, part, distance, stats, seen};
        struct calibrate_kept kept;
        assert_int_equal(calibrate_keep(&small.arena, &draws, KEPT, &kept, NULL), 0);
        double mean = 0, spread = 0;
        for (int i = 0; i < KEPT; i++) {
            mean += kept.weight[i] * logit(kept.part[i]);
        }
        for (int i = 0; i < KEPT; i++) {
            double off = logit(kept.part[i]) - mean;
            spread += kept.weight[i] * off * off;
        }
        square += spread / TIMES;
    }
    /* The logistic distribution has variance 3.29; about one thirtieth is lost with the mean. */
    assert_near(square, 3.2, 0.35);
}

/* One summary of ten tells, through noise as large as what it tells, and there are few proposals: over many
 * truths the posterior is as wide as it is wrong. */
static void test_width(void **state)
{
    (void)state;
    enum { N = 100, STATS = 10, KEPT = 60, TIMES = 600 };
    struct rng rng = rng_at(7, 1, 0, 0);
    static double part[N], stats[N * STATS], distance[N], seen[STATS];
    double spread = 0, wrong = 0;
    for (int time = 0; time < TIMES; time++) {
        double truth = logit(rng_uniform(&rng));
        for (int s = 0; s < STATS; s++) {
            seen[s] = rng_normal(&rng) + (s == 0 ? truth : 0);
        }
        for (int i = 0; i < N; i++) {
            part[i] = rng_uniform(&rng);
            for (int s = 0; s < STATS; s++) {
                stats[STATS * i + s] = rng_normal(&rng) + (s == 0 ? logit(part[i]) : 0);
            }
            distance[i] = fabs(stats[STATS * i] - seen[0]);
        }
        const struct calibrate_draws draws = {N, 1, STATS, part, distance, stats, seen};
        struct calibrate_kept kept;
        assert_int_equal(calibrate_keep(&small.arena, &draws, KEPT, &kept, NULL), 0);
        double mean = 0;
        for (int i = 0; i < KEPT; i++) {
            mean += kept.weight[i] * logit(kept.part[i]);
        }
        for (int i = 0; i < KEPT; i++) {
            double off = logit(kept.part[i]) - mean;
            spread += kept.weight[i] * off * off / TIMES;
        }
        wrong += (mean - truth) * (mean - truth) / TIMES;
    }
    assert_near(spread / wrong, 1, 0.25);
}

/* Counts far outside what any proposal gives say nothing: those accepted stay as they were drawn, whether all
 * summaries are out of reach or one of two. */
static void test_outside(void **state)
{
    (void)state;
    enum { N = 400, KEPT = 100 };
    struct rng rng = rng_at(8, 1, 0, 0);
    static double part[2 * N], stats[2 * N], distance[N];
    for (int reach = 0; reach < 2; reach++) {
        const double seen[] = {1000, reach == 0 ? -1000 : 0.5};
        double centre = 0;
        for (int i = 0; i < N; i++) {
            part[2 * i] = rng_uniform(&rng);
            part[2 * i + 1] = rng_uniform(&rng);
            stats[2 * i] = logit(part[2 * i]) + 0.1 * rng_normal(&rng);
            stats[2 * i + 1] = logit(part[2 * i + 1]) + 0.1 * rng_normal(&rng);
            distance[i] = seen[0] - stats[2 * i];
        }
        const struct calibrate_draws draws = {N, 2, 2, part, distance, stats, seen};
        struct calibrate_kept kept;
        assert_int_equal(calibrate_keep(&small.arena, &draws, KEPT, &kept, NULL), 0);
        assert_int_equal(kept.adjusted, reach == 1);
        for (int i = 0; i < KEPT; i++) {
            double before = logit(part[2 * kept.order[i]]);
            centre += kept.weight[i] * logit(kept.part[2 * i + 1]);
            if (reach == 0) {
                assert_near(kept.part[2 * i + 1], part[2 * kept.order[i] + 1], 0);
            }
            /* The other's line is fitted beside it, and its residuals are a little wider. */
            assert_near(logit(kept.part[2 * i]), before, reach == 0 ? 1e-9 : 0.5);
        }
        if (reach == 1) {
            assert_near(centre, 0.5, 0.1);
        }
    }
}

/* ---- The whole ---- */

/* Counts as the engine has them with known parameters, in one run with a seed of its own. */
static void count_truth(double power, double chance, uint64_t seed)
{
    const struct flow_params base = small.params;
    struct ensemble_options truth = members_options(1);
    int64_t counts[MEMBERS_CAMPS * SMALL_DAYS];
    truth.seed = seed;
    small.params.distance_power = power;
    small.params.camp_movechance = chance;
    assert_int_equal(ensemble_run_member(&small.world, &small.params, &truth, 0, (size_t)1 << 28,
                                         NULL, counts, NULL),
                     0);
    small.params = base;
    members_count(counts);
}

static void check_whole(const struct calibrate_result *out, const struct ensemble_range *ranges)
{
    assert_int_equal(out->n_accepted, 66);
    assert_int_equal(out->n_camps, MEMBERS_CAMPS);
    assert_int_equal(out->n_reports, MEMBERS_CAMPS * 8);
    assert_true(out->adjusted);
    assert_true(out->distance_best < out->distance_kept);
    assert_true(out->distance_kept < out->distance_prior);
    double weights = 0, mean = 0;
    for (uint32_t i = 0; i < out->n_accepted; i++) {
        weights += out->weights[i];
        mean += out->weights[i] * out->accepted[3 * i];
        for (int j = 0; j < 3; j++) {
            double value = out->accepted[3 * i + (uint32_t)j];
            assert_true(value >= ranges[j].low && value <= ranges[j].high);
        }
    }
    assert_near(weights, 1, 1e-9);
    assert_near(mean, out->params[0].mean, 1e-9);
}

/* Known parameters come back, and one without influence stays where it was.  Of 160 such intervals, drawn at
 * random, 145 held the truth. */
static void test_recovers(void **state)
{
    (void)state;
    enum { TRUTHS = 2 };
    int inside = 0;
    double idle = 0, taught = 0;
    members_world();
    struct ensemble_range ranges[] = {members_range("distance_power=0.2..3"),
                                      members_range("max_walk_speed=5..50"),
                                      members_range("camp_movechance=0.002..0.3:log")};
    struct calibrate_options options = options_of(ranges, 3);
    options.n_draws = 220;
    options.n_seeds = 3;
    options.keep = 0.3;
    for (uint64_t k = 0; k < TRUTHS; k++) {
        double power = 1.1 + 0.7 * (double)k, chance = 0.02 + 0.05 * (double)k;
        count_truth(power, chance, 60 + k);
        options.seed = k;
        struct calibrate_result out = calibrated(&options, 2);
        const struct calibrate_param *p = out.params;
        check_whole(&out, ranges);
        assert_near(p[0].p50, power, 0.3);
        assert_near(steady_log(p[2].p50 / chance), 0, 1);
        assert_true(p[0].narrowed > 0.7 && p[2].narrowed > 0.4);
        inside += p[0].p5 < power && p[0].p95 > power;
        inside += p[2].p5 < chance && p[2].p95 > chance;
        taught += p[0].narrowed / TRUTHS;
        idle += p[1].narrowed / TRUTHS;
    }
    assert_true(inside >= 2 * TRUTHS - 1);
    /* Were the luck of all proposals the same, as if it were known, this would be .92. */
    assert_true(taught < 0.9);
    assert_near(idle, 0, 0.1);
}

static void count_something(void)
{
    int64_t counts[MEMBERS_CAMPS * SMALL_DAYS];
    for (int i = 0; i < MEMBERS_CAMPS * SMALL_DAYS; i++) {
        counts[i] = i % 97 + 2 * (i % SMALL_DAYS);
    }
    members_count(counts);
}

static void test_threads(void **state)
{
    (void)state;
    members_world();
    count_something();
    struct ensemble_range ranges[] = {members_range("softening=0..100"),
                                      members_range("awareness=1..2")};
    struct calibrate_options options = options_of(ranges, 2);
    struct calibrate_result a = calibrated(&options, 1), b = calibrated(&options, 3);
    same_results(&a, &b, 2);
    assert_int_equal(a.n_accepted, 30);
    for (uint32_t i = 0; i < a.n_accepted; i++) {
        assert_true(a.accepted[2 * i + 1] == 1 || a.accepted[2 * i + 1] == 2);
    }
    options.keep = 0.001;
    struct calibrate_result few = calibrated(&options, 1);
    assert_int_equal(few.n_accepted, CALIBRATE_KEPT_LEAST);
    options.keep = 1;
    struct calibrate_result all = calibrated(&options, 1);
    assert_int_equal(all.n_accepted, options.n_draws);
    assert_true(all.distance_kept > a.distance_kept);
}

/* Rows known later, and reports on days outside the run, do not reach the fit; others do. */
static void test_as_known(void **state)
{
    (void)state;
    members_world();
    count_something();
    members_late_rows();
    struct ensemble_range range = members_range("softening=0..100");
    struct calibrate_options options = options_of(&range, 1);
    options.as_known = 20;
    struct calibrate_result a = calibrated(&options, 1);
    assert_int_equal(a.n_reports, MEMBERS_CAMPS * 5);
    members_change_later(20, 3);
    struct calibrate_result b = calibrated(&options, 1);
    same_results(&a, &b, 1);
    for (size_t i = 0; i < small.world.n_reports; i++) {
        members_reports[i].count += members_reports[i].place == 2 && members_reports[i].date == 10;
    }
    struct calibrate_result c = calibrated(&options, 1);
    assert_memory_not_equal(&a.distance_best, &c.distance_best, sizeof(double));
    options.from = 3;
    options.to = 12;
    assert_int_equal(calibrated(&options, 1).n_reports, MEMBERS_CAMPS * 2);
    options.to = 5;
    struct calibrate_result out = {.n_camps = 99};
    assert_int_equal(
        calibrate_run(&small.arena, &small.world, &small.params, &options, NULL, NULL, &out, NULL),
        E_FLOW_NO_REPORTS);
    options.to = SMALL_DAYS;
    options.as_known = -1;
    assert_int_equal(
        calibrate_run(&small.arena, &small.world, &small.params, &options, NULL, NULL, &out, NULL),
        E_FLOW_NO_REPORTS);
    assert_int_equal(out.n_camps, 99);
}

static void refused(const struct calibrate_options *options, int code)
{
    struct calibrate_result out = {.n_camps = 99};
    assert_int_equal(
        calibrate_run(&small.arena, &small.world, &small.params, options, NULL, NULL, &out, NULL),
        code);
    assert_int_equal(out.n_camps, 99);
}

static bool stop(void *arg)
{
    (void)arg;
    return true;
}

static void test_refuses(void **state)
{
    (void)state;
    members_world();
    count_something();
    struct ensemble_range range = members_range("softening=0..100");
    const struct calibrate_options good = options_of(&range, 1);
    struct calibrate_options bad = good;
    bad.n_draws = CALIBRATE_DRAWS_LEAST - 1;
    refused(&bad, E_FLOW_OPTION);
    bad = good;
    bad.n_seeds = 0;
    refused(&bad, E_FLOW_OPTION);
    bad = good;
    bad.keep = 0;
    refused(&bad, E_FLOW_OPTION);
    bad.keep = NAN;
    refused(&bad, E_FLOW_OPTION);
    bad = good;
    bad.n_ranges = 0;
    refused(&bad, E_FLOW_RANGE);
    bad = good;
    bad.to = SMALL_DAYS + 1;
    refused(&bad, E_FLOW_OPTION);
    range.high = -1;
    refused(&good, E_FLOW_RANGE);
    range.high = 100;
    struct calibrate_result out;
    struct watch watch = {.cancelled = stop};
    assert_int_equal(
        calibrate_run(&small.arena, &small.world, &small.params, &good, NULL, &watch, &out, NULL),
        E_CANCELLED);
    /* Counts of nobody say nothing. */
    for (size_t i = 0; i < small.world.n_reports; i++) {
        members_reports[i].count *= members_reports[i].place == FLOW_NONE;
    }
    refused(&good, E_FLOW_NO_REPORTS);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_quantile), UNIT(test_regression), UNIT(test_nothing_to_learn),
        UNIT(test_outside),  UNIT(test_width),      UNIT(test_recovers),
        UNIT(test_threads),  UNIT(test_as_known),   UNIT(test_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
