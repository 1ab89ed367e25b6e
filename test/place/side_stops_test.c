/* The optimiser under side constraints is stopped: by the watch, by `enough`, by rounds, and with light work alone. */
#include "side.h"

#include "../base/sampled.h"
#include "../base/unit.h"
#include "bound.h"
#include "brute_side.h"
#include "random_side.h"

struct made {
    struct arena arena;
    struct place_problem problem;
    struct place_side side;
};

static void made_new(struct made *made, enum random_size size, uint32_t seed)
{
    struct random_side_kinds all = {seed % 4 == 0, true, true, true};
    arena_init(&made->arena, "the test", (size_t)1 << 28);
    assert_int_equal(random_instance(&made->arena, size, seed, &made->problem, NULL), 0);
    assert_int_equal(random_side(&made->arena, seed, all, &made->problem, &made->side, NULL), 0);
}

static int solve(struct made *made, const struct place_options *options, const struct watch *watch,
                 struct side_result *out)
{
    return side_solve(&made->arena, &made->problem, &made->side, options, NULL, watch, out, NULL);
}

static void keeps(const struct made *made, const struct side_result *result)
{
    int64_t load[256 * PLACE_RESOURCES_MOST];
    bool legal;
    assert_in_range(made->problem.n_localities, 1, 256);
    assert_int_equal(place_objective(&made->problem, result->plan.place, load, &legal),
                     result->plan.objective_micro);
    assert_true(legal);
    assert_true(brute_keeps(&made->problem, &made->side, result->plan.place));
    assert_int_equal(
        side_bound(&made->problem, &made->side, result->plan.price, result->quota_price),
        result->plan.price_bound_micro);
    assert_true(result->plan.objective_micro <= result->plan.bound_micro);
    assert_true(result->plan.bound_micro <= result->plan.price_bound_micro);
}

/* Says stop from the n-th question on; `told` is the last that was said. */
struct stopper {
    uint32_t asked, at;
    int64_t objective, bound;
};
static bool stops(void *arg)
{
    struct stopper *stopper = arg;
    return ++stopper->asked >= stopper->at;
}
static void tells(void *arg, uint64_t rounds, int64_t objective, int64_t bound)
{
    struct stopper *stopper = arg;
    (void)rounds;
    assert_true(objective >= stopper->objective); /* the best so far is kept */
    assert_true(bound <= stopper->bound);
    stopper->objective = objective;
    stopper->bound = bound;
}
static void tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    (void)arg;
    (void)what;
    (void)done;
    (void)total;
    (void)unit;
}

/* The n-th question of `enough` stops it, and as many rounds give the same bytes. */
static void enough_is_a_number_of_rounds(void **state)
{
    (void)state;
    uint32_t stopped = 0;
    for (uint32_t at = 1; at <= 21; at += 4 * sampled(2)) {
        struct made made;
        struct side_result one, other;
        struct stopper stopper = {.at = at, .objective = INT64_MIN, .bound = INT64_MAX};
        struct place_options options = {
            .rounds = 60, .seed = 5, .enough = stops, .tell = tells, .arg = &stopper};
        made_new(&made, RANDOM_LARGE, 9);
        assert_int_equal(solve(&made, &options, NULL, &one), 0);
        keeps(&made, &one);
        assert_false(one.plan.cancelled);
        assert_int_equal(one.plan.objective_micro, stopper.objective);
        stopped += !one.plan.proven && one.plan.rounds < options.rounds;
        if (!one.plan.proven && one.plan.rounds > 0) {
            struct place_options rounds = {.rounds = one.plan.rounds, .seed = 5};
            assert_int_equal(solve(&made, &rounds, NULL, &other), 0);
            assert_memory_equal(one.plan.place, other.plan.place,
                                made.problem.n_households * sizeof *one.plan.place);
            assert_int_equal(one.plan.rounds, other.plan.rounds);
        }
        arena_free(&made.arena);
    }
    assert_true(stopped > 0);
}

/* During the search for prices or after it: what is there is kept, and no error comes out. */
static void the_watch_keeps_the_best(void **state)
{
    (void)state;
    uint32_t cancelled = 0;
    for (uint32_t at = 1; at < 5000; at = at * 3 + 1) {
        struct made made;
        struct side_result result;
        struct stopper stopper = {.at = at};
        struct watch watch = {tick, stops, &stopper};
        struct place_options options = {.rounds = 20, .seed = 5};
        made_new(&made, RANDOM_LARGE, 9);
        assert_int_equal(solve(&made, &options, &watch, &result), 0);
        keeps(&made, &result);
        assert_int_equal(result.plan.cancelled, stopper.asked >= stopper.at);
        cancelled += result.plan.cancelled;
        arena_free(&made.arena);
    }
    assert_in_range(cancelled, 3, 8);
}

/* Annealing alone: legal, never worse than the plan to start from, the same bytes again. */
static void light_work_keeps_everything(void **state)
{
    (void)state;
    uint32_t asked = 0;
    for (uint32_t seed = 1; seed <= 12; seed += sampled(3)) {
        struct made made;
        struct side_result full, light, again;
        struct place_options options = {.rounds = 2, .seed = seed};
        made_new(&made, RANDOM_MIDDLE, seed);
        if (solve(&made, &options, NULL, &full) == 0) {
            options = (struct place_options){.rounds = 6,
                                             .seed = seed,
                                             .light = true,
                                             .looks = 50,
                                             .start_place = full.plan.place,
                                             .start_price = full.plan.price};
            assert_int_equal(solve(&made, &options, NULL, &light), 0);
            assert_int_equal(solve(&made, &options, NULL, &again), 0);
            keeps(&made, &light);
            assert_true(light.plan.objective_micro >= full.plan.objective_micro);
            assert_memory_equal(light.plan.place, again.plan.place,
                                made.problem.n_households * sizeof *light.plan.place);
            asked++;
        }
        arena_free(&made.arena);
    }
    assert_in_range(asked, 9 / sampled(3), 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_is_a_number_of_rounds),
        cmocka_unit_test(the_watch_keeps_the_best),
        cmocka_unit_test(light_work_keeps_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
