/* The played exodus, as it is kept between runs. */
#ifndef DESK_EXODUS_KEPT_H
#define DESK_EXODUS_KEPT_H

#include "exodus_chain.h"

/* What the played draws depend on: exodus/, the tables that exodus_read looks into, and of the doors what they
 * decide, so that another wording of a rule plays nothing anew. */
int exodus_kept_key(struct arena *arena, const struct exodus_chain *chain, struct kept_key *key,
                    struct ajar_err *err);

/* Every figure that comes from the played draws.  The arrays of *chain stand. */
void exodus_kept_pass(struct exodus_chain *chain, struct kept_pass *pass);

#endif
