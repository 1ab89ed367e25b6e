/* What holds for every conflict, whichever form it was read from. */
#ifndef FLOW_CHECK_H
#define FLOW_CHECK_H

#include "flow_said.h"
#include "world_flow.h"

#define FLOW_TITLE_MOST 200 /* bytes */

/* E_FLOW_OPTION unless it is 1 to FLOW_TITLE_MOST bytes of UTF-8 without control characters. */
int flow_check_title(struct text title, struct ajar_err *err);

/* Whether dates a century before and after the start still have four digits. */
bool flow_check_start(date_days start);
#define FLOW_START_RULE "the start lies between the years 200 and 9800"

/* The word without the apostrophe that guards a cell against spreadsheets (csv.h), so that a name reads
 * the same before and after it is written. */
struct text flow_word(struct text cell);

/* Sets `foreign` of all places; an empty country is one of its own, "unknown". */
void flow_check_foreign(struct flow_world *world);

/* Names of the tables for messages; NULL: the row's source is its file. */
struct flow_check_files {
    const char *places, *roads, *closures, *reports, *corrections;
};

/* Faults: closures of countries or roads that are not there; corrections of what is not counted, on a day
 * without a report, or from a report of 0.  Said: roads that stand twice, camps out of reach or not
 * counted, closures without effect, reports out of order, outside the period, or far apart.  Errors:
 * E_CEILING, E_MEMORY.  O(rows log rows). */
int flow_check(struct arena *scratch, const struct flow_world *world,
               const struct flow_check_files *files, struct flow_said *said, struct faults *faults,
               struct ajar_err *err);

/* The part of it about reports and corrections. */
int flow_check_counts(struct arena *scratch, const struct flow_world *world,
                      const struct flow_check_files *files, struct flow_said *said,
                      struct faults *faults, struct ajar_err *err);

#endif
