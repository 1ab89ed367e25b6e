/* What a row would be if days stayed as they were. */
#include <math.h>

#include "exodus_observed.h"
#include "exodus_read.h"

#define BASELINE_WEEK 7

/* A figure of one day of each day of the run, from the shortest row that covers it. */
struct baseline_days {
    uint32_t length[EXODUS_DAYS_MOST]; /* of that row; 0: none */
    double of_day[EXODUS_DAYS_MOST];
};

/* Part of a door that is all of it: how it is called makes no difference. */
static bool baseline_whole(const struct exodus_door *door, uint32_t route)
{
    if (route == 0) {
        return true;
    }
    const struct exodus_route *of = &door->routes[route - 1];
    return of->share[EXODUS_TRAFFIC] >= 1 && of->share[EXODUS_FLIGHT] >= 1 && of->spread <= 0;
}

static bool baseline_alike(const struct exodus_model *model, const struct exodus_probe *a,
                           const struct exodus_probe *b)
{
    bool alike = true;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *door = &model->doors[d];
        bool part = a->route[d] == b->route[d] ||
                    (baseline_whole(door, a->route[d]) && baseline_whole(door, b->route[d]));
        for (int kind = 0; kind < EXODUS_KINDS; kind++) {
            alike = alike && fabs(a->share[d][kind] - b->share[d][kind]) <= 0;
        }
        alike = alike && part;
    }
    return alike;
}

/* What the value is a multiple of: days, or one where it is a level and no sum. */
static double baseline_times(const struct exodus_probe *probe)
{
    if (probe->count == EXODUS_WAITING || probe->count == EXODUS_PEAK) {
        return 1;
    }
    double between = (double)probe->last - probe->first - 1;
    return probe->factor * (probe->first == probe->last
                                ? probe->first_part
                                : probe->first_part + between + probe->last_part);
}

static void baseline_fill(const struct exodus_probe *probe, double value,
                          struct baseline_days *days)
{
    uint32_t length = probe->last - probe->first + 1;
    for (uint32_t day = probe->count == EXODUS_WAITING ? probe->last : probe->first;
         day <= probe->last && day < EXODUS_DAYS_MOST; day++) {
        if (days->length[day] == 0 || length < days->length[day]) {
            days->length[day] = length;
            days->of_day[day] = value / baseline_times(probe);
        }
    }
}

/* The mean of a day of [from, to]; NaN: none is known. */
static double baseline_mean(const struct exodus_model *model, const struct baseline_days *days,
                            date_days from, date_days to)
{
    double sum = 0, n = 0;
    for (date_days on = from > model->from ? from : model->from; on <= to; on++) {
        uint32_t day = (uint32_t)(on - model->from);
        if (day < EXODUS_DAYS_MOST && days->length[day] != 0) {
            sum += days->of_day[day];
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

/* Of rows that end on or before `last`. */
static void baseline_known(const struct exodus_model *model, const struct exodus_row *row,
                           const struct exodus_probe *asked, const struct exodus_seen *seen,
                           size_t n_seen, date_days as_known, date_days last,
                           struct baseline_days *days)
{
    *days = (struct baseline_days){0};
    for (size_t i = 0; i < n_seen; i++) {
        const char *why;
        struct exodus_probe probe;
        if (seen[i].use != EXODUS_LEFT && seen[i].row.to <= last && isfinite(seen[i].row.value) &&
            text_eq(seen[i].row.measure, row->measure) && exodus_was_known(&seen[i], as_known) &&
            exodus_probe_make(model, &seen[i].row, &probe, &why) &&
            baseline_alike(model, asked, &probe)) {
            baseline_fill(&probe, seen[i].row.value, days);
        }
    }
}

void exodus_baselines_of(const struct exodus_model *model, const struct exodus_row *row,
                         const struct exodus_seen *seen, size_t n_seen, date_days as_known,
                         struct exodus_baselines *out)
{
    struct exodus_probe probe;
    struct baseline_days days;
    const char *why;
    date_days last = as_known < row->from ? as_known : row->from - 1;
    date_days calm = model->order <= row->from ? model->order - 1 : row->from - 1;
    *out = (struct exodus_baselines){NAN, NAN};
    if (!exodus_probe_make(model, row, &probe, &why)) {
        return;
    }
    baseline_known(model, row, &probe, seen, n_seen, as_known, last, &days);
    out->last_week =
        baseline_times(&probe) * baseline_mean(model, &days, last - BASELINE_WEEK + 1, last);
    baseline_known(model, row, &probe, seen, n_seen, as_known, calm, &days);
    out->before = baseline_times(&probe) * baseline_mean(model, &days, model->from, calm);
}
