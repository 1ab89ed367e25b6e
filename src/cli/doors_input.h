/* What the verbs of `ajar doors` read: the folder, a person's facts, days and choices. */
#ifndef CLI_DOORS_INPUT_H
#define CLI_DOORS_INPUT_H

#include "doors_folder.h"
#include "doors_job.h"
#include "verb.h"

#define DOORS_FAULTS 1000 /* faults that are listed */

/* Reads call->words[0]; faults are printed, and their code returned. */
int doors_input_folder(const struct verb_call *call, struct doors_folder *out,
                       struct ajar_err *err);

/* --facts FILE or - (standard input). */
int doors_input_facts(const struct verb_call *call, const struct rules *rules, struct person *out,
                      struct ajar_err *err);

/* The whole of standard input, at most `ceiling` bytes, in the call's arena. */
int doors_input_all(const struct verb_call *call, FILE *from, const char *name, size_t ceiling,
                    struct text *out, struct ajar_err *err);

/* --on, --as-known, --country, --door, --kind, --counterfactual; absent options leave what is general. */
int doors_input_question(const struct verb_call *call, const struct rules *rules,
                         struct doors_question *out, struct ajar_err *err);

/* --door and --country alone. */
int doors_input_choice(const struct verb_call *call, const struct rules *rules,
                       struct doors_question *out, struct ajar_err *err);

/* --as-known; DATE_NONE when absent. */
date_days doors_input_known(const struct verb_call *call);

/* A day or moment of an option; E_USAGE_OPTION_TYPE when it is none. */
int doors_input_when(const struct verb_call *call, const char *option, struct doors_when *out,
                     struct ajar_err *err);

/* Refuses a span whose --to lies before its first day: E_USAGE_OPTION_RANGE. */
int doors_input_span(const struct verb_call *call, const struct doors_when *from,
                     const struct doors_when *to, struct ajar_err *err);

#endif
