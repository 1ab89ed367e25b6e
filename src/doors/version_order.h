/* The order of the dates, ages and stays that a version compares, from day to day.  */
#ifndef DOORS_VERSION_ORDER_H
#define DOORS_VERSION_ORDER_H

#include "expr_walk.h"
#include "instance_parts.h"

#define ORDER_CUTS 4 /* of one comparison: where it begins and ends to be true, and what can be */

struct order_leaf {
    const struct expr *expr;
    size_t group;      /* of what it speaks of */
    bool moves, stays; /* with the day; whether its group is kept */
    int64_t cut[ORDER_CUTS];
    size_t rank[ORDER_CUTS]; /* cuts of the group below it */
};

struct version_order {
    struct arena *scratch;
    const struct rules *rules;
    size_t n, cap;
    struct order_leaf *leaves;
    size_t n_groups;
    bool moves; /* some order may change */
};

/* Collects the comparisons of one or two versions (`also` may be NULL) whose order may change.  */
int version_order_open(struct version_order *out, struct arena *scratch, const struct rules *rules,
                       const struct version *version, const struct version *also,
                       struct ajar_err *err);
/* Whether the order on the day is another than on the day asked about last.  */
bool version_order_next(struct version_order *order, date_days on);

#endif
