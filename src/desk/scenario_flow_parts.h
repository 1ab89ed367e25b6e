/* Inside the making of a scenario from a conflict: what its tables are made of, and their writers. */
#ifndef DESK_SCENARIO_FLOW_PARTS_H
#define DESK_SCENARIO_FLOW_PARTS_H

#include "csv.h"
#include "scenario_flow.h"
#include "schema.h"

#define SCENARIO_FLOW_WORD 64 /* bytes of an id, its end included */

/* A word `source` of the conflict with its id in sources.csv. */
struct scenario_flow_source {
    struct text word;
    char id[SCENARIO_FLOW_WORD];
};

/* One register: the reports of a place and part, or the total (place FLOW_NONE), by day, one a day, in the run. */
struct scenario_flow_register {
    uint32_t place, part;
    size_t n;
    const struct flow_report **at; /* [n] */
};

/* The registers of one host country, by its code. */
struct scenario_flow_host {
    const char *code;
    size_t n;       /* registers */
    int64_t people; /* sum of the last report of each */
    date_days from, to;
    const struct flow_report *one; /* the report where there is one register alone; else NULL */
};

struct scenario_flow {
    struct arena *arena;
    const struct flow_input *input;
    const struct scenario_flow_options *options;
    const char *subject; /* ISO 3166-1 alpha-3 of the first place */
    char nationality[4]; /* the same in small letters, the end of the measures' names */
    const char **code;   /* [n_places] */
    size_t n_sources;
    struct scenario_flow_source *sources;
    size_t n_registers;
    struct scenario_flow_register *registers; /* [n_registers] each with a report */
    size_t n_hosts;
    struct scenario_flow_host *hosts; /* [n_hosts] in the order of the registers */
    struct scenario_flow_made made;
};

/* Small letters, digits and '_' of a name; at least one byte. */
void scenario_flow_id(struct text name, char to[static SCENARIO_FLOW_WORD]);

const char *scenario_flow_source_of(const struct scenario_flow *it, struct text word);

/* Writes the rows of one table below its header; nothing for a table that stays empty.  Counts in it->made. */
void scenario_flow_rows(struct scenario_flow *it, enum schema_name table, struct csv_out *csv);

/* README.md and scenario.yaml. */
void scenario_flow_readme(struct buf *buf, const struct scenario_flow *it);
void scenario_flow_settings(struct buf *buf, const struct scenario_flow *it);

/* Title of the scenario, and one sentence on it. */
struct text scenario_flow_title(const struct scenario_flow *it);
void scenario_flow_summary(struct buf *buf, const struct scenario_flow *it);

#endif
