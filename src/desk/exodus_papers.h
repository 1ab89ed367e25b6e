/* Between the files of exodus_gates: rows of what is at fault. */
#ifndef DESK_EXODUS_PAPERS_H
#define DESK_EXODUS_PAPERS_H

#include "exodus_gates.h"

/* The row on which the value first stands under the key, alone or in a list; 0 when it is not found.  The file
 * is parsed anew: for messages. */
long exodus_papers_row(struct arena *arena, const char *file, const char *key, struct text value);

#endif
