/* Alarms, series and the replay as the page's script reads them. */
#include <math.h>

#include "report_page.h"
#include "report_watch.h"

static const char *const clock_ids[] = {
    [WATCH_PUBLISHED] = "published", [WATCH_NEXT_DAY] = "nextDay"};

/* Figures of a picture need no more than a tenth. */
static double tenths(double value)
{
    return isfinite(value) ? round(10 * value) / 10 : (double)NAN;
}

static void put_figure(struct report_json *data, const char *key, double value, bool shown)
{
    report_json_number(data, key, shown ? tenths(value) : (double)NAN);
}

static void put_alarm(struct report_json *data, const struct report_watch *watch, size_t i)
{
    const struct watch_alarm *alarm = &watch->chain->scan.alarms[i];
    bool kept = report_watch_alarm_kept(data->view, watch->chain, alarm);
    uint32_t mark = report_watch_mark(data->view, watch->chain, alarm);
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)i + 1);
    report_json_int(data, "series", watch->shown[alarm->series]);
    report_json_date(data, "from", alarm->from);
    report_json_date(data, "to", alarm->to);
    report_json_bool(data, "first", report_watch_first(alarm));
    put_figure(data, "count", alarm->verdict.count, !kept);
    put_figure(data, "expected", alarm->verdict.expected, !kept);
    put_figure(data, "bound", alarm->verdict.bound, !kept);
    report_json_int(data, "mark", mark == REPORT_NONE ? 0 : (int64_t)mark + 1);
    report_watch_core(&data->words, data->view, watch->chain, alarm);
    report_json_words(data, "sentence");
    json_end_object(&data->json);
}

static void put_force(struct report_json *data, const struct report_force *force)
{
    if (force->from == DATE_NONE) {
        json_put_null(&data->json);
        return;
    }
    char text[DATE_TEXT];
    json_begin_array(&data->json);
    json_put_str(&data->json, date_format(force->from, text));
    json_put_str(&data->json, force->until == DATE_NONE ? NULL : date_format(force->until, text));
    json_end_array(&data->json);
}

static void put_value(struct report_json *data, const struct watch_series *series,
                      const struct report_watch_value *shown)
{
    const struct watch_value *value = &series->value[shown->value];
    json_begin_object(&data->json);
    report_json_date(data, "from", value->from);
    report_json_date(data, "to", value->to);
    put_figure(data, "count", value->count, shown->hiding == REPORT_SHOWN);
    if (shown->hiding != REPORT_SHOWN) {
        report_json_str(data, "hidden", report_hiding_word(shown->hiding));
    }
    report_json_bool(data, "used", shown->used);
    for (int clock = 0; clock < 2; clock++) {
        json_key(&data->json, clock_ids[clock]);
        put_force(data, &shown->force[clock]);
    }
    report_json_source(data, value->source);
    json_end_object(&data->json);
}

/* Periods judged within the days pictured: what was expected, and from which count on it rings. */
static void put_points(struct report_json *data, const struct report_watch *watch,
                       const struct report_watch_series *shown)
{
    const struct watch_judged *judged = shown->judged;
    report_json_array(data, "points");
    for (size_t i = 0; judged != NULL && judged->points != NULL && i < judged->grid->n; i++) {
        const struct watch_verdict *verdict = &judged->points[i].main;
        date_days from = judged->grid->first + (date_days)i * judged->grid->step_days;
        date_days to = from + judged->grid->step_days - 1;
        if (from < watch->from || to > watch->to || verdict->state == WATCH_CANNOT ||
            report_watch_verdict_kept(data->view, &watch->chain->input.book.series[shown->series],
                                      verdict, to)) {
            continue;
        }
        json_begin_object(&data->json);
        report_json_date(data, "from", from);
        report_json_date(data, "to", to);
        report_json_number(data, "expected", tenths(verdict->expected));
        report_json_number(data, "bound", tenths(verdict->bound));
        report_json_bool(data, "rings", judged->points[i].rings);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static void put_series(struct report_json *data, const struct report_watch *watch, size_t i)
{
    const struct report_watch_series *shown = &watch->series[i];
    const struct watch_series *series = &watch->chain->input.book.series[shown->series];
    json_begin_object(&data->json);
    report_json_code(data, "place", series->place);
    report_json_name(data, "route", series->route);
    report_json_name(data, "measure", series->measure_word);
    report_json_str(data, "kind", measure_kind_word(series->kind));
    report_json_name(data, "unit", series->unit);
    watch_say_series(&data->words, &watch->chain->input, shown->series);
    report_json_words(data, "label");
    report_json_bool(data, "weekly", shown->judged != NULL && shown->judged->weekly);
    report_json_str(data, "whyNot", shown->judged == NULL ? NULL : shown->judged->why_not);
    report_json_array(data, "values");
    for (size_t v = 0; v < shown->n; v++) {
        put_value(data, series, &shown->values[v]);
    }
    json_end_array(&data->json);
    put_points(data, watch, shown);
    json_end_object(&data->json);
}

static const char *state_word(const struct watch_replay_day *day)
{
    static const char *const words[] = {
        [WATCH_QUIET] = "quiet", [WATCH_RINGS] = "rings", [WATCH_CANNOT] = "cannot"};
    return !day->judged ? words[WATCH_CANNOT]
           : day->rings ? words[WATCH_RINGS]
                        : words[day->verdict.state];
}

static void put_morning(struct report_json *data, const struct report_watch *watch,
                        enum watch_clock clock, const struct report_morning *morning)
{
    const struct watch_replay_day *day = &watch->chain->replay[clock].days[morning->day];
    const struct watch_verdict *verdict = &day->verdict;
    bool shown = !morning->kept && day->judged;
    json_begin_object(&data->json);
    report_json_date(data, "day", day->day);
    report_json_int(data, "known", (int64_t)day->n_known);
    report_json_int(data, "new", (int64_t)day->n_new);
    report_json_date(data, "last", day->last_to);
    report_json_str(data, "state", state_word(day));
    report_json_bool(data, "first", day->first);
    report_json_bool(data, "revised", day->revised);
    report_json_date(data, "from", morning->from);
    report_json_date(data, "to", morning->to);
    put_figure(data, "count", verdict->count, shown);
    put_figure(data, "expected", verdict->expected, shown);
    put_figure(data, "bound", verdict->bound, shown);
    put_figure(data, "spread", verdict->noise * verdict->expected, shown);
    report_json_date(data, "baseFrom", shown ? verdict->base_from : DATE_NONE);
    report_json_date(data, "baseTo", shown ? verdict->base_to : DATE_NONE);
    report_json_str(data, "why", report_watch_why(day));
    json_key(&data->json, "sentence");
    json_put_text(&data->json, morning->kept ? (struct text){"", 0} : day->sentence);
    report_json_bool(data, "kept", morning->kept);
    json_end_object(&data->json);
}

static void put_clock(struct report_json *data, const struct report_watch *watch,
                      enum watch_clock clock)
{
    report_json_array(data, clock_ids[clock]);
    for (size_t i = 0; i < watch->n; i++) {
        const struct report_watch_series *shown = &watch->series[i];
        json_begin_array(&data->json);
        for (size_t m = 0; m < shown->n_mornings[clock]; m++) {
            put_morning(data, watch, clock, &shown->mornings[clock][m]);
        }
        json_end_array(&data->json);
    }
    json_end_array(&data->json);
}

/* Rules of the places drawn that refuse somebody and begin within the days pictured. */
static void put_doors(struct report_json *data, const struct report_watch *watch)
{
    const struct doors *doors = &data->scenario->doors;
    report_json_array(data, "doors");
    for (uint32_t i = 0; i < doors->n; i++) {
        bool of_place = false;
        for (size_t s = 0; s < watch->n && !of_place; s++) {
            of_place =
                watch->chain->input.book.series[watch->series[s].series].place == doors->country[i];
        }
        if (of_place && doors->from[i] != DATE_NONE && doors->from[i] >= watch->from &&
            doors->from[i] <= watch->to && doors->refused[i].n > 0) {
            json_begin_object(&data->json);
            report_json_date(data, "date", doors->from[i]);
            report_json_code(data, "country", doors->country[i]);
            report_door_title(&data->words, data->scenario, i);
            report_json_words(data, "title");
            json_end_object(&data->json);
        }
    }
    json_end_array(&data->json);
}

void report_watch_data(struct report_json *data, const struct report_watch *watch)
{
    json_key(&data->json, "watch");
    if (watch == NULL) {
        json_put_null(&data->json);
        return;
    }
    const struct watch_scan *scan = &watch->chain->scan;
    bool any = watch->from <= watch->to;
    json_begin_object(&data->json);
    report_json_date(data, "from", any ? watch->from : DATE_NONE);
    report_json_date(data, "to", any ? watch->to : DATE_NONE);
    report_json_int(data, "lead", watch->lead == REPORT_NONE ? -1 : (int64_t)watch->lead);
    put_doors(data, watch);
    report_json_array(data, "series");
    for (size_t i = 0; i < watch->n; i++) {
        put_series(data, watch, i);
    }
    json_end_array(&data->json);
    report_json_array(data, "alarms");
    for (size_t i = 0; i < scan->n_alarms; i++) {
        put_alarm(data, watch, i);
    }
    json_end_array(&data->json);
    report_json_object(data, "replay");
    put_clock(data, watch, WATCH_PUBLISHED);
    put_clock(data, watch, WATCH_NEXT_DAY);
    json_end_object(&data->json);
    report_flows_data(data, watch->chain);
    report_trade_data(data, watch);
    json_end_object(&data->json);
}
