/* Inside calibration: from proposals that were run to what they say. */
#ifndef FLOW_CALIBRATE_FIT_H
#define FLOW_CALIBRATE_FIT_H

#include "calibrate.h"

#define CALIBRATE_STATS_MOST 30

/* Proposals with their distances and summaries. */
struct calibrate_draws {
    size_t n, n_ranges, n_stats;
    const double *part;     /* [n * n_ranges] where each parameter stands in its range, in (0, 1) */
    const double *distance; /* [n] */
    const double *stats;    /* [n * n_stats] */
    const double *seen;     /* [n_stats] of the counts */
};

/* The first n_accepted of the order (nearest first) with their weights; `part` is adjusted. */
struct calibrate_kept {
    size_t n;
    const size_t *order; /* [draws->n] */
    double *weight;      /* [n] sum 1 */
    double *part;        /* [n * n_ranges] */
    bool adjusted;
};

/* O(n log n + n (n_stats^2 + n_ranges n_stats)).  All in `arena`.  n > keep's count >= 1. */
int calibrate_keep(struct arena *arena, const struct calibrate_draws *draws, size_t n_accepted,
                   struct calibrate_kept *out, struct ajar_err *err);

/* Weighted quantile: values in ascending order, each at the middle of its weight, linear between. */
double calibrate_quantile(const double *sorted, const double *weight, size_t n, double p);

#endif
