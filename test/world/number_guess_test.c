#include "../base/unit.h"

#include <math.h>

#include "number_guess.h"

static void expect(const char *cell, const char *first, const char *second)
{
    char guess[NUMBER_GUESSES][NUM_TEXT];
    size_t n = number_guess(text_of(cell), guess), want = second != NULL ? 2 : first != NULL;
    if (n != want || (first != NULL && strcmp(guess[0], first) != 0) ||
        (second != NULL && strcmp(guess[1], second) != 0)) {
        fail_msg("\"%s\" gives %zu: %s %s", cell, n, n > 0 ? guess[0] : "", n > 1 ? guess[1] : "");
    }
    for (size_t i = 0; i < n; i++) {
        double value;
        assert_true(num_parse(text_of(guess[i]), &value));
        assert_false(number_two_ways(text_of(guess[i])));
    }
}

static void what_groups_digits_is_left_out(void **state)
{
    (void)state;
    expect("1 234", "1234", NULL);
    expect("72\u00a0000\u202f000", "72000000", NULL);
    expect("100'000", "100000", NULL);
    expect("72\u2019000\u2019000", "72000000", NULL);
    expect("12_000_000", "12000000", NULL);
    expect("72.000.000", "72000000", NULL);
    expect("72,000,000", "72000000", NULL);
}

static void the_last_of_two_signs_is_the_decimal_one(void **state)
{
    (void)state;
    expect("72.000.000,50", "72000000.5", NULL);
    expect("72,000,000.50", "72000000.5", NULL);
    expect("1 234,5", "1234.5", NULL);
    expect("0,575", "0.575", NULL);
    expect("1 234,567", "1234.567", NULL);
}

static void one_sign_before_three_digits_has_two_readings(void **state)
{
    (void)state;
    expect("1,234", "1234", "1.2340");
    expect("100.000", "100000", "100");
    expect("1.234", "1234", "1.2340");
    expect("1234,567", "1234.567", NULL);
}

static void units_and_signs_are_understood(void **state)
{
    (void)state;
    expect("$72,000,000", "72000000", NULL);
    expect("USD 50", "50", NULL);
    expect("50 USD", "50", NULL);
    expect("45 000 000 \u20ac", "45000000", NULL);
    expect("18m", "18000000", NULL);
    expect("3 million", "3000000", NULL);
    expect("2,5 \u043c\u043b\u043d", "2500000", NULL);
    expect("(500)", "-500", NULL);
    expect("\u2212500", "-500", NULL);
    expect("12%", "12", "0.12");
}

static void what_is_no_number_brings_no_guess(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "",        "n/a",   "-",  "1e999",     "0x10",  "1/2",      "12:30",     "=1+1",
        "#DIV/0!", "5-Jan", "1e", "18 apples", "1.2.3", "1.000.00", "1,2,3.4.5", "abc1"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        expect(cells[i], NULL, NULL);
    }
}

static void a_long_text_is_no_number(void **state)
{
    (void)state;
    char cell[400];
    memset(cell, '1', sizeof cell);
    cell[sizeof cell - 1] = '\0';
    expect(cell, NULL, NULL);
    memset(cell, ' ', sizeof cell - 2);
    expect(cell, "1", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_groups_digits_is_left_out),
        cmocka_unit_test(the_last_of_two_signs_is_the_decimal_one),
        cmocka_unit_test(one_sign_before_three_digits_has_two_readings),
        cmocka_unit_test(units_and_signs_are_understood),
        cmocka_unit_test(what_is_no_number_brings_no_guess),
        cmocka_unit_test(a_long_text_is_no_number),
    };
    return cmocka_run_group_tests_name("numbers in another dress", tests, NULL, NULL);
}
