#include "json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "num.h"

#define JSON_DEPTH 32

static const struct text json_none = {"", 0};

/* Jansson's parser is recursive and stops at a depth of its own, far above what any file of ours
 * has.  Brackets inside strings do not count. */
static bool json_too_deep(struct text bytes, size_t *where)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.at[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH) {
                *where = i;
                return true;
            }
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return false;
}

/* An error at a byte of the file, whose line and character are counted here. */
static int json_fail_at(struct ajar_err *err, enum err_code code, const char *file,
                        struct text bytes, size_t where, const char *text)
{
    long row = 1, at = 1;
    for (size_t i = 0; i < where; i++) {
        if (bytes.at[i] == '\n') {
            row++;
            at = 1;
        } else if (((unsigned char)bytes.at[i] & 0xc0) != 0x80) {
            at++;
        }
    }
    err_at(err, code, file, row, NULL, json_none, "%s", text);
    if (err != NULL) {
        err->at = at;
    }
    return (int)code;
}

/* Jansson says "MESSAGE near 'WORD'"; the word is of the input, so it goes where such things are made
 * safe to show.  Jansson's column is that of the word's last character. */
static int json_fail(struct ajar_err *err, const char *file, const json_error_t *error)
{
    enum json_error_code kind = json_error_code(error);
    if (kind == json_error_out_of_memory) {
        return err_set(err, E_MEMORY, "no memory is left to read %s", file);
    }
    enum err_code code = kind == json_error_duplicate_key ? E_JSON_KEY_DUPLICATE : E_JSON_SYNTAX;
    struct text message = text_of(error->text), word = json_none;
    const char *near = strstr(error->text, " near '");
    if (near != NULL) {
        message.n = (size_t)(near - error->text);
        word = text_of(near + strlen(" near '"));
        word.n -= word.n > 0 && word.at[word.n - 1] == '\'';
    }
    if (code == E_JSON_KEY_DUPLICATE) {
        err_at(err, code, file, error->line, NULL, word, "a key stands in this object twice");
    } else {
        err_at(err, code, file, error->line, NULL, word, "this is not JSON: %.*s", (int)message.n,
               message.at);
    }
    if (err != NULL) {
        err->at = error->column;
        for (size_t i = 1; i < word.n && err->at > 1; i++) {
            err->at -= ((unsigned char)word.at[i] & 0xc0) != 0x80;
        }
    }
    return (int)code;
}

int json_read(const char *file, struct text bytes, size_t ceiling_bytes, json_t **out,
              struct ajar_err *err)
{
    if (bytes.n > ceiling_bytes) {
        return err_at(err, E_JSON_SIZE, file, 0, NULL, json_none,
                      "the file has %zu bytes; at most %zu are read here", bytes.n, ceiling_bytes);
    }
    if (text_starts(bytes, "\xef\xbb\xbf")) {
        bytes = (struct text){bytes.at + 3, bytes.n - 3};
    }
    size_t where;
    if (!text_utf8(bytes, &where)) {
        return json_fail_at(err, E_UTF8, file, bytes, where, "here is a byte that is not UTF-8");
    }
    if (json_too_deep(bytes, &where)) {
        return json_fail_at(err, E_JSON_DEPTH, file, bytes, where,
                            "objects and lists are nested more than 32 deep here");
    }
    json_error_t error;
    json_t *root = json_loadb(bytes.at, bytes.n, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        return json_fail(err, file, &error);
    }
    *out = root;
    return 0;
}

void json_out_init(struct json_out *out, struct buf *buf, bool pretty)
{
    *out = (struct json_out){.buf = buf, .pretty = pretty};
}

static void json_line(struct json_out *out)
{
    if (out->pretty) {
        buf_char(out->buf, '\n');
        buf_pad(out->buf, ' ', (size_t)out->depth * 2);
    }
}

/* What stands before a value or a key: nothing after a key or at the root, else the comma of the one
 * before it and a new line. */
static void json_next(struct json_out *out)
{
    if (out->after_key) {
        out->after_key = false;
        return;
    }
    if (out->depth == 0) {
        return;
    }
    if (!out->first[out->depth - 1]) {
        buf_char(out->buf, ',');
    }
    out->first[out->depth - 1] = false;
    json_line(out);
}

static void json_begin(struct json_out *out, char bracket)
{
    assert(out->depth < JSON_DEPTH);
    json_next(out);
    buf_char(out->buf, bracket);
    out->first[out->depth++] = true;
}

static void json_end(struct json_out *out, char bracket)
{
    assert(out->depth > 0 && !out->after_key);
    out->depth--;
    if (!out->first[out->depth]) {
        json_line(out);
    }
    buf_char(out->buf, bracket);
}

void json_begin_object(struct json_out *out)
{
    json_begin(out, '{');
}

void json_end_object(struct json_out *out)
{
    json_end(out, '}');
}

void json_begin_array(struct json_out *out)
{
    json_begin(out, '[');
}

void json_end_array(struct json_out *out)
{
    json_end(out, ']');
}

static void json_char(struct buf *buf, char c)
{
    switch (c) {
    case '"':
        buf_str(buf, "\\\"");
        break;
    case '\\':
        buf_str(buf, "\\\\");
        break;
    case '\n':
        buf_str(buf, "\\n");
        break;
    case '\r':
        buf_str(buf, "\\r");
        break;
    case '\t':
        buf_str(buf, "\\t");
        break;
    default:
        buf_printf(buf, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

static bool json_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

static void json_quote(struct buf *buf, struct text value)
{
    buf_char(buf, '"');
    while (value.n > 0) {
        size_t good = value.n;
        bool whole = text_utf8(value, &good);
        for (size_t i = 0; i < good;) {
            size_t run = i;
            while (run < good && json_plain(value.at[run])) {
                run++;
            }
            buf_bytes(buf, value.at + i, run - i);
            i = run;
            if (i < good) {
                json_char(buf, value.at[i++]);
            }
        }
        if (whole) {
            break;
        }
        buf_str(buf, "\xef\xbf\xbd");
        value = (struct text){value.at + good + 1, value.n - good - 1};
    }
    buf_char(buf, '"');
}

void json_key_text(struct json_out *out, struct text key)
{
    assert(out->depth > 0 && !out->after_key);
    json_next(out);
    json_quote(out->buf, key);
    buf_str(out->buf, out->pretty ? ": " : ":");
    out->after_key = true;
}

void json_key(struct json_out *out, const char *key)
{
    json_key_text(out, text_of(key));
}

void json_put_text(struct json_out *out, struct text value)
{
    json_next(out);
    json_quote(out->buf, value);
}

void json_put_str(struct json_out *out, const char *value)
{
    if (value == NULL) {
        json_put_null(out);
    } else {
        json_put_text(out, text_of(value));
    }
}

void json_put_number(struct json_out *out, double value)
{
    char text[NUM_TEXT];
    json_next(out);
    if (isfinite(value)) {
        buf_bytes(out->buf, text, num_format(value, text));
    } else {
        buf_str(out->buf, "null");
    }
}

void json_put_int(struct json_out *out, int64_t value)
{
    json_next(out);
    buf_printf(out->buf, "%" PRId64, value);
}

void json_put_bool(struct json_out *out, bool value)
{
    json_next(out);
    buf_str(out->buf, value ? "true" : "false");
}

void json_put_null(struct json_out *out)
{
    json_next(out);
    buf_str(out->buf, "null");
}

void json_put_raw(struct json_out *out, struct text json)
{
    json_next(out);
    buf_text(out->buf, json);
}
