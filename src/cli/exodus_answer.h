/* The verbs of `ajar flow` where the scenario has an exodus: each prints the whole answer or nothing. */
#ifndef CLI_EXODUS_ANSWER_H
#define CLI_EXODUS_ANSWER_H

#include "verb.h"

int exodus_answer_run(struct verb_call *call, struct ajar_err *err);
int exodus_answer_ensemble(struct verb_call *call, struct ajar_err *err);
int exodus_answer_counterfactual(struct verb_call *call, struct ajar_err *err);
int exodus_answer_calibrate(struct verb_call *call, struct ajar_err *err);
int exodus_answer_score(struct verb_call *call, struct ajar_err *err);

#endif
