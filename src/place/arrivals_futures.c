#include "arrivals_futures.h"

#include <string.h>

#include "rng.h"

enum {
    FUTURES = 10,
    FUTURES_ENDS = 8,
    LOOKS_FIRST = 1000,
    LOOKS = 20,
    PASSES = 1,
    STREAM = 0x41525256
};

/* Prices promise those still to come more than whole households then get: floors are aimed at from above. */
#define MARGIN 0.05

static const struct arrivals_step step_first = {LOOKS_FIRST, 0.5, 0.002};
static const struct arrivals_step step_again = {LOOKS, 0.05, 0.002};

/* What a unit of a resource would cost if it alone took the whole score of the past and the first batch. */
static void futures_scale(struct arrivals_futures *futures)
{
    const struct arrivals_input *input = futures->input;
    const struct place_problem *problem = input->problem;
    double need[PLACE_RESOURCES_MOST] = {0}, score = 0;
    for (uint32_t i = 0; i < input->n_past + input->batch_end[0]; i++) {
        uint32_t h = i < input->n_past ? input->past[i] : input->arriving[i - input->n_past];
        int32_t top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        score += top;
        for (uint32_t r = 0; top > 0 && r < problem->n_resources; r++) {
            need[r] += place_need(problem, h, r);
        }
    }
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        futures->field.scale[r] = need[r] > 0 ? score / need[r] : 0;
    }
}

int arrivals_futures_new(struct arena *arena, const struct arrivals_input *input,
                         const struct arrivals_options *options, struct arrivals_futures *out,
                         struct ajar_err *err)
{
    struct arrivals_futures made = {
        .input = input, .method = options->method, .seed = options->seed};
    TRY(arrivals_field_new(arena, input->problem, input->group, input->n_groups, &made.field, err));
    made.field.floors = made.method == ARRIVALS_BID && input->group != NULL &&
                        input->floor_micro != NULL && input->n_groups > 0;
    bool ends = made.method == ARRIVALS_POT1 || made.method == ARRIVALS_POT2;
    made.n = options->futures > 0 ? options->futures : ends ? FUTURES_ENDS : FUTURES;
    made.n = made.method == ARRIVALS_GREEDY ? 0 : made.n;
    TRY(arrivals_prices_new(arena, &made.field, &made.mean, err));
    TRY_NEW(made.reached, arena, made.field.n_groups, err);
    TRY_NEW(made.came, arena, made.field.n_groups, err);
    TRY_NEW(made.demand, arena, made.n, err);
    for (uint32_t f = 0; f < made.n; f++) {
        TRY(arrivals_demand_new(arena, &made.field, &made.demand[f], err));
    }
    futures_scale(&made);
    *out = made;
    return 0;
}

static void demand_add(struct arrivals_demand *demand, uint32_t household)
{
    if (demand->count[household]++ == 0) {
        demand->household[demand->n++] = household;
    }
}

/* With replacement, from the past and those who came. */
static void demand_draw(const struct arrivals_futures *futures, struct arrivals_demand *demand,
                        uint32_t future)
{
    const struct arrivals_input *input = futures->input;
    uint32_t pool = input->n_past + futures->from, n = input->n_arriving - futures->to;
    struct rng rng = rng_at(futures->seed, STREAM, future, futures->batch);
    for (uint32_t i = 0; i < demand->n; i++) {
        demand->count[demand->household[i]] = 0;
    }
    demand->n = 0;
    for (uint32_t i = 0; pool > 0 && i < n; i++) {
        uint32_t drawn = rng_below(&rng, pool);
        demand_add(demand, drawn < input->n_past ? input->past[drawn]
                                                 : input->arriving[drawn - input->n_past]);
    }
    for (uint32_t i = futures->from; futures->method != ARRIVALS_POT1 && i < futures->to; i++) {
        demand_add(demand, input->arriving[i]);
    }
}

/* What a group must still reach so that its average is at its floor at the end. */
static void demand_owe(const struct arrivals_futures *futures, struct arrivals_demand *demand)
{
    const struct arrivals_field *field = &futures->field;
    const struct arrivals_input *input = futures->input;
    for (uint32_t g = 0; g < field->n_groups; g++) {
        demand->owed[g] = (double)futures->came[g] * (double)input->floor_micro[g];
        demand->owed[g] -= futures->reached[g];
    }
    for (uint32_t i = 0; i < demand->n; i++) {
        uint32_t h = demand->household[i], g = arrivals_group(field, h);
        double aim = (double)input->floor_micro[g] * (1 + MARGIN);
        demand->owed[g] += demand->count[h] * aim;
    }
}

static int futures_part(void *arg, size_t i, struct ajar_err *err)
{
    struct arrivals_futures *futures = arg;
    const struct arrivals_field *field = &futures->field;
    struct arrivals_demand *demand = &futures->demand[i];
    (void)err;
    memcpy(demand->at.price, demand->best.price, field->n_prices * sizeof *demand->at.price);
    memcpy(demand->at.factor, demand->best.factor, field->n_groups * sizeof *demand->at.factor);
    demand_draw(futures, demand, (uint32_t)i);
    if (field->floors) {
        demand_owe(futures, demand);
    }
    arrivals_walk(field, demand, &futures->step);
    if (futures->method == ARRIVALS_POT1 || futures->method == ARRIVALS_POT2) {
        arrivals_ends(field, demand, futures->method == ARRIVALS_POT1, PASSES);
    }
    return 0;
}

static void futures_gather(struct arrivals_futures *futures)
{
    const struct arrivals_input *input = futures->input;
    uint64_t from = 0;
    for (uint32_t i = 0; i < input->n_past + futures->to; i++) {
        uint32_t h = i < input->n_past ? input->past[i] : input->arriving[i - input->n_past];
        arrivals_gather(&futures->field, &futures->mean, &futures->step, h, from);
        from += futures->field.n_near[h];
    }
}

static void futures_mean(struct arrivals_futures *futures)
{
    const struct arrivals_field *field = &futures->field;
    for (size_t k = 0; k < field->n_prices; k++) {
        double sum = 0;
        for (uint32_t f = 0; f < futures->n; f++) {
            sum += futures->demand[f].best.price[k];
        }
        futures->mean.price[k] = sum / futures->n;
    }
    for (uint32_t g = 0; g < field->n_groups; g++) {
        double sum = 0;
        for (uint32_t f = 0; f < futures->n; f++) {
            sum += futures->demand[f].best.factor[g];
        }
        futures->mean.factor[g] = sum / futures->n;
    }
}

/* The first prices come from far, and from one future: the others start where it ends. */
static int futures_first(struct arrivals_futures *futures, struct ajar_err *err)
{
    const struct arrivals_field *field = &futures->field;
    const struct arrivals_prices *best = &futures->demand[0].best;
    futures->step = step_first;
    futures_gather(futures);
    TRY(futures_part(futures, 0, err));
    for (uint32_t f = 1; f < futures->n; f++) {
        struct arrivals_prices *to = &futures->demand[f].best;
        memcpy(to->price, best->price, field->n_prices * sizeof *to->price);
        memcpy(to->factor, best->factor, field->n_groups * sizeof *to->factor);
    }
    memcpy(futures->mean.price, best->price, field->n_prices * sizeof *best->price);
    memcpy(futures->mean.factor, best->factor, field->n_groups * sizeof *best->factor);
    futures->priced = true;
    return 0;
}

int arrivals_futures_price(struct arrivals_futures *futures, struct pool *pool,
                           struct ajar_err *err)
{
    if (futures->n == 0) {
        return 0;
    }
    if (!futures->priced) {
        TRY(futures_first(futures, err));
    }
    futures->step = step_again;
    futures_gather(futures);
    TRY(pool_run(pool, futures->n, futures_part, futures, NULL, "pricing futures", err));
    futures_mean(futures);
    return 0;
}
