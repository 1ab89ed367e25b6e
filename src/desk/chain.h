/* The chain: one scenario folder in, one folder of answers out.
 *
 * check -> WATCH -> DOORS -> FLOW (an exodus, or a conflict) -> PLACE (a made-up cohort) -> AID -> report.  A part
 * for which the folder has no data is left out, with its reason (chain_skips.h); a folder with nothing but a
 * conflict (flow/) has FLOW alone.
 * The output folder appears whole or not at all. */
#ifndef DESK_CHAIN_H
#define DESK_CHAIN_H

#include "aid_job.h"
#include "chain_skips.h"
#include "doors_chain.h"
#include "exodus_chain.h"
#include "flow_chain.h"
#include "kept.h"
#include "place_chain.h"
#include "pool.h"
#include "scenario.h"
#include "watch_chain.h"

struct chain;
struct chain_options {
    struct aid_run_options aid;
    bool replace; /* replace an earlier output of Ajar's */
    /* Runs of an exodus and of a conflict; 0: EXODUS_CHAIN_MEMBERS, FLOW_CHAIN_MEMBERS. */
    uint32_t members;
    uint64_t rounds; /* of placing; 0: PLACE_CHAIN_ROUNDS */
    bool fair;       /* place by the rules of fairness too */
    /* Use what an earlier run has left beside the output (kept.h), and leave this one's. */
    bool keep;
    bool anew;           /* use nothing of it */
    const char *command; /* as typed, for the foot of the report */
    /* Called with the finished chain before the folder appears, so that a caller whose own part fails
     * leaves no output; NULL: nobody. */
    int (*made)(void *arg, const struct chain *chain, struct ajar_err *err);
    void *made_arg;
};

struct chain {
    struct scenario scenario;
    struct watch_chain watch; /* points at a copy of `scenario` in the arena */
    struct doors_chain doors;
    struct exodus_chain exodus;    /* stands false: the scenario has none */
    struct place_chain place;      /* stands false: the scenario has no cohort */
    struct aid_job aid;            /* n 0: the scenario names no hosts */
    const struct flow_chain *flow; /* its conflict; NULL: the scenario has none */
    bool alone;                    /* the folder has nothing but the conflict: all else is empty */
    size_t n_skips;
    const struct chain_skip *skips; /* parts that were left out */
    const struct kept *kept;        /* NULL: not asked for */
    size_t n_files;                 /* written */
    const char *const *files;       /* [n_files] names, in the order of datapackage.json */
};

/* Loads and checks the scenario at `dir`, judges its series, asks its doors, plays its exodus, places its cohort,
 * splits the budget, writes `out_dir`.  Faults of the scenario, of its doors, of its exodus and of a conflict go to `faults`; any fault stops the chain before a byte is written
 * (scenario.faults, doors.faults, exodus.faults, flow.faults).
 * Everything in *out belongs to the arena.  pool and watch may be NULL.  Same bytes for any number of
 * threads.  Errors: scenario.*, doors.*, place.*, aid.*, flow.*, file.*, base.cancelled. */
int chain_run(struct arena *arena, const char *dir, const char *out_dir,
              const struct chain_options *options, struct pool *pool, const struct watch *watch,
              struct faults *faults, struct chain *out, struct ajar_err *err);

#endif
