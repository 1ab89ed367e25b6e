/* A conflict as it was known on a day: the one reader between a world and whatever is called a forecast. */
#ifndef FLOW_KNOWN_H
#define FLOW_KNOWN_H

#include "world_flow.h"

#define FLOW_LAG_MOST 3650

/* What the world holds that was known on `on`; nothing else of it is left, so that no later row can be
 * read by accident.  Reports count `lag` days after they were known (time to publish).
 *
 * Left out: reports, corrections, conflict rows, closures and roads known later; capacities that are
 * undated or known later (-1 then); of a place the day of its conflict, and of a closure its end, when
 * that day is later than `on`.  Places, camps, start and length have no date and stay.  A camp may be left
 * without reports.  Rows are copied into the arena, texts are shared with `world`.
 * E_FLOW_OPTION (no date, a lag that is negative or past FLOW_LAG_MOST), E_CEILING, E_MEMORY.  O(rows). */
int flow_known(struct arena *arena, const struct flow_world *world, date_days on, int32_t lag,
               struct flow_world *out, struct ajar_err *err);

#endif
