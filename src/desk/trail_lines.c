/* A trail in words. */
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "file.h"
#include "trail_read.h"

#define LINES_MOST 96
#define LINE_BYTES ((size_t)1 << 20)
#define LINES_FILE ((size_t)1 << 30)

struct lines {
    const struct trail_book *book;
    struct trail_line *at;
    size_t n;
    struct buf words;
    int code;
    struct ajar_err *err;
};

static const char *word_of(const json_t *object, const char *key)
{
    const char *word = json_string_value(json_object_get(object, key));
    return word == NULL ? "" : word;
}

/* Ends a line: its value is what was gathered in lines->words; without words there is no line. */
static void say(struct lines *lines, const char *label)
{
    const char *copy = NULL;
    if (lines->code != 0 || lines->words.n == 0 || lines->n == LINES_MOST) {
        lines->words.n = 0;
        return;
    }
    lines->code = buf_ok(&lines->words, lines->err);
    lines->code = lines->code != 0
                      ? lines->code
                      : text_copy(lines->book->arena, buf_view(&lines->words), &copy, lines->err);
    lines->words.n = 0;
    if (lines->code == 0) {
        lines->at[lines->n++] = (struct trail_line){label, text_of(copy)};
    }
}

static void say_what(struct lines *lines, const struct trail_at *at)
{
    size_t i, n = 0;
    json_t *column;
    const char *head = "";
    json_array_foreach(json_object_get(at->family, "columns"), i, column)
    {
        if (strcmp(json_string_value(column), at->column) == 0) {
            n = i;
        }
    }
    head = json_string_value(json_array_get(json_object_get(at->family, "heads"), n));
    if (head != NULL) {
        buf_printf(&lines->words, "%s: %s; %s", word_of(at->family, "what"),
                   word_of(at->row, "what"), head);
    } else {
        buf_str(&lines->words, word_of(at->row, "what"));
    }
    say(lines, "what");
}

static void say_part(struct lines *lines, const struct trail_at *at)
{
    const json_t *root = lines->book->root;
    buf_printf(&lines->words, "%s, Ajar %s, seed %lld", word_of(at->family, "part"),
               word_of(root, "version"),
               (long long)json_integer_value(json_object_get(root, "seed")));
    say(lines, "made by");
    const json_t *part =
        json_object_get(json_object_get(root, "parts"), word_of(at->family, "part"));
    const char *name;
    json_t *value, *all = json_object_get(part, "parameters");
    json_object_foreach(all, name, value)
    {
        buf_printf(&lines->words, "%s%s %s", lines->words.n > 0 ? "; " : "", name,
                   json_string_value(value));
    }
    say(lines, "parameters");
    buf_str(&lines->words, word_of(part, "method"));
    say(lines, "method");
}

static void say_file(struct lines *lines, const struct trail_at *at)
{
    const char *file = word_of(at->family, "file"), *where = word_of(at->family, "where");
    long long row = (long long)json_integer_value(json_object_get(at->row, "row"));
    if (file[0] != '\0') {
        buf_str(&lines->words, file);
        if (row > 0) {
            buf_printf(&lines->words, ", row %lld", row);
        } else if (where[0] != '\0') {
            buf_printf(&lines->words, ": %s", where);
        }
    }
    say(lines, "table");
    buf_str(&lines->words, word_of(at->row, "input"));
    say(lines, "input");
    buf_str(&lines->words, word_of(at->family, "rule"));
    say(lines, "rule");
}

/* "inputs.GEO" of "inputs.{key}". */
static void say_from(struct lines *lines, const struct trail_at *at)
{
    static const char slot[] = "{key}";
    const char *own = word_of(at->row, "from");
    const char *from = own[0] != '\0' ? own : word_of(at->family, "from");
    for (const char *found; (found = strstr(from, slot)) != NULL; from = found + sizeof slot - 1) {
        buf_bytes(&lines->words, from, (size_t)(found - from));
        buf_str(&lines->words, word_of(at->row, "key"));
    }
    buf_str(&lines->words, from);
    say(lines, "made from");
}

static const json_t *note_of(const struct trail_book *book, const char *list, const char *id)
{
    size_t i;
    json_t *note;
    json_array_foreach(json_object_get(book->root, list), i, note)
    {
        if (strcmp(word_of(note, "id"), id) == 0) {
            return note;
        }
    }
    return NULL;
}

static void say_notes(struct lines *lines, const struct trail_at *at, const char *list,
                      const char *label, const char *const words[4])
{
    size_t i;
    json_t *id;
    json_array_foreach(json_object_get(at->row, list), i, id)
    {
        const json_t *note = note_of(lines->book, list, json_string_value(id));
        buf_str(&lines->words, json_string_value(id));
        for (int w = 0; w < 4; w++) {
            const char *word = word_of(note, words[w]);
            buf_printf(&lines->words, "%s%s", word[0] == '\0' ? "" : w == 0 ? ": " : "; ", word);
        }
        say(lines, label);
    }
}

/* "host = GEO; need = 101459700" */
static int put_row(struct lines *lines, const char *file, struct text bytes, long long row)
{
    struct csv csv;
    bool more = true;
    TRY(csv_open(&csv, lines->book->arena, file, bytes, ',', &CSV_LIMITS_DEFAULT, lines->err));
    for (long long i = 0; i < row && more; i++) {
        TRY(csv_next(&csv, &more, lines->err));
    }
    for (size_t i = 0; more && i < csv.n_columns; i++) {
        if (csv.cells[i].n > 0) {
            buf_str(&lines->words, lines->words.n > 0 ? "; " : "");
            buf_text(&lines->words, csv.header[i]);
            buf_str(&lines->words, " = ");
            buf_text(&lines->words, csv.cells[i]);
        }
    }
    return 0;
}

static void say_row(struct lines *lines, const struct trail_at *at)
{
    const char *file = word_of(at->family, "file"), *path;
    long long row = (long long)json_integer_value(json_object_get(at->row, "row"));
    struct file_view view = {0};
    if (lines->code != 0 || row == 0 || file[0] == '\0') {
        return;
    }
    lines->code = file_join(lines->book->arena, lines->book->dir, file, &path, lines->err);
    if (lines->code == 0) {
        lines->code = file_open(&view, path, LINES_FILE, lines->err);
    }
    if (lines->code == 0) {
        lines->code = put_row(lines, file, view.bytes, row);
        file_close(&view);
    }
    say(lines, "the row");
}

int trail_lines(const struct trail_book *book, size_t figure, struct trail_line **out, size_t *n,
                struct ajar_err *err)
{
    static const char *const source[] = {"publisher", "title", "date", "url"};
    static const char *const assumption[] = {"quantity", "value", "date", "reason"};
    const struct trail_at *at = &book->at[figure];
    struct lines lines = {.book = book, .err = err};
    TRY_NEW(lines.at, book->arena, LINES_MOST, err);
    buf_init(&lines.words, LINE_BYTES);
    buf_str(&lines.words, word_of(json_object_get(at->row, "shown"), at->column));
    say(&lines, "number");
    say_what(&lines, at);
    buf_str(&lines.words, word_of(at->row, "kind"));
    say(&lines, "kind");
    say_part(&lines, at);
    say_file(&lines, at);
    say_row(&lines, at);
    say_from(&lines, at);
    say_notes(&lines, at, "sources", "source", source);
    say_notes(&lines, at, "assumptions", "assumption", assumption);
    buf_free(&lines.words);
    if (lines.code == 0) {
        *out = lines.at;
        *n = lines.n;
    }
    return lines.code;
}
