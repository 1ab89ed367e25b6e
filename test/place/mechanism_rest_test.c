#include "mechanism_know.h"

static void equal_needs_are_known_exactly(void **state)
{
    (void)state;
    uint32_t order[MARKET_MOST], n = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct rng rng = rng_at(i, 5, 0, 0);
        struct beside beside = {.one = know};
        struct mechanism_rest rest = {beside_begin, beside_menu, beside_fix, true, &beside};
        struct mechanism_priority got = {0};
        draw(i, 3 + i % 3, 2 + i % 2, true);
        market_shuffle(&rng, order, market.n);
        assert_int_equal(mechanism_rest_equal(&arena, &market.problem, &beside.two, NULL), 0);
        assert_true(beside.two.kept);
        for (uint32_t tenths = 5; tenths <= 10; tenths++) {
            int64_t least = share(tenths);
            assert_int_equal(
                mechanism_priority(&arena, &market.lists, order, &rest, least, &got, NULL), 0);
            assert_true(got.sum.total_micro >= least);
            assert_int_equal(got.beyond, 0);
        }
        n += beside.n;
    }
    assert_true(n > 3000);
}

static void a_plan_at_hand_keeps_every_total_up_to_its_own(void **state)
{
    (void)state;
    uint32_t order[MARKET_MOST], start[MARKET_MOST], n = 0, changed = 0;
    for (uint32_t i = 0; i < 80; i++) {
        struct rng rng = rng_at(i, 5, 3, 0);
        struct beside beside = {.one = know, .relation = -1};
        struct mechanism_rest rest = {beside_begin, beside_menu, beside_fix, true, &beside};
        int64_t load[MARKET_MOST * 4];
        bool legal = false;
        draw(i, 3 + i % 3, 2 + i % 2, false);
        market_shuffle(&rng, order, market.n);
        make_plan(start);
        int64_t most = place_objective(&market.problem, start, load, &legal);
        assert_true(legal);
        assert_int_equal(mechanism_rest_plan(&arena, &market.problem, start, &beside.two, NULL), 0);
        assert_true(beside.two.kept);
        for (uint32_t tenths = 5; tenths <= 10; tenths++) {
            struct mechanism_priority got = {0};
            int64_t least = most * tenths / 10;
            assert_int_equal(
                mechanism_priority(&arena, &market.lists, order, &rest, least, &got, NULL), 0);
            assert_true(got.sum.total_micro >= least && got.beyond == 0);
            assert_true(market_legal(&market, got.match.locality));
            for (uint32_t h = 0; h < market.n; h++) {
                changed += got.match.locality[h] != start[h];
            }
        }
        n += beside.n;
    }
    assert_true(n > 3000);
    assert_true(changed > 300);
}

static void make_three(const char *room, const int32_t worth[3][3])
{
    market_read(&market, &arena, "1;1;1", room, "1 2 3;1 2 3;1 2 3", "1 2 3;1 2 3;1 2 3");
    for (uint32_t h = 0; h < 3; h++) {
        memcpy(market.worth[h], worth[h], sizeof worth[h]);
    }
    assert_int_equal(market_lists(&market, &arena), 0);
}

static void who_loses_least_makes_way(void **state)
{
    (void)state;
    struct mechanism_rest rest = {0};
    const uint32_t start[] = {0, 0, PLACE_NONE};
    const int32_t worth[2][3][3] = {{{100, 60, 1}, {100, 90, 1}, {20, 5, 1}},
                                    {{100, 90, 1}, {100, 60, 1}, {20, 5, 1}}};
    int64_t most = 0, none = 0, menu[3];
    for (int k = 0; k < 2; k++) {
        make_three("2;1;0", worth[k]);
        assert_int_equal(mechanism_rest_plan(&arena, &market.problem, start, &rest, NULL), 0);
        assert_int_equal(rest.begin(rest.arg, &most, NULL), 0);
        assert_int_equal(rest.menu(rest.arg, 2, menu, &none, NULL), 0);
        assert_int_equal(menu[0], 100 + 90 + 20);
    }
}

static void room_that_comes_free_is_filled(void **state)
{
    (void)state;
    struct mechanism_rest rest = {0};
    const uint32_t start[] = {0, 1, PLACE_NONE};
    const int32_t worth[3][3] = {{50, 5, 40}, {70, 30, 5}, {5, 20, 5}};
    int64_t most = 0, none = 0, menu[3];
    make_three("1;1;1", worth);
    assert_int_equal(mechanism_rest_plan(&arena, &market.problem, start, &rest, NULL), 0);
    assert_int_equal(rest.begin(rest.arg, &most, NULL), 0);
    assert_int_equal(rest.menu(rest.arg, 0, menu, &none, NULL), 0);
    assert_int_equal(menu[2], 40 + 30);
    assert_int_equal(rest.fix(rest.arg, 0, (uint32_t)market.first[0] + 2, NULL), 0);
    /* 2 has come to locality 1, and 3 to locality 2 behind it */
    assert_int_equal(rest.menu(rest.arg, 1, menu, &none, NULL), 0);
    assert_int_equal(menu[0], 40 + 70 + 20);
}

static void a_bound_is_rounded_to_what_a_plan_can_be_worth(void **state)
{
    (void)state;
    struct mechanism_rest rest = {0};
    const int32_t worth[3][3] = {{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}};
    const int64_t price[] = {500, 0, 0};
    int64_t most = 0, none = 0, menu[3];
    make_three("2;1;1", worth);
    assert_int_equal(mechanism_rest_priced(&arena, &market.problem, price, &rest, NULL), 0);
    assert_int_equal(rest.begin(rest.arg, &most, NULL), 0);
    assert_int_equal(most, 1); /* capacity is worth 1 micro-unit, and nobody gains */
    assert_int_equal(rest.menu(rest.arg, 0, menu, &none, NULL), 0);
    assert_int_equal(menu[0], -1); /* 1 - 1.5, rounded down */
    assert_int_equal(none, 1);
}

static void those_who_make_way_go_where_there_is_room(void **state)
{
    (void)state;
    struct mechanism_rest rest = {0};
    const uint32_t start[] = {0, PLACE_NONE, 2};
    int64_t most = 0, none = 0, menu[3];
    const int32_t worth[3][3] = {{100, 90, 10}, {50, 10, 10}, {10, 110, 30}};
    make_three("1;1;1", worth);
    assert_int_equal(mechanism_rest_plan(&arena, &market.problem, start, &rest, NULL), 0);
    assert_int_equal(rest.begin(rest.arg, &most, NULL), 0);
    assert_int_equal(most, 130);
    assert_int_equal(rest.menu(rest.arg, 1, menu, &none, NULL), 0);
    assert_int_equal(none, 130);
    assert_int_equal(menu[0], 90 + 50 + 30); /* household 1 goes to locality 2 */
    assert_int_equal(menu[1], 100 + 10 + 30);
    assert_int_equal(menu[2], 100 + 10 + 110); /* household 3 goes to locality 2 */
    /* What is said is what is done. */
    assert_int_equal(rest.fix(rest.arg, 1, (uint32_t)market.first[1], NULL), 0);
    assert_int_equal(rest.menu(rest.arg, 2, menu, &none, NULL), 0);
    assert_int_equal(menu[2], 170);
    assert_int_equal(menu[1], 10 + 50 + 110);
    assert_int_equal(menu[0], INT64_MIN);
    assert_int_equal(none, 140);
}

static void a_bound_by_prices_is_never_too_low_and_says_what_may_be_short(void **state)
{
    (void)state;
    int64_t price[MARKET_MOST * 4];
    uint32_t n = 0, reached = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct rng rng = rng_at(i, 5, 2, 0);
        struct beside beside = {.one = know, .relation = 1};
        struct mechanism_rest rest = {beside_begin, beside_menu, beside_fix, false, &beside};
        draw(i, 3 + i % 3, 2 + i % 2, false);
        for (uint32_t k = 0; k < market.m * market.k; k++) {
            price[k] = (int64_t)rng_below(&rng, 300) * PLACE_PRICES_A_MICRO + rng_below(&rng, 3);
        }
        assert_int_equal(mechanism_rest_priced(&arena, &market.problem, price, &beside.two, NULL),
                         0);
        assert_false(beside.two.kept);
        for (uint32_t tenths = 7; tenths <= 10; tenths++) {
            struct mechanism_priority got = {0};
            int64_t load[MARKET_MOST * 4], idle = 0, least = share(tenths);
            bool legal = false;
            assert_int_equal(
                mechanism_priority(&arena, &market.lists, NULL, &rest, least, &got, NULL), 0);
            place_objective(&market.problem, got.match.locality, load, &legal);
            assert_true(legal);
            for (uint32_t k = 0; k < market.m * market.k; k++) {
                idle += price[k] * (market.capacity[k] - load[k]);
            }
            assert_true(got.beyond > 0 ||
                        got.sum.total_micro + idle / PLACE_PRICES_A_MICRO + 1 >= least);
            reached += got.sum.total_micro >= least;
        }
        n += beside.n;
    }
    assert_true(n > 2000);
    assert_true(reached > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_needs_are_known_exactly),
        cmocka_unit_test(a_plan_at_hand_keeps_every_total_up_to_its_own),
        cmocka_unit_test(who_loses_least_makes_way),
        cmocka_unit_test(room_that_comes_free_is_filled),
        cmocka_unit_test(a_bound_is_rounded_to_what_a_plan_can_be_worth),
        cmocka_unit_test(those_who_make_way_go_where_there_is_room),
        cmocka_unit_test(a_bound_by_prices_is_never_too_low_and_says_what_may_be_short),
    };
    return cmocka_run_group_tests_name("place mechanism rests", tests, setup, teardown);
}
