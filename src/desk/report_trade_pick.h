/* Which flows of trade the report shows.  With goods codes a scenario has them by the ten thousand, and a page
 * that pictured them all would open in no browser; watch_trade.csv has every one. */
#ifndef DESK_REPORT_TRADE_PICK_H
#define DESK_REPORT_TRADE_PICK_H

#include "arena.h"
#include "mirror.h"

#define REPORT_TRADE_MOST 500 /* flows */

/* Indices of table->partners, rising, in the arena: all of them up to REPORT_TRADE_MOST; of more, the flagged
 * ones first and then those with the largest exports of a year, equal ones as in the table.
 * E_CEILING, E_MEMORY.  O(n log n). */
int report_trade_pick(struct arena *arena, const struct mirror_table *table, uint32_t **out,
                      size_t *n, struct ajar_err *err);

#endif
