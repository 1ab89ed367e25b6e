/* The split: its picture with the dial, its table, and who gets the next money. */
#include <math.h>
#include <stdio.h>

#include "report_parts.h"

static void put_figure(struct report_page *page)
{
    struct buf *out = page->out;
    buf_printf(
        out,
        "<figure id=\"figure-aid\">\n<div class=\"plot\" data-picture=\"aid\" role=\"img\" "
        "aria-label=\"Coverage of need of %zu hosts: what each has already and what it gets. All "
        "values are in the table below.\"></div>\n",
        page->aid->n);
    buf_str(
        out,
        "<figcaption>Need of each host, what is funded already, and what it gets from the budget "
        "(<span class=\"computed\">computed</span>). Inputs with their sources and assumptions: <a "
        "href=\"#aid-inputs\">table of inputs</a>.</figcaption>\n</figure>\n");
}

static void put_dial(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<div id=\"alpha-dial\" data-control=\"alpha\" hidden></div>\n"
                 "<p id=\"alpha-said\" aria-live=\"polite\">Shown: the published split, alpha = ");
    report_alpha(out, page->aid->options.alpha);
    buf_str(out,
            ". Alpha says how much severity may tilt coverage: not at all at inf, where the least "
            "covered is raised first; at 1 coverage follows severity.</p>\n");
}

static void open_cell(struct report_page *page, const char *field, double value)
{
    char raw[NUM_TEXT];
    buf_printf(page->out, "<td class=\"number\" data-field=\"%s\"", field);
    if (isfinite(value)) {
        num_format(value, raw);
        buf_printf(page->out, " data-value=\"%s\"", raw);
    }
    buf_str(page->out, ">");
}

static void put_money_cell(struct report_page *page, const char *field, double value)
{
    open_cell(page, field, value);
    report_money(page, value);
    buf_str(page->out, "</td>");
}

/* What stands under a host that no source gives: what is assumed, and a stock that is computed. */
static void put_assumed(struct report_page *page, size_t i)
{
    const struct aid_job *aid = page->aid;
    bool first = true;
    buf_str(page->out, "<td>");
    for (int figure = 0; figure < AID_FIGURES; figure++) {
        if (aid->input[figure][i].quality == AID_ASSUMED) {
            buf_str(page->out, first ? "" : ", ");
            html_str(page->out, aid_figure_word((enum aid_figure)figure));
            first = false;
        }
    }
    if (aid_job_lent(aid, i)) {
        buf_str(page->out, first ? "" : ", ");
        buf_str(page->out, "stock <span class=\"computed\">computed</span>");
        first = false;
    }
    buf_str(page->out, first ? "none</td>" : "</td>");
}

static void put_host(struct report_page *page, size_t i)
{
    const struct aid_job *aid = page->aid;
    const struct aid_split *split = &aid->split;
    struct buf *out = page->out;
    buf_str(out, "<tr data-host=\"");
    html_str(out, aid->code[i]);
    buf_str(out, "\"><th scope=\"row\">");
    html_str(out, aid->name[i]);
    buf_str(out, "</th>");
    open_cell(page, "stock", aid->input[AID_FIGURE_STOCK][i].value);
    html_number(out, aid->input[AID_FIGURE_STOCK][i].value, 0);
    buf_str(out, "</td>");
    put_money_cell(page, "need", aid->problem.need[i]);
    put_money_cell(page, "funded", aid->problem.funded[i]);
    put_money_cell(page, "most", split->most[i]);
    put_money_cell(page, "x", split->x[i]);
    if (split->rounded != NULL) {
        put_money_cell(page, "rounded", split->rounded[i]);
    }
    open_cell(page, "coverage", split->coverage[i]);
    html_number(out, 100 * split->coverage[i], 1);
    buf_str(out, "</td><td data-field=\"binding\">");
    html_str(out, aid_binding_word(split->binding[i]));
    buf_str(out, "</td>");
    open_cell(page, "share-of-next", split->share_of_next[i]);
    html_number(out, 100 * split->share_of_next[i], 1);
    buf_str(out, "</td>");
    put_assumed(page, i);
    buf_str(out, "</tr>\n");
}

static void put_table(struct report_page *page)
{
    const char *heads[12] = {"Host", "#People", "#Need", "#Has", "#Can take", "#Gets"};
    char caption[REPORT_HEAD];
    size_t n = 6;
    if (page->aid->split.rounded != NULL) {
        heads[n++] = "#In tranches";
    }
    heads[n++] = "#Covered, %";
    heads[n++] = "Limited by";
    heads[n++] = "#Of the next money, %";
    heads[n++] = "Assumed";
    heads[n] = NULL;
    report_table_open(page, "aid-table",
                      report_money_head(page, "The aid split, computed: one row a host", caption),
                      heads);
    for (size_t i = 0; i < page->aid->n; i++) {
        put_host(page, i);
    }
    report_table_close(page);
}

static void put_sums(struct report_page *page)
{
    const struct aid_split *split = &page->aid->split;
    struct buf *out = page->out;
    buf_str(out, "<p>Given out: ");
    report_money_words(page, split->spent);
    buf_str(out, " of ");
    report_money_words(page, page->aid->options.budget);
    if (split->reason == AID_ALL_AT_MOST) {
        buf_str(out, "; every host has all that it can take");
    }
    if (split->rounded != NULL) {
        buf_printf(out, ". In %lld tranches of ", (long long)split->tranches_total);
        report_money_words(page, page->aid->options.tranche);
        buf_str(out, " by Webster\xE2\x80\x99s method; the largest step from the exact amount is ");
        html_number(out, split->largest_deviation, 2);
        buf_str(out, " of a tranche (");
        html_str(out, page->aid->name[split->deviation_host]);
        buf_str(out, ")");
        if (!split->floors_kept) {
            buf_str(out, "; a floor is not kept in whole tranches");
        }
    }
    buf_str(out, ". \xE2\x80\x9CLimited by: budget\xE2\x80\x9D means that the host shares in every "
                 "further unit of money.</p>\n");
}

static void put_lent(struct report_page *page)
{
    size_t n = aid_job_n_lent(page->aid);
    if (n > 0) {
        buf_printf(page->out,
                   " For %zu of the %zu hosts the people present are <span class=\"computed\">"
                   "computed</span> too, by %s.",
                   n, page->aid->n,
                   page->aid->lent_conflict
                       ? "the runs of the <a href=\"#conflict-hosts\">conflict</a>"
                       : "the forecast of the <a href=\"#exodus\">exodus</a>");
    }
}

void report_aid(struct report_page *page)
{
    buf_str(page->out,
            "<h2 id=\"aid-title\">Aid split</h2>\n<p>Need is people present times what one "
            "person costs for the period. Coverage is what a host has and gets, over its need. "
            "Every amount here is <span class=\"computed\">computed</span> from inputs that are "
            "partly <span class=\"assumed\">assumptions</span>.");
    put_lent(page);
    buf_str(page->out, "</p>\n");
    put_figure(page);
    put_dial(page);
    put_table(page);
    put_sums(page);
}
