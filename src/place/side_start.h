/* A first plan that keeps all side constraints. */
#ifndef PLACE_SIDE_START_H
#define PLACE_SIDE_START_H

#include "side_price.h"
#include "side_state.h"

/* Who must be placed and lots that must be filled are settled by branch and cut; then those whom `start`
 * ([n_households of the core], NULL: nobody) places stay there where they may; then households come by prices, linked
 * ones together; lots that stay below their minimum are filled up or emptied.  E_PLACE_LOCKS: there is no plan. */
int side_start(struct arena *arena, const struct side_core *core, const struct side_prices *prices,
               const uint32_t *start, struct side_state *out, struct ajar_err *err);

/* Fills up or empties lots that do not hold what their minimums ask, then places whoever is nowhere and can come for a
 * score above 0.  Those who must be placed may lose their place by it, where a lot of theirs is emptied. */
int side_start_mend(struct arena *arena, const struct side_prices *prices, struct side_state *state,
                    struct ajar_err *err);

#endif
