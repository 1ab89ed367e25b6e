/* What a trail says beside the page: parameters of each part, what the sources and assumptions are. */
#ifndef DESK_TRAIL_CHAIN_H
#define DESK_TRAIL_CHAIN_H

#include "chain.h"
#include "trail.h"

/* The parameters of a run, part after part.  O(1). */
int trail_chain_params(struct trail *trail, const struct chain *chain,
                       const struct chain_options *options, struct ajar_err *err);

/* The sources and assumptions that rows of the trail refer to, sorted as in their tables.  O(links * log). */
int trail_chain_notes(struct trail *trail, const struct scenario *scenario, struct ajar_err *err);

#endif
