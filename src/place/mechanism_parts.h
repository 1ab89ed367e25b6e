/* What the mechanisms share. */
#ifndef PLACE_MECHANISM_PARTS_H
#define PLACE_MECHANISM_PARTS_H

#include "mechanism.h"

static inline const int32_t *mechanism_need(const struct place_problem *problem, uint32_t household)
{
    return &problem->need[(size_t)household * problem->n_resources];
}

static inline bool mechanism_fits(const int32_t *need, const int64_t *left, size_t n_resources)
{
    for (size_t r = 0; r < n_resources; r++) {
        if (need[r] > left[r]) {
            return false;
        }
    }
    return true;
}

/* load: of the others, by resource. */
static inline bool mechanism_weakly_fits(const int32_t *need, const int64_t *load,
                                         const int32_t *capacity, size_t n_resources)
{
    for (size_t r = 0; r < n_resources; r++) {
        if (need[r] > 0 && need[r] + load[r] > capacity[r]) {
            return false;
        }
    }
    return true;
}

static inline void mechanism_add(int64_t *load, const int32_t *need, size_t n_resources)
{
    for (size_t r = 0; r < n_resources; r++) {
        load[r] += need[r];
    }
}

static inline void mechanism_take(int64_t *load, const int32_t *need, size_t n_resources)
{
    for (size_t r = 0; r < n_resources; r++) {
        load[r] -= need[r];
    }
}

/* All of the capacity, as 64 bits. */
int mechanism_capacity(struct arena *arena, const struct place_problem *problem, int64_t **out,
                       struct ajar_err *err);

/* [n_localities * n_resources] the largest need of those with a pair there: while so much is left, all fit. */
int mechanism_largest(struct arena *arena, const struct mechanism_lists *lists, int32_t **out,
                      struct ajar_err *err);

/* Every household once, or E_PLACE_ORDER; NULL gives 0, 1, 2 ... */
int mechanism_order(struct arena *arena, const struct place_problem *problem, const uint32_t *order,
                    const uint32_t **out, struct ajar_err *err);

/* PLACE_NONE everywhere. */
int mechanism_nowhere(struct arena *arena, const struct place_problem *problem, uint32_t **out,
                      struct ajar_err *err);

/* Households and pairs of each locality, by rising household. */
int mechanism_turn(struct arena *arena, const struct place_problem *problem, uint64_t **first,
                   uint32_t **household, uint32_t **pair, struct ajar_err *err);

/* The pairs of a plan, where it places somebody; what it needs is taken off `left`.  E_PLACE_ENDOWMENT. */
int mechanism_endow(const struct place_problem *problem, const uint32_t *locality, int64_t *left,
                    uint32_t *pair, struct ajar_err *err);

/* steps: how often somebody clinched. */
int mechanism_clinch(struct arena *arena, const struct mechanism_lists *lists,
                     struct mechanism_lists *out, uint32_t *steps, struct ajar_err *err);

#endif
