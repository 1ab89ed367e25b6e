/* One series through its detectors: the tier by history, the freeze, episodes of alarm.
 *
 * Tiers, by counted, unfrozen periods before the one asked about (docs/watch.md gives the study behind):
 *   daily:  under 4: WATCH_TOTALS, if the same weekday a week before is there
 *           4 to 13: WATCH_T on the latest 7;  14 to 364: WATCH_WEEKDAY;  365 and more: WATCH_SEASON
 *   weekly: under 5: WATCH_TOTALS;  5 to 55: WATCH_T on the latest 13;  56 and more: WATCH_FARRINGTON
 *   from 56 days or 26 weeks on WATCH_CUSUM runs beside it, and the alarm rate is halved between them.
 *   Where the tier's detector cannot speak, the next one down is asked.
 *
 * Freeze: a period on which the tier's detector rings is left out of later baselines, so that a surge does
 * not hide itself.  When the next counted period is quiet, the ring stood alone and is most often a
 * false alarm: it comes back, cut to the bound that it passed, as leaving it out would make the baseline
 * too low and too quiet and the alarms up to twice too many.  Two and more in a row (a missing
 * period does not break it) stay out, until WATCH_FREEZE_MOST in a row have rung: then the level is the
 * new normal, and said so.  From there on the row is the history, what came before it is left out, and
 * the CUSUM starts anew with the row.  WATCH_TOTALS freezes nothing: its noise is stated, not seen. */
#ifndef WATCH_DETECT_H
#define WATCH_DETECT_H

#include "cusum.h"
#include "detector.h"

#define WATCH_ALARM_EVERY       365.25 /* days between false alarms of one series, by default */
#define WATCH_NOISE             0.08 /* WATCH_TOTALS: sd of the log of a period's count when none is given */
#define WATCH_FREEZE_MOST       28 /* days in a row */
#define WATCH_FREEZE_MOST_WEEKS 8  /* weeks in a row */

struct watch_options {
    enum watch_detector detector;
    double alarm_every_days; /* nominal: one false alarm in so many days; more than 2 periods */
    double noise;            /* of WATCH_TOTALS, 0 to 10 */
    bool freeze;
    uint64_t seed;                  /* of thresholds by simulation */
    struct cusum_table *thresholds; /* from watch_thresholds, for many series; NULL: found anew */
};
struct watch_options watch_options_default(void);

/* The CUSUM's thresholds for these options, to be shared by many series of one step: they cost 20 to
 * 70 ms when first found.  What is kept changes no answer.  Not for several threads at once. */
int watch_thresholds(struct arena *arena, const struct watch_options *options, int step_days,
                     struct cusum_table *out, struct ajar_err *err);

/* The nominal rate of a period: step_days / alarm_every_days. */
double watch_rate(const struct watch_options *options, int step_days);

/* The detector that WATCH_AUTO takes for a period with `history` counted periods before it. */
enum watch_detector watch_tier(size_t history, int step_days);

struct watch_point {
    struct watch_verdict main,
        sustained; /* sustained: the CUSUM's; state WATCH_CANNOT where it does
                                             not run */
    bool rings;    /* either does */
    bool accepted; /* the level was taken as the new normal here */
};

/* Every period of the grid, each seen from its own past alone: point[i] uses y[0 .. i].  Options and
 * grid are checked: E_WATCH_OPTION for a step other than 1 or 7, a negative or infinite count, an option
 * out of range.  A detector named in the options speaks alone, at the whole rate; WATCH_CHANGE rings when
 * P(a change within the last 7 periods) is above 1/2, up or down.  *out [grid->n] in the arena.
 * WATCH_T and WATCH_WEEKDAY cost about 7 us a period, WATCH_SEASON and WATCH_FARRINGTON as glm.h says, the
 * CUSUM 1.5 us and its thresholds once. */
int watch_detect(struct arena *arena, const struct watch_grid *grid,
                 const struct watch_options *options, struct watch_point **out,
                 struct ajar_err *err);

#endif
