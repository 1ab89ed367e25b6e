/* The first screen: sentences computed from the data, which name no country of their own. */
#include <math.h>

#include "report_conflict.h"
#include "report_parts.h"
#include "report_watch.h"

#define COMPUTED "<span class=\"computed\">computed</span>"

static const struct arrivals *arrivals_of(const struct report_page *page)
{
    return &page->scenario->arrivals;
}

/* "Finland, entries, land: eastern border" of a mark, escaped. */
static void put_country(struct report_page *page, uint32_t row)
{
    html_text(page->out, report_country(page->scenario, arrivals_of(page)->country[row]));
}

static void put_measure(struct report_page *page, uint32_t row)
{
    report_measure(&page->words, page->scenario, arrivals_of(page)->measure[row]);
    report_say(page);
}

static void put_days(struct report_page *page, uint32_t row)
{
    html_days(page->out, arrivals_of(page)->from[row], arrivals_of(page)->to[row], true);
}

static void put_span_word(struct report_page *page, int32_t days)
{
    if (days == 7) {
        buf_str(page->out, "week");
    } else {
        buf_printf(page->out, "%d days", (int)days);
    }
}

/* "Finland counted 50,655 entries on 21-27 Sept, 91 % more than in the week before (26,506)." */
static void put_rise(struct report_page *page, uint32_t before, uint32_t after)
{
    struct buf *out = page->out;
    const struct report_mark *early = &page->view->marks[before];
    const struct report_mark *late = &page->view->marks[after];
    double change = late->value / early->value - 1;
    put_country(page, late->row);
    buf_str(out, ": <strong>");
    html_number(out, late->value, 0);
    buf_char(out, ' ');
    put_measure(page, late->row);
    buf_str(out, "</strong> on ");
    put_days(page, late->row);
    buf_str(out, ", ");
    report_percent(out, fabs(change), 0);
    buf_str(out, change < 0 ? " fewer" : " more");
    buf_str(out, " than in the ");
    put_span_word(page, early->days);
    buf_str(out, " before (");
    html_number(out, early->value, 0);
    buf_str(out, report_computed(page->scenario, early->row) > 0 ? ", " COMPUTED ")." : ").");
}

static void put_rise_cites(struct report_page *page, uint32_t before, uint32_t after)
{
    name_id late = arrivals_of(page)->source[page->view->marks[after].row];
    name_id early = arrivals_of(page)->source[page->view->marks[before].row];
    buf_str(page->out, " ");
    report_cite(page, late);
    if (early != late) {
        buf_str(page->out, "; ");
        report_cite(page, early);
    }
}

static void put_headline(struct report_page *page)
{
    const struct report_view *view = page->view;
    if (view->after != REPORT_NONE) {
        buf_str(page->out, "<p class=\"headline\">");
        put_rise(page, view->before, view->after);
        put_rise_cites(page, view->before, view->after);
        buf_str(page->out, "</p>\n");
    }
}

static void put_peak(struct report_page *page)
{
    struct buf *out = page->out;
    if (page->view->peak == REPORT_NONE) {
        return;
    }
    const struct report_mark *peak = &page->view->marks[page->view->peak];
    buf_str(out, "<li>The busiest day there was ");
    put_days(page, peak->row);
    buf_str(out, ": ");
    html_number(out, peak->value, 0);
    buf_char(out, ' ');
    put_measure(page, peak->row);
    buf_str(out, ". ");
    report_cite(page, arrivals_of(page)->source[peak->row]);
    buf_str(out, "</li>\n");
}

/* Groups of states, such as the EU: the wider picture that the focus is part of. */
static void put_groups(struct report_page *page)
{
    for (uint32_t p = 0; p < page->view->n_panels; p++) {
        uint32_t before, after;
        if (country_is_group(page->view->panels[p].country) &&
            report_rise(page->view, p, &before, &after)) {
            buf_str(page->out, "<li>");
            put_rise(page, before, after);
            put_rise_cites(page, before, after);
            buf_str(page->out, "</li>\n");
        }
    }
}

/* The last door of the focus country within the span, and how many others changed. */
static void put_doors(struct report_page *page)
{
    const struct report_view *view = page->view;
    const struct doors *doors = &page->scenario->doors;
    struct buf *out = page->out;
    uint32_t last = REPORT_NONE;
    for (uint32_t i = 0; i < view->n_doors; i++) {
        uint32_t row = view->door_rows[i];
        last = view->n_focus > 0 && doors->country[row] == view->panels[0].country ? row : last;
    }
    if (last != REPORT_NONE) {
        buf_str(out, "<li>From ");
        html_date(out, doors->from[last]);
        buf_char(out, ' ');
        report_door_title(&page->words, page->scenario, last);
        report_say(page);
        buf_str(out, ". ");
        report_cite(page, doors->source[last]);
        buf_str(out, "</li>\n");
    }
    if (view->n_doors > 0) {
        buf_printf(out,
                   "<li><a href=\"#doors-table\">%u rule%s</a> that refuse%s somebody came into "
                   "force in the days pictured, ",
                   view->n_doors, view->n_doors == 1 ? "" : "s", view->n_doors == 1 ? "s" : "");
        html_days(out, view->from, view->to, true);
        buf_str(out, ".</li>\n");
    }
}

static void put_net_pair(struct report_page *page, const struct report_net *net)
{
    const struct arrivals *arrivals = arrivals_of(page);
    struct buf *out = page->out;
    html_number(out, arrivals->value[net->in], 0);
    buf_str(out, " in, ");
    html_number(out, arrivals->value[net->out], 0);
    buf_str(out, " out, <strong>net ");
    buf_str(out, net->net > 0 ? "+" : "");
    html_number(out, net->net, 0);
    buf_str(out, "</strong>");
}

/* One item a country; where two sources differ, both. */
static void put_nets(struct report_page *page)
{
    const struct report_view *view = page->view;
    const struct arrivals *arrivals = arrivals_of(page);
    struct buf *out = page->out;
    const struct report_net *last = NULL;
    for (uint32_t i = 0; i < view->n_nets; i++) {
        const struct report_net *net = &view->nets[i];
        if (!net->lead || net->hidden) {
            continue;
        }
        if (last == NULL) {
            buf_str(out,
                    "<p>Entries are gross: every crossing counts, two-way traffic included. Where "
                    "entries and exits over the same days are both published, the balance is "
                    "(<span class=\"computed\">computed</span>, in less out):</p>\n<ul>\n<li>");
        } else if (arrivals->country[last->in] != arrivals->country[net->in]) {
            buf_str(out, "</li>\n<li>");
        } else {
            buf_str(out, "; by another count ");
            put_net_pair(page, net);
            buf_char(out, ' ');
            report_cite(page, arrivals->source[net->out]);
            last = net;
            continue;
        }
        put_country(page, net->in);
        buf_str(out, ", ");
        put_days(page, net->in);
        buf_str(out, ": ");
        put_net_pair(page, net);
        buf_char(out, ' ');
        report_cite(page, arrivals->source[net->out]);
        last = net;
    }
    buf_str(out, last == NULL ? "" : "</li>\n</ul>\n");
}

/* Of a conflict: what its runs and its registers say, each with the section that shows it. */
static void put_conflict(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<h3>What happened</h3>\n<ul>\n");
    if (page->watch != NULL && page->watch->chain->counted) {
        buf_str(out, "<li>");
        html_text(out, page->watch->chain->scan.summary);
        buf_str(out, " <a class=\"cite\" href=\"#alarms\">Alarms</a></li>\n");
    }
    report_conflict_brief(out, page->meta->flow);
    buf_str(out, "</ul>\n");
}

static void put_happened(struct report_page *page)
{
    struct buf *out = page->out;
    if (page->view->n_marks == 0 && page->meta->flow != NULL) {
        put_conflict(page);
        return;
    }
    if (page->view->n_marks == 0) {
        buf_str(
            out,
            "<p>The scenario holds no counts of short spans within its dates that were known on "
            "the day.</p>\n");
        return;
    }
    buf_str(out, "<h3>What happened</h3>\n<ul>\n");
    put_peak(page);
    put_groups(page);
    put_doors(page);
    buf_str(out, "</ul>\n");
    put_nets(page);
}

static uint32_t disputed_marks(const struct report_view *view)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        n += view->marks[i].disputed;
    }
    return n;
}

static void put_cautions(struct report_page *page)
{
    struct buf *out = page->out;
    size_t pairs = page->scenario->contradictions.n;
    uint32_t disputed = disputed_marks(page->view);
    buf_str(out, "<h3>Read with care</h3>\n<ul class=\"cautions\">\n");
    report_left_caution(page);
    buf_str(out,
            page->view->n_marks == 0 && page->meta->flow != NULL
                ? "<li>Counts are of people registered: a new count of a camp can move them by "
                  "half, and who was not registered is in none of them.</li>\n"
                : "<li>Entries are not people who stayed: a commuter counts each time. Gross "
                  "figures and net figures are never mixed or added here.</li>\n");
    if (pairs > 0) {
        buf_printf(out,
                   "<li>Sources disagree: <a href=\"#contradictions\">%zu contradiction%s</a> "
                   "%s declared with the reading used",
                   pairs, pairs == 1 ? "" : "s", pairs == 1 ? "is" : "are");
        if (disputed > 0) {
            buf_printf(out, "; %u count%s below marked <span class=\"disputed\">disputed</span>",
                       disputed, disputed == 1 ? " is" : "s are");
        }
        buf_str(out, ".</li>\n");
    }
    buf_str(out,
            "<li>Whatever was not read from a source is marked <span class=\"computed\">computed"
            "</span> or <span class=\"assumed\">assumption</span>.</li>\n");
    buf_str(out, "<li>Counts of people from 1 to 4 are shown as \xE2\x80\x9Cunder 5\xE2\x80\x9D; a "
                 "figure that would give one away is withheld.</li>\n</ul>\n");
}

void report_answer(struct report_page *page)
{
    buf_str(page->out, "<section id=\"answer\" aria-labelledby=\"answer-title\">\n"
                       "<h2 id=\"answer-title\">What happened, and what to do</h2>\n");
    put_headline(page);
    if (page->aid != NULL) {
        report_advice_headline(page);
    }
    if (page->aid != NULL) {
        report_advice_amounts(page);
        buf_str(page->out, "<div class=\"halves\">\n<div>\n");
        report_advice(page);
        buf_str(page->out, "</div>\n<div>\n");
        put_happened(page);
        buf_str(page->out, "</div>\n</div>\n");
    } else {
        put_happened(page);
    }
    put_cautions(page);
    buf_str(page->out, "</section>\n");
}
