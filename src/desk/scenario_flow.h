/* A scenario from a conflict: the tables that its reports allow, filled in, and the conflict itself in flow/.
 *
 * What no conflict says (whose doors, who places whom, what support costs) stays empty, and the README says so. */
#ifndef DESK_SCENARIO_FLOW_H
#define DESK_SCENARIO_FLOW_H

#include "flow_load.h"

struct scenario_flow_options {
    const char *title; /* NULL: that of the conflict */
    const char
        *publisher;      /* who published the counts; NULL: "the imported conflict" and its title */
    date_days published; /* when; DATE_NONE: not said */
    const char *url;     /* http or https; NULL: none */
};

struct scenario_flow_file {
    const char *name; /* "arrivals.csv", "flow/roads.csv" */
    struct text bytes;
};

struct scenario_flow_made {
    size_t n;
    const struct scenario_flow_file *files; /* [n] */
    size_t n_rows;                          /* of arrivals.csv */
    size_t n_falls;                         /* reports below the one before: in no row */
    size_t n_twice;                         /* reports of a day that has a later row: in no row */
    size_t n_hosts; /* countries with camps, other than that of the first place */
};

/* Reads the conflict of `conflict` (flow_load.h) and makes all files in memory:
 *   arrivals.csv     the rise from one report to the next of each register, kind registrations, and the last
 *                    report of each, kind stock; of reports within the days of the run
 *   hosts.csv        people registered in the camps of each host country, by the last reports
 *   places.csv       towns of the first place's country as origins, camps elsewhere as destinations
 *   sources.csv      a row for each word `source` of reports and places
 *   measures.csv, scenario.yaml, README.md, datapackage.json, flow/; the other tables with their header alone
 * *out lives in the arena.  Faults of the conflict, and places whose country has no code, are in `faults`:
 * E_FLOW_FAULTS.  Other errors: those of flow_load, E_SCENARIO_FLOW_EMPTY without a report in the run or without a
 * host, E_CEILING, E_MEMORY. */
int scenario_flow_files(struct arena *arena, const char *conflict,
                        const struct scenario_flow_options *options, struct faults *faults,
                        struct scenario_flow_made *out, struct ajar_err *err);

/* Writes what scenario_flow_files made into the new folder `dir`, whole or not at all; E_FILE_EXISTS when there is
 * one of that name. */
int scenario_flow_write(struct arena *arena, const struct scenario_flow_made *made, const char *dir,
                        struct ajar_err *err);

#endif
