/* Households of equal needs change places among themselves.  Private to fair_*.c.
 *
 * Whoever of a kind goes where, the loads stay as they are: an assignment problem, whose relaxation is whole, so
 * prices all but solve it.  It betters a plan that places as many as can be, where other moves have no room. */
#ifndef PLACE_FAIR_KIND_H
#define PLACE_FAIR_KIND_H

#include "fair_parts.h"

/* place[n_households] gets a larger sum of value[pairs] (FAIR_STRUCK: not allowed) and places as many.  Locked
 * households stay, and all of them where there are links. */
int fair_kinds(struct fair *fair, const int32_t *value, uint32_t *place, struct ajar_err *err);

#endif
