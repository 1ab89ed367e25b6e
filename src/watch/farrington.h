/* The classic fit of Farrington's flexible algorithm: reference weeks, model, trend rule.
 *
 * Where R surveillance 1.20.3 does otherwise than its manual or the papers say, and is followed here:
 * - With reweighting, the dispersion behind standard errors is sum of prior weight ((y - mu) / mu)^2 over df,
 *   about phi / mu: they are too small by about sqrt(mu).  So nearly every trend passes its test, and
 *   the bound (delta, muan) hardly knows of the error of the mean.  phi itself is right.
 * - A trend also needs b >= 3 and an expectation not above the largest reference count.
 * - Whether the second, reweighted fit converged is not asked.
 * Not followed: with nbPlugin and muan, R's exceedance score takes the logarithm of the mean for the mean. */
#ifndef WATCH_FARRINGTON_H
#define WATCH_FARRINGTON_H

#include "glm.h"

/* What the final model says of week t. */
struct farrington_fit {
    double eta, se; /* linear predictor and its standard error as R reports it */
    double phi;     /* dispersion, at least 1 */
    bool trend;
    size_t from, to, n; /* reference weeks from .. to-1; n with a count */
    const char *why_not;
};

/* years: those that fit before t.  E_MEMORY, E_CEILING. */
int farrington_fit_make(struct arena *arena, const struct watch_grid *grid, size_t t,
                        const struct farrington_options *options, size_t years,
                        struct farrington_fit *out, struct ajar_err *err);

#endif
