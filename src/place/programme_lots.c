#include <math.h>
#include <string.h>

#include "place_earth.h"
#include "place_trait.h"
#include "programme_lists.h"

enum { PLACE, STATE, LAT, LON, UNTIL, COLUMNS };

#define LEAST "least_"

static const char *const lot_columns[COLUMNS] = {"place", "state", "lat", "lon", "until"};

/* By name of the lot, until the names are in order. */
struct lots {
    struct programme_reader *reader;
    int at[COLUMNS];
    int least_at[PLACE_RESOURCES_MOST]; /* by resource of the lots; -1: none */
    uint32_t n_leasts;
    int least_column[PLACE_RESOURCES_MOST]; /* in the order of the header */
    const struct place_list *list;
    name_id *place, *state;
    double *lat, *lon;
    date_days *until;
    int32_t *least; /* [rows * n_resources] */
    uint32_t n_seen;
    bool loose; /* a place or state could not be read */
};

static void lots_twice(struct place_sheet *sheet, struct text column)
{
    place_sheet_header(sheet, E_PLACE_COLUMN, column, "this column stands here a second time");
}

static bool lots_least(struct lots *lots, struct place_sheet *sheet, int c, struct text column)
{
    for (uint32_t i = 0; i < lots->n_leasts; i++) {
        if (text_eq(text_trim(sheet->csv.header[lots->least_column[i]]), column)) {
            lots_twice(sheet, column);
            return true;
        }
    }
    if (lots->n_leasts < PLACE_RESOURCES_MOST) {
        lots->least_column[lots->n_leasts++] = c;
    } else {
        place_sheet_header(sheet, E_PLACE_TOO_LARGE, column, "at most %d resources are read",
                           PLACE_RESOURCES_MOST);
    }
    return true;
}

static bool lots_column(void *arg, struct place_sheet *sheet, int c, struct text column)
{
    struct lots *lots = arg;
    if (text_starts(column, LEAST)) {
        return lots_least(lots, sheet, c, column);
    }
    for (int i = 0; i < COLUMNS; i++) {
        if (!text_is(column, lot_columns[i])) {
            continue;
        }
        if (lots->at[i] >= 0) {
            lots_twice(sheet, column);
        } else {
            lots->at[i] = c;
        }
        return true;
    }
    return place_trait(column); /* a fault already */
}

static void lots_least_unknown(struct lots *lots, struct place_sheet *sheet, struct text column,
                               struct text name)
{
    const struct place_list *list = lots->list;
    uint32_t near = place_list_near(list, name);
    struct ajar_err *fault = place_sheet_header(sheet, E_PLACE_RESOURCE, column,
                                                "this minimum has no capacity beside it");
    if (near != PLACE_NONE) {
        err_hint(fault, "Did you mean '" LEAST "%.*s'?", (int)list->resource[near].n,
                 list->resource[near].at);
    }
}

/* Each minimum belongs to a capacity. */
static void lots_leasts(struct lots *lots, struct place_sheet *sheet)
{
    const struct place_list *list = lots->list;
    for (uint32_t i = 0; i < lots->n_leasts; i++) {
        struct text column = text_trim(sheet->csv.header[lots->least_column[i]]);
        size_t prefix = strlen(LEAST);
        struct text name = {column.at + prefix, column.n - prefix};
        uint32_t r = 0;
        while (r < list->n_resources && !text_eq(list->resource[r], name)) {
            r++;
        }
        if (r < list->n_resources) {
            lots->least_at[r] = lots->least_column[i];
        } else {
            lots_least_unknown(lots, sheet, column, name);
        }
    }
}

static void lots_position(struct lots *lots, struct place_sheet *sheet)
{
    if ((lots->at[LAT] < 0) != (lots->at[LON] < 0)) {
        int missing = lots->at[LAT] < 0 ? LAT : LON;
        place_sheet_header(sheet, E_PLACE_COLUMN, text_of(lot_columns[missing]),
                           "this column is missing beside '%s'", lot_columns[LAT + LON - missing]);
        lots->at[LAT] = lots->at[LON] = -1;
    }
}

static int lots_start(void *arg, struct place_sheet *sheet, const struct place_list *list,
                      size_t rows, struct ajar_err *err)
{
    struct lots *lots = arg;
    struct programme_reader *reader = lots->reader;
    lots->list = list;
    for (uint32_t r = 0; r < PLACE_RESOURCES_MOST; r++) {
        lots->least_at[r] = -1;
    }
    lots_leasts(lots, sheet);
    lots_position(lots, sheet);
    TRY_NEW(lots->place, reader->scratch, rows, err);
    TRY_NEW(lots->state, reader->scratch, rows, err);
    TRY_NEW(lots->lat, reader->scratch, rows, err);
    TRY_NEW(lots->lon, reader->scratch, rows, err);
    TRY_NEW(lots->until, reader->scratch, rows, err);
    TRY_NEW(lots->least, reader->scratch, rows * list->n_resources, err);
    for (size_t i = 0; i < rows; i++) {
        lots->lat[i] = lots->lon[i] = (double)NAN;
        lots->until[i] = DATE_NONE;
    }
    return 0;
}

/* An empty cell gives `name` 0. */
static int lots_word(struct lots *lots, struct place_sheet *sheet, int i, struct place_ids *ids,
                     name_id *name, struct ajar_err *err)
{
    struct text word;
    bool fresh;
    *name = 0;
    if (lots->at[i] < 0 || place_sheet_cell(sheet, lots->at[i]).n == 0) {
        return 0;
    }
    if (!place_sheet_id(sheet, lots->at[i], lot_columns[i], &word)) {
        lots->loose = true;
        return 0;
    }
    return place_ids_add(ids, word, &fresh, name, err);
}

static void lots_where(struct lots *lots, struct place_sheet *sheet, name_id name)
{
    double lat = (double)NAN, lon = (double)NAN;
    if (lots->at[LAT] < 0 || (place_sheet_cell(sheet, lots->at[LAT]).n == 0 &&
                              place_sheet_cell(sheet, lots->at[LON]).n == 0)) {
        return;
    }
    bool good = programme_lists_degrees(sheet, lots->at[LAT], 90.0, &lat);
    good &= programme_lists_degrees(sheet, lots->at[LON], 180.0, &lon);
    if (good) {
        lots->lat[name] = lat;
        lots->lon[name] = lon;
    }
}

static void lots_minimums(struct lots *lots, struct place_sheet *sheet, name_id name,
                          const int32_t *capacity)
{
    const struct place_list *list = lots->list;
    int32_t *least = lots->least + (size_t)name * list->n_resources;
    for (uint32_t r = 0; r < list->n_resources; r++) {
        int32_t value = 0;
        int column = lots->least_at[r];
        if (column < 0 || place_sheet_cell(sheet, column).n == 0 ||
            !place_sheet_whole(sheet, column, 0, PLACE_AMOUNT_MOST, &value)) {
            continue;
        }
        if (capacity[r] >= 0 && value > capacity[r]) {
            place_sheet_fault(sheet, E_PLACE_LEAST, column,
                              "this minimum is above the capacity of %d", (int)capacity[r]);
        }
        least[r] = value;
    }
}

static int lots_row(void *arg, struct place_sheet *sheet, name_id name, const int32_t *amount,
                    struct ajar_err *err)
{
    struct lots *lots = arg;
    struct programme_reader *reader = lots->reader;
    bool fresh;
    lots->n_seen += name != 0;
    TRY(lots_word(lots, sheet, PLACE, &reader->places, &lots->place[name], err));
    TRY(lots_word(lots, sheet, STATE, &reader->states, &lots->state[name], err));
    if (lots->place[name] == 0 && name != 0) {
        TRY(place_ids_add(&reader->places, names_word(&lots->list->ids.names, name), &fresh,
                          &lots->place[name], err));
    }
    lots_where(lots, sheet, name);
    if (lots->at[UNTIL] >= 0) {
        programme_lists_date(sheet, lots->at[UNTIL], &lots->until[name]);
    }
    lots_minimums(lots, sheet, name, amount);
    return 0;
}

/* Words of a lot, in the order of the lots. */
static int lots_words(struct programme_reader *reader, const struct place_ids *ids,
                      const name_id *of, const struct text **words, const uint32_t **number,
                      struct ajar_err *err)
{
    const uint32_t *position = reader->lots.ids.position;
    uint32_t n = reader->lots.ids.n, *to;
    struct text *list;
    TRY_NEW(list, reader->arena, n, err);
    TRY_NEW(to, reader->arena, n, err);
    for (name_id name = 1; name <= n; name++) {
        bool none = of[name] == 0;
        uint32_t at = position[name];
        to[at] = none ? PLACE_NONE : ids->position[of[name]];
        list[at] = none ? (struct text){"", 0} : ids->list[to[at]];
    }
    *words = list;
    *number = to;
    return 0;
}

static int lots_dates(struct lots *lots, struct ajar_err *err)
{
    struct programme_reader *reader = lots->reader;
    const uint32_t *position = reader->lots.ids.position;
    uint32_t n = reader->lots.ids.n;
    date_days *until;
    struct text *word;
    TRY_NEW(until, reader->arena, n, err);
    TRY_NEW(word, reader->arena, n, err);
    for (name_id name = 1; name <= n; name++) {
        char shown[DATE_TEXT];
        struct text *to = &word[position[name]];
        until[position[name]] = lots->until[name];
        to->n = strlen(date_format(lots->until[name], shown));
        TRY(text_copy(reader->arena, (struct text){shown, to->n}, &to->at, err));
        reader->detail->rules.any |= lots->until[name] != DATE_NONE;
    }
    reader->out.until = reader->detail->rules.until = until;
    reader->detail->rules.until_word = word;
    return 0;
}

static int lots_points(struct lots *lots, struct ajar_err *err)
{
    struct programme_reader *reader = lots->reader;
    uint32_t n = reader->lots.ids.n;
    double *lat, *lon, *point;
    TRY_NEW(lat, reader->arena, n, err);
    TRY_NEW(lon, reader->arena, n, err);
    TRY_NEW(point, reader->arena, (size_t)n * 3, err);
    for (name_id name = 1; name <= n; name++) {
        uint32_t at = reader->lots.ids.position[name];
        lat[at] = lots->lat[name];
        lon[at] = lots->lon[name];
        if (isnan(lat[at])) {
            point[3 * (size_t)at] = (double)NAN;
        } else {
            place_earth_point(lat[at], lon[at], point + 3 * (size_t)at);
        }
    }
    reader->out.lat = lat;
    reader->out.lon = lon;
    reader->point = point;
    return 0;
}

static int lots_least_order(struct lots *lots, struct ajar_err *err)
{
    struct programme_reader *reader = lots->reader;
    size_t m = reader->lots.n_resources;
    int32_t *least;
    TRY_NEW(least, reader->scratch, reader->lots.ids.n * m, err);
    for (name_id name = 1; name <= reader->lots.ids.n; name++) {
        memcpy(least + reader->lots.ids.position[name] * m, lots->least + name * m,
               m * sizeof *least);
    }
    reader->least = least;
    return 0;
}

static int lots_order(struct lots *lots, struct ajar_err *err)
{
    struct programme_reader *reader = lots->reader;
    struct programme_rules *rules = &reader->detail->rules;
    TRY(place_ids_sort(&reader->places, reader->arena, reader->scratch, err));
    TRY(place_ids_sort(&reader->states, reader->arena, reader->scratch, err));
    TRY(lots_words(reader, &reader->places, lots->place, &reader->out.place, &rules->place_of,
                   err));
    TRY(lots_words(reader, &reader->states, lots->state, &reader->out.state, &rules->state_of,
                   err));
    rules->state = reader->states.list;
    TRY(lots_dates(lots, err));
    TRY(lots_points(lots, err));
    return lots_least_order(lots, err);
}

int programme_lots_read(struct programme_reader *reader, struct ajar_err *err)
{
    const struct place_table *table = programme_table_of(reader, PROGRAMME_LOCALITIES);
    struct lots lots = {.reader = reader, .at = {-1, -1, -1, -1, -1}};
    const struct place_list_more more = {&lots,       lot_columns, COLUMNS,
                                         lots_column, lots_start,  lots_row};
    TRY(place_ids_init(&reader->places, reader->scratch, err));
    TRY(place_ids_init(&reader->states, reader->scratch, err));
    TRY(place_list_read(reader->arena, reader->scratch, PLACE_LOCALITIES, table->name, table->bytes,
                        &more, reader->faults, &reader->lots, err));
    if (!reader->lots.whole) {
        return 0;
    }
    reader->sited = !lots.loose && lots.n_seen == reader->lots.ids.n;
    return lots_order(&lots, err);
}
