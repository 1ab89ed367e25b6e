#include "engine.h"

#include "aggregate.h"

const char *flow_engine_word(enum flow_engine engine)
{
    switch (engine) {
    case FLOW_ENGINE_AGENTS:
        return "agents";
    case FLOW_ENGINE_AGGREGATE:
        return "aggregate";
    default:
        return "unknown";
    }
}

int flow_engine_run(enum flow_engine engine, struct arena *arena, const struct flow_plan *plan,
                    const struct flow_params *params, const struct flow_run_options *options,
                    struct pool *pool, const struct watch *watch, struct flow_result *result,
                    struct ajar_err *err)
{
    struct flow_agents *agents;
    switch (engine) {
    case FLOW_ENGINE_AGENTS:
        TRY(flow_agents_open(&agents, arena, plan, params, options, err));
        return flow_agents_run(agents, options->to, pool, watch, result, err);
    case FLOW_ENGINE_AGGREGATE:
        return flow_aggregate_run(arena, plan, params, options, watch, result, err);
    default:
        return err_set(err, E_FLOW_OPTION, "there is no engine of the number %d", (int)engine);
    }
}
