#include "detect.h"

#include <math.h>

#include "change.h"
#include "ears.h"
#include "glm.h"
#include "predict.h"
#include "short.h"

enum { DAYS_CUSUM = 56, WEEKS_CUSUM = 26, THRESHOLDS = 2048, SEASON_DAYS = 7 };

struct detect {
    struct arena *arena;
    const struct watch_options *options;
    struct watch_grid grid; /* y is `seen`, frozen is `left_out` */
    const struct watch_grid *given;
    double *seen; /* counts as later baselines see them: lone rings cut to their bounds */
    uint8_t *left_out;
    size_t due;     /* periods of the present normal for which the CUSUM is asked */
    size_t begin;   /* first period of the present normal */
    size_t history; /* counted periods before the present one */
    size_t row;     /* counted periods in a row that rang */
    size_t row_from;
    double rate;
    struct cusum_table *table;
    struct season_model season; /* of season.t, good for a week */
    bool fitted;
    struct watch_point *points;
};

struct watch_options watch_options_default(void)
{
    return (struct watch_options){.detector = WATCH_AUTO,
                                  .alarm_every_days = WATCH_ALARM_EVERY,
                                  .noise = WATCH_NOISE,
                                  .freeze = true,
                                  .seed = 1};
}

double watch_rate(const struct watch_options *options, int step_days)
{
    return step_days / options->alarm_every_days;
}

/* The run length that the CUSUM is set to: it has half the alarms unless it is alone. */
static double cusum_run(const struct watch_options *options, int step_days)
{
    return (options->detector == WATCH_CUSUM ? 1 : 2) / watch_rate(options, step_days);
}

int watch_thresholds(struct arena *arena, const struct watch_options *options, int step_days,
                     struct cusum_table *out, struct ajar_err *err)
{
    return cusum_table_init(out, arena, THRESHOLDS, NAN, cusum_run(options, step_days),
                            options->seed, err);
}

enum watch_detector watch_tier(size_t history, int step_days)
{
    if (step_days == 7) {
        return history < 5 ? WATCH_TOTALS : history < 56 ? WATCH_T : WATCH_FARRINGTON;
    }
    return history < 4     ? WATCH_TOTALS
           : history < 14  ? WATCH_T
           : history < 365 ? WATCH_WEEKDAY
                           : WATCH_SEASON;
}

static int check(const struct watch_grid *grid, const struct watch_options *options,
                 struct ajar_err *err)
{
    if (grid->step_days != 1 && grid->step_days != 7) {
        return err_set(err, E_WATCH_OPTION,
                       "A series has a count a day or a count a week, not one "
                       "every %d days.",
                       grid->step_days);
    }
    if ((unsigned)options->detector >= WATCH_DETECTORS) {
        return err_set(err, E_WATCH_OPTION, "There is no detector number %d.",
                       (int)options->detector);
    }
    if (!(options->alarm_every_days > 2 * grid->step_days) || isinf(options->alarm_every_days)) {
        return err_set(err, E_WATCH_OPTION,
                       "One false alarm in %g days is not possible: it takes more than %d days.",
                       options->alarm_every_days, 2 * grid->step_days);
    }
    if (!(options->noise >= 0 && options->noise <= 10)) {
        return err_set(err, E_WATCH_OPTION, "The noise %g is not between 0 and 10.",
                       options->noise);
    }
    if (options->thresholds != NULL &&
        (options->thresholds->run_length != cusum_run(options, grid->step_days) ||
         options->thresholds->seed != options->seed)) {
        return err_set(err, E_WATCH_OPTION, "The thresholds were found for other options.");
    }
    for (size_t i = 0; i < grid->n; i++) {
        if (grid->y[i] < 0 || isinf(grid->y[i])) {
            return err_set(err, E_WATCH_OPTION, "Period %zu has the count %g.", i, grid->y[i]);
        }
    }
    return 0;
}

/* A fit costs as much as hundreds of verdicts, and a week changes little of it. */
static int ask_season(struct detect *it, size_t t, double rate, struct watch_verdict *out,
                      struct ajar_err *err)
{
    if (!it->fitted || t >= it->season.t + SEASON_DAYS) {
        TRY(season_fit(it->arena, &it->grid, t, &it->season, err));
        it->fitted = it->season.why_not == NULL;
    }
    season_verdict(&it->season, &it->grid, t, WATCH_SEASON, rate, out);
    return 0;
}

static int ask(struct detect *it, size_t t, enum watch_detector which, double rate,
               struct watch_verdict *out, struct ajar_err *err)
{
    bool weekly = it->grid.step_days == 7;
    switch (which) {
    case WATCH_TOTALS:
        short_totals_at(&it->grid, t, it->options->noise, rate, out);
        return 0;
    case WATCH_RATIO:
        short_ratio_at(it->given, t, rate, out);
        return 0;
    case WATCH_C1:
    case WATCH_C2:
    case WATCH_C3:
        ears_classic_at(it->given, t, which, EARS_BASELINE, rate, out);
        return 0;
    case WATCH_T:
        short_t_at(&it->grid, t, weekly ? SHORT_T_WEEKS : SHORT_T_DAYS, rate, out);
        return 0;
    case WATCH_WEEKDAY:
        ears_weekday_at(&it->grid, t, rate, out);
        return 0;
    case WATCH_SEASON:
        return ask_season(it, t, rate, out, err);
    case WATCH_FARRINGTON: {
        struct farrington_options options = farrington_default();
        return farrington_at(it->arena, &it->grid, t, &options, rate, out, err);
    }
    default:
        predict_cannot(&it->grid, t, which, rate, "it does not run here", out);
        return 0;
    }
}

/* The tier's detector, and while it cannot speak the next one down. */
static int ask_tier(struct detect *it, size_t t, double rate, struct watch_verdict *out,
                    struct ajar_err *err)
{
    static const enum watch_detector below[WATCH_DETECTORS] = {
        [WATCH_SEASON] = WATCH_WEEKDAY,
        [WATCH_FARRINGTON] = WATCH_T,
        [WATCH_WEEKDAY] = WATCH_T,
        [WATCH_T] = WATCH_TOTALS,
    };
    enum watch_detector which = watch_tier(it->history, it->grid.step_days);
    TRY(ask(it, t, which, rate, out, err));
    struct watch_verdict first = *out;
    while (out->state == WATCH_CANNOT && below[which] != WATCH_AUTO) {
        which = below[which];
        TRY(ask(it, t, which, rate, out, err));
    }
    if (out->state == WATCH_CANNOT) {
        *out = first;
    }
    return 0;
}

static bool user_froze(const struct detect *it, size_t i)
{
    return it->given->frozen != NULL && it->given->frozen[i] != 0;
}

/* A quiet period ends the row of rings before it; a row of one comes back, cut to its bound. */
static void end_row(struct detect *it)
{
    if (it->row == 1) {
        size_t i = it->row_from;
        double bound = it->points[i].main.bound;
        it->left_out[i] = user_froze(it, i);
        it->seen[i] = bound < it->seen[i] ? bound : it->seen[i];
        it->history += predict_usable(&it->grid, i);
    }
    it->row = 0;
}

/* Leaves the period out when it rang; without a verdict the row goes on.  True when the row of those is long enough to be the new normal. */
static bool freeze(struct detect *it, size_t t)
{
    size_t most = it->grid.step_days == 7 ? WATCH_FREEZE_MOST_WEEKS : WATCH_FREEZE_MOST;
    if (isnan(it->grid.y[t])) {
        return false;
    }
    if (it->points[t].main.state == WATCH_CANNOT) {
        it->history += predict_usable(&it->grid, t);
        return false;
    }
    bool rings = it->points[t].main.state == WATCH_RINGS;
    /* Its noise is stated, not seen: leaving counts out on its word would keep the series in its tier. */
    bool stated = it->points[t].main.detector == WATCH_TOTALS;
    if (!rings || stated || !it->options->freeze) {
        end_row(it);
        it->history += predict_usable(&it->grid, t);
        return false;
    }
    it->row_from = it->row == 0 ? t : it->row_from;
    it->row++;
    it->left_out[t] = 1;
    return it->row == most;
}

/* The row that rang is the history from here on, and nothing before it. */
static void accept_level(struct detect *it, size_t t)
{
    it->history = 0;
    for (size_t i = 0; i <= t; i++) {
        it->left_out[i] = i < it->row_from || user_froze(it, i);
        it->history += predict_usable(&it->grid, i);
    }
    it->begin = it->row_from;
    it->row = 0;
    it->fitted = false;
    it->points[t].accepted = true;
}

/* The CUSUM of the present normal up to `to`, for the verdicts from `from` on. */
static int sustain(struct detect *it, size_t from, size_t to, struct ajar_err *err)
{
    struct watch_grid part = {.n = to - it->begin,
                              .first = predict_first_day(&it->grid, it->begin),
                              .step_days = it->grid.step_days,
                              .y = it->given->y + it->begin,
                              .frozen = it->left_out + it->begin};
    struct watch_verdict *verdicts;
    if (it->due == 0) {
        return 0;
    }
    it->due = 0;
    TRY_NEW(verdicts, it->arena, part.n, err);
    TRY(cusum_series_with(it->arena, it->table, &part, verdicts, err));
    for (size_t i = from; i < to; i++) {
        struct watch_point *point = &it->points[i];
        if (point->sustained.why_not == NULL) {
            point->sustained = verdicts[i - it->begin];
        }
    }
    return 0;
}

/* A CUSUM sees what was left out while its normal lasted, so it is run when the normal ends. */
static int run_auto(struct detect *it, struct ajar_err *err)
{
    bool weekly = it->grid.step_days == 7;
    size_t from = 0;
    for (size_t t = 0; t < it->grid.n; t++) {
        struct watch_point *point = &it->points[t];
        bool both = it->history >= (weekly ? WEEKS_CUSUM : DAYS_CUSUM);
        predict_cannot(&it->grid, t, WATCH_CUSUM, it->rate / 2, NULL, &point->sustained);
        it->due += both;
        if (!both) {
            point->sustained.why_not =
                weekly ? "fewer than 26 earlier weeks" : "fewer than 56 earlier days";
        }
        TRY(ask_tier(it, t, both ? it->rate / 2 : it->rate, &point->main, err));
        bool accepts = freeze(it, t);
        if (accepts || t + 1 == it->grid.n) {
            TRY(sustain(it, from, t + 1, err));
            from = t + 1;
        }
        if (accepts) {
            accept_level(it, t);
        }
    }
    return 0;
}

static int run_change(struct detect *it, struct ajar_err *err)
{
    struct change_options options = change_default();
    struct change_point *change;
    TRY_NEW(change, it->arena, it->grid.n, err);
    TRY(change_series(it->arena, &it->grid, &options, change, err));
    for (size_t t = 0; t < it->grid.n; t++) {
        struct watch_verdict *main = &it->points[t].main;
        bool known = !isnan(it->grid.y[t]) && !isnan(change[t].p_recent);
        predict_cannot(&it->grid, t, WATCH_CHANGE, NAN,
                       known ? NULL : "the count itself is missing", main);
        if (known) {
            main->statistic = change[t].p_recent;
            main->state = change[t].p_recent > 0.5 ? WATCH_RINGS : WATCH_QUIET;
            main->since = change[t].since;
        }
    }
    return 0;
}

static int run_one(struct detect *it, struct ajar_err *err)
{
    enum watch_detector which = it->options->detector;
    struct watch_verdict *verdicts = NULL;
    if (which == WATCH_CUSUM) {
        TRY_NEW(verdicts, it->arena, it->grid.n, err);
        TRY(cusum_series_with(it->arena, it->table, it->given, verdicts, err));
    }
    for (size_t t = 0; t < it->grid.n; t++) {
        struct watch_point *point = &it->points[t];
        predict_cannot(&it->grid, t, WATCH_CUSUM, it->rate, "one detector was asked for",
                       &point->sustained);
        if (verdicts != NULL) {
            point->main = verdicts[t];
        } else {
            TRY(ask(it, t, which, it->rate, &point->main, err));
        }
        if (freeze(it, t)) {
            accept_level(it, t);
        }
    }
    return 0;
}

static int run(struct detect *it, struct ajar_err *err)
{
    switch (it->options->detector) {
    case WATCH_AUTO:
        return run_auto(it, err);
    case WATCH_CHANGE:
        for (size_t t = 0; t < it->grid.n; t++) {
            predict_cannot(&it->grid, t, WATCH_CUSUM, it->rate, "one detector was asked for",
                           &it->points[t].sustained);
        }
        return run_change(it, err);
    default:
        return run_one(it, err);
    }
}

int watch_detect(struct arena *arena, const struct watch_grid *grid,
                 const struct watch_options *options, struct watch_point **out,
                 struct ajar_err *err)
{
    TRY(check(grid, options, err));
    struct detect it = {.arena = arena,
                        .options = options,
                        .grid = *grid,
                        .given = grid,
                        .rate = watch_rate(options, grid->step_days)};
    TRY_NEW(it.points, arena, grid->n, err);
    TRY_NEW(it.left_out, arena, grid->n, err);
    TRY_NEW(it.seen, arena, grid->n, err);
    for (size_t i = 0; i < grid->n; i++) {
        it.seen[i] = grid->y[i];
        it.left_out[i] = user_froze(&it, i);
    }
    it.grid.y = it.seen;
    it.grid.frozen = it.left_out;
    struct cusum_table own;
    it.table = options->thresholds;
    if (it.table == NULL) {
        TRY(watch_thresholds(arena, options, grid->step_days, &own, err));
        it.table = &own;
    }
    TRY(run(&it, err));
    for (size_t t = 0; t < grid->n; t++) {
        struct watch_point *point = &it.points[t];
        point->rings = point->main.state == WATCH_RINGS || point->sustained.state == WATCH_RINGS;
    }
    *out = it.points;
    return 0;
}
