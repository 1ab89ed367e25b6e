#include "package_out.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "date.h"
#include "json.h"
#include "num.h"

#define PACKAGE_OUT_CEILING ((size_t)4 << 20)

int package_out_init(struct package_out *out, struct arena *arena, struct ajar_err *err)
{
    struct package_out package = {.arena = arena};
    TRY_NEW(package.names, arena, PACKAGE_OUT_FILES, err);
    TRY_NEW(package.schemas, arena, PACKAGE_OUT_FILES, err);
    TRY_NEW(package.separators, arena, PACKAGE_OUT_FILES, err);
    *out = package;
    return 0;
}

/* From narrow to wide: a column's type is the widest that one of its cells needs. */
enum package_type { PACKAGE_NONE, PACKAGE_INTEGER, PACKAGE_NUMBER, PACKAGE_DATE, PACKAGE_STRING };
static const char *const package_type_words[] = {"string", "integer", "number", "date", "string"};

static enum package_type package_cell_type(struct text cell)
{
    int64_t integer;
    double number;
    date_days date;
    if (cell.n == 0) {
        return PACKAGE_NONE;
    }
    if (num_parse_int(cell, &integer)) {
        return PACKAGE_INTEGER;
    }
    if (num_parse(cell, &number)) {
        return PACKAGE_NUMBER;
    }
    return date_parse(cell, &date) ? PACKAGE_DATE : PACKAGE_STRING;
}

static enum package_type package_join(enum package_type a, enum package_type b)
{
    if (a == PACKAGE_NONE || b == PACKAGE_NONE || a == b) {
        return a > b ? a : b;
    }
    if (a <= PACKAGE_NUMBER && b <= PACKAGE_NUMBER) {
        return PACKAGE_NUMBER;
    }
    return PACKAGE_STRING;
}

static int package_column_types(struct csv *csv, enum package_type *types, struct ajar_err *err)
{
    bool more = true;
    TRY(csv_next(csv, &more, err));
    while (more) {
        for (size_t i = 0; i < csv->n_columns; i++) {
            types[i] = package_join(types[i], package_cell_type(csv->cells[i]));
        }
        TRY(csv_next(csv, &more, err));
    }
    return 0;
}

/* Ajar writes commas, but for what goes back into a spreadsheet of another country. */
static char package_separator(struct text bytes)
{
    size_t n = 0;
    bool comma = false, semicolon = false;
    for (; n < bytes.n && bytes.at[n] != '\n'; n++) {
        comma = comma || bytes.at[n] == ',';
        semicolon = semicolon || bytes.at[n] == ';';
    }
    return semicolon && !comma ? ';' : ',';
}

static int package_schema(struct package_out *package, const char *name, struct text bytes,
                          char separator, struct text *out, struct ajar_err *err)
{
    struct csv csv;
    TRY(csv_open(&csv, package->arena, name, bytes, separator, &CSV_LIMITS_DEFAULT, err));
    enum package_type *types;
    TRY_NEW(types, package->arena, csv.n_columns, err);
    TRY(package_column_types(&csv, types, err));
    struct buf buf;
    struct json_out json;
    buf_init(&buf, PACKAGE_OUT_CEILING);
    json_out_init(&json, &buf, false);
    json_begin_object(&json);
    json_key(&json, "fields");
    json_begin_array(&json);
    for (size_t i = 0; i < csv.n_columns; i++) {
        json_begin_object(&json);
        json_key(&json, "name");
        json_put_text(&json, csv.header[i]);
        json_key(&json, "type");
        json_put_str(&json, package_type_words[types[i]]);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "missingValues");
    json_begin_array(&json);
    json_put_str(&json, "");
    json_end_array(&json);
    json_end_object(&json);
    const char *copy = NULL;
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(package->arena, buf_view(&buf), &copy, err);
    }
    buf_free(&buf);
    if (code == 0) {
        *out = text_of(copy);
    }
    return code;
}

static bool package_ends(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

int package_out_add(struct package_out *package, const char *name, struct text bytes,
                    struct ajar_err *err)
{
    assert(package->n < PACKAGE_OUT_FILES);
    const char *copy;
    struct text schema = {"", 0};
    TRY(text_copy(package->arena, text_of(name), &copy, err));
    if (package_ends(name, ".csv")) {
        package->separators[package->n] = package_separator(bytes);
        TRY(package_schema(package, name, bytes, package->separators[package->n], &schema, err));
    }
    package->names[package->n] = copy;
    package->schemas[package->n++] = schema;
    return 0;
}

/* What each file is; files of later parts without a row here are listed without a description. */
static const char *package_describe(const char *name)
{
    static const struct {
        const char *name, *text;
    } rows[] = {
        {"report.html", "The report: text, pictures and tables in one file, readable offline."},
        {"arrivals.csv",
         "Counts of arrivals as read, with the kind of each measure and its source."},
        {"places.csv", "Towns and crossings with their positions."},
        {"assumptions.csv", "Figures that no source gives: low, central, high, and why."},
        {"contradictions.csv", "Statements that do not agree, and the reading used."},
        {"sources.csv", "Every source that a row refers to."},
        {"report_series.csv", "The counts drawn in the arrival pictures, one row a mark."},
        {"report_doors.csv", "The door dates marked in the pictures, one row a date."},
        {"report_map.csv", "The circles of the map, one row a circle."},
        {"watch_alarms.csv", "Alarms with statistic, baseline, age, doors and sentence. Computed."},
        {"watch_series.csv", "Every series, whether it was judged and how. Computed."},
        {"watch_replay.csv", "What would have rung on each morning, by two clocks. Computed."},
        {"watch_net.csv", "Entries, exits and net of the same days, and what does not fit."},
        {"watch_stock.csv", "Stocks against the flows between them, and what does not fit."},
        {"watch_trade.csv", "Exports, imports, jumps and mirror ratios by year. Computed."},
        {"watch_trade_months.csv", "Exports by month and whether they ring. Computed."},
        {"doors_gates.csv",
         "Who could pass at which crossing: the first day, and every change. Computed."},
        {"doors_diff.csv",
         "Changes of entry rules: which groups of people lose and gain. Computed."},
        {"doors_doors.csv", "The doors: their rules on the first day and after each change."},
        {"aid.csv", "The aid split: one row a host. Computed."},
        {"aid_inputs.csv", "Every input of the split with its source or assumption."},
        {"aid_next_dollar.csv", "Who gets what of one more unit of budget. Computed."},
        {"aid_alpha.csv", "The split at each alpha. Computed."},
        {"aid_sensitivity.csv", "How far uncertain inputs move the split: quantiles. Computed."},
        {"aid_keys.csv", "Fair-share keys, for comparison only. Computed."},
        {"flow_camps.csv", "People in each camp by day, as counted and as run. Runs are computed."},
        {"flow_links.csv", "People who set out on each road by day. Computed."},
        {"flow_hosts.csv",
         "People in the camps of each host country: last counts, and runs on the last day."},
        {"flow_scores.csv",
         "Hindsight, allocation and forecast, each beside its baselines. Computed."},
        {"flow_forecast.csv",
         "The exodus: what would be counted by place, measure and day, p5 to p95. Computed."},
        {"flow_observed.csv", "What was counted beside the fit, baselines and errors."},
        {"flow_parameters.csv", "Parameters: prior, posterior, source or assumption. Computed."},
        {"flow_rolling.csv", "Forecasts from earlier days beside two baselines. Computed."},
        {"flow_what_if.csv", "What changed doors do, by door and class, paired. Computed."},
        {"flow_stranded.csv", "People without an open door for 14 days or more. Computed."},
        {"flow_stocks.csv", "Of the flight, still there on the last day, by country. Computed."},
        {"flow_doors.csv", "What each door decides for each class, by span of days."},
        {"place_households.csv", "Synthetic: made-up households, what they need. No real person."},
        {"place_localities.csv", "Synthetic: made-up lots of flats. No state offered any."},
        {"place_criteria.csv", "Synthetic: what makes a place good, with weights."},
        {"place_kin.csv", "Synthetic: where kin or friends of made-up households live."},
        {"place_speaks.csv", "Synthetic: languages of made-up households."},
        {"place_spoken.csv", "Synthetic: languages that do in a place. Assumed."},
        {"place_skills.csv", "Synthetic: occupations of made-up households."},
        {"place_shortages.csv", "Synthetic: occupations that a place lacks. Assumed."},
        {"place_wishes.csv", "Synthetic: places that made-up households wish for."},
        {"place_features.csv", "Synthetic: what a made-up lot has."},
        {"place_requires.csv", "Synthetic: what a made-up household cannot do without."},
        {"place_traits.csv", "Synthetic: traits of made-up households that lots ask for."},
        {"place_conditions.csv", "Synthetic: whom a made-up lot takes."},
        {"place_eligible.csv",
         "Synthetic households, real rules: doors that are open to them, by state. Computed."},
        {"place_vetoes.csv", "Synthetic: places that made-up households rule out."},
        {"place_links.csv", "Synthetic: made-up households that go together."},
        {"place_quotas.csv", "Synthetic: people whom a state would take, by key. None offered."},
        {"place_plan.csv", "Synthetic: which made-up household goes where, or why not. Computed."},
        {"place_moves.csv", "Synthetic: made-up households by country left and state. Computed."},
        {"place_plans.csv", "Synthetic: the plans, totals, bounds, worst-off. Computed."},
        {"place_groups.csv", "Synthetic: the plans by country where they wait. Computed."},
        {"place_prices.csv", "Synthetic: room, use and price of each lot and quota. Computed."},
        {"place_explanations.csv", "Synthetic: choices of each household, and why. Computed."},
        {"certificate.json", "Proof that the split solves its problem: level and residuals."},
        {"methodology.md", "The methodology note, to be published as it is."},
        {"trail.json", "How each figure of the report came about, and the hash of every file."},
        {"flow/flow.yaml", "Title, period, rules and parameters of the conflict."},
        {"flow/places.csv", "Towns, places of conflict and camps, with capacities as stated."},
        {"flow/roads.csv", "Roads between places, in km."},
        {"flow/closures.csv", "What was shut, and when."},
        {"flow/conflicts.csv", "Intensity of conflict by place and day."},
        {"flow/reports.csv", "Counts of people in camps, and in all, as they were reported."},
        {"flow/corrections.csv", "Days on which a camp was counted anew."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return rows[i].text;
        }
    }
    return NULL;
}

/* "places" of "flow/places.csv"; where names are whole, "flow-places". */
static void package_put_name(struct json_out *json, const char *name, bool whole)
{
    char word[256];
    const char *slash = strrchr(name, '/'), *stem = slash == NULL ? name : slash + 1;
    snprintf(word, sizeof word, "%s", whole ? name : stem);
    for (char *c = word; *c != '\0'; c++) {
        *c = *c == '/' ? '-' : *c;
    }
    json_key(json, "name");
    json_put_text(json, (struct text){word, strcspn(word, ".")});
}

static void package_put_resource(struct json_out *json, const struct package_out *package, size_t i)
{
    const char *name = package->names[i];
    char separator = package->separators[i];
    struct text schema = package->schemas[i];
    bool table = schema.n > 0;
    json_begin_object(json);
    package_put_name(json, name, package->whole_names);
    json_key(json, "path");
    json_put_str(json, name);
    const char *text = package_describe(name);
    if (text != NULL) {
        json_key(json, "description");
        json_put_str(json, text);
    }
    json_key(json, "encoding");
    json_put_str(json, "utf-8");
    json_key(json, "mediatype");
    json_put_str(json, table                         ? "text/csv"
                       : package_ends(name, ".html") ? "text/html"
                       : package_ends(name, ".json") ? "application/json"
                       : package_ends(name, ".yaml") ? "application/yaml"
                                                     : "text/markdown");
    if (table) {
        json_key(json, "type");
        json_put_str(json, "table");
        json_key(json, "format");
        json_put_str(json, "csv");
        if (separator == ';') {
            json_key(json, "dialect");
            json_begin_object(json);
            json_key(json, "delimiter");
            json_put_str(json, ";");
            json_end_object(json);
        }
        json_key(json, "schema");
        json_put_raw(json, schema);
    }
    json_end_object(json);
}

void package_out_resources(struct json_out *json, const struct package_out *package)
{
    for (size_t i = 0; i < package->n; i++) {
        package_put_resource(json, package, i);
    }
}

/* The sources of the answers are the scenario's: its own package lists them in full. */
static void package_put(struct json_out *json, const struct package_out *package, struct text title)
{
    json_begin_object(json);
    json_key(json, "$schema");
    json_put_str(json, "https://datapackage.org/profiles/2.0/datapackage.json");
    json_key(json, "name");
    json_put_str(json, package->scenario != NULL ? package->scenario : "ajar-run");
    json_key(json, "title");
    json_put_text(json, title);
    if (package->scenario == NULL) {
        json_key(json, "created_by");
        json_put_str(json, "ajar");
    }
    json_key(json, "ajar_version");
    json_put_str(json, ajar_version());
    json_key(json, "resources");
    json_begin_array(json);
    package_out_resources(json, package);
    json_end_array(json);
    json_end_object(json);
}

int package_out_json(const struct package_out *package, struct text title, struct text *out,
                     struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    const char *copy = NULL;
    buf_init(&buf, PACKAGE_OUT_CEILING);
    json_out_init(&json, &buf, true);
    package_put(&json, package, title);
    buf_char(&buf, '\n');
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(package->arena, buf_view(&buf), &copy, err);
    }
    size_t n = buf.n;
    buf_free(&buf);
    if (code == 0) {
        *out = (struct text){copy, n};
    }
    return code;
}
