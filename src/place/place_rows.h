/* The rows of a table of scores, read in parts side by side.  Each part writes its rows where they belong; what the
 * parts must agree on (faults) is settled in their order, so that nothing depends on the threads.  Used by the
 * reader of tables alone. */
#ifndef PLACE_ROWS_H
#define PLACE_ROWS_H

#include "place_list.h"
#include "place_tables.h"

enum { ROWS_HOUSEHOLD, ROWS_LOCALITY, ROWS_SCORE, ROWS_COLUMNS };

struct place_rows_ask {
    const struct place_table *table;
    struct place_list *households, *localities;
    struct pool *pool;
    const struct watch *watch;
    struct place_passed passed;
};

/* A record that holds no pair has household 0. */
struct place_rows {
    uint64_t n;
    uint32_t *household; /* [n] 1 + its position */
    uint32_t *locality;  /* [n] its position */
    int32_t *score;      /* [n] micro-units */
    struct csv csv;      /* behind the header, for a second look */
    const struct place_list *households, *localities;
    int at[ROWS_COLUMNS];
};

/* Localities and scores in `arena`, all else in `scratch`.  Unknown ids, numbers and breaks of the CSV become faults.
 * 12 bytes a record. */
int place_rows_read(struct arena *arena, struct arena *scratch, const struct place_rows_ask *ask,
                    struct faults *faults, struct place_rows *out, struct ajar_err *err);

/* A second look, in the order of the table: each record that holds a pair, and its line.  Faults are passed over. */
int place_rows_again(struct arena *scratch, const struct place_rows *rows,
                     void (*tell)(void *arg, uint32_t household, uint32_t locality, long line),
                     void *arg, struct ajar_err *err);

#endif
