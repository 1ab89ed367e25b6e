/* observations.csv row by row.  Used by exodus_read_*.c alone. */
#ifndef FLOW_EXODUS_READ_SHEET_H
#define FLOW_EXODUS_READ_SHEET_H

#include "csv.h"
#include "exodus_read_parts.h"

enum exodus_column {
    SEEN_COUNTRY,
    SEEN_ROUTE,
    SEEN_MEASURE,
    SEEN_FROM,
    SEEN_TO,
    SEEN_SOURCE,
    SEEN_USE,
    SEEN_SCALE,
    SEEN_LEAST,
    SEEN_EITHER,
    SEEN_FIRST,
    SEEN_LAST,
    SEEN_WHY,
    SEEN_COLUMNS
};

const char *exodus_column_name(enum exodus_column column);

struct exodus_sheet {
    struct exodus_reader *reader;
    struct csv csv;
    int at[SEEN_COLUMNS];            /* in the file; -1: left out */
    struct text cells[SEEN_COLUMNS]; /* the current row, trimmed, valid until the next */
};

/* *open false: the file is absent, or its header is a fault. */
int exodus_sheet_open(struct exodus_sheet *out, struct exodus_reader *reader, struct text bytes,
                      bool *open, struct ajar_err *err);

/* Rows still to come, at most. */
size_t exodus_sheet_bound(const struct exodus_sheet *sheet);

/* The next row of the right number of fields and without control characters; others are faults.  False at the
 * end, also behind a fault that ends the reading. */
bool exodus_sheet_next(struct exodus_sheet *sheet);

/* A fault of the current row; for err_hint. */
struct ajar_err *exodus_sheet_fault(struct exodus_sheet *sheet, enum exodus_column column,
                                    enum err_code code, const char *sentence);

/* The id of a cell's word; 0: the scenario does not know it. */
name_id exodus_sheet_name(const struct exodus_sheet *sheet, enum exodus_column column);

/* Typed cells; false and *out untouched after a fault. */
bool exodus_sheet_date(struct exodus_sheet *sheet, enum exodus_column column, date_days *out);
bool exodus_sheet_choice(struct exodus_sheet *sheet, enum exodus_column column,
                         const char *const *words, size_t n, size_t *out);
/* Above 0, to `most`. */
bool exodus_sheet_above(struct exodus_sheet *sheet, enum exodus_column column, double most,
                        double *out);

#endif
