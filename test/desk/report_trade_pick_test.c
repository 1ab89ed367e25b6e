/* Which flows of trade a page shows when there are too many for it. */
#include "../base/unit.h"

#include <math.h>

#include "report_trade_pick.h"

enum { MANY = REPORT_TRADE_MOST + 200 };

struct given {
    struct arena arena;
    struct mirror_partner partners[MANY];
    struct mirror_year years[MANY][2];
    uint32_t *picked;
    size_t n;
};

/* n flows; exports rise with the index, in the first of two years. */
static struct given *make(size_t n)
{
    struct given *given = test_calloc(1, sizeof *given);
    arena_init(&given->arena, "test", 1 << 20);
    for (size_t i = 0; i < n; i++) {
        given->years[i][0] = (struct mirror_year){.exports = 100.0 + (double)i};
        given->years[i][1] = (struct mirror_year){.exports = (double)NAN};
        given->partners[i] = (struct mirror_partner){.years = given->years[i], .n_years = 2};
    }
    return given;
}

static void pick(struct given *given, size_t n)
{
    struct mirror_table table = {.n = n, .partners = given->partners};
    assert_int_equal(report_trade_pick(&given->arena, &table, &given->picked, &given->n, NULL), 0);
}

static void drop(struct given *given)
{
    arena_free(&given->arena);
    test_free(given);
}

static bool has(const struct given *given, uint32_t flow)
{
    for (size_t i = 0; i < given->n; i++) {
        if (given->picked[i] == flow) {
            return true;
        }
    }
    return false;
}

static void none_of_none_and_all_of_few(void **state)
{
    (void)state;
    struct given *given = make(3);
    pick(given, 0);
    assert_int_equal(given->n, 0);
    given->partners[1].flagged = true;
    pick(given, 3);
    assert_int_equal(given->n, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(given->picked[i], i); /* in the table's order */
    }
    drop(given);
}

static void the_flagged_come_first_then_the_largest(void **state)
{
    (void)state;
    struct given *given = make(MANY);
    given->partners[5].flagged = true; /* small, and yet shown */
    pick(given, MANY);
    assert_int_equal(given->n, REPORT_TRADE_MOST);
    assert_true(has(given, 5));
    assert_false(has(given, 4));
    assert_false(has(given, MANY - REPORT_TRADE_MOST));
    assert_true(has(given, MANY - REPORT_TRADE_MOST + 1));
    assert_true(has(given, MANY - 1));
    for (size_t i = 1; i < given->n; i++) {
        assert_true(given->picked[i - 1] < given->picked[i]);
    }
    drop(given);
}

static void the_first_of_equal_ones_are_shown_and_the_unknown_are_last(void **state)
{
    (void)state;
    struct given *given = make(MANY);
    for (size_t i = 0; i < MANY; i++) {
        given->years[i][0].exports = i < 10 ? (double)NAN : 7.0;
    }
    pick(given, MANY);
    assert_false(has(given, 9));
    assert_true(has(given, 10));
    assert_true(has(given, 10 + REPORT_TRADE_MOST - 1));
    assert_false(has(given, 10 + REPORT_TRADE_MOST));
    drop(given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_of_none_and_all_of_few),
        cmocka_unit_test(the_flagged_come_first_then_the_largest),
        cmocka_unit_test(the_first_of_equal_ones_are_shown_and_the_unknown_are_last),
    };
    return cmocka_run_group_tests_name("report_trade_pick", tests, NULL, NULL);
}
