/* The plans of a cohort, as they are kept between runs. */
#ifndef DESK_PLACE_KEPT_H
#define DESK_PLACE_KEPT_H

#include "kept.h"
#include "place_chain.h"

/* What the plans depend on: the problem itself, so that a change which leaves every household, lot and score as
 * they were places nobody anew. */
void place_kept_key(const struct programme *programme, const struct place_options *solve, bool fair,
                    struct kept_key *key);

/* Arrays for place_kept_pass to read into. */
int place_kept_frame(struct arena *arena, struct place_chain *chain, bool fair,
                     struct ajar_err *err);

/* The plans with prices and bounds; `fair`: those by the rules of fairness too. */
void place_kept_pass(struct place_chain *chain, bool fair, struct kept_pass *pass);

#endif
