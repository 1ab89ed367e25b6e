/* Random side constraints over a random problem: locks, quotas, minimums, links; a share of the problems has each.
 * Locks may contradict the rest. */
#ifndef TEST_PLACE_RANDOM_SIDE_H
#define TEST_PLACE_RANDOM_SIDE_H

#include "random_instances.h"
#include "side.h"

struct random_side_kinds {
    bool locks, quotas, leasts, links;
};

static inline int random_locks(struct arena *arena, struct rng *rng,
                               const struct place_problem *problem, struct place_side *side,
                               struct ajar_err *err)
{
    struct side_lock *locks;
    uint32_t one_of = random_between(rng, 4, 12);
    TRY_NEW(locks, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t n = (uint32_t)(problem->first[h + 1] - problem->first[h]);
        if (n > 0 && rng_below(rng, one_of) == 0) {
            locks[side->n_locks++] = (struct side_lock){h, problem->first[h] + rng_below(rng, n)};
        }
    }
    side->locks = locks;
    return 0;
}

/* Of one or two resources, over two states or all localities but some: so much of their capacity. */
static inline int random_quotas(struct arena *arena, struct rng *rng,
                                const struct place_problem *problem, struct place_side *side,
                                struct ajar_err *err)
{
    struct side_quota *quotas;
    uint32_t resources = random_between(rng, 1, 2);
    TRY_NEW(quotas, arena, 2 * (size_t)resources, err);
    for (uint32_t r = 0; r < resources; r++) {
        for (uint32_t state = 0; state < 2; state++) {
            uint32_t *localities, n = 0;
            int64_t sum = 0;
            TRY_NEW(localities, arena, problem->n_localities, err);
            for (uint32_t l = 0; l < problem->n_localities; l++) {
                if (l % 3 == state) {
                    localities[n++] = l;
                    sum += place_capacity(problem, l, r);
                }
            }
            if (n > 0) {
                quotas[side->n_quotas++] =
                    (struct side_quota){r, sum * random_between(rng, 40, 100) / 100, n, localities};
            }
        }
    }
    side->quotas = quotas;
    return 0;
}

static inline int random_leasts(struct arena *arena, struct rng *rng,
                                const struct place_problem *problem, struct place_side *side,
                                struct ajar_err *err)
{
    struct side_least *leasts;
    TRY_NEW(leasts, arena, (size_t)problem->n_localities * problem->n_resources, err);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; r < 2; r++) {
            int32_t capacity = place_capacity(problem, l, r);
            if (capacity > 0 && rng_below(rng, r == 0 ? 3 : 8) == 0) {
                int32_t least = capacity * (int32_t)random_between(rng, 30, 100) / 100;
                leasts[side->n_leasts++] = (struct side_least){l, r, least < 1 ? 1 : least};
            }
        }
    }
    side->leasts = leasts;
    return 0;
}

/* Lots of some places, which stand within 300 km of each other. */
static inline int random_ground(struct arena *arena, struct rng *rng,
                                const struct place_problem *problem, struct place_side *side,
                                struct ajar_err *err)
{
    uint32_t *place_of;
    int32_t *position;
    TRY_NEW(place_of, arena, problem->n_localities, err);
    TRY_NEW(position, arena, 3 * (size_t)problem->n_localities, err);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        place_of[l] = l > 0 && rng_below(rng, 3) == 0 ? place_of[l - 1] : l;
        for (size_t k = 0; k < 3; k++) {
            int32_t drawn = 3500000 + (int32_t)rng_below(rng, 300000);
            position[3 * (size_t)l + k] =
                place_of[l] == l ? drawn : position[3 * ((size_t)l - 1) + k];
        }
    }
    side->place_of = place_of;
    side->position_m = position;
    return 0;
}

static inline int random_links(struct arena *arena, struct rng *rng,
                               const struct place_problem *problem, struct place_side *side,
                               struct ajar_err *err)
{
    struct side_link *links;
    uint32_t n = problem->n_households, one_of = random_between(rng, 3, 8);
    TRY_NEW(links, arena, n, err);
    for (uint32_t a = 0; a + 1 < n; a++) {
        if (rng_below(rng, one_of) == 0) {
            uint32_t b = a + 1 + rng_below(rng, n - a - 1);
            int64_t chord = rng_below(rng, 2) == 0 ? SIDE_SAME : (int64_t)rng_below(rng, 300000);
            links[side->n_links++] = (struct side_link){a, b, chord};
        }
    }
    side->links = links;
    return 0;
}

/* 0, E_CEILING or E_MEMORY; all in `arena`. */
static inline int random_side(struct arena *arena, uint32_t seed, struct random_side_kinds kinds,
                              const struct place_problem *problem, struct place_side *out,
                              struct ajar_err *err)
{
    struct rng rng = rng_at(seed, 100, 0, 0);
    struct place_side side = {0};
    TRY(random_ground(arena, &rng, problem, &side, err));
    if (kinds.locks) {
        TRY(random_locks(arena, &rng, problem, &side, err));
    }
    if (kinds.quotas) {
        TRY(random_quotas(arena, &rng, problem, &side, err));
    }
    if (kinds.leasts) {
        TRY(random_leasts(arena, &rng, problem, &side, err));
    }
    if (kinds.links) {
        TRY(random_links(arena, &rng, problem, &side, err));
    }
    *out = side;
    return 0;
}

#endif
