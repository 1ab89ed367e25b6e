/* The scenario's tables as the output folder has them: as read, with kinds and sources beside them, and
 * without counts that would point at persons. */
#ifndef DESK_CHAIN_TABLES_H
#define DESK_CHAIN_TABLES_H

#include "scenario.h"

struct chain_table {
    const char *name; /* "arrivals.csv" */
    int (*write)(struct buf *out, struct arena *arena, const struct scenario *scenario,
                 struct ajar_err *err);
};
extern const struct chain_table chain_tables[];
extern const size_t chain_n_tables;

#endif
