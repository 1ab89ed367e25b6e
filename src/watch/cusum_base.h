/* What a period's count is expected to be, for the CUSUM: a level for each weekday and one trend. */
#ifndef WATCH_CUSUM_BASE_H
#define WATCH_CUSUM_BASE_H

#include "detector.h"

enum {
    CUSUM_BASE_DAYS = 112, /* latest counted, unfrozen days in the baseline; at least 56 */
    CUSUM_BASE_DAYS_LEAST = 56,
    CUSUM_BASE_WEEKS = 52, /* the same for weeks */
    CUSUM_BASE_WEEKS_LEAST = 26,
    CUSUM_BASE_SAME = 3, /* least counts of the weekday asked about */
};

struct cusum_base {
    const char *why_not; /* static; NULL: the rest is filled */
    double mu;           /* expected count of the period asked about */
    double level;        /* the same, averaged over weekdays */
    double excess;       /* 1 / r; below 0 where the counts are quieter than Poisson's */
    double error; /* variance of `level` about the truth, as a share of the variance of a count */
    double df;    /* of r: periods less levels and trend */
    double slope; /* of ln mu a period; the start of the next fit */
    size_t n;     /* periods in the baseline; its first and last */
    size_t from, to;
};

/* Quasi-Poisson fit with log link of the latest counted, unfrozen periods before t, no further back than
 * twice their most: ln mu = level of the weekday + slope * (i - t).  Given the slope the levels are ratios of
 * sums, so Newton's method runs on the slope alone, from last->slope.  The slope has a normal prior with sd
 * 2.5 % a week: a short or noisy baseline cannot tell a trend from a shift.  Levels hold half a count of
 * the common level, so that a weekday of zeros expects a little.  r by the method of moments on residuals
 * with n - columns degrees of freedom (McCullagh and Nelder 1989, 4.5 and 9.2).  `last`: the fit of the
 * period before; zeroed at first.  O(periods), about 1 us. */
void cusum_base_at(const struct watch_grid *grid, size_t t, const struct cusum_base *last,
                   struct cusum_base *out);

#endif
