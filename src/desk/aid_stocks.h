/* What the exodus lends to the split: who came with the flight and stayed, of each country. */
#ifndef DESK_AID_STOCKS_H
#define DESK_AID_STOCKS_H

#include "aid_job.h"
#include "exodus_chain.h"

/* Whether some host of the scenario says `stock: flow`. */
bool aid_stocks_asked(const struct scenario *scenario);

/* Puts the stocks of a played exodus into the options: mean, 5th and 95th percentile as flow_stocks.csv has
 * them, to one decimal.  None when it does not stand.  What is put lives in the arena.  E_MEMORY. */
int aid_stocks_of(struct arena *arena, const struct exodus_chain *chain,
                  struct aid_run_options *options, struct ajar_err *err);

/* The same where nobody played the exodus yet: plays it without its what-ifs, by options->seed, when a host
 * asks for it, else does nothing.  pool and watch may be NULL.  Faults of the doors and of the exodus go to
 * `faults`; then E_DOORS_FAULTS or E_EXODUS_FAULTS.  Errors of doors_folder_read and exodus_chain_run.  About
 * a second where a host asks. */
int aid_stocks_play(struct arena *arena, const struct scenario *scenario, struct pool *pool,
                    const struct watch *watch, struct faults *faults,
                    struct aid_run_options *options, struct ajar_err *err);

#endif
