/* The rows of a table of scores, read in parts side by side.  Each part writes its rows where they belong; what the
 * parts must agree on (faults) is settled in their order, so that nothing depends on the threads.  Used by the
 * reader of tables alone. */
#ifndef PLACE_ROWS_H
#define PLACE_ROWS_H

#include "place_list.h"
#include "pool.h"

/* A record that holds no pair has household 0. */
struct place_rows {
    uint64_t n;
    uint32_t *household; /* [n] 1 + its position */
    uint32_t *locality;  /* [n] its position */
    int32_t *score;      /* [n] micro-units */
    struct csv csv;      /* behind the header, for a second look at lines */
};

/* All in `scratch`.  Unknown ids, numbers and breaks of the CSV become faults.  12 bytes a record. */
int place_rows_read(struct arena *scratch, const char *file, struct text bytes,
                    struct place_list *households, struct place_list *localities, struct pool *pool,
                    const struct watch *watch, struct faults *faults, struct place_rows *out,
                    struct ajar_err *err);

/* The lines of n records, rising; all below rows->n. */
int place_rows_lines(struct arena *scratch, const struct place_rows *rows, const uint64_t *records,
                     size_t n, long *lines, struct ajar_err *err);

#endif
