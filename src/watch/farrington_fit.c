#include <math.h>

#include "dist.h"
#include "farrington.h"
#include "irls.h"
#include "predict.h"
#include "steady.h"

#define YEAR 52 /* weeks from one reference week to the next */

/* The seasonal level of a week `age` weeks before t: 0 for the windows of 2w + 1 weeks about the reference
 * weeks, 1 .. periods-1 for the stretches between them, as equal as whole weeks allow, the longer ones
 * first.  -1: outside of the windows when there is one level only. */
static int level_of(size_t age, const struct farrington_options *options)
{
    size_t w = (size_t)options->half_window, at = (YEAR - age % YEAR) % YEAR;
    if (at <= w || at >= YEAR - w) {
        return 0;
    }
    if (options->periods == 1) {
        return -1;
    }
    size_t between = YEAR - 1 - 2 * w, blocks = (size_t)options->periods - 1;
    size_t length = between / blocks, longer = between % blocks, k = at - w - 1;
    size_t in_longer = longer * (length + 1);
    return (int)(1 + (k < in_longer ? k / (length + 1) : longer + (k - in_longer) / length));
}

/* The reference set, with what every fit of it needs. */
struct reference {
    struct irls_rows rows;
    double *log_y;                      /* -inf for 0 */
    double *log_start, *y_log_y, *root; /* log(y + 0.1), y log y, y^(2/3) */
    double *trend;                      /* years before t, negative */
    double most;                        /* largest count */
    struct irls_fit fit;
};

static int reference_new(struct arena *arena, size_t n, size_t groups, struct reference *out,
                         struct ajar_err *err)
{
    TRY(irls_rows_new(arena, n, groups, 0, &out->rows, err));
    TRY(irls_fit_new(arena, n, &out->fit, err));
    TRY_NEW(out->log_y, arena, n, err);
    TRY_NEW(out->log_start, arena, n, err);
    TRY_NEW(out->y_log_y, arena, n, err);
    TRY_NEW(out->root, arena, n, err);
    TRY_NEW(out->trend, arena, n, err);
    return 0;
}

/* Levels that have a week with a count, numbered from 0.  False: the level of t has none. */
static bool number_levels(const struct watch_grid *grid, size_t t,
                          const struct farrington_options *options, struct farrington_fit *fit,
                          uint8_t *number, size_t *groups)
{
    bool seen[CHOLESKY_MOST] = {false};
    fit->n = 0;
    for (size_t i = fit->from; i < fit->to; i++) {
        int level = level_of(t - i, options);
        if (level >= 0 && predict_usable(grid, i)) {
            seen[level] = true;
            fit->n++;
        }
    }
    *groups = 0;
    for (size_t level = 0; level < CHOLESKY_MOST; level++) {
        if (seen[level]) {
            number[level] = (uint8_t)(*groups)++;
        }
    }
    return seen[0];
}

static void reference_fill(const struct watch_grid *grid, size_t t,
                           const struct farrington_options *options,
                           const struct farrington_fit *fit, const uint8_t *number,
                           struct reference *out)
{
    size_t n = 0;
    out->most = 0;
    for (size_t i = fit->from; i < fit->to; i++) {
        int level = level_of(t - i, options);
        if (level < 0 || !predict_usable(grid, i)) {
            continue;
        }
        double y = grid->y[i];
        out->rows.y[n] = y;
        out->rows.group[n] = number[level];
        out->trend[n] = -(double)(t - i) / YEAR;
        out->log_start[n] = steady_log(y + 0.1);
        out->log_y[n] = steady_log(y) * 2 / 3;
        out->y_log_y[n] = y > 0 ? y * steady_log(y) : 0;
        out->most = fmax(out->most, y);
        n++;
    }
    irls_exp(n, out->log_y, out->root);
    for (size_t i = 0; i < n; i++) {
        out->root[i] = out->rows.y[i] > 0 ? out->root[i] : 0;
    }
}

static double degrees(const struct irls_rows *rows)
{
    return (double)rows->n - (double)(rows->groups + rows->columns);
}

/* Weights of the Anscombe residuals (Farrington et al. 1996).  False: a residual is not defined. */
static bool reweigh(struct reference *ref, double phi, double threshold)
{
    const struct irls_rows *rows = &ref->rows;
    const struct irls_fit *fit = &ref->fit;
    double sum = 0;
    for (size_t i = 0; i < rows->n; i++) {
        fit->work[i] = -fit->eta[i] / 6;
    }
    irls_exp(rows->n, fit->work, fit->work);
    for (size_t i = 0; i < rows->n; i++) {
        double hat =
            fit->w[i] * irls_spread(&fit->model, rows->group[i], rows->x + i * rows->columns);
        double s = 1.5 * (ref->root[i] * fit->work[i] - sqrt(fit->mu[i])) / sqrt(phi * (1 - hat));
        if (!(1 - hat > 1e-12)) {
            return false;
        }
        rows->weight[i] = s > threshold ? 1 / (s * s) : 1;
        sum += rows->weight[i];
    }
    for (size_t i = 0; i < rows->n; i++) {
        rows->weight[i] *= (double)rows->n / sum;
    }
    return true;
}

/* R's summary takes the weights of the last step for this sum. */
static double dispersion(const struct reference *ref, const double *weight)
{
    double sum = 0;
    for (size_t i = 0; i < ref->rows.n; i++) {
        double rest = (ref->rows.y[i] - ref->fit.mu[i]) / ref->fit.mu[i];
        sum += weight[i] * rest * rest;
    }
    return sum / degrees(&ref->rows);
}

static bool fit_plain(struct reference *ref, bool trend)
{
    ref->rows.columns = trend ? 1 : 0;
    ref->rows.x = ref->trend;
    for (size_t i = 0; i < ref->rows.n; i++) {
        ref->rows.weight[i] = 1;
    }
    return degrees(&ref->rows) > 0 &&
           irls_poisson(&ref->rows, ref->log_start, ref->y_log_y, &ref->fit) && ref->fit.converged;
}

/* Fit, weigh down, fit again.  The second fit counts whether or not it stopped by itself, as in R. */
static bool fit_weighed(struct reference *ref, const struct farrington_options *options, bool trend,
                        struct farrington_fit *out)
{
    if (!(trend && fit_plain(ref, true)) && !fit_plain(ref, false)) {
        out->why_not = "the fit does not converge";
        return false;
    }
    const double *weight = ref->fit.w;
    out->phi = fmax(dispersion(ref, ref->fit.w), 1);
    if (options->reweight) {
        if (!reweigh(ref, out->phi, options->weights_threshold)) {
            out->why_not = "a level of the season rests on one week";
            return false;
        }
        if (!irls_poisson(&ref->rows, ref->log_start, ref->y_log_y, &ref->fit)) {
            out->why_not = "the fit does not converge";
            return false;
        }
        out->phi = fmax(dispersion(ref, ref->fit.w), 1);
        /* R puts the prior weights where its summary looks for those of the last step, so that its
         * standard errors are too small by about sqrt(mu). */
        weight = ref->rows.weight;
    }
    double x = 0;
    out->trend = ref->rows.columns == 1;
    out->eta = irls_eta(&ref->fit.model, 0, &x);
    out->se = sqrt(irls_spread(&ref->fit.model, 0, &x) * dispersion(ref, weight));
    return true;
}

/* A trend stays when three years are there, its t test is passed and it leads to no more than was seen. */
static bool trend_stays(const struct reference *ref, const struct farrington_options *options,
                        size_t years, double eta)
{
    size_t p = ref->rows.groups;
    double scale = dispersion(ref, options->reweight ? ref->rows.weight : ref->fit.w);
    double se = sqrt(ref->fit.model.inverse[p * (p + 1) / 2 + p] * scale);
    double value = fabs(ref->fit.model.beta[p]) / se, expected;
    irls_exp(1, &eta, &expected);
    return years >= 3 && 2 * dist_t_sf(value, degrees(&ref->rows)) < options->trend_p &&
           expected <= ref->most;
}

static void fit_final(struct reference *ref, const struct farrington_options *options, size_t years,
                      struct farrington_fit *out)
{
    if (fit_weighed(ref, options, options->trend, out) && out->trend &&
        !trend_stays(ref, options, years, out->eta)) {
        fit_weighed(ref, options, false, out);
    }
}

int farrington_fit_make(struct arena *arena, const struct watch_grid *grid, size_t t,
                        const struct farrington_options *options, size_t years,
                        struct farrington_fit *out, struct ajar_err *err)
{
    size_t skip = (size_t)options->skip_weeks, groups;
    uint8_t number[CHOLESKY_MOST] = {0};
    *out = (struct farrington_fit){.from = t - YEAR * years - (size_t)options->half_window,
                                   .to = t > skip ? t - skip : 0};
    if (!number_levels(grid, t, options, out, number, &groups)) {
        out->why_not = "no count in the same season of earlier years";
        return 0;
    }
    struct arena scratch;
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    struct reference ref = {0};
    int code = reference_new(&scratch, out->n, groups, &ref, err);
    if (code == 0) {
        reference_fill(grid, t, options, out, number, &ref);
        fit_final(&ref, options, years, out);
    }
    arena_free(&scratch);
    return code;
}
