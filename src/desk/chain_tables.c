#include "chain_tables.h"

#include <math.h>

#include "csv.h"
#include "report_view.h"

static void table_put_date(struct csv_out *csv, date_days date)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(date, text));
}

/* The publisher of a source beside its id, so that a table can be read on its own. */
static void table_put_source(struct csv_out *csv, const struct scenario *scenario, name_id source)
{
    uint32_t row = scenario_source(scenario, source);
    csv_put_text(csv, scenario_name(scenario, source));
    csv_put_text(csv, row == SCENARIO_NO_ROW ? TEXT_LIT("") : scenario->sources.publisher[row]);
}

static void table_put_partial(struct csv_out *csv, struct date_partial date)
{
    char text[DATE_TEXT] = "";
    csv_put_str(csv, date.first == DATE_NONE ? "" : date_format_partial(date, text));
}

static void table_header(struct csv_out *csv, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_put_str(csv, names[i]);
    }
    csv_end_row(csv);
}

static int table_arrivals(struct buf *buf, struct arena *arena, const struct scenario *scenario,
                          struct ajar_err *err)
{
    static const char *const names[] = {"date_from", "date_to",   "country_iso3", "route",
                                        "measure",   "kind",      "value",        "unit",
                                        "hidden",    "source_id", "source",       "note"};
    const struct arrivals *arrivals = &scenario->arrivals;
    const struct measures *measures = &scenario->measures;
    uint8_t *hiding;
    TRY(report_hide(arena, scenario, &hiding, err));
    struct csv_out csv;
    csv_out_init(&csv, buf);
    table_header(&csv, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < arrivals->n; i++) {
        uint32_t measure = arrivals->measure[i];
        table_put_date(&csv, arrivals->from[i]);
        table_put_date(&csv, arrivals->to[i]);
        csv_put_text(&csv, scenario_name(scenario, arrivals->country[i]));
        csv_put_text(&csv, scenario_name(scenario, arrivals->route[i]));
        csv_put_text(&csv, scenario_name(scenario, measures->id[measure]));
        csv_put_str(&csv, measure_kind_word(measures->kind[measure]));
        bool shown = hiding[i] == REPORT_SHOWN;
        csv_put_number(&csv, shown ? arrivals->value[i] : (double)NAN);
        csv_put_text(&csv, scenario_name(scenario, arrivals->unit[i]));
        csv_put_str(&csv, report_hiding_word((enum report_hiding)hiding[i]));
        table_put_source(&csv, scenario, arrivals->source[i]);
        csv_put_text(&csv, shown ? arrivals->note[i] : TEXT_LIT(""));
        csv_end_row(&csv);
    }
    return 0;
}

static int table_places(struct buf *buf, struct arena *arena, const struct scenario *scenario,
                        struct ajar_err *err)
{
    (void)arena;
    (void)err;
    static const char *const names[] = {"id",         "name", "country_iso3", "lat",   "lon",
                                        "population", "type", "source_id",    "source"};
    const struct places *places = &scenario->places;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    table_header(&csv, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < places->n; i++) {
        csv_put_text(&csv, scenario_name(scenario, places->id[i]));
        csv_put_text(&csv, places->name[i]);
        csv_put_text(&csv, scenario_name(scenario, places->country[i]));
        csv_put_number(&csv, places->lat[i]);
        csv_put_number(&csv, places->lon[i]);
        csv_put_number(&csv, places->population[i]);
        csv_put_text(&csv, scenario_name(scenario, places->type[i]));
        table_put_source(&csv, scenario, places->source[i]);
        csv_end_row(&csv);
    }
    return 0;
}

static int table_sources(struct buf *buf, struct arena *arena, const struct scenario *scenario,
                         struct ajar_err *err)
{
    (void)arena;
    (void)err;
    static const char *const names[] = {"source_id", "publisher", "title", "date", "url"};
    const struct sources *sources = &scenario->sources;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    table_header(&csv, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < sources->n; i++) {
        csv_put_text(&csv, scenario_name(scenario, sources->id[i]));
        csv_put_text(&csv, sources->publisher[i]);
        csv_put_text(&csv, sources->title[i]);
        table_put_partial(&csv, sources->date[i]);
        csv_put_text(&csv, sources->url[i]);
        csv_end_row(&csv);
    }
    return 0;
}

static int table_assumptions(struct buf *buf, struct arena *arena, const struct scenario *scenario,
                             struct ajar_err *err)
{
    (void)arena;
    (void)err;
    static const char *const names[] = {"id",   "country_iso3", "quantity", "low",   "central",
                                        "high", "unit",         "date",     "reason"};
    const struct assumptions *rows = &scenario->assumptions;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    table_header(&csv, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < rows->n; i++) {
        csv_put_text(&csv, scenario_name(scenario, rows->id[i]));
        csv_put_text(&csv, scenario_name(scenario, rows->country[i]));
        csv_put_text(&csv, scenario_name(scenario, rows->quantity[i]));
        csv_put_number(&csv, rows->low[i]);
        csv_put_number(&csv, rows->central[i]);
        csv_put_number(&csv, rows->high[i]);
        csv_put_text(&csv, scenario_name(scenario, rows->unit[i]));
        table_put_partial(&csv, rows->date[i]);
        csv_put_text(&csv, rows->reason[i]);
        csv_end_row(&csv);
    }
    return 0;
}

static int table_contradictions(struct buf *buf, struct arena *arena,
                                const struct scenario *scenario, struct ajar_err *err)
{
    (void)arena;
    (void)err;
    static const char *const names[] = {"id",         "topic",   "table_a", "key_a",
                                        "source_a",   "table_b", "key_b",   "source_b",
                                        "difference", "reading", "used_in", "why"};
    const struct contradictions *rows = &scenario->contradictions;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    table_header(&csv, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < rows->n; i++) {
        csv_put_text(&csv, scenario_name(scenario, rows->id[i]));
        csv_put_text(&csv, rows->topic[i]);
        csv_put_text(&csv, scenario_name(scenario, rows->table_a[i]));
        csv_put_text(&csv, rows->rows_a[i]);
        csv_put_text(&csv, scenario_name(scenario, rows->source_a[i]));
        csv_put_text(&csv, scenario_name(scenario, rows->table_b[i]));
        csv_put_text(&csv, rows->rows_b[i]);
        csv_put_text(&csv, scenario_name(scenario, rows->source_b[i]));
        csv_put_text(&csv, rows->difference[i]);
        csv_put_text(&csv, scenario_name(scenario, rows->reading[i]));
        csv_put_text(&csv, rows->used_in[i]);
        csv_put_text(&csv, rows->why[i]);
        csv_end_row(&csv);
    }
    return 0;
}

const struct chain_table chain_tables[] = {{"arrivals.csv", table_arrivals},
                                           {"places.csv", table_places},
                                           {"assumptions.csv", table_assumptions},
                                           {"contradictions.csv", table_contradictions},
                                           {"sources.csv", table_sources}};
const size_t chain_n_tables = sizeof chain_tables / sizeof *chain_tables;
