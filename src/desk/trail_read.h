/* Asking a folder that `ajar run` made how one of its figures came about. */
#ifndef DESK_TRAIL_READ_H
#define DESK_TRAIL_READ_H

#include <jansson.h>

#include "arena.h"

/* The trails of a folder.  The arena must outlive it. */
struct trail_book {
    struct arena *arena;
    const char *dir;
    json_t *root;
    size_t n;         /* figures */
    const char **ids; /* [n] in the order of the page */
    struct trail_at {
        json_t *family, *row;
        const char *column; /* its key in row.shown */
    } * at;                 /* [n] */
};

/* Reads DIR/trail.json and proves that every file is the one that the run wrote.  Errors: file.*, json.*,
 * trace.none (no folder of a run, or one of a version that kept no trails), trace.changed (a file was altered or
 * is gone).  Close it in any case.  O(bytes of the folder). */
int trail_open(struct trail_book *out, struct arena *arena, const char *dir, struct ajar_err *err);
void trail_close(struct trail_book *book); /* accepts a zeroed one */

/* The figure's index.  Errors: trace.figure, with the nearest ids as advice.  O(figures). */
int trail_find(const struct trail_book *book, const char *id, size_t *out, struct ajar_err *err);

/* One line of a trail. */
struct trail_line {
    const char *label; /* static */
    struct text value;
};

/* The trail in words, from the number to what it rests on: the same labels and values as the page's dialog
 * has, and the row of the file, which the page does not hold, under "the row".  Errors: file.*, csv.*. */
int trail_lines(const struct trail_book *book, size_t figure, struct trail_line **out, size_t *n,
                struct ajar_err *err);

/* Whether an id begins with a word of `prefix`: "aid" fits "aid.GEO.gets" and "aid", not "aids". */
bool trail_fits(const char *id, const char *prefix);

#endif
