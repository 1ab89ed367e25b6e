/* Distances on the sphere, against the machine's own sine and against places whose distance is known. */
#include "../base/unit.h"

#include <math.h>

#include "place_earth.h"
#include "rng.h"

#define DEGREE (3.14159265358979323846 / 180)

static double haversine_km(const double a[2], const double b[2])
{
    double s = sin((a[0] - b[0]) * DEGREE / 2), t = sin((a[1] - b[1]) * DEGREE / 2);
    double half = s * s + cos(a[0] * DEGREE) * cos(b[0] * DEGREE) * t * t;
    return 2 * PLACE_EARTH_KM * asin(sqrt(half > 1 ? 1 : half));
}

static void points(void **state)
{
    (void)state;
    for (int lat = -90; lat <= 90; lat += 5) {
        for (int lon = -180; lon <= 180; lon += 5) {
            double point[3];
            place_earth_point(lat, lon, point);
            assert_true(fabs(point[0] - cos(lat * DEGREE) * cos(lon * DEGREE)) < 1e-15);
            assert_true(fabs(point[1] - cos(lat * DEGREE) * sin(lon * DEGREE)) < 1e-15);
            assert_true(fabs(point[2] - sin(lat * DEGREE)) < 1e-15);
        }
    }
}

static void distances(void **state)
{
    (void)state;
    struct rng rng = rng_at(5, 0, 0, 0);
    for (int i = 0; i < 20000; i++) {
        double at[2][2], point[2][3], near = i % 2 == 0 ? 1.0 : 0.001;
        at[0][0] = 180 * rng_uniform(&rng) - 90;
        at[0][1] = 360 * rng_uniform(&rng) - 180;
        at[1][0] = fmin(90, at[0][0] + near * (90 - at[0][0]) * rng_uniform(&rng));
        at[1][1] = fmin(180, at[0][1] + near * (180 - at[0][1]) * rng_uniform(&rng));
        place_earth_point(at[0][0], at[0][1], point[0]);
        place_earth_point(at[1][0], at[1][1], point[1]);
        double km = haversine_km(at[0], at[1]);
        /* close to half around a whole metre hides in the last digits of any half chord */
        assert_true(fabs(place_earth_km(point[0], point[1]) - km) < (km > 19900 ? 1e-3 : 1e-6));
    }
}

/* Berlin, Brandenburg Gate, to Munich, Marienplatz: 504 km by any map. */
static void known(void **state)
{
    (void)state;
    double berlin[3], munich[3], north[3], south[3];
    int32_t metres[3];
    place_earth_point(52.5163, 13.3777, berlin);
    place_earth_point(48.1374, 11.5755, munich);
    place_earth_point(90, 0, north);
    place_earth_point(-90, 77, south);
    assert_true(fabs(place_earth_km(berlin, munich) - 504) < 1);
    assert_true(fabs(place_earth_km(north, south) - 20015.087) < 0.001);
    assert_true(place_earth_km(berlin, berlin) == 0);
    place_earth_metres(north, metres);
    assert_int_equal(metres[0], 0);
    assert_int_equal(metres[1], 0);
    assert_int_equal(metres[2], 6371000);
}

static void chords(void **state)
{
    (void)state;
    assert_int_equal(place_earth_chord_m(0), 0);
    assert_int_equal(place_earth_chord_m(0.0004), 0);
    assert_int_equal(place_earth_chord_m(1), 1000);
    assert_int_equal(place_earth_chord_m(500), 499872); /* 12742000 sin(500 / 12742) */
    assert_int_equal(place_earth_chord_m(20015.2), 12742000);
    assert_int_equal(place_earth_chord_m(1e300), 12742000);
    for (int km = 1; km < 20015; km += 7) {
        int64_t chord = llround(12742000 * sin(km / (2 * PLACE_EARTH_KM)));
        assert_int_equal(place_earth_chord_m(km), chord);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points),
        cmocka_unit_test(distances),
        cmocka_unit_test(known),
        cmocka_unit_test(chords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
