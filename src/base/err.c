#include "err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

static const struct err_row err_rows[E_COUNT] = {
    [E_OK] = {"ok", 0, "Nothing is wrong.", ""},
#define ERR(symbol, slug, exit_code, rule, advice) [symbol] = {slug, exit_code, rule, advice},
#include "err.def"
#undef ERR
};

const struct err_row *err_row(int code)
{
    assert(code >= 0 && code < E_COUNT);
    return &err_rows[code];
}

int ajar_err_exit(int code)
{
    return code >= 0 && code < E_COUNT ? err_rows[code].exit_code : err_rows[E_INTERNAL].exit_code;
}

/* Whether what stands at `at` is no character (length 0) or steers a terminal: C0, DEL, C1. */
static bool err_unsafe(const char *at, size_t length)
{
    unsigned char byte = (unsigned char)at[0];
    return length == 0 || byte < 0x20 || byte == 0x7f ||
           (byte == 0xc2 && (unsigned char)at[1] < 0xa0);
}

/* A message is one line of UTF-8, and names in it must not steer a terminal.  `cut`: the text did
 * not fit, and its last character may be a part of one, which is dropped. */
static void err_tame(char *text, bool cut)
{
    struct text rest = text_of(text);
    char *to = text;
    while (rest.n > 0) {
        size_t length = text_char(rest), step = length > 0 ? length : 1;
        if (cut && length == 0 && rest.n < 4) {
            break;
        }
        if (err_unsafe(rest.at, length)) {
            *to++ = '?';
        } else {
            memmove(to, rest.at, length);
            to += length;
        }
        rest.at += step;
        rest.n -= step;
    }
    *to = '\0';
}

static void err_format(char *to, size_t size, const char *format, va_list args)
{
    int n = vsnprintf(to, size, format, args);
    err_tame(to, n >= (int)size);
}

static void err_word(char *to, size_t size, const char *word)
{
    int n = snprintf(to, size, "%s", word == NULL ? "" : word);
    err_tame(to, n >= (int)size);
}

/* Bytes of an input as a person can read them: control characters and bad UTF-8 as \xNN. */
static void err_show_bytes(char *to, size_t size, struct text value)
{
    size_t used = 0;
    while (value.n > 0) {
        size_t length = text_char(value), step = length > 0 ? length : 1;
        bool unsafe = err_unsafe(value.at, length);
        size_t takes = unsafe ? 4 : length;
        if (used + takes + 4 > size) {
            memcpy(to + used, "...", 4);
            return;
        }
        if (unsafe) {
            unsigned char byte = (unsigned char)value.at[step - 1]; /* of C1 the second */
            snprintf(to + used, size - used, "\\x%02X", byte);
        } else {
            memcpy(to + used, value.at, length);
        }
        used += takes;
        value.at += step;
        value.n -= step;
    }
    to[used] = '\0';
}

int err_set(struct ajar_err *err, enum err_code code, const char *format, ...)
{
    if (err != NULL) {
        *err = (struct ajar_err){.code = (int)code, .slug = err_row((int)code)->slug};
        va_list args;
        va_start(args, format);
        err_format(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return (int)code;
}

int err_at(struct ajar_err *err, enum err_code code, const char *file, long row, const char *column,
           struct text value, const char *format, ...)
{
    if (err != NULL) {
        *err = (struct ajar_err){.code = (int)code, .slug = err_row((int)code)->slug, .row = row};
        err_word(err->file, sizeof err->file, file);
        err_word(err->column, sizeof err->column, column);
        err_show_bytes(err->value, sizeof err->value, value);
        va_list args;
        va_start(args, format);
        err_format(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return (int)code;
}

int err_hint(struct ajar_err *err, const char *format, ...)
{
    if (err == NULL) {
        return E_INTERNAL; /* callers use the code that err_set or err_at gave them */
    }
    va_list args;
    va_start(args, format);
    err_format(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return err->code;
}

const char *err_advice(const struct ajar_err *err)
{
    return err->hint[0] != '\0' ? err->hint : err_row(err->code)->advice;
}

int faults_init(struct faults *faults, struct arena *arena, size_t limit, struct ajar_err *err)
{
    struct ajar_err *at;
    TRY_NEW(at, arena, limit, err);
    *faults = (struct faults){.at = at, .limit = limit};
    return 0;
}

struct ajar_err *faults_add(struct faults *faults)
{
    faults->total++;
    if (faults->kept == faults->limit) {
        return &faults->spill;
    }
    return &faults->at[faults->kept++];
}

static int faults_compare(const void *a, const void *b)
{
    const struct ajar_err *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (order == 0) {
        order = (x->row > y->row) - (x->row < y->row);
    }
    if (order == 0) {
        order = strcmp(x->column, y->column);
    }
    if (order == 0) {
        order = x->code - y->code;
    }
    if (order == 0) {
        order = strcmp(x->text, y->text);
    }
    return order != 0 ? order : strcmp(x->value, y->value);
}

void faults_sort(struct faults *faults)
{
    qsort(faults->at, faults->kept, sizeof *faults->at, faults_compare);
}
