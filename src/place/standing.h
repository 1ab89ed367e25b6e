/* Where everybody stands: a plan with what it uses of capacities, quotas, minimums and links.  What explanations
 * and what-ifs ask about one household at a time, in steps of its own needs. */
#ifndef PLACE_STANDING_H
#define PLACE_STANDING_H

#include "bound.h"
#include "side.h"

#define STANDING_NOWHERE     UINT64_MAX
#define STANDING_CHARGE_MOST (INT64_MAX / 4) /* what is charged more is charged this */

struct standing {
    const struct place_problem *problem;
    const struct place_side *side; /* never NULL */
    int64_t *cost;                 /* [n_localities * n_resources] its price and its quota's */
    uint32_t *quota_of;            /* [n_localities * n_resources] or PLACE_NONE; NULL: no quotas */
    int32_t *least;                /* [n_localities * n_resources] or 0; NULL: no minimums */
    uint64_t *link_first;          /* [n_households + 1] into link; NULL: no links */
    uint32_t *link;                /* of side->links */
    uint64_t *lock;                /* [n_households] pair, or STANDING_NOWHERE */
    uint64_t *pair;                /* [n_households] where it is, or STANDING_NOWHERE */
    uint32_t *n_at;                /* [n_localities] households there */
    int64_t *used;                 /* [n_localities * n_resources] */
    int64_t *quota_used;           /* [n_quotas] */
    int64_t micro;                 /* the sum of the scores */
};

/* price, quota_price: NULL counts as 0.  side: NULL is without.  A place that is no pair counts as nowhere; whether
 * the plan keeps anything else is not asked.  O(pairs). */
int standing_new(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const int64_t *price, const int64_t *quota_price,
                 const uint32_t *place, struct standing *out, struct ajar_err *err);

/* Sends a household to a pair of its own, or nowhere. */
void standing_put(struct standing *standing, uint32_t household, uint64_t pair);

/* The charge of a household's needs, quotas too, and what its score leaves after it; bound.h's unit, nowhere 0. */
int64_t standing_charge(const struct standing *standing, uint32_t household, uint64_t pair);
int64_t standing_left(const struct standing *standing, uint32_t household, uint64_t pair);

/* Units of a resource that are missing for a household at a locality, itself away: of the capacity, of the quota.
 * What it does not need it cannot lack, even where others are over. */
int64_t standing_lacks(const struct standing *standing, uint32_t household, uint32_t locality,
                       uint32_t resource);
int64_t standing_quota_lacks(const struct standing *standing, uint32_t household, uint32_t locality,
                             uint32_t resource);
bool standing_fits(const struct standing *standing, uint32_t household, uint32_t locality);

/* Whether a link is kept as things stand, and a locality's minimums are. */
bool standing_link_kept(const struct standing *standing, uint32_t link);
bool standing_least_kept(const struct standing *standing, uint32_t locality);

static inline uint32_t standing_at(const struct standing *standing, uint32_t household)
{
    uint64_t pair = standing->pair[household];
    return pair == STANDING_NOWHERE ? PLACE_NONE : standing->problem->locality[pair];
}

static inline int32_t standing_score(const struct standing *standing, uint64_t pair)
{
    return pair == STANDING_NOWHERE ? 0 : standing->problem->score[pair];
}

/* Whether a household keeps all its links. */
bool standing_links_kept(const struct standing *standing, uint32_t household);

#endif
