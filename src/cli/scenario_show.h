/* What `ajar scenario show` prints. */
#ifndef CLI_SCENARIO_SHOW_H
#define CLI_SCENARIO_SHOW_H

#include "scenario_sum.h"
#include "verb.h"

/* Text for people, at most call->width columns wide where the words allow it; the `most` sources with
 * most rows. */
int scenario_show_text(const struct verb_call *call, const struct scenario *scenario,
                       const struct scenario_sum *sum, size_t most, struct ajar_err *err);

/* One object with everything, all sources too. */
int scenario_show_json(const struct verb_call *call, const struct scenario *scenario,
                       const struct scenario_sum *sum, struct ajar_err *err);

#endif
