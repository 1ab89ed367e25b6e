#include "unit.h"

#include "arena.h"

static void every_slug_is_unique_and_well_formed(void **state)
{
    (void)state;
    for (int i = 1; i < E_COUNT; i++) {
        const char *slug = err_row(i)->slug;
        assert_true(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789._") == strlen(slug));
        assert_non_null(strchr(slug, '.'));
        for (int k = i + 1; k < E_COUNT; k++) {
            assert_string_not_equal(slug, err_row(k)->slug);
        }
    }
}

static void every_row_says_what_and_what_to_do(void **state)
{
    (void)state;
    static const int exits[] = {1, 2, 3, 4, 5, 6, 70};
    for (int i = 1; i < E_COUNT; i++) {
        const struct err_row *row = err_row(i);
        size_t n = strlen(row->rule), m = strlen(row->advice);
        assert_true(n > 10 && row->rule[n - 1] == '.');
        assert_true(m > 10 && row->advice[m - 1] == '.');
        bool known = false;
        for (size_t k = 0; k < sizeof exits / sizeof *exits; k++) {
            known = known || row->exit_code == exits[k];
        }
        assert_true(known);
        assert_int_equal(ajar_err_exit(i), row->exit_code);
    }
    assert_int_equal(ajar_err_exit(0), 0);
    assert_int_equal(ajar_err_exit(-1), 70);
    assert_int_equal(ajar_err_exit(E_COUNT), 70);
}

static void a_null_error_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(err_set(NULL, E_DATE, "x"), E_DATE);
    assert_int_equal(err_at(NULL, E_DATE, "f", 1, "c", TEXT_LIT("v"), "x"), E_DATE);
}

static void a_message_is_one_line_that_steers_no_terminal(void **state)
{
    (void)state;
    struct ajar_err err;
    err_at(&err, E_DATE, "a\x1b[2J.csv", 14, "c\nd", TEXT_LIT("\xc2\x9b"), "no %s", "d\x1b[0m\n");
    assert_string_equal(err.file, "a?[2J.csv");
    assert_string_equal(err.column, "c?d");
    assert_string_equal(err.value, "\\x9B"); /* U+009B, a control sequence in one character */
    assert_string_equal(err.text, "no d?[0m?");
    err_set(&err, E_DATE, "%s", "a\r\x7f");
    assert_string_equal(err.text, "a??");
    err_hint(&err, "%s", "b\tc");
    assert_string_equal(err.hint, "b?c");
}

static void a_message_is_utf8_whatever_it_is_made_of(void **state)
{
    (void)state;
    struct ajar_err err;
    err_set(&err, E_DATE, "'%.*s' is no date", 3, "\xd0\xb4\xd0\xb4");
    assert_string_equal(err.text, "'\xd0\xb4?' is no date");
    err_at(&err, E_DATE,
           "a\xff"
           "b.csv",
           1, NULL, TEXT_LIT(""), "%s",
           "\xc2\x9b"
           "2J \xd0\xb4");
    assert_string_equal(err.file, "a?b.csv");
    assert_string_equal(err.text, "?2J \xd0\xb4");
}

static void values_are_shown_safely_and_cut_at_a_character(void **state)
{
    (void)state;
    struct ajar_err err;
    err_at(&err, E_DATE, "a.csv", 14, "date_from", TEXT_LIT("31\n\xff\x1b[0m \xd0\xb4"), "no date");
    assert_string_equal(err.value, "31\\x0A\\xFF\\x1B[0m \xd0\xb4");
    char many[400];
    for (size_t i = 0; i < sizeof many; i += 2) {
        many[i] = (char)0xd0;
        many[i + 1] = (char)0xb4;
    }
    err_at(&err, E_DATE, "a.csv", 14, "date_from", (struct text){many, sizeof many}, "no date");
    size_t bad;
    assert_true(text_utf8(text_of(err.value), &bad));
    assert_true(strlen(err.value) > 140);
    assert_string_equal(err.value + strlen(err.value) - 3, "...");
    err_set(&err, E_DATE, "x%.*s", (int)sizeof many, many);
    assert_true(strlen(err.text) > 380);
    assert_true(text_utf8(text_of(err.text), &bad));
}

static void the_hint_replaces_the_tables_advice(void **state)
{
    (void)state;
    struct ajar_err err;
    err_set(&err, E_DATE, "no date");
    assert_string_equal(err_advice(&err), err_row(E_DATE)->advice);
    assert_int_equal(err_hint(&err, "Did you mean %s?", "2022-02-28"), E_DATE);
    assert_string_equal(err_advice(&err), "Did you mean 2022-02-28?");
}

static void faults_are_all_counted_and_shown_in_order(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "test", 1 << 20);
    struct faults faults;
    assert_int_equal(faults_init(&faults, &arena, 3, NULL), 0);
    err_at(faults_add(&faults), E_DATE, "b.csv", 2, "x", TEXT_LIT(""), "1");
    err_at(faults_add(&faults), E_DATE, "a.csv", 10, "x", TEXT_LIT(""), "2");
    err_at(faults_add(&faults), E_DATE, "a.csv", 9, "x", TEXT_LIT(""), "3");
    err_at(faults_add(&faults), E_DATE, "a.csv", 1, "x", TEXT_LIT(""), "4");
    assert_int_equal(faults.total, 4);
    assert_int_equal(faults.kept, 3);
    faults_sort(&faults);
    assert_string_equal(faults.at[0].text, "3");
    assert_string_equal(faults.at[1].text, "2");
    assert_string_equal(faults.at[2].text, "1");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slug_is_unique_and_well_formed),
        cmocka_unit_test(every_row_says_what_and_what_to_do),
        cmocka_unit_test(a_null_error_is_allowed),
        cmocka_unit_test(a_message_is_one_line_that_steers_no_terminal),
        cmocka_unit_test(a_message_is_utf8_whatever_it_is_made_of),
        cmocka_unit_test(values_are_shown_safely_and_cut_at_a_character),
        cmocka_unit_test(the_hint_replaces_the_tables_advice),
        cmocka_unit_test(faults_are_all_counted_and_shown_in_order),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
