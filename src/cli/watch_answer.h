/* The verbs of `ajar watch` at work: read the input, ask the engine, print the whole answer or nothing. */
#ifndef CLI_WATCH_ANSWER_H
#define CLI_WATCH_ANSWER_H

#include "verb.h"

int watch_answer_scan(struct verb_call *call, struct ajar_err *err);
int watch_answer_replay(struct verb_call *call, struct ajar_err *err);
int watch_answer_net(struct verb_call *call, struct ajar_err *err);
int watch_answer_claim(struct verb_call *call, struct ajar_err *err);
int watch_answer_trade(struct verb_call *call, struct ajar_err *err);

#endif
