#include "flow_check.h"
#include "flow_sheet.h"

const char *const flow_type_words[FLOW_MARKER + 1] = {
    [FLOW_TOWN] = "town",       [FLOW_CONFLICT] = "conflict", [FLOW_CAMP] = "camp",
    [FLOW_IDPCAMP] = "idpcamp", [FLOW_FORWARD] = "forward",   [FLOW_MARKER] = "marker"};

enum { NAME, REGION, COUNTRY, LAT, LON, TYPE, FROM, PEOPLE, CAPACITY, CAPACITY_KNOWN, SOURCE };
static const struct flow_column place_columns[] = {
    {"name", true},          {"region", false},
    {"country", true},       {"lat", true},
    {"lon", true},           {"type", true},
    {"conflict_from", true}, {"population", false},
    {"capacity", true},      {"capacity_known", false},
    {"source", false}};

static bool read_count(const struct flow_sheet *sheet, size_t i, int64_t *out)
{
    return sheet->cells[i].n == 0 || flow_int(sheet->reader, flow_sheet_spot(sheet, i),
                                              E_FLOW_COUNT, 0, FLOW_COUNT_MOST, out);
}

/* Of a conflict the day on which it begins: after the start the place begins as a town. */
static bool read_type(const struct flow_sheet *sheet, struct flow_place *place)
{
    size_t type;
    if (!flow_sheet_choice(sheet, TYPE, E_FLOW_TYPE, flow_type_words, FLOW_MARKER + 1, &type)) {
        return false;
    }
    place->type = (enum flow_type)type;
    bool conflict = type == FLOW_CONFLICT, dated = sheet->cells[FROM].n > 0;
    if (conflict != dated) {
        flow_fault(sheet->reader, flow_sheet_spot(sheet, FROM), E_FLOW_DAY,
                   conflict ? "a place of conflict is one from a day on"
                            : "only a place of conflict has this day");
        return false;
    }
    if (!conflict) {
        return true;
    }
    if (!flow_sheet_day(sheet, FROM, -FLOW_DAYS_MOST, &place->conflict_day)) {
        return false;
    }
    place->type = place->conflict_day > 0 ? FLOW_TOWN : FLOW_CONFLICT;
    return true;
}

static bool read_sizes(const struct flow_sheet *sheet, struct flow_place *place)
{
    bool camp = place->type == FLOW_CAMP || place->type == FLOW_IDPCAMP;
    size_t other = camp ? PEOPLE : CAPACITY;
    if (sheet->cells[other].n > 0) {
        flow_fault(sheet->reader, flow_sheet_spot(sheet, other), E_FLOW_COUNT,
                   camp ? "a camp has a capacity and no population" : "only a camp has a capacity");
        return false;
    }
    place->capacity = -1;
    place->capacity_known = DATE_NONE;
    return read_count(sheet, PEOPLE, &place->population) &&
           read_count(sheet, CAPACITY, &place->capacity) &&
           (sheet->cells[CAPACITY_KNOWN].n == 0 ||
            flow_date(sheet->reader, flow_sheet_spot(sheet, CAPACITY_KNOWN),
                      &place->capacity_known));
}

static int read_place(const struct flow_sheet *sheet, struct ajar_err *err)
{
    struct flow_reader *reader = sheet->reader;
    struct flow_place place = {.conflict_day = INT32_MIN, .line = sheet->row.line};
    bool fresh;
    if (sheet->cells[NAME].n == 0) {
        flow_fault(reader, flow_sheet_spot(sheet, NAME), E_FLOW_PLACE, "this place has no name");
        return 0;
    }
    TRY(flow_index_add(&reader->places, sheet->cells[NAME], &fresh, &place.name, err));
    if (!fresh) {
        flow_fault(reader, flow_sheet_spot(sheet, NAME), E_FLOW_PLACE_TWICE,
                   "this place stands already");
        return 0;
    }
    TRY(flow_sheet_word(sheet, REGION, &place.region, err));
    TRY(flow_sheet_word(sheet, COUNTRY, &place.country, err));
    TRY(flow_sheet_word(sheet, SOURCE, &place.source, err));
    flow_number(reader, flow_sheet_spot(sheet, LAT), E_FLOW_POSITION, -90, 90, &place.lat);
    flow_number(reader, flow_sheet_spot(sheet, LON), E_FLOW_POSITION, -180, 180, &place.lon);
    if (read_type(sheet, &place)) {
        read_sizes(sheet, &place);
    }
    reader->world.places[reader->world.n_places++] = place;
    return 0;
}

int flow_read_places(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct flow_sheet sheet;
    bool open;
    TRY(flow_sheet_open(&sheet, reader, FLOW_PLACES, bytes, place_columns,
                        sizeof place_columns / sizeof *place_columns, &open, err));
    size_t bound = open ? flow_sheet_bound(&sheet) : 0;
    TRY(flow_index_init(&reader->places, reader->arena, bound, err));
    TRY_NEW(reader->world.places, reader->arena, bound, err);
    while (open && flow_sheet_next(&sheet)) {
        if (!flow_fits(reader, sheet.file, reader->world.n_places + 1, FLOW_PLACES_MOST,
                       "places")) {
            return 0;
        }
        TRY(read_place(&sheet, err));
    }
    if (open && reader->world.n_places == 0) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, sheet.file, 0, NULL, (struct text){"", 0},
               "this file has no place");
    }
    flow_check_foreign(&reader->world);
    return 0;
}
