#include "watch_tables.h"

#include <math.h>

#include "csv.h"

static void put_name(struct csv_out *csv, const struct watch_input *input, name_id name)
{
    csv_put_text(csv, names_word(input->book.names, name));
}

static void put_day(struct csv_out *csv, date_days day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(day, text));
}

static void put_value_source(struct csv_out *csv, const struct watch_input *input,
                             const struct watch_value *value)
{
    csv_put_text(csv, value == NULL ? (struct text){"", 0}
                                    : names_word(input->book.names, value->source));
}

static void put_heads(struct csv_out *csv, const char *const *heads)
{
    for (size_t i = 0; heads[i] != NULL; i++) {
        csv_put_str(csv, heads[i]);
    }
    csv_end_row(csv);
}

const char *watch_clock_word(enum watch_clock clock)
{
    return clock == WATCH_NEXT_DAY ? "next-day" : "published";
}

const char *watch_state_word(enum watch_state state)
{
    static const char *const words[] = {
        [WATCH_QUIET] = "quiet", [WATCH_RINGS] = "rings", [WATCH_CANNOT] = "cannot"};
    return words[state];
}

const char *claim_form_word(enum claim_form form)
{
    static const char *const words[] = {
        [CLAIM_CHANGE] = "change", [CLAIM_TOTAL] = "total", [CLAIM_SHARE] = "share"};
    return words[form];
}

const char *claim_stand_word(enum claim_stand stand)
{
    static const char *const words[] = {
        [CLAIM_AGREES] = "agrees", [CLAIM_CONTRADICTS] = "contradicts", [CLAIM_OTHER] = "other"};
    return words[stand];
}

const char *claim_verdict_word(enum claim_verdict verdict)
{
    static const char *const words[] = {[CLAIM_CARRIED] = "carried",
                                        [CLAIM_WITHIN_NOISE] = "within_noise",
                                        [CLAIM_NOT_KNOWN] = "not_known",
                                        [CLAIM_CONTRADICTED] = "contradicted",
                                        [CLAIM_NO_DATA] = "no_data"};
    return words[verdict];
}

void watch_net_csv(struct buf *buf, const struct watch_input *input, const struct net_table *net)
{
    static const char *const heads[] = {"place",      "route",         "date_from",   "date_to",
                                        "in",         "out",           "net",         "net_low",
                                        "net_high",   "published_net", "discrepancy", "source_in",
                                        "source_out", "source_net",    NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < net->n_points; i++) {
        const struct net_point *point = &net->points[i];
        put_name(&csv, input, point->place);
        put_name(&csv, input, point->route);
        put_day(&csv, point->from);
        put_day(&csv, point->to);
        csv_put_number(&csv, point->in);
        csv_put_number(&csv, point->out);
        csv_put_number(&csv, point->net);
        csv_put_number(&csv, point->net_low);
        csv_put_number(&csv, point->net_high);
        csv_put_number(&csv, point->published_net);
        csv_put_number(&csv, point->discrepancy);
        put_value_source(&csv, input, point->in_value);
        put_value_source(&csv, input, point->out_value);
        put_value_source(&csv, input, point->net_value);
        csv_end_row(&csv);
    }
}

void watch_stock_csv(struct buf *buf, const struct watch_input *input, const struct net_table *net)
{
    static const char *const heads[] = {
        "place", "route",        "start",       "end",          "stock_start", "stock_end", "in",
        "out",   "expected_end", "discrepancy", "missing_days", "why_not",     NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < net->n_stocks; i++) {
        const struct net_stock *step = &net->stocks[i];
        put_name(&csv, input, step->place);
        put_name(&csv, input, step->route);
        put_day(&csv, step->start);
        put_day(&csv, step->end);
        csv_put_number(&csv, step->stock_start);
        csv_put_number(&csv, step->stock_end);
        csv_put_number(&csv, step->in);
        csv_put_number(&csv, step->out);
        csv_put_number(&csv, step->expected);
        csv_put_number(&csv, step->discrepancy);
        csv_put_int(&csv, step->missing_days);
        csv_put_str(&csv, step->why_not);
        csv_end_row(&csv);
    }
}

void watch_replay_csv(struct buf *buf, const struct watch_replay *replay, bool header)
{
    static const char *const heads[] = {"clock",   "day",   "place",    "route",   "measure",
                                        "known",   "new",   "last_day", "verdict", "first",
                                        "revised", "count", "expected", "bound",   "detector",
                                        "p",       NULL};
    const struct watch_input *input = replay->input;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    if (header) {
        put_heads(&csv, heads);
    }
    for (size_t i = 0; i < replay->n; i++) {
        const struct watch_replay_day *day = &replay->days[i];
        const struct watch_series *series = &input->book.series[day->series];
        csv_put_str(&csv, watch_clock_word(replay->options.clock));
        put_day(&csv, day->day);
        put_name(&csv, input, series->place);
        put_name(&csv, input, series->route);
        put_name(&csv, input, series->measure_word);
        csv_put_int(&csv, (int64_t)day->n_known);
        csv_put_int(&csv, (int64_t)day->n_new);
        put_day(&csv, day->last_to);
        csv_put_str(&csv, !day->judged ? "not judged" : watch_state_word(day->verdict.state));
        csv_put_int(&csv, day->first);
        csv_put_int(&csv, day->revised);
        csv_put_number(&csv, day->judged ? day->verdict.count : (double)NAN);
        csv_put_fixed(&csv, day->judged ? day->verdict.expected : (double)NAN, 2);
        csv_put_fixed(&csv, day->judged ? day->verdict.bound : (double)NAN, 2);
        csv_put_str(&csv, day->judged ? watch_detector_word(day->verdict.detector) : "");
        csv_put_number(&csv, day->judged ? day->verdict.p : (double)NAN);
        csv_end_row(&csv);
    }
}

/* The sources of the values that a piece of evidence rests on, each once, separated by "; ". */
static void put_evidence_sources(struct csv_out *csv, const struct watch_input *input,
                                 const struct claim_evidence *evidence)
{
    struct buf words;
    buf_init(&words, (size_t)1 << 20);
    for (size_t i = 0; i < evidence->n_values; i++) {
        name_id source = evidence->series->value[evidence->value[i]].source;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = evidence->series->value[evidence->value[j]].source == source;
        }
        if (!seen && source != 0) {
            buf_str(&words, words.n == 0 ? "" : "; ");
            buf_text(&words, names_word(input->book.names, source));
        }
    }
    csv_put_text(csv, buf_view(&words));
    buf_free(&words);
}

void watch_claim_csv(struct buf *buf, const struct watch_input *input,
                     const struct claim_answer *answer)
{
    static const char *const heads[] = {"stands",  "place",  "route",     "measure", "date_from",
                                        "date_to", "count",  "before",    "change",  "whole",
                                        "share",   "summed", "same_days", "known",   "sources",
                                        "caution", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < answer->n; i++) {
        const struct claim_evidence *evidence = &answer->evidence[i];
        csv_put_str(&csv, claim_stand_word(evidence->stand));
        put_name(&csv, input, evidence->series->place);
        put_name(&csv, input, evidence->series->route);
        put_name(&csv, input, evidence->series->measure_word);
        put_day(&csv, evidence->from);
        put_day(&csv, evidence->to);
        csv_put_number(&csv, evidence->count);
        csv_put_number(&csv, evidence->before);
        csv_put_number(&csv, evidence->change);
        csv_put_number(&csv, evidence->whole);
        csv_put_number(&csv, evidence->share);
        csv_put_int(&csv, evidence->summed);
        csv_put_int(&csv, evidence->covers);
        put_day(&csv, evidence->known);
        put_evidence_sources(&csv, input, evidence);
        csv_put_str(&csv, evidence->caution);
        csv_end_row(&csv);
    }
}

static void put_flow(struct csv_out *csv, const struct scenario *scenario,
                     const struct mirror_partner *partner)
{
    csv_put_text(csv, scenario_name(scenario, partner->reporter));
    csv_put_text(csv, scenario_name(scenario, partner->partner));
    csv_put_text(csv, scenario_name(scenario, partner->hs));
    csv_put_text(csv, scenario_name(scenario, partner->tier));
    csv_put_text(csv, scenario_name(scenario, partner->unit));
}

void watch_trade_csv(struct buf *buf, const struct scenario *scenario,
                     const struct mirror_table *mirror)
{
    static const char *const heads[] = {
        "reporter",       "partner",        "hs",   "tier",    "unit",         "year",
        "months",         "exports",        "jump", "imports", "mirror_ratio", "why_not",
        "source_exports", "source_imports", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < mirror->n; i++) {
        const struct mirror_partner *partner = &mirror->partners[i];
        for (size_t y = 0; y < partner->n_years; y++) {
            const struct mirror_year *year = &partner->years[y];
            put_flow(&csv, scenario, partner);
            csv_put_int(&csv, year->year);
            csv_put_int(&csv, year->months);
            csv_put_number(&csv, year->exports);
            csv_put_number(&csv, year->jump);
            csv_put_number(&csv, year->imports);
            csv_put_number(&csv, year->ratio);
            csv_put_str(&csv, year->why_not);
            csv_put_text(&csv, scenario_name(scenario, year->export_source));
            csv_put_text(&csv, scenario_name(scenario, year->import_source));
            csv_end_row(&csv);
        }
    }
}

void watch_trade_months_csv(struct buf *buf, const struct scenario *scenario,
                            const struct mirror_table *mirror)
{
    static const char *const heads[] = {"reporter", "partner",  "hs", "tier",  "unit",  "month",
                                        "exports",  "expected", "z",  "cusum", "rings", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < mirror->n; i++) {
        const struct mirror_partner *partner = &mirror->partners[i];
        for (size_t m = 0; m < partner->n_months; m++) {
            const struct mirror_month *month = &partner->months[m];
            char day[DATE_TEXT];
            put_flow(&csv, scenario, partner);
            csv_put_text(&csv, (struct text){date_format(month->first, day), DATE_MONTH});
            csv_put_number(&csv, month->exports);
            csv_put_fixed(&csv, month->expected, 2);
            csv_put_fixed(&csv, month->z, 4);
            csv_put_fixed(&csv, month->cusum, 4);
            csv_put_int(&csv, month->rings);
            csv_end_row(&csv);
        }
    }
}
