#include "aid_stocks.h"

#include <math.h>
#include <stdio.h>

#include "doors_folder.h"
#include "num.h"

#define STOCKS_ORIGIN 160 /* bytes of a sentence, and more */
#define STOCKS_NOTE   240

bool aid_stocks_asked(const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->aid.n; i++) {
        if (scenario->aid.hosts[i].stock == AID_STOCK_FLOW) {
            return true;
        }
    }
    return false;
}

/* As flow_stocks.csv has it: whoever recomputes the split from the files gets the same numbers. */
static double stocks_round(double value)
{
    return floor(value * 10 + 0.5) / 10;
}

static int stocks_words(struct arena *arena, const struct exodus_chain *chain,
                        const struct exodus_stock *stock, struct aid_lent *out,
                        struct ajar_err *err)
{
    const struct exodus_model *model = chain->input->model;
    char day[DATE_TEXT], origin[STOCKS_ORIGIN], note[STOCKS_NOTE];
    TRY(text_copy(arena, stock->country, &out->code, err));
    TRY(text_copy(arena, text_of(date_format(model->to, day)), &out->date, err));
    snprintf(origin, sizeof origin,
             "the exodus (%s), of the flight: entries less exits less onward moves since %s",
             stock->scored ? "fitted" : "priors alone", date_format(model->order, day));
    TRY(text_copy(arena, text_of(origin), &out->origin, err));
    snprintf(note, sizeof note,
             "Forecast from what was known on %s, mean of %u draws, range from the 5th to the 95th "
             "percentile; %s. Who was there before the flight is not in it.",
             date_format(model->as_known, day), chain->n_members,
             stock->scored ? "some count of the country was fitted"
                           : "no count of the country was fitted");
    return text_copy(arena, text_of(note), &out->note, err);
}

static int conflict_words(struct arena *arena, const struct flow_chain *flow,
                          const struct flow_stock *stock, struct aid_lent *out,
                          struct ajar_err *err)
{
    const struct flow_world *world = &flow->input.world;
    char day[DATE_TEXT], from[DATE_TEXT], to[DATE_TEXT], origin[STOCKS_ORIGIN], note[STOCKS_NOTE];
    char counted[NUM_TEXT];
    TRY(text_copy(arena, text_of(stock->code), &out->code, err));
    TRY(text_copy(arena, text_of(date_format(world->start + world->n_days - 1, day)), &out->date,
                  err));
    snprintf(origin, sizeof origin,
             "the runs of the conflict: people in the country's %zu camp%s on the last day",
             stock->n_camps, stock->n_camps == 1 ? "" : "s");
    TRY(text_copy(arena, text_of(origin), &out->origin, err));
    num_format_grouped(stock->counted, 0, counted);
    int n = snprintf(note, sizeof note,
                     "Mean of %u runs that know the total, range from the 5th to the 95th "
                     "percentile.",
                     flow->options.n_members);
    if (stock->n_seen > 0 && !stock->hidden) {
        snprintf(note + n, sizeof note - (size_t)n, " Last counted there: %s (%s to %s).", counted,
                 date_format(world->start + stock->from, from),
                 date_format(world->start + stock->to, to));
    }
    return text_copy(arena, text_of(note), &out->note, err);
}

static int conflict_stocks(struct arena *arena, const struct flow_chain *flow,
                           struct aid_run_options *options, struct ajar_err *err)
{
    struct aid_lent *lent;
    size_t n = 0;
    TRY_NEW(lent, arena, flow->n_stocks, err);
    for (size_t i = 0; i < flow->n_stocks; i++) {
        const struct flow_stock *stock = &flow->stocks[i];
        if (stock->code == NULL) {
            continue;
        }
        lent[n] = (struct aid_lent){.value = stock->mean,
                                    .low = stock->p5,
                                    .high = stock->p95,
                                    .known = flow->input.world.start + flow->plan.n_days - 1};
        TRY(conflict_words(arena, flow, stock, &lent[n++], err));
    }
    options->lent = lent;
    options->n_lent = n;
    options->lent_conflict = true;
    return 0;
}

int aid_stocks_of(struct arena *arena, const struct exodus_chain *chain,
                  const struct flow_chain *flow, struct aid_run_options *options,
                  struct ajar_err *err)
{
    struct aid_lent *lent;
    if (!chain->stands && flow != NULL) {
        return conflict_stocks(arena, flow, options, err);
    }
    if (!chain->stands) {
        options->lent = NULL;
        options->n_lent = 0;
        return 0;
    }
    TRY_NEW(lent, arena, chain->n_stocks, err);
    for (size_t i = 0; i < chain->n_stocks; i++) {
        const struct exodus_spread *flight = &chain->stocks[i].flight;
        lent[i] = (struct aid_lent){.value = stocks_round(flight->mean),
                                    .low = stocks_round(flight->p5),
                                    .high = stocks_round(flight->p95),
                                    .known = chain->input->model->as_known};
        TRY(stocks_words(arena, chain, &chain->stocks[i], &lent[i], err));
    }
    options->lent = lent;
    options->n_lent = chain->n_stocks;
    return 0;
}

static int play_conflict(struct arena *arena, const struct scenario *scenario, struct pool *pool,
                         const struct watch *watch, struct faults *faults,
                         struct aid_run_options *options, struct flow_chain **out,
                         struct ajar_err *err)
{
    struct flow_chain_options flow = {.seed = options->seed};
    TRY_NEW(*out, arena, 1, err);
    return flow_chain_run(arena, scenario->dir, &flow, pool, watch, faults, *out, err);
}

int aid_stocks_play(struct arena *arena, const struct scenario *scenario, struct pool *pool,
                    const struct watch *watch, struct faults *faults,
                    struct aid_run_options *options, struct ajar_err *err)
{
    struct exodus_chain_options exodus = {.engine = EXODUS_BY_NUMBERS,
                                          .seed = options->seed,
                                          .n_members = EXODUS_CHAIN_MEMBERS,
                                          .what_ifs = false};
    struct doors_folder *folder = NULL;
    struct exodus_chain *chain;
    struct flow_chain *flow = NULL;
    if (!aid_stocks_asked(scenario)) {
        return 0;
    }
    TRY_NEW(chain, arena, 1, err);
    if (doors_folder_stands(arena, scenario->dir)) {
        TRY_NEW(folder, arena, 1, err);
        TRY(doors_folder_read(arena, scenario->dir, folder, faults, err));
    }
    TRY(exodus_chain_run(arena, scenario, folder, &exodus, pool, watch, faults, chain, err));
    if (!chain->stands && flow_stands(arena, scenario->dir)) {
        TRY(play_conflict(arena, scenario, pool, watch, faults, options, &flow, err));
    }
    return aid_stocks_of(arena, chain, flow, options, err);
}
