/* The arrival pictures with their tables, and the doors whose dates they mark. */
#include <stdio.h>

#include "report_parts.h"

static bool cited_before(const struct report_page *page, uint32_t first, uint32_t mark)
{
    const struct arrivals *arrivals = &page->scenario->arrivals;
    const struct report_mark *marks = page->view->marks;
    for (uint32_t i = first; i < mark; i++) {
        if (arrivals->source[marks[i].row] == arrivals->source[marks[mark].row]) {
            return true;
        }
    }
    return false;
}

/* The sources of a run of marks, each once. */
static void put_sources(struct report_page *page, uint32_t first, uint32_t n)
{
    report_fold_open(page, "Sources of this picture");
    buf_str(page->out, "<p class=\"note\">");
    for (uint32_t i = first; i < first + n; i++) {
        if (!cited_before(page, first, i)) {
            buf_str(page->out, i == first ? "" : "; ");
            report_cite(page, page->scenario->arrivals.source[page->view->marks[i].row]);
        }
    }
    buf_str(page->out, ".</p>\n");
    report_fold_close(page);
}

/* Some bulletins give halves; most give whole crossings. */
static int decimals_of(double value)
{
    return value == (double)(int64_t)value ? 0 : 1;
}

static void put_note(struct report_page *page, const struct report_mark *mark)
{
    struct text note = page->scenario->arrivals.note[mark->row];
    size_t word = report_computed(page->scenario, mark->row);
    if (mark->disputed) {
        buf_str(page->out, "<span class=\"disputed\">disputed</span> ");
    }
    if (mark->hiding != REPORT_SHOWN) {
        return;
    }
    if (word > 0) {
        buf_str(page->out, "<span class=\"computed\">");
        html_text(page->out, (struct text){note.at, word});
        buf_str(page->out, "</span>");
    }
    html_text(page->out, (struct text){note.at + word, note.n - word});
}

static void put_mark(struct report_page *page, uint32_t i)
{
    const struct arrivals *arrivals = &page->scenario->arrivals;
    const struct report_mark *mark = &page->view->marks[i];
    struct buf *out = page->out;
    buf_printf(out, "<tr data-row=\"%u\"", i + 1);
    report_from(page, mark->row);
    buf_str(out, "><th scope=\"row\">");
    html_days(out, arrivals->from[mark->row], arrivals->to[mark->row], true);
    buf_str(out, "</th><td>");
    html_text(out, report_country(page->scenario, arrivals->country[mark->row]));
    buf_str(out, "</td><td>");
    report_route(&page->words, page->scenario, arrivals->route[mark->row]);
    report_say(page);
    buf_str(out, "</td><td>");
    report_measure(&page->words, page->scenario, arrivals->measure[mark->row]);
    report_say(page);
    buf_str(out, "</td><td class=\"number\">");
    report_count(out, mark->hiding, mark->value, decimals_of(mark->value));
    buf_str(out, "</td><td class=\"number\">");
    report_count(out, mark->hiding, mark->per_day, decimals_of(mark->per_day));
    buf_str(out, "</td><td>");
    report_cite(page, arrivals->source[mark->row]);
    buf_str(out, "</td><td>");
    put_note(page, mark);
    buf_str(out, "</td></tr>\n");
}

static void put_marks(struct report_page *page, const char *id, const char *caption, uint32_t first,
                      uint32_t n)
{
    static const char *const heads[] = {"Days",     "Country", "Route", "Measure", "#Count",
                                        "#Per day", "Source",  "Note",  NULL};
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data table: %u counts", n);
    report_fold_open(page, summary);
    report_table_open(page, id, caption, heads);
    for (uint32_t i = first; i < first + n; i++) {
        put_mark(page, i);
    }
    report_table_close(page);
    report_fold_close(page);
}

/* Marks of panels [first, last): they lie one behind another in the order of the panels. */
static uint32_t marks_of(const struct report_view *view, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t p = first; p < last; p++) {
        n += view->panels[p].n;
    }
    return n;
}

static void put_span(struct report_page *page)
{
    html_days(page->out, page->view->from, page->view->to, true);
}

static void put_focus(struct report_page *page)
{
    const struct report_view *view = page->view;
    struct buf *out = page->out;
    uint32_t n = marks_of(view, 0, view->n_focus);
    uint32_t first = view->marks[view->panels[0].first].row;
    buf_str(
        out,
        "<figure id=\"figure-series\">\n<div class=\"plot\" data-picture=\"series\" role=\"img\" "
        "aria-label=\"Counts per day, ");
    html_text(out, report_country(page->scenario, page->scenario->arrivals.country[first]));
    buf_str(out, ", ");
    html_span(out, view->from, view->to, true);
    buf_str(out, ". All values are in the table below.\"></div>\n<figcaption>");
    html_text(out, report_country(page->scenario, page->scenario->arrivals.country[first]));
    buf_str(out, ", ");
    put_span(page);
    buf_str(
        out,
        ": counts per day; a count of several days is spread evenly over them. Gross, in and out "
        "apart. The days on which doors changed are marked. Disputed (dashed): sources differ, and "
        "another figure is used.</figcaption>\n");
    put_sources(page, 0, n);
    put_marks(page, "series-table", "Counts of the first picture", 0, n);
    buf_str(out, "</figure>\n");
}

static void put_others(struct report_page *page)
{
    const struct report_view *view = page->view;
    struct buf *out = page->out;
    uint32_t first = marks_of(view, 0, view->n_focus);
    uint32_t n = view->n_marks - first;
    if (n == 0) {
        return;
    }
    buf_printf(out,
               "<figure id=\"figure-others\">\n<div class=\"plot\" data-picture=\"others\" "
               "role=\"img\" aria-label=\"Counts per day of %u other series, ",
               view->n_panels - view->n_focus);
    html_span(out, view->from, view->to, true);
    buf_str(
        out,
        ". All values are in the table below.\"></div>\n<figcaption>Other countries, routes and "
        "measures, each with its own scale from 0 and its highest count written; they are never "
        "added up. Disputed (dashed): sources differ, and another figure is used.</figcaption>\n");
    put_sources(page, first, n);
    put_marks(page, "others-table", "Counts of the second picture", first, n);
    buf_str(out, "</figure>\n");
}

/* What the measures in the pictures count, once each. */
static void put_definitions(struct report_page *page)
{
    const struct report_view *view = page->view;
    struct buf *out = page->out;
    buf_str(out, "<h3>What is counted</h3>\n");
    report_fold_open(page, "Definitions of the measures");
    buf_str(out, "<dl class=\"measures\">\n");
    for (uint32_t p = 0; p < view->n_panels; p++) {
        uint32_t measure = view->panels[p].measure;
        bool seen = false;
        for (uint32_t q = 0; q < p; q++) {
            seen = seen || view->panels[q].measure == measure;
        }
        if (!seen) {
            buf_str(out, "<dt>");
            report_measure(&page->words, page->scenario, measure);
            report_say(page);
            buf_str(out, "</dt><dd>");
            html_text(out, page->scenario->measures.definition[measure]);
            buf_str(out, "</dd>\n");
        }
    }
    buf_str(out, "</dl>\n");
    report_fold_close(page);
}

static void put_list_cell(struct report_page *page, struct text list)
{
    buf_str(page->out, "<td>");
    report_list(&page->words, list);
    report_say(page);
    buf_str(page->out, "</td>");
}

/* A line of a cell that holds several. */
static void put_line(struct report_page *page, const char *what, struct text text)
{
    if (text.n > 0) {
        buf_printf(page->out, "<div><span class=\"what\">%s</span> ", what);
        html_text(page->out, text);
        buf_str(page->out, "</div>");
    }
}

static void put_door(struct report_page *page, uint32_t i)
{
    const struct doors *doors = &page->scenario->doors;
    uint32_t row = page->view->door_rows[i];
    struct buf *out = page->out;
    buf_printf(out, "<tr data-row=\"%u\"><th scope=\"row\">", i + 1);
    html_date(out, doors->from[row]);
    if (doors->to[row] != DATE_NONE) {
        buf_str(out, "<div class=\"what\">until ");
        html_date(out, doors->to[row]);
        buf_str(out, "</div>");
    }
    buf_str(out, "</th><td>");
    html_text(out, report_country(page->scenario, doors->country[row]));
    buf_str(out, "<div class=\"what\">");
    html_text(out, doors->border[row]);
    buf_str(out, "</div></td>");
    put_list_cell(page, doors->refused[row]);
    put_list_cell(page, doors->exempt[row]);
    buf_str(out, "<td>");
    put_line(page, "Basis:", doors->legal_basis[row]);
    put_line(page, "Note:", doors->note[row]);
    buf_str(out, "<div><span class=\"what\">Source:</span> ");
    report_cite(page, doors->source[row]);
    buf_str(out, "</div></td></tr>\n");
}

static void put_doors(struct report_page *page)
{
    static const char *const heads[] = {"In force from", "Country and border",     "Refused",
                                        "Exempt",        "Basis, note and source", NULL};
    char summary[REPORT_HEAD];
    uint32_t n = page->view->n_doors;
    if (n == 0) {
        return;
    }
    buf_str(page->out, "<h3>Doors that changed</h3>\n");
    snprintf(summary, sizeof summary, "Table: %u rule%s that refuse%s somebody", n,
             n == 1 ? "" : "s", n == 1 ? "s" : "");
    report_fold_open(page, summary);
    report_table_open(page, "doors-table",
                      "Rules that refuse somebody and came into force in the days pictured", heads);
    for (uint32_t i = 0; i < n; i++) {
        put_door(page, i);
    }
    report_table_close(page);
    report_fold_close(page);
}

void report_arrivals(struct report_page *page)
{
    buf_str(page->out, "<section id=\"arrivals\" aria-labelledby=\"arrivals-title\">\n"
                       "<h2 id=\"arrivals-title\">Arrivals</h2>\n");
    if (page->view->n_marks == 0) {
        buf_str(page->out, "<p>No counts to show.</p>\n</section>\n");
        return;
    }
    if (page->view->n_focus > 0) {
        put_focus(page);
    }
    put_others(page);
    put_doors(page);
    put_definitions(page);
    buf_str(page->out, "</section>\n");
}
