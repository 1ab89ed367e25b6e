#include "flee_parts.h"

/* By the reference's manual 1 leads from name2 to name1 and 2 from name1 to name2, and so the flags of its
 * conflicts are set; its code takes them the other way round, and then does nothing with them. */
static const uint8_t forced_as_meant[3] = {0, 2, 1};

static void read_road(struct flow_reader *reader, const char *file, const struct flow_row *row,
                      struct text source)
{
    struct flow_road road = {.known = DATE_NONE, .source = source, .line = row->line};
    int64_t forced = 0;
    struct flow_spot name1 = {file, row, 0, "name1"}, name2 = {file, row, 1, "name2"},
                     km = {file, row, 2, "distance"}, flag = {file, row, 3, "forced_redirection"};
    bool good = flow_find_place(reader, name1, &road.a);
    good = flow_find_place(reader, name2, &road.b) && good;
    good = flow_number(reader, km, E_FLOW_DISTANCE, -FLOW_KM_MOST, FLOW_KM_MOST, &road.km) && good;
    if (flow_cell(row, 3).n > 0) {
        good = flow_int(reader, flag, E_NUMBER_RANGE, 0, 2, &forced) && good;
    }
    if (!good) {
        return;
    }
    if (!(road.km > 0)) {
        flow_fault(reader, km, E_FLOW_DISTANCE, "a road is longer than 0 km");
    } else if (road.a == road.b) {
        flow_fault(reader, name2, E_FLOW_DISTANCE, "this road leads back to where it begins");
    } else {
        road.forced = forced_as_meant[forced];
        reader->world.roads[reader->world.n_roads++] = road;
    }
}

int flee_read_roads(struct flow_reader *reader, struct ajar_err *err)
{
    struct flee_rows rows;
    struct flow_row row;
    struct text source;
    size_t bound;
    bool open;
    TRY(flee_open(reader, "input_csv", "routes.csv", true, &open, &rows, &bound, &source, err));
    if (!open || reader->world.n_places == 0) {
        return 0;
    }
    TRY_NEW(reader->world.roads, reader->arena, bound, err);
    while (flee_rows_next(&rows, &row)) {
        if (row.note) {
            continue;
        }
        if (!flow_fits(reader, rows.file, reader->world.n_roads + 1, FLOW_ROADS_MOST, "roads")) {
            return 0;
        }
        read_road(reader, rows.file, &row, source);
    }
    return 0;
}

static bool closure_type(struct text word, enum flow_closure_type *out)
{
    static const char *const words[] = {
        [FLOW_CLOSE_COUNTRY] = "country", [FLOW_CLOSE_LOCATION] = "location",
        [FLOW_CLOSE_LINK] = "link",       [FLOW_CLOSE_CAMP] = "camp",
        [FLOW_CLOSE_IDPCAMP] = "idpcamp", [FLOW_CLOSE_FORCED] = "remove_forced_redirection"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_is(word, words[i])) {
            *out = (enum flow_closure_type)i;
            return true;
        }
    }
    return false;
}

/* The reference keeps the second name of a closed place and never looks at it. */
static int closure_names(struct flow_reader *reader, const char *file, const struct flow_row *row,
                         struct flow_closure *closure, bool *good, struct ajar_err *err)
{
    struct flow_spot name1 = {file, row, 1, "name1"}, name2 = {file, row, 2, "name2"};
    const char *copy1, *copy2;
    TRY(text_copy(reader->arena, flow_cell(row, 1), &copy1, err));
    TRY(text_copy(reader->arena, flow_cell(row, 2), &copy2, err));
    closure->name1 = (struct text){copy1, flow_cell(row, 1).n};
    closure->name2 = (struct text){copy2, flow_cell(row, 2).n};
    closure->place1 = closure->place2 = FLOW_NONE;
    if (closure->type == FLOW_CLOSE_COUNTRY) {
        return 0;
    }
    *good = flow_find_place(reader, name1, &closure->place1) && *good;
    if (closure->type == FLOW_CLOSE_LINK || closure->type == FLOW_CLOSE_FORCED) {
        *good = flow_find_place(reader, name2, &closure->place2) && *good;
    } else if (closure->name2.n > 0) {
        flow_say(reader->said, file, row->line, "the second name, '%s', has no effect.", copy2);
    }
    return 0;
}

static int read_closure(struct flow_reader *reader, const char *file, const struct flow_row *row,
                        struct text source, struct ajar_err *err)
{
    struct flow_closure closure = {.source = source, .line = row->line};
    struct flow_spot type = {file, row, 0, "closure_type"}, from = {file, row, 3, "closure_start"},
                     to = {file, row, 4, "closure_end"};
    int64_t first = 0, last = 0;
    if (!closure_type(flow_cell(row, 0), &closure.type)) {
        flow_fault(reader, type, E_FLOW_CLOSURE,
                   "this is no closure of a country, location, link, camp or idpcamp, and no "
                   "remove_forced_redirection");
        return 0;
    }
    bool good = flow_int(reader, from, E_FLOW_DAY, 0, FLOW_DAYS_MOST, &first);
    good = flow_int(reader, to, E_FLOW_DAY, -1, FLOW_DAYS_MOST, &last) && good;
    TRY(closure_names(reader, file, row, &closure, &good, err));
    if (good) {
        closure.from = (int32_t)first;
        closure.to = (int32_t)last;
        closure.known = reader->world.start + closure.from;
        reader->world.closures[reader->world.n_closures++] = closure;
    }
    return 0;
}

int flee_read_closures(struct flow_reader *reader, struct ajar_err *err)
{
    struct flee_rows rows;
    struct flow_row row;
    struct text source;
    size_t bound;
    bool open;
    TRY(flee_open(reader, "input_csv", "closures.csv", false, &open, &rows, &bound, &source, err));
    if (!open || reader->world.n_places == 0) {
        return 0;
    }
    TRY_NEW(reader->world.closures, reader->arena, bound, err);
    while (flee_rows_next(&rows, &row)) {
        if (row.note) {
            continue;
        }
        if (!flow_fits(reader, rows.file, reader->world.n_closures + 1, FLOW_ROWS_MOST,
                       "closures")) {
            return 0;
        }
        TRY(read_closure(reader, rows.file, &row, source, err));
    }
    return 0;
}
