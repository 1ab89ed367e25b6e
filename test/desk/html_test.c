#include "../base/unit.h"

#include <math.h>

#include "html.h"

/* What a writer appended, compared; the buffer is emptied for the next. */
#define assert_wrote(buf, text)                                                                    \
    do {                                                                                           \
        buf_char((buf), 0);                                                                        \
        assert_int_equal((buf)->failed, 0);                                                        \
        assert_string_equal((buf)->at, (text));                                                    \
        (buf)->n = 0;                                                                              \
    } while (0)

static int begin(void **state)
{
    static struct buf buf;
    buf_init(&buf, 1 << 20);
    *state = &buf;
    return 0;
}

static int end(void **state)
{
    buf_free(*state);
    return 0;
}

static void marks_of_markup_become_references(void **state)
{
    struct buf *buf = *state;
    html_str(buf, "a <b title=\"x\" id='y'> & c");
    assert_wrote(buf, "a &lt;b title=&quot;x&quot; id=&#39;y&#39;&gt; &amp; c");
}

static void letters_of_all_scripts_stay(void **state)
{
    struct buf *buf = *state;
    html_str(buf, "Дата \xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x9A\xAA\ttab\nline");
    assert_wrote(buf, "Дата \xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x9A\xAA\ttab\nline");
}

static void bytes_that_are_no_text_are_replaced(void **state)
{
    struct buf *buf = *state;
    html_text(buf, (struct text){"a\xFF<\x01\xC3", 5});
    assert_wrote(buf, "a\xEF\xBF\xBD&lt;\xEF\xBF\xBD\xEF\xBF\xBD");
    html_text(buf, (struct text){"a\0b\x7f", 4});
    assert_wrote(buf, "a\xEF\xBF\xBD"
                      "b\xEF\xBF\xBD");
}

static void nothing_writes_nothing(void **state)
{
    struct buf *buf = *state;
    html_str(buf, NULL);
    html_text(buf, (struct text){NULL, 0});
    assert_wrote(buf, "");
}

static void ids_are_safe_and_differ(void **state)
{
    struct buf *buf = *state;
    html_id(buf, text_of("a b"));
    assert_wrote(buf, "a~20b");
    html_id(buf, text_of("a~20b"));
    assert_wrote(buf, "a~7E20b");
    html_id(buf, text_of("\">\xC3\xA9_x.1-2"));
    assert_wrote(buf, "~22~3E~C3~A9_x.1-2");
}

static void only_addresses_of_the_web_and_mail_pass(void **state)
{
    struct buf *buf = *state;
    assert_true(html_href(buf, text_of("https://example.org/?a=1&b=\"2\"")));
    assert_wrote(buf, "https://example.org/?a=1&amp;b=&quot;2&quot;");
    assert_true(html_href(buf, text_of("http://example.org")));
    assert_true(html_href(buf, text_of("mailto:desk@example.org")));
    assert_wrote(buf, "http://example.orgmailto:desk@example.org");
    assert_false(html_href(buf, text_of("javascript:alert(1)")));
    assert_false(html_href(buf, text_of(" https://example.org")));
    assert_false(html_href(buf, text_of("data:text/html,x")));
    assert_false(html_href(buf, text_of("")));
    assert_wrote(buf, "");
}

static void numbers_are_grouped_for_people(void **state)
{
    struct buf *buf = *state;
    html_number(buf, 66000, 0);
    assert_wrote(buf, "66,000");
    html_number(buf, 1071.4, 1);
    assert_wrote(buf, "1,071.4");
    html_number(buf, 24.5, 2);
    assert_wrote(buf, "24.50");
    html_number(buf, -12000, 0);
    assert_wrote(buf, "\xE2\x88\x92"
                      "12,000");
}

static void a_zero_has_no_sign_and_no_number_is_a_dash(void **state)
{
    struct buf *buf = *state;
    html_number(buf, -0.001, 2);
    assert_wrote(buf, "0.00");
    html_number(buf, NAN, 0);
    html_number(buf, INFINITY, 0);
    html_number(buf, -INFINITY, 0);
    assert_wrote(buf, "\xE2\x80\x93\xE2\x80\x93\xE2\x80\x93");
}

static date_days day(const char *text)
{
    date_days date = DATE_NONE;
    assert_true(date_parse(text_of(text), &date));
    return date;
}

static void days_are_words_with_the_date_behind_them(void **state)
{
    struct buf *buf = *state;
    html_date(buf, day("2022-09-21"));
    assert_wrote(buf, "<time datetime=\"2022-09-21\">21\xC2\xA0Sept\xC2\xA0"
                      "2022</time>");
    html_date(buf, DATE_NONE);
    assert_wrote(buf, "no date");
}

static void a_partial_date_shows_what_is_known(void **state)
{
    struct buf *buf = *state;
    struct date_partial date;
    assert_true(date_parse_partial(text_of("2022-09"), &date));
    html_date_partial(buf, date);
    assert_wrote(buf, "<time datetime=\"2022-09\">Sept 2022</time>");
    assert_true(date_parse_partial(text_of("2022"), &date));
    html_date_partial(buf, date);
    assert_wrote(buf, "<time datetime=\"2022\">2022</time>");
    assert_true(date_parse_partial(text_of("2022-09-21"), &date));
    html_date_partial(buf, date);
    assert_wrote(buf, "<time datetime=\"2022-09-21\">21\xC2\xA0Sept\xC2\xA0"
                      "2022</time>");
    html_date_partial(buf, (struct date_partial){.first = DATE_NONE});
    assert_wrote(buf, "no date");
}

static void a_span_says_once_what_both_ends_share(void **state)
{
    struct buf *buf = *state;
    html_span(buf, day("2022-09-21"), day("2022-09-27"), true);
    assert_wrote(buf, "21\xE2\x80\x93"
                      "27\xC2\xA0Sept\xC2\xA0"
                      "2022");
    html_span(buf, day("2022-09-26"), day("2022-10-02"), false);
    assert_wrote(buf, "26\xC2\xA0Sept\xE2\x80\x93"
                      "2\xC2\xA0Oct");
    html_span(buf, day("2022-12-30"), day("2023-01-02"), false);
    assert_wrote(buf, "30\xC2\xA0"
                      "Dec\xC2\xA0"
                      "2022\xE2\x80\x93"
                      "2\xC2\xA0Jan\xC2\xA0"
                      "2023");
    html_span(buf, day("2022-09-21"), day("2022-09-21"), false);
    assert_wrote(buf, "21\xC2\xA0Sept");
}

static void a_span_of_days_has_a_time_for_each_end(void **state)
{
    struct buf *buf = *state;
    html_days(buf, day("2022-09-21"), day("2022-09-27"), true);
    assert_wrote(buf, "<time datetime=\"2022-09-21\">21</time>\xE2\x80\x93\xE2\x81\xA0<time "
                      "datetime=\"2022-09-27\">27\xC2\xA0Sept\xC2\xA0"
                      "2022</time>");
    html_days(buf, day("2022-09-21"), day("2022-09-21"), true);
    assert_wrote(buf, "<time datetime=\"2022-09-21\">21\xC2\xA0Sept\xC2\xA0"
                      "2022</time>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_of_markup_become_references, begin, end),
        cmocka_unit_test_setup_teardown(letters_of_all_scripts_stay, begin, end),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_replaced, begin, end),
        cmocka_unit_test_setup_teardown(nothing_writes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(ids_are_safe_and_differ, begin, end),
        cmocka_unit_test_setup_teardown(only_addresses_of_the_web_and_mail_pass, begin, end),
        cmocka_unit_test_setup_teardown(numbers_are_grouped_for_people, begin, end),
        cmocka_unit_test_setup_teardown(a_zero_has_no_sign_and_no_number_is_a_dash, begin, end),
        cmocka_unit_test_setup_teardown(days_are_words_with_the_date_behind_them, begin, end),
        cmocka_unit_test_setup_teardown(a_partial_date_shows_what_is_known, begin, end),
        cmocka_unit_test_setup_teardown(a_span_says_once_what_both_ends_share, begin, end),
        cmocka_unit_test_setup_teardown(a_span_of_days_has_a_time_for_each_end, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
