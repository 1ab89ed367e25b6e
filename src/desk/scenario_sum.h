/* What is in a scenario, counted: rows and days of each table, rows of each measure and source. */
#ifndef DESK_SCENARIO_SUM_H
#define DESK_SCENARIO_SUM_H

#include "scenario.h"
#include "schema.h"

/* Days that something spans; first DATE_NONE: no day is named. */
struct scenario_sum_days {
    date_days first, last;
};

struct scenario_sum_table {
    size_t n;                      /* rows */
    struct scenario_sum_days days; /* from the earliest to the latest day in any column of dates */
    size_t n_sources;              /* different sources that its rows name */
};

struct scenario_sum {
    struct scenario_sum_table table[SCHEMA_COUNT];
    size_t n_rows;                          /* of all tables */
    size_t *measure_rows;                   /* [measures.n] rows that hold the measure */
    struct scenario_sum_days *measure_days; /* [measures.n] */
    size_t kind_rows[KIND_COUNT];
    size_t *source_rows;   /* [sources.n] cells that name the source, contradictions.csv left out */
    uint32_t *source_rank; /* [sources.n] rows of sources, most used first, then by file order */
};

/* Counts; everything lives in `arena`.  Errors: E_CEILING, E_MEMORY.  O(cells). */
int scenario_sum_make(struct arena *arena, const struct scenario *scenario,
                      struct scenario_sum *out, struct ajar_err *err);

#endif
