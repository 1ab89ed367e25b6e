/* When did it start: Bayesian online change point detection. */
#ifndef WATCH_CHANGE_H
#define WATCH_CHANGE_H

#include "detector.h"

struct change_options {
    double hazard; /* 1/60 */
    double prune;  /* run lengths below this probability are dropped: 1e-6; 0: none */
    double mean0, kappa0, alpha0,
        beta0; /* normal-inverse-gamma prior on log(y + 1/2); NaN mean0: the
                                            first value */
};

/* Hazard 1/60, prune 1e-6, and a prior that suits log counts of any level: mean0 the first value;
 * alpha0 = 1, beta0 = 0.005: the noise (sd of the log) of a run has the median 8.5 %, and with 2 degrees of
 * freedom may well be a third or three times that; kappa0 = 0.05: the level of a new run lies about
 * 4.5 times its noise from the first value, at the median noise a factor 1.46 up or down. */
struct change_options change_default(void);

struct change_point {
    double p_recent;   /* P(a change within the last 7 periods, this one included) */
    double run_length; /* modal run length, periods of the grid, missing ones included */
    date_days since;   /* first day of the modal run */
};

/* Adams and MacKay 2007 ("Bayesian online changepoint detection"), on x = log(y + 1/2), with the Student-t
 * predictive of a normal with unknown mean and variance (Murphy 2007, equation 110).  A run is named by
 * the period with which it begins, which is part of it; the first run begins with the first count
 * and is no change.  Before each later count the run ends with probability `hazard`.  Missing periods
 * carry the posterior on: no run begins there, and runs grow older.  out[i] uses y[0 .. i]; before the
 * first count it is NaN, NaN, DATE_NONE.  The modal run is the earliest of equals.
 *
 * A dropped run cannot come back: on series that jump every week p_recent at prune 1e-6 is off by at most 0.04
 * and by 1e-4 on average.
 *
 * E_WATCH_OPTION: hazard outside (0, 1), prune outside [0, 1e-2], kappa0, alpha0 or beta0 not positive,
 * infinite mean0, a negative or infinite count.  Scratch in the arena: 48 bytes a period.
 * O(n * run lengths kept), about 70 ns each; 45 us a period over a series of 1,000. */
int change_series(struct arena *arena, const struct watch_grid *grid,
                  const struct change_options *options, struct change_point *out /* [grid->n] */,
                  struct ajar_err *err);

#endif
