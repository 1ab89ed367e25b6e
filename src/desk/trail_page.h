/* Inside trail_scan: what it does with a table, and the list of trails at the page's end. */
#ifndef DESK_TRAIL_PAGE_H
#define DESK_TRAIL_PAGE_H

#include "text.h"
#include "trail.h"

/* Registers the figures of a table, "<table ...>...": a family, a row for each row of its body.  Without an id,
 * or without a figure, nothing. */
int trail_see_table(struct trail *trail, struct text section, struct text table,
                    struct ajar_err *err);

/* Notes the sources and assumptions that a piece of the page refers to, as links of a row, and the row's kind
 * when the piece says it. */
int trail_see_links(struct trail *trail, uint32_t row, struct text html, struct ajar_err *err);

/* The section with an entry for each family, for readers without a script. */
void trail_put_list(struct buf *out, const struct trail *trail);

#endif
