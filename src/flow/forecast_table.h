/* Forecasts beside what was reported later: errors, skill and coverage. */
#ifndef FLOW_FORECAST_TABLE_H
#define FLOW_FORECAST_TABLE_H

#include "forecast.h"

#define FORECAST_EVERY 30 /* days between origins; the first is day 30 */

/* A report to come, and what was known of its register at the origin. */
struct forecast_sample {
    int32_t origin, day;
    uint8_t horizon;
    double actual; /* the report at its own date */
    double
        actual_sum; /* on that day, between their reports, of all registers that were known at the
                          origin: for allocation alone */
    size_t set;     /* which origin's states: [first state, first state + n) */
    struct forecast_state state; /* last_day is the origin's when nothing was known */
};
struct forecast_set {
    size_t n;
    const struct forecast_state *states;
};
struct forecast_samples {
    size_t n, n_sets;
    struct forecast_sample *at;
    struct forecast_set *sets;
};

/* Every report of the period that falls into the leads of a horizon after an origin.  `corrected`: the
 * counts as corrected in the end instead of as reported.  Errors of flow_known.  O(origins * rows). */
int forecast_samples_make(struct arena *arena, const struct flow_world *world, int32_t lag,
                          bool corrected, struct forecast_samples *out, struct ajar_err *err);

struct forecast_error {
    size_t n;           /* reports */
    double error;       /* sum |forecast - report| / sum of reports */
    double persistence; /* the same of the last known count */
    double skill;       /* 1 - error / persistence; 0 when the latter is 0 */
};
struct forecast_error forecast_error(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule);

/* The same of the sum over all registers that were known at the origin, on the days of reports. */
struct forecast_error forecast_total(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule);

/* The same when the true total of the day is given and only its parts are not: shares of the rule's
 * forecasts beside shares of the last counts. */
struct forecast_error forecast_allocation(const struct forecast_samples *samples, int horizon,
                                          const struct forecast_rule *rule);

struct forecast_cover {
    size_t n, inside;
    double score; /* sum of interval scores at 80 % (Gneiting, Raftery 2007) / sum of reports */
};
struct forecast_cover forecast_cover(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule,
                                     const struct forecast_band *band);

#endif
