/* What the readers of tables share: a CSV whose breaks become faults, and what a cell may hold. */
#ifndef PLACE_SHEET_H
#define PLACE_SHEET_H

#include "csv.h"
#include "place_ids.h"

#define PLACE_ID_MOST     128 /* bytes, so that a fault shows an id whole */
#define PLACE_AMOUNT_MOST 1000000000
#define PLACE_NAME_MOST   48 /* bytes of a resource, so that a fault shows its column whole */

struct place_sheet {
    const char *file;
    struct csv csv;
    struct faults *faults;
    bool stopped;            /* by a fault behind which nothing can be read */
    bool ragged;             /* the current row is a fault already; its missing cells are empty */
    struct ajar_err problem; /* once: it is a kilobyte, and rows are many */
};

/* *open false: the header is a fault.  Every column that names a protected trait is one too, unless `traits`. */
int place_sheet_open(struct place_sheet *out, struct arena *scratch, const char *file,
                     struct text bytes, uint64_t records, bool traits, struct faults *faults,
                     bool *open, struct ajar_err *err);

/* The next row into csv.cells; one with too few or too many cells is a fault, and ragged. */
int place_sheet_next(struct place_sheet *sheet, bool *more, struct ajar_err *err);

/* The column of that name, or -1 behind a fault: missing, or twice. */
int place_sheet_column(struct place_sheet *sheet, const char *name);

/* As place_sheet_column for a column that may be missing: -1 without a fault. */
int place_sheet_optional(struct place_sheet *sheet, const char *name);

/* Every column beside these is a fault, with a suggestion; those that name a protected trait are one already. */
void place_sheet_known(struct place_sheet *sheet, const char *const *names, size_t n);

/* A fault of the header: row 1. */
struct ajar_err *place_sheet_header(struct place_sheet *sheet, enum err_code code,
                                    struct text column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A fault of a cell of the current row. */
struct ajar_err *place_sheet_fault(struct place_sheet *sheet, enum err_code code, int column,
                                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The trimmed cell, when it can be an id; else a fault.  `what`: "household". */
bool place_sheet_id(struct place_sheet *sheet, int column, const char *what, struct text *out);

/* A whole number between least and most; else a fault that says which rule it breaks. */
bool place_sheet_whole(struct place_sheet *sheet, int column, int32_t least, int32_t most,
                       int32_t *out);

/* Trimmed, and without the apostrophe that a writer puts before what a spreadsheet takes for a formula. */
struct text place_sheet_cell(const struct place_sheet *sheet, int column);

#endif
