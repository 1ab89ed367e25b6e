/* How many will be counted in each camp 7, 30 and 90 days from now, from what is known now?
 *
 * A count goes on from its last report by a trend that more than one clock agrees on: its own rise of late,
 * its own rise over a season, the rise of the total series; of those that point the same way the smallest,
 * else none (the limiter "minmod" of Roe 1986).  The trend fades with a memory of some weeks and moves a
 * count by no more than FORECAST_MOVE_MOST.  Nothing of it needs the total of the day to come.  Intervals are
 * quantiles of errors in other conflicts, in units of what is known of the register. */
#ifndef FLOW_FORECAST_H
#define FLOW_FORECAST_H

#include "registers.h"

enum { FORECAST_WEEK, FORECAST_MONTH, FORECAST_SEASON, FORECAST_HORIZONS };

/* The nominal lead of a horizon, and the leads whose reports it is scored on, [from, to). */
struct forecast_horizon {
    int32_t days, from, to;
};
extern const struct forecast_horizon forecast_horizons[FORECAST_HORIZONS];

/* Rises a day, in people; those of the camps' sum and of the total series in proportion to the last count
 * of the register. */
enum forecast_rise {
    RISE_OWN14,
    RISE_OWN30,
    RISE_OWN90,
    RISE_LAST, /* between the last two reports */
    RISE_CAMPS30,
    RISE_CAMPS90,
    RISE_TOTAL30,
    RISE_TOTAL90,
    RISE_AGE, /* the last count over the days since the start plus 30 */
    FORECAST_RISES
};

/* A trend: weight times the agreement of up to three rises; up to two trends are added. */
struct forecast_trend {
    uint8_t n;
    uint8_t rises[3]; /* enum forecast_rise */
    double weight;
};
struct forecast_rule {
    uint8_t n_trends; /* 0: the last count stays */
    struct forecast_trend trends[2];
    double memory; /* days, > 0 */
};

/* An interval of 80 %: value + low * unit .. value + high * unit, not below 0, with
 * unit = last count + of_sum * known sum of all camps + of_move * (|own rise of 30 days| * lead). */
struct forecast_band {
    double of_sum, of_move;
    double low, high;
};
struct forecast_model {
    struct forecast_rule rules[FORECAST_HORIZONS];
    struct forecast_band bands[FORECAST_HORIZONS];
    struct forecast_band plain[FORECAST_HORIZONS]; /* of the last count: what bands must beat */
};

#define FORECAST_MOVE_MOST 0.35

/* What is known of one register on a day. */
struct forecast_state {
    uint32_t camp, part;
    int32_t last_day; /* of the last report */
    double last;      /* its count */
    double sum;       /* last counts of all registers of camps */
    double rises[FORECAST_RISES];
};

struct forecast_value {
    double value, low, high;
};

/* The states of all registers on day `today` (from the start) from what was known then: registers of
 * flow_known's world, corrected.  *n are made.  E_CEILING, E_MEMORY.  O(registers^2). */
int forecast_states(struct arena *arena, const struct flow_registers *known, int32_t today,
                    struct forecast_state **out, size_t *n, struct ajar_err *err);

/* The count on a later day; a rule alone, without interval. */
double forecast_count(const struct forecast_rule *rule, const struct forecast_state *state,
                      int32_t day);

/* What an interval is measured in; at least 1. */
double forecast_unit(const struct forecast_band *band, const struct forecast_state *state,
                     int32_t day);

/* The same with its interval, by the rule of the horizon that the lead is nearest to.  day > today. */
struct forecast_value forecast_day(const struct forecast_model *model,
                                   const struct forecast_state *state, int32_t today, int32_t day);

/* The model fitted on all shared conflicts but the one of that title; on all eight for any other title.
 * How it was fitted stands in forecast_fits.c. */
const struct forecast_model *forecast_fitted(struct text title);

#endif
