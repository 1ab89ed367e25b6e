/* A user's own rows in the form of arrivals.csv: asked of the exodus, and written back with the answers. */
#ifndef DESK_EXODUS_FILE_H
#define DESK_EXODUS_FILE_H

#include "exodus_replay.h"

#define EXODUS_FILE_MOST      ((size_t)64 << 20) /* bytes */
#define EXODUS_FILE_ROWS_MOST 100000

struct exodus_file {
    const char *name; /* the path, for messages */
    char separator;
    size_t n_columns;
    struct text *header; /* [n_columns] */
    size_t n;
    struct text *cells;  /* [n * n_columns] as they stand in the file */
    long *line;          /* [n] where the row starts */
    struct text *source; /* [n] source_id; empty where the cell is, or there is no such column */
    struct exodus_row
        *rows; /* [n] value NaN where the cell is empty or there is no such column; parts 1 */
};

/* Columns date_from, date_to (YYYY-MM-DD, both included), country_iso3, route, measure, in any order; value and
 * source_id may stand there and be empty; every other column is kept as it is.  Separator, quotes and byte-order mark as csv.h
 * has them.  Every fault goes to `faults` (sorted on return) with row, column and value: csv.*, exodus.rows.column,
 * exodus.rows.cell, exodus.rows.none; then the return is E_EXODUS_ROWS and *out is untouched.  Whether the model
 * can answer a row is no fault of the file.  All in the arena.  E_FILE_*, E_CEILING, E_MEMORY.  O(bytes). */
int exodus_file_read(struct arena *arena, const char *path, struct faults *faults,
                     struct exodus_file *out, struct ajar_err *err);

/* The same from bytes, which need not outlive the call. */
int exodus_file_parse(struct arena *arena, const char *name, struct text bytes,
                      struct faults *faults, struct exodus_file *out, struct ajar_err *err);

/* The rows as they were, in their order, with the columns mean, p5, p50, p95 and why filled in: those that the
 * file has already where they stand, the others behind.  spreads[n], why[n]: NULL of an answered row; of others
 * the numbers are empty. */
int exodus_file_write(struct buf *buf, const struct exodus_file *file,
                      const struct exodus_spread *spreads, const char *const *why,
                      struct ajar_err *err);

/* Whether the bytes begin with a header that has all columns which exodus_file_write adds: an earlier answer. */
bool exodus_file_is_answer(struct text bytes);

#endif
