/* The whole of a small instance by branch and cut, to a proof: pairs that prices show to be in no better plan are struck
 * out first, in whole numbers. */
#ifndef PLACE_SIDE_EXACT_H
#define PLACE_SIDE_EXACT_H

#include "side_price.h"
#include "side_state.h"

enum { SIDE_EXACT_PAIRS = 6000, SIDE_EXACT_NODES = 64 };

struct side_exact_options {
    bool (*enough)(void *arg); /* asked every SIDE_EXACT_NODES nodes; may be NULL */
    void *arg;
};

/* The state becomes the best plan found.  *proven: there is no better one.  Nothing is tried, and nothing proven, where more
 * than SIDE_EXACT_PAIRS pairs are left. */
int side_exact(struct arena *arena, const struct side_prices *prices,
               const struct side_exact_options *options, struct side_state *state, bool *proven,
               struct ajar_err *err);

#endif
