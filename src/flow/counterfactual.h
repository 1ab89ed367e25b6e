/* What does a shut door do?  The same people, the same luck, the same unknown parameters, once with the door
 * open and once with it shut; the difference of each pair is the effect (common random numbers). */
#ifndef FLOW_COUNTERFACTUAL_H
#define FLOW_COUNTERFACTUAL_H

#include "ensemble.h"

#define COUNTERFACTUAL_CLOSINGS_MOST 64

/* A place, or the roads between two places, shut on days [from, to); `to` -1: for good. */
struct counterfactual_closing {
    uint32_t place1, place2; /* place2 FLOW_NONE: the place itself; both: the roads between them */
    int32_t from, to;
};

/* "Tambura@2014-01-15", "Bangassou - Bangui@2014-01-15..2014-03-01" to a closing.  It is shut from the first
 * day to the second, both included; without a second for good.  Names are those of the world to the byte and
 * may hold blanks, hyphens and the sign @; what is the name of a place is read as that place, and of two
 * names the first is as long as can be.  E_FLOW_CLOSING says what was not found and what is near ("did you
 * mean"), which roads there are, or which days the run has.  O(bytes of the word * bytes of all names). */
int counterfactual_parse(const struct flow_world *world, struct text word,
                         struct counterfactual_closing *out, struct ajar_err *err);

/* Closings that the parser would make, on days of [from, to): E_FLOW_CLOSING otherwise, and for none or more
 * than COUNTERFACTUAL_CLOSINGS_MOST. */
int counterfactual_check(const struct flow_world *world,
                         const struct counterfactual_closing *closings, size_t n, int32_t from,
                         int32_t to, struct ajar_err *err);

/* Closes in a finished plan, on the days of the plan that lie inside: a shut place takes nobody over any road
 * into it, a camp is a town meanwhile, and a shut road is not open.  Who is on such a road turns back on
 * arrival, as with any closure (plan.h).  Nothing else of the plan changes, so that who starts, where and
 * when stays the same on both sides; who stands in a shut place stays or leaves as before. */
void counterfactual_close(struct flow_plan *plan, const struct counterfactual_closing *closings,
                          size_t n);

struct counterfactual_effect { /* of one camp, or of all on the way, at the end of the run */
    double open, shut;         /* means over pairs, people */
    double mean;               /* of shut - open */
    double p5, p50, p95;       /* of the paired differences */
    double sd_paired;          /* of a paired difference */
    double sd_chance;          /* of a difference of two runs that share parameters but not luck */
    double sd_both;            /* of a difference of two runs that share neither */
};

struct counterfactual {
    size_t n_camps;
    int32_t n_days;
    uint32_t n_pairs;
    struct counterfactual_effect *camps; /* [n_camps] */
    struct counterfactual_effect on_way; /* in no camp: on roads or in other places */
    double *mean, *p5, *p95;             /* [n_camps * n_days] of the paired difference by day */
    double
        narrower_chance; /* sd_chance / sd_paired, root of the ratio of summed variances over camps */
    double
        narrower_both; /* sd_both / sd_paired, likewise; INFINITY: paired differences are all alike */
};

/* options->n_members pairs (2 and more), members of the ensemble of the same options.  Both: the shut run of
 * the next member against the open run of this one.  Chance alone: with parameters that vary a third run of
 * each member, shut and with another seed, against its open run; without, the same as both.  Same bytes for
 * any number of threads.  E_FLOW_CLOSING, E_FLOW_OPTION, E_FLOW_RANGE, and what a run says. */
int counterfactual_run(struct arena *arena, const struct flow_world *world,
                       const struct flow_params *base, const struct ensemble_options *options,
                       const struct counterfactual_closing *closings, size_t n_closings,
                       struct pool *pool, const struct watch *watch, struct counterfactual *out,
                       struct ajar_err *err);

#endif
