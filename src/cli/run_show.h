/* The answer of `ajar run`: one screen, or JSON. */
#ifndef CLI_RUN_SHOW_H
#define CLI_RUN_SHOW_H

#include "chain.h"
#include "verb.h"

int run_show(const struct verb_call *call, const struct chain *chain, struct ajar_err *err);
int run_show_json(const struct verb_call *call, const struct chain *chain, struct ajar_err *err);

/* Pairs of profile and crossing that are open on the day. */
size_t run_open(const struct gates *gates, date_days day);

#endif
