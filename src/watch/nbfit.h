/* A log-linear model of counts whose variance is mu + mu^2 / size, and what it lets one expect.
 *
 * Quasi-likelihood with the negative binomial's variance (Breslow 1984): beta from irls.h, 1/size so that
 * Pearson's statistic equals its degrees of freedom, at least 0 (Poisson).  Counts that stick out are
 * weighed down as Farrington et al. (1996) and Noufaily et al. (2013) do, with one difference: what the
 * weights take from Pearson's statistic of a series in control is put back, so that the variance is
 * not understated.
 *
 * A count's score is its place in the predicted distribution on the normal scale: a gamma distribution
 * shifted to the mean, variance and skewness of the negative binomial, with Wilson and Hilferty's (1931) cube root.
 * It is close to the normal score of P(Y > y) + P(Y = y) / 2 for means of 3 and more, at any size. */
#ifndef WATCH_NBFIT_H
#define WATCH_NBFIT_H

#include "irls.h"

struct nbfit {
    struct irls_model model;
    double inverse_size; /* 1 / size >= 0 */
    double df;           /* rows less columns */
    double least, most;  /* of the fitted means */
};

/* rows->weight is overwritten.  threshold: scores above it are weighed by score^-2; INFINITY: none.  Scratch
 * memory comes from the arena: E_MEMORY, E_CEILING.  *converged false: no fit, and *out is void. */
int nbfit_make(struct arena *arena, const struct irls_rows *rows, double threshold,
               struct nbfit *out, bool *converged, struct ajar_err *err);

/* What one more count would be like, as it is seen from the fit: y about the fitted mean, with the error of
 * the mean, taken as log-normal, added in. */
struct nbfit_predicted {
    double mean;                       /* fitted */
    double centre, variance, skewness; /* of the count, given the fit */
    double spread;                     /* 1 / size of a negative binomial in their place */
    double eta_variance;               /* of the logarithm of the fitted mean */
    double df; /* of the variance; INFINITY at inverse_size 0, which is not estimated */
};
void nbfit_predict(const struct nbfit *fit, size_t group, const double *x,
                   struct nbfit_predicted *out);

/* A level that had only zeros in n periods: the posterior of its mean from Jeffreys' prior. */
void nbfit_predict_zeros(size_t n, struct nbfit_predicted *out);

/* Normal score of a count, and the count from which on the score is above `score`.  Skewness above 1, where
 * the cube root fails, is left to the negative binomial itself. */
double nbfit_score(const struct nbfit_predicted *predicted, double y);
double nbfit_bound(const struct nbfit_predicted *predicted, double score);

#endif
