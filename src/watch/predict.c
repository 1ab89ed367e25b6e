#include "predict.h"

#include <math.h>

#include "dist.h"
#include "steady.h"

struct baseline {
    size_t n;
    size_t oldest, latest;    /* periods of the grid */
    double x[PREDICT_MOST];   /* latest first */
    double age[PREDICT_MOST]; /* periods before t */
    int group[PREDICT_MOST];
};

struct fit {
    double fit, s, leverage, df;
};

date_days predict_first_day(const struct watch_grid *grid, size_t i)
{
    return grid->first + (date_days)i * grid->step_days;
}

date_days predict_last_day(const struct watch_grid *grid, size_t i)
{
    return predict_first_day(grid, i) + grid->step_days - 1;
}

bool predict_usable(const struct watch_grid *grid, size_t i)
{
    return !isnan(grid->y[i]) && (grid->frozen == NULL || grid->frozen[i] == 0);
}

void predict_cannot(const struct watch_grid *grid, size_t t, enum watch_detector detector,
                    double rate, const char *why_not, struct watch_verdict *out)
{
    *out = (struct watch_verdict){.detector = detector,
                                  .state = WATCH_CANNOT,
                                  .why_not = why_not,
                                  .statistic = NAN,
                                  .df = NAN,
                                  .p = NAN,
                                  .rate = rate,
                                  .count = t < grid->n ? grid->y[t] : NAN,
                                  .expected = NAN,
                                  .bound = NAN,
                                  .noise = NAN,
                                  .base_from = DATE_NONE,
                                  .base_to = DATE_NONE,
                                  .since = DATE_NONE};
}

static void collect(const struct watch_grid *grid, size_t t, const struct predict_plan *plan,
                    struct baseline *out)
{
    out->n = out->oldest = out->latest = 0;
    for (size_t age = 1 + plan->guard; age <= t && out->n < plan->most; age++) {
        size_t i = t - age;
        if (!predict_usable(grid, i)) {
            continue;
        }
        if (out->n == 0) {
            out->latest = i;
        }
        out->oldest = i;
        out->x[out->n] = sqrt(grid->y[i] + 0.375);
        out->age[out->n] = (double)age;
        out->group[out->n] = grid->step_days == 7 ? 0 : (int)(age % 7);
        out->n++;
    }
}

/* Group 0 is the weekday of t. */
static bool has_weekday(const struct baseline *base)
{
    for (size_t k = 0; k < base->n; k++) {
        if (base->group[k] == 0) {
            return true;
        }
    }
    return false;
}

static double floor_of(double fit, double df, double rate)
{
    double person = 1 / (2 * fmax(fit, sqrt(0.375)) * sqrt(12));
    double a = 2 / (9 * df);
    double root = fmax(1 - a + steady_normal_quantile(rate / 10) * sqrt(a), 0);
    return fmax(person, sqrt(root * root * root) / 2);
}

struct sums {
    double n, x, age;  /* of the weekday of t: count and means */
    double xx, xa, aa; /* of all, about the means of their groups */
    double groups;
};

static struct sums sums_of(const struct baseline *base)
{
    double n[7] = {0}, x[7] = {0}, age[7] = {0};
    struct sums out = {0};
    for (size_t k = 0; k < base->n; k++) {
        n[base->group[k]]++;
        x[base->group[k]] += base->x[k];
        age[base->group[k]] += base->age[k];
    }
    for (int g = 0; g < 7; g++) {
        if (n[g] > 0) {
            out.groups++;
            x[g] /= n[g];
            age[g] /= n[g];
        }
    }
    for (size_t k = 0; k < base->n; k++) {
        double dx = base->x[k] - x[base->group[k]], da = base->age[k] - age[base->group[k]];
        out.xx += dx * dx;
        out.xa += dx * da;
        out.aa += da * da;
    }
    out.n = n[0];
    out.x = x[0];
    out.age = age[0];
    return out;
}

/* The slope comes from ages and values about the means of their groups, so no matrix is needed.  Its
 * penalty needs s and s needs the slope: ten rounds settle both. */
static struct fit fit_levels(const struct baseline *base, double periods_a_week, double rate)
{
    struct sums sums = sums_of(base);
    double df = (double)base->n - sums.groups;
    struct fit out = {.fit = sums.x, .leverage = 1 / sums.n, .df = df};
    if (!(df > 0)) {
        return out;
    }
    double drift = sums.x / 2 * PREDICT_DRIFT / periods_a_week;
    double least = floor_of(sums.x, df, rate), s2 = sums.xx / df, penalty = 0;
    for (int round = 0; round < 10; round++) {
        penalty = fmax(s2, least * least) / (drift * drift);
        out.df = df - sums.aa / (sums.aa + penalty);
        s2 = (sums.xx - sums.xa * sums.xa / (sums.aa + penalty)) / out.df;
    }
    out.fit -= sums.xa / (sums.aa + penalty) * sums.age;
    out.leverage += sums.age * sums.age / (sums.aa + penalty);
    out.s = sqrt(fmax(s2, 0));
    return out;
}

static double skewness(double fit, double s)
{
    double phi = fmax(1, 4 * s * s), mean = fmax(fit * fit, 0.5);
    double g = (phi / 2 - 1) / sqrt(phi * mean);
    return g < 0 ? g / 3 : g;
}

/* The tail of a skewed variable whose symmetric kin has the tail p; below one sd nothing is changed. */
static double unskew(double p, double g)
{
    double z = -steady_normal_quantile(p);
    if (!(z > 1) || isinf(z) || fabs(g) < 1e-9) {
        return p;
    }
    double root = sqrt(fmax(1 + 2 * g / 3 * (z + g / 6), 0));
    return dist_normal_sf(3 / g * (root - 1));
}

/* The tail that unskew turns into p. */
static double skew(double p, double g)
{
    double w = -steady_normal_quantile(p);
    return w > 1 ? dist_normal_sf(w + g * (w * w - 1) / 6) : p;
}

static const char *collected(const struct watch_grid *grid, size_t t,
                             const struct predict_plan *plan, struct baseline *base)
{
    if (t >= grid->n || isnan(grid->y[t])) {
        return "the count itself is missing";
    }
    collect(grid, t, plan, base);
    if (base->n < plan->least) {
        return "too few earlier counts";
    }
    if ((plan->same_weekday || plan->weekdays) && !has_weekday(base)) {
        return "no earlier count of the same weekday";
    }
    for (size_t k = 0; k < base->n && !plan->weekdays; k++) {
        base->group[k] = 0;
    }
    return NULL;
}

void predict_at(const struct watch_grid *grid, size_t t, const struct predict_plan *plan,
                double rate, enum watch_detector detector, struct watch_verdict *out)
{
    struct baseline base;
    predict_cannot(grid, t, detector, rate, NULL, out);
    out->why_not = collected(grid, t, plan, &base);
    if (out->why_not != NULL) {
        return;
    }
    struct fit fit = fit_levels(&base, grid->step_days == 7 ? 1 : 7, rate);
    if (!(fit.df >= 1)) {
        out->why_not = "too few earlier counts";
        return;
    }
    double s = fmax(fit.s, floor_of(fit.fit, fit.df, rate)), scale = s * sqrt(1 + fit.leverage);
    double g = skewness(fit.fit, s), level = fmax(fit.fit, 0);
    double edge = fmax(fit.fit - dist_t_quantile(skew(rate, g), fit.df) * scale, 0);
    out->statistic = (sqrt(grid->y[t] + 0.375) - fit.fit) / scale;
    out->df = fit.df;
    out->p = unskew(dist_t_sf(out->statistic, fit.df), g);
    out->state = out->p < rate ? WATCH_RINGS : WATCH_QUIET;
    out->expected = fmax(level * level + fit.s * fit.s * (1 - fmin(fit.leverage, 1)) - 0.375, 0);
    out->bound = fmax(edge * edge - 0.375, 0);
    out->noise = out->expected > 0 ? 2 * fit.s * level / out->expected : NAN;
    out->base_from = predict_first_day(grid, base.oldest);
    out->base_to = predict_last_day(grid, base.latest);
    out->base_n = base.n;
}
