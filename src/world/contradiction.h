/* contradictions.csv: finds the rows that it names, and knows which pairs are declared.
 * Internal to world/. */
#ifndef WORLD_CONTRADICTION_H
#define WORLD_CONTRADICTION_H

#include "arrivals_index.h"

struct contradiction_side {
    uint32_t table, row; /* enum schema_name */
};

struct contradiction_pair {
    struct contradiction_side low, high; /* in the order of table, row; row SCENARIO_NO_ROW: none */
    uint32_t of;                         /* row of contradictions.csv */
};

struct contradiction_pairs {
    struct contradiction_pair *at; /* [n] sorted */
    size_t n;
    struct contradiction_side *named; /* [n_named] sorted: every row that a declaration names */
    size_t n_named;
};

/* Resolves the rows of scenario.contradictions (row_a, row_b) and checks them.  In checker->scratch. */
int contradiction_resolve(struct contradiction_pairs *out, struct checker *checker,
                          const struct arrivals_index *index, struct ajar_err *err);

/* Whether the two rows of one table are declared to contradict each other. */
bool contradiction_declared(const struct contradiction_pairs *pairs, enum schema_name table,
                            uint32_t row, uint32_t other);

/* Whether any declaration names the row. */
bool contradiction_names(const struct contradiction_pairs *pairs, enum schema_name table,
                         uint32_t row);

/* Whether nothing can be said of two rows: one could not be read whole, or what is declared could not
 * be. */
bool contradiction_untold(const struct checker *checker, enum schema_name table, uint32_t row,
                          uint32_t other);

/* Reports two rows of one table from different sources that give different values for one key, unless
 * they are declared. */
void contradiction_check_pair(struct checker *checker, const struct contradiction_pairs *pairs,
                              enum schema_name table, uint32_t row, uint32_t other);

#endif
