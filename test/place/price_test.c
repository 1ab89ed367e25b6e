#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "price.h"
#include "price_look.h"
#include "solve_cases.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void find(const struct place_problem *problem, int64_t *price)
{
    struct ajar_err err = {0};
    struct price_options options = {0};
    assert_int_equal(price_find(&arena, problem, &options, NULL, NULL, price, &err), 0);
}

static int64_t price_of_one(int32_t places)
{
    int32_t need[2] = {1, 1};
    uint64_t first[3] = {0, places > 0, places > 0 ? 2 : 0};
    uint32_t locality[2] = {0, 0};
    int32_t score[2] = {900000, 500000};
    struct place_problem problem = {2, 1, 1, need, &places, first, locality, score};
    int64_t price = -1;
    find(&problem, &price);
    return price;
}

/* Between the least and the greatest dual; 0 where nothing is short, and where there is nothing. */
static void test_duals_by_hand(void **state)
{
    (void)state;
    int64_t short_of_one = price_of_one(1);
    assert_true(short_of_one >= 499999000 && short_of_one <= 900001000);
    assert_int_equal(price_of_one(2), 0);
    assert_int_equal(price_of_one(0), 0);
}

/* Assignment problems: the relaxation is exact there, so the bound meets the optimum. */
static void test_tight_where_needs_are_one(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 30; i++) {
        struct rng rng = rng_at(10, 1, i, 0);
        struct place_problem problem = case_random(&arena, &rng, 8, 4, 1, 30);
        int32_t need[8], capacity[4];
        int64_t price[4], bound = 0;
        struct ajar_err err = {0};
        for (uint32_t h = 0; h < 8; h++) {
            need[h] = 1;
        }
        for (uint32_t k = 0; k < 4; k++) {
            capacity[k] = 1 + (int32_t)rng_below(&rng, 2);
        }
        problem.need = need;
        problem.capacity = capacity;
        int64_t optimum = case_optimum(&problem);
        find(&problem, price);
        assert_int_equal(place_bound(&arena, &problem, price, NULL, &bound, &err), 0);
        assert_true(bound >= optimum);
        assert_true((double)(bound - optimum) <= 1e-3 * (double)optimum + 2);
    }
}

/* Choices under given prices, household by household in double, against one look. */
static void test_a_look(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        struct rng rng = rng_at(10, 2, i, 0);
        /* few kinds of needs use the table of charges, many do not */
        struct place_problem problem = case_random(&arena, &rng, 300, 6, i % 2 == 0 ? 1 : 3, 80);
        struct price_look look;
        struct ajar_err err = {0};
        double price[18], sum = 0;
        size_t n = problem.n_resources;
        int64_t gain = 0, load[18] = {0};
        for (size_t k = 0; k < 6 * n; k++) {
            price[k] = rng_below(&rng, 300000);
        }
        assert_int_equal(price_look_new(&arena, &problem, &look, &err), 0);
        look.price = price;
        for (uint32_t h = 0; h < 300; h++) {
            double best = 0;
            uint32_t at = 0;
            for (uint64_t pair = problem.first[h]; pair < problem.first[h + 1]; pair++) {
                double left = problem.score[pair];
                for (size_t r = 0; r < n; r++) {
                    left -= price[problem.locality[pair] * n + r] *
                            place_need(&problem, h, (uint32_t)r);
                }
                at = left > best ? problem.locality[pair] : at;
                best = left > best ? left : best;
            }
            sum += best;
            for (size_t r = 0; best > 0 && r < n; r++) {
                load[at * n + r] += place_need(&problem, h, (uint32_t)r);
            }
        }
        assert_int_equal(price_look_run(&look, true, true, NULL, &gain, &err), 0);
        assert_int_equal(gain, (int64_t)sum);
        assert_memory_equal(look.load, load, 6 * n * sizeof *load);
        /* the near pairs alone give the same */
        assert_int_equal(price_look_run(&look, false, false, NULL, &gain, &err), 0);
        assert_int_equal(gain, (int64_t)sum);
        assert_memory_equal(look.load, load, 6 * n * sizeof *load);
    }
}

static void test_kinds(void **state)
{
    (void)state;
    int32_t need[10] = {1, 2, 2, 1, 1, 2, 0, 0, 2, 1};
    uint64_t first[6] = {0};
    struct place_problem problem = {
        .n_households = 5, .n_resources = 2, .need = need, .first = first};
    struct price_kinds kinds;
    struct ajar_err err = {0};
    assert_int_equal(price_kinds_find(&arena, &problem, &kinds, &err), 0);
    assert_int_equal(kinds.n, 3);
    assert_memory_equal(kinds.of, ((uint32_t[]){0, 1, 0, 2, 1}), 5 * sizeof *kinds.of);
    assert_memory_equal(kinds.one, ((uint32_t[]){0, 1, 3}), 3 * sizeof *kinds.one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_duals_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tight_where_needs_are_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_look, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
