#include <math.h>

#include "cholesky.h"

#define SINGULAR 1e-12 /* of the diagonal element: rounding alone leaves about 1e-15 */

static size_t row_at(size_t i)
{
    return i * (i + 1) / 2;
}

bool cholesky_factor(size_t n, double *a)
{
    if (n == 0 || n > CHOLESKY_MOST) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        double *row = a + row_at(i);
        double diagonal = row[i], pivot = diagonal;
        for (size_t j = 0; j < i; j++) {
            const double *other = a + row_at(j);
            double sum = row[j];
            for (size_t k = 0; k < j; k++) {
                sum -= row[k] * other[k];
            }
            row[j] = sum / other[j];
            pivot -= row[j] * row[j];
        }
        /* Written so that NaN fails. */
        if (!(pivot > SINGULAR * diagonal && diagonal > 0 && pivot < INFINITY)) {
            return false;
        }
        row[i] = sqrt(pivot);
    }
    return true;
}

void cholesky_solve(size_t n, const double *l, double *b)
{
    for (size_t i = 0; i < n; i++) {
        const double *row = l + row_at(i);
        for (size_t k = 0; k < i; k++) {
            b[i] -= row[k] * b[k];
        }
        b[i] /= row[i];
    }
    for (size_t i = n; i-- > 0;) {
        const double *row = l + row_at(i);
        b[i] /= row[i];
        for (size_t k = 0; k < i; k++) {
            b[k] -= row[k] * b[i];
        }
    }
}

void cholesky_invert(size_t n, const double *l, double *out)
{
    double unit[CHOLESKY_MOST];
    for (size_t j = 0; j < n && n <= CHOLESKY_MOST; j++) {
        for (size_t i = 0; i < n; i++) {
            unit[i] = i == j ? 1 : 0;
        }
        cholesky_solve(n, l, unit);
        for (size_t i = j; i < n; i++) {
            out[row_at(i) + j] = unit[i];
        }
    }
}
