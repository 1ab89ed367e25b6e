/* A part of a problem: some localities, who is there, and who is nowhere and could go there. */
#ifndef PLACE_NEIGHBOUR_PART_H
#define PLACE_NEIGHBOUR_PART_H

#include "neighbour.h"

struct part {
    struct place_problem problem;
    uint32_t *household; /* [n] of the whole */
    int32_t *need, *capacity, *score;
    uint64_t *first;
    uint32_t *locality, *place;
    int64_t *price, micro;
};

/* Of the localities chosen; all capacity there is the part's. */
int part_new(struct arena *arena, const struct neighbour *neighbour, struct part *out,
             struct ajar_err *err);

#endif
