/* Inside the fit: the parameters as a chain moves them.
 *
 * Place u of a parameter: normal and log-normal in sds from the mean, beta its logit.  The fitted parameters
 * alone, in their order: at[0 .. n - 1]. */
#ifndef FLOW_EXODUS_FIT_PARTS_H
#define FLOW_EXODUS_FIT_PARTS_H

#include "cholesky.h"
#include "exodus_fit.h"

struct exodus_places {
    const struct exodus_model *model;
    uint32_t n, of[EXODUS_FITTED_MOST]; /* parameter of each place */
};

void exodus_places_of(const struct exodus_model *model, struct exodus_places *out);

/* params[n_params]: those at `at`, the others at their medians. */
void exodus_places_params(const struct exodus_places *places, const double *at, double *params);

/* Log prior density of the places, up to a constant. */
double exodus_places_prior(const struct exodus_places *places, const double *at);

/* Prior and rows together, -INFINITY where that is no number. */
double exodus_places_density(struct exodus_fit_work *work, const struct exodus_places *places,
                             const double *at);

/* From `at` uphill to a mode, and the packed lower factor of the covariance there (cholesky.h). */
void exodus_mode(struct exodus_fit_work *work, const struct exodus_places *places, double *at,
                 double *factor);

/* One chain: kept[n_kept * n] places.  Returns the part of the proposals that was accepted. */
double exodus_chain(struct exodus_fit_work *work, const struct exodus_places *places,
                    const double *mode, const double *factor,
                    const struct exodus_fit_options *options, uint32_t chain, double *kept);

/* Of n_chains chains of n_steps values (stride between values): split R-hat, and the effective number. */
void exodus_chains_judge(const double *values, uint32_t n_chains, uint32_t n_steps, size_t stride,
                         double *r_hat, double *n_effective);

#endif
