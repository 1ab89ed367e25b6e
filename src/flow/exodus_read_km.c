#include <math.h>

#include "exodus_read_parts.h"
#include "steady.h"

#define KM_LEAST 1.0 /* a place that is a door itself has a logarithm too */

/* Whether a way may lead on through a place: other countries would need doors of their own. */
static bool km_through(const struct exodus_reader *reader, uint32_t place)
{
    const struct scenario *scenario = reader->scenario;
    return scenario->places.country[place] == scenario->subject &&
           !text_starts(scenario_name(scenario, scenario->places.type[place]), "crossing");
}

/* The way to `place` over one more route, which ends at `from`.  True when it is shorter. */
static bool km_relax(const struct exodus_reader *reader, double *km, uint32_t from, uint32_t place,
                     double length)
{
    if (km[from] + length < km[place] && km_through(reader, place)) {
        km[place] = km[from] + length;
        return true;
    }
    return false;
}

/* Shortest ways from all places by rounds over all routes (Bellman 1958): the tables are small. */
static void km_ways(const struct exodus_reader *reader, const uint32_t *near, size_t n_near,
                    double *km)
{
    const struct routes *routes = &reader->scenario->routes;
    bool shorter = true;
    for (size_t i = 0; i < reader->scenario->places.n; i++) {
        km[i] = INFINITY;
    }
    for (size_t i = 0; i < n_near; i++) {
        km[near[i]] = 0;
    }
    while (shorter) {
        shorter = false;
        for (size_t i = 0; i < routes->n; i++) {
            shorter |= km_relax(reader, km, routes->from[i], routes->to[i], routes->km[i]);
            shorter |= km_relax(reader, km, routes->to[i], routes->from[i], routes->km[i]);
        }
    }
}

int exodus_km(struct exodus_reader *reader, const uint32_t *near, size_t n_near,
              double km[EXODUS_REGIONS_MOST], struct ajar_err *err)
{
    const struct places *places = &reader->scenario->places;
    double *way, sum[EXODUS_REGIONS_MOST] = {0}, people[EXODUS_REGIONS_MOST] = {0};
    TRY_NEW(way, reader->scratch, places->n, err);
    km_ways(reader, near, n_near, way);
    for (size_t i = 0; i < places->n; i++) {
        uint32_t region = reader->region_of[i];
        if (region != EXODUS_NONE && way[i] < INFINITY) {
            sum[region] += places->population[i] * steady_log(fmax(way[i], KM_LEAST));
            people[region] += places->population[i];
        }
    }
    for (uint32_t i = 0; i < reader->model.n_regions; i++) {
        km[i] = people[i] > 0 ? steady_exp(sum[i] / people[i]) : INFINITY;
    }
    return 0;
}
