/* Questions in which the scores of groups count differently.  Private to fair_*.c. */
#ifndef PLACE_FAIR_DUAL_H
#define PLACE_FAIR_DUAL_H

#include "fair_parts.h"

__extension__ typedef __int128 fair_wide;

/* Multipliers are in parts of it; how many questions a search of multipliers has, and after how many in a row that
 * better nothing it ends. */
#define DUAL_ONE ((int64_t)1 << 20)
enum { DUAL_STEPS = 24, DUAL_IDLE = 6 };

struct dual {
    struct fair *fair;
    const uint32_t *group;
    uint32_t n_groups;
    int64_t *households; /* [n_groups] */
    int64_t *multiple;   /* [n_groups] of the next question, from 0 */
    int64_t *total;      /* [n_groups] of the latest plan */
    uint32_t *place;     /* [n_households] the latest plan */
    int64_t sum;         /* its total */
    fair_wide bound;     /* sum of multiple * total over the groups is at most this, in any plan */
    int32_t *value;      /* [pairs] */
    int64_t *price;      /* of the latest question */
};

/* The latest plan is that of the largest total.  group NULL: all zeros. */
int dual_new(struct fair *fair, const uint32_t *group, uint32_t n_groups, struct dual *out,
             struct ajar_err *err);

/* As if the latest plan were this one and the latest prices those of the largest total. */
void dual_set(struct dual *dual, const uint32_t *place);

/* The plan that is best when each score counts `multiple` times, from place[n_households] on. */
int dual_ask(struct dual *dual, const uint32_t *place, bool last, struct ajar_err *err);

/* What a group has alone in the places. */
int dual_alone(struct dual *dual, uint32_t group, int64_t *micro, struct ajar_err *err);

static inline fair_wide dual_floor(fair_wide value, fair_wide by)
{
    return value / by - (value % by < 0);
}

static inline int64_t dual_fit(fair_wide value)
{
    return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

/* The highest share of reference[n_groups] that all groups have in common (times `scale`), those of reference 0 left
 * out: total * scale >= share * reference.  most: no share above it is looked for.  place[n_households] has *share; no
 * plan has more than *share_most. */
struct share_ask {
    const int64_t *reference;
    int64_t scale, most;
};
int share_find(struct dual *dual, const struct share_ask *ask, uint32_t *place, int64_t *share,
               int64_t *share_most, struct ajar_err *err);

#endif
