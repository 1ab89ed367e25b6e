#include "place_earth.h"

#include <math.h>

#define PI        3.14159265358979323846
#define EARTH_M   6371000.0
#define SINE_LAST 21 /* x^21 / 21! at pi/4 is below 2^-70 */
#define ASIN_MOST 40 /* 0.25^40 is below 2^-79 */

/* Taylor, from the smallest term, for |x| up to pi/4. */
static double earth_series(double x, int last)
{
    double sum = 1.0, square = x * x;
    for (int i = last; i > 1; i -= 2) {
        sum = 1.0 - square * sum / (double)(i * (i - 1));
    }
    return last % 2 == 1 ? x * sum : sum;
}

/* Sine and cosine of degrees, turned by whole right angles, which is exact. */
static void earth_sine(double degrees, double *sine, double *cosine)
{
    double turns = floor(degrees / 90.0 + 0.5);
    double x = (degrees - 90.0 * turns) * (PI / 180.0);
    double s = earth_series(x, SINE_LAST), c = earth_series(x, SINE_LAST + 1);
    int quarter = ((int)turns % 4 + 4) % 4;
    *sine = quarter == 0 ? s : quarter == 1 ? c : quarter == 2 ? -s : -c;
    *cosine = quarter == 0 ? c : quarter == 1 ? -s : quarter == 2 ? -c : s;
}

void place_earth_point(double lat, double lon, double point[3])
{
    double sin_lat, cos_lat, sin_lon, cos_lon;
    earth_sine(lat, &sin_lat, &cos_lat);
    earth_sine(lon, &sin_lon, &cos_lon);
    point[0] = cos_lat * cos_lon;
    point[1] = cos_lat * sin_lon;
    point[2] = sin_lat;
}

void place_earth_metres(const double point[3], int32_t metres[3])
{
    for (int i = 0; i < 3; i++) {
        metres[i] = (int32_t)lround(point[i] * EARTH_M);
    }
}

/* asin x = sum of (2i)! / (4^i i!^2 (2i + 1)) x^(2i + 1), for x up to 1/2. */
static double earth_asin_small(double x)
{
    double sum = 0.0, square = x * x;
    for (int i = ASIN_MOST; i >= 1; i--) {
        double step = (double)((2 * i - 1) * (2 * i - 1)) / (double)(2 * i * (2 * i + 1));
        sum = square * step * (1.0 + sum);
    }
    return x * (1.0 + sum);
}

static double earth_asin(double x)
{
    if (x <= 0.5) {
        return earth_asin_small(x);
    }
    return PI / 2.0 - 2.0 * earth_asin_small(sqrt((1.0 - x) / 2.0));
}

double place_earth_km(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    double half = sqrt(x * x + y * y + z * z) / 2.0;
    return 2.0 * PLACE_EARTH_KM * earth_asin(half > 1.0 ? 1.0 : half);
}

int64_t place_earth_chord_m(double km)
{
    double degrees = km / (2.0 * PLACE_EARTH_KM) * (180.0 / PI), sine, cosine;
    if (degrees >= 90.0) {
        return (int64_t)(2.0 * EARTH_M);
    }
    earth_sine(degrees, &sine, &cosine);
    return (int64_t)llround(2.0 * EARTH_M * sine);
}
