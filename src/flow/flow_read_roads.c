#include <stdlib.h>

#include "flow_sheet.h"

const char *const flow_closure_words[FLOW_CLOSE_FORCED + 1] = {
    [FLOW_CLOSE_COUNTRY] = "country", [FLOW_CLOSE_LOCATION] = "location",
    [FLOW_CLOSE_LINK] = "link",       [FLOW_CLOSE_CAMP] = "camp",
    [FLOW_CLOSE_IDPCAMP] = "idpcamp", [FLOW_CLOSE_FORCED] = "forced"};

enum { A, B, KM, FORCED, ROAD_KNOWN, ROAD_SOURCE };
static const struct flow_column road_columns[] = {
    {"a", true}, {"b", true}, {"km", true}, {"forced", false}, {"known", false}, {"source", false}};

static bool read_known(const struct flow_sheet *sheet, size_t i, date_days *out)
{
    *out = DATE_NONE;
    return sheet->cells[i].n == 0 || flow_date(sheet->reader, flow_sheet_spot(sheet, i), out);
}

static int read_road(const struct flow_sheet *sheet, struct ajar_err *err)
{
    struct flow_reader *reader = sheet->reader;
    struct flow_road road = {.line = sheet->row.line};
    struct flow_spot km = flow_sheet_spot(sheet, KM);
    int64_t forced = 0;
    bool good = flow_find_place(reader, flow_sheet_spot(sheet, A), &road.a);
    good = flow_find_place(reader, flow_sheet_spot(sheet, B), &road.b) && good;
    good = flow_number(reader, km, E_FLOW_DISTANCE, -FLOW_KM_MOST, FLOW_KM_MOST, &road.km) && good;
    good = read_known(sheet, ROAD_KNOWN, &road.known) && good;
    if (sheet->cells[FORCED].n > 0) {
        good =
            flow_int(reader, flow_sheet_spot(sheet, FORCED), E_NUMBER_RANGE, 0, 2, &forced) && good;
    }
    TRY(flow_sheet_word(sheet, ROAD_SOURCE, &road.source, err));
    if (good && !(road.km > 0)) {
        flow_fault(reader, km, E_FLOW_DISTANCE, "a road is longer than 0 km");
    } else if (good && road.a == road.b) {
        flow_fault(reader, flow_sheet_spot(sheet, B), E_FLOW_DISTANCE,
                   "this road leads back to where it begins");
    } else if (good) {
        road.forced = (uint8_t)forced;
        reader->world.roads[reader->world.n_roads++] = road;
    }
    return 0;
}

int flow_read_roads(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct flow_sheet sheet;
    bool open;
    TRY(flow_sheet_open(&sheet, reader, FLOW_ROADS, bytes, road_columns,
                        sizeof road_columns / sizeof *road_columns, &open, err));
    TRY_NEW(reader->world.roads, reader->arena, open ? flow_sheet_bound(&sheet) : 0, err);
    while (open && flow_sheet_next(&sheet)) {
        if (!flow_fits(reader, sheet.file, reader->world.n_roads + 1, FLOW_ROADS_MOST, "roads")) {
            return 0;
        }
        TRY(read_road(&sheet, err));
    }
    return 0;
}

enum { TYPE, NAME1, NAME2, FROM, TO, KNOWN, SOURCE };
static const struct flow_column closure_columns[] = {
    {"type", true}, {"name1", true},  {"name2", true},  {"from", true},
    {"to", true},   {"known", false}, {"source", false}};

static bool closure_places(const struct flow_sheet *sheet, struct flow_closure *closure)
{
    bool two = closure->type == FLOW_CLOSE_LINK || closure->type == FLOW_CLOSE_FORCED;
    closure->place1 = closure->place2 = FLOW_NONE;
    if (closure->type == FLOW_CLOSE_COUNTRY) {
        return true;
    }
    bool good = flow_find_place(sheet->reader, flow_sheet_spot(sheet, NAME1), &closure->place1);
    return (!two ||
            flow_find_place(sheet->reader, flow_sheet_spot(sheet, NAME2), &closure->place2)) &&
           good;
}

static int read_closure(const struct flow_sheet *sheet, struct ajar_err *err)
{
    struct flow_world *world = &sheet->reader->world;
    struct flow_closure closure = {.to = -1, .line = sheet->row.line};
    size_t type;
    if (!flow_sheet_choice(sheet, TYPE, E_FLOW_CLOSURE, flow_closure_words, FLOW_CLOSE_FORCED + 1,
                           &type)) {
        return 0;
    }
    closure.type = (enum flow_closure_type)type;
    TRY(flow_sheet_word(sheet, NAME1, &closure.name1, err));
    TRY(flow_sheet_word(sheet, NAME2, &closure.name2, err));
    TRY(flow_sheet_word(sheet, SOURCE, &closure.source, err));
    bool good = closure_places(sheet, &closure);
    good = flow_sheet_day(sheet, FROM, 0, &closure.from) && good;
    good = (sheet->cells[TO].n == 0 || flow_sheet_day(sheet, TO, 0, &closure.to)) && good;
    if (good &&
        flow_sheet_known(sheet, KNOWN, world->start + closure.from, false, &closure.known)) {
        world->closures[world->n_closures++] = closure;
    }
    return 0;
}

int flow_read_closures(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct flow_sheet sheet;
    bool open;
    TRY(flow_sheet_open(&sheet, reader, FLOW_CLOSURES, bytes, closure_columns,
                        sizeof closure_columns / sizeof *closure_columns, &open, err));
    TRY_NEW(reader->world.closures, reader->arena, open ? flow_sheet_bound(&sheet) : 0, err);
    while (open && flow_sheet_next(&sheet)) {
        TRY(read_closure(&sheet, err));
    }
    return 0;
}

enum { PLACE, SINCE, INTENSITY, CONFLICT_KNOWN, CONFLICT_SOURCE };
static const struct flow_column conflict_columns[] = {
    {"place", true}, {"from", true}, {"intensity", true}, {"known", false}, {"source", false}};

static int conflict_order(const void *left, const void *right)
{
    const struct flow_conflict *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return a->line < b->line ? -1 : a->line > b->line;
}

static int read_conflict(const struct flow_sheet *sheet, struct ajar_err *err)
{
    struct flow_world *world = &sheet->reader->world;
    struct flow_conflict row = {.line = sheet->row.line};
    bool good = flow_find_place(sheet->reader, flow_sheet_spot(sheet, PLACE), &row.place);
    good = flow_sheet_day(sheet, SINCE, 0, &row.day) && good;
    good = flow_number(sheet->reader, flow_sheet_spot(sheet, INTENSITY), E_NUMBER_RANGE, 0, 1e9,
                       &row.intensity) &&
           good;
    good =
        flow_sheet_known(sheet, CONFLICT_KNOWN, world->start + row.day, false, &row.known) && good;
    TRY(flow_sheet_word(sheet, CONFLICT_SOURCE, &row.source, err));
    if (good && row.day >= world->n_days) {
        flow_say(sheet->reader->said, sheet->file, row.line,
                 "this lies after the end and is left out.");
    } else if (good) {
        world->conflicts[world->n_conflicts++] = row;
    }
    return 0;
}

/* In order.  A row that repeats the intensity before it says nothing, unless it was known sooner. */
static void conflicts_settle(struct flow_reader *reader, const char *file)
{
    struct flow_world *world = &reader->world;
    size_t kept = 0;
    qsort(world->conflicts, world->n_conflicts, sizeof *world->conflicts, conflict_order);
    for (size_t i = 0; i < world->n_conflicts; i++) {
        const struct flow_conflict *row = &world->conflicts[i];
        const struct flow_conflict *before = kept > 0 ? &world->conflicts[kept - 1] : NULL;
        bool same = before != NULL && before->place == row->place;
        double intensity = same ? before->intensity : 0;
        bool sooner = same && row->known < before->known;
        if (i > 0 && row[-1].place == row->place && row[-1].day == row->day) {
            err_at(faults_add(reader->faults), E_FLOW_DAY, file, row->line, "from",
                   world->places[row->place].name, "this place has another row for this day");
        } else if (row->intensity < intensity || row->intensity > intensity || sooner) {
            world->conflicts[kept++] = *row;
        } else {
            flow_say(reader->said, file, row->line, "this changes nothing and is left out.");
        }
    }
    world->n_conflicts = kept;
}

int flow_read_conflicts(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct flow_sheet sheet;
    bool open;
    TRY(flow_sheet_open(&sheet, reader, FLOW_CONFLICTS, bytes, conflict_columns,
                        sizeof conflict_columns / sizeof *conflict_columns, &open, err));
    TRY_NEW(reader->world.conflicts, reader->arena, open ? flow_sheet_bound(&sheet) : 0, err);
    while (open && flow_sheet_next(&sheet)) {
        TRY(read_conflict(&sheet, err));
    }
    conflicts_settle(reader, flow_table_file(FLOW_CONFLICTS));
    return 0;
}
