/* The oracle is the C library in long double, which carries at least eleven bits more. */
#include "unit.h"

#include <float.h>
#include <math.h>

#include "rng.h"
#include "steady.h"

#define MANY 200000

/* Distance of `value` from the true value in units in the last place of the double nearest to it. */
static double ulps(double value, long double truth)
{
    double nearest = (double)truth;
    double unit = nextafter(fabs(nearest), INFINITY) - fabs(nearest);
    return (double)(fabsl((long double)value - truth) / (long double)unit);
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* FNV-1a over the bits of a double, the same on machines of either byte order. */
static uint64_t hash_in(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 64; i += 8) {
        hash = (hash ^ ((bits >> i) & 0xff)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static void logarithms_are_within_two_units(void **state)
{
    (void)state;
    struct rng rng = rng_at(1, 0, 0, 0);
    double worst = 0;
    for (int i = 0; i < MANY; i++) {
        double any = from_bits(rng_u64(&rng) % 0x7ff0000000000000); /* all sizes, subnormal too */
        double near_one = 1.0 + (rng_uniform(&rng) - 0.5) * ldexp(1.0, -(i % 40));
        if (any > 0) {
            worst = fmax(worst, ulps(steady_log(any), logl(any)));
        }
        worst = fmax(worst, ulps(steady_log(near_one), logl(near_one)));
    }
    assert_true(worst <= 2.0);
    assert_true(steady_log(1.0) == 0.0);
    assert_true(isinf(steady_log(0.0)) && steady_log(0.0) < 0);
    assert_true(isinf(steady_log(INFINITY)) && steady_log(INFINITY) > 0);
    assert_true(isnan(steady_log(-1.0)) && isnan(steady_log(NAN)));
}

static void logarithms_beside_one_are_within_two_units(void **state)
{
    (void)state;
    struct rng rng = rng_at(2, 0, 0, 0);
    double worst = 0;
    for (int i = 0; i < MANY; i++) {
        double x = ldexp(rng_uniform(&rng), (i % 80) - 70) * (i % 3 == 0 ? -1 : 1);
        if (x > -1.0) {
            worst = fmax(worst, ulps(steady_log1p(x), log1pl(x)));
        }
    }
    assert_true(worst <= 2.0);
    assert_true(steady_log1p(1e-300) == 1e-300);
    assert_true(isinf(steady_log1p(-1.0)) && steady_log1p(-1.0) < 0);
    assert_true(isnan(steady_log1p(-1.5)) && isnan(steady_log1p(NAN)));
    assert_true(isinf(steady_log1p(INFINITY)));
}

static void exponentials_are_within_two_units(void **state)
{
    (void)state;
    struct rng rng = rng_at(3, 0, 0, 0);
    double worst = 0;
    for (int i = 0; i < MANY; i++) {
        double wide = -745.2 + rng_uniform(&rng) * (745.2 + 709.78);
        double narrow = (rng_uniform(&rng) - 0.5) * ldexp(1.0, -(i % 60));
        worst = fmax(worst, ulps(steady_exp(wide), expl(wide)));
        worst = fmax(worst, ulps(steady_exp(narrow), expl(narrow)));
    }
    assert_true(worst <= 2.0);
    assert_true(steady_exp(0.0) == 1.0);
    assert_true(steady_exp(709.78) < DBL_MAX && isinf(steady_exp(709.79)));
    assert_true(steady_exp(-745.1) > 0.0 && steady_exp(-746.1) == 0.0);
    assert_true(steady_exp(-INFINITY) == 0.0 && isinf(steady_exp(INFINITY)));
    assert_true(isnan(steady_exp(NAN)));
}

/* One step of Newton in long double shows how far x is from the quantile. */
static double quantile_error(double p)
{
    long double x = steady_normal_quantile(p), root2 = sqrtl(2.0L);
    long double off = fabs(p - 0.5) < 0.4 ? 0.5L * erfl(x / root2) - ((long double)p - 0.5L)
                      : p < 0.5           ? 0.5L * erfcl(-x / root2) - p
                                          : (1.0L - p) - 0.5L * erfcl(x / root2);
    long double density = expl(-0.5L * x * x) / sqrtl(2.0L * acosl(-1.0L));
    return x == 0 ? 0 : (double)fabsl(off / density / x);
}

static void the_normal_quantile_is_right_to_1e_15(void **state)
{
    (void)state;
    struct rng rng = rng_at(4, 0, 0, 0);
    double worst = 0;
    for (int i = 0; i < MANY / 4; i++) {
        double p = rng_uniform(&rng);
        worst = fmax(worst, quantile_error(p));
        worst = fmax(worst, quantile_error(ldexp(p, -(i % 1000))));
        worst = fmax(worst, quantile_error(1.0 - ldexp(p, -(i % 50))));
    }
    assert_true(worst < 2e-15);
    /* Wichura (1988), the check values of the paper. */
    assert_near(steady_normal_quantile(0.25), -0.6744897501960817, 1e-15);
    assert_near(steady_normal_quantile(0.001), -3.090232306167814, 4e-15);
    assert_near(steady_normal_quantile(1e-20), -9.262340089798408, 1e-14);
    assert_true(steady_normal_quantile(0.5) == 0.0);
    assert_true(steady_normal_quantile(0.125) == -steady_normal_quantile(0.875));
    assert_true(isinf(steady_normal_quantile(0.0)) && isinf(steady_normal_quantile(1.0)));
    assert_true(isnan(steady_normal_quantile(-0.1)) && isnan(steady_normal_quantile(1.1)));
    assert_true(isnan(steady_normal_quantile(NAN)));
}

/* An error in a logarithm is a relative error of the probability. */
static void probabilities_are_right_to_1e_14(void **state)
{
    (void)state;
    struct rng rng = rng_at(5, 0, 0, 0);
    for (int i = 0; i < MANY / 10; i++) {
        double mean = ldexp(0.5 + rng_uniform(&rng), i % 20 - 5);
        int64_t k = (int64_t)(mean * 3.0 * rng_uniform(&rng) * (i % 2));
        long double x = k;
        long double poisson = x * logl(mean) - mean - lgammal(x + 1);
        assert_near(steady_poisson_log_pmf(k, mean), (double)poisson,
                    1e-14 * (1.0 + fabs((double)poisson)));
        int64_t n = k + rng_below(&rng, 1000);
        double p = rng_uniform(&rng);
        long double rest = n - k;
        long double binomial = lgammal((long double)n + 1) - lgammal(x + 1) - lgammal(rest + 1) +
                               x * logl(p) + rest * log1pl(-p);
        assert_near(steady_binomial_log_pmf(k, n, p), (double)binomial,
                    1e-14 * (1.0 + fabs((double)binomial)));
    }
    /* At the mean and far out, where terms of 1e16 cancel: Stirling's series is the truth here. */
    assert_near(steady_poisson_log_pmf(INT64_C(1000000000000000), 1e15),
                -0.5 * log(2.0 * acos(-1.0) * 1e15), 1e-13);
    assert_near(steady_binomial_log_pmf(INT64_C(1) << 51, INT64_C(1) << 52, 0.5),
                -0.5 * log(2.0 * acos(-1.0) * 0x1p50), 1e-13);
}

/* Fails when one bit of any result changes: with another compiler, processor or order of terms. */
static void the_bytes_never_change(void **state)
{
    (void)state;
    struct rng rng = rng_at(6, 0, 0, 0);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < 20000; i++) {
        double u = rng_uniform(&rng);
        double x = ldexp(u, (int)rng_below(&rng, 60) - 30);
        hash = hash_in(hash, steady_log(x));
        hash = hash_in(hash, steady_log1p(i % 2 == 0 ? x : -u));
        hash = hash_in(hash, steady_exp(i % 2 == 0 ? -x : 700 * u));
        hash = hash_in(hash, steady_normal_quantile(u));
        hash = hash_in(hash, steady_poisson_log_pmf(i % 300, 200 * u));
        hash = hash_in(hash, steady_binomial_log_pmf(i % 300, 300, u));
    }
    assert_true(hash == UINT64_C(0x222b604606d66348));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_are_within_two_units),
        cmocka_unit_test(logarithms_beside_one_are_within_two_units),
        cmocka_unit_test(exponentials_are_within_two_units),
        cmocka_unit_test(the_normal_quantile_is_right_to_1e_15),
        cmocka_unit_test(probabilities_are_right_to_1e_14),
        cmocka_unit_test(the_bytes_never_change),
    };
    return cmocka_run_group_tests_name("steady", tests, NULL, NULL);
}
