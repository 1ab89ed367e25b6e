#include <math.h>

#include "num.h"
#include "row_rules.h"

/* Mean radius of the Earth, IUGG. */
#define EARTH_KM 6371.0088

/* What rounding to whole kilometres, and a sphere for the ellipsoid (0.6 percent at most), explain. */
#define ROUTE_SLACK_KM    1.0
#define ROUTE_SLACK_SHARE 0.006

/* A way may wind, but hardly more than this. */
#define ROUTE_TIMES   5.0
#define ROUTE_MORE_KM 50.0

/* Haversine formula (Sinnott, "Virtues of the Haversine", 1984). */
static double rules_great_circle_km(const struct places *places, uint32_t a, uint32_t b)
{
    const double degree = 3.14159265358979323846 / 180;
    double lat = (places->lat[b] - places->lat[a]) * degree;
    double lon = (places->lon[b] - places->lon[a]) * degree;
    double h = sin(lat / 2) * sin(lat / 2) + cos(places->lat[a] * degree) *
                                                 cos(places->lat[b] * degree) * sin(lon / 2) *
                                                 sin(lon / 2);
    return 2 * EARTH_KM * asin(sqrt(h > 1 ? 1 : h));
}

static void rules_length(struct checker *checker, size_t i, double circle_km)
{
    const struct routes *routes = &checker->scenario->routes;
    char km[NUM_TEXT], circle[NUM_TEXT];
    double least = circle_km * (1 - ROUTE_SLACK_SHARE) - ROUTE_SLACK_KM;
    double most = circle_km * ROUTE_TIMES + ROUTE_MORE_KM;
    num_format(routes->km[i], km);
    num_format_fixed(circle_km, 0, circle);
    if (routes->km[i] < least) {
        checker_fault(checker, E_SCENARIO_ROUTE_SHORT, SCHEMA_ROUTES, routes->line[i], "km",
                      text_of(km), "%s km is less than the great circle of %s km", km, circle);
    } else if (routes->km[i] > most) {
        checker_fault(checker, E_SCENARIO_ROUTE_LONG, SCHEMA_ROUTES, routes->line[i], "km",
                      text_of(km), "%s km is far more than the great circle of %s km", km, circle);
    }
}

static void rules_routes(struct checker *checker)
{
    const struct routes *routes = &checker->scenario->routes;
    const struct places *places = &checker->scenario->places;
    for (size_t i = 0; i < routes->n; i++) {
        uint32_t from = routes->from[i], to = routes->to[i];
        if (from == SCENARIO_NO_ROW || to == SCENARIO_NO_ROW) {
            continue;
        }
        if (from == to) {
            checker_fault(checker, E_SCENARIO_ROUTE_SELF, SCHEMA_ROUTES, routes->line[i], "to",
                          names_word(checker->names, places->id[to]),
                          "the route ends where it starts");
            continue;
        }
        double circle_km = rules_great_circle_km(places, from, to);
        if (isfinite(circle_km) && isfinite(routes->km[i])) {
            rules_length(checker, i, circle_km);
        }
    }
}

void rules_places(struct checker *checker)
{
    const struct places *places = &checker->scenario->places;
    for (size_t i = 0; i < places->n; i++) {
        if (places->country[i] != 0 && country_is_group(places->country[i])) {
            checker_fault(checker, E_SCENARIO_COUNTRY_GROUP, SCHEMA_PLACES, places->line[i],
                          "country_iso3", names_word(checker->names, places->country[i]),
                          "a place lies in one country, not in a group");
        }
    }
    rules_routes(checker);
}
