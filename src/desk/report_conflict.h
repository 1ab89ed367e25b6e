/* The report of a conflict that FLOW moved: one self-contained page like that of a whole scenario, with a map
 * of its days, its camps beside what was counted, and the three tables of scores.
 *
 * (report_flows.* are gross, net and stock at borders: another thing.) */
#ifndef DESK_REPORT_CONFLICT_H
#define DESK_REPORT_CONFLICT_H

#include "flow_chain.h"
#include "json.h"
#include "report.h"

struct report_page; /* report_page.h */

/* Appends the page to `out`.  Errors as report_write. */
int report_conflict_write(struct buf *out, const struct flow_chain *chain,
                          const struct report_meta *meta, struct ajar_err *err);

/* The same sections as parts of a scenario's page: what was counted and how near the runs come, the map, the camps,
 * who stands where by country, the scores, what was run.  `page` has out and meta; its words are used. */
int report_conflict_sections(struct report_page *page, const struct flow_chain *chain,
                             struct ajar_err *err);

/* Items of a list for the first screen of a scenario: people in the camps by their last counts and by the runs. */
void report_conflict_brief(struct buf *out, const struct flow_chain *chain);

/* Appends the JSON of `conflict` alone, an object, to one under way. */
int report_conflict_object(struct json_out *json, const struct flow_chain *chain,
                           struct ajar_err *err);

/* The JSON that the page carries; web/src/conflict.ts has its shape. */
int report_conflict_data(struct buf *out, const struct flow_chain *chain, struct ajar_err *err);

#endif
