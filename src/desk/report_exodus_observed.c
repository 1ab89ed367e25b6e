/* What was counted beside the fit, and forecasts from earlier days beside plain rules. */
#include <math.h>
#include <stdio.h>

#include "report_exodus_parts.h"

static const struct exodus_seen *seen_of(const struct report_page *page,
                                         const struct exodus_observed *row)
{
    return &page->exodus->chain->input->seen[row->seen];
}

static void put_seen(struct report_page *page, const struct exodus_seen *seen)
{
    const struct arrivals *arrivals = &page->scenario->arrivals;
    const struct exodus_row *row = &seen->row;
    buf_str(page->out, "<th scope=\"row\">");
    exodus_part_place(page, row->country, row->route);
    report_say(page);
    buf_str(page->out, "</th><td>");
    html_days(page->out, row->from, row->to, true);
    buf_str(page->out, "</td><td>");
    report_measure(&page->words, page->scenario, arrivals->measure[seen->arrivals]);
    report_say(page);
    buf_str(page->out, "</td><td class=\"number\">");
    enum report_hiding hiding = (enum report_hiding)page->view->hiding[seen->arrivals];
    buf_str(page->out, seen->at_least && hiding == REPORT_SHOWN ? "more than " : "");
    report_count(page->out, hiding, row->value, 0);
    buf_str(page->out, "</td>");
}

static void put_observed(struct report_page *page, const struct exodus_observed *row)
{
    const struct exodus_seen *seen = seen_of(page, row);
    bool shown = page->view->hiding[seen->arrivals] == REPORT_SHOWN;
    struct buf *out = page->out;
    buf_str(out, "<tr>");
    put_seen(page, seen);
    if (row->why != NULL) {
        buf_str(out, "<td colspan=\"3\">not answered: ");
        html_str(out, row->why);
        buf_str(out, "</td>");
    } else {
        exodus_part_number(page, row->model.p50, 0);
        exodus_part_range(page, row->expected.p10, row->expected.p90, false);
        buf_str(out, "<td>");
        buf_str(out, !shown ? "withheld" : row->inside ? "inside" : "<strong>outside</strong>");
        buf_str(out, "</td>");
    }
    buf_str(out, row->was_known ? "<td>known" : "<td>later");
    buf_str(out, seen->use == EXODUS_FIT && row->was_known ? ", fitted</td><td>" : "</td><td>");
    report_cite_words(page, seen->source);
    buf_str(out, "</td></tr>\n");
}

/* Of rows that end after the day of the forecast. */
static void count_later(const struct report_page *page, size_t *n, size_t *n_inside)
{
    const struct exodus_chain *chain = page->exodus->chain;
    *n = *n_inside = 0;
    for (size_t i = 0; i < chain->n_observed; i++) {
        const struct exodus_observed *row = &chain->observed[i];
        bool after = seen_of(page, row)->row.to > exodus_part_model(page)->as_known;
        if (after && row->why == NULL) {
            ++*n;
            *n_inside += row->inside;
        }
    }
}

static void put_summary(struct report_page *page)
{
    const struct exodus_chain *chain = page->exodus->chain;
    struct buf *out = page->out;
    size_t n, n_inside;
    count_later(page, &n, &n_inside);
    buf_printf(out, "<p id=\"exodus-inside\"><strong>%zu of %zu</strong> figures for days up to ",
               chain->n_inside, chain->n_counted);
    html_date(out, exodus_part_model(page)->as_known);
    buf_printf(out,
               " lie inside the 80 %% interval of the fit; of draws of the prior, <strong>%zu of "
               "%zu</strong>. Of figures for days after it, which a forecast could be wrong about, "
               "<strong>%zu of %zu</strong> do. ",
               chain->n_prior_inside, chain->n_counted, n_inside, n);
    buf_str(out, "A sound interval of 80 % holds eight of ten. The figures of one border overlap "
                 "and are no independent trials.</p>\n");
}

void exodus_part_observed(struct report_page *page)
{
    static const char *const heads[] = {"Place",        "Days",
                                        "Measure",      "#Counted",
                                        "#Model, p50",  "#Figure expected, p10 to p90",
                                        "Counted lies", "Published",
                                        "Source",       NULL};
    const struct exodus_chain *chain = page->exodus->chain;
    struct buf *out = page->out;
    char summary[REPORT_HEAD];
    buf_str(out, "<h3>Counts beside the fit</h3>\n");
    put_summary(page);
    snprintf(summary, sizeof summary, "Data table: %zu counts beside the model", chain->n_observed);
    report_fold_open(page, summary);
    report_table_open(page, "exodus-observed-table",
                      "What was counted, and the figure that the model expects, computed", heads);
    for (size_t i = 0; i < chain->n_observed; i++) {
        put_observed(page, &chain->observed[i]);
    }
    report_table_close(page);
    buf_str(out, "<p class=\"note\">The expected figure has the error of counting in it. Known: "
                 "published on or before ");
    html_date(out, exodus_part_model(page)->as_known);
    buf_str(out, "; of those, some were fitted, and others check the fit (they overlap a fitted "
                 "row, or are wider). <a href=\"flow_observed.csv\">flow_observed.csv</a>.</p>\n");
    report_fold_close(page);
}

/* Means over rows of all origins. */
struct rolling_mean {
    size_t n;
    double base, model;
};

static void add_rolling(struct rolling_mean *mean, size_t n, double base, double model)
{
    if (n > 0) {
        mean->n += n;
        mean->base += (double)n * base;
        mean->model += (double)n * model;
    }
}

static bool beats(const struct rolling_mean *mean)
{
    return mean->n > 0 && mean->model < mean->base;
}

static void put_beaten(struct report_page *page, const struct rolling_mean *mean, const char *name)
{
    struct buf *out = page->out;
    if (mean->n == 0) {
        buf_printf(out, "no row has %s", name);
        return;
    }
    html_number(out, mean->model / (double)mean->n, 3);
    buf_str(out, " against ");
    html_number(out, mean->base / (double)mean->n, 3);
    buf_printf(out, " of %s (%zu rows)", name, mean->n);
}

/* Origins at which the model beats a rule on its rows, and those that have such rows. */
static void put_wins(struct report_page *page, bool before, const char *name)
{
    const struct exodus_chain *chain = page->exodus->chain;
    size_t n = 0, won = 0;
    for (size_t i = 0; i < chain->n_rolling; i++) {
        const struct exodus_rolling *row = &chain->rolling[i];
        bool there = (before ? row->n_before : row->n_last_week) > 0;
        n += there;
        won += there && (before ? row->model_before < row->error_before
                                : row->model_last_week < row->error_last_week);
    }
    buf_printf(page->out, "%s at %zu of %zu", name, won, n);
}

static void put_verdict(struct report_page *page)
{
    const struct exodus_chain *chain = page->exodus->chain;
    struct rolling_mean week = {0}, before = {0};
    for (size_t i = 0; i < chain->n_rolling; i++) {
        const struct exodus_rolling *row = &chain->rolling[i];
        add_rolling(&week, row->n_last_week, row->error_last_week, row->model_last_week);
        add_rolling(&before, row->n_before, row->error_before, row->model_before);
    }
    buf_str(page->out, "<p id=\"exodus-verdict\">On the mean over all origins, on the same rows, "
                       "the model <strong>");
    buf_str(page->out, beats(&week) && beats(&before) ? "beats both plain rules"
                       : beats(&week)                 ? "beats the last week, but not the days "
                                                        "before the order"
                       : beats(&before)               ? "beats the days before the order, but not "
                                                        "the last week"
                                                      : "beats neither plain rule");
    buf_str(page->out, "</strong>: its error is ");
    put_beaten(page, &week, "the last week's mean");
    buf_str(page->out, ", and ");
    put_beaten(page, &before, "the mean of the days before the order");
    buf_str(page->out, ". Origin by origin it beats ");
    put_wins(page, false, "the last week");
    put_wins(page, true, ", the days before the order");
    buf_str(page->out, ".</p>\n");
}

static void put_origin(struct report_page *page, const struct exodus_rolling *row)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_date(page->out, row->origin);
    buf_printf(page->out, "</th><td class=\"number\">%zu</td><td class=\"number\">%zu</td>", row->n,
               row->n_inside);
    exodus_part_number(page, row->n == 0 ? (double)NAN : row->error, 3);
    exodus_part_number(page, row->n == 0 ? (double)NAN : row->score, 3);
    buf_printf(page->out, "<td class=\"number\">%zu</td>", row->n_last_week);
    exodus_part_number(page, row->n_last_week == 0 ? (double)NAN : row->error_last_week, 3);
    exodus_part_number(page, row->n_last_week == 0 ? (double)NAN : row->model_last_week, 3);
    buf_printf(page->out, "<td class=\"number\">%zu</td>", row->n_before);
    exodus_part_number(page, row->n_before == 0 ? (double)NAN : row->error_before, 3);
    exodus_part_number(page, row->n_before == 0 ? (double)NAN : row->model_before, 3);
    buf_str(page->out, "</tr>\n");
}

void exodus_part_rolling(struct report_page *page)
{
    static const char *const heads[] = {"Forecast from",
                                        "#Rows ahead",
                                        "#Inside 80 %",
                                        "#Error of the model",
                                        "#Interval score",
                                        "#Rows with a last week",
                                        "#Error of the last week",
                                        "#Model on those rows",
                                        "#Rows with days before",
                                        "#Error of the days before",
                                        "#Model on those rows",
                                        NULL};
    const struct exodus_chain *chain = page->exodus->chain;
    struct buf *out = page->out;
    buf_str(out, "<h3>Forecasts from earlier days</h3>\n");
    if (chain->n_rolling == 0) {
        buf_str(out, "<p>None was made: the scenario has no " EXODUS_ROLLING_FILE ".</p>\n");
        return;
    }
    buf_str(out, "<p>The model was fitted again on what each of these days knew, and asked for the "
                 "counts that followed. Beside it two rules that know nothing of it: the mean of "
                 "the last week, and that of the days before the order.</p>\n");
    put_verdict(page);
    report_table_open(page, "exodus-rolling-table",
                      "Forecasts from earlier days beside plain rules, computed: lower is better",
                      heads);
    for (size_t i = 0; i < chain->n_rolling; i++) {
        put_origin(page, &chain->rolling[i]);
    }
    report_table_close(page);
    buf_str(out, "<p class=\"note\" data-plain=\"formula\">Error: mean of |log10((p50 + 1) / "
                 "(counted + 1))|; 0.301 is a "
                 "factor of 2. Interval score: of the 80 % interval, in the same unit (Gneiting "
                 "and Raftery 2007). A rule is compared only on rows for which it has an answer. "
                 "<a href=\"flow_rolling.csv\">flow_rolling.csv</a>.</p>\n");
}
