/* The verbs of `ajar place` at work: read the tables, run the engine, print the whole answer or nothing. */
#ifndef CLI_PLACE_ANSWER_H
#define CLI_PLACE_ANSWER_H

#include "verb.h"

int place_answer_solve(struct verb_call *call, struct ajar_err *err);
int place_answer_mechanism(struct verb_call *call, struct ajar_err *err);
int place_answer_arrivals(struct verb_call *call, struct ajar_err *err);
int place_answer_whatif(struct verb_call *call, struct ajar_err *err);
int place_answer_explain(struct verb_call *call, struct ajar_err *err);
int place_answer_check(struct verb_call *call, struct ajar_err *err);
int place_answer_compare(struct verb_call *call, struct ajar_err *err);
int place_answer_import(struct verb_call *call, struct ajar_err *err);
int place_answer_generate(struct verb_call *call, struct ajar_err *err);

#endif
