/* What every page of a report begins and ends with: its head with the style, its data, its script. */
#ifndef DESK_REPORT_FRAME_H
#define DESK_REPORT_FRAME_H

#include "html.h"

/* Up to the open <body>. */
void report_frame_head(struct buf *out, struct text title, const char *version);

/* Behind </main>: the footer and the element that waits for the page's data, one JSON object as json.h writes
 * it. */
void report_frame_data(struct buf *out, const char *version);

/* Behind the data: that of the trails; nothing for NULL. */
struct trail; /* trail.h */
int report_frame_trail(struct buf *out, const struct trail *trail, struct ajar_err *err);

/* Behind the data: the script, to the end of the page. */
void report_frame_end(struct buf *out);

#endif
