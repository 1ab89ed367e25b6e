#include "trail_read.h"

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "json.h"
#include "sha256.h"
#include "trail.h"

#define READ_TRAIL ((size_t)64 << 20) /* bytes of trail.json */
#define READ_FILE  ((size_t)4 << 30)  /* bytes of another file of the folder */

static int read_root(struct trail_book *book, struct ajar_err *err)
{
    const char *path;
    struct file_view view = {0};
    TRY(file_join(book->arena, book->dir, TRAIL_FILE, &path, err));
    if (!file_exists(path)) {
        err_at(err, E_TRACE_NONE, book->dir, 0, NULL, text_of(TRAIL_FILE), "The folder has no %s.",
               TRAIL_FILE);
        return err_hint(err, "Name the folder that `ajar run SCENARIO --out DIR` made.");
    }
    TRY(file_open(&view, path, READ_TRAIL, err));
    int code = json_read(path, view.bytes, READ_TRAIL, &book->root, err);
    file_close(&view);
    if (code == 0 && !json_is_array(json_object_get(book->root, "families"))) {
        return err_at(err, E_TRACE_NONE, path, 0, NULL, text_of(""), "It holds no trails.");
    }
    return code;
}

static int prove_file(const struct trail_book *book, const char *name, const char *hash,
                      struct ajar_err *err)
{
    const char *path;
    char hex[SHA256_HEX];
    struct file_view view = {0};
    TRY(file_join(book->arena, book->dir, name, &path, err));
    if (!file_exists(path)) {
        return err_at(err, E_TRACE_CHANGED, path, 0, NULL, text_of(name), "The file is gone.");
    }
    TRY(file_open(&view, path, READ_FILE, err));
    sha256_hex(view.bytes, hex);
    file_close(&view);
    if (strcmp(hex, hash) != 0) {
        return err_at(err, E_TRACE_CHANGED, path, 0, NULL, text_of(name),
                      "The file is not as the run wrote it.");
    }
    return 0;
}

static const char *word_of(const json_t *object, const char *key)
{
    const char *word = json_string_value(json_object_get(object, key));
    return word == NULL ? "" : word;
}

static int prove_files(const struct trail_book *book, struct ajar_err *err)
{
    size_t i;
    json_t *file;
    json_array_foreach(json_object_get(book->root, "files"), i, file)
    {
        TRY(prove_file(book, word_of(file, "name"), word_of(file, "sha256"), err));
    }
    return 0;
}

static size_t count_figures(const struct trail_book *book)
{
    size_t f, r, n = 0;
    json_t *family, *row;
    json_array_foreach(json_object_get(book->root, "families"), f, family)
    {
        json_array_foreach(json_object_get(family, "rows"), r, row)
        {
            n += json_object_size(json_object_get(row, "shown"));
        }
    }
    return n;
}

static int keep_id(struct trail_book *book, json_t *family, json_t *row, const char *column,
                   struct ajar_err *err)
{
    char id[512];
    snprintf(id, sizeof id, "%s.%s.%s", word_of(family, "id"), word_of(row, "key"), column);
    TRY(text_copy(book->arena, text_of(id), &book->ids[book->n], err));
    book->at[book->n++] = (struct trail_at){family, row, column};
    return 0;
}

static int list_figures(struct trail_book *book, struct ajar_err *err)
{
    size_t f, r, most = count_figures(book);
    json_t *family, *row, *shown;
    const char *column;
    TRY_NEW(book->ids, book->arena, most, err);
    TRY_NEW(book->at, book->arena, most, err);
    json_array_foreach(json_object_get(book->root, "families"), f, family)
    {
        json_array_foreach(json_object_get(family, "rows"), r, row)
        {
            json_object_foreach(json_object_get(row, "shown"), column, shown)
            {
                TRY(keep_id(book, family, row, column, err));
            }
        }
    }
    return 0;
}

int trail_open(struct trail_book *out, struct arena *arena, const char *dir, struct ajar_err *err)
{
    *out = (struct trail_book){.arena = arena, .dir = dir};
    TRY(read_root(out, err));
    TRY(prove_files(out, err));
    return list_figures(out, err);
}

void trail_close(struct trail_book *book)
{
    json_decref(book->root);
    *book = (struct trail_book){0};
}

bool trail_fits(const char *id, const char *prefix)
{
    size_t n = strlen(prefix);
    return strncmp(id, prefix, n) == 0 &&
           (n == 0 || id[n] == '\0' || id[n] == '.' || prefix[n - 1] == '.');
}

/* The three ids with the longest common beginning, those of fewest slips first among equals. */
static int advise(const struct trail_book *book, const char *id, struct ajar_err *err)
{
    const char *near = text_nearest(text_of(id), book->ids, book->n);
    size_t best = 0, at = 0;
    for (size_t i = 0; i < book->n; i++) {
        size_t n = 0;
        while (id[n] != '\0' && id[n] == book->ids[i][n]) {
            n++;
        }
        if (n > best) {
            best = n;
            at = i;
        }
    }
    if (near != NULL) {
        return err_hint(err, "Did you mean `%s`?", near);
    }
    if (best < 3) {
        return err_hint(err, "`ajar trace %s` lists the ids.", book->dir);
    }
    return err_hint(err, "Near it: `%s`. `ajar trace %s` lists all.", book->ids[at], book->dir);
}

int trail_find(const struct trail_book *book, const char *id, size_t *out, struct ajar_err *err)
{
    for (size_t i = 0; i < book->n; i++) {
        if (strcmp(book->ids[i], id) == 0) {
            *out = i;
            return 0;
        }
    }
    err_at(err, E_TRACE_FIGURE, NULL, 0, NULL, text_of(id), "The report has no such figure.");
    return advise(book, id, err);
}
