/* The input of `ajar flow`: a scenario with a conflict, and the options that its verbs share. */
#ifndef CLI_FLOW_INPUT_H
#define CLI_FLOW_INPUT_H

#include "counterfactual.h"
#include "flow_load.h"
#include "pool.h"
#include "verb.h"

#define FLOW_FAULTS 1000 /* faults of the input that are listed */
#define FLOW_SAID   1000 /* statements that are kept */

struct flow_call {
    struct pool *pool;
    struct flow_input input; /* params with --rules, --set and --hasten */
    enum flow_engine engine;
    int32_t from, to; /* days */
    date_days as_known;
    size_t n_ranges;
    struct ensemble_range *ranges; /* [n_ranges] of --vary */
};

/* Opens the pool and reads call->words[0]; faults go to the user.  Options that the verb does not have are left
 * at their defaults.  Closed with flow_call_close, also after a failure. */
int flow_call_open(const struct verb_call *call, struct flow_call *out, struct ajar_err *err);
void flow_call_close(struct flow_call *at);

/* --close: closings separated by ';'. */
int flow_call_closings(const struct verb_call *call, const struct flow_call *at,
                       struct counterfactual_closing **out, size_t *n, struct ajar_err *err);

/* flow_made_how of the call. */
int flow_call_how(const struct verb_call *call, const struct flow_call *at, uint32_t members,
                  const char **out, struct ajar_err *err);

#endif
