/* What is typed for a flow, read the same way by `ajar flow` and by ajar-swarm. */
#ifndef DESK_FLOW_ASK_H
#define DESK_FLOW_ASK_H

#include "params.h"
#include "world_flow.h"

/* --from and --to (both inclusive; DATE_NONE: the first, the last day of the flow) as days [*first, *end) of
 * the flow.  E_FLOW_OPTION with the option named. */
int flow_ask_days(const struct flow_world *world, date_days from, date_days to, int32_t *first,
                  int32_t *end, struct ajar_err *err);

/* --set: "NAME=VALUE,...", names of params.h.  E_FLOW_OPTION for a name that is none, with what is near, and
 * for a value out of range; parameters before it are set then. */
int flow_ask_set(struct text words, struct flow_params *params, struct ajar_err *err);

#endif
