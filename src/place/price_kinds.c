#include "price.h"

#include <string.h>

static uint64_t kind_hash(const int32_t *need, size_t n)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t r = 0; r < n; r++) {
        hash = (hash ^ (uint32_t)need[r]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* Kinds are numbered as they come; `slots` (a power of two, more than the households) holds number + 1. */
static uint32_t kind_of(const struct place_problem *problem, struct price_kinds *kinds,
                        uint32_t *slots, size_t n_slots, uint32_t household)
{
    size_t n = problem->n_resources;
    const int32_t *need = &problem->need[household * n];
    size_t at = (size_t)kind_hash(need, n) & (n_slots - 1);
    while (slots[at] != 0) {
        uint32_t kind = slots[at] - 1;
        if (memcmp(need, &problem->need[kinds->one[kind] * n], n * sizeof *need) == 0) {
            return kind;
        }
        at = (at + 1) & (n_slots - 1);
    }
    kinds->one[kinds->n] = household;
    slots[at] = ++kinds->n;
    return kinds->n - 1;
}

int price_kinds_find(struct arena *arena, const struct place_problem *problem,
                     struct price_kinds *out, struct ajar_err *err)
{
    struct price_kinds kinds = {0};
    struct arena scratch;
    uint32_t *slots;
    size_t n_slots = 16;
    while (n_slots < (size_t)problem->n_households * 2) {
        n_slots *= 2;
    }
    TRY_NEW(kinds.of, arena, problem->n_households, err);
    TRY_NEW(kinds.one, arena, problem->n_households, err);
    arena_init(&scratch, "kinds", n_slots * sizeof *slots + ((size_t)2 << 20));
    slots = arena_get(&scratch, n_slots, sizeof *slots, err);
    if (slots == NULL) {
        return arena_code(err);
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        kinds.of[h] = kind_of(problem, &kinds, slots, n_slots, h);
    }
    arena_free(&scratch);
    *out = kinds;
    return 0;
}
