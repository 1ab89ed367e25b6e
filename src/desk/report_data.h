/* What the page carries for its pictures, as JSON; the other side of it is web/src/data.ts. */
#ifndef DESK_REPORT_DATA_H
#define DESK_REPORT_DATA_H

#include "report.h"
#include "report_view.h"

struct report_doors;  /* report_doors.h */
struct report_exodus; /* report_exodus.h */
struct report_place;  /* report_place.h */
struct report_watch;  /* report_watch.h */

/* Appends the JSON of `ReportData`, fit to stand inside a script element.  Rows are numbers of the
 * tables that report_tables makes from the same scenario.  aid, watch, doors, exodus, flow and place may be
 * NULL. */
int report_data_write(struct buf *out, const struct report_view *view, const struct aid_job *aid,
                      const struct report_watch *watch, const struct report_doors *doors,
                      const struct report_exodus *exodus, const struct flow_chain *flow,
                      const struct report_place *place, struct ajar_err *err);

#endif
