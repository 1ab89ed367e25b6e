/* A first plan by the prices alone. */
#ifndef PLACE_ROUND_H
#define PLACE_ROUND_H

#include "place.h"

/* Those whom the plan `start` (NULL: nobody) places stay there, in the order of their ids, where the pair is allowed
 * and there is room.  The others choose in turn, those first who would lose most by their second choice, each the locality that leaves
 * it most after paying and still has room; then whoever is left goes where there is room and the score is above 0.
 * Ties: the lower id.  price in bound.h's unit; place[n_households]: PLACE_NONE not placed; *micro is what it is worth.  O(pairs * resources
 * + n log n). */
int place_round(struct arena *arena, const struct place_problem *problem, const int64_t *price,
                const uint32_t *start, uint32_t *place, int64_t *micro, struct ajar_err *err);

#endif
