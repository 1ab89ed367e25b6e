#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "price.h"
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

static int64_t bound_at(const struct place_problem *problem, const int64_t *price)
{
    struct ajar_err err = {0};
    int64_t bound = -1;
    assert_int_equal(place_bound(&arena, problem, price, NULL, &bound, &err), 0);
    return bound;
}

/* Whatever the prices, small, large or the largest. */
static void test_never_below_the_optimum(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        struct rng rng = rng_at(9, 1, i, 0);
        struct place_problem problem = case_random(&arena, &rng, 7, 3, 3, 40 + rng_below(&rng, 80));
        int64_t optimum = case_optimum(&problem), price[9];
        for (uint32_t k = 0; k < 40; k++) {
            uint32_t most = k % 4 == 0 ? 1000 : k % 4 == 1 ? 600000 : k % 4 == 2 ? 40000000 : 4;
            for (uint32_t j = 0; j < 9; j++) {
                price[j] =
                    k % 4 == 3 && rng_below(&rng, most) == 0
                        ? PLACE_PRICE_MOST
                        : (int64_t)rng_below(&rng, most) * (rng_below(&rng, 3) > 0 ? 1 : 999);
            }
            assert_true(bound_at(&problem, price) >= optimum);
        }
    }
}

/* One locality, two single people worth 0.9 and 0.5. */
static void test_by_hand(void **state)
{
    (void)state;
    int32_t need[2] = {1, 1}, capacity[1] = {1};
    uint64_t first[3] = {0, 1, 2};
    uint32_t locality[2] = {0, 0};
    int32_t score[2] = {900000, 500000};
    struct place_problem problem = {2, 1, 1, need, capacity, first, locality, score};
    assert_int_equal(bound_at(&problem, (int64_t[]){0}), 1400000);
    assert_int_equal(bound_at(&problem, (int64_t[]){500000000}), 900000);
    assert_int_equal(bound_at(&problem, (int64_t[]){900000000}), 900000);
    assert_int_equal(bound_at(&problem, (int64_t[]){499999999}), 900000);
    assert_int_equal(bound_at(&problem, (int64_t[]){499999000}), 900001);
    assert_int_equal(bound_at(&problem, (int64_t[]){900001001}), 900001);
    assert_int_equal(bound_at(&problem, (int64_t[]){PLACE_PRICE_MOST}), 1400000);
}

/* At the ends of the range nothing overflows. */
static void test_largest_numbers(void **state)
{
    (void)state;
    int32_t need[64], capacity[32];
    for (uint32_t k = 0; k < 64; k++) {
        need[k] = INT32_MAX;
        capacity[k / 2] = INT32_MAX;
    }
    uint64_t first[3] = {0, 1, 2};
    uint32_t locality[2] = {0, 0};
    int32_t score[2] = {PLACE_SCORE_MOST, -PLACE_SCORE_MOST};
    int64_t price[32], n = 32;
    struct place_problem problem = {2, 1, (uint32_t)n, need, capacity, first, locality, score};
    for (int64_t k = 0; k < n; k++) {
        price[k] = PLACE_PRICE_MOST;
    }
    assert_int_equal(bound_at(&problem, price), PLACE_SCORE_MOST);
    memset(price, 0, sizeof price);
    assert_int_equal(bound_at(&problem, price), PLACE_SCORE_MOST);
}

static void test_objective(void **state)
{
    (void)state;
    int32_t need[3] = {2, 1, 1}, capacity[2] = {3, 1};
    uint64_t first[4] = {0, 2, 4, 5};
    uint32_t locality[5] = {0, 1, 0, 1, 0};
    int32_t score[5] = {5, 7, 3, 2, 1};
    int64_t load[2];
    bool legal;
    struct place_problem problem = {3, 2, 1, need, capacity, first, locality, score};
    assert_int_equal(place_objective(&problem, (uint32_t[]){0, 1, 0}, load, &legal), 8);
    assert_true(legal && load[0] == 3 && load[1] == 1);
    place_objective(&problem, (uint32_t[]){0, 0, 0}, load, &legal);
    assert_false(legal);
    place_objective(&problem, (uint32_t[]){PLACE_NONE, PLACE_NONE, 1}, load, &legal);
    assert_false(legal);
    assert_int_equal(place_pair(&problem, 2, 1), UINT64_MAX);
    assert_int_equal(place_pair(&problem, 1, 1), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_never_below_the_optimum, setup, teardown),
        cmocka_unit_test_setup_teardown(test_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(test_largest_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_objective, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
