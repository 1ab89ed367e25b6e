/* The report of a conflict that FLOW moved: one self-contained page like that of a whole scenario, with a map
 * of its days, its camps beside what was counted, and the three tables of scores.
 *
 * (report_flows.* are gross, net and stock at borders: another thing.) */
#ifndef DESK_REPORT_CONFLICT_H
#define DESK_REPORT_CONFLICT_H

#include "flow_chain.h"
#include "report.h"

/* Appends the page to `out`.  Errors as report_write. */
int report_conflict_write(struct buf *out, const struct flow_chain *chain,
                          const struct report_meta *meta, struct ajar_err *err);

/* The JSON that the page carries; web/src/conflict.ts has its shape. */
int report_conflict_data(struct buf *out, const struct flow_chain *chain, struct ajar_err *err);

#endif
