#include "aggregate.h"
#include "seams.h"

static struct flow_result run_with(const struct flow_run_options *options)
{
    struct flow_result run = small_run_on(agents_path_best(), NULL, options);
    struct flow_result walked = small_walk(options);
    same_in_all(&run, &walked);
    if (options->queues != NULL) {
        check_seams(&run, options);
    }
    return run;
}

/* ---- First come, first served ---- */

struct waiter {
    int32_t joined;
    uint32_t agent;
    bool admitted;
};

static int by_turn(const void *a, const void *b)
{
    const struct waiter *x = a, *y = b;
    return x->joined != y->joined ? (x->joined > y->joined) - (x->joined < y->joined)
                                  : (x->agent > y->agent) - (x->agent < y->agent);
}

/* All who stood before link 0 today, in order: those who still do, and those who went onto it today, who joined
 * on the day in `joined` (-1: today).  Notes who waits now. */
static size_t read_line(const struct flow_agents *agents, struct waiter *line, int32_t *joined)
{
    int32_t day = agents->day - 1;
    size_t n = 0;
    for (const struct chunk *chunk = agents->movers; chunk != NULL; chunk = chunk->next) {
        for (uint32_t i = 0; i < chunk->n; i++) {
            const struct mover *mover = &chunk->at[i];
            bool waits = (mover->link & MOVER_QUEUE) != 0;
            if (waits || mover->left == day) {
                int32_t before = joined[mover->agent];
                line[n++] = (struct waiter){waits         ? mover->left
                                            : before >= 0 ? before
                                                          : day,
                                            mover->agent, !waits};
            }
        }
    }
    qsort(line, n, sizeof *line, by_turn);
    for (uint32_t i = 0; i < agents->n; i++) {
        joined[i] = -1;
    }
    for (size_t i = 0; i < n; i++) {
        joined[line[i].agent] = line[i].admitted ? -1 : line[i].joined;
    }
    return n;
}

/* Beside a plain sort of all who wait: the first so many are admitted, however many join and give up. */
static void test_first_come(void **state)
{
    enum { MOST = 70000 };
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct rng rng = rng_at(seed, 13, 0, 0);
        two_places(100000, 0.2, 500);
        struct flow_queues queues;
        same_queues(&queues, 0, 0.05);
        int64_t *admits = (int64_t *)(uintptr_t)queues.admits;
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small_start(day, 0, rng_below(&rng, seed == 3 ? 3000 : 100));
            admits[(size_t)day * small.plan.n_links] = rng_below(&rng, seed == 3 ? 900 : 30);
        }
        struct flow_run_options options = all_days(seed);
        options.queues = &queues;
        struct flow_agents *agents = open_agents(&options);
        struct waiter *line = arena_new(&small.arena, struct waiter, MOST, NULL);
        int32_t *joined = arena_new(&small.arena, int32_t, MOST, NULL);
        size_t contested = 0;
        for (int32_t i = 0; i < MOST; i++) {
            joined[i] = -1;
        }
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            run_to(agents, day + 1);
            assert_true(agents->n <= MOST);
            size_t n = read_line(agents, line, joined);
            size_t most = (size_t)admits[(size_t)day * small.plan.n_links];
            for (size_t i = 0; i < n; i++) {
                assert_int_equal(line[i].admitted, i < most);
            }
            contested += n > most && most > 0;
        }
        assert_true(contested > SMALL_DAYS / 2);
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- Exact small cases ---- */

/* Constant arrivals over capacity: waiting grows by the difference, and falls by the capacity after. */
static void test_fluid(void **state)
{
    (void)state;
    const int64_t come = 70, pass = 50;
    two_places(100, 1, come);
    for (int32_t day = 1; day < 10; day++) {
        small_start(day, 0, come);
    }
    for (int32_t day = 10; day < SMALL_DAYS; day++) {
        small_start(day, 0, 0);
    }
    struct flow_queues queues;
    same_queues(&queues, pass, 0);
    struct flow_run_options options = {.seed = 1, .to = 20, .queues = &queues};
    struct flow_result run = run_with(&options);
    for (int32_t day = 0; day < 20; day++) {
        int64_t started = come * (day < 10 ? day + 1 : 10), passed = pass * (day + 1);
        passed = passed < started ? passed : started;
        size_t at = (size_t)day * small.plan.n_links;
        assert_int_equal(run.queues.waiting[at], started - passed);
        assert_int_equal(run.queues.joined[at], day < 10 ? come : 0);
        assert_int_equal(small_at(&run, day, 0), started - passed);
        assert_int_equal(small_at(&run, day, 1), passed);
    }
}

/* Nobody passes a limit of 0, and all wait; a queue with room costs no night in the morning. */
static void test_none_and_all(void **state)
{
    (void)state;
    two_places(100, 1, 1000);
    struct flow_queues queues;
    struct flow_run_options options = {.seed = 1, .to = 10, .queues = &queues};
    same_queues(&queues, 0, 0);
    struct flow_result none = run_with(&options);
    assert_int_equal(small_at(&none, 9, 0), 1000);
    assert_int_equal(none.queues.waiting[9 * small.plan.n_links], 1000);
    assert_int_equal(none.queues.joined[0], 1000);
    assert_int_equal(none.hops, 0);
    same_queues(&queues, 1000, 0);
    struct flow_result all = run_with(&options);
    options.queues = NULL;
    struct flow_result free_way = run_with(&options);
    small_same(&all, &free_way);
    assert_int_equal(small_at(&all, 0, 1), 1000);
    assert_int_equal(all.queues.admitted[0], 1000);
}

/* Without a limit on any day it is the run without queues. */
static void test_unlimited(void **state)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        small_random(seed + 2200);
        struct flow_run_options options = all_days(4);
        struct flow_result plain = run_with(&options);
        assert_null(plain.queues.joined);
        struct flow_queues queues;
        same_queues(&queues, -1, 0.5);
        options.queues = &queues;
        struct flow_result run = run_with(&options);
        small_same(&run, &plain);
        assert_int_equal(sum_of(run.queues.joined, link_days()), 0);
        small_teardown(state);
        small_setup(state);
    }
}

/* On a day without a limit all who wait go at once. */
static void test_limit_lifted(void **state)
{
    (void)state;
    two_places(100, 1, 1000);
    struct flow_queues queues;
    same_queues(&queues, 10, 0);
    ((int64_t *)(uintptr_t)queues.admits)[3 * small.plan.n_links] = -1;
    small_start(3, 0, 7);
    struct flow_run_options options = {.seed = 1, .to = 5, .queues = &queues};
    struct flow_result run = run_with(&options);
    size_t at = 3 * small.plan.n_links;
    assert_int_equal(run.queues.admitted[at], 970);
    assert_int_equal(run.link_flow[at], 977);
    assert_int_equal(small_at(&run, 3, 1), 1007);
}

/* While the road or the gate is shut nobody is let in, and nobody loses the place in the queue. */
static void test_shut(void **state)
{
    for (int gate = 0; gate < 2; gate++) {
        two_places(100, 1, 100);
        uint8_t *open = arena_new(&small.arena, uint8_t, link_days(), NULL);
        memset(open, 1, link_days());
        for (int32_t day = 2; day < 5; day++) {
            (gate == 1 ? open : small.plan.open)[(size_t)day * small.plan.n_links] = 0;
        }
        struct flow_queues queues;
        same_queues(&queues, 10, 0);
        const struct flow_gates gates = {1, open};
        struct flow_run_options options = {
            .seed = 1, .to = 10, .queues = &queues, .gates = gate == 1 ? &gates : NULL};
        struct flow_result run = run_with(&options);
        for (int32_t day = 0; day < 10; day++) {
            size_t at = (size_t)day * small.plan.n_links;
            int64_t days_open = day < 2 ? day + 1 : day < 5 ? 2 : day - 2;
            assert_int_equal(run.queues.waiting[at], 100 - 10 * days_open);
            assert_int_equal(run.queues.admitted[at], day >= 2 && day < 5 ? 0 : 10);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* Two doors alike, one of which lets nobody in: who gives up takes the other at once. */
static void test_diversion(void **state)
{
    (void)state;
    const int64_t people = 100000;
    const double gives_up = 0.3;
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100);
    small_road(0, 2, 100);
    small.params.conflict_weight = 0;
    small.params.camp_movechance = 0;
    small.params.conflict_movechance = 1;
    small_plan();
    small_start(0, 0, people);
    struct flow_queues queues;
    same_queues(&queues, -1, gives_up);
    uint32_t door = small.plan.to[0] == 1 ? 0 : 1;
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        ((int64_t *)(uintptr_t)queues.admits)[(size_t)day * small.plan.n_links + door] = 0;
    }
    struct flow_run_options options = {.seed = 8, .to = 12, .queues = &queues};
    struct flow_result run = run_with(&options);
    double wait = 0.5;
    for (int32_t day = 0; day < 12; day++) {
        assert_int_equal(small_at(&run, day, 1), 0);
        assert_int_equal(small_at(&run, day, 0) + small_at(&run, day, 2), people);
        double share = (double)run.queues.waiting[(size_t)day * small.plan.n_links + door];
        assert_near(share / (double)people, wait, 5 * sqrt(0.25 / (double)people));
        wait *= 1 - gives_up;
    }
}

/* Who comes to a queue on the way stands there overnight. */
static void test_on_the_way(void **state)
{
    (void)state;
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_FORWARD, 10);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 60);
    small_road(1, 2, 60);
    small.params.conflict_weight = 0;
    small.params.camp_movechance = 0;
    small.params.conflict_movechance = 1;
    small_plan();
    small_start(0, 0, 100);
    struct flow_queues queues;
    same_queues(&queues, 1000, 0);
    struct flow_run_options options = {.seed = 8, .to = 3};
    struct flow_result plain = run_with(&options);
    options.queues = &queues;
    struct flow_result run = run_with(&options);
    assert_int_equal(small_at(&plain, 0, 2), 100);
    assert_int_equal(small_at(&run, 0, 1), 100);
    assert_int_equal(small_at(&run, 1, 2), 100);
}

/* People wait so long that what they remember must have been swept away before they go on. */
static void test_long_wait(void **state)
{
    const int32_t days = 150;
    for (uint64_t seed = 0; seed < 3; seed++) {
        small.world.n_days = days;
        small_random(seed + 700);
        small.params.avoid_short_stints = true;
        small.params.max_move_speed = 400;
        struct rng rng = rng_at(seed, 14, 0, 0);
        struct flow_queues queues;
        random_queues(&rng, &queues);
        for (size_t i = 0; i < link_days(); i++) {
            int64_t *limit = (int64_t *)(uintptr_t)&queues.admits[i];
            *limit = *limit < 0 ? -1 : (int64_t)rng_below(&rng, 2);
        }
        const struct flow_run_options options = {.seed = seed, .to = days, .queues = &queues};
        run_with(&options);
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- The choice after giving up ---- */

/* The others keep their shares of what is left; without others nothing is chosen. */
static void test_pick_other(void **state)
{
    (void)state;
    enum { ROW = 9, LINKS = 3, WORDS = 1 << 16 };
    struct rng rng = rng_at(3, 15, 0, 0);
    for (int round = 0; round < 50; round++) {
        uint32_t thresholds[ROW], n = 1 + rng_below(&rng, ROW), count[ROW] = {0};
        struct weights_choice choices[ROW];
        double share[ROW], sum = 0, reached = 0, kept = 0;
        for (uint32_t i = 0; i < n; i++) {
            choices[i] = (struct weights_choice){rng_below(&rng, LINKS), i};
            sum += share[i] = rng_uniform(&rng);
        }
        for (uint32_t i = 0; i < n; i++) {
            reached += share[i];
            thresholds[i] = i + 1 < n ? (uint32_t)(reached / sum * 0x1p32) : UINT32_MAX;
            kept += choices[i].link == 0 ? 0 : share[i];
        }
        const struct flow_weights weights = {.thresholds = thresholds, .choices = choices};
        for (uint32_t word = 0; word < WORDS; word++) {
            struct weights_choice choice =
                move_pick_other(&weights, (struct weights_row){0, n}, word << 16, 0);
            assert_int_equal(choice.link == WEIGHTS_STAY, kept <= 0);
            assert_int_not_equal(choice.link, 0);
            count[kept > 0 ? choice.trail : 0]++;
        }
        for (uint32_t i = 0; kept > 0 && i < n; i++) {
            double wanted = choices[i].link == 0 ? 0 : share[i] / kept * WORDS;
            assert_near((double)count[i], wanted, 2);
        }
    }
    const struct flow_weights none = {0};
    assert_int_equal(move_pick_other(&none, (struct weights_row){0, 0}, 5, 0).link, WEIGHTS_STAY);
}

/* ---- Memory and refusals ---- */

static void test_memory(void **state)
{
    (void)state;
    const uint64_t n = 300000;
    two_places(100, 1, (int64_t)n);
    struct flow_queues queues;
    same_queues(&queues, 1, 0);
    struct flow_run_options options = {.seed = 1, .to = 6, .queues = &queues};
    struct flow_agents *agents = open_agents(&options);
    struct flow_result run = run_to(agents, 6);
    assert_int_equal(run.queues.waiting[5 * small.plan.n_links], n - 6);
    assert_true(agents_bytes(agents) <= 24 * n);
}

static void test_refusals(void **state)
{
    (void)state;
    two_places(100, 1, 10);
    struct flow_queues bad[3];
    same_queues(&bad[0], -2, 0);
    same_queues(&bad[1], 4, 1.5);
    same_queues(&bad[2], 4, NAN);
    struct flow_agents *agents = NULL;
    struct flow_result result = {.n_days = -7};
    struct ajar_err err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct flow_run_options options = {.seed = 5, .to = 8, .queues = &bad[i]};
        assert_int_equal(
            flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &options, NULL),
            E_FLOW_OPTION);
        assert_int_equal(
            flow_walk(&small.arena, &small.plan, &small.params, &options, &result, NULL),
            E_FLOW_OPTION);
    }
    same_queues(&bad[0], 4, 0);
    const struct flow_removals removals = {0};
    const struct flow_run_options asked[] = {{.seed = 5, .to = 8, .queues = &bad[0]},
                                             {.seed = 5, .to = 8, .removals = &removals}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        assert_int_equal(flow_aggregate_run(&small.arena, &small.plan, &small.params, &asked[i],
                                            NULL, &result, &err),
                         E_FLOW_OPTION);
        assert_non_null(strstr(err.hint, "agent engine"));
    }
    assert_null(agents);
    assert_int_equal(result.n_days, -7);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_first_come), UNIT(test_fluid),        UNIT(test_none_and_all),
        UNIT(test_unlimited),  UNIT(test_limit_lifted), UNIT(test_shut),
        UNIT(test_diversion),  UNIT(test_on_the_way),   UNIT(test_long_wait),
        UNIT(test_pick_other), UNIT(test_memory),       UNIT(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
