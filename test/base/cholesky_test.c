/* Factors beside matrices whose inverse is known in closed form, and beside brute force. */
#include "unit.h"

#include <math.h>

#include "cholesky.h"

static size_t at(size_t i, size_t j)
{
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
}

/* min(i, j) + 1 has the tridiagonal inverse with 2 on the diagonal (1 at its end) and -1 beside it. */
static void the_inverse_of_the_minimum_matrix_is_tridiagonal(void **state)
{
    (void)state;
    for (size_t n = 1; n <= CHOLESKY_MOST; n++) {
        double a[CHOLESKY_PACKED], inverse[CHOLESKY_PACKED];
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= i; j++) {
                a[at(i, j)] = (double)j + 1;
            }
        }
        assert_true(cholesky_factor(n, a));
        cholesky_invert(n, a, inverse);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= i; j++) {
                double known = i == j ? (i + 1 == n ? 1 : 2) : i == j + 1 ? -1 : 0;
                assert_near(a[at(i, j)], 1, 1e-13); /* its factor is all ones */
                assert_near(inverse[at(i, j)], known, 1e-12);
            }
        }
    }
}

/* The Hilbert matrix of order 5: inverse of whole numbers, condition 5e5. */
static void the_inverse_of_a_hilbert_matrix_is_whole(void **state)
{
    (void)state;
    static const double known[5][5] = {{25, -300, 1050, -1400, 630},
                                       {-300, 4800, -18900, 26880, -12600},
                                       {1050, -18900, 79380, -117600, 56700},
                                       {-1400, 26880, -117600, 179200, -88200},
                                       {630, -12600, 56700, -88200, 44100}};
    double a[15], inverse[15];
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j <= i; j++) {
            a[at(i, j)] = 1 / (double)(i + j + 1);
        }
    }
    assert_true(cholesky_factor(5, a));
    cholesky_invert(5, a, inverse);
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j <= i; j++) {
            assert_near(inverse[at(i, j)], known[i][j], 1e-5);
        }
    }
}

static void a_solution_put_back_gives_the_right_side(void **state)
{
    (void)state;
    enum { N = 12, ROWS = 40 };
    double x[ROWS][N], a[CHOLESKY_PACKED] = {0}, l[CHOLESKY_PACKED], b[N];
    uint32_t seed = 1;
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t j = 0; j < N; j++) {
            seed = seed * 1664525u + 1013904223u;
            x[r][j] = (double)seed / 4294967296.0 - 0.5;
        }
        for (size_t i = 0; i < N; i++) {
            for (size_t j = 0; j <= i; j++) {
                a[at(i, j)] += x[r][i] * x[r][j];
            }
        }
    }
    memcpy(l, a, sizeof l);
    assert_true(cholesky_factor(N, l));
    for (size_t i = 0; i < N; i++) {
        b[i] = (double)i - 3;
    }
    cholesky_solve(N, l, b);
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t j = 0; j < N; j++) {
            sum += a[at(i, j)] * b[j];
        }
        assert_near(sum, (double)i - 3, 1e-12);
    }
}

static void what_is_not_positive_definite_is_refused(void **state)
{
    (void)state;
    double indefinite[] = {1, 2, 1};
    double singular[] = {1, 1, 1};
    double nearly[] = {1, 1, 1 + 1e-14};
    double negative[] = {-1};
    double zero[] = {0};
    double broken[] = {1, NAN, 1};
    double endless[] = {INFINITY};
    double well[] = {1, 1, 1 + 1e-9};
    double many[(CHOLESKY_MOST + 1) * (CHOLESKY_MOST + 2) / 2] = {1};
    assert_false(cholesky_factor(2, indefinite));
    assert_false(cholesky_factor(2, singular));
    assert_false(cholesky_factor(2, nearly));
    assert_false(cholesky_factor(1, negative));
    assert_false(cholesky_factor(1, zero));
    assert_false(cholesky_factor(2, broken));
    assert_false(cholesky_factor(1, endless));
    assert_false(cholesky_factor(0, zero));
    assert_false(cholesky_factor(CHOLESKY_MOST + 1, many));
    assert_true(cholesky_factor(2, well));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inverse_of_the_minimum_matrix_is_tridiagonal),
        cmocka_unit_test(the_inverse_of_a_hilbert_matrix_is_whole),
        cmocka_unit_test(a_solution_put_back_gives_the_right_side),
        cmocka_unit_test(what_is_not_positive_definite_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
