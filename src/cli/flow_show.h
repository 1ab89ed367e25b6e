/* The answers of `ajar flow`, as tables on a terminal and as JSON. */
#ifndef CLI_FLOW_SHOW_H
#define CLI_FLOW_SHOW_H

#include "calibrate.h"
#include "flow_input.h"
#include "flow_out.h"
#include "flow_score.h"

/* What a finished run is shown with. */
struct flow_run_answer {
    const struct flow_call *at;
    const struct flow_plan *plan;
    const struct flow_result *result;
    const double *reported;    /* flow_reported */
    struct flow_scores scores; /* NaN where the run does not cover the whole flow */
    const char *how;
};

/* Of the camps, which of the last days with a report in the run each has; -1: none. */
int32_t flow_show_last(const double *reported, int32_t n_days);

int flow_show_import(const struct verb_call *call, const struct flow_input *input,
                     const struct flow_said *said, struct ajar_err *err);
int flow_show_run(const struct verb_call *call, const struct flow_run_answer *answer,
                  struct ajar_err *err);
int flow_show_ensemble(const struct verb_call *call, const struct flow_call *at,
                       const struct ensemble_summary *summary, const char *how,
                       struct ajar_err *err);
int flow_show_counterfactual(const struct verb_call *call, const struct flow_call *at,
                             const struct counterfactual *result, const char *how,
                             struct ajar_err *err);
int flow_show_calibrate(const struct verb_call *call, const struct flow_call *at,
                        const struct calibrate_result *result, const char *how,
                        struct ajar_err *err);
int flow_show_score(const struct verb_call *call, const struct flow_score_answer *answer,
                    struct ajar_err *err);

int flow_json_import(const struct verb_call *call, const struct flow_input *input,
                     const struct flow_said *said, struct ajar_err *err);
int flow_json_run(const struct verb_call *call, const struct flow_run_answer *answer,
                  struct ajar_err *err);
int flow_json_ensemble(const struct verb_call *call, const struct flow_call *at,
                       const struct ensemble_summary *summary, const char *how,
                       struct ajar_err *err);
int flow_json_counterfactual(const struct verb_call *call, const struct flow_call *at,
                             const struct counterfactual *result, const char *how,
                             struct ajar_err *err);
int flow_json_calibrate(const struct verb_call *call, const struct flow_call *at,
                        const struct calibrate_result *result, const char *how,
                        struct ajar_err *err);
int flow_json_score(const struct verb_call *call, const struct flow_score_answer *answer,
                    struct ajar_err *err);

#endif
