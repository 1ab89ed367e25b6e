/* What rings: each alarm in a sentence, its figures in a table, and each door's counts as a picture. */
#include <math.h>
#include <stdio.h>

#include "report_parts.h"
#include "report_watch.h"

/* Alarms that stand as sentences, and rows of their table; watch_alarms.csv has all. */
#define ALARM_SENTENCES 40
#define ALARM_ROWS      400
#define ALARM_RULES     1 /* named in the table */

static const struct watch_scan *scan_of(const struct report_page *page)
{
    return &page->watch->chain->scan;
}

static const struct watch_series *series_of(const struct report_page *page, uint32_t series)
{
    return &page->watch->chain->input.book.series[series];
}

static void say_series(struct report_page *page, uint32_t series)
{
    watch_say_series(&page->words, &page->watch->chain->input, series);
    report_say(page);
}

static name_id place_of(const struct report_page *page, const struct watch_alarm *alarm)
{
    return series_of(page, alarm->series)->place;
}

static void put_source(struct report_page *page, const struct watch_alarm *alarm)
{
    const struct watch_series *series = series_of(page, alarm->series);
    report_cite(page, series->value[alarm->value].source);
}

static size_t count_first(const struct watch_scan *scan)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_alarms; i++) {
        n += report_watch_first(&scan->alarms[i]);
    }
    return n;
}

/* How long it went on: the last period of the run that began here. */
static const struct watch_alarm *last_of_run(const struct watch_scan *scan, size_t i)
{
    const struct watch_alarm *first = &scan->alarms[i], *last = first;
    for (size_t j = i + 1; j < scan->n_alarms; j++) {
        const struct watch_alarm *alarm = &scan->alarms[j];
        if (alarm->series == first->series && alarm->run_from == first->run_from) {
            last = alarm;
        }
    }
    return last;
}

static void put_sentence(struct report_page *page, size_t i)
{
    const struct watch_scan *scan = scan_of(page);
    const struct watch_alarm *alarm = &scan->alarms[i], *last = last_of_run(scan, i);
    struct buf *out = page->out;
    buf_printf(out, "<li id=\"alarm-%zu\"><strong>", i + 1);
    html_days(out, alarm->from, alarm->to, true);
    buf_str(out, ".</strong> ");
    report_watch_core(&page->words, page->view, page->watch->chain, alarm);
    struct text rest =
        report_watch_rest(page->view, page->watch->chain, alarm, buf_view(&page->words));
    report_say(page);
    if (last != alarm) {
        buf_str(out, " It goes on ringing until ");
        html_date(out, last->to);
        buf_char(out, '.');
    }
    buf_char(out, ' ');
    put_source(page, alarm);
    if (rest.n > 0) {
        report_fold_open(page, "More on it: age, rules that changed, other doors");
        buf_str(out, "<p class=\"note\">");
        html_text(out, rest);
        buf_str(out, "</p>\n");
        report_fold_close(page);
    }
    buf_str(out, "</li>\n");
}

static void put_sentences(struct report_page *page)
{
    const struct watch_scan *scan = scan_of(page);
    struct buf *out = page->out;
    name_id place = 0;
    size_t n = 0;
    for (size_t i = 0; i < scan->n_alarms && n < ALARM_SENTENCES; i++) {
        if (!report_watch_first(&scan->alarms[i])) {
            continue;
        }
        if (n++ == 0 || place_of(page, &scan->alarms[i]) != place) {
            place = place_of(page, &scan->alarms[i]);
            buf_str(out, n == 1 ? "<h3>" : "</ul>\n<h3>");
            html_text(out, report_country(page->scenario, place));
            buf_str(out, "</h3>\n<ul class=\"alarms\">\n");
        }
        put_sentence(page, i);
    }
    buf_str(out, n > 0 ? "</ul>\n" : "");
    if (count_first(scan) > n) {
        buf_printf(out,
                   "<p>%zu more are in the table and in <a href=\"watch_alarms.csv\">"
                   "watch_alarms.csv</a>.</p>\n",
                   count_first(scan) - n);
    }
}

static void put_number(struct report_page *page, double value, bool kept)
{
    buf_str(page->out, "<td class=\"number\">");
    if (kept) {
        buf_str(page->out, "withheld");
    } else {
        html_number(page->out, value, value == floor(value) ? 0 : 1);
    }
    buf_str(page->out, "</td>");
}

static void put_baseline(struct report_page *page, const struct watch_verdict *verdict)
{
    buf_str(page->out, "<td>");
    if (verdict->base_from != DATE_NONE) {
        html_days(page->out, verdict->base_from, verdict->base_to, true);
        buf_printf(page->out, ", %zu count%s", verdict->base_n, verdict->base_n == 1 ? "" : "s");
    }
    buf_str(page->out, "</td>");
}

/* Titles of the nearest rules; the sentence names the others. */
static void put_doors_cell(struct report_page *page, const struct watch_alarm *alarm)
{
    size_t shown = alarm->n_doors < ALARM_RULES ? alarm->n_doors : ALARM_RULES;
    buf_str(page->out, alarm->n_doors == 0 ? "<td>none" : "<td>");
    for (size_t i = 0; i < shown; i++) {
        uint32_t door = alarm->doors[i];
        buf_str(page->out, i == 0 ? "" : "; ");
        report_cite(page, page->scenario->doors.source[door]);
        buf_str(page->out, ": ");
        report_door_title(&page->words, page->scenario, door);
        report_say(page);
    }
    if (alarm->n_doors > shown) {
        buf_printf(page->out, "; %zu more", alarm->n_doors - shown);
    }
    buf_str(page->out, "</td>");
}

static void put_test_cells(struct report_page *page, const struct watch_alarm *alarm, bool kept)
{
    const struct watch_verdict *verdict = &alarm->verdict;
    buf_str(page->out, "<td>");
    html_str(page->out, watch_detector_title(verdict->detector));
    if (!kept) {
        buf_str(page->out, ", ");
        watch_say_statistic(&page->words, verdict);
        report_say(page);
    }
    buf_str(page->out, "</td><td>");
    watch_say_rate(&page->words, kept || !isfinite(verdict->p) ? verdict->rate : verdict->p,
                   alarm->weekly ? 7 : 1);
    report_say(page);
    buf_str(page->out, "</td>");
}

static void put_row(struct report_page *page, size_t i)
{
    const struct watch_alarm *alarm = &scan_of(page)->alarms[i];
    const struct watch_verdict *verdict = &alarm->verdict;
    bool kept = report_watch_alarm_kept(page->view, page->watch->chain, alarm);
    struct buf *out = page->out;
    buf_printf(out, "<tr data-row=\"%zu\"><th scope=\"row\">", i + 1);
    html_days(out, alarm->from, alarm->to, true);
    buf_str(out, report_watch_first(alarm) ? "" : " <span class=\"what\">goes on</span>");
    buf_str(out, "</th><td>");
    say_series(page, alarm->series);
    buf_str(out, "</td>");
    put_number(page, verdict->count, kept);
    put_number(page, verdict->expected, kept);
    put_number(page, verdict->bound, kept);
    put_test_cells(page, alarm, kept);
    put_baseline(page, verdict);
    buf_str(out, "<td>");
    html_date(out, alarm->known);
    buf_str(out, "</td>");
    put_doors_cell(page, alarm);
    buf_str(out, "<td>");
    put_source(page, alarm);
    buf_str(out, "</td></tr>\n");
}

static void put_table(struct report_page *page)
{
    static const char *const heads[] = {
        "Days",   "Series",    "#Count",   "#Expected",  "#Rings from",
        "Test",   "By chance", "Baseline", "Known from", "Rules that changed within 3 days",
        "Source", NULL};
    size_t n = scan_of(page)->n_alarms;
    char summary[REPORT_HEAD];
    if (n == 0) {
        return;
    }
    snprintf(summary, sizeof summary, "Data table: %zu alarm%s", n, n == 1 ? "" : "s");
    report_fold_open(page, summary);
    report_table_open(page, "alarms-table", "Counts higher than their past lets one expect", heads);
    for (size_t i = 0; i < n && i < ALARM_ROWS; i++) {
        put_row(page, i);
    }
    report_table_close(page);
    buf_printf(page->out,
               "<p class=\"note\">%s<a href=\"watch_alarms.csv\">watch_alarms.csv</a> has every "
               "alarm.</p>\n",
               n > ALARM_ROWS ? "The table is cut short. " : "");
    report_fold_close(page);
}

/* Series of counts that no test could judge, and why not. */
static void put_silent(struct report_page *page)
{
    static const char *const heads[] = {"Series", "#Counts", "Why not judged", NULL};
    const struct report_watch *watch = page->watch;
    size_t n = 0;
    for (size_t i = 0; i < watch->n; i++) {
        n += watch->series[i].judged != NULL && watch->series[i].judged->why_not != NULL;
    }
    if (n == 0) {
        return;
    }
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Table: %zu daily or weekly series not judged", n);
    report_fold_open(page, summary);
    report_table_open(page, "silent-table", "Series on which no test says anything", heads);
    for (size_t i = 0; i < watch->n; i++) {
        const struct report_watch_series *shown = &watch->series[i];
        if (shown->judged == NULL || shown->judged->why_not == NULL) {
            continue;
        }
        buf_str(page->out, "<tr><th scope=\"row\">");
        say_series(page, shown->series);
        buf_printf(page->out, "</th><td class=\"number\">%zu</td><td>", shown->n);
        html_str(page->out, shown->judged->why_not);
        buf_str(page->out, "</td></tr>\n");
    }
    report_table_close(page);
    report_fold_close(page);
}

static void put_value_row(struct report_page *page, uint32_t series,
                          const struct report_watch_value *shown)
{
    const struct watch_value *value = &series_of(page, series)->value[shown->value];
    struct buf *out = page->out;
    buf_str(out, "<tr");
    report_from(page, value->row);
    buf_str(out, "><th scope=\"row\">");
    say_series(page, series);
    buf_str(out, "</th><td>");
    html_days(out, value->from, value->to, true);
    buf_str(out, "</td><td class=\"number\">");
    report_count(out, shown->hiding, value->count, 0);
    buf_str(out, "</td><td>");
    report_cite(page, value->source);
    buf_str(out, "</td></tr>\n");
}

static void put_doors_table(struct report_page *page)
{
    static const char *const heads[] = {"Series", "Days", "#Count", "Source", NULL};
    size_t n = 0;
    for (size_t i = 0; i < page->watch->n; i++) {
        for (size_t v = 0; v < page->watch->series[i].n; v++) {
            n += page->watch->series[i].values[v].used;
        }
    }
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data table: %zu counts of a day or a week", n);
    report_fold_open(page, summary);
    report_table_open(page, "by-door-table", "Counts by door", heads);
    for (size_t i = 0, rows = 0; i < page->watch->n; i++) {
        const struct report_watch_series *shown = &page->watch->series[i];
        for (size_t v = 0; v < shown->n && rows < ALARM_ROWS; v++) {
            if (shown->values[v].used) {
                put_value_row(page, shown->series, &shown->values[v]);
                rows++;
            }
        }
    }
    report_table_close(page);
    if (n > ALARM_ROWS) {
        buf_str(page->out, "<p class=\"note\">The table is cut short: <a "
                           "href=\"watch_series.csv\">watch_series.csv</a> has all.</p>\n");
    }
    report_fold_close(page);
}

static void put_doors(struct report_page *page)
{
    const struct report_watch *watch = page->watch;
    struct buf *out = page->out;
    if (watch->n == 0 || watch->from > watch->to) {
        return;
    }
    buf_printf(out,
               "<h3>Door by door</h3>\n<figure id=\"figure-doors\">\n<div class=\"plot\" "
               "data-picture=\"doors\" role=\"img\" aria-label=\"Daily or weekly counts of %zu "
               "series, ",
               watch->n);
    html_span(out, watch->from, watch->to, true);
    buf_str(out, ". All values are in the table below.\"></div>\n<figcaption>Daily or weekly "
                 "counts, one picture for each place and route, ");
    html_days(out, watch->from, watch->to, true);
    buf_str(out, ". The days are the same in all; each has its own scale from 0, so heights of "
                 "different pictures cannot be compared. Only counts that were known on the day of "
                 "this report.</figcaption>\n");
    put_doors_table(page);
    buf_str(out, "</figure>\n");
}

void report_alarms(struct report_page *page)
{
    const struct watch_scan *scan = scan_of(page);
    struct buf *out = page->out;
    buf_str(out, "<section id=\"alarms\" aria-labelledby=\"alarms-title\">\n"
                 "<h2 id=\"alarms-title\">Alarms: what was out of the ordinary</h2>\n<p>");
    html_text(out, scan->summary);
    buf_str(out, "</p>\n<p class=\"note\">An alarm says that a count is higher than its own past "
                 "lets one expect, and nothing of why. Each count is taken as the agency that made "
                 "it had it on the next morning; the <a href=\"#replay\">replay</a> shows when it "
                 "was published.</p>\n");
    put_sentences(page);
    put_table(page);
    put_doors(page);
    put_silent(page);
    buf_str(out, "</section>\n");
}
