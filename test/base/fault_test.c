/* The counters of a fault build, compiled in here, so that every build tests them. */
#ifndef AJAR_FAULT
#define AJAR_FAULT
#endif
#include "fault.c"

#include "unit.h"

static void the_nth_request_is_refused_and_no_other(void **state)
{
    (void)state;
    fault_arm(FAULT_OPEN, 3);
    for (int i = 1; i <= 10; i++) {
        assert_int_equal(fault_strikes(FAULT_OPEN), i == 3);
    }
    assert_int_equal(fault_asked(FAULT_OPEN), 10);
}

static void kinds_are_counted_apart(void **state)
{
    (void)state;
    fault_arm(FAULT_WRITE, 1);
    fault_arm(FAULT_FLUSH, 0);
    assert_false(fault_strikes(FAULT_FLUSH));
    assert_true(fault_strikes(FAULT_WRITE));
    assert_int_equal(fault_asked(FAULT_FLUSH), 1);
    assert_int_equal(fault_asked(FAULT_WRITE), 1);
}

static void arming_begins_the_count_anew_and_zero_disarms(void **state)
{
    (void)state;
    fault_arm(FAULT_RENAME, 2);
    assert_false(fault_strikes(FAULT_RENAME));
    fault_arm(FAULT_RENAME, 2);
    assert_false(fault_strikes(FAULT_RENAME));
    assert_true(fault_strikes(FAULT_RENAME));
    fault_arm(FAULT_RENAME, 0);
    assert_int_equal(fault_asked(FAULT_RENAME), 0);
    for (int i = 0; i < 5; i++) {
        assert_false(fault_strikes(FAULT_RENAME));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nth_request_is_refused_and_no_other),
        cmocka_unit_test(kinds_are_counted_apart),
        cmocka_unit_test(arming_begins_the_count_anew_and_zero_disarms),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
