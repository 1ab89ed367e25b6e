/* Compensated sums in the order of the input (Neumaier 1974): the same bytes every time, and an
 * error that does not grow with the number of terms. */
#ifndef AID_SUM_H
#define AID_SUM_H

#include <math.h>

struct aid_sum {
    double sum, lost;
};

static inline void aid_sum_add(struct aid_sum *a, double term)
{
    double next = a->sum + term;
    a->lost += fabs(a->sum) >= fabs(term) ? (a->sum - next) + term : (term - next) + a->sum;
    a->sum = next;
}

/* fmin and fmax without their rules for NaN, which cost a call each; the engine has checked that
 * nothing is NaN. */
static inline double aid_min(double a, double b)
{
    return a < b ? a : b;
}

static inline double aid_max(double a, double b)
{
    return a > b ? a : b;
}

static inline double aid_sum_value(const struct aid_sum *a)
{
    return a->sum + a->lost;
}

#endif
