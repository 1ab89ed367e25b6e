/* Plan files: the plan alone, of either form, without the tables. */
#include "place_file_parts.h"
#include "place_sheet.h"

date_days place_file_day(const char *name, struct text bytes)
{
    date_days day = DATE_NONE;
    json_t *json = NULL;
    if (!place_file_is_json(bytes) || json_read(name, bytes, PLACE_FILE_MOST, &json, NULL) != 0) {
        return DATE_NONE;
    }
    const char *on = json_string_value(json_object_get(json, "on"));
    if (on == NULL || !date_parse(text_of(on), &day)) {
        day = DATE_NONE;
    }
    json_decref(json);
    return day;
}

static int rows_begin(struct arena *arena, size_t n, struct place_file_rows *out,
                      struct ajar_err *err)
{
    *out = (struct place_file_rows){0};
    TRY_NEW(out->household, arena, n, err);
    TRY_NEW(out->locality, arena, n, err);
    return 0;
}

static int rows_add(struct arena *arena, struct place_file_rows *rows, struct text household,
                    struct text locality, struct ajar_err *err)
{
    const char *copy;
    TRY(text_copy(arena, household, &copy, err));
    rows->household[rows->n] = (struct text){copy, household.n};
    TRY(text_copy(arena, locality, &copy, err));
    rows->locality[rows->n] = (struct text){copy, locality.n};
    rows->n++;
    return 0;
}

static int rows_json(const struct place_file_reading *reading, const json_t *json,
                     struct place_file_rows *out, struct ajar_err *err)
{
    struct place_file_at root = {.object = json};
    if (!json_is_object(json) || !place_file_format(reading, &root)) {
        if (!json_is_object(json)) {
            place_file_fault(reading, E_PLACE_FILE, &root, "", TEXT_LIT(""),
                             "a plan file is one object");
        }
        return 0;
    }
    const json_t *list = place_file_value(reading, &root, "plan", PLACE_FILE_LIST, false);
    TRY(rows_begin(reading->arena, json_array_size(list), out, err));
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (place_file_row(reading, &root, "plan", list, i, &at)) {
            struct text household = place_file_text(reading, &at, "household", false);
            struct text locality = place_file_text(reading, &at, "locality", true);
            TRY(rows_add(reading->arena, out, household, locality, err));
        }
    }
    return 0;
}

static int rows_csv(const struct place_file_reading *reading, struct text bytes,
                    struct place_file_rows *out, struct ajar_err *err)
{
    struct place_sheet sheet;
    bool open = false, more = false;
    TRY(place_sheet_open(&sheet, reading->arena, reading->name, bytes, UINT32_MAX, true,
                         reading->faults, &open, err));
    int household = open ? place_sheet_column(&sheet, "household") : -1;
    int locality = open ? place_sheet_column(&sheet, "locality") : -1;
    if (household < 0 || locality < 0) {
        return 0;
    }
    TRY(rows_begin(reading->arena, csv_count_bound(&sheet.csv), out, err));
    for (;;) {
        struct text id;
        TRY(place_sheet_next(&sheet, &more, err));
        if (!more) {
            return 0;
        }
        if (!sheet.ragged && place_sheet_id(&sheet, household, "household", &id)) {
            TRY(rows_add(reading->arena, out, id, place_sheet_cell(&sheet, locality), err));
        }
    }
}

int place_file_rows(struct arena *arena, const char *name, struct text bytes, struct faults *faults,
                    struct place_file_rows *out, struct ajar_err *err)
{
    struct place_file_reading reading = {
        .arena = arena, .name = name, .faults = faults, .before = faults->total};
    struct place_file_rows rows = {0};
    json_t *json = NULL;
    if (place_file_is_json(bytes)) {
        TRY(json_read(name, bytes, PLACE_FILE_MOST, &json, err));
        int code = rows_json(&reading, json, &rows, err);
        json_decref(json);
        TRY(code);
    } else {
        TRY(rows_csv(&reading, bytes, &rows, err));
    }
    if (faults->total != reading.before) {
        return place_file_failed(&reading, err);
    }
    *out = rows;
    return 0;
}
