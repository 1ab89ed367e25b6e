/* Inside aggregate: people who are alike, by the number.
 *
 * Those with the same place, trail and mark (steps of what they have behind them) are one cell, which keeps
 * the mean of what they have behind them: nobody is moved to the middle of a step. */
#ifndef FLOW_AGGREGATE_BAG_H
#define FLOW_AGGREGATE_BAG_H

#include "arena.h"

#define BAG_NONE UINT32_MAX

struct cell {
    int64_t n;
    double way;    /* used up today: km, or part of the day under own rules; on a link: km done */
    double recent; /* km of late, those of today among them */
    uint32_t where, trail, mark, age;
    uint32_t count; /* hops today; on a link: day of leaving */
    uint32_t next;
};

struct bag {
    struct arena *arena;
    struct cell *at;
    uint32_t n, room;
    struct slot *slots; /* open addressing; a slot of another age is free */
    uint32_t mask, age;
};

int bag_open(struct bag *bag, struct arena *arena, struct ajar_err *err);
/* Makes sure that so many cells more can be put.  E_CEILING, E_MEMORY. */
int bag_reserve(struct bag *bag, uint32_t more, struct ajar_err *err);
void bag_clear(struct bag *bag);

/* Adds people; the index of their cell.  `count` becomes the larger one.  *fresh: it is a new cell. */
uint32_t bag_put(struct bag *bag, const struct cell *people, bool *fresh);

/* People put later are not added to this cell. */
void bag_close(struct bag *bag, uint32_t cell);

#endif
