/* What the rows taught: each parameter before and after. */
#include <math.h>
#include <stdio.h>

#include "report_exodus_parts.h"

/* A posterior wider than this part of its prior has learned nothing. */
#define LEARNED_WIDTH 0.9

static bool is_learned(const struct report_page *page, size_t p)
{
    return exodus_part_model(page)->params[p].fitted &&
           page->exodus->chain->params[p].width <= LEARNED_WIDTH;
}

/* Three figures or so, whatever the unit. */
static void put_figure(struct report_page *page, double value)
{
    double size = fabs(value);
    exodus_part_number(page, value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

static void put_param(struct report_page *page, size_t p)
{
    const struct exodus_param *param = &exodus_part_model(page)->params[p];
    const struct exodus_learned *learned = &page->exodus->chain->params[p];
    struct buf *out = page->out;
    buf_str(out, "<tr id=\"exodus-param-");
    html_id(out, param->id);
    buf_str(out, "\"><th scope=\"row\">");
    html_text(out, param->title);
    if (param->unit.n > 0) {
        buf_str(out, ", <span class=\"what\">");
        html_text(out, param->unit);
        buf_str(out, "</span>");
    }
    buf_str(out, "</th>");
    put_figure(page, learned->prior_p5);
    put_figure(page, learned->prior_p50);
    put_figure(page, learned->prior_p95);
    put_figure(page, learned->p5);
    put_figure(page, learned->p50);
    put_figure(page, learned->p95);
    exodus_part_number(page, learned->width, 2);
    buf_str(out, is_learned(page, p) ? "<td>learned</td><td>"
                                     : "<td>not learned from data</td>"
                                       "<td>");
    if (param->source.n > 0) {
        report_cite_words(page, param->source);
    } else {
        buf_str(out, "assumption");
    }
    buf_str(out, "</td><td>");
    html_text(out, param->why);
    buf_str(out, "</td></tr>\n");
}

void exodus_part_params(struct report_page *page)
{
    static const char *const heads[] = {
        "Parameter", "#Prior p5", "#p50",           "#p95",    "#Posterior p5",
        "#p50",      "#p95",      "#Width of both", "Learned", "Source of prior",
        "Why",       NULL};
    const struct exodus_model *model = exodus_part_model(page);
    struct buf *out = page->out;
    size_t n = 0, assumed = 0;
    char summary[REPORT_HEAD];
    for (size_t p = 0; p < model->n_params; p++) {
        n += is_learned(page, p);
        assumed += model->params[p].source.n == 0;
    }
    buf_printf(out,
               "<h3>What the counts taught</h3>\n<p>Of %u parameters, <strong>%zu</strong> were "
               "learned from counts; the other <strong>%zu</strong> stand at what was thought "
               "before, and a figure that rests on them is no better than the thought. The priors "
               "of %zu are assumptions.</p>\n",
               model->n_params, n, model->n_params - n, assumed);
    snprintf(summary, sizeof summary, "Data table: %u parameters before and after",
             model->n_params);
    report_fold_open(page, summary);
    report_table_open(page, "exodus-params-table",
                      "Parameters: prior, and posterior of the fit, computed", heads);
    for (size_t p = 0; p < model->n_params; p++) {
        put_param(page, p);
    }
    report_table_close(page);
    buf_str(out, "<p class=\"note\">Width of both: p5 to p95 of the posterior over that of the "
                 "prior; above 0.9, or where no row speaks of it, nothing was learned. <a "
                 "href=\"flow_parameters.csv\">flow_parameters.csv</a>.</p>\n");
    report_fold_close(page);
}
