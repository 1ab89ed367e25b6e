#include "../base/unit.h"
#include "units.h"

static void every_unit_is_found_by_its_word(void **state)
{
    (void)state;
    for (enum unit unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        assert_int_equal(unit_find(text_of(unit_word(unit))), unit);
        assert_true(unit_help(unit)[0] != '\0');
    }
    assert_string_equal(unit_word(UNIT_NONE), "");
    assert_int_equal(unit_find(TEXT_LIT("")), UNIT_NONE);
    assert_int_equal(unit_find(TEXT_LIT("person")), UNIT_NONE);
}

static void what_was_meant(void **state)
{
    (void)state;
    assert_string_equal(unit_guess(TEXT_LIT("person")), "persons");
    assert_string_equal(unit_guess(TEXT_LIT("usd")), "USD");
    assert_string_equal(unit_guess(TEXT_LIT("%")), "percent");
    assert_string_equal(unit_guess(TEXT_LIT("crossings per day")), "crossings_per_day");
    assert_null(unit_guess(TEXT_LIT("bushels of wheat")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_is_found_by_its_word),
        cmocka_unit_test(what_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
