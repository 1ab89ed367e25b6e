/* What every verb begins with: the scenario, read and checked by every rank. */
#ifndef SWARM_JOB_H
#define SWARM_JOB_H

#include "flow_out.h"
#include "swarm_ranks.h"
#include "swarm_say.h"
#include "swarm_words.h"

struct job {
    struct ranks ranks;
    struct say say;
    const struct swarm_words *words;
    struct arena arena;      /* of all that the job keeps */
    struct flow_input input; /* params with --rules, --set and --hasten */
    enum flow_engine engine;
    uint64_t files;   /* hash of the bytes of flow/ */
    int32_t from, to; /* days [from, to) */
    const char *how;  /* "agents, rules flee, seed 1", as `ajar flow` says it */
};

/* Every rank reads the folder: it is small beside what follows, one that reads and sends would make the others
 * wait as long, and a hash proves that all read the same.  Rank 0 also finds out now whether --out can be
 * written.  Faults are shown by rank 0.  All ranks return the same.  Closed with job_close, also after a
 * failure. */
int job_open(struct job *job, struct ajar_err *err);
void job_close(struct job *job);

/* The result into --out, by rank 0. */
int job_write(struct job *job, const struct flow_file *files, size_t n, struct ajar_err *err);

int job_run(struct job *job, struct ajar_err *err);      /* swarm_run.c */
int job_ensemble(struct job *job, struct ajar_err *err); /* swarm_ensemble.c */

#endif
