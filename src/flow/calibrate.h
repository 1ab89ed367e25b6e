/* Which parameters fit what was counted, and how sure is that?  All proposals are compared under the same
 * seeds, so that how well one fits is a smooth function of its parameters. */
#ifndef FLOW_CALIBRATE_H
#define FLOW_CALIBRATE_H

#include "ensemble.h"

#define CALIBRATE_DRAWS_LEAST 50
#define CALIBRATE_KEPT_LEAST  20 /* proposals, however small `keep` */
#define CALIBRATE_SEEDS_MOST  1000

struct calibrate_options {
    uint64_t seed;
    size_t n_ranges;
    const struct ensemble_range *ranges; /* priors: uniform */
    uint32_t n_draws; /* proposals from the prior, CALIBRATE_DRAWS_LEAST to ENSEMBLE_MEMBERS_MOST */
    uint32_t n_seeds; /* runs a proposal, 1 to CALIBRATE_SEEDS_MOST; their mean is compared */
    double keep;      /* part of the proposals that is accepted: above 0, to 1 */
    date_days as_known; /* rows known later do not reach the fit (flow_known); DATE_NONE: all */
    int32_t from, to;   /* days; reports outside do not count */
    enum flow_engine engine;
};

struct calibrate_param {
    double best;               /* of the proposal of least distance, as it was drawn */
    double mean, p5, p50, p95; /* of the accepted, weighted and adjusted */
    double narrowed;           /* 1 - (p95 - p5) / that of the prior: what the data taught */
};

struct calibrate_result {
    uint32_t n_accepted;
    bool adjusted; /* by regression; false: too few accepted, or no summary tells them apart */
    struct calibrate_param *params; /* [n_ranges] */
    double *accepted; /* [n_accepted * n_ranges] draws of the posterior, nearest first */
    double *weights;  /* [n_accepted] sum 1 */
    double distance_best, distance_kept, distance_prior; /* best, largest kept, median of all */
    size_t n_reports, n_camps;                           /* what it was fitted on */
};

/* ABC by rejection with regression adjustment (Beaumont, Zhang, Balding 2002).
 *
 * Distance: rescaled ARD on reports at their own dates (of all parts of a camp, corrected as was known), that
 * is the sum of |s - o| over the sum of o, with s scaled as in the reference: the run's people in camps are
 * made as many as the registers have in all on that day.  s is the mean over the shared seeds.  What follows
 * is relative to the least distance, as no rules reach 0: a proposal's weight is Epanechnikov's in the
 * distance above the least, 0 at the first proposal that is not accepted.
 *
 * Regression: on the logit of where a parameter stands in its range, so that what is adjusted stays there.
 * Summaries are the shares of the largest camps in early and in late reports, from one more run of each
 * proposal with luck of its own: what was counted had its own luck too, and runs that share theirs would
 * claim to tell apart what chance alone decides.  They are condensed to one prediction of each parameter by
 * ridge regression over all proposals, each predicted without itself (Fearnhead and Prangle 2012); a
 * parameter that they do not predict is left as it is.  So are summaries, and predictions, that no accepted
 * proposal reaches on either side: rules that cannot give a count say nothing of how to come nearer to it.
 * Residuals are scaled for the degrees of freedom spent.
 *
 * Kept on purpose few, proposals cut the intervals short: of 160 intervals that should hold nine truths in
 * ten, with three parameters, 66 kept of 220 held 91 % and 40 kept of 400 held 84 %.
 *
 * With hasten above 1 the luck is that of the fewer agents, and intervals are wider for it.  Same bytes for
 * any number of threads; `arena` owns the result.  n_draws * (n_seeds + 1) runs, up to the last report.
 * E_FLOW_OPTION, E_FLOW_RANGE, E_FLOW_NO_REPORTS, and what a run says. */
int calibrate_run(struct arena *arena, const struct flow_world *world,
                  const struct flow_params *base, const struct calibrate_options *options,
                  struct pool *pool, const struct watch *watch, struct calibrate_result *out,
                  struct ajar_err *err);

#endif
