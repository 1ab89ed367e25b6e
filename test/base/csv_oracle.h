/* CSV read in the most obvious way, a byte at a time, and the comparison of the real reader with
 * it.  Used by the tests and by the fuzz target. */
#ifndef TEST_CSV_ORACLE_H
#define TEST_CSV_ORACLE_H

#include <stdio.h>
#include <string.h>

#include "csv.h"

#define ORACLE_BYTES 4096 /* longest input that is compared */
#define ORACLE_PARTS 9

struct oracle {
    struct text bytes;
    char separator;
    struct csv_limits limits;
    size_t i;
};

/* n fields, 0 at the end; or an error: its row, character in that row, column from 0. */
struct oracle_record {
    size_t n;
    int code;
    long row, at;
    size_t column;
    size_t used;
    char bytes[ORACLE_BYTES];
    struct text cells[ORACLE_BYTES + 1];
};

static long oracle_line(struct text bytes, size_t offset, size_t *line_start)
{
    long line = 1;
    *line_start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (bytes.at[i] == '\n') {
            line++;
            *line_start = i + 1;
        }
    }
    return line;
}

static int oracle_fail(struct oracle *oracle, struct oracle_record *out, int code, size_t offset)
{
    size_t line_start;
    out->at = 0;
    if (oracle_line(oracle->bytes, offset, &line_start) == out->row) {
        out->at = 1;
        for (size_t i = line_start; i < offset; i++) {
            out->at += ((unsigned char)oracle->bytes.at[i] & 0xc0) != 0x80;
        }
    }
    out->code = code;
    out->column = out->n;
    oracle->i = oracle->bytes.n;
    return code;
}

static bool oracle_is(const struct oracle *oracle, size_t i, char c)
{
    return i < oracle->bytes.n && oracle->bytes.at[i] == c;
}

static bool oracle_ends_field(const struct oracle *oracle, size_t i)
{
    return i == oracle->bytes.n || oracle_is(oracle, i, oracle->separator) ||
           oracle_is(oracle, i, '\n') || oracle_is(oracle, i, '\r');
}

static int oracle_field(struct oracle *oracle, struct oracle_record *out)
{
    const size_t start = oracle->i;
    const bool quoted = oracle_is(oracle, start, '"');
    char *cell = out->bytes + out->used;
    size_t n = 0, raw = 0;
    oracle->i += quoted;
    for (;;) {
        size_t i = oracle->i, step = 1;
        if (!quoted && oracle_ends_field(oracle, i)) {
            break;
        }
        if (i == oracle->bytes.n) {
            return oracle_fail(oracle, out, E_CSV_QUOTE_UNCLOSED, start);
        }
        if (oracle_is(oracle, i, '"')) {
            if (!quoted) {
                return oracle_fail(oracle, out, E_CSV_QUOTE_STRAY, i);
            }
            if (!oracle_is(oracle, i + 1, '"')) {
                oracle->i++;
                break;
            }
            step = 2;
        }
        cell[n++] = oracle->bytes.at[i];
        raw += step;
        oracle->i += step;
        if (raw > oracle->limits.field_n) {
            return oracle_fail(oracle, out, E_CSV_FIELD, start);
        }
    }
    if (!oracle_ends_field(oracle, oracle->i)) {
        return oracle_fail(oracle, out, E_CSV_QUOTE_TRAILING, oracle->i);
    }
    out->used += n;
    out->cells[out->n++] = (struct text){cell, n};
    return 0;
}

static int oracle_record(struct oracle *oracle, struct oracle_record *out)
{
    size_t line_start;
    while (oracle_is(oracle, oracle->i, '\n') ||
           (oracle_is(oracle, oracle->i, '\r') && oracle_is(oracle, oracle->i + 1, '\n'))) {
        oracle->i++;
    }
    out->n = out->used = 0;
    out->code = 0;
    out->row = oracle_line(oracle->bytes, oracle->i, &line_start);
    if (oracle->i == oracle->bytes.n) {
        return 0;
    }
    for (;;) {
        TRY(oracle_field(oracle, out));
        if (!oracle_is(oracle, oracle->i, oracle->separator)) {
            break;
        }
        oracle->i++;
    }
    if (oracle_is(oracle, oracle->i, '\r')) {
        if (!oracle_is(oracle, oracle->i + 1, '\n')) {
            out->n--;
            return oracle_fail(oracle, out, E_CSV_CR, oracle->i);
        }
        oracle->i++;
    }
    oracle->i += oracle->i < oracle->bytes.n;
    return 0;
}

/* What went differently, in words. */
struct oracle_say {
    char text[600];
};

#define ORACLE_SAY(say, ...) (snprintf((say)->text, sizeof(say)->text, __VA_ARGS__), false)

/* As messages show it: a control character, also one of U+0080 to U+009F, is a question mark. */
static void oracle_shown(char *name)
{
    char *to = name;
    for (const char *c = name; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c, next = (unsigned char)c[1];
        bool wide = byte == 0xc2 && next >= 0x80 && next < 0xa0;
        *to++ = wide || byte < 0x20 || byte == 0x7f ? '?' : *c;
        c += wide;
    }
    *to = '\0';
}

/* The record after a good csv_next, or the error after a failed one, against the oracle's. */
static bool oracle_same_record(const struct csv *csv, int code, const struct ajar_err *err,
                               const struct oracle_record *want, struct oracle_say *say)
{
    if (code != want->code) {
        return ORACLE_SAY(say, "row %ld: code %d (%s), not %d", want->row, code, err->text,
                          want->code);
    }
    if (csv->row != want->row || (code != 0 && err->row != want->row)) {
        return ORACLE_SAY(say, "row %ld (error %ld), not %ld", csv->row, err->row, want->row);
    }
    bool ragged = code == E_CSV_SHORT || code == E_CSV_LONG;
    if (code != 0) {
        char name[64];
        snprintf(name, sizeof name, "column %zu", want->column + 1);
        if (want->column < csv->n_columns && csv->header[want->column].n > 0) {
            struct text header = csv->header[want->column];
            size_t n = header.n < sizeof name ? header.n : sizeof name - 1;
            while (n < header.n && (header.at[n] & 0xc0) == 0x80) {
                n--; /* no part of a character */
            }
            snprintf(name, sizeof name, "%.*s", (int)n, header.at);
        }
        oracle_shown(name);
        if (strncmp(err->column, name, 60) != 0 || (!ragged && err->at != want->at)) {
            return ORACLE_SAY(say, "row %ld: %.80s at %ld, not %.80s at %ld", want->row,
                              err->column, err->at, name, want->at);
        }
    }
    for (size_t i = 0; (code == 0 || ragged) && i < csv->n_columns; i++) {
        struct text cell = i < want->n ? want->cells[i] : (struct text){"", 0};
        if (!text_eq(csv->cells[i], cell)) {
            return ORACLE_SAY(say, "row %ld: cell %zu is %.*s, not %.*s", want->row, i,
                              (int)csv->cells[i].n, csv->cells[i].at, (int)cell.n, cell.at);
        }
    }
    return true;
}

/* What csv_next must say of a record that the oracle read. */
static void oracle_judge(struct oracle *oracle, struct oracle_record *want, size_t n_columns,
                         uint64_t records)
{
    if (want->code != 0 || want->n == 0) {
        return;
    }
    if (records >= oracle->limits.records) {
        size_t line_start;
        oracle_line(oracle->bytes, oracle->i, &line_start);
        want->code = E_CSV_RECORDS;
        want->column = 0;
        want->at = 1;
        oracle->i = oracle->bytes.n;
    } else if (want->n != n_columns) {
        want->code = want->n < n_columns ? E_CSV_SHORT : E_CSV_LONG;
        want->column = want->n < n_columns ? want->n : n_columns;
    }
}

/* Reads on in all parts, in order, as if they were one reader.  Parts behind an error that ends
 * reading are dropped. */
static bool oracle_same_parts(const struct csv *whole, size_t n_parts, struct oracle oracle,
                              struct oracle_record *want, struct oracle_say *say)
{
    struct csv_part parts[ORACLE_PARTS];
    const char *at = whole->at;
    csv_split(whole, n_parts, parts);
    uint64_t total = 0;
    bool ended = false;
    for (size_t part = 0; part < n_parts && !ended; part++) {
        struct csv csv;
        struct ajar_err err = {0};
        if (parts[part].bytes.at != at || parts[part].first_record < total ||
            csv_part_open(&csv, whole->arena, whole, &parts[part], &err) != 0) {
            return ORACLE_SAY(say, "part %zu of %zu does not follow", part, n_parts);
        }
        if (parts[part].first_record != total) {
            return ORACLE_SAY(say, "part %zu of %zu starts at record %llu, not %llu", part, n_parts,
                              (unsigned long long)parts[part].first_record,
                              (unsigned long long)total);
        }
        at += parts[part].bytes.n;
        uint64_t here = 0;
        for (bool more = true; more;) {
            int code = csv_next(&csv, &more, &err);
            if (code == 0 && !more) {
                break;
            }
            oracle_record(&oracle, want);
            oracle_judge(&oracle, want, whole->n_columns, total + whole->records);
            if (!oracle_same_record(&csv, code, &err, want, say)) {
                return false;
            }
            ended = code != 0 && code != E_CSV_SHORT && code != E_CSV_LONG;
            here += !ended;
            total += !ended;
        }
        if (here > parts[part].records || (!ended && here != parts[part].records)) {
            return ORACLE_SAY(say, "part %zu of %zu has %llu records, not %llu", part, n_parts,
                              (unsigned long long)here, (unsigned long long)parts[part].records);
        }
    }
    if (!ended && (oracle_record(&oracle, want), want->code != 0 || want->n != 0)) {
        return ORACLE_SAY(say, "%zu parts end early, at record %llu", n_parts,
                          (unsigned long long)total);
    }
    return ended || at == whole->end || ORACLE_SAY(say, "%zu parts leave bytes over", n_parts);
}

/* Whether csv_open, csv_next and every csv_split read `bytes` (at most ORACLE_BYTES, without a
 * byte-order mark, UTF-8 without NUL) as the oracle does. */
static bool oracle_same(struct text bytes, char separator, const struct csv_limits *limits,
                        struct arena *arena, struct oracle_say *say)
{
    static struct oracle_record want;
    struct oracle oracle = {.bytes = bytes, .separator = separator, .limits = *limits};
    struct csv csv;
    struct ajar_err err = {0};
    int code = csv_open(&csv, arena, "oracle.csv", bytes, separator, limits, &err);
    oracle_record(&oracle, &want);
    int expected = want.code;
    if (expected == 0) {
        expected = want.n == 0 ? E_CSV_EMPTY : want.n > limits->columns ? E_CSV_COLUMNS : 0;
    }
    if (code != expected) {
        return ORACLE_SAY(say, "header: code %d (%s), not %d", code, err.text, expected);
    }
    if (code != 0) {
        return err.row == (code == E_CSV_EMPTY ? 1 : want.row) ||
               ORACLE_SAY(say, "header: row %ld, not %ld", err.row, want.row);
    }
    if (csv.n_columns != want.n) {
        return ORACLE_SAY(say, "header: %zu columns, not %zu", csv.n_columns, want.n);
    }
    for (size_t i = 0; i < want.n; i++) {
        if (!text_eq(csv.header[i], want.cells[i])) {
            return ORACLE_SAY(say, "header: column %zu differs", i);
        }
    }
    for (size_t n_parts = 1; n_parts <= ORACLE_PARTS; n_parts++) {
        if (!oracle_same_parts(&csv, n_parts, oracle, &want, say)) {
            return false;
        }
    }
    bool more = true;
    do {
        err = (struct ajar_err){0};
        code = csv_next(&csv, &more, &err);
        oracle_record(&oracle, &want);
        oracle_judge(&oracle, &want, csv.n_columns, csv.records - (code == E_CSV_RECORDS ? 0 : 1));
        if (code == 0 && !more) {
            return (want.code == 0 && want.n == 0) || ORACLE_SAY(say, "the reader ends early");
        }
        if (!oracle_same_record(&csv, code, &err, &want, say)) {
            return false;
        }
    } while (code == 0 || code == E_CSV_SHORT || code == E_CSV_LONG);
    return (csv_next(&csv, &more, &err) == 0 && !more) ||
           ORACLE_SAY(say, "reading goes on behind an error");
}

#endif
