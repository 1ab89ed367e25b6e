#include "report_json.h"

#include "report_page.h"

void report_json_date(struct report_json *data, const char *key, date_days date)
{
    char text[DATE_TEXT];
    json_key(&data->json, key);
    if (date == DATE_NONE) {
        json_put_null(&data->json);
    } else {
        json_put_str(&data->json, date_format(date, text));
    }
}

void report_json_name(struct report_json *data, const char *key, name_id name)
{
    json_key(&data->json, key);
    json_put_text(&data->json, scenario_name(data->scenario, name));
}

void report_json_number(struct report_json *data, const char *key, double value)
{
    json_key(&data->json, key);
    json_put_number(&data->json, value);
}

void report_json_int(struct report_json *data, const char *key, int64_t value)
{
    json_key(&data->json, key);
    json_put_int(&data->json, value);
}

void report_json_bool(struct report_json *data, const char *key, bool value)
{
    json_key(&data->json, key);
    json_put_bool(&data->json, value);
}

void report_json_str(struct report_json *data, const char *key, const char *value)
{
    json_key(&data->json, key);
    json_put_str(&data->json, value);
}

void report_json_words(struct report_json *data, const char *key)
{
    json_key(&data->json, key);
    json_put_text(&data->json, buf_view(&data->words));
    data->words.n = 0;
}

void report_json_code(struct report_json *data, const char *key, name_id country)
{
    json_key(&data->json, key);
    json_begin_object(&data->json);
    report_json_name(data, "code", country);
    json_key(&data->json, "name");
    json_put_text(&data->json, report_country(data->scenario, country));
    json_end_object(&data->json);
}

void report_json_source(struct report_json *data, name_id source)
{
    report_source_line(&data->words, data->scenario, source);
    report_json_words(data, "source");
}

void report_json_array(struct report_json *data, const char *key)
{
    json_key(&data->json, key);
    json_begin_array(&data->json);
}

void report_json_object(struct report_json *data, const char *key)
{
    json_key(&data->json, key);
    json_begin_object(&data->json);
}

void report_digits(struct buf *row, uint64_t number)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    do {
        unsigned low = (unsigned)(number & 31);
        number >>= 5;
        buf_char(row, digits[low | (number > 0 ? 32u : 0u)]);
    } while (number > 0);
}
