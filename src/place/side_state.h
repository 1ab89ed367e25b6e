/* A plan of a core and what it uses. */
#ifndef PLACE_SIDE_STATE_H
#define PLACE_SIDE_STATE_H

#include "side_core.h"

struct side_state {
    const struct side_core *core;
    uint64_t *at;        /* [n_households] pair, or UINT64_MAX: nowhere */
    int64_t *load;       /* [n_localities * n_resources] */
    int64_t *quota_load; /* [n_quotas] */
    uint32_t *count;     /* [n_localities] households there */
    int64_t micro;
};

int side_state_new(struct arena *arena, const struct side_core *core, struct side_state *out,
                   struct ajar_err *err);
void side_state_clear(struct side_state *state); /* everybody nowhere */
void side_state_copy(struct side_state *to, const struct side_state *from);

/* Where a household is, or PLACE_NONE. */
static inline uint32_t side_place(const struct side_state *state, uint32_t household)
{
    uint64_t pair = state->at[household];
    return pair == UINT64_MAX ? PLACE_NONE : state->core->problem.locality[pair];
}

/* Puts a household on a pair, or takes it away (UINT64_MAX).  Nothing is checked. */
void side_put(struct side_state *state, uint32_t household, uint64_t pair);

/* Whether capacities and quotas have room for a household at a pair; it must be nowhere. */
bool side_fits(const struct side_state *state, uint32_t household, uint64_t pair);

/* Whether the plan keeps everything. */
bool side_holds(const struct side_state *state);

/* Whether a lot holds what its minimums ask. */
bool side_lot_holds(const struct side_state *state, uint32_t locality);

/* Whether a household at a pair keeps its links to those that are placed. */
bool side_links_hold(const struct side_state *state, uint32_t household, uint64_t pair);

#endif
