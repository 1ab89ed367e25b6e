/* WATCH's part of a run: everything that the report and the output folder show of it. */
#ifndef DESK_WATCH_CHAIN_H
#define DESK_WATCH_CHAIN_H

#include "mirror.h"
#include "net.h"
#include "watch_job.h"

struct watch_chain {
    struct watch_input input;
    bool counted; /* some series was known by then; else scan, replay and net are empty */
    /* All series as known on scenario->as_known, alarms of every period, on the NEXT_DAY clock: what the
     * counting agencies could have seen. */
    struct watch_scan scan;
    /* Day by day from scenario->from - 14 to the last day on which a count of the fortnight after the first
     * alarm became known; one replay a clock, indexed by enum watch_clock. */
    struct watch_replay replay[2];
    struct net_table net;       /* all places, PUBLISHED, as known on scenario->as_known */
    struct mirror_table mirror; /* n 0: the scenario has no trade */
};

/* scenario and out outlive each other's use.  Errors: those of the parts.  Same bytes for any number of
 * threads. */
int watch_chain_run(struct arena *arena, const struct scenario *scenario, uint64_t seed,
                    struct pool *pool, const struct watch *watch, struct watch_chain *out,
                    struct ajar_err *err);

/* watch_alarms.csv, watch_series.csv, watch_replay.csv, watch_net.csv, watch_stock.csv,
 * watch_trade.csv, watch_trade_months.csv. */
int watch_chain_files(struct arena *arena, const struct watch_chain *chain, struct watch_file **out,
                      size_t *n, struct ajar_err *err);

#endif
