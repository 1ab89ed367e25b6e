/* What a person sees of a job, from rank 0 alone: errors as `ajar` shows them, notes, progress. */
#ifndef SWARM_SAY_H
#define SWARM_SAY_H

#include <stdio.h>

#include "swarm_ranks.h"
#include "watch.h"

struct say {
    FILE *to; /* standard error; NULL: silent, but for errors */
    const char *what;
    double began, shown;
    uint64_t done_at_begin;
};

/* quiet: no notes and no progress. */
struct say say_open(const struct ranks *ranks, bool quiet);
void say_note(const struct say *say, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A line every five seconds: no rank of a job has a terminal. */
void say_progress(struct say *say, const char *what, uint64_t done, uint64_t total,
                  const char *unit);

/* Seconds of a clock that never goes back. */
double say_clock(void);

void say_fault(const struct ajar_err *err);
void say_all_faults(const struct faults *faults);

#endif
