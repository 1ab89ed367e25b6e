/* How far is it by road from where people start to each camp, over the roads that are open that day? */
#ifndef FLOW_WAYS_H
#define FLOW_WAYS_H

#include "plan.h"

struct flow_ways {
    int32_t n_days;
    uint32_t n_camps, n_origins;
    uint32_t *origins; /* [n_origins] places where anybody ever starts, by index */
    uint32_t n_states; /* runs of days with the same roads open */
    uint32_t *state;   /* [n_days] */
    double *km;        /* [(state * n_origins + origin) * n_camps + camp]; INFINITY: no way */
};

/* Shortest ways over open links, through any places.  `out` lives in the arena.  E_FLOW_TOO_LARGE past
 * FLOW_WAYS_MOST distances, E_CEILING, E_MEMORY.  O(states * camps * links * log links).  Source: Dijkstra
 * 1959. */
#define FLOW_WAYS_MOST ((size_t)1 << 27)
int flow_ways_make(struct arena *arena, const struct flow_plan *plan, struct flow_ways *out,
                   struct ajar_err *err);

#endif
