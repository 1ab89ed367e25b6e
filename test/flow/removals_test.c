#include "seams.h"

/* ---- Exact small cases ---- */

static double *chances(size_t classes, uint32_t place, double value)
{
    size_t n = (size_t)SMALL_DAYS * small.plan.n_places * classes;
    double *chance = arena_new(&small.arena, double, n, NULL);
    for (size_t i = 0; i < n; i++) {
        chance[i] = i / classes % small.plan.n_places == place ? value : 0;
    }
    return chance;
}

/* All arrive on the first day; from the second on the camp is empty, and who left is counted there. */
static void test_all_leave(void **state)
{
    (void)state;
    two_places(100, 1, 1000);
    const struct flow_removals removals = {.leaves = chances(1, 1, 1)};
    const struct flow_run_options options = {.seed = 1, .to = 4, .removals = &removals};
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    assert_int_equal(small_at(&run, 0, 1), 1000);
    assert_int_equal(sum_of(run.removed, 2), 0);
    assert_int_equal(run.removed[1 * 2 + 1], 1000);
    assert_int_equal(small_at(&run, 1, 1), 0);
    assert_int_equal(run.on_links[3], 0);
    assert_int_equal(run.agent_days, 2000);
}

/* Stays are geometric: after n nights n times (1 - r) is there; who is back home stays there, because the
 * gates are shut for the class of those who have returned. */
static void test_geometric_returns(void **state)
{
    (void)state;
    const int64_t people = 200000;
    const double chance = 0.2;
    two_places(100, 1, people);
    uint8_t *open = arena_new(&small.arena, uint8_t, 2 * link_days(), NULL);
    for (size_t i = 0; i < 2 * link_days(); i++) {
        open[i] = i % 2 == 0;
    }
    static const uint8_t returned[] = {1, 1};
    const struct flow_gates gates = {2, open};
    const struct flow_removals removals = {.returns = chances(2, 1, chance), .returned = returned};
    const struct flow_run_options options = {
        .seed = 5, .to = 12, .gates = &gates, .removals = &removals};
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    double stay = 1;
    for (int32_t day = 0; day < 12; day++) {
        double share = (double)small_at(&run, day, 1) / (double)people;
        assert_near(share, stay, 5 * sqrt(0.25 / (double)people));
        assert_int_equal(small_at(&run, day, 0) + small_at(&run, day, 1), people);
        assert_int_equal(run.returned[day * 2 + 1],
                         day == 0 ? 0 : small_at(&run, day - 1, 1) - small_at(&run, day, 1));
        assert_int_equal(run.returned[day * 2], 0);
        stay *= 1 - chance;
    }
}

/* Without other gates they set out again the same day; nothing is remembered, so again on foot. */
static void test_return_and_go(void **state)
{
    (void)state;
    two_places(300, 1, 1000);
    small.params.start_on_foot = true;
    small.params.max_move_speed = 400;
    small.params.max_walk_speed = 200;
    const struct flow_removals removals = {.returns = chances(1, 1, 1)};
    const struct flow_run_options options = {.seed = 5, .to = 5, .removals = &removals};
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    struct flow_result walked = small_walk(&options);
    same_in_all(&run, &walked);
    for (int32_t day = 0; day < 4; day++) {
        assert_int_equal(run.on_links[day], day % 2 == 0 ? 1000 : 0);
        assert_int_equal(run.returned[day * 2 + 1], day == 2 ? 1000 : 0);
    }
}

/* Who waits in a queue can be removed from it, and its place in the queue goes with it. */
static void test_leave_queue(void **state)
{
    (void)state;
    two_places(100, 1, 1000);
    struct flow_queues queues;
    same_queues(&queues, 100, 0);
    const struct flow_removals removals = {.leaves = chances(1, 0, 0.5)};
    const struct flow_run_options options = {
        .seed = 5, .to = 8, .removals = &removals, .queues = &queues};
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    check_seams(&run, &options);
    /* Half of those who start leave at once, the others join; of 400 every day half, after 100 went. */
    assert_near((double)run.removed[0] / 1000, 0.5, 5 * sqrt(0.25 / 1000));
    assert_int_equal(run.queues.admitted[0], 100);
    assert_int_equal(run.queues.taken[small.plan.n_links], run.removed[2]);
    assert_true(run.queues.taken[small.plan.n_links] > 100);
    assert_int_equal(run.queues.waiting[7 * small.plan.n_links], 0);
}

/* ---- Refusals ---- */

static void test_refusals(void **state)
{
    (void)state;
    two_places(100, 1, 10);
    static const uint8_t wrong[] = {1};
    const struct flow_removals bad[] = {{.leaves = chances(1, 1, 1.5)},
                                        {.returns = chances(1, 0, -0.1)},
                                        {.returns = chances(1, 0, NAN)},
                                        {.returned = wrong}};
    struct flow_agents *agents = NULL;
    struct flow_result result = {.n_days = -7};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct flow_run_options options = {.seed = 5, .to = 8, .removals = &bad[i]};
        assert_int_equal(
            flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &options, NULL),
            E_FLOW_OPTION);
        assert_int_equal(
            flow_walk(&small.arena, &small.plan, &small.params, &options, &result, NULL),
            E_FLOW_OPTION);
    }
    assert_null(agents);
    assert_int_equal(result.n_days, -7);
}

/* Nobody who may leave or return: the run without. */
static void test_none(void **state)
{
    (void)state;
    small_random(2100);
    struct flow_run_options options = all_days(4);
    struct flow_result plain = small_run_on(agents_path_best(), NULL, &options);
    assert_null(plain.removed);
    assert_null(plain.queues.waiting);
    const struct flow_removals removals = {chances(1, 0, 0), chances(1, 0, 0), NULL};
    options.removals = &removals;
    struct flow_result run = small_run_on(agents_path_best(), NULL, &options);
    small_same(&run, &plain);
    assert_int_equal(sum_of(run.returned, (size_t)SMALL_DAYS * small.plan.n_places), 0);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_all_leave),   UNIT(test_geometric_returns), UNIT(test_return_and_go),
        UNIT(test_leave_queue), UNIT(test_refusals),          UNIT(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
