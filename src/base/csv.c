#include "csv.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "csv_mask.h"
#include "csv_place.h"

#define CSV_SCRATCH ((size_t)1024)

/* What the loop over a record keeps in registers: cells are written in between, and the compiler
 * cannot know that they do not change the struct csv. */
struct csv_scan {
    const char *block, *end;
    uint64_t hits; /* of the block, those not yet used */
    char separator;
};

static uint64_t csv_scan_block(const char *at, const char *end, char separator)
{
    size_t n = (size_t)(end - at);
    if (n >= CSV_MASK_N) {
        return csv_mask(at, separator);
    }
    char tail[CSV_MASK_N];
    csv_mask_tail(tail, at, n);
    return csv_mask(tail, separator);
}

/* The next separator, quote, CR or LF, or the end. */
static inline const char *csv_scan_next(struct csv_scan *scan)
{
    while (scan->hits == 0) {
        if (scan->end - scan->block <= CSV_MASK_N) {
            return scan->end;
        }
        scan->block += CSV_MASK_N;
        scan->hits = csv_scan_block(scan->block, scan->end, scan->separator);
    }
    const char *hit = scan->block + __builtin_ctzll(scan->hits);
    scan->hits &= scan->hits - 1;
    return hit;
}

static void csv_seek(struct csv *csv, const char *at)
{
    csv->at = at;
    csv->block = at;
    csv->hits = csv_scan_block(at, csv->end, csv->separator);
}

/* An error at byte `at` of the current record; the reader goes to the end. */
static int __attribute__((format(printf, 5, 6)))
csv_stop(struct csv *csv, enum err_code code, const char *at, struct ajar_err *err,
         const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct csv_place place;
    csv_place_find(&place, csv, csv->record, csv->row, at);
    err_at(err, code, csv->file, place.row, place.name, place.value, "%s", text);
    if (err != NULL) {
        err->at = place.at;
    }
    csv_seek(csv, csv->end);
    return (int)code;
}

static int csv_stop_field(struct csv *csv, const char *start, struct ajar_err *err)
{
    return csv_stop(csv, E_CSV_FIELD, start, err, "the field has more than %zu bytes",
                    csv->limits.field_n);
}

/* Cells with doubled quotes live in scratch memory.  When it is full a larger piece takes over, and
 * the cells already made stay where they are. */
static int csv_unescape(struct csv *csv, struct text raw, struct text *out, struct ajar_err *err)
{
    if (csv->scratch_n - csv->scratch_used < raw.n) {
        size_t n = csv->scratch_n < CSV_SCRATCH ? CSV_SCRATCH : 2 * csv->scratch_n;
        n = n < raw.n ? raw.n : n;
        char *scratch;
        TRY_NEW(scratch, csv->arena, n, err);
        csv->scratch = scratch;
        csv->scratch_n = n;
        csv->scratch_used = 0;
    }
    char *to = csv->scratch + csv->scratch_used;
    size_t n = 0;
    for (size_t i = 0; i < raw.n;) {
        const char *quote = memchr(raw.at + i, '"', raw.n - i);
        size_t run = quote == NULL ? raw.n - i : (size_t)(quote - raw.at) - i + 1;
        memcpy(to + n, raw.at + i, run);
        n += run;
        i += run + 1; /* past the twin */
    }
    csv->scratch_used += n;
    *out = (struct text){to, n};
    return 0;
}

/* A quoted field whose opening quote stands at `open` and was the last hit.  *stop gets the hit
 * behind the closing quote: a separator, a line end or the end. */
static int csv_quoted(struct csv *csv, struct csv_scan *scan, const char *open, struct text *cell,
                      const char **stop, struct ajar_err *err)
{
    const char *start = open + 1;
    bool doubled = false;
    for (;;) {
        const char *hit = csv_scan_next(scan);
        if ((size_t)(hit - start) > csv->limits.field_n) {
            return csv_stop_field(csv, open, err);
        }
        if (hit == scan->end) {
            return csv_stop(csv, E_CSV_QUOTE_UNCLOSED, open, err,
                            "the quote that opens this field is not closed before the end");
        }
        if (*hit == '\n') {
            csv->line++;
        } else if (*hit == '"') {
            const char *next = csv_scan_next(scan);
            if (next == hit + 1 && next != scan->end && *next == '"') {
                doubled = true;
                continue;
            }
            *stop = next;
            *cell = (struct text){start, (size_t)(hit - start)};
            if (next != hit + 1) {
                return csv_stop(csv, E_CSV_QUOTE_TRAILING, hit + 1, err,
                                "text stands behind the closing quote of this field");
            }
            break;
        }
    }
    if (doubled) {
        int code = csv_unescape(csv, *cell, cell, err);
        if (code != 0) {
            csv_seek(csv, csv->end);
            return code;
        }
    }
    return 0;
}

static int csv_any_quote(struct csv *csv, struct csv_scan *scan, const char *start, const char *hit,
                         struct text *cell, const char **stop, struct ajar_err *err)
{
    if (hit != start) {
        return csv_stop(csv, E_CSV_QUOTE_STRAY, hit, err,
                        "a double quote stands inside a field that is not quoted");
    }
    return csv_quoted(csv, scan, start, cell, stop, err);
}

/* Past the line end at `hit`, if it is not the end of the bytes; the reader stands behind it. */
static int csv_end_line(struct csv *csv, struct csv_scan scan, const char *hit,
                        struct ajar_err *err)
{
    const char *next = hit;
    if (hit != scan.end) {
        if (*hit == '\r') {
            next = csv_scan_next(&scan);
            if (next != hit + 1 || next == scan.end || *next != '\n') {
                return csv_stop(csv, E_CSV_CR, hit, err,
                                "a carriage return stands alone, without a line feed behind it");
            }
        }
        next++;
        csv->line++;
    }
    csv->at = next;
    csv->block = scan.block;
    csv->hits = scan.hits;
    return 0;
}

/* One record from csv->at; *n gets its fields, 0 for a blank line.  The first n_columns + 1 go into
 * cells: one more than the header has, so that a message can show it. */
static int csv_record(struct csv *csv, size_t *n, struct ajar_err *err)
{
    struct csv_scan scan = {csv->block, csv->end, csv->hits, csv->separator};
    struct text *cells = csv->cells;
    const size_t n_columns = csv->n_columns, field_n = csv->limits.field_n;
    const char *start = csv->at, *hit;
    size_t k = 0;
    csv->record = start;
    csv->row = csv->line;
    csv->scratch_used = 0;
    for (;;) {
        hit = csv_scan_next(&scan);
        struct text cell = {start, (size_t)(hit - start)};
        if (cell.n > field_n) {
            return csv_stop_field(csv, start, err);
        }
        if (hit != scan.end && *hit == '"') {
            struct csv_scan slow = scan; /* a copy, so that scan itself stays in registers */
            TRY(csv_any_quote(csv, &slow, start, hit, &cell, &hit, err));
            scan = slow;
        }
        if (k <= n_columns) {
            cells[k] = cell;
        }
        k++;
        if (hit == scan.end || *hit != scan.separator) {
            break;
        }
        start = hit + 1;
    }
    *n = hit == csv->record ? 0 : k;
    return csv_end_line(csv, scan, hit, err);
}

/* A record with too few or too many fields; the reader stands behind it already. */
static int csv_ragged(struct csv *csv, size_t n, struct ajar_err *err)
{
    struct text none = {"", 0};
    bool few = n < csv->n_columns;
    for (size_t i = n; i < csv->n_columns; i++) {
        csv->cells[i] = none;
    }
    char name[CSV_NAME];
    csv_place_name(name, csv, few ? n : csv->n_columns);
    enum err_code code = few ? E_CSV_SHORT : E_CSV_LONG;
    return err_at(err, code, csv->file, csv->row, name, few ? none : csv->cells[csv->n_columns],
                  "the row has %zu field%s, the header %zu", n, n == 1 ? "" : "s", csv->n_columns);
}

/* The next record that is no blank line; *n gets its fields, 0 at the end. */
static int csv_filled(struct csv *csv, size_t *n, struct ajar_err *err)
{
    size_t fields = 0;
    while (fields == 0 && csv->at != csv->end) {
        TRY(csv_record(csv, &fields, err));
    }
    *n = fields;
    return 0;
}

int csv_next(struct csv *csv, bool *more, struct ajar_err *err)
{
    size_t n = 0;
    TRY(csv_filled(csv, &n, err));
    if (n == 0) {
        *more = false;
        return 0;
    }
    if (csv->records == csv->limits.records) {
        return csv_stop(csv, E_CSV_RECORDS, csv->record, err, "the file has more than %llu records",
                        (unsigned long long)csv->limits.records);
    }
    csv->records++;
    if (n != csv->n_columns) {
        return csv_ragged(csv, n, err);
    }
    *more = true;
    return 0;
}

static char csv_find_separator(const char *at, const char *end)
{
    size_t tabs = 0, semicolons = 0, commas = 0;
    bool quoted = false;
    while (at < end && (*at == '\n' || *at == '\r')) {
        at++;
    }
    for (; at < end && (quoted || *at != '\n'); at++) {
        quoted = quoted != (*at == '"');
        if (!quoted) {
            tabs += *at == '\t';
            semicolons += *at == ';';
            commas += *at == ',';
        }
    }
    if (tabs > 0 && tabs >= semicolons && tabs >= commas) {
        return '\t';
    }
    return semicolons > 0 && semicolons >= commas ? ';' : ',';
}

/* While the header is read it is NULL, and every field up to the ceiling is a column. */
static int csv_read_header(struct csv *csv, struct ajar_err *err)
{
    size_t bytes = (size_t)(csv->end - csv->at), n = 0;
    csv->n_columns = csv->limits.columns <= bytes ? csv->limits.columns : bytes + 1;
    TRY_NEW(csv->cells, csv->arena, csv->n_columns + 1, err);
    TRY(csv_filled(csv, &n, err));
    if (n == 0) {
        return err_at(err, E_CSV_EMPTY, csv->file, 1, NULL, (struct text){"", 0},
                      "the file has no header line");
    }
    if (n > csv->limits.columns) {
        char name[CSV_NAME];
        csv_place_name(name, csv, csv->limits.columns);
        return err_at(err, E_CSV_COLUMNS, csv->file, csv->row, name, csv->cells[csv->n_columns],
                      "the header has %zu columns; at most %zu are read here", n,
                      csv->limits.columns);
    }
    struct text *header;
    TRY_NEW(header, csv->arena, n, err);
    memcpy(header, csv->cells, n * sizeof *header);
    csv->header = header;
    csv->n_columns = n;
    csv->scratch = NULL; /* the header stays in it */
    csv->scratch_n = 0;
    return 0;
}

/* The byte at `bad` is no text.  The header is known when it stands whole before that byte. */
static int csv_refuse_byte(struct csv *csv, bool header, struct text bytes, const char *bad,
                           struct ajar_err *err)
{
    struct csv_place place;
    bool behind = header && csv->at[-1] == '\n';
    csv->end = bytes.at + bytes.n;
    csv->header = behind ? csv->header : NULL;
    const char *from = behind ? csv->at : csv->record;
    csv_place_find(&place, csv, from, behind ? csv->line : csv->row, bad);
    return csv_place_refuse(&place, csv->file, bytes, (size_t)(bad - bytes.at), err);
}

int csv_open(struct csv *out, struct arena *arena, const char *file, struct text bytes,
             char separator, const struct csv_limits *limits, struct ajar_err *err)
{
    assert(separator == 0 || separator == ',' || separator == ';' || separator == '\t');
    TRY(csv_place_utf16(file, bytes, err));
    if (text_starts(bytes, "\xef\xbb\xbf")) {
        bytes.at += 3;
        bytes.n -= 3;
    }
    size_t good = csv_place_bad(bytes);
    struct csv csv = {.file = file, .arena = arena, .limits = *limits, .line = 1, .row = 1};
    csv.end = bytes.at + good;
    csv.separator = separator != 0 ? separator : csv_find_separator(bytes.at, csv.end);
    csv.record = bytes.at;
    csv_seek(&csv, bytes.at);
    int code = csv_read_header(&csv, err);
    if (good < bytes.n) {
        return csv_refuse_byte(&csv, code == 0, bytes, bytes.at + good, err);
    }
    TRY(code);
    *out = csv;
    return 0;
}

int csv_part_open(struct csv *out, struct arena *arena, const struct csv *whole,
                  const struct csv_part *part, struct ajar_err *err)
{
    struct csv csv = *whole;
    csv.arena = arena;
    csv.scratch = NULL;
    csv.scratch_n = csv.scratch_used = 0;
    TRY_NEW(csv.cells, arena, csv.n_columns + 1, err);
    csv.end = part->bytes.at + part->bytes.n;
    csv.line = csv.row = part->line;
    csv.records = whole->records + part->first_record;
    csv_seek(&csv, part->bytes.at);
    *out = csv;
    return 0;
}

int csv_column(const struct csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->n_columns; i++) {
        if (text_is(csv->header[i], name)) {
            return (int)i;
        }
    }
    return -1;
}
