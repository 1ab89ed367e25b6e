/* The exodus as the page's script reads it.  Days count from the first one shown; long rows of numbers are
 * texts of digits: differences from the day before, odd numbers are below 0 (web/src/conflict.ts, fanOf). */
#include <math.h>

#include "report_exodus.h"
#include "report_page.h"

static void put_text(struct report_json *data, const char *key, struct text value)
{
    json_key(&data->json, key);
    json_put_text(&data->json, value);
}

/* Whole people by day. */
static void add_step(struct report_json *data, double value, int64_t *last)
{
    int64_t now = llround(value), step = now - *last;
    report_digits(&data->words, step < 0 ? (uint64_t)(-2 * step - 1) : (uint64_t)(2 * step));
    *last = now;
}

static struct text place_name(const struct report_json *data, struct text code)
{
    name_id name = names_find(data->scenario->names, code);
    return name == 0 ? code : report_country(data->scenario, name);
}

static void put_title(struct report_json *data, const struct exodus_row *row)
{
    name_id route = names_find(data->scenario->names, row->route);
    put_text(data, "title", place_name(data, row->country));
    if (route == 0) {
        buf_text(&data->words, row->route);
    } else {
        report_route(&data->words, data->scenario, route);
    }
    report_json_words(data, "route");
}

/* A place's state by day as it changes: [day, a digit of enum gate for each class, day, ...]. */
static void put_gates(struct report_json *data, const struct report_exodus *exodus, size_t door)
{
    size_t n_classes = exodus->chain->input->model->n_classes;
    report_json_array(data, "gates");
    for (size_t day = 0; day < exodus->n_days; day++) {
        bool turns = day == 0;
        for (size_t c = 0; c < n_classes && !turns; c++) {
            turns = report_exodus_gate(exodus, day, door, c) !=
                    report_exodus_gate(exodus, day - 1, door, c);
        }
        for (size_t c = 0; c < n_classes && turns; c++) {
            buf_char(&data->words, (char)('0' + (int)report_exodus_gate(exodus, day, door, c)));
        }
        if (turns) {
            json_put_int(&data->json, (int64_t)day);
            json_put_text(&data->json, buf_view(&data->words));
            data->words.n = 0;
        }
    }
    json_end_array(&data->json);
}

/* null where the door is not forecast. */
static void put_flow(struct report_json *data, const struct report_exodus *exodus, const char *key,
                     enum report_exodus_flow flow, size_t door)
{
    int64_t last = 0;
    bool all = true;
    for (size_t day = 0; day < exodus->n_days && all; day++) {
        all = isfinite(report_exodus_at(exodus, flow, door, day));
    }
    for (size_t day = 0; day < exodus->n_days && all; day++) {
        add_step(data, report_exodus_at(exodus, flow, door, day), &last);
    }
    if (all) {
        report_json_words(data, key);
    } else {
        report_json_str(data, key, NULL);
    }
}

static void put_door(struct report_json *data, const struct report_exodus *exodus, size_t d)
{
    const struct exodus_model *model = exodus->chain->input->model;
    const struct exodus_door *door = &model->doors[d];
    double lat, lon;
    report_exodus_side(model, d, &lat, &lon);
    json_begin_object(&data->json);
    put_text(data, "id", door->id);
    put_text(data, "title", door->title);
    put_text(data, "name",
             text_is(door->country, "ALL") ? TEXT_LIT("By air") : place_name(data, door->country));
    report_json_number(data, "lat", door->lat);
    report_json_number(data, "lon", door->lon);
    report_json_number(data, "fromLat", lat);
    report_json_number(data, "fromLon", lon);
    put_flow(data, exodus, "in", REPORT_EXODUS_IN, d);
    put_flow(data, exodus, "out", REPORT_EXODUS_OUT, d);
    put_flow(data, exodus, "refused", REPORT_EXODUS_REFUSED, d);
    put_flow(data, exodus, "waiting", REPORT_EXODUS_WAITING, d);
    put_gates(data, exodus, d);
    json_end_object(&data->json);
}

static void put_model(struct report_json *data, const struct report_exodus *exodus)
{
    const struct exodus_model *model = exodus->chain->input->model;
    report_json_array(data, "classes");
    for (size_t c = 0; c < model->n_classes; c++) {
        json_put_text(&data->json, model->classes[c].title);
    }
    json_end_array(&data->json);
    report_json_array(data, "regions");
    for (size_t r = 0; r < model->n_regions; r++) {
        json_begin_object(&data->json);
        put_text(data, "title", model->regions[r].title);
        report_json_number(data, "lat", model->regions[r].lat);
        report_json_number(data, "lon", model->regions[r].lon);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
    report_json_array(data, "doors");
    for (size_t d = 0; d < model->n_doors; d++) {
        put_door(data, exodus, d);
    }
    json_end_array(&data->json);
}

static void put_points(struct report_json *data, const struct report_exodus *exodus, size_t series)
{
    report_json_array(data, "points");
    for (size_t i = 0; i < exodus->n_points; i++) {
        const struct report_exodus_point *point = &exodus->points[i];
        if (point->series != series) {
            continue;
        }
        json_begin_object(&data->json);
        report_json_date(data, "from", point->seen->row.from);
        report_json_date(data, "to", point->seen->row.to);
        report_json_number(data, "perDay", point->per_day);
        if (point->hiding != REPORT_SHOWN) {
            report_json_str(data, "hidden", report_hiding_word(point->hiding));
        }
        report_json_bool(data, "known", point->known);
        report_json_bool(data, "more", point->at_least);
        report_json_source(data, data->scenario->arrivals.source[point->seen->arrivals]);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static double of_spread(const struct exodus_spread *spread, int which)
{
    return which == 0 ? spread->p5 : which == 1 ? spread->p50 : spread->p95;
}

static const char *const band_keys[] = {"p5", "p50", "p95"};

static void put_band(struct report_json *data, const struct exodus_spread *spreads, size_t n)
{
    for (int which = 0; which < 3; which++) {
        int64_t last = 0;
        for (size_t i = 0; i < n; i++) {
            add_step(data, of_spread(&spreads[i], which), &last);
        }
        report_json_words(data, band_keys[which]);
    }
}

static void put_fan(struct report_json *data, const struct report_exodus *exodus, size_t s)
{
    const struct report_exodus_series *series = &exodus->series[s];
    const struct exodus_forecast *forecast = &exodus->chain->forecast;
    json_begin_object(&data->json);
    put_title(data, &forecast->rows[series->first]);
    report_json_date(data, "from", forecast->rows[series->first].from);
    report_json_bool(data, "scored", forecast->scored[series->first]);
    put_band(data, &forecast->spreads[series->first], series->n);
    put_points(data, exodus, s);
    json_end_object(&data->json);
}

static void put_people(struct report_json *data, const struct report_exodus *exodus,
                       struct text title, const struct exodus_spread *days)
{
    const struct exodus_model *model = exodus->chain->input->model;
    json_begin_object(&data->json);
    put_text(data, "title", title);
    put_band(data, &days[exodus->from - model->from], exodus->n_days);
    json_end_object(&data->json);
}

/* Worlds: the doors as they are, then the what-ifs. */
static void put_stranded(struct report_json *data, const struct report_exodus *exodus)
{
    const struct exodus_chain *chain = exodus->chain;
    size_t n_days = chain->input->model->n_days;
    report_json_array(data, "worlds");
    put_people(data, exodus, TEXT_LIT("As the doors are"), chain->stranded);
    for (size_t w = 0; w < chain->n_effects; w++) {
        uint32_t world = chain->effects[w].world;
        put_people(data, exodus, chain->input->model->what_ifs[world - 1].title,
                   &chain->stranded[world * n_days]);
    }
    json_end_array(&data->json);
    report_json_array(data, "stranded");
    for (size_t c = 0; c < chain->input->model->n_classes; c++) {
        put_people(data, exodus, chain->input->model->classes[c].title,
                   &chain->class_stranded[c * n_days]);
    }
    json_end_array(&data->json);
}

void report_exodus_data(struct report_json *data, const struct report_exodus *exodus)
{
    json_key(&data->json, "exodus");
    if (exodus == NULL) {
        json_put_null(&data->json);
        return;
    }
    const struct exodus_model *model = exodus->chain->input->model;
    json_begin_object(&data->json);
    report_json_date(data, "from", exodus->from);
    report_json_date(data, "to", exodus->to);
    report_json_date(data, "order", model->order);
    report_json_date(data, "asKnown", model->as_known);
    report_json_int(data, "runs", exodus->chain->n_members);
    put_model(data, exodus);
    report_json_array(data, "fans");
    for (size_t f = 0; f < exodus->n_fans; f++) {
        put_fan(data, exodus, exodus->fans[f]);
    }
    json_end_array(&data->json);
    put_stranded(data, exodus);
    json_end_object(&data->json);
}
