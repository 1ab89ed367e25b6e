/* For makers of books: values in any order become series in order. */
#ifndef WATCH_BOOK_ROWS_H
#define WATCH_BOOK_ROWS_H

#include "book.h"

/* The number of the series (0, 1, ... in order of first sight) of a place, route and measure in
 * `keys`, a set of names used for nothing else.  O(1). */
int book_rows_series(struct names *keys, name_id place, name_id route, uint32_t measure,
                     uint32_t *out, struct ajar_err *err);

/* Gives each series of the book a list of `n` values (as its n says) and sets n to 0.  O(series). */
int book_rows_room(struct arena *arena, struct watch_book *book, struct ajar_err *err);

/* One value more, for which there is room. */
static inline void book_rows_put(struct watch_series *series, struct watch_value value)
{
    series->value[series->n++] = value;
}

/* When all values are put: orders them, marks `revision`, orders the series.  O(values log values). */
int book_rows_finish(struct watch_book *book, struct ajar_err *err);

#endif
