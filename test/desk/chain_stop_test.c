/* A run that is stopped leaves nothing. */
#include "../base/sampled.h"
#include "chain_run.h"

static void count_tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    unsigned *left = arg;
    (void)what, (void)done, (void)total, (void)unit;
    *left -= *left > 0;
}

static bool count_over(void *arg)
{
    return *(const unsigned *)arg == 0;
}

/* Stops at the first tick, and at each `step` ticks later until the run gets through; the folder has `n` things
 * beside its output. */
static void stop_everywhere(struct run *run, const char *scenario, unsigned step, size_t n)
{
    int code = E_CANCELLED;
    for (unsigned ticks = 1; code != 0 && ticks < 1000; ticks += step * sampled(11)) {
        unsigned left = ticks;
        struct watch watch = {count_tick, count_over, &left};
        struct arena arena = run->arena;
        arena_init(&run->arena, "a stopped run", (size_t)1 << 30);
        code = go(run, scenario, run->out, false, NULL, &watch);
        if (code != 0) {
            assert_int_equal(code, E_CANCELLED);
            assert_int_equal(scratch_count(run->dir), n);
        }
        arena_free(&run->arena);
        run->arena = arena;
    }
    assert_int_equal(code, 0);
}

static void a_run_that_is_stopped_leaves_nothing_wherever_it_stands(void **state)
{
    struct run *run = *state;
    char dir[SCRATCH_PATH + 32];
    lay_without(run, "exodus", dir);
    stop_everywhere(run, dir, 1, 1);
}

/* Its ticks are many and alike, one a draw. */
static void a_run_that_is_stopped_in_the_exodus_leaves_nothing(void **state)
{
    stop_everywhere(*state, SHIPPED, 17, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_run_that_is_stopped_leaves_nothing_wherever_it_stands,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_run_that_is_stopped_in_the_exodus_leaves_nothing, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
