/* Who stands in the camps of each host country: what AID takes as its stock. */
#include <math.h>

#include "report_conflict_parts.h"

static void put_host(struct conflict_page *page, const struct flow_stock *stock)
{
    struct buf *out = page->page.out;
    bool shown = stock->n_seen > 0 && !stock->hidden;
    buf_str(out, "<tr><th scope=\"row\">");
    conflict_name(page, stock->country);
    buf_str(out, "</th>");
    conflict_number(page, (double)stock->n_camps, 0);
    conflict_number(page, shown ? stock->counted : (double)NAN, 0);
    buf_str(out, "<td>");
    if (shown) {
        date_days start = page->chain->input.world.start;
        html_days(out, start + stock->from, start + stock->to, true);
    } else {
        buf_str(out, stock->hidden ? "withheld: a count under 5 is in it" : "not counted");
    }
    buf_str(out, "</td>");
    conflict_number(page, stock->mean, 0);
    conflict_number(page, stock->p5, 0);
    conflict_number(page, stock->p95, 0);
    buf_str(out, "</tr>\n");
}

void conflict_hosts(struct conflict_page *page)
{
    static const char *const heads[] = {"Host country",
                                        "#Camps",
                                        "#Last counts, sum",
                                        "Counted on",
                                        "#Runs on the last day: mean",
                                        "#p5",
                                        "#p95",
                                        NULL};
    const struct flow_chain *chain = page->chain;
    struct buf *out = page->page.out;
    if (chain->n_stocks == 0) {
        return;
    }
    conflict_open(page, "hosts", "Host countries: who stands where in the end");
    buf_str(out, "<p>People in the camps of each country on ");
    conflict_day(page, chain->plan.n_days - 1);
    buf_str(out, ", <span class=\"computed\">computed</span> by ");
    conflict_say_runs(page);
    buf_str(out, ", beside the sum of the last counts. The sum over all countries follows the "
                 "counts; the split between them is the rules'. A host of the aid "
                 "split with <code>stock: flow</code> takes the mean, with p5 and p95 as its "
                 "range.</p>\n");
    report_table_open(&page->page, "hosts-table",
                      "People in camps by host country; runs computed, mean and nine in ten",
                      heads);
    for (size_t s = 0; s < chain->n_stocks; s++) {
        put_host(page, &chain->stocks[s]);
    }
    report_table_close(&page->page);
    buf_str(out,
            "<p class=\"note\">The same as <a href=\"flow_hosts.csv\">flow_hosts.csv</a>; each "
            "camp with the source of its count: <a href=\"#camps-table\">camps</a>.</p>\n"
            "</section>\n");
}
