/* Reading what html.h and the sections wrote: plain words, words for ids, numbers in sentences. */
#ifndef DESK_TRAIL_TEXT_H
#define DESK_TRAIL_TEXT_H

#include "arena.h"
#include "text.h"

/* The value of an attribute of a tag "<td class="number">", as written; empty: it has none. */
struct text trail_attr(struct text tag, const char *name);

/* The text of a piece of the page: without tags, references read, runs of ASCII blanks as one, none at the ends. */
int trail_plain(struct arena *arena, struct text html, struct text *out, struct ajar_err *err);

/* The same as a word for an id: letters and digits in lower case, '-' for runs of all else, dates ISO 8601; a
 * country alone by its code; upper-case codes stay.  At most TRAIL_SLUG bytes. */
#define TRAIL_SLUG 60
int trail_slug(struct arena *arena, struct text html, struct text *out, struct ajar_err *err);

/* The first number of a text that is a figure: *number is a part of `text`, with its sign and its percent sign.
 * No figures are: days and years, digits within a word ("p95", "2016/399", "syn-KAZ-057"), and bare years.
 * False: there is none. */
bool trail_number(struct text text, struct text *number);

#endif
