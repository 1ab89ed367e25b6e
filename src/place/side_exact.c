#include "side_exact.h"

#include "bound.h"
#include "side_model.h"

struct exact_pause {
    const struct side_exact_options *options;
    uint64_t nodes;
};

static bool exact_pauses(void *arg)
{
    struct exact_pause *pause = arg;
    return ++pause->nodes % SIDE_EXACT_NODES == 0 && pause->options->enough != NULL &&
           pause->options->enough(pause->options->arg);
}

/* open[pair]: no bound says yet that a plan with it is no better than this one.  Returns how many are. */
static uint64_t exact_open(const struct side_state *state, const struct side_prices *prices,
                           side_wide *top, bool *open)
{
    const struct side_core *core = state->core;
    const struct place_problem *problem = &core->problem;
    side_wide bound = side_price_bound(core, prices, top);
    side_wide better = ((side_wide)state->micro + 1) * PLACE_PRICES_A_MICRO;
    uint64_t n = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            side_wide behind = top[h] - side_price_left(core, prices, h, pair);
            open[pair] = pair == state->at[h] || bound - behind >= better;
            n += open[pair];
        }
    }
    return n;
}

int side_exact(struct arena *arena, const struct side_prices *prices,
               const struct side_exact_options *options, struct side_state *state, bool *proven,
               struct ajar_err *err)
{
    struct exact_pause pause = {.options = options};
    struct mip_options mip = {.started = true, .enough = exact_pauses, .arg = &pause};
    struct mip_result result;
    struct side_model model;
    uint32_t n = state->core->problem.n_households, *free;
    side_wide *top;
    bool *open;
    *proven = false;
    TRY_NEW(open, arena, state->core->problem.first[n], err);
    TRY_NEW(free, arena, n, err);
    TRY_NEW(top, arena, n, err);
    if (exact_open(state, prices, top, open) > SIDE_EXACT_PAIRS) {
        return 0;
    }
    for (uint32_t h = 0; h < n; h++) {
        free[h] = h;
    }
    TRY(side_model_new(arena, state, free, n, open, &model, err));
    TRY(side_model_solve(&model, &mip, &result, err));
    if (!result.found) {
        return 0; /* not seen: the plan of the state is a plan of the model */
    }
    side_state_clear(state);
    for (uint32_t c = 0; c < model.n_pairs; c++) {
        if (model.chosen[c]) {
            side_put(state, model.household[c], model.pair[c]);
        }
    }
    *proven = result.ended;
    return 0;
}
