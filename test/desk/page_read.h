/* Pages and tables of the report, made and read again by the tests. */
#ifndef TEST_DESK_PAGE_READ_H
#define TEST_DESK_PAGE_READ_H

#include <math.h>

#include "../base/unit.h"
#include "csv.h"
#include "json.h"
#include "num.h"
#include "report.h"

static const struct report_meta page_meta = {
    .version = "0.0.0", .command = "ajar run scenarios/x --out DIR --seed 1", .seed = 1};

static inline void write_page(struct buf *page, const struct scenario *scenario,
                              const struct aid_job *job)
{
    struct ajar_err err = {0};
    page->n = 0;
    int code = report_write(page, scenario, job, NULL, NULL, NULL, NULL, &page_meta, &err);
    assert_string_equal(err.text, "");
    assert_int_equal(code, 0);
    buf_char(page, 0);
    assert_int_equal(page->failed, 0);
}

/* What stands between `open` and the next `close`. */
static inline struct text between(const char *page, const char *open, const char *close)
{
    const char *from = strstr(page, open);
    if (from == NULL) {
        fail_msg("no %s", open);
        return (struct text){NULL, 0};
    }
    from += strlen(open);
    const char *to = strstr(from, close);
    assert_non_null(to);
    return (struct text){from, (size_t)(to - from)};
}

static inline bool holds(struct text text, const char *word)
{
    return memmem(text.at, text.n, word, strlen(word)) != NULL;
}

static inline struct text body_of(const char *page)
{
    return between(page, "<body>", "<script type=\"application/json\"");
}

static inline json_t *data_of(const char *page)
{
    struct text text = between(page, "id=\"ajar-data\">", "</script>");
    struct ajar_err err = {0};
    json_t *data = NULL;
    assert_int_equal(json_read("the page", text, 16 << 20, &data, &err), 0);
    return data;
}

/* A table of report_tables with its cells: rows[row][column]. */
struct cells {
    struct csv csv;
    struct text *rows;
    size_t n;
};

static inline struct cells cells_of(struct arena *arena, const struct scenario *scenario,
                                    const char *name)
{
    struct report_file *files;
    struct cells cells = {0};
    size_t n;
    bool more = true;
    assert_int_equal(report_tables(arena, scenario, &files, &n, NULL), 0);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].name, name) == 0) {
            assert_int_equal(
                csv_open(&cells.csv, arena, name, files[i].bytes, ',', &CSV_LIMITS_DEFAULT, NULL),
                0);
        }
    }
    size_t columns = cells.csv.n_columns;
    assert_true(columns > 0);
    cells.rows = arena_get(arena, 1000 * columns, sizeof *cells.rows, NULL);
    assert_int_equal(csv_next(&cells.csv, &more, NULL), 0);
    for (; more; cells.n++) {
        for (size_t c = 0; c < columns; c++) {
            const char *copy;
            assert_int_equal(text_copy(arena, cells.csv.cells[c], &copy, NULL), 0);
            cells.rows[cells.n * columns + c] = text_of(copy);
        }
        assert_int_equal(csv_next(&cells.csv, &more, NULL), 0);
    }
    return cells;
}

static inline struct text cell_at(const struct cells *cells, size_t row, const char *column)
{
    int c = csv_column(&cells->csv, column);
    assert_true(c >= 0 && row >= 1 && row <= cells->n);
    return cells->rows[(row - 1) * cells->csv.n_columns + (size_t)c];
}

static inline void same_text(const json_t *object, const char *key, struct text cell)
{
    const char *value = json_string_value(json_object_get(object, key));
    assert_non_null(value);
    if (!text_is(cell, value)) {
        fail_msg("%s is %s, not %.*s", key, value, (int)cell.n, cell.at);
    }
}

/* null stands for an empty cell. */
static inline void same_number(const json_t *object, const char *key, struct text cell)
{
    const json_t *value = json_object_get(object, key);
    double number = 0;
    assert_non_null(value);
    assert_int_equal(json_is_null(value), cell.n == 0);
    assert_true(cell.n == 0 || num_parse(cell, &number));
    assert_near(json_number_value(value), number, 0);
}

static inline size_t same_marks(const struct cells *cells, const json_t *panel)
{
    const json_t *marks = json_object_get(panel, "marks"), *mark;
    size_t i;
    json_array_foreach(marks, i, mark)
    {
        size_t row = (size_t)json_integer_value(json_object_get(mark, "row"));
        same_text(json_object_get(panel, "country"), "code", cell_at(cells, row, "country_iso3"));
        same_text(panel, "route", cell_at(cells, row, "route"));
        same_text(panel, "measure", cell_at(cells, row, "measure"));
        same_text(mark, "from", cell_at(cells, row, "date_from"));
        same_text(mark, "to", cell_at(cells, row, "date_to"));
        same_number(mark, "value", cell_at(cells, row, "value"));
        same_number(mark, "perDay", cell_at(cells, row, "per_day"));
        same_text(mark, "source", cell_at(cells, row, "source"));
        assert_int_equal(json_is_true(json_object_get(mark, "disputed")),
                         text_is(cell_at(cells, row, "disputed"), "yes"));
    }
    return json_array_size(marks);
}

static inline void same_series(struct arena *arena, const struct scenario *scenario,
                               const char *page)
{
    json_t *data = data_of(page);
    const json_t *panels = json_object_get(json_object_get(data, "series"), "panels"), *panel;
    struct cells cells = cells_of(arena, scenario, "report_series.csv");
    size_t i, n = 0, mains = 0;
    json_array_foreach(panels, i, panel)
    {
        n += same_marks(&cells, panel);
        mains += json_is_true(json_object_get(panel, "main"));
    }
    assert_int_equal(n, cells.n);
    assert_int_equal(mains, 1);
    json_decref(data);
}

#endif
