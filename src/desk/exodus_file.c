#include "exodus_file.h"

#include <math.h>
#include <string.h>

#include "country.h"
#include "csv.h"
#include "file.h"
#include "number_guess.h"

#define FILE_SCRATCH_CEILING ((size_t)512 << 20)
#define FILE_COLUMNS_MOST    256
#define FILE_CELL_MOST       65536 /* bytes */

enum file_column {
    ROWS_FROM,
    ROWS_TO,
    ROWS_COUNTRY,
    ROWS_ROUTE,
    ROWS_MEASURE,
    ROWS_VALUE,
    ROWS_SOURCE,
    ROWS_COLUMNS
};

static const char *const column_names[ROWS_COLUMNS] = {
    "date_from", "date_to", "country_iso3", "route", "measure", "value", "source_id"};

enum { ANSWER_MEAN, ANSWER_P5, ANSWER_P50, ANSWER_P95, ANSWER_WHY, ANSWER_COLUMNS };
static const char *const answer_names[ANSWER_COLUMNS] = {"mean", "p5", "p50", "p95", "why"};

struct file_reader {
    struct arena *arena;
    struct faults *faults;
    struct csv csv;
    int at[ROWS_COLUMNS]; /* -1: the file has no such column */
    struct exodus_file file;
};

/* ---- Header ---- */

static struct ajar_err *header_fault(struct file_reader *it, const char *column, struct text value,
                                     const char *what)
{
    struct ajar_err *fault = faults_add(it->faults);
    err_at(fault, E_EXODUS_ROWS_COLUMN, it->file.name, 1, column, value, "%s", what);
    return fault;
}

static size_t header_places(const struct file_reader *it, const char *name, int *first)
{
    size_t n = 0;
    *first = -1;
    for (size_t h = it->csv.n_columns; h-- > 0;) {
        if (text_is(text_trim(it->csv.header[h]), name)) {
            *first = (int)h;
            n++;
        }
    }
    return n;
}

static void file_header(struct file_reader *it)
{
    for (size_t c = 0; c < ROWS_COLUMNS; c++) {
        size_t n = header_places(it, column_names[c], &it->at[c]);
        if (n > 1) {
            header_fault(it, column_names[c], TEXT_LIT(""), "this column stands more than once");
        } else if (n == 0 && c < ROWS_VALUE) {
            header_fault(it, column_names[c], TEXT_LIT(""), "this column is missing");
        }
    }
    for (size_t c = 0; c < ANSWER_COLUMNS; c++) {
        int first;
        if (header_places(it, answer_names[c], &first) > 1) {
            header_fault(it, answer_names[c], TEXT_LIT(""), "this column stands more than once");
        }
    }
}

/* ---- Rows ---- */

static struct text file_cell(const struct file_reader *it, enum file_column column)
{
    return it->at[column] < 0 ? TEXT_LIT("") : text_trim(it->csv.cells[it->at[column]]);
}

static struct ajar_err *cell_fault(struct file_reader *it, enum file_column column,
                                   const char *what)
{
    struct ajar_err *fault = faults_add(it->faults);
    err_at(fault, E_EXODUS_ROWS_CELL, it->file.name, it->csv.row, column_names[column],
           file_cell(it, column), "%s", what);
    return fault;
}

static void cell_date(struct file_reader *it, enum file_column column, date_days *out)
{
    date_days guess;
    char day[DATE_TEXT];
    struct text cell = file_cell(it, column);
    *out = DATE_NONE;
    if (date_parse(cell, out)) {
        return;
    }
    struct ajar_err *fault =
        cell_fault(it, column, cell.n == 0 ? "this cell is empty" : "this is no day");
    if (date_guess(cell, &guess)) {
        err_hint(fault, "Did you mean %s?", date_format(guess, day));
    } else {
        err_hint(fault, "Write a day as 2022-09-21.");
    }
}

static void cell_word(struct file_reader *it, enum file_column column, struct text *out)
{
    *out = file_cell(it, column);
    if (out->n == 0) {
        err_hint(cell_fault(it, column, "this cell is empty"),
                 "scenarios/exodus2022/arrivals.csv shows what stands here.");
    }
}

static void cell_country(struct file_reader *it, struct text *out)
{
    cell_word(it, ROWS_COUNTRY, out);
    if (out->n > 0 && country_find(*out) < 0) {
        struct ajar_err *fault = cell_fault(it, ROWS_COUNTRY, "this is no code of a country");
        const char *guess = country_guess(*out);
        if (guess != NULL) {
            err_hint(fault, "Did you mean %s?", guess);
        } else {
            err_hint(fault, "Write three letters as in FIN, or EU27, or ALL.");
        }
    }
}

static void cell_value(struct file_reader *it, struct text measure, double *out)
{
    struct text cell = file_cell(it, ROWS_VALUE);
    *out = NAN;
    if (cell.n == 0) {
        return;
    }
    if (!num_parse(cell, out)) {
        *out = NAN;
        struct ajar_err *fault = cell_fault(it, ROWS_VALUE, "this is no number");
        err_hint(fault, "Write digits alone, or leave the cell empty.");
        number_guess_hint(fault, cell);
    } else if (*out < 0 && !text_starts(measure, "net")) {
        err_hint(cell_fault(it, ROWS_VALUE, "a count is not negative"),
                 "Correct the number, or leave the cell empty.");
    }
}

static int row_keep(struct file_reader *it, struct ajar_err *err)
{
    struct exodus_file *file = &it->file;
    for (size_t c = 0; c < file->n_columns; c++) {
        const char *copy;
        TRY(text_copy(it->arena, it->csv.cells[c], &copy, err));
        file->cells[file->n * file->n_columns + c] = (struct text){copy, it->csv.cells[c].n};
    }
    file->line[file->n] = it->csv.row;
    return 0;
}

/* The words of the row point into the kept cells. */
static int file_row(struct file_reader *it, struct ajar_err *err)
{
    struct exodus_file *file = &it->file;
    struct exodus_row row = {.first_part = 1, .last_part = 1};
    TRY(row_keep(it, err));
    it->csv.cells = &file->cells[file->n * file->n_columns];
    cell_date(it, ROWS_FROM, &row.from);
    cell_date(it, ROWS_TO, &row.to);
    cell_country(it, &row.country);
    cell_word(it, ROWS_ROUTE, &row.route);
    cell_word(it, ROWS_MEASURE, &row.measure);
    cell_value(it, row.measure, &row.value);
    if (row.from != DATE_NONE && row.to != DATE_NONE && row.to < row.from) {
        err_hint(cell_fault(it, ROWS_TO, "the last day is before the first"),
                 "Exchange the two, or correct one.");
    }
    file->source[file->n] = file_cell(it, ROWS_SOURCE);
    file->rows[file->n++] = row;
    return 0;
}

static bool file_ends(int code)
{
    return code == E_MEMORY || code == E_CEILING;
}

static int file_fails(const struct ajar_err *problem, struct ajar_err *err)
{
    if (err != NULL) {
        *err = *problem;
    }
    return problem->code;
}

static int file_rows(struct file_reader *it, struct ajar_err *err)
{
    bool more = true;
    while (more) {
        struct ajar_err problem = {0};
        struct text *cells = it->csv.cells;
        int code = csv_next(&it->csv, &more, &problem);
        if (file_ends(code)) {
            return file_fails(&problem, err);
        }
        if (code != 0) {
            *faults_add(it->faults) = problem;
            more = code == E_CSV_SHORT || code == E_CSV_LONG;
        } else if (more) {
            TRY(file_row(it, err));
            it->csv.cells = cells;
        }
    }
    return 0;
}

static int file_room(struct file_reader *it, struct ajar_err *err)
{
    struct exodus_file *file = &it->file;
    uint64_t bound = csv_count_bound(&it->csv);
    size_t n = bound < EXODUS_FILE_ROWS_MOST ? (size_t)bound : EXODUS_FILE_ROWS_MOST;
    file->separator = it->csv.separator;
    file->n_columns = it->csv.n_columns;
    TRY_NEW(file->header, it->arena, file->n_columns, err);
    for (size_t h = 0; h < file->n_columns; h++) {
        const char *copy;
        TRY(text_copy(it->arena, it->csv.header[h], &copy, err));
        file->header[h] = (struct text){copy, it->csv.header[h].n};
    }
    TRY_NEW(file->cells, it->arena, n * file->n_columns, err);
    TRY_NEW(file->line, it->arena, n, err);
    TRY_NEW(file->source, it->arena, n, err);
    TRY_NEW(file->rows, it->arena, n, err);
    return 0;
}

static int file_parse(struct file_reader *it, struct arena *scratch, struct text bytes,
                      struct ajar_err *err)
{
    static const struct csv_limits limits = {FILE_COLUMNS_MOST, FILE_CELL_MOST,
                                             EXODUS_FILE_ROWS_MOST};
    struct ajar_err problem = {0};
    int code = csv_open(&it->csv, scratch, it->file.name, bytes, 0, &limits, &problem);
    if (file_ends(code)) {
        return file_fails(&problem, err);
    }
    if (code != 0) {
        *faults_add(it->faults) = problem;
        return 0;
    }
    file_header(it);
    if (it->faults->total > 0) {
        return 0;
    }
    TRY(file_room(it, err));
    TRY(file_rows(it, err));
    if (it->file.n == 0 && it->faults->total == 0) {
        err_at(faults_add(it->faults), E_EXODUS_ROWS_NONE, it->file.name, 0, NULL, TEXT_LIT(""),
               "the file has a header and no rows");
    }
    return 0;
}

int exodus_file_parse(struct arena *arena, const char *name, struct text bytes,
                      struct faults *faults, struct exodus_file *out, struct ajar_err *err)
{
    struct arena scratch;
    struct file_reader it = {.arena = arena, .faults = faults, .file = {.name = name}};
    arena_init(&scratch, "the file of rows", FILE_SCRATCH_CEILING);
    int code = file_parse(&it, &scratch, bytes, err);
    arena_free(&scratch);
    TRY(code);
    if (faults->total > 0) {
        faults_sort(faults);
        return err_at(err, E_EXODUS_ROWS, name, 0, NULL, TEXT_LIT(""),
                      "The file has %llu %s and nothing is computed.",
                      (unsigned long long)faults->total, faults->total == 1 ? "fault" : "faults");
    }
    *out = it.file;
    return 0;
}

int exodus_file_read(struct arena *arena, const char *path, struct faults *faults,
                     struct exodus_file *out, struct ajar_err *err)
{
    struct file_view view;
    TRY(file_open(&view, path, EXODUS_FILE_MOST, err));
    int code = exodus_file_parse(arena, path, view.bytes, faults, out, err);
    file_close(&view);
    return code;
}

/* ---- Writing ---- */

/* The answer column that the header is; ANSWER_COLUMNS: none. */
static size_t answer_of(struct text header)
{
    size_t c = 0;
    while (c < ANSWER_COLUMNS && !text_is(text_trim(header), answer_names[c])) {
        c++;
    }
    return c;
}

static void put_answer(struct csv_out *csv, size_t column, const struct exodus_spread *spread,
                       const char *why)
{
    if (column == ANSWER_WHY) {
        csv_put_str(csv, why);
        return;
    }
    double value = column == ANSWER_MEAN  ? spread->mean
                   : column == ANSWER_P5  ? spread->p5
                   : column == ANSWER_P50 ? spread->p50
                                          : spread->p95;
    csv_put_fixed(csv, why != NULL ? (double)NAN : value, 1);
}

/* A number below zero is none that a spreadsheet takes for a formula. */
static void put_kept(struct csv_out *csv, struct text cell)
{
    double number;
    if (cell.n > 0 && cell.at[0] == '-' && num_parse(cell, &number)) {
        csv_put_number(csv, number);
    } else {
        csv_put_text(csv, cell);
    }
}

int exodus_file_write(struct buf *buf, const struct exodus_file *file,
                      const struct exodus_spread *spreads, const char *const *why,
                      struct ajar_err *err)
{
    struct csv_out csv;
    bool stands[ANSWER_COLUMNS] = {false};
    csv_out_init(&csv, buf);
    csv.separator = file->separator;
    for (size_t h = 0; h < file->n_columns; h++) {
        size_t column = answer_of(file->header[h]);
        if (column < ANSWER_COLUMNS) {
            stands[column] = true;
        }
        csv_put_text(&csv, file->header[h]);
    }
    for (size_t c = 0; c < ANSWER_COLUMNS; c++) {
        if (!stands[c]) {
            csv_put_str(&csv, answer_names[c]);
        }
    }
    csv_end_row(&csv);
    for (size_t i = 0; i < file->n; i++) {
        for (size_t h = 0; h < file->n_columns; h++) {
            size_t column = answer_of(file->header[h]);
            if (column < ANSWER_COLUMNS) {
                put_answer(&csv, column, &spreads[i], why[i]);
            } else {
                put_kept(&csv, file->cells[i * file->n_columns + h]);
            }
        }
        for (size_t c = 0; c < ANSWER_COLUMNS; c++) {
            if (!stands[c]) {
                put_answer(&csv, c, &spreads[i], why[i]);
            }
        }
        csv_end_row(&csv);
    }
    return buf_ok(buf, err);
}

bool exodus_file_is_answer(struct text bytes)
{
    struct arena scratch;
    struct csv csv;
    struct csv_limits limits = CSV_LIMITS_DEFAULT;
    bool all = true;
    arena_init(&scratch, "a header", FILE_SCRATCH_CEILING);
    if (csv_open(&csv, &scratch, "", bytes, 0, &limits, NULL) != 0) {
        all = false;
    }
    for (size_t c = 0; all && c < ANSWER_COLUMNS; c++) {
        all = csv_column(&csv, answer_names[c]) >= 0;
    }
    arena_free(&scratch);
    return all;
}
