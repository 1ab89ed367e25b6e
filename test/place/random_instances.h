/* Random problems of placement for tests: tight and slack, sparse and dense, with ties and with negative
 * scores.  One problem a (size, seed), the same on every machine. */
#ifndef TEST_PLACE_RANDOM_INSTANCES_H
#define TEST_PLACE_RANDOM_INSTANCES_H

#include "place.h"
#include "rng.h"

enum random_size { RANDOM_SMALL, RANDOM_MIDDLE, RANDOM_LARGE, RANDOM_SIZES };

struct random_range {
    uint32_t least, most;
};

/* Larger ones are sparser and looser, so that an exact solver is done with most of them in a second.  Of
 * percent: pairs that are allowed; capacity of what all need. */
static const struct {
    struct random_range households, localities, allowed, percent;
} random_ranges[RANDOM_SIZES] = {
    [RANDOM_SMALL] = {{6, 10}, {3, 4}, {40, 100}, {50, 125}},
    [RANDOM_MIDDLE] = {{20, 40}, {5, 8}, {25, 70}, {60, 125}},
    [RANDOM_LARGE] = {{60, 120}, {8, 12}, {12, 30}, {85, 140}},
};

static inline uint32_t random_between(struct rng *rng, uint32_t least, uint32_t most)
{
    return least + rng_below(rng, most - least + 1);
}

static inline uint32_t random_from(struct rng *rng, struct random_range range)
{
    return random_between(rng, range.least, range.most);
}

/* The first resource is people; of the others a household may need none. */
static inline void random_needs(struct rng *rng, const struct place_problem *problem, int32_t *need)
{
    size_t m = problem->n_resources;
    for (size_t h = 0; h < problem->n_households; h++) {
        uint32_t people = random_between(rng, 1, 6);
        need[h * m] = (int32_t)people;
        for (size_t r = 1; r < m; r++) {
            bool none = rng_below(rng, 3) == 0;
            need[h * m + r] = none ? 0 : (int32_t)random_between(rng, 0, people);
        }
    }
}

/* Of each resource so much of what is needed, in unequal shares. */
static inline void random_capacities(struct rng *rng, const struct place_problem *problem,
                                     uint32_t percent, const int32_t *need, int32_t *capacity)
{
    size_t m = problem->n_resources, n = problem->n_localities;
    for (size_t r = 0; r < m; r++) {
        uint32_t sum = 0;
        for (size_t h = 0; h < problem->n_households; h++) {
            sum += (uint32_t)need[h * m + r];
        }
        for (size_t l = 0; l < n; l++) {
            uint32_t share = random_between(rng, 40, 160); /* percent of the mean */
            capacity[l * m + r] = (int32_t)(sum * percent / 100 * share / 100 / (uint32_t)n);
        }
    }
}

/* One of: any number of micro-units, tenths (which tie), or some below 0. */
static inline int32_t random_score(struct rng *rng, uint32_t kind)
{
    int32_t score = (int32_t)rng_below(rng, 1000001);
    return kind == 0 ? score : kind == 1 ? score / 100000 * 100000 : score - 250000;
}

static inline bool random_fits(const struct place_problem *problem, const int32_t *need,
                               const int32_t *capacity, size_t h, size_t l)
{
    size_t m = problem->n_resources;
    for (size_t r = 0; r < m; r++) {
        if (need[h * m + r] > capacity[l * m + r]) {
            return false;
        }
    }
    return true;
}

/* 0, E_CEILING or E_MEMORY; all in `arena`. */
static inline int random_instance(struct arena *arena, enum random_size size, uint32_t seed,
                                  struct place_problem *out, struct ajar_err *err)
{
    struct rng rng = rng_at(seed, (uint32_t)size, 0, 0);
    struct place_problem made = {.n_resources = random_between(&rng, 2, 4)};
    int32_t *need, *capacity, *score;
    uint64_t *first, n = 0;
    uint32_t *locality, kind = rng_below(&rng, 3),
                        allowed = random_from(&rng, random_ranges[size].allowed),
                        percent = random_from(&rng, random_ranges[size].percent);
    made.n_households = random_from(&rng, random_ranges[size].households);
    made.n_localities = random_from(&rng, random_ranges[size].localities);
    size_t pairs = (size_t)made.n_households * made.n_localities;
    TRY_NEW(need, arena, (size_t)made.n_households * made.n_resources, err);
    TRY_NEW(capacity, arena, (size_t)made.n_localities * made.n_resources, err);
    TRY_NEW(first, arena, (size_t)made.n_households + 1, err);
    TRY_NEW(locality, arena, pairs, err);
    TRY_NEW(score, arena, pairs, err);
    random_needs(&rng, &made, need);
    random_capacities(&rng, &made, percent, need, capacity);
    for (uint32_t h = 0; h < made.n_households; h++) {
        for (uint32_t l = 0; l < made.n_localities; l++) {
            int32_t drawn = random_score(&rng, kind);
            if (rng_below(&rng, 100) < allowed && random_fits(&made, need, capacity, h, l)) {
                locality[n] = l;
                score[n++] = drawn;
            }
        }
        first[h + 1] = n;
    }
    made.need = need;
    made.capacity = capacity;
    made.first = first;
    made.locality = locality;
    made.score = score;
    *out = made;
    return 0;
}

#endif
