#include "short.h"

#include <math.h>

#include "dist.h"
#include "predict.h"
#include "steady.h"

#define MAD_TO_SD   1.4826 /* sd of a normal variable over its median absolute deviation */
#define RATIO_FLOOR 0.03

static bool totals_fit(double y1, double y2)
{
    return y1 > 0 && y2 > 0 && isfinite(y1) && isfinite(y2);
}

double short_totals_z(double y1, double y2, double noise)
{
    if (!totals_fit(y1, y2) || !(noise >= 0)) {
        return NAN;
    }
    return steady_log(y2 / y1) / sqrt(1 / y1 + 1 / y2 + 2 * noise * noise);
}

double short_totals_noise(double y1, double y2, double rate)
{
    if (!totals_fit(y1, y2) || !(rate > 0 && rate < 0.5)) {
        return NAN;
    }
    double least = steady_log(y2 / y1) / -steady_normal_quantile(rate);
    double beyond = least * least - 1 / y1 - 1 / y2;
    return least > 0 && beyond >= 0 ? sqrt(beyond / 2) : NAN;
}

/* z rises with the later total, so halving finds where it passes the threshold. */
static double totals_bound(double y1, double noise, double z)
{
    double low = y1, high = 2 * y1;
    while (isfinite(high) && short_totals_z(y1, high, noise) <= z) {
        low = high;
        high *= 2;
    }
    for (int round = 0; round < 200 && isfinite(high); round++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) {
            break;
        }
        *(short_totals_z(y1, middle, noise) <= z ? &low : &high) = middle;
    }
    return high;
}

/* The period to compare with, or t when there is none. */
static size_t totals_earlier(const struct watch_grid *grid, size_t t)
{
    size_t step = grid->step_days == 7 ? 1 : 7;
    for (size_t back = 1; back <= 4 && back * step <= t; back++) {
        if (predict_usable(grid, t - back * step)) {
            return t - back * step;
        }
    }
    return t;
}

void short_totals_at(const struct watch_grid *grid, size_t t, double noise, double rate,
                     struct watch_verdict *out)
{
    predict_cannot(grid, t, WATCH_TOTALS, rate, NULL, out);
    if (t >= grid->n || isnan(grid->y[t])) {
        out->why_not = "the count itself is missing";
        return;
    }
    size_t earlier = totals_earlier(grid, t);
    if (earlier == t) {
        out->why_not = grid->step_days == 7 ? "no count in the 4 weeks before"
                                            : "no earlier count of the same weekday";
        return;
    }
    double y1 = grid->y[earlier], y2 = grid->y[t];
    if (!(y1 > 0)) {
        out->why_not = "the earlier count is zero";
        return;
    }
    out->statistic = y2 > 0 ? short_totals_z(y1, y2, noise) : -INFINITY;
    out->df = INFINITY;
    out->p = dist_normal_sf(out->statistic);
    out->state = out->p < rate ? WATCH_RINGS : WATCH_QUIET;
    out->expected = y1;
    out->bound = totals_bound(y1, noise, -steady_normal_quantile(rate));
    out->noise = noise;
    out->base_from = predict_first_day(grid, earlier);
    out->base_to = predict_last_day(grid, earlier);
    out->base_n = 1;
}

static double median(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double key = x[i];
        size_t j = i;
        for (; j > 0 && x[j - 1] > key; j--) {
            x[j] = x[j - 1];
        }
        x[j] = key;
    }
    return n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

static double mad(double *x, size_t n)
{
    double middle = median(x, n);
    for (size_t i = 0; i < n; i++) {
        x[i] = fabs(x[i] - middle);
    }
    return median(x, n);
}

static bool ratio_at(const struct watch_grid *grid, size_t t, size_t lag, double *out)
{
    if (t < lag || !totals_fit(grid->y[t - lag], grid->y[t])) {
        return false;
    }
    *out = steady_log(grid->y[t] / grid->y[t - lag]);
    return true;
}

void short_ratio_at(const struct watch_grid *grid, size_t t, double rate, struct watch_verdict *out)
{
    predict_cannot(grid, t, WATCH_RATIO, rate, NULL, out);
    size_t lag = grid->step_days == 7 ? 1 : 7, n = 0, oldest = t, latest = t;
    double ratio, ratios[SHORT_RATIOS];
    if (t >= grid->n || isnan(grid->y[t])) {
        out->why_not = "the count itself is missing";
        return;
    }
    if (!ratio_at(grid, t, lag, &ratio)) {
        out->why_not = "no ratio to the period a week before";
        return;
    }
    for (size_t i = t; i-- > lag && n < SHORT_RATIOS;) {
        if (ratio_at(grid, i, lag, &ratios[n])) {
            latest = n == 0 ? i : latest;
            oldest = i;
            n++;
        }
    }
    if (n < 4) {
        out->why_not = "fewer than 4 earlier ratios";
        return;
    }
    double sigma = fmax(MAD_TO_SD * mad(ratios, n), RATIO_FLOOR);
    out->statistic = ratio / sigma;
    out->df = INFINITY;
    out->p = dist_normal_sf(out->statistic);
    out->state = out->p < rate ? WATCH_RINGS : WATCH_QUIET;
    out->expected = grid->y[t - lag];
    out->bound = out->expected * steady_exp(-steady_normal_quantile(rate) * sigma);
    out->noise = sigma;
    out->base_from = predict_first_day(grid, oldest - lag);
    out->base_to = predict_last_day(grid, latest);
    out->base_n = n;
}

struct short_t short_t_raw(size_t n, const double *values, double next)
{
    struct short_t out = {NAN, NAN, NAN, NAN, NAN};
    if (n < 2) {
        return out;
    }
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
    }
    out.mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        squares += (values[i] - out.mean) * (values[i] - out.mean);
    }
    out.df = (double)(n - 1);
    out.sd = sqrt(squares / out.df);
    if (out.sd > 0) {
        out.t = (next - out.mean) / (out.sd * sqrt(1 + 1 / (double)n));
        out.p = dist_t_sf(out.t, out.df);
    }
    return out;
}

void short_t_at(const struct watch_grid *grid, size_t t, size_t most, double rate,
                struct watch_verdict *out)
{
    bool weekly = grid->step_days == 7;
    const struct predict_plan plan = {.least = 4,
                                      .most = most < PREDICT_MOST ? most : PREDICT_MOST,
                                      .guard = weekly ? 1 : 0,
                                      .same_weekday = !weekly};
    predict_at(grid, t, &plan, rate, WATCH_T, out);
}
