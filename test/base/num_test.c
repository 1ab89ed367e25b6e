#include "unit.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "num.h"

static void reads_decimal_and_exponent_forms_only(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0},       {"-0.5", -0.5},
                {"+12", 12},    {"1e3", 1000},
                {".5", 0.5},    {"5.", 5},
                {"1E-2", 0.01}, {"66000", 66000},
                {"0.1", 0.1},   {"179769313486231570e291", 179769313486231570e291}};
    static const char *const bad[] = {"",     " 1",  "1 ",    "1,5", "1 000",    "inf",   "nan",
                                      "0x10", "1e",  "e5",    "--1", "+-1",      "1.2.3", "-",
                                      "+",    "NaN", "1e999", "12a", "Infinity", "."};
    double value = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(num_parse(text_of(bad[i]), &value));
        assert_true(value == 7);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(num_parse(text_of(good[i].text), &value));
        assert_true(value == good[i].value);
    }
}

static void reads_integers_within_their_range(void **state)
{
    (void)state;
    int64_t value = 7;
    assert_false(num_parse_int(TEXT_LIT("9223372036854775808"), &value));
    assert_false(num_parse_int(TEXT_LIT("1.0"), &value));
    assert_false(num_parse_int(TEXT_LIT(""), &value));
    assert_false(num_parse_int(TEXT_LIT("+-5"), &value));
    assert_int_equal(value, 7);
    assert_true(num_parse_int(TEXT_LIT("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_true(num_parse_int(TEXT_LIT("+42"), &value));
    assert_int_equal(value, 42);
}

static void the_shortest_text_reads_back_as_the_same_number(void **state)
{
    (void)state;
    static const double values[] = {0.1,    1.0 / 3, 1e30,  DBL_MAX,      DBL_MIN,
                                    5e-324, -2.5e-7, 66000, 123456789.25, 0.30000000000000004};
    char to[NUM_TEXT];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        double back;
        size_t n = num_format(values[i], to);
        assert_int_equal(n, strlen(to));
        assert_true(num_parse(text_of(to), &back));
        assert_true(back == values[i]);
    }
    num_format(-0.0, to);
    assert_string_equal(to, "0");
    static const struct {
        double value;
        const char *text;
    } forms[] = {
        {0.1, "0.1"},
        {700000, "700000"},
        {-8e7, "-80000000"},
        {999999999999999, "999999999999999"},
        {1e15, "1e+15"},
        {0.0001, "0.0001"},
        {1e-5, "0.00001"},
        {9e-6, "9e-06"},
        {1234.5, "1234.5"},
        {1e30, "1e+30"},
        /* below 2^63 digits as they are; from there on an exponent, so that JSON reads no whole number */
        {9223372036854774784.0, "9223372036854774784"},
        {9223372036854775808.0, "9.223372036854776e+18"},
        {-9999999999903090484.9, "-9.99999999990309e+18"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        num_format(forms[i].value, to);
        assert_string_equal(to, forms[i].text);
    }
}

static void fixed_and_grouped_forms_are_for_people(void **state)
{
    (void)state;
    char to[NUM_TEXT];
    static const struct {
        double value;
        int decimals;
        const char *fixed, *grouped;
    } cases[] = {
        {66000, 0, "66000", "66,000"},
        {1234567.891, 2, "1234567.89", "1,234,567.89"},
        {-1234.5, 1, "-1234.5", "-1,234.5"},
        {-999, 0, "-999", "-999"},
        {-0.001, 2, "0.00", "0.00"},
        {0.5, 0, "0", "0"}, /* ties to even, as the exact value */
        {2.5, 0, "2", "2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = num_format_fixed(cases[i].value, cases[i].decimals, to);
        assert_int_equal(n, strlen(to));
        assert_string_equal(to, cases[i].fixed);
        n = num_format_grouped(cases[i].value, cases[i].decimals, to);
        assert_int_equal(n, strlen(to));
        assert_string_equal(to, cases[i].grouped);
    }
    num_format_grouped(-999999999999999872.0, 15, to);
    assert_string_equal(to, "-999,999,999,999,999,872.000000000000000");
}

static void the_locale_changes_nothing(void **state)
{
    (void)state;
    /* A comma locale where the machine has one; "C.UTF-8" is always there but proves less. */
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        setlocale(LC_ALL, "C.UTF-8");
    }
    char to[NUM_TEXT];
    double value;
    num_format(1.5, to);
    assert_string_equal(to, "1.5");
    num_format_fixed(1.5, 3, to);
    assert_string_equal(to, "1.500");
    assert_true(num_parse(TEXT_LIT("1.5"), &value) && value == 1.5);
    setlocale(LC_ALL, "C");
}

static void a_figure_past_all_digits_is_written_with_its_exponent(void **state)
{
    (void)state;
    char text[NUM_TEXT];
    num_format_fixed(-9.9e17, 15, text);
    assert_string_equal(text, "-990000000000000000.000000000000000");
    assert_int_equal(num_format_fixed(1e18, 2, text), 5);
    assert_string_equal(text, "1e+18");
    num_format_grouped(-2.5e300, 2, text);
    assert_string_equal(text, "-2.5e+300");
    num_format_grouped((double)INFINITY, 0, text);
    assert_string_equal(text, "inf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_decimal_and_exponent_forms_only),
        cmocka_unit_test(reads_integers_within_their_range),
        cmocka_unit_test(the_shortest_text_reads_back_as_the_same_number),
        cmocka_unit_test(fixed_and_grouped_forms_are_for_people),
        cmocka_unit_test(the_locale_changes_nothing),
        cmocka_unit_test(a_figure_past_all_digits_is_written_with_its_exponent),
    };
    return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
