/* Gross, net, stock and trade as the page's script reads them. */
#include <math.h>

#include "report_flows.h"
#include "report_page.h"

bool report_flow_is_shown(const struct scenario *scenario, const struct net_point *point)
{
    bool both = point->in_value != NULL && point->out_value != NULL;
    return (both || point->net_value != NULL) && point->from > scenario->to - 366 &&
           point->from <= scenario->to;
}

bool report_flow_kept(const struct report_view *view, const struct net_point *point)
{
    return report_watch_hiding(view, point->in_value) != REPORT_SHOWN ||
           report_watch_hiding(view, point->out_value) != REPORT_SHOWN ||
           report_watch_hiding(view, point->net_value) != REPORT_SHOWN;
}

static bool is_part(const struct watch_series *series, const struct net_stock *step)
{
    return series->place == step->place &&
           (series->kind == KIND_GROSS_IN || series->kind == KIND_GROSS_OUT ||
            series->kind == KIND_STOCK);
}

bool report_step_kept(const struct report_view *view, const struct watch_book *book,
                      const struct net_stock *step)
{
    for (size_t s = 0; s < book->n; s++) {
        if (is_part(&book->series[s], step) &&
            report_watch_kept(view, &book->series[s], step->start, step->end)) {
            return true;
        }
    }
    return false;
}

name_id report_flow_unit(const struct scenario *scenario, const struct net_point *point)
{
    const struct watch_value *value = point->in_value    ? point->in_value
                                      : point->out_value ? point->out_value
                                                         : point->net_value;
    return value == NULL ? 0 : scenario->arrivals.unit[value->row];
}

static void put_side(struct report_json *data, const char *key, double value,
                     const struct watch_value *of)
{
    enum report_hiding hiding = report_watch_hiding(data->view, of);
    report_json_number(data, key, hiding == REPORT_SHOWN ? value : (double)NAN);
}

static void put_point(struct report_json *data, const struct net_point *point, size_t row)
{
    bool kept = report_flow_kept(data->view, point);
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)row + 1);
    report_json_code(data, "place", point->place);
    report_route(&data->words, data->scenario, point->route);
    report_json_words(data, "route");
    report_json_name(data, "unit", report_flow_unit(data->scenario, point));
    report_json_date(data, "from", point->from);
    report_json_date(data, "to", point->to);
    put_side(data, "in", point->in, point->in_value);
    put_side(data, "out", point->out, point->out_value);
    report_json_number(data, "net", kept ? (double)NAN : point->net);
    report_json_number(data, "netLow", kept ? (double)NAN : point->net_low);
    report_json_number(data, "netHigh", kept ? (double)NAN : point->net_high);
    report_json_number(data, "published", kept ? (double)NAN : point->published_net);
    report_json_number(data, "discrepancy", kept ? (double)NAN : point->discrepancy);
    report_json_bool(data, "kept", kept);
    json_end_object(&data->json);
}

static void put_step(struct report_json *data, const struct watch_book *book,
                     const struct net_stock *step, size_t row)
{
    bool kept = report_step_kept(data->view, book, step);
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)row + 1);
    report_json_code(data, "place", step->place);
    report_route(&data->words, data->scenario, step->route);
    report_json_words(data, "route");
    report_json_date(data, "start", step->start);
    report_json_date(data, "end", step->end);
    put_side(data, "stockStart", step->start_value == NULL ? (double)NAN : step->stock_start,
             step->start_value);
    put_side(data, "stockEnd", step->stock_end, step->end_value);
    report_json_number(data, "expected", kept ? (double)NAN : step->expected);
    report_json_number(data, "discrepancy", kept ? (double)NAN : step->discrepancy);
    report_json_str(data, "whyNot", kept ? "withheld" : step->why_not);
    report_json_int(data, "missingDays", step->missing_days);
    json_end_object(&data->json);
}

void report_flows_data(struct report_json *data, const struct watch_chain *chain)
{
    const struct net_table *net = &chain->net;
    report_json_object(data, "flows");
    report_json_array(data, "points");
    for (size_t i = 0; i < net->n_points; i++) {
        if (report_flow_is_shown(data->scenario, &net->points[i])) {
            put_point(data, &net->points[i], i);
        }
    }
    json_end_array(&data->json);
    report_json_array(data, "stocks");
    for (size_t i = 0; i < net->n_stocks; i++) {
        put_step(data, &chain->input.book, &net->stocks[i], i);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

static void put_year(struct report_json *data, const struct mirror_year *year, size_t row)
{
    json_begin_object(&data->json);
    report_json_int(data, "row", (int64_t)row);
    report_json_int(data, "year", year->year);
    report_json_number(data, "exports", year->exports);
    report_json_number(data, "imports", year->imports);
    report_json_number(data, "ratio", year->ratio);
    report_json_number(data, "jump", year->jump);
    report_json_str(data, "whyNot", year->why_not);
    json_end_object(&data->json);
}

/* A month as [first day, exports, expected, 1 when it rings]: there are thousands. */
static void put_month(struct report_json *data, const struct mirror_month *month)
{
    char text[DATE_TEXT];
    json_begin_array(&data->json);
    json_put_str(&data->json, date_format(month->first, text));
    json_put_number(&data->json, round(month->exports));
    json_put_number(&data->json, round(month->expected));
    json_put_int(&data->json, month->rings);
    json_end_array(&data->json);
}

static void put_partner(struct report_json *data, const struct mirror_partner *partner, size_t *row)
{
    json_begin_object(&data->json);
    report_json_code(data, "reporter", partner->reporter);
    report_json_code(data, "partner", partner->partner);
    report_json_name(data, "hs", partner->hs);
    report_json_name(data, "tier", partner->tier);
    report_json_int(data, "codes", (int64_t)partner->n_codes);
    report_json_name(data, "unit", partner->unit);
    report_json_number(data, "baseline", partner->baseline);
    report_json_int(data, "baselineFrom", partner->baseline_from);
    report_json_int(data, "baselineTo", partner->baseline_to);
    report_json_int(data, "breakYear", partner->break_year);
    report_json_date(data, "since", partner->since);
    report_json_bool(data, "flagged", partner->flagged);
    report_json_bool(data, "group",
                     country_is_name(partner->reporter) && country_is_group(partner->reporter));
    report_json_array(data, "years");
    for (size_t i = 0; i < partner->n_years; i++) {
        put_year(data, &partner->years[i], ++*row);
    }
    json_end_array(&data->json);
    report_json_array(data, "months");
    for (size_t i = 0; i < partner->n_months; i++) {
        put_month(data, &partner->months[i]);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

void report_trade_data(struct report_json *data, const struct report_watch *watch)
{
    const struct mirror_table *mirror = &watch->chain->mirror;
    size_t row = 0, shown = 0; /* rows are those of watch_trade.csv, which has every flow */
    report_json_array(data, "trade");
    for (size_t i = 0; i < mirror->n && shown < watch->n_trade; i++) {
        if (watch->trade[shown] == i) {
            put_partner(data, &mirror->partners[i], &row);
            shown++;
        } else {
            row += mirror->partners[i].n_years;
        }
    }
    json_end_array(&data->json);
}
