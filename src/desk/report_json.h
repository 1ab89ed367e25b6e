/* Writing the page's data: the JSON under way, and a place for words that are put together. */
#ifndef DESK_REPORT_JSON_H
#define DESK_REPORT_JSON_H

#include "json.h"
#include "report_view.h"

struct report_json {
    struct json_out json;
    struct buf words; /* plain text under way, for report_json_words */
    const struct report_view *view;
    const struct scenario *scenario;
};

/* Each writes a key with its value.  An absent date is null; so is a number that is not finite. */
void report_json_date(struct report_json *data, const char *key, date_days date);
void report_json_name(struct report_json *data, const char *key, name_id name);
void report_json_number(struct report_json *data, const char *key, double value);
void report_json_int(struct report_json *data, const char *key, int64_t value);
void report_json_bool(struct report_json *data, const char *key, bool value);
void report_json_str(struct report_json *data, const char *key, const char *value); /* NULL: null */

/* A number as digits: base 32, least first, digits from 32 up say that more follow (web/shapes.mjs). */
void report_digits(struct buf *row, uint64_t number);

/* The words gathered in data->words, which is empty again afterwards. */
void report_json_words(struct report_json *data, const char *key);

/* {"code": "FIN", "name": "Finland"} */
void report_json_code(struct report_json *data, const char *key, name_id country);

/* "source": "Yle citing Border Guard, 2022-09-28" */
void report_json_source(struct report_json *data, name_id source);

/* The beginning of a list or an object under a key. */
void report_json_array(struct report_json *data, const char *key);
void report_json_object(struct report_json *data, const char *key);

#endif
