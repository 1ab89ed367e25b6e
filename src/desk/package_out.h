/* The datapackage.json of an output folder (Data Package v2): every file with what it is, every CSV
 * with a Table Schema read off its own bytes, so that schema and table cannot drift apart. */
#ifndef DESK_PACKAGE_OUT_H
#define DESK_PACKAGE_OUT_H

#include "arena.h"
#include "json.h"

#define PACKAGE_OUT_FILES 128 /* most files in one output folder */

struct package_out {
    struct arena *arena;
    size_t n;
    const char **names;   /* [n] */
    char *separators;     /* [n] of a table: ',' or ';' */
    struct text *schemas; /* [n] JSON of the Table Schema; empty for what is no table */
    const char *scenario; /* NULL: an output of a run; else the name of a scenario that was made */
    bool whole_names;     /* names of resources have their folder too: "flow-places" */
};
int package_out_init(struct package_out *out, struct arena *arena, struct ajar_err *err);

/* Notes a file that was written.  A name that ends in .csv is read again: a column is an integer, a
 * number or a date when every filled cell is one, else a string; cells stand between commas, or semicolons
 * where the header has those alone.  O(bytes). */
int package_out_add(struct package_out *package, const char *name, struct text bytes,
                    struct ajar_err *err);

/* The JSON, in the arena.  That of an output says "created_by": "ajar", which lets a later run replace the
 * folder; a scenario belongs to its author. */
int package_out_json(const struct package_out *package, struct text title, struct text *out,
                     struct ajar_err *err);

/* Its resources alone, into a list of a package that is under way. */
void package_out_resources(struct json_out *json, const struct package_out *package);

#endif
