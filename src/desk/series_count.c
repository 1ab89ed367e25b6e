/* One count of a file: its number, its series, its unit. */
#include <math.h>
#include <string.h>

#include "num.h"
#include "number_guess.h"
#include "series_parts.h"

#define SERIES_FIRST_LIST ((size_t)16)

/* A cell that is no number, or may be two. */
static void series_no_number(const struct series_reader *it, const char *name, struct text cell)
{
    char guess[NUMBER_GUESSES][NUM_TEXT];
    struct ajar_err *fault;
    if (number_guess(cell, guess) == NUMBER_GUESSES && strchr("%", cell.at[cell.n - 1]) == NULL) {
        fault = series_fault(it, E_NUMBER_TWO_WAYS, name, cell,
                             "The number can be read with a decimal point or with a thousands "
                             "separator%s.",
                             "");
        err_hint(fault, "Write %s or %s, whichever is meant.", guess[0], guess[1]);
        return;
    }
    fault = series_fault(it, E_NUMBER, name, cell, "This is not a number%s.", "");
    number_guess_hint(fault, cell);
    if (fault->hint[0] == '\0') {
        err_hint(fault,
                 "Write the count in digits, or leave the cell empty where it is not known.");
    }
}

/* Doubles an array of the scratch arena. */
static int series_grow(struct arena *arena, void **at, size_t n, size_t cap, size_t size,
                       struct ajar_err *err)
{
    void *more = arena_get(arena, cap, size, err);
    if (more == NULL) {
        return arena_code(err);
    }
    if (n > 0) {
        memcpy(more, *at, n * size);
    }
    *at = more;
    return 0;
}

static int series_list_room(struct series_reader *it, struct ajar_err *err)
{
    if (it->n_series < it->series_cap) {
        return 0;
    }
    size_t cap = it->series_cap == 0 ? SERIES_FIRST_LIST : 2 * it->series_cap;
    void *series = it->series, *last = it->series_last;
    TRY(series_grow(it->scratch, &series, it->n_series, cap, sizeof *it->series, err));
    TRY(series_grow(it->scratch, &last, it->n_series, cap, sizeof *it->series_last, err));
    it->series = series;
    it->series_last = last;
    it->series_cap = cap;
    return 0;
}

static enum measure_kind series_kind(const struct series_reader *it, name_id measure, name_id unit)
{
    enum measure_kind kind = KIND_GROSS_IN, of_unit;
    bool rate =
        series_kind_of_measure(names_word(it->names, unit), &of_unit) && of_unit == KIND_RATE;
    series_kind_of_measure(names_word(it->names, measure), &kind);
    return rate ? KIND_RATE : kind;
}

static int series_find(struct series_reader *it, struct series_column *column, uint32_t *out,
                       struct ajar_err *err)
{
    name_id place = column->place != 0 ? column->place : it->place.id, route = it->route.id;
    name_id key[3] = {place, route, column->measure};
    if (column->seen && memcmp(key, column->last, sizeof key) == 0) {
        *out = column->last_series;
        return 0;
    }
    TRY(book_rows_series(&it->keys, place, route, column->measure, out, err));
    if (*out == it->n_series) {
        TRY(series_list_room(it, err));
        it->series_last[it->n_series] = DATE_NONE;
        it->series[it->n_series++] =
            (struct watch_series){.place = place,
                                  .route = route,
                                  .measure = BOOK_NONE,
                                  .measure_word = column->measure,
                                  .kind = series_kind(it, column->measure, it->unit.id),
                                  .unit = it->unit.id};
    }
    memcpy(column->last, key, sizeof key);
    column->last_series = *out;
    column->seen = true;
    return 0;
}

/* Whether the number can be a count of this series. */
static bool series_fits(const struct series_reader *it, const struct watch_series *series,
                        const char *name, struct text cell, double count)
{
    if (count < 0 && series->kind != KIND_NET) {
        series_fault(it, E_WATCH_FILE_NEGATIVE, name, cell, "The count is negative%s.", "");
    } else if (fabs(count) > SERIES_COUNT_MOST) {
        series_fault(it, E_WATCH_FILE_LARGE, name, cell, "The count is too large%s.", "");
    } else if (series->kind != KIND_RATE && count != floor(count)) {
        series_fault(it, E_WATCH_FILE_FRACTION, name, cell, "The count is not a whole number%s.",
                     "");
    } else {
        return true;
    }
    return false;
}

static bool series_one_unit(const struct series_reader *it, const struct watch_series *series)
{
    if (series->unit == it->unit.id) {
        return true;
    }
    char name[64], unit[64];
    struct text was = names_word(it->names, series->unit), now = names_word(it->names, it->unit.id);
    size_t n = text_fit(was, sizeof unit - 1);
    memcpy(unit, was.at, n);
    unit[n] = '\0';
    struct ajar_err *fault =
        series_fault(it, E_WATCH_FILE_UNITS, series_column_name(it, it->at[SERIES_UNIT], name), now,
                     n > 0 ? "The counts before it in this series are in %s."
                           : "The counts before it in this series have no unit%s.",
                     unit);
    if (now.n == 0) {
        err_hint(fault, "Fill in the unit.");
    }
    return false;
}

static void series_note_grouped(struct series_reader *it, struct text cell, double count)
{
    char number[NUM_TEXT];
    if (it->grouped[0] != '\0') {
        return;
    }
    size_t n = text_fit(cell, sizeof it->grouped - 1);
    memcpy(it->grouped, cell.at, n);
    it->grouped[n] = '\0';
    n = num_format(count, number);
    n = n < sizeof it->as_number - 1 ? n : sizeof it->as_number - 1;
    memcpy(it->as_number, number, n);
    it->as_number[n] = '\0';
}

/* What spreadsheets and tables write where nothing is known. */
static bool series_is_unknown(struct text cell)
{
    static const char *const words[] = {"na", "n/a", "n.a.", "nan", "null", "none",      "#n/a",
                                        "",   "–",   "—",    ".",   "..",   "...",       "…",
                                        "?",  "x",   "k.a.", "н/д", "нет",  "нет_данных"};
    char room[SERIES_WORD];
    struct text folded = series_fold(cell, room);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_is(folded, words[i])) {
            return cell.n < SERIES_WORD;
        }
    }
    return false;
}

static bool series_has_digit(struct text cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.at[i] >= '0' && cell.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* A column whose cells are words is no column of counts; said once. */
static bool series_is_text(const struct series_reader *it, struct series_column *column,
                           const char *name, struct text cell)
{
    if (column->seen || it->at[SERIES_COUNT] >= 0 || series_has_digit(cell) ||
        series_is_unknown(cell)) {
        return false;
    }
    series_fault(it, E_WATCH_FILE_COLUMN, name, cell, "The column %s holds no counts.", name);
    column->counts = false;
    return true;
}

int series_count(struct series_reader *it, struct series_column *column, struct text cell,
                 struct ajar_err *err)
{
    char name[64];
    uint32_t series;
    double count = 0;
    bool grouped = false;
    if (cell.n == 0) {
        it->n_empty++;
        return 0;
    }
    bool number = series_number(cell, &count, &grouped);
    if (number && !column->seen && column->name.n == 0) {
        series_fault(it, E_WATCH_FILE_COLUMN, NULL, cell, "A column with counts has no name%s.",
                     "");
        column->counts = false;
        return 0;
    }
    if (!number) {
        series_column_name(it, (int)(column - it->columns), name);
        if (!series_is_text(it, column, name, cell)) {
            series_no_number(it, name, cell);
        }
        return 0;
    }
    TRY(series_find(it, column, &series, err));
    series_column_name(it, (int)(column - it->columns), name);
    if (!series_fits(it, &it->series[series], name, cell, count) ||
        !series_one_unit(it, &it->series[series])) {
        return 0;
    }
    if (grouped) {
        series_note_grouped(it, cell, count);
    }
    date_days from = series_store_last(&it->store)->from;
    it->unsorted = it->unsorted || from < it->series_last[series];
    it->series_last[series] = from;
    it->series[series].n++;
    /* "-0" is 0 */
    return series_store_cell(&it->store, it->scratch, count + 0.0, series, err);
}
