/* The first section of a conflict's page: what was counted, how near the runs come, what not to read in it. */
#include <math.h>

#include "report_conflict_parts.h"

int conflict_best_baseline(const struct flow_score_answer *score, bool capacities)
{
    int best = -1;
    for (size_t i = 0; i < score->n_hindsight; i++) {
        const struct flow_hindsight *row = &score->hindsight[i];
        double here = row->scores[capacities].ard_rescaled;
        bool baseline = row->rule >= SCORE_NEAREST && row->rule <= SCORE_GRAVITY;
        if (baseline && !isnan(here) &&
            (best < 0 || here < score->hindsight[best].scores[capacities].ard_rescaled)) {
            best = (int)i;
        }
    }
    return best;
}

/* Sum over the camps of the last count of each, and of the runs' mean on the last day. */
static void put_totals(struct buf *out, const struct flow_chain *chain)
{
    double counted = 0, run = 0;
    int32_t first = INT32_MAX, last = -1;
    for (uint32_t c = 0; c < chain->plan.n_camps; c++) {
        const struct flow_camp_seen *seen = &chain->seen[c];
        run += chain->camps.mean[((size_t)c + 1) * (size_t)chain->camps.n_days - 1];
        if (seen->n > 0) {
            int32_t day = seen->at[seen->n - 1].day;
            counted += seen->at[seen->n - 1].count;
            first = day < first ? day : first;
            last = day > last ? day : last;
        }
    }
    if (last < 0) {
        buf_str(out, "No camp was counted on a day of the run. ");
    } else {
        buf_str(out, "<strong>");
        html_number(out, counted, 0);
        buf_str(out, "</strong> people stood in the camps by their <a href=\"#camps-table\">last "
                     "counts</a>, ");
        html_days(out, chain->input.world.start + first, chain->input.world.start + last, true);
        buf_str(out, ". ");
    }
    buf_str(out, "The runs put ");
    html_number(out, run, 0);
    buf_str(out, " there on the last day <span class=\"computed\">computed</span>");
    buf_str(out, last < 0 ? "."
                          : ": their total follows the counts, so only the split between camps "
                            "says anything about the rules.");
}

static void put_headline(struct conflict_page *page)
{
    buf_str(page->page.out, "<p class=\"headline\">");
    put_totals(page->page.out, page->chain);
    buf_str(page->page.out, "</p>\n");
}

void report_conflict_brief(struct buf *out, const struct flow_chain *chain)
{
    buf_str(out, "<li>");
    put_totals(out, chain);
    buf_str(out, " <a class=\"cite\" href=\"#conflict-answer\">Where people go</a></li>\n");
}

static void put_ard(struct buf *out, double value)
{
    html_number(out, value, 3);
}

static void put_hindsight(struct conflict_page *page)
{
    const struct flow_score_answer *score = &page->chain->score;
    bool capacities = score->capacities;
    struct buf *out = page->page.out;
    int best = conflict_best_baseline(score, capacities);
    buf_str(out, "<li><a href=\"#hindsight\">Hindsight</a>: which camp, when the total is given. "
                 "Mean relative error of the own choice ");
    put_ard(out, score->hindsight[SCORE_CHOICE].scores[capacities].ard_rescaled);
    buf_str(out, ", of the agents ");
    put_ard(out, score->hindsight[SCORE_AGENTS].scores[capacities].ard_rescaled);
    if (best >= 0) {
        buf_str(out, ", of the best simple rule (");
        html_str(out, flow_score_title(score->hindsight[best].rule));
        buf_str(out, ") ");
        put_ard(out, score->hindsight[best].scores[capacities].ard_rescaled);
    }
    buf_printf(out, "%s.</li>\n", capacities ? "; all of them know capacities" : "");
}

static void put_forecast(struct conflict_page *page)
{
    const struct flow_horizon *month = &page->chain->score.horizons[FORECAST_MONTH];
    struct buf *out = page->page.out;
    buf_str(out, "<li><a href=\"#forecast\">Forecast</a> ");
    if (month->error.n == 0) {
        buf_printf(out, "%d days ahead: no report to score it by.</li>\n", month->days);
        return;
    }
    buf_printf(out, "%d days ahead, from what was known: error ", month->days);
    put_ard(out, month->error.error);
    buf_str(out, ", beside ");
    put_ard(out, month->error.persistence);
    buf_printf(out, " of the last known count (%s, over %zu report%s).</li>\n",
               month->error.error < month->error.persistence ? "better" : "not better",
               month->error.n, month->error.n == 1 ? "" : "s");
}

static void put_allocation(struct conflict_page *page)
{
    const struct flow_horizon *month = &page->chain->score.horizons[FORECAST_MONTH];
    struct buf *out = page->page.out;
    if (month->allocation.n == 0) {
        return;
    }
    buf_printf(out,
               "<li><a href=\"#allocation\">Allocation</a> %d days ahead, when only the total is "
               "given: error ",
               month->days);
    put_ard(out, month->allocation.error);
    buf_str(out, ", beside ");
    put_ard(out, month->allocation.persistence);
    buf_str(out, " of the shares as last known.</li>\n");
}

static void put_cautions(struct conflict_page *page)
{
    struct buf *out = page->page.out;
    buf_str(out,
            "<ul class=\"cautions\">\n<li>The map and the fans are no forecast: the runs were told "
            "how many people came, and on which day");
    buf_str(out, conflict_capacities(page->chain)
                     ? ", and capacities that lie close to the highest counts"
                     : "");
    buf_str(out, ".</li>\n<li>A fan shows what chance does to the runs, and not knowing four "
                 "parameters, which vary between half and twice the folder's: an assumption. It "
                 "holds neither wrong rules nor wrong counts, so counts fall outside it more often "
                 "than its numbers say.</li>\n</ul>\n");
}

void conflict_answer(struct conflict_page *page)
{
    struct buf *out = page->page.out;
    conflict_open(page, "answer", page->inside ? "Where people go" : "Answer");
    put_headline(page);
    if (page->chain->scored) {
        buf_printf(out,
                   "<p>Three questions, each with its own score; they are never mixed. 0 is "
                   "right; see <a href=\"#%sscores\">Scores</a> for all of them.</p>\n<ul>\n",
                   page->inside ? "conflict-" : "");
        put_hindsight(page);
        put_allocation(page);
        put_forecast(page);
        buf_str(out, "</ul>\n");
    }
    put_cautions(page);
    if (!page->inside) {
        buf_str(out, "<h3 id=\"left-out\">Left out</h3>\n<p>This folder has only a conflict. Left "
                     "out of this run, and what would turn it on:</p>\n");
        report_skips(&page->page);
    }
    buf_str(out, "</section>\n");
}
