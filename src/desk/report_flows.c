/* Gross, net and stock side by side, never mixed, and how far they fit. */
#include <math.h>
#include <stdio.h>

#include "report_flows.h"
#include "report_parts.h"

static void put_number(struct report_page *page, double value, enum report_hiding hiding, bool sign)
{
    buf_str(page->out, "<td class=\"number\">");
    buf_str(page->out, sign && value > 0 && hiding == REPORT_SHOWN ? "+" : "");
    if (hiding != REPORT_SHOWN || isfinite(value)) {
        report_count(page->out, hiding, value, 0);
    }
    buf_str(page->out, "</td>");
}

/* The range, where sources disagree on a side and no reading is chosen. */
static void put_net(struct report_page *page, const struct net_point *point,
                    enum report_hiding hiding)
{
    if (hiding != REPORT_SHOWN || !(point->net_low < point->net_high)) {
        put_number(page, point->net, hiding, true);
        return;
    }
    buf_str(page->out, "<td class=\"number\">");
    buf_str(page->out, point->net_low > 0 ? "+" : "");
    html_number(page->out, point->net_low, 0);
    buf_str(page->out, point->net_high > 0 ? " to +" : " to ");
    html_number(page->out, point->net_high, 0);
    buf_str(page->out, "</td>");
}

static void put_cites(struct report_page *page, const struct watch_value *const *values, size_t n)
{
    bool first = true;
    buf_str(page->out, "<td>");
    for (size_t i = 0; i < n; i++) {
        bool seen = values[i] == NULL;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = values[j] != NULL && values[j]->source == values[i]->source;
        }
        if (!seen) {
            buf_str(page->out, first ? "" : "; ");
            report_cite(page, values[i]->source);
            first = false;
        }
    }
    buf_str(page->out, "</td>");
}

static void put_place(struct report_page *page, name_id place, name_id route)
{
    html_text(page->out, report_country(page->scenario, place));
    buf_str(page->out, "</th><td>");
    report_route(&page->words, page->scenario, route);
    report_say(page);
    buf_str(page->out, "</td><td>");
}

static void put_point(struct report_page *page, size_t i)
{
    const struct net_point *point = &page->watch->chain->net.points[i];
    enum report_hiding net = report_flow_kept(page->view, point) ? REPORT_WITHHELD : REPORT_SHOWN;
    const struct watch_value *values[] = {point->in_value, point->out_value, point->net_value};
    buf_printf(page->out, "<tr data-row=\"%zu\"><th scope=\"row\">", i + 1);
    put_place(page, point->place, point->route);
    html_days(page->out, point->from, point->to, true);
    buf_str(page->out, "</td>");
    put_number(page, point->in, report_watch_hiding(page->view, point->in_value), false);
    put_number(page, point->out, report_watch_hiding(page->view, point->out_value), false);
    put_net(page, point, net);
    put_number(page, point->published_net, net, true);
    put_number(page, point->discrepancy, net, true);
    put_cites(page, values, 3);
    buf_str(page->out, "</tr>\n");
}

static size_t count_points(const struct report_page *page)
{
    const struct net_table *net = &page->watch->chain->net;
    size_t n = 0;
    for (size_t i = 0; i < net->n_points; i++) {
        n += report_flow_is_shown(page->scenario, &net->points[i]);
    }
    return n;
}

static void put_points(struct report_page *page)
{
    static const char *const heads[] = {
        "Place",        "Route",   "Days", "#In", "#Out", "#Net", "#Net as published",
        "#Discrepancy", "Sources", NULL};
    const struct net_table *net = &page->watch->chain->net;
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data table: %zu periods", count_points(page));
    report_fold_open(page, summary);
    report_table_open(page, "flows-table", "In, out and net over the same days", heads);
    for (size_t i = 0; i < net->n_points; i++) {
        if (report_flow_is_shown(page->scenario, &net->points[i])) {
            put_point(page, i);
        }
    }
    report_table_close(page);
    buf_str(page->out,
            "<p class=\"note\">Net is <span class=\"computed\">computed</span>: in less out. The "
            "discrepancy is the published net less that. <a href=\"watch_net.csv\">watch_net.csv"
            "</a> has the periods of one direction alone, too.</p>\n");
    report_fold_close(page);
}

static void put_check(struct report_page *page, const struct net_stock *step, bool kept)
{
    buf_str(page->out, "<td>");
    if (kept) {
        buf_str(page->out, "withheld");
    } else if (step->why_not != NULL) {
        html_str(page->out, step->why_not);
        if (step->missing_days > 0) {
            buf_printf(page->out, " (%d of %d days)", (int)step->missing_days,
                       (int)(step->end - step->start));
        }
    } else {
        buf_str(page->out, "checked");
    }
    buf_str(page->out, "</td>");
}

static void put_step(struct report_page *page, size_t i)
{
    const struct net_stock *step = &page->watch->chain->net.stocks[i];
    bool kept = report_step_kept(page->view, &page->watch->chain->input.book, step);
    enum report_hiding sums = kept ? REPORT_WITHHELD : REPORT_SHOWN;
    const struct watch_value *values[] = {step->start_value, step->end_value};
    buf_printf(page->out, "<tr data-row=\"%zu\"><th scope=\"row\">", i + 1);
    put_place(page, step->place, step->route);
    html_days(page->out, step->start, step->end, true);
    buf_str(page->out, "</td>");
    put_number(page, step->start_value == NULL ? (double)NAN : step->stock_start,
               report_watch_hiding(page->view, step->start_value), false);
    put_number(page, step->in, sums, false);
    put_number(page, step->out, sums, false);
    put_number(page, step->expected, sums, false);
    put_number(page, step->stock_end, report_watch_hiding(page->view, step->end_value), false);
    put_number(page, step->discrepancy, sums, true);
    put_check(page, step, kept);
    put_cites(page, values, 2);
    buf_str(page->out, "</tr>\n");
}

static void put_steps(struct report_page *page)
{
    static const char *const heads[] = {"Place",        "Route", "Days",      "#Stock at first",
                                        "#In",          "#Out",  "#Expected", "#Stock at last",
                                        "#Discrepancy", "Check", "Sources",   NULL};
    size_t n = page->watch->chain->net.n_stocks;
    char summary[REPORT_HEAD];
    if (n == 0) {
        return;
    }
    snprintf(summary, sizeof summary, "Data table: %zu step%s between stocks", n,
             n == 1 ? "" : "s");
    report_fold_open(page, summary);
    report_table_open(page, "stocks-table", "From one stock to the next", heads);
    for (size_t i = 0; i < n; i++) {
        put_step(page, i);
    }
    report_table_close(page);
    buf_str(page->out, "<p class=\"note\">The same as <a href=\"watch_stock.csv\">"
                       "watch_stock.csv</a>.</p>\n");
    report_fold_close(page);
}

bool report_has_flows(const struct report_page *page)
{
    return count_points(page) > 0 || page->watch->chain->net.n_stocks > 0;
}

void report_flows(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<section id=\"flows\" aria-labelledby=\"flows-title\">\n"
                 "<h2 id=\"flows-title\">Gross, net and stock</h2>\n");
    if (!report_has_flows(page)) {
        buf_str(out, "<p>No place has both directions over the same days, a published net, or two "
                     "stocks.</p>\n</section>\n");
        return;
    }
    buf_str(out,
            "<p>Three quantities that are not to be mixed: crossings in and out (gross), their "
            "balance (net), and people who are there on a day (stock). Where two of them can be "
            "checked against the third, stock at last = stock at first + in \xE2\x88\x92 out, the "
            "discrepancy is a figure of its own. As published by the day of this report.</p>\n"
            "<figure id=\"figure-flows\">\n<div id=\"flows-controls\" data-control=\"flows\" "
            "hidden></div>\n<div class=\"plot\" data-picture=\"flows\" role=\"img\" "
            "aria-label=\"Gross, net and stock by place. All values are in the tables below.\">"
            "</div>\n<figcaption>One picture for each place and route, each with its own scale "
            "from 0.</figcaption>\n");
    put_points(page);
    put_steps(page);
    buf_str(out, "</figure>\n</section>\n");
}
