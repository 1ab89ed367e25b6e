/* Filling paragraphs to a width, for help pages and tables. */
#ifndef CLI_FILL_H
#define CLI_FILL_H

#include "text.h"

/* Splits the next line of at most `width` columns off *rest, at a blank; a word wider than a whole
 * line is cut.  Blanks (space, line end) at the cut are dropped.  The line is a view; it may hold
 * line ends of the source between words, which count as blanks. */
struct text fill_line(struct text *rest, size_t width);

/* Appends `paragraphs` (separated by an empty line) filled to `width` columns.  The cursor stands at
 * column `at`; lines after the first begin at column `indent`.  Ends with a line end. */
void fill_text(struct buf *buf, struct text paragraphs, size_t at, size_t indent, size_t width);

/* The next paragraph of *rest; empty when there is none left. */
struct text fill_paragraph(struct text *rest);

#endif
