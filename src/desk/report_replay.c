/* As known on: how a series came to be known, morning by morning, and what would have rung. */
#include <math.h>
#include <stdio.h>

#include "report_parts.h"
#include "report_watch.h"

/* Rows of one table; watch_replay.csv has all. */
#define REPLAY_ROWS 300

struct replay_words {
    const char *id, *title, *caption, *text;
};

static const struct replay_words clocks[] = {
    [WATCH_PUBLISHED] = {"replay-published-table", "as published",
                         "Known from what had been published that morning",
                         "A count stands from the last day that its source's date may mean."},
    [WATCH_NEXT_DAY] = {"replay-next-day-table", "on the next morning",
                        "Known to the counting agency that morning",
                        "A count stands from the morning after its last day: what the agency that "
                        "counted could know at the earliest."}};

static void put_quiet(struct report_page *page, const struct watch_replay_day *day)
{
    const struct watch_verdict *verdict = &day->verdict;
    buf_str(page->out, "quiet: ");
    html_number(page->out, verdict->count, 0);
    buf_str(page->out, " counted, rings from ");
    html_number(page->out, ceil(verdict->bound), 0);
}

static void put_verdict(struct report_page *page, const struct watch_replay_day *day,
                        const struct report_morning *morning)
{
    struct buf *out = page->out;
    bool rings = day->judged && day->rings;
    buf_str(out, "<td>");
    if (rings) {
        buf_str(out, day->first ? "<strong class=\"rings\">rings</strong>. "
                                : "<strong class=\"rings\">rings on</strong>. ");
    }
    if (rings && !morning->kept) {
        html_text(out, day->sentence);
    } else if (!day->judged || day->verdict.state == WATCH_CANNOT) {
        buf_str(out, "no verdict: ");
        html_str(out, report_watch_why(day));
    } else if (morning->kept) {
        buf_str(out, rings ? "The figures are withheld." : "quiet; the figures are withheld");
    } else {
        put_quiet(page, day);
    }
    buf_str(out, "</td>");
}

static void put_row(struct report_page *page, const struct report_watch_series *shown,
                    enum watch_clock clock, const struct report_morning *morning)
{
    const struct watch_replay_day *day = &page->watch->chain->replay[clock].days[morning->day];
    struct buf *out = page->out;
    buf_str(out, "<tr><th scope=\"row\">");
    html_date(out, day->day);
    buf_str(out, "</th><td>");
    watch_say_series(&page->words, &page->watch->chain->input, shown->series);
    report_say(page);
    buf_printf(out, "</td><td class=\"number\">%zu</td><td class=\"number\">%zu%s</td><td>",
               day->n_known, day->n_new, day->revised ? ", one revised" : "");
    if (day->last_to != DATE_NONE) {
        html_date(out, day->last_to);
    }
    buf_str(out, "</td>");
    put_verdict(page, day, morning);
    buf_str(out, "</tr>\n");
}

/* A series without a verdict on any morning has nothing to replay. */
static bool has_verdict(const struct report_page *page, const struct report_watch_series *shown,
                        enum watch_clock clock)
{
    for (size_t m = 0; m < shown->n_mornings[clock]; m++) {
        if (page->watch->chain->replay[clock].days[shown->mornings[clock][m].day].judged) {
            return true;
        }
    }
    return false;
}

static bool has_mornings(const struct report_page *page, enum watch_clock clock)
{
    bool any = false;
    for (size_t i = 0; i < page->watch->n; i++) {
        any = any || has_verdict(page, &page->watch->series[i], clock);
    }
    return any;
}

static void put_table(struct report_page *page, enum watch_clock clock)
{
    static const char *const heads[] = {"Morning of", "Series",        "#Counts known",
                                        "#New",       "Counted up to", "What the test says",
                                        NULL};
    const struct report_watch *watch = page->watch;
    char summary[REPORT_HEAD];
    size_t rows = 0;
    if (!has_mornings(page, clock)) {
        buf_printf(page->out,
                   "<p class=\"note\">What was known %s: nothing that a test could judge on any of "
                   "these mornings. The sources of these counts are dated later, or not at all."
                   "</p>\n",
                   clocks[clock].title);
        return;
    }
    snprintf(summary, sizeof summary, "Data table: what was known %s", clocks[clock].title);
    report_fold_open(page, summary);
    report_table_open(page, clocks[clock].id, clocks[clock].caption, heads);
    for (size_t i = 0; i < watch->n; i++) {
        const struct report_watch_series *shown = &watch->series[i];
        for (size_t m = 0;
             has_verdict(page, shown, clock) && m < shown->n_mornings[clock] && rows < REPLAY_ROWS;
             m++, rows++) {
            put_row(page, shown, clock, &shown->mornings[clock][m]);
        }
    }
    report_table_close(page);
    buf_printf(page->out,
               "<p class=\"note\">%s Mornings on which nothing new was known are left out. All "
               "series are in <a href=\"watch_replay.csv\">watch_replay.csv</a>.</p>\n",
               clocks[clock].text);
    report_fold_close(page);
}

void report_replay(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<section id=\"replay\" aria-labelledby=\"replay-title\">\n"
                 "<h2 id=\"replay-title\">Replay: what could be known when</h2>\n");
    if (page->watch->lead == REPORT_NONE) {
        buf_str(out, "<p>No series has counts enough for a test on any morning.</p>\n</section>\n");
        return;
    }
    buf_str(out,
            "<p>Each morning is seen with what was known by then alone, on one of two clocks that "
            "are never mixed: as published, and as the counting agency had it on the next "
            "morning.</p>\n<figure id=\"figure-replay\">\n<div id=\"replay-controls\" "
            "data-control=\"replay\" hidden></div>\n<div class=\"plot\" data-picture=\"replay\" "
            "role=\"img\" aria-label=\"Counts known on each morning. All mornings are in the "
            "tables below.\"></div>\n<p id=\"replay-said\" aria-live=\"polite\" hidden></p>\n"
            "<figcaption>Counts known so far are drawn; what was not known yet is not. The test "
            "is of the last period known: the band is its baseline with what it lets one expect, "
            "the dashed line the count from which on it rings.</figcaption>\n");
    put_table(page, WATCH_PUBLISHED);
    put_table(page, WATCH_NEXT_DAY);
    buf_str(out, "</figure>\n</section>\n");
}
