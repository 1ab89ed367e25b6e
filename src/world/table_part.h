/* A table is read in parts, side by side: each part puts its rows where they belong in the columns,
 * and what the parts must agree on (new words, faults, rows left out) is settled in their order, so
 * that the result does not depend on the threads.  Internal to world/. */
#ifndef WORLD_TABLE_PART_H
#define WORLD_TABLE_PART_H

#include "cell_read.h"
#include "csv.h"

/* Columns of the widest table, with room for more; bits of cell_read_row's *bad. */
#define TABLE_COLUMNS 64

struct table_plan;

struct table_part {
    const struct table_plan *plan;
    struct csv_part csv;
    struct arena arena;     /* all that only lives until the parts are joined */
    struct checker checker; /* the plan's, with faults and bad rows of its own */
    struct faults faults;
    struct names fresh; /* words that the scenario did not know */
    size_t n;           /* rows put, from row csv.first_record on */
    bool stopped;       /* the file cannot be read past a fault in this part */
};

/* What the parts share and only read. */
struct table_plan {
    struct checker *checker;
    enum schema_name name;
    const struct schema_table *table;
    const struct csv *csv;             /* behind the header */
    const struct cell_column *columns; /* [table->n] ready but for a row */
    uint32_t *line;
    char *room;               /* of texts: as many bytes as the csv has behind the header */
    struct table_part *parts; /* [n_parts] */
    size_t n_parts;
};

/* Reads part i; for pool_run.  arg: the plan. */
int table_part_read(void *arg, size_t i, struct ajar_err *err);

/* Joins what the parts read; *rows gets their rows.  Frees what the parts held. */
int table_part_join(struct table_plan *plan, size_t *rows, struct ajar_err *err);

void table_part_free(struct table_plan *plan);

#endif
