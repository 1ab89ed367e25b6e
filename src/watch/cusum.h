/* Sustained shifts: the negative-binomial likelihood-ratio CUSUM, and when it began. */
#ifndef WATCH_CUSUM_H
#define WATCH_CUSUM_H

#include "detector.h"

#define CUSUM_K 1.2 /* the shift it is tuned for: times the in-control mean; see cusum_shift */

/* One step of S = max(0, S + y ln K - (y + r) ln((r + K mu) / (r + mu))); r INFINITY is Poisson:
 * S + y ln K - (K - 1) mu. */
double cusum_step(double s, double y, double mu, double r, double k);

/* Size r of a negative binomial by the method of moments, mean^2 / (variance - mean), INFINITY when the
 * counts are not overdispersed.  The variance has n - 1.  NaN for n < 2 or all zero. */
double cusum_size(size_t n, const double *y);

/* The K that suits a series: CUSUM_K, but a shift of no less than a half and no more than one
 * standard deviation of a count.  A smaller shift drowns in the error of the baseline; a larger one
 * than the noise would leave S at 0 for ever, and with it the stated rate of false alarms unused. */
double cusum_shift(double mu, double r);

/* The threshold h at which S, in control, first passes h after `run_length` periods on average (from S = 0;
 * average run length), found by simulation with Philox draws: relative error of the run length below 5 %
 * (sd about 2 %).  0 when S > 0 already comes less often than that; its run length is then longer.
 *
 * Siegmund (1985, Sequential Analysis, on CUSUM tests): the run length is the mean length of a cycle from 0
 * back to 0 over the probability that a cycle passes h, less the way back from there.  That probability
 * is simulated under the tilted law with which S climbs (for known mu and r the shifted law itself), and
 * weighed by exp(-theta S): a few thousand short paths serve every h at once.
 *
 * NaN unless mu in (0, 1e9], r >= 0.01, k in (1, 100] and k - 1 at least 0.02 sd of a count
 * (as a share of mu), run_length in [2, 1e6].  The same bytes for the
 * same arguments.  About 1 to 7 ms, 110 kB of stack. */
double cusum_threshold(double mu, double r, double k, double run_length, uint64_t seed);

/* As above for a variance that is itself estimated, with df degrees of freedom: the false alarms per
 * period, 1 / run length, are averaged over the variances that the estimate may come from (df / chi-square,
 * at five quantiles; never below the Poisson's).  df INFINITY: known; else >= 10, and the run length has an error
 * of sd about 4 %.  About 1 to 4 ms. */
double cusum_threshold_df(double mu, double r, double k, double df, double run_length,
                          uint64_t seed);

/* Thresholds at nodes of a grid, found when first asked for and kept: mu and dispersion = variance / mu = 1 +
 * mu / r at every octave, df at 16, 24, 32, 48, 64, 96 and known (rounded down).  Between nodes h is
 * interpolated linearly in the logarithms; below mu 1/16 and above 2^24 it is that of the end.  At dispersion 1
 * and below df does not count: a variance that may not fall below the Poisson's errs on the safe side
 * already.  What is kept changes no answer.  Not for several threads at once. */
struct cusum_table {
    double k; /* NaN: cusum_shift's */
    double run_length;
    uint64_t seed;
    size_t n, most;
    struct cusum_node *nodes; /* [most] */
};
/* most: nodes kept, 16 bytes each; further ones are found anew each time.  E_WATCH_OPTION for a run length or k
 * outside the range of cusum_threshold. */
int cusum_table_init(struct cusum_table *table, struct arena *arena, size_t most, double k,
                     double run_length, uint64_t seed, struct ajar_err *err);
double cusum_table_threshold(struct cusum_table *table, double mu, double dispersion, double df);

/* The CUSUM of one series, as it is fed: out[i] uses y[0 .. i].  Per period mu and r come from the
 * baseline of cusum_base.h: weekday pattern and slow trend of the latest 112 days or 52 weeks, frozen periods
 * left out.  After it rings S restarts at 0, and a count that rang enters later baselines as mu + 2 sd at
 * most: to leave such counts out would lower the baseline and let each false alarm bring on the next.
 *
 * The step takes the predictive law: r is lowered so that the variance holds the error of mu as well,
 * and mu is raised by error / r, what the curvature of the step in mu costs.  There is no guard band: each
 * count is predicted from all before it, so that the errors of successive periods are uncorrelated in
 * control (recursive residuals: Brown, Durbin and Evans 1975; self-starting CUSUM: Hawkins 1987) and the
 * threshold of known parameters stands; with a guard the shared error of the baseline would run through
 * each excursion.  What the estimate of the dispersion adds is in cusum_threshold_df.
 *
 * Verdict: statistic S after this count; bound the threshold h (S rings above it), in units of S, not a count;
 * rate = 1 / in-control run length; p and df NaN; one person after S = 0 alone does not ring; expected mu; noise the sd of a count about it as a share;
 * since the first day of the present excursion of S from 0, DATE_NONE while S is 0.  WATCH_CANNOT with
 * fewer than 56 days or 26 weeks of counted, unfrozen periods within reach (224 days, 104 weeks), with
 * fewer than 3 of its weekday, and where the count is missing (S is kept).  E_WATCH_OPTION for a rate
 * outside [1e-6, 1/2], a step other than 1 or 7, a negative or infinite count.
 *
 * About 1.5 us a period, and 20 to 70 ms for the thresholds of one series, which lie between 15 to 40 nodes;
 * with a table that many series share (most 2048; run length 1 / rate; k NaN) these are found once. */
int cusum_series(struct arena *arena, const struct watch_grid *grid, double rate, uint64_t seed,
                 struct watch_verdict *out /* [grid->n] */, struct ajar_err *err);
int cusum_series_with(struct arena *arena, struct cusum_table *table, const struct watch_grid *grid,
                      struct watch_verdict *out /* [grid->n] */, struct ajar_err *err);

#endif
