/* The map of one week with its table; entries beside exits; people turned back. */
#include "report_parts.h"

static void put_circle(struct report_page *page, uint32_t i)
{
    static const char *const words[] = {[REPORT_AT_CROSSING] = "at the crossing",
                                        [REPORT_AT_CROSSINGS] = "middle of several crossings",
                                        [REPORT_AT_TOWNS] = "middle of its towns"};
    const struct arrivals *arrivals = &page->scenario->arrivals;
    const struct report_circle *circle = &page->view->circles[i];
    const struct report_mark *mark = &page->view->marks[circle->mark];
    struct buf *out = page->out;
    buf_printf(out, "<tr data-row=\"%u\"", i + 1);
    report_from(page, mark->row);
    buf_str(out, "><th scope=\"row\">");
    html_text(out, report_country(page->scenario, arrivals->country[mark->row]));
    buf_str(out, "</th><td class=\"number\">");
    html_number(out, mark->per_day, 0);
    buf_str(out, "</td><td class=\"number\">");
    html_number(out, mark->value, 0);
    buf_str(out, "</td><td>");
    html_days(out, arrivals->from[mark->row], arrivals->to[mark->row], true);
    buf_str(out, "</td><td>");
    report_measure(&page->words, page->scenario, arrivals->measure[mark->row]);
    buf_str(&page->words, ", ");
    report_route(&page->words, page->scenario, arrivals->route[mark->row]);
    report_say(page);
    buf_str(out, "</td><td>");
    if (circle->place != REPORT_NONE) {
        html_text(out, page->scenario->places.name[circle->place]);
    } else {
        buf_str(out, words[circle->position]);
    }
    buf_str(out, "</td><td>");
    report_cite(page, arrivals->source[mark->row]);
    buf_str(out, "</td></tr>\n");
}

/* Of all places drawn, each source once. */
static void put_place_sources(struct report_page *page)
{
    const struct places *places = &page->scenario->places;
    for (size_t i = 0; i < places->n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = places->source[j] == places->source[i];
        }
        if (!seen) {
            buf_str(page->out, i == 0 ? "" : "; ");
            report_cite(page, places->source[i]);
        }
    }
}

void report_map(struct report_page *page)
{
    static const char *const heads[] = {"Country", "#Per day",         "#Count", "Days",
                                        "What",    "Point on the map", "Source", NULL};
    const struct report_view *view = page->view;
    struct buf *out = page->out;
    buf_str(out,
            "<section id=\"map\" aria-labelledby=\"map-title\">\n<h2 id=\"map-title\">Map</h2>\n");
    if (view->n_circles == 0) {
        buf_str(out, "<p>No week with counts in several countries.</p>\n</section>\n");
        return;
    }
    buf_str(out,
            "<figure id=\"figure-map\">\n<div class=\"plot\" data-picture=\"map\" role=\"img\" "
            "aria-label=\"Map of entries per day by country, ");
    html_span(out, view->week_from, view->week_to, true);
    buf_str(
        out,
        ". All values are in the table below.\"></div>\n<figcaption>Entries per day by country in "
        "the week ");
    html_days(out, view->week_from, view->week_to, true);
    buf_str(
        out,
        ", the one with counts in most countries; where a count covers other days, the table says "
        "so. Gross: two-way traffic included. A country without a circle published no such count. "
        "Country shapes: Natural Earth, public domain, with Crimea as part of Ukraine; borders are "
        "for "
        "orientation. Positions: ");
    put_place_sources(page);
    buf_str(out, ".</figcaption>\n");
    report_fold_open(page, "Data table: the circles");
    report_table_open(page, "map-table", "Entries per day by country", heads);
    for (uint32_t i = 0; i < view->n_circles; i++) {
        put_circle(page, i);
    }
    report_table_close(page);
    report_fold_close(page);
    buf_str(out, "</figure>\n</section>\n");
}

static void put_net(struct report_page *page, const struct report_net *net)
{
    const struct arrivals *arrivals = &page->scenario->arrivals;
    const uint8_t *hiding = page->view->hiding;
    struct buf *out = page->out;
    buf_str(out, "<tr");
    report_from(page, net->in);
    buf_str(out, "><th scope=\"row\">");
    html_text(out, report_country(page->scenario, arrivals->country[net->in]));
    buf_str(out, "</th><td>");
    html_days(out, arrivals->from[net->in], arrivals->to[net->in], true);
    buf_str(out, "</td><td>");
    report_route(&page->words, page->scenario, arrivals->route[net->in]);
    report_say(page);
    buf_str(out, "</td><td class=\"number\">");
    report_count(out, (enum report_hiding)hiding[net->in], arrivals->value[net->in], 0);
    buf_str(out, "</td><td class=\"number\">");
    report_count(out, (enum report_hiding)hiding[net->out], arrivals->value[net->out], 0);
    buf_str(out, "</td><td class=\"number\">");
    buf_str(out, net->net > 0 && !net->hidden ? "+" : "");
    report_count(out, net->hidden ? REPORT_WITHHELD : REPORT_SHOWN, net->net, 0);
    buf_str(out, "</td><td>");
    report_cite(page, arrivals->source[net->in]);
    if (arrivals->source[net->out] != arrivals->source[net->in]) {
        buf_str(out, "; ");
        report_cite(page, arrivals->source[net->out]);
    }
    buf_str(out, "</td></tr>\n");
}

static void put_nets(struct report_page *page)
{
    static const char *const heads[] = {"Country", "Days", "Route",   "#In",
                                        "#Out",    "#Net", "Sources", NULL};
    if (page->view->n_nets == 0) {
        buf_str(page->out, "<p>No country published entries and exits over the same days.</p>\n");
        return;
    }
    buf_str(page->out,
            "<p>Only where one country published both directions over the same days. Net is "
            "<span class=\"computed\">computed</span>: in less out. Two lines for the same days "
            "mean that two sources differ.</p>\n");
    report_table_open(page, "net-table", "Entries beside exits", heads);
    for (uint32_t i = 0; i < page->view->n_nets; i++) {
        put_net(page, &page->view->nets[i]);
    }
    report_table_close(page);
}

static void put_refused(struct report_page *page)
{
    static const char *const heads[] = {"Country", "Days", "Route", "#Turned back",
                                        "Source",  "Note", NULL};
    const struct arrivals *arrivals = &page->scenario->arrivals;
    struct buf *out = page->out;
    if (page->view->n_refused == 0) {
        return;
    }
    buf_str(out, "<h3>Turned back</h3>\n");
    report_table_open(page, "refused-table", "People refused at the border", heads);
    for (uint32_t i = 0; i < page->view->n_refused; i++) {
        uint32_t row = page->view->refused[i];
        enum report_hiding hiding = (enum report_hiding)page->view->hiding[row];
        buf_str(out, "<tr");
        report_from(page, row);
        buf_str(out, "><th scope=\"row\">");
        html_text(out, report_country(page->scenario, arrivals->country[row]));
        buf_str(out, "</th><td>");
        html_days(out, arrivals->from[row], arrivals->to[row], true);
        buf_str(out, "</td><td>");
        report_route(&page->words, page->scenario, arrivals->route[row]);
        report_say(page);
        buf_str(out, "</td><td class=\"number\">");
        report_count(out, hiding, arrivals->value[row], 0);
        buf_str(out, "</td><td>");
        report_cite(page, arrivals->source[row]);
        buf_str(out, "</td><td>");
        html_text(out, hiding == REPORT_SHOWN ? arrivals->note[row] : (struct text){"", 0});
        buf_str(out, "</td></tr>\n");
    }
    report_table_close(page);
}

void report_net(struct report_page *page)
{
    buf_str(page->out,
            "<section id=\"net\" aria-labelledby=\"net-title\">\n"
            "<h2 id=\"net-title\">Net flows and refusals</h2>\n<h3>In, out and net</h3>\n");
    put_nets(page);
    put_refused(page);
    buf_str(page->out, "</section>\n");
}
