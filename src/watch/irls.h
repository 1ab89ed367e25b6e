/* Log-linear models of counts by iteratively reweighted least squares (McCullagh and Nelder 1989,
 * section 2.5), for designs of one factor and a few columns of numbers.
 *
 * log mu = effect of the row's group + sum over columns of beta x.  There is no separate level: groups
 * are one 0/1 column each.  Coefficients and packed matrices (cholesky.h) have groups first. */
#ifndef WATCH_IRLS_H
#define WATCH_IRLS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "cholesky.h"

#define IRLS_COLUMNS 8 /* at most */

/* n rows; groups + columns at most CHOLESKY_MOST.  Each group has a row. */
struct irls_rows {
    size_t n, groups, columns;
    uint8_t *group; /* [n] 0 .. groups-1 */
    double *x;      /* [n * columns], a row's columns together */
    double *y;      /* [n] counts */
    double *weight; /* [n] prior weights > 0 */
};
int irls_rows_new(struct arena *arena, size_t n, size_t groups, size_t columns,
                  struct irls_rows *out, struct ajar_err *err);

/* Coefficients without the rows that they came from: a value that may be copied. */
struct irls_model {
    size_t groups, columns;
    double beta[CHOLESKY_MOST];
    double inverse[CHOLESKY_PACKED]; /* (X'WX)^-1, weights w: covariance of beta at dispersion 1 */
};

struct irls_fit {
    struct irls_model model;
    double *eta, *mu; /* [n] fitted */
    double *w;        /* [n] the weights of the last step, from the mu before it */
    double *work;
    bool converged;
};
int irls_fit_new(struct arena *arena, size_t n, struct irls_fit *out, struct ajar_err *err);

/* One step: least squares of wz / w on the design with weights w; new model, eta and mu.  False: not
 * of full rank.  O(n (columns + 2)^2). */
bool irls_step(const struct irls_rows *rows, const double *w, const double *wz,
               struct irls_fit *fit);

/* Poisson (or quasi-Poisson) fit.  Starts from mu = y + 0.1 and stops when the deviance changes by less than
 * 1e-8 (deviance + 0.1), at most 25 steps: the rules of R's glm, so that the last step's weights are
 * R's too.  log_start = log(y + 0.1) and y_log_y are the caller's, [n].  False: no full rank or
 * overflow, and fit is void.  fit->converged says whether it stopped by itself. */
bool irls_poisson(const struct irls_rows *rows, const double *log_start, const double *y_log_y,
                  struct irls_fit *fit);

/* Linear predictor at a group and columns x, and x' (X'WX)^-1 x: its variance at dispersion 1. */
double irls_eta(const struct irls_model *model, size_t group, const double *x);
double irls_spread(const struct irls_model *model, size_t group, const double *x);

/* out[i] = e to the x[i], within 4 units in the last place; x is cut to -700 .. 700.  The same bytes
 * everywhere, several at a time. */
void irls_exp(size_t n, const double *x, double *out);

#endif
