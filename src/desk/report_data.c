#include "report_data.h"

#include <math.h>

#include "json.h"
#include "report_page.h"

/* One run of the writer: the JSON, and a place for words that are put together. */
struct data {
    struct json_out json;
    struct buf words;
    const struct report_view *view;
    const struct scenario *scenario;
};

static void put_date(struct data *data, const char *key, date_days date)
{
    char text[DATE_TEXT];
    json_key(&data->json, key);
    if (date == DATE_NONE) {
        json_put_null(&data->json);
    } else {
        json_put_str(&data->json, date_format(date, text));
    }
}

static void put_name(struct data *data, const char *key, name_id name)
{
    json_key(&data->json, key);
    json_put_text(&data->json, scenario_name(data->scenario, name));
}

static void put_number(struct data *data, const char *key, double value)
{
    json_key(&data->json, key);
    json_put_number(&data->json, value);
}

/* The words gathered in data->words, which is empty again afterwards. */
static void put_words(struct data *data, const char *key)
{
    json_key(&data->json, key);
    json_put_text(&data->json, buf_view(&data->words));
    data->words.n = 0;
}

static void put_code(struct data *data, const char *key, name_id country)
{
    json_key(&data->json, key);
    json_begin_object(&data->json);
    put_name(data, "code", country);
    json_key(&data->json, "name");
    json_put_text(&data->json, report_country(data->scenario, country));
    json_end_object(&data->json);
}

static void put_source(struct data *data, name_id source)
{
    report_source_line(&data->words, data->scenario, source);
    put_words(data, "source");
}

static void put_mark(struct data *data, uint32_t i)
{
    const struct report_mark *mark = &data->view->marks[i];
    const struct arrivals *arrivals = &data->scenario->arrivals;
    bool shown = mark->hiding == REPORT_SHOWN;
    json_begin_object(&data->json);
    json_key(&data->json, "row");
    json_put_int(&data->json, (int64_t)i + 1);
    put_date(data, "from", arrivals->from[mark->row]);
    put_date(data, "to", arrivals->to[mark->row]);
    json_key(&data->json, "days");
    json_put_int(&data->json, mark->days);
    put_number(data, "value", shown ? mark->value : (double)NAN);
    put_number(data, "perDay", shown ? mark->per_day : (double)NAN);
    if (!shown) {
        json_key(&data->json, "hidden");
        json_put_str(&data->json, report_hiding_word(mark->hiding));
    }
    json_key(&data->json, "disputed");
    json_put_bool(&data->json, mark->disputed);
    put_source(data, arrivals->source[mark->row]);
    json_end_object(&data->json);
}

/* What a day's figure counts; a rate per day counts crossings too.  Other units have no axis of days. */
static void put_panel_unit(struct data *data, name_id unit)
{
    bool crossings = unit == UNIT_CROSSINGS || unit == UNIT_CROSSINGS_PER_DAY;
    if (crossings || unit == UNIT_PERSONS) {
        json_key(&data->json, "unit");
        json_put_str(&data->json, unit_word(crossings ? UNIT_CROSSINGS : UNIT_PERSONS));
    }
}

static void put_panel(struct data *data, uint32_t p)
{
    const struct report_panel *panel = &data->view->panels[p];
    const struct measures *measures = &data->scenario->measures;
    json_begin_object(&data->json);
    put_code(data, "country", panel->country);
    put_name(data, "route", panel->route);
    put_name(data, "measure", measures->id[panel->measure]);
    json_key(&data->json, "kind");
    json_put_str(&data->json, measure_kind_word(measures->kind[panel->measure]));
    report_label(&data->words, data->scenario, data->view->marks[panel->first].row);
    put_words(data, "label");
    put_panel_unit(data, measures->unit[panel->measure]);
    json_key(&data->json, "definition");
    json_put_text(&data->json, measures->definition[panel->measure]);
    json_key(&data->json, "focus");
    json_put_bool(&data->json, p < data->view->n_focus);
    json_key(&data->json, "main");
    json_put_bool(&data->json, p == 0 && data->view->n_focus > 0);
    json_key(&data->json, "marks");
    json_begin_array(&data->json);
    for (uint32_t i = panel->first; i < panel->first + panel->n; i++) {
        put_mark(data, i);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

static void put_doors(struct data *data)
{
    const struct doors *doors = &data->scenario->doors;
    json_key(&data->json, "doors");
    json_begin_array(&data->json);
    for (uint32_t i = 0; i < data->view->n_doors; i++) {
        uint32_t row = data->view->door_rows[i];
        json_begin_object(&data->json);
        json_key(&data->json, "row");
        json_put_int(&data->json, (int64_t)i + 1);
        put_date(data, "date", doors->from[row]);
        put_code(data, "country", doors->country[row]);
        put_name(data, "id", doors->id[row]);
        report_door_title(&data->words, data->scenario, row);
        put_words(data, "title");
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static void put_series(struct data *data)
{
    json_key(&data->json, "series");
    if (data->view->n_panels == 0) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    put_date(data, "from", data->view->from);
    put_date(data, "to", data->view->to);
    json_key(&data->json, "panels");
    json_begin_array(&data->json);
    for (uint32_t p = 0; p < data->view->n_panels; p++) {
        put_panel(data, p);
    }
    json_end_array(&data->json);
    put_doors(data);
    json_end_object(&data->json);
}

static void put_circle(struct data *data, uint32_t i)
{
    const struct report_circle *circle = &data->view->circles[i];
    const struct report_mark *mark = &data->view->marks[circle->mark];
    const struct arrivals *arrivals = &data->scenario->arrivals;
    json_begin_object(&data->json);
    json_key(&data->json, "row");
    json_put_int(&data->json, (int64_t)i + 1);
    put_code(data, "country", arrivals->country[mark->row]);
    put_number(data, "lat", circle->lat);
    put_number(data, "lon", circle->lon);
    json_key(&data->json, "position");
    json_put_str(&data->json, report_position_word(circle->position));
    json_key(&data->json, "label");
    json_put_text(&data->json, report_country(data->scenario, arrivals->country[mark->row]));
    put_number(data, "perDay", mark->per_day);
    put_number(data, "value", mark->value);
    put_date(data, "from", arrivals->from[mark->row]);
    put_date(data, "to", arrivals->to[mark->row]);
    put_source(data, arrivals->source[mark->row]);
    json_end_object(&data->json);
}

static void put_places(struct data *data)
{
    const struct places *places = &data->scenario->places;
    json_key(&data->json, "places");
    json_begin_array(&data->json);
    for (size_t i = 0; i < places->n; i++) {
        json_begin_object(&data->json);
        put_name(data, "id", places->id[i]);
        json_key(&data->json, "name");
        json_put_text(&data->json, places->name[i]);
        put_code(data, "country", places->country[i]);
        put_number(data, "lat", places->lat[i]);
        put_number(data, "lon", places->lon[i]);
        put_name(data, "type", places->type[i]);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static void put_map(struct data *data)
{
    json_key(&data->json, "map");
    if (data->view->n_circles == 0) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    put_date(data, "from", data->view->week_from);
    put_date(data, "to", data->view->week_to);
    json_key(&data->json, "circles");
    json_begin_array(&data->json);
    for (uint32_t i = 0; i < data->view->n_circles; i++) {
        put_circle(data, i);
    }
    json_end_array(&data->json);
    put_places(data);
    json_end_object(&data->json);
}

static void put_alpha(struct json_out *json, double alpha)
{
    if (isinf(alpha)) {
        json_put_str(json, "inf");
    } else {
        json_put_number(json, alpha);
    }
}

static void put_host_spread(struct data *data, const struct aid_job *aid, size_t i)
{
    const struct aid_band *band = &aid->sensitivity.band[AID_GROUP_ALL];
    json_key(&data->json, "xAtAlpha");
    json_begin_array(&data->json);
    double least = INFINITY, most = -INFINITY;
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        double x = aid->at_alpha[k].x[i];
        json_put_number(&data->json, x);
        least = fmin(least, x);
        most = fmax(most, x);
    }
    json_end_array(&data->json);
    put_number(data, "p5", band->present ? band->p5[i] : (double)NAN);
    put_number(data, "p50", band->present ? band->p50[i] : (double)NAN);
    put_number(data, "p95", band->present ? band->p95[i] : (double)NAN);
    put_number(data, "alphaLow", least);
    put_number(data, "alphaHigh", most);
}

static void put_host(struct data *data, const struct aid_job *aid, size_t i)
{
    const struct aid_split *split = &aid->split;
    json_begin_object(&data->json);
    json_key(&data->json, "code");
    json_put_str(&data->json, aid->code[i]);
    json_key(&data->json, "name");
    json_put_str(&data->json, aid->name[i]);
    put_number(data, "stock", aid->input[AID_FIGURE_STOCK][i].value);
    put_number(data, "need", aid->problem.need[i]);
    put_number(data, "funded", aid->problem.funded[i]);
    put_number(data, "floor", aid->problem.floor == NULL ? 0 : aid->problem.floor[i]);
    put_number(data, "cap", split->most[i]);
    put_number(data, "severity", aid->problem.severity[i]);
    json_key(&data->json, "assumed");
    json_begin_array(&data->json);
    for (int figure = 0; figure < AID_FIGURES; figure++) {
        if (aid->input[figure][i].quality == AID_ASSUMED) {
            json_put_str(&data->json, aid_figure_word((enum aid_figure)figure));
        }
    }
    json_end_array(&data->json);
    put_number(data, "x", split->x[i]);
    put_number(data, "rounded", split->rounded == NULL ? (double)NAN : split->rounded[i]);
    put_number(data, "coverage", split->coverage[i]);
    json_key(&data->json, "binding");
    json_put_str(&data->json, aid_binding_word(split->binding[i]));
    put_host_spread(data, aid, i);
    json_end_object(&data->json);
}

static void put_aid(struct data *data, const struct aid_job *aid)
{
    json_key(&data->json, "aid");
    if (aid == NULL) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    json_key(&data->json, "unit");
    json_put_str(&data->json, aid->unit);
    put_number(data, "budget", aid->options.budget);
    put_number(data, "tranche", aid->options.tranche);
    json_key(&data->json, "alpha");
    put_alpha(&data->json, aid->options.alpha);
    json_key(&data->json, "period");
    json_put_str(&data->json, "");
    json_key(&data->json, "hosts");
    json_begin_array(&data->json);
    for (size_t i = 0; i < aid->n; i++) {
        put_host(data, aid, i);
    }
    json_end_array(&data->json);
    json_key(&data->json, "alphas");
    json_begin_array(&data->json);
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        put_alpha(&data->json, aid_alphas[k]);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

int report_data_write(struct buf *out, const struct report_view *view, const struct aid_job *aid,
                      struct ajar_err *err)
{
    struct data data = {.view = view, .scenario = view->scenario};
    buf_init(&data.words, REPORT_WORDS);
    json_out_init(&data.json, out, false);
    json_begin_object(&data.json);
    json_key(&data.json, "format");
    json_put_int(&data.json, 1);
    put_code(&data, "subject", view->scenario->subject);
    put_date(&data, "asKnown", view->scenario->as_known);
    put_series(&data);
    put_map(&data);
    put_aid(&data, aid);
    json_end_object(&data.json);
    int code = buf_ok(&data.words, err);
    buf_free(&data.words);
    return code != 0 ? code : buf_ok(out, err);
}
