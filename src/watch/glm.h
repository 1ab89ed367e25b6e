/* Counts of a year or more: Farrington's flexible algorithm for weeks, its kin for days. */
#ifndef WATCH_GLM_H
#define WATCH_GLM_H

#include "detector.h"
#include "nbfit.h"

/* The classic forms are those of Noufaily et al. 2013, "An improved algorithm for outbreak detection in
 * multiple surveillance systems", as R surveillance's farringtonFlexible works them out for series
 * without dates (a year is 52 weeks).  Where that program and its manual differ (docs/watch.md), it is followed.
 * CALIBRATED keeps the reference weeks, the weighing down and the noise threshold, and takes the season from
 * harmonics and the bound from a predictive distribution (season_fit below). */
enum farrington_threshold {
    FARRINGTON_DELTA,     /* normal on the 2/3 power scale */
    FARRINGTON_NBPLUGIN,  /* quantile of a negative binomial at the estimated mean */
    FARRINGTON_MUAN,      /* the same at the upper limit of the mean */
    FARRINGTON_CALIBRATED /* keeps its rate; trend_p and periods do not matter to it */
};
struct farrington_options {
    int years_back;  /* b >= 1: at most; fewer are used when the series is shorter */
    int half_window; /* w: weeks, 0 .. 24 */
    int periods;     /* noPeriods: levels of the seasonal factor, 1 .. 30 and at most 52 - 2w */
    int skip_weeks;  /* pastWeeksNotIncluded; CALIBRATED: see season_fit */
    bool trend;      /* try a trend */
    double trend_p;  /* keep the trend when its p is below this; 1: always */
    bool reweight;
    double weights_threshold; /* Anscombe residuals above it are weighed by s^-2 */
    enum farrington_threshold threshold;
    int least_cases,
        least_weeks; /* noise threshold: at least 5 cases in the last 4 weeks, t included */
};
/* b 5, w 3, 10 periods, 26 weeks, trend at 0.05, weights at 2.58, calibrated, 5 cases in 4 weeks. */
struct farrington_options farrington_default(void);

/* One week.  rate: one-sided.  Classic forms: statistic is the exceedance score (y - expected) / (U - expected),
 * p that of the same distribution as U, bound U (DELTA) or U + 1 (a count above the quantile U); a count
 * rings above U.  With fewer cases than the noise threshold a week is quiet, whatever p.
 * E_WATCH_OPTION, E_MEMORY, E_CEILING; a fit that does not converge is WATCH_CANNOT.  About 0.1 ms;
 * nothing stays in the arena. */
int farrington_at(struct arena *arena, const struct watch_grid *grid, size_t t,
                  const struct farrington_options *options, double rate, struct watch_verdict *out,
                  struct ajar_err *err);

/* Daily counts of a year or more: log mu = level of the weekday + trend + two yearly harmonics, variance
 * mu + mu^2 / size (nbfit.h says how it is fitted, weighed down and asked).  The baseline is the latest
 * 1,096 days with a count, not frozen; the last 26 weeks are left out when two years are there.  A trend that would lead to
 * twice or half of all that was ever fitted, or whose reach is not known within a factor e, is dropped,
 * then harmonics in the same way.
 *
 * p is calibrated: the count's normal score in the predicted distribution, with the uncertainty of the
 * mean and half of the probability of the count itself, is taken for a t (statistic, df).  df is rows
 * less columns, fewer for heavy tails, more where the counts hardly vary more than Poisson's. */
struct season_model {
    size_t t; /* the period that it was made for; good for the periods after it too */
    struct nbfit fit;
    uint8_t group[7];  /* by weekday (weeks: [0]): of the fit; UINT8_MAX: zeros or nothing */
    size_t counted[7]; /* periods of the baseline by weekday */
    bool trend;        /* it has one */
    size_t harmonics;
    date_days base_from, base_to;
    size_t base_n;
    const char *why_not; /* static; NULL: there is a model */
};

/* From y[0 .. t-1].  E_MEMORY, E_CEILING.  About 0.4 ms for three years of days; nothing stays in the arena. */
int season_fit(struct arena *arena, const struct watch_grid *grid, size_t t,
               struct season_model *out, struct ajar_err *err);

/* One period from a model made for it or for an earlier one: a series may be fitted once a week.  About 2 us. */
void season_verdict(const struct season_model *model, const struct watch_grid *grid, size_t t,
                    enum watch_detector detector, double rate, struct watch_verdict *out);

#endif
