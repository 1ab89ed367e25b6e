#include "flow_load.h"

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "flow_parts.h"
#include "flow_read.h"

int flow_load_bytes(struct arena *arena, const char *path, struct text *out, struct ajar_err *err)
{
    struct file_view view;
    const char *copy;
    TRY(file_open(&view, path, FLOW_FILE_MOST, err));
    int code = text_copy(arena, view.bytes, &copy, err);
    if (code == 0) {
        *out = (struct text){copy, view.bytes.n};
    }
    file_close(&view);
    return code;
}

bool flow_stands(struct arena *arena, const char *dir)
{
    const char *path;
    return file_join(arena, dir, flow_table_file(FLOW_SETTINGS), &path, NULL) == 0 &&
           file_exists(path);
}

static int load_check(struct arena *arena, const char *dir, struct ajar_err *err)
{
    const char *flee;
    struct text none = {"", 0};
    if (!file_is_folder(dir)) {
        return err_at(err, E_FILE_NOT_FOLDER, dir, 0, NULL, none, "there is no such folder");
    }
    if (flow_stands(arena, dir)) {
        return 0;
    }
    TRY(file_join(arena, dir, "input_csv", &flee, err));
    err_at(err, E_FLOW_FILE, dir, 0, NULL, none,
           "the folder has neither %s (a conflict) nor exodus/model.yaml (an exodus)",
           flow_table_file(FLOW_SETTINGS));
    if (file_is_folder(flee)) {
        return err_hint(err,
                        "This is the reference's format; ajar flow import %s --out DIR makes a "
                        "scenario of it.",
                        dir);
    }
    return err_hint(
        err, "docs/flow.md says what stands in the folder flow/ of a scenario, docs/exodus.md "
             "what in exodus/.");
}

void flow_load_paths(struct faults *faults, size_t from, const char *dir)
{
    for (size_t i = from; i < faults->kept; i++) {
        char name[sizeof faults->at[i].file];
        struct buf path;
        snprintf(name, sizeof name, "%s", faults->at[i].file);
        buf_init(&path, sizeof name + 4096);
        buf_printf(&path, "%s/%s", dir, name);
        struct text all = buf_view(&path);
        if (name[0] != '\0' && all.n < sizeof faults->at[i].file) {
            memcpy(faults->at[i].file, all.at, all.n);
            faults->at[i].file[all.n] = '\0';
        }
        buf_free(&path);
    }
}

int flow_load(struct arena *arena, const char *dir, struct flow_said *said, struct faults *faults,
              struct flow_input *out, struct ajar_err *err)
{
    struct text bytes[FLOW_TABLES] = {0};
    struct flow_input input = {.name = dir};
    size_t before = faults->kept;
    TRY(load_check(arena, dir, err));
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        const char *path;
        TRY(file_join(arena, dir, flow_table_file(table), &path, err));
        if (file_exists(path)) {
            TRY(flow_load_bytes(arena, path, &bytes[table], err));
        }
    }
    int code = flow_read(arena, bytes, &input.world, &input.params, said, faults, err);
    flow_load_paths(faults, before, dir);
    faults_sort(faults);
    TRY(code);
    *out = input;
    return 0;
}
