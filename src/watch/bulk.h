/* Many long daily series at once: calibrated C2 and CUSUM with freeze, in one pass over the counts.
 *
 * C2, calibrated: x = sqrt(y + 3/8) rounded to 1/1024; the baseline is the 7 latest counted days that were not
 * left out, at least 3 days ago (2 days of guard); with their mean and standard deviation s (n - 1)
 *     t = (x - mean) / (max(s, sqrt(BULK_FLOOR)) sqrt(1 + 1/7))
 * rings above the t quantile with 6 degrees of freedom.  The floor keeps seven equal days, or seven days
 * of zeros, from ringing at the next small change.  The first verdict falls 3 days after the seventh count.
 *
 * Freeze: a day on which C2 rings stays out of the baseline, until WATCH_FREEZE_MOST (detect.h) counted days in
 * a row have rung: the latest 7 of them, guard apart, are then the baseline.  A missing day rings never,
 * enters no baseline, leaves S as it is and does not end a row of days.
 *
 * CUSUM: S = max(0, S + y ln K - (y + r) ln((r + K mu) / (r + mu))), rings above h and restarts at 0.  Mean mu
 * and size r of a series are those of its first train_days counts, by moments, and stay (mu at least
 * 1/16); h is cusum_table_threshold's with train_days - 1 degrees of freedom.  It judges from the day
 * after those counts.  An error of mu stays with a series, so that short training rings too often: 1.0 to
 * 1.1 times the stated rate after 365 days, up to 1.5 after 112, 2 after 56, 2.8 after 28 (bench/watch.c).
 * There is no weekday pattern in it: that only widens r.
 *
 * A day's verdict depends on the days up to it alone.
 *
 * Layout: day-major, y[day * stride + series], doubles, NaN missing; series in lanes, so that a vector
 * unit works on several at a time.  Per lane arithmetic is in a fixed order: code paths for different
 * instruction sets, and any number of threads, give the same bytes. */
#ifndef WATCH_BULK_H
#define WATCH_BULK_H

#include "cusum.h"
#include "pool.h"

#define BULK_FLOOR 0.03125 /* an eighth of the variance of x for Poisson counts */
#define BULK_MOST  1e9     /* largest count of a day */
enum { BULK_TRAIN_LEAST = 28 };
enum { BULK_C2_RINGS = 1, BULK_CUSUM_RINGS = 2 }; /* bits of a flag */

struct bulk_options {
    double rate_c2; /* one-sided p of C2: 1e-9 .. 0.4 */
    double k;       /* of the CUSUM, above 1 and at most 100; NaN: cusum_shift's for each series */
    size_t train_days; /* CUSUM's mean and size come from the first train_days counts (>= 28) */
    double run_length; /* of the CUSUM, days in control: 2 .. 1e6 */
    uint64_t seed;
    bool freeze;
    /* NULL, or thresholds that several scans with this k, run_length and seed share, one after the other: what is found
     * is kept there and changes no answer */
    struct cusum_table *thresholds;
};

struct bulk_summary {                   /* [n_series] each */
    uint32_t *c2_alarms, *cusum_alarms; /* days that rang; CUSUM restarts at 0 after it rang */
    int32_t *c2_first, *cusum_first, *c2_last, *cusum_last; /* day numbers; -1: none */
};

/* Summary in the arena; flags: [n_days * stride] bytes, BULK_C2_RINGS and BULK_CUSUM_RINGS; NULL: only the summary.  Bytes of a
 * row behind n_series are left as they are.  pool NULL: in the caller.  E_WATCH_OPTION for options out of
 * range or thresholds of others, a stride below n_series, more than 2^31 days, a count that is negative or above BULK_MOST (flags
 * then hold nothing of use); E_MEMORY, E_CEILING, E_CANCELLED.  Memory: about 100 bytes a series, 42 kB of stack a
 * thread.  Time: thresholds are found at the nodes of a grid, a few milliseconds each and some hundred at
 * most, however many series; the rest is about 1 ns a count. */
int bulk_scan(struct arena *arena, size_t n_series, size_t n_days, size_t stride, const double *y,
              const struct bulk_options *options, struct pool *pool, const struct watch *watch,
              struct bulk_summary *out, uint8_t *flags, struct ajar_err *err);

/* The same for one series, y[day * stride], written for the reader: the oracle of the tests. */
int bulk_scan_one(struct arena *arena, size_t n_days, const double *y, size_t stride,
                  const struct bulk_options *options, uint8_t *flags /* [n_days] */,
                  struct ajar_err *err);

#endif
