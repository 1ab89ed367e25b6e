/* What every detector takes and gives.
 *
 * A detector asks of one period of a series: is this count higher than what came before lets one
 * expect, and how often would it say so while nothing has changed?  It sees counts on a regular grid of
 * days or weeks and nothing later than the period asked about.  Detectors are pure: the same input
 * gives the same bytes, on any machine and at any number of threads.
 *
 * Two families.  The classic rules stand as they were printed, with their normal quantiles; they are
 * there to be compared with (they alarm 3 to 30 times too often on short baselines).  The calibrated
 * ones give a p that holds for small samples: the predictive t on the square-root scale
 * x = sqrt(y + 3/8) (Anscombe 1948), which keeps its nominal rate within a factor 1.5 for Poisson and
 * overdispersed counts of mean 3 and more, or a threshold found by simulation. */
#ifndef WATCH_DETECTOR_H
#define WATCH_DETECTOR_H

#include "arena.h"
#include "date.h"

/* Counts on a regular grid, oldest first.  Nothing is owned. */
struct watch_grid {
    size_t n;
    date_days first; /* first day of period 0 */
    int step_days;   /* 1 or 7; period i covers first + i * step_days and the days that follow */
    const double *y; /* [n] counts >= 0; NaN: missing */
    const uint8_t
        *frozen; /* [n] 1: never part of a baseline (it rang, or a user said so); NULL: none */
};

enum watch_detector {
    WATCH_AUTO,   /* by length of history; see watch_tier in detect.h */
    WATCH_TOTALS, /* two totals, z with a stated noise */
    WATCH_RATIO,  /* classic same-weekday log ratio over its MAD */
    WATCH_C1,     /* classic EARS */
    WATCH_C2,
    WATCH_C3,
    WATCH_T,       /* predictive t on the plain mean of a few periods: short history */
    WATCH_WEEKDAY, /* calibrated C2 on weekday-adjusted counts: predictive t with guard and freeze */
    WATCH_SEASON,  /* daily counts of a year or more: quasi-Poisson GLM */
    WATCH_FARRINGTON, /* Farrington flexible: weekly counts of a year or more */
    WATCH_CUSUM,      /* negative-binomial CUSUM, threshold by simulation */
    WATCH_CHANGE,     /* Bayesian online change point */
    WATCH_DETECTORS
};

enum watch_state {
    WATCH_QUIET,
    WATCH_RINGS,
    WATCH_CANNOT, /* too little history, or the count itself is missing: no verdict */
};

/* A verdict on one period.  What a detector does not know is NaN or DATE_NONE. */
struct watch_verdict {
    enum watch_detector detector; /* the one that spoke, never WATCH_AUTO */
    enum watch_state state;
    const char
        *why_not;     /* of WATCH_CANNOT: a static clause, "fewer than 4 earlier days"; else NULL */
    double statistic; /* z, t, C, S or probability, as the detector defines it */
    double df;        /* degrees of freedom of t; INFINITY: normal; NaN: the statistic has none */
    double p;    /* P(a count as high or higher | nothing changed); NaN: not defined (CUSUM: its
                            rate stands in `rate`) */
    double rate; /* p rings below this; for the CUSUM 1 / in-control run length in periods */
    double count, expected;       /* the period's count; what the baseline lets one expect */
    double bound;                 /* the count from which on it rings */
    double noise;                 /* sd of the baseline about its fit, as a share of `expected` */
    date_days base_from, base_to; /* first and last day of the baseline used */
    size_t base_n;                /* periods in it */
    date_days since; /* CUSUM and change point: first day of the shift; else DATE_NONE */
};

#endif
