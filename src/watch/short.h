/* Detectors for little history: two totals, the same-weekday log ratio, the predictive t. */
#ifndef WATCH_SHORT_H
#define WATCH_SHORT_H

#include "detector.h"

/* Two isolated totals over equally long periods, earlier y1, later y2, noise = sd of the log of one
 * total beyond counting: z = ln(y2/y1) / sqrt(1/y1 + 1/y2 + 2 noise^2), p one-sided normal.  NaN unless
 * both are above 0 and finite and noise >= 0. */
double short_totals_z(double y1, double y2, double noise);
/* The largest noise at which those totals still ring at one-sided p < rate; NaN when they do not ring even at
 * noise 0. */
double short_totals_noise(double y1, double y2, double rate);

/* WATCH_TOTALS for period t: against the latest earlier period of the same weekday (daily, up to 28 days
 * back) or the latest earlier one (weekly, up to 4 back).  An earlier 0 is WATCH_CANNOT. */
void short_totals_at(const struct watch_grid *grid, size_t t, double noise, double rate,
                     struct watch_verdict *out);

/* Classic: d = ln(y_t / y_{t-7}) (weekly: y_{t-1}), sigma = max(1.4826 MAD(d of the periods before), 0.03),
 * rings when d_t / sigma > the normal quantile of the rate.  MAD is about the median; the latest
 * SHORT_RATIOS ratios are used.  Needs 4 earlier ratios.  No freeze; zeros give no ratio. */
#define SHORT_RATIOS 56
void short_ratio_at(const struct watch_grid *grid, size_t t, double rate,
                    struct watch_verdict *out);

/* The predictive t on the plain mean of n >= 2 values: t = (next - mean) / (sd sqrt(1 + 1/n)), n - 1 degrees
 * of freedom, on the scale of the values themselves.  The uncalibrated cousin of short_t_at: it alarms 2
 * to 4 times too often for overdispersed counts.  sd 0 or n < 2: NaN. */
struct short_t {
    double mean, sd, t, df, p; /* sd with n - 1; p one-sided */
};
struct short_t short_t_raw(size_t n, const double *values, double next);

/* Predictive t (predict.h) on the plain level of the latest `most` (<= 56) counted, unfrozen periods before t,
 * at least 4.  Daily: the baseline must hold the weekday of t, as nobody can tell a weekend from a surge
 * who has not seen one; `most` 7 keeps the weekdays in balance, so that a weekly pattern makes it quieter
 * but not louder.  Weekly: the week before t is left out (guard 1). */
#define SHORT_T_DAYS  7
#define SHORT_T_WEEKS 13
void short_t_at(const struct watch_grid *grid, size_t t, size_t most, double rate,
                struct watch_verdict *out);

#endif
