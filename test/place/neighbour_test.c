#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "exact.h"
#include "neighbour.h"
#include "price.h"
#include "round.h"
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

struct start {
    int64_t price[64], load[64], micro;
    uint32_t place[80];
    struct search search;
};

static void begin(const struct place_problem *problem, struct start *start)
{
    struct ajar_err err = {0};
    struct price_options options = {0};
    assert_int_equal(price_find(&arena, problem, &options, NULL, NULL, start->price, &err), 0);
    assert_int_equal(
        place_round(&arena, problem, start->price, NULL, start->place, &start->micro, &err), 0);
    assert_int_equal(
        search_new(&arena, problem, start->price, start->place, 7, &start->search, &err), 0);
}

static void check_plan(const struct place_problem *problem, const uint32_t *place, int64_t micro,
                       int64_t *load)
{
    bool legal;
    assert_int_equal(place_objective(problem, place, load, &legal), micro);
    assert_true(legal);
}

/* Annealing and its repair never leave a plan that is none, and never lose the best. */
static void test_search(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 12; i++) {
        struct rng rng = rng_at(11, 1, i, 0);
        struct place_problem problem =
            case_random(&arena, &rng, 70, 8, 1 + i % 6, 30 + rng_below(&rng, 90));
        struct start start;
        begin(&problem, &start);
        int64_t last = start.micro;
        for (uint32_t k = 0; k < 12; k++) {
            search_round(&start.search);
            if (k % 3 == 0) {
                search_settle(&start.search);
            }
            check_plan(&problem, start.search.best, start.search.best_micro, start.load);
            assert_true(start.search.best_micro >= last);
            last = start.search.best_micro;
        }
    }
}

/* Parts keep the whole legal and only better the best; together they come close to the optimum. */
static void test_parts(void **state)
{
    (void)state;
    int64_t first = 0, last = 0;
    for (uint32_t i = 0; i < 3; i++) {
        struct rng rng = rng_at(11, 2, i, 0);
        struct place_problem problem = case_random(&arena, &rng, 80, 8, 1, 60);
        struct start start;
        struct neighbour neighbour;
        struct ajar_err err = {0};
        begin(&problem, &start);
        assert_int_equal(neighbour_new(&arena, &start.search, 1, &neighbour, &err), 0);
        first += start.micro;
        for (uint32_t k = 0; k < 8; k++) {
            int64_t before = start.micro;
            assert_int_equal(neighbour_round(&neighbour, start.place, &start.micro, &err), 0);
            assert_true(start.micro >= before);
            check_plan(&problem, start.place, start.micro, start.load);
            check_plan(&problem, neighbour.place, neighbour.micro, start.load);
        }
        last += start.micro;
    }
    assert_true(last > first);
}

static bool at_once(void *arg)
{
    ++*(uint32_t *)arg;
    return true;
}

/* Stopped before its end, branch and bound claims no proof and hands back a plan. */
static void test_exact_stopped(void **state)
{
    (void)state;
    struct rng rng = rng_at(11, 3, 0, 0);
    struct place_problem problem = case_random(&arena, &rng, 70, 8, 4, 60);
    struct start start;
    struct ajar_err err = {0};
    uint32_t asked = 0;
    bool proven = true;
    begin(&problem, &start);
    struct exact_options options = {.price = start.price, .enough = at_once, .arg = &asked};
    int64_t before = start.micro;
    assert_true(exact_suits(&problem));
    assert_int_equal(
        exact_solve(&arena, &problem, &options, start.place, &start.micro, &proven, &err), 0);
    assert_int_equal(asked, 1);
    assert_false(proven);
    assert_true(start.micro >= before);
    check_plan(&problem, start.place, start.micro, start.load);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_search, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_exact_stopped, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
