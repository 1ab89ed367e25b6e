/* The data of a conflict's page.  Days count from 0; long rows of numbers are texts of digits, as in
 * web/shapes.mjs: base 32, least first, digits from 32 up say that more follow. */
#include <math.h>

#include "report_conflict.h"
#include "report_json.h"

#define DATA_ROW_CEILING ((size_t)64 << 20)

struct conflict_data {
    struct json_out json;
    struct buf row; /* of digits, under way */
    const struct flow_chain *chain;
};

static void put_row(struct conflict_data *data, const char *key)
{
    json_key(&data->json, key);
    json_put_text(&data->json, buf_view(&data->row));
    data->row.n = 0;
}

static void put_key_int(struct conflict_data *data, const char *key, int64_t value)
{
    json_key(&data->json, key);
    json_put_int(&data->json, value);
}

static void put_key_text(struct conflict_data *data, const char *key, struct text value)
{
    json_key(&data->json, key);
    json_put_text(&data->json, value);
}

/* Whole people of each day; 0 is followed by how many more days have none. */
static void put_flow(struct conflict_data *data, const char *key, const double *people, size_t way)
{
    const struct flow_chain *chain = data->chain;
    size_t n_days = (size_t)chain->plan.n_days;
    for (size_t day = 0; day < n_days;) {
        uint64_t here = (uint64_t)llround(people[day * chain->n_ways + way]);
        report_digits(&data->row, here);
        size_t from = ++day;
        while (here == 0 && day < n_days && llround(people[day * chain->n_ways + way]) == 0) {
            day++;
        }
        if (here == 0) {
            report_digits(&data->row, day - from);
        }
    }
    put_row(data, key);
}

/* [from, to, from, to ...] of the days on which the way is shut in both directions. */
static void put_shut(struct conflict_data *data, size_t way)
{
    const struct flow_chain *chain = data->chain;
    bool open = true;
    json_key(&data->json, "shut");
    json_begin_array(&data->json);
    for (int32_t day = 0; day < chain->plan.n_days; day++) {
        bool now = chain->way_open[(size_t)day * chain->n_ways + way] != 0;
        if (now != open) {
            json_put_int(&data->json, day);
        }
        open = now;
    }
    if (!open) {
        json_put_int(&data->json, chain->plan.n_days);
    }
    json_end_array(&data->json);
}

static void put_ways(struct conflict_data *data)
{
    const struct flow_chain *chain = data->chain;
    json_key(&data->json, "ways");
    json_begin_array(&data->json);
    for (size_t way = 0; way < chain->n_ways; way++) {
        json_begin_object(&data->json);
        put_key_int(data, "a", chain->ways[way].a);
        put_key_int(data, "b", chain->ways[way].b);
        json_key(&data->json, "km");
        json_put_number(&data->json, chain->ways[way].km);
        put_shut(data, way);
        put_flow(data, "there", chain->there, way);
        put_flow(data, "back", chain->back, way);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

/* [day, type, day, type ...] as it changes; types in the order of enum flow_type. */
static void put_types(struct conflict_data *data, size_t place)
{
    const struct flow_plan *plan = &data->chain->plan;
    json_key(&data->json, "types");
    json_begin_array(&data->json);
    for (int32_t day = 0, last = -1; day < plan->n_days; day++) {
        int32_t type = plan->type[(size_t)day * plan->n_places + place];
        if (type != last) {
            json_put_int(&data->json, day);
            json_put_int(&data->json, type);
        }
        last = type;
    }
    json_end_array(&data->json);
}

static void put_places(struct conflict_data *data)
{
    const struct flow_world *world = &data->chain->input.world;
    json_key(&data->json, "places");
    json_begin_array(&data->json);
    for (size_t p = 0; p < world->n_places; p++) {
        json_begin_object(&data->json);
        put_key_text(data, "name", world->places[p].name);
        put_key_text(data, "country", world->places[p].country);
        json_key(&data->json, "lat");
        json_put_number(&data->json, world->places[p].lat);
        json_key(&data->json, "lon");
        json_put_number(&data->json, world->places[p].lon);
        put_types(data, p);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

/* Whole people of each day as differences from the day before; odd numbers are below 0. */
static void put_fan(struct conflict_data *data, const char *key, const double *people,
                    uint32_t camp)
{
    int64_t before = 0;
    for (size_t day = 0; day < (size_t)data->chain->camps.n_days; day++) {
        int64_t here = llround(people[camp * (size_t)data->chain->camps.n_days + day]);
        int64_t step = here - before;
        report_digits(&data->row, step < 0 ? 2 * (uint64_t)-step - 1 : 2 * (uint64_t)step);
        before = here;
    }
    put_row(data, key);
}

/* Index of a source in the list of those that are named; new ones are added at its end. */
struct source_list {
    struct arena arena;
    struct text *at;
    size_t n, most;
};

static size_t find_source(struct source_list *list, struct text source)
{
    size_t i = 0;
    while (i < list->n && !text_eq(list->at[i], source)) {
        i++;
    }
    if (i == list->n && list->n < list->most) {
        list->at[list->n++] = source;
    }
    return i;
}

/* [day, count, first count, 1 when computed, source]; counts that are not shown are null. */
static void put_points(struct conflict_data *data, const struct flow_camp_seen *seen,
                       struct source_list *sources)
{
    json_key(&data->json, "points");
    json_begin_array(&data->json);
    for (size_t i = 0; i < seen->n; i++) {
        const struct flow_point_seen *point = &seen->at[i];
        json_begin_array(&data->json);
        json_put_int(&data->json, point->day);
        json_put_number(&data->json, point->hidden ? (double)NAN : round(point->count));
        json_put_number(&data->json, point->hidden ? (double)NAN : round(point->first));
        json_put_int(&data->json, point->computed);
        json_put_int(&data->json, (int64_t)find_source(sources, point->source));
        json_end_array(&data->json);
    }
    json_end_array(&data->json);
}

static void put_camp(struct conflict_data *data, uint32_t camp, struct source_list *sources)
{
    const struct ensemble_summary *fans = &data->chain->camps;
    const struct flow_camp_seen *seen = &data->chain->seen[camp];
    int64_t capacity = data->chain->input.world.places[seen->place].capacity;
    json_begin_object(&data->json);
    put_key_int(data, "place", seen->place);
    json_key(&data->json, "capacity");
    json_put_number(&data->json, capacity < 0 ? (double)NAN : (double)capacity);
    put_points(data, seen, sources);
    put_fan(data, "mean", fans->mean, camp);
    put_fan(data, "p5", fans->quantile[ENSEMBLE_P5], camp);
    put_fan(data, "p25", fans->quantile[ENSEMBLE_P25], camp);
    put_fan(data, "p50", fans->quantile[ENSEMBLE_P50], camp);
    put_fan(data, "p75", fans->quantile[ENSEMBLE_P75], camp);
    put_fan(data, "p95", fans->quantile[ENSEMBLE_P95], camp);
    json_end_object(&data->json);
}

static void put_camps(struct conflict_data *data, struct source_list *sources)
{
    json_key(&data->json, "camps");
    json_begin_array(&data->json);
    for (uint32_t i = 0; i < data->chain->plan.n_camps; i++) {
        put_camp(data, data->chain->by_size[i], sources);
    }
    json_end_array(&data->json);
    json_key(&data->json, "sources");
    json_begin_array(&data->json);
    for (size_t i = 0; i < sources->n; i++) {
        json_put_text(&data->json, sources->at[i]);
    }
    json_end_array(&data->json);
}

/* The keys that a scenario's page has, empty. */
static void put_nothing(struct json_out *json)
{
    static const char *const keys[] = {"subject", "asKnown", "series", "map",
                                       "aid",     "watch",   "doors",  "exodus"};
    json_key(json, "format");
    json_put_int(json, 1);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_key(json, keys[i]);
        json_put_null(json);
    }
}

static void put_conflict(struct conflict_data *data, struct source_list *sources)
{
    const struct flow_chain *chain = data->chain;
    char start[DATE_TEXT];
    json_begin_object(&data->json);
    put_key_text(data, "title", chain->input.world.title);
    put_key_text(data, "start", text_of(date_format(chain->input.world.start, start)));
    put_key_int(data, "days", chain->plan.n_days);
    put_key_int(data, "members", chain->options.n_members);
    put_places(data);
    put_ways(data);
    put_camps(data, sources);
    json_end_object(&data->json);
}

int report_conflict_object(struct json_out *json, const struct flow_chain *chain,
                           struct ajar_err *err)
{
    struct conflict_data data = {.chain = chain, .json = *json};
    struct source_list sources = {.most = 1};
    arena_init(&sources.arena, "the sources of counts", DATA_ROW_CEILING);
    for (uint32_t c = 0; c < chain->plan.n_camps; c++) {
        sources.most += chain->seen[c].n;
    }
    sources.at = arena_new(&sources.arena, struct text, sources.most, err);
    int code = sources.at == NULL ? arena_code(err) : 0;
    buf_init(&data.row, DATA_ROW_CEILING);
    if (code == 0) {
        put_conflict(&data, &sources);
        code = buf_ok(&data.row, err);
    }
    *json = data.json;
    buf_free(&data.row);
    arena_free(&sources.arena);
    return code;
}

int report_conflict_data(struct buf *out, const struct flow_chain *chain, struct ajar_err *err)
{
    struct json_out json;
    json_out_init(&json, out, false);
    json_begin_object(&json);
    put_nothing(&json);
    json_key(&json, "conflict");
    TRY(report_conflict_object(&json, chain, err));
    json_end_object(&json);
    return buf_ok(out, err);
}
