/* A conflict in Ajar's own form: the files of the folder flow/ of a scenario (docs/flow.md). */
#ifndef FLOW_READ_H
#define FLOW_READ_H

#include "flow_said.h"
#include "params.h"
#include "world_flow.h"

#define FLOW_FILE_MOST ((size_t)1 << 30) /* bytes of a file */

/* The files of the folder; columns in brackets may be left out, cells marked ? may be empty.
 *
 *   places.csv       name, [region], country, lat, lon, type, conflict_from?, [population?], capacity?,
 *                    [capacity_known?], [source]
 *   roads.csv        a, b, km, [forced: 0, 1 a to b, 2 b to a], [known?], [source]
 *   closures.csv     type, name1, name2?, from, to?, [known?], [source]
 *   conflicts.csv    place, from, intensity, [known?], [source]
 *   reports.csv      series (total, place, outside), place?, [part: 1 ...], date, count, [known?], [source]
 *   corrections.csv  series, place?, date, [known?], [source]
 *   flow.yaml        title, start, days, rules (flee, ajar), [parameters: names of params.h, spawn_decay]
 *
 * Types are town, conflict, camp, idpcamp, forward, marker; of closures country, location, link, camp,
 * idpcamp, forced.  Days are dates; an empty `to` is never.  conflict_from is the day from which a place of
 * type conflict is one.  Camps are counted in the order in which reports.csv first names them. */
enum flow_table {
    FLOW_SETTINGS,
    FLOW_PLACES,
    FLOW_ROADS,
    FLOW_CLOSURES,
    FLOW_CONFLICTS,
    FLOW_REPORTS,
    FLOW_CORRECTIONS,
    FLOW_TABLES
};

/* "flow/places.csv". */
const char *flow_table_file(enum flow_table table);

/* bytes[table].at NULL: the file is absent, which closures, conflicts and corrections may be.
 *
 * A row without `known` was known on its own day (of a closure, conflict, report, correction) or always
 * (a road); a capacity without capacity_known is undated.  Parameters that flow.yaml leaves out are the
 * code defaults of the reference.  A repeated intensity is left out; closures and reports keep the order of
 * the file.  Faults, statements, errors, memory and cost as flee_read (flee_read.h). */
int flow_read(struct arena *arena, const struct text bytes[FLOW_TABLES], struct flow_world *world,
              struct flow_params *params, struct flow_said *said, struct faults *faults,
              struct ajar_err *err);

#endif
