/* A folder of doors: rule files, vocabulary and tables, read into one rule set, with its tests. */
#ifndef DESK_DOORS_FOLDER_H
#define DESK_DOORS_FOLDER_H

#include "rules.h"

struct doors_bytes {
    const char *name; /* the path, for messages */
    struct text bytes;
};

struct doors_folder {
    const char *dir;     /* that holds facts.yaml */
    const char *sources; /* sources.csv beside it; NULL: ids of sources are not checked */
    struct rules rules;
    size_t n_files; /* of rules */
    size_t n_tests;
    struct doors_bytes *tests; /* tests*.csv */
};

/* `path` is a scenario (its doors/ is read, and source ids must stand in its sources.csv) or a folder of
 * rule files itself (a sources.csv in it is used when there).  facts*.yaml, params*.csv, lists*.csv, tests*.csv stand at its top; every other .yaml, in any
 * subfolder, is one door.  Faults go to `faults` (sorted) and the return is then E_DOORS_FAULTS; *out and all it holds live in `arena`.
 * Errors: file.*, doors.none. */
int doors_folder_read(struct arena *arena, const char *path, struct doors_folder *out,
                      struct faults *faults, struct ajar_err *err);

/* Whether the scenario has a folder of doors. */
bool doors_folder_stands(struct arena *arena, const char *scenario_dir);

#endif
