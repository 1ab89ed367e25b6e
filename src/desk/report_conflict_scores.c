/* The three tables of scores, each with its question, its baselines and its limits. */
#include <math.h>

#include "report_conflict_parts.h"

static void put_scores(struct conflict_page *page, const struct flow_hindsight *row,
                       bool capacities)
{
    const struct flow_scores *scores = &row->scores[capacities];
    conflict_number(page, scores->ard_rescaled, 3);
    conflict_number(page, scores->ard_normal, 3);
    conflict_number(page, scores->mase7, 2);
    conflict_number(page, scores->mase30, 2);
}

static const char *kind_of(enum flow_score_rule rule)
{
    return rule == SCORE_AGENTS                        ? "the folder's rules"
           : rule == SCORE_CHOICE                      ? "Ajar's own"
           : rule == SCORE_OLD7 || rule == SCORE_OLD30 ? "baseline, looks at the counts"
                                                       : "baseline";
}

static void put_hindsight(struct conflict_page *page)
{
    static const char *const heads[] = {"Rule",
                                        "What it is",
                                        "#Rescaled ARD",
                                        "#Normal ARD",
                                        "#MASE-7",
                                        "#MASE-30",
                                        "#Rescaled ARD, no capacities",
                                        "#Normal ARD, no capacities",
                                        "#MASE-7, no capacities",
                                        "#MASE-30, no capacities",
                                        NULL};
    const struct flow_score_answer *score = &page->chain->score;
    struct buf *out = page->page.out;
    buf_str(out,
            "<h3 id=\"hindsight\">1. Hindsight: which camp, when everything else is known</h3>\n"
            "<p>Every rule gets the same people on the same days and only chooses the camp; the "
            "figure is the mean over days of the misplaced people over all people (0 is right, 2 "
            "is all wrong). <strong>Limit:</strong> the total is the true one and, in the first "
            "four columns, capacities are known that lie close to the highest counts: a low "
            "figure here is no forecast.</p>\n");
    report_table_open(&page->page, "hindsight-table", "Hindsight, computed: lower is better",
                      heads);
    for (size_t i = 0; i < score->n_hindsight; i++) {
        const struct flow_hindsight *row = &score->hindsight[i];
        buf_str(out, "<tr data-rule=\"");
        html_str(out, flow_score_word(row->rule));
        buf_str(out, "\"><th scope=\"row\">");
        html_str(out, flow_score_title(row->rule));
        buf_str(out, "</th><td>");
        html_str(out, kind_of(row->rule));
        buf_str(out, "</td>");
        put_scores(page, row, true);
        put_scores(page, row, false);
        buf_str(out, "</tr>\n");
    }
    report_table_close(&page->page);
    buf_printf(out,
               "<p class=\"note\">ARD: mean relative difference, with the run's people scaled to "
               "the counts (rescaled) or as they are (normal); MASE: error over that of the counts "
               "7 or 30 days ago, as the reference computes it. The agents: mean of %u runs, "
               "one agent for ",
               score->options.seeds);
    html_number(out, page->chain->score_hasten, 0);
    buf_str(out, page->chain->score_hasten == 1 ? " person" : " people");
    buf_str(out, "; their rescaled ARD has a standard deviation of ");
    html_number(out, score->hindsight[SCORE_AGENTS].sd[score->capacities], 4);
    buf_printf(out, ". %zu counts of camps.</p>\n", score->n_reports);
}

static void put_ahead(struct conflict_page *page, const struct flow_horizon *at, size_t n)
{
    buf_printf(page->page.out,
               "<tr data-days=\"%d\"><th scope=\"row\">%d\xC2\xA0"
               "days (%d\xC2\xA0to\xC2\xA0%d)</th><td "
               "class=\"number\">%zu</td>",
               at->days, at->days, at->least, at->most, n);
}

static double there(size_t n, double value)
{
    return n == 0 ? (double)NAN : value;
}

static void put_allocation(struct conflict_page *page)
{
    static const char *const heads[] = {
        "Ahead", "#Counts", "#Error of shares as last known", "#Error of shares as forecast",
        "#Gain", NULL};
    struct buf *out = page->page.out;
    buf_str(out, "<h3 id=\"allocation\">2. Allocation: which camp, when only the total is given"
                 "</h3>\n<p>The total of the day to come is told, its parts are not: the error is "
                 "misplaced people over people, beside that of leaving the shares as they were "
                 "last known. <strong>Limit:</strong> nobody is told tomorrow's total, so this too "
                 "is no forecast; it says whether the shares are worth anything.</p>\n");
    report_table_open(&page->page, "allocation-table",
                      "Allocation given the true total, computed: lower is better", heads);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        const struct flow_horizon *at = &page->chain->score.horizons[h];
        const struct forecast_error *error = &at->allocation;
        put_ahead(page, at, error->n);
        conflict_number(page, there(error->n, error->persistence), 3);
        conflict_number(page, there(error->n, error->error), 3);
        conflict_number(page, there(error->n, error->skill), 3);
        buf_str(out, "</tr>\n");
    }
    report_table_close(&page->page);
}

static void put_horizon(struct conflict_page *page, const struct flow_horizon *at)
{
    size_t n = at->error.n;
    put_ahead(page, at, n);
    conflict_number(page, there(n, at->error.persistence), 3);
    conflict_number(page, there(n, at->error.error), 3);
    conflict_number(page, there(n, at->error.skill), 3);
    conflict_number(page, there(at->total.n, at->total.persistence), 3);
    conflict_number(page, there(at->total.n, at->total.error), 3);
    buf_str(page->page.out, "</tr>\n");
}

static void put_cover(struct conflict_page *page, const struct forecast_cover *cover)
{
    buf_str(page->page.out, "<td class=\"number\">");
    report_percent(page->page.out, there(cover->n, (double)cover->inside / (double)cover->n), 0);
    buf_str(page->page.out, "</td>");
    conflict_number(page, there(cover->n, cover->score), 3);
}

static void put_bands(struct conflict_page *page)
{
    static const char *const heads[] = {"Ahead",
                                        "#Counts",
                                        "#Last count: inside its band",
                                        "#Last count: interval score",
                                        "#Forecast: inside its band",
                                        "#Forecast: interval score",
                                        NULL};
    report_table_open(&page->page, "bands-table",
                      "Bands of 80 % around the forecast and around the last known count, computed",
                      heads);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        const struct flow_horizon *at = &page->chain->score.horizons[h];
        put_ahead(page, at, at->cover.n);
        put_cover(page, &at->plain);
        put_cover(page, &at->cover);
        buf_str(page->page.out, "</tr>\n");
    }
    report_table_close(&page->page);
}

static void put_forecast(struct conflict_page *page)
{
    static const char *const heads[] = {"Ahead",
                                        "#Counts",
                                        "#Error of the last known count",
                                        "#Error of the forecast",
                                        "#Skill",
                                        "#Total: error of the last count",
                                        "#Total: error of the forecast",
                                        NULL};
    const struct flow_score_answer *score = &page->chain->score;
    struct buf *out = page->page.out;
    buf_str(out, "<h3 id=\"forecast\">3. Forecast: from what was known</h3>\n<p>On every 30th day "
                 "only rows known by then are read, a count ");
    if (score->options.lag == 0) {
        buf_str(out, "from the day that it is known");
    } else {
        buf_printf(out, "%d days after it is known", score->options.lag);
    }
    buf_str(out,
            ", and each camp's count to come is told, the total too. Skill is 1 less the error "
            "over that of the last known count: above 0 is better than saying that nothing "
            "changes. <strong>Limit:</strong> ");
    buf_str(out,
            score->fitted_here
                ? "the rules were fitted on the seven other shared conflicts, this one left "
                  "out"
                : "the rules were fitted on the eight shared conflicts, of which this is none");
    buf_str(out, "; a conflict that goes another way than those will break them, and with few "
                 "counts the figures say little.</p>\n");
    report_table_open(&page->page, "forecast-table",
                      "Forecast of each camp's count at its own date, computed", heads);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        put_horizon(page, &score->horizons[h]);
    }
    report_table_close(&page->page);
    put_bands(page);
    buf_str(out,
            "<p class=\"note\">Errors are people off over people counted. A band of 80 % should "
            "hold eight counts of ten; bands are quantiles of errors in other conflicts. The "
            "interval score (Gneiting and Raftery 2007) is the width of the band and ten times "
            "what counts lie outside it, over people counted: lower is better.</p>\n");
}

void conflict_scores(struct conflict_page *page)
{
    struct buf *out = page->page.out;
    conflict_open(page, "scores", page->inside ? "How near the runs come to the counts" : "Scores");
    if (!page->chain->scored) {
        buf_str(out, "<p>No camp has a report on a day of the run: there is nothing to score by."
                     "</p>\n</section>\n");
        return;
    }
    buf_str(out, "<p>Three questions that know more and more of the answer the further up they "
                 "stand. A figure of one table says nothing about another.</p>\n");
    put_hindsight(page);
    put_allocation(page);
    put_forecast(page);
    buf_str(out, "<p class=\"note\">All figures: <a href=\"flow_scores.csv\">flow_scores.csv</a>."
                 "</p>\n</section>\n");
}
