/* Entries a day by place: the fan of the runs, what was counted, and the same in a table. */
#include <math.h>
#include <stdio.h>

#include "report_exodus_parts.h"

static const struct exodus_row *fan_row(const struct report_page *page, size_t fan)
{
    const struct report_exodus *exodus = page->exodus;
    return &exodus->chain->forecast.rows[exodus->series[exodus->fans[fan]].first];
}

static bool is_scored(const struct report_page *page, size_t fan)
{
    const struct report_exodus *exodus = page->exodus;
    return exodus->chain->forecast.scored[exodus->series[exodus->fans[fan]].first];
}

static void put_cell(struct report_page *page, const struct exodus_spread *spread)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, spread->p50, 0);
    buf_str(page->out, " (");
    html_number(page->out, spread->p5, 0);
    buf_str(page->out, "\xE2\x80\x93");
    html_number(page->out, spread->p95, 0);
    buf_str(page->out, ")</td>");
}

/* The days of all series are those that are shown; one that is shorter has dashes. */
static void put_day(struct report_page *page, size_t day, size_t first, size_t end)
{
    const struct report_exodus *exodus = page->exodus;
    date_days date = exodus->from + (date_days)day;
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_date(page->out, date);
    buf_str(page->out, "</th>");
    for (size_t f = first; f < end; f++) {
        const struct report_exodus_series *series = &exodus->series[exodus->fans[f]];
        size_t i = series->first + day;
        if (day < series->n && exodus->chain->forecast.rows[i].from == date) {
            put_cell(page, &exodus->chain->forecast.spreads[i]);
        } else {
            exodus_part_number(page, (double)NAN, 0);
        }
    }
    buf_str(page->out, "</tr>\n");
}

static void put_head(struct report_page *page, size_t fan)
{
    const struct exodus_row *row = fan_row(page, fan);
    buf_str(page->out, "<th scope=\"col\" class=\"number\">");
    exodus_part_place(page, row->country, row->route);
    report_say(page);
    buf_str(page->out, is_scored(page, fan) ? "" : " (on priors alone)");
    buf_str(page->out, "</th>");
}

/* The places [first, end). */
static void put_table(struct report_page *page, size_t first, size_t end)
{
    struct buf *out = page->out;
    size_t number = first / EXODUS_PART_COLUMNS + 1;
    buf_printf(out,
               "<div class=\"scroll\" role=\"region\" aria-labelledby=\"exodus-fans-caption-%zu\" "
               "tabindex=\"0\">\n<table id=\"exodus-fans-table-%zu\">\n<caption "
               "id=\"exodus-fans-caption-%zu\">Entries a day, places %zu to %zu: p50 "
               "(p5\xE2\x80\x93p95) of the runs, computed</caption>\n<thead><tr><th "
               "scope=\"col\">Day</th>",
               number, number, number, first + 1, end);
    for (size_t f = first; f < end; f++) {
        put_head(page, f);
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t day = 0; day < page->exodus->n_days; day++) {
        put_day(page, day, first, end);
    }
    report_table_close(page);
}

static void put_tables(struct report_page *page)
{
    size_t n = page->exodus->n_fans;
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data tables: %zu places on each of %zu days", n,
             page->exodus->n_days);
    report_fold_open(page, summary);
    for (size_t first = 0; first < n; first += EXODUS_PART_COLUMNS) {
        size_t end = first + EXODUS_PART_COLUMNS;
        put_table(page, first, end < n ? end : n);
    }
    buf_str(page->out, "<p class=\"note\">All routes and measures: <a href=\"flow_forecast.csv\">"
                       "flow_forecast.csv</a>.</p>\n");
    report_fold_close(page);
}

static void put_unscored(struct report_page *page)
{
    bool any = false;
    for (size_t f = 0; f < page->exodus->n_fans; f++) {
        if (!is_scored(page, f)) {
            buf_str(page->out, any ? "; "
                                   : "<p class=\"caution\" id=\"exodus-priors\">Not scored, "
                                     "on priors alone, for no count of the place was "
                                     "fitted: ");
            html_text(page->out, exodus_part_country(page, fan_row(page, f)->country));
            any = true;
        }
    }
    buf_str(page->out, any ? ".</p>\n" : "");
}

void exodus_part_fans(struct report_page *page)
{
    struct buf *out = page->out;
    date_days known = exodus_part_model(page)->as_known;
    if (page->exodus->n_fans == 0) {
        return;
    }
    buf_str(out, "<h3>Forecast by place: entries a day</h3>\n");
    put_unscored(page);
    buf_str(out, "<figure id=\"figure-exodus-fans\">\n<div id=\"exodus-fans-controls\" hidden>"
                 "</div>\n<div class=\"plot\" data-picture=\"exodus-fans\" role=\"img\" "
                 "aria-label=\"Entries a day by place: the fan of the runs and what was counted. "
                 "The table below has every day.\"></div>\n<figcaption>Each place by its own "
                 "scale from 0, gross. Line: p50 of the runs; band: p5 to p95, <span "
                 "class=\"computed\">computed</span>. The upright line: as known on ");
    html_date(out, known);
    buf_str(out, ". Filled marks: counted, and published by that day; hollow marks: published "
                 "later, so that the forecast did not know them. A count of several days is a "
                 "line at its mean a day. All counts stand in the <a "
                 "href=\"#exodus-observed-table\">table below</a>.</figcaption>\n");
    put_tables(page);
    buf_str(out, "</figure>\n");
}
