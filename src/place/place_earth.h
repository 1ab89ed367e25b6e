/* Points on the earth, a sphere of 6,371 km: distances with the same bytes on every machine.
 *
 * Only +, -, *, / and sqrt are used, in a fixed order, so that no processor's own sine shows in a plan. */
#ifndef PLACE_EARTH_H
#define PLACE_EARTH_H

#include <stdint.h>

#define PLACE_EARTH_KM 6371.0

/* Latitude from -90 to 90, longitude from -180 to 180 degrees: a point at distance 1 from the centre. */
void place_earth_point(double lat, double lon, double point[3]);

/* The point in whole metres from the centre. */
void place_earth_metres(const double point[3], int32_t metres[3]);

/* Along the surface: the haversine distance (Sinnott 1984, "Virtues of the haversine"), its half chord taken from
 * the points. */
double place_earth_km(const double a[3], const double b[3]);

/* How far two points are apart straight through the earth that are `km` >= 0 apart along its surface, in metres;
 * 12,742,000 from half around on. */
int64_t place_earth_chord_m(double km);

#endif
