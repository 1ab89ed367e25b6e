/* Rows of a user's file, answered by the draws of the fit, and scored where they were counted. */
#ifndef DESK_EXODUS_ASK_H
#define DESK_EXODUS_ASK_H

#include "exodus_file.h"
#include "exodus_load.h"
#include "exodus_observed.h"

struct exodus_ask {
    const struct exodus_file *file;
    struct exodus_replay_options options;
    struct exodus_row *rows;       /* [file->n] as they were asked */
    double *answers;               /* [file->n * n_members] */
    struct exodus_spread *spreads; /* [file->n] of the answers; NaN where there is none */
    const char **why;              /* [file->n] NULL: answered */
    size_t n_answered;
};

/* Plays the draws of the input with the doors as they are.  A row that is an observation (the same days, country,
 * route and measure, and the same source where the file names one) covers as much of its first and last day
 * as that one; others all of them.  Same bytes for any number of threads.  All in the
 * arena; *out refers to the file.  E_EXODUS_FIT when nothing was fitted yet; errors of exodus_replay_run. */
int exodus_ask_play(struct arena *arena, const struct exodus_input *input,
                    const struct exodus_file *file, const struct exodus_replay_options *options,
                    struct pool *pool, const struct watch *watch, struct exodus_ask *out,
                    struct ajar_err *err);

struct exodus_scored {
    size_t n;                         /* rows with a value */
    struct exodus_observed *observed; /* [n] seen: the row of the file */
    double scale;                     /* of the error of counting where no observation gives one */
    size_t n_ahead;                   /* answered rows that begin after the model's as_known */
    struct exodus_rolling all, ahead; /* means over answered rows with a value; over those ahead */
};

/* Each row with a value beside its forecast.  The error of counting is that of the observation which the
 * row is, else the median of the rows that are fitted.  Baselines are those that the
 * observations of the scenario gave on as_known (exodus_baselines_of); the file's own values are none.  All in
 * the arena.  E_MEMORY, E_CEILING.  O(rows * (members + observations * days)). */
int exodus_ask_score(struct arena *arena, const struct exodus_input *input,
                     const struct exodus_ask *ask, struct exodus_scored *out, struct ajar_err *err);

#define EXODUS_ASK_CEILING ((size_t)256 << 20) /* bytes of a table of scored rows */

/* line, date_from, date_to, country_iso3, route, measure, value, p5, p50, p95, log10_error, p10_counted, p90_counted,
 * inside_80, interval_score_80, last_week, last_week_log10_error, before, before_log10_error, why: a row for
 * each row with a value. */
int exodus_ask_score_write(struct buf *buf, const struct exodus_ask *ask,
                           const struct exodus_scored *scored, struct ajar_err *err);

#endif
