/* The predictive t: is one value higher than a few earlier ones let one expect? */
#ifndef WATCH_PREDICT_H
#define WATCH_PREDICT_H

#include "detector.h"

#define PREDICT_MOST  56   /* periods in a baseline */
#define PREDICT_DRIFT 0.01 /* a week: sd of the trend that is expected, as a share of the level */

struct predict_plan {
    size_t least, most; /* periods in the baseline; most <= PREDICT_MOST */
    size_t guard;       /* latest periods before t that are left out */
    bool weekdays;      /* a level for each weekday; else one level */
    bool same_weekday;  /* the baseline must hold the weekday of t */
};

/* x = sqrt(y + 3/8) (Anscombe 1948) of the latest counted, unfrozen periods before t - guard is fitted by
 * a level, or one for each weekday that has counts, and a common trend with a normal prior of sd PREDICT_DRIFT
 * (ridge): where the series' own noise hides a trend of that size the fit stays flat and costs no degree
 * of freedom.  t = (x_t - fit) / (s sqrt(1 + leverage)), df = n - levels - the share of the trend that the
 * data decide (Hastie, Tibshirani and Friedman 2009, eq. 3.50).
 *
 * p is the tail of t, corrected for the skewness that a count keeps on this scale, to first order (Cornish
 * and Fisher 1938): z of that tail is w + g (w^2 - 1) / 6, p the normal tail of w.  For a negative binomial
 * count of mean m and variance phi m, g = (phi / 2 - 1) / sqrt(phi m); phi is 4 s^2, at least 1; a
 * negative g counts a third (docs/watch.md has the measurements behind).
 *
 * `expected` is the fit on the scale of counts, with the variance of x put back in, so that without
 * trend it is the mean of the counts.
 *
 * Floor of s: counts are whole and people come one by one.  s is at least the rounding of one person,
 * 1 / sqrt(12) on the scale of counts, and at least the value below which a Poisson series, the
 * quietest that counts of people can be, falls with probability rate / 10 (Wilson and Hilferty 1931).
 * So the floor costs a Poisson series about a tenth of its alarms at most, and a constant series rings
 * for a jump, not for one person more. */
void predict_at(const struct watch_grid *grid, size_t t, const struct predict_plan *plan,
                double rate, enum watch_detector detector, struct watch_verdict *out);

/* A verdict that says why there is none.  why_not: static text. */
void predict_cannot(const struct watch_grid *grid, size_t t, enum watch_detector detector,
                    double rate, const char *why_not, struct watch_verdict *out);

/* First and last day of a period. */
date_days predict_first_day(const struct watch_grid *grid, size_t i);
date_days predict_last_day(const struct watch_grid *grid, size_t i);

/* A count is there and may stand in a baseline. */
bool predict_usable(const struct watch_grid *grid, size_t i);

#endif
