/* A fit of the exodus and its trial: forecasts from earlier days. */
#ifndef DESK_EXODUS_FIT_JOB_H
#define DESK_EXODUS_FIT_JOB_H

#include "exodus_chain.h"

struct exodus_fit_job_options {
    uint64_t seed;
    bool quick;     /* short chains and no origins: not the fit that is shipped */
    bool by_period; /* the labelled variant (exodus_fit_options) */
};

struct exodus_fit_made {
    struct exodus_fit fit;
    size_t n_rolling;
    struct exodus_rolling *rolling; /* by origin */
    size_t n_files;
    struct exodus_chain_file *files; /* posterior.csv, rolling.csv, parameters.csv, fit.yaml */
};

#define EXODUS_SHIPPED_DRAWS 400 /* in posterior.csv, evenly spaced over those of the fit */

/* Fits to what was known on model->as_known, then on each of model->origins with the doors as that day knew
 * them, each scored on rows up to as_known.  Same bytes for any number of threads.  All in the arena.  Errors
 * of exodus_fit_run and exodus_load_gates. */
int exodus_fit_job(struct arena *arena, const struct exodus_input *input,
                   const struct exodus_fit_job_options *options, struct pool *pool,
                   const struct watch *watch, struct exodus_fit_made *out, struct faults *faults,
                   struct ajar_err *err);

#endif
