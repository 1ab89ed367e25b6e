/* Places by name. */
#ifndef FLOW_INDEX_H
#define FLOW_INDEX_H

#include "names.h"
#include "world_flow.h"

struct flow_index {
    struct names names;
    const char **list; /* [n] zero-terminated, for suggestions */
    uint32_t n;
};

/* Room for `most` names.  The index and the copies of names live in `arena`. */
int flow_index_init(struct flow_index *out, struct arena *arena, size_t most, struct ajar_err *err);

/* Adds a name; *fresh false, and nothing added, when it stands already; *kept gets the
 * copy, with a zero behind it.  name.n > 0, and no more than `most` are added.  Names get
 * 0, 1, ... in the order in which they are added. */
int flow_index_add(struct flow_index *index, struct text name, bool *fresh, struct text *kept,
                   struct ajar_err *err);

/* FLOW_NONE: not there. */
uint32_t flow_index_find(const struct flow_index *index, struct text name);

/* The fault of a name that is no place, with the nearest one as the suggestion. */
void flow_index_unknown(const struct flow_index *index, struct faults *faults, const char *file,
                        long line, const char *column, struct text name);

#endif
