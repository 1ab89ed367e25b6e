/* Checkpoints of one large run, in a folder that all machines see.
 *
 *   rank-R.day-D.snapshot   the people of rank R before day D (flow_agents_save)
 *   days-D.counts           what was counted on the days before D
 *   checkpoint.json         names D, written last: until then the older one counts, and afterwards its files
 *                           are removed
 *
 * So at any moment the folder holds one whole checkpoint, or none yet. */
#ifndef SWARM_CHECKPOINT_H
#define SWARM_CHECKPOINT_H

#include "swarm_days.h"
#include "swarm_ranks.h"

struct checkpoint {
    const char *folder; /* NULL: none is kept */
    const struct ranks *ranks;
    struct arena *arena;
    const struct flow_plan *plan;
    uint64_t inputs, seed; /* of the run: data, rules, first day, version */
    int32_t day;           /* of the checkpoint that counts; -1: none */
};

/* Makes the folder or reads what it has; all that follows is the same on all ranks.  Without `resume` an
 * earlier checkpoint is E_FILE_EXISTS; with it, one of another run, of another number of ranks or of a day
 * outside [from, to] is E_FLOW_SNAPSHOT.  E_FILE_*. */
int checkpoint_open(struct checkpoint *checkpoint, bool resume, int32_t from, int32_t to,
                    struct ajar_err *err);

/* Saves the state before `day`; result is that of rank 0 (others: NULL). */
int checkpoint_save(struct checkpoint *checkpoint, const struct flow_agents *agents,
                    const struct flow_result *result, int32_t day, struct ajar_err *err);

/* The state of the checkpoint that counts. */
int checkpoint_load(const struct checkpoint *checkpoint, const struct flow_params *params,
                    const struct flow_run_options *options, struct flow_agents **agents,
                    struct flow_result *result, struct ajar_err *err);

#endif
