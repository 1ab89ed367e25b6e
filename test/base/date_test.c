#include "unit.h"

#include "date.h"

static void every_day_of_the_calendar_goes_there_and_back(void **state)
{
    (void)state;
    date_days expected = date_from_civil(1, 1, 1);
    assert_int_equal(expected, -719162);
    int days = 0;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; date_exists(year, month, day); day++) {
                int y, m, d;
                date_days date = date_from_civil(year, month, day);
                assert_int_equal(date, expected);
                date_to_civil(date, &y, &m, &d);
                assert_true(y == year && m == month && d == day);
                expected++;
                days++;
            }
        }
    }
    assert_int_equal(days, 3652059); /* 9999 years of 365.2425 days */
    assert_int_equal(date_from_civil(1970, 1, 1), 0);
}

static void weekdays_match_known_days(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(date_from_civil(2022, 9, 21)), 3); /* the order, a Wednesday */
    assert_int_equal(date_weekday(date_from_civil(1970, 1, 1)), 4);
    assert_int_equal(date_weekday(date_from_civil(1900, 1, 1)), 1);
    assert_int_equal(date_weekday(date_from_civil(1, 1, 1)), 1);
}

static void only_existing_days_in_iso_form_are_read(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",         "2022-02-29",  "2022-13-01",  "2022-00-10", "2022-1-01",  "2022/09/21",
        "20220921", "2022-09-211", " 2022-09-21", "0000-01-01", "2022-09-2x", "-022-09-21"};
    date_days date = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(date_parse(text_of(bad[i]), &date));
        assert_int_equal(date, 7);
    }
    char to[DATE_TEXT];
    assert_true(date_parse(TEXT_LIT("2024-02-29"), &date));
    assert_string_equal(date_format(date, to), "2024-02-29");
    assert_string_equal(date_format(DATE_NONE, to), "");
}

static void a_partial_date_means_all_its_days(void **state)
{
    (void)state;
    struct date_partial date;
    char to[DATE_TEXT];
    assert_true(date_parse_partial(TEXT_LIT("2024-02"), &date));
    assert_string_equal(date_format(date.first, to), "2024-02-01");
    assert_string_equal(date_format(date.last, to), "2024-02-29");
    assert_string_equal(date_format_partial(date, to), "2024-02");
    assert_true(date_parse_partial(TEXT_LIT("2022"), &date));
    assert_int_equal(date.last - date.first, 364);
    assert_string_equal(date_format_partial(date, to), "2022");
    assert_true(date_parse_partial(TEXT_LIT("2022-09-21"), &date));
    assert_int_equal(date.first, date.last);
    assert_false(date_parse_partial(TEXT_LIT("2022-13"), &date));
    assert_false(date_parse_partial(TEXT_LIT("2022-9"), &date));
    assert_false(date_parse_partial(TEXT_LIT("22"), &date));
}

static void a_guess_is_offered_only_when_one_reading_is_likely(void **state)
{
    (void)state;
    static const struct {
        const char *text, *guess; /* NULL: none */
    } cases[] = {
        {"31.02.1990", "1990-02-28"}, {"2022-9-5", "2022-09-05"},  {"2022/09/21", "2022-09-21"},
        {"21.09.2022", "2022-09-21"}, {"9/21/2022", "2022-09-21"}, {"5/9/2022", NULL},
        {"2022-02-30", "2022-02-28"}, {"yesterday", NULL},         {"21-09-22", NULL},
        {"2022-13-45", NULL},         {"5/5/2022", "2022-05-05"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date_days date = DATE_NONE;
        char to[DATE_TEXT];
        bool found = date_guess(text_of(cases[i].text), &date);
        assert_int_equal(found, cases[i].guess != NULL);
        if (found) {
            assert_string_equal(date_format(date, to), cases[i].guess);
        }
    }
}

static void a_zero_byte_is_no_separator(void **state)
{
    (void)state;
    date_days date;
    assert_false(date_guess(TEXT_LIT("2022\0"
                                     "09\0"
                                     "21"),
                            &date));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_the_calendar_goes_there_and_back),
        cmocka_unit_test(weekdays_match_known_days),
        cmocka_unit_test(only_existing_days_in_iso_form_are_read),
        cmocka_unit_test(a_partial_date_means_all_its_days),
        cmocka_unit_test(a_guess_is_offered_only_when_one_reading_is_likely),
        cmocka_unit_test(a_zero_byte_is_no_separator),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
