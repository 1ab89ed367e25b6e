#include "../base/sampled.h"
#include "seams.h"
#include "signed.h"

static void next_world(void **state)
{
    small_teardown(state);
    small_setup(state);
}

/* ---- The engine and its oracle, with queues and removals of all kinds ---- */

/* Worlds whose links are short enough that many people wait, leave and return. */
static struct flow_run_options busy_world(uint64_t seed, struct seams *seams)
{
    small_random(seed + 2000);
    return random_seams(seed, seams);
}

static void test_walk(void **state)
{
    int64_t joined = 0, gave_up = 0, taken = 0, removed = 0, returned = 0, waiting = 0;
    uint32_t kinds = 0;
    for (uint64_t seed = 0; seed < 32; seed += sampled(4)) {
        struct seams seams;
        struct flow_run_options options = busy_world(seed, &seams);
        struct flow_result walked = small_walk(&options);
        check_seams(&walked, &options);
        for (int name = 0; name < AGENTS_PATHS; name++) {
            const struct agents_path *path = agents_path((enum agents_path_name)name);
            if (path != NULL) {
                struct flow_result run = small_run_on(path, NULL, &options);
                same_in_all(&run, &walked);
            }
        }
        size_t places = (size_t)SMALL_DAYS * small.plan.n_places;
        joined += sum_of(walked.queues.joined, link_days());
        waiting += sum_of(walked.queues.waiting, link_days());
        gave_up += sum_of(walked.queues.gave_up, link_days());
        taken += sum_of(walked.queues.taken, link_days());
        removed += sum_of(walked.removed, places);
        returned += sum_of(walked.returned, places);
        kinds |= 1u << small.params.awareness;
        kinds |= small.params.rules == FLOW_RULES_AJAR ? 1u << 4 : 1u << 5;
        kinds |= small.params.start_on_foot ? 1u << 6 : 1u << 7;
        kinds |= small.params.avoid_short_stints ? 1u << 8 : 1u << 9;
        next_world(state);
    }
    const uint32_t all_kinds = 0x3fe;
    assert_int_equal(kinds, all_kinds);
    const int64_t many = 10000 / sampled(4);
    assert_true(joined > many && gave_up > many && taken > many / 10);
    assert_true(removed > many && returned > many && waiting > joined);
}

/* So many people that blocks are cut and threads share them. */
static void test_threads(void **state)
{
    static const unsigned threads[] = {2, 7};
    for (uint64_t seed = 0; seed < 3; seed++) {
        struct seams seams;
        struct flow_run_options options = busy_world(seed, &seams);
        options.to = 10;
        small.params.blocks = 1 + (int32_t)seed;
        small.plan.spawn[0] = 9000;
        small.plan.spawn[7] = 4000;
        struct flow_result walked = small_walk(&options);
        check_seams(&walked, &options);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            struct pool *pool;
            assert_int_equal(pool_open(&pool, threads[i], NULL), 0);
            struct flow_result run = small_run_on(agents_path_best(), pool, &options);
            same_in_all(&run, &walked);
            pool_close(pool);
        }
        next_world(state);
    }
}

/* Several groups of people a rank, and one of the ranks with threads. */
static void test_ranks(void **state)
{
    for (uint64_t seed = 0; seed < 8; seed += sampled(3)) {
        struct seams seams;
        struct flow_run_options options = busy_world(seed + 12, &seams);
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small.plan.spawn[day] *= 4;
        }
        struct flow_result walked = small_walk(&options);
        for (unsigned n = 1 + (unsigned)seed % 2; n <= 4; n += 2) {
            struct ranks *ranks = make_ranks(n, &options);
            ranks->at[n - 1].threads = 2;
            run_ranks(ranks);
            all_give(ranks, &walked);
            for (unsigned i = 0; i < n; i++) {
                same_seams(&walked, &ranks->at[i].result);
            }
            free_ranks(ranks);
        }
        next_world(state);
    }
}

/* A full camp whose queue lets people of one rank go has room for those of all ranks who come that day. */
static void test_room_on_all_ranks(void **state)
{
    (void)state;
    const int64_t full = 600, pass = 200;
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_FORWARD, 10);
    small_place(FLOW_CAMP, full);
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 60);
    small_road(1, 2, 60);
    small_road(1, 4, 60);
    small_road(2, 3, 60);
    small.params.rules = FLOW_RULES_AJAR;
    small.params.conflict_weight = 0;
    small.params.conflict_movechance = 1;
    small.params.blocks = 1;
    small_plan();
    small.plan.day0[2] = full;
    small_start(0, 0, 4000);
    struct flow_queues queues;
    same_queues(&queues, -1, 0);
    for (size_t i = 0; i < link_days(); i++) {
        uint32_t link = (uint32_t)(i % small.plan.n_links);
        small.plan.open[i] = small.plan.to[link] > small.plan.from[link];
        small.plan.movechance[i / small.plan.n_links * small.plan.n_places + 2] = 1;
        if (small.plan.from[link] == 2) {
            ((int64_t *)(uintptr_t)queues.admits)[i] = pass;
        }
    }
    const struct flow_run_options options = {.seed = 3, .to = 3, .queues = &queues};
    struct flow_result walked = small_walk(&options);
    assert_true(small_at(&walked, 0, 2) > full - pass); /* some found room */
    struct ranks *ranks = make_ranks(3, &options);
    run_ranks(ranks);
    all_give(ranks, &walked);
    free_ranks(ranks);
}

/* ---- Snapshots ---- */

static struct buf saved(const struct flow_agents *agents)
{
    struct buf buf;
    buf_init(&buf, (size_t)1 << 26);
    assert_int_equal(flow_agents_save(agents, &buf, NULL), 0);
    return buf;
}

static void test_resume(void **state)
{
    int64_t waited = 0;
    for (uint64_t seed = 0; seed < 16; seed += sampled(3)) {
        struct seams seams;
        struct flow_run_options options = busy_world(seed + 30, &seams);
        struct flow_agents *whole = open_agents(&options), *half = open_agents(&options), *resumed;
        struct flow_result days = run_to(whole, SMALL_DAYS);
        int32_t cut = 5 + (int32_t)(seed * 7 % (SMALL_DAYS - 5));
        struct flow_result before = run_to(half, cut);
        struct buf bytes = saved(half), end = saved(whole);
        struct ajar_err err = {0};
        assert_int_equal(flow_agents_load(&resumed, &small.arena, &small.plan, &small.params,
                                          &options, buf_view(&bytes), &err),
                         0);
        struct flow_result after = run_to(resumed, SMALL_DAYS);
        same_days(&days, &after);
        same_seams(&days, &before);
        same_seams(&days, &after);
        assert_int_equal(after.agent_days, days.agent_days);
        struct buf again = saved(resumed);
        assert_true(text_eq(buf_view(&again), buf_view(&end)));
        if (options.queues != NULL) {
            size_t last = (size_t)(cut - 1) * small.plan.n_links;
            waited += sum_of(before.queues.waiting + last, small.plan.n_links);
        }
        buf_free(&bytes);
        buf_free(&end);
        buf_free(&again);
        next_world(state);
    }
    assert_true(waited > 1000); /* cuts lay in the middle of queues */
}

static void test_resume_ranks(void **state)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct seams seams;
        struct flow_run_options options = busy_world(seed * 3 + 4, &seams);
        unsigned n = 2 + (unsigned)seed % 3;
        int32_t cut = 8 + 5 * (int32_t)seed;
        struct flow_result whole = small_run_on(agents_path_best(), NULL, &options);
        struct ranks *before = make_ranks(n, &options), *after = make_ranks(n, &options);
        for (unsigned i = 0; i < n; i++) {
            before->at[i].to = cut;
            after->at[i].resumes = &before->at[i].saved;
        }
        run_ranks(before);
        run_ranks(after);
        all_end_with(after, 0);
        for (unsigned i = 0; i < n; i++) {
            assert_int_equal(after->at[i].result.from, cut);
            same_days(&whole, &after->at[i].result);
            same_seams(&whole, &after->at[i].result);
            assert_int_equal(after->at[i].result.agent_days, whole.agent_days);
        }
        free_ranks(before);
        free_ranks(after);
        next_world(state);
    }
}

static int load(const struct buf *bytes, const struct flow_run_options *options,
                struct flow_agents **out)
{
    return flow_agents_load(out, &small.arena, &small.plan, &small.params, options, buf_view(bytes),
                            NULL);
}

/* Every word of the people changed and signed again: refused, or gone on with and nobody lost. */
static void test_damage(void **state)
{
    (void)state;
    struct seams seams;
    struct flow_run_options options = busy_world(0, &seams);
    struct rng rng = rng_at(0, 16, 0, 0);
    seams.removals.leaves = random_chances(&rng, 2);
    seams.removals.returns = random_chances(&rng, 2);
    for (int32_t day = 6; day < SMALL_DAYS; day++) {
        small.plan.spawn[day] = 0;
    }
    struct flow_agents *agents = open_agents(&options), *out = NULL;
    run_to(agents, 8);
    struct buf bytes = saved(agents);
    assert_non_null(agents->home);
    uint32_t refusals = 0, accepted = 0;
    for (size_t i = 72; i + 8 < bytes.n; i += 11) {
        bytes.at[i] ^= 0x21;
        assert_int_equal(load(&bytes, &options, &out), E_FLOW_SNAPSHOT);
        char end[8];
        memcpy(end, bytes.at + bytes.n - 8, 8);
        sign(&bytes);
        int code = load(&bytes, &options, &out);
        assert_true(code == 0 || code == E_FLOW_SNAPSHOT);
        refusals += code != 0;
        if (code == 0 && accepted++ % 64 == 0) {
            struct flow_result run = run_to(out, 14);
            assert_true(sum_of(run.on_links, 6) >= 0);
        }
        memcpy(bytes.at + bytes.n - 8, end, 8);
        bytes.at[i] ^= 0x21;
    }
    assert_true(refusals > 100 && accepted > 100);
    /* Other queues and removals are other inputs. */
    int64_t *admits = (int64_t *)(uintptr_t)seams.queues.admits;
    double *returns = (double *)(uintptr_t)seams.removals.returns;
    admits[200]++;
    assert_int_equal(load(&bytes, &options, &out), E_FLOW_SNAPSHOT);
    admits[200]--;
    returns[200] = 0.75;
    assert_int_equal(load(&bytes, &options, &out), E_FLOW_SNAPSHOT);
    options.removals = NULL;
    assert_int_equal(load(&bytes, &options, &out), E_FLOW_SNAPSHOT);
    options.queues = NULL;
    assert_int_equal(load(&bytes, &options, &out), E_FLOW_SNAPSHOT);
    buf_free(&bytes);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_walk),   UNIT(test_threads),      UNIT(test_ranks),  UNIT(test_room_on_all_ranks),
        UNIT(test_resume), UNIT(test_resume_ranks), UNIT(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
