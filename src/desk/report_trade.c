/* Trade: which flows between countries look rerouted.  Flows, never firms. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report_flows.h"
#include "report_parts.h"

static const struct mirror_table *mirror_of(const struct report_page *page)
{
    return &page->watch->chain->mirror;
}

static void put_ratio(struct report_page *page, double value)
{
    buf_str(page->out, "<td class=\"number\">");
    if (isfinite(value)) {
        html_number(page->out, value, 2);
    }
    buf_str(page->out, "</td>");
}

static void put_millions(struct report_page *page, double value)
{
    buf_str(page->out, "<td class=\"number\">");
    if (isfinite(value)) {
        html_number(page->out, value / 1e6, fabs(value) < 1e8 ? 1 : 0);
    }
    buf_str(page->out, "</td>");
}

static void put_flow(struct report_page *page, const struct mirror_partner *partner)
{
    html_text(page->out, report_country(page->scenario, partner->reporter));
    buf_str(page->out, " to ");
    html_text(page->out, report_country(page->scenario, partner->partner));
    if (partner->hs == 0) {
        buf_str(page->out, ", products of tier ");
        html_text(page->out, scenario_name(page->scenario, partner->tier));
    } else if (!text_is(scenario_name(page->scenario, partner->hs), "TOTAL")) {
        buf_str(page->out, ", HS ");
        html_text(page->out, scenario_name(page->scenario, partner->hs));
    }
}

static void put_year(struct report_page *page, const struct mirror_partner *partner,
                     const struct mirror_year *year, size_t row)
{
    struct buf *out = page->out;
    buf_printf(out, "<tr data-row=\"%zu\"><th scope=\"row\">", row);
    put_flow(page, partner);
    buf_printf(out, "</th><td class=\"number\">%d</td>", (int)year->year);
    put_millions(page, year->exports);
    put_ratio(page, year->jump);
    put_millions(page, year->imports);
    put_ratio(page, year->ratio);
    buf_str(out, "<td>");
    report_cite(page, year->export_source);
    if (year->import_source != 0 && year->import_source != year->export_source) {
        buf_str(out, "; ");
        report_cite(page, year->import_source);
    }
    if (year->why_not != NULL) {
        buf_str(out, " <span class=\"what\">No ratio: ");
        html_str(out, year->why_not);
        buf_str(out, ".</span>");
    }
    buf_str(out, "</td></tr>\n");
}

static void put_years(struct report_page *page)
{
    static const char *const heads[] = {"Flow",
                                        "#Year",
                                        "#Exports, million",
                                        "#Over baseline",
                                        "#Imports declared, million",
                                        "#Mirror ratio",
                                        "Sources",
                                        NULL};
    const struct mirror_table *mirror = mirror_of(page);
    size_t row = 0, shown = 0;
    report_fold_open(page, "Data table: exports and imports by year");
    report_table_open(page, "trade-table", "What one side says it sent, and the other that it got",
                      heads);
    for (size_t i = 0; i < mirror->n; i++) {
        const struct mirror_partner *partner = &mirror->partners[i];
        if (shown == page->watch->n_trade || page->watch->trade[shown] != i) {
            row += partner->n_years;
            continue;
        }
        shown++;
        for (size_t y = 0; y < partner->n_years; y++) {
            row++;
            if (isfinite(partner->years[y].exports) || isfinite(partner->years[y].imports)) {
                put_year(page, partner, &partner->years[y], row);
            }
        }
    }
    report_table_close(page);
    buf_str(page->out, "<p class=\"note\">Exports of a year are <span class=\"computed\">computed"
                       "</span>: the sum of its twelve months, and nothing where one is missing. "
                       "<a href=\"watch_trade.csv\">watch_trade.csv</a> has the same.</p>\n");
    report_fold_close(page);
}

static const struct mirror_month *last_ringing(const struct mirror_partner *partner, size_t *n)
{
    const struct mirror_month *last = NULL;
    *n = 0;
    for (size_t i = 0; i < partner->n_months; i++) {
        if (partner->months[i].rings) {
            last = &partner->months[i];
            ++*n;
        }
    }
    return last;
}

static void put_month(struct report_page *page, date_days day)
{
    int year, month, unused;
    date_to_civil(day, &year, &month, &unused);
    buf_printf(page->out, "%s\xC2\xA0%d", html_month(month), year);
}

static void put_ratios(struct report_page *page, const struct mirror_partner *partner)
{
    bool first = true;
    for (size_t y = 0; y < partner->n_years; y++) {
        if (isfinite(partner->years[y].ratio) && partner->years[y].year >= partner->baseline_to) {
            buf_str(page->out, first ? ". Mirror ratio " : ", ");
            html_number(page->out, partner->years[y].ratio, 2);
            buf_printf(page->out, " in %d", (int)partner->years[y].year);
            first = false;
        }
    }
}

/* "Exports rose to 8.66 times the baseline in 2023; 22 months ring from Apr 2022 to ..." */
static void put_flagged(struct report_page *page, const struct mirror_partner *partner)
{
    const struct mirror_year *top = NULL;
    size_t n;
    const struct mirror_month *last = last_ringing(partner, &n);
    for (size_t y = 0; y < partner->n_years; y++) {
        const struct mirror_year *year = &partner->years[y];
        bool later = year->year > partner->baseline_to && isfinite(year->jump);
        top = later && (top == NULL || year->jump > top->jump) ? year : top;
    }
    buf_str(page->out, "<li><strong>");
    put_flow(page, partner);
    buf_str(page->out, "</strong>: ");
    if (top != NULL) {
        html_number(page->out, top->jump, 2);
        buf_printf(page->out, " times the yearly mean of %d\xE2\x80\x93%d in %d",
                   (int)partner->baseline_from, (int)partner->baseline_to, (int)top->year);
    }
    if (last != NULL) {
        buf_printf(page->out, "%s%zu month%s ring%s", top == NULL ? "" : "; ", n, n == 1 ? "" : "s",
                   n == 1 ? "s" : "");
        if (partner->since != DATE_NONE) {
            buf_str(page->out, ", the first shift since ");
            put_month(page, partner->since);
        }
        buf_str(page->out, ", the last ");
        put_month(page, last->first);
    }
    put_ratios(page, partner);
    buf_str(page->out, ".</li>\n");
}

static bool is_group(const struct mirror_partner *partner)
{
    return country_is_name(partner->reporter) && country_is_group(partner->reporter);
}

/* Those of groups of states where there are any: their members' flows are parts of them. */
static void put_flags(struct report_page *page)
{
    const struct mirror_table *mirror = mirror_of(page);
    size_t flagged = 0;
    bool groups = false;
    for (size_t i = 0; i < mirror->n; i++) {
        flagged += mirror->partners[i].flagged;
        groups = groups || (mirror->partners[i].flagged && is_group(&mirror->partners[i]));
    }
    buf_printf(
        page->out,
        "<p>%zu of %zu flows are flagged: their months ring, or what the two sides declare "
        "fell apart after the break. A flag is a reason to ask, never a charge, and it names "
        "flows between countries, no firm.%s</p>\n<ul class=\"flags\">\n",
        flagged, mirror->n,
        page->scenario->as_known == DATE_NONE
            ? ""
            : " Trade is shown as far as the tables go, past the day of this report too: books of "
              "trade close years later, so this is hindsight.");
    for (size_t i = 0; i < page->watch->n_trade; i++) {
        const struct mirror_partner *partner = &mirror->partners[page->watch->trade[i]];
        if (partner->flagged && is_group(partner) == groups) {
            put_flagged(page, partner);
        }
    }
    buf_str(page->out, "</ul>\n");
    if (page->watch->n_trade < mirror->n) {
        buf_printf(page->out,
                   "<p class=\"note\">This page shows %zu of the %zu flows: first those that are "
                   "flagged, then "
                   "the largest. <a href=\"watch_trade.csv\">watch_trade.csv</a> has all.</p>\n",
                   page->watch->n_trade, mirror->n);
    }
}

static void put_cautions(struct report_page *page)
{
    buf_str(page->out, "<h3>Before a ratio is read</h3>\n<ul class=\"cautions\">\n");
    for (const char *const *caution = mirror_cautions(); *caution != NULL; caution++) {
        buf_str(page->out, "<li>");
        html_str(page->out, *caution);
        buf_str(page->out, "</li>\n");
    }
    buf_str(page->out, "</ul>\n");
}

static bool has_tiers(const struct report_page *page)
{
    for (size_t i = 0; i < mirror_of(page)->n; i++) {
        if (mirror_of(page)->partners[i].tier != 0) {
            return true;
        }
    }
    return false;
}

static bool tier_before(const struct hs_list *list, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (list->tier[j] == list->tier[i]) {
            return true;
        }
    }
    return false;
}

static void put_tier(struct report_page *page, size_t i)
{
    const struct hs_list *list = &page->scenario->hs_list;
    size_t n = 0;
    for (size_t j = i; j < list->n; j++) {
        n += list->tier[j] == list->tier[i];
    }
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, scenario_name(page->scenario, list->tier[i]));
    buf_str(page->out, "</th><td>");
    html_text(page->out, list->tier_meaning[i]);
    buf_printf(page->out, "</td><td class=\"number\">%zu</td><td>", n);
    html_date_partial(page->out, list->list_date[i]);
    buf_str(page->out, "</td><td>");
    report_cite(page, list->source[i]);
    if (list->copied_from[i] != 0 && list->copied_from[i] != list->source[i]) {
        buf_str(page->out, ", copied from ");
        report_cite(page, list->copied_from[i]);
    }
    buf_str(page->out, "</td></tr>\n");
}

static void put_tiers(struct report_page *page)
{
    static const char *const heads[] = {
        "Tier", "What it holds", "#Codes", "Date of the list", "Source", NULL};
    const struct hs_list *list = &page->scenario->hs_list;
    if (list->n == 0) {
        return;
    }
    buf_printf(page->out, "<h3>Products of concern</h3>\n<p>%s",
               has_tiers(page)
                   ? "The pictures are grouped by the tiers of the list below."
                   : "The scenario has totals of trade only, no figures by product, so a flow "
                     "cannot be told apart by the tiers of the list below.");
    if (list->list_date[0].first != DATE_NONE && list->list_date[0].first > page->scenario->to) {
        buf_str(page->out, " The list is of ");
        html_date_partial(page->out, list->list_date[0]);
        buf_str(page->out, ", later than the days of this scenario: to apply it to them is an "
                           "anachronism.");
    }
    buf_str(page->out, "</p>\n");
    report_table_open(page, "tiers-table", "Codes of the common high priority list by tier", heads);
    for (size_t i = 0; i < list->n; i++) {
        if (!tier_before(list, i)) {
            put_tier(page, i);
        }
    }
    report_table_close(page);
}

void report_trade(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<section id=\"trade\" aria-labelledby=\"trade-title\">\n"
                 "<h2 id=\"trade-title\">Trade: which flows look rerouted</h2>\n");
    put_flags(page);
    buf_str(out,
            "<figure id=\"figure-trade\">\n<div id=\"trade-controls\" data-control=\"trade\" "
            "hidden></div>\n<div class=\"plot\" data-picture=\"trade\" role=\"img\" "
            "aria-label=\"Exports by month and mirror ratios by year. The years are in the table "
            "below.\"></div>\n<figcaption>Exports by month, as a multiple of the mean month of the "
            "baseline years (1 is as before), and below them the mirror ratio by year: what was "
            "sent over what the other side says it got. Each flow has its own scale.</figcaption>"
            "\n");
    put_years(page);
    buf_str(out, "</figure>\n");
    put_cautions(page);
    put_tiers(page);
    buf_str(out, "</section>\n");
}
