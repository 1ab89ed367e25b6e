/* A plan that must change a little: a capacity is withdrawn, a case is locked or forbidden, a fact comes late.
 *
 * Starts from the plan and the prices that stand, and moves at most so many other households: chains of moves, each
 * making room for the one before or filling what it left, chosen by what the prices leave (ejection chains, Glover
 * 1996).  Up to 64 households all plans are tried, as far as 200,000 steps of that go.  For at most 64 moves branch and
 * cut answers the rest: up to 4,000 pairs over all of them (500 nodes, mostly a proof), above, and only where more
 * than the usual rounds are asked for, over the moves that the prices leave most. */
#ifndef PLACE_WHATIF_H
#define PLACE_WHATIF_H

#include "side.h"

struct whatif_options {
    const uint32_t
        *before; /* [n_households] the plan that stands, of the problem before the change */
    const int64_t
        *price; /* [n_localities * n_resources] its prices, or NULL: found anew, which takes time */
    const int64_t *quota_price; /* [n_quotas] with them, or NULL: 0 */
    uint32_t moves_most;        /* other households that may move; UINT32_MAX: any number */
    uint64_t rounds;            /* of search, at most; 0: 32 */
    bool quick;    /* search alone where not all plans can be tried: no branch and cut */
    uint64_t seed; /* of side_solve, where only that finds a plan */
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
        n_forced; /* households that the change itself moves: locked elsewhere, or their pair is gone.  Who must go
                     because a capacity is withdrawn is a choice, and one of the others */
    uint32_t
        n_moves; /* all moves, forced first, then by household; n_moves - n_forced <= moves_most */
    struct whatif_move *moves;
    uint32_t n_displaced; /* of them placed before, not placed now */
    bool
        possible; /* a plan within moves_most was found; false: `plan` is the one of fewest moves that was found */
    bool exact; /* all plans within moves_most were weighed: none is better, or none is possible */
};
/* problem and side: after the change.  Those whom the change does not touch keep their place unless one of the moves
 * gains by it: every chain that is made gains.  The bound is that of the prices given.  Of the arena the result is
 * taken, and more is needed for the time of the work: 30 bytes a pair.  E_PLACE_LOCKS: no plan keeps the locks.
 * 10,000 x 200 x 4 warm in under a tenth of a second at the default rounds. */
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
/* out[side->n_locks]; plan and prices of the problem with all locks, which is where each search starts: of options
 * moves_most, rounds and seed are used.  Locks are weighed on all threads, each in O(pairs) and its rounds. */
int whatif_locks(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct side_result *plan,
                 const struct whatif_options *options, struct pool *pool, const struct watch *watch,
                 struct whatif_lock *out, struct ajar_err *err);

/* What it would cost to put one household at one of its pairs, by the prices alone, in micro-units rounded up: what
 * its place leaves (score less charge, quotas too) less what the pair leaves.  0 for the pair where it is; below 0
 * where the household regrets (explain.h); UINT64_MAX stands for no place.  A table of these is a plan board.
 * O(resources + quotas). */
int64_t whatif_pair_price(const struct place_problem *problem, const struct place_side *side,
                          const struct side_result *plan, uint32_t household, uint64_t pair);

#endif
