/* Literals of a fact in few items: PREFIX_*, list(NAME), PREFIX_list(NAME), and the rest one by one. */
#ifndef DOORS_SAY_ITEMS_H
#define DOORS_SAY_ITEMS_H

#include "rules.h"

/* Writes those literals of the fact whose said[i] is not 0, separated by ", ", where buf is not NULL;
 * returns how many items that takes, *one: the only item is a literal.  Lists are those of the day.
 * Greedy: the item that says most of what is left comes first; a whole family before a list.  said
 * [n_values].  except [n_values], where not NULL, is set to 1 for literals that an item says and that are
 * not to be said (a list but for one of it); 0 for all others. */
size_t say_items(struct buf *buf, const struct rules *rules, const struct fact *fact,
                 const uint8_t said[], date_days on, bool *one, uint8_t except[]);

#endif
