/* What households wish and localities prefer, as the mechanisms take it. */
#ifndef DESK_PLACE_WISHES_H
#define DESK_PLACE_WISHES_H

#include "mechanism.h"
#include "programme.h"

/* From wishes (household, place, rank): the lots of a wished place that are allowed, by rank, then the highest score,
 * then by lot.  From priorities (locality, household, rank; either may be absent, name NULL): those who are named by
 * rank, then all others by score.  An absent table: by score.  A row of priorities for a pair that is not allowed says
 * nothing.  Every fault is listed; any: E_PLACE_FAULTS, *out untouched.  All in the arena. */
int place_wishes_read(struct arena *arena, const struct programme *programme,
                      const struct place_table *wishes, const struct place_table *priorities,
                      struct faults *faults, struct mechanism_said *out, struct ajar_err *err);

#endif
