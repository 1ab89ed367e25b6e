/* Branch and cut over the pairs that the prices leave open: of a small instance as a whole, of a larger one a part.
 *
 * Kernel search (Angelelli, Mansini, Speranza 2010, "Kernel search: a general heuristic for the multi-dimensional
 * knapsack problem"): a linear relaxation says which pairs a good plan is made of, branch and cut (kernel_cut.h)
 * looks for the best plan among those.  Cuts see what prices cannot, so it finds plans for some hundred to a few
 * thousand households that search.h and neighbour.h do not. */
#ifndef PLACE_KERNEL_H
#define PLACE_KERNEL_H

#include "neighbour.h"

struct kernel_options {
    uint64_t turn;             /* how many were before: it decides the part and what is left out */
    bool (*enough)(void *arg); /* asked after a fixed piece of work; true stops */
    void *arg;
};

/* Betters place[n_households] and *micro, a legal plan; both are always the best so far.  `neighbour` chooses the
 * part and gives prices and scale.  The root costs up to some seconds, and nobody is asked during it.  Errors:
 * memory. */
int kernel_solve(struct arena *arena, struct neighbour *neighbour,
                 const struct kernel_options *options, uint32_t *place, int64_t *micro,
                 struct ajar_err *err);

#endif
