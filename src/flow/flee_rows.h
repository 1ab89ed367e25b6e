/* Rows of the reference's files, read more kindly than base/csv.h: no fixed number of fields, comments
 * behind #, blanks around fields, quotes or none, any line end. */
#ifndef FLEE_ROWS_H
#define FLEE_ROWS_H

#include "flow_cells.h"

#define FLEE_CELLS_MOST 70000 /* fields in a row */

struct flee_rows {
    const char *file; /* for messages; not owned */
    const char *at, *end;
    long line;
    struct arena *arena; /* cells with "" inside are unescaped here */
    struct text *cells;
    struct faults *faults;
};

/* bytes, file, arena and faults must outlive *out.  Errors: E_UTF8 or E_CSV_NUL anywhere in the file,
 * E_FLOW_TOO_LARGE past FLEE_CELLS_MOST commas in a line, E_CEILING.  O(bytes). */
int flee_rows_open(struct flee_rows *out, struct arena *arena, const char *file, struct text bytes,
                   struct faults *faults, struct ajar_err *err);

/* The next row that is not blank; false at the end.  A row with a quote out of place or a control
 * character is a fault and passed over. */
bool flee_rows_next(struct flee_rows *rows, struct flow_row *out);

/* Line ends in the bytes plus one: room for all rows. */
size_t flee_rows_bound(struct text bytes);

#endif
