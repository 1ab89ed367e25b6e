/* A conflict as it was known on a day: the one reader between a world and whatever is called a forecast. */
#ifndef FLOW_KNOWN_H
#define FLOW_KNOWN_H

#include "world_flow.h"

#define FLOW_LAG_MOST 3650

/* What the world holds that was known on `on`; nothing else of it is left, so that no later row can be
 * read by accident.  No other code decides what was known.  Reports count `lag` days after they were known
 * (time to publish).
 *
 * Left out: reports, corrections, conflict rows, closures and roads known later; capacities that are
 * undated or known later (-1 then); of a place the day of its conflict, and of a closure its end, when
 * that day is later than `on`.  Places, start and length have no date and stay.  Camps keep their numbers,
 * so one may be left without reports, and the list itself still tells of it: whoever lists camps in what is
 * called a forecast asks flow_counted.  Rows are copied into the arena, texts are shared with `world`.
 * E_FLOW_OPTION (no date, a lag that is negative or past FLOW_LAG_MOST), E_CEILING, E_MEMORY.  O(rows). */
int flow_known(struct arena *arena, const struct flow_world *world, date_days on, int32_t lag,
               struct flow_world *out, struct ajar_err *err);

/* Whether the world has a report of the place.  O(log reports). */
bool flow_counted(const struct flow_world *known, uint32_t place);

#endif
