/* The draws of a fit as a file, so that a forecast need not fit again. */
#ifndef FLOW_EXODUS_POSTERIOR_H
#define FLOW_EXODUS_POSTERIOR_H

#include "exodus_rows.h"
#include "text.h"

#define EXODUS_POSTERIOR_FILE "exodus/posterior.csv"
#define EXODUS_POSTERIOR_MOST 100000 /* draws */

/* What a fit depends on, in 64 bits: parameters with their priors, doors, classes, regions, first day, order and
 * as_known, and the rows that are fitted with their values.  Not: titles, what-ifs, the decisions of the doors. */
uint64_t exodus_fingerprint(const struct exodus_model *model, const struct exodus_seen *seen,
                            size_t n_seen);

/* A row a draw: the fingerprint in hex under `fit`, then a column for each parameter by its id. */
int exodus_posterior_write(struct buf *buf, const struct exodus_model *model, uint64_t fingerprint,
                           const double *draws, uint32_t n_draws, struct ajar_err *err);

/* (*draws)[*n_draws * n_params].  Faults of the file go to `faults` (E_EXODUS_FAULTS): csv.*, a column that is
 * missing or of no parameter, a cell that is no number, no row.  E_EXODUS_STALE when it is of another
 * fingerprint. */
int exodus_posterior_read(struct arena *arena, const struct exodus_model *model,
                          uint64_t fingerprint, struct text bytes, double **draws,
                          uint32_t *n_draws, struct faults *faults, struct ajar_err *err);

#endif
