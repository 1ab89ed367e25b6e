/* Tables of a placement with a change: what an officer asks "what if" of.  The tables of the user are not touched. */
#ifndef DESK_PLACE_EDIT_H
#define DESK_PLACE_EDIT_H

#include "programme.h"

/* One change; of a household `locality` is a lot. */
enum place_edit_kind { PLACE_EDIT_LOCK, PLACE_EDIT_FORBID, PLACE_EDIT_FREE, PLACE_EDIT_CAPACITY };
struct place_edit {
    enum place_edit_kind kind;
    struct text household, locality, resource;
    int64_t amount; /* of a capacity */
};

/* The input with the changes, its changed tables in the arena: capacities in `localities`; in `locks` the rows of a
 * household that is locked or freed are left out and the new ones stand behind.  Ids are not checked: the reader
 * does that, and names the row.  E_PLACE_ASK: a capacity of a lot or resource that the table has not. */
int place_edit_apply(struct arena *arena, const struct programme_input *input,
                     const struct place_edit *edits, size_t n, struct programme_input *out,
                     struct ajar_err *err);

/* "H=L; H=L" of --lock and --forbid, "H; H" of --free, "L.RESOURCE=N; ..." of --capacity, added behind edits[*n],
 * which has room for `most`.  E_PLACE_ASK. */
int place_edit_parse(enum place_edit_kind kind, const char *option, struct text words,
                     struct place_edit *edits, size_t most, size_t *n, struct ajar_err *err);

#endif
