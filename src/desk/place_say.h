/* Why a household goes where it goes, in plain sentences, for the terminal and the report. */
#ifndef DESK_PLACE_SAY_H
#define DESK_PLACE_SAY_H

#include "explain.h"
#include "programme.h"

/* The decision, up to three reasons, the best alternative and why it lost, what would change it; sentences of at
 * most 20 words.  (*out)[*n] in the arena.  Protected traits and reasons of vetoes are never told. */
int place_say_household(struct arena *arena, const struct programme *programme,
                        const struct side_result *plan, const struct explain_household *why,
                        struct text **out, size_t *n, struct ajar_err *err);

/* Who comes, which capacity binds, what one more unit of it is worth, how many more would like to come. */
int place_say_locality(struct arena *arena, const struct programme *programme,
                       const struct side_result *plan, const struct explain_locality *why,
                       struct text **out, size_t *n, struct ajar_err *err);

/* What stands between a household and a lot, in words that go on from "at most of them": "no pathway to their states
 * is open to it".  Protected traits and reasons of vetoes are never told. */
void place_say_reason(struct buf *buf, const struct programme_reason *reason);

#endif
