#include "report_view.h"

#include <stdlib.h>
#include <string.h>

#include "report_pick.h"

bool report_known(const struct scenario *scenario, name_id source, date_days as_known)
{
    if (as_known == DATE_NONE) {
        return true;
    }
    uint32_t row = scenario_source(scenario, source);
    return row == SCENARIO_NO_ROW || scenario->sources.date[row].first == DATE_NONE ||
           scenario->sources.date[row].last <= as_known;
}

/* A short span about the people of the scenario, within its dates. */
static bool in_question(const struct scenario *scenario, uint32_t row, date_days as_known)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    uint32_t measure = arrivals->measure[row];
    return scenario->measures.nationality[measure] == scenario->subject &&
           arrivals->from[row] >= scenario->from && arrivals->to[row] <= scenario->to &&
           arrivals->to[row] - arrivals->from[row] < REPORT_SPAN_DAYS &&
           report_known(scenario, arrivals->source[row], as_known);
}

static bool is_flow(const struct scenario *scenario, uint32_t row)
{
    enum measure_kind kind = scenario->measures.kind[scenario->arrivals.measure[row]];
    return kind == KIND_GROSS_IN || kind == KIND_GROSS_OUT ||
           (kind == KIND_RATE && scenario->arrivals.unit[row] == UNIT_CROSSINGS_PER_DAY);
}

/* The words of one table may be used for rows of another, so the table is compared too. */
static bool side_is(const struct scenario *scenario, name_id table, uint32_t row, uint32_t wanted)
{
    return row == wanted && text_is(scenario_name(scenario, table), "arrivals");
}

static bool is_disputed(const struct scenario *scenario, uint32_t row)
{
    const struct contradictions *pairs = &scenario->contradictions;
    for (size_t i = 0; i < pairs->n; i++) {
        struct text reading = scenario_name(scenario, pairs->reading[i]);
        bool neither = text_is(reading, "neither");
        if (side_is(scenario, pairs->table_a[i], pairs->row_a[i], row) &&
            (neither || text_is(reading, "b"))) {
            return true;
        }
        if (side_is(scenario, pairs->table_b[i], pairs->row_b[i], row) &&
            (neither || text_is(reading, "a"))) {
            return true;
        }
    }
    return false;
}

static int panel_order(const struct scenario *scenario, uint32_t a, uint32_t b)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    if (arrivals->country[a] != arrivals->country[b]) {
        bool group_a = country_is_group(arrivals->country[a]);
        bool group_b = country_is_group(arrivals->country[b]);
        if (group_a != group_b) {
            return group_a ? -1 : 1;
        }
        return arrivals->country[a] < arrivals->country[b] ? -1 : 1;
    }
    enum measure_kind kind_a = scenario->measures.kind[arrivals->measure[a]];
    enum measure_kind kind_b = scenario->measures.kind[arrivals->measure[b]];
    if (kind_a != kind_b) {
        return kind_a < kind_b ? -1 : 1;
    }
    if (arrivals->route[a] != arrivals->route[b]) {
        return text_cmp(scenario_name(scenario, arrivals->route[a]),
                        scenario_name(scenario, arrivals->route[b]));
    }
    if (arrivals->measure[a] != arrivals->measure[b]) {
        return arrivals->measure[a] < arrivals->measure[b] ? -1 : 1;
    }
    return 0;
}

static int mark_order(const void *left, const void *right, void *arg)
{
    const struct scenario *scenario = arg;
    const struct report_mark *a = left, *b = right;
    int order = panel_order(scenario, a->row, b->row);
    if (order != 0) {
        return order;
    }
    date_days from_a = scenario->arrivals.from[a->row], from_b = scenario->arrivals.from[b->row];
    if (from_a != from_b) {
        return from_a < from_b ? -1 : 1;
    }
    if (a->days != b->days) {
        return a->days > b->days ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static int collect_marks(struct arena *arena, const struct scenario *scenario, date_days as_known,
                         struct report_view *view, struct ajar_err *err)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    uint32_t n = 0;
    for (uint32_t row = 0; row < arrivals->n; row++) {
        n += in_question(scenario, row, as_known) && is_flow(scenario, row);
    }
    TRY_NEW(view->marks, arena, n, err);
    for (uint32_t row = 0; row < arrivals->n; row++) {
        if (!in_question(scenario, row, as_known) || !is_flow(scenario, row)) {
            continue;
        }
        struct report_mark *mark = &view->marks[view->n_marks++];
        mark->row = row;
        mark->days = arrivals->to[row] - arrivals->from[row] + 1;
        mark->value = arrivals->value[row];
        bool rate = scenario->measures.kind[arrivals->measure[row]] == KIND_RATE;
        mark->per_day = rate ? mark->value : mark->value / mark->days;
        mark->hiding = (enum report_hiding)view->hiding[row];
        mark->disputed = is_disputed(scenario, row);
    }
    qsort_r(view->marks, view->n_marks, sizeof *view->marks, mark_order, (void *)scenario);
    return 0;
}

static int group_panels(struct arena *arena, struct report_view *view, struct ajar_err *err)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    TRY_NEW(view->panels, arena, view->n_marks, err);
    view->n_panels = 0;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        uint32_t row = view->marks[i].row;
        if (i == 0 || panel_order(view->scenario, view->marks[i - 1].row, row) != 0) {
            view->panels[view->n_panels++] = (struct report_panel){
                arrivals->country[row], arrivals->route[row], arrivals->measure[row], i, 0};
        }
        view->panels[view->n_panels - 1].n++;
    }
    return 0;
}

static uint32_t single_days(const struct report_view *view, const struct report_panel *panel)
{
    uint32_t days = 0;
    for (uint32_t i = 0; i < panel->n; i++) {
        days += view->marks[panel->first + i].days == 1;
    }
    return days;
}

/* A line of fewer than three days shows no course of events. */
static uint32_t find_main(const struct report_view *view)
{
    uint32_t best = REPORT_NONE, most = 2;
    for (uint32_t i = 0; i < view->n_panels; i++) {
        const struct report_panel *panel = &view->panels[i];
        if (view->scenario->measures.kind[panel->measure] != KIND_GROSS_IN ||
            country_is_group(panel->country)) {
            continue;
        }
        uint32_t days = single_days(view, panel);
        if (days > most) {
            best = i;
            most = days;
        }
    }
    return best;
}

static void find_peak(struct report_view *view, const struct report_panel *main)
{
    for (uint32_t i = main->first; i < main->first + main->n; i++) {
        if (view->marks[i].days == 1 && !view->marks[i].disputed &&
            view->marks[i].hiding == REPORT_SHOWN &&
            (view->peak == REPORT_NONE || view->marks[i].value > view->marks[view->peak].value)) {
            view->peak = i;
        }
    }
}

static void keep_near_peak(struct report_view *view)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    date_days middle = arrivals->from[view->marks[view->peak].row];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        uint32_t row = view->marks[i].row;
        if (arrivals->from[row] >= middle - REPORT_SPAN_DAYS &&
            arrivals->to[row] <= middle + REPORT_SPAN_DAYS) {
            view->marks[kept++] = view->marks[i];
        }
    }
    view->n_marks = kept;
}

/* The n marks of a panel, copied behind those that are there; the panel is told where they are. */
static void move_marks(const struct report_view *view, struct report_panel *panel,
                       struct report_mark *marks, uint32_t *n)
{
    memcpy(marks + *n, view->marks + panel->first, panel->n * sizeof *marks);
    panel->first = *n;
    *n += panel->n;
}

/* Puts the focus country's panels first and the main one before them; the rest stay in order.  The marks
 * move with their panels. */
static int focus_first(struct arena *arena, struct report_view *view, uint32_t main,
                       struct ajar_err *err)
{
    struct report_panel *sorted;
    struct report_mark *marks;
    TRY_NEW(sorted, arena, view->n_panels, err);
    TRY_NEW(marks, arena, view->n_marks, err);
    name_id focus = view->panels[main].country;
    uint32_t n = 0, n_marks = 0;
    sorted[n] = view->panels[main];
    move_marks(view, &sorted[n++], marks, &n_marks);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < view->n_panels; i++) {
            if (i != main && (view->panels[i].country == focus) == (pass == 0)) {
                sorted[n] = view->panels[i];
                move_marks(view, &sorted[n++], marks, &n_marks);
            }
        }
        if (pass == 0) {
            view->n_focus = n;
        }
    }
    view->panels = sorted;
    view->marks = marks;
    return 0;
}

bool report_rise(const struct report_view *view, uint32_t panel, uint32_t *before, uint32_t *after)
{
    const struct report_panel *of = &view->panels[panel];
    const struct arrivals *arrivals = &view->scenario->arrivals;
    double best = 0;
    for (uint32_t a = of->first; a < of->first + of->n; a++) {
        for (uint32_t b = a + 1; b < of->first + of->n; b++) {
            const struct report_mark *early = &view->marks[a], *late = &view->marks[b];
            bool pair = early->days >= 5 && early->days == late->days &&
                        arrivals->from[late->row] == arrivals->to[early->row] + 1 &&
                        early->value > 0 && early->hiding == REPORT_SHOWN &&
                        late->hiding == REPORT_SHOWN && !early->disputed && !late->disputed;
            if (pair && late->value / early->value > best) {
                best = late->value / early->value;
                *before = a;
                *after = b;
            }
        }
    }
    return best > 0;
}

static void find_span(struct report_view *view)
{
    const struct arrivals *arrivals = &view->scenario->arrivals;
    view->from = 1;
    view->to = 0;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        uint32_t row = view->marks[i].row;
        if (i == 0 || arrivals->from[row] < view->from) {
            view->from = arrivals->from[row];
        }
        if (i == 0 || arrivals->to[row] > view->to) {
            view->to = arrivals->to[row];
        }
    }
}

static int collect_refused(struct arena *arena, date_days as_known, struct report_view *view,
                           struct ajar_err *err)
{
    const struct scenario *scenario = view->scenario;
    TRY_NEW(view->refused, arena, scenario->arrivals.n, err);
    for (uint32_t row = 0; row < scenario->arrivals.n; row++) {
        uint32_t measure = scenario->arrivals.measure[row];
        if (scenario->measures.kind[measure] == KIND_REFUSED &&
            in_question(scenario, row, as_known) && scenario->arrivals.from[row] >= view->from &&
            scenario->arrivals.to[row] <= view->to) {
            view->refused[view->n_refused++] = row;
        }
    }
    return 0;
}

int report_view_make(struct arena *arena, const struct scenario *scenario, date_days as_known,
                     struct report_view *out, struct ajar_err *err)
{
    struct report_view view = {
        .scenario = scenario, .before = REPORT_NONE, .after = REPORT_NONE, .peak = REPORT_NONE};
    TRY(report_hide(arena, scenario, &view.hiding, err));
    TRY(collect_marks(arena, scenario, as_known, &view, err));
    TRY(group_panels(arena, &view, err));
    uint32_t main = find_main(&view);
    if (main != REPORT_NONE) {
        find_peak(&view, &view.panels[main]);
    }
    if (view.peak != REPORT_NONE) {
        uint32_t peak_row = view.marks[view.peak].row;
        keep_near_peak(&view);
        TRY(group_panels(arena, &view, err));
        for (main = 0; panel_order(scenario, view.marks[view.panels[main].first].row, peak_row);) {
            main++;
        }
        TRY(focus_first(arena, &view, main, err));
        view.peak = REPORT_NONE;
        find_peak(&view, &view.panels[0]);
        report_rise(&view, 0, &view.before, &view.after);
    }
    find_span(&view);
    TRY(collect_refused(arena, as_known, &view, err));
    TRY(report_pick_doors(arena, &view, err));
    TRY(report_pick_nets(arena, &view, err));
    TRY(report_pick_circles(arena, &view, err));
    *out = view;
    return 0;
}
