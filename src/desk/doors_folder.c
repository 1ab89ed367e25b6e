#include "doors_folder.h"

#include <string.h>

#include "csv.h"
#include "file.h"
#include "folder.h"
#include "rules_read.h"

#define FOLDER_TABLE_CEILING ((size_t)16 << 20)
#define FOLDER_NAME          "doors"

/* What is read, until it stands as a rule set. */
struct folder_reading {
    struct arena *arena;
    struct doors_folder *folder;
    size_t n, cap;
    struct rules_file *files;
    struct names sources;
};

/* The bytes stay in the arena: rules and messages point into them. */
static int folder_bytes(struct arena *arena, const char *path, size_t ceiling, struct text *out,
                        struct ajar_err *err)
{
    struct file_view view;
    const char *copy;
    TRY(file_open(&view, path, ceiling, err));
    int code = text_copy(arena, view.bytes, &copy, err);
    if (code == 0) {
        *out = (struct text){copy, view.bytes.n};
    }
    file_close(&view);
    return code;
}

static bool folder_begins(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0 && strchr(name, '/') == NULL;
}

static int folder_take(struct folder_reading *reading, const char *name, enum rules_file_kind kind,
                       struct ajar_err *err)
{
    struct rules_file *file = &reading->files[reading->n];
    const char *path;
    TRY(file_join(reading->arena, reading->folder->dir, name, &path, err));
    TRY(folder_bytes(reading->arena, path,
                     kind == RULES_PARAMS || kind == RULES_LISTS ? FOLDER_TABLE_CEILING
                                                                 : RULES_FILE_CEILING,
                     &file->bytes, err));
    file->name = path;
    file->kind = kind;
    reading->n++;
    return 0;
}

static int folder_take_test(struct folder_reading *reading, const char *name, struct ajar_err *err)
{
    struct doors_bytes *file = &reading->folder->tests[reading->folder->n_tests];
    TRY(file_join(reading->arena, reading->folder->dir, name, &file->name, err));
    TRY(folder_bytes(reading->arena, file->name, FOLDER_TABLE_CEILING, &file->bytes, err));
    reading->folder->n_tests++;
    return 0;
}

static int folder_take_tables(struct folder_reading *reading, size_t n, const char *const *names,
                              struct ajar_err *err)
{
    TRY_NEW(reading->folder->tests, reading->arena, n, err);
    for (size_t i = 0; i < n; i++) {
        if (folder_begins(names[i], "params")) {
            TRY(folder_take(reading, names[i], RULES_PARAMS, err));
        } else if (folder_begins(names[i], "lists")) {
            TRY(folder_take(reading, names[i], RULES_LISTS, err));
        } else if (folder_begins(names[i], "tests")) {
            TRY(folder_take_test(reading, names[i], err));
        }
    }
    return 0;
}

static int folder_take_yaml(struct folder_reading *reading, size_t n, const char *const *names,
                            struct ajar_err *err)
{
    size_t doors = 0, facts = 0;
    for (size_t i = 0; i < n; i++) {
        bool fact = folder_begins(names[i], "facts");
        if (strcmp(names[i], "profiles.yaml") == 0) {
            continue;
        }
        TRY(folder_take(reading, names[i], fact ? RULES_FACTS : RULES_DOOR, err));
        facts += fact;
        doors += !fact;
    }
    if (doors == 0 || facts == 0) {
        err_at(err, E_DOORS_NONE, reading->folder->dir, 0, NULL, (struct text){"", 0},
               "the folder has %s", facts == 0 ? "no facts.yaml" : "no rule file");
        return err_hint(err, "A rule file is a .yaml with one legal act; see docs/rules.md.");
    }
    return 0;
}

/* The ids of the first column: the table's own rules are the scenario's business. */
static int folder_sources(struct folder_reading *reading, struct ajar_err *err)
{
    struct doors_folder *folder = reading->folder;
    struct text bytes;
    struct csv csv;
    bool more = true;
    TRY(folder_bytes(reading->arena, folder->sources, FOLDER_TABLE_CEILING, &bytes, err));
    TRY(names_init(&reading->sources, reading->arena, err));
    TRY(csv_open(&csv, reading->arena, folder->sources, bytes, 0, &CSV_LIMITS_DEFAULT, err));
    TRY(csv_next(&csv, &more, err));
    while (more) {
        name_id id;
        TRY(names_put(&reading->sources, csv.cells[0], &id, err));
        TRY(csv_next(&csv, &more, err));
    }
    return 0;
}

static bool folder_knows(void *arg, struct text id)
{
    const struct folder_reading *reading = arg;
    return names_find(&reading->sources, id) != 0;
}

static int folder_find(struct arena *arena, const char *path, struct doors_folder *folder,
                       struct ajar_err *err)
{
    const char *inside, *sources;
    TRY(file_join(arena, path, FOLDER_NAME, &inside, err));
    TRY(file_join(arena, path, "sources.csv", &sources, err));
    folder->dir = file_is_folder(inside) ? inside : path;
    folder->sources = file_exists(sources) ? sources : NULL;
    if (!file_is_folder(inside) && file_is_folder(path)) {
        const char *package;
        TRY(file_join(arena, path, "datapackage.json", &package, err));
        if (file_exists(package)) {
            err_at(err, E_DOORS_NONE, path, 0, NULL, (struct text){"", 0},
                   "the scenario has no folder " FOLDER_NAME);
            return err_hint(err,
                            "Make %s with facts.yaml and one .yaml for each legal act; see "
                            "docs/rules.md.",
                            inside);
        }
    }
    return 0;
}

bool doors_folder_stands(struct arena *arena, const char *scenario_dir)
{
    const char *inside;
    return file_join(arena, scenario_dir, FOLDER_NAME, &inside, NULL) == 0 &&
           file_is_folder(inside);
}

int doors_folder_read(struct arena *arena, const char *path, struct doors_folder *out,
                      struct faults *faults, struct ajar_err *err)
{
    struct doors_folder folder = {0};
    struct folder_reading reading = {.arena = arena, .folder = &folder};
    const char *const *tables, *const *yaml;
    size_t n_tables, n_yaml;
    TRY(folder_find(arena, path, &folder, err));
    TRY(folder_files(arena, folder.dir, ".csv", RULES_FILES_MAX, &tables, &n_tables, err));
    TRY(folder_files(arena, folder.dir, ".yaml", RULES_FILES_MAX, &yaml, &n_yaml, err));
    TRY_NEW(reading.files, arena, n_tables + n_yaml, err);
    TRY(folder_take_yaml(&reading, n_yaml, yaml, err));
    TRY(folder_take_tables(&reading, n_tables, tables, err));
    if (folder.sources != NULL) {
        TRY(folder_sources(&reading, err));
    }
    int code =
        rules_read(arena, reading.n, reading.files, folder.sources == NULL ? NULL : folder_knows,
                   &reading, &folder.rules, faults, err);
    faults_sort(faults);
    TRY(code);
    folder.n_files = reading.n;
    *out = folder;
    return 0;
}
