#include "flow_write.h"

#include "csv.h"
#include "flow_sheet.h"
#include "num.h"

static void put_head(struct csv_out *out, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_put_str(out, names[i]);
    }
    csv_end_row(out);
}
#define PUT_HEAD(out, ...)                                                                         \
    do {                                                                                           \
        static const char *const names_[] = {__VA_ARGS__};                                         \
        put_head((out), names_, sizeof names_ / sizeof *names_);                                   \
    } while (0)

static void put_date(struct csv_out *out, date_days date)
{
    char shown[DATE_TEXT];
    csv_put_str(out, date_format(date, shown));
}

/* A count, or nothing where none is given. */
static void put_count(struct csv_out *out, int64_t count, bool given)
{
    if (given) {
        csv_put_int(out, count);
    } else {
        csv_put_str(out, "");
    }
}

static void write_places(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "name", "region", "country", "lat", "lon", "type", "conflict_from", "population",
             "capacity", "capacity_known", "source");
    for (size_t i = 0; i < world->n_places; i++) {
        const struct flow_place *at = &world->places[i];
        bool conflict = at->conflict_day != INT32_MIN;
        bool camp = at->type == FLOW_CAMP || at->type == FLOW_IDPCAMP;
        csv_put_text(out, at->name);
        csv_put_text(out, at->region);
        csv_put_text(out, at->country);
        csv_put_number(out, at->lat);
        csv_put_number(out, at->lon);
        csv_put_str(out, flow_type_words[conflict ? FLOW_CONFLICT : at->type]);
        put_date(out, conflict ? world->start + at->conflict_day : DATE_NONE);
        put_count(out, at->population, !camp);
        put_count(out, at->capacity, at->capacity >= 0);
        put_date(out, at->capacity_known);
        csv_put_text(out, at->source);
        csv_end_row(out);
    }
}

static void write_roads(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "a", "b", "km", "forced", "known", "source");
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_road *at = &world->roads[i];
        csv_put_text(out, world->places[at->a].name);
        csv_put_text(out, world->places[at->b].name);
        csv_put_number(out, at->km);
        csv_put_int(out, at->forced);
        put_date(out, at->known);
        csv_put_text(out, at->source);
        csv_end_row(out);
    }
}

static void write_closures(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "type", "name1", "name2", "from", "to", "known", "source");
    for (size_t i = 0; i < world->n_closures; i++) {
        const struct flow_closure *at = &world->closures[i];
        csv_put_str(out, flow_closure_words[at->type]);
        csv_put_text(out, at->name1);
        csv_put_text(out, at->name2);
        put_date(out, world->start + at->from);
        put_date(out, at->to < 0 ? DATE_NONE : world->start + at->to);
        put_date(out, at->known);
        csv_put_text(out, at->source);
        csv_end_row(out);
    }
}

static void write_conflicts(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "place", "from", "intensity", "known", "source");
    for (size_t i = 0; i < world->n_conflicts; i++) {
        const struct flow_conflict *at = &world->conflicts[i];
        csv_put_text(out, world->places[at->place].name);
        put_date(out, world->start + at->day);
        csv_put_number(out, at->intensity);
        put_date(out, at->known);
        csv_put_text(out, at->source);
        csv_end_row(out);
    }
}

/* Where the reports of a place begin, in an order by place. */
static size_t reports_first(const struct flow_report *rows, size_t n, uint32_t place)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (rows[middle].place < place) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static void put_series(struct csv_out *out, enum flow_series_kind kind, struct text name,
                       const struct flow_report *rows, size_t n, uint32_t place)
{
    for (size_t i = reports_first(rows, n, place); i < n && rows[i].place == place; i++) {
        csv_put_str(out, flow_series_words[kind]);
        csv_put_text(out, name);
        csv_put_int(out, (int64_t)rows[i].part + 1);
        put_date(out, rows[i].date);
        csv_put_int(out, rows[i].count);
        put_date(out, rows[i].known);
        csv_put_text(out, rows[i].source);
        csv_end_row(out);
    }
}

/* Camps in their order, which the reader takes from here. */
static void write_reports(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "series", "place", "part", "date", "count", "known", "source");
    put_series(out, FLOW_SERIES_TOTAL, (struct text){"", 0}, world->reports, world->n_reports,
               FLOW_NONE);
    for (size_t i = 0; i < world->n_camps; i++) {
        put_series(out, FLOW_SERIES_PLACE, world->places[world->camps[i]].name, world->reports,
                   world->n_reports, world->camps[i]);
    }
    for (uint32_t i = 0; i < world->n_uncounted; i++) {
        put_series(out, FLOW_SERIES_OUTSIDE, world->uncounted[i], world->uncounted_reports,
                   world->n_uncounted_reports, i);
    }
}

static void write_corrections(const struct flow_world *world, struct csv_out *out)
{
    PUT_HEAD(out, "series", "place", "date", "known", "source");
    for (size_t i = 0; i < world->n_corrections; i++) {
        const struct flow_correction *at = &world->corrections[i];
        bool total = at->place == FLOW_NONE;
        csv_put_str(out, flow_series_words[at->of_uncounted ? FLOW_SERIES_OUTSIDE
                                           : total          ? FLOW_SERIES_TOTAL
                                                            : FLOW_SERIES_PLACE]);
        csv_put_text(out, total              ? (struct text){"", 0}
                          : at->of_uncounted ? world->uncounted[at->place]
                                             : world->places[at->place].name);
        put_date(out, at->date);
        put_date(out, at->known);
        csv_put_text(out, at->source);
        csv_end_row(out);
    }
}

static void put_quoted(struct buf *buf, struct text word)
{
    buf_char(buf, '"');
    for (size_t i = 0; i < word.n; i++) {
        if (word.at[i] == '"' || word.at[i] == '\\') {
            buf_char(buf, '\\');
        }
        buf_char(buf, word.at[i]);
    }
    buf_char(buf, '"');
}

static void put_number(struct buf *buf, double value)
{
    char shown[NUM_TEXT];
    num_format(value, shown);
    buf_str(buf, shown);
}

static void write_settings(const struct flow_world *world, const struct flow_params *params,
                           struct buf *buf)
{
    char start[DATE_TEXT];
    buf_str(buf, "title: ");
    put_quoted(buf, world->title);
    buf_printf(buf, "\nstart: %s\ndays: %d\nrules: %s\nparameters:\n",
               date_format(world->start, start), (int)world->n_days,
               params->rules == FLOW_RULES_AJAR ? "ajar" : "flee");
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        double value = flow_param_get(params, at);
        buf_printf(buf, "  %s: ", at->name);
        if (at->kind == FLOW_PARAM_BOOL) {
            buf_str(buf, value > 0 ? "true" : "false");
        } else {
            put_number(buf, value);
        }
        buf_char(buf, '\n');
    }
    buf_str(buf, "  spawn_decay: [");
    for (int32_t i = 0; i < params->n_spawn_decay; i++) {
        buf_str(buf, i == 0 ? "" : ", ");
        put_number(buf, params->spawn_decay[i]);
    }
    buf_str(buf, "]\n");
}

int flow_write(const struct flow_world *world, const struct flow_params *params,
               enum flow_table table, struct buf *buf, struct ajar_err *err)
{
    struct csv_out out;
    csv_out_init(&out, buf);
    switch (table) {
    case FLOW_SETTINGS:
        write_settings(world, params, buf);
        break;
    case FLOW_PLACES:
        write_places(world, &out);
        break;
    case FLOW_ROADS:
        write_roads(world, &out);
        break;
    case FLOW_CLOSURES:
        write_closures(world, &out);
        break;
    case FLOW_CONFLICTS:
        write_conflicts(world, &out);
        break;
    case FLOW_REPORTS:
        write_reports(world, &out);
        break;
    case FLOW_CORRECTIONS:
        write_corrections(world, &out);
        break;
    case FLOW_TABLES:
        break;
    }
    return buf_ok(buf, err);
}
