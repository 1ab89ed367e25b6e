/* Whether arrivals make sense. */
#ifndef PLACE_ARRIVALS_FAULTS_H
#define PLACE_ARRIVALS_FAULTS_H

#include "arrivals.h"

/* 0, or E_PLACE_ARRIVALS with the first fault, or memory. */
int arrivals_faults(struct arena *arena, const struct arrivals_input *input,
                    const struct arrivals_options *options, struct ajar_err *err);

#endif
