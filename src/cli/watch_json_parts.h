/* What the JSON answers of `ajar watch` share: a key and its value in one line. */
#ifndef CLI_WATCH_JSON_PARTS_H
#define CLI_WATCH_JSON_PARTS_H

#include "json.h"
#include "verb.h"
#include "watch_job.h"

static inline void put_str(struct json_out *json, const char *key, const char *value)
{
    json_key(json, key);
    json_put_str(json, value);
}

static inline void put_text(struct json_out *json, const char *key, struct text value)
{
    json_key(json, key);
    json_put_text(json, value);
}

static inline void put_number(struct json_out *json, const char *key, double value)
{
    json_key(json, key);
    json_put_number(json, value);
}

static inline void put_int(struct json_out *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_put_int(json, value);
}

static inline void put_bool(struct json_out *json, const char *key, bool value)
{
    json_key(json, key);
    json_put_bool(json, value);
}

static inline void put_day(struct json_out *json, const char *key, date_days day)
{
    char text[DATE_TEXT];
    put_str(json, key, day == DATE_NONE ? NULL : date_format(day, text));
}

static inline void put_name(struct json_out *json, const char *key, const struct watch_input *input,
                            name_id name)
{
    json_key(json, key);
    if (name == 0) {
        json_put_null(json);
    } else {
        json_put_text(json, names_word(input->book.names, name));
    }
}

/* Opens the answer's object; the frame that all answers have; prints it whole and frees it. */
void watch_json_start(struct json_out *json, struct buf *buf);
void watch_json_frame(struct json_out *json, const struct watch_input *input,
                      enum watch_clock clock, date_days as_known);
int watch_json_done(const struct verb_call *call, struct json_out *json, struct buf *buf,
                    struct ajar_err *err);

#endif
