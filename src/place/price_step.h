/* What every walk of prices shares: the rule of a step, how steps fall, and the scale of a price. */
#ifndef PLACE_PRICE_STEP_H
#define PLACE_PRICE_STEP_H

#include "place.h"

/* Steps in parts of a price's scale, from the first look to the last; the looks between two gatherings of the
 * near pairs, and how many of the latest steps a pair may be behind by and still count as near. */
#define PRICE_STEP_FIRST  0.5
#define PRICE_STEP_AGAIN  0.01 /* from prices that were good before */
#define PRICE_STEP_LAST   0.2  /* by the number of looks */
#define PRICE_REACH_SHARE 0.2
enum { PRICE_GATHER = 16 };

/* Powers of the two rates of forgetting: of the mean slope and of its mean square.  {1, 1} before the first step. */
struct price_fade {
    double mean, square;
};
void price_fade_on(struct price_fade *fade);

/* Adam (Kingma, Ba 2015, algorithm 1), with means corrected for their start at 0: where a number goes from `at` by a
 * step down `slope`, kept from 0 to `most`.  mean, square: its own, from 0. */
double price_stepped(double at, double step, double slope, double most, double *mean,
                     double *square, const struct price_fade *fade);

/* The factor by which a step falls at each of `looks` looks, from `first` to `last`. */
double price_fall(double first, double last, uint32_t looks);

/* need[n_resources] gets what all need together who have a pair worth something; returns the sum of their best
 * scores, micro-units: over need[r] it is what a unit of r would cost if it alone took the whole score. */
double price_scale(const struct place_problem *problem, double need[PLACE_RESOURCES_MOST]);

#endif
