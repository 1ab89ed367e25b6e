/* JSON: read through Jansson (duplicate keys refused, positions kept), written by a small writer
 * that keeps its own commas and indents two spaces, so that output is the same bytes everywhere. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>

#include "arena.h"

/* Parses an object or list; the caller calls json_decref on *out.  Refused: duplicate keys, nesting
 * past 32, bytes past `ceiling_bytes`.  Errors: json.*, text.utf8 with file, row, at. */
int json_read(const char *file, struct text bytes, size_t ceiling_bytes, json_t **out,
              struct ajar_err *err);

/* Writer, at most 32 levels deep.  Numbers in shortest form; NaN and infinities are written null.  Text that is not UTF-8
 * has its bad bytes replaced by U+FFFD.  '<', '>' and '&' are written \u00XX, so that the result can
 * stand inside a script element. */
struct json_out {
    struct buf *buf;
    int depth;
    bool pretty;
    bool first[32];
    bool after_key;
};
void json_out_init(struct json_out *out, struct buf *buf, bool pretty);
void json_begin_object(struct json_out *out);
void json_end_object(struct json_out *out);
void json_begin_array(struct json_out *out);
void json_end_array(struct json_out *out);
void json_key(struct json_out *out, const char *key);
void json_key_text(struct json_out *out, struct text key);
void json_put_text(struct json_out *out, struct text value);
void json_put_str(struct json_out *out, const char *value); /* NULL: null */
void json_put_number(struct json_out *out, double value);
void json_put_int(struct json_out *out, int64_t value);
void json_put_bool(struct json_out *out, bool value);
void json_put_null(struct json_out *out);
void json_put_raw(struct json_out *out, struct text json); /* JSON made elsewhere, as it is */

#endif
