/* The two engines behind one call: agents one by one, or people by the number that stand at a place. */
#ifndef FLOW_ENGINE_H
#define FLOW_ENGINE_H

#include "agents.h"

enum flow_engine { FLOW_ENGINE_AGENTS, FLOW_ENGINE_AGGREGATE };

/* "agents", "aggregate"; "unknown" for a number that is neither. */
const char *flow_engine_word(enum flow_engine engine);

/* Runs days [options->from, options->to).  pool may be NULL; the aggregate engine does not use it.  Same
 * bytes for any number of threads.  The result is in the arena; what the run needs meanwhile too.  Errors as
 * flow_agents_open and flow_agents_run, or flow_aggregate_run; E_FLOW_OPTION for an engine that is none. */
int flow_engine_run(enum flow_engine engine, struct arena *arena, const struct flow_plan *plan,
                    const struct flow_params *params, const struct flow_run_options *options,
                    struct pool *pool, const struct watch *watch, struct flow_result *result,
                    struct ajar_err *err);

#endif
