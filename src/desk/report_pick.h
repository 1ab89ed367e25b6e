/* The second half of report_view_make: what is drawn from the chosen marks.  Each fills its own
 * fields of the view. */
#ifndef DESK_REPORT_PICK_H
#define DESK_REPORT_PICK_H

#include "report_view.h"

/* Doors that begin within the pictures' days and refuse somebody, by day. */
int report_pick_doors(struct arena *arena, struct report_view *view, struct ajar_err *err);

/* Pairs of entries and exits over equal days. */
int report_pick_nets(struct arena *arena, struct report_view *view, struct ajar_err *err);

/* The week with most countries, and for each country the mark that fits it best: the days that both
 * hold over the days that either holds (Jaccard), at least REPORT_FIT. */
#define REPORT_FIT 0.25
int report_pick_circles(struct arena *arena, struct report_view *view, struct ajar_err *err);

/* Whether the source had spoken by `as_known` (DATE_NONE: always); a partial date counts as its last
 * day. */
bool report_known(const struct scenario *scenario, name_id source, date_days as_known);

#endif
