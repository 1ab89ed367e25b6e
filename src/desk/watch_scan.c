/* A scan: all series judged by what was known on a day, the alarms with all that belongs to them. */
#include <math.h>
#include <string.h>

#include "num.h"
#include "watch_lend.h"

enum { SCAN_BLOCK = 32 }; /* series of one part of the pool's work */

#define SCAN_BLOCK_CEILING ((size_t)1 << 30) /* alarms of one block, until they are gathered */

struct scan_found {
    struct watch_alarm *alarms;
    size_t n;
};

struct scan_job {
    const struct watch_scan *scan;
    bool keep_points;
    struct watch_lend lend;
    struct scan_found *found;  /* [n] of each series judged */
    struct arena *block_arena; /* [blocks] */
    size_t n;
};

struct watch_run_options watch_run_default(void)
{
    return (struct watch_run_options){.clock = WATCH_PUBLISHED,
                                      .as_known = DATE_NONE,
                                      .since = DATE_NONE,
                                      .false_alarms_a_year = (double)NAN,
                                      .detect = watch_options_default()};
}

/* The last day on which anything of the series became known, or was counted if that is not known. */
static date_days scan_today(const struct watch_scan *scan, const struct watch_judged *judged)
{
    const struct watch_series *series = &scan->input->book.series[judged->series];
    date_days today = DATE_NONE, counted = DATE_NONE;
    if (scan->options.as_known != DATE_NONE) {
        return scan->options.as_known;
    }
    for (size_t i = 0; i < series->n; i++) {
        date_days known = book_known_from(&series->value[i], scan->options.clock);
        today = known > today ? known : today; /* DATE_NONE is below every day */
        counted = series->value[i].to > counted ? series->value[i].to : counted;
    }
    return today != DATE_NONE ? today : counted;
}

/* One series under way. */
struct scan_series {
    const struct watch_scan *scan;
    const struct watch_options *detect;
    struct watch_judged *judged;
    struct watch_point *points;
    struct change_point *change;
};

static int scan_alarm(const struct scan_series *it, size_t period, struct watch_alarm *out,
                      struct ajar_err *err)
{
    const struct watch_judged *judged = it->judged;
    const struct watch_point *point = &it->points[period];
    const struct watch_series *series = &it->scan->input->book.series[judged->series];
    size_t start = watch_run_start(judged->grid, it->points, period);
    uint32_t value = judged->value[period];
    *out = (struct watch_alarm){.series = judged->series,
                                .weekly = judged->weekly,
                                .sustained = point->main.state != WATCH_RINGS,
                                .accepted = point->accepted,
                                .period = period,
                                .from = watch_period_from(judged->grid, period),
                                .to = watch_period_to(judged->grid, period),
                                .run_from = watch_period_from(judged->grid, start),
                                .verdict = *watch_told(point),
                                .change = it->change[period],
                                .value = value};
    out->known = book_known_from(&series->value[value], it->scan->options.clock);
    out->age_days = scan_today(it->scan, judged) - out->to;
    return watch_earliest_find(it->scan->input, it->detect, judged, it->points, period,
                               &out->earliest, err);
}

/* First period whose alarm is listed; grid->n: none is. */
static size_t scan_from(const struct scan_series *it)
{
    const struct watch_grid *grid = it->judged->grid;
    date_days since = it->scan->options.since;
    if (since == DATE_NONE) {
        size_t last = it->judged->last;
        return it->points[last].rings ? watch_run_start(grid, it->points, last) : grid->n;
    }
    size_t from = 0;
    while (from < grid->n && watch_period_to(grid, from) < since) {
        from++;
    }
    return from;
}

static int scan_alarms(struct arena *arena, struct arena *scratch, struct scan_series *it,
                       struct scan_found *out, struct ajar_err *err)
{
    const struct watch_grid *grid = it->judged->grid;
    const struct change_options options = change_default();
    size_t n = 0, from = scan_from(it);
    for (size_t i = from; i < grid->n; i++) {
        n += it->points[i].rings;
    }
    if (n == 0) {
        return 0;
    }
    TRY_NEW(it->change, scratch, grid->n, err);
    TRY(change_series(scratch, grid, &options, it->change, err));
    TRY_NEW(out->alarms, arena, n, err);
    for (size_t i = from; i < grid->n; i++) {
        if (it->points[i].rings) {
            TRY(scan_alarm(it, i, &out->alarms[out->n++], err));
        }
    }
    return 0;
}

static int scan_series(struct arena *arena, struct arena *scratch, struct scan_job *job, size_t i,
                       const struct watch_lent *lent, struct ajar_err *err)
{
    struct watch_judged *judged = &job->scan->judged[i];
    struct scan_series it = {
        .scan = job->scan, .detect = watch_lend_options(lent, judged->weekly), .judged = judged};
    TRY(watch_detect(scratch, judged->grid, it.detect, &it.points, err));
    judged->at_last = it.points[judged->last];
    if (job->keep_points) {
        memcpy(judged->points, it.points, judged->grid->n * sizeof *it.points);
    }
    return scan_alarms(arena, scratch, &it, &job->found[i], err);
}

static int scan_some(struct arena *arena, struct scan_job *job, size_t begin, size_t end,
                     const struct watch_lent *lent, struct ajar_err *err)
{
    for (size_t i = begin; i < end; i++) {
        if (job->scan->judged[i].why_not == NULL) {
            struct arena scratch;
            arena_init(&scratch, "a series being judged", WATCH_SCRATCH_CEILING);
            int code = scan_series(arena, &scratch, job, i, lent, err);
            arena_free(&scratch);
            TRY(code);
        }
    }
    return 0;
}

static int scan_block(void *arg, size_t block, struct ajar_err *err)
{
    struct scan_job *job = arg;
    struct arena *arena = &job->block_arena[block];
    size_t begin = block * SCAN_BLOCK;
    size_t end = begin + SCAN_BLOCK < job->n ? begin + SCAN_BLOCK : job->n;
    arena_init(arena, "the alarms of some series", SCAN_BLOCK_CEILING);
    struct watch_lent *lent = watch_lend_take(&job->lend);
    int code = scan_some(arena, job, begin, end, lent, err);
    watch_lend_give(lent);
    return code;
}

/* What is known of each series, one by one: the arena belongs to one thread. */
static int scan_known(struct arena *arena, struct watch_scan *scan, const uint32_t *series,
                      size_t n, struct ajar_err *err)
{
    bool any = false;
    TRY_NEW(scan->judged, arena, n, err);
    for (size_t i = 0; i < n; i++) {
        struct watch_judged *judged = &scan->judged[i];
        TRY(watch_pick_known(arena, scan->input, series[i], scan->options.clock,
                             scan->options.as_known, judged, err));
        any = any || judged->known.n > 0;
        *(judged->why_not == NULL ? &scan->n_judged : &scan->n_not_judged) += 1;
    }
    if (!any) {
        char day[DATE_TEXT];
        bool then = scan->options.as_known != DATE_NONE;
        err_set(err, E_WATCH_NOTHING, "No count was known%s%s by the %s clock.", then ? " on " : "",
                date_format(scan->options.as_known, day),
                scan->options.clock == WATCH_PUBLISHED ? "published" : "next-day");
        return E_WATCH_NOTHING;
    }
    return 0;
}

static int scan_room(struct arena *arena, struct scan_job *job, struct ajar_err *err)
{
    const struct watch_scan *scan = job->scan;
    size_t periods = 0;
    for (size_t i = 0; i < job->n; i++) {
        periods += scan->judged[i].why_not == NULL ? scan->judged[i].grid->n : 0;
    }
    job->keep_points = periods <= WATCH_POINTS_MOST;
    for (size_t i = 0; i < job->n && job->keep_points; i++) {
        struct watch_judged *judged = &scan->judged[i];
        if (judged->why_not == NULL) {
            TRY_NEW(judged->points, arena, judged->grid->n, err);
        }
    }
    return 0;
}

static int scan_gather(struct arena *arena, const struct scan_job *job, struct watch_scan *out,
                       struct ajar_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < job->n; i++) {
        n += job->found[i].n;
    }
    TRY_NEW(out->alarms, arena, n, err);
    for (size_t i = 0; i < job->n; i++) {
        if (job->found[i].n > 0) {
            memcpy(out->alarms + out->n_alarms, job->found[i].alarms,
                   job->found[i].n * sizeof *out->alarms);
            out->n_alarms += job->found[i].n;
        }
    }
    return 0;
}

static int scan_judge(struct arena *arena, struct arena *scratch, struct watch_scan *scan,
                      struct pool *pool, const struct watch *watch, struct ajar_err *err)
{
    struct scan_job job = {.scan = scan, .n = scan->n_judged + scan->n_not_judged};
    size_t blocks = (job.n + SCAN_BLOCK - 1) / SCAN_BLOCK;
    TRY(scan_room(arena, &job, err));
    TRY(watch_lend_make(scratch, &scan->options.detect, pool, &job.lend, err));
    TRY_NEW(job.found, scratch, job.n, err);
    TRY_NEW(job.block_arena, scratch, blocks, err);
    int code = pool_run(pool, blocks, scan_block, &job, watch, "judging series", err);
    code = code != 0 ? code : scan_gather(arena, &job, scan, err);
    for (size_t i = 0; i < blocks; i++) {
        arena_free(&job.block_arena[i]);
    }
    return code;
}

static int scan_tell(struct arena *arena, struct watch_scan *scan, struct ajar_err *err)
{
    TRY(watch_parts_find(arena, scan, err));
    for (size_t i = 0; i < scan->n_alarms; i++) {
        TRY(watch_doors_find(arena, scan->input, &scan->alarms[i], err));
        TRY(watch_alarm_say(arena, scan, &scan->alarms[i], err));
    }
    return watch_summary_scan(arena, scan, err);
}

static int scan_all(struct arena *arena, struct arena *scratch, struct watch_scan *scan,
                    struct pool *pool, const struct watch *watch, struct ajar_err *err)
{
    uint32_t *series;
    size_t n;
    TRY(watch_pick(scratch, scan->input, &scan->options, &series, &n, err));
    TRY(scan_known(arena, scan, series, n, err));
    TRY(watch_pick_rate(&scan->options, scan->n_judged, &scan->options.detect, err));
    TRY(scan_judge(arena, scratch, scan, pool, watch, err));
    scan->false_alarms_a_year =
        (double)scan->n_judged * 365.25 / scan->options.detect.alarm_every_days;
    return scan_tell(arena, scan, err);
}

int watch_scan(struct arena *arena, const struct watch_input *input,
               const struct watch_run_options *options, struct pool *pool,
               const struct watch *watch, struct watch_scan *out, struct ajar_err *err)
{
    struct watch_scan scan = {.input = input, .options = *options};
    struct arena scratch;
    arena_init(&scratch, "a scan", WATCH_SCRATCH_CEILING);
    int code = scan_all(arena, &scratch, &scan, pool, watch, err);
    arena_free(&scratch);
    TRY(code);
    *out = scan;
    return 0;
}
