/* Many runs of one conflict: over seeds, and over parameters that nobody knows exactly. */
#ifndef FLOW_ENSEMBLE_H
#define FLOW_ENSEMBLE_H

#include "engine.h"

#define ENSEMBLE_MEMBERS_MOST 100000
#define ENSEMBLE_RANGES_MOST  16
#define ENSEMBLE_RUN_CEILING  ((size_t)1 << 32) /* bytes of one run */

/* A parameter that differs between members: uniform between low and high, on a logarithmic scale when
 * log (low > 0).  Of a whole number each value from low to high. */
struct ensemble_range {
    const struct flow_param *param; /* of flow_param_list, a number or whole number */
    double low, high;               /* low < high, inside the parameter's own range */
    bool log;
};

/* "max_move_speed=200..500", "camp_movechance=0.0001..0.01:log".  E_FLOW_RANGE says what is wrong and, of a
 * name, which one is near. */
int ensemble_range_parse(struct text word, struct ensemble_range *out, struct ajar_err *err);

/* E_FLOW_RANGE for ranges that the parser would not make, for more than ENSEMBLE_RANGES_MOST, and for a
 * parameter that stands twice. */
int ensemble_ranges_check(const struct ensemble_range *ranges, size_t n, struct ajar_err *err);

/* The value at the part u (0 to 1) of the way from low to high; never outside them. */
double ensemble_range_value(const struct ensemble_range *range, double u);

struct ensemble_options {
    enum flow_engine engine;
    uint64_t seed;
    uint32_t n_members;
    size_t n_ranges;
    const struct ensemble_range *ranges; /* [n_ranges]; none: members differ by seed alone */
    date_days as_known;                  /* of flow_known; DATE_NONE: all that there is */
    int32_t from, to;                    /* days */
    bool corrected; /* the summary is against reports as corrected later; else as they were given */
};

/* Member `m` alone: its seed and its parameters, which depend on (options->seed, m) and on nothing else, so
 * any rank may run it.  A parameter's draw does not depend on which others vary.  E_FLOW_RANGE. */
int ensemble_member(const struct flow_params *base, const struct ensemble_options *options,
                    uint32_t m, struct flow_params *params, uint64_t *seed, struct ajar_err *err);

/* Runs member m: people in the camps, camps[camp * n_days + day] in people (hasten undone), n_days = to -
 * from.  Only rows known on as_known are read (flow_known, no lag).  Scratch comes from and goes back to an
 * arena of its own below `ceiling` bytes; `camps` is untouched on failure.  Errors: E_FLOW_OPTION (members,
 * days), E_FLOW_RANGE, and what flow_known, flow_plan_make and flow_engine_run say. */
int ensemble_run_member(const struct flow_world *world, const struct flow_params *base,
                        const struct ensemble_options *options, uint32_t m, size_t ceiling,
                        const struct watch *watch, int64_t *camps, struct ajar_err *err);

/* All members: camps[(m * n_camps + camp) * n_days + day], by the arena.  Same bytes for any number of
 * threads.  Members run at the same time, each below ENSEMBLE_RUN_CEILING; the watch hears after each.  The
 * plan is made once and shared when no parameter varies.  Errors as for one member, of the lowest that
 * fails. */
int ensemble_run(struct arena *arena, const struct flow_world *world,
                 const struct flow_params *base, const struct ensemble_options *options,
                 struct pool *pool, const struct watch *watch, int64_t **camps,
                 struct ajar_err *err);

/* What the members say of each camp and day. */
enum {
    ENSEMBLE_P5,
    ENSEMBLE_P10,
    ENSEMBLE_P25,
    ENSEMBLE_P50,
    ENSEMBLE_P75,
    ENSEMBLE_P90,
    ENSEMBLE_P95,
    ENSEMBLE_QUANTILES
};
extern const double ensemble_levels[ENSEMBLE_QUANTILES];

struct ensemble_summary {
    size_t n_camps;
    int32_t n_days;
    uint32_t n_members;
    double *mean;                         /* [n_camps * n_days] */
    double *quantile[ENSEMBLE_QUANTILES]; /* [n_camps * n_days] each; type 7 of Hyndman and Fan */
    double *crps;     /* [n_camps] mean over days with a report, people; NaN: none */
    double *crps_one; /* [n_camps] the same of the members' median as a point: its absolute error */
    double *covered80; /* [n_camps] part of the reports inside p10 .. p90; NaN: none */
    size_t *n_reports; /* [n_camps] days with a report in the run */
};

/* Against reports at their own dates (registers.h), summed over the parts of a camp, only days on which
 * every part of the camp has a report; also those known after as_known: they are what is forecast.  CRPS after Gneiting and Raftery 2007, eq. 21, in the fair form of Ferro 2014 (members - 1); of
 * one member its absolute error.  Camps are those of the world, days those of the options.  E_FLOW_OPTION,
 * E_CEILING, E_MEMORY.  O(camps * days * members log members). */
int ensemble_summarise(struct arena *arena, const struct flow_world *world,
                       const struct ensemble_options *options, const int64_t *camps,
                       struct ensemble_summary *out, struct ajar_err *err);

/* Into ascending order; none may be NaN. */
void ensemble_sort(double *values, size_t n);

/* Of n > 0 values in ascending order: between the two around (n - 1) p. */
double ensemble_quantile(const double *sorted, size_t n, double p);

/* The fair CRPS of n > 0 values in ascending order. */
double ensemble_crps(const double *sorted, size_t n, double observed);

#endif
