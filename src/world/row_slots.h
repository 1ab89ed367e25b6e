/* Rows of a table by the cells of some of its columns, hashed.  Internal to world/. */
#ifndef WORLD_ROW_SLOTS_H
#define WORLD_ROW_SLOTS_H

#include "checker.h"

/* Bytes of the longest key in memory: eight columns of the widest type that keys have. */
#define ROW_SLOTS_BYTES (8 * sizeof(struct date_partial))

struct row_slots {
    const struct checker *checker;
    const struct schema_table *table;
    uint32_t columns; /* bit c: column c belongs to the key */
    bool both_ways;   /* the first two columns are the ends of a way, equal in both directions */
    uint32_t mask;
    uint32_t *at; /* [mask + 1] row + 1; 0: free */
};

/* An empty set with room for every row of the table; `at` lives in checker->scratch. */
int row_slots_init(struct row_slots *out, struct checker *checker, enum schema_name table,
                   uint32_t columns, struct ajar_err *err);

/* The slot that holds a row with the same key, or the free one where this row belongs. */
uint32_t *row_slots_of(const struct row_slots *slots, uint32_t row);

/* The row that stands for this key, or SCENARIO_NO_ROW.  `key` is the cells as they stand in memory, side
 * by side in the order of the columns, n bytes. */
uint32_t row_slots_find(const struct row_slots *slots, const char *key, size_t n);

#endif
