#include "dist.h"

#include <cerrno>
#include <cmath>
#include <limits>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace
{

namespace policies = boost::math::policies;

/* Overflow and underflow give the nearest value that there is; what could not be evaluated to full
 * accuracy must not pass for a result, so it goes through the user handler below to NaN. */
using quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::denorm_error<policies::ignore_error>,
                               policies::rounding_error<policies::ignore_error>,
                               policies::indeterminate_result_error<policies::ignore_error>,
                               policies::evaluation_error<policies::user_error>>;
using normal = boost::math::normal_distribution<double, quiet>;
using students_t = boost::math::students_t_distribution<double, quiet>;
using wide_t =
    boost::math::students_t_distribution<long double, quiet>; /* x * x must not overflow */
using chi_squared = boost::math::chi_squared_distribution<double, quiet>;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/* Boost 1.74 is silently wrong far above these: gamma_q(1e11, 1e11) in the third digit. */
constexpr double largest = 2e10;
constexpr double largest_mean = largest / 2.0;
constexpr long double root_half = 0.707106781186547524400844362104849L;
constexpr double infinity = std::numeric_limits<double>::infinity();

/* The libm underneath may set errno, and Boost may run out of memory or iterations by throwing. */
template <class Function> double calm(Function function) noexcept
{
    const int before = errno;
    double value = undefined;
    try {
        value = static_cast<double>(function());
    } catch (...) {
        value = undefined;
    }
    errno = before;
    return value;
}

bool positive(double a)
{
    return a > 0.0 && std::isfinite(a);
}

bool probability(double p)
{
    return p >= 0.0 && p <= 1.0;
}

double gamma_tail(double a, double x, bool upper)
{
    if (!positive(a) || !(x >= 0.0)) {
        return undefined;
    }
    if (std::isinf(x)) {
        return upper ? 0.0 : 1.0;
    }
    if (a > largest) {
        return x <= largest_mean ? (upper ? 1.0 : 0.0) : undefined;
    }
    return calm([=] {
        return upper ? boost::math::gamma_q(a, x, quiet()) : boost::math::gamma_p(a, x, quiet());
    });
}

double chi2_tail(double x, double df, bool upper)
{
    if (!positive(df) || std::isnan(x)) {
        return undefined;
    }
    return gamma_tail(0.5 * df, x > 0.0 ? 0.5 * x : 0.0, upper);
}

/* P(T > x), by symmetry the cdf at -x. */
double t_upper(double x, double df)
{
    if (!(df > 0.0) || std::isnan(x)) {
        return undefined;
    }
    if (std::isinf(df)) {
        return dist_normal_sf(x);
    }
    if (std::isinf(x)) {
        return x > 0.0 ? 0.0 : 1.0;
    }
    return calm([=] { return cdf(complement(wide_t(df), static_cast<long double>(x))); });
}

double poisson_tail(double k, double mean, bool upper)
{
    if (!(mean >= 0.0 && mean <= largest_mean) || std::isnan(k)) {
        return undefined;
    }
    if (k < 0.0 || std::isinf(k) || mean == 0.0) {
        return (k < 0.0) == upper ? 1.0 : 0.0;
    }
    return gamma_tail(std::floor(k) + 1.0, mean, !upper);
}

/* P(Y <= k) = I_p(size, k + 1) = 1 - I_q(k + 1, size) with p = size / (size + mean), q = 1 - p.  The
 * smaller of p and q is the argument: 1 minus the larger would lose its digits. */
double negbin_tail(double k, double mean, double size, bool upper)
{
    if (!(mean >= 0.0) || std::isinf(mean) || !(size > 0.0) || std::isnan(k)) {
        return undefined;
    }
    if (std::isinf(size)) {
        return poisson_tail(k, mean, upper);
    }
    if (k < 0.0 || std::isinf(k) || mean == 0.0) {
        return (k < 0.0) == upper ? 1.0 : 0.0;
    }
    const double above = std::floor(k) + 1.0;
    if (mean > largest_mean && size > largest_mean) {
        return undefined;
    }
    if (above > largest && size > largest) {
        return upper ? 0.0 : 1.0; /* k is more than twice a mean that is far above its sd */
    }
    const long double whole = static_cast<long double>(mean) + size;
    return calm([=] {
        if (mean <= size) {
            return upper ? boost::math::ibeta(above, size, mean / whole, quiet())
                         : boost::math::ibetac(above, size, mean / whole, quiet());
        }
        return upper ? boost::math::ibetac(size, above, size / whole, quiet())
                     : boost::math::ibeta(size, above, size / whole, quiet());
    });
}

} // namespace

namespace boost::math::policies
{

template <class T> T user_evaluation_error(const char *, const char *, const T &)
{
    return std::numeric_limits<T>::quiet_NaN();
}

} // namespace boost::math::policies

double dist_normal_cdf(double x)
{
    return dist_normal_sf(-x);
}

double dist_normal_sf(double x)
{
    if (std::isnan(x)) {
        return undefined;
    }
    /* x / sqrt(2) rounded to a double would cost x^2 units in the last place of the tail. */
    return calm([=] { return 0.5L * boost::math::erfc(x * root_half, quiet()); });
}

double dist_normal_quantile(double p)
{
    if (!probability(p)) {
        return undefined;
    }
    if (p == 0.0 || p == 1.0) {
        return p == 0.0 ? -infinity : infinity;
    }
    return calm([=] { return quantile(normal(), p); });
}

double dist_t_cdf(double x, double df)
{
    return t_upper(-x, df);
}

double dist_t_sf(double x, double df)
{
    return t_upper(x, df);
}

double dist_t_quantile(double p, double df)
{
    if (!probability(p) || !(df > 0.0)) {
        return undefined;
    }
    if (std::isinf(df) || p == 0.0 || p == 1.0) {
        return dist_normal_quantile(p);
    }
    return calm([=] { return quantile(students_t(df), p); });
}

double dist_chi2_cdf(double x, double df)
{
    return chi2_tail(x, df, false);
}

double dist_chi2_sf(double x, double df)
{
    return chi2_tail(x, df, true);
}

double dist_chi2_quantile(double p, double df)
{
    if (!probability(p) || !positive(df) || df > 2.0 * largest) {
        return undefined;
    }
    if (p == 0.0 || p == 1.0) {
        return p == 0.0 ? 0.0 : infinity;
    }
    return calm([=] { return quantile(chi_squared(df), p); });
}

double dist_gamma_p(double a, double x)
{
    return gamma_tail(a, x, false);
}

double dist_gamma_q(double a, double x)
{
    return gamma_tail(a, x, true);
}

double dist_beta_i(double a, double b, double x)
{
    if (!positive(a) || !positive(b) || std::fmin(a, b) > largest || !probability(x)) {
        return undefined;
    }
    return calm([=] { return boost::math::ibeta(a, b, x, quiet()); });
}

double dist_negbin_cdf(double k, double mean, double size)
{
    return negbin_tail(k, mean, size, false);
}

double dist_negbin_sf(double k, double mean, double size)
{
    return negbin_tail(k, mean, size, true);
}

/* Gallops from the normal guess until [low, high] holds the answer, then halves.  Counts above 2^53 are
 * no longer whole numbers in a double; there the guess is as near as the unit allows. */
double dist_negbin_quantile(double p, double mean, double size)
{
    if (!probability(p) || std::isnan(negbin_tail(0.0, mean, size, false))) {
        return undefined;
    }
    if (p == 0.0 || mean == 0.0) {
        return 0.0;
    }
    if (p == 1.0) {
        return infinity;
    }
    const double sd = std::sqrt(mean + mean * (mean / size));
    const double guess = std::floor(mean + sd * dist_normal_quantile(p));
    double low = -1.0; /* cdf(low) < p */
    double high = guess > 0.0 ? guess : 0.0;
    double step = 1.0;
    if (dist_negbin_cdf(high, mean, size) >= p) {
        while (high - step > -1.0 && dist_negbin_cdf(high - step, mean, size) >= p) {
            high -= step;
            step *= 2.0;
        }
        low = std::fmax(high - step, -1.0);
    } else {
        do {
            low = high;
            high += step;
            step *= 2.0;
        } while (dist_negbin_cdf(high, mean, size) < p);
    }
    while (high - low > 1.0) {
        const double middle = std::floor(low + (high - low) / 2.0);
        if (middle <= low || middle >= high) {
            break;
        }
        (dist_negbin_cdf(middle, mean, size) >= p ? high : low) = middle;
    }
    return high;
}

double dist_poisson_cdf(double k, double mean)
{
    return poisson_tail(k, mean, false);
}

double dist_poisson_sf(double k, double mean)
{
    return poisson_tail(k, mean, true);
}
