#include "aggregate_runs.h"
#include "equal.h"

#include "../base/sampled.h"

/* ---- Runs ---- */

static void check_day(const struct flow_result *result, int32_t day, int64_t people)
{
    const struct flow_plan *plan = &small.plan;
    int64_t placed = 0;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        assert_true(small_at(result, day, p) >= 0);
        placed += small_at(result, day, p);
    }
    assert_true(result->on_links[day] >= 0);
    assert_int_equal(placed + result->on_links[day], people);
    for (uint32_t link = 0; link < plan->n_links; link++) {
        size_t at = (size_t)day * plan->n_links + link;
        assert_true(result->link_flow[at] >= 0);
        assert_true(plan->open[at] != 0 || result->link_flow[at] == 0);
    }
}

/* So many people that they are told apart by age. */
static void make_many(void)
{
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        small.plan.spawn[day] *= 4000;
    }
}

/* Nobody is lost or made, in worlds of all kinds, with both rules, trails and people on foot. */
static void test_conservation(void **state)
{
    for (uint64_t seed = 0; seed < 40; seed += sampled(7)) {
        small_random(seed + 500);
        if (seed % 2 == 1) {
            make_many();
        }
        struct flow_result result = run(SMALL_DAYS, seed);
        int64_t people = 0, flow = 0;
        uint64_t person_days = 0;
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            people += small.plan.day0[p];
        }
        assert_int_equal(result.from, 0);
        assert_int_equal(result.n_days, SMALL_DAYS);
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            people += small.plan.spawn[day];
            person_days += (uint64_t)people;
            assert_int_equal(result.spawned[day], small.plan.spawn[day]);
            check_day(&result, day, people);
        }
        for (size_t i = 0; i < (size_t)SMALL_DAYS * small.plan.n_links; i++) {
            flow += result.link_flow[i];
        }
        assert_int_equal(result.hops, flow);
        assert_true(flow > 100);
        assert_int_equal(result.agent_days, person_days);
        small_teardown(state);
        small_setup(state);
    }
}

static void test_same_bytes(void **state)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        small_random(seed + 40);
        if (seed % 2 == 1) {
            make_many();
        }
        struct flow_result a = run(SMALL_DAYS, seed), b = run(SMALL_DAYS, seed);
        small_same(&a, &b);
        b = run(SMALL_DAYS, seed | UINT64_C(1) << 40);
        assert_memory_not_equal(a.in_place, b.in_place,
                                (size_t)SMALL_DAYS * small.plan.n_places * sizeof(int64_t));
        /* The days do not depend on how many follow. */
        b = run(SMALL_DAYS / 2, seed);
        assert_memory_equal(a.in_place, b.in_place,
                            (size_t)SMALL_DAYS / 2 * small.plan.n_places * sizeof(int64_t));
        small_teardown(state);
        small_setup(state);
    }
}

static void test_nobody_moves(void **state)
{
    (void)state;
    small_random(4);
    if (small.plan.forced != NULL) {
        memset(small.plan.forced, 0, (size_t)SMALL_DAYS * small.plan.n_links);
    }
    for (size_t i = 0; i < (size_t)SMALL_DAYS * small.plan.n_places; i++) {
        small.plan.movechance[i] = 0;
    }
    struct flow_result result = run(SMALL_DAYS, 4);
    assert_int_equal(result.hops, 0);
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        assert_int_equal(result.on_links[day], 0);
        for (uint32_t p = 0; p < small.plan.n_places && day > 0; p++) {
            assert_true(small_at(&result, day, p) >= small_at(&result, day - 1, p));
        }
    }
}

static void test_from(void **state)
{
    (void)state;
    small_random(9);
    const struct flow_run_options options = {.seed = 2, .from = 7, .to = 19};
    struct flow_result result = run_with(&options);
    int64_t people = 0;
    assert_int_equal(result.from, 7);
    assert_int_equal(result.n_days, 12);
    for (uint32_t p = 0; p < small.plan.n_places; p++) {
        people += small.plan.day0[p];
    }
    for (int32_t day = 7; day < 19; day++) {
        int64_t placed = 0;
        people += small.plan.spawn[day];
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            placed += small_at(&result, day, p);
        }
        assert_int_equal(placed + result.on_links[day - 7], people);
    }
}

/* ---- Beside the agents ---- */

enum { SEEDS = 24 };

static void add_run(const struct flow_plan *plan, const struct flow_result *result, double *sum,
                    double *squares)
{
    for (int32_t day = 29; day < plan->n_days; day += 30) {
        for (uint32_t c = 0; c < plan->n_camps; c++) {
            size_t at = (size_t)(day / 30) * plan->n_camps + c;
            double n = (double)result->in_place[(size_t)day * plan->n_places + plan->camps[c]];
            sum[at] += n;
            squares[at] += n * n;
        }
    }
}

/* Camps every 30 days over seeds: z = difference of means / its standard error, and a half-person floor. */
static void compare(const struct flow_params *params, double rms_most, double most)
{
    struct arena arena, runs;
    struct flow_plan plan;
    struct flow_result result;
    struct ajar_err err = {0};
    arena_init(&arena, "world", (size_t)1 << 30);
    struct flow_world world = flee_world(&arena, "mali2012", NULL);
    assert_int_equal(flow_plan_make(&arena, &world, params, DATE_NONE, &plan, &err), 0);
    size_t cells = (size_t)(plan.n_days / 30 + 1) * plan.n_camps;
    double *sums[4], z2 = 0;
    for (int i = 0; i < 4; i++) {
        sums[i] = arena_new(&arena, double, cells, NULL);
    }
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct flow_run_options options = {.seed = seed, .to = plan.n_days};
        struct flow_agents *agents;
        arena_init(&runs, "runs", (size_t)1 << 30);
        assert_int_equal(flow_agents_open(&agents, &runs, &plan, params, &options, &err), 0);
        assert_int_equal(flow_agents_run(agents, plan.n_days, NULL, NULL, &result, &err), 0);
        add_run(&plan, &result, sums[0], sums[1]);
        options.seed += 1000;
        assert_int_equal(flow_aggregate_run(&runs, &plan, params, &options, NULL, &result, &err),
                         0);
        add_run(&plan, &result, sums[2], sums[3]);
        arena_free(&runs);
    }
    for (size_t i = 0; i < cells; i++) {
        double a = equal_sd(sums[0][i], sums[1][i], SEEDS);
        double b = equal_sd(sums[2][i], sums[3][i], SEEDS);
        double z = (sums[2][i] - sums[0][i]) / SEEDS / sqrt((a * a + b * b) / SEEDS + 0.25);
        assert_true(fabs(z) <= most);
        z2 += z * z;
    }
    assert_true(sqrt(z2 / (double)cells) <= rms_most);
    arena_free(&arena);
}

static void test_beside_agents(void **state)
{
    (void)state;
    struct flow_params params = flow_params_validation();
    params.hasten = 100;
    compare(&params, 1.5, 4.5);
}

static void test_beside_agents_own(void **state)
{
    (void)state;
    struct flow_params params = flow_params_validation();
    params.hasten = 100;
    params.rules = FLOW_RULES_AJAR;
    params.awareness = 2;
    params.start_on_foot = true;
    compare(&params, 1.5, 4.5);
}

/* ---- Refusals ---- */

static bool stop_now(void *arg)
{
    return --*(int *)arg < 0;
}

static int try_run(struct arena *arena, const struct flow_run_options *options,
                   const struct watch *watch, struct ajar_err *err)
{
    struct flow_result result = {.n_days = -7};
    int code = flow_aggregate_run(arena, &small.plan, &small.params, options, watch, &result, err);
    assert_true(code != 0);
    assert_int_equal(result.n_days, -7);
    return code;
}

static void test_refusals(void **state)
{
    (void)state;
    small_random(7);
    struct ajar_err err = {0};
    const struct flow_run_options bad[] = {
        {.from = -1, .to = 3}, {.from = 4, .to = 3}, {.to = SMALL_DAYS + 1}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(try_run(&small.arena, &bad[i], NULL, &err), E_FLOW_OPTION);
    }
    struct flow_gates gates;
    struct flow_run_options options = all_days(1);
    random_gates(3, &gates, &options);
    assert_int_equal(try_run(&small.arena, &options, NULL, &err), E_FLOW_OPTION);
    const struct flow_share share = {.ranks = 2};
    options = all_days(1);
    options.share = &share;
    assert_int_equal(try_run(&small.arena, &options, NULL, &err), E_FLOW_OPTION);
    options.share = NULL;
    int ticks = 3;
    const struct watch watch = {.cancelled = stop_now, .arg = &ticks};
    assert_int_equal(try_run(&small.arena, &options, &watch, &err), E_CANCELLED);
}

/* Whatever the ceiling, a run either is what it should be or E_CEILING. */
static void test_ceiling(void **state)
{
    (void)state;
    small_random(8);
    struct flow_run_options options = all_days(1);
    struct flow_result whole = run(SMALL_DAYS, 1);
    struct ajar_err err = {0};
    int refused = 0, done = 0;
    for (size_t ceiling = 1000; ceiling < 4000000; ceiling += ceiling / 6) {
        struct arena arena;
        struct flow_result result;
        arena_init(&arena, "little", ceiling);
        int code =
            flow_aggregate_run(&arena, &small.plan, &small.params, &options, NULL, &result, &err);
        assert_true(code == 0 || code == E_CEILING);
        refused += code != 0;
        done += code == 0;
        if (code == 0) {
            small_same(&result, &whole);
        }
        arena_free(&arena);
    }
    assert_true(refused > 5 && done > 0);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_conservation),  UNIT(test_same_bytes),
        UNIT(test_nobody_moves),  UNIT(test_from),

        UNIT(test_beside_agents), UNIT(test_beside_agents_own),
        UNIT(test_refusals),      UNIT(test_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
