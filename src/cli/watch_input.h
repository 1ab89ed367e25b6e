/* The input of `ajar watch`: a scenario's folder or a user's CSV, and the options that all verbs share. */
#ifndef CLI_WATCH_INPUT_H
#define CLI_WATCH_INPUT_H

#include "verb.h"
#include "watch_job.h"

struct watch_read {
    struct scenario scenario; /* empty for a file */
    struct watch_input input;
};

/* Reads call->words[0]; faults go to the user and end with E_SCENARIO_FAULTS or E_WATCH_FILE. */
int watch_read_input(const struct verb_call *call, struct pool *pool, struct watch_read *out,
                     struct ajar_err *err);

/* --known-by; absent: the day of the source for a scenario; for a file the morning after, unless it says when
 * its counts were known. */
enum watch_clock watch_read_clock(const struct verb_call *call, const struct watch_input *input);

/* --as-known and other dates; DATE_NONE when absent. */
date_days watch_read_day(const struct verb_call *call, const char *name);

/* Options of detection: --detector --alarm-every --false-alarms --noise --no-freeze, and the filters --place
 * --route --measure. */
int watch_read_options(const struct verb_call *call, const struct watch_input *input,
                       struct watch_run_options *out, struct ajar_err *err);

/* "90d", "26w", "1y", "90" in days. */
bool watch_read_duration(const char *text, double *days);

#endif
