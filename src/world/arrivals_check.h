/* Arrivals against each other: duplicate keys, spans that cross, sources that differ.
 * Internal to world/. */
#ifndef WORLD_ARRIVALS_CHECK_H
#define WORLD_ARRIVALS_CHECK_H

#include "arrivals_index.h"
#include "contradiction.h"

/* Pairs of crossing or equal spans that are looked at one by one.  A file with more has lost its
 * order: past it only the nearest pairs are, so that the cost stays O(rows). */
#define ARRIVALS_PAIRS_MAX ((size_t)1 << 20)

/* Reorders index->at within runs of equal spans (by source, then row).  O(rows + pairs). */
int arrivals_check(struct checker *checker, struct arrivals_index *index,
                   const struct contradiction_pairs *pairs, struct ajar_err *err);

#endif
