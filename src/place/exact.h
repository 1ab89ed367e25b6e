/* Small instances to the proven optimum.
 *
 * Depth-first branch and bound (Land, Doig 1960) on where one household goes.  Every node has prices of its own,
 * from its parent's by a few steps of Polyak's rule (1969); they bound it, and they strike out every pair that
 * is further behind its household's best than the gap allows.  Bounds are whole numbers, so a proof is one. */
#ifndef PLACE_EXACT_H
#define PLACE_EXACT_H

#include "place.h"

enum { EXACT_NODES = 1 << 10 }; /* between two questions to `enough` */

struct exact_options {
    const int64_t *price; /* [n_localities * n_resources] to start from, bound.h's unit */
    bool (*enough)(void *arg);
    void *arg;
};

/* Whether the numbers are small enough for it, and the instance for there to be hope. */
bool exact_suits(const struct place_problem *problem);

/* place[n_households] and *micro: a legal plan and what it is worth; both become the optimum when
 * *proven turns out true.  Asked every EXACT_NODES nodes, `enough` true ends the search with the best so far.
 * Memory: households * pairs words. */
int exact_solve(struct arena *arena, const struct place_problem *problem,
                const struct exact_options *options, uint32_t *place, int64_t *micro, bool *proven,
                struct ajar_err *err);

#endif
