/* EARS C1, C2, C3 as printed, and the calibrated C2 on weekday-adjusted counts. */
#ifndef WATCH_EARS_H
#define WATCH_EARS_H

#include "detector.h"

#define EARS_BASELINE 7 /* periods, as printed */

/* The classic rules (Hutwagner et al. 2003).  Baselines of the 7 periods t-7..t-1 (C1) or t-9..t-3
 * (C2), or of `baseline` >= 2 periods that end there; sd with n - 1; rings when (y - mean) / sd > z(rate).
 * C3 = sum over i = t-2..t of max(0, C2_i - 1), rings above 1.96 whatever the rate (the manual's form;
 * R's earsC leaves the current C2 out and puts lags t-1 and t-2 against its quantile).  sd 0: a count
 * above the mean has C INFINITY.  No freeze, no missing periods: a gap in the baseline is WATCH_CANNOT. */
void ears_classic_at(const struct watch_grid *grid, size_t t, enum watch_detector which,
                     size_t baseline, double rate, struct watch_verdict *out);

/* Calibrated C2: the predictive t (predict.h) on the latest 8 weeks (56 counted, unfrozen days) up to
 * t - 3, a level for each weekday that has counts, guard 2 as in C2.  Weekly: one level, the latest 13
 * weeks, guard 1.  Needs the weekday of t in the baseline, and one pair of the same weekday. */
void ears_weekday_at(const struct watch_grid *grid, size_t t, double rate,
                     struct watch_verdict *out);

#endif
