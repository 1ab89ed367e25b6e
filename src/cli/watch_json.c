/* The answers of `ajar watch` for machines; docs/json.md names every key. */
#include "watch_json_parts.h"
#include "watch_show.h"
#include "watch_tables.h"

#define WATCH_JSON_CEILING ((size_t)4 << 30)

static void put_series(struct json_out *json, const struct watch_input *input, uint32_t at)
{
    const struct watch_series *series = &input->book.series[at];
    put_name(json, "place", input, series->place);
    put_name(json, "measure", input, series->measure_word);
    put_name(json, "route", input, series->route);
    put_str(json, "kind", measure_kind_word(series->kind));
}

static void put_verdict(struct json_out *json, const struct watch_verdict *verdict)
{
    json_begin_object(json);
    put_str(json, "detector", watch_detector_word(verdict->detector));
    put_str(json, "verdict", watch_state_word(verdict->state));
    put_str(json, "why_not", verdict->why_not);
    put_number(json, "count", verdict->count);
    put_number(json, "expected", verdict->expected);
    put_number(json, "bound", verdict->bound);
    put_number(json, "statistic", verdict->statistic);
    put_number(json, "df", verdict->df);
    put_number(json, "p", verdict->p);
    put_number(json, "rate", verdict->rate);
    put_number(json, "noise", verdict->noise);
    put_day(json, "baseline_from", verdict->base_from);
    put_day(json, "baseline_to", verdict->base_to);
    put_int(json, "baseline_n", (int64_t)verdict->base_n);
    put_day(json, "since", verdict->since);
    json_end_object(json);
}

static void put_parts(struct json_out *json, const struct watch_input *input,
                      const struct watch_alarm *alarm)
{
    json_key(json, "parts");
    json_begin_array(json);
    for (size_t i = 0; i < alarm->n_parts; i++) {
        const struct watch_part *part = &alarm->parts[i];
        json_begin_object(json);
        put_series(json, input, part->series);
        put_number(json, "before", part->before);
        put_number(json, "after", part->after);
        put_number(json, "contribution", part->contribution);
        put_number(json, "p", part->p);
        put_number(json, "q", part->q);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_doors(struct json_out *json, const struct watch_input *input,
                      const struct watch_alarm *alarm)
{
    json_key(json, "doors");
    json_begin_array(json);
    for (size_t i = 0; i < alarm->n_doors; i++) {
        json_put_text(json,
                      names_word(input->book.names, input->scenario->doors.id[alarm->doors[i]]));
    }
    json_end_array(json);
}

static void put_earliest(struct json_out *json, const struct watch_input *input,
                         const struct watch_alarm *alarm)
{
    const struct watch_earliest *earliest = &alarm->earliest;
    const struct watch_series *series = &input->book.series[alarm->series];
    json_key(json, "earliest");
    if (earliest->day == DATE_NONE) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    put_day(json, "day", earliest->day);
    json_key(json, "verdict");
    put_verdict(json, &earliest->verdict);
    if (earliest->count_value != BOOK_NONE) {
        put_name(json, "source", input, series->value[earliest->count_value].source);
    }
    if (earliest->base_value != BOOK_NONE) {
        put_number(json, "base_count", series->value[earliest->base_value].count);
        put_name(json, "base_source", input, series->value[earliest->base_value].source);
    }
    put_number(json, "noise_most", earliest->noise_most);
    json_end_object(json);
}

static void put_alarm(struct json_out *json, const struct watch_input *input,
                      const struct watch_alarm *alarm)
{
    json_begin_object(json);
    put_series(json, input, alarm->series);
    put_day(json, "from", alarm->from);
    put_day(json, "to", alarm->to);
    put_day(json, "run_from", alarm->run_from);
    put_bool(json, "sustained", alarm->sustained);
    json_key(json, "verdict");
    put_verdict(json, &alarm->verdict);
    put_day(json, "known", alarm->known);
    put_int(json, "age_days", alarm->age_days);
    put_number(json, "p_recent_change", alarm->change.p_recent);
    put_day(json, "change_since", alarm->change.since);
    put_earliest(json, input, alarm);
    put_doors(json, input, alarm);
    put_parts(json, input, alarm);
    put_text(json, "sentence", alarm->sentence);
    json_end_object(json);
}

static void put_judged(struct json_out *json, const struct watch_input *input,
                       const struct watch_judged *judged)
{
    json_begin_object(json);
    put_series(json, input, judged->series);
    put_str(json, "not_judged", judged->why_not);
    if (judged->why_not == NULL) {
        put_int(json, "step_days", judged->grid->step_days);
        put_day(json, "last",
                judged->grid->first + (date_days)judged->last * judged->grid->step_days);
        put_bool(json, "rings", judged->at_last.rings);
        json_key(json, "point");
        put_verdict(json, &judged->at_last.main);
        json_key(json, "sustained");
        put_verdict(json, &judged->at_last.sustained);
    }
    json_end_object(json);
}

void watch_json_frame(struct json_out *json, const struct watch_input *input,
                      enum watch_clock clock, date_days as_known)
{
    put_str(json, "input", input->name);
    put_str(json, "known_by", watch_clock_word(clock));
    put_day(json, "as_known", as_known);
    json_key(json, "assumed");
    json_begin_array(json);
    for (size_t i = 0; i < input->n_assumed; i++) {
        json_put_str(json, input->assumed[i]);
    }
    json_end_array(json);
}

/* Ends the object, prints the buffer, frees it. */
int watch_json_done(const struct verb_call *call, struct json_out *json, struct buf *buf,
                    struct ajar_err *err)
{
    json_end_object(json);
    return call_put_json(call, buf, err);
}

void watch_json_start(struct json_out *json, struct buf *buf)
{
    buf_init(buf, WATCH_JSON_CEILING);
    json_out_init(json, buf, true);
    json_begin_object(json);
}

int watch_json_scan(const struct verb_call *call, const struct watch_scan *scan,
                    struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    watch_json_start(&json, &buf);
    watch_json_frame(&json, scan->input, scan->options.clock, scan->options.as_known);
    put_number(&json, "alarm_every_days", scan->options.detect.alarm_every_days);
    put_number(&json, "false_alarms_a_year", scan->false_alarms_a_year);
    put_int(&json, "series_judged", (int64_t)scan->n_judged);
    put_int(&json, "series_not_judged", (int64_t)scan->n_not_judged);
    put_text(&json, "summary", scan->summary);
    json_key(&json, "alarms");
    json_begin_array(&json);
    for (size_t i = 0; i < scan->n_alarms; i++) {
        put_alarm(&json, scan->input, &scan->alarms[i]);
    }
    json_end_array(&json);
    json_key(&json, "series");
    json_begin_array(&json);
    for (size_t i = 0; i < scan->n_judged + scan->n_not_judged; i++) {
        put_judged(&json, scan->input, &scan->judged[i]);
    }
    json_end_array(&json);
    return watch_json_done(call, &json, &buf, err);
}

int watch_json_replay(const struct verb_call *call, const struct watch_replay *replay,
                      struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    watch_json_start(&json, &buf);
    watch_json_frame(&json, replay->input, replay->options.clock, DATE_NONE);
    put_text(&json, "summary", replay->summary);
    json_key(&json, "days");
    json_begin_array(&json);
    for (size_t i = 0; i < replay->n; i++) {
        const struct watch_replay_day *day = &replay->days[i];
        json_begin_object(&json);
        put_day(&json, "day", day->day);
        put_series(&json, replay->input, day->series);
        put_int(&json, "known", (int64_t)day->n_known);
        put_int(&json, "new", (int64_t)day->n_new);
        put_day(&json, "last_day", day->last_to);
        put_bool(&json, "revised", day->revised);
        put_bool(&json, "judged", day->judged);
        put_bool(&json, "rings", day->rings);
        put_bool(&json, "first", day->first);
        if (day->judged) {
            json_key(&json, "verdict");
            put_verdict(&json, &day->verdict);
        }
        put_text(&json, "sentence", day->sentence);
        json_end_object(&json);
    }
    json_end_array(&json);
    return watch_json_done(call, &json, &buf, err);
}

static void put_value(struct json_out *json, const char *key, const struct watch_input *input,
                      const struct watch_value *value)
{
    put_name(json, key, input, value == NULL ? 0 : value->source);
}

int watch_json_net(const struct verb_call *call, const struct watch_input *input,
                   const struct net_table *net, enum watch_clock clock, date_days as_known,
                   struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    watch_json_start(&json, &buf);
    watch_json_frame(&json, input, clock, as_known);
    json_key(&json, "flows");
    json_begin_array(&json);
    for (size_t i = 0; i < net->n_points; i++) {
        const struct net_point *point = &net->points[i];
        json_begin_object(&json);
        put_name(&json, "place", input, point->place);
        put_name(&json, "route", input, point->route);
        put_day(&json, "from", point->from);
        put_day(&json, "to", point->to);
        put_number(&json, "in", point->in);
        put_number(&json, "out", point->out);
        put_number(&json, "net", point->net);
        put_number(&json, "net_low", point->net_low);
        put_number(&json, "net_high", point->net_high);
        put_number(&json, "published_net", point->published_net);
        put_number(&json, "discrepancy", point->discrepancy);
        put_value(&json, "source_in", input, point->in_value);
        put_value(&json, "source_out", input, point->out_value);
        put_value(&json, "source_net", input, point->net_value);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "stocks");
    json_begin_array(&json);
    for (size_t i = 0; i < net->n_stocks; i++) {
        const struct net_stock *step = &net->stocks[i];
        json_begin_object(&json);
        put_name(&json, "place", input, step->place);
        put_name(&json, "route", input, step->route);
        put_day(&json, "start", step->start);
        put_day(&json, "end", step->end);
        put_number(&json, "stock_start", step->stock_start);
        put_number(&json, "stock_end", step->stock_end);
        put_number(&json, "in", step->in);
        put_number(&json, "out", step->out);
        put_number(&json, "expected", step->expected);
        put_number(&json, "discrepancy", step->discrepancy);
        put_int(&json, "missing_days", step->missing_days);
        put_str(&json, "why_not", step->why_not);
        json_end_object(&json);
    }
    json_end_array(&json);
    return watch_json_done(call, &json, &buf, err);
}
