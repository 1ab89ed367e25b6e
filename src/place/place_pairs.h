/* From rows of scores in any order to the pairs of a problem.  Used by the reader of tables alone. */
#ifndef PLACE_PAIRS_H
#define PLACE_PAIRS_H

#include "place_rows.h"
#include "place_tables.h"

/* What else a pair must keep; what is left out because of that or of a capacity is told. */
struct place_pairs_filter {
    bool (*keeps)(const void *arg, uint32_t household, uint32_t locality); /* NULL: all */
    const void *arg;
    uint64_t *left_first; /* [n_households + 1] */
    uint32_t *left;       /* [left_first[n_households]] rows that became no pair, rising */
};

/* Sorts the rows, where they stand, into out->problem, whose households, localities, needs and capacities stand already,
 * and fills nowhere and the counts; with a filter, nowhere is left to the caller.  rows->locality and rows->score become
 * those of the problem.  A pair that stands twice becomes a fault at its second row.  O(rows log k), k the pairs of a
 * household. */
int place_pairs_make(struct arena *arena, struct arena *scratch, const char *file,
                     const struct place_rows *rows, struct place_pairs_filter *filter,
                     struct faults *faults, struct place_tables *out, struct ajar_err *err);

/* What blocks a household whose n pairs are all too small for it. */
struct place_nowhere place_pairs_blocked(const struct place_problem *problem, uint32_t household,
                                         const uint32_t *locality, size_t n);

/* Whether each capacity is at least the need. */
bool place_pairs_fit(const struct place_problem *problem, uint32_t household, uint32_t locality);

#endif
