/* Inside weights: every way over the graph that a person may have in mind. */
#ifndef FLOW_WEIGHTS_PATHS_H
#define FLOW_WEIGHTS_PATHS_H

#include "weights.h"

/* first, trail, goal, reach, steps, n_paths. */
int weights_paths(struct flow_weights *weights, struct arena *arena, struct ajar_err *err);

#endif
