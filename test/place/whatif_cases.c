#include "whatif_cases.h"

#include <stdlib.h>
#include <string.h>

#include "random_instances.h"

static void *cases_get(struct arena *arena, size_t count, size_t size)
{
    void *got = arena_get(arena, count, size, NULL);
    if (got == NULL) {
        abort();
    }
    return got;
}

/* One household of so many is locked. */
static void cases_locks(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                        uint32_t of, struct place_side *side)
{
    struct side_lock *locks = cases_get(arena, problem->n_households, sizeof *locks);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pairs = problem->first[h + 1] - problem->first[h];
        if (pairs > 0 && rng_below(rng, of) == 0) {
            locks[side->n_locks++] =
                (struct side_lock){h, problem->first[h] + rng_below(rng, (uint32_t)pairs)};
        }
    }
    side->locks = locks;
}

/* One quota of people over the first two localities, one of another resource over the last. */
static void cases_quotas(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                         struct place_side *side)
{
    struct side_quota *quotas = cases_get(arena, 2, sizeof *quotas);
    uint32_t *where = cases_get(arena, 3, sizeof *where);
    size_t m = problem->n_resources, last = problem->n_localities - 1;
    where[0] = 0;
    where[1] = 1;
    where[2] = (uint32_t)last;
    quotas[0] = (struct side_quota){0,
                                    (problem->capacity[0] + problem->capacity[m]) *
                                        (int64_t)random_between(rng, 50, 110) / 100,
                                    2, where};
    quotas[1] = (struct side_quota){
        1, problem->capacity[last * m + 1] * (int64_t)random_between(rng, 60, 120) / 100, 1,
        where + 2};
    side->quotas = quotas;
    side->n_quotas = 2;
}

static void cases_leasts(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                         struct place_side *side)
{
    struct side_least *leasts = cases_get(arena, problem->n_localities, sizeof *leasts);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        int32_t capacity = place_capacity(problem, l, 0);
        if (capacity > 1 && rng_below(rng, 3) == 0) {
            leasts[side->n_leasts++] = (struct side_least){l, 0, 1 + capacity / 2};
        }
    }
    side->leasts = leasts;
}

static void cases_links(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                        struct place_side *side)
{
    struct side_link *links = cases_get(arena, problem->n_households, sizeof *links);
    uint32_t *place_of = cases_get(arena, problem->n_localities, sizeof *place_of);
    int32_t *position = cases_get(arena, (size_t)problem->n_localities * 3, sizeof *position);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        place_of[l] = l / 2;
        position[l * 3] = (int32_t)l * 1000;
    }
    for (uint32_t h = 0; h + 1 < problem->n_households; h += 2) {
        if (rng_below(rng, 3) == 0) {
            int64_t far = (int64_t)rng_below(rng, 3) * 1000;
            links[side->n_links++] = (struct side_link){h, h + 1, far == 0 ? SIDE_SAME : far};
        }
    }
    side->links = links;
    side->place_of = place_of;
    side->position_m = position;
}

static void cases_sides(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                        uint32_t locks_of, struct place_side *side)
{
    cases_locks(arena, rng, problem, locks_of, side);
    cases_quotas(arena, rng, problem, side);
    cases_leasts(arena, rng, problem, side);
    cases_links(arena, rng, problem, side);
}

void cases_make(struct arena *arena, uint32_t seed, bool with_sides, struct place_problem *problem,
                struct place_side *side)
{
    struct rng rng = rng_at(seed, 77, 0, 0);
    if (random_instance(arena, RANDOM_SMALL, seed, problem, NULL) != 0) {
        abort();
    }
    problem->n_households =
        problem->n_households < CASES_HOUSEHOLDS ? problem->n_households : CASES_HOUSEHOLDS;
    *side = (struct place_side){0};
    if (with_sides) {
        cases_sides(arena, &rng, problem, 6, side);
    }
}

void cases_make_large(struct arena *arena, uint32_t seed, struct place_problem *problem,
                      struct place_side *side)
{
    struct rng rng = rng_at(seed, 78, 0, 0);
    if (random_instance(arena, RANDOM_LARGE, seed, problem, NULL) != 0) {
        abort();
    }
    *side = (struct place_side){0};
    cases_sides(arena, &rng, problem, 40, side);
}

static bool cases_near(const struct place_side *side, const struct side_link *link, uint32_t a,
                       uint32_t b)
{
    if (link->chord_m == SIDE_SAME) {
        return side->place_of[a] == side->place_of[b];
    }
    return llabs((long long)side->position_m[a * 3] - side->position_m[b * 3]) <= link->chord_m;
}

static uint64_t cases_pair(const struct place_problem *problem, uint32_t h, uint32_t l)
{
    for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
        if (problem->locality[i] == l) {
            return i;
        }
    }
    return UINT64_MAX;
}

static int64_t cases_used(const struct place_problem *problem, const uint32_t *place, uint32_t l,
                          uint32_t r, uint32_t *n_at)
{
    int64_t used = 0;
    *n_at = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        used += place[h] == l ? place_need(problem, h, r) : 0;
        *n_at += place[h] == l;
    }
    return used;
}

static bool cases_amounts(const struct place_problem *problem, const struct place_side *side,
                          const uint32_t *place)
{
    uint32_t n_at;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            if (cases_used(problem, place, l, r, &n_at) > place_capacity(problem, l, r)) {
                return false;
            }
        }
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        int64_t used = 0;
        for (uint32_t i = 0; i < side->quotas[q].n_localities; i++) {
            used += cases_used(problem, place, side->quotas[q].locality[i],
                               side->quotas[q].resource, &n_at);
        }
        if (used > side->quotas[q].most) {
            return false;
        }
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        const struct side_least *least = &side->leasts[i];
        int64_t used = cases_used(problem, place, least->locality, least->resource, &n_at);
        if (n_at > 0 && used < least->least) {
            return false;
        }
    }
    return true;
}

bool cases_legal(const struct place_problem *problem, const struct place_side *side,
                 const uint32_t *place, int64_t *micro)
{
    *micro = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] != PLACE_NONE) {
            uint64_t pair = cases_pair(problem, h, place[h]);
            if (pair == UINT64_MAX) {
                return false;
            }
            *micro += problem->score[pair];
        }
    }
    for (uint32_t i = 0; i < side->n_locks; i++) {
        if (place[side->locks[i].household] != problem->locality[side->locks[i].pair]) {
            return false;
        }
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        uint32_t a = place[side->links[i].a], b = place[side->links[i].b];
        if ((a == PLACE_NONE) != (b == PLACE_NONE) ||
            (a != PLACE_NONE && !cases_near(side, &side->links[i], a, b))) {
            return false;
        }
    }
    return cases_amounts(problem, side, place);
}

bool cases_forced(const struct place_problem *problem, const struct place_side *side,
                  const uint32_t *before, uint32_t household)
{
    for (uint32_t i = 0; i < side->n_locks; i++) {
        if (side->locks[i].household == household) {
            return problem->locality[side->locks[i].pair] != before[household];
        }
    }
    return before[household] != PLACE_NONE &&
           cases_pair(problem, household, before[household]) == UINT64_MAX;
}

struct cases_search {
    const struct place_problem *problem;
    const struct place_side *side;
    const uint32_t *before;
    bool forced[CASES_HOUSEHOLDS];
    uint32_t place[CASES_HOUSEHOLDS], *best;
    int64_t most;
    bool found;
};

/* Whoever is not decided yet counts as not placed, so that what is full stays full. */
static bool cases_room(const struct place_problem *problem, const uint32_t *place, uint32_t l)
{
    uint32_t n_at;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (cases_used(problem, place, l, r, &n_at) > place_capacity(problem, l, r)) {
            return false;
        }
    }
    return true;
}

static void cases_try(struct cases_search *search, uint32_t h, uint32_t moves)
{
    const struct place_problem *problem = search->problem;
    if (h == problem->n_households) {
        int64_t micro;
        if (cases_legal(problem, search->side, search->place, &micro) &&
            (!search->found || micro > search->most)) {
            search->found = true;
            search->most = micro;
            memcpy(search->best, search->place, problem->n_households * sizeof *search->best);
        }
        return;
    }
    for (uint64_t i = problem->first[h]; i <= problem->first[h + 1]; i++) {
        uint32_t to = i < problem->first[h + 1] ? problem->locality[i] : PLACE_NONE;
        uint32_t cost = search->before != NULL && !search->forced[h] && to != search->before[h];
        search->place[h] = to;
        if (cost <= moves && (to == PLACE_NONE || cases_room(problem, search->place, to))) {
            cases_try(search, h + 1, moves - cost);
        }
        search->place[h] = PLACE_NONE;
    }
}

bool cases_best(const struct place_problem *problem, const struct place_side *side,
                const uint32_t *before, uint32_t most, uint32_t *place, int64_t *micro)
{
    struct cases_search search = {
        .problem = problem, .side = side, .before = before, .best = place};
    for (uint32_t h = 0; before != NULL && h < problem->n_households; h++) {
        search.forced[h] = cases_forced(problem, side, before, h);
    }
    memset(search.place, 0xff, sizeof search.place);
    cases_try(&search, 0, most);
    *micro = search.most;
    return search.found;
}

void cases_prices(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                  const struct place_side *side, int64_t **price, int64_t **quota_price)
{
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    *price = cases_get(arena, n, sizeof **price);
    *quota_price = cases_get(arena, side->n_quotas, sizeof **quota_price);
    for (size_t k = 0; k < n; k++) {
        (*price)[k] = rng_below(rng, 2) == 0 ? 0 : rng_below(rng, 150000) * 1000LL + 7;
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        (*quota_price)[q] = rng_below(rng, 100000) * 1000LL + 3;
    }
}
