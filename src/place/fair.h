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

#define FAIR_LEVELS_MOST 15

struct fair_options {
    /* Of the plan of the largest total and of the last one.  `enough` ends all of it, with the best so far. */
    struct place_options solve;
    const struct side_result *plain; /* the plan of the largest total; NULL: it is looked for */
    /* Of leximin: how often the floor is raised; 0: 5; more than FAIR_LEVELS_MOST: that. */
    uint32_t levels;
    uint64_t inner; /* rounds of what is asked in between; 0: 64 */
};

/* Leximin orders plans like this.  The one that places more households is better, by whatever allowed pairs, also below
 * 0.  Of plans that place as many, write the scores of those placed in rising order: the plan with the higher one
 * where they first differ is better.  Locked households are placed and have no part in the scores.
 *
 * Found level by level: the highest score that all but those of the levels before can have (bisection over the
 * distinct scores of pairs), then the fewest that must stand at it; each question counts households at or above
 * scores, so it is a placement with other scores.  A question whose bound is below what is asked proves that
 * there is no such plan; a search that fails without that proves nothing. */
struct fair_level {
    int32_t score_micro;
    uint32_t households; /* so many stand at it */
};
struct fair_leximin {
    struct side_result plan; /* of the largest total found under the floors */
    int64_t total_micro;     /* of the plan of the largest total, for the price */
    int64_t bound_micro;     /* no plan under the floors is worth more */
    uint32_t placed_most;    /* households placed here: as many as can be found */
    uint32_t n_levels;
    struct fair_level *levels; /* the lowest scores of the plan, rising */
    bool
        certified; /* placed_most and every level are proven: no plan is better in the order above, up to the last
                       level; else they are found by search */
};
/* The floors of the last plan: who stood at a level when it was found may not fall below it, everybody else placed
 * stands above the last level, and placed_most are placed.  plan.price, plan.quota_price and the bounds in `plan`
 * are those of the plan of the largest total, so they can be checked against the problem; plan.gap is to that
 * bound and holds the price of fairness.  Cost: about levels * log2(pairs) short solves.  Errors: memory, and E_PLACE_LOCKS
 * of side_solve. */
int fair_leximin(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct fair_options *options,
                 struct pool *pool, const struct watch *watch, struct fair_leximin *out,
                 struct ajar_err *err);

/* The average of a group is its total over all its households, those not placed counting 0.
 *
 * Found by the Lagrangian of the floors (Everett 1963): the scores of a group below its floor count more, by 1 + its
 * weight; weights move against the shortfall, by steps that grow while the sign stays and halve when it turns
 * (Riedmiller, Braun 1993).  Weights are whole numbers and scores are rounded up, so every question bounds what any
 * plan that keeps the floors is worth, and the least of these bounds is kept. */
enum fair_rule {
    FAIR_MAXMIN, /* the highest floor that all groups can have in common */
    FAIR_PROPORTIONAL, /* a group's floor: the same share, at most all, of what it has alone in the places */
    FAIR_GIVEN /* floors of the caller */
};
struct fair_groups {
    struct side_result
        plan; /* of the largest total found that keeps the floors, or else the one nearest: of the
                                least shortfall, all groups together */
    int64_t total_micro;    /* of the plan of the largest total, for the price */
    int64_t *floor_micro;   /* [n_groups] average a household of the group, placed or not */
    int64_t *average_micro; /* [n_groups] reached, rounded down */
    double *
        weight; /* [n_groups] lambda: what a micro-unit of the floor costs the total, at the bound */
    int64_t bound_micro; /* no plan that keeps the floors is worth more (the weights prove it) */
    int64_t
        share_micro; /* FAIR_MAXMIN: the highest common floor found; FAIR_PROPORTIONAL: the highest common
                                share found, in millionths */
    int64_t share_most_micro; /* no plan has a higher one */
    bool met;                 /* every floor is */
};
/* given[n_groups]: FAIR_GIVEN's floors, else NULL.  group[n_households] below n_groups; NULL: one group.
 *
 * The floors of the first two rules are a thousandth below what was found (FAIR_SLACK), so that there is room to look
 * for the largest total; a plan always keeps them.  A group that has nothing alone in the places (no pair, or none
 * above 0) has the floor 0 there and holds nobody else down.  What a group has alone is found by a search of 64 rounds,
 * with locked households of other groups where they are.  met false says that no plan was found, not that
 * there is none: plans between two weights are not seen.  Where no group has anything alone, both shares
 * are 0.  plan.price and its bounds are those of the plan of the largest total, as in fair_leximin.
 * Cost: some 24 short solves for the weights, as many for the share, one a group for its own.  Errors as there. */
#define FAIR_SLACK 1000
int fair_groups(struct arena *arena, const struct place_problem *problem,
                const struct place_side *side, const uint32_t *group, uint32_t n_groups,
                enum fair_rule rule, const int64_t *given, const struct fair_options *options,
                struct pool *pool, const struct watch *watch, struct fair_groups *out,
                struct ajar_err *err);

#endif
