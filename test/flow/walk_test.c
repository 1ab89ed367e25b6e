#include "small.h"

/* ---- What is remembered ---- */

static void test_memory_halves(void **state)
{
    (void)state;
    struct rng rng = rng_at(1, 1, 1, 1);
    for (int i = 0; i < 100000; i++) {
        double km = exp(16 * rng_uniform(&rng) - 6);
        int32_t day = (int32_t)rng_below(&rng, 36000);
        uint16_t code = move_remember(km, day);
        assert_true(code > MOVE_NEW || km < 0x1p-9);
        for (int32_t later = 0; later <= 30; later++) {
            double wanted = ldexp(km, -later), got = move_recall(code, day + later);
            if (wanted < 0x1p-10) {
                assert_near(got, 0, 0x1p-9);
            } else if (wanted < 0x1p14) {
                assert_near(got / wanted, 1, 0x1p-8 * 0.51 + 0x1p-8 * (code < 8));
            }
        }
    }
}

/* From the day it reads as nothing until the next sweep it stays nothing. */
static void test_memory_fades(void **state)
{
    (void)state;
    for (int32_t day = 0; day < 70; day++) {
        for (double km = 0x1p-12; km < 0x1p15; km *= 1.37) {
            uint16_t code = move_remember(km, day);
            bool gone = false;
            for (int32_t later = 0; later < MOVE_SWEEP + 8; later++) {
                bool nothing = move_recall(code, day + later) <= 0;
                assert_true(nothing || !gone);
                gone = nothing;
            }
            assert_true(gone);
        }
    }
    for (int32_t day = 0; day < 70; day++) {
        assert_near(move_recall(MOVE_STILL, day), 0, 0);
        assert_near(move_recall(MOVE_NEW, day), 0, 0);
    }
    assert_int_equal(move_remember(0, 5), MOVE_STILL);
}

/* ---- Ways ---- */

static void test_budget(void **state)
{
    (void)state;
    struct move_rules own = {.own = true}, flee = {.own = false};
    for (double spent = 0; spent < 1; spent += 0.0137) {
        uint16_t kept = move_budget(spent);
        assert_near(move_done(&own, 200, 1, kept), 200 * (1 - spent), 200.0 / MOVE_BUDGET);
        assert_near(move_done(&own, 200, 3, kept), 200 * (3 - spent), 200.0 / MOVE_BUDGET);
        assert_near(move_done(&flee, 200, 3, kept), 600, 0);
        assert_near(move_done(&own, 200, 0, kept), 0, 0);
    }
    assert_int_equal(move_budget(0), 0);
    assert_near(move_done(&own, 200, 1, move_budget(1)), 0, 200.0 / MOVE_BUDGET);
}

/* Blocks cover everybody once. */
static void test_blocks(void **state)
{
    (void)state;
    static const uint32_t people[] = {0, 1, 31, 32, 33, 1000003, UINT32_MAX};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        for (int32_t blocks = 1; blocks < 70; blocks += 3) {
            assert_int_equal(move_block(people[i], blocks, 0), 0);
            assert_int_equal(move_block(people[i], blocks, blocks), people[i]);
            for (int32_t b = 0; b < blocks; b++) {
                uint32_t size =
                    move_block(people[i], blocks, b + 1) - move_block(people[i], blocks, b);
                assert_true(size <= (uint64_t)people[i] / (uint32_t)blocks + 1);
            }
        }
    }
}

/* ---- The rule of short stints ---- */

/* A line of towns 100 km apart, from which nobody would leave of their own: after one short way people are
 * driven on while their km of today and of late stay below a day's way. */
static void test_short_stints(void **state)
{
    for (int stints = 0; stints < 2; stints++) {
        for (uint32_t i = 0; i < 8; i++) {
            small_place(i == 0 ? FLOW_CONFLICT : FLOW_TOWN, 10);
        }
        for (uint32_t i = 0; i < 7; i++) {
            small_road(i, i + 1, 100);
        }
        small.params.max_move_speed = 350;
        small.params.default_movechance = 0;
        small.params.avoid_short_stints = stints != 0;
        small_plan();
        for (size_t i = 0; i < (size_t)SMALL_DAYS * small.plan.n_links; i++) {
            size_t link = i % small.plan.n_links;
            small.plan.open[i] = small.plan.to[link] > small.plan.from[link];
        }
        small_start(0, 0, 50);
        const struct flow_run_options options = {.seed = 1, .to = 2};
        struct flow_result run = small_walk(&options);
        for (int32_t day = 0; day < 2; day++) {
            assert_int_equal(small_at(&run, day, stints != 0 ? 4 : 1), 50);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* The first way is walked: 100 km take three days at 35 km, the next road one. */
static void test_on_foot(void **state)
{
    (void)state;
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_FORWARD, 10);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100);
    small_road(1, 2, 300);
    small.params.start_on_foot = true;
    small.params.conflict_weight = 0;
    small.params.camp_movechance = 0;
    small_plan();
    small_start(0, 0, 50);
    const struct flow_run_options options = {.seed = 1, .to = 4};
    struct flow_result run = small_walk(&options);
    assert_int_equal(run.on_links[0], 50);
    assert_int_equal(run.on_links[1], 50);
    /* 30 km on the third day, so there is day left, and a whole one for the reference. */
    assert_int_equal(small_at(&run, 2, 2), 50);
    small.params.rules = FLOW_RULES_AJAR;
    small_plan();
    small_start(0, 0, 50);
    run = small_walk(&options);
    assert_int_equal(small_at(&run, 2, 2), 0);
    assert_int_equal(small_at(&run, 3, 2), 50);
}

/* Someone on the way to a far goal goes through a camp without staying. */
static void test_trail(void **state)
{
    (void)state;
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 300);
    small_road(1, 2, 300);
    small.params.camp_movechance = 0;
    small.params.awareness = 2;
    small.params.distance_power = 0;
    small.params.max_move_speed = 200;
    small_plan();
    const int64_t n = 20000;
    small_start(0, 0, n);
    const struct flow_run_options options = {.seed = 1, .to = 6};
    struct flow_result run = small_walk(&options);
    assert_int_equal(small_at(&run, 0, 1), 0);
    assert_int_equal(small_at(&run, 1, 1), small_at(&run, 5, 1)); /* the others went on at once */
    double stay = (double)small_at(&run, 5, 1);
    assert_near(stay / (double)n, 0.5, 5 * sqrt(0.25 / (double)n));
    assert_int_equal(small_at(&run, 5, 1) + small_at(&run, 5, 2), n);
    assert_int_equal(run.hops, n + small_at(&run, 5, 2));
}

/* A run that starts late has the first people there and no one of the days before. */
static void test_late_start(void **state)
{
    (void)state;
    small_random(3);
    const struct flow_run_options options = {.seed = 1, .from = 10, .to = 12};
    struct flow_result run = small_walk(&options);
    int64_t people = small.plan.spawn[10], there = run.on_links[0];
    for (uint32_t p = 0; p < small.plan.n_places; p++) {
        people += small.plan.day0[p];
        there += small_at(&run, 10, p);
    }
    assert_int_equal(run.from, 10);
    assert_int_equal(run.n_days, 2);
    assert_int_equal(there, people);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_memory_halves), UNIT(test_memory_fades), UNIT(test_budget), UNIT(test_blocks),
        UNIT(test_short_stints),  UNIT(test_on_foot),      UNIT(test_trail),  UNIT(test_late_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
