/* The back of the page: contradictions, assumptions, sources, terms, limits. */
#include <string.h>

#include "report_parts.h"

static void put_section(struct report_page *page, const char *id, const char *title)
{
    buf_printf(page->out,
               "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n",
               id, id, id, title);
}

static void put_text_cell(struct report_page *page, struct text text)
{
    buf_str(page->out, "<td>");
    html_text(page->out, text);
    buf_str(page->out, "</td>");
}

/* "a" alone tells a reader nothing: the source that is followed does. */
static void put_reading(struct report_page *page, size_t i)
{
    const struct contradictions *rows = &page->scenario->contradictions;
    struct text reading = scenario_name(page->scenario, rows->reading[i]);
    name_id follows = text_is(reading, "a")   ? rows->source_a[i]
                      : text_is(reading, "b") ? rows->source_b[i]
                                              : 0;
    buf_str(page->out, "<td>");
    if (follows != 0) {
        report_cite(page, follows);
    } else if (text_is(reading, "a") || text_is(reading, "b")) {
        buf_str(page->out, "the other statement");
    } else {
        html_text(page->out, reading);
    }
    buf_str(page->out, "</td>");
}

static void put_contradictions(struct report_page *page)
{
    static const char *const heads[] = {
        "Topic", "How they differ", "Reading used", "Used in", "Why", NULL};
    const struct contradictions *rows = &page->scenario->contradictions;
    struct buf *out = page->out;
    put_section(page, "contradictions", "Contradictions");
    if (rows->n == 0) {
        buf_str(out, "<p>None is declared. Two sources that give different figures for the same "
                     "thing would be: the check of the scenario asks for it.</p>\n</section>\n");
        return;
    }
    buf_printf(
        out,
        "<p>%zu pair%s of statements that cannot both be right, or that a reader would stumble "
        "on. None is hidden; where a figure is read one way, the other stands here.</p>\n",
        rows->n, rows->n == 1 ? "" : "s");
    report_fold_open(page, "Table: the contradictions");
    report_table_open(page, "contradictions-table", "Contradictions declared", heads);
    for (size_t i = 0; i < rows->n; i++) {
        buf_str(out, "<tr id=\"contradiction-");
        html_id(out, scenario_name(page->scenario, rows->id[i]));
        buf_str(out, "\"><th scope=\"row\">");
        html_text(out, rows->topic[i]);
        buf_str(out, "</th>");
        put_text_cell(page, rows->difference[i]);
        put_reading(page, i);
        put_text_cell(page, rows->used_in[i]);
        put_text_cell(page, rows->why[i]);
        buf_str(out, "</tr>\n");
    }
    report_table_close(page);
    report_fold_close(page);
    buf_str(out, "</section>\n");
}

static int decimals_of(double value)
{
    return value == (double)(int64_t)value ? 0 : 3;
}

static void put_number_cell(struct report_page *page, double value)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, value, decimals_of(value));
    buf_str(page->out, "</td>");
}

static void put_assumption(struct report_page *page, size_t i)
{
    const struct assumptions *rows = &page->scenario->assumptions;
    struct buf *out = page->out;
    buf_str(out, "<tr id=\"assumption-");
    html_id(out, scenario_name(page->scenario, rows->id[i]));
    buf_str(out, "\"><th scope=\"row\">");
    html_text(out, scenario_name(page->scenario, rows->id[i]));
    buf_str(out, "</th>");
    put_text_cell(page, report_country(page->scenario, rows->country[i]));
    buf_str(out, "<td>");
    report_list(&page->words, scenario_name(page->scenario, rows->quantity[i]));
    report_say(page);
    buf_str(out, "</td>");
    put_number_cell(page, rows->low[i]);
    put_number_cell(page, rows->central[i]);
    put_number_cell(page, rows->high[i]);
    put_text_cell(page, scenario_name(page->scenario, rows->unit[i]));
    put_text_cell(page, rows->reason[i]);
    buf_str(out, "</tr>\n");
}

static void put_assumptions(struct report_page *page)
{
    static const char *const heads[] = {"Id",    "Country", "Quantity", "#Low", "#Central",
                                        "#High", "Unit",    "Reason",   NULL};
    size_t n = page->scenario->assumptions.n;
    put_section(page, "assumptions", "Assumptions");
    if (n == 0) {
        buf_str(page->out, "<p>None: every figure has a source.</p>\n</section>\n");
        return;
    }
    buf_printf(page->out,
               "<p>%zu figure%s that no source gives. Each has a range and a reason; none is a "
               "measurement.</p>\n",
               n, n == 1 ? "" : "s");
    report_fold_open(page, "Table: the assumptions");
    report_table_open(page, "assumptions-table", "Figures that no source gives", heads);
    for (size_t i = 0; i < n; i++) {
        put_assumption(page, i);
    }
    report_table_close(page);
    report_fold_close(page);
    buf_str(page->out, "</section>\n");
}

static void put_source(struct report_page *page, uint32_t row)
{
    const struct sources *sources = &page->scenario->sources;
    struct buf *out = page->out;
    buf_str(out, "<li id=\"source-");
    html_id(out, scenario_name(page->scenario, sources->id[row]));
    buf_str(out, "\">");
    html_text(out, sources->publisher[row]);
    buf_str(out, ": <cite>");
    html_text(out, sources->title[row]);
    buf_str(out, "</cite>, ");
    html_date_partial(out, sources->date[row]);
    if (sources->url[row].n > 0) {
        struct text url = sources->url[row];
        bool link = text_starts(url, "https://") || text_starts(url, "http://");
        buf_str(out, link ? ". <a rel=\"noopener noreferrer\" href=\"" : ". ");
        if (link && html_href(out, url)) {
            buf_str(out, "\">");
        }
        html_text(out, url);
        buf_str(out, link ? "</a>" : "");
    }
    buf_str(out, "</li>\n");
}

static void put_sources(struct report_page *page)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < page->scenario->sources.n; i++) {
        n += page->cited[i];
    }
    put_section(page, "sources", "Sources");
    buf_printf(page->out,
               "<p>The %u source%s that this page refers to; <a href=\"sources.csv\">sources.csv"
               "</a> has all %zu of the scenario. The links are for you to follow: the page "
               "itself opens none.</p>\n",
               n, n == 1 ? "" : "s", page->scenario->sources.n);
    report_fold_open(page, "List: the sources");
    buf_str(page->out, "<ol class=\"sources\">\n");
    for (uint32_t i = 0; i < page->scenario->sources.n; i++) {
        if (page->cited[i]) {
            put_source(page, i);
        }
    }
    buf_str(page->out, "</ol>\n");
    report_fold_close(page);
    buf_str(page->out, "</section>\n");
}

void report_unknown(struct report_page *page)
{
    put_contradictions(page);
    put_assumptions(page);
}

void report_look_up(struct report_page *page)
{
    put_sources(page);
    report_terms(page);
}
