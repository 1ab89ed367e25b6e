#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "solve.h"
#include "solve_cases.h"

enum { X = CASE_NULL };

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct place_result solve(const struct place_problem *problem,
                                 const struct place_options *options, struct pool *pool,
                                 const struct watch *watch)
{
    struct ajar_err err = {0};
    struct place_result out = {0};
    bool legal;
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    int64_t *load = arena_new(&arena, int64_t, n, &err);
    assert_non_null(load);
    assert_int_equal(place_solve(&arena, problem, options, pool, watch, &out, &err), 0);
    int64_t micro = place_objective(problem, out.place, load, &legal);
    int64_t bound = 0;
    assert_true(legal);
    assert_int_equal(micro, out.objective_micro);
    assert_int_equal(place_bound(&arena, problem, out.price, NULL, &bound, &err), 0);
    assert_int_equal(bound, out.price_bound_micro);
    assert_true(out.objective_micro <= out.bound_micro && out.bound_micro <= bound);
    assert_int_equal(out.proven, out.objective_micro == out.bound_micro);
    return out;
}

static void check_oracle(uint32_t n, uint32_t l, uint32_t r, const int32_t *need,
                         const int32_t *capacity, const int32_t *score, int64_t worth,
                         const int *place)
{
    struct place_problem problem = case_of(&arena, n, l, r, need, capacity, score);
    struct place_result got = solve(&problem, &(struct place_options){.seed = 1}, NULL, NULL);
    assert_true(got.proven);
    assert_int_equal(got.objective_micro, worth * 1000000);
    assert_int_equal(case_optimum(&problem), worth * 1000000);
    for (uint32_t h = 0; h < n; h++) {
        assert_int_equal((int)got.place[h], place[h]);
    }
}

/* Six instances with one optimum each, from exhaustive integer programs. */
static void test_oracles(void **state)
{
    (void)state;
    check_oracle(6, 3, 2, (int32_t[]){3, 1, 1, 3, 3, 1, 1, 3, 2, 1, 1, 0},
                 (int32_t[]){6, 5, 5, 6, 3, 6},
                 (int32_t[]){X, 8, X, 77, X, 57, 26, 82, 1, 59, 53, 11, 41, 66, 9, 14, 38, 3}, 291,
                 (int[]){-1, 0, 1, 1, 0, 1});
    check_oracle(7, 2, 1, (int32_t[]){1, 1, 2, 2, 3, 2, 2}, (int32_t[]){2, 6},
                 (int32_t[]){87, 12, 2, 98, 18, 13, X, 63, 72, 66, 94, 54, 15, 28}, 321,
                 (int[]){-1, 1, -1, 1, 1, 0, -1});
    check_oracle(5, 3, 3, (int32_t[]){2, 0, 1, 1, 3, 0, 1, 1, 1, 2, 2, 0, 3, 2, 2},
                 (int32_t[]){5, 2, 2, 2, 3, 6, 3, 2, 6},
                 (int32_t[]){80, 76, 74, X, 81, 30, 32, 21, 71, 50, 78, X, X, X, 33}, 282,
                 (int[]){0, 1, 2, 0, -1});
    check_oracle(5, 3, 2, (int32_t[]){2, 3, 2, 1, 3, 0, 1, 1, 2, 0}, (int32_t[]){4, 3, 3, 2, 2, 4},
                 (int32_t[]){32, X, 48, 17, X, X, 43, 89, 18, 3, 46, 5, X, 62, X}, 199,
                 (int[]){2, -1, 0, 1, 1});
    check_oracle(6, 3, 1, (int32_t[]){1, 1, 2, 3, 2, 3}, (int32_t[]){2, 3, 4},
                 (int32_t[]){88, 10, 54, 4, 74, X, 49, 78, X, X, X, 54, 50, 89, 57, 70, X, 4}, 320,
                 (int[]){2, 1, 0, 2, 1, -1});
    check_oracle(6, 2, 2, (int32_t[]){1, 1, 3, 0, 2, 3, 2, 0, 2, 2, 1, 1}, (int32_t[]){6, 3, 4, 5},
                 (int32_t[]){31, 86, 82, 97, 28, 75, 27, X, 6, 36, 15, 36}, 306,
                 (int[]){1, 0, 1, 0, -1, 1});
}

static void test_against_everything(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 300; i++) {
        struct rng rng = rng_at(8, 1, i, 0);
        uint32_t n = 6 + rng_below(&rng, 3), l = 3 + rng_below(&rng, 2), r = 2 + rng_below(&rng, 3);
        struct place_problem problem =
            case_random(&arena, &rng, n, l, r, 40 + rng_below(&rng, 100));
        struct place_result got =
            solve(&problem, &(struct place_options){.rounds = 40, .seed = i}, NULL, NULL);
        assert_true(got.proven);
        assert_int_equal(got.objective_micro, case_optimum(&problem));
    }
}

static void test_room_never_hurts(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 25; i++) {
        struct rng rng = rng_at(8, 2, i, 0);
        struct place_problem problem = case_random(&arena, &rng, 14, 4, 2, 60);
        struct place_result before =
            solve(&problem, &(struct place_options){.rounds = 60}, NULL, NULL);
        int32_t capacity[8];
        memcpy(capacity, problem.capacity, sizeof capacity);
        capacity[rng_below(&rng, 8)] += 1 + (int32_t)rng_below(&rng, 3);
        problem.capacity = capacity;
        struct place_result after =
            solve(&problem, &(struct place_options){.rounds = 60}, NULL, NULL);
        assert_true(before.proven && after.proven);
        assert_true(after.objective_micro >= before.objective_micro);
    }
}

/* The same problem with households and localities in another order: both reversed. */
static struct place_problem turned(const struct place_problem *problem)
{
    struct ajar_err err = {0};
    uint32_t n = problem->n_households, l = problem->n_localities, r = problem->n_resources;
    uint64_t pairs = problem->first[n], kept = 0;
    int32_t *need = arena_new(&arena, int32_t, (size_t)n * r, &err);
    int32_t *capacity = arena_new(&arena, int32_t, (size_t)l * r, &err);
    uint64_t *first = arena_new(&arena, uint64_t, n + (size_t)1, &err);
    uint32_t *locality = arena_new(&arena, uint32_t, pairs, &err);
    int32_t *score = arena_new(&arena, int32_t, pairs, &err);
    for (uint32_t h = 0; h < n; h++) {
        memcpy(&need[h * r], &problem->need[(n - 1 - h) * r], r * sizeof *need);
        for (uint64_t k = problem->first[n - h]; k-- > problem->first[n - 1 - h];) {
            locality[kept] = l - 1 - problem->locality[k];
            score[kept++] = problem->score[k];
        }
        first[h + 1] = kept;
    }
    for (uint32_t k = 0; k < l; k++) {
        memcpy(&capacity[k * r], &problem->capacity[(l - 1 - k) * r], r * sizeof *capacity);
    }
    return (struct place_problem){n, l, r, need, capacity, first, locality, score};
}

static void test_order_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        struct rng rng = rng_at(8, 3, i, 0);
        struct place_problem problem = case_random(&arena, &rng, 16, 5, 3, 80);
        struct place_problem other = turned(&problem);
        struct place_result a = solve(&problem, &(struct place_options){0}, NULL, NULL);
        struct place_result b = solve(&other, &(struct place_options){0}, NULL, NULL);
        assert_true(a.proven && b.proven);
        assert_int_equal(a.objective_micro, b.objective_micro);
    }
}

/* 4200 households are more than one block of the parallel sums. */
static struct place_problem large(uint32_t n)
{
    struct rng rng = rng_at(8, 4, 0, 0);
    return case_random(&arena, &rng, n, 4, 3, 90);
}

static void test_threads(void **state)
{
    (void)state;
    struct ajar_err err = {0};
    struct place_problem problem = large(4100);
    struct place_options options = {.rounds = 3, .seed = 3};
    struct place_result one = solve(&problem, &options, NULL, NULL);
    for (unsigned threads = 2; threads <= 3; threads++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, threads, &err), 0);
        struct place_result more = solve(&problem, &options, pool, NULL);
        pool_close(pool);
        assert_memory_equal(one.place, more.place, problem.n_households * sizeof *one.place);
        assert_memory_equal(one.price, more.price, (size_t)4 * 3 * sizeof *one.price);
    }
}

struct stop {
    uint64_t after, asked;
};

static bool stop_after(void *arg)
{
    struct stop *stop = arg;
    return ++stop->asked > stop->after;
}

/* Stopped by a clock or by a number of rounds: the same bytes. */
static void check_stopped(const struct place_problem *problem, uint64_t after)
{
    struct stop stop = {.after = after};
    struct place_options timed = {
        .rounds = UINT64_MAX, .seed = 5, .enough = stop_after, .arg = &stop};
    struct place_result a = solve(problem, &timed, NULL, NULL);
    struct place_options counted = {.rounds = a.rounds, .seed = 5};
    assert_true(a.rounds > 0);
    struct place_result b = solve(problem, &counted, NULL, NULL);
    assert_int_equal(a.rounds, b.rounds);
    assert_int_equal(a.objective_micro, b.objective_micro);
    assert_memory_equal(a.place, b.place, problem->n_households * sizeof *a.place);
}

static void test_rounds_repeat_a_stop(void **state)
{
    (void)state;
    struct rng rng = rng_at(8, 5, 0, 0);
    struct place_problem small = case_random(&arena, &rng, 50, 7, 4, 60), big = large(500);
    check_stopped(&small, 5);
    check_stopped(&small, 25);
    check_stopped(&big, 3);
}

static bool always(void *arg)
{
    (void)arg;
    return true;
}

static void test_cancel_keeps_a_plan(void **state)
{
    (void)state;
    struct place_problem problem = large(500);
    struct watch watch = {.cancelled = always};
    struct place_result got = solve(&problem, &(struct place_options){0}, NULL, &watch);
    assert_true(got.cancelled);
    assert_int_equal(got.rounds, 0);
    struct stop stop = {.after = 2000 + 3};
    watch = (struct watch){.cancelled = stop_after, .arg = &stop};
    got = solve(&problem, &(struct place_options){0}, NULL, &watch);
    assert_true(got.cancelled && got.objective_micro > 0);
}

static void test_warm_start(void **state)
{
    (void)state;
    struct place_problem problem = large(500);
    struct place_result cold = solve(&problem, &(struct place_options){.rounds = 5}, NULL, NULL);
    struct place_options warm = {.rounds = 1, .start_place = cold.place, .start_price = cold.price};
    struct place_result again = solve(&problem, &warm, NULL, NULL);
    assert_true(again.objective_micro >= cold.objective_micro);
    assert_true(again.price_bound_micro <= cold.price_bound_micro);
    warm.keep_price = true;
    again = solve(&problem, &warm, NULL, NULL);
    assert_memory_equal(again.price, cold.price, (size_t)4 * 3 * sizeof *cold.price);
}

/* A plan that has become illegal is let go where it is, and only there. */
static void test_start_out_of_date(void **state)
{
    (void)state;
    struct rng rng = rng_at(8, 6, 0, 0);
    struct place_problem problem = case_random(&arena, &rng, 20, 4, 2, 90);
    uint32_t place[20];
    for (uint32_t h = 0; h < 20; h++) {
        place[h] = h % 3 == 0 ? PLACE_NONE : h % 6;
    }
    struct place_result got =
        solve(&problem, &(struct place_options){.rounds = 60, .start_place = place}, NULL, NULL);
    struct place_result cold = solve(&problem, &(struct place_options){.rounds = 60}, NULL, NULL);
    assert_int_equal(got.objective_micro, cold.objective_micro);
}

static void test_empty(void **state)
{
    (void)state;
    uint64_t first[3] = {0, 0, 0};
    struct place_problem problem = {.n_households = 0, .first = first};
    struct place_result got = solve(&problem, &(struct place_options){0}, NULL, NULL);
    assert_true(got.proven && got.objective_micro == 0);
    int32_t need[2] = {1, 1}, capacity[1] = {0};
    problem = (struct place_problem){2, 1, 1, need, capacity, first, NULL, NULL};
    got = solve(&problem, &(struct place_options){0}, NULL, NULL);
    assert_true(got.proven && got.place[0] == PLACE_NONE && got.place[1] == PLACE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_oracles, setup, teardown),
        cmocka_unit_test_setup_teardown(test_against_everything, setup, teardown),
        cmocka_unit_test_setup_teardown(test_room_never_hurts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_order_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rounds_repeat_a_stop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancel_keeps_a_plan, setup, teardown),
        cmocka_unit_test_setup_teardown(test_warm_start, setup, teardown),
        cmocka_unit_test_setup_teardown(test_start_out_of_date, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
