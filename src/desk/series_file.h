/* A user's own file of counts, without a scenario: long or wide, read without guessing silently.
 *
 * Long: a column of dates, one of counts (`count`), and where there are such: place, route, measure or
 * direction, unit, and the day since which the figure was known.  Wide: a column of dates and one column of
 * counts a series; a column is a measure when its name is a word for one (in, exits, Ausreise), "PLACE in"
 * is both, any other name is a place, unless it is the only one.  Columns are found by their names
 * (series_words.c lists them in English, German and Russian).  Dates are ISO 8601 or day.month.year, all in
 * one form; periods are days, `from` and `to`, or ISO weeks.  Digits may be grouped where that can be read in
 * one way only.  Whatever is assumed is said; nothing is repaired, added up or filled in. */
#ifndef DESK_SERIES_FILE_H
#define DESK_SERIES_FILE_H

#include "book.h"

/* Bytes that a file may have. */
#define SERIES_FILE_CEILING ((size_t)1 << 30)

struct series_file {
    struct watch_book book; /* values: row is the line of the file; measure: BOOK_NONE */
    size_t n_assumed;
    const char **assumed; /* sentences: "Each count is of the day in the column Datum; ..." */
    uint64_t rows;        /* with data */
};

/* Every fault goes to `faults` (sorted on return) with row, column and value; then the return is
 * E_WATCH_FILE and *out is untouched: no date or count column, no rows, a duplicate period, a revised value
 * without a date, overlapping periods, negative, fractional or huge counts, mixed units, no number, a date
 * or number that can be read in two ways, dates in two forms, rows of totals, unknown directions.  A gap is
 * no fault; it is said.  O(bytes + rows log rows) time; about 100 bytes a count of memory. */
int series_file_read(struct arena *arena, const char *path, struct faults *faults,
                     struct series_file *out, struct ajar_err *err);

/* The same from bytes, which need not outlive the call; `name` for messages. */
int series_file_parse(struct arena *arena, const char *name, struct text bytes,
                      struct faults *faults, struct series_file *out, struct ajar_err *err);

#endif
