/* Fair plans, and what fairness costs.
 *
 * The worst-off first: leximin (Rawls 1971; Ogryczak, Pioro, Tomaszewski 2005, "Telecommunications network design and
 * max-min optimization problem") raises the lowest score that any placed household has, then the next lowest, as
 * far as everybody who can be placed still is.  Group floors (Freund et al. 2023, "Group fairness in dynamic refugee
 * assignment"): no group's average falls below a floor.  Both come beside the plan of the largest total, and the
 * price is the difference. */
#ifndef PLACE_FAIR_H
#define PLACE_FAIR_H

#include "side.h"

/* What a plan means for groups and for the worst-off. */
struct fair_group {
    uint32_t households, placed;
    int64_t total_micro; /* over the placed */
    int64_t best_micro;  /* if each of the group had its best pair */
    int32_t least_micro; /* the lowest score of one placed; INT32_MAX: nobody is */
};
struct fair_report {
    uint32_t n_groups;
    struct fair_group *groups; /* [n_groups]; all households are one group where none are given */
    struct fair_group all;
    uint32_t n_worst;
    uint32_t
        *worst; /* [n_worst] the 10 placed households of lowest score, lowest first, then by id */
};
int fair_report(struct arena *arena, const struct place_problem *problem, const uint32_t *place,
                const uint32_t *group, uint32_t n_groups, struct fair_report *out,
                struct ajar_err *err);

struct fair_options {
    struct place_options solve;
    uint32_t levels; /* of leximin: how often the floor is raised; 0: 5 */
};

/* A level of leximin: so many households stand at this score and cannot be raised without lowering a worse-off or
 * leaving somebody out. */
struct fair_level {
    int32_t score_micro;
    uint32_t households;
};
struct fair_leximin {
    struct side_result plan; /* the largest total under the floors */
    int64_t total_micro;     /* of the plan of the largest total, for the price */
    uint32_t placed_most;    /* households placed in it, and here: as many as can be found */
    uint32_t n_levels;
    struct fair_level *levels;
    bool
        certified; /* each level is proven: one micro-unit more has no plan (branch and bound), else found by search */
};
int fair_leximin(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct fair_options *options,
                 struct pool *pool, const struct watch *watch, struct fair_leximin *out,
                 struct ajar_err *err);

enum fair_rule {
    FAIR_MAXMIN,       /* the highest floor that all groups can have in common */
    FAIR_PROPORTIONAL, /* a group's floor: the same share of what it would have alone in the places */
    FAIR_GIVEN         /* floors of the caller */
};
struct fair_groups {
    struct side_result plan;
    int64_t total_micro;    /* of the plan of the largest total */
    int64_t *floor_micro;   /* [n_groups] average a household of the group, placed or not */
    int64_t *average_micro; /* [n_groups] reached */
    double *weight;         /* [n_groups] lambda: what a micro-unit of the floor costs the total */
    int64_t bound_micro;    /* no plan that keeps the floors is worth more (the weights prove it) */
    bool met;               /* every floor is */
};
/* given[n_groups]: FAIR_GIVEN's floors, else NULL. */
int fair_groups(struct arena *arena, const struct place_problem *problem,
                const struct place_side *side, const uint32_t *group, uint32_t n_groups,
                enum fair_rule rule, const int64_t *given, const struct fair_options *options,
                struct pool *pool, const struct watch *watch, struct fair_groups *out,
                struct ajar_err *err);

#endif
