#include "../base/sampled.h"
#include "equal.h"
#include "ranks.h"

static void next_world(void **state)
{
    small_teardown(state);
    small_setup(state);
}

/* ---- Who is where ---- */

static void test_dealing(void **state)
{
    (void)state;
    enum { PEOPLE = 20000 };
    static uint8_t met[PEOPLE];
    struct rng rng = rng_at(1, 2, 3, 4);
    for (int round = 0; round < 60; round++) {
        uint32_t ranks = 1 + rng_below(&rng, 9), n = rng_below(&rng, PEOPLE + 1), sum = 0;
        memset(met, 0, sizeof met);
        for (uint32_t rank = 0; rank < ranks; rank++) {
            const struct dealing deal = {rank, ranks};
            uint32_t count = deal_count(deal, n), before = 0;
            for (uint32_t i = 0; i < count; i++) {
                uint32_t number = deal_number(deal, i);
                assert_true(number < n && (i == 0 || number > before));
                assert_int_equal(number / FLOW_SHARE_GROUP % ranks, rank);
                assert_int_equal(met[number]++, 0);
                before = number;
            }
            sum += count;
        }
        assert_int_equal(sum, n);
    }
    const struct dealing last = {FLOW_SHARE_RANKS_MOST - 1, FLOW_SHARE_RANKS_MOST};
    uint32_t count = deal_count(last, UINT32_MAX);
    assert_true(deal_number(last, count - 1) >= UINT32_MAX - 1);
}

/* ---- The same bytes ---- */

/* Worlds of all kinds, more people in some than fit one group a rank. */
static void test_same(void **state)
{
    uint32_t kinds = 0;
    for (uint64_t seed = 0; seed < 10; seed += sampled(3)) {
        small_random(seed + 40);
        struct flow_gates gates;
        struct flow_run_options options = all_days(seed * 77);
        if (seed % 3 == 1) {
            random_gates(seed, &gates, &options);
        }
        for (int32_t day = 0; seed % 2 == 0 && day < SMALL_DAYS; day++) {
            small.plan.spawn[day] *= 5;
        }
        kinds |= 1u << small.params.awareness;
        kinds |= small.params.rules == FLOW_RULES_AJAR ? 1u << 4 : 1u << 5;
        kinds |= small.params.start_on_foot ? 1u << 6 : 1u << 7;
        kinds |= small.params.avoid_short_stints ? 1u << 8 : 1u << 9;
        struct flow_result whole = small_run_on(agents_path_best(), NULL, &options);
        assert_true(whole.hops > 1000);
        for (unsigned n = 1 + seed % 2; n <= RANKS_MOST; n += 2) {
            struct ranks *ranks = make_ranks(n, &options);
            run_ranks(ranks);
            all_give(ranks, &whole);
            assert_true(n > 1 || ranks->at[0].calls == 0);
            free_ranks(ranks);
        }
        next_world(state);
    }
    const uint32_t all_kinds = 0x3fe;
    assert_true(SANITIZED || kinds == all_kinds);
}

/* The plain engine knows of no ranks. */
static void test_walk(void **state)
{
    (void)state;
    small_random(90);
    struct flow_run_options options = all_days(3);
    struct flow_result walked = small_walk(&options);
    struct ranks *ranks = make_ranks(3, &options);
    run_ranks(ranks);
    all_give(ranks, &walked);
    free_ranks(ranks);
}

/* Enough people for threads within ranks, and so few in others that a rank has none. */
static void test_sizes(void **state)
{
    static const int64_t people[] = {150000, 1024, 1, 0};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        small_random(101);
        small.params.blocks = 5;
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            small.plan.day0[p] = 0;
            small.plan.capacity[p] *= i == 0 ? 1000 : 1;
        }
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small.plan.spawn[day] = day == 0 ? people[i] : 0;
        }
        struct flow_run_options options = {.seed = 6, .to = 8};
        struct flow_result whole = small_run_on(agents_path_best(), NULL, &options);
        struct ranks *ranks = make_ranks(3, &options);
        ranks->at[1].threads = 2;
        run_ranks(ranks);
        all_give(ranks, &whole);
        free_ranks(ranks);
        next_world(state);
    }
}

/* Conflicts of the data, under the reference's rules, with awareness on foot, and under Ajar's own. */
static void test_conflicts(void **state)
{
    static const struct {
        const char *name;
        int32_t hasten;
        bool aware, own;
        unsigned ranks;
    } cases[] = {{"mali2012", 100, false, false, 2},
                 {"burundi2015", 200, true, false, 3},
                 {"burundi2015", 200, false, true, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct flow_world world = flee_world(&small.arena, cases[i].name, NULL);
        struct ajar_err err = {0};
        small.params = cases[i].aware ? equal_aware_params() : flow_params_validation();
        small.params.rules = cases[i].own ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.hasten = cases[i].hasten;
        small.params.blocks = 8;
        if (flow_plan_make(&small.arena, &world, &small.params, DATE_NONE, &small.plan, &err) !=
            0) {
            fail_msg("%s: %s", cases[i].name, err.text);
        }
        struct flow_run_options options = {.seed = 1, .to = small.plan.n_days};
        struct flow_result whole = small_run_on(agents_path_best(), NULL, &options);
        struct ranks *ranks = make_ranks(cases[i].ranks, &options);
        run_ranks(ranks);
        all_give(ranks, &whole);
        free_ranks(ranks);
        next_world(state);
    }
}

/* ---- Snapshots ---- */

static struct ranks *run_to_cut(unsigned n, const struct flow_run_options *options, int32_t cut)
{
    struct ranks *ranks = make_ranks(n, options);
    for (unsigned i = 0; i < n; i++) {
        ranks->at[i].to = cut;
    }
    run_ranks(ranks);
    all_end_with(ranks, 0);
    return ranks;
}

/* Each rank goes on from its own part, and ends where one that never stopped ends. */
static void test_resume(void **state)
{
    for (uint64_t seed = 0; seed < 4; seed += sampled(3)) {
        small_random(seed + 510);
        struct flow_gates gates;
        struct flow_run_options options = all_days(seed);
        if (seed % 2 == 0) {
            random_gates(seed, &gates, &options);
        }
        unsigned n = 2 + (unsigned)seed;
        int32_t cut = 5 + 9 * (int32_t)seed;
        struct flow_result whole = small_run_on(agents_path_best(), NULL, &options);
        struct ranks *before = run_to_cut(n, &options, cut);
        struct ranks *after = make_ranks(n, &options), *straight = make_ranks(n, &options);
        for (unsigned i = 0; i < n; i++) {
            after->at[i].resumes = &before->at[i].saved;
        }
        run_ranks(after);
        run_ranks(straight);
        all_end_with(after, 0);
        all_give(straight, &whole);
        for (unsigned i = 0; i < n; i++) {
            const struct rank *rank = &after->at[i];
            assert_int_equal(rank->result.from, cut);
            same_days(&whole, &rank->result);
            assert_int_equal(rank->result.hops, whole.hops);
            assert_int_equal(rank->result.agent_days, whole.agent_days);
            assert_true(text_eq(buf_view(&rank->saved), buf_view(&straight->at[i].saved)));
        }
        free_ranks(before);
        free_ranks(after);
        free_ranks(straight);
        next_world(state);
    }
}

/* A part of another rank, of another number of ranks, or of a whole run; parts of different days. */
static void test_wrong_parts(void **state)
{
    (void)state;
    small_random(520);
    struct flow_run_options options = all_days(8);
    struct flow_agents *alone = open_agents(&options), *out = NULL;
    run_to(alone, 9);
    struct buf whole;
    buf_init(&whole, (size_t)1 << 26);
    assert_int_equal(flow_agents_save(alone, &whole, NULL), 0);
    struct ranks *two = run_to_cut(2, &options, 9), *later = run_to_cut(2, &options, 10);
    struct ranks *three = run_to_cut(3, &options, 9);
    const struct buf *pairs[][2] = {{&two->at[1].saved, &two->at[0].saved},
                                    {&two->at[0].saved, &two->at[0].saved},
                                    {&two->at[0].saved, &three->at[1].saved},
                                    {&whole, &two->at[1].saved},
                                    {&two->at[0].saved, &later->at[1].saved}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct ranks *ranks = make_ranks(2, &options);
        ranks->at[0].resumes = pairs[i][0];
        ranks->at[1].resumes = pairs[i][1];
        run_ranks(ranks);
        all_end_with(ranks, E_FLOW_SNAPSHOT);
        free_ranks(ranks);
    }
    assert_int_equal(flow_agents_load(&out, &small.arena, &small.plan, &small.params, &options,
                                      buf_view(&two->at[0].saved), NULL),
                     E_FLOW_SNAPSHOT);
    assert_null(out);
    buf_free(&whole);
    free_ranks(two);
    free_ranks(later);
    free_ranks(three);
}

/* ---- Memory ---- */

/* Two camps far apart; of n people in the first all set out on one day, or none ever. */
static void far_apart(int64_t n, double chance)
{
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 100000);
    small.params.camp_movechance = chance;
    small_plan();
    small.plan.day0[0] = n;
}

static void test_memory(void **state)
{
    const uint64_t n = 400000;
    for (int moving = 0; moving < 2; moving++) {
        far_apart((int64_t)n, moving);
        struct flow_run_options options = {.seed = 1, .to = 3};
        struct flow_agents *alone = open_agents(&options);
        run_to(alone, 3);
        uint64_t whole = agents_bytes(alone), sum = 0;
        struct ranks *ranks = make_ranks(4, &options);
        run_ranks(ranks);
        all_end_with(ranks, 0);
        for (unsigned i = 0; i < 4; i++) {
            uint64_t bytes = agents_bytes(ranks->at[i].agents);
            assert_true(bytes * 100 < whole * 27);
            sum += bytes;
        }
        assert_true(sum >= whole);
        assert_true(ranks->at[2].arena.used < small.arena.used / 2);
        free_ranks(ranks);
        next_world(state);
    }
}

/* ---- A rank in trouble ---- */

/* One rank's ceiling ends all ranks with an error: on opening, and in the middle of a day. */
static void test_ceiling(void **state)
{
    (void)state;
    far_apart(500000, 1);
    struct flow_run_options options = {.seed = 1, .to = 5};
    const size_t ceilings[] = {1000, 100000, 2000000};
    for (size_t k = 0; k < sizeof ceilings / sizeof ceilings[0]; k++) {
        for (unsigned bad = 0; bad < 3; bad++) {
            struct ranks *ranks = make_ranks(3, &options);
            ranks->at[bad].ceiling = ceilings[k];
            run_ranks(ranks);
            all_end_with(ranks, E_CEILING);
            for (unsigned i = 0; i < 3; i++) {
                struct rank *rank = &ranks->at[i];
                assert_int_equal(rank->agents == NULL, k < 2);
                assert_int_equal(rank->again, k < 2 ? 0 : E_FLOW_OPTION);
                assert_int_equal(strstr(rank->err.text, "1 of 3 ranks stopped") != NULL, i != bad);
                assert_int_equal(rank->result.n_days, 0);
            }
            free_ranks(ranks);
        }
    }
}

/* One rank that is asked to stop stops all before the same day, and all can go on. */
static void test_stop(void **state)
{
    (void)state;
    small_random(540);
    struct flow_run_options options = all_days(2);
    struct flow_result whole = small_run(SMALL_DAYS, 2);
    struct ranks *ranks = make_ranks(3, &options);
    ranks->at[1].stop = 17;
    run_ranks(ranks);
    all_end_with(ranks, E_CANCELLED);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(ranks->at[i].again, 0);
        assert_int_equal(ranks->at[i].result.from, 17);
        same_days(&whole, &ranks->at[i].result);
        assert_int_equal(ranks->at[i].result.hops, whole.hops);
    }
    free_ranks(ranks);
}

static void test_cut_off(void **state)
{
    (void)state;
    small_random(541);
    struct flow_run_options options = all_days(2);
    for (size_t call = 1; call < 40; call += 9) {
        struct ranks *ranks = make_ranks(2, &options);
        ranks->at[0].fails_at = ranks->at[1].fails_at = call;
        run_ranks(ranks);
        all_end_with(ranks, E_THREAD);
        free_ranks(ranks);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    small_random(542);
    struct flow_run_options options = all_days(2);
    struct flow_agents *agents = NULL;
    const struct flow_share bad[] = {{.rank = 0, .ranks = 0, .sum = meet},
                                     {.rank = 2, .ranks = 2, .sum = meet},
                                     {.rank = 0, .ranks = FLOW_SHARE_RANKS_MOST + 1, .sum = meet},
                                     {.rank = 0, .ranks = 2}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        options.share = &bad[i];
        assert_int_equal(
            flow_agents_open(&agents, &small.arena, &small.plan, &small.params, &options, NULL),
            E_FLOW_OPTION);
        assert_int_equal(flow_agents_load(&agents, &small.arena, &small.plan, &small.params,
                                          &options, TEXT_LIT("AJARFLW2"), NULL),
                         E_FLOW_OPTION);
    }
    assert_null(agents);
    /* Ranks that would run to different days, one of them to none of the plan. */
    static const int32_t to[] = {12, SMALL_DAYS + 1};
    for (size_t i = 0; i < sizeof to / sizeof to[0]; i++) {
        options.share = NULL;
        struct ranks *ranks = make_ranks(3, &options);
        ranks->at[2].to = to[i];
        run_ranks(ranks);
        all_end_with(ranks, E_FLOW_OPTION);
        free_ranks(ranks);
    }
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_dealing),   UNIT(test_same),   UNIT(test_walk),        UNIT(test_sizes),
        UNIT(test_conflicts), UNIT(test_resume), UNIT(test_wrong_parts), UNIT(test_memory),
        UNIT(test_ceiling),   UNIT(test_stop),   UNIT(test_cut_off),     UNIT(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
