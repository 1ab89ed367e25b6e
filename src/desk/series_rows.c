/* The rows of a file of counts. */
#include <math.h>
#include <string.h>

#include "number_guess.h"
#include "series_parts.h"

struct ajar_err *series_fault(const struct series_reader *it, enum err_code code,
                              const char *column, struct text value, const char *format,
                              const char *word)
{
    struct ajar_err *fault = faults_add(it->faults);
    err_at(fault, code, it->csv.file, it->csv.row, column, value, format, word);
    return fault;
}

static struct text series_text(const struct series_reader *it, int column)
{
    return column < 0 ? TEXT_LIT("") : text_trim(it->csv.cells[column]);
}

static bool series_blank(const struct series_reader *it)
{
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        if (text_trim(it->csv.cells[c]).n > 0) {
            return false;
        }
    }
    return true;
}

/* A row of sums would count everybody twice. */
static bool series_total(const struct series_reader *it, int column, struct text cell)
{
    char room[SERIES_WORD], name[64];
    if (!series_is_total(series_fold(cell, room))) {
        return false;
    }
    series_fault(it, E_WATCH_FILE_TOTAL, series_column_name(it, column, name), cell,
                 "This looks like a row of sums%s.", "");
    return true;
}

/* All dates of a file are in one form. */
static bool series_form(struct series_reader *it, int column, struct text cell,
                        enum series_form form)
{
    char name[64];
    if (it->form == SERIES_NO_FORM) {
        it->form = form;
        it->form_row = it->csv.row;
    }
    if (form == it->form) {
        return true;
    }
    struct ajar_err *fault = series_fault(
        it, E_WATCH_FILE_DATE_FORM, series_column_name(it, column, name), cell,
        "The date is not written as %s, like the dates before it.", series_form_word(it->form));
    err_hint(fault, "Write all dates in the form of line %ld, or all like 2022-09-21.",
             it->form_row);
    return false;
}

/* The date of a cell; false: there is a fault. */
static bool series_day(struct series_reader *it, enum series_role role, date_days *out,
                       enum series_form *form)
{
    int column = it->at[role];
    char name[64];
    struct text cell = series_text(it, column);
    *form = series_date(cell, out);
    bool week = role == SERIES_WEEK, may_be_week = week || role == SERIES_DATE;
    if (*form == SERIES_NO_FORM) {
        if (!series_total(it, column, cell)) {
            series_date_fault(faults_add(it->faults), it->csv.file, it->csv.row,
                              series_column_name(it, column, name), cell);
        }
        return false;
    }
    if ((*form == SERIES_ISO_WEEK) ? !may_be_week : week) {
        struct ajar_err *fault = series_fault(
            it, E_WATCH_FILE_DATE, series_column_name(it, column, name), cell,
            week ? "This is a day, not a week%s." : "This is a week, not a day%s.", "");
        err_hint(fault, week
                            ? "Write the week like 2022-W38, or give its first and last day in the "
                              "columns from and to."
                            : "Write the day like 2022-09-21.");
        return false;
    }
    return series_form(it, column, cell, *form);
}

static bool series_period(struct series_reader *it, struct series_row *row)
{
    enum series_form form;
    char name[64];
    if (it->at[SERIES_FROM] >= 0) {
        if (!series_day(it, SERIES_FROM, &row->from, &form) ||
            !series_day(it, SERIES_TO, &row->to, &form)) {
            return false;
        }
        if (row->to < row->from) {
            series_fault(it, E_WATCH_FILE_SPAN, series_column_name(it, it->at[SERIES_TO], name),
                         series_text(it, it->at[SERIES_TO]), "The period ends before it starts%s.",
                         "");
            return false;
        }
        return true;
    }
    enum series_role role = it->at[SERIES_DATE] >= 0 ? SERIES_DATE : SERIES_WEEK;
    if (!series_day(it, role, &row->from, &form)) {
        return false;
    }
    row->to = form == SERIES_ISO_WEEK ? row->from + 6 : row->from;
    return true;
}

/* The day from which a count was known; weeks do not decide the form of its date. */
static bool series_known(struct series_reader *it, struct series_row *row)
{
    int column = it->at[SERIES_KNOWN];
    struct text cell = series_text(it, column);
    char name[64];
    row->published = DATE_NONE;
    if (cell.n == 0) {
        return true;
    }
    enum series_form form = series_date(cell, &row->published);
    if (form == SERIES_NO_FORM || form == SERIES_ISO_WEEK) {
        series_date_fault(faults_add(it->faults), it->csv.file, it->csv.row,
                          series_column_name(it, column, name), cell);
        return false;
    }
    if (it->form != SERIES_ISO_WEEK && !series_form(it, column, cell, form)) {
        return false;
    }
    if (row->published < row->from) {
        series_fault(it, E_WATCH_FILE_KNOWN, series_column_name(it, column, name), cell,
                     "The count is said to be known before its period begins%s.", "");
        return false;
    }
    return true;
}

/* The word of a cell in the book: as it stands, or folded.  A word is looked at closely when it is new. */
static int series_word(struct series_reader *it, enum series_role role, struct series_memo *memo,
                       bool *good, struct ajar_err *err)
{
    struct text cell = series_text(it, it->at[role]);
    name_id raw;
    if (it->at[role] < 0 || (memo->raw != 0 && text_eq(cell, names_word(&it->raw, memo->raw)))) {
        return 0;
    }
    uint32_t known = it->raw.n;
    TRY(names_put(&it->raw, cell, &raw, err));
    *memo = (struct series_memo){.raw = raw};
    if (raw >= known && series_total(it, it->at[role], cell)) {
        *good = false;
    }
    char room[SERIES_WORD];
    struct text folded =
        role == SERIES_MEASURE || role == SERIES_UNIT ? series_fold(cell, room) : TEXT_LIT("");
    return names_put(it->names, folded.n > 0 ? folded : cell, &memo->id, err);
}

static bool series_direction(struct series_reader *it)
{
    char room[SERIES_WORD], name[64];
    struct text cell = series_text(it, it->at[SERIES_DIRECTION]);
    if (it->at[SERIES_DIRECTION] < 0 ||
        (it->direction.raw != 0 && text_eq(cell, names_word(&it->raw, it->direction.raw)))) {
        return true;
    }
    struct text folded = series_fold(cell, room);
    it->direction.raw = 0;
    if (series_kind_of(folded, &it->kind)) {
        return true;
    }
    if (!series_total(it, it->at[SERIES_DIRECTION], cell)) {
        struct ajar_err *fault = series_fault(
            it, E_WATCH_FILE_DIRECTION, series_column_name(it, it->at[SERIES_DIRECTION], name),
            cell, cell.n == 0 ? "The row has no direction%s." : "This is no direction%s.", "");
        const char *near = series_kind_near(folded);
        if (near != NULL) {
            err_hint(fault, "Did you mean %s?", near);
        }
    }
    return false;
}

/* The measure of a long file's row: its own word, the direction's, or both together. */
static int series_measure(struct series_reader *it, struct series_column *column,
                          struct ajar_err *err)
{
    if (it->at[SERIES_DIRECTION] < 0) {
        column->measure = it->at[SERIES_MEASURE] < 0 ? column->measure : it->measure.id;
        return 0;
    }
    struct text cell = series_text(it, it->at[SERIES_DIRECTION]);
    struct text measure = names_word(it->names, it->measure.id);
    struct text direction = text_of(series_kind_word(it->kind));
    char word[2 * SERIES_WORD];
    if (it->direction.raw != 0 && it->direction.id == it->measure.id) {
        return 0;
    }
    size_t n = direction.n;
    memcpy(word, direction.at, n);
    if (measure.n > 0) {
        size_t taken = text_fit(measure, sizeof word - n - 1);
        word[n++] = '_';
        memcpy(&word[n], measure.at, taken);
        n += taken;
    }
    TRY(names_put(&it->raw, cell, &it->direction.raw, err));
    it->direction.id = it->measure.id;
    return names_put(it->names, (struct text){word, n}, &column->measure, err);
}

static int series_row(struct series_reader *it, struct ajar_err *err)
{
    struct series_row row = {.line = (uint32_t)it->csv.row, .published = DATE_NONE};
    bool good = series_period(it, &row);
    good = good && series_known(it, &row);
    TRY(series_word(it, SERIES_PLACE, &it->place, &good, err));
    TRY(series_word(it, SERIES_ROUTE, &it->route, &good, err));
    TRY(series_word(it, SERIES_MEASURE, &it->measure, &good, err));
    TRY(series_word(it, SERIES_UNIT, &it->unit, &good, err));
    good = series_direction(it) && good;
    if (!good) {
        return 0;
    }
    it->rows++;
    TRY(series_store_row(&it->store, it->scratch, &row, err));
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        struct series_column *column = &it->columns[c];
        if (!column->counts) {
            continue;
        }
        if (it->at[SERIES_COUNT] >= 0) {
            TRY(series_measure(it, column, err));
        }
        TRY(series_count(it, column, series_text(it, (int)c), err));
    }
    return 0;
}

int series_rows(struct series_reader *it, struct ajar_err *err)
{
    for (;;) {
        bool more = false;
        struct ajar_err broken;
        int code = csv_next(&it->csv, &more, &broken);
        if (code == E_CEILING || code == E_MEMORY) {
            if (err != NULL) {
                *err = broken;
            }
            return code;
        }
        if (code != 0) {
            *faults_add(it->faults) = broken;
        } else if (!more) {
            return 0;
        } else if (!series_blank(it)) {
            TRY(series_row(it, err));
        }
    }
}
