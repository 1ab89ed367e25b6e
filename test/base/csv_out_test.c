#include "unit.h"

#include <math.h>

#include "csv.h"

#define TEST_MEMORY ((size_t)16 * 1024 * 1024)

static void expect_written(struct buf *buf, const char *bytes)
{
    assert_int_equal(buf_ok(buf, NULL), 0);
    assert_string_equal(buf->n == 0 ? "" : buf->at, bytes);
    buf->n = 0;
}

static void cells_are_quoted_only_when_they_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"", "x,\r\n"},
        {"plain", "x,plain\r\n"},
        {"a b;c", "x,a b;c\r\n"},
        {"a,b", "x,\"a,b\"\r\n"},
        {"say \"no\"", "x,\"say \"\"no\"\"\"\r\n"},
        {"\"", "x,\"\"\"\"\r\n"},
        {"two\nlines", "x,\"two\nlines\"\r\n"},
        {"two\rlines", "x,\"two\rlines\"\r\n"},
        {"\xd0\x96,", "x,\"\xd0\x96,\"\r\n"},
        {"\xef\xbb\xbfmark", "x,\"\xef\xbb\xbfmark\"\r\n"},
        {NULL, "x,\r\n"},
    };
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, TEST_MEMORY);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_out_init(&out, &buf);
        csv_put_text(&out, TEXT_LIT("x"));
        csv_put_str(&out, cases[i].cell);
        csv_end_row(&out);
        expect_written(&buf, cases[i].written);
    }
    buf_free(&buf);
}

static void the_separator_can_be_another(void **state)
{
    (void)state;
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, TEST_MEMORY);
    csv_out_init(&out, &buf);
    out.separator = ';';
    csv_put_str(&out, "a;b");
    csv_put_str(&out, "a,b");
    csv_end_row(&out);
    expect_written(&buf, "\"a;b\";a,b\r\n");
    buf_free(&buf);
}

static void no_cell_becomes_a_formula(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"=1+1", "'=1+1\r\n"},
        {"+49", "'+49\r\n"},
        {"-5", "'-5\r\n"}, /* a word, not a number that Ajar wrote */
        {"@SUM(A1)", "'@SUM(A1)\r\n"},
        {"\t=1", "'\t=1\r\n"},
        {"\r=1", "\"'\r=1\"\r\n"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n"},
        {"=", "'=\r\n"},
        {"a=1", "a=1\r\n"},
        {"2022-09-21", "2022-09-21\r\n"},
        {"'quoted'", "'quoted'\r\n"},
    };
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, TEST_MEMORY);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_out_init(&out, &buf);
        csv_put_text(&out, text_of(cases[i].cell));
        csv_end_row(&out);
        expect_written(&buf, cases[i].written);
        csv_put_str(&out, cases[i].cell);
        csv_end_row(&out);
        expect_written(&buf, cases[i].written);
    }
    buf_free(&buf);
}

static void numbers_stay_numbers(void **state)
{
    (void)state;
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, TEST_MEMORY);
    csv_out_init(&out, &buf);
    csv_put_number(&out, -0.1);
    csv_put_number(&out, 700000);
    csv_put_number(&out, NAN);
    csv_put_number(&out, -1e14);
    csv_put_number(&out, 1e300);
    csv_put_number(&out, -0.0);
    csv_put_fixed(&out, -2.345, 2);
    csv_put_fixed(&out, NAN, 2);
    csv_put_int(&out, INT64_MIN);
    csv_put_int(&out, 0);
    csv_end_row(&out);
    expect_written(&buf,
                   "-0.1,700000,,-100000000000000,1e+300,0,-2.35,,-9223372036854775808,0\r\n");
    buf_free(&buf);
}

static void a_row_of_one_empty_cell_is_no_blank_line(void **state)
{
    (void)state;
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, TEST_MEMORY);
    buf_str(&buf, "# before\n");
    csv_out_init(&out, &buf);
    csv_put_str(&out, "");
    csv_end_row(&out);
    csv_put_number(&out, NAN);
    csv_end_row(&out);
    csv_put_str(&out, "");
    csv_put_str(&out, "");
    csv_end_row(&out);
    expect_written(&buf, "# before\n\"\"\r\n\"\"\r\n,\r\n");
    buf_free(&buf);
}

static void a_full_buffer_is_told_at_the_end(void **state)
{
    (void)state;
    struct buf buf;
    struct csv_out out;
    struct ajar_err err = {0};
    buf_init(&buf, 20);
    csv_out_init(&out, &buf);
    for (int i = 0; i < 10; i++) {
        csv_put_str(&out, "a cell");
        csv_put_str(&out, "with \"quotes\"");
        csv_end_row(&out);
    }
    assert_int_equal(buf_ok(&buf, &err), E_CEILING);
    assert_true(buf.n <= 20);
    buf_free(&buf);
}

static uint32_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

#define CELL_MAX 24

static struct text draw_cell(uint64_t *seed, char to[static CELL_MAX])
{
    static const char *const pieces[] = {
        ",", ";", "\t", "\"", "\n",       "\r", "\r\n", "a",    "Zz",           "=",
        "-", "+", "@",  "'",  "\xd0\x96", " ",  "0",    "\"\"", "\xef\xbb\xbf", "\xf0\x9f\x9a\xaa"};
    size_t n = 0, count = draw(seed) % 6;
    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[draw(seed) % (sizeof pieces / sizeof *pieces)];
        memcpy(to + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return (struct text){to, n};
}

/* Cell for cell the same, but for the apostrophe before a formula. */
static bool came_back(struct text was, struct text is)
{
    bool formula = was.n > 0 && strchr("=+-@\t\r", was.at[0]) != NULL;
    if (formula) {
        if (is.n == 0 || is.at[0] != '\'') {
            return false;
        }
        is.at++;
        is.n--;
    }
    return text_eq(was, is);
}

static void whatever_is_written_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 4000; round++) {
        char bytes[64][CELL_MAX];
        struct text cells[64];
        struct buf buf;
        struct csv_out out;
        size_t n_columns = draw(&seed) % 4 + 1, n_rows = draw(&seed) % 12 + 1;
        buf_init(&buf, TEST_MEMORY);
        csv_out_init(&out, &buf);
        out.separator = ",;\t"[draw(&seed) % 3];
        for (size_t i = 0; i < n_rows * n_columns; i++) {
            cells[i] = draw_cell(&seed, bytes[i]);
            csv_put_text(&out, cells[i]);
            if (i % n_columns == n_columns - 1) {
                csv_end_row(&out);
            }
        }
        struct arena arena;
        struct csv csv;
        struct ajar_err err = {0};
        arena_init(&arena, "the test", TEST_MEMORY);
        assert_int_equal(csv_open(&csv, &arena, "t.csv", buf_view(&buf), out.separator,
                                  &CSV_LIMITS_DEFAULT, &err),
                         0);
        assert_int_equal(csv.n_columns, n_columns);
        const struct text *record = csv.header;
        for (size_t row = 0; row < n_rows; row++, record = csv.cells) {
            bool more = true;
            if (row > 0 && (csv_next(&csv, &more, &err) != 0 || !more)) {
                fail_msg("round %d, row %zu: %s\n%s", round, row, err.text, buf.at);
            }
            record = row > 0 ? csv.cells : csv.header;
            for (size_t i = 0; i < n_columns; i++) {
                if (!came_back(cells[row * n_columns + i], record[i])) {
                    fail_msg("round %d, row %zu, cell %zu\n%s", round, row, i, buf.at);
                }
            }
        }
        bool more = true;
        assert_int_equal(csv_next(&csv, &more, &err), 0);
        assert_false(more);
        arena_free(&arena);
        buf_free(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_only_when_they_must_be),
        cmocka_unit_test(the_separator_can_be_another),
        cmocka_unit_test(no_cell_becomes_a_formula),
        cmocka_unit_test(numbers_stay_numbers),
        cmocka_unit_test(a_row_of_one_empty_cell_is_no_blank_line),
        cmocka_unit_test(a_full_buffer_is_told_at_the_end),
        cmocka_unit_test(whatever_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
