/* Alarms and replays as an analyst reads them: first what rings, in words, then the table. */
#include "watch_show.h"

#include <math.h>

#include "num.h"
#include "tell.h"
#include "watch_tables.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* "0.0015", "<1e-6"; empty where there is none. */
static void put_p(struct table *table, double p)
{
    char text[32];
    if (isnan(p)) {
        table_str(table, "");
        return;
    }
    snprintf(text, sizeof text, p < 1e-6 ? "<1e-6" : p < 0.001 ? "%.6f" : "%.4f", p);
    table_str(table, text);
}

static void put_series(struct table *table, const struct watch_input *input, uint32_t at)
{
    const struct watch_series *series = &input->book.series[at];
    watch_cell_name(table, input, series->place);
    watch_cell_name(table, input, series->measure_word);
    watch_cell_name(table, input, series->route);
}

/* What the reading of a file assumed. */
static void show_assumed(const struct verb_call *call, const struct watch_input *input)
{
    for (size_t i = 0; i < input->n_assumed; i++) {
        tell_say(call, "%s", input->assumed[i]);
    }
    if (input->n_assumed > 0) {
        fputc('\n', call->to);
    }
}

static void show_known(const struct verb_call *call, const struct watch_run_options *options)
{
    char day[DATE_TEXT];
    const char *clock = options->clock == WATCH_NEXT_DAY
                            ? "each count from the morning after its period (next-day)"
                            : "each count from the date of its source (published)";
    if (options->as_known == DATE_NONE) {
        tell_say(call, "All that is in the tables; known: %s.", clock);
    } else {
        tell_say(call, "As known on %s: %s.", date_format(options->as_known, day), clock);
    }
}

/* A later period of a run whose first one was told in full. */
static void show_again(const struct verb_call *call, const struct watch_alarm *alarm)
{
    char day[DATE_TEXT], count[NUM_TEXT], expected[NUM_TEXT];
    num_format_grouped(alarm->verdict.count, 0, count);
    num_format_grouped(alarm->verdict.expected, 0, expected);
    fprintf(call->to, "    It rings on: %s, %s where %s were to be expected",
            date_format(alarm->from, day), count, expected);
    if (isnan(alarm->verdict.p)) {
        fputs(".\n", call->to);
    } else {
        fprintf(call->to, " (p = %.2g).\n", alarm->verdict.p);
    }
}

static void show_alarms(const struct verb_call *call, const struct watch_scan *scan)
{
    for (size_t i = 0; i < scan->n_alarms; i++) {
        const struct watch_alarm *alarm = &scan->alarms[i], *last = i == 0 ? NULL : alarm - 1;
        if (last != NULL && last->series == alarm->series && last->run_from == alarm->run_from) {
            show_again(call, alarm);
            continue;
        }
        fputs(call->color ? "\n  \033[1m!\033[0m " : "\n  ! ", call->to);
        tell_text(call, alarm->sentence, 4);
    }
}

static int show_judged(const struct verb_call *call, const struct watch_scan *scan,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"place", TABLE_WORD},         {"measure", TABLE_WORD}, {"route", TABLE_TEXT},
        {"last", TABLE_WORD},          {"count", TABLE_NUMBER}, {"expected", TABLE_NUMBER},
        {"rings\nfrom", TABLE_NUMBER}, {"p", TABLE_NUMBER},     {"rule", TABLE_WORD},
        {"verdict", TABLE_TEXT}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < scan->n_judged + scan->n_not_judged; i++) {
        const struct watch_judged *judged = &scan->judged[i];
        table_begin_row(&table);
        put_series(&table, scan->input, judged->series);
        if (judged->why_not != NULL) {
            for (int skip = 0; skip < 6; skip++) {
                table_str(&table, "");
            }
            table_str(&table, judged->why_not);
            continue;
        }
        const struct watch_point *point = &judged->at_last;
        const struct watch_verdict *verdict = &point->main;
        watch_cell_day(&table,
                       judged->grid->first + (date_days)judged->last * judged->grid->step_days);
        table_number(&table, verdict->count, 0);
        table_number(&table, verdict->expected, 0);
        table_number(&table, verdict->bound, 0);
        put_p(&table, verdict->p);
        table_str(&table, watch_detector_word(verdict->detector));
        table_str(&table, point->rings                     ? "RINGS"
                          : verdict->state == WATCH_CANNOT ? verdict->why_not
                                                           : "quiet");
    }
    tell_heading(call, "Every series and its last period");
    return table_print(&table, call->to, call->width, call->color, err);
}

int watch_show_scan(const struct verb_call *call, const struct watch_scan *scan, bool all,
                    struct ajar_err *err)
{
    show_assumed(call, scan->input);
    show_known(call, &scan->options);
    tell_text(call, scan->summary, 0);
    show_alarms(call, scan);
    return all ? show_judged(call, scan, err) : 0;
}

static void put_replay_row(struct table *table, const struct watch_replay *replay,
                           const struct watch_replay_day *day)
{
    table_begin_row(table);
    watch_cell_day(table, day->day);
    put_series(table, replay->input, day->series);
    table_int(table, (int64_t)day->n_new);
    table_int(table, (int64_t)day->n_known);
    watch_cell_day(table, day->last_to);
    table_number(table, day->judged ? day->verdict.count : (double)NAN, 0);
    table_number(table, day->judged ? day->verdict.expected : (double)NAN, 0);
    put_p(table, day->judged ? day->verdict.p : (double)NAN);
    table_str(table, !day->judged                         ? "not judged"
                     : day->rings                         ? "RINGS"
                     : day->verdict.state == WATCH_CANNOT ? day->verdict.why_not
                                                          : "quiet");
}

int watch_show_replay(const struct verb_call *call, const struct watch_replay *replay, bool all,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"morning of", TABLE_WORD}, {"place", TABLE_WORD},   {"measure", TABLE_WORD},
        {"route", TABLE_TEXT},      {"new", TABLE_NUMBER},   {"known", TABLE_NUMBER},
        {"up to", TABLE_WORD},      {"count", TABLE_NUMBER}, {"expected", TABLE_NUMBER},
        {"p", TABLE_NUMBER},        {"verdict", TABLE_TEXT}};
    struct table table;
    size_t shown = 0;
    show_assumed(call, replay->input);
    tell_text(call, replay->summary, 0);
    for (size_t i = 0; i < replay->n; i++) {
        if (replay->days[i].first) {
            char day[DATE_TEXT];
            fprintf(call->to, "\n  morning of %s\n    ", date_format(replay->days[i].day, day));
            tell_text(call, replay->days[i].sentence, 4);
        }
    }
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < replay->n; i++) {
        if (all || replay->days[i].rings) {
            put_replay_row(&table, replay, &replay->days[i]);
            shown++;
        }
    }
    if (shown == 0) {
        return 0;
    }
    tell_heading(call, all ? "Every day on which something became known"
                           : "Days on which something rings (--all: every day)");
    return table_print(&table, call->to, call->width, call->color, err);
}
