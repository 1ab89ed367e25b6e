/* The days of a conflict on a map, and the same in tables: ways, months. */
#include <math.h>
#include <stdlib.h>

#include "report_conflict_parts.h"

#define MAP_WAYS 60 /* rows of the table; flow_links.csv has all */

/* One direction of a way over the whole run. */
struct way_sum {
    uint32_t from, to;
    size_t way;
    double total, most;
    int32_t most_day;
};

static int by_total(const void *left, const void *right)
{
    const struct way_sum *a = left, *b = right;
    if (a->total > b->total || a->total < b->total) {
        return a->total < b->total ? 1 : -1;
    }
    return a->way != b->way ? (a->way > b->way ? 1 : -1)
                            : (a->from > b->from) - (a->from < b->from);
}

static struct way_sum sum_way(const struct flow_chain *chain, size_t way, bool there)
{
    const double *people = there ? chain->there : chain->back;
    const struct flow_way_seen *at = &chain->ways[way];
    struct way_sum sum = {.from = there ? at->a : at->b, .to = there ? at->b : at->a, .way = way};
    for (int32_t day = 0; day < chain->plan.n_days; day++) {
        double here = people[(size_t)day * chain->n_ways + way];
        sum.total += here;
        if (here > sum.most) {
            sum.most = here;
            sum.most_day = day;
        }
    }
    return sum;
}

static void put_way(struct conflict_page *page, const struct way_sum *sum)
{
    const struct flow_chain *chain = page->chain;
    struct buf *out = page->page.out;
    buf_str(out, "<tr><th scope=\"row\">");
    conflict_name(page, chain->input.world.places[sum->from].name);
    buf_str(out, " \xE2\x86\x92 ");
    conflict_name(page, chain->input.world.places[sum->to].name);
    buf_str(out, "</th>");
    conflict_number(page, sum->total, 0);
    conflict_number(page, sum->most, 0);
    buf_str(out, "<td>");
    conflict_day(page, sum->most_day);
    buf_str(out, "</td>");
    conflict_number(page, chain->ways[sum->way].km, 0);
    buf_str(out, "<td>");
    html_text(out, chain->ways[sum->way].source);
    buf_str(out, "</td></tr>\n");
}

static void put_ways(struct conflict_page *page)
{
    static const char *const heads[] = {
        "Way", "#People in all", "#Most in a day", "On", "#km", "Source of km", NULL};
    const struct flow_chain *chain = page->chain;
    struct way_sum *sums = arena_new(page->arena, struct way_sum, 2 * chain->n_ways, NULL);
    size_t n = 0;
    for (size_t way = 0; sums != NULL && way < chain->n_ways; way++) {
        sums[n++] = sum_way(chain, way, true);
        sums[n++] = sum_way(chain, way, false);
    }
    if (sums != NULL) {
        qsort(sums, n, sizeof *sums, by_total);
    }
    report_fold_open(&page->page, "Data table: the ways with most people");
    report_table_open(&page->page, "ways-table",
                      "People who set out on each way, mean of the runs, computed", heads);
    for (size_t i = 0; i < n && i < MAP_WAYS && sums[i].total >= 1; i++) {
        put_way(page, &sums[i]);
    }
    report_table_close(&page->page);
    buf_str(page->page.out,
            "<p class=\"note\">Somebody who passes three towns sets out on four ways, so these "
            "figures are not to be added. All ways by day: <a "
            "href=\"flow_links.csv\">flow_links.csv</a>.</p>\n");
    report_fold_close(&page->page);
}

/* The way with most people on the days [from, to). */
static void put_busiest(struct conflict_page *page, int32_t from, int32_t to)
{
    const struct flow_chain *chain = page->chain;
    struct way_sum best = {0};
    for (size_t way = 0; way < chain->n_ways; way++) {
        double there = 0, back = 0;
        for (int32_t day = from; day < to; day++) {
            there += chain->there[(size_t)day * chain->n_ways + way];
            back += chain->back[(size_t)day * chain->n_ways + way];
        }
        const struct flow_way_seen *at = &chain->ways[way];
        if (there > best.total) {
            best = (struct way_sum){.from = at->a, .to = at->b, .total = there};
        }
        if (back > best.total) {
            best = (struct way_sum){.from = at->b, .to = at->a, .total = back};
        }
    }
    buf_str(page->page.out, "<td>");
    if (best.total >= 1) {
        conflict_name(page, chain->input.world.places[best.from].name);
        buf_str(page->page.out, " \xE2\x86\x92 ");
        conflict_name(page, chain->input.world.places[best.to].name);
        buf_str(page->page.out, ", ");
        html_number(page->page.out, best.total, 0);
    }
    buf_str(page->page.out, "</td>");
}

static void put_fighting(struct conflict_page *page, int32_t day)
{
    const struct flow_plan *plan = &page->chain->plan;
    bool any = false;
    buf_str(page->page.out, "<td>");
    for (size_t p = 0; p < plan->n_places; p++) {
        if (plan->type[(size_t)day * plan->n_places + p] == FLOW_CONFLICT) {
            buf_str(page->page.out, any ? ", " : "");
            conflict_name(page, page->chain->input.world.places[p].name);
            any = true;
        }
    }
    buf_str(page->page.out, "</td>");
}

static void put_month(struct conflict_page *page, int32_t from, int32_t to)
{
    const struct flow_chain *chain = page->chain;
    double left = 0, stand = 0;
    for (int32_t day = from; day < to; day++) {
        left += (double)chain->plan.spawn[day] * chain->input.params.hasten;
    }
    for (size_t c = 0; c < chain->plan.n_camps; c++) {
        stand += chain->camps.mean[c * (size_t)chain->camps.n_days + (size_t)to - 1];
    }
    buf_str(page->page.out, "<tr><th scope=\"row\">");
    html_days(page->page.out, chain->input.world.start + from, chain->input.world.start + to - 1,
              true);
    buf_str(page->page.out, "</th>");
    conflict_number(page, left, 0);
    conflict_number(page, stand, 0);
    put_busiest(page, from, to);
    put_fighting(page, to - 1);
    buf_str(page->page.out, "</tr>\n");
}

static void put_months(struct conflict_page *page)
{
    static const char *const heads[] = {"Days",
                                        "#People who left home",
                                        "#In camps at the end",
                                        "Way with most people",
                                        "Places of conflict on the last day",
                                        NULL};
    size_t n;
    const int32_t *days = conflict_months(page, &n);
    int32_t from = 0, end = page->chain->plan.n_days;
    report_fold_open(&page->page, "Data table: the map by month");
    report_table_open(&page->page, "months-table",
                      "The map month by month, mean of the runs, computed", heads);
    for (size_t i = 0; i <= n && from < end; i++) {
        int32_t to = i < n && days[i] < end - 1 ? days[i] : end;
        if (to > from) {
            put_month(page, from, to);
            from = to;
        }
    }
    report_table_close(&page->page);
    report_fold_close(&page->page);
}

void conflict_map(struct conflict_page *page)
{
    struct buf *out = page->page.out;
    conflict_open(page, "map", "Map: who moved on which day");
    buf_str(out,
            "<figure id=\"figure-conflict\">\n<div "
            "id=\"conflict-controls\" hidden></div>\n<div class=\"plot\" "
            "data-picture=\"conflict\" role=\"img\" aria-label=\"Map of the ways that people took "
            "and the camps where they stood, by day. The tables below have the same by month and "
            "by way.\"></div>\n<div id=\"conflict-said\" aria-live=\"polite\" hidden></div>\n"
            "<figcaption>Arrows: people who set out on a way that day, in the direction that the "
            "arrow points; the wider, the more. Discs: people in camps, by area. Both are "
            "<span class=\"computed\">computed</span>: the mean of ");
    conflict_say_runs(page);
    buf_str(out, ". A dashed ring is what was counted in the camp, on a line between two reports. "
                 "Places, ways and what was shut come from the folder flow/ of the scenario; "
                 "straight lines stand for roads. Country shapes: Natural Earth, public domain, "
                 "for orientation.</figcaption>\n");
    put_months(page);
    put_ways(page);
    buf_str(out, "</figure>\n</section>\n");
}
