/* A table of ids and whole numbers, a column a resource: what households need, what localities hold.  Used by
 * the reader of tables alone. */
#ifndef PLACE_LIST_H
#define PLACE_LIST_H

#include "place_names.h"
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

/* Columns beside the id and the resources, of a reader that has more of them. */
struct place_list_more {
    void *arg;
    const char *const *names; /* [n] for suggestions */
    size_t n;
    /* Whether column c is one of them, or a fault already. */
    bool (*column)(void *arg, struct place_sheet *sheet, int c, struct text column);
    /* Behind the header: names of rows are below `rows`. */
    int (*start)(void *arg, struct place_sheet *sheet, const struct place_list *list, size_t rows,
                 struct ajar_err *err);
    /* A row that is whole; name 0: its id is a fault; amount[n_resources], -1: a fault. */
    int (*row)(void *arg, struct place_sheet *sheet, name_id name, const int32_t *amount,
               struct ajar_err *err);
};

/* Faults go to `faults`; more: NULL or further columns.  The ids live in `arena`, the rest in `scratch`. */
int place_list_read(struct arena *arena, struct arena *scratch, enum place_list_kind kind,
                    const char *file, struct text bytes, const struct place_list_more *more,
                    struct faults *faults, struct place_list *out, struct ajar_err *err);

/* Each resource must stand in both.  of[r] gets the column of resource r of `needs` in `holds`; false behind a
 * fault. */
bool place_list_agree(const struct place_list *needs, const struct place_list *holds,
                      struct faults *faults, uint32_t of[PLACE_RESOURCES_MOST]);

/* The resource that is likely meant by a name, or PLACE_NONE. */
uint32_t place_list_near(const struct place_list *list, struct text name);

/* Needs, capacities and names of a problem, in `arena`, once the two agree. */
int place_list_problem(struct arena *arena, const struct place_list *needs,
                       const struct place_list *holds, const uint32_t of[PLACE_RESOURCES_MOST],
                       struct place_problem *problem, struct place_names *names,
                       struct ajar_err *err);

#endif
