/* What was assumed in reading a file of counts, in sentences. */
#include <string.h>

#include "num.h"
#include "series_parts.h"

#define SERIES_LISTED 5 /* series or columns that are named one by one */
#define SERIES_GAPS   3 /* missing days that are named */

int series_say(struct series_reader *it, struct ajar_err *err, const char *format, ...)
{
    struct buf buf;
    va_list args;
    if (it->n_said == SERIES_SAID_MOST) {
        return 0;
    }
    if (it->said == NULL) {
        TRY_NEW(it->said, it->arena, SERIES_SAID_MOST, err);
    }
    buf_init(&buf, 4096);
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(it->arena, buf_view(&buf), &it->said[it->n_said], err);
    }
    buf_free(&buf);
    it->n_said += code == 0;
    return code;
}

static int series_say_shape(struct series_reader *it, struct ajar_err *err)
{
    char name[64];
    size_t counts = 0;
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        counts += it->columns[c].counts;
    }
    const char *separator = it->csv.separator == ';'    ? "a semicolon"
                            : it->csv.separator == '\t' ? "a tab"
                                                        : "a comma";
    if (it->at[SERIES_COUNT] >= 0) {
        return series_say(it, err,
                          "Each row is one count, in the column '%s'; cells are separated by %s.",
                          series_column_name(it, it->at[SERIES_COUNT], name), separator);
    }
    if (counts == 1) {
        return series_say(it, err, "One column holds counts; cells are separated by %s.",
                          separator);
    }
    return series_say(it, err, "Each of %zu columns is a series; cells are separated by %s.",
                      counts, separator);
}

static int series_say_period(struct series_reader *it, struct ajar_err *err)
{
    char name[64], other[64];
    if (it->at[SERIES_FROM] >= 0) {
        return series_say(
            it, err, "Each count is of the days from '%s' to '%s', both included; dates are %s.",
            series_column_name(it, it->at[SERIES_FROM], name),
            series_column_name(it, it->at[SERIES_TO], other), series_form_word(it->form));
    }
    int column = it->at[SERIES_DATE] >= 0 ? it->at[SERIES_DATE] : it->at[SERIES_WEEK];
    if (it->form == SERIES_ISO_WEEK) {
        return series_say(
            it, err, "Each count is of the week in the column '%s', Monday to Sunday (ISO 8601).",
            series_column_name(it, column, name));
    }
    return series_say(it, err, "Each count is of the day in the column '%s'; dates are %s.",
                      series_column_name(it, column, name), series_form_word(it->form));
}

static int series_say_words(struct series_reader *it, struct ajar_err *err)
{
    static const enum series_role roles[] = {SERIES_PLACE, SERIES_ROUTE, SERIES_MEASURE,
                                             SERIES_DIRECTION, SERIES_UNIT};
    char name[64];
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        int column = it->at[roles[i]];
        if (column >= 0) {
            TRY(series_say(it, err, "The column '%s' holds the %s.",
                           series_column_name(it, column, name), series_role_word(roles[i])));
        }
    }
    if (it->at[SERIES_KNOWN] < 0) {
        return series_say(it, err, "No column says since when a count was known.");
    }
    return series_say(it, err, "The column '%s' says since when a count was known.",
                      series_column_name(it, it->at[SERIES_KNOWN], name));
}

static int series_say_columns(struct series_reader *it, struct ajar_err *err)
{
    char name[64];
    size_t unused = 0, places = 0;
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        const struct series_column *column = &it->columns[c];
        series_column_name(it, (int)c, name);
        if (column->role >= SERIES_UNUSED && !column->counts && name[0] != '\0' &&
            ++unused <= SERIES_LISTED) {
            TRY(series_say(it, err, "The column '%s' is not used.", name));
        }
        if (column->counts && column->place != 0 && ++places <= SERIES_LISTED) {
            struct text place = names_word(it->names, column->place);
            TRY(series_say(it, err, "The column '%s' is read as the place %.*s.", name,
                           (int)text_fit(place, 60), place.at));
        }
    }
    if (unused > SERIES_LISTED) {
        TRY(series_say(it, err, "%zu more columns are not used.", unused - SERIES_LISTED));
    }
    if (places > SERIES_LISTED) {
        TRY(series_say(it, err, "%zu more columns are read as places.", places - SERIES_LISTED));
    }
    return 0;
}

/* Measures whose name does not say what kind of count they are. */
static int series_say_kinds(struct series_reader *it, const struct watch_book *book,
                            struct ajar_err *err)
{
    size_t n = 0;
    struct names seen;
    TRY(names_init(&seen, it->scratch, err));
    for (size_t s = 0; s < book->n; s++) {
        struct text word = names_word(book->names, book->series[s].measure_word);
        enum measure_kind kind;
        name_id id;
        if (book->series[s].kind == KIND_RATE || series_kind_of_measure(word, &kind) ||
            names_find(&seen, word) != 0) {
            continue;
        }
        TRY(names_put(&seen, word, &id, err));
        if (++n > SERIES_LISTED) {
            continue;
        }
        if (word.n == 0 || text_is(word, SERIES_NO_MEASURE)) {
            TRY(series_say(it, err,
                           "What is counted is not said: it is taken to be entries, one "
                           "direction only."));
        } else {
            TRY(series_say(it, err,
                           "The measure '%.*s' is taken to count entries, one direction only.",
                           (int)text_fit(word, 60), word.at));
        }
    }
    return n <= SERIES_LISTED ? 0
                              : series_say(it, err, "%zu more measures are taken to count entries.",
                                           n - SERIES_LISTED);
}

/* "in, Vaalimaa, road" for people; the only series needs no name. */
static void series_put_name(struct buf *buf, const struct watch_book *book,
                            const struct watch_series *series)
{
    const name_id words[] = {series->measure_word, series->place, series->route};
    for (size_t i = 0; i < 3 && book->n > 1; i++) {
        struct text word = names_word(book->names, words[i]);
        word.n = text_fit(word, 60);
        if (word.n > 0) {
            buf_str(buf, buf->n > 0 ? ", " : "");
            buf_text(buf, word);
        }
    }
    buf_str(buf, buf->n > 0 ? ": " : "");
}

/* Days between the first and the last that no count covers; the first few into `buf`. */
static int64_t series_missing(const struct watch_series *series, struct buf *buf)
{
    int64_t missing = 0;
    size_t told = 0;
    date_days next = series->value[0].from;
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        for (; next < value->from && told < SERIES_GAPS; told++, next++, missing++) {
            char text[DATE_TEXT];
            buf_str(buf, told > 0 ? ", " : "");
            buf_str(buf, date_format(next, text));
        }
        missing += next < value->from ? value->from - next : 0;
        next = value->to >= next ? value->to + 1 : next;
    }
    return missing;
}

static int series_say_gap(struct series_reader *it, const struct watch_book *book,
                          const struct watch_series *series, bool *gap, struct ajar_err *err)
{
    struct buf name, days;
    buf_init(&name, 1024);
    buf_init(&days, 1024);
    int64_t missing = series_missing(series, &days);
    series_put_name(&name, book, series);
    *gap = missing > 0;
    int code = buf_ok(&name, err);
    code = code == 0 ? buf_ok(&days, err) : code;
    if (code == 0 && *gap) {
        code = series_say(it, err, "%.*s%lld %s missing and not filled in: %.*s%s", (int)name.n,
                          name.n > 0 ? name.at : "", (long long)missing,
                          missing == 1 ? "day is" : "days are", (int)days.n, days.at,
                          missing > SERIES_GAPS ? ", ..." : ".");
    }
    buf_free(&name);
    buf_free(&days);
    return code;
}

static int series_say_gaps(struct series_reader *it, const struct watch_book *book,
                           struct ajar_err *err)
{
    size_t gaps = 0;
    for (size_t s = 0; s < book->n; s++) {
        bool gap;
        if (gaps < SERIES_LISTED) {
            TRY(series_say_gap(it, book, &book->series[s], &gap, err));
        } else {
            struct buf none;
            buf_init(&none, 1024);
            gap = series_missing(&book->series[s], &none) > 0;
            buf_free(&none);
        }
        gaps += gap;
    }
    return gaps <= SERIES_LISTED
               ? 0
               : series_say(it, err, "%zu more series have missing days.", gaps - SERIES_LISTED);
}

static int series_say_numbers(struct series_reader *it, struct ajar_err *err)
{
    if (it->grouped[0] != '\0') {
        TRY(series_say(it, err, "Digits stand in groups: %s is read as %s.", it->grouped,
                       it->as_number));
    }
    if (it->n_empty > 0) {
        TRY(series_say(it, err, "%zu %s without a count: it is not known, not 0.", it->n_empty,
                       it->n_empty == 1 ? "cell is" : "cells are"));
    }
    return it->unsorted ? series_say(it, err,
                                     "Rows are not in the order of their dates and were "
                                     "sorted.")
                        : 0;
}

int series_sentences(struct series_reader *it, const struct watch_book *book, struct ajar_err *err)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    date_days first = book->series[0].value[0].from, last = first;
    for (size_t s = 0; s < book->n; s++) {
        const struct watch_series *series = &book->series[s];
        for (size_t i = 0; i < series->n; i++) {
            first = series->value[i].from < first ? series->value[i].from : first;
            last = series->value[i].to > last ? series->value[i].to : last;
        }
    }
    TRY(series_say_shape(it, err));
    TRY(series_say_period(it, err));
    TRY(series_say_words(it, err));
    TRY(series_say_columns(it, err));
    TRY(series_say_kinds(it, book, err));
    TRY(series_say_numbers(it, err));
    TRY(series_say(it, err, "%zu series, %zu %s, %s to %s.", book->n, it->store.cells.n,
                   it->store.cells.n == 1 ? "count" : "counts", date_format(first, from),
                   date_format(last, to)));
    return series_say_gaps(it, book, err);
}
