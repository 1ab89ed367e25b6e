#include "plan_parts.h"

static int check_decay(const struct flow_params *params, struct ajar_err *err)
{
    if (params->n_spawn_decay < 0 || params->n_spawn_decay > FLOW_DECAY_MOST) {
        return err_set(err, E_FLOW_SETTING, "spawn_decay has %d steps, at most %d",
                       params->n_spawn_decay, FLOW_DECAY_MOST);
    }
    for (int i = 0; i < params->n_spawn_decay; i++) {
        if (!(params->spawn_decay[i] >= 0 && params->spawn_decay[i] <= FLOW_DECAY_HIGH)) {
            return err_set(err, E_FLOW_SETTING,
                           "step %d of spawn_decay is between 0 and %d, not %g", i + 1,
                           FLOW_DECAY_HIGH, params->spawn_decay[i]);
        }
    }
    return 0;
}

int plan_check_params(const struct flow_params *params, struct ajar_err *err)
{
    struct flow_params copy = *params;
    if (params->rules != FLOW_RULES_FLEE && params->rules != FLOW_RULES_AJAR) {
        return err_set(err, E_FLOW_SETTING, "there are no rules of the number %d",
                       (int)params->rules);
    }
    for (size_t i = 0; i < flow_param_count; i++) {
        TRY(flow_param_set(&copy, &flow_param_list[i], flow_param_get(params, &flow_param_list[i]),
                           err));
    }
    return check_decay(params, err);
}
