/* `ajar place import`: an officer's own tables made into the folder that a placement reads. */
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "file.h"
#include "folder.h"
#include "package_out.h"
#include "place_answer.h"
#include "place_import.h"
#include "place_input.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

#define IMPORT_MOST ((size_t)256 << 20) /* bytes of a table */

static const char *const import_kinds[] = {"households", "localities"};
enum { IMPORT_KINDS = sizeof import_kinds / sizeof *import_kinds };

/* One table under way; path NULL: it was not given. */
struct import_table {
    const char *path;
    struct file_view view, map;
    struct place_import made;
};

struct import_call {
    struct import_table tables[IMPORT_KINDS];
    struct faults faults;
    struct file_folder folder;
    struct package_out package;
};

static const char *import_option(const struct verb_call *call, const char *before, size_t kind)
{
    char name[32];
    snprintf(name, sizeof name, "%s%s", before, import_kinds[kind]);
    return place_call_text(call, name);
}

/* ---- Reading ---- */

static int import_read(const struct verb_call *call, struct import_call *it, size_t kind,
                       struct ajar_err *err)
{
    struct import_table *table = &it->tables[kind];
    const char *map = import_option(call, "map-", kind);
    struct place_import_options options = {.kind = (enum place_import_kind)kind};
    TRY(file_open(&table->view, table->path, IMPORT_MOST, err));
    if (map != NULL) {
        TRY(file_open(&table->map, map, IMPORT_MOST, err));
        options.map = (struct place_table){map, table->map.bytes};
    }
    return place_import(call->arena, table->path, table->view.bytes, &options, &it->faults,
                        &table->made, err);
}

/* ---- Writing ---- */

static int import_put(const struct verb_call *call, struct import_call *it, const char *name,
                      struct text bytes, struct ajar_err *err)
{
    TRY(file_folder_write(&it->folder, call->arena, name, bytes, err));
    return package_out_add(&it->package, name, bytes, err);
}

/* errors.csv and mapping.csv are of one of the two tables, and are no tables of a placement. */
static int import_write(const struct verb_call *call, struct import_call *it, size_t kind,
                        struct ajar_err *err)
{
    const struct place_import *made = &it->tables[kind].made;
    for (size_t i = 0; i < made->n_files; i++) {
        const char *name = made->files[i].name;
        char own[64];
        bool extra = strcmp(name, "errors.csv") == 0 || strcmp(name, "mapping.csv") == 0;
        snprintf(own, sizeof own, "%.*s_%s.csv", (int)strcspn(name, "."), name, import_kinds[kind]);
        const char *copy;
        TRY(text_copy(call->arena, text_of(extra ? own : name), &copy, err));
        TRY(import_put(call, it, copy, made->files[i].bytes, err));
    }
    return 0;
}

static bool import_made(const struct import_call *it, const char *name)
{
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        for (size_t i = 0; i < it->tables[k].made.n_files; i++) {
            if (strcmp(it->tables[k].made.files[i].name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The other tables of a placement that stand in --with, as they are. */
static int import_with(const struct verb_call *call, struct import_call *it, const char *dir,
                       struct ajar_err *err)
{
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        char name[64];
        const char *path, *copy;
        struct file_view view;
        snprintf(name, sizeof name, "%s.csv", programme_table_word(t));
        TRY(file_join(call->arena, dir, name, &path, err));
        if (import_made(it, name) || !file_exists(path)) {
            continue;
        }
        TRY(text_copy(call->arena, text_of(name), &copy, err));
        TRY(file_open(&view, path, IMPORT_MOST, err));
        int code = import_put(call, it, copy, view.bytes, err);
        file_close(&view);
        TRY(code);
    }
    return 0;
}

static int import_fill(const struct verb_call *call, struct import_call *it, struct ajar_err *err)
{
    const char *with = call_text(call, "with");
    struct text json;
    TRY(package_out_init(&it->package, call->arena, err));
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        TRY(import_write(call, it, k, err));
    }
    if (with != NULL) {
        TRY(import_with(call, it, with, err));
    }
    TRY(package_out_json(&it->package, TEXT_LIT("A placement, imported"), &json, err));
    return file_folder_write(&it->folder, call->arena, "datapackage.json", json, err);
}

/* ---- Telling ---- */

static const char *import_separator(char separator)
{
    return separator == '\t' ? "tabs" : separator == ';' ? "semicolons" : "commas";
}

static int import_columns(const struct verb_call *call, const struct place_import *made,
                          struct ajar_err *err)
{
    static const struct table_column columns[] = {{"heading", TABLE_WORD}, {"becomes", TABLE_WORD}};
    struct table table;
    table_init(&table, call->arena, columns, 2);
    for (size_t i = 0; i < made->n_columns; i++) {
        struct text word;
        if (made->columns[i].heading.n == 0) {
            continue;
        }
        TRY(place_import_word(call->arena, &made->columns[i], &word, err));
        table_begin_row(&table);
        table_text(&table, made->columns[i].heading);
        table_text(&table, word);
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int import_show(const struct verb_call *call, const struct import_call *it,
                       struct ajar_err *err)
{
    bool first = true;
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        const struct place_import *made = &it->tables[k].made;
        if (it->tables[k].path == NULL) {
            continue;
        }
        fputs(first ? "" : "\n", call->to);
        first = false;
        tell_say(call,
                 "%s: %llu of %llu rows are %s now; %llu left out with what is wrong, in "
                 "errors_%s.csv. %s, %s; rows of totals: %llu.",
                 it->tables[k].path, (unsigned long long)made->n_good,
                 (unsigned long long)made->n_rows, import_kinds[k],
                 (unsigned long long)(made->n_rows - made->n_good), import_kinds[k], made->encoding,
                 import_separator(made->separator), (unsigned long long)made->n_totals);
        TRY(import_columns(call, made, err));
        for (size_t i = 0; i < made->n_said; i++) {
            fputs("- ", call->to);
            tell_text(call, made->said[i], 2);
            fputc('\n', call->to);
        }
    }
    fprintf(call->to, "\nTables: %s\n", call->out);
    return 0;
}

static int import_json_table(const struct verb_call *call, struct json_out *json,
                             const struct import_table *table, struct ajar_err *err)
{
    const struct place_import *made = &table->made;
    json_begin_object(json);
    put_str(json, "file", table->path);
    put_str(json, "encoding", made->encoding);
    put_str(json, "separator", import_separator(made->separator));
    put_int(json, "heading_row", made->heading_row);
    put_int(json, "rows", (int64_t)made->n_rows);
    put_int(json, "good", (int64_t)made->n_good);
    put_int(json, "totals", (int64_t)made->n_totals);
    json_key(json, "columns");
    json_begin_array(json);
    for (size_t i = 0; i < made->n_columns; i++) {
        struct text word;
        TRY(place_import_word(call->arena, &made->columns[i], &word, err));
        json_begin_object(json);
        put_text(json, "heading", made->columns[i].heading);
        put_text(json, "column", word);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "said");
    json_begin_array(json);
    for (size_t i = 0; i < made->n_said; i++) {
        json_put_text(json, made->said[i]);
    }
    json_end_array(json);
    json_end_object(json);
    return 0;
}

static int import_json(const struct verb_call *call, const struct import_call *it,
                       struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_str(&json, "out", call->out);
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        json_key(&json, import_kinds[k]);
        if (it->tables[k].path == NULL) {
            json_put_null(&json);
            continue;
        }
        int code = import_json_table(call, &json, &it->tables[k], err);
        if (code != 0) {
            buf_free(&buf);
            return code;
        }
    }
    return place_json_close(&json, &buf, call, err);
}

static int import_work(struct verb_call *call, struct import_call *it, struct answer *answer,
                       struct ajar_err *err)
{
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        if (it->tables[k].path != NULL) {
            TRY(import_read(call, it, k, err));
        }
    }
    call_faults(call, &it->faults);
    TRY(import_fill(call, it, err));
    TRY(answer_begin(answer, call, err));
    int code =
        call->json ? import_json(&answer->call, it, err) : import_show(&answer->call, it, err);
    TRY(answer_made(answer, code, err));
    TRY(file_folder_commit(&it->folder, err));
    call->exit_code = it->faults.total > 0 ? 1 : 0;
    return 0;
}

int place_answer_import(struct verb_call *call, struct ajar_err *err)
{
    struct import_call it = {0};
    struct answer answer = {0};
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        it.tables[k].path = import_option(call, "", k);
    }
    if (it.tables[0].path == NULL && it.tables[1].path == NULL) {
        TRY(call_require(call, "households", err));
    }
    TRY(faults_init(&it.faults, call->arena, PLACE_FAULTS, err));
    TRY(call_out_failed(
        call,
        file_folder_begin(&it.folder, call->arena, call->out, call_flag(call, "replace"), err),
        err));
    int code = import_work(call, &it, &answer, err);
    file_folder_abort(&it.folder);
    for (size_t k = 0; k < IMPORT_KINDS; k++) {
        file_close(&it.tables[k].view);
        file_close(&it.tables[k].map);
    }
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}
