/* Prices of what is left: the duals known by hand, and that the ends of prices are no worse and are ends. */
#include "arrivals_walk.h"

#include "../base/unit.h"
#include "arrivals_case.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "the test", (size_t)1 << 27);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* All households of a problem, once each, priced from nothing. */
static void price(const struct place_problem *problem, struct arrivals_field *field,
                  struct arrivals_demand *demand)
{
    static const struct arrivals_step step = {2000, 0.5, 0.0001};
    assert_int_equal(arrivals_field_new(&arena, problem, NULL, 0, field, NULL), 0);
    assert_int_equal(arrivals_demand_new(&arena, field, demand, NULL), 0);
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        field->scale[r] = 500000;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        demand->household[demand->n++] = h;
        demand->count[h] = 1;
        arrivals_gather(field, &demand->at, &step, h, problem->first[h]);
    }
    arrivals_walk(field, demand, &step);
}

static double end_of_one(int32_t places, bool highest)
{
    int32_t need[2] = {1, 1}, score[2] = {900000, 500000};
    uint64_t first[3] = {0, places > 0, places > 0 ? 2 : 0};
    uint32_t locality[2] = {0, 0};
    struct place_problem problem = {2, 1, 1, need, &places, first, locality, score};
    struct arrivals_field field;
    struct arrivals_demand demand;
    price(&problem, &field, &demand);
    arrivals_ends(&field, &demand, highest, 1);
    return demand.best.price[0];
}

static void assert_within_one(double is, double should_be)
{
    assert_true(fabs(is - should_be) <= 1);
}

/* One locality, scores of 0.9 and 0.5: with one place any price between is a dual; with two, any up to 0.5: that
 * is what the second place is worth; with three, or none, 0. */
static void duals_by_hand(void **state)
{
    (void)state;
    assert_within_one(end_of_one(1, false), 500000);
    assert_within_one(end_of_one(1, true), 900000);
    assert_within_one(end_of_one(2, false), 0);
    assert_within_one(end_of_one(2, true), 500000);
    assert_within_one(end_of_one(3, true), 0);
    assert_within_one(end_of_one(0, false), 0);
    assert_within_one(end_of_one(0, true), 0);
}

static int64_t bound_at(const struct place_problem *problem, const double *at)
{
    int64_t whole[64], bound = 0;
    for (size_t k = 0; k < (size_t)problem->n_localities * problem->n_resources; k++) {
        whole[k] = (int64_t)(at[k] * PLACE_PRICES_A_MICRO + 0.5);
    }
    assert_int_equal(place_bound(&arena, problem, whole, NULL, &bound, NULL), 0);
    return bound;
}

/* Each move along a price leaves the dual no worse, and the last price that was moved cannot go further. */
static void ends_are_no_worse(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        for (int highest = 0; highest < 2; highest++) {
            struct arrivals_case made;
            struct arrivals_field field;
            struct arrivals_demand demand;
            assert_int_equal(arrivals_case_make(&arena, seed, &made, NULL), 0);
            price(&made.problem, &field, &demand);
            int64_t before = bound_at(&made.problem, demand.best.price);
            arrivals_ends(&field, &demand, highest != 0, 1);
            int64_t after = bound_at(&made.problem, demand.best.price);
            assert_true(after <= before + 2);
            size_t last = field.n_prices;
            while (last > 0 && field.left[last - 1] == 0) {
                last--;
            }
            double *end = &demand.best.price[last - 1], kept = *end;
            *end = highest ? kept + 2000 : kept - 2000;
            if (*end > 0) {
                assert_true(bound_at(&made.problem, demand.best.price) > after);
            }
        }
    }
}

/* The walk comes as near to the relaxation as price.h does. */
static void walk_is_near(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct arrivals_case made;
        struct arrivals_field field;
        struct arrivals_demand demand;
        struct price_options options = {0};
        int64_t found[64], bound = 0;
        assert_int_equal(arrivals_case_make(&arena, seed, &made, NULL), 0);
        price(&made.problem, &field, &demand);
        assert_int_equal(price_find(&arena, &made.problem, &options, NULL, NULL, found, NULL), 0);
        assert_int_equal(place_bound(&arena, &made.problem, found, NULL, &bound, NULL), 0);
        double walked = (double)bound_at(&made.problem, demand.best.price);
        assert_true(walked <= (double)bound * 1.002);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(duals_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(ends_are_no_worse, setup, teardown),
        cmocka_unit_test_setup_teardown(walk_is_near, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
