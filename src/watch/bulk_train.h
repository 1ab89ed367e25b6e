/* Inside bulk: the CUSUM of each series, tuned on its first counts. */
#ifndef WATCH_BULK_TRAIN_H
#define WATCH_BULK_TRAIN_H

#include "bulk_lanes.h"

struct bulk_cusum {
    double gain, cost, threshold; /* S = max(0, S + gain y - cost), rings above threshold */
    uint32_t start;               /* the first day that it judges; BULK_NEVER: too few counts */
};
#define BULK_NEVER UINT32_MAX

/* Moments of n counts from the sums of their distances to the first one, summed in order of days; then
 * gain, cost and threshold as bulk.h says. */
void bulk_train_tune(double n, double first, double sum, double squares, struct cusum_table *table,
                     struct bulk_cusum *out);

/* The table of thresholds that a scan with these options uses: theirs, or `own`, a new one. */
int bulk_train_table(struct cusum_table **table, struct cusum_table *own, struct arena *arena,
                     const struct bulk_options *options, struct ajar_err *err);

/* job->cusum of all series, in the arena. */
int bulk_train(struct arena *arena, struct bulk_job *job, struct pool *pool,
               const struct watch *watch, struct ajar_err *err);

#endif
