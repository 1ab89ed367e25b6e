/* Priors, and the places in which a fit moves. */
#include <math.h>

#include "dist.h"
#include "exodus_fit_parts.h"
#include "rng.h"
#include "steady.h"

#define PRIOR_STREAM 40 /* of the draws of a prior */

static double prior_value(const struct exodus_param *param, double at)
{
    switch (param->prior) {
    case EXODUS_NORMAL:
        return param->a + param->b * at;
    case EXODUS_LOGNORMAL:
        return param->a * steady_exp(param->b * at);
    case EXODUS_BETA:
        break;
    }
    return 1 / (1 + steady_exp(-at));
}

double exodus_prior_draw(const struct exodus_param *param, uint64_t seed, uint32_t p, uint32_t draw)
{
    struct rng rng = rng_at(seed, PRIOR_STREAM, p, draw);
    if (param->prior == EXODUS_BETA) {
        double a = rng_gamma(&rng, param->a), b = rng_gamma(&rng, param->b);
        return a + b > 0 ? a / (a + b) : 0.5;
    }
    return prior_value(param, rng_normal(&rng));
}

/* A beta's by halving: its distribution function is all there is. */
double exodus_prior_quantile(const struct exodus_param *param, double q)
{
    if (param->prior != EXODUS_BETA) {
        return prior_value(param, steady_normal_quantile(q));
    }
    double low = 0, high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = 0.5 * (low + high);
        if (dist_beta_i(param->a, param->b, middle) < q) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return 0.5 * (low + high);
}

void exodus_places_of(const struct exodus_model *model, struct exodus_places *out)
{
    out->model = model;
    out->n = 0;
    for (uint32_t p = 0; p < model->n_params; p++) {
        if (model->params[p].fitted && out->n < EXODUS_FITTED_MOST) {
            out->of[out->n++] = p;
        }
    }
}

void exodus_places_params(const struct exodus_places *places, const double *at, double *params)
{
    for (uint32_t p = 0; p < places->model->n_params; p++) {
        if (!places->model->params[p].fitted) {
            params[p] = exodus_prior_quantile(&places->model->params[p], 0.5);
        }
    }
    for (uint32_t i = 0; i < places->n; i++) {
        params[places->of[i]] = prior_value(&places->model->params[places->of[i]], at[i]);
    }
}

/* Of a beta's logit u: a u - (a + b) log(1 + e^u), the Jacobian within. */
double exodus_places_prior(const struct exodus_places *places, const double *at)
{
    double sum = 0;
    for (uint32_t i = 0; i < places->n; i++) {
        const struct exodus_param *param = &places->model->params[places->of[i]];
        if (param->prior == EXODUS_BETA) {
            double big = fmax(at[i], 0),
                   log_one = big + steady_log(steady_exp(-big) + steady_exp(at[i] - big));
            sum += param->a * at[i] - (param->a + param->b) * log_one;
        } else {
            sum -= 0.5 * at[i] * at[i];
        }
    }
    return sum;
}

double exodus_places_density(struct exodus_fit_work *work, const struct exodus_places *places,
                             const double *at)
{
    double params[EXODUS_PARAMS_MOST];
    for (uint32_t i = 0; i < places->n; i++) {
        if (!(fabs(at[i]) < 30)) {
            return -INFINITY;
        }
    }
    exodus_places_params(places, at, params);
    double density = exodus_places_prior(places, at) + exodus_fit_density(work, params);
    return isfinite(density) ? density : -INFINITY;
}
