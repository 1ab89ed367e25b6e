/* A plan that must change a little: a capacity is withdrawn, a case is locked or forbidden, a fact comes late.
 *
 * Starts from the plan and the prices that stand, and moves at most so many other households. */
#ifndef PLACE_WHATIF_H
#define PLACE_WHATIF_H

#include "side.h"

struct whatif_options {
    const uint32_t
        *before; /* [n_households] the plan that stands, of the problem before the change */
    const int64_t *price; /* [n_localities * n_resources] its prices, or NULL */
    uint32_t moves_most;  /* other households that may move; UINT32_MAX: any number */
    uint64_t rounds;      /* of search; 0: 32 */
    uint64_t seed;
};
struct whatif_move {
    uint32_t household, from, to; /* localities or PLACE_NONE */
    int32_t loss_micro;           /* score from less score to; may be negative */
};
struct whatif_result {
    struct side_result plan;
    int64_t
        before_micro; /* what the plan that stands is worth in the changed problem, illegal pairs counted 0 */
    uint32_t
        n_forced; /* households that the change itself moves: locked elsewhere, or their pair is gone */
    uint32_t
        n_moves; /* all moves, forced first, then by household; n_moves - n_forced <= moves_most */
    struct whatif_move *moves;
    uint32_t n_displaced; /* of them placed before, not placed now */
    bool
        possible; /* a plan within moves_most was found; false: `plan` is the one of fewest moves that was found */
};
/* problem and side: after the change.  Those whom the change does not touch keep their place unless one of the moves
 * gains by it.  10,000 x 200 x 4 warm in under a tenth of a second at the default rounds. */
int whatif_run(struct arena *arena, const struct place_problem *problem,
               const struct place_side *side, const struct whatif_options *options,
               struct pool *pool, const struct watch *watch, struct whatif_result *out,
               struct ajar_err *err);

/* The price of a lock: what the best plan found without it is worth more, and what cannot be exceeded. */
struct whatif_lock {
    uint32_t lock;       /* of side->locks */
    int64_t found_micro; /* the plan without it less the plan with it, from 0 */
    int64_t most_micro;  /* bound without it less the plan with it */
};
/* out[side->n_locks]; plan and prices of the problem with all locks. */
int whatif_locks(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct side_result *plan,
                 const struct whatif_options *options, struct pool *pool, const struct watch *watch,
                 struct whatif_lock *out, struct ajar_err *err);

/* What it would cost to put one household at one of its pairs, by the prices alone: its loss against its place, plus
 * what the capacities cost there less here, micro-units rounded.  A table of these is a plan board. */
int64_t whatif_pair_price(const struct place_problem *problem, const struct place_side *side,
                          const struct side_result *plan, uint32_t household, uint64_t pair);

#endif
