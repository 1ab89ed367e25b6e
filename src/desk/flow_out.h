/* The tables of a flow, for folders: the same bytes from `ajar flow` and from ajar-swarm. */
#ifndef DESK_FLOW_OUT_H
#define DESK_FLOW_OUT_H

#include "counterfactual.h"
#include "ensemble.h"
#include "flow_load.h"

struct flow_file {
    const char *name;
    struct text bytes;
};

/* What a run was made with; the last column of tables that hold computed figures says it. */
struct flow_made {
    const char *how;
};

/* "agents, rules flee, seed 1, 20 people an agent, 100 members, as known on 2012-06-01", in the arena.
 * members 0: one run. */
int flow_made_how(struct arena *arena, const struct flow_params *params, enum flow_engine engine,
                  uint64_t seed, uint32_t members, date_days as_known, const char **out,
                  struct ajar_err *err);

/* flow_camps.csv     date, camp, people, reported: each camp on each day; `reported` only on days
 *                    with a report of every part of the camp
 * flow_places.csv    date, place, people: all other places with anybody in them
 * flow_links.csv     date, from, to, km, people: who left onto a road that day
 * flow_days.csv      date, started, in_camps, elsewhere, on_roads
 * People are those of the result times params.hasten.  O(days * (places + links)). */
int flow_run_files(struct arena *arena, const struct flow_input *input,
                   const struct flow_plan *plan, const struct flow_result *result,
                   const struct flow_made *made, struct flow_file **out, size_t *n,
                   struct ajar_err *err);

/* flow_ensemble.csv  date, camp, reported, mean, p5, p10, p25, p50, p75, p90, p95
 * flow_crps.csv      camp, reports, crps, median_error, covered80 */
int flow_ensemble_files(struct arena *arena, const struct flow_input *input,
                        const struct ensemble_options *options,
                        const struct ensemble_summary *summary, const struct flow_made *made,
                        struct flow_file **out, size_t *n, struct ajar_err *err);

/* flow_closed.csv    camp (or "on the way"), open, shut, difference, p5, p50, p95, sd of the paired
 *                    difference, by chance alone, by chance and parameters
 * flow_closed_days.csv  date, camp, difference, p5, p95 */
int flow_counterfactual_files(struct arena *arena, const struct flow_input *input,
                              const struct ensemble_options *options,
                              const struct counterfactual *result, const struct flow_made *made,
                              struct flow_file **out, size_t *n, struct ajar_err *err);

/* The folder with those files and datapackage.json, whole or not at all.  Errors: file.*. */
int flow_write_folder(struct arena *arena, const char *out_dir, bool replace, struct text title,
                      const struct flow_file *files, size_t n, struct ajar_err *err);

/* The sum of a camp's reports on each of the days [from, to), NaN where a part of it has none;
 * [n_camps * (to - from)], in the arena. */
int flow_reported(struct arena *arena, const struct flow_world *world, int32_t from, int32_t to,
                  double **out, struct ajar_err *err);

#endif
