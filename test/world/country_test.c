#include "../base/unit.h"
#include "country.h"

static void the_table_is_sorted_and_complete(void **state)
{
    (void)state;
    size_t n = country_count();
    assert_int_equal(n, 249 + 4); /* ISO 3166-1 and the four extras */
    for (size_t i = 0; i < n; i++) {
        const struct country *at = country_at(i);
        assert_int_equal(country_find(text_of(at->alpha3)), (int)i);
        assert_true(at->name[0] != '\0');
        if (i > 0) {
            assert_true(strcmp(country_at(i - 1)->alpha3, at->alpha3) < 0);
        }
    }
}

static void codes_and_groups(void **state)
{
    (void)state;
    assert_int_equal(country_find(TEXT_LIT("fin")), -1);
    assert_int_equal(country_find(TEXT_LIT("XXX")), -1);
    name_id finland = COUNTRY_FIRST_NAME + (name_id)country_find(TEXT_LIT("FIN"));
    name_id eu = COUNTRY_FIRST_NAME + (name_id)country_find(TEXT_LIT("EU27"));
    name_id abkhazia = COUNTRY_FIRST_NAME + (name_id)country_find(TEXT_LIT("XAB"));
    assert_string_equal(country_name(finland), "Finland");
    assert_true(country_is_name(finland));
    assert_false(country_is_name(UNIT_PERSONS));
    assert_true(country_is_group(eu));
    assert_false(country_is_group(finland));
    assert_false(country_is_group(abkhazia));
}

static void what_was_meant(void **state)
{
    (void)state;
    assert_string_equal(country_guess(TEXT_LIT("FI")), "FIN");
    assert_string_equal(country_guess(TEXT_LIT("fin")), "FIN");
    assert_string_equal(country_guess(TEXT_LIT("Finland")), "FIN");
    assert_null(country_guess(TEXT_LIT("Atlantis and beyond")));
}

static void as_others_call_it(void **state)
{
    (void)state;
    assert_string_equal(country_called(TEXT_LIT("SSD")), "SSD");
    assert_string_equal(country_called(TEXT_LIT("South_Sudan")), "SSD");
    assert_string_equal(country_called(TEXT_LIT("south sudan")), "SSD");
    assert_string_equal(country_called(TEXT_LIT("DRC")), "COD");
    assert_null(country_called(TEXT_LIT("South Suden"))); /* a slip is not guessed away */
    assert_null(country_called(TEXT_LIT("SS")));
    assert_null(country_called(TEXT_LIT("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_complete),
        cmocka_unit_test(codes_and_groups),
        cmocka_unit_test(what_was_meant),
        cmocka_unit_test(as_others_call_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
