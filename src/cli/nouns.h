/* The verbs of each noun, as main.c puts them together. */
#ifndef CLI_NOUNS_H
#define CLI_NOUNS_H

#include "verb.h"

extern const struct verb run_verbs[]; /* verbs of their own */
extern const size_t n_run_verbs;
extern const struct verb trace_verbs[];
extern const size_t n_trace_verbs;

extern const struct verb scenario_verbs[];
extern const size_t n_scenario_verbs;

extern const struct verb watch_verbs[];
extern const size_t n_watch_verbs;

extern const struct verb doors_verbs[];
extern const size_t n_doors_verbs;

extern const struct verb flow_verbs[];
extern const size_t n_flow_verbs;

extern const struct verb place_verbs[];
extern const size_t n_place_verbs;

extern const struct verb aid_verbs[];
extern const size_t n_aid_verbs;

#endif
