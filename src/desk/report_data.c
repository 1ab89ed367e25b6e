#include "report_data.h"

#include <math.h>

#include "report_conflict.h"
#include "report_doors.h"
#include "report_exodus.h"
#include "report_json.h"
#include "report_page.h"
#include "report_place.h"
#include "report_watch.h"

static void put_mark(struct report_json *data, uint32_t i)
{
    const struct report_mark *mark = &data->view->marks[i];
    const struct arrivals *arrivals = &data->scenario->arrivals;
    bool shown = mark->hiding == REPORT_SHOWN;
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)i + 1);
    report_json_date(data, "from", arrivals->from[mark->row]);
    report_json_date(data, "to", arrivals->to[mark->row]);
    report_json_int(data, "days", mark->days);
    report_json_number(data, "value", shown ? mark->value : (double)NAN);
    report_json_number(data, "perDay", shown ? mark->per_day : (double)NAN);
    if (!shown) {
        report_json_str(data, "hidden", report_hiding_word(mark->hiding));
    }
    report_json_bool(data, "disputed", mark->disputed);
    report_json_source(data, arrivals->source[mark->row]);
    json_end_object(&data->json);
}

/* What a day's figure counts; a rate per day counts crossings too.  Other units have no axis of days. */
static void put_panel_unit(struct report_json *data, name_id unit)
{
    bool crossings = unit == UNIT_CROSSINGS || unit == UNIT_CROSSINGS_PER_DAY;
    if (crossings || unit == UNIT_PERSONS) {
        report_json_str(data, "unit", unit_word(crossings ? UNIT_CROSSINGS : UNIT_PERSONS));
    }
}

static void put_panel(struct report_json *data, uint32_t p)
{
    const struct report_panel *panel = &data->view->panels[p];
    const struct measures *measures = &data->scenario->measures;
    json_begin_object(&data->json);
    report_json_code(data, "country", panel->country);
    report_json_name(data, "route", panel->route);
    report_json_name(data, "measure", measures->id[panel->measure]);
    report_json_str(data, "kind", measure_kind_word(measures->kind[panel->measure]));
    report_label(&data->words, data->scenario, data->view->marks[panel->first].row);
    report_json_words(data, "label");
    put_panel_unit(data, measures->unit[panel->measure]);
    json_key(&data->json, "definition");
    json_put_text(&data->json, measures->definition[panel->measure]);
    report_json_bool(data, "focus", p < data->view->n_focus);
    report_json_bool(data, "main", p == 0 && data->view->n_focus > 0);
    report_json_array(data, "marks");
    for (uint32_t i = panel->first; i < panel->first + panel->n; i++) {
        put_mark(data, i);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

static void put_doors(struct report_json *data)
{
    const struct doors *doors = &data->scenario->doors;
    report_json_array(data, "doors");
    for (uint32_t i = 0; i < data->view->n_doors; i++) {
        uint32_t row = data->view->door_rows[i];
        json_begin_object(&data->json);
        report_json_int(data, "row", (int64_t)i + 1);
        report_json_date(data, "date", doors->from[row]);
        report_json_code(data, "country", doors->country[row]);
        report_json_name(data, "id", doors->id[row]);
        report_door_title(&data->words, data->scenario, row);
        report_json_words(data, "title");
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static void put_series(struct report_json *data)
{
    json_key(&data->json, "series");
    if (data->view->n_panels == 0) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    report_json_date(data, "from", data->view->from);
    report_json_date(data, "to", data->view->to);
    report_json_array(data, "panels");
    for (uint32_t p = 0; p < data->view->n_panels; p++) {
        put_panel(data, p);
    }
    json_end_array(&data->json);
    put_doors(data);
    json_end_object(&data->json);
}

static void put_circle(struct report_json *data, uint32_t i)
{
    const struct report_circle *circle = &data->view->circles[i];
    const struct report_mark *mark = &data->view->marks[circle->mark];
    const struct arrivals *arrivals = &data->scenario->arrivals;
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)i + 1);
    report_json_code(data, "country", arrivals->country[mark->row]);
    report_json_number(data, "lat", circle->lat);
    report_json_number(data, "lon", circle->lon);
    report_json_str(data, "position", report_position_word(circle->position));
    json_key(&data->json, "label");
    json_put_text(&data->json, report_country(data->scenario, arrivals->country[mark->row]));
    report_json_number(data, "perDay", mark->per_day);
    report_json_number(data, "value", mark->value);
    report_json_date(data, "from", arrivals->from[mark->row]);
    report_json_date(data, "to", arrivals->to[mark->row]);
    report_json_source(data, arrivals->source[mark->row]);
    json_end_object(&data->json);
}

static void put_places(struct report_json *data)
{
    const struct places *places = &data->scenario->places;
    report_json_array(data, "places");
    for (size_t i = 0; i < places->n; i++) {
        json_begin_object(&data->json);
        report_json_name(data, "id", places->id[i]);
        json_key(&data->json, "name");
        json_put_text(&data->json, places->name[i]);
        report_json_code(data, "country", places->country[i]);
        report_json_number(data, "lat", places->lat[i]);
        report_json_number(data, "lon", places->lon[i]);
        report_json_name(data, "type", places->type[i]);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static void put_map(struct report_json *data)
{
    json_key(&data->json, "map");
    if (data->view->n_circles == 0) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    report_json_date(data, "from", data->view->week_from);
    report_json_date(data, "to", data->view->week_to);
    report_json_array(data, "circles");
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

static void put_host_spread(struct report_json *data, const struct aid_job *aid, size_t i)
{
    const struct aid_band *band = &aid->sensitivity.band[AID_GROUP_ALL];
    report_json_array(data, "xAtAlpha");
    double least = INFINITY, most = -INFINITY;
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        double x = aid->at_alpha[k].x[i];
        json_put_number(&data->json, x);
        least = fmin(least, x);
        most = fmax(most, x);
    }
    json_end_array(&data->json);
    report_json_number(data, "p5", band->present ? band->p5[i] : (double)NAN);
    report_json_number(data, "p50", band->present ? band->p50[i] : (double)NAN);
    report_json_number(data, "p95", band->present ? band->p95[i] : (double)NAN);
    report_json_number(data, "alphaLow", least);
    report_json_number(data, "alphaHigh", most);
}

static void put_host(struct report_json *data, const struct aid_job *aid, size_t i)
{
    const struct aid_split *split = &aid->split;
    json_begin_object(&data->json);
    report_json_str(data, "code", aid->code[i]);
    report_json_str(data, "name", aid->name[i]);
    report_json_number(data, "stock", aid->input[AID_FIGURE_STOCK][i].value);
    report_json_number(data, "need", aid->problem.need[i]);
    report_json_number(data, "funded", aid->problem.funded[i]);
    report_json_number(data, "floor", aid->problem.floor == NULL ? 0 : aid->problem.floor[i]);
    report_json_number(data, "cap", split->most[i]);
    report_json_number(data, "severity", aid->problem.severity[i]);
    report_json_array(data, "assumed");
    for (int figure = 0; figure < AID_FIGURES; figure++) {
        if (aid->input[figure][i].quality == AID_ASSUMED) {
            json_put_str(&data->json, aid_figure_word((enum aid_figure)figure));
        }
    }
    json_end_array(&data->json);
    report_json_number(data, "x", split->x[i]);
    report_json_number(data, "rounded", split->rounded == NULL ? (double)NAN : split->rounded[i]);
    report_json_number(data, "coverage", split->coverage[i]);
    report_json_str(data, "binding", aid_binding_word(split->binding[i]));
    put_host_spread(data, aid, i);
    json_end_object(&data->json);
}

static void put_aid(struct report_json *data, const struct aid_job *aid)
{
    json_key(&data->json, "aid");
    if (aid == NULL) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    report_json_str(data, "unit", aid->unit);
    report_json_number(data, "budget", aid->options.budget);
    report_json_number(data, "tranche", aid->options.tranche);
    json_key(&data->json, "alpha");
    put_alpha(&data->json, aid->options.alpha);
    report_json_str(data, "period", "");
    report_json_array(data, "hosts");
    for (size_t i = 0; i < aid->n; i++) {
        put_host(data, aid, i);
    }
    json_end_array(&data->json);
    report_json_array(data, "alphas");
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        put_alpha(&data->json, aid_alphas[k]);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

int report_data_write(struct buf *out, const struct report_view *view, const struct aid_job *aid,
                      const struct report_watch *watch, const struct report_doors *doors,
                      const struct report_exodus *exodus, const struct flow_chain *flow,
                      const struct report_place *place, struct ajar_err *err)
{
    struct report_json data = {.view = view, .scenario = view->scenario};
    buf_init(&data.words, REPORT_WORDS);
    json_out_init(&data.json, out, false);
    json_begin_object(&data.json);
    json_key(&data.json, "format");
    json_put_int(&data.json, 1);
    report_json_code(&data, "subject", view->scenario->subject);
    report_json_date(&data, "asKnown", view->scenario->as_known);
    put_series(&data);
    put_map(&data);
    put_aid(&data, aid);
    report_watch_data(&data, watch);
    report_doors_data(&data, doors);
    report_exodus_data(&data, exodus);
    report_place_data(&data, place);
    int code = 0;
    if (flow != NULL) {
        json_key(&data.json, "conflict");
        code = report_conflict_object(&data.json, flow, err);
    }
    json_end_object(&data.json);
    code = code != 0 ? code : buf_ok(&data.words, err);
    buf_free(&data.words);
    return code != 0 ? code : buf_ok(out, err);
}
