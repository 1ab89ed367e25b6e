#include <stdlib.h>
#include <string.h>

#include "arrivals.h"
#include "arrivals_allot.h"
#include "arrivals_faults.h"
#include "arrivals_futures.h"
#include "arrivals_net.h"
#include "bound.h"

/* Prices hold until this part of all arrivals has come. */
enum { PRICINGS = 100 };

struct arrivals_year {
    const struct arrivals_input *input;
    struct arrivals_futures futures;
    struct arrivals_net net;
    struct arrivals_result result;
    uint32_t *household, *place; /* [most of a batch] */
};

const char *arrivals_word(enum arrivals_method method)
{
    static const char *const words[ARRIVALS_METHODS] = {"greedy",  "pot1",    "pot2",
                                                        "discord", "balance", "bid"};
    return words[method];
}

static int by_id(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void year_take(struct arrivals_year *year, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = year->input->problem;
    struct arrivals_futures *futures = &year->futures;
    uint32_t group = arrivals_group(&futures->field, household);
    futures->came[group]++;
    if (locality == PLACE_NONE) {
        return;
    }
    int32_t score = problem->score[place_pair(problem, household, locality)];
    year->result.place[household] = locality;
    year->result.objective_micro += score;
    futures->reached[group] += score;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        futures->field.left[(size_t)locality * problem->n_resources + r] -=
            place_need(problem, household, r);
    }
    arrivals_net_placed(&year->net, household, locality);
}

static int year_batch(struct arrivals_year *year, uint32_t batch, uint32_t *priced,
                      struct pool *pool, struct ajar_err *err)
{
    struct arrivals_futures *futures = &year->futures;
    const struct arrivals_input *input = year->input;
    struct arena scratch;
    futures->batch = batch;
    futures->from = batch == 0 ? 0 : input->batch_end[batch - 1];
    futures->to = input->batch_end[batch];
    uint32_t n = futures->to - futures->from;
    struct arrivals_allot allot = {input->problem,  futures->field.left, n,
                                   year->household, arrivals_net,        &year->net};
    if (n == 0) {
        return 0;
    }
    if (!futures->priced || futures->to - *priced >= input->n_arriving / PRICINGS) {
        TRY(arrivals_futures_price(futures, pool, err));
        *priced = futures->to;
    }
    memcpy(year->household, &input->arriving[futures->from], n * sizeof *year->household);
    qsort(year->household, n, sizeof *year->household, by_id);
    year->net.household = PLACE_NONE;
    arena_init(&scratch, "a batch", (size_t)4 << 30);
    int code = arrivals_allot(&scratch, &allot, pool, year->place, err);
    arena_free(&scratch);
    TRY(code);
    for (uint32_t i = 0; i < n; i++) {
        year_take(year, year->household[i], year->place[i]);
    }
    arrivals_net_came(&year->net, n);
    return 0;
}

static int year_run(struct arena *scratch, struct arrivals_year *year,
                    const struct arrivals_options *options, struct pool *pool,
                    const struct watch *watch, struct ajar_err *err)
{
    const struct arrivals_input *input = year->input;
    uint32_t priced = 0;
    TRY(arrivals_faults(scratch, input, options, err));
    TRY(arrivals_futures_new(scratch, input, options, &year->futures, err));
    TRY(arrivals_net_new(scratch, &year->futures, options->gamma, &year->net, err));
    TRY_NEW(year->household, scratch, input->n_arriving, err);
    TRY_NEW(year->place, scratch, input->n_arriving, err);
    memset(year->result.place, 0xff, input->problem->n_households * sizeof *year->place);
    for (uint32_t b = 0; b < input->n_batches; b++) {
        TRY(watch_tick(watch, "placing arrivals", b, input->n_batches, "batches", err));
        TRY(year_batch(year, b, &priced, pool, err));
    }
    return 0;
}

static void year_results(struct arrivals_year *year)
{
    const struct arrivals_futures *futures = &year->futures;
    struct arrivals_result *result = &year->result;
    for (size_t k = 0; result->price != NULL && k < futures->field.n_prices; k++) {
        result->price[k] = (int64_t)(futures->mean.price[k] * PLACE_PRICES_A_MICRO + 0.5);
    }
    for (uint32_t g = 0; result->group_micro != NULL && g < year->input->n_groups; g++) {
        uint64_t came = futures->came[g];
        result->group_micro[g] =
            came == 0 ? 0 : (int64_t)(futures->reached[g] / (double)came + 0.5);
    }
}

int arrivals_run(struct arena *arena, const struct arrivals_input *input,
                 const struct arrivals_options *options, struct pool *pool,
                 const struct watch *watch, struct arrivals_result *out, struct ajar_err *err)
{
    const struct place_problem *problem = input->problem;
    struct arrivals_year year = {.input = input};
    struct arena scratch;
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    TRY_NEW(year.result.place, arena, problem->n_households, err);
    if (options->method != ARRIVALS_GREEDY) {
        TRY_NEW(year.result.price, arena, n_prices, err);
    }
    if (input->group != NULL) {
        TRY_NEW(year.result.group_micro, arena, input->n_groups, err);
    }
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    int code = year_run(&scratch, &year, options, pool, watch, err);
    if (code == 0) {
        year_results(&year);
        *out = year.result;
    }
    arena_free(&scratch);
    return code;
}
