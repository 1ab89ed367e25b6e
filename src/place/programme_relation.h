/* Who has what: rows of a table in any order, sorted to be looked up by their owner.  Used by programme alone. */
#ifndef PROGRAMME_RELATION_H
#define PROGRAMME_RELATION_H

#include "place_sheet.h"

/* Rows of an owner are [first[owner], first[owner + 1]), by rising key.  first NULL: there is no table. */
struct programme_relation {
    const uint64_t *first, *key;
    const uint32_t *of; /* what the row brings along */
};

struct programme_row {
    uint64_t key;
    uint32_t owner, of;
    long line;
};

struct programme_rows {
    struct programme_row *at;
    size_t n;
};

/* Sorts by owner, key, line.  A row that stands twice is a fault at `column`, whose value is the owner's id (NULL:
 * none is told), and its number in all `n_twice`; NULL: rows may repeat.  The relation lives in `arena`. */
struct programme_twice {
    const char *file, *column, *what; /* "this pair of household and place" */
    const struct text *owner;
    struct faults *faults;
};
int programme_relation_make(struct arena *arena, struct programme_rows *rows, uint32_t n_owners,
                            const struct programme_twice *twice, struct programme_relation *out,
                            struct ajar_err *err);

/* The first row of the owner with a key from `least` to below `below`; UINT64_MAX: none.  O(log). */
uint64_t programme_relation_find(const struct programme_relation *relation, uint32_t owner,
                                 uint64_t least, uint64_t below);

/* Whether two owners share a key. */
bool programme_relation_meet(const struct programme_relation *a, uint32_t owner_a,
                             const struct programme_relation *b, uint32_t owner_b);

#endif
