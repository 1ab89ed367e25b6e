/* What the fair plans share: the plan of the largest total, and questions to the optimiser about the same
 * households and places with other scores.  Private to fair_*.c. */
#ifndef PLACE_FAIR_PARTS_H
#define PLACE_FAIR_PARTS_H

#include "fair.h"

/* Rounds of a question; a pair that the question takes away. */
enum { FAIR_ROUNDS = 64 };
#define FAIR_STRUCK INT32_MIN

struct fair {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_side *side;
    const struct fair_options *options;
    struct pool *pool;
    const struct watch *watch;
    uint64_t *lock;           /* [n_households] the pair it is locked to, or UINT64_MAX */
    struct side_result plain; /* the plan of the largest total */
    bool stopped;             /* by the watch or by `enough`: no more questions */
    bool cancelled;           /* by the watch */
};

/* With the plan of the largest total. */
int fair_begin(struct fair *fair, struct ajar_err *err);

/* A question stops early as soon as it is answered. */
struct fair_ask {
    const int32_t *value; /* [pairs] the scores, or FAIR_STRUCK; never of a locked pair */
    const uint32_t *start_place;
    const int64_t *start_price; /* or NULL */
    int64_t unit;               /* all values are multiples of it; from 1 */
    int64_t want; /* is there a plan of this value?  INT64_MIN: the best is asked for */
    bool last;    /* with the rounds, the gap and the ears of the options */
    bool light;   /* one of many: less is spent on it where there are many pairs */
};
struct fair_answer {
    int64_t objective, bound; /* of the values; no plan has more than `bound` */
    bool proven;              /* bound and objective stand for the same multiple of the unit */
};
/* place[n_households], and price[n_localities * n_resources] unless NULL, which may be the ones to start from. */
int fair_ask(struct fair *fair, const struct fair_ask *ask, uint32_t *place, int64_t *price,
             struct fair_answer *out, struct ajar_err *err);

/* Micro-units of a plan of the problem; a pair that is not allowed counts 0. */
int64_t fair_total(const struct place_problem *problem, const uint32_t *place);

/* value / unit rounded down, also below 0. */
static inline int64_t fair_floor(int64_t value, int64_t unit)
{
    return value / unit - (value % unit < 0);
}

/* The largest total that is known of. */
static inline int64_t fair_most(const struct fair *fair, int64_t total)
{
    int64_t plain = fair->plain.plan.objective_micro;
    return total > plain ? total : plain;
}

/* The plan of the largest total with another plan in its place: prices and bounds stay, and hold. */
int fair_result(const struct fair *fair, const uint32_t *place, struct side_result *out,
                struct ajar_err *err);

#endif
