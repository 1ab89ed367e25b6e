/* Made-up placements of a known kind, for tests and measurements: the same numbers for the same
 * arguments on every machine.
 *
 * Household sizes follow the 329 cases of one resettlement agency in 2017 (1 to 8 people); adults,
 * children, a support need and one of 25 kinds are drawn from them.  Localities have unequal shares of
 * the capacity.  A household may go to the localities drawn for it by share, less those too small for it
 * alone.  The score is adults * s(z), in micro-units, s(z) = (1 + z / (1 + |z|)) / 2, where z adds a
 * locality's level, a household's level, how kind and locality match, and noise.  Draws are of splitmix64
 * (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), one stream in the order
 * of the steps; normal ones are sums of 12 uniforms. */
#ifndef PLACE_GENERATE_H
#define PLACE_GENERATE_H

#include "place_names.h"

#define GENERATE_HOUSEHOLDS_MOST 10000000
#define GENERATE_LOCALITIES_MOST 100000
#define GENERATE_TIGHT_MOST      1000
#define GENERATE_RESOURCES       4 /* seats, school, training, support */

struct place_generate {
    uint32_t households, localities;
    uint32_t least,
        most; /* localities drawn for a household; both at least `localities`: all of them */
    uint64_t seed;
    double tight; /* capacity in percent of what all households need; > 0 */
};

struct place_generated {
    struct place_problem problem;
    int64_t need[GENERATE_RESOURCES], capacity[GENERATE_RESOURCES]; /* totals */
};

/* E_PLACE_GENERATE out of range, E_CEILING, E_MEMORY.  O(pairs), about 8 bytes each. */
int place_generate(struct arena *arena, const struct place_generate *options,
                   struct place_generated *out, struct ajar_err *err);

/* f1, f2, ... for households, l1, l2, ... for localities, and the four resources.  24 bytes each. */
int place_generate_names(struct arena *arena, const struct place_problem *problem,
                         struct place_names *out, struct ajar_err *err);

#endif
