/* Plan files: one value at a time, each checked for its kind. */
#include <inttypes.h>
#include <stdio.h>

#include "place_file_parts.h"

static const char *const place_file_kinds[] = {
    [PLACE_FILE_TEXT] = "text",       [PLACE_FILE_WHOLE] = "a whole number",
    [PLACE_FILE_NUMBER] = "a number", [PLACE_FILE_BOOL] = "true or false",
    [PLACE_FILE_LIST] = "a list",     [PLACE_FILE_OBJECT] = "an object"};

struct ajar_err *place_file_fault(const struct place_file_reading *reading, enum err_code code,
                                  const struct place_file_at *at, const char *key,
                                  struct text value, const char *format, ...)
{
    char column[160], text[sizeof reading->faults->at->text];
    struct ajar_err *fault = faults_add(reading->faults);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    snprintf(column, sizeof column, "%s%s%s", at->path,
             at->path[0] == '\0' || key[0] == '\0' ? "" : ".", key);
    err_at(fault, code, reading->name, 0, column, value, "%s", text);
    return fault;
}

static bool place_file_is(const json_t *value, enum place_file_kind kind)
{
    switch (kind) {
    case PLACE_FILE_TEXT:
        return json_is_string(value);
    case PLACE_FILE_WHOLE:
        return json_is_integer(value);
    case PLACE_FILE_NUMBER:
        return json_is_number(value);
    case PLACE_FILE_BOOL:
        return json_is_boolean(value);
    case PLACE_FILE_LIST:
        return json_is_array(value);
    case PLACE_FILE_OBJECT:
        return json_is_object(value);
    }
    return false;
}

const json_t *place_file_value(const struct place_file_reading *reading,
                               const struct place_file_at *at, const char *key,
                               enum place_file_kind kind, bool null)
{
    const json_t *value = json_object_get(at->object, key);
    if (value == NULL) {
        place_file_fault(reading, E_PLACE_FILE, at, key, TEXT_LIT(""), "this key is missing");
        return NULL;
    }
    if (null && json_is_null(value)) {
        return NULL;
    }
    if (!place_file_is(value, kind)) {
        place_file_fault(reading, E_PLACE_FILE, at, key, TEXT_LIT(""), "here stands %s%s",
                         place_file_kinds[kind], null ? " or null" : "");
        return NULL;
    }
    return value;
}

bool place_file_row(const struct place_file_reading *reading, const struct place_file_at *of,
                    const char *key, const json_t *list, size_t i, struct place_file_at *out)
{
    *out = (struct place_file_at){.object = json_array_get(list, i)};
    snprintf(out->path, sizeof out->path, "%.30s%s%.20s[%zu]", of->path,
             of->path[0] == '\0' ? "" : ".", key, i);
    if (json_is_object(out->object)) {
        return true;
    }
    place_file_fault(reading, E_PLACE_FILE, out, "", TEXT_LIT(""), "here stands an object");
    return false;
}

void place_file_only(const struct place_file_reading *reading, const struct place_file_at *at,
                     const char *const *keys)
{
    const char *key;
    json_t *value, *object = (json_t *)at->object;
    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        (void)value;
        while (keys[i] != NULL && !text_is(text_of(keys[i]), key)) {
            i++;
        }
        if (keys[i] == NULL) {
            place_file_fault(reading, E_PLACE_FILE, at, key, TEXT_LIT(""),
                             "a plan file has no such key there");
        }
    }
}

int64_t place_file_whole(const struct place_file_reading *reading, const struct place_file_at *at,
                         const char *key, int64_t least, int64_t most)
{
    const json_t *value = place_file_value(reading, at, key, PLACE_FILE_WHOLE, false);
    int64_t number = value == NULL ? least : (int64_t)json_integer_value(value);
    if (number < least || number > most) {
        char shown[24];
        int n = snprintf(shown, sizeof shown, "%" PRId64, number);
        place_file_fault(reading, E_PLACE_FILE, at, key, (struct text){shown, (size_t)n},
                         "this number is out of its range, %" PRId64 " to %" PRId64, least, most);
        return least;
    }
    return number;
}

bool place_file_bool(const struct place_file_reading *reading, const struct place_file_at *at,
                     const char *key)
{
    const json_t *value = place_file_value(reading, at, key, PLACE_FILE_BOOL, false);
    return value != NULL && json_is_true(value);
}

struct text place_file_text(const struct place_file_reading *reading,
                            const struct place_file_at *at, const char *key, bool null)
{
    const json_t *value = place_file_value(reading, at, key, PLACE_FILE_TEXT, null);
    return value == NULL ? TEXT_LIT("")
                         : (struct text){json_string_value(value), json_string_length(value)};
}

uint32_t place_file_name(const struct place_file_reading *reading, const struct place_file_at *at,
                         const char *key, const struct place_ids *ids, const char *what, bool null)
{
    const json_t *value = place_file_value(reading, at, key, PLACE_FILE_TEXT, null);
    if (value == NULL) {
        return PLACE_NONE;
    }
    struct text id = {json_string_value(value), json_string_length(value)};
    uint32_t found = place_ids_find(ids, id);
    if (found == PLACE_NONE) {
        place_file_fault(reading, E_PLACE_UNKNOWN, at, key, id, "the tables have no such %s", what);
    }
    return found;
}
