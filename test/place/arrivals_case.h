/* Made-up years of arrivals for tests. */
#ifndef TEST_PLACE_ARRIVALS_CASE_H
#define TEST_PLACE_ARRIVALS_CASE_H

#include <math.h>
#include <string.h>

#include "arrivals.h"
#include "bound.h"
#include "generate.h"

enum { CASE_PAST = 60, CASE_ARRIVING = 60, CASE_ALL = CASE_PAST + CASE_ARRIVING, CASE_GROUPS = 3 };

struct arrivals_case {
    struct place_generated made;
    struct place_problem problem;
    int32_t capacity[64];
    uint32_t past[CASE_PAST], arriving[CASE_ARRIVING], end[CASE_ARRIVING], group[CASE_ALL];
    int64_t floor[CASE_GROUPS];
    struct arrivals_input input;
};

static inline void arrivals_case_batches(struct arrivals_case *made, uint32_t n)
{
    for (uint32_t b = 0; b < n; b++) {
        made->end[b] = CASE_ARRIVING * (b + 1) / n;
    }
    made->input.n_batches = n;
}

/* 60 households of the past, 60 who arrive in 8 batches in 8 localities; three groups with floors. */
static inline int arrivals_case_make(struct arena *arena, uint64_t seed, struct arrivals_case *out,
                                     struct ajar_err *err)
{
    struct place_generate options = {CASE_ALL, 8, 3, 6, seed, 100};
    TRY(place_generate(arena, &options, &out->made, err));
    out->problem = out->made.problem;
    for (size_t k = 0; k < 8 * GENERATE_RESOURCES; k++) {
        out->capacity[k] = (out->problem.capacity[k] + 1) / 2;
    }
    out->problem.capacity = out->capacity;
    for (uint32_t h = 0; h < CASE_ALL; h++) {
        out->group[h] = h % CASE_GROUPS;
    }
    for (uint32_t i = 0; i < CASE_PAST; i++) {
        out->past[i] = i;
        out->arriving[i] = CASE_ALL - 1 - i;
    }
    for (uint32_t g = 0; g < CASE_GROUPS; g++) {
        out->floor[g] = 400000;
    }
    out->input = (struct arrivals_input){.problem = &out->problem,
                                         .n_past = CASE_PAST,
                                         .n_arriving = CASE_ARRIVING,
                                         .past = out->past,
                                         .arriving = out->arriving,
                                         .batch_end = out->end,
                                         .group = out->group,
                                         .n_groups = CASE_GROUPS,
                                         .floor_micro = out->floor};
    arrivals_case_batches(out, 8);
    return 0;
}

#endif
