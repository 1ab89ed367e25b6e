/* Distribution functions (Boost.Math behind dist.cpp).  p is a probability in [0, 1].
 *
 * Arguments outside the domain, and NaN, give NaN; nothing throws and nothing changes errno.  An infinite
 * x is an ordinary argument.  A quantile at p = 0 or 1 is the end of the support, which may be infinite.
 * Counts k need not be whole: cdf and sf are those of floor(k).
 *
 * Relative error, measured against 60-digit arithmetic: 1e-13 or better with parameters (a, b, df, mean,
 * size) up to 1e6, growing to 1e-9 where two parameters of a beta or negative binomial reach 1e10; both
 * tails down to 1e-300, and sf is computed on its own, not as 1 - cdf.  Larger parameters, which Boost
 * would answer wrongly, are outside the domain as said below.  Evaluation is in long double, so the last
 * bit may differ between processor families; random draws do not use these functions (steady.h). */
#ifndef BASE_DIST_H
#define BASE_DIST_H

#ifdef __cplusplus
extern "C" {
#endif

double dist_normal_cdf(double x);
double dist_normal_sf(double x); /* 1 - cdf, exact in the tail */
double dist_normal_quantile(double p);

/* Student's t, df > 0; df infinite is the normal. */
double dist_t_cdf(double x, double df);
double dist_t_sf(double x, double df);
double dist_t_quantile(double p, double df);

/* Chi-square, df > 0 and at most 4e10; x < 0 has cdf 0. */
double dist_chi2_cdf(double x, double df);
double dist_chi2_sf(double x, double df);
double dist_chi2_quantile(double p, double df);

/* Regularised incomplete gamma, lower and upper; 0 < a <= 2e10, x >= 0. */
double dist_gamma_p(double a, double x);
double dist_gamma_q(double a, double x);

/* Regularised incomplete beta; a, b > 0, not both above 2e10; x in [0, 1]. */
double dist_beta_i(double a, double b, double x);

/* Negative binomial by its mean >= 0 and size > 0: variance = mean + mean^2 / size; size infinite is
 * Poisson.  Mean and size are not both above 1e10.  sf is P(Y > k).  The quantile is the least whole k
 * whose dist_negbin_cdf is at least p; about 2 log2(sd) evaluations of the cdf at worst. */
double dist_negbin_cdf(double k, double mean, double size);
double dist_negbin_sf(double k, double mean, double size);
double dist_negbin_quantile(double p, double mean, double size);

double dist_poisson_cdf(double k, double mean); /* mean 0 .. 1e10 */
double dist_poisson_sf(double k, double mean);  /* P(Y > k) */

#ifdef __cplusplus
}
#endif

#endif
