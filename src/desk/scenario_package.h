/* The datapackage.json of a scenario, made from the schema: Data Package v2.0 with a Table Schema for
 * every table, so that any program that reads Data Packages knows the columns, their types, closed
 * lists, ranges, keys and what refers to what. */
#ifndef DESK_SCENARIO_PACKAGE_H
#define DESK_SCENARIO_PACKAGE_H

#include "package_out.h"

struct scenario_package {
    const char *name, *title, *description;
    bool required_alone;              /* list only the tables that every scenario has */
    const struct package_out *others; /* listed behind the tables; NULL: none */
};

/* The JSON, in the arena.  It does not say "created_by": a scenario belongs to its author, and no
 * later run may replace its folder.  Errors: E_CEILING, E_MEMORY. */
int scenario_package_json(struct arena *arena, const struct scenario_package *package,
                          struct text *out, struct ajar_err *err);

#endif
