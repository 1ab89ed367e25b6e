/* Which what-ifs are played: some of the model's, and doors that a user shuts. */
#ifndef DESK_EXODUS_PICK_H
#define DESK_EXODUS_PICK_H

#include "exodus_load.h"

/* *out is the input with a model whose what-ifs are those named in `what_ifs` (ids behind each other with ';' between),
 * then one with the doors of `closes` shut: DOOR@DATE or DOOR@DATE..DATE, ';' between, both days included; the
 * door CLOSED to all classes, open-ended to the end of the run.  NULL: none of the kind; both NULL: all of the
 * model's.  An id that stands twice counts once.  All in the arena or as long as the input.  Errors (column --what-if or
 * --close): exodus.what_if, exodus.closing; E_MEMORY, E_CEILING. */
int exodus_pick(struct arena *arena, const struct exodus_input *input, const char *what_ifs,
                const char *closes, struct exodus_input *out, struct ajar_err *err);

#endif
