/* The exodus of a scenario, played: the forecast, what was counted beside it, what a changed door does. */
#ifndef DESK_EXODUS_CHAIN_H
#define DESK_EXODUS_CHAIN_H

#include "exodus_effect.h"
#include "exodus_load.h"
#include "exodus_observed.h"
#include "kept.h"
#include "pool.h"

#define EXODUS_CHAIN_MEMBERS 200

struct exodus_chain_options {
    enum exodus_engine engine; /* EXODUS_BY_NUMBERS */
    uint64_t seed;
    uint32_t n_members;
    bool what_ifs;     /* play them too */
    struct kept *kept; /* what an earlier run has left; NULL: everything is computed */
};

/* The forecast's rows: for each route of the doors (exodus_route, but those of which nothing is in arrivals.csv) and
 * each measure, a row a day from model->shown on; by country, route, measure, day. */
struct exodus_forecast {
    size_t n;
    struct exodus_row *rows;       /* [n] value NaN */
    struct exodus_spread *spreads; /* [n] */
    bool *scored; /* [n] some row of the place and measure was fitted; false: on priors alone */
};

/* exodus/rolling.csv, which calibrate writes: forecasts from earlier origins. */
#define EXODUS_ROLLING_FILE "exodus/rolling.csv"
#define EXODUS_ROLLING_MOST 16

/* Persons in a country on the last day who came with the flight and stayed, for AID. */
struct exodus_stock {
    struct text country;
    struct exodus_spread flight; /* entries less exits less onward moves, since the order */
    bool scored;                 /* some row of the country was fitted */
};

struct exodus_chain {
    bool stands; /* the scenario has an exodus, fitted; else all that follows is empty */
    const struct exodus_input *input;
    struct exodus_chain_options options;
    uint32_t n_members, n_worlds; /* played: the doors as they are, then the what-ifs */
    struct exodus_replay replay;  /* all zero where its figures were kept from an earlier run */
    struct exodus_forecast forecast;
    size_t n_observed, n_counted,
        n_inside;                     /* counted, inside: of rows that end on or before as_known */
    struct exodus_observed *observed; /* of the posterior */
    struct exodus_observed *prior;    /* [n_observed] the same rows by draws of the prior */
    size_t n_prior_inside;            /* of n_counted */
    struct exodus_learned *params;    /* [n_params] r_hat, n_effective NaN: calibrate says those */
    size_t n_rolling;
    struct exodus_rolling *rolling;
    size_t n_effects;
    struct exodus_effect *effects; /* of the what-ifs; in order */
    size_t n_spans;
    struct exodus_span *spans; /* the doors as they are, from model->shown on */
    size_t n_stocks;
    struct exodus_stock *stocks; /* by country */
    /* stranded by day over classes, [world * n_days + day] */
    struct exodus_spread *stranded;
    /* per class and day of the first world: [class * n_days + day] */
    struct exodus_spread *class_stranded;
};

/* Plays the draws of exodus/posterior.csv.  stands false when the scenario has no exodus, or no doors.
 * E_EXODUS_FIT when it has one that was never fitted.  Same bytes for any number of threads.  All in the
 * arena.  Errors of exodus_load and exodus_replay_run. */
int exodus_chain_run(struct arena *arena, const struct scenario *scenario,
                     const struct doors_folder *folder, const struct exodus_chain_options *options,
                     struct pool *pool, const struct watch *watch, struct faults *faults,
                     struct exodus_chain *out, struct ajar_err *err);

/* The same of an input that was read already (exodus_load, exodus_pick), which must outlive *out. */
int exodus_chain_play(struct arena *arena, const struct exodus_input *input,
                      const struct exodus_chain_options *options, struct pool *pool,
                      const struct watch *watch, struct faults *faults, struct exodus_chain *out,
                      struct ajar_err *err);

struct exodus_chain_file {
    const char *name;
    struct text bytes;
};

/* flow_forecast.csv, flow_observed.csv, flow_parameters.csv, flow_rolling.csv, flow_what_if.csv,
 * flow_stranded.csv, flow_stocks.csv, flow_doors.csv. */
int exodus_chain_files(struct arena *arena, const struct exodus_chain *chain,
                       struct exodus_chain_file **out, size_t *n, struct ajar_err *err);

/* A number of people as sentences tell it: to thousands from 10,000 on, to hundreds from 1,000 on, else to tens. */
double exodus_rounded(double people);

/* The sentences of a what-if, in plain words, for the report and the terminal: who goes where instead, who is
 * refused, who is stranded, what of it rests on priors alone.  (*out)[*n] in the arena. */
int exodus_chain_say(struct arena *arena, const struct exodus_chain *chain,
                     const struct exodus_effect *effect, struct text **out, size_t *n,
                     struct ajar_err *err);

#endif
