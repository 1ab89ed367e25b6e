#include "mechanism_parts.h"

#include "bound.h"

int mechanism_capacity(struct arena *arena, const struct place_problem *problem, int64_t **out,
                       struct ajar_err *err)
{
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    int64_t *all;
    TRY_NEW(all, arena, n, err);
    for (size_t k = 0; k < n; k++) {
        all[k] = problem->capacity[k];
    }
    *out = all;
    return 0;
}

int mechanism_largest(struct arena *arena, const struct mechanism_lists *lists, int32_t **out,
                      struct ajar_err *err)
{
    const struct place_problem *problem = lists->problem;
    size_t n = problem->n_resources;
    int32_t *largest;
    TRY_NEW(largest, arena, problem->n_localities * n, err);
    for (size_t h = 0; h < problem->n_households; h++) {
        const int32_t *need = mechanism_need(problem, (uint32_t)h);
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            int32_t *at = &largest[problem->locality[pair] * n];
            for (size_t r = 0; r < n; r++) {
                at[r] = need[r] > at[r] ? need[r] : at[r];
            }
        }
    }
    *out = largest;
    return 0;
}

int mechanism_order(struct arena *arena, const struct place_problem *problem, const uint32_t *order,
                    const uint32_t **out, struct ajar_err *err)
{
    uint32_t *own;
    bool *seen;
    TRY_NEW(own, arena, problem->n_households, err);
    TRY_NEW(seen, arena, problem->n_households, err);
    for (uint32_t i = 0; i < problem->n_households; i++) {
        own[i] = order == NULL ? i : order[i];
        if (own[i] >= problem->n_households || seen[own[i]]) {
            return err_set(err, E_PLACE_ORDER, "Place %lu of the order names household %lu %s.",
                           (unsigned long)i + 1, (unsigned long)own[i] + 1,
                           own[i] < problem->n_households ? "again" : "who does not exist");
        }
        seen[own[i]] = true;
    }
    *out = own;
    return 0;
}

int mechanism_nowhere(struct arena *arena, const struct place_problem *problem, uint32_t **out,
                      struct ajar_err *err)
{
    uint32_t *at;
    TRY_NEW(at, arena, problem->n_households, err);
    for (size_t h = 0; h < problem->n_households; h++) {
        at[h] = PLACE_NONE;
    }
    *out = at;
    return 0;
}

int mechanism_turn(struct arena *arena, const struct place_problem *problem, uint64_t **first,
                   uint32_t **household, uint32_t **pair, struct ajar_err *err)
{
    size_t n_pairs = (size_t)problem->first[problem->n_households];
    uint64_t *starts, *fill;
    uint32_t *who, *which;
    TRY_NEW(starts, arena, (size_t)problem->n_localities + 1, err);
    TRY_NEW(fill, arena, problem->n_localities, err);
    TRY_NEW(who, arena, n_pairs, err);
    TRY_NEW(which, arena, n_pairs, err);
    for (size_t i = 0; i < n_pairs; i++) {
        starts[problem->locality[i] + 1]++;
    }
    for (size_t l = 0; l < problem->n_localities; l++) {
        starts[l + 1] += starts[l];
        fill[l] = starts[l];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            uint64_t at = fill[problem->locality[i]]++;
            who[at] = h;
            which[at] = (uint32_t)i;
        }
    }
    *first = starts;
    *household = who;
    *pair = which;
    return 0;
}

int mechanism_endow(const struct place_problem *problem, const uint32_t *locality, int64_t *left,
                    uint32_t *pair, struct ajar_err *err)
{
    size_t n = problem->n_resources;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (locality[h] == PLACE_NONE) {
            continue;
        }
        uint64_t at = place_pair(problem, h, locality[h]);
        if (at == UINT64_MAX) {
            return err_set(err, E_PLACE_ENDOWMENT,
                           "The plan takes household %lu to locality %lu, where it may not go.",
                           (unsigned long)h + 1, (unsigned long)locality[h] + 1);
        }
        if (!mechanism_fits(mechanism_need(problem, h), &left[locality[h] * n], n)) {
            return err_set(err, E_PLACE_ENDOWMENT,
                           "The households that the plan takes to locality %lu need more than it "
                           "has.",
                           (unsigned long)locality[h] + 1);
        }
        mechanism_take(&left[locality[h] * n], mechanism_need(problem, h), n);
        pair[h] = (uint32_t)at;
    }
    return 0;
}
