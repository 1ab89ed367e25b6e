/* The split beside other rules, other alphas, and other inputs. */
#include <math.h>
#include <stdio.h>

#include "report_parts.h"

static void put_name(struct report_page *page, size_t i)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_str(page->out, page->aid->name[i]);
    buf_str(page->out, "</th>");
}

static void put_money(struct report_page *page, double money)
{
    buf_str(page->out, "<td class=\"number\">");
    report_money(page, money);
    buf_str(page->out, "</td>");
}

static void put_next(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    static const char *const heads[] = {"Host", "#Its share", "#Its coverage rises by",
                                        "Or why not", NULL};
    double step = aid->options.budget >= 1e6 ? 1e6 : aid->options.budget / 100;
    buf_str(out, "<h3>Who gets the next ");
    report_money_words(page, step);
    buf_str(out, "</h3>\n");
    report_table_open(page, "aid-next",
                      "What of more budget each host gets, at the margin, computed", heads);
    for (size_t i = 0; i < aid->n; i++) {
        put_name(page, i);
        buf_str(out, "<td class=\"number\">");
        report_percent(out, aid->split.share_of_next[i], 1);
        buf_str(out, "</td><td class=\"number\">");
        html_number(out, 100 * aid->split.share_of_next[i] * step / aid->problem.need[i], 2);
        buf_str(out, " points</td><td>");
        if (aid->split.binding[i] != AID_NONE) {
            html_str(out, aid_binding_word(aid->split.binding[i]));
        }
        buf_str(out, "</td></tr>\n");
    }
    report_table_close(page);
}

static void put_rule_sums(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    buf_str(out, "<tr class=\"sum\"><th scope=\"row\">Spent</th>");
    for (int rule = 0; rule < AID_RULES; rule++) {
        put_money(page, aid->rule[rule].spent);
    }
    buf_str(out, "</tr>\n<tr class=\"sum\"><th scope=\"row\">People covered</th>");
    for (int rule = 0; rule < AID_RULES; rule++) {
        buf_str(out, "<td class=\"number\">");
        html_number(out, aid->rule[rule].people_covered, 0);
        buf_str(out, "</td>");
    }
    buf_str(out, "</tr>\n<tr class=\"sum\"><th scope=\"row\">Lowest coverage</th>");
    for (int rule = 0; rule < AID_RULES; rule++) {
        buf_str(out, "<td class=\"number\">");
        report_percent(out, aid->rule[rule].worst_coverage, 1);
        buf_str(out, "</td>");
    }
    buf_str(out, "</tr>\n");
}

static void put_rules(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    char words[AID_RULES][REPORT_HEAD], caption[REPORT_HEAD];
    const char *heads[AID_RULES + 2] = {"Host"};
    for (int rule = 0; rule < AID_RULES; rule++) {
        snprintf(words[rule], REPORT_HEAD, "#%s", aid_rule_word((enum aid_rule)rule));
        heads[rule + 1] = words[rule];
    }
    buf_str(page->out,
            "<h3>Beside simpler rules</h3>\n<p>For comparison only. The price of fairness is what "
            "the split covers fewer than filling the cheapest hosts first would: ");
    report_percent(page->out, aid->price_of_fairness, 1);
    buf_str(page->out, " of people.</p>\n");
    report_table_open(page, "aid-rules",
                      report_money_head(page, "The same budget by other rules, computed", caption),
                      heads);
    for (size_t i = 0; i < aid->n; i++) {
        put_name(page, i);
        for (int rule = 0; rule < AID_RULES; rule++) {
            put_money(page, aid->rule[rule].x[i]);
        }
        buf_str(page->out, "</tr>\n");
    }
    put_rule_sums(page);
    report_table_close(page);
}

static void put_alphas(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    char caption[REPORT_HEAD], words[AID_ALPHAS][REPORT_HEAD], number[NUM_TEXT];
    const char *heads[AID_ALPHAS + 3] = {"Host", "#Severity"};
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        bool inf = isinf(aid_alphas[k]);
        num_format(inf ? 0 : aid_alphas[k], number);
        snprintf(words[k], REPORT_HEAD, "#alpha = %s", inf ? "inf" : number);
        heads[k + 2] = words[k];
    }
    buf_str(page->out, "<h3>At other values of alpha</h3>\n<p>");
    buf_str(page->out,
            aid->severity_given
                ? "Severity is as given; only its ratios matter."
                : "Severity is pressure (people per 1,000 residents) and poverty (1 / GDP per "
                  "head) together; 1 is the geometric mean of the hosts.");
    buf_str(page->out, "</p>\n");
    report_table_open(page, "aid-alpha",
                      report_money_head(page, "Amounts at four values of alpha, computed", caption),
                      heads);
    for (size_t i = 0; i < aid->n; i++) {
        put_name(page, i);
        buf_str(page->out, "<td class=\"number\">");
        html_number(page->out, aid->problem.severity[i], 2);
        buf_str(page->out, "</td>");
        for (size_t k = 0; k < AID_ALPHAS; k++) {
            put_money(page, aid->at_alpha[k].x[i]);
        }
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_band_table(struct report_page *page)
{
    static const char *const heads[] = {
        "Host",   "#5th percentile",   "#Median",          "#95th percentile",
        "#Width", "#Least over alpha", "#Most over alpha", "#Width",
        NULL};
    const struct aid_sensitivity *s = &page->aid->sensitivity;
    const struct aid_band *band = &s->band[AID_GROUP_ALL];
    char caption[REPORT_HEAD];
    report_table_open(
        page, "sensitivity-table",
        report_money_head(page, "Uncertain inputs beside the choice of alpha, computed", caption),
        heads);
    for (size_t i = 0; i < page->aid->n; i++) {
        put_name(page, i);
        put_money(page, band->p5[i]);
        put_money(page, band->p50[i]);
        put_money(page, band->p95[i]);
        put_money(page, band->p95[i] - band->p5[i]);
        put_money(page, s->alpha_low[i]);
        put_money(page, s->alpha_high[i]);
        put_money(page, s->alpha_high[i] - s->alpha_low[i]);
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

/* Which input moves a host most: the width of each group drawn alone. */
static void put_groups(struct report_page *page)
{
    const struct aid_sensitivity *s = &page->aid->sensitivity;
    char caption[REPORT_HEAD], words[AID_GROUPS][REPORT_HEAD];
    const char *heads[AID_GROUPS + 2] = {"Host"};
    size_t n = 1;
    for (int group = 0; group < AID_GROUPS; group++) {
        if (s->band[group].present) {
            snprintf(words[group], REPORT_HEAD, "#%s", aid_group_word((enum aid_group)group));
            heads[n++] = words[group];
        }
    }
    heads[n] = NULL;
    report_table_open(
        page, "sensitivity-groups",
        report_money_head(page, "5th to 95th percentile, these inputs drawn alone", caption),
        heads);
    for (size_t i = 0; i < page->aid->n; i++) {
        put_name(page, i);
        for (int group = 0; group < AID_GROUPS; group++) {
            if (s->band[group].present) {
                put_money(page, s->band[group].p95[i] - s->band[group].p5[i]);
            }
        }
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_sensitivity(struct report_page *page)
{
    const struct aid_sensitivity *s = &page->aid->sensitivity;
    struct buf *out = page->out;
    if (s->draws == 0 || !s->band[AID_GROUP_ALL].present) {
        return;
    }
    buf_str(
        out,
        "<h3>How far uncertain inputs move it</h3>\n<figure id=\"figure-sensitivity\">\n<div "
        "class=\"plot\" data-picture=\"sensitivity\" role=\"img\" aria-label=\"For each host the "
        "range of its amount over uncertain inputs, beside the range over alpha. All values are in "
        "the table below.\"></div>\n<figcaption>");
    html_number(out, (double)s->draws, 0);
    buf_printf(out, " draws, seed %llu: stocks lognormal with sd ", (unsigned long long)s->seed);
    html_number(out, s->stock_sd, 2);
    buf_str(out, " in the logarithm, ");
    buf_str(out, aid_job_n_lent(page->aid) > 0
                     ? page->aid->lent_conflict
                           ? "those that the runs of the conflict give from p5 to p95, "
                           : "those that the exodus forecasts from p5 to p95, "
                     : "");
    buf_str(out, "weights of severity Dirichlet, costs, funding and caps within their "
                 "declared ranges. Beside it: the amounts over alpha 1 to inf with central inputs."
                 "</figcaption>\n");
    report_fold_open(page, "Data tables: the ranges");
    put_band_table(page);
    put_groups(page);
    report_fold_close(page);
    buf_str(out, "</figure>\n");
}

void report_compared(struct report_page *page)
{
    put_next(page);
    put_rules(page);
    put_alphas(page);
    put_sensitivity(page);
}
