/* Inside agents: what a snapshot belongs to, as one number, and what guards its bytes. */
#ifndef FLOW_AGENTS_HASH_H
#define FLOW_AGENTS_HASH_H

#include "agents.h"

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a over bytes, going on from `hash`. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n);

/* Of the plan, the parameters, the first day and the gates. */
uint64_t hash_inputs(const struct flow_plan *plan, const struct flow_params *params,
                     const struct flow_run_options *options);

#endif
