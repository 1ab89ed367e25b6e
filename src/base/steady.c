#include "steady.h"

#include <float.h>
#include <math.h>

_Static_assert(FLT_EVAL_METHOD == 0, "double arithmetic is done in double, not wider");

/* LN2_HI has 21 trailing zero bits, so a multiple of it by any exponent is exact. */
#define LN2_HI       0x1.62e42feep-1
#define LN2_LO       0x1.a39ef35793c76p-33
#define INV_LN2      0x1.71547652b82fep+0
#define SQRT_HALF    0x1.6a09e667f3bcdp-1
#define LOG_2PI      0x1.d67f1c864beb5p+0
#define EXP_UNDER    (-746.0)
#define EXP_OVER     709.782712893384
#define STIRLING_MAX 15 /* the asymptotic series is exact to 1e-16 above it */

/* log(m) = f - f^2/2 + s (f^2/2 + R), f = m - 1, s = f / (2 + f), R = 2 s^2/3 + 2 s^4/5 + ...
 * The Taylor terms of atanh reach 1e-18 at the largest s^2, 0.0295, after eleven of them. */
double steady_log(double x)
{
    if (isnan(x) || x < 0.0) {
        return NAN;
    }
    if (x == 0.0 || isinf(x)) {
        return x == 0.0 ? -INFINITY : x;
    }
    int exponent = 0;
    double m = frexp(x, &exponent);
    if (m < SQRT_HALF) {
        m *= 2.0;
        exponent--;
    }
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double r = 0.0;
    for (int i = 23; i >= 3; i -= 2) {
        r = z * (2.0 / i + r);
    }
    double half_square = 0.5 * f * f;
    double k = exponent;
    return k * LN2_HI - ((half_square - (s * (half_square + r) + k * LN2_LO)) - f);
}

double steady_log1p(double x)
{
    double u = 1.0 + x;
    if (u == 1.0) {
        return x;
    }
    if (isinf(u) || u <= 0.0) {
        return steady_log(u);
    }
    /* What the rounding of 1 + x lost, exactly (Dekker's fast two-sum), to first order. */
    double lost = fabs(x) < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
    return steady_log(u) + lost / u;
}

double steady_exp(double x)
{
    if (isnan(x)) {
        return x;
    }
    if (x > EXP_OVER) {
        return INFINITY;
    }
    if (x < EXP_UNDER) {
        return 0.0;
    }
    double k = floor(x * INV_LN2 + 0.5);
    double hi = x - k * LN2_HI;
    double lo = k * LN2_LO;
    double r = hi - lo;
    double tail = (hi - r) - lo;
    double sum = 0.0;
    for (int i = 14; i >= 2; i--) {
        sum = (sum + 1.0) * (r / i);
    }
    /* sum is (e^r - 1 - r) / r here; adding small to large last keeps the error below one unit. */
    double value = 1.0 + (r + (r * sum + tail));
    return ldexp(value, (int)k);
}

static double ratio(const double up[8], const double down[8], double r)
{
    double a = up[7];
    double b = down[7];
    for (int i = 6; i >= 0; i--) {
        a = a * r + up[i];
        b = b * r + down[i];
    }
    return a / b;
}

double steady_normal_quantile(double p)
{
    static const double centre_up[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                        1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                        4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                        3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double centre_down[8] = {1.0,
                                          4.2313330701600911252e+1,
                                          6.8718700749205790830e+2,
                                          5.3941960214247511077e+3,
                                          2.1213794301586595867e+4,
                                          3.9307895800092710610e+4,
                                          2.8729085735721942674e+4,
                                          5.2264952788528545610e+3};
    static const double middle_up[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                        5.76949722146069140550e0,  3.64784832476320460504e0,
                                        1.27045825245236838258e0,  2.41780725177450611770e-1,
                                        2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double middle_down[8] = {1.0,
                                          2.05319162663775882187e0,
                                          1.67638483018380384940e0,
                                          6.89767334985100004550e-1,
                                          1.48103976427480074590e-1,
                                          1.51986665636164571966e-2,
                                          5.47593808499534494600e-4,
                                          1.05075007164441684324e-9};
    static const double tail_up[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                      1.78482653991729133580e0,  2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double tail_down[8] = {1.0,
                                        5.99832206555887937690e-1,
                                        1.36929880922735805310e-1,
                                        1.48753612908506148525e-2,
                                        7.86869131145613259100e-4,
                                        1.84631831751005468180e-5,
                                        1.42151175831644588870e-7,
                                        2.04426310338993978564e-15};
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        return q * ratio(centre_up, centre_down, 0.180625 - q * q);
    }
    if (isnan(p) || p < 0.0 || p > 1.0) {
        return NAN;
    }
    double side = q < 0.0 ? p : 1.0 - p;
    if (side == 0.0) {
        return q < 0.0 ? -INFINITY : INFINITY;
    }
    double r = sqrt(-steady_log(side));
    double x =
        r <= 5.0 ? ratio(middle_up, middle_down, r - 1.6) : ratio(tail_up, tail_down, r - 5.0);
    return q < 0.0 ? -x : x;
}

/* log(n!) - log(sqrt(2 pi n) (n / e)^n) */
static double stirling_error(int64_t n)
{
    static const double exact[STIRLING_MAX + 1] = {0.0, /* n = 0 is never asked for */
                                                   0x1.4c071bcda0a5bp-4,
                                                   0x1.52a9b923ea649p-5,
                                                   0x1.c579a268d80b3p-6,
                                                   0x1.54a2662fd78a9p-6,
                                                   0x1.10b4e513fcbedp-6,
                                                   0x1.c6b167bebdf36p-7,
                                                   0x1.85d4d612e4a86p-7,
                                                   0x1.552805e7b3076p-7,
                                                   0x1.2f4871b12ab64p-7,
                                                   0x1.10f9d4c0743a7p-7,
                                                   0x1.f0593088014f8p-8,
                                                   0x1.c7018733aa9c6p-8,
                                                   0x1.a40514700f36cp-8,
                                                   0x1.86076c002d4a7p-8,
                                                   0x1.6c08f6f194a10p-8};
    if (n <= STIRLING_MAX) {
        return exact[n];
    }
    double x = (double)n;
    double z = 1.0 / (x * x);
    double series = 1.0 / 1680 - z / 1188;
    return (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * series))) / x;
}

/* x log(x / mean) + mean - x: the deviance part, without cancellation near the mean. */
static double deviance(double x, double mean)
{
    double gap = x - mean;
    if (fabs(gap) >= 0.1 * (x + mean)) {
        return x * steady_log(x / mean) + mean - x;
    }
    double v = gap / (x + mean);
    double sum = gap * v;
    double term = 2.0 * x * v;
    for (int j = 1; j < 1000; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

double steady_poisson_log_pmf(int64_t k, double mean)
{
    if (k == 0) {
        return -mean;
    }
    double x = (double)k;
    return -stirling_error(k) - deviance(x, mean) - 0.5 * (LOG_2PI + steady_log(x));
}

double steady_binomial_log_pmf(int64_t k, int64_t n, double p)
{
    double total = (double)n;
    if (k == 0) {
        return total * steady_log1p(-p);
    }
    if (k == n) {
        return total * steady_log(p);
    }
    double x = (double)k;
    double y = (double)(n - k);
    double errors = stirling_error(n) - stirling_error(k) - stirling_error(n - k);
    double spread = LOG_2PI + steady_log(x) + steady_log(y) - steady_log(total);
    return errors - deviance(x, total * p) - deviance(y, total * (1.0 - p)) - 0.5 * spread;
}
