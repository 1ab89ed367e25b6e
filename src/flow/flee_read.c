#include "flee_read.h"

#include <stdio.h>
#include <string.h>

#include "flee_parts.h"
#include "flow_check.h"

const struct flee_file *flee_find(const struct flow_reader *reader, const char *folder,
                                  struct text name)
{
    const struct flee_file *bare = NULL;
    size_t n = strlen(folder);
    for (size_t i = 0; i < reader->n_files; i++) {
        struct text at = text_of(reader->files[i].name);
        if (text_eq(at, name)) {
            bare = &reader->files[i];
        }
        if (at.n == n + 1 + name.n && text_starts(at, folder) && at.at[n] == '/' &&
            text_eq((struct text){at.at + n + 1, name.n}, name)) {
            return &reader->files[i];
        }
    }
    return bare;
}

/* Whether a name reads the same from the column `source` as it stands here. */
static bool name_plain(struct text name)
{
    size_t bad;
    bool plain = name.n > 0 && name.n <= FLOW_WORD_MOST && text_utf8(name, &bad) &&
                 flow_word(name).n == name.n;
    for (size_t i = 0; plain && i < name.n; i++) {
        plain = (unsigned char)name.at[i] >= 0x20 && name.at[i] != 0x7f;
    }
    return plain;
}

int flee_open(struct flow_reader *reader, const char *folder, const char *name, bool needed,
              bool *open, struct flee_rows *out, size_t *bound, struct text *source,
              struct ajar_err *err)
{
    const struct flee_file *file = flee_find(reader, folder, text_of(name));
    *open = false;
    if (file == NULL) {
        if (needed) {
            char path[256];
            snprintf(path, sizeof path, "%s/%s", folder, name);
            err_at(faults_add(reader->faults), E_FLOW_FILE, path, 0, NULL, (struct text){"", 0},
                   "this file is missing");
        }
        return 0;
    }
    const char *copy;
    struct ajar_err problem = {0};
    if (!name_plain(text_of(file->name))) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, file->name, 0, NULL, (struct text){"", 0},
               "the name of this file cannot stand in a table");
        return 0;
    }
    TRY(text_copy(reader->arena, text_of(file->name), &copy, err));
    int code = flee_rows_open(out, reader->scratch, copy, file->bytes, reader->faults, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(reader->faults) = problem;
        return 0;
    }
    *bound = flee_rows_bound(file->bytes);
    *source = text_of(copy);
    *open = true;
    return 0;
}

/* Files of the reference that carry rules which FLOW does not have. */
static void read_unread(struct flow_reader *reader)
{
    static const char *const names[] = {"flood_level.csv", "agents.csv", "major_routes.csv",
                                        "location_changes.csv"};
    static const char *const starts[] = {"demographics_", "region_attributes_",
                                         "location_attributes_"};
    for (size_t i = 0; i < reader->n_files; i++) {
        const char *slash = strrchr(reader->files[i].name, '/');
        struct text base = text_of(slash != NULL ? slash + 1 : reader->files[i].name);
        bool unread = false;
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            unread = unread || text_is(base, names[k]);
        }
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
            unread = unread || text_starts(base, starts[k]);
        }
        if (unread) {
            flow_say(reader->said, reader->files[i].name, 0,
                     "this file is not read: FLOW has no rules for it.");
        }
    }
}

static int read_all(struct flow_reader *reader, struct ajar_err *err)
{
    TRY(flee_read_period(reader, err));
    TRY(flee_read_places(reader, err));
    TRY(flee_read_roads(reader, err));
    TRY(flee_read_closures(reader, err));
    TRY(flee_read_conflicts(reader, err));
    TRY(flee_read_counts(reader, err));
    TRY(flee_read_corrections(reader, err));
    read_unread(reader);
    return 0;
}

static int read_world(struct flow_reader *reader, struct text title, struct ajar_err *err)
{
    const char *copy;
    uint64_t before = reader->faults->total;
    TRY(flow_check_title(title, err));
    TRY(text_copy(reader->arena, title, &copy, err));
    reader->world.title = (struct text){copy, title.n};
    TRY(read_all(reader, err));
    if (reader->faults->total == before) {
        static const struct flow_check_files files = {0};
        TRY(flow_check(reader->scratch, &reader->world, &files, reader->said, reader->faults, err));
    }
    uint64_t found = reader->faults->total - before;
    if (found > 0) {
        return err_set(err, E_FLOW_FAULTS, "the files of the conflict have %llu fault%s",
                       (unsigned long long)found, found == 1 ? "" : "s");
    }
    return 0;
}

int flee_read(struct arena *arena, const struct flee_file *files, size_t n_files, struct text title,
              struct flow_world *out, struct flow_said *said, struct faults *faults,
              struct ajar_err *err)
{
    struct arena scratch;
    if (n_files > FLEE_FILES_MOST) {
        return err_set(err, E_FLOW_TOO_LARGE, "the folder has %zu files; at most %d are read",
                       n_files, FLEE_FILES_MOST);
    }
    arena_init(&scratch, "the reading of a conflict", FLEE_SCRATCH);
    struct flow_reader reader = {.arena = arena,
                                 .scratch = &scratch,
                                 .files = files,
                                 .n_files = n_files,
                                 .said = said,
                                 .faults = faults};
    int code = read_world(&reader, title, err);
    if (code == 0) {
        *out = reader.world;
    }
    arena_free(&scratch);
    return code;
}
