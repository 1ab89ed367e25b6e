/* Random instances of a split, from a seed. */
#ifndef TEST_AID_INSTANCE_H
#define TEST_AID_INSTANCE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "aid.h"
#include "rng.h"

enum { INSTANCE_MOST = 12 };

struct instance {
    double need[INSTANCE_MOST], funded[INSTANCE_MOST], cap[INSTANCE_MOST], floor[INSTANCE_MOST],
        ceiling[INSTANCE_MOST], severity[INSTANCE_MOST], stock[INSTANCE_MOST];
    struct aid_problem problem;
    struct aid_options options;
};

static inline double instance_between(struct rng *rng, double low, double high)
{
    return low + (high - low) * rng_uniform(rng);
}

/* The most that all hosts together can take. */
static inline double instance_room(const struct instance *it)
{
    double room = 0;
    for (size_t i = 0; i < it->problem.n; i++) {
        room += aid_most(&it->problem, i);
    }
    return room;
}

static inline double instance_alpha(struct rng *rng)
{
    return rng_below(rng, 3) == 0 ? (double)INFINITY : pow(10, instance_between(rng, -2, 2.5));
}

/* Hosts of all kinds: overfunded ones, floors and ceilings where `bounds`, scales over four decades. */
static inline void instance_make(struct instance *it, uint64_t seed, uint32_t entity, bool bounds)
{
    struct rng rng = rng_at(seed, 77, entity, 0);
    size_t n = 1 + rng_below(&rng, INSTANCE_MOST);
    double scale = pow(10, instance_between(&rng, -2, 9));
    it->problem = (struct aid_problem){n,    it->need,     it->funded, it->cap, NULL,
                                       NULL, it->severity, it->stock,  NULL};
    for (size_t i = 0; i < n; i++) {
        it->need[i] = scale * pow(10, instance_between(&rng, -2, 2));
        double part = rng_below(&rng, 5) == 0 ? 0 : instance_between(&rng, 0, 1.15);
        it->funded[i] = it->need[i] * part * part;
        it->cap[i] = it->need[i] * instance_between(&rng, 0.01, 1.2);
        it->severity[i] = pow(10, instance_between(&rng, -1, 1));
        it->stock[i] = 1 + 1e5 * rng_uniform(&rng);
        it->ceiling[i] = rng_below(&rng, 3) == 0 ? it->need[i] * instance_between(&rng, 0.01, 1)
                                                 : (double)INFINITY;
        it->floor[i] = 0;
    }
    double floors = 0;
    if (bounds) {
        it->problem.ceiling = it->ceiling;
        it->problem.floor = it->floor;
        for (size_t i = 0; i < n; i++) {
            double part = rng_below(&rng, 2) == 0 ? 0.6 * rng_uniform(&rng) : 0;
            it->floor[i] = part * aid_most(&it->problem, i);
            floors += it->floor[i];
        }
    }
    double room = instance_room(it);
    double part = rng_below(&rng, 10) == 0 ? 1.3 : instance_between(&rng, 0.001, 1);
    it->options.budget = floors + (room - floors) * part;
    if (!(it->options.budget > 0)) {
        it->options.budget = scale;
    }
    it->options.alpha = instance_alpha(&rng);
    it->options.tranche = 0;
}

#endif
