/* How good is a flow?  Three tables, never mixed, each beside its baselines:
 * hindsight (all is known, only the camp is chosen), allocation (the total of the day is given) and forecast
 * (nothing but what was known at the origin). */
#ifndef DESK_FLOW_SCORE_H
#define DESK_FLOW_SCORE_H

#include "agents.h"
#include "flow_load.h"
#include "forecast_table.h"
#include "kept.h"
#include "pool.h"
#include "scores.h"

enum flow_score_rule {
    SCORE_AGENTS,  /* the rules of flow.yaml on the agent engine, mean over seeds */
    SCORE_CHOICE,  /* the own model of choice, fitted on other conflicts */
    SCORE_NEAREST, /* baselines.h */
    SCORE_EQUAL,
    SCORE_CAPACITY,
    SCORE_GRAVITY,
    SCORE_OLD7, /* the counts of 7, 30 days ago: not a rule of choice, but what any must beat */
    SCORE_OLD30,
    SCORE_RULES
};
/* "agents", "choice", ...; for people: "nearest camp". */
const char *flow_score_word(enum flow_score_rule rule);
const char *flow_score_title(enum flow_score_rule rule);

/* A rule with capacities [1] and without [0]; NaN where there is none.  sd over seeds, of SCORE_AGENTS. */
struct flow_hindsight {
    enum flow_score_rule rule;
    struct flow_scores scores[2];
    double sd[2]; /* of ard_rescaled */
};

struct flow_horizon {
    int32_t least, days, most; /* leads that count as this horizon */
    struct forecast_error error, total, allocation;
    struct forecast_cover cover;
    struct forecast_cover plain; /* the last count, with quantiles of its errors elsewhere */
};

struct flow_score_options {
    uint64_t seed;
    uint32_t seeds; /* runs of SCORE_AGENTS */
    int32_t lag;    /* days after its own date from which a report was known: time to publish */
};

struct flow_score_answer {
    struct flow_score_options options;
    struct text title;
    bool fitted_here; /* the shipped fits have seen this conflict: its row is left out of them */
    size_t n_hindsight;
    struct flow_hindsight *hindsight; /* [n_hindsight] */
    struct flow_horizon horizons[FORECAST_HORIZONS];
    bool capacities;  /* at least one camp has one */
    size_t n_reports; /* of camps, inside the run */
};

/* Members run in parallel; same bytes for any number of threads.  E_FLOW_NO_REPORTS, and what the engines
 * say. */
int flow_score_run(struct arena *arena, const struct flow_input *input,
                   const struct flow_score_options *options, struct pool *pool,
                   const struct watch *watch, struct flow_score_answer *out, struct ajar_err *err);

/* The answer for flow_score_pass, before anything is scored: all that needs no run. */
int flow_score_frame(struct arena *arena, const struct flow_input *input,
                     struct flow_score_options options, struct flow_score_answer *out,
                     struct ajar_err *err);

/* Every figure of the answer, as it is kept between runs. */
void flow_score_pass(struct flow_score_answer *answer, struct kept_pass *pass);

/* Agents in the camps of a run of all days, as flow_score takes them: [camp * n_days + day], in the arena.
 * E_CEILING, E_MEMORY. */
int flow_score_camps(struct arena *arena, const struct flow_plan *plan,
                     const struct flow_result *result, double **out, struct ajar_err *err);

/* The three tables as one CSV: table, rule, capacities, horizon, measure, value, reports. */
int flow_score_csv(struct buf *buf, const struct flow_score_answer *answer, struct ajar_err *err);

#endif
