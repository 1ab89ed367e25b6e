#include "flee_rows.h"

#include <string.h>

#include "flow_check.h"

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

size_t flee_rows_bound(struct text bytes)
{
    size_t n = 1;
    for (size_t i = 0; i < bytes.n; i++) {
        n += is_end(bytes.at[i]);
    }
    return n;
}

static long rows_line_of(struct text bytes, size_t at)
{
    long line = 1;
    for (size_t i = 0; i < at; i++) {
        line += bytes.at[i] == '\n' || (bytes.at[i] == '\r' && bytes.at[i + 1] != '\n');
    }
    return line;
}

static int rows_check_bytes(const char *file, struct text bytes, struct ajar_err *err)
{
    size_t bad;
    const char *nul = bytes.n > 0 ? memchr(bytes.at, '\0', bytes.n) : NULL;
    if (nul != NULL) {
        return err_at(err, E_CSV_NUL, file, rows_line_of(bytes, (size_t)(nul - bytes.at)), NULL,
                      (struct text){"", 0}, "a NUL byte stands here");
    }
    if (!text_utf8(bytes, &bad)) {
        return err_at(err, E_UTF8, file, rows_line_of(bytes, bad), NULL, (struct text){"", 0},
                      "this is not UTF-8");
    }
    return 0;
}

/* The most fields that a line can have. */
static size_t rows_widest(struct text bytes)
{
    size_t widest = 1, n = 1;
    for (size_t i = 0; i < bytes.n; i++) {
        n = is_end(bytes.at[i]) ? 1 : n + (bytes.at[i] == ',');
        widest = n > widest ? n : widest;
    }
    return widest;
}

int flee_rows_open(struct flee_rows *out, struct arena *arena, const char *file, struct text bytes,
                   struct faults *faults, struct ajar_err *err)
{
    TRY(rows_check_bytes(file, bytes, err));
    size_t widest = rows_widest(bytes);
    if (widest > FLEE_CELLS_MOST) {
        return err_at(err, E_FLOW_TOO_LARGE, file, 0, NULL, (struct text){"", 0},
                      "a line has %zu fields; at most %d are read", widest, FLEE_CELLS_MOST);
    }
    struct text *cells;
    TRY_NEW(cells, arena, widest, err);
    bool mark = text_starts(bytes, "\xef\xbb\xbf");
    *out = (struct flee_rows){.file = file,
                              .at = bytes.at + (mark ? 3 : 0),
                              .end = bytes.at + bytes.n,
                              .line = 1,
                              .arena = arena,
                              .cells = cells,
                              .faults = faults};
    return 0;
}

static struct text rows_line(struct flee_rows *rows)
{
    const char *from = rows->at;
    while (rows->at < rows->end && !is_end(*rows->at)) {
        rows->at++;
    }
    struct text line = {from, (size_t)(rows->at - from)};
    if (rows->at < rows->end) {
        bool both = *rows->at == '\r' && rows->at + 1 < rows->end && rows->at[1] == '\n';
        rows->at += both ? 2 : 1;
    }
    rows->line++;
    return line;
}

static bool rows_refuse(struct flee_rows *rows, enum err_code code, long line, struct text value,
                        const char *what)
{
    if (rows->faults != NULL) {
        err_at(faults_add(rows->faults), code, rows->file, line, NULL, value, "%s", what);
    }
    return false;
}

/* Offset of the closing quote of a field that begins at 0; from.n when there is none. */
static size_t rows_close(struct text from, bool *doubled)
{
    size_t at = 1;
    *doubled = false;
    while (at < from.n && (from.at[at] != '"' || (at + 1 < from.n && from.at[at + 1] == '"'))) {
        bool two = from.at[at] == '"';
        *doubled = *doubled || two;
        at += two ? 2 : 1;
    }
    return at;
}

/* What stands between quotes, with "" read as one; *rest gets what follows the closing quote. */
static bool rows_quoted(struct flee_rows *rows, struct text from, long line, struct text *cell,
                        struct text *rest)
{
    bool doubled;
    size_t end = rows_close(from, &doubled);
    if (end >= from.n) {
        return rows_refuse(rows, E_CSV_QUOTE_UNCLOSED, line, from,
                           "this quoted field is not closed on its line");
    }
    *rest = (struct text){from.at + end + 1, from.n - end - 1};
    *cell = (struct text){from.at + 1, end - 1};
    if (doubled) {
        char *plain = arena_new(rows->arena, char, end, NULL);
        if (plain == NULL) {
            return rows_refuse(rows, E_CEILING, line, from, "there is no memory for this field");
        }
        size_t n = 0;
        for (size_t i = 0; i < cell->n; i++) {
            plain[n++] = cell->at[i];
            i += cell->at[i] == '"';
        }
        *cell = (struct text){plain, n};
    }
    *cell = text_trim(*cell);
    return true;
}

static struct text rows_left(struct text a)
{
    while (a.n > 0 && (*a.at == ' ' || *a.at == '\t')) {
        a.at++;
        a.n--;
    }
    return a;
}

static bool rows_plain(struct flee_rows *rows, struct text cell, long line)
{
    if (cell.n > FLOW_WORD_MOST) {
        return rows_refuse(rows, E_CSV_FIELD, line, cell, "this field has more than 1000 bytes");
    }
    for (size_t i = 0; i < cell.n; i++) {
        if ((unsigned char)cell.at[i] < 0x20 || cell.at[i] == 0x7f) {
            return rows_refuse(rows, E_UTF8, line, cell,
                               "a control character stands in this field");
        }
    }
    return true;
}

static bool rows_split(struct flee_rows *rows, struct text line, struct flow_row *out)
{
    bool more = true;
    out->n = 0;
    while (more) {
        struct text cell, rest;
        line = rows_left(line);
        if (line.n > 0 && *line.at == '"') {
            if (!rows_quoted(rows, line, out->line, &cell, &rest)) {
                return false;
            }
            rest = rows_left(rest);
            if (rest.n > 0 && *rest.at != ',') {
                return rows_refuse(rows, E_CSV_QUOTE_TRAILING, out->line, line,
                                   "text stands behind the closing quote");
            }
        } else {
            size_t n = 0;
            while (n < line.n && line.at[n] != ',') {
                n++;
            }
            cell = text_trim((struct text){line.at, n});
            rest = (struct text){line.at + n, line.n - n};
        }
        if (!rows_plain(rows, cell, out->line)) {
            return false;
        }
        rows->cells[out->n++] = flow_word(cell);
        more = rest.n > 0;
        line = more ? (struct text){rest.at + 1, rest.n - 1} : rest;
    }
    out->cells = rows->cells;
    return true;
}

/* A comment may hold anything: what is wrong with its quotes is nobody's fault. */
static bool rows_note(struct flee_rows *rows, struct text line, struct flow_row *out)
{
    struct faults *faults = rows->faults;
    rows->faults = NULL;
    bool good = rows_split(rows, line, out);
    rows->faults = faults;
    if (good) {
        struct text first = rows->cells[0];
        rows->cells[0] = text_trim((struct text){first.at + 1, first.n - 1});
    }
    return good;
}

bool flee_rows_next(struct flee_rows *rows, struct flow_row *out)
{
    while (rows->at < rows->end) {
        out->line = rows->line;
        struct text line = rows_line(rows);
        struct text bare = text_trim(line);
        out->note = text_starts(bare, "#") || text_starts(bare, "\"#");
        if (bare.n > 0 && (out->note ? rows_note(rows, bare, out) : rows_split(rows, line, out))) {
            return true;
        }
    }
    return false;
}
