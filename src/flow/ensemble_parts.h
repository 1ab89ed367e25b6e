/* Inside ensembles, counterfactuals and calibration: one run of many, and where its luck comes from. */
#ifndef FLOW_ENSEMBLE_PARTS_H
#define FLOW_ENSEMBLE_PARTS_H

#include "ensemble.h"
#include "registers.h"

/* Streams of draws: entity the member or proposal.  Of parameters the step is the place in
 * flow_param_list. */
enum ensemble_stream {
    ENSEMBLE_SEED = 0x100, /* words 0 and 1: the seed of a run */
    ENSEMBLE_PARAM,
    ENSEMBLE_OTHER_LUCK, /* another seed for the same parameters */
    CALIBRATE_SEED,      /* shared by all proposals */
    CALIBRATE_LUCK,      /* of a proposal alone */
    CALIBRATE_PARAM
};

uint64_t ensemble_seed(uint64_t seed, enum ensemble_stream stream, uint32_t which);

/* The part of its range at which a parameter stands: in (0, 1). */
double ensemble_part(uint64_t seed, enum ensemble_stream stream, uint32_t which,
                     const struct flow_param *param);

/* Days and ranges; E_FLOW_OPTION, E_FLOW_RANGE. */
int ensemble_days_check(const struct flow_world *world, int32_t from, int32_t to,
                        struct ajar_err *err);
int ensemble_options_check(const struct flow_world *world, const struct ensemble_options *options,
                           struct ajar_err *err);

/* The world as it was known; the world itself for DATE_NONE. */
int ensemble_known(struct arena *arena, const struct flow_world *world, date_days as_known,
                   struct flow_world *out, struct ajar_err *err);

/* One run on a finished plan: people in the camps, camps[camp * n_days + day]; on_way: [n_days] in no camp,
 * NULL: not wanted.  Scratch from the arena. */
struct ensemble_run {
    enum flow_engine engine;
    const struct flow_plan *plan;
    const struct flow_params *params;
    uint64_t seed;
    int32_t from, to;
};
int ensemble_run_plan(struct arena *arena, const struct ensemble_run *run,
                      const struct watch *watch, int64_t *camps, int64_t *on_way,
                      struct ajar_err *err);

/* Counts of all parts of a camp on one day, at their own dates. */
struct ensemble_report {
    uint32_t camp;
    int32_t day;  /* from the start of the world */
    double count; /* sum over the parts */
};

/* By camp, then day, those with from <= day < to.  `all`: the registers of the same camps. */
int ensemble_reports(struct arena *arena, const struct flow_registers *all, int32_t from,
                     int32_t to, struct ensemble_report **out, size_t *n, struct ajar_err *err);

#endif
