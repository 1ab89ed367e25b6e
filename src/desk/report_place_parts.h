/* Inside the section of a placement: its parts, in the order in which they stand, and cells that they share. */
#ifndef DESK_REPORT_PLACE_PARTS_H
#define DESK_REPORT_PLACE_PARTS_H

#include "report_parts.h"
#include "report_place.h"

void place_part_moves(
    struct report_page *page); /* the map, who goes where, states and their quotas */
void place_part_fair(
    struct report_page *page); /* what fairer plans would cost; groups; the worst-off */
void place_part_board(
    struct report_page *page); /* every household, its place, what another would cost */
void place_part_said(struct report_page *page);    /* three households told in words */
void place_part_lots(struct report_page *page);    /* what each lot holds, takes and is worth */
void place_part_nowhere(struct report_page *page); /* whom no lot can take, and why */

const struct programme *place_part_programme(const struct report_page *page);

/* <td class="number">: micro-units as score, three decimals; a count. */
void place_part_score(struct report_page *page, double micro);
void place_part_count(struct report_page *page, int64_t count);
void place_part_cell(struct report_page *page, struct text text);

#endif
