/* A problem under side constraints with its locks worked in: the locked have left, and what they use has left
 * capacities, quotas and minimums with them. */
#ifndef PLACE_SIDE_CORE_H
#define PLACE_SIDE_CORE_H

#include "side.h"

/* Sums of prices times needs pass 64 bits. */
__extension__ typedef __int128 side_wide;

/* What a lot's minimums ask for. */
enum side_lot {
    LOT_PLAIN,  /* nothing */
    LOT_EITHER, /* nobody, or all of its minimums */
    LOT_OPEN    /* all of its minimums: somebody is locked there */
};

struct side_core {
    struct place_problem problem; /* of the free households; pairs that no lock rules out */
    uint32_t *household;          /* [n_households] number in the whole */
    uint32_t *number;             /* [of the whole] number here, or PLACE_NONE: locked */
    bool *must;                   /* [n_households] placed by every plan: linked to a locked one */
    struct place_side side; /* in these numbers; no locks, no links of the locked, no minimums */
    int32_t *least;         /* [n_localities * n_resources] what is left of minimums */
    enum side_lot *lot;     /* [n_localities] */
    uint32_t *quota_of;     /* [n_localities * n_resources] or PLACE_NONE */
    uint64_t *link_first;   /* [n_households + 1] into link_at */
    uint32_t *link_at;      /* [2 * n_links] links of a household */
    int64_t micro;          /* of the locked pairs */
};

/* The locks must not be in conflict (side_conflict).  Memory: that of the problem. */
int side_core_new(struct arena *arena, const struct place_problem *problem,
                  const struct place_side *side, struct side_core *out, struct ajar_err *err);

/* The other household of a link. */
static inline uint32_t side_other(const struct side_link *link, uint32_t household)
{
    return link->a == household ? link->b : link->a;
}

#endif
