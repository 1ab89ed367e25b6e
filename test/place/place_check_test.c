/* The checker: a good claim passes, and each planted error is told by name. */
#include "place_check.h"

#include "../base/unit.h"
#include "bound.h"
#include "brute.h"
#include "random_instances.h"

/* anna may go to both, bela to north, chris to both; seats, then beds for the sick. */
static const int32_t need[] = {2, 0, 3, 1, 1, 1};
static const int32_t capacity[] = {5, 1, 2, 1};
static const uint64_t first[] = {0, 2, 3, 5};
static const uint32_t locality[] = {0, 1, 0, 0, 1};
static const int32_t score[] = {500000, 400000, 900000, 300000, 200000};
static const struct place_problem small = {3, 2, 2, need, capacity, first, locality, score};
static const struct text households[] = {{"anna", 4}, {"bela", 4}, {"chris", 5}};
static const struct text localities[] = {{"north", 5}, {"south", 5}};
static const struct text resources[] = {{"seats", 5}, {"beds", 4}};
static const struct place_names names = {households, localities, resources};

struct checked {
    struct arena arena;
    struct faults faults;
    struct place_found found;
    struct ajar_err err;
    int code;
};

static struct checked check(const struct place_problem *problem, const struct place_claim *claim)
{
    struct checked checked = {.found = {.placed = 77}};
    arena_init(&checked.arena, "the test", (size_t)1 << 22);
    assert_int_equal(faults_init(&checked.faults, &checked.arena, 20, NULL), 0);
    checked.code = place_check_plan(&checked.arena, problem, claim, &checked.faults, &checked.found,
                                    &checked.err);
    if (checked.code == 0) {
        assert_int_equal(checked.found.faults, checked.faults.total);
    }
    return checked;
}

static void says(const struct checked *checked, size_t i, int code, const char *text)
{
    assert_true(i < checked->faults.kept);
    assert_int_equal(checked->faults.at[i].code, code);
    assert_string_equal(checked->faults.at[i].text, text);
}

static void good_claim(void **state)
{
    (void)state;
    static const uint32_t place[] = {0, 0, 1};
    static const int64_t objective = 1600000, price[] = {0, 100000000, 0, 0}, bound = 1700000;
    const struct place_claim claim = {place, &objective, price, &bound, .names = &names};
    struct checked checked = check(&small, &claim);
    assert_int_equal(checked.code, 0);
    assert_int_equal(checked.faults.total, 0);
    assert_int_equal(checked.found.placed, 3);
    assert_int_equal(checked.found.objective, 1600000);
    /* 1 * 0.1; anna 0.5, bela 0.9 - 0.1, chris max(0.3 - 0.1, 0.2) */
    assert_int_equal(checked.found.bound, 1600000);
    arena_free(&checked.arena);
}

static void nobody_placed(void **state)
{
    (void)state;
    static const uint32_t place[] = {PLACE_NONE, PLACE_NONE, PLACE_NONE};
    struct checked checked = check(&small, &(struct place_claim){place, .names = &names});
    assert_int_equal(checked.code, 0);
    assert_int_equal(checked.faults.total, 0);
    assert_int_equal(checked.found.placed, 0);
    assert_int_equal(checked.found.objective, 0);
    assert_int_equal(checked.found.bound, 1700000);
    arena_free(&checked.arena);
}

static void planted_pairs(void **state)
{
    (void)state;
    static const uint32_t place[] = {0, 1, 9};
    struct checked checked = check(&small, &(struct place_claim){place, .names = &names});
    assert_int_equal(checked.faults.total, 3);
    says(&checked, 0, E_PLACE_PLAN_PAIR,
         "The plan takes household 'bela' to locality 'south', which has 2 of resource 'seats' for "
         "a "
         "need of 3.");
    says(&checked, 1, E_PLACE_PLAN_PAIR,
         "The plan takes household 'chris' to locality 10; there are 2.");
    says(&checked, 2, E_PLACE_PLAN_CAPACITY,
         "The plan takes 3 of resource 'seats' at locality 'south'; the capacity is 2.");
    assert_int_equal(checked.found.objective, 500000);
    arena_free(&checked.arena);
    static const uint32_t both[] = {PLACE_NONE, 0, 0};
    checked = check(&small, &(struct place_claim){both, .names = &names});
    assert_int_equal(checked.faults.total, 1);
    says(&checked, 0, E_PLACE_PLAN_CAPACITY,
         "The plan takes 2 of resource 'beds' at locality 'north'; the capacity is 1.");
    arena_free(&checked.arena);
}

/* It would fit, but nobody allowed it. */
static void not_allowed(void **state)
{
    (void)state;
    static const uint64_t fewer[] = {0, 1, 1, 1};
    static const uint32_t place[] = {1, PLACE_NONE, PLACE_NONE};
    struct place_problem problem = small;
    problem.first = fewer;
    struct checked checked = check(&problem, &(struct place_claim){.place = place});
    assert_int_equal(checked.faults.total, 1);
    says(&checked, 0, E_PLACE_PLAN_PAIR,
         "The plan takes household 1 to locality 2; this pair is not allowed.");
    arena_free(&checked.arena);
}

static void planted_totals(void **state)
{
    (void)state;
    static const uint32_t place[] = {0, 0, 1};
    static const int64_t objective = 1600001, low = 1599999, price[] = {0, 100000000, 0, 0};
    const struct place_claim claim = {place, &objective, price, &low, .names = &names};
    struct checked checked = check(&small, &claim);
    assert_int_equal(checked.faults.total, 2);
    says(&checked, 0, E_PLACE_PLAN_OBJECTIVE,
         "The total of the plan is claimed as 1600001 micro-units; its scores add up to 1600000.");
    says(&checked, 1, E_PLACE_PLAN_BOUND,
         "The bound is claimed as 1599999 micro-units; the prices prove no less than 1600000.");
    arena_free(&checked.arena);
    static const int64_t best = 1699999;
    checked = check(&small, &(struct place_claim){place, .bound = &best});
    assert_int_equal(checked.faults.total, 1);
    says(
        &checked, 0, E_PLACE_PLAN_BOUND,
        "The bound is claimed as 1699999 micro-units; the best scores prove no less than 1700000.");
    arena_free(&checked.arena);
}

/* Two in the only bed: worth more than any plan, so a true bound lies below it. */
static void bound_below_total(void **state)
{
    (void)state;
    static const int32_t one[] = {1, 1}, bed[] = {1}, scores[] = {10, 10};
    static const uint64_t starts[] = {0, 1, 2};
    static const uint32_t there[] = {0, 0}, place[] = {0, 0};
    static const int64_t price[] = {10000}, bound = 10;
    const struct place_problem problem = {2, 1, 1, one, bed, starts, there, scores};
    const struct place_claim claim = {place, .price = price, .bound = &bound};
    struct checked checked = check(&problem, &claim);
    assert_int_equal(checked.found.bound, 10);
    assert_int_equal(checked.faults.total, 2);
    says(&checked, 0, E_PLACE_PLAN_CAPACITY,
         "The plan takes 2 of resource 1 at locality 1; the capacity is 1.");
    says(&checked, 1, E_PLACE_PLAN_BOUND,
         "The bound of 10 micro-units is below the total of the plan, 20.");
    arena_free(&checked.arena);
}

/* A negative price proves nothing: the best scores stand in its place. */
static void planted_price(void **state)
{
    (void)state;
    static const uint32_t place[] = {0, 0, 1};
    static const int64_t price[] = {0, 100000000, 0, -1}, bound = 1600000;
    const struct place_claim claim = {place, .price = price, .bound = &bound, .names = &names};
    struct checked checked = check(&small, &claim);
    assert_int_equal(checked.faults.total, 2);
    says(&checked, 0, E_PLACE_PLAN_PRICE,
         "The price of resource 'beds' at locality 'south' is negative: -1.");
    assert_int_equal(checked.faults.at[1].code, E_PLACE_PLAN_BOUND);
    assert_int_equal(checked.found.bound, 1700000);
    arena_free(&checked.arena);
}

/* Prices are sums of fractions of a micro-unit; what they prove is rounded down, as totals are whole. */
static void bound_rounds_down(void **state)
{
    (void)state;
    static const int32_t one[] = {1}, room[] = {1}, scores[] = {7};
    static const uint64_t starts[] = {0, 1};
    static const uint32_t there[] = {0}, place[] = {0};
    static const int64_t price[] = {6999}, huge[] = {INT64_MAX}, bound = 7;
    const struct place_problem problem = {1, 1, 1, one, room, starts, there, scores};
    struct place_claim claim = {place, .price = price, .bound = &bound};
    struct checked checked = check(&problem, &claim);
    assert_int_equal(checked.faults.total, 0);
    assert_int_equal(checked.found.bound, 7);
    arena_free(&checked.arena);
    claim.price = huge;
    checked = check(&problem, &claim);
    assert_int_equal(checked.faults.total, 0);
    assert_int_equal(checked.found.bound, 7);
    arena_free(&checked.arena);
}

/* On random problems and random prices: never below the best plan, and as the engine has it. */
static void bound_holds(void **state)
{
    (void)state;
    assert_int_equal(PLACE_CHECK_PRICES_A_MICRO, PLACE_PRICES_A_MICRO);
    uint32_t tight = 0;
    for (uint32_t seed = 0; seed < 60; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct rng rng = rng_at(seed, 9, 0, 0);
        uint32_t place[BRUTE_MOST];
        int64_t best, bound, price[64];
        arena_init(&arena, "the test", (size_t)1 << 22);
        assert_int_equal(random_instance(&arena, RANDOM_SMALL, seed, &problem, NULL), 0);
        brute_solve(&problem, place, &best, NULL);
        for (size_t i = 0; i < (size_t)problem.n_localities * problem.n_resources; i++) {
            price[i] = rng_below(&rng, 2) == 0 ? 0 : rng_below(&rng, 100000000);
        }
        assert_int_equal(place_bound(&arena, &problem, price, NULL, &bound, NULL), 0);
        struct checked checked =
            check(&problem, &(struct place_claim){place, &best, price, &bound, .names = NULL});
        assert_int_equal(checked.faults.total, 0);
        assert_true(checked.found.bound >= best);
        assert_true(bound - checked.found.bound <= 1);
        tight += checked.found.bound < checked.found.objective * 2;
        arena_free(&checked.arena);
        arena_free(&arena);
    }
    assert_true(tight > 0);
}

static void broken_problems(void **state)
{
    (void)state;
    static const uint32_t place[] = {PLACE_NONE, PLACE_NONE, PLACE_NONE};
    static const uint64_t back[] = {0, 2, 1, 5}, late[] = {1, 2, 3, 5};
    static const uint32_t twice[] = {0, 0, 0, 0, 1}, away[] = {0, 2, 0, 0, 1},
                          small_one[] = {0, 1, 1, 0, 1};
    static const int32_t above[] = {1000000001, 4, 9, 3, 2}, minus[] = {2, 0, 3, -1, 1, 1},
                         none[] = {5, -1, 2, 1};
    struct place_problem list[] = {small, small, small, small, small, small, small, small, small};
    static const char *const text[] = {
        "The pairs do not begin at 0.",
        "Among the pairs of household 'bela' one ends before it begins.",
        "Among the pairs of household 'anna' one does not stand by rising locality.",
        "Among the pairs of household 'anna' one names a locality that is not there.",
        "Among the pairs of household 'bela' one does not fit alone.",
        "Among the pairs of household 'anna' one has a score out of range.",
        "The need of household 'bela' for resource 'beds' is negative: -1.",
        "The capacity of locality 'north' for resource 'beds' is negative: -1.",
        "There are 33 resources; at most 32 are taken."};
    list[0].first = late;
    list[1].first = back;
    list[2].locality = twice;
    list[3].locality = away;
    list[4].locality = small_one;
    list[5].score = above;
    list[6].need = minus;
    list[7].capacity = none;
    list[8].n_resources = 33;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct checked checked = check(&list[i], &(struct place_claim){place, .names = &names});
        assert_int_equal(checked.code, E_PLACE_PROBLEM);
        assert_string_equal(checked.err.text, text[i]);
        assert_int_equal(checked.found.placed, 77);
        arena_free(&checked.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_claim),     cmocka_unit_test(nobody_placed),
        cmocka_unit_test(planted_pairs),  cmocka_unit_test(not_allowed),
        cmocka_unit_test(planted_totals), cmocka_unit_test(bound_below_total),
        cmocka_unit_test(planted_price),  cmocka_unit_test(bound_rounds_down),
        cmocka_unit_test(bound_holds),    cmocka_unit_test(broken_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
