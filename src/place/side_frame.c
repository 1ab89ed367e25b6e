#include "side_frame.h"

#include <string.h>

#include "bound.h"
#include "side_start.h"

/* Whether the frame may move a household. */
static bool frame_has(const struct side_core *core, uint32_t household)
{
    return core->link_first[household] == core->link_first[household + 1] && !core->must[household];
}

/* What a locality may use of a resource under the plan's share of the quota. */
static int32_t frame_share(const struct side_state *state, size_t cell, const int64_t *rest)
{
    const struct side_core *core = state->core;
    uint32_t q = core->quota_of[cell];
    int64_t capacity = core->problem.capacity[cell], free = capacity - state->load[cell];
    if (q == PLACE_NONE || free == 0) {
        return (int32_t)capacity;
    }
    side_wide over = core->side.quotas[q].most - state->quota_load[q];
    int64_t part = (int64_t)(over * free / rest[q]);
    return (int32_t)(state->load[cell] + (part < free ? part : free));
}

/* Capacities of the frame: shares, less what those use who stand. */
static int frame_capacities(struct arena *arena, const struct side_state *state,
                            struct side_frame *frame, struct ajar_err *err)
{
    const struct side_core *core = state->core;
    const struct place_problem *problem = &core->problem;
    size_t n = problem->n_resources, n_cells = problem->n_localities * n;
    int64_t *rest;
    int32_t *capacity;
    TRY_NEW(rest, arena, (size_t)core->side.n_quotas + 1, err);
    TRY_NEW(capacity, arena, n_cells, err);
    for (size_t k = 0; k < n_cells; k++) {
        uint32_t q = core->quota_of[k];
        rest[q == PLACE_NONE ? core->side.n_quotas : q] += problem->capacity[k] - state->load[k];
    }
    for (size_t k = 0; k < n_cells; k++) {
        capacity[k] = frame_share(state, k, rest);
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = side_place(state, h);
        for (size_t r = 0; l != PLACE_NONE && !frame_has(core, h) && r < n; r++) {
            capacity[l * n + r] -= problem->need[h * n + r];
        }
    }
    frame->problem.capacity = capacity;
    return 0;
}

static bool frame_fits(const struct side_state *state, const struct side_frame *frame,
                       uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = &state->core->problem;
    size_t n = problem->n_resources;
    if (state->core->lot[locality] == LOT_EITHER && state->count[locality] == 0) {
        return false;
    }
    for (size_t r = 0; r < n; r++) {
        if (problem->need[household * n + r] > frame->problem.capacity[locality * n + r]) {
            return false;
        }
    }
    return true;
}

static int frame_pairs(struct arena *arena, const struct side_state *state,
                       struct side_frame *frame, struct ajar_err *err)
{
    const struct place_problem *whole = &state->core->problem;
    size_t n = whole->n_resources, most = whole->first[whole->n_households];
    uint64_t *first, pairs = 0;
    uint32_t *locality, count = 0;
    int32_t *score, *need;
    TRY_NEW(first, arena, (size_t)whole->n_households + 1, err);
    TRY_NEW(locality, arena, most, err);
    TRY_NEW(score, arena, most, err);
    TRY_NEW(need, arena, whole->n_households * n, err);
    TRY_NEW(frame->household, arena, whole->n_households, err);
    TRY_NEW(frame->place, arena, whole->n_households, err);
    for (uint32_t h = 0; h < whole->n_households; h++) {
        if (!frame_has(state->core, h)) {
            continue;
        }
        frame->household[count] = h;
        frame->place[count] = side_place(state, h);
        memcpy(&need[count * n], &whole->need[h * n], n * sizeof *need);
        for (uint64_t pair = whole->first[h]; pair < whole->first[h + 1]; pair++) {
            if (frame_fits(state, frame, h, whole->locality[pair])) {
                locality[pairs] = whole->locality[pair];
                score[pairs++] = whole->score[pair];
                frame->micro += pair == state->at[h] ? whole->score[pair] : 0;
            }
        }
        first[++count] = pairs;
    }
    frame->problem = (struct place_problem){
        count, whole->n_localities, (uint32_t)n, need, frame->problem.capacity, first, locality,
        score};
    return 0;
}

int side_frame_new(struct arena *arena, const struct side_state *state,
                   const struct side_prices *prices, uint64_t seed, struct side_frame *out,
                   struct ajar_err *err)
{
    *out = (struct side_frame){0};
    TRY(frame_capacities(arena, state, out, err));
    TRY(frame_pairs(arena, state, out, err));
    TRY(search_new(arena, &out->problem, prices->sum, out->place, seed, &out->search, err));
    return neighbour_new(arena, &out->search, seed, &out->neighbour, err);
}

int side_frame_take(struct arena *arena, struct side_frame *frame, const struct side_prices *prices,
                    struct side_state *state, struct ajar_err *err)
{
    const struct place_problem *problem = &state->core->problem;
    struct side_state trial;
    if (frame->search.best_micro > frame->micro) {
        frame->micro = frame->search.best_micro;
        memcpy(frame->place, frame->search.best,
               frame->problem.n_households * sizeof *frame->place);
    }
    TRY(side_state_new(arena, state->core, &trial, err));
    side_state_copy(&trial, state);
    for (uint32_t k = 0; k < frame->problem.n_households; k++) {
        uint32_t h = frame->household[k], l = frame->place[k];
        side_put(&trial, h, l == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, l));
    }
    TRY(side_start_mend(arena, prices, &trial, err));
    if (trial.micro > state->micro && side_holds(&trial)) {
        side_state_copy(state, &trial);
    }
    return 0;
}
