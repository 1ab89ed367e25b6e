/* Who is stranded day by day, and who came and stayed. */
#include <math.h>
#include <stdio.h>

#include "report_exodus_parts.h"

#define WEEK 7

static void put_spread(struct report_page *page, const struct exodus_spread *spread)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, spread->p50, 0);
    buf_str(page->out, " (");
    html_number(page->out, spread->p5, 0);
    buf_str(page->out, "\xE2\x80\x93");
    html_number(page->out, spread->p95, 0);
    buf_str(page->out, ")</td>");
}

/* The days shown, of a row of days of the run. */
static const struct exodus_spread *shown_of(const struct report_page *page,
                                            const struct exodus_spread *days, size_t row)
{
    const struct report_exodus *exodus = page->exodus;
    return &days[row * exodus->chain->input->model->n_days +
                 (size_t)(exodus->from - exodus_part_model(page)->from)];
}

/* Whether nine runs in ten have somebody of the class stranded on some day. */
static bool is_stranded(const struct report_page *page, size_t class)
{
    const struct exodus_spread *days = shown_of(page, page->exodus->chain->class_stranded, class);
    for (size_t day = 0; day < page->exodus->n_days; day++) {
        if (days[day].p95 >= 0.5) {
            return true;
        }
    }
    return false;
}

/* Whether a what-if moves the figures of all classes, in whole people. */
static bool is_moved(const struct report_page *page, size_t effect)
{
    const struct exodus_chain *chain = page->exodus->chain;
    const struct exodus_spread *as_is = shown_of(page, chain->stranded, 0);
    const struct exodus_spread *days =
        shown_of(page, chain->stranded, chain->effects[effect].world);
    for (size_t day = 0; day < page->exodus->n_days; day++) {
        if (fabs(days[day].p5 - as_is[day].p5) >= 0.5 ||
            fabs(days[day].p50 - as_is[day].p50) >= 0.5 ||
            fabs(days[day].p95 - as_is[day].p95) >= 0.5) {
            return true;
        }
    }
    return false;
}

static struct text title_of(const struct report_page *page, size_t effect)
{
    uint32_t world = page->exodus->chain->effects[effect].world;
    return exodus_part_model(page)->what_ifs[world - 1].title;
}

static void put_head(struct report_page *page, const char *before, struct text title)
{
    buf_str(page->out, "<th scope=\"col\" class=\"number\">");
    buf_str(page->out, before);
    html_text(page->out, title);
    buf_str(page->out, "</th>");
}

static void put_heads(struct report_page *page)
{
    const struct exodus_model *model = exodus_part_model(page);
    buf_str(page->out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\""
                       "exodus-stranded-caption\" tabindex=\"0\">\n<table "
                       "id=\"exodus-stranded-table\">\n<caption id=\"exodus-stranded-caption\">"
                       "Stranded at the end of the day, p50 (p5\xE2\x80\x93p95) of the runs, "
                       "computed</caption>\n<thead><tr><th scope=\"col\">Day</th>");
    put_head(page, "", TEXT_LIT("All"));
    for (size_t c = 0; c < model->n_classes; c++) {
        if (is_stranded(page, c)) {
            put_head(page, "", model->classes[c].title);
        }
    }
    for (size_t w = 0; w < page->exodus->chain->n_effects; w++) {
        if (is_moved(page, w)) {
            put_head(page, "All, what if: ", title_of(page, w));
        }
    }
    buf_str(page->out, "</tr></thead>\n<tbody>\n");
}

static void put_day(struct report_page *page, date_days day)
{
    const struct exodus_chain *chain = page->exodus->chain;
    size_t at = (size_t)(day - page->exodus->from);
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_date(page->out, day);
    buf_str(page->out, "</th>");
    put_spread(page, &shown_of(page, chain->stranded, 0)[at]);
    for (size_t c = 0; c < exodus_part_model(page)->n_classes; c++) {
        if (is_stranded(page, c)) {
            put_spread(page, &shown_of(page, chain->class_stranded, c)[at]);
        }
    }
    for (size_t w = 0; w < chain->n_effects; w++) {
        if (is_moved(page, w)) {
            put_spread(page, &shown_of(page, chain->stranded, chain->effects[w].world)[at]);
        }
    }
    buf_str(page->out, "</tr>\n");
}

/* Classes and what-ifs that have no picture and no column. */
static void put_left(struct report_page *page)
{
    const struct exodus_model *model = exodus_part_model(page);
    struct buf *out = page->out;
    bool any = false;
    for (size_t c = 0; c < model->n_classes; c++) {
        if (!is_stranded(page, c)) {
            buf_str(out, any ? "; " : "<p id=\"exodus-not-stranded\">0 at p95 on every day: ");
            html_text(out, model->classes[c].title);
            any = true;
        }
    }
    buf_str(out, any ? ".</p>\n" : "");
    any = false;
    for (size_t w = 0; w < page->exodus->chain->n_effects; w++) {
        if (!is_moved(page, w)) {
            buf_str(out, any ? "; " : "<p>As with the doors as they are, on every day, what if: ");
            html_text(out, title_of(page, w));
            any = true;
        }
    }
    buf_str(out, any ? ".</p>\n" : "");
}

static void put_stranded(struct report_page *page)
{
    const struct exodus_model *model = exodus_part_model(page);
    struct buf *out = page->out;
    buf_str(out, "<h3 id=\"exodus-stranded\">Stranded, by class of papers</h3>\n<p><strong>Stranded"
                 "</strong>: wants to leave Russia, was last refused, gave up or was deterred at "
                 "least 14 days ago, and no door of the model is open for these papers. Nobody "
                 "counts them: the figures rest on the model alone.</p>\n");
    put_left(page);
    buf_str(
        out,
        "<figure "
        "id=\"figure-exodus-stranded\">\n<div class=\"plot\" "
        "data-picture=\"exodus-stranded\" role=\"img\" aria-label=\"People stranded by "
        "day, all and by class. The table below has every week.\"></div>\n<figcaption>"
        "Line: p50 of the runs; band: p5 to p95, <span class=\"computed\">computed"
        "</span>. The first picture has the what-ifs that move it, too, by their p50.</figcaption>"
        "\n");
    put_heads(page);
    for (date_days day = model->order > page->exodus->from ? model->order : page->exodus->from;
         day < page->exodus->to; day += WEEK) {
        put_day(page, day);
    }
    put_day(page, page->exodus->to);
    report_table_close(page);
    buf_str(out, "<p class=\"note\">Every day: <a href=\"flow_stranded.csv\">flow_stranded.csv"
                 "</a>.</p>\n</figure>\n");
}

static void put_stock(struct report_page *page, const struct exodus_stock *stock)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, exodus_part_country(page, stock->country));
    buf_str(page->out, "</th>");
    exodus_part_number(page, stock->flight.p50, 0);
    exodus_part_range(page, stock->flight.p5, stock->flight.p95, false);
    buf_str(page->out, stock->scored ? "<td>some count of the country was fitted</td></tr>\n"
                                     : "<td>not scored: on priors alone</td></tr>\n");
}

static void put_stocks(struct report_page *page)
{
    static const char *const heads[] = {"Country", "#Came and stayed, p50", "#p5 to p95",
                                        "Rests on", NULL};
    struct buf *out = page->out;
    if (page->exodus->chain->n_stocks == 0) {
        return;
    }
    buf_str(out, "<h3>Who came with the flight and stayed</h3>\n<p>A stock, not a flow: people who "
                 "set out because of the order, entered, and were still there on ");
    html_date(out, page->exodus->to);
    buf_str(out, ", entries less exits less those who moved on. The aid split below says itself "
                 "which stocks it used.</p>\n");
    report_table_open(page, "exodus-stocks-table", "Came and stayed, by country, computed", heads);
    for (size_t i = 0; i < page->exodus->chain->n_stocks; i++) {
        put_stock(page, &page->exodus->chain->stocks[i]);
    }
    report_table_close(page);
    buf_str(out, "<p class=\"note\"><a href=\"flow_stocks.csv\">flow_stocks.csv</a>.</p>\n");
}

void exodus_part_people(struct report_page *page)
{
    put_stranded(page);
    put_stocks(page);
}
