#include "solve_cases.h"

#include <stdlib.h>

static void *case_get(struct arena *arena, size_t count, size_t size)
{
    struct ajar_err err = {0};
    void *out = arena_get(arena, count, size, &err);
    if (out == NULL) {
        abort();
    }
    return out;
}

static bool case_fits(uint32_t r, const int32_t *need, const int32_t *capacity)
{
    for (uint32_t k = 0; k < r; k++) {
        if (need[k] > capacity[k]) {
            return false;
        }
    }
    return true;
}

static struct place_problem case_make(struct arena *arena, uint32_t n, uint32_t l, uint32_t r,
                                      const int32_t *need, const int32_t *capacity,
                                      const int32_t *score, int32_t absent, int32_t unit)
{
    uint64_t *first = case_get(arena, n + (size_t)1, sizeof *first);
    uint32_t *locality = case_get(arena, (size_t)n * l, sizeof *locality);
    int32_t *scores = case_get(arena, (size_t)n * l, sizeof *scores);
    uint64_t kept = 0;
    for (uint32_t h = 0; h < n; h++) {
        for (uint32_t k = 0; k < l; k++) {
            if (score[h * l + k] != absent && case_fits(r, &need[h * r], &capacity[k * r])) {
                locality[kept] = k;
                scores[kept++] = score[h * l + k] * unit;
            }
        }
        first[h + 1] = kept;
    }
    return (struct place_problem){n, l, r, need, capacity, first, locality, scores};
}

struct place_problem case_of(struct arena *arena, uint32_t n, uint32_t l, uint32_t r,
                             const int32_t *need, const int32_t *capacity, const int32_t *score)
{
    return case_make(arena, n, l, r, need, capacity, score, CASE_NULL, 1000000);
}

struct place_problem case_random(struct arena *arena, struct rng *rng, uint32_t n, uint32_t l,
                                 uint32_t r, uint32_t tight)
{
    int32_t *need = case_get(arena, (size_t)n * r, sizeof *need);
    int32_t *capacity = case_get(arena, (size_t)l * r, sizeof *capacity);
    int32_t *score = case_get(arena, (size_t)n * l, sizeof *score);
    for (uint32_t k = 0; k < n * r; k++) {
        need[k] = (int32_t)rng_below(rng, 5);
    }
    for (uint32_t k = 0; k < l * r; k++) {
        uint32_t mean = 2 * n * tight / 100 / l;
        capacity[k] =
            rng_below(rng, 12) == 0 ? 0 : (int32_t)(1 + mean / 2 + rng_below(rng, mean + 1));
    }
    for (uint32_t k = 0; k < n * l; k++) {
        score[k] = rng_below(rng, 5) == 0   ? INT32_MIN
                   : rng_below(rng, 8) == 0 ? 500000 * (int32_t)rng_below(rng, 3)
                                            : (int32_t)rng_below(rng, 2000000) - 100000;
    }
    return case_make(arena, n, l, r, need, capacity, score, INT32_MIN, 1);
}

/* The best from household h on, with what is free. */
static int64_t case_from(const struct place_problem *problem, uint32_t h, int32_t *free)
{
    uint32_t r = problem->n_resources;
    if (h == problem->n_households) {
        return 0;
    }
    int64_t best = case_from(problem, h + 1, free);
    for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
        int32_t *at = &free[problem->locality[pair] * r];
        const int32_t *need = &problem->need[h * r];
        if (!case_fits(r, need, at)) {
            continue;
        }
        for (uint32_t k = 0; k < r; k++) {
            at[k] -= need[k];
        }
        int64_t with = problem->score[pair] + case_from(problem, h + 1, free);
        best = with > best ? with : best;
        for (uint32_t k = 0; k < r; k++) {
            at[k] += need[k];
        }
    }
    return best;
}

int64_t case_optimum(const struct place_problem *problem)
{
    int32_t free[256];
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    if (n > sizeof free / sizeof *free) {
        abort();
    }
    for (size_t k = 0; k < n; k++) {
        free[k] = problem->capacity[k];
    }
    return case_from(problem, 0, free);
}
