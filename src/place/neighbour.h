/* Exact answers to parts of the whole: all but a few localities are held fast, the rest is solved by branch and
 * bound (large neighbourhood search, Shaw 1998, "Using constraint programming and local search methods to solve
 * vehicle routing problems"). */
#ifndef PLACE_NEIGHBOUR_H
#define PLACE_NEIGHBOUR_H

#include "rng.h"
#include "search.h"

struct neighbour {
    const struct search *search; /* its near pairs and prices */
    uint64_t seed, round;
    uint32_t *place; /* [n_households] where it stands, and what that is worth */
    int64_t micro;
    uint32_t idle, count;   /* parts in vain; parts since the turn to noise */
    bool warm;              /* with noise */
    uint64_t *member_first; /* [n_localities + 3] into member, by locality; the last is nowhere */
    uint32_t *member;       /* [n_households] */
    uint32_t *links;        /* [n_localities + 1] near pairs of the chosen localities' households */
    uint32_t *chosen, n_chosen; /* [n_localities] */
    uint32_t *number;           /* [n_localities] in the part, or PLACE_NONE */
};

int neighbour_new(struct arena *arena, const struct search *search, uint64_t seed,
                  struct neighbour *out, struct ajar_err *err);

/* Chooses a part by the number of the round and solves it.  The first round starts from place[n_households], worth
 * *micro; both become the best so far where that is better. */
int neighbour_round(struct neighbour *neighbour, uint32_t *place, int64_t *micro,
                    struct ajar_err *err);

/* Chooses linked localities by chance until `most` households of the plan are there: chosen, n_chosen, number, and
 * the members of every locality. */
void neighbour_pick(struct neighbour *neighbour, const uint32_t *place, uint64_t most,
                    struct rng *rng);

/* The next round is like the first: it starts from the plan that it is given. */
void neighbour_restart(struct neighbour *neighbour);

#endif
