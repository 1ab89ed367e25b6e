#include <stdio.h>
#include <string.h>

#include "file.h"
#include "flee_read.h"
#include "flow_load.h"
#include "flow_parts.h"
#include "flow_write.h"
#include "folder.h"
#include "package_out.h"

#define IMPORT_README_CEILING ((size_t)64 << 10)
#define IMPORT_TABLE_CEILING  ((size_t)2 << 30)
#define IMPORT_SETTINGS       "simsetting.yml"

struct importing {
    struct arena *arena;
    const char *dir;
    struct flee_file *files;
    size_t n;
    struct flow_said *said;
    struct faults *faults;
};

/* All tables of the folder and its subfolders; what the reader does not use it says itself. */
static int import_files(struct importing *at, struct ajar_err *err)
{
    const char *const *names;
    const char *path;
    TRY(folder_files(at->arena, at->dir, ".csv", FLEE_FILES_MOST, &names, &at->n, err));
    TRY_NEW(at->files, at->arena, at->n + 1, err);
    for (size_t i = 0; i < at->n; i++) {
        at->files[i].name = names[i];
        TRY(file_join(at->arena, at->dir, names[i], &path, err));
        TRY(flow_load_bytes(at->arena, path, &at->files[i].bytes, err));
    }
    return 0;
}

static int import_settings(const struct importing *at, struct flow_params *params, bool *found,
                           struct ajar_err *err)
{
    const char *path;
    struct text bytes;
    *params = flow_params_default();
    TRY(file_join(at->arena, at->dir, IMPORT_SETTINGS, &path, err));
    *found = file_exists(path);
    if (!*found) {
        flow_say(at->said, IMPORT_SETTINGS, 0,
                 "There is none: the rules are the reference's own defaults.");
        return 0;
    }
    TRY(flow_load_bytes(at->arena, path, &bytes, err));
    return flow_params_flee(at->arena, IMPORT_SETTINGS, bytes, params, at->said, at->faults, err);
}

/* The last part of the path. */
static struct text import_title(const char *dir)
{
    struct text all = text_of(dir);
    while (all.n > 1 && all.at[all.n - 1] == '/') {
        all.n--;
    }
    size_t at = all.n;
    while (at > 0 && all.at[at - 1] != '/') {
        at--;
    }
    return (struct text){all.at + at, all.n - at};
}

static int import_read(struct importing *at, const char *title, struct flow_input *out,
                       bool *settings, struct ajar_err *err)
{
    struct text name = title == NULL ? import_title(at->dir) : text_of(title);
    size_t before = at->faults->kept;
    TRY(import_files(at, err));
    int code = flee_read(at->arena, at->files, at->n, name, &out->world, at->said, at->faults, err);
    if (code == 0 || code == E_FLOW_FAULTS) {
        int other = import_settings(at, &out->params, settings, code == 0 ? err : NULL);
        code = code == 0 ? other : code;
    }
    flow_load_paths(at->faults, before, at->dir);
    faults_sort(at->faults);
    return code;
}

static void import_readme(struct buf *buf, const struct importing *at,
                          const struct flow_input *input)
{
    const struct flow_world *world = &input->world;
    char start[DATE_TEXT];
    struct text source = import_title(at->dir);
    buf_printf(buf, "# %.*s\n\n", (int)world->title.n, world->title.at);
    buf_printf(
        buf,
        "A conflict in Ajar's own form, made by `ajar flow import` from the folder `%.*s` in "
        "the format of Flee.\n\n",
        (int)source.n, source.at);
    buf_printf(
        buf, "%zu places, %zu roads, %zu camps that are counted, %zu reports; %d days from %s.\n\n",
        world->n_places, world->n_roads, world->n_camps, world->n_reports, world->n_days,
        date_format(world->start, start));
    buf_str(buf, "The columns are explained in docs/flow.md of Ajar; the column `source` names the "
                 "file that a row came from.\n\n"
                 "Capacities are undated as imported, and so enter nothing that is called a "
                 "forecast. Fill in `capacity_known` where it is known since when a figure was.\n\n"
                 "## Origin and licence\n\n"
                 "Those of the files that were imported. Write here who made them, when, and under "
                 "what terms they may be passed on.\n");
}

static int import_put(struct file_folder *folder, struct package_out *package, struct buf *buf,
                      const char *name, struct ajar_err *err)
{
    TRY(buf_ok(buf, err));
    TRY(file_folder_write(folder, package->arena, name, buf_view(buf), err));
    TRY(package_out_add(package, name, buf_view(buf), err));
    buf->n = 0;
    return 0;
}

static int import_fill(const struct importing *at, const struct flow_input *input,
                       struct file_folder *folder, struct buf *buf, struct ajar_err *err)
{
    struct package_out package;
    struct text json;
    TRY(package_out_init(&package, at->arena, err));
    TRY(text_copy(at->arena, import_title(at->dir), &package.scenario, err));
    import_readme(buf, at, input);
    TRY(import_put(folder, &package, buf, "README.md", err));
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        TRY(flow_write(&input->world, &input->params, table, buf, err));
        TRY(import_put(folder, &package, buf, flow_table_file(table), err));
    }
    TRY(package_out_json(&package, input->world.title, &json, err));
    return file_folder_write(folder, at->arena, "datapackage.json", json, err);
}

static int import_write(const struct importing *at, const struct flow_input *input,
                        const char *out_dir, struct ajar_err *err)
{
    struct file_folder folder;
    struct buf buf;
    TRY(file_folder_begin(&folder, at->arena, out_dir, false, err));
    buf_init(&buf, IMPORT_TABLE_CEILING);
    int code = import_fill(at, input, &folder, &buf, err);
    buf_free(&buf);
    code = code != 0 ? code : file_folder_commit(&folder, err);
    file_folder_abort(&folder);
    return code;
}

int flow_import(struct arena *arena, const char *dir, const char *title, const char *out_dir,
                struct flow_said *said, struct faults *faults, struct flow_input *out,
                bool *settings, struct ajar_err *err)
{
    struct importing at = {.arena = arena, .dir = dir, .said = said, .faults = faults};
    struct flow_input input = {.name = out_dir};
    bool found = false;
    TRY(import_read(&at, title, &input, &found, err));
    TRY(import_write(&at, &input, out_dir, err));
    *settings = found;
    *out = input;
    return 0;
}

int flow_open(struct arena *arena, const char *dir, struct flow_said *said, struct faults *faults,
              struct flow_input *out, struct ajar_err *err)
{
    struct importing at = {.arena = arena, .dir = dir, .said = said, .faults = faults};
    struct flow_input input = {.name = dir};
    const char *flee;
    bool found = false;
    TRY(file_join(arena, dir, "input_csv", &flee, err));
    if (flow_stands(arena, dir) || !file_is_folder(flee)) {
        return flow_load(arena, dir, said, faults, out, err);
    }
    TRY(import_read(&at, NULL, &input, &found, err));
    *out = input;
    return 0;
}
