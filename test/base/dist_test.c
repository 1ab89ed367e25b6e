#include "unit.h"

#include <errno.h>
#include <math.h>

#include "dist.h"

/* A figure of a printed table, which has `digits` digits behind the point. */
static void assert_printed(double value, double printed, int digits)
{
    assert_near(value, printed, 0.5000001 * pow(10.0, -digits));
}

static void assert_relative(double value, double truth, double tolerance)
{
    assert_near(value, truth, tolerance * fabs(truth));
}

/* Abramowitz and Stegun, Handbook of Mathematical Functions, tables 26.1 (P), 26.2 (-log10 Q) and 26.5
 * (quantiles). */
static void the_normal_matches_the_handbook(void **state)
{
    (void)state;
    assert_printed(dist_normal_cdf(1.0), 0.841344746068543, 15);
    assert_printed(dist_normal_cdf(2.0), 0.977249868051821, 15);
    assert_printed(dist_normal_cdf(3.0), 0.998650101968370, 15);
    assert_printed(dist_normal_sf(1.0), 0.158655253931457, 15);
    static const struct {
        double x, log_q;
    } tails[] = {{5, 6.54265}, {10, 23.11805}, {15, 50.43522}, {20, 88.56010}, {30, 197.30921}};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        assert_printed(-log10(dist_normal_sf(tails[i].x)), tails[i].log_q, 5);
        assert_printed(-log10(dist_normal_cdf(-tails[i].x)), tails[i].log_q, 5);
    }
    assert_printed(dist_normal_quantile(0.975), 1.95996, 5);
    assert_printed(dist_normal_quantile(0.995), 2.57583, 5);
    assert_printed(dist_normal_quantile(0.001), -3.09023, 5);
}

/* NIST/SEMATECH e-Handbook of Statistical Methods, tables 1.3.6.7.2 (t) and 1.3.6.7.4 (chi-square). */
static void t_and_chi_square_match_the_handbook(void **state)
{
    (void)state;
    static const struct {
        double df, q95, q975, q999;
    } t[] = {{1, 6.314, 12.706, 318.309}, {2, 2.920, 4.303, 22.327}, {5, 2.015, 2.571, 5.893},
             {10, 1.812, 2.228, 4.144},   {30, 1.697, 2.042, 3.385}, {100, 1.660, 1.984, 3.174}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        assert_printed(dist_t_quantile(0.95, t[i].df), t[i].q95, 3);
        assert_printed(dist_t_quantile(0.975, t[i].df), t[i].q975, 3);
        assert_printed(dist_t_quantile(0.999, t[i].df), t[i].q999, 3);
    }
    static const struct {
        double df, low05, up05, up01;
    } chi2[] = {{1, 0.004, 3.841, 6.635},
                {2, 0.103, 5.991, 9.210},
                {10, 3.940, 18.307, 23.209},
                {50, 34.764, 67.505, 76.154},
                {100, 77.929, 124.342, 135.807}};
    for (size_t i = 0; i < sizeof chi2 / sizeof *chi2; i++) {
        assert_printed(dist_chi2_quantile(0.05, chi2[i].df), chi2[i].low05, 3);
        assert_printed(dist_chi2_quantile(0.95, chi2[i].df), chi2[i].up05, 3);
        assert_printed(dist_chi2_quantile(0.99, chi2[i].df), chi2[i].up01, 3);
    }
}

/* Abramowitz and Stegun, table 26.7: the chi-square probability function as a sum of Poisson terms. */
static void poisson_and_gamma_match_the_handbook(void **state)
{
    (void)state;
    assert_printed(dist_chi2_sf(4.0, 4.0), 0.40601, 5);
    assert_printed(dist_poisson_cdf(1.0, 2.0), 0.40601, 5);
    assert_printed(dist_gamma_q(2.0, 2.0), 0.40601, 5);
    assert_printed(dist_chi2_sf(10.0, 10.0), 0.44049, 5);
    assert_printed(dist_poisson_cdf(4.0, 5.0), 0.44049, 5);
    assert_printed(dist_chi2_sf(1.0, 1.0), 0.31731, 5);
}

/* Forms that need no table: sums of the terms, and cases with a closed form. */
static void closed_forms_agree(void **state)
{
    (void)state;
    static const double means[] = {0.01, 0.7, 3.0, 40.0, 500.0};
    static const double sizes[] = {0.3, 1.0, 7.5, 200.0};
    for (size_t i = 0; i < 5; i++) {
        double m = means[i], term = exp(-m), sum = term;
        for (int k = 0; k < 60; k++) {
            assert_relative(dist_poisson_cdf(k, m), sum, 1e-11);
            assert_relative(dist_poisson_cdf(k + 0.75, m), sum, 1e-11);
            term *= m / (k + 1);
            sum += term;
        }
        for (size_t j = 0; j < 4; j++) {
            double s = sizes[j], y = exp(-s * log1p(m / s)), total = y;
            for (int k = 0; k < 60; k++) {
                assert_relative(dist_negbin_cdf(k, m, s), total, 1e-11);
                y *= (s + k) / (k + 1) * (m / (m + s));
                total += y;
            }
        }
        assert_relative(dist_negbin_sf(4, m, 1.0), pow(m / (1 + m), 5), 1e-13);
        assert_relative(dist_negbin_cdf(3, m, INFINITY), dist_poisson_cdf(3, m), 1e-15);
    }
    for (double x = 0.0625; x < 1; x += 0.0625) {
        assert_relative(dist_beta_i(3, 1, x), x * x * x, 1e-14);
        assert_relative(dist_beta_i(1, 4, x), 1 - pow(1 - x, 4), 1e-14);
        assert_relative(dist_beta_i(2, 2, x), x * x * (3 - 2 * x), 1e-14);
        assert_relative(dist_beta_i(2.5, 7, x), 1 - dist_beta_i(7, 2.5, 1 - x), 1e-13);
        assert_relative(dist_t_cdf(x, 1), 0.5 + atan(x) / acos(-1.0), 1e-14);
        assert_relative(dist_t_cdf(x, 2), 0.5 + x / (2 * sqrt(2 + x * x)), 1e-14);
        assert_relative(dist_chi2_sf(9 * x, 2), exp(-4.5 * x), 1e-14);
        assert_relative(dist_gamma_p(1, x), -expm1(-x), 1e-14);
        assert_relative(dist_t_cdf(x, INFINITY), dist_normal_cdf(x), 1e-15);
    }
}

static void both_tails_sum_to_one(void **state)
{
    (void)state;
    for (double x = -8; x <= 8; x += 0.37) {
        assert_near(dist_normal_cdf(x) + dist_normal_sf(x), 1, 1e-15);
        assert_true(dist_normal_cdf(x) == dist_normal_sf(-x));
        static const double dfs[] = {0.5, 1, 4, 33, 1e5};
        for (size_t i = 0; i < 5; i++) {
            double df = dfs[i], y = fabs(x) * df / 4;
            assert_near(dist_t_cdf(x, df) + dist_t_sf(x, df), 1, 1e-14);
            assert_near(dist_chi2_cdf(y, df) + dist_chi2_sf(y, df), 1, 1e-14);
            assert_near(dist_gamma_p(df, y) + dist_gamma_q(df, y), 1, 1e-14);
            assert_near(dist_poisson_cdf(y, df) + dist_poisson_sf(y, df), 1, 1e-14);
            assert_near(dist_negbin_cdf(y, df, 2.5) + dist_negbin_sf(y, df, 2.5), 1, 1e-14);
        }
    }
}

static void quantiles_undo_the_distribution_function(void **state)
{
    (void)state;
    static const double ps[] = {1e-300, 1e-20, 1e-6, 0.01, 0.3, 0.5, 0.77, 0.99, 0.999999};
    for (size_t i = 0; i < sizeof ps / sizeof *ps; i++) {
        double p = ps[i];
        assert_relative(dist_normal_cdf(dist_normal_quantile(p)), p, 1e-12);
        static const double dfs[] = {1, 3.5, 30, 1000};
        for (size_t k = 0; k < 4; k++) {
            assert_relative(dist_t_cdf(dist_t_quantile(p, dfs[k]), dfs[k]), p, 1e-10);
            double x = dist_chi2_quantile(p, dfs[k]); /* 1e-600 at df 1 and p 1e-300 */
            assert_relative(dist_chi2_cdf(x, dfs[k]), x == 0 && dfs[k] == 1 ? 0 : p, 1e-10);
        }
        static const double sizes[] = {0.2, 5, 1e6, INFINITY};
        for (size_t k = 0; k < 4; k++) {
            for (double mean = 0.1; mean < 1e7; mean *= 30) {
                double q = dist_negbin_quantile(p, mean, sizes[k]);
                assert_true(q >= 0 && q == floor(q));
                assert_true(dist_negbin_cdf(q, mean, sizes[k]) >= p);
                assert_true(q == 0 || dist_negbin_cdf(q - 1, mean, sizes[k]) < p);
            }
        }
    }
}

static void tails_are_not_lost_in_subtraction(void **state)
{
    (void)state;
    assert_relative(dist_normal_sf(37.5), dist_normal_cdf(-37.5), 1e-15);
    assert_true(dist_normal_sf(37.5) > 0 && dist_normal_sf(37.5) < 1e-300);
    assert_relative(dist_chi2_sf(1300, 2), exp(-650.0), 1e-12);
    assert_relative(dist_t_sf(1e100, 2), 0.5e-200, 1e-12);
    assert_relative(dist_poisson_sf(0, 1e-200), 1e-200, 1e-13);
    assert_relative(dist_poisson_cdf(0, 600), exp(-600.0), 1e-12);
    assert_relative(dist_gamma_p(2, 1e-100), 0.5e-200, 1e-13);
}

static void ends_of_the_support_are_exact(void **state)
{
    (void)state;
    assert_true(dist_normal_cdf(-INFINITY) == 0 && dist_normal_cdf(INFINITY) == 1);
    assert_true(dist_t_sf(INFINITY, 3) == 0 && dist_t_sf(-INFINITY, 3) == 1);
    assert_true(dist_chi2_cdf(-1, 3) == 0 && dist_chi2_sf(INFINITY, 3) == 0);
    assert_true(dist_gamma_p(3, 0) == 0 && dist_gamma_q(3, INFINITY) == 0);
    assert_true(dist_beta_i(3, 2, 0) == 0 && dist_beta_i(3, 2, 1) == 1);
    assert_true(dist_poisson_cdf(-0.5, 3) == 0 && dist_poisson_sf(INFINITY, 3) == 0);
    assert_true(dist_poisson_cdf(0, 0) == 1 && dist_negbin_cdf(0, 0, 3) == 1);
    assert_true(isinf(dist_normal_quantile(1)) && dist_normal_quantile(0) < 0);
    assert_true(isinf(dist_t_quantile(0, 4)) && isinf(dist_chi2_quantile(1, 4)));
    assert_true(dist_chi2_quantile(0, 4) == 0 && dist_negbin_quantile(0, 4, 1) == 0);
    assert_true(isinf(dist_negbin_quantile(1, 4, 1)) && dist_negbin_quantile(0.5, 0, 1) == 0);
}

static void outside_the_domain_is_nan_without_errno(void **state)
{
    (void)state;
    errno = 0;
    const double values[] = {
        dist_normal_cdf(NAN),
        dist_normal_sf(NAN),
        dist_normal_quantile(-0.1),
        dist_normal_quantile(1.1),
        dist_normal_quantile(NAN),
        dist_t_cdf(1, 0),
        dist_t_cdf(1, -2),
        dist_t_sf(NAN, 2),
        dist_t_quantile(0.5, 0),
        dist_t_quantile(2, 3),
        dist_chi2_cdf(1, 0),
        dist_chi2_sf(1, INFINITY),
        dist_chi2_quantile(0.5, 5e10),
        dist_chi2_quantile(-1, 2),
        dist_gamma_p(0, 1),
        dist_gamma_q(1, -1),
        dist_gamma_q(1e11, 1e11),
        dist_gamma_p(NAN, 1),
        dist_beta_i(0, 1, 0.5),
        dist_beta_i(1, 1, 1.5),
        dist_beta_i(3e10, 3e10, 0.5),
        dist_negbin_cdf(1, -1, 1),
        dist_negbin_sf(1, 1, 0),
        dist_negbin_cdf(NAN, 1, 1),
        dist_negbin_cdf(1, 2e10, 2e10),
        dist_negbin_quantile(0.5, -1, 1),
        dist_poisson_cdf(1, -1),
        dist_poisson_sf(1, 2e10),
        dist_poisson_cdf(NAN, 1),
        dist_negbin_quantile(NAN, 1, 1),
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (!isnan(values[i])) {
            fail_msg("value %zu is %g", i, values[i]);
        }
    }
    assert_true(dist_normal_sf(1e9) == 0 && dist_chi2_sf(1e9, 1) == 0); /* too small is no error */
    assert_int_equal(errno, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_matches_the_handbook),
        cmocka_unit_test(t_and_chi_square_match_the_handbook),
        cmocka_unit_test(poisson_and_gamma_match_the_handbook),
        cmocka_unit_test(closed_forms_agree),
        cmocka_unit_test(both_tails_sum_to_one),
        cmocka_unit_test(quantiles_undo_the_distribution_function),
        cmocka_unit_test(tails_are_not_lost_in_subtraction),
        cmocka_unit_test(ends_of_the_support_are_exact),
        cmocka_unit_test(outside_the_domain_is_nan_without_errno),
    };
    return cmocka_run_group_tests_name("dist", tests, NULL, NULL);
}
