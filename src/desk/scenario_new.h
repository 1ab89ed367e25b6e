/* The scenario that a user's own crisis starts from: small, valid, openly made up.
 *
 * Every made-up row holds the word "example", so one search finds what is still to be replaced. */
#ifndef DESK_SCENARIO_NEW_H
#define DESK_SCENARIO_NEW_H

#include "arena.h"
#include "schema.h"

struct scenario_new_file {
    const char *name; /* "arrivals.csv" */
    struct text bytes;
};

/* All files in memory: README.md, scenario.yaml, datapackage.json, one CSV for every table of the schema.
 * *out [*n] in the arena.  Errors: E_CEILING, E_MEMORY. */
int scenario_new_files(struct arena *arena, struct scenario_new_file **out, size_t *n,
                       struct ajar_err *err);

/* Writes them into the new folder `dir`, whole or not at all.  A folder or file of that name is
 * never touched: E_FILE_EXISTS. */
int scenario_new(struct arena *arena, const char *dir, struct ajar_err *err);

/* A cell of the example: row `row` (from 0) of the table; "" where it is empty; NULL when there is no
 * such row. */
const char *scenario_new_cell(enum schema_name table, size_t row, const char *column);

#endif
