#include "exodus_load.h"

#include <stdio.h>

#include "exodus_posterior.h"
#include "exodus_read.h"
#include "file.h"
#include "flow_parts.h"

#define EXODUS_DIR "exodus"

bool exodus_stands(struct arena *arena, const char *dir)
{
    const char *path;
    return file_join(arena, dir, EXODUS_MODEL_FILE, &path, NULL) == 0 && file_exists(path);
}

static int load_file(struct arena *arena, const char *dir, const char *name, struct text *out,
                     struct ajar_err *err)
{
    const char *path;
    TRY(file_join(arena, dir, name, &path, err));
    return file_exists(path) ? flow_load_bytes(arena, path, out, err) : 0;
}

static int load_model(struct arena *arena, struct exodus_input *input, struct faults *faults,
                      struct ajar_err *err)
{
    const char *dir = input->scenario->dir;
    struct text model = {0}, seen = {0};
    size_t before = faults->kept;
    TRY(load_file(arena, dir, EXODUS_MODEL_FILE, &model, err));
    TRY(load_file(arena, dir, EXODUS_SEEN_FILE, &seen, err));
    TRY_NEW(input->model, arena, 1, err);
    int code = exodus_read(arena, input->scenario, model, seen, input->model, &input->seen,
                           &input->n_seen, faults, err);
    flow_load_paths(faults, before, dir);
    faults_sort(faults);
    return code;
}

static int load_draws(struct arena *arena, struct exodus_input *input, struct faults *faults,
                      struct ajar_err *err)
{
    struct text bytes = {0};
    size_t before = faults->kept;
    TRY(load_file(arena, input->scenario->dir, EXODUS_POSTERIOR_FILE, &bytes, err));
    if (bytes.at == NULL) {
        return 0;
    }
    int code = exodus_posterior_read(arena, input->model, input->fingerprint, bytes, &input->draws,
                                     &input->n_draws, faults, err);
    flow_load_paths(faults, before, input->scenario->dir);
    faults_sort(faults);
    if (code == E_EXODUS_STALE && err != NULL) {
        snprintf(err->file, sizeof err->file, "%s/%s", input->scenario->dir, EXODUS_POSTERIOR_FILE);
    }
    return code;
}

static int load_worlds(struct arena *arena, struct exodus_input *input, struct faults *faults,
                       struct ajar_err *err)
{
    const struct exodus_model *model = input->model;
    struct exodus_gates *gates;
    uint8_t *base;
    TRY_NEW(gates, arena, 1 + model->n_what_ifs, err);
    TRY(exodus_gates_make(arena, &input->papers, model->as_known, &base, faults, err));
    gates[0].at = base;
    for (size_t i = 0; i < model->n_what_ifs; i++) {
        uint8_t *at;
        TRY(exodus_gates_what_if(arena, &input->papers, &model->what_ifs[i], model->as_known, base,
                                 &at, faults, err));
        gates[i + 1].at = at;
    }
    input->worlds = (struct exodus_worlds){.n = (uint32_t)model->n_what_ifs + 1, .gates = gates};
    return 0;
}

int exodus_load_unfitted(struct arena *arena, const struct scenario *scenario,
                         const struct doors_folder *folder, struct faults *faults,
                         struct exodus_input *out, struct ajar_err *err)
{
    struct exodus_input input = {.scenario = scenario};
    const char *dir;
    TRY(file_join(arena, scenario->dir, EXODUS_DIR, &dir, err));
    TRY(load_model(arena, &input, faults, err));
    TRY(exodus_gates_read(arena, folder, dir, input.model, &input.papers, faults, err));
    TRY(load_worlds(arena, &input, faults, err));
    input.fingerprint = exodus_fingerprint(input.model, input.seen, input.n_seen);
    *out = input;
    return 0;
}

int exodus_load(struct arena *arena, const struct scenario *scenario,
                const struct doors_folder *folder, struct faults *faults, struct exodus_input *out,
                struct ajar_err *err)
{
    struct exodus_input input;
    TRY(exodus_load_unfitted(arena, scenario, folder, faults, &input, err));
    TRY(load_draws(arena, &input, faults, err));
    *out = input;
    return 0;
}

int exodus_load_gates(struct arena *arena, const struct exodus_input *input, date_days as_known,
                      struct exodus_gates *out, struct faults *faults, struct ajar_err *err)
{
    uint8_t *at;
    TRY(exodus_gates_make(arena, &input->papers, as_known, &at, faults, err));
    out->at = at;
    return 0;
}
