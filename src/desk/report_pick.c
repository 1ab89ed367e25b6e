#include "report_pick.h"

#include <stdlib.h>

static int door_order(const void *left, const void *right, void *arg)
{
    const struct doors *doors = arg;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (doors->from[a] != doors->from[b]) {
        return doors->from[a] < doors->from[b] ? -1 : 1;
    }
    if (doors->country[a] != doors->country[b]) {
        return doors->country[a] < doors->country[b] ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

int report_pick_doors(struct arena *arena, struct report_view *view, struct ajar_err *err)
{
    const struct doors *doors = &view->scenario->doors;
    uint32_t n = 0;
    TRY_NEW(view->door_rows, arena, doors->n, err);
    for (uint32_t row = 0; row < doors->n; row++) {
        if (doors->from[row] != DATE_NONE && doors->from[row] >= view->from &&
            doors->from[row] <= view->to && doors->refused[row].n > 0) {
            view->door_rows[n++] = row;
        }
    }
    view->n_doors = n;
    qsort_r(view->door_rows, n, sizeof *view->door_rows, door_order, (void *)doors);
    return 0;
}

static enum measure_kind kind_of(const struct report_view *view, uint32_t mark)
{
    const struct scenario *scenario = view->scenario;
    return scenario->measures.kind[scenario->arrivals.measure[view->marks[mark].row]];
}

static bool same_days(const struct arrivals *arrivals, uint32_t a, uint32_t b)
{
    return arrivals->country[a] == arrivals->country[b] &&
           arrivals->route[a] == arrivals->route[b] && arrivals->from[a] == arrivals->from[b] &&
           arrivals->to[a] == arrivals->to[b];
}

static void mark_leads(struct report_view *view)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    for (uint32_t i = 0; i < view->n_nets; i++) {
        uint32_t best = i;
        for (uint32_t j = 0; j < view->n_nets; j++) {
            uint32_t a = view->nets[j].in, b = view->nets[best].in;
            int32_t days_a = arrivals->to[a] - arrivals->from[a];
            int32_t days_b = arrivals->to[b] - arrivals->from[b];
            if (arrivals->country[a] == arrivals->country[b] &&
                (days_a > days_b || (days_a == days_b && arrivals->from[a] < arrivals->from[b]))) {
                best = j;
            }
        }
        view->nets[i].lead = same_days(arrivals, view->nets[best].in, view->nets[i].in);
    }
}

int report_pick_nets(struct arena *arena, struct report_view *view, struct ajar_err *err)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t n = 0;
        for (uint32_t a = 0; a < view->n_marks; a++) {
            for (uint32_t b = 0; kind_of(view, a) == KIND_GROSS_IN && b < view->n_marks; b++) {
                const struct report_mark *in = &view->marks[a], *out = &view->marks[b];
                if (kind_of(view, b) != KIND_GROSS_OUT || !same_days(arrivals, in->row, out->row) ||
                    arrivals->unit[in->row] != arrivals->unit[out->row]) {
                    continue;
                }
                if (pass == 1) {
                    view->nets[n] = (struct report_net){
                        in->row, out->row, in->value - out->value, false,
                        in->hiding != REPORT_SHOWN || out->hiding != REPORT_SHOWN};
                }
                n++;
            }
        }
        if (pass == 0) {
            TRY_NEW(view->nets, arena, n, err);
        }
        view->n_nets = n;
    }
    mark_leads(view);
    return 0;
}

static bool for_map(const struct report_view *view, uint32_t mark)
{
    enum measure_kind kind = kind_of(view, mark);
    return (kind == KIND_GROSS_IN || kind == KIND_RATE) && !view->marks[mark].disputed &&
           view->marks[mark].hiding == REPORT_SHOWN &&
           !country_is_group(view->scenario->arrivals.country[view->marks[mark].row]);
}

/* Countries with a count of exactly these days. */
static uint32_t countries_with(const struct report_view *view, date_days from, date_days to)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    uint32_t n = 0;
    name_id last = 0;
    for (uint32_t p = 0; p < view->n_panels; p++) {
        for (uint32_t i = view->panels[p].first; i < view->panels[p].first + view->panels[p].n;
             i++) {
            uint32_t row = view->marks[i].row;
            if (for_map(view, i) && arrivals->from[row] == from && arrivals->to[row] == to &&
                arrivals->country[row] != last) {
                last = arrivals->country[row];
                n++;
            }
        }
    }
    return n;
}

static void pick_week(struct report_view *view)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    uint32_t most = 0;
    view->week_from = 1;
    view->week_to = 0;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        uint32_t row = view->marks[i].row;
        if (view->marks[i].days != 7 || !for_map(view, i)) {
            continue;
        }
        uint32_t n = countries_with(view, arrivals->from[row], arrivals->to[row]);
        if (n > most || (n == most && arrivals->from[row] < view->week_from)) {
            most = n;
            view->week_from = arrivals->from[row];
            view->week_to = arrivals->to[row];
        }
    }
}

static double fit(const struct report_view *view, uint32_t mark)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    date_days from = arrivals->from[view->marks[mark].row];
    date_days to = arrivals->to[view->marks[mark].row];
    date_days first = from > view->week_from ? from : view->week_from;
    date_days last = to < view->week_to ? to : view->week_to;
    if (last < first) {
        return 0;
    }
    date_days low = from < view->week_from ? from : view->week_from;
    date_days high = to > view->week_to ? to : view->week_to;
    return (double)(last - first + 1) / (double)(high - low + 1);
}

/* Whether the route ("land:Narva", "land:Vaalimaa+Imatra") names the place ("Narva (Ivangorod)"). */
static bool route_names(struct text route, struct text place)
{
    struct text rest, name, aside;
    text_split(route, ':', &rest);
    name = text_trim(text_split(place, '(', &aside));
    while (rest.n > 0) {
        struct text part = text_trim(text_split(rest, '+', &rest));
        if (part.n > 0 && text_eq(part, name)) {
            return true;
        }
    }
    return false;
}

struct middle {
    double lat, lon;
    uint32_t n, place;
};

/* The plain mean of degrees: a country's crossings lie near each other beside the whole map. */
static struct middle middle_of(const struct report_view *view, name_id country, struct text route,
                               const char *type)
{
    const struct places *places = &view->scenario->places;
    struct middle middle = {0};
    for (uint32_t row = 0; row < places->n; row++) {
        if (places->country[row] == country &&
            text_starts(scenario_name(view->scenario, places->type[row]), type) &&
            (route.n == 0 || route_names(route, places->name[row]))) {
            middle.lat += places->lat[row];
            middle.lon += places->lon[row];
            middle.place = row;
            middle.n++;
        }
    }
    if (middle.n > 0) {
        middle.lat /= middle.n;
        middle.lon /= middle.n;
    }
    return middle;
}

static bool place_circle(const struct report_view *view, uint32_t mark, struct report_circle *out)
{
    const struct scenario *scenario = view->scenario;
    uint32_t row = view->marks[mark].row;
    name_id country = scenario->arrivals.country[row];
    struct text any = {NULL, 0};
    enum report_position position = REPORT_AT_CROSSING;
    struct middle middle = middle_of(
        view, country, scenario_name(scenario, scenario->arrivals.route[row]), "crossing");
    if (middle.n == 0) {
        position = REPORT_AT_CROSSINGS;
        middle = middle_of(view, country, any, "crossing");
    }
    if (middle.n == 0) {
        position = REPORT_AT_TOWNS;
        middle = middle_of(view, country, any, "destination");
    }
    if (middle.n > 1 && position == REPORT_AT_CROSSING) {
        position = REPORT_AT_CROSSINGS;
    }
    *out = (struct report_circle){mark, middle.lat, middle.lon, position,
                                  middle.n == 1 ? middle.place : REPORT_NONE};
    return middle.n > 0;
}

static int circle_order(const void *left, const void *right, void *arg)
{
    const struct report_view *view = arg;
    const struct report_circle *a = left, *b = right;
    double rate_a = view->marks[a->mark].per_day, rate_b = view->marks[b->mark].per_day;
    if (rate_a != rate_b) {
        return rate_a > rate_b ? -1 : 1;
    }
    return a->mark < b->mark ? -1 : a->mark > b->mark;
}

int report_pick_circles(struct arena *arena, struct report_view *view, struct ajar_err *err)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    pick_week(view);
    TRY_NEW(view->circles, arena, view->n_panels, err);
    for (uint32_t p = 0; p < view->n_panels; p++) {
        name_id country = view->panels[p].country;
        bool seen = p > 0 && view->panels[p - 1].country == country;
        uint32_t best = REPORT_NONE;
        for (uint32_t q = p; !seen && q < view->n_panels && view->panels[q].country == country;
             q++) {
            for (uint32_t i = view->panels[q].first; i < view->panels[q].first + view->panels[q].n;
                 i++) {
                if (for_map(view, i) && fit(view, i) >= REPORT_FIT &&
                    arrivals->value[view->marks[i].row] > 0 &&
                    (best == REPORT_NONE || fit(view, i) > fit(view, best))) {
                    best = i;
                }
            }
        }
        if (best != REPORT_NONE && place_circle(view, best, &view->circles[view->n_circles])) {
            view->n_circles++;
        }
    }
    qsort_r(view->circles, view->n_circles, sizeof *view->circles, circle_order, view);
    return 0;
}
