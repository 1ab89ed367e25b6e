/* Camps: what was counted beside the fan of the runs. */
#include <math.h>

#include "report_conflict_parts.h"

#define CAMP_ROWS 600 /* of the table by month; flow_camps.csv has all days */

static void put_name(struct conflict_page *page, uint32_t camp)
{
    const struct flow_place *place =
        &page->chain->input.world.places[page->chain->seen[camp].place];
    buf_str(page->page.out, "<tr><th scope=\"row\">");
    conflict_name(page, place->name);
    buf_str(page->page.out, "</th>");
}

static double camp_at(const double *of, const struct flow_chain *chain, uint32_t camp, int32_t day)
{
    return of[(size_t)camp * (size_t)chain->camps.n_days + (size_t)day];
}

/* The day of the last count with its source below, and what the runs say of that day. */
static void put_last(struct conflict_page *page, uint32_t camp)
{
    const struct flow_chain *chain = page->chain;
    const struct flow_camp_seen *seen = &chain->seen[camp];
    double *const *quantile = chain->camps.quantile;
    struct buf *out = page->page.out;
    if (seen->n == 0) {
        buf_str(out, "<td class=\"number\">none</td><td></td><td></td><td></td>");
        return;
    }
    const struct flow_point_seen *last = &seen->at[seen->n - 1];
    conflict_number(page, last->hidden ? (double)NAN : last->count, 0);
    buf_str(out, "<td>");
    conflict_day(page, last->day);
    buf_str(out, last->hidden     ? " (under 5)"
                 : last->computed ? " <span class=\"computed\">computed</span>"
                                  : "");
    buf_str(out, "<div class=\"what\">");
    html_text(out, last->source);
    buf_str(out, "</div></td>");
    conflict_number(page, camp_at(quantile[ENSEMBLE_P50], chain, camp, last->day), 0);
    buf_str(out, "<td class=\"number\">");
    html_number(out, camp_at(quantile[ENSEMBLE_P5], chain, camp, last->day), 0);
    buf_str(out, " to ");
    html_number(out, camp_at(quantile[ENSEMBLE_P95], chain, camp, last->day), 0);
    buf_str(out, "</td>");
}

static void put_camp(struct conflict_page *page, uint32_t camp)
{
    const struct ensemble_summary *fans = &page->chain->camps;
    const struct flow_place *place =
        &page->chain->input.world.places[page->chain->seen[camp].place];
    struct buf *out = page->page.out;
    buf_str(out, "<tr><th scope=\"row\">");
    conflict_name(page, place->name);
    buf_str(out, "<div class=\"what\">");
    conflict_name(page, place->country);
    buf_str(out, "</div></th>");
    conflict_number(page, place->capacity < 0 ? (double)NAN : (double)place->capacity, 0);
    put_last(page, camp);
    buf_str(out, "<td class=\"number\">");
    report_percent(out, fans->covered80[camp], 0);
    buf_printf(out, " of %zu</td>", fans->n_reports[camp]);
    conflict_number(page, fans->crps[camp], 0);
    conflict_number(page, fans->crps_one[camp], 0);
    buf_str(out, "</tr>\n");
}

static void put_camps(struct conflict_page *page)
{
    static const char *const heads[] = {"Camp",
                                        "#Capacity as stated",
                                        "#Last count",
                                        "Counted on, source",
                                        "#Runs that day: median",
                                        "#p5 to p95",
                                        "#Counts inside p10 to p90",
                                        "#CRPS, people",
                                        "#Error of the median",
                                        NULL};
    report_fold_open(&page->page, "Data table: the camps, the largest first");
    report_table_open(&page->page, "camps-table",
                      "Camps: the last count beside the runs of that day", heads);
    for (uint32_t i = 0; i < page->chain->plan.n_camps; i++) {
        put_camp(page, page->chain->by_size[i]);
    }
    report_table_close(&page->page);
    buf_str(page->page.out,
            "<p class=\"note\">CRPS is the mean error of the whole fan over the days counted, in "
            "people (the fair form of Ferro 2014); beside it the mean error of its median alone. "
            "Runs are <span class=\"computed\">computed</span>.</p>\n");
    report_fold_close(&page->page);
}

static const struct flow_point_seen *seen_on(const struct flow_camp_seen *camp, int32_t day)
{
    for (size_t i = 0; i < camp->n; i++) {
        if (camp->at[i].day == day) {
            return &camp->at[i];
        }
    }
    return NULL;
}

static void put_day(struct conflict_page *page, uint32_t camp, int32_t day)
{
    static const int quantiles[] = {ENSEMBLE_P5, ENSEMBLE_P25, ENSEMBLE_P50, ENSEMBLE_P75,
                                    ENSEMBLE_P95};
    const struct flow_chain *chain = page->chain;
    const struct flow_point_seen *seen = seen_on(&chain->seen[camp], day);
    put_name(page, camp);
    buf_str(page->page.out, "<td>");
    conflict_day(page, day);
    buf_str(page->page.out, "</td>");
    conflict_number(page, seen == NULL || seen->hidden ? (double)NAN : seen->count, 0);
    conflict_number(page, camp_at(chain->camps.mean, chain, camp, day), 0);
    for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++) {
        conflict_number(page, camp_at(chain->camps.quantile[quantiles[q]], chain, camp, day), 0);
    }
    buf_str(page->page.out, "</tr>\n");
}

static void put_days(struct conflict_page *page)
{
    static const char *const heads[] = {"Camp", "Day",  "#Counted", "#Mean", "#p5",
                                        "#p25", "#p50", "#p75",     "#p95",  NULL};
    size_t n, rows = 0;
    const int32_t *days = conflict_months(page, &n);
    report_fold_open(&page->page, "Data table: the fans by month");
    report_table_open(&page->page, "fans-table",
                      "People in each camp on the first of each month; runs computed", heads);
    for (uint32_t i = 0; i < page->chain->plan.n_camps; i++) {
        for (size_t k = 0; k < n && rows < CAMP_ROWS; k++, rows++) {
            put_day(page, page->chain->by_size[i], days[k]);
        }
    }
    report_table_close(&page->page);
    buf_str(page->page.out,
            "<p class=\"note\">All days, with the source of each count: <a "
            "href=\"flow_camps.csv\">flow_camps.csv</a>. A dash: not counted on that day.</p>\n");
    report_fold_close(&page->page);
}

void conflict_camps(struct conflict_page *page)
{
    const struct flow_chain *chain = page->chain;
    struct buf *out = page->page.out;
    conflict_open(page, "camps", "Camps: what was counted, what the runs say");
    buf_str(out,
            "<figure id=\"figure-fans\">\n<div "
            "id=\"fans-controls\" hidden></div>\n<div class=\"plot\" data-picture=\"fans\" "
            "role=\"img\" aria-label=\"Counts of each camp beside the range of the runs. All "
            "values are in the tables below.\"></div>\n<figcaption>Points are counts on the day "
            "that they are for, as corrected later. Line and bands: <span "
            "class=\"computed\">computed</span>, ");
    conflict_say_runs(page);
    buf_str(out, "; median, half of the runs (p25 to p75), nine in ten (p5 to p95)");
    for (size_t i = 0; i < chain->options.n_ranges; i++) {
        const struct ensemble_range *range = &chain->options.ranges[i];
        buf_printf(out, "%s %s %.4g to %.4g",
                   i == 0 ? ". Besides chance, what these are is assumed, half to twice what the "
                            "folder says:"
                          : ",",
                   range->param->name, range->low, range->high);
    }
    buf_str(out, ". <strong>What the runs knew:</strong> ");
    buf_str(out, chain->input.params.sum_from_camps
                     ? "how many people came in all on each day, from these same counts"
                     : "how many people came in all on each day, from the total series");
    buf_str(out, chain->input.params.insert_day0 ? "; who stood in each camp at the start" : "");
    if (conflict_capacities(chain)) {
        char scaling[NUM_TEXT];
        num_format(chain->input.params.capacity_scaling, scaling);
        buf_printf(out,
                   "; capacities as the data states them, mostly undated and close to the highest "
                   "counts; the rules take %s times as many",
                   scaling);
    }
    buf_str(out, ". Each picture has its own scale.</figcaption>\n");
    put_camps(page);
    put_days(page);
    buf_str(out, "</figure>\n</section>\n");
}
