/* What a reader states about its input without refusing it, one sentence each. */
#ifndef FLOW_SAID_H
#define FLOW_SAID_H

#include "arena.h"

struct flow_said {
    struct text *at; /* [n] each with its place: "roads.csv, line 7: ..." */
    size_t n, limit;
    uint64_t total; /* said in all; those beyond the limit are only counted */
    struct arena *arena;
};

/* Memory from `arena`, which must outlive *said. */
int flow_said_init(struct flow_said *said, struct arena *arena, size_t limit, struct ajar_err *err);

/* file NULL or line 0: none.  said may be NULL.  A sentence past 600 bytes is cut; one for which there
 * is no memory is only counted. */
void flow_say(struct flow_said *said, const char *file, long line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
