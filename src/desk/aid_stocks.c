#include "aid_stocks.h"

#include <math.h>
#include <stdio.h>

#include "doors_folder.h"

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
             date_format(model->as_known, day), chain->replay.n_members,
             stock->scored ? "some count of the country was fitted"
                           : "no count of the country was fitted");
    return text_copy(arena, text_of(note), &out->note, err);
}

int aid_stocks_of(struct arena *arena, const struct exodus_chain *chain,
                  struct aid_run_options *options, struct ajar_err *err)
{
    struct aid_lent *lent;
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
    if (!aid_stocks_asked(scenario)) {
        return 0;
    }
    TRY_NEW(chain, arena, 1, err);
    if (doors_folder_stands(arena, scenario->dir)) {
        TRY_NEW(folder, arena, 1, err);
        TRY(doors_folder_read(arena, scenario->dir, folder, faults, err));
    }
    TRY(exodus_chain_run(arena, scenario, folder, &exodus, pool, watch, faults, chain, err));
    return aid_stocks_of(arena, chain, options, err);
}
