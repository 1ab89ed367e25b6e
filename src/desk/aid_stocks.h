/* What FLOW lends to the split: who came with the flight and stayed, of each country; of a conflict who stands in
 * the country's camps on its last day. */
#ifndef DESK_AID_STOCKS_H
#define DESK_AID_STOCKS_H

#include "aid_job.h"
#include "exodus_chain.h"
#include "flow_chain.h"

/* Whether some host of the scenario says `stock: flow`. */
bool aid_stocks_asked(const struct scenario *scenario);

/* Puts the stocks of a played exodus into the options: mean, 5th and 95th percentile as flow_stocks.csv has
 * them, to one decimal; where it does not stand those of `flow`, as flow_hosts.csv has them, of countries whose
 * code is known.  None when `flow` is NULL too.  What is put lives in the arena.  E_MEMORY. */
int aid_stocks_of(struct arena *arena, const struct exodus_chain *chain,
                  const struct flow_chain *flow, struct aid_run_options *options,
                  struct ajar_err *err);

/* The same where nobody played it yet: plays the exodus without its what-ifs, or the conflict without its scores,
 * by options->seed, when a host asks for it, else does nothing.  pool and watch may be NULL.  Faults go to
 * `faults`; then E_DOORS_FAULTS, E_EXODUS_FAULTS or E_FLOW_FAULTS.  Errors of doors_folder_read, exodus_chain_run
 * and flow_chain_run.  About a second for an exodus; FLOW_CHAIN_MEMBERS runs of a conflict. */
int aid_stocks_play(struct arena *arena, const struct scenario *scenario, struct pool *pool,
                    const struct watch *watch, struct faults *faults,
                    struct aid_run_options *options, struct ajar_err *err);

#endif
