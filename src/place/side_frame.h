/* The bare problem inside a plan: linked households and empty lots stand, quotas are shared out to their localities, and
 * what is left is a problem of place.h, for its annealing (search.h) and its parts (neighbour.h). */
#ifndef PLACE_SIDE_FRAME_H
#define PLACE_SIDE_FRAME_H

#include "neighbour.h"
#include "side_price.h"
#include "side_state.h"

struct side_frame {
    struct place_problem problem;
    uint32_t *household; /* [n_households] of the core */
    uint32_t *place;     /* [n_households] the best plan */
    int64_t micro;
    struct search search;
    struct neighbour neighbour;
};

/* Around the plan of the state; a locality's share of a quota is what the plan uses of it and its part of what is
 * free.  `search` keeps pointers into the frame, which must not move. */
int side_frame_new(struct arena *arena, const struct side_state *state,
                   const struct side_prices *prices, uint64_t seed, struct side_frame *out,
                   struct ajar_err *err);

/* The frame's best plan goes into the state if, its lots made good, it is better.  */
int side_frame_take(struct arena *arena, struct side_frame *frame, const struct side_prices *prices,
                    struct side_state *state, struct ajar_err *err);

#endif
