/* A small scenario with a model and observations of an exodus, in memory. */
#ifndef TEST_EXODUS_READ_SMALL_H
#define TEST_EXODUS_READ_SMALL_H

#include "exodus_read.h"
#include "unit.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct {
    const char *id, *country, *type;
    double lat, lon, people;
} small_places[] = {
    {"aa", "RUS", "origin", 50, 10, 300},     {"bb", "RUS", "origin", 54, 30, 100},
    {"cc", "RUS", "origin", 60, 90, 200},     {"dd", "RUS", "origin", 61, 91, 50},
    {"ee", "RUS", "origin", 62, 92, 150},     {"hub", "RUS", "destination", 52, 20, 40},
    {"x_rus", "RUS", "crossing", 51, 11, 1},  {"x_fin", "FIN", "crossing", 53, 21, 1},
    {"city", "FIN", "destination", 53, 22, 9}};

enum { AA, BB, CC, DD, EE, HUB, X_RUS, X_FIN, CITY, SMALL_PLACES };

/* dd and ee hang on places that no way may lead through. */
static const struct {
    uint32_t from, to;
    double km;
} small_routes[] = {{AA, HUB, 100},  {HUB, X_FIN, 20},  {X_FIN, BB, 400}, {HUB, BB, 30},
                    {CC, X_RUS, 10}, {X_RUS, X_FIN, 5}, {CC, CITY, 7},    {CITY, X_FIN, 1},
                    {CC, AA, 500},   {DD, CITY, 3},     {EE, X_RUS, 2}};
#define SMALL_ROUTES (sizeof small_routes / sizeof *small_routes)

static const struct {
    const char *id, *date;
} small_sources[] = {{"early", "2022-09-30"}, {"month", "2022-10"}, {"undated", ""}};
#define SMALL_SOURCES 3

static const struct {
    const char *from, *to, *country, *route, *source;
    uint32_t measure;
    double value;
} small_arrivals[] = {{"2022-09-14", "2022-09-14", "FIN", "land", "early", 0, 3133},
                      {"2022-09-19", "2022-09-25", "FIN", "land", "early", 0, 40000},
                      {"2022-09-19", "2022-09-25", "FIN", "land", "month", 1, 20000},
                      {"2022-09-20", "2022-09-20", "GEO", "all", "undated", 0, 6000},
                      {"2022-09-21", "2022-09-21", "GEO", "all", "early", 0, 0}};
#define SMALL_ARRIVALS 5

static name_id small_name(struct scenario *scenario, const char *word)
{
    name_id id;
    assert_int_equal(names_put(scenario->names, text_of(word), &id, NULL), 0);
    return id;
}

#define small_new(pointer, count)                                                                  \
    do {                                                                                           \
        (pointer) = arena_get(&arena, (count), sizeof *(pointer), NULL);                           \
        assert_non_null(pointer);                                                                  \
    } while (0)

static void small_graph(struct scenario *out)
{
    struct places *places = &out->places;
    struct routes *routes = &out->routes;
    small_new(places->id, SMALL_PLACES);
    small_new(places->country, SMALL_PLACES);
    small_new(places->type, SMALL_PLACES);
    small_new(places->lat, SMALL_PLACES);
    small_new(places->lon, SMALL_PLACES);
    small_new(places->population, SMALL_PLACES);
    for (; places->n < SMALL_PLACES; places->n++) {
        places->id[places->n] = small_name(out, small_places[places->n].id);
        places->country[places->n] = small_name(out, small_places[places->n].country);
        places->type[places->n] = small_name(out, small_places[places->n].type);
        places->lat[places->n] = small_places[places->n].lat;
        places->lon[places->n] = small_places[places->n].lon;
        places->population[places->n] = small_places[places->n].people;
    }
    small_new(routes->from, SMALL_ROUTES);
    small_new(routes->to, SMALL_ROUTES);
    small_new(routes->km, SMALL_ROUTES);
    for (; routes->n < SMALL_ROUTES; routes->n++) {
        routes->from[routes->n] = small_routes[routes->n].from;
        routes->to[routes->n] = small_routes[routes->n].to;
        routes->km[routes->n] = small_routes[routes->n].km;
    }
}

static void small_counts(struct scenario *out)
{
    struct arrivals *rows = &out->arrivals;
    small_new(out->measures.id, 2);
    out->measures.n = 2;
    out->measures.id[0] = small_name(out, "entries_rus");
    out->measures.id[1] = small_name(out, "exits_rus");
    small_new(rows->line, SMALL_ARRIVALS);
    small_new(rows->from, SMALL_ARRIVALS);
    small_new(rows->to, SMALL_ARRIVALS);
    small_new(rows->country, SMALL_ARRIVALS);
    small_new(rows->route, SMALL_ARRIVALS);
    small_new(rows->measure, SMALL_ARRIVALS);
    small_new(rows->value, SMALL_ARRIVALS);
    small_new(rows->source, SMALL_ARRIVALS);
    for (size_t i = 0; i < SMALL_ARRIVALS; i++, rows->n++) {
        rows->line[i] = (uint32_t)i + 2;
        assert_true(date_parse(text_of(small_arrivals[i].from), &rows->from[i]));
        assert_true(date_parse(text_of(small_arrivals[i].to), &rows->to[i]));
        rows->country[i] = small_name(out, small_arrivals[i].country);
        rows->route[i] = small_name(out, small_arrivals[i].route);
        rows->measure[i] = small_arrivals[i].measure;
        rows->value[i] = small_arrivals[i].value;
        rows->source[i] = small_name(out, small_arrivals[i].source);
    }
}

static struct scenario small_scenario(void)
{
    struct scenario out = {.dir = "small"};
    small_new(out.names, 1);
    assert_int_equal(names_init(out.names, &arena, NULL), 0);
    out.subject = small_name(&out, "RUS");
    small_graph(&out);
    small_new(out.sources.id, SMALL_SOURCES);
    small_new(out.sources.date, SMALL_SOURCES);
    for (size_t i = 0; i < SMALL_SOURCES; i++, out.sources.n++) {
        out.sources.id[i] = small_name(&out, small_sources[i].id);
        if (!date_parse_partial(text_of(small_sources[i].date), &out.sources.date[i])) {
            out.sources.date[i].first = out.sources.date[i].last = DATE_NONE;
        }
    }
    small_counts(&out);
    return out;
}

static const char small_model[] =
    "title: Small\n"
    "from: 2022-09-01\n"
    "to: 2022-12-31\n"
    "shown: 2022-09-12\n"
    "order: 2022-09-21\n" /* 5 */
    "as_known: 2022-10-02\n"
    "parameters:\n"
    "- {id: pull_a, title: Pull, unit: \"\", prior: normal, mean: -1, sd: 2, why: guess}\n"
    "- {id: people, title: People, unit: persons, prior: lognormal, median: 9000, sd: .5, "
    "source: early, why: seen}\n"
    "- {id: visa, title: Visas, unit: part, prior: beta, alpha: 2, beta: 6, fitted: no, why: "
    "guess}\n" /* 10 */
    "flight: people\n"
    "peak_days: 4\n"
    "half_life_days: 10\n"
    "distance: 1.2\n"
    "wait_dislike: .2\n" /* 15 */
    "tries_shut: .1\n"
    "pool_days: 3\n"
    "gives_up: .4\n"
    "discretion: .5\n"
    "queue_leaves: .04\n" /* 20 */
    "traffic_stay_days: 4\n"
    "returns: .3\n"
    "flight_stay_days: 45\n"
    "onward: .003\n"
    "shuts_a_day: .001\n" /* 25 */
    "classes:\n"
    "- {id: permit, title: Permit, profiles: [home, kin], flight: .03, kept: yes}\n"
    "- {id: tourist, title: Visa, profiles: [tourist], flight: visa}\n"
    "- {id: none, title: No visa, profiles: [no_visa], flight: rest}\n"
    "regions:\n" /* 30 */
    "- {id: west, title: West, places: [aa, bb]}\n"
    "- {id: east, title: East, places: [cc, dd]}\n"
    "- {id: island, title: Island, places: [ee]}\n"
    "doors:\n"
    "- id: fin\n" /* 35 */
    "  title: Finland\n"
    "  country: FIN\n"
    "  crossings: [fin_road, fin_rail]\n"
    "  near: [x_fin]\n"
    "  at: x_fin\n" /* 40 */
    "  traffic: 7000\n"
    "  papers: {permit: .25, tourist: rest}\n"
    "  weekday: [1.01, 1, 1, 1, 1, 1, 1]\n"
    "  pull: pull_a\n"
    "  russians: .9\n" /* 45 */
    "  routes:\n"
    "  - {route: land}\n"
    "  - {route: \"land:Narrow\", share: .4, traffic_share: .3, spread: .2}\n"
    "  - {country: EU27, route: land, share: .5}\n"
    "- id: rus\n" /* 50 */
    "  title: Other\n"
    "  country: GEO\n"
    "  crossings: [geo_road]\n"
    "  near: [x_rus, bb]\n"
    "  at: aa\n" /* 55 */
    "  traffic: people\n"
    "  papers: {none: rest}\n"
    "  capacity: 500\n"
    "what_if:\n"
    "- id: shut\n" /* 60 */
    "  title: All shut\n"
    "  edits:\n"
    "  - {doors: [fin, rus], from: 2022-09-22, gate: CLOSED}\n"
    "  - {doors: [rus], classes: [none, permit], from: 2022-10-01, to: 2022-10-09, law: "
    "cf.papers}\n";

static const char small_seen[] =
    "country_iso3,route,measure,date_from,date_to,source_id,use,scale,at_least,either,first_part,"
    "last_part,why\n"
    "FIN,land,entries_rus,2022-09-14,2022-09-14,early,fit,.03,,,,,\n"
    "FIN,land,entries_rus,2022-09-19,2022-09-25,early,check,.1,yes,7,.5,.25,\"wider, so\"\n"
    "FIN,land,exits_rus,2022-09-19,2022-09-25,month,fit,.2,,7,,,\n"
    "GEO,all,entries_rus,2022-09-20,2022-09-20,undated,left,,,,,,not believed\n";

struct read {
    int code;
    struct exodus_model model;
    struct exodus_seen *seen;
    size_t n;
    struct faults faults;
    struct ajar_err err;
};

static struct read read_of(struct arena *memory, const struct scenario *scenario, struct text model,
                           struct text seen)
{
    struct read out = {.model = {.n_days = 77}, .n = 77};
    assert_int_equal(faults_init(&out.faults, memory, 60, NULL), 0);
    out.code = exodus_read(memory, scenario, model, seen, &out.model, &out.seen, &out.n,
                           &out.faults, &out.err);
    return out;
}

static void read_show(const struct read *read)
{
    for (size_t i = 0; i < read->faults.kept; i++) {
        const struct ajar_err *at = &read->faults.at[i];
        print_error("%s %s:%ld:%ld %s '%s' \"%s\" \"%s\"\n", at->slug, at->file, at->row, at->at,
                    at->column, at->value, at->text, at->hint);
    }
}

#endif
