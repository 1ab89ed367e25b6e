#include <stdio.h>

#include "flee_parts.h"
#include "flow_check.h"

#define COLUMNS 8

/* Whether the word stands in the text, in capitals or not. */
static bool type_holds(struct text a, const char *word)
{
    size_t n = text_of(word).n;
    for (size_t i = 0; i + n <= a.n; i++) {
        size_t k = 0;
        while (k < n && (a.at[i + k] | 0x20) == word[k]) {
            k++;
        }
        if (k == n) {
            return true;
        }
    }
    return false;
}

/* The reference looks for parts of words, so conflict_zone and Conflict are one. */
static bool type_read(struct text a, enum flow_type *out)
{
    static const struct {
        const char *word;
        enum flow_type type;
    } words[] = {{"camp", FLOW_CAMP},
                 {"conflict", FLOW_CONFLICT},
                 {"town", FLOW_TOWN},
                 {"forward", FLOW_FORWARD},
                 {"marker", FLOW_MARKER}};
    if (type_holds(a, "idp") && type_holds(a, "camp")) {
        *out = FLOW_IDPCAMP;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (type_holds(a, words[i].word)) {
            *out = words[i].type;
            return true;
        }
    }
    return false;
}

static struct flow_spot spot_at(const char *file, const struct flow_row *row, size_t i)
{
    static const char *const columns[COLUMNS] = {"name",          "region",    "country",
                                                 "latitude",      "longitude", "location_type",
                                                 "conflict_date", "population"};
    return (struct flow_spot){file, row, i, columns[i]};
}

static int word_copy(struct flow_reader *reader, struct text word, struct text *out,
                     struct ajar_err *err)
{
    const char *copy;
    TRY(text_copy(reader->arena, word, &copy, err));
    *out = (struct text){copy, word.n};
    return 0;
}

/* An empty coordinate is 0 to the reference. */
static void read_coordinate(struct flow_reader *reader, struct flow_spot spot, double most,
                            double *out)
{
    if (flow_cell(spot.row, spot.i).n == 0) {
        flow_say(reader->said, spot.file, spot.row->line, "the %s is empty and taken as 0.",
                 spot.column);
        return;
    }
    flow_number(reader, spot, E_FLOW_POSITION, -most, most, out);
}

static void read_size(struct flow_reader *reader, struct flow_spot spot, struct flow_place *place)
{
    bool camp = place->type == FLOW_CAMP || place->type == FLOW_IDPCAMP;
    int64_t size = camp ? -1 : 0;
    if (flow_cell(spot.row, spot.i).n > 0) {
        flow_int(reader, spot, E_FLOW_COUNT, 0, FLOW_COUNT_MOST, &size);
    }
    place->capacity = camp ? size : -1;
    place->population = camp ? 0 : size;
}

static void read_type(struct flow_reader *reader, const char *file, const struct flow_row *row,
                      struct flow_place *place)
{
    if (!type_read(flow_cell(row, 5), &place->type)) {
        flow_fault(reader, spot_at(file, row, 5), E_FLOW_TYPE,
                   type_holds(flow_cell(row, 5), "flood") ? "FLOW has no rules for floods"
                                                          : "this is no type of place");
        return;
    }
    if (place->type != FLOW_CONFLICT) {
        return;
    }
    int64_t day = 0;
    if (flow_int(reader, spot_at(file, row, 6), E_FLOW_DAY, -FLOW_DAYS_MOST, FLOW_DAYS_MOST,
                 &day)) {
        place->conflict_day = (int32_t)day;
        place->type = day > 0 ? FLOW_TOWN : FLOW_CONFLICT;
    }
}

static int read_place(struct flow_reader *reader, const char *file, const struct flow_row *row,
                      struct text source, struct ajar_err *err)
{
    struct flow_place place = {.conflict_day = INT32_MIN,
                               .capacity = -1,
                               .capacity_known = DATE_NONE,
                               .source = source,
                               .line = row->line};
    bool fresh;
    if (row->n < COLUMNS) {
        flow_fault(reader, spot_at(file, row, 0), E_CSV_SHORT,
                   "this row has %zu fields; a place has %d", row->n, COLUMNS);
        return 0;
    }
    struct text name = flow_cell(row, 0);
    if (name.n == 0) {
        flow_fault(reader, spot_at(file, row, 0), E_FLOW_PLACE, "this place has no name");
        return 0;
    }
    TRY(flow_index_add(&reader->places, name, &fresh, &place.name, err));
    if (!fresh) {
        flow_fault(reader, spot_at(file, row, 0), E_FLOW_PLACE_TWICE, "this place stands already");
        return 0;
    }
    TRY(word_copy(reader, flow_cell(row, 1), &place.region, err));
    TRY(word_copy(reader, flow_cell(row, 2), &place.country, err));
    read_coordinate(reader, spot_at(file, row, 3), 90, &place.lat);
    read_coordinate(reader, spot_at(file, row, 4), 180, &place.lon);
    read_type(reader, file, row, &place);
    read_size(reader, spot_at(file, row, 7), &place);
    reader->world.places[reader->world.n_places++] = place;
    return 0;
}

int flee_read_places(struct flow_reader *reader, struct ajar_err *err)
{
    struct flee_rows rows;
    struct flow_row row;
    struct text source;
    size_t bound = 0;
    bool open;
    TRY(flee_open(reader, "input_csv", "locations.csv", true, &open, &rows, &bound, &source, err));
    TRY(flow_index_init(&reader->places, reader->arena, open ? bound : 0, err));
    if (!open) {
        return 0;
    }
    TRY_NEW(reader->world.places, reader->arena, bound, err);
    while (flee_rows_next(&rows, &row)) {
        if (row.note) {
            continue;
        }
        if (!flow_fits(reader, rows.file, reader->world.n_places + 1, FLOW_PLACES_MOST, "places")) {
            return 0;
        }
        TRY(read_place(reader, rows.file, &row, source, err));
    }
    if (reader->world.n_places == 0) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, rows.file, 0, NULL, (struct text){"", 0},
               "this file has no place");
    }
    flow_check_foreign(&reader->world);
    return 0;
}
