#include "report_watch.h"

#include "report_page.h"
#include "report_trade_pick.h"

static date_days days_of(const struct watch_value *value)
{
    return value->to - value->from + 1;
}

/* Counts of people on the move, each of a day or of a week: what a picture by day or week is made of. */
static bool is_drawn(const struct watch_series *series, const struct watch_value *value)
{
    bool counts = series->kind == KIND_GROSS_IN || series->kind == KIND_GROSS_OUT ||
                  series->kind == KIND_BOTH_WAYS || series->kind == KIND_REFUSED ||
                  series->kind == KIND_NET || series->kind == KIND_REGISTRATIONS;
    return counts && (days_of(value) == 1 || days_of(value) == 7);
}

static bool in_window(const struct report_watch *watch, const struct watch_value *value)
{
    return value->from >= watch->from && value->to <= watch->to;
}

/* The first day of the alarms, from which the replay looks; `none` without any. */
static date_days first_alarm(const struct watch_scan *scan, date_days none)
{
    date_days first = none;
    for (size_t i = 0; i < scan->n_alarms; i++) {
        first = scan->alarms[i].run_from < first ? scan->alarms[i].run_from : first;
    }
    return first;
}

/* From two weeks before the scenario's days to their end, less what is empty at both ends; of more days than
 * fit, the last, or the first where the alarms begin before those. */
static void find_window(const struct scenario *scenario, struct report_watch *out)
{
    const struct watch_book *book = &out->chain->input.book;
    date_days first = DATE_NONE, last = DATE_NONE;
    out->from = scenario->from - 14;
    out->to = scenario->to;
    for (size_t s = 0; s < book->n; s++) {
        for (size_t v = 0; v < book->series[s].n; v++) {
            const struct watch_value *value = &book->series[s].value[v];
            if (is_drawn(&book->series[s], value) && in_window(out, value)) {
                first = first == DATE_NONE || value->from < first ? value->from : first;
                last = last == DATE_NONE || value->to > last ? value->to : last;
            }
        }
    }
    out->from = first == DATE_NONE ? 1 : first;
    out->to = first == DATE_NONE ? 0 : last;
    if (out->to - out->from < REPORT_WATCH_DAYS) {
        return;
    }
    if (first_alarm(&out->chain->scan, out->to) > out->to - REPORT_WATCH_DAYS) {
        out->from = out->to - REPORT_WATCH_DAYS + 1;
    } else {
        out->to = out->from + REPORT_WATCH_DAYS - 1;
    }
}

static const struct watch_judged *judged_of(const struct watch_scan *scan, uint32_t series)
{
    for (size_t i = 0; i < scan->n_judged + scan->n_not_judged; i++) {
        if (scan->judged[i].series == series) {
            return &scan->judged[i];
        }
    }
    return NULL;
}

static bool has_alarm(const struct watch_scan *scan, uint32_t series)
{
    for (size_t i = 0; i < scan->n_alarms; i++) {
        if (scan->alarms[i].series == series) {
            return true;
        }
    }
    return false;
}

static size_t count_drawn(const struct report_watch *watch, const struct watch_series *series)
{
    size_t n = 0;
    for (size_t v = 0; v < series->n; v++) {
        n += is_drawn(series, &series->value[v]) && in_window(watch, &series->value[v]);
    }
    return n;
}

static bool is_used(const struct watch_judged *judged, uint32_t value)
{
    for (size_t i = 0; judged != NULL && i < judged->known.n; i++) {
        if (judged->known.value[i] == value) {
            return true;
        }
    }
    return false;
}

static int fill_values(struct arena *arena, const struct report_view *view,
                       const struct report_watch *watch, struct report_watch_series *out,
                       struct ajar_err *err)
{
    const struct watch_series *series = &watch->chain->input.book.series[out->series];
    TRY_NEW(out->values, arena, series->n, err);
    for (uint32_t v = 0; v < series->n; v++) {
        if (is_drawn(series, &series->value[v]) && in_window(watch, &series->value[v])) {
            out->values[out->n++] = (struct report_watch_value){
                .value = v,
                .used = is_used(out->judged, v),
                .hiding = report_watch_hiding(view, &series->value[v]),
                .force = {{DATE_NONE, DATE_NONE}, {DATE_NONE, DATE_NONE}}};
        }
    }
    return 0;
}

/* Which values were in force that morning: begins and ends their spans. */
static void note_force(struct report_watch_series *series, const struct watch_known *known)
{
    for (size_t i = 0; i < series->n; i++) {
        struct report_force *force = &series->values[i].force[known->clock];
        bool on = false;
        for (size_t k = 0; k < known->n && !on; k++) {
            on = known->value[k] == series->values[i].value;
        }
        if (on && force->from == DATE_NONE) {
            *force = (struct report_force){known->as_known, DATE_NONE};
        } else if (on) {
            force->until = DATE_NONE;
        } else if (force->from != DATE_NONE && force->until == DATE_NONE) {
            force->until = known->as_known;
        }
    }
}

/* The last period with a count, on the grid that is judged: days when there are at least two. */
static void find_period(const struct watch_known *known, struct report_morning *morning)
{
    size_t days = 0;
    for (size_t i = 0; i < known->day.n; i++) {
        days += known->day.y[i] >= 0;
    }
    const struct watch_grid *grid = days >= 2 ? &known->day : &known->week;
    morning->from = morning->to = DATE_NONE;
    for (size_t i = grid->n; i-- > 0;) {
        if (grid->y[i] >= 0) {
            morning->from = grid->first + (date_days)i * grid->step_days;
            morning->to = morning->from + grid->step_days - 1;
            return;
        }
    }
}

static int fill_mornings(struct arena *arena, const struct report_view *view,
                         const struct report_watch *watch, enum watch_clock clock,
                         struct report_watch_series *out, struct ajar_err *err)
{
    const struct watch_replay *replay = &watch->chain->replay[clock];
    const struct watch_series *series = &watch->chain->input.book.series[out->series];
    size_t n = 0;
    for (size_t i = 0; i < replay->n; i++) {
        n += replay->days[i].series == out->series;
    }
    TRY_NEW(out->mornings[clock], arena, n, err);
    for (uint32_t i = 0; i < replay->n; i++) {
        const struct watch_replay_day *day = &replay->days[i];
        if (day->series != out->series) {
            continue;
        }
        struct report_morning *morning = &out->mornings[clock][out->n_mornings[clock]++];
        struct watch_known known;
        TRY(book_known(arena, series, clock, day->day, &known, err));
        note_force(out, &known);
        morning->day = i;
        find_period(&known, morning);
        morning->kept = report_watch_verdict_kept(view, series, &day->verdict, day->last_to);
    }
    return 0;
}

static bool is_focus(const struct report_view *view, const struct watch_series *series)
{
    return view->n_focus > 0 && series->place == view->panels[0].country;
}

static int fill_series(struct arena *arena, const struct report_view *view, uint32_t s,
                       struct report_watch *out, struct ajar_err *err)
{
    struct report_watch_series *to = &out->series[out->n];
    to->series = s;
    to->judged = judged_of(&out->chain->scan, s);
    TRY(fill_values(arena, view, out, to, err));
    TRY(fill_mornings(arena, view, out, WATCH_PUBLISHED, to, err));
    TRY(fill_mornings(arena, view, out, WATCH_NEXT_DAY, to, err));
    out->shown[s] = (uint32_t)out->n++;
    return 0;
}

static bool has_verdict(const struct report_watch *watch, uint32_t i)
{
    for (int clock = 0; clock < 2; clock++) {
        for (size_t m = 0; m < watch->series[i].n_mornings[clock]; m++) {
            uint32_t day = watch->series[i].mornings[clock][m].day;
            if (watch->chain->replay[clock].days[day].judged) {
                return true;
            }
        }
    }
    return false;
}

/* The series of the first picture; else the first with an alarm; else the first with any verdict. */
static uint32_t find_lead(const struct report_view *view, const struct report_watch *watch)
{
    const struct watch_book *book = &watch->chain->input.book;
    uint32_t best = REPORT_NONE;
    int best_rank = 0;
    for (uint32_t i = 0; i < watch->n; i++) {
        const struct watch_series *series = &book->series[watch->series[i].series];
        bool main = is_focus(view, series) && series->route == view->panels[0].route &&
                    series->measure == view->panels[0].measure;
        bool rings = has_alarm(&watch->chain->scan, watch->series[i].series);
        int rank = !has_verdict(watch, i) ? 0 : main ? 3 : rings ? 2 : 1;
        if (rank > best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

int report_watch_make(struct arena *arena, const struct report_view *view,
                      const struct watch_chain *chain, struct report_watch *out,
                      struct ajar_err *err)
{
    const struct watch_book *book = &chain->input.book;
    *out = (struct report_watch){.chain = chain};
    find_window(view->scenario, out);
    TRY_NEW(out->series, arena, book->n, err);
    TRY_NEW(out->shown, arena, book->n, err);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t s = 0; s < book->n; s++) {
            if (is_focus(view, &book->series[s]) != (pass == 0)) {
                continue;
            }
            out->shown[s] = REPORT_NONE;
            if (count_drawn(out, &book->series[s]) > 0 || has_alarm(&chain->scan, s)) {
                TRY(fill_series(arena, view, s, out, err));
            }
        }
    }
    TRY(report_trade_pick(arena, &chain->mirror, &out->trade, &out->n_trade, err));
    out->lead = find_lead(view, out);
    return 0;
}
