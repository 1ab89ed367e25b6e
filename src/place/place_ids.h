/* The ids of a table, in the order that decides ties: that of people, f2 before f10. */
#ifndef PLACE_IDS_H
#define PLACE_IDS_H

#include "names.h"
#include "place.h"

struct place_ids {
    struct names names; /* in the order of the file; id 0 is none */
    uint32_t n;
    const struct text *list; /* [n] in order, zero-terminated; behind place_ids_sort */
    uint32_t *position;      /* [n + 1] in `list`, by the id of the name */
    const char **near;       /* [n] the list again, for suggestions; made when asked for */
};

/* Digits by their value, all else by bytes; on a tie ("7" and "07") by bytes.  Below, at or above 0. */
int place_ids_cmp(struct text a, struct text b);

/* Names live in `scratch`. */
int place_ids_init(struct place_ids *out, struct arena *scratch, struct ajar_err *err);

/* *fresh false: it stands already.  *name counts from 1 in the order of first sight. */
int place_ids_add(struct place_ids *ids, struct text id, bool *fresh, name_id *name,
                  struct ajar_err *err);

/* Makes list (in `arena`) and position (in `scratch`).  O(n log n), O(n) when they come in order. */
int place_ids_sort(struct place_ids *ids, struct arena *arena, struct arena *scratch,
                   struct ajar_err *err);

/* As sorted already, from a list that outlives *out. */
int place_ids_from(struct place_ids *out, struct arena *scratch, const struct text *list,
                   uint32_t n, struct ajar_err *err);

/* Behind sort or from.  PLACE_NONE: not there. */
static inline uint32_t place_ids_find(const struct place_ids *ids, struct text id)
{
    name_id name = names_find(&ids->names, id);
    return name == 0 ? PLACE_NONE : ids->position[name];
}

/* The suggestion for an unknown id, into a fault that is kept.  `what`: "household". */
int place_ids_hint(struct place_ids *ids, struct arena *scratch, struct text id, const char *what,
                   struct ajar_err *fault, struct ajar_err *err);

#endif
