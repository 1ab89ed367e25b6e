/* From rows of scores in any order to the pairs of a problem.  Used by the reader of tables alone. */
#ifndef PLACE_PAIRS_H
#define PLACE_PAIRS_H

#include "place_rows.h"
#include "place_tables.h"

/* Sorts the rows into out->problem, whose households, localities, needs and capacities stand already, and fills
 * nowhere and the counts.  A pair that stands twice becomes a fault at its second row.  O(rows log k), k the pairs
 * of a household. */
int place_pairs_make(struct arena *arena, struct arena *scratch, const char *file,
                     const struct place_rows *rows, struct faults *faults, struct place_tables *out,
                     struct ajar_err *err);

#endif
