/* A table of ids and whole numbers, a column a resource: what households need, what localities hold.  Used by
 * the reader of tables alone. */
#ifndef PLACE_LIST_H
#define PLACE_LIST_H

#include "place_sheet.h"

enum place_list_kind { PLACE_HOUSEHOLDS, PLACE_LOCALITIES };

struct place_list {
    enum place_list_kind kind;
    const char *file;
    bool whole; /* every id could be read */
    struct place_ids ids;
    uint32_t n_resources;
    struct text resource[PLACE_RESOURCES_MOST]; /* as the header has them, there or in scratch */
    int32_t *amount;                            /* [ids.n * n_resources] in the order of ids.list */
};

/* Faults go to `faults`.  The ids live in `arena`, the rest in `scratch`. */
int place_list_read(struct arena *arena, struct arena *scratch, enum place_list_kind kind,
                    const char *file, struct text bytes, struct faults *faults,
                    struct place_list *out, struct ajar_err *err);

/* Each resource must stand in both.  of[r] gets the column of resource r of `needs` in `holds`; false behind a
 * fault. */
bool place_list_agree(const struct place_list *needs, const struct place_list *holds,
                      struct faults *faults, uint32_t of[PLACE_RESOURCES_MOST]);

#endif
