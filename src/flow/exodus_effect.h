/* What a changed door does: pairs of runs that share people, chance and parameters. */
#ifndef FLOW_EXODUS_EFFECT_H
#define FLOW_EXODUS_EFFECT_H

#include "exodus_replay.h"

struct exodus_change {
    double as_is, changed;     /* means over members, people, from the order to the last day */
    double mean, p5, p50, p95; /* of changed less as it was, member by member */
};

struct exodus_effect { /* of one world against the first */
    uint32_t world;
    /* by door, flight alone but for traffic_lost */
    struct exodus_change entries[EXODUS_DOORS_MOST], refused[EXODUS_DOORS_MOST],
        gave_up[EXODUS_DOORS_MOST];
    struct exodus_change traffic[EXODUS_DOORS_MOST]; /* entries of traffic */
    /* by class, flight */
    struct exodus_change admitted[EXODUS_CLASSES_MOST], stopped[EXODUS_CLASSES_MOST],
        stranded[EXODUS_CLASSES_MOST],
        in_russia[EXODUS_CLASSES_MOST]; /* in_russia: pool and queues on the
                                                                          last day, and stopped */
    struct exodus_change entries_all, stranded_all, stopped_all; /* over doors, over classes */
    struct exodus_change stranded_most; /* the day of most stranded people, over classes */
    double
        narrower; /* sd of a difference of runs that share nothing over that of pairs, of entries over
                        doors (root of the ratio of summed variances); INFINITY: pairs are all alike */
};

/* Of replay->tallies; effects[n_worlds - 1].  O(worlds * members log members * doors). */
int exodus_effects(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_replay *replay, struct exodus_effect **out,
                   struct ajar_err *err);

#endif
