/* Cholesky factors of small symmetric matrices: normal equations of at most 32 columns.
 *
 * Symmetric matrices and factors are packed: the lower triangle by rows, element (i, j), j <= i, at
 * i (i + 1) / 2 + j.  The order of operations is fixed, so the same input gives the same bytes. */
#ifndef BASE_CHOLESKY_H
#define BASE_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

#define CHOLESKY_MOST   32
#define CHOLESKY_PACKED (CHOLESKY_MOST * (CHOLESKY_MOST + 1) / 2)

/* Replaces a by L with a = L L'.  False, and a is spoilt, when n is 0 or above CHOLESKY_MOST, or when
 * the matrix is not positive definite to working accuracy: a pivot is not above 1e-12 of its diagonal
 * element, or is not finite.  n^3 / 6 multiplications. */
bool cholesky_factor(size_t n, double *a);

/* Solves L L' x = b in place of b.  n^2 multiplications. */
void cholesky_solve(size_t n, const double *l, double *b);

/* out = (L L')^-1, packed; out and l are apart.  n^3 / 3 multiplications. */
void cholesky_invert(size_t n, const double *l, double *out);

#endif
