#include "unit.h"

#include "arena.h"

static void utf8_takes_what_unicode_calls_well_formed(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, bad; /* bad == n: good */
    } cases[] = {
        {"", 0, 0},
        {"plain ascii, long enough for words", 34, 34},
        {"Verkhny Lars \xd0\x92\xd0\xb5\xd1\x80\xd1\x85\xd0\xbd\xd0\xb8\xd0\xb9", 27, 27},
        {"\xe2\x82\xac\xf0\x9f\x9a\xaa", 7, 7},
        {"ab\x80", 3, 2},                     /* continuation alone */
        {"\xc0\xaf", 2, 0},                   /* overlong slash */
        {"\xe0\x80\xaf", 3, 0},               /* overlong */
        {"\xed\xa0\x80", 3, 0},               /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0},           /* past U+10FFFF */
        {"\xf5\x80\x80\x80", 4, 0},           /* no such lead */
        {"0123456789abcdefg\xe2\x82", 19, 17} /* cut short after a whole word */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = cases[i].n;
        bool good = text_utf8((struct text){cases[i].bytes, cases[i].n}, &bad);
        assert_int_equal(good, cases[i].bad == cases[i].n);
        assert_int_equal(bad, cases[i].bad);
    }
}

static void width_counts_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_width(TEXT_LIT("Baden-W\xc3\xbcrttemberg")), 17);
    assert_int_equal(text_width(TEXT_LIT("\xd0\x93\xd1\x80\xd1\x83\xd0\xb7\xd0\xb8\xd1\x8f")), 6);
    assert_int_equal(text_width(TEXT_LIT("e\xcc\x81")), 1);
    assert_int_equal(text_width(TEXT_LIT("\xe6\x97\xa5\xe6\x9c\xac")), 4);
}

static void a_cut_never_goes_through_a_character(void **state)
{
    (void)state;
    struct text word = TEXT_LIT("a\xd0\xb4\xe2\x82\xac\xf0\x9f\x9a\xaa");
    static const size_t fits[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t n = 0; n < sizeof fits / sizeof *fits; n++) {
        assert_int_equal(text_fit(word, n), fits[n]);
    }
    static const size_t lengths[] = {1, 2, 3, 4};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(text_char(word), lengths[i]);
        word.at += lengths[i];
        word.n -= lengths[i];
    }
    assert_int_equal(text_char(TEXT_LIT("\xb4")), 0);
    assert_int_equal(text_char(TEXT_LIT("\xd0")), 0);
}

static void split_and_trim_take_words_apart(void **state)
{
    (void)state;
    struct text rest, list = TEXT_LIT("tourism; business;;");
    assert_true(text_is(text_trim(text_split(list, ';', &rest)), "tourism"));
    assert_true(text_is(text_trim(text_split(rest, ';', &rest)), "business"));
    assert_true(text_is(text_split(rest, ';', &rest), ""));
    assert_true(text_is(text_split(rest, ';', &rest), ""));
    assert_int_equal(rest.n, 0);
    assert_true(text_is(text_trim(TEXT_LIT(" \t\r\n")), ""));
}

static void distance_counts_slips_of_the_hand(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned distance;
    } cases[] = {
        {"", "", 0},
        {"abc", "", 3},
        {"kitten", "sitting", 3},
        {"budegt", "budget", 1},
        {"ca", "abc", 3},
        {"split", "split", 0},
        {"KGZ", "KZG", 1},
        {"--alhpa", "--alpha", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text a = text_of(cases[i].a), b = text_of(cases[i].b);
        assert_int_equal(text_distance(a, b), cases[i].distance);
        assert_int_equal(text_distance(b, a), cases[i].distance);
    }
}

static void did_you_mean_keeps_silent_when_nothing_is_near(void **state)
{
    (void)state;
    static const char *const verbs[] = {"split", "explain", "check", "show"};
    assert_string_equal(text_nearest(TEXT_LIT("slpit"), verbs, 4), "split");
    assert_string_equal(text_nearest(TEXT_LIT("chek"), verbs, 4), "check");
    assert_null(text_nearest(TEXT_LIT("frobnicate"), verbs, 4));
    assert_null(text_nearest(TEXT_LIT("xy"), verbs, 4));
}

static void a_buffer_stops_at_its_ceiling_and_says_so_once(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    buf_str(&buf, "12345");
    buf_printf(&buf, "%d", 678);
    assert_int_equal(buf_ok(&buf, NULL), 0);
    buf_str(&buf, "9ab");
    struct ajar_err err;
    assert_int_equal(buf_ok(&buf, &err), E_CEILING);
    buf_char(&buf, 'c'); /* nothing more is taken after a failure */
    assert_true(text_is(buf_view(&buf), "12345678"));
    buf_free(&buf);
}

static void a_buffer_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    assert_true(text_is(buf_view(&buf), ""));
    for (int i = 0; i < 1000; i++) {
        buf_printf(&buf, "%04d ", i);
    }
    buf_pad(&buf, '.', 3);
    assert_int_equal(buf.n, 5003);
    assert_int_equal(strlen(buf.at), 5003);
    assert_memory_equal(buf.at + 5000 - 5, "0999 ...", 8);
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_takes_what_unicode_calls_well_formed),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(a_cut_never_goes_through_a_character),
        cmocka_unit_test(split_and_trim_take_words_apart),
        cmocka_unit_test(distance_counts_slips_of_the_hand),
        cmocka_unit_test(did_you_mean_keeps_silent_when_nothing_is_near),
        cmocka_unit_test(a_buffer_stops_at_its_ceiling_and_says_so_once),
        cmocka_unit_test(a_buffer_grows_and_stays_terminated),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
