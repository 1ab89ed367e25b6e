/* The tables of a placement, from a folder and from files that are named one by one. */
#ifndef DESK_PLACE_LOAD_H
#define DESK_PLACE_LOAD_H

#include "file.h"
#include "place_file.h"
#include "programme.h"

#define PLACE_LOAD_MOST ((size_t)4 << 30) /* bytes of a table */

struct place_load_ask {
    const char *dir;                    /* NULL: none */
    const char *path[PROGRAMME_TABLES]; /* NULL: NAME.csv of the folder, or place_NAME.csv where an
                                           output of `ajar run` is the folder; absent where neither is */
    date_days on;
};

struct place_load {
    struct programme_input input; /* names and bytes stand as long as the load is open */
    struct file_view view[PROGRAMME_TABLES];
    size_t n_strange;     /* files of the folder that end in .csv and are none of the tables */
    const char **strange; /* [n_strange] names; nobody reads them */
};

/* *out stays where it is, and is closed with place_load_close, also after a failure.  E_FILE_*, E_PLACE_TABLES. */
int place_load_open(struct arena *arena, const struct place_load_ask *ask, struct place_load *out,
                    struct ajar_err *err);
void place_load_close(struct place_load *load);

/* A further table of the folder that programme.h does not know, such as priorities.csv: bytes empty, name NULL where
 * there is none.  `path` NULL: NAME.csv of the folder.  The caller closes *view. */
int place_load_more(struct arena *arena, const char *dir, const char *name, const char *path,
                    struct file_view *view, struct place_table *out, struct ajar_err *err);

/* Table, file and SHA-256 of what was read. */
int place_load_inputs(struct arena *arena, const struct place_load *load,
                      const struct place_file_input **out, size_t *n, struct ajar_err *err);

#endif
