/* The parts that a run leaves out for want of data: why, and what would turn them on. */
#ifndef DESK_CHAIN_SKIPS_H
#define DESK_CHAIN_SKIPS_H

#include "arena.h"

struct chain; /* chain.h */

struct chain_skip {
    const char *part; /* "DOORS" */
    const char *why;  /* a clause without a full stop */
    const char *file; /* what would turn it on: "rules of entry in doors/ (docs/rules.md)" */
};

/* Of a chain whose parts have run: *out [*n] in the order of the chain, in the arena.  Its texts are static. */
int chain_skips(struct arena *arena, const struct chain *chain, const struct chain_skip **out,
                size_t *n, struct ajar_err *err);

#endif
