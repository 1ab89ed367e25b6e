#include "farrington.h"

#include <math.h>

#include "dist.h"
#include "predict.h"
#include "season.h"
#include "steady.h"

#define YEAR 52

struct farrington_options farrington_default(void)
{
    return (struct farrington_options){.years_back = 5,
                                       .half_window = 3,
                                       .periods = 10,
                                       .skip_weeks = 26,
                                       .trend = true,
                                       .trend_p = 0.05,
                                       .reweight = true,
                                       .weights_threshold = 2.58,
                                       .threshold = FARRINGTON_CALIBRATED,
                                       .least_cases = 5,
                                       .least_weeks = 4};
}

static int options_check(const struct farrington_options *options, struct ajar_err *err)
{
    int w = options->half_window;
    if (options->years_back < 1) {
        return err_set(err, E_WATCH_OPTION, "years_back is %d, not 1 or more", options->years_back);
    }
    if (w < 0 || w > 24) {
        return err_set(err, E_WATCH_OPTION, "half_window is %d, not 0 to 24", w);
    }
    if (options->periods < 1 || options->periods > 30 || options->periods > YEAR - 2 * w) {
        return err_set(err, E_WATCH_OPTION, "periods is %d, not 1 to %d", options->periods,
                       YEAR - 2 * w < 30 ? YEAR - 2 * w : 30);
    }
    if (options->skip_weeks < 0 || options->least_weeks < 1 || options->least_cases < 0) {
        return err_set(err, E_WATCH_OPTION,
                       "skip_weeks, least_weeks and least_cases are %d, %d and %d, not at least 0, "
                       "1 and 0",
                       options->skip_weeks, options->least_weeks, options->least_cases);
    }
    if (!(options->trend_p >= 0 && options->trend_p <= 1)) {
        return err_set(err, E_WATCH_OPTION, "trend_p is %g, not 0 to 1", options->trend_p);
    }
    if (!(options->weights_threshold > 0)) {
        return err_set(err, E_WATCH_OPTION, "weights_threshold is %g, not above 0",
                       options->weights_threshold);
    }
    if (options->threshold < FARRINGTON_DELTA || options->threshold > FARRINGTON_CALIBRATED) {
        return err_set(err, E_WATCH_OPTION, "threshold %d is not known", (int)options->threshold);
    }
    return 0;
}

static double power(double x, double exponent)
{
    return x > 0 ? steady_exp(steady_log(x) * exponent) : 0;
}

/* Upper limit U and p on the scale of the 2/3 power (Farrington et al. 1996, section 3.7). */
static double bound_delta(const struct farrington_fit *fit, double rate, double y, double *p)
{
    double mean = steady_exp(fit->eta), se = fit->se * mean;
    double tau = fit->phi + se * se / mean, root = power(mean, 2.0 / 3);
    double sd = sqrt(4.0 / 9 * power(mean, 1.0 / 3) * tau);
    *p = dist_normal_sf((power(y, 2.0 / 3) - root) / sd);
    return power(root - dist_normal_quantile(rate) * sd, 1.5);
}

/* U is a quantile of the negative binomial with variance phi * mean (Noufaily et al. 2013, section 3.4). */
static double bound_negbin(const struct farrington_fit *fit, bool upper_mean, double rate, double y,
                           double *p)
{
    double mean = steady_exp(fit->eta - (upper_mean ? dist_normal_quantile(rate) * fit->se : 0));
    double size = fit->phi > 1 ? mean / (fit->phi - 1) : INFINITY;
    *p = y >= 1 ? dist_negbin_sf(y - 1, mean, size) : 1;
    return dist_negbin_quantile(1 - rate, mean, size);
}

static void verdict_classic(const struct watch_grid *grid, const struct farrington_fit *fit,
                            const struct farrington_options *options, double rate,
                            struct watch_verdict *out)
{
    double p, limit, y = out->count;
    bool delta = options->threshold == FARRINGTON_DELTA;
    limit = delta ? bound_delta(fit, rate, y, &p)
                  : bound_negbin(fit, options->threshold == FARRINGTON_MUAN, rate, y, &p);
    if (!(isfinite(limit) && isfinite(p))) {
        out->why_not = "the bound is out of range";
        return;
    }
    double mean = steady_exp(fit->eta);
    out->statistic = (y - mean) / (limit - mean);
    out->p = p;
    out->expected = mean;
    out->bound = delta ? limit : limit + 1;
    out->noise = sqrt(fit->phi / mean);
    out->base_from = predict_first_day(grid, fit->from);
    out->base_to = predict_last_day(grid, fit->to - 1);
    out->base_n = fit->n;
    out->state = y > limit ? WATCH_RINGS : WATCH_QUIET;
}

/* The noise threshold, t included; a missing week has no cases. */
static void noise_threshold(const struct watch_grid *grid, size_t t,
                            const struct farrington_options *options, struct watch_verdict *out)
{
    double cases = 0;
    for (size_t age = 1; age < (size_t)options->least_weeks && age <= t; age++) {
        double y = grid->y[t - age];
        cases += isnan(y) ? 0 : y;
    }
    double needed = options->least_cases - cases;
    if (out->state == WATCH_RINGS && grid->y[t] < needed) {
        out->state = WATCH_QUIET;
    }
    out->bound = fmax(out->bound, needed);
}

/* At most `most` years such that the whole window of the last one is there. */
static size_t years_before(size_t t, const struct farrington_options *options)
{
    size_t w = (size_t)options->half_window, most = (size_t)options->years_back;
    size_t years = t < w ? 0 : (t - w) / YEAR;
    return years < most ? years : most;
}

static int model_calibrated(struct arena *arena, const struct watch_grid *grid, size_t t,
                            const struct farrington_options *options, struct season_model *out,
                            struct ajar_err *err)
{
    size_t back = (size_t)options->years_back * YEAR + (size_t)options->half_window;
    double threshold = options->reweight ? options->weights_threshold : INFINITY;
    struct season_plan plan = {.from = t > back ? t - back : 0,
                               .to = season_to(grid, t, (size_t)options->skip_weeks),
                               .t = t,
                               .threshold = threshold,
                               .trend = options->trend};
    return season_model_make(arena, grid, &plan, out, err);
}

int farrington_at(struct arena *arena, const struct watch_grid *grid, size_t t,
                  const struct farrington_options *options, double rate, struct watch_verdict *out,
                  struct ajar_err *err)
{
    TRY(options_check(options, err));
    size_t years = years_before(t, options);
    struct watch_verdict made;
    predict_cannot(grid, t, WATCH_FARRINGTON, rate, NULL, &made);
    if (t >= grid->n || isnan(grid->y[t])) {
        made.why_not = "the count itself is missing";
    } else if (grid->step_days != 7) {
        made.why_not = "the periods are not weeks";
    } else if (years == 0) {
        made.why_not = "less than a year of earlier weeks";
    } else if (options->threshold == FARRINGTON_CALIBRATED) {
        struct season_model model;
        TRY(model_calibrated(arena, grid, t, options, &model, err));
        season_verdict(&model, grid, t, WATCH_FARRINGTON, rate, &made);
    } else {
        struct farrington_fit fit;
        TRY(farrington_fit_make(arena, grid, t, options, years, &fit, err));
        made.why_not = fit.why_not;
        if (fit.why_not == NULL) {
            verdict_classic(grid, &fit, options, rate, &made);
        }
    }
    if (made.state != WATCH_CANNOT) {
        noise_threshold(grid, t, options, &made);
    }
    *out = made;
    return 0;
}
