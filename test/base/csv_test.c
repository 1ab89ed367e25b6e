#include "unit.h"

#include <stdio.h>

#include "csv.h"

#define TEST_MEMORY ((size_t)64 * 1024 * 1024)

static int arena_setup(void **state)
{
    static struct arena arena;
    arena_init(&arena, "the test", TEST_MEMORY);
    *state = &arena;
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct csv opened(struct arena *arena, struct text bytes)
{
    struct csv csv;
    struct ajar_err err = {0};
    if (csv_open(&csv, arena, "t.csv", bytes, 0, &CSV_LIMITS_DEFAULT, &err) != 0) {
        fail_msg("csv_open: %s", err.text);
    }
    return csv;
}

/* Reads one record and compares its cells, joined with '|', and its row. */
static void expect_record(struct csv *csv, long row, const char *cells)
{
    struct ajar_err err = {0};
    bool more = false;
    if (csv_next(csv, &more, &err) != 0) {
        fail_msg("csv_next: %s", err.text);
    }
    assert_true(more);
    char joined[400] = "";
    size_t used = 0;
    for (size_t i = 0; i < csv->n_columns; i++) {
        used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%.*s", i > 0 ? "|" : "",
                                 (int)csv->cells[i].n, csv->cells[i].at);
    }
    assert_string_equal(joined, cells);
    assert_int_equal(csv->row, row);
}

static void expect_end(struct csv *csv)
{
    bool more = true;
    assert_int_equal(csv_next(csv, &more, NULL), 0);
    assert_false(more);
}

static void the_separator_is_found_from_the_header(void **state)
{
    static const struct {
        const char *bytes;
        char separator;
        size_t n_columns;
    } cases[] = {
        {"a,b,c\n", ',', 3},           {"a;b;c\n", ';', 3},
        {"a\tb\tc\n", '\t', 3},        {"a;b;c, d\n", ';', 3},
        {"a,b,c;d\n", ',', 3},         {"alone\n", ',', 1},
        {"a;b, c\n", ';', 2},          {"a\tb;c\n", '\t', 2},
        {"a\tb;c;d\n", ';', 3},        {"a\tb,c,d\n", ',', 3},
        {"a\tb,c\n", '\t', 2},         {"\"a,b,c\";d\n", ';', 2},
        {"a\"\"\n;b;c;d\n", 0, 0},     {"\"a\n,,,\";b\n1;2\n", ';', 2},
        {"\n\r\na;b\n,,,,\n", ';', 2}, {"a,b\n1;2;3;4\n", ',', 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv csv = {0};
        int code =
            csv_open(&csv, *state, "t.csv", text_of(cases[i].bytes), 0, &CSV_LIMITS_DEFAULT, NULL);
        assert_int_equal(code, cases[i].separator == 0 ? E_CSV_QUOTE_STRAY : 0);
        assert_int_equal(csv.separator, cases[i].separator);
        assert_int_equal(csv.n_columns, cases[i].n_columns);
    }
    struct csv csv;
    assert_int_equal(
        csv_open(&csv, *state, "t.csv", TEXT_LIT("a;b,c\n"), ',', &CSV_LIMITS_DEFAULT, NULL), 0);
    assert_true(text_is(csv.header[0], "a;b"));
}

static void columns_are_found_by_name(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("date,value,value,,\"a \"\"b\"\"\"\n"));
    assert_int_equal(csv_column(&csv, "date"), 0);
    assert_int_equal(csv_column(&csv, "value"), 1);
    assert_int_equal(csv_column(&csv, ""), 3);
    assert_int_equal(csv_column(&csv, "a \"b\""), 4);
    assert_int_equal(csv_column(&csv, "Date"), -1);
}

static void line_ends_and_the_mark_make_no_difference(void **state)
{
    static const char *const same[] = {
        "a,b\n1,2\n3,\n",
        "a,b\r\n1,2\r\n3,\r\n",
        "a,b\n1,2\r\n3,",
        "\xef\xbb\xbf\x61,b\r\n1,2\n3,",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct csv csv = opened(*state, text_of(same[i]));
        assert_true(text_is(csv.header[0], "a"));
        expect_record(&csv, 2, "1|2");
        expect_record(&csv, 3, "3|");
        expect_end(&csv);
        expect_end(&csv);
        assert_int_equal(csv.records, 2);
    }
}

static void blank_lines_are_passed_over_and_counted_as_lines(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("\n\r\na,b\n\n1,2\n\r\n\n3,4\r\n\r\n"));
    expect_record(&csv, 5, "1|2");
    expect_record(&csv, 8, "3|4");
    expect_end(&csv);
    csv = opened(*state, TEXT_LIT("a\n\"\"\n\n,\n"));
    expect_record(&csv, 2, ""); /* an empty quoted cell is no blank line */
    struct ajar_err err = {0};
    bool more = true;
    assert_int_equal(csv_next(&csv, &more, &err), E_CSV_LONG);
    assert_int_equal(err.row, 4);
}

static void quoted_fields_hold_anything(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("a,\"b,\"\"x\"\"\",c\n"
                                             "\"1,2\",\"say \"\"no\"\"\",\"\"\"\"\n"
                                             "\"two\nlines\r\n\",\"\rcr\",;\n"
                                             "\"\",\"\"\"\",\"\"\"\"\"\"\r\n"
                                             "x,y,\"z\""));
    assert_true(text_is(csv.header[1], "b,\"x\""));
    expect_record(&csv, 2, "1,2|say \"no\"|\"");
    expect_record(&csv, 3, "two\nlines\r\n|\rcr|;");
    expect_record(&csv, 6, "|\"|\"\"");
    expect_record(&csv, 7, "x|y|z");
    expect_end(&csv);
    assert_true(text_is(csv.header[1], "b,\"x\"")); /* not in the way of later cells */
}

static void cells_of_one_record_stay_while_scratch_grows(void **state)
{
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "a,b,c,d\n");
    for (size_t cell = 0; cell < 4; cell++) {
        buf_str(&buf, cell > 0 ? ",\"\"\"" : "\"\"\"");
        buf_pad(&buf, (char)('p' + (int)cell), 900 * (cell + 1));
        buf_str(&buf, "\"");
    }
    struct csv csv = opened(*state, buf_view(&buf));
    bool more = false;
    assert_int_equal(csv_next(&csv, &more, NULL), 0);
    for (size_t cell = 0; cell < 4; cell++) {
        assert_int_equal(csv.cells[cell].n, 900 * (cell + 1) + 1);
        assert_int_equal(csv.cells[cell].at[0], '"');
        for (size_t i = 1; i < csv.cells[cell].n; i++) {
            assert_int_equal(csv.cells[cell].at[i], 'p' + (int)cell);
        }
    }
    buf_free(&buf);
}

/* Every way to be wrong, and exactly where. */
static void errors_name_row_column_character_and_value(void **state)
{
    static const struct {
        const char *bytes, *slug;
        long row, at;
        const char *column, *value;
    } cases[] = {
        {"", "csv.empty", 1, 0, "", ""},
        {"\xef\xbb\xbf\r\n\n", "csv.empty", 1, 0, "", ""},
        {"a,b\n1\n", "csv.row.short", 2, 0, "b", ""},
        {"a,b\n1,2,3,4\n", "csv.row.long", 2, 0, "column 3", "3"},
        {"a,b\n1,x\"y\"\n", "csv.quote.stray", 2, 4, "b", "x\"y\""},
        {"a,b\n\xd0\x96\xd0\x96,\xd0\x96\"\n", "csv.quote.stray", 2, 5, "b", "\xd0\x96\""},
        {"a,b\n1,2\n\n3, \"4\"\n", "csv.quote.stray", 4, 4, "b", " \"4\""},
        {"a,b\"\n", "csv.quote.stray", 1, 4, "column 2", "b\""},
        {"a,b\n\"x\"y,2\n", "csv.quote.trailing", 2, 4, "a", "\"x\"y"},
        {"a,b\n1,\"x\n\"y\n", "csv.quote.trailing", 2, 0, "b", "\"x\\x0A\"y"},
        {"a,b\n1,\"x\n3,4\n", "csv.quote.unclosed", 2, 3, "b", "\"x"},
        {"a,b\n\"1\n\",\"", "csv.quote.unclosed", 2, 0, "b", "\""},
        {"a,\"b\n1,2\n", "csv.quote.unclosed", 1, 3, "column 2", "\"b"},
        {"a,b\r1,2\r", "csv.line_end.cr", 1, 4, "column 2", "b\\x0D1"},
        {"a,b\n1,2\r", "csv.line_end.cr", 2, 4, "b", "2\\x0D"},
        {"a,b\n1,2\r\r\n", "csv.line_end.cr", 2, 4, "b", "2\\x0D"},
        {"a,b\n1,\"2\"\r3\n", "csv.line_end.cr", 2, 6, "b", "\"2\"\\x0D3"},
        {"a,,\n1,2\"\n", "csv.quote.stray", 2, 4, "column 2", "2\""},
        {"a,b\n1,2\n3,\xff\n", "text.utf8", 3, 3, "b", "\\xFF"},
        {"a,b\n\"1\n\",\xff\n", "text.utf8", 2, 0, "b", "\\xFF"},
        {"a,b\n1,2\n\xc3(,4\n", "text.utf8", 3, 1, "a", "\\xC3("},
        {"a,\xe4\n1,2\n", "text.utf8", 1, 3, "column 2", "\\xE4"},
        {"a,b\n\xe4", "text.utf8", 2, 1, "a", "\\xE4"},
        {"\xff", "text.utf8", 1, 1, "column 1", "\\xFF"},
        {"a,\"b\n1,\xff\n", "text.utf8", 1, 0, "column 2", "\"b\\x0A1,\\xFF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv csv;
        struct ajar_err err = {0};
        int code =
            csv_open(&csv, *state, "t.csv", text_of(cases[i].bytes), 0, &CSV_LIMITS_DEFAULT, &err);
        for (bool more = true; code == 0 && more;) {
            code = csv_next(&csv, &more, &err);
        }
        assert_int_not_equal(code, 0);
        assert_int_equal(code, err.code);
        assert_string_equal(err.slug, cases[i].slug);
        assert_string_equal(err.file, "t.csv");
        assert_int_equal(err.row, cases[i].row);
        assert_int_equal(err.at, cases[i].at);
        assert_string_equal(err.column, cases[i].column);
        assert_string_equal(err.value, cases[i].value);
        assert_true(err_advice(&err)[0] != '\0');
    }
}

static void nul_bytes_are_refused_before_anything_else(void **state)
{
    struct csv csv;
    struct ajar_err err = {0};
    struct text late = TEXT_LIT("a,b\n1,2\n3,x\0y\n\xff\n");
    assert_int_equal(csv_open(&csv, *state, "t.csv", late, 0, &CSV_LIMITS_DEFAULT, &err),
                     E_CSV_NUL);
    assert_string_equal(err.slug, "csv.byte.nul");
    assert_int_equal(err.row, 3);
    assert_int_equal(err.at, 4);
    assert_string_equal(err.column, "b");
    assert_string_equal(err.value, "x\\x00y");
    assert_string_equal(err.text, "a NUL byte stands in line 3");
    struct text first = TEXT_LIT("a,b\n1,\xff\n3,x\0y\n");
    assert_int_equal(csv_open(&csv, *state, "t.csv", first, 0, &CSV_LIMITS_DEFAULT, &err), E_UTF8);
}

/* TEXT_LIT is no constant for gcc. */
#define BYTES(s)                                                                                   \
    {                                                                                              \
        s, sizeof s - 1                                                                            \
    }

static void the_advice_says_what_the_file_probably_is(void **state)
{
    static const struct {
        struct text bytes;
        int code;
        const char *hint;
    } cases[] = {
        {BYTES("\xff\xfe"
               "a\0,\0b\0\n\0"),
         E_UTF8, "CSV UTF-8"},
        {BYTES("\xfe\xff\0a\0,\0b\0\n"), E_UTF8, "CSV UTF-8"},
        {BYTES("a\0,\0b\0\n\0"), E_CSV_NUL, "UTF-16"},
        {BYTES("\0a\0,\0b\0\n"), E_CSV_NUL, "UTF-16"},
        {BYTES("PK\x03\x04\x14\0\x06\0"), E_CSV_NUL, "spreadsheet"},
        {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), E_UTF8, "spreadsheet"},
        {BYTES("a,b\n1,\xc2\xe5\xf0\xf5\xed\xe8\xe9 \xcb\xe0\xf0\xf1\n"), E_UTF8,
         "iconv -f windows-1251"},
        {BYTES("a,b\n1,Baden-W\xfcrttemberg und K\xf6ln\n"), E_UTF8, "iconv -f windows-1252"},
        {BYTES("a,b\n1,\xe2\x82"), E_UTF8, "middle of a character"},
        {BYTES("a,b\n1,\xf0\x9f\x9a"), E_UTF8, "middle of a character"},
        {BYTES("a,b\n1,\xe0\x80\x80"), E_UTF8, "iconv"},
        {BYTES("a,b\n1,2\0\n"), E_CSV_NUL, "Save the file again"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv csv;
        struct ajar_err err = {0};
        assert_int_equal(
            csv_open(&csv, *state, "t.csv", cases[i].bytes, 0, &CSV_LIMITS_DEFAULT, &err),
            cases[i].code);
        if (strstr(err_advice(&err), cases[i].hint) == NULL) {
            fail_msg("case %zu says: %s", i, err_advice(&err));
        }
        assert_int_equal(err.row, i < 6 ? 1 : 2);
    }
}

static void a_long_cell_is_shown_around_the_fault(void **state)
{
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "a,b\n1,");
    for (int i = 0; i < 500; i++) {
        buf_str(&buf, "\xd0\x96"); /* two bytes, so that the cut must find a boundary */
    }
    buf_str(&buf, "x\"tail\n");
    struct csv csv = opened(*state, buf_view(&buf));
    struct ajar_err err = {0};
    bool more = true;
    assert_int_equal(csv_next(&csv, &more, &err), E_CSV_QUOTE_STRAY);
    assert_int_equal(err.at, 504);
    assert_non_null(strstr(err.value, "x\"tail"));
    assert_true(text_starts(text_of(err.value), "\xd0\x96"));
    buf_free(&buf);
}

static void a_ragged_row_does_not_end_reading(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("a,b,c\n1,2,3\n4\n5,6,7,8\n\n9,,\"0\"\n"));
    struct ajar_err err = {0};
    bool more = true;
    expect_record(&csv, 2, "1|2|3");
    assert_int_equal(csv_next(&csv, &more, &err), E_CSV_SHORT);
    assert_string_equal(err.text, "the row has 1 field, the header 3");
    assert_string_equal(err.column, "b");
    assert_true(text_is(csv.cells[0], "4"));
    assert_int_equal(csv.cells[1].n + csv.cells[2].n, 0);
    assert_int_equal(csv_next(&csv, &more, &err), E_CSV_LONG);
    assert_string_equal(err.text, "the row has 4 fields, the header 3");
    assert_true(text_is(csv.cells[2], "7"));
    assert_true(more); /* untouched */
    expect_record(&csv, 6, "9||0");
    expect_end(&csv);
    assert_int_equal(csv.records, 4);
}

static void any_other_error_ends_reading(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("a,b\n1,x\"\n3,4\n"));
    bool more = true;
    assert_int_equal(csv_next(&csv, &more, NULL), E_CSV_QUOTE_STRAY);
    expect_end(&csv);
}

static void a_failed_open_leaves_its_output(void **state)
{
    struct csv csv = {.line = 77};
    assert_int_not_equal(
        csv_open(&csv, *state, "t.csv", TEXT_LIT("\"a"), 0, &CSV_LIMITS_DEFAULT, NULL), 0);
    assert_int_not_equal(
        csv_open(&csv, *state, "t.csv", TEXT_LIT("a\n\xff"), 0, &CSV_LIMITS_DEFAULT, NULL), 0);
    assert_int_equal(csv.line, 77);
    assert_null(csv.header);
}

static void ceilings_are_errors(void **state)
{
    struct csv csv;
    struct ajar_err err = {0};
    bool more = true;
    struct csv_limits limits = {3, 5, 2};
    assert_int_equal(csv_open(&csv, *state, "t.csv", TEXT_LIT("a,b,c,\"d\",e\n"), 0, &limits, &err),
                     E_CSV_COLUMNS);
    assert_string_equal(err.text, "the header has 5 columns; at most 3 are read here");
    assert_string_equal(err.column, "column 4");
    assert_string_equal(err.value, "d");
    static const struct {
        const char *bytes;
        int code;
        long row;
        const char *column;
    } cases[] = {
        {"a,b,c\n1,2,12345\n1,2,\"12345\"\n", 0, 0, ""},
        {"a,b,c\n1,2,3\n1,123456,3\n", E_CSV_FIELD, 3, "b"},
        {"a,b,c\n1,2,\"123456\"\n", E_CSV_FIELD, 2, "c"},
        {"a,b,c\n1,2,\"1234\"\"\"\n", E_CSV_FIELD, 2, "c"}, /* bytes as they stand */
        {"a,b,c\n\"1,2,3\n4,5,6\n7,8,9\n", E_CSV_FIELD, 2, "a"},
        {"a,b,c\n1,2,123456", E_CSV_FIELD, 2, "c"},
        {"a,b,c\n1,2,3\n4,5,6\n\n", 0, 0, ""},
        {"a,b,c\n1,2,3\n4,5\n\n7,8,9\n", E_CSV_RECORDS, 5, "a"},
        {"a,b,123456\n", E_CSV_FIELD, 1, "column 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        err = (struct ajar_err){0};
        int code = csv_open(&csv, *state, "t.csv", text_of(cases[i].bytes), 0, &limits, &err);
        for (more = true; (code == 0 || code == E_CSV_SHORT) && more;) {
            code = csv_next(&csv, &more, &err);
        }
        assert_int_equal(code, cases[i].code);
        if (code != 0) {
            assert_int_equal(err.row, cases[i].row);
            assert_string_equal(err.column, cases[i].column);
        }
    }
}

static void memory_for_doubled_quotes_has_a_ceiling(void **state)
{
    (void)state;
    struct arena arena;
    struct buf buf;
    struct ajar_err err = {0};
    struct csv csv;
    bool more = true;
    arena_init(&arena, "the small test", 40000);
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "a,b\n1,\"\"\"");
    buf_pad(&buf, 'x', 50000);
    buf_str(&buf, "\"\n2,3\n");
    assert_int_equal(csv_open(&csv, &arena, "t.csv", buf_view(&buf), 0, &CSV_LIMITS_DEFAULT, &err),
                     0);
    assert_int_equal(csv_next(&csv, &more, &err), E_CEILING);
    expect_end(&csv);
    arena_free(&arena);
    arena_init(&arena, "the tiny test", 10);
    assert_int_equal(csv_open(&csv, &arena, "t.csv", buf_view(&buf), 0, &CSV_LIMITS_DEFAULT, &err),
                     E_CEILING);
    arena_free(&arena);
    buf_free(&buf);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_separator_is_found_from_the_header),
        TEST(columns_are_found_by_name),
        TEST(line_ends_and_the_mark_make_no_difference),
        TEST(blank_lines_are_passed_over_and_counted_as_lines),
        TEST(quoted_fields_hold_anything),
        TEST(cells_of_one_record_stay_while_scratch_grows),
        TEST(errors_name_row_column_character_and_value),
        TEST(nul_bytes_are_refused_before_anything_else),
        TEST(the_advice_says_what_the_file_probably_is),
        TEST(a_long_cell_is_shown_around_the_fault),
        TEST(a_ragged_row_does_not_end_reading),
        TEST(any_other_error_ends_reading),
        TEST(a_failed_open_leaves_its_output),
        TEST(ceilings_are_errors),
        TEST(memory_for_doubled_quotes_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
