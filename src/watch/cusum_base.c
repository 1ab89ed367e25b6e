#include "cusum_base.h"

#include <math.h>

#include "steady.h"

enum { CLASSES = 7 };
#define SLOPE_SD   0.025 /* a week */
#define SLOPE_MOST 0.5   /* a week: past it the fit has run away */

struct fit {
    const struct watch_grid *grid;
    size_t t, n, from, to;
    int classes, now;              /* weekdays; the one of t */
    double y[2 * CUSUM_BASE_DAYS]; /* by how far back, from 1 period; NaN: not in the baseline */
    double sum[CLASSES], n_class[CLASSES];
    double e0[CLASSES], e1[CLASSES],
        e2[CLASSES];    /* sums of exp(slope x), x exp, x^2 exp; x = i - t */
    double all, moment; /* sums of y and x y */
};

static bool usable(const struct watch_grid *grid, size_t i)
{
    return !isnan(grid->y[i]) && (grid->frozen == NULL || grid->frozen[i] == 0);
}

/* The class of the period `back` before t. */
static int class_of(const struct fit *fit, size_t back)
{
    return (fit->now + fit->classes * (CUSUM_BASE_DAYS + 1) - (int)back) % fit->classes;
}

static void gather(struct fit *fit)
{
    bool weekly = fit->classes == 1;
    size_t most = weekly ? CUSUM_BASE_WEEKS : CUSUM_BASE_DAYS;
    fit->to = fit->t;
    fit->from = fit->t;
    for (size_t back = 1; back <= fit->t && back < 2 * most && fit->n < most; back++) {
        size_t i = fit->t - back;
        fit->from = i;
        fit->y[back] = NAN;
        if (!usable(fit->grid, i)) {
            continue;
        }
        int c = class_of(fit, back);
        fit->to = fit->n == 0 ? i : fit->to;
        fit->n++;
        fit->y[back] = fit->grid->y[i];
        fit->sum[c] += fit->grid->y[i];
        fit->n_class[c] += 1;
        fit->all += fit->grid->y[i];
        fit->moment -= (double)back * fit->grid->y[i];
    }
    while (fit->from < fit->to && isnan(fit->y[fit->t - fit->from])) {
        fit->from++;
    }
}

static void exposures(struct fit *fit, double slope)
{
    for (int c = 0; c < CLASSES; c++) {
        fit->e0[c] = fit->e1[c] = fit->e2[c] = 0;
    }
    double factor = steady_exp(-slope), weight = 1;
    int c = fit->now;
    for (size_t back = 1; back <= fit->t - fit->from; back++) {
        weight *= factor;
        c = c == 0 ? fit->classes - 1 : c - 1;
        if (!isnan(fit->y[back])) {
            double x = -(double)back;
            fit->e0[c] += weight;
            fit->e1[c] += x * weight;
            fit->e2[c] += x * x * weight;
        }
    }
}

/* Newton's method on the profile likelihood; returns the information on the slope, prior included. */
static double fit_slope(struct fit *fit, double dispersion, double *slope)
{
    double periods_a_week = fit->classes, sd = SLOPE_SD / periods_a_week;
    double most = SLOPE_MOST / periods_a_week, prior = dispersion / (sd * sd), information = prior;
    for (int round = 0; round < 20; round++) {
        exposures(fit, *slope);
        double score = fit->moment - prior * *slope;
        information = prior;
        for (int c = 0; c < fit->classes; c++) {
            if (fit->e0[c] > 0) {
                double mean = fit->e1[c] / fit->e0[c];
                score -= fit->sum[c] * mean;
                information += fit->sum[c] * (fit->e2[c] / fit->e0[c] - mean * mean);
            }
        }
        double next = *slope + score / information;
        next = next > most ? most : next < -most ? -most : next;
        double move = fabs(next - *slope);
        *slope = next;
        if (move < 1e-7 * sd) {
            break;
        }
    }
    return information;
}

/* Levels per class at x = 0, their mean, and the error of the latter. */
static void fit_levels(const struct fit *fit, double information, double *level,
                       struct cusum_base *out)
{
    double exposure = 0, sum = 0, error = 0;
    for (int c = 0; c < fit->classes; c++) {
        exposure += fit->e0[c];
    }
    double common = (fit->all + 0.5) / exposure;
    for (int c = 0; c < fit->classes; c++) {
        level[c] = (fit->sum[c] + 0.5) / (fit->e0[c] + 0.5 / common);
        sum += level[c];
        if (fit->e0[c] > 0) {
            double mean = fit->e1[c] / fit->e0[c];
            error += 1 / fit->e0[c] + level[c] * mean * mean / information;
        }
    }
    int classes = 0;
    for (int c = 0; c < fit->classes; c++) {
        classes += fit->n_class[c] > 0;
    }
    out->level = sum / fit->classes;
    out->mu = level[fit->now];
    out->error = error / classes;
    out->df = (double)fit->n - classes - 1;
}

/* 1 / r = (sum of squared residuals n / df - sum mu) / sum mu^2; negative for less than Poisson noise. */
static double inverse_size(const struct fit *fit, const double *level, double slope, double df)
{
    double factor = steady_exp(-slope), weight = 1, squares = 0, sum = 0, sum_squared = 0;
    int c = fit->now;
    for (size_t back = 1; back <= fit->t - fit->from; back++) {
        weight *= factor;
        c = c == 0 ? fit->classes - 1 : c - 1;
        if (!isnan(fit->y[back])) {
            double mu = level[c] * weight, gap = fit->y[back] - mu;
            squares += gap * gap;
            sum += mu;
            sum_squared += mu * mu;
        }
    }
    return (squares * (double)fit->n / df - sum) / sum_squared;
}

void cusum_base_at(const struct watch_grid *grid, size_t t, const struct cusum_base *last,
                   struct cusum_base *out)
{
    struct fit fit = {.grid = grid, .t = t, .classes = grid->step_days == 7 ? 1 : 7};
    fit.now = fit.classes == 1 ? 0 : date_weekday(grid->first + (date_days)t) - 1;
    gather(&fit);
    *out = (struct cusum_base){.n = fit.n, .from = fit.from, .to = fit.to, .slope = last->slope};
    if (fit.classes == 1 && fit.n < CUSUM_BASE_WEEKS_LEAST) {
        out->why_not = "fewer than 26 earlier weeks";
    } else if (fit.classes == 7 && fit.n < CUSUM_BASE_DAYS_LEAST) {
        out->why_not = "fewer than 56 earlier days";
    } else if (fit.n_class[fit.now] < CUSUM_BASE_SAME) {
        out->why_not = "fewer than 3 earlier days of this weekday";
    }
    if (out->why_not != NULL) {
        return;
    }
    double level[CLASSES];
    double dispersion = last->level > 0 ? 1 + last->level * last->excess : 1;
    for (int pass = last->level > 0 ? 1 : 0; pass < 2; pass++) {
        double information = fit_slope(&fit, dispersion > 1 ? dispersion : 1, &out->slope);
        fit_levels(&fit, information, level, out);
        out->excess = inverse_size(&fit, level, out->slope, out->df);
        dispersion = 1 + out->level * out->excess;
    }
}
