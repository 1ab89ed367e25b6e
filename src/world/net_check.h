/* Net figures of arrivals against their parts: in minus out.  Internal to world/. */
#ifndef WORLD_NET_CHECK_H
#define WORLD_NET_CHECK_H

#include "arrivals_index.h"
#include "contradiction.h"

/* A net figure is compared with a gross_in and a gross_out of the same country, route, span and
 * nationality that count alike: in one unit, with names that end alike (entries_rus and exits_rus,
 * immigrants_rus and emigrants_rus).  It must agree with one such pair, if there are any, within the
 * rounding of the three figures, which is read off their trailing zeros.  At most 64 such pairs of one
 * nationality, and 64 sources of each flow, are looked at.  O(measures log measures + 64 rows of kind
 * net, log rows each). */
int net_check(struct checker *checker, const struct arrivals_index *index,
              const struct contradiction_pairs *pairs, struct ajar_err *err);

#endif
