/* One series as a table of days and values.  Used by series*.c alone. */
#ifndef SERIES_TABLES_H
#define SERIES_TABLES_H

#include "series.h"

#define SERIES_MOST 1e15 /* a value that no correction may pass */

struct series_point {
    double day; /* from the start */
    double value;
};

struct series_table {
    struct series_point *at;
    size_t n;
};

/* Reports and corrections of one name. */
struct series_rows {
    const struct flow_report *at; /* [n] by part */
    size_t n;
    uint32_t place;
    bool uncounted;
};

/* What turns reports into a table: the two readings. */
typedef int series_read(struct arena *scratch, const struct flow_world *world,
                        const struct series_rows *rows, const void *how, struct series_table *out,
                        struct ajar_err *err);

/* Every series of the world through `read`, then day by day. */
int series_make(struct arena *arena, const struct flow_world *world, series_read *read,
                const void *how, struct flow_series *out, struct ajar_err *err);

/* Multiplies all rows before row i so that the last of them meets it; *good false when it is 0. */
int series_scale(const struct series_table *table, size_t i, bool *good, struct ajar_err *err);

#endif
