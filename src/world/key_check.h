/* Duplicate keys of every table but arrivals (see arrivals_check.h), and figures of hosts and trade
 * that two sources give differently.  Internal to world/. */
#ifndef WORLD_KEY_CHECK_H
#define WORLD_KEY_CHECK_H

#include "contradiction.h"

/* O(rows), hashed. */
int key_check(struct checker *checker, enum schema_name table,
              const struct contradiction_pairs *pairs, struct ajar_err *err);

#endif
