#include "side_part.h"

#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "rng.h"
#include "side_model.h"

enum { PART_LEAST = 40, PART_MOST = 110, PART_ALL = 300, PART_NODES = 200 };
#define PART_NEAR 0.3 /* of the mean score */

static double part_scale(const struct side_core *core)
{
    const struct place_problem *problem = &core->problem;
    double sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        int32_t top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        sum += top;
    }
    return sum / (problem->n_households + 1.0) * PLACE_PRICES_A_MICRO;
}

static void part_near(struct side_part *part)
{
    const struct place_problem *problem = &part->core->problem;
    double slack = PART_NEAR * part_scale(part->core);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        double top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            double left = (double)side_price_left(part->core, part->prices, h, pair);
            top = left > top ? left : top;
        }
        bool linked = part->core->link_first[h] < part->core->link_first[h + 1];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            double left = (double)side_price_left(part->core, part->prices, h, pair);
            part->near[pair] = linked || left >= top - slack;
        }
    }
}

int side_part_new(struct arena *arena, const struct side_core *core,
                  const struct side_prices *prices, const struct place_options *options,
                  struct side_part *out, struct ajar_err *err)
{
    const struct place_problem *problem = &core->problem;
    struct side_part part = {.core = core,
                             .prices = prices,
                             .seed = options->seed,
                             .nodes = options->nodes > 0 ? options->nodes : PART_NODES};
    TRY_NEW(part.near, arena, problem->first[problem->n_households], err);
    TRY_NEW(part.open, arena, problem->first[problem->n_households], err);
    TRY_NEW(part.member_first, arena, (size_t)problem->n_localities + 3, err);
    TRY_NEW(part.member, arena, problem->n_households, err);
    TRY_NEW(part.ties, arena, problem->n_localities, err);
    TRY_NEW(part.chosen, arena, problem->n_localities, err);
    TRY_NEW(part.in, arena, problem->n_households, err);
    TRY_NEW(part.free, arena, problem->n_households, err);
    part_near(&part);
    *out = part;
    return 0;
}

static void part_members(struct side_part *part, const struct side_state *state)
{
    const struct place_problem *problem = &part->core->problem;
    uint32_t n = problem->n_localities;
    uint64_t *first = part->member_first;
    memset(first, 0, (n + (size_t)3) * sizeof *first);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = side_place(state, h);
        first[(l == PLACE_NONE ? n : l) + 2]++;
    }
    for (uint32_t l = 0; l <= n; l++) {
        first[l + 2] += first[l + 1];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = side_place(state, h);
        part->member[first[(l == PLACE_NONE ? n : l) + 1]++] = h;
    }
}

static void part_choose(struct side_part *part, uint32_t locality)
{
    const struct place_problem *problem = &part->core->problem;
    part->chosen[locality] = true;
    for (uint64_t k = part->member_first[locality]; k < part->member_first[locality + 1]; k++) {
        uint32_t h = part->member[k];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            part->ties[problem->locality[pair]] += part->near[pair];
        }
    }
}

/* Another locality by chance, in proportion to the near pairs that lead there, and one more so that any may come. */
static uint32_t part_draw(struct side_part *part, struct rng *rng)
{
    uint32_t n = part->core->problem.n_localities;
    uint64_t sum = 0;
    for (uint32_t l = 0; l < n; l++) {
        sum += part->chosen[l] ? 0 : part->ties[l] + (uint64_t)1;
    }
    uint64_t at = sum == 0 ? 0 : rng_u64(rng) % sum;
    for (uint32_t l = 0; l < n; l++) {
        uint64_t ties = part->chosen[l] ? 0 : part->ties[l] + (uint64_t)1;
        if (at < ties) {
            return l;
        }
        at -= ties;
    }
    return PLACE_NONE;
}

static void part_pick(struct side_part *part, struct rng *rng)
{
    uint32_t n = part->core->problem.n_localities;
    uint64_t most = PART_LEAST + rng_below(rng, PART_MOST - PART_LEAST + 1), members = 0;
    uint32_t count = 0;
    memset(part->ties, 0, n * sizeof *part->ties);
    memset(part->chosen, 0, n * sizeof *part->chosen);
    for (uint32_t l = rng_below(rng, n); l != PLACE_NONE; l = part_draw(part, rng)) {
        part_choose(part, l);
        count++;
        members += part->member_first[l + 1] - part->member_first[l];
        if (count > 1 && members >= most) {
            return;
        }
    }
}

/* Frees a household and whoever is linked to it, by chains. */
static void part_free(struct side_part *part, uint32_t household)
{
    const struct side_core *core = part->core;
    uint32_t from = part->n_free;
    if (part->in[household] || part->n_free >= PART_ALL) {
        return;
    }
    part->in[household] = true;
    part->free[part->n_free++] = household;
    for (uint32_t i = from; i < part->n_free; i++) {
        uint32_t h = part->free[i];
        for (uint64_t k = core->link_first[h]; k < core->link_first[h + 1]; k++) {
            uint32_t other = side_other(&core->side.links[core->link_at[k]], h);
            if (!part->in[other]) {
                part->in[other] = true;
                part->free[part->n_free++] = other;
            }
        }
    }
}

static int rising(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void part_gather(struct side_part *part, const struct side_state *state)
{
    const struct place_problem *problem = &part->core->problem;
    uint32_t n = problem->n_localities;
    part->n_free = 0;
    memset(part->in, 0, problem->n_households * sizeof *part->in);
    for (uint32_t l = 0; l <= n; l++) {
        for (uint64_t k = part->member_first[l]; k < part->member_first[l + 1]; k++) {
            uint32_t h = part->member[k];
            bool comes = l < n && part->chosen[l];
            for (uint64_t pair = problem->first[h]; l == n && pair < problem->first[h + 1];
                 pair++) {
                comes = comes || (part->near[pair] && part->chosen[problem->locality[pair]]);
            }
            if (comes) {
                part_free(part, h);
            }
        }
    }
    qsort(part->free, part->n_free, sizeof *part->free, rising);
    for (uint32_t k = 0; k < part->n_free; k++) {
        uint32_t h = part->free[k];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            part->open[pair] =
                pair == state->at[h] || (part->near[pair] && part->chosen[problem->locality[pair]]);
        }
    }
}

static int part_solve(struct arena *arena, struct side_part *part, struct side_state *state,
                      struct ajar_err *err)
{
    struct side_model model;
    struct mip_options options = {.started = true, .nodes = part->nodes};
    struct mip_result result;
    TRY(side_model_new(arena, state, part->free, part->n_free, part->open, &model, err));
    TRY(side_model_solve(&model, &options, &result, err));
    if (result.found) {
        for (uint32_t k = 0; k < part->n_free; k++) {
            side_put(state, part->free[k], UINT64_MAX);
        }
        for (uint32_t c = 0; c < model.n_pairs; c++) {
            if (model.chosen[c]) {
                side_put(state, model.household[c], model.pair[c]);
            }
        }
    }
    return 0;
}

int side_part_round(struct side_part *part, struct side_state *state, struct ajar_err *err)
{
    struct arena scratch;
    struct rng rng = rng_at(part->seed, 3, (uint32_t)part->round, (uint32_t)(part->round >> 32));
    part->round++;
    if (part->core->problem.n_localities == 0 || part->core->problem.n_households == 0) {
        return 0;
    }
    part_members(part, state);
    part_pick(part, &rng);
    part_gather(part, state);
    arena_init(&scratch, "part", (size_t)1 << 28);
    int code = part_solve(&scratch, part, state, err);
    arena_free(&scratch);
    return code;
}
