/* What the JSON answers of `ajar watch` share: a key and its value in one line. */
#ifndef CLI_WATCH_JSON_PARTS_H
#define CLI_WATCH_JSON_PARTS_H

#include "json_puts.h"
#include "verb.h"
#include "watch_job.h"

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
