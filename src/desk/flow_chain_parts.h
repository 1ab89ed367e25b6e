/* Inside FLOW's part of a run. */
#ifndef DESK_FLOW_CHAIN_PARTS_H
#define DESK_FLOW_CHAIN_PARTS_H

#include "flow_chain.h"

/* ways, there, back, way_open from what the members' agents did: flows[day * n_links + link], summed over the
 * members, in the unit of the plan.  O(days * links). */
int flow_chain_ways(struct arena *arena, struct flow_chain *chain, const uint64_t *flows,
                    struct ajar_err *err);

/* seen, by_size from the reports.  O(camps * reports + reports log reports). */
int flow_chain_seen(struct arena *arena, struct flow_chain *chain, struct ajar_err *err);

/* stocks from the members: camps[(member * n_camps + camp) * n_days + day] people.  Camps of the country of the
 * first place are none of a host.  After flow_chain_seen.  O(members * camps + countries log). */
int flow_chain_stocks(struct arena *arena, struct flow_chain *chain, const int64_t *camps,
                      struct ajar_err *err);

#endif
