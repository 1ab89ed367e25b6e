#include "../base/sampled.h"
#include "runs.h"

static const unsigned thread_counts[] = {1, 2, 7};

/* ---- The fast engine and the plain one ---- */

/* Every path and number of threads gives what the plain engine gives, in worlds of all kinds. */
static void test_walk(void **state)
{
    for (uint64_t seed = 0; seed < 40; seed += sampled(3)) {
        small_random(seed);
        struct flow_gates gates;
        struct flow_run_options options = all_days(seed * 77);
        if (seed % 4 == 3) {
            random_gates(seed, &gates, &options);
        }
        struct flow_result walked = small_walk(&options);
        assert_true(walked.hops > 1000);
        for (int name = 0; name < AGENTS_PATHS; name++) {
            const struct agents_path *path = agents_path((enum agents_path_name)name);
            if (path != NULL) {
                struct flow_result run = small_run_on(path, NULL, &options);
                small_same(&run, &walked);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* More people, in blocks of all sizes, so that parts of all sizes are shared by threads. */
static void test_shared_blocks(void **state)
{
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (uint64_t seed = 0; seed < 6; seed++) {
        small_random(seed + 60);
        struct flow_gates gates;
        struct flow_run_options options = all_days(seed);
        if (seed % 4 == 1) {
            random_gates(seed, &gates, &options);
        }
        small.plan.spawn[3] = 9000;
        struct flow_result walked = small_walk(&options);
        struct flow_result run = small_run_on(agents_path_best(), pool, &options);
        small_same(&run, &walked);
        small_teardown(state);
        small_setup(state);
    }
    pool_close(pool);
}

/* People rest so long that what they remember must have been swept away before they go on. */
static void test_long_rest(void **state)
{
    const int32_t days = 150;
    for (uint64_t seed = 0; seed < 3; seed++) {
        small.world.n_days = days;
        small_random(seed + 700);
        small.params.avoid_short_stints = true;
        small.params.max_move_speed = 400;
        for (size_t i = 0; i < (size_t)days * small.plan.n_places; i++) {
            small.plan.movechance[i] = fmin(small.plan.movechance[i], 0.02);
        }
        const struct flow_run_options options = {.seed = seed, .to = days};
        struct flow_result walked = small_walk(&options);
        struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
        small_same(&run, &walked);
        small_teardown(state);
        small_setup(state);
    }
}

/* Enough people that blocks are cut into parts and threads are used. */
static void test_threads(void **state)
{
    for (uint64_t seed = 0; seed < 3; seed++) {
        small_random(seed + 100);
        small.params.blocks = 5;
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small.plan.spawn[day] = day == 0 ? 150000 : 500;
        }
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            small.plan.capacity[p] *= 1000;
        }
        const int32_t days = 8;
        struct flow_run_options options = {.seed = seed, .to = days};
        struct flow_result walked = small_walk(&options);
        for (size_t i = 0; i < sizeof thread_counts / sizeof thread_counts[0]; i++) {
            struct pool *pool;
            assert_int_equal(pool_open(&pool, thread_counts[i], NULL), 0);
            struct flow_result run = small_run_on(agents_path_best(), pool, &options);
            small_same(&run, &walked);
            pool_close(pool);
        }
        small_teardown(state);
        small_setup(state);
    }
}

static void test_another_seed(void **state)
{
    (void)state;
    small_random(5);
    struct flow_result a = small_run(SMALL_DAYS, 1);
    struct flow_result b = small_run(SMALL_DAYS, UINT64_C(1) | UINT64_C(1) << 40);
    assert_memory_not_equal(a.in_place, b.in_place,
                            (size_t)SMALL_DAYS * small.plan.n_places * sizeof(int64_t));
}

/* ---- What is always so ---- */

static void check_day(const struct flow_result *run, int32_t day, int64_t people)
{
    const struct flow_plan *plan = &small.plan;
    int64_t placed = 0;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        assert_true(small_at(run, day, p) >= 0);
        placed += small_at(run, day, p);
    }
    assert_true(run->on_links[day] >= 0);
    assert_int_equal(placed + run->on_links[day], people);
    for (uint32_t link = 0; link < plan->n_links; link++) {
        size_t at = (size_t)day * plan->n_links + link;
        assert_true(run->link_flow[at] >= 0);
        if (plan->open[at] == 0) {
            assert_int_equal(run->link_flow[at], 0);
        }
    }
}

static void test_invariants(void **state)
{
    for (uint64_t seed = 0; seed < 20; seed += sampled(3)) {
        small_random(seed + 300);
        struct flow_result run = small_run(SMALL_DAYS, seed);
        int64_t people = 0, flow = 0;
        uint64_t person_days = 0;
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            people += small.plan.day0[p];
        }
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            people += small.plan.spawn[day];
            person_days += (uint64_t)people;
            assert_int_equal(run.spawned[day], small.plan.spawn[day]);
            check_day(&run, day, people);
        }
        for (size_t i = 0; i < (size_t)SMALL_DAYS * small.plan.n_links; i++) {
            flow += run.link_flow[i];
        }
        assert_int_equal(run.hops, flow);
        assert_int_equal(run.agent_days, person_days);
        small_teardown(state);
        small_setup(state);
    }
}

/* Nobody of a class leaves onto a link that is shut to it. */
static void test_gates(void **state)
{
    (void)state;
    small_random(3);
    struct flow_gates gates;
    struct flow_run_options options = all_days(4);
    random_gates(3, &gates, &options);
    uint8_t *class = arena_new(&small.arena, uint8_t, small.plan.n_places, NULL);
    memset(class, 1, small.plan.n_places);
    options.class_of_place = class;
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    size_t n = (size_t)SMALL_DAYS * small.plan.n_links, shut = 0;
    for (size_t i = 0; i < n; i++) {
        if (gates.open[2 * i + 1] == 0) {
            assert_int_equal(run.link_flow[i], 0);
            shut++;
        }
    }
    assert_true(shut > 100);
    assert_true(run.hops > 100);
}

/* Camps that fill, empty and cross both of their limits every few days, one person at a time: how far blocks may
 * run together before a choice changes is right to a person, with a buffer and without one. */
static void test_limits(void **state)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        for (uint32_t p = 0; p < 6; p++) {
            small_place(p % 3 == 0 ? FLOW_CONFLICT : FLOW_CAMP, 60 + 10 * p);
            small_road(p, (p + 1) % 6, 40 + 9 * p);
        }
        small.params = flow_params_validation();
        small.params.camp_movechance = 0.2;
        small.params.capacity_buffer = seed % 2 == 0 ? 0.9 : 1;
        small.params.rules = seed % 3 == 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.awareness = 1 + (int)seed % 3;
        small_plan();
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small_start(day, day % 2 == 0 ? 0 : 3, day < 12 ? 60 : 4);
        }
        struct flow_run_options options = all_days(seed);
        struct flow_result walked = small_walk(&options);
        for (size_t t = 0; t < sizeof thread_counts / sizeof thread_counts[0]; t++) {
            struct pool *pool;
            assert_int_equal(pool_open(&pool, thread_counts[t], NULL), 0);
            struct flow_result run = small_run_on(agents_path_best(), pool, &options);
            small_same(&run, &walked);
            pool_close(pool);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- Memory ---- */

static uint64_t in_chain(const struct chunk *chunk)
{
    uint64_t n = 0;
    for (; chunk != NULL; chunk = chunk->next) {
        n++;
    }
    return n;
}

/* Nothing is lost, whoever has it: movers are kept in chunks by rising number of people, and every other chunk lies
 * on a shelf. */
static void look_at_chunks(const struct flow_agents *agents)
{
    uint64_t n = in_chain(agents->movers);
    uint32_t end = 0;
    for (int i = 0; i < WORKERS_MOST; i++) {
        n += in_chain(agents->workers[i].shelf.free);
    }
    assert_int_equal(n, agents->pool.made);
    for (const struct chunk *chunk = agents->movers; chunk != NULL; chunk = chunk->next) {
        assert_true(chunk->n > 0 && chunk->end >= end && chunk->begin < chunk->end);
        for (uint32_t i = 0; i < chunk->n; i++) {
            assert_in_range(chunk->at[i].agent, chunk->begin, chunk->end - 1);
        }
        end = chunk->end;
    }
}

/* Days by more and fewer workers, as a pool has. */
static void test_workers(void **state)
{
    enum { POOLS = 5 };
    static const unsigned threads[POOLS] = {1, 3, 16, 2, 17};
    struct pool *pools[POOLS];
    for (int i = 0; i < POOLS; i++) {
        assert_int_equal(pool_open(&pools[i], threads[i], NULL), 0);
    }
    for (uint64_t seed = 0; seed < 8; seed += sampled(3)) {
        small_random(seed + 300);
        small.plan.spawn[2] = 7000;
        struct flow_run_options options = all_days(seed);
        struct flow_result walked = small_walk(&options);
        struct flow_agents *agents = open_agents(&options);
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            struct flow_result run = {0};
            size_t row = (size_t)day * small.plan.n_places,
                   links = (size_t)day * small.plan.n_links;
            assert_int_equal(flow_agents_run(agents, day + 1,
                                             pools[(seed + (uint64_t)day * (seed + 1)) % POOLS],
                                             NULL, &run, NULL),
                             0);
            assert_memory_equal(run.in_place, walked.in_place + row,
                                small.plan.n_places * sizeof(int64_t));
            assert_memory_equal(run.link_flow, walked.link_flow + links,
                                small.plan.n_links * sizeof(int64_t));
            look_at_chunks(agents);
        }
        small_teardown(state);
        small_setup(state);
    }
    for (int i = 0; i < POOLS; i++) {
        pool_close(pools[i]);
    }
}

/* More threads than processors, and days so long that they are in each other's way: the first one goes on alone. */
static void test_crowded(void **state)
{
    enum { DAYS = 12 };
    struct pool *pool;
    assert_int_equal(pool_open(&pool, WORKERS_MOST, NULL), 0);
    for (uint64_t seed = 0; seed < 2; seed++) {
        small_random(seed + 900);
        small.plan.spawn[0] = 60000;
        struct flow_run_options options = {.seed = seed, .to = DAYS};
        struct flow_result walked = small_walk(&options);
        struct flow_agents *agents = open_agents(&options);
        struct flow_result run = {0};
        assert_int_equal(flow_agents_run(agents, DAYS, pool, NULL, &run, NULL), 0);
        small_same(&run, &walked);
        look_at_chunks(agents);
        small_teardown(state);
        small_setup(state);
    }
    pool_close(pool);
}

static void test_memory(void **state)
{
    (void)state;
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100000);
    small.params.camp_movechance = 0;
    small_plan();
    const uint64_t n = 1000000;
    small.plan.day0[0] = (int64_t)n;
    struct flow_run_options options = {.seed = 1, .to = 5};
    struct flow_agents *agents = open_agents(&options);
    run_to(agents, 5);
    assert_true(agents_bytes(agents) <= 4 * n);
    /* Everybody sets out on one day and is on the way for the rest. */
    small_teardown(state);
    small_setup(state);
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100000);
    small.params.camp_movechance = 1;
    small_plan();
    small.plan.day0[0] = (int64_t)n;
    agents = open_agents(&options);
    struct flow_result run = run_to(agents, 5);
    assert_int_equal(run.on_links[4], n);
    assert_true(agents_bytes(agents) <= 24 * n);
    assert_true(agents_bytes(agents) >= 20 * n);
}

/* ---- Refusals ---- */

static bool stop_now(void *arg)
{
    return --*(int *)arg < 0;
}

static void test_refusals(void **state)
{
    (void)state;
    small_random(7);
    struct flow_agents *agents = NULL;
    struct flow_result result = {.n_days = -7};
    struct ajar_err err = {0};
    const struct flow_run_options bad[] = {
        {.from = -1, .to = 3}, {.from = 4, .to = 3}, {.to = SMALL_DAYS + 1}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(
            flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &bad[i], &err),
            E_FLOW_OPTION);
        assert_int_equal(
            flow_walk(&small.arena, &small.plan, &small.params, &bad[i], &result, &err),
            E_FLOW_OPTION);
    }
    assert_null(agents);
    struct flow_run_options options = all_days(1);
    agents = open_agents(&options);
    assert_int_equal(flow_agents_run(agents, SMALL_DAYS + 1, NULL, NULL, &result, &err),
                     E_FLOW_OPTION);
    run_to(agents, 9);
    assert_int_equal(flow_agents_run(agents, 8, NULL, NULL, &result, &err), E_FLOW_OPTION);
    /* Stopped between two days it can go on. */
    int ticks = 3;
    const struct watch watch = {.cancelled = stop_now, .arg = &ticks};
    assert_int_equal(flow_agents_run(agents, SMALL_DAYS, NULL, &watch, &result, &err), E_CANCELLED);
    assert_int_equal(result.n_days, -7);
    assert_int_equal(agents->day, 12);
    struct flow_result rest = run_to(agents, SMALL_DAYS);
    struct flow_result whole = small_run(SMALL_DAYS, 1);
    same_days(&whole, &rest);
    uint8_t class = 3, open = 1;
    struct flow_gates gates = {0, &open};
    options.gates = &gates;
    assert_int_equal(
        flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &options, &err),
        E_FLOW_OPTION);
    gates.n_classes = 2;
    uint8_t classes[SMALL_MOST] = {0, class};
    options.class_of_place = classes;
    assert_int_equal(
        flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &options, &err),
        E_FLOW_OPTION);
}

/* A ceiling on memory in the middle of a day is an error, after which nothing more is done. */
static void test_ceiling(void **state)
{
    (void)state;
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100000);
    small.params.camp_movechance = 1;
    small_plan();
    small.plan.day0[0] = 500000;
    struct flow_run_options options = {.seed = 1, .to = 5};
    struct arena little;
    struct flow_agents *agents;
    struct flow_result result;
    struct ajar_err err = {0};
    struct buf buf;
    arena_init(&little, "little", 5000000);
    assert_int_equal(flow_agents_open(&agents, &little, &small.plan, &small.params, &options, &err),
                     0);
    assert_int_equal(flow_agents_run(agents, 5, NULL, NULL, &result, &err), E_CEILING);
    assert_int_equal(flow_agents_run(agents, 5, NULL, NULL, &result, &err), E_FLOW_OPTION);
    buf_init(&buf, 1 << 20);
    assert_int_equal(flow_agents_save(agents, &buf, &err), E_FLOW_OPTION);
    buf_free(&buf);
    arena_free(&little);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_walk),    UNIT(test_shared_blocks), UNIT(test_long_rest),
        UNIT(test_threads), UNIT(test_another_seed),  UNIT(test_invariants),
        UNIT(test_gates),   UNIT(test_memory),        UNIT(test_limits),
        UNIT(test_workers), UNIT(test_crowded),       UNIT(test_refusals),
        UNIT(test_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
