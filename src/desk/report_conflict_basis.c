/* What was run, what the reader of the folder says, terms and limits. */
#include "report_conflict_parts.h"

static void put_param(struct conflict_page *page, const struct flow_param *at)
{
    struct buf *out = page->page.out;
    char number[NUM_TEXT];
    double value = flow_param_get(&page->chain->input.params, at);
    num_format(value, number);
    buf_str(out, "<tr><th scope=\"row\">");
    html_str(out, at->name);
    buf_str(out, "</th><td class=\"number\">");
    html_str(out, at->kind != FLOW_PARAM_BOOL ? number : value > 0 ? "yes" : "no");
    buf_str(out, "</td></tr>\n");
}

static void put_params(struct conflict_page *page)
{
    static const char *const heads[] = {"Parameter", "#Value", NULL};
    report_fold_open(&page->page, "Table: the parameters");
    report_table_open(&page->page, "params-table", "Parameters of the runs, from flow/flow.yaml",
                      heads);
    for (size_t i = 0; i < flow_param_count; i++) {
        put_param(page, &flow_param_list[i]);
    }
    report_table_close(&page->page);
    report_fold_close(&page->page);
}

static void put_said(struct conflict_page *page)
{
    const struct flow_said *said = &page->chain->said;
    struct buf *out = page->page.out;
    if (said->total == 0) {
        return;
    }
    buf_printf(out,
               "<p>The reader of the folder has %llu thing%s to say about its rows; it refuses "
               "none of them.</p>\n",
               (unsigned long long)said->total, said->total == 1 ? "" : "s");
    report_fold_open(&page->page, "List: what the reader says");
    buf_str(out, "<ul>\n");
    for (size_t i = 0; i < said->n; i++) {
        buf_str(out, "<li>");
        html_text(out, said->at[i]);
        buf_str(out, "</li>\n");
    }
    buf_str(out, "</ul>\n");
    if (said->total > said->n) {
        buf_printf(out, "<p class=\"note\">The first %zu of them.</p>\n", said->n);
    }
    report_fold_close(&page->page);
}

static void put_run(struct conflict_page *page)
{
    const struct flow_chain *chain = page->chain;
    struct buf *out = page->page.out;
    conflict_open(page, "basis", page->inside ? "What the conflict was run with" : "What was run");
    buf_str(out, "<p>Rules: ");
    buf_str(out, chain->input.params.rules == FLOW_RULES_FLEE
                     ? "those of the reference, Flee, with its faults"
                     : "Ajar's own");
    buf_str(out, ". Map and camps: ");
    conflict_say_runs(page);
    buf_str(out, ". The flows of the map are the mean of all of them, not one of them. The "
                 "scores have runs of their own, of agents one by one.</p>\n");
    put_params(page);
    put_said(page);
    buf_str(out,
            "<p>Beside this page: <a href=\"flow_camps.csv\">flow_camps.csv</a> (each camp "
            "and day: counted, and the fan), <a href=\"flow_links.csv\">flow_links.csv</a> "
            "(people by way and day), <a href=\"flow_hosts.csv\">flow_hosts.csv</a> (people in "
            "the camps of each host country)");
    buf_str(out, chain->scored ? ", <a href=\"flow_scores.csv\">flow_scores.csv</a>" : "");
    buf_str(out, ".</p>\n");
}

static void put_limits(struct conflict_page *page)
{
    buf_str(page->page.out,
            "<h3>Limits</h3>\n<ul>\n<li>Counts are of people registered, not of people there; a "
            "new count of a camp can move it by half.</li>\n<li>Between two reports nothing is "
            "known: the dashed rings on the map lie on a straight line, the points of the fans do "
            "not.</li>\n<li>Days of conflict are the folder's; places without a row may burn all "
            "the same.</li>\n<li>No person is in this data, and none may be looked for in it: an "
            "agent is a number of people who are alike. Counts under 5 are not shown.</li>\n"
            "<li>Not for turning people back: a way on the map is a guess by a rule, not a place "
            "where somebody was seen.</li>\n</ul>\n</section>\n");
}

static void put_terms(struct conflict_page *page)
{
    struct buf *out = page->page.out;
    buf_str(out,
            "<section id=\"terms\" aria-labelledby=\"terms-title\">\n<h2 id=\"terms-title\">Terms, "
            "reproduction and limits</h2>\n<h3>Terms</h3>\n<ul>\n<li>Country shapes: Natural "
            "Earth, public domain.</li>\n<li>Places, roads and counts are the folder's, with the "
            "file or source that each row names; what their sources ask for holds for whoever "
            "passes them on.</li>\n<li>The program: Ajar, Apache-2.0. The page draws with "
            "Observable Plot, D3 (ISC) and TopoJSON (ISC).</li>\n</ul>\n<h3>How to make this "
            "again</h3>\n<p>The same folder, options, seed and version give the same bytes, with "
            "any number of threads.</p>\n<pre><code>");
    html_str(out, page->page.meta->command);
    buf_str(out, "</code></pre>\n<p>Ajar ");
    html_str(out, page->page.meta->version);
    buf_printf(out, ", seed %llu. Folder: ", (unsigned long long)page->page.meta->seed);
    html_str(out, page->chain->input.name);
    buf_str(out, ".</p>\n");
}

void conflict_basis(struct conflict_page *page)
{
    put_run(page);
    if (!page->inside) {
        buf_str(page->page.out, "</section>\n");
        put_terms(page);
    }
    put_limits(page);
}
