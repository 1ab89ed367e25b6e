/* What did the rows teach?  The posterior of the parameters, by the mean field.
 *
 * Density: the priors, times Student's t with 4 degrees on log(answer + 1/2) - log(value + 1/2) of each row
 * over its scale; of a row that counts "more than", only what is missing counts; of alternatives the mean of
 * their likelihoods.  Parameters that are not fitted stand at their medians, and are drawn from their priors
 * afterwards: the rows do not reach them (a cut posterior).
 *
 * Method: the mode by BFGS, the curvature there, then chains of random walk Metropolis with proposals of that
 * covariance (Haario, Saksman, Tamminen 2001: of the chain's own from the second half of the warm-up on;
 * scale by Robbins and Monro 1951), from starts that are wider spread than the posterior.  R-hat is that of
 * split chains (Gelman and others 2013), the effective number of draws that of Geyer's initial positive
 * sequence (1992). */
#ifndef FLOW_EXODUS_FIT_H
#define FLOW_EXODUS_FIT_H

#include "exodus_rows.h"
#include "pool.h"

struct exodus_fit_options {
    uint64_t seed;
    date_days as_known; /* rows whose source may be later do not reach the fit */
    bool by_period;     /* the labelled variant: rows of days up to as_known, whenever published */
    uint32_t n_chains, n_warm; /* steps of each chain before it counts */
    uint32_t n_kept, every;    /* places kept of each chain, one in so many steps */
    uint32_t n_draws;          /* kept, of all chains together, evenly spaced */
};

#define EXODUS_FIT_CHAINS 8
#define EXODUS_FIT_WARM   20000
#define EXODUS_FIT_KEPT   2000
#define EXODUS_FIT_EVERY  20
#define EXODUS_FIT_DRAWS  2000

struct exodus_learned { /* of one parameter, in its unit */
    double prior_p5, prior_p50, prior_p95;
    double best; /* at the mode */
    double p5, p50, p95;
    double width;              /* (p95 - p5) of the posterior over that of the prior */
    double r_hat, n_effective; /* NaN where not fitted */
};

struct exodus_fit {
    uint32_t n_rows; /* that reached the fit; alternatives count once */
    uint32_t n_draws;
    double *draws;                 /* [n_draws * n_params] */
    struct exodus_learned *params; /* [n_params] */
    double accepted;               /* part of the proposals */
};

/* The rows that reach a fit, made ready. */
struct exodus_data {
    size_t n;
    const struct exodus_seen **seen; /* [n] alternatives next to each other */
    struct exodus_probe *probes;     /* [n] */
    uint32_t n_days;                 /* of the run, up to the last row */
};

/* E_EXODUS_ROW when a row that is to be fitted cannot be answered. */
int exodus_data_make(struct arena *arena, const struct exodus_model *model,
                     const struct exodus_seen *seen, size_t n_seen, date_days as_known,
                     bool by_period, struct exodus_data *out, struct ajar_err *err);

/* Log density of the rows for parameters in their units; scratch of exodus_fit_work_new. */
struct exodus_fit_work {
    const struct exodus_model *model;
    const struct exodus_gates *gates;
    const struct exodus_data *data;
    struct exodus_setting setting;
    struct exodus_result result;
    struct exodus_totals totals;
};
int exodus_fit_work_new(struct arena *arena, const struct exodus_model *model,
                        const struct exodus_gates *gates, const struct exodus_data *data,
                        struct exodus_fit_work *out, struct ajar_err *err);
double exodus_fit_density(struct exodus_fit_work *work, const double *params);

/* Parameter p from its prior, by (seed, p, draw); its quantile at 0 < q < 1; its median. */
double exodus_prior_draw(const struct exodus_param *param, uint64_t seed, uint32_t p,
                         uint32_t draw);
double exodus_prior_quantile(const struct exodus_param *param, double q);

/* Quantiles of the draws beside those of the priors; best, r_hat and n_effective are NaN. */
int exodus_learn(struct arena *arena, const struct exodus_model *model, const double *draws,
                 uint32_t n_draws, struct exodus_learned **out, struct ajar_err *err);

/* The whole fit.  Same bytes for any number of threads.  E_EXODUS_ROW, E_EXODUS_FIT when the density is no
 * number at the priors' medians, E_CANCELLED, E_CEILING, E_MEMORY.  O(chains * (n_warm + n_kept * every) * days * doors *
 * classes * regions). */
int exodus_fit_run(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_gates *gates, const struct exodus_seen *seen, size_t n_seen,
                   const struct exodus_fit_options *options, struct pool *pool,
                   const struct watch *watch, struct exodus_fit *out, struct ajar_err *err);

#endif
