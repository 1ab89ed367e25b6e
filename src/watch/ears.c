#include "ears.h"

#include <math.h>

#include "dist.h"
#include "predict.h"
#include "steady.h"

#define C3_LIMIT 1.96

struct ears_base {
    size_t from, to; /* periods of the baseline, both in it */
    double mean, sd, c;
};

/* False when the baseline is not all there. */
static bool ears_base(const struct watch_grid *grid, size_t t, size_t baseline, size_t guard,
                      struct ears_base *out)
{
    if (t < baseline + guard || isnan(grid->y[t])) {
        return false;
    }
    out->from = t - guard - baseline;
    out->to = t - guard - 1;
    double sum = 0, squares = 0;
    for (size_t i = out->from; i <= out->to; i++) {
        sum += grid->y[i];
    }
    if (isnan(sum)) {
        return false;
    }
    out->mean = sum / (double)baseline;
    for (size_t i = out->from; i <= out->to; i++) {
        squares += (grid->y[i] - out->mean) * (grid->y[i] - out->mean);
    }
    out->sd = sqrt(squares / (double)(baseline - 1));
    double above = grid->y[t] - out->mean;
    out->c = out->sd > 0 ? above / out->sd : above > 0 ? INFINITY : above < 0 ? -INFINITY : 0;
    return true;
}

/* False when a lag is not there. */
static bool ears_c3(const struct watch_grid *grid, size_t t, size_t baseline,
                    const struct ears_base *now, struct watch_verdict *out)
{
    struct ears_base lag[2];
    if (!ears_base(grid, t - 1, baseline, 2, &lag[0]) ||
        !ears_base(grid, t - 2, baseline, 2, &lag[1])) {
        return false;
    }
    double lags = fmax(0, lag[1].c - 1) + fmax(0, lag[0].c - 1);
    out->statistic = lags + fmax(0, now->c - 1);
    out->state = out->statistic > C3_LIMIT ? WATCH_RINGS : WATCH_QUIET;
    out->bound = lags > C3_LIMIT ? 0 : fmax(0, now->mean + now->sd * (1 + C3_LIMIT - lags));
    out->base_from = predict_first_day(grid, lag[1].from);
    out->base_n = baseline + 2;
    return true;
}

void ears_classic_at(const struct watch_grid *grid, size_t t, enum watch_detector which,
                     size_t baseline, double rate, struct watch_verdict *out)
{
    predict_cannot(grid, t, which, rate, NULL, out);
    struct ears_base base;
    if (t >= grid->n || isnan(grid->y[t])) {
        out->why_not = "the count itself is missing";
        return;
    }
    if (baseline < 2 || !ears_base(grid, t, baseline, which == WATCH_C1 ? 0 : 2, &base)) {
        out->why_not = "a gap in the baseline, or too few earlier counts";
        return;
    }
    struct watch_verdict verdict = *out;
    verdict.expected = base.mean;
    verdict.noise = base.mean > 0 ? base.sd / base.mean : NAN;
    verdict.base_from = predict_first_day(grid, base.from);
    verdict.base_to = predict_last_day(grid, base.to);
    verdict.base_n = baseline;
    if (which == WATCH_C3) {
        if (!ears_c3(grid, t, baseline, &base, &verdict)) {
            out->why_not = "a gap in the baseline, or too few earlier counts";
            return;
        }
    } else {
        double z = -steady_normal_quantile(rate);
        verdict.statistic = base.c;
        verdict.df = INFINITY;
        verdict.p = dist_normal_sf(base.c);
        verdict.state = base.c > z ? WATCH_RINGS : WATCH_QUIET;
        verdict.bound = base.mean + z * base.sd;
    }
    *out = verdict;
}

void ears_weekday_at(const struct watch_grid *grid, size_t t, double rate,
                     struct watch_verdict *out)
{
    bool weekly = grid->step_days == 7;
    const struct predict_plan plan = {.least = weekly ? 4 : 9,
                                      .most = weekly ? 13 : 56,
                                      .guard = weekly ? 1 : 2,
                                      .weekdays = !weekly};
    predict_at(grid, t, &plan, rate, WATCH_WEEKDAY, out);
}
