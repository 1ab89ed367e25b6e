/* An exodus in: the folder exodus/ of a scenario and what DOORS decides for it. */
#ifndef DESK_EXODUS_LOAD_H
#define DESK_EXODUS_LOAD_H

#include "exodus_fit.h"
#include "exodus_gates.h"
#include "exodus_replay.h"
#include "scenario.h"

struct exodus_input {
    const struct scenario *scenario;
    struct exodus_model *model;
    size_t n_seen;
    struct exodus_seen *seen;
    struct exodus_papers papers;
    struct exodus_worlds
        worlds; /* the doors as they are, then each what-if; as known on model->as_known */
    uint64_t fingerprint;
    uint32_t n_draws; /* 0: exodus/posterior.csv is not there */
    double *draws;    /* [n_draws * n_params] */
};

/* Whether the scenario has an exodus: exodus/model.yaml. */
bool exodus_stands(struct arena *arena, const char *dir);

/* Reads DIR/exodus and asks the doors of `folder`.  All that *out holds lives in the arena, or as long as the
 * scenario and the folder.  Every fault goes to `faults`, sorted, the path as the user would write it; then
 * E_EXODUS_FAULTS or E_DOORS_FAULTS.  E_EXODUS_STALE, E_FILE_*, E_CEILING, E_MEMORY. */
int exodus_load(struct arena *arena, const struct scenario *scenario,
                const struct doors_folder *folder, struct faults *faults, struct exodus_input *out,
                struct ajar_err *err);

/* The same without exodus/posterior.csv, which may be missing or stale: for a fit.  n_draws is 0. */
int exodus_load_unfitted(struct arena *arena, const struct scenario *scenario,
                         const struct doors_folder *folder, struct faults *faults,
                         struct exodus_input *out, struct ajar_err *err);

/* The decisions as an earlier day knew them, for a fit from there. */
int exodus_load_gates(struct arena *arena, const struct exodus_input *input, date_days as_known,
                      struct exodus_gates *out, struct faults *faults, struct ajar_err *err);

#endif
