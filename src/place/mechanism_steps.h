/* How many of the largest needs it takes to pass a limit: the counts of TKDA's thresholds.  One binary indexed tree
 * (Fenwick 1994) a resource over its distinct needs, largest first. */
#ifndef PLACE_MECHANISM_STEPS_H
#define PLACE_MECHANISM_STEPS_H

#include "mechanism.h"

struct mechanism_step {
    int64_t sum;
    uint64_t count;
};

struct mechanism_tree {
    uint32_t n, top;            /* distinct needs above 0; the largest power of two up to n */
    int32_t *value;             /* [n] falling */
    struct mechanism_step *sum; /* [n + 1], from 1 */
};

struct mechanism_steps {
    const struct place_problem *problem;
    struct mechanism_tree *tree; /* [n_resources] */
    uint32_t *place;             /* [n_households * n_resources] from 1; 0: needs nothing */
    uint32_t *in;                /* households added */
    size_t n_in;
};

int mechanism_steps_make(struct arena *arena, const struct place_problem *problem,
                         struct mechanism_steps *out, struct ajar_err *err);

/* O(log needs) a resource; clear: the same for each household that was added. */
void mechanism_steps_add(struct mechanism_steps *steps, uint32_t household);
void mechanism_steps_clear(struct mechanism_steps *steps);

/* The least number of those added whose needs of a resource, largest first, sum to more than `limit`, from 0;
 * UINT64_MAX: all together do not. */
uint64_t mechanism_steps_past(const struct mechanism_steps *steps, size_t resource, int64_t limit);

#endif
