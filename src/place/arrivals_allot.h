/* One batch under what is left: the best sum of net scores. */
#ifndef PLACE_ARRIVALS_ALLOT_H
#define PLACE_ARRIVALS_ALLOT_H

#include "place.h"
#include "pool.h"

struct arrivals_allot {
    const struct place_problem *problem;
    const int32_t *left; /* [n_localities * n_resources] */
    uint32_t n;
    const uint32_t *household;                                    /* [n] rising */
    int32_t (*net)(void *arg, uint32_t household, uint64_t pair); /* above 0: may be taken */
    void *arg;
};

/* place[n] by the order of allot->household.  Proven the best where the batch is small enough for exact.h and EXACT_NODES
 * nodes are enough; else near it. */
int arrivals_allot(struct arena *arena, const struct arrivals_allot *allot, struct pool *pool,
                   uint32_t *place, struct ajar_err *err);

#endif
