/* Draws of the posterior played again, by people: forecasts of rows, and what a changed door does. */
#ifndef FLOW_EXODUS_REPLAY_H
#define FLOW_EXODUS_REPLAY_H

#include "exodus_rows.h"
#include "pool.h"

enum exodus_engine { EXODUS_EXPECTED, EXODUS_BY_NUMBERS, EXODUS_ONE_BY_ONE };

struct exodus_replay_options {
    enum exodus_engine engine;
    uint64_t seed;
    uint32_t n_members;
    bool unknowns; /* doors that may shut after as_known (shuts_a_day), and shares that nobody knows
                      (exodus_route.spread), differ between members */
};

/* The worlds that are played: the doors as they were, then those of the what-ifs.  All members share their
 * parameters, their chance and the doors that shut later over the worlds. */
struct exodus_worlds {
    uint32_t n;
    const struct exodus_gates *gates; /* [n] */
};

/* Of one run, from the order to its last day. */
struct exodus_tally {
    double entries[EXODUS_DOORS_MOST][EXODUS_KINDS], refused[EXODUS_DOORS_MOST][EXODUS_KINDS],
        gave_up[EXODUS_DOORS_MOST][EXODUS_KINDS], exits[EXODUS_DOORS_MOST][EXODUS_KINDS];
    double onward[EXODUS_DOORS_MOST];
    /* flight alone, by class */
    double set_out[EXODUS_CLASSES_MOST], admitted[EXODUS_CLASSES_MOST],
        turned_away[EXODUS_CLASSES_MOST], /* refused, deterred: times, not persons */
        stopped[EXODUS_CLASSES_MOST], waiting[EXODUS_CLASSES_MOST], pool[EXODUS_CLASSES_MOST],
        stranded[EXODUS_CLASSES_MOST]; /* the last three on the last day */
};

struct exodus_replay {
    uint32_t n_members, n_worlds, n_days;
    struct exodus_tally *tallies; /* [world * n_members + member] */
    double *rows;     /* [row * n_members + member] of the first world; NaN: cannot be answered */
    const char **why; /* [row] NULL: answered */
    double *stranded; /* [(world * n_members + member) * n_days + day] over classes */
    double *class_stranded; /* [(member * n_classes + class) * n_days + day] of the first world */
};

/* draws[n_draws * n_params]: member m takes the draw (2 m + 1) n_draws / (2 n_members), and a seed of its own
 * from (seed, m).  Same bytes for any number of threads; the watch hears of members.  E_EXODUS_FIT for no
 * draws, E_CANCELLED, E_CEILING, E_MEMORY.  O(worlds * members) runs. */
int exodus_replay_run(struct arena *arena, const struct exodus_model *model,
                      const struct exodus_worlds *worlds, const double *draws, uint32_t n_draws,
                      const struct exodus_row *rows, size_t n_rows,
                      const struct exodus_replay_options *options, struct pool *pool,
                      const struct watch *watch, struct exodus_replay *out, struct ajar_err *err);

struct exodus_spread {
    double mean, p5, p10, p50, p90, p95;
};

/* Of values[n], which are put in order.  n 0: all NaN. */
struct exodus_spread exodus_spread_of(double *values, uint32_t n);

#endif
