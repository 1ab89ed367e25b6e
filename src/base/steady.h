/* Logarithm, exponential and the like with the same bytes on every machine.
 *
 * A libm may pick other code on another processor: glibc's log, exp and log1p differ in the last bit
 * for about one argument in ten thousand to one in a thousand between processors with and without
 * fused multiply-add, and other C libraries differ again.  A random draw that compares such a value
 * could then take another branch.  These functions use only IEEE 754 +, -, *, /, sqrt, floor, frexp and
 * ldexp, which are exact or correctly rounded everywhere, in a fixed order.  They are not the fastest;
 * each is within 2 units in the last place, except where its comment says otherwise. */
#ifndef BASE_STEADY_H
#define BASE_STEADY_H

#include <stdint.h>

/* Natural logarithm.  0 gives -inf, a negative number NaN. */
double steady_log(double x);

/* log(1 + x), exact for small x.  -1 gives -inf, less gives NaN. */
double steady_log1p(double x);

/* e to the x; 0 below about -745, inf above about 709.8. */
double steady_exp(double x);

/* The x with standard normal distribution function p: algorithm AS 241, PPND16 (Wichura 1988),
 * relative error about 1e-15.  0 gives -inf, 1 gives inf, outside [0, 1] NaN. */
double steady_normal_quantile(double p);

/* Logarithm of the Poisson probability of k >= 0 at mean > 0, and of the binomial probability of k in
 * 0 .. n at p in (0, 1), by the saddle-point form of Loader (2000, "Fast and accurate computation of
 * binomial probabilities"): no cancellation for k, n up to 2^53. */
double steady_poisson_log_pmf(int64_t k, double mean);
double steady_binomial_log_pmf(int64_t k, int64_t n, double p);

#endif
