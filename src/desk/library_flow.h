/* The conflict behind an ajar_conflict, and what its two questions share. */
#ifndef DESK_LIBRARY_FLOW_H
#define DESK_LIBRARY_FLOW_H

#include "flow_load.h"
#include "library_parts.h"

struct ajar_conflict {
    struct arena arena;
    struct flow_input input;
    struct flow_said said;
    const char *title;
    const char **assumed; /* [said.n] */
    const char **camps;   /* [input.world.n_camps] names */
};

/* Options as the engines take them. */
struct library_flow {
    struct flow_params params;
    date_days as_known;
    int32_t from, to; /* days [from, to) */
};
int library_flow_read(const ajar_conflict *conflict, const struct ajar_flow_options *options,
                      struct library_flow *out, struct ajar_err *err);

#endif
