#include "../base/unit.h"

#include <math.h>
#include <stdlib.h>

#include "table.h"

static struct arena arena;
static struct table table;
static char *printed;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test", 1 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    free(printed);
    printed = NULL;
    return 0;
}

static const char *print(size_t width, bool bold)
{
    size_t n;
    free(printed);
    FILE *to = open_memstream(&printed, &n);
    assert_int_equal(table_print(&table, to, width, bold, NULL), 0);
    fclose(to);
    return printed;
}

static void numbers_stand_right_and_words_left(void **state)
{
    (void)state;
    static const struct table_column columns[] = {{"host", TABLE_WORD}, {"people", TABLE_NUMBER}};
    table_init(&table, &arena, columns, 2);
    table_begin_row(&table);
    table_str(&table, "KAZ");
    table_int(&table, 200000);
    table_begin_row(&table);
    table_str(&table, "MNG");
    table_number(&table, NAN, 0);
    table_begin_row(&table);
    table_str(&table, "GEO");
    table_number(&table, 1234.56, 1);
    assert_string_equal(print(80, false), "host   people\n"
                                          "----  -------\n"
                                          "KAZ   200,000\n"
                                          "MNG\n"
                                          "GEO   1,234.6\n");
    assert_true(text_starts(text_of(print(80, true)), "\033[1mhost   people\n\033[0mKAZ"));
}

static void a_head_may_have_its_unit_on_a_second_line(void **state)
{
    (void)state;
    static const struct table_column columns[] = {{"host", TABLE_WORD},
                                                  {"need\nUSD m", TABLE_NUMBER}};
    table_init(&table, &arena, columns, 2);
    table_begin_row(&table);
    table_str(&table, "KAZ");
    table_number(&table, 72, 1);
    assert_string_equal(print(80, false), "       need\n"
                                          "host  USD m\n"
                                          "----  -----\n"
                                          "KAZ    72.0\n");
}

static void a_wide_table_wraps_its_texts_and_cuts_nothing(void **state)
{
    (void)state;
    static const struct table_column columns[] = {
        {"id", TABLE_WORD}, {"why", TABLE_TEXT}, {"n", TABLE_NUMBER}};
    table_init(&table, &arena, columns, 3);
    table_begin_row(&table);
    table_str(&table, "a");
    table_str(&table, "two counts of one border that differ");
    table_int(&table, 7);
    assert_string_equal(print(24, false), "id  why                n\n"
                                          "--  -----------------  -\n"
                                          "a   two counts of one  7\n"
                                          "    border that\n"
                                          "    differ\n");
}

static void control_characters_never_reach_the_terminal(void **state)
{
    (void)state;
    static const struct table_column columns[] = {{"note", TABLE_TEXT}};
    table_init(&table, &arena, columns, 1);
    table_begin_row(&table);
    table_str(&table, "a\033[2Jb\tc");
    assert_string_equal(print(80, false), "note\n--------\na [2Jb c\n");
}

static void a_failed_append_is_told_when_it_is_printed(void **state)
{
    (void)state;
    static const struct table_column columns[] = {{"note", TABLE_TEXT}};
    struct arena small;
    struct ajar_err err;
    arena_init(&small, "small", 64);
    table_init(&table, &small, columns, 1);
    for (int i = 0; i < 100; i++) {
        table_begin_row(&table);
        table_str(&table, "a line of some length that fills the arena");
    }
    assert_int_equal(table_print(&table, stdout, 80, false, &err), E_CEILING);
    assert_string_equal(err.slug, "base.memory.ceiling");
    arena_free(&small);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, fresh, drop)
    const struct CMUnitTest tests[] = {
        FRESH(numbers_stand_right_and_words_left),
        FRESH(a_head_may_have_its_unit_on_a_second_line),
        FRESH(a_wide_table_wraps_its_texts_and_cuts_nothing),
        FRESH(control_characters_never_reach_the_terminal),
        FRESH(a_failed_append_is_told_when_it_is_printed),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
