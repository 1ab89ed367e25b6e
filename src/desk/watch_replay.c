/* A replay: each series day by day, seen with what was known on that day alone. */
#include <math.h>
#include <string.h>

#include "watch_lend.h"

enum { REPLAY_BLOCK = 8 }; /* series of one part of the pool's work */

#define REPLAY_BLOCK_CEILING ((size_t)1 << 30)

struct replay_found {
    struct watch_replay_day *days;
    size_t n;
};

struct replay_job {
    const struct watch_replay *replay;
    const uint32_t *series;
    size_t n;
    date_days from, to;
    struct watch_lend lend;
    struct replay_found *found;
    struct arena *block_arena;
};

/* One series on its way through the days. */
struct replay_series {
    const struct replay_job *job;
    const struct watch_lent *lent;
    uint32_t series;
    struct arena *arena;             /* of what stays */
    struct watch_judged last;        /* as known at the end */
    struct watch_point *points;      /* of last.grid; NULL: not judged */
    const struct watch_value *value; /* of the series */
    uint32_t *before;                /* values known the replay day before */
    size_t n_before;
    bool rang;
};

static bool replay_same_period(const struct watch_value *a, const struct watch_value *b)
{
    return a->from == b->from && a->to == b->to;
}

static bool replay_earlier(const struct watch_value *a, const struct watch_value *b)
{
    return a->from < b->from || (a->from == b->from && a->to < b->to);
}

/* What is new since the replay day before, and whether a count was replaced by another.  Both lists are in
 * order of their periods. */
static void replay_compare(const struct replay_series *it, const struct watch_known *known,
                           struct watch_replay_day *out)
{
    size_t old = 0;
    for (size_t i = 0; i < known->n; i++) {
        const struct watch_value *now = &it->value[known->value[i]];
        while (old < it->n_before && replay_earlier(&it->value[it->before[old]], now)) {
            old++;
        }
        bool held = old < it->n_before && replay_same_period(&it->value[it->before[old]], now);
        out->n_new += !held;
        out->revised = out->revised || (held && it->value[it->before[old]].count != now->count);
        out->last_to = now->to > out->last_to ? now->to : out->last_to;
    }
    out->n_known = known->n;
}

/* The verdict on the last period known.  What is a prefix of the series as known at the end was judged
 * there already: no detector looks ahead. */
static int replay_judge(struct arena *scratch, const struct replay_series *it,
                        const struct watch_judged *judged, struct watch_point *out,
                        struct ajar_err *err)
{
    size_t n = judged->last + 1;
    struct watch_grid until = *judged->grid;
    struct watch_point *points;
    if (it->points != NULL && judged->weekly == it->last.weekly &&
        watch_pick_same(judged->grid, it->last.grid, n)) {
        *out = it->points[judged->last];
        return 0;
    }
    until.n = n;
    TRY(watch_detect(scratch, &until, watch_lend_options(it->lent, judged->weekly), &points, err));
    *out = points[judged->last];
    return 0;
}

static int replay_say(const struct replay_series *it, const struct watch_judged *judged,
                      struct watch_replay_day *out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, WATCH_SENTENCE);
    watch_alarm_core(&buf, it->job->replay->input, it->series, &out->verdict,
                     watch_period_from(judged->grid, judged->last),
                     watch_period_to(judged->grid, judged->last));
    return watch_keep(it->arena, &buf, &out->sentence, err);
}

static void replay_remember(struct replay_series *it, const struct watch_known *known)
{
    memcpy(it->before, known->value, known->n * sizeof *it->before);
    it->n_before = known->n;
}

/* day->day: the day.  said: its sentence is wanted. */
static int replay_day(struct arena *scratch, struct replay_series *it, bool said,
                      struct watch_replay_day *day, struct ajar_err *err)
{
    const struct watch_replay *replay = it->job->replay;
    struct watch_judged judged;
    struct watch_point point;
    TRY(watch_pick_known(scratch, replay->input, it->series, replay->options.clock, day->day,
                         &judged, err));
    replay_compare(it, &judged.known, day);
    day->judged = judged.why_not == NULL;
    if (day->judged) {
        TRY(replay_judge(scratch, it, &judged, &point, err));
        day->rings = point.rings;
        day->verdict = *watch_told(&point);
    }
    day->first = day->rings && !it->rang;
    if (day->rings && said) {
        TRY(replay_say(it, &judged, day, err));
    }
    it->rang = day->rings;
    replay_remember(it, &judged.known);
    return 0;
}

static struct watch_replay_day replay_empty(uint32_t series, date_days day)
{
    const double none = (double)NAN;
    return (struct watch_replay_day){.day = day,
                                     .series = series,
                                     .last_to = DATE_NONE,
                                     .verdict = {.state = WATCH_CANNOT,
                                                 .statistic = none,
                                                 .df = none,
                                                 .p = none,
                                                 .rate = none,
                                                 .count = none,
                                                 .expected = none,
                                                 .bound = none,
                                                 .noise = none,
                                                 .base_from = DATE_NONE,
                                                 .base_to = DATE_NONE,
                                                 .since = DATE_NONE},
                                     .sentence = {"", 0}};
}

static int replay_one(struct replay_series *it, bool said, struct watch_replay_day *day,
                      struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "a series as it was known", WATCH_SCRATCH_CEILING);
    int code = replay_day(&scratch, it, said, day, err);
    arena_free(&scratch);
    return code;
}

/* The series as known at the end of the replay, judged once. */
static int replay_end(struct arena *scratch, struct replay_series *it, struct ajar_err *err)
{
    const struct watch_replay *replay = it->job->replay;
    TRY(watch_pick_known(scratch, replay->input, it->series, replay->options.clock, it->job->to,
                         &it->last, err));
    if (it->last.why_not == NULL) {
        TRY(watch_detect(scratch, it->last.grid, watch_lend_options(it->lent, it->last.weekly),
                         &it->points, err));
    }
    return 0;
}

static int replay_days(struct arena *scratch, struct replay_series *it, struct replay_found *out,
                       struct ajar_err *err)
{
    const struct watch_replay *replay = it->job->replay;
    const struct watch_series *series = &replay->input->book.series[it->series];
    date_days *days;
    size_t n, first = 0, past = 0;
    TRY(book_days(scratch, series, replay->options.clock, &days, &n, err));
    while (first < n && days[first] < it->job->from) {
        first++;
    }
    for (past = first; past < n && days[past] <= it->job->to;) {
        past++;
    }
    if (first == past) {
        return 0;
    }
    it->value = series->value;
    TRY_NEW(it->before, scratch, series->n, err);
    TRY(replay_end(scratch, it, err));
    if (first > 0) {
        struct watch_replay_day before = replay_empty(it->series, days[first - 1]);
        TRY(replay_one(it, false, &before, err));
    }
    TRY_NEW(out->days, it->arena, past - first, err);
    for (size_t i = first; i < past; i++) {
        struct watch_replay_day *day = &out->days[out->n++];
        *day = replay_empty(it->series, days[i]);
        TRY(replay_one(it, true, day, err));
    }
    return 0;
}

static int replay_some(struct arena *arena, struct replay_job *job, size_t begin, size_t end,
                       const struct watch_lent *lent, struct ajar_err *err)
{
    for (size_t i = begin; i < end; i++) {
        struct replay_series it = {
            .job = job, .lent = lent, .series = job->series[i], .arena = arena};
        struct arena scratch;
        arena_init(&scratch, "a series being replayed", WATCH_SCRATCH_CEILING);
        int code = replay_days(&scratch, &it, &job->found[i], err);
        arena_free(&scratch);
        TRY(code);
    }
    return 0;
}

static int replay_block(void *arg, size_t block, struct ajar_err *err)
{
    struct replay_job *job = arg;
    struct arena *arena = &job->block_arena[block];
    size_t begin = block * REPLAY_BLOCK;
    size_t end = begin + REPLAY_BLOCK < job->n ? begin + REPLAY_BLOCK : job->n;
    arena_init(arena, "a replay of some series", REPLAY_BLOCK_CEILING);
    struct watch_lent *lent = watch_lend_take(&job->lend);
    int code = replay_some(arena, job, begin, end, lent, err);
    watch_lend_give(lent);
    return code;
}

static int replay_gather(struct arena *arena, const struct replay_job *job,
                         struct watch_replay *out, struct ajar_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < job->n; i++) {
        n += job->found[i].n;
    }
    TRY_NEW(out->days, arena, n, err);
    for (size_t i = 0; i < job->n; i++) {
        for (size_t k = 0; k < job->found[i].n; k++) {
            struct watch_replay_day *day = &out->days[out->n++];
            *day = job->found[i].days[k];
            TRY(text_copy(arena, day->sentence, &day->sentence.at, err));
        }
    }
    return 0;
}

/* The first and last day on which anything picked became known stand in for days that were not given. */
static int replay_span(const struct watch_replay *replay, struct replay_job *job,
                       struct ajar_err *err)
{
    date_days first = DATE_NONE, last = DATE_NONE;
    for (size_t i = 0; i < job->n; i++) {
        const struct watch_series *series = &replay->input->book.series[job->series[i]];
        for (size_t k = 0; k < series->n; k++) {
            date_days day = book_known_from(&series->value[k], replay->options.clock);
            first = day != DATE_NONE && (first == DATE_NONE || day < first) ? day : first;
            last = day > last ? day : last;
        }
    }
    if (first == DATE_NONE) {
        return err_set(err, E_WATCH_NOTHING,
                       "No count bears the day on which it became known by the %s clock.",
                       replay->options.clock == WATCH_PUBLISHED ? "published" : "next-day");
    }
    job->from = job->from == DATE_NONE ? first : job->from;
    job->to = job->to == DATE_NONE ? last : job->to;
    if (job->to < job->from) {
        return err_set(err, E_WATCH_OPTION, "The replay ends before it begins.");
    }
    return 0;
}

/* Series that could be judged at the end: over them the budget is spread. */
static int replay_rate(struct arena *arena, struct watch_replay *replay, struct replay_job *job,
                       struct pool *pool, struct ajar_err *err)
{
    size_t judged = 0;
    for (size_t i = 0; i < job->n && !isnan(replay->options.false_alarms_a_year); i++) {
        struct watch_judged series;
        struct arena scratch;
        arena_init(&scratch, "a series as it was known", WATCH_SCRATCH_CEILING);
        int code = watch_pick_known(&scratch, replay->input, job->series[i], replay->options.clock,
                                    job->to, &series, err);
        judged += code == 0 && series.why_not == NULL;
        arena_free(&scratch);
        TRY(code);
    }
    TRY(watch_pick_rate(&replay->options, judged, &replay->options.detect, err));
    return watch_lend_make(arena, &replay->options.detect, pool, &job->lend, err);
}

static int replay_run(struct arena *arena, struct arena *scratch, struct watch_replay *replay,
                      struct replay_job *job, struct pool *pool, const struct watch *watch,
                      struct ajar_err *err)
{
    size_t blocks = (job->n + REPLAY_BLOCK - 1) / REPLAY_BLOCK;
    TRY_NEW(job->found, scratch, job->n, err);
    TRY_NEW(job->block_arena, scratch, blocks, err);
    int code = pool_run(pool, blocks, replay_block, job, watch, "replaying series", err);
    code = code != 0 ? code : replay_gather(arena, job, replay, err);
    for (size_t i = 0; i < blocks; i++) {
        arena_free(&job->block_arena[i]);
    }
    return code;
}

static int replay_all(struct arena *arena, struct arena *scratch, struct watch_replay *replay,
                      date_days from, date_days to, struct pool *pool, const struct watch *watch,
                      struct ajar_err *err)
{
    struct replay_job job = {.replay = replay, .from = from, .to = to};
    uint32_t *series;
    TRY(watch_pick(scratch, replay->input, &replay->options, &series, &job.n, err));
    job.series = series;
    TRY(replay_span(replay, &job, err));
    TRY(replay_rate(scratch, replay, &job, pool, err));
    TRY(replay_run(arena, scratch, replay, &job, pool, watch, err));
    return watch_summary_replay(arena, replay, job.from, job.to, err);
}

int watch_replay(struct arena *arena, const struct watch_input *input,
                 const struct watch_run_options *options, date_days from, date_days to,
                 struct pool *pool, const struct watch *watch, struct watch_replay *out,
                 struct ajar_err *err)
{
    struct watch_replay replay = {.input = input, .options = *options};
    struct arena scratch;
    arena_init(&scratch, "a replay", WATCH_SCRATCH_CEILING);
    int code = replay_all(arena, &scratch, &replay, from, to, pool, watch, err);
    arena_free(&scratch);
    TRY(code);
    *out = replay;
    return 0;
}
