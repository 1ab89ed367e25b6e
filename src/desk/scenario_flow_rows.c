/* The tables of a scenario from a conflict. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "country.h"
#include "scenario_flow_parts.h"

#define ROWS_MEASURE 48
#define ROWS_NOTE    160

static const struct flow_world *world_of(const struct scenario_flow *it)
{
    return &it->input->world;
}

static void put_day(struct csv_out *csv, date_days day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(day, text));
}

/* ---- Sources, measures, places ---- */

static void put_sources(struct scenario_flow *it, struct csv_out *csv)
{
    char publisher[ROWS_NOTE];
    struct text title = world_of(it)->title;
    snprintf(publisher, sizeof publisher, "the imported conflict %.*s", (int)text_fit(title, 100),
             title.at);
    for (size_t i = 0; i < it->n_sources; i++) {
        csv_put_str(csv, it->sources[i].id);
        csv_put_str(csv, it->options->publisher != NULL ? it->options->publisher : publisher);
        csv_put_text(csv, it->sources[i].word);
        put_day(csv, it->options->published);
        csv_put_str(csv, it->options->url);
        csv_end_row(csv);
    }
}

static void put_measure(struct scenario_flow *it, struct csv_out *csv, const char *stem,
                        const char *table, const char *kind, const char *definition)
{
    char measure[ROWS_MEASURE];
    snprintf(measure, sizeof measure, "%s_%s", stem, it->nationality);
    csv_put_str(csv, measure);
    csv_put_str(csv, table);
    csv_put_str(csv, kind);
    csv_put_str(csv, it->subject);
    csv_put_str(csv, "persons");
    csv_put_str(csv, definition);
    csv_end_row(csv);
}

static void put_measures(struct scenario_flow *it, struct csv_out *csv)
{
    put_measure(
        it, csv, "newly_registered", "arrivals", "registrations",
        "People by whom a register rose between its reports, of which the row spans the days. "
        "Where it fell there is no row: a recount is no registration.");
    put_measure(it, csv, "registered", "arrivals", "stock",
                "People on a register by its last report within the days of the scenario; not all "
                "of them came within these days.");
    put_measure(
        it, csv, "registered_in_camps", "hosts", "stock",
        "People on the registers of the camps of the country: the sum of the last report of "
        "each.");
}

/* Names of the reference's files have '_' for blanks. */
static struct text plain_name(struct text name, char to[static FLOW_WORD_MOST])
{
    size_t n = name.n < FLOW_WORD_MOST ? name.n : FLOW_WORD_MOST;
    for (size_t i = 0; i < n; i++) {
        to[i] = name.at[i] == '_' ? ' ' : name.at[i];
    }
    return (struct text){to, n};
}

/* Towns of the country that people leave, and the camps where they are counted. */
static void put_places(struct scenario_flow *it, struct csv_out *csv)
{
    for (size_t p = 0; p < world_of(it)->n_places; p++) {
        const struct flow_place *place = &world_of(it)->places[p];
        bool origin = !place->foreign && (place->type == FLOW_TOWN || place->type == FLOW_CONFLICT);
        char id[SCENARIO_FLOW_WORD], plain[FLOW_WORD_MOST];
        if (!origin && !(place->foreign && place->type == FLOW_CAMP)) {
            continue;
        }
        scenario_flow_id(place->name, id);
        csv_put_str(csv, id);
        csv_put_text(csv, plain_name(place->name, plain));
        csv_put_str(csv, it->code[p]);
        csv_put_number(csv, place->lat);
        csv_put_number(csv, place->lon);
        csv_put_number(csv, place->population > 0 ? (double)place->population : (double)NAN);
        csv_put_str(csv, origin ? "origin" : "destination");
        csv_put_str(csv, scenario_flow_source_of(it, place->source));
        csv_end_row(csv);
    }
}

/* ---- Arrivals ---- */

/* "camp:Kakuma"; of its second register "camp:Kakuma (2)"; the total is "all". */
static void put_route(const struct scenario_flow *it, struct csv_out *csv,
                      const struct scenario_flow_register *of)
{
    char route[FLOW_WORD_MOST + 32], plain[FLOW_WORD_MOST];
    if (of->place == FLOW_NONE) {
        csv_put_str(csv, "all");
        return;
    }
    struct text name = plain_name(world_of(it)->places[of->place].name, plain);
    int n = snprintf(route, sizeof route, "camp:%.*s", (int)name.n, name.at);
    if (of->part > 0) {
        snprintf(route + n, sizeof route - (size_t)n, " (%u)", of->part + 1);
    }
    csv_put_str(csv, route);
}

static void put_count(struct scenario_flow *it, struct csv_out *csv,
                      const struct scenario_flow_register *of, const char *stem, date_days from,
                      const struct flow_report *report, int64_t value, const char *note)
{
    char measure[ROWS_MEASURE];
    snprintf(measure, sizeof measure, "%s_%s", stem, it->nationality);
    put_day(csv, from);
    put_day(csv, report->date);
    csv_put_str(csv, of->place == FLOW_NONE ? "ALL" : it->code[of->place]);
    put_route(it, csv, of);
    csv_put_str(csv, measure);
    csv_put_int(csv, value);
    csv_put_str(csv, "persons");
    csv_put_str(csv, scenario_flow_source_of(it, report->source));
    csv_put_str(csv, note);
    csv_end_row(csv);
    it->made.n_rows++;
}

static void put_register(struct scenario_flow *it, struct csv_out *csv,
                         const struct scenario_flow_register *of)
{
    char note[ROWS_NOTE];
    for (size_t i = 1; i < of->n; i++) {
        const struct flow_report *before = of->at[i - 1], *now = of->at[i];
        if (now->count < before->count) {
            it->made.n_falls++;
            continue;
        }
        snprintf(note, sizeof note, "register from %lld to %lld", (long long)before->count,
                 (long long)now->count);
        put_count(it, csv, of, "newly_registered", before->date + 1, now,
                  now->count - before->count, note);
    }
    const struct flow_report *last = of->at[of->n - 1];
    put_count(it, csv, of, "registered", last->date, last, last->count, "last report");
}

static void put_arrivals(struct scenario_flow *it, struct csv_out *csv)
{
    for (size_t r = 0; r < it->n_registers; r++) {
        put_register(it, csv, &it->registers[r]);
    }
}

/* ---- Hosts ---- */

static void put_hosts(struct scenario_flow *it, struct csv_out *csv)
{
    const struct scenario_flow_host *hosts = it->hosts;
    char measure[ROWS_MEASURE], note[ROWS_NOTE], from[DATE_TEXT], to[DATE_TEXT];
    snprintf(measure, sizeof measure, "registered_in_camps_%s", it->nationality);
    for (size_t h = 0; h < it->n_hosts; h++) {
        snprintf(note, sizeof note, "computed: sum of the last reports of %zu register%s, %s to %s",
                 hosts[h].n, hosts[h].n == 1 ? "" : "s", date_format(hosts[h].from, from),
                 date_format(hosts[h].to, to));
        csv_put_str(csv, hosts[h].code);
        csv_put_str(csv, measure);
        csv_put_int(csv, hosts[h].people);
        csv_put_str(csv, "persons");
        put_day(csv, hosts[h].to);
        csv_put_str(csv, scenario_flow_source_of(it, hosts[h].one != NULL ? hosts[h].one->source
                                                                          : (struct text){"", 0}));
        csv_put_str(csv, hosts[h].one != NULL ? "last report of the one register" : note);
        csv_end_row(csv);
    }
}

void scenario_flow_rows(struct scenario_flow *it, enum schema_name table, struct csv_out *csv)
{
    switch (table) {
    case SCHEMA_SOURCES:
        put_sources(it, csv);
        break;
    case SCHEMA_MEASURES:
        put_measures(it, csv);
        break;
    case SCHEMA_PLACES:
        put_places(it, csv);
        break;
    case SCHEMA_ARRIVALS:
        put_arrivals(it, csv);
        break;
    case SCHEMA_HOSTS:
        put_hosts(it, csv);
        break;
    default:
        break;
    }
}
