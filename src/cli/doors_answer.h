/* What each verb of `ajar doors` does. */
#ifndef CLI_DOORS_ANSWER_H
#define CLI_DOORS_ANSWER_H

#include "verb.h"

int doors_answer_check(struct verb_call *call, struct ajar_err *err);
int doors_answer_test(struct verb_call *call, struct ajar_err *err);
int doors_answer_list(struct verb_call *call, struct ajar_err *err);
int doors_answer_eval(struct verb_call *call, struct ajar_err *err);
int doors_answer_opens(struct verb_call *call, struct ajar_err *err);
int doors_answer_timeline(struct verb_call *call, struct ajar_err *err);
int doors_answer_diff(struct verb_call *call, struct ajar_err *err);
int doors_answer_gates(struct verb_call *call, struct ajar_err *err);
int doors_answer_ask(struct verb_call *call, struct ajar_err *err);

#endif
