/* Codes and lists of the tables as the page says them. */
#include "made.h"
#include "report_page.h"

static void list_is(const char *list, const char *wanted)
{
    struct buf buf;
    buf_init(&buf, 1 << 12);
    report_list(&buf, text_of(list));
    buf_char(&buf, 0);
    assert_string_equal(buf.at, wanted);
    buf_free(&buf);
}

static void lists_read_as_words(void **state)
{
    (void)state;
    list_is("", "");
    list_is("tourism", "tourism");
    list_is("tourism;transit", "tourism and transit");
    list_is("visa_d; family_here ;worker", "visa d, family here and worker");
}

static void title_is(const char *refused, const char *border, const char *wanted)
{
    struct made made;
    struct buf buf;
    made_begin(&made);
    made_door(&made, "door", "EST", "2022-09-19", refused);
    made.s.doors.border[0] = text_of(border);
    buf_init(&buf, 1 << 12);
    report_door_title(&buf, &made.s, 0);
    assert_in_range(buf.n, 1, REPORT_TITLE);
    buf_char(&buf, 0);
    assert_string_equal(buf.at, wanted);
    buf_free(&buf);
    made_end(&made);
}

static void titles_of_doors_read_as_words_and_count_what_has_no_room(void **state)
{
    (void)state;
    title_is("tourism;transit", "land", "Estonia refuses tourism and transit");
    title_is("men_subject_to_call_up", "exit: all",
             "Estonia refuses exit to men subject to call up");
    title_is("tourism;business;sport;culture;any_short_visa", "land",
             "Estonia refuses tourism, business, sport and two more");
    title_is("tourism;business;sport;holders_of_any_short_visa", "land",
             "Estonia refuses tourism, business, sport and one more");
    title_is("a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u;v;w;x;y;z", "land",
             "Estonia refuses a, b, c, d, e, f, g, h, i, j, k and 15 more");
    title_is("people_who_hold_a_short_visa_of_any_state_of_the_area", "land",
             "Estonia refuses some groups");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_read_as_words),
        cmocka_unit_test(titles_of_doors_read_as_words_and_count_what_has_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
