/* A conflict in and out of folders: flow/ of a scenario, and the reference's format. */
#ifndef DESK_FLOW_LOAD_H
#define DESK_FLOW_LOAD_H

#include "flow_said.h"
#include "params.h"
#include "world_flow.h"

struct flow_input {
    const char *name; /* of the folder, as the user wrote it */
    struct flow_world world;
    struct flow_params params;
};

/* Whether the folder has a conflict: flow/flow.yaml. */
bool flow_stands(struct arena *arena, const char *dir);

/* Reads DIR/flow.  Every fault found is in `faults`, sorted, with the path as the user would write it; then
 * E_FLOW_FAULTS is returned.  All that *out holds lives in the arena.  said may be NULL.  E_FILE_*,
 * E_FLOW_FILE when the folder has no conflict, E_CEILING, E_MEMORY. */
int flow_load(struct arena *arena, const char *dir, struct flow_said *said, struct faults *faults,
              struct flow_input *out, struct ajar_err *err);

/* Reads DIR/flow, or DIR itself where it is of the reference's format (it has input_csv/ and no flow/).  The run
 * is the same as that of the scenario that flow_import makes of it.  Errors as flow_load. */
int flow_open(struct arena *arena, const char *dir, struct flow_said *said, struct faults *faults,
              struct flow_input *out, struct ajar_err *err);

/* Reads a folder of the reference's format (flee_read.h; simsetting.yml when it is there, else the reference's
 * own defaults) and makes the scenario folder `out_dir` with flow/, README.md and datapackage.json, whole or
 * not at all; a folder of that name is never touched (E_FILE_EXISTS).  `title` NULL: the folder's name.
 * *settings: whether simsetting.yml was there.  Errors as flow_load. */
int flow_import(struct arena *arena, const char *dir, const char *title, const char *out_dir,
                struct flow_said *said, struct faults *faults, struct flow_input *out,
                bool *settings, struct ajar_err *err);

#endif
