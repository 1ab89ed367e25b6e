/* Which states are open to whom: DOORS, asked for the papers of a cohort.
 *
 * A household may go to a state in which a door of kind pathway is open on the day, to the person whom it goes by,
 * as known on as_known: the law says so with one of cohort->open (OPEN alone, unless the file adds DISCRETION), and
 * nothing noted of the practice says that it is shut.  A Land takes by Germany's doors.  Short visas, protection and
 * counterfactual rules open no state; a door that would open with more papers is not open on the day. */
#ifndef DESK_PLACE_ELIGIBLE_H
#define DESK_PLACE_ELIGIBLE_H

#include "place_cohort.h"

/* (*out)[n_waits * n_profiles * n_states], by place_opens_at; doors by id.  All in the arena.  Each door is built
 * once; O(doors * waits * profiles) decisions.  Errors: doors.*, memory. */
int place_eligible(struct arena *arena, const struct rules *rules,
                   const struct place_cohort *cohort, date_days as_known, const struct watch *watch,
                   struct place_opens **out, struct ajar_err *err);

#endif
