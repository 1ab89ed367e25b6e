#include "place_load.h"

#include <string.h>

#include "folder.h"

#define LOAD_FILES_MOST 4096
#define LOAD_HASH       ((size_t)1 << 20) /* bytes at a time */

/* "households.csv" in the arena. */
static int load_name(struct arena *arena, const char *prefix, const char *word, const char **out,
                     struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 4096);
    buf_printf(&buf, "%s%s.csv", prefix, word);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), out, err);
    buf_free(&buf);
    return code;
}

/* An output of `ajar run` has its tables under names that begin with place_. */
static int load_prefix(struct arena *arena, const char *dir, const char **out, struct ajar_err *err)
{
    const char *plain, *made;
    TRY(file_join(arena, dir, "households.csv", &plain, err));
    TRY(file_join(arena, dir, "place_households.csv", &made, err));
    *out = !file_exists(plain) && file_exists(made) ? "place_" : "";
    return 0;
}

static int load_path(struct arena *arena, const struct place_load_ask *ask, const char *prefix,
                     enum programme_table table, const char **out, struct ajar_err *err)
{
    const char *name, *path;
    *out = ask->path[table];
    if (*out != NULL || ask->dir == NULL) {
        return 0;
    }
    TRY(load_name(arena, prefix, programme_table_word(table), &name, err));
    TRY(file_join(arena, ask->dir, name, &path, err));
    *out = file_exists(path) ? path : NULL;
    return 0;
}

/* What stands in such a folder besides its tables: plans, priorities, what an import leaves. */
static bool load_beside(const char *name)
{
    static const char *const begins[] = {"plan", "priorities.csv", "mapping_", "errors_"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (strncmp(name, begins[i], strlen(begins[i])) == 0) {
            return true;
        }
    }
    return strchr(name, '/') != NULL;
}

/* A table under a slip of a name would be passed over, and its locks with it. */
static int load_strange(struct arena *arena, const char *dir, struct place_load *out,
                        struct ajar_err *err)
{
    const char *const *names;
    size_t n = 0;
    TRY(folder_files(arena, dir, ".csv", LOAD_FILES_MOST, &names, &n, err));
    TRY_NEW(out->strange, arena, n, err);
    for (size_t i = 0; i < n; i++) {
        bool strange = !load_beside(names[i]);
        for (enum programme_table t = 0; strange && t < PROGRAMME_TABLES; t++) {
            const char *name;
            TRY(load_name(arena, "", programme_table_word(t), &name, err));
            strange = strcmp(names[i], name) != 0;
        }
        if (strange) {
            out->strange[out->n_strange++] = names[i];
        }
    }
    return 0;
}

static int load_missing(const struct place_load_ask *ask, const struct place_load *out,
                        struct ajar_err *err)
{
    const char *where = ask->dir == NULL ? "" : ask->dir;
    const struct place_table *table = out->input.table;
    for (enum programme_table t = PROGRAMME_HOUSEHOLDS; t <= PROGRAMME_LOCALITIES; t++) {
        if (table[t].name == NULL) {
            const char *word = programme_table_word(t);
            err_at(err, E_PLACE_TABLES, where, 0, NULL, TEXT_LIT(""), "there is no table of the %s",
                   word);
            return err_hint(err, "Put %s.csv into the folder, or name it with --%s.", word, word);
        }
    }
    if (table[PROGRAMME_SCORES].name == NULL && table[PROGRAMME_CRITERIA].name == NULL) {
        err_at(err, E_PLACE_TABLES, where, 0, NULL, TEXT_LIT(""),
               "there are neither scores nor criteria, which say what makes a place good for whom");
        return err_hint(err, "Put scores.csv or criteria.csv into the folder, or name the scores "
                             "with --scores.");
    }
    return 0;
}

/* Tables can be larger than memory; what is read leaves it. */
static void load_passed(const void *arg, struct text bytes)
{
    const struct place_load *load = arg;
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        file_forget(&load->view[t], bytes);
    }
}

int place_load_open(struct arena *arena, const struct place_load_ask *ask, struct place_load *out,
                    struct ajar_err *err)
{
    const char *prefix = "";
    *out = (struct place_load){.input = {.on = ask->on, .passed = {load_passed, out}}};
    if (ask->dir != NULL) {
        if (!file_is_folder(ask->dir)) {
            return err_at(err, E_FILE_NOT_FOLDER, ask->dir, 0, NULL, TEXT_LIT(""),
                          "there is no such folder");
        }
        TRY(load_prefix(arena, ask->dir, &prefix, err));
    }
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        const char *path;
        TRY(load_path(arena, ask, prefix, t, &path, err));
        if (path != NULL) {
            TRY(file_open(&out->view[t], path, PLACE_LOAD_MOST, err));
            out->input.table[t] = (struct place_table){path, out->view[t].bytes};
        }
    }
    TRY(load_missing(ask, out, err));
    return ask->dir == NULL || prefix[0] != '\0' ? 0 : load_strange(arena, ask->dir, out, err);
}

void place_load_close(struct place_load *load)
{
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        file_close(&load->view[t]);
        load->input.table[t] = (struct place_table){0};
    }
}

int place_load_more(struct arena *arena, const char *dir, const char *name, const char *path,
                    struct file_view *view, struct place_table *out, struct ajar_err *err)
{
    *view = (struct file_view){0};
    *out = (struct place_table){0};
    if (path == NULL && dir != NULL) {
        const char *file;
        TRY(load_name(arena, "", name, &file, err));
        TRY(file_join(arena, dir, file, &path, err));
        path = file_exists(path) ? path : NULL;
    }
    if (path == NULL) {
        return 0;
    }
    TRY(file_open(view, path, PLACE_LOAD_MOST, err));
    *out = (struct place_table){path, view->bytes};
    return 0;
}

static void load_hash(const struct file_view *view, char to[static SHA256_HEX])
{
    struct sha256 hash;
    sha256_begin(&hash);
    for (size_t at = 0; at < view->bytes.n; at += LOAD_HASH) {
        size_t n = view->bytes.n - at;
        struct text part = {view->bytes.at + at, n < LOAD_HASH ? n : LOAD_HASH};
        sha256_add(&hash, part);
        file_forget(view, part);
    }
    sha256_end(&hash, to);
}

int place_load_inputs(struct arena *arena, const struct place_load *load,
                      const struct place_file_input **out, size_t *n, struct ajar_err *err)
{
    struct place_file_input *inputs;
    size_t count = 0;
    TRY_NEW(inputs, arena, PROGRAMME_TABLES, err);
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        const struct place_table *table = &load->input.table[t];
        if (table->name != NULL) {
            inputs[count].table = programme_table_word(t);
            inputs[count].file = table->name;
            load_hash(&load->view[t], inputs[count].sha256);
            count++;
        }
    }
    *out = inputs;
    *n = count;
    return 0;
}
