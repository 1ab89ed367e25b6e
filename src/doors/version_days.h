/* On which days must a version be looked at, so that all its days are seen? */
#ifndef DOORS_VERSION_DAYS_H
#define DOORS_VERSION_DAYS_H

#include "instance.h"

/* Days, rising, that stand for all days of the version: on which it may hold, as known on any day,
 * up to the door's review_by (or its first day where that is later).  Between two of them neither
 * lists and parameters change nor the order of the dates, ages and stays that its conditions
 * compare, so conditions that are equal on these days are equal on all. `also` (NULL: none):
 * another version whose dates count as well.  None where it never holds.
 *
 * The order of dates is watched from day to day for VERSION_DAYS_WATCHED days at most; stays have
 * an order that comes back each year.  The result lives in `arena`. Cost: as-known days times
 * changes, plus days times comparisons of dates where fixed days meet days counted from `on`.
 * Errors: what the arenas say.  */
#define VERSION_DAYS_WATCHED 3660
int version_days(struct arena *arena, struct arena *scratch, const struct rules *rules,
                 uint32_t door, uint32_t version, const struct version *also, size_t *n,
                 date_days **out, struct ajar_err *err);

/* 1 for the ways of crossing by which the version ever starts, else 0, as a function over the
 * instance's diagram; 1 where all do.  A class of ways counts when one of it does.  */
int version_region(const struct instance *instance, const struct version *version, diagram_ref *out,
                   struct ajar_err *err);

#endif
