/* A forecast of the exodus in sums: by door and by class, from the order to the last day. */
#ifndef DESK_EXODUS_SUMS_H
#define DESK_EXODUS_SUMS_H

#include "exodus_replay.h"

struct exodus_door_sums { /* people, every crossing counted, traffic and flight together */
    struct exodus_spread in, out, net, refused, gave_up;
    struct exodus_spread flight_in; /* of `in`, those who flee */
};

struct exodus_class_sums {            /* of those who flee */
    struct exodus_spread set_out;     /* persons */
    struct exodus_spread admitted;    /* persons */
    struct exodus_spread turned_away; /* times */
    struct exodus_spread waiting;     /* in queues on the last day */
    struct exodus_spread pool;        /* undecided in Russia on the last day */
    struct exodus_spread stopped;     /* gave up for good */
    struct exodus_spread stranded;    /* of the pool, on the last day */
};

struct exodus_sums {
    struct exodus_door_sums *doors;    /* [n_doors + 1] the last: all together */
    struct exodus_class_sums *classes; /* [n_classes + 1] likewise */
};

/* Of the first world.  All in the arena.  O(members log members * (doors + classes)). */
int exodus_sums_of(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_replay *replay, struct exodus_sums *out,
                   struct ajar_err *err);

#endif
