/* A key and its value in one line, as the JSON answers of all nouns put them. */
#ifndef CLI_JSON_PUTS_H
#define CLI_JSON_PUTS_H

#include "date.h"
#include "json.h"

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

static inline void put_texts(struct json_out *json, const char *key, size_t n,
                             const struct text *texts)
{
    json_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; i < n; i++) {
        json_put_text(json, texts[i]);
    }
    json_end_array(json);
}

#endif
