/* The verbs of `ajar flow` at work: read the input, run the engine, print the whole answer or nothing. */
#ifndef CLI_FLOW_ANSWER_H
#define CLI_FLOW_ANSWER_H

#include "verb.h"

int flow_answer_import(struct verb_call *call, struct ajar_err *err);
int flow_answer_run(struct verb_call *call, struct ajar_err *err);
int flow_answer_ensemble(struct verb_call *call, struct ajar_err *err);
int flow_answer_counterfactual(struct verb_call *call, struct ajar_err *err);
int flow_answer_calibrate(struct verb_call *call, struct ajar_err *err);
int flow_answer_score(struct verb_call *call, struct ajar_err *err);

#endif
