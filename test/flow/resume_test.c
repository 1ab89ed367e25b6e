#include "runs.h"
#include "signed.h"

static struct buf saved(const struct flow_agents *agents)
{
    struct buf buf;
    buf_init(&buf, (size_t)1 << 26);
    assert_int_equal(flow_agents_save(agents, &buf, NULL), 0);
    return buf;
}

/* A run resumed from its snapshot gives the unbroken run's days and its snapshot, to the byte.  That the
 * state is in the snapshot, not made again from the seed, shows in one that was changed. */
static void test_resume(void **state)
{
    for (uint64_t seed = 0; seed < 16; seed++) {
        small_random(seed + 500);
        struct flow_gates gates;
        struct flow_run_options options = all_days(seed);
        if (seed % 4 == 0) {
            random_gates(seed, &gates, &options);
        }
        struct flow_agents *whole = open_agents(&options), *half = open_agents(&options);
        struct flow_result days = run_to(whole, SMALL_DAYS);
        int32_t cut = 1 + (int32_t)(seed * 7 % (SMALL_DAYS - 1));
        struct flow_result before = run_to(half, cut);
        same_days(&days, &before);
        struct buf bytes = saved(half), end = saved(whole);
        struct flow_agents *resumed;
        struct ajar_err err = {0};
        assert_int_equal(flow_agents_load(&resumed, &small.arena, &small.plan, &small.params,
                                          &options, buf_view(&bytes), &err),
                         0);
        struct flow_result after = run_to(resumed, SMALL_DAYS);
        same_days(&days, &after);
        assert_int_equal(after.hops, days.hops);
        assert_int_equal(after.agent_days, days.agent_days);
        struct buf again = saved(resumed);
        assert_true(text_eq(buf_view(&again), buf_view(&end)));
        buf_free(&bytes);
        buf_free(&end);
        buf_free(&again);
        small_teardown(state);
        small_setup(state);
    }
}

static int load(struct text bytes, const struct flow_run_options *options, struct flow_agents **out)
{
    return flow_agents_load(out, &small.arena, &small.plan, &small.params, options, bytes, NULL);
}

enum { HEAD = 72 }; /* bytes before the places of people */

/* Someone moved in the snapshot is there after it is read. */
static void test_state_is_read(void **state)
{
    (void)state;
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small.params.camp_movechance = 0;
    small_plan();
    small.plan.day0[0] = 10;
    struct flow_run_options options = {.seed = 1, .to = 5};
    struct flow_agents *agents = open_agents(&options), *changed;
    run_to(agents, 2);
    struct buf bytes = saved(agents);
    bytes.at[HEAD + 2 * 3] = 1; /* person 3 stands in place 1 */
    sign(&bytes);
    assert_int_equal(load(buf_view(&bytes), &options, &changed), 0);
    struct flow_result run = run_to(changed, 5);
    assert_int_equal(run.from, 2);
    assert_int_equal(small_at(&run, 4, 0), 9);
    assert_int_equal(small_at(&run, 4, 1), 1);
    buf_free(&bytes);
}

/* Any byte changed, signed again or not, and any length: refused, or read without harm. */
static void test_damage(void **state)
{
    (void)state;
    small_random(900);
    small.params.awareness = 2;
    small.params.max_move_speed = 60;
    struct flow_run_options options = all_days(9);
    for (int32_t day = 4; day < SMALL_DAYS; day++) {
        small.plan.spawn[day] = 0;
    }
    struct flow_agents *agents = open_agents(&options), *out = NULL;
    run_to(agents, 5);
    struct buf bytes = saved(agents);
    assert_non_null(agents->movers);
    size_t refusals = 0, accepted = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        bytes.at[i] ^= 0x41;
        assert_int_equal(load(buf_view(&bytes), &options, &out), E_FLOW_SNAPSHOT);
        if (i % 7 == 0) {
            char end[8];
            memcpy(end, bytes.at + bytes.n - 8, 8);
            sign(&bytes);
            int code = load(buf_view(&bytes), &options, &out);
            assert_true(code == 0 || code == E_FLOW_SNAPSHOT);
            refusals += code != 0;
            if (code == 0 && accepted++ % 16 == 0) {
                run_to(out, 12);
            }
            memcpy(bytes.at + bytes.n - 8, end, 8);
        }
        bytes.at[i] ^= 0x41;
        if (i % 97 == 0) {
            arena_free(&small.arena);
            small_setup(state);
            small_random(900);
            small.params.awareness = 2;
            small.params.max_move_speed = 60;
            for (int32_t day = 4; day < SMALL_DAYS; day++) {
                small.plan.spawn[day] = 0;
            }
        }
    }
    assert_true(refusals > 20);
    assert_true(accepted > 20);
    for (size_t n = 0; n < bytes.n; n += 13) {
        assert_int_equal(load((struct text){bytes.at, n}, &options, &out), E_FLOW_SNAPSHOT);
    }
    assert_int_equal(load(buf_view(&bytes), &options, &out), 0);
    buf_free(&bytes);
}

static void test_other_inputs(void **state)
{
    (void)state;
    small_random(901);
    struct flow_run_options options = all_days(9), other = options;
    struct flow_agents *agents = open_agents(&options), *out = NULL;
    run_to(agents, 20);
    struct buf bytes = saved(agents);
    other.seed++;
    assert_int_equal(load(buf_view(&bytes), &other, &out), E_FLOW_SNAPSHOT);
    other = options;
    other.to = 19;
    assert_int_equal(load(buf_view(&bytes), &other, &out), E_FLOW_SNAPSHOT);
    other.to = 20;
    assert_int_equal(load(buf_view(&bytes), &other, &out), 0);
    small.params.softening += 1;
    assert_int_equal(load(buf_view(&bytes), &options, &out), E_FLOW_SNAPSHOT);
    small.params.softening -= 1;
    small.plan.spawn[30]++;
    assert_int_equal(load(buf_view(&bytes), &options, &out), E_FLOW_SNAPSHOT);
    small.plan.spawn[30]--;
    small.plan.open[5] ^= 1;
    assert_int_equal(load(buf_view(&bytes), &options, &out), E_FLOW_SNAPSHOT);
    small.plan.open[5] ^= 1;
    assert_int_equal(load(buf_view(&bytes), &options, &out), 0);
    buf_free(&bytes);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_resume),
        UNIT(test_state_is_read),
        UNIT(test_damage),
        UNIT(test_other_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
