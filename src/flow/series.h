/* What was counted in the camps, day by day: the reference's reading of reports (interpolated,
 * corrected, truncated), and reports read by their dates. */
#ifndef FLOW_SERIES_H
#define FLOW_SERIES_H

#include "params.h"
#include "world_flow.h"

struct flow_series {
    size_t n_camps;
    int32_t n_days;
    int64_t *at;    /* [camp * n_days + day] people / hasten in the camps of the world */
    int64_t *total; /* [n_days] sum over all that is counted: camps and uncounted names */
    int64_t
        *reported; /* [n_days] the total series of its own (refugees.csv); 0 when there is none */
};

/* The reference's table at one agent for `hasten` people (research: sections 1.3, 1.11, 1.12): counts are
 * divided first; several parts are added by its AddCSVTables; corrections scale all rows that stand before
 * in the file; then linear between reports, the first before the first, the last after the last,
 * truncated.  Rows are taken in the order of the file, as it does.
 * Errors: E_FLOW_OPTION (hasten < 1); E_FLOW_COUNT (a correction from 0, or past any count of people);
 * E_CEILING, E_MEMORY.  O(reports * corrections of the camp + camps * days). */
int flow_series_flee(struct arena *arena, const struct flow_world *world, int32_t hasten,
                     struct flow_series *out, struct ajar_err *err);

/* The same reports read by date, whatever the order of their rows: of two for one day the one known last
 * counts, else the smaller.  Linear between two reports, the first before the first, the last after the
 * last; a camp without reports is 0.  Of several parts each is 0 before its first report.  Corrections that
 * have no scale have no effect.  In people, truncated.  On a world that flow_known made this is the past as
 * it was known.  Errors and cost as above. */
int flow_series_dated(struct arena *arena, const struct flow_world *world, struct flow_series *out,
                      struct ajar_err *err);

/* flow_series_dated of what flow_known leaves on `as_known` (DATE_NONE: of the whole world). */
int flow_series_known(struct arena *arena, const struct flow_world *world, date_days as_known,
                      struct flow_series *out, struct ajar_err *err);

#endif
