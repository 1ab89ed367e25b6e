/* The data of an exodus: the folder exodus/ of a scenario. */
#ifndef FLOW_EXODUS_READ_H
#define FLOW_EXODUS_READ_H

#include "exodus_rows.h"
#include "scenario.h"

#define EXODUS_MODEL_FILE      "exodus/model.yaml"
#define EXODUS_SEEN_FILE       "exodus/observations.csv"
#define EXODUS_DAYS_MOST       2000
#define EXODUS_SEEN_MOST       2000              /* rows of observations.csv */
#define EXODUS_LIST_MOST       64                /* crossings and near of a door; what_ifs */
#define EXODUS_MODEL_FILE_MOST ((size_t)1 << 20) /* bytes */
#define EXODUS_SEEN_FILE_MOST  ((size_t)1 << 22)

/* model.yaml: keys in brackets may be left out; VALUE is a number or the id of a parameter.  An id is 1 to 40
 * of a-z 0-9 _.
 *
 *   title, from, to, shown, order, as_known           dates: from <= shown, order <= to; from <= as_known
 *   parameters  id, title, unit, prior (normal: mean, sd; lognormal: median, sd; beta: alpha, beta),
 *               [fitted: yes], [source: dated as_known or earlier], why
 *   flight, peak_days, half_life_days, distance, wait_dislike, tries_shut, pool_days, gives_up, discretion,
 *   queue_leaves, traffic_stay_days, returns, flight_stay_days, onward                     VALUE
 *   shuts_a_day                                                                            number
 *   classes     id, title, profiles, flight (VALUE; of one class `rest`), [kept: no]
 *   regions     id, title, places (every origin of places.csv stands in one region)
 *   doors       id, title, country, crossings, near and at (places), traffic (VALUE),
 *               papers (class: VALUE, of one class `rest`, of those left out 0), [weekday: seven numbers of
 *               mean 1, Monday first], [pull: VALUE, 0], [capacity: VALUE, 0 is no limit], [russians: 1],
 *               [routes: route, [country: the door's], [share: 1], [traffic_share: share], [spread: 0]]
 *   [origins]   days before as_known, rising
 *   [what_if]   id, title, [note], edits: doors, [classes: all], from, [to: end of the run], one of gate (OPEN,
 *               DISCRETION, CLOSED, BARRED) and law
 *
 * The weight of a region is its part of the population of all; the km from it to a door are the mean by
 * population, geometric, over its places of the shortest way over routes.csv to the nearest place of `near`
 * (below 1 km counts as 1).  A way leads through places of the subject's country that are no crossings;
 * places without one are left out, and a region without any is INFINITY away.
 *
 * observations.csv: columns in brackets may be left out, cells marked ? may be empty.
 *
 *   date_from, date_to, country_iso3, route, measure, source_id    the key of one row of arrivals.csv
 *   use            fit, check, left
 *   scale          above 0; of fit; may stand at check; empty (0) else
 *   [at_least]?    yes
 *   [either]?      a whole number that two rows or more share
 *   [first_part]?, [last_part]?    above 0 to 1; empty: 1
 *   why            may be empty at fit
 *
 * A row that is fitted has a value above 0 and a source with a date. */

/* model_bytes.at, observation_bytes.at NULL: the file is absent, a fault.  Every fault found goes to `faults`
 * (file as above, row, column, value); then E_EXODUS_FAULTS, and the outputs are untouched.  (*seen)[*n_seen]
 * keeps the order of the file.  The texts of a row but `why` live as long as the scenario, all else in the
 * arena.  E_MEMORY, E_CEILING.  O(doors * routes * places on a way + rows * arrivals).
 *
 * Of the scenario it looks into its settings, arrivals, measures, places, routes and sources; who makes it look into
 * another table adds that to what a kept run depends on (desk/exodus_kept.c). */
int exodus_read(struct arena *arena, const struct scenario *scenario, struct text model_bytes,
                struct text observation_bytes, struct exodus_model *model,
                struct exodus_seen **seen, size_t *n_seen, struct faults *faults,
                struct ajar_err *err);

/* Whether a row had been published on or before the day as_known: the only gate between rows and a fit.
 * False of a row without a date. */
bool exodus_was_known(const struct exodus_seen *seen, date_days as_known);

#endif
