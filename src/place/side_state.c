#include "side_state.h"

#include <string.h>

int side_state_new(struct arena *arena, const struct side_core *core, struct side_state *out,
                   struct ajar_err *err)
{
    const struct place_problem *problem = &core->problem;
    struct side_state state = {.core = core};
    TRY_NEW(state.at, arena, problem->n_households, err);
    TRY_NEW(state.load, arena, (size_t)problem->n_localities * problem->n_resources, err);
    TRY_NEW(state.quota_load, arena, core->side.n_quotas, err);
    TRY_NEW(state.count, arena, problem->n_localities, err);
    memset(state.at, 0xff, problem->n_households * sizeof *state.at);
    *out = state;
    return 0;
}

void side_state_copy(struct side_state *to, const struct side_state *from)
{
    const struct place_problem *problem = &from->core->problem;
    memcpy(to->at, from->at, problem->n_households * sizeof *to->at);
    memcpy(to->load, from->load,
           (size_t)problem->n_localities * problem->n_resources * sizeof *to->load);
    memcpy(to->quota_load, from->quota_load, from->core->side.n_quotas * sizeof *to->quota_load);
    memcpy(to->count, from->count, problem->n_localities * sizeof *to->count);
    to->micro = from->micro;
}

static void side_use(struct side_state *state, uint32_t household, uint64_t pair, int sign)
{
    const struct side_core *core = state->core;
    const struct place_problem *problem = &core->problem;
    size_t n = problem->n_resources, l = problem->locality[pair];
    for (size_t r = 0; r < n; r++) {
        int64_t need = sign * (int64_t)problem->need[household * n + r];
        state->load[l * n + r] += need;
        if (core->quota_of[l * n + r] != PLACE_NONE) {
            state->quota_load[core->quota_of[l * n + r]] += need;
        }
    }
    state->count[l] += (uint32_t)sign;
    state->micro += sign * (int64_t)problem->score[pair];
}

void side_state_clear(struct side_state *state)
{
    for (uint32_t h = 0; h < state->core->problem.n_households; h++) {
        side_put(state, h, UINT64_MAX);
    }
}

void side_put(struct side_state *state, uint32_t household, uint64_t pair)
{
    if (state->at[household] != UINT64_MAX) {
        side_use(state, household, state->at[household], -1);
    }
    state->at[household] = pair;
    if (pair != UINT64_MAX) {
        side_use(state, household, pair, 1);
    }
}

bool side_fits(const struct side_state *state, uint32_t household, uint64_t pair)
{
    const struct side_core *core = state->core;
    const struct place_problem *problem = &core->problem;
    size_t n = problem->n_resources, l = problem->locality[pair];
    for (size_t r = 0; r < n; r++) {
        int32_t need = problem->need[household * n + r];
        uint32_t q = core->quota_of[l * n + r];
        if (state->load[l * n + r] + need > problem->capacity[l * n + r] ||
            (q != PLACE_NONE && need > 0 &&
             state->quota_load[q] + need > core->side.quotas[q].most)) {
            return false;
        }
    }
    return true;
}

bool side_lot_holds(const struct side_state *state, uint32_t locality)
{
    const struct side_core *core = state->core;
    size_t n = core->problem.n_resources;
    if (core->lot[locality] == LOT_PLAIN ||
        (core->lot[locality] == LOT_EITHER && state->count[locality] == 0)) {
        return true;
    }
    for (size_t r = 0; r < n; r++) {
        if (state->load[locality * n + r] < core->least[locality * n + r]) {
            return false;
        }
    }
    return true;
}

bool side_links_hold(const struct side_state *state, uint32_t household, uint64_t pair)
{
    const struct side_core *core = state->core;
    for (uint64_t k = core->link_first[household]; k < core->link_first[household + 1]; k++) {
        const struct side_link *link = &core->side.links[core->link_at[k]];
        uint32_t other = side_place(state, side_other(link, household));
        if (other != PLACE_NONE &&
            !side_near(&core->side, link, core->problem.locality[pair], other)) {
            return false;
        }
    }
    return true;
}

bool side_holds(const struct side_state *state)
{
    const struct side_core *core = state->core;
    const struct place_problem *problem = &core->problem;
    for (size_t k = 0; k < (size_t)problem->n_localities * problem->n_resources; k++) {
        if (state->load[k] > problem->capacity[k]) {
            return false;
        }
    }
    for (uint32_t q = 0; q < core->side.n_quotas; q++) {
        if (state->quota_load[q] > core->side.quotas[q].most) {
            return false;
        }
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        if (!side_lot_holds(state, l)) {
            return false;
        }
    }
    for (uint32_t k = 0; k < core->side.n_links; k++) {
        const struct side_link *link = &core->side.links[k];
        uint32_t a = side_place(state, link->a), b = side_place(state, link->b);
        if ((a == PLACE_NONE) != (b == PLACE_NONE) ||
            (a != PLACE_NONE && !side_near(&core->side, link, a, b))) {
            return false;
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (core->must[h] && state->at[h] == UINT64_MAX) {
            return false;
        }
    }
    return true;
}
