/* Why a household goes where it goes, and why not elsewhere; and what a locality's places are worth.
 *
 * Every figure can be worked out again from the plan and its prices; place_check_explain does, with no code of this.
 * The plan is legal.  A household lacks nothing of a resource that it does not need.  A charge above INT64_MAX / 4
 * is shown as that. */
#ifndef PLACE_EXPLAIN_H
#define PLACE_EXPLAIN_H

#include "side.h"

#define EXPLAIN_OTHERS 3

/* One choice of a household. */
struct explain_choice {
    uint32_t locality; /* PLACE_NONE: no place */
    int32_t score_micro;
    int64_t charge; /* price of its needs there, quotas too, bound.h's unit */
    int64_t left;   /* score less charge, the same unit */
    bool room; /* it would fit beside those who are there (and within the quotas), itself away */
    /* The resource whose capacity lacks most; else the one of the quota that lacks most, then named in binding_quota;
       else, with room, the one that costs it most, PLACE_NONE if none costs.  Of equal ones the first. */
    uint32_t binding, binding_quota;
    int64_t lacks; /* units that are missing of that capacity or quota; 0 with room */
};
struct explain_household {
    uint32_t household;
    bool locked;
    struct explain_choice chosen;
    uint32_t n_others;
    struct explain_choice
        others[EXPLAIN_OTHERS]; /* of highest left, then by locality; PLACE_NONE among them */
    /* The smallest capacity change that would change the answer: with so many more units of `change_resource` at
       `change_locality` the household alone could go there beside everybody, within quotas, minimums and links, and
       would score more than where it is; of equal ones what gains most, then the lower locality.
       change_locality PLACE_NONE: no single capacity would, or it is locked; units and gain are 0 then. */
    uint32_t change_locality, change_resource;
    int64_t change_units;
    int32_t change_gain_micro; /* what it would score more */
    int64_t
        regret; /* best left of all its choices less that of the chosen: 0, but where whole people do not fit prices,
                   and of locked ones */
};
int explain_household(struct arena *arena, const struct place_problem *problem,
                      const struct place_side *side, const struct side_result *plan,
                      uint32_t household, struct explain_household *out, struct ajar_err *err);

struct explain_resource {
    int64_t capacity, used;
    int64_t price; /* bound.h's unit a unit */
};
struct explain_locality {
    uint32_t locality, placed;
    int64_t score_micro;                /* of those who are there */
    struct explain_resource *resources; /* [n_resources] */
    uint32_t
        wanted; /* households, not there nor locked, for whom it would leave most if it had room, and more than
                        their place; of equal localities the lowest */
};
int explain_locality(struct arena *arena, const struct place_problem *problem,
                     const struct place_side *side, const struct side_result *plan,
                     uint32_t locality, struct explain_locality *out, struct ajar_err *err);

/* All at once, with what is in use counted a single time: households[n_households], localities[n_localities]. */
int explain_all(struct arena *arena, const struct place_problem *problem,
                const struct place_side *side, const struct side_result *plan,
                struct explain_household **households, struct explain_locality **localities,
                struct ajar_err *err);

#endif
