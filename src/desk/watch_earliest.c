/* When could a period have rung?  Day by day, with what was known on each. */
#include <math.h>

#include "short.h"
#include "watch_inside.h"

struct earliest {
    const struct watch_input *input;
    const struct watch_options *detect;
    const struct watch_judged *judged; /* as known at the end */
    const struct watch_point *points;
    size_t period;
};

/* The period's place in a grid as it was known on another day; false: no count of it was. */
static bool earliest_period(const struct earliest *it, const struct watch_judged *then,
                            size_t *period)
{
    date_days from = watch_period_from(it->judged->grid, it->period);
    const struct watch_grid *grid = then->grid;
    if (then->why_not != NULL || then->weekly != it->judged->weekly || from < grid->first ||
        (from - grid->first) % grid->step_days != 0) {
        return false;
    }
    *period = (size_t)((from - grid->first) / grid->step_days);
    return *period < grid->n && !isnan(grid->y[*period]);
}

static uint32_t earliest_base(const struct watch_judged *then, const struct watch_verdict *verdict)
{
    if (verdict->detector != WATCH_TOTALS || verdict->base_from == DATE_NONE ||
        verdict->base_from < then->grid->first) {
        return BOOK_NONE;
    }
    size_t base = (size_t)((verdict->base_from - then->grid->first) / then->grid->step_days);
    return base < then->grid->n ? then->value[base] : BOOK_NONE;
}

static void earliest_put(const struct earliest *it, const struct watch_judged *then, size_t period,
                         const struct watch_point *point, date_days day, struct watch_earliest *out)
{
    const struct watch_verdict *verdict = watch_told(point);
    *out = (struct watch_earliest){.day = day,
                                   .verdict = *verdict,
                                   .count_value = then->value[period],
                                   .base_value = earliest_base(then, verdict),
                                   .noise_most = (double)NAN};
    if (verdict->detector == WATCH_TOTALS) {
        out->noise_most = short_totals_noise(verdict->expected, verdict->count,
                                             watch_rate(it->detect, then->grid->step_days));
    }
}

/* *rings: the period did on that day. */
static int earliest_day(struct arena *arena, const struct earliest *it, date_days day, bool *rings,
                        struct watch_earliest *out, struct ajar_err *err)
{
    struct watch_judged then;
    size_t period;
    TRY(watch_pick_known(arena, it->input, it->judged->series, it->judged->known.clock, day, &then,
                         err));
    if (!earliest_period(it, &then, &period)) {
        return 0;
    }
    const struct watch_point *point = &it->points[it->period];
    if (period != it->period || !watch_pick_same(then.grid, it->judged->grid, period + 1)) {
        struct watch_grid until = *then.grid;
        struct watch_point *points;
        until.n = period + 1;
        TRY(watch_detect(arena, &until, it->detect, &points, err));
        point = &points[period];
    }
    *rings = point->rings;
    if (point->rings) {
        earliest_put(it, &then, period, point, day, out);
    }
    return 0;
}

/* The first day on which any count of the period was known; DATE_NONE: none ever is. */
static date_days earliest_known(const struct earliest *it)
{
    const struct watch_series *series = &it->input->book.series[it->judged->series];
    date_days from = watch_period_from(it->judged->grid, it->period), first = DATE_NONE;
    date_days to = watch_period_to(it->judged->grid, it->period);
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        if (value->from == from && value->to == to) {
            date_days known = book_known_from(value, it->judged->known.clock);
            bool sooner = first == DATE_NONE || known < first;
            first = known != DATE_NONE && sooner ? known : first;
        }
    }
    return first;
}

static int earliest_search(const struct earliest *it, const date_days *days, size_t n,
                           struct watch_earliest *out, struct ajar_err *err)
{
    date_days end = it->judged->known.as_known, first = earliest_known(it);
    bool rings = false;
    if (first == DATE_NONE) {
        return 0;
    }
    for (size_t i = 0; i < n && !rings && (end == DATE_NONE || days[i] <= end); i++) {
        if (days[i] < first) {
            continue;
        }
        struct arena scratch;
        arena_init(&scratch, "a series as it was known", WATCH_SCRATCH_CEILING);
        int code = earliest_day(&scratch, it, days[i], &rings, out, err);
        arena_free(&scratch);
        TRY(code);
    }
    return 0;
}

int watch_earliest_find(const struct watch_input *input, const struct watch_options *detect,
                        const struct watch_judged *judged, const struct watch_point *points,
                        size_t period, struct watch_earliest *out, struct ajar_err *err)
{
    const struct earliest it = {input, detect, judged, points, period};
    struct arena scratch;
    date_days *days;
    size_t n;
    *out = (struct watch_earliest){.day = DATE_NONE,
                                   .verdict = *watch_told(&points[period]),
                                   .count_value = BOOK_NONE,
                                   .base_value = BOOK_NONE,
                                   .noise_most = (double)NAN};
    arena_init(&scratch, "the days of a series", WATCH_SCRATCH_CEILING);
    int code = book_days(&scratch, &input->book.series[judged->series], judged->known.clock, &days,
                         &n, err);
    code = code != 0 ? code : earliest_search(&it, days, n, out, err);
    arena_free(&scratch);
    return code;
}
