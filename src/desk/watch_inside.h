/* What the parts of a scan and of a replay share.  Internal to desk/. */
#ifndef DESK_WATCH_INSIDE_H
#define DESK_WATCH_INSIDE_H

#include "watch_job.h"

#define WATCH_SCRATCH_CEILING ((size_t)4 << 30) /* of one series under way */
#define WATCH_SENTENCE        ((size_t)1 << 16) /* most bytes of one alarm's words */

/* Rows of input->book.series that the options ask for, in their order.  E_WATCH_PLACE, _MEASURE, _ROUTE,
 * E_WATCH_NOTHING.  O(series). */
int watch_pick(struct arena *arena, const struct watch_input *input,
               const struct watch_run_options *options, uint32_t **series, size_t *n,
               struct ajar_err *err);

/* A series as known on a day, and the grid to judge it by.  out->points stays NULL. */
int watch_pick_known(struct arena *arena, const struct watch_input *input, uint32_t series,
                     enum watch_clock clock, date_days as_known, struct watch_judged *out,
                     struct ajar_err *err);

/* The options of the detectors, with the budget of false alarms over n_judged series put in.
 * E_WATCH_OPTION. */
int watch_pick_rate(const struct watch_run_options *options, size_t n_judged,
                    struct watch_options *out, struct ajar_err *err);

static inline date_days watch_period_from(const struct watch_grid *grid, size_t period)
{
    return grid->first + (date_days)period * grid->step_days;
}

static inline date_days watch_period_to(const struct watch_grid *grid, size_t period)
{
    return watch_period_from(grid, period) + grid->step_days - 1;
}

/* The first `n` periods of both grids are the same days with the same counts. */
bool watch_pick_same(const struct watch_grid *a, const struct watch_grid *b, size_t n);

/* The first ringing period of the run that ends at `period`, which rings.  Missing periods do not end a
 * run unless more than a week of days, or four weeks, is missing. */
size_t watch_run_start(const struct watch_grid *grid, const struct watch_point *points,
                       size_t period);

/* The verdict to tell: the main one, or the CUSUM's when it alone rings. */
static inline const struct watch_verdict *watch_told(const struct watch_point *point)
{
    bool sustained = point->main.state != WATCH_RINGS && point->sustained.state == WATCH_RINGS;
    return sustained ? &point->sustained : &point->main;
}

/* The first day on which `period` of `judged` could ring, by what was known on each day up to
 * judged->known.as_known.  points: of judged->grid.  O(days * periods) at worst, O(periods) when nothing
 * was revised. */
int watch_earliest_find(const struct watch_input *input, const struct watch_options *detect,
                        const struct watch_judged *judged, const struct watch_point *points,
                        size_t period, struct watch_earliest *out, struct ajar_err *err);

/* Doors whose rules change about the start of the alarm: of its own place, of the subject's country, of
 * all others, each in the order of the table. */
int watch_doors_find(struct arena *arena, const struct watch_input *input,
                     struct watch_alarm *alarm, struct ajar_err *err);

/* Fills the parts of all alarms. */
int watch_parts_find(struct arena *arena, const struct watch_scan *scan, struct ajar_err *err);

/* alarm->sentence. */
int watch_alarm_say(struct arena *arena, const struct watch_scan *scan, struct watch_alarm *alarm,
                    struct ajar_err *err);

/* The first sentences alone: series, count, what was to be expected, how often by chance. */
void watch_alarm_core(struct buf *buf, const struct watch_input *input, uint32_t series,
                      const struct watch_verdict *verdict, date_days from, date_days to);

/* scan->summary. */
int watch_summary_scan(struct arena *arena, struct watch_scan *scan, struct ajar_err *err);

/* replay->summary. */
int watch_summary_replay(struct arena *arena, struct watch_replay *replay, date_days from,
                         date_days to, struct ajar_err *err);

/* Copies the words into the arena and frees the buffer, whatever comes. */
int watch_keep(struct arena *arena, struct buf *buf, struct text *out, struct ajar_err *err);

/* "21 September 2022"; "on 21 September 2022", "from 19 to 25 September 2022". */
void watch_say_day(struct buf *buf, date_days day);
void watch_say_span(struct buf *buf, date_days from, date_days to);
void watch_say_between(struct buf *buf, date_days from, date_days to); /* "19 and 25 September" */
void watch_say_count(struct buf *buf, double count);
void watch_say_p(struct buf *buf, double p); /* "p = 0.0015", "p < 0.0001" */
void watch_say_share(struct buf *buf, double share);
/* "Finland, land: eastern border": the door without its measure. */
void watch_say_place(struct buf *buf, const struct watch_input *input, uint32_t series);
bool watch_rate_tiny(double p, int step_days); /* below once in 1,000 years */

#endif
