/* The opening sets that a case names: {onward = NONE} | {visa = D_DEU; purpose = WORK}. */
#ifndef DESK_DOORS_CASE_SETS_H
#define DESK_DOORS_CASE_SETS_H

#include "text.h"

/* Takes the next set off `rest`: `set` is what stands between its { }.  False: nothing is left, or, where `rest` is
 * not empty, what is left is no set. */
bool doors_case_set(struct text *rest, struct text *set);

#endif
