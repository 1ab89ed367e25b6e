#include <math.h>

#include "dist.h"
#include "nbfit.h"
#include "steady.h"

#define STEPS         50
#define TOLERANCE     1e-8 /* of beta and of 1 / size */
#define PASSES        2    /* of weighing down */
#define KURTOSIS_MOST 6

static double sd_of(double mean, double inverse_size)
{
    return sqrt(mean + inverse_size * mean * mean);
}

static double skewness_of(double mean, double inverse_size)
{
    return (1 + 2 * inverse_size * mean) / sd_of(mean, inverse_size);
}

/* The normal score of x, standardised, in a gamma distribution shifted to skewness g (Wilson and Hilferty
 * 1931); below its support that of its end. */
static double cube_root_score(double x, double g)
{
    double base = 1 + g / 2 * x, root = base > 0 ? steady_exp(steady_log(base) / 3) : 0;
    return 6 / g * (root - 1) + g / 6;
}

/* Newton's steps for 1 / size = a in sum weight (y - mu)^2 / (mu + a mu^2) = target.  The sum is convex and falls
 * in a, so steps from the left do not overshoot. */
static double inverse_size_step(const struct irls_rows *rows, const double *mu, double a,
                                double target)
{
    for (int step = 0; step < 2; step++) {
        double sum = 0, slope = 0;
        for (size_t i = 0; i < rows->n; i++) {
            double rest = rows->y[i] - mu[i], per = 1 / (1 + a * mu[i]);
            double term = rows->weight[i] * rest * rest * per;
            sum += term / mu[i];
            slope += term * per;
        }
        if (!(slope > 0)) {
            return 0;
        }
        a = fmax(a + (sum - target) / slope, 0);
    }
    return a;
}

/* A fit in progress. */
struct work {
    struct irls_rows rows;
    struct irls_fit fit;
    double inverse_size;
};

static bool fit_once(struct work *work, double target)
{
    const struct irls_rows *rows = &work->rows;
    struct irls_fit *fit = &work->fit;
    size_t p = rows->groups + rows->columns;
    for (int step = 0; step < STEPS; step++) {
        double beta[CHOLESKY_MOST], size = work->inverse_size, change = 0;
        for (size_t j = 0; j < p; j++) {
            beta[j] = fit->model.beta[j];
        }
        for (size_t i = 0; i < rows->n; i++) {
            double weight = rows->weight[i] / (1 + size * fit->mu[i]);
            fit->w[i] = weight * fit->mu[i];
            fit->work[i] = fit->w[i] * fit->eta[i] + weight * (rows->y[i] - fit->mu[i]);
        }
        if (!irls_step(rows, fit->w, fit->work, fit)) {
            return false;
        }
        for (size_t j = 0; j < p; j++) {
            change = fmax(change, fabs(fit->model.beta[j] - beta[j]));
        }
        work->inverse_size = inverse_size_step(rows, fit->mu, size, target);
        change = fmax(change, fabs(work->inverse_size - size));
        if (change < TOLERANCE) {
            return true;
        }
    }
    return false;
}

/* Weights of the scores; true when any sticks out. */
static bool weigh(struct work *work, double threshold)
{
    const struct irls_rows *rows = &work->rows;
    const struct irls_fit *fit = &work->fit;
    double sum = 0;
    bool any = false;
    for (size_t i = 0; i < rows->n; i++) {
        double mu = fit->mu[i], spread = sd_of(mu, work->inverse_size);
        rows->weight[i] = 1;
        /* Scores above 1 are below the Pearson residual, which is cheap. */
        if (rows->y[i] > mu + threshold * spread * 0.8) {
            double hat =
                fit->w[i] * irls_spread(&fit->model, rows->group[i], rows->x + i * rows->columns);
            double y = mu + (rows->y[i] - mu) / sqrt(fmax(1 - hat, 0.01));
            double score = cube_root_score((y - mu) / spread, skewness_of(mu, work->inverse_size));
            if (score > threshold) {
                rows->weight[i] = 1 / (score * score);
                any = true;
            }
        }
        sum += rows->weight[i];
    }
    for (size_t i = 0; i < rows->n; i++) {
        rows->weight[i] *= (double)rows->n / sum;
    }
    return any;
}

/* E[w z^2] / E[w] for standard normal z and the weights w of weighing down above the threshold u. */
static double taken_by_weights(double u)
{
    double density = 0.3989422804014327 * steady_exp(-u * u / 2), above = dist_normal_sf(u);
    return (1 - u * density) / (1 - 2 * above + density / u);
}

int nbfit_make(struct arena *arena, const struct irls_rows *rows, double threshold,
               struct nbfit *out, bool *converged, struct ajar_err *err)
{
    size_t p = rows->groups + rows->columns;
    double df = (double)rows->n - (double)p;
    struct work work = {.rows = *rows};
    *converged = false;
    TRY(irls_fit_new(arena, rows->n, &work.fit, err));
    if (!(df > 0)) {
        return 0;
    }
    for (size_t i = 0; i < rows->n; i++) {
        rows->weight[i] = 1;
        work.fit.mu[i] = rows->y[i] + 0.5;
        work.fit.eta[i] = steady_log(work.fit.mu[i]);
    }
    *converged = fit_once(&work, df);
    double target = isinf(threshold) ? df : df * taken_by_weights(threshold);
    for (int pass = 0; pass < PASSES && *converged && !isinf(threshold); pass++) {
        if (!weigh(&work, threshold) && pass > 0) {
            break;
        }
        *converged = fit_once(&work, target);
    }
    *out = (struct nbfit){
        .model = work.fit.model, .inverse_size = work.inverse_size, .df = df, .least = INFINITY};
    for (size_t i = 0; i < rows->n; i++) {
        out->least = fmin(out->least, work.fit.mu[i]);
        out->most = fmax(out->most, work.fit.mu[i]);
    }
    return 0;
}

static void moments(double mean, double a, double error, struct nbfit_predicted *out)
{
    double square = mean * mean;
    out->mean = mean;
    out->centre = mean * (1 + error);
    out->variance = mean + square * (a + error);
    out->skewness = (mean + 3 * square * (a + error) +
                     mean * square * (2 * a * a + 6 * a * error + 3 * error * error)) /
                    (out->variance * sqrt(out->variance));
    out->spread = a + error;
    out->eta_variance = error;
}

/* Pearson's sum varies more than chi-square by the excess kurtosis of the counts (cut off where it means only that counts
 * are rare).  Where counts hardly vary more than Poisson's, the variance cannot be much too low, as
 * it is never below theirs: the less it is above, in its own standard errors, the less is there to
 * correct. */
static double degrees(const struct nbfit *fit, double mean)
{
    double over = fit->inverse_size * mean;
    double kurtosis = fmin(6 * fit->inverse_size + 1 / (mean * (1 + over)), KURTOSIS_MOST);
    double df = fit->df / (1 + kurtosis / 2);
    double certain = over / (2 * (1 + over) * sqrt(2 / df));
    return over > 0 ? df / fmin(certain, 1) : INFINITY;
}

void nbfit_predict(const struct nbfit *fit, size_t group, const double *x,
                   struct nbfit_predicted *out)
{
    double eta = irls_eta(&fit->model, group, x), mean;
    irls_exp(1, &eta, &mean);
    moments(mean, fit->inverse_size, irls_spread(&fit->model, group, x), out);
    out->df = degrees(fit, mean);
}

void nbfit_predict_zeros(size_t n, struct nbfit_predicted *out)
{
    moments(0.5 / (double)n, 0, 2, out);
    out->centre = out->mean;
    out->df = INFINITY;
}

static bool exact(const struct nbfit_predicted *predicted)
{
    return predicted->skewness > 1;
}

/* P(Y > y) + P(Y = y) / 2. */
static double middle_p(const struct nbfit_predicted *predicted, double y)
{
    double mean = predicted->centre, size = 1 / predicted->spread;
    return (dist_negbin_sf(y, mean, size) + (y >= 1 ? dist_negbin_sf(y - 1, mean, size) : 1)) / 2;
}

double nbfit_score(const struct nbfit_predicted *predicted, double y)
{
    if (exact(predicted)) {
        return -steady_normal_quantile(middle_p(predicted, y));
    }
    return cube_root_score((y - predicted->centre) / sqrt(predicted->variance),
                           predicted->skewness);
}

double nbfit_bound(const struct nbfit_predicted *predicted, double score)
{
    double p = dist_normal_sf(score), g = predicted->skewness;
    if (exact(predicted)) {
        /* The middle p of the quantile may still be too high; that of the next count is below p. */
        double k = dist_negbin_quantile(1 - p, predicted->centre, 1 / predicted->spread);
        return middle_p(predicted, k) < p ? k : k + 1;
    }
    double root = fmax(1 + g / 6 * (score - g / 6), 0);
    return predicted->centre + sqrt(predicted->variance) * 2 / g * (root * root * root - 1);
}
