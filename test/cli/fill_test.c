#include "../base/unit.h"

#include "fill.h"

static struct buf buf;

static const char *filled(const char *text, size_t at, size_t indent, size_t width)
{
    buf_free(&buf);
    buf_init(&buf, 4096);
    fill_text(&buf, text_of(text), at, indent, width);
    buf_char(&buf, '\0');
    return buf.at;
}

static void words_stay_whole_and_lines_within_the_width(void **state)
{
    (void)state;
    assert_string_equal(filled("doors stay open for people", 0, 0, 20),
                        "doors stay open for\npeople\n");
    assert_string_equal(filled("doors stay open for people", 4, 4, 24),
                        "doors stay open for\n    people\n");
}

static void a_word_wider_than_a_line_is_cut(void **state)
{
    (void)state;
    struct text rest = TEXT_LIT("mobilisation order");
    struct text line = fill_line(&rest, 6);
    assert_true(text_is(line, "mobili"));
    assert_true(text_is(rest, "sation order"));
}

static void width_is_counted_in_columns_not_bytes(void **state)
{
    (void)state;
    struct text rest = TEXT_LIT("K\xc3\xb6nigstein K\xc3\xb6nigstein");
    assert_true(text_is(fill_line(&rest, 11), "K\xc3\xb6nigstein"));
    assert_true(text_is(rest, "K\xc3\xb6nigstein"));
}

static void paragraphs_keep_their_gap(void **state)
{
    (void)state;
    assert_string_equal(filled("one\n\ntwo", 2, 2, 40), "one\n\n  two\n");
    struct text rest = TEXT_LIT("one\nline\n\ntwo");
    assert_true(text_is(fill_paragraph(&rest), "one\nline"));
    assert_true(text_is(fill_paragraph(&rest), "two"));
    assert_int_equal(fill_paragraph(&rest).n, 0);
}

static void line_ends_between_words_count_as_blanks(void **state)
{
    (void)state;
    assert_string_equal(filled("one\ntwo", 0, 0, 40), "one two\n");
}

static int drop(void **state)
{
    (void)state;
    buf_free(&buf);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stay_whole_and_lines_within_the_width),
        cmocka_unit_test(a_word_wider_than_a_line_is_cut),
        cmocka_unit_test(width_is_counted_in_columns_not_bytes),
        cmocka_unit_test(paragraphs_keep_their_gap),
        cmocka_unit_test(line_ends_between_words_count_as_blanks),
    };
    return cmocka_run_group_tests_name("fill", tests, NULL, drop);
}
