#include "csv_place.h"

#include <stdio.h>
#include <string.h>

/* Bytes before the offending one that a message shows of a long cell. */
#define CSV_PLACE_LEAD 60
/* Bytes looked at to guess an old encoding. */
#define CSV_PLACE_SAMPLE ((size_t)65536)

void csv_place_name(char to[static CSV_NAME], const struct csv *csv, size_t column)
{
    if (csv->header == NULL || column >= csv->n_columns || csv->header[column].n == 0) {
        snprintf(to, CSV_NAME, "column %zu", column + 1);
        return;
    }
    struct text name = csv->header[column];
    size_t n = name.n < CSV_NAME - 1 ? name.n : CSV_NAME - 1, bad = 0;
    memcpy(to, name.at, n);
    to[text_utf8((struct text){to, n}, &bad) ? n : bad] = '\0';
}

static bool csv_place_inside(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static struct text csv_place_value(const struct csv *csv, const char *cell, const char *byte)
{
    const char *from = byte - cell > CSV_PLACE_LEAD ? byte - CSV_PLACE_LEAD : cell;
    while (from < byte && csv_place_inside(*from)) {
        from++;
    }
    const char *to = byte < csv->end ? byte + 1 : byte;
    while (to < csv->end && *to != csv->separator && *to != '\n' && *to != '\r') {
        to++;
    }
    return (struct text){from, (size_t)(to - from)};
}

void csv_place_find(struct csv_place *out, const struct csv *csv, const char *record, long row,
                    const char *byte)
{
    const char *cell = record, *line_at = record;
    size_t column = 0;
    bool quoted = false;
    *out = (struct csv_place){.row = row, .line = row};
    for (const char *at = record; at < byte; at++) {
        if (*at == '"') {
            quoted = !quoted;
        } else if (*at == '\n') {
            out->line++;
            line_at = at + 1;
        }
        if (!quoted && *at == '\n') {
            out->row = out->line;
            cell = at + 1;
            column = 0;
        } else if (!quoted && *at == csv->separator) {
            cell = at + 1;
            column++;
        }
    }
    if (out->line == out->row) {
        out->at = 1;
        for (const char *at = line_at; at < byte; at++) {
            out->at += !csv_place_inside(*at);
        }
    }
    csv_place_name(out->name, csv, column);
    out->value = csv_place_value(csv, cell, byte);
}

size_t csv_place_bad(struct text bytes)
{
    size_t good = bytes.n;
    if (text_utf8(bytes, &good)) {
        good = bytes.n;
    }
    const char *nul = good == 0 ? NULL : memchr(bytes.at, '\0', good);
    return nul == NULL ? good : (size_t)(nul - bytes.at);
}

int csv_place_utf16(const char *file, struct text bytes, struct ajar_err *err)
{
    if (!text_starts(bytes, "\xff\xfe") && !text_starts(bytes, "\xfe\xff")) {
        return 0;
    }
    err_at(err, E_UTF8, file, 1, "column 1", (struct text){bytes.at, 2},
           "the file starts with the byte-order mark of UTF-16");
    err_hint(err, "Save the file again as UTF-8; in a spreadsheet program choose \"CSV UTF-8\".");
    return E_UTF8;
}

/* Russian text in windows-1251 is runs of high bytes, Western text in windows-1252 has single ones
 * between ASCII letters. */
static bool csv_place_cyrillic(struct text bytes, size_t bad)
{
    size_t to = bytes.n - bad < CSV_PLACE_SAMPLE ? bytes.n : bad + CSV_PLACE_SAMPLE;
    size_t in_runs = 0, alone = 0;
    for (size_t i = bad; i < to; i++) {
        if ((unsigned char)bytes.at[i] >= 0xc0) {
            bool run = (i > 0 && (unsigned char)bytes.at[i - 1] >= 0xc0) ||
                       (i + 1 < bytes.n && (unsigned char)bytes.at[i + 1] >= 0xc0);
            in_runs += run;
            alone += !run;
        }
    }
    return in_runs > alone;
}

/* Whether the file ends within the character that begins at `bad`. */
static bool csv_place_cut(struct text bytes, size_t bad)
{
    unsigned char lead = (unsigned char)bytes.at[bad];
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2, n = bytes.n - bad;
    if (lead < 0xc2 || lead > 0xf4 || n >= length) {
        return false;
    }
    for (size_t i = 1; i < n; i++) {
        if (!csv_place_inside(bytes.at[bad + i])) {
            return false;
        }
    }
    return true;
}

static void csv_place_hint(struct text bytes, size_t bad, struct ajar_err *err)
{
    bool nul = bytes.at[bad] == '\0';
    if (text_starts(bytes, "PK\x03\x04") || text_starts(bytes, "\xd0\xcf\x11\xe0")) {
        err_hint(err, "This looks like a spreadsheet file (.xlsx, .ods, .xls): open it and save it "
                      "as CSV in UTF-8.");
    } else if (nul && bad < 2) {
        err_hint(err, "This looks like UTF-16: save the file again as UTF-8; in a spreadsheet "
                      "program choose \"CSV UTF-8\".");
    } else if (!nul && csv_place_cut(bytes, bad)) {
        err_hint(err, "The file ends in the middle of a character: copy or download it again.");
    } else if (!nul) {
        const char *from = csv_place_cyrillic(bytes, bad) ? "windows-1251" : "windows-1252";
        err_hint(err,
                 "This looks like %s: save the file again as UTF-8, or convert it with: iconv "
                 "-f %s -t UTF-8 FILE",
                 from, from);
    }
}

int csv_place_refuse(const struct csv_place *place, const char *file, struct text bytes, size_t bad,
                     struct ajar_err *err)
{
    enum err_code code = bytes.at[bad] == '\0' ? E_CSV_NUL : E_UTF8;
    const char *what = code == E_CSV_NUL ? "a NUL byte" : "a byte that is not UTF-8";
    err_at(err, code, file, place->row, place->name, place->value, "%s stands in line %ld", what,
           place->line);
    if (err != NULL) {
        err->at = place->at;
        csv_place_hint(bytes, bad, err);
    }
    return (int)code;
}
