#include <math.h>
#include <stdlib.h>

#include "report_exodus.h"

static bool same_series(const struct exodus_row *a, const struct exodus_row *b)
{
    return text_eq(a->country, b->country) && text_eq(a->route, b->route) &&
           text_eq(a->measure, b->measure);
}

static int make_series(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    const struct exodus_forecast *forecast = &out->chain->forecast;
    TRY_NEW(out->series, arena, forecast->n, err);
    for (size_t first = 0, end; first < forecast->n; first = end) {
        end = first + 1;
        while (end < forecast->n && same_series(&forecast->rows[first], &forecast->rows[end])) {
            end++;
        }
        out->series[out->n_series++] = (struct report_exodus_series){first, end - first, 0};
    }
    return 0;
}

static const struct exodus_row *row_of(const struct report_exodus *exodus, size_t series)
{
    return &exodus->chain->forecast.rows[exodus->series[series].first];
}

/* Whether two rows ask the same doors in the same parts. */
static bool is_alike(const struct exodus_model *model, const struct exodus_row *a,
                     const struct exodus_row *b)
{
    struct exodus_probe x, y;
    const char *why;
    if (!exodus_probe_make(model, a, &x, &why) || !exodus_probe_make(model, b, &y, &why)) {
        return false;
    }
    for (size_t d = 0; d < EXODUS_DOORS_MOST; d++) {
        for (size_t k = 0; k < EXODUS_KINDS; k++) {
            if (fabs(x.share[d][k] - y.share[d][k]) > 1e-9) {
                return false;
            }
        }
    }
    return x.count == EXODUS_ENTRIES && y.count == EXODUS_ENTRIES;
}

/* From wide to narrow. */
static int route_rank(struct text route)
{
    return text_is(route, "all") ? 0 : text_is(route, "land") ? 1 : 2;
}

/* Wider; of routes through the same doors the one that says which, "land" before "all". */
static bool is_better(const struct report_exodus *exodus, size_t a, size_t b)
{
    const struct exodus_row *row = row_of(exodus, a), *than = row_of(exodus, b);
    int x = route_rank(row->route), y = route_rank(than->route);
    bool same = x < 2 && y < 2 && is_alike(exodus->chain->input->model, row, than);
    return same ? x > y : x < y;
}

/* A route of each country, by the order of the forecast. */
static int make_fans(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    TRY_NEW(out->fans, arena, out->n_series, err);
    for (size_t s = 0; s < out->n_series; s++) {
        size_t i = 0;
        if (!text_is(row_of(out, s)->measure, "entries_rus")) {
            continue;
        }
        while (i < out->n_fans &&
               !text_eq(row_of(out, out->fans[i])->country, row_of(out, s)->country)) {
            i++;
        }
        if (i == out->n_fans) {
            out->fans[out->n_fans++] = s;
        } else if (is_better(out, s, out->fans[i])) {
            out->fans[i] = s;
        }
    }
    return 0;
}

double report_exodus_days(const struct exodus_row *row)
{
    double days = (double)(row->to - row->from) + 1;
    return days - (1 - row->first_part) - (row->to > row->from ? 1 - row->last_part : 0);
}

static void add_point(struct report_exodus *out, size_t series, const struct exodus_observed *seen)
{
    const struct exodus_seen *row = &out->chain->input->seen[seen->seen];
    if (seen->why != NULL || !is_alike(out->chain->input->model, &row->row, row_of(out, series))) {
        return;
    }
    bool daily = text_is(row->row.measure, "entries_rus_daily");
    enum report_hiding hiding = (enum report_hiding)out->view->hiding[row->arrivals];
    double per_day = row->row.value / (daily ? 1 : report_exodus_days(&row->row));
    out->series[series].counts++;
    out->points[out->n_points++] = (struct report_exodus_point){
        series,          row,          hiding == REPORT_SHOWN ? per_day : (double)NAN, hiding,
        seen->was_known, row->at_least};
}

static double people_of(const struct report_exodus *exodus, size_t series)
{
    const struct report_exodus_series *of = &exodus->series[series];
    double sum = 0;
    for (size_t i = of->first; i < of->first + of->n; i++) {
        sum += exodus->chain->forecast.spreads[i].mean;
    }
    return sum;
}

/* The most counted first; then what was scored, then where most come. */
static int by_counts(const void *left, const void *right, void *arg)
{
    const struct report_exodus *exodus = arg;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    size_t n = exodus->series[a].counts, m = exodus->series[b].counts;
    bool x = exodus->chain->forecast.scored[exodus->series[a].first];
    bool y = exodus->chain->forecast.scored[exodus->series[b].first];
    double p = people_of(exodus, a), q = people_of(exodus, b);
    return n != m   ? (n < m ? 1 : -1)
           : x != y ? (x ? -1 : 1)
           : p < q  ? 1
           : p > q  ? -1
                    : (a > b) - (a < b);
}

static int by_day(const void *left, const void *right)
{
    const struct report_exodus_point *a = left, *b = right;
    if (a->series != b->series) {
        return a->series < b->series ? -1 : 1;
    }
    if (a->seen->row.from != b->seen->row.from) {
        return a->seen->row.from < b->seen->row.from ? -1 : 1;
    }
    if (a->seen->row.to != b->seen->row.to) {
        return a->seen->row.to < b->seen->row.to ? -1 : 1;
    }
    return (a->seen > b->seen) - (a->seen < b->seen);
}

static int make_points(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    size_t n = out->chain->n_observed;
    TRY_NEW(out->points, arena, out->n_fans * n, err);
    for (size_t f = 0; f < out->n_fans; f++) {
        for (size_t i = 0; i < n; i++) {
            add_point(out, out->fans[f], &out->chain->observed[i]);
        }
    }
    qsort(out->points, out->n_points, sizeof *out->points, by_day);
    qsort_r(out->fans, out->n_fans, sizeof *out->fans, by_counts, out);
    return 0;
}

static const char *const flow_measures[] = {[REPORT_EXODUS_IN] = "entries_rus",
                                            [REPORT_EXODUS_OUT] = "exits_rus",
                                            [REPORT_EXODUS_REFUSED] = "refused_rus",
                                            [REPORT_EXODUS_WAITING] = "waiting_rus"};

static void add_series(struct report_exodus *out, size_t series, double *days)
{
    const struct report_exodus_series *of = &out->series[series];
    for (size_t i = 0; i < of->n; i++) {
        date_days day = out->chain->forecast.rows[of->first + i].from;
        if (day >= out->from && day <= out->to) {
            double *at = &days[day - out->from];
            *at = (isnan(*at) ? 0 : *at) + out->chain->forecast.spreads[of->first + i].mean;
        }
    }
}

/* Whether the series counts all that crosses at the door, and nothing else. */
static bool is_whole(const struct exodus_door *door, const struct exodus_row *row)
{
    for (size_t i = 0; i < door->n_routes; i++) {
        const struct exodus_route *route = &door->routes[i];
        if (text_eq(route->country, row->country) && text_eq(route->route, row->route)) {
            return text_eq(door->country, row->country) && route->share[EXODUS_TRAFFIC] >= 1 &&
                   route->share[EXODUS_FLIGHT] >= 1;
        }
    }
    return false;
}

/* Whether the series counts the part of one country at a door that many share. */
static bool is_part(const struct exodus_door *door, const struct exodus_row *row)
{
    for (size_t i = 0; i < door->n_routes; i++) {
        if (text_is(door->country, "ALL") && text_is(row->route, "all") &&
            text_eq(door->routes[i].country, row->country) &&
            text_eq(door->routes[i].route, row->route)) {
            return true;
        }
    }
    return false;
}

static void fill_door(struct report_exodus *out, enum report_exodus_flow flow, size_t d)
{
    const struct exodus_door *door = &out->chain->input->model->doors[d];
    size_t n_doors = out->chain->input->model->n_doors;
    double *days = &out->doors[((size_t)flow * n_doors + d) * out->n_days];
    for (size_t i = 0; i < out->n_days; i++) {
        days[i] = (double)NAN;
    }
    for (size_t s = 0; s < out->n_series; s++) {
        const struct exodus_row *row = row_of(out, s);
        if (!text_is(row->measure, flow_measures[flow])) {
            continue;
        }
        if (is_whole(door, row)) {
            add_series(out, s, days);
            return;
        }
        if (is_part(door, row)) {
            add_series(out, s, days);
            out->parts[d] = true;
        }
    }
}

static int make_doors(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    size_t n_doors = out->chain->input->model->n_doors;
    TRY_NEW(out->doors, arena, REPORT_EXODUS_FLOWS * n_doors * out->n_days, err);
    TRY_NEW(out->parts, arena, n_doors, err);
    for (size_t d = 0; d < n_doors; d++) {
        for (int flow = 0; flow < REPORT_EXODUS_FLOWS; flow++) {
            fill_door(out, (enum report_exodus_flow)flow, d);
        }
    }
    return 0;
}

static int make_gates(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    const struct exodus_model *model = out->chain->input->model;
    TRY_NEW(out->gates, arena, out->n_days * model->n_doors * model->n_classes, err);
    for (size_t i = 0; i < out->chain->n_spans; i++) {
        const struct exodus_span *span = &out->chain->spans[i];
        for (date_days day = span->from < out->from ? out->from : span->from;
             day <= span->to && day <= out->to; day++) {
            size_t row = (size_t)(day - out->from) * model->n_doors + span->door;
            out->gates[row * model->n_classes + span->class] = (uint8_t)span->gate;
        }
    }
    return 0;
}

static int make_said(struct arena *arena, struct report_exodus *out, struct ajar_err *err)
{
    TRY_NEW(out->n_said, arena, out->chain->n_effects, err);
    TRY_NEW(out->said, arena, out->chain->n_effects, err);
    for (size_t i = 0; i < out->chain->n_effects; i++) {
        TRY(exodus_chain_say(arena, out->chain, &out->chain->effects[i], &out->said[i],
                             &out->n_said[i], err));
    }
    return 0;
}

double report_exodus_at(const struct report_exodus *exodus, enum report_exodus_flow flow,
                        size_t door, size_t day)
{
    size_t n_doors = exodus->chain->input->model->n_doors;
    return exodus->doors[((size_t)flow * n_doors + door) * exodus->n_days + day];
}

enum gate report_exodus_gate(const struct report_exodus *exodus, size_t day, size_t door,
                             size_t class)
{
    const struct exodus_model *model = exodus->chain->input->model;
    return (enum gate)exodus->gates[(day * model->n_doors + door) * model->n_classes + class];
}

void report_exodus_side(const struct exodus_model *model, size_t door, double *lat, double *lon)
{
    double sum = 0, north = 0, east = 0;
    for (size_t r = 0; r < model->n_regions; r++) {
        double km = model->doors[door].km[r];
        double part = isfinite(km) && km > 0 ? model->regions[r].weight / km : 0;
        sum += part;
        north += part * model->regions[r].lat;
        east += part * model->regions[r].lon;
    }
    *lat = sum > 0 ? north / sum : model->doors[door].lat;
    *lon = sum > 0 ? east / sum : model->doors[door].lon;
}

int report_exodus_make(struct arena *arena, const struct report_view *view,
                       const struct exodus_chain *chain, struct report_exodus *out,
                       struct ajar_err *err)
{
    const struct exodus_model *model = chain->input->model;
    struct report_exodus made = {
        .chain = chain, .view = view, .from = model->shown, .to = model->to};
    made.n_days = (size_t)(made.to - made.from) + 1;
    TRY(make_series(arena, &made, err));
    TRY(make_fans(arena, &made, err));
    TRY(make_points(arena, &made, err));
    TRY(make_doors(arena, &made, err));
    TRY(make_gates(arena, &made, err));
    TRY(make_said(arena, &made, err));
    *out = made;
    return 0;
}
