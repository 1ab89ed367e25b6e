/* The tables of the aid split.  Columns are documented in docs/aid.md. */
#include <math.h>

#include "aid_parts.h"
#include "aid_words.h"
#include "csv.h"

static void aid_header(struct csv_out *csv, const char *const *names)
{
    for (; *names != NULL; names++) {
        csv_put_str(csv, *names);
    }
    csv_end_row(csv);
}

/* Cents are enough for a budget in whole units; one told in millions keeps six digits. */
static void aid_put_money(struct csv_out *csv, const struct aid_job *job, double amount)
{
    if (isfinite(amount)) {
        csv_put_fixed(csv, amount, job->options.budget >= 1e6 ? 2 : 6);
    } else {
        csv_put_str(csv, "");
    }
}

static void aid_put_fixed(struct csv_out *csv, double value, int decimals)
{
    csv_put_fixed(csv, isfinite(value) ? value : (double)NAN, decimals);
}

static void aid_put_whole(struct csv_out *csv, const int64_t *whole, size_t host)
{
    if (whole != NULL) {
        csv_put_int(csv, whole[host]);
    } else {
        csv_put_str(csv, "");
    }
}

/* What goes in for one host. */
static void aid_put_before(struct csv_out *csv, const struct aid_job *job, size_t host)
{
    csv_put_str(csv, job->code[host]);
    csv_put_str(csv, job->name[host]);
    csv_put_number(csv, job->input[AID_FIGURE_STOCK][host].value);
    aid_put_money(csv, job, job->problem.need[host]);
    aid_put_money(csv, job, job->problem.funded[host]);
    aid_put_money(csv, job, job->problem.cap[host]);
    aid_put_money(csv, job, job->input[AID_FIGURE_FLOOR][host].value);
    aid_put_money(csv, job, job->input[AID_FIGURE_CEILING][host].value);
    aid_put_fixed(csv, job->problem.severity[host], 6);
}

/* What comes out. */
static void aid_put_after(struct csv_out *csv, const struct aid_job *job, size_t host)
{
    const struct aid_split *split = &job->split;
    const struct aid_band *band = &job->sensitivity.band[AID_GROUP_ALL];
    aid_put_money(csv, job, split->x[host]);
    aid_put_whole(csv, split->tranches, host);
    aid_put_money(csv, job, split->rounded != NULL ? split->rounded[host] : (double)NAN);
    aid_put_fixed(csv, job->problem.funded[host] / job->problem.need[host], 6);
    aid_put_fixed(csv, split->coverage[host], 6);
    csv_put_str(csv, aid_binding_word(split->binding[host]));
    aid_put_money(csv, job, band->present ? band->p5[host] : (double)NAN);
    aid_put_money(csv, job, band->present ? band->p50[host] : (double)NAN);
    aid_put_money(csv, job, band->present ? band->p95[host] : (double)NAN);
    for (int r = AID_RULE_EQUAL; r < AID_RULES; r++) {
        aid_put_money(csv, job, job->rule[r].x[host]);
    }
}

void aid_table_split(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {"host",
                                        "name",
                                        "stock_persons",
                                        "need",
                                        "funded",
                                        "cap",
                                        "floor",
                                        "ceiling",
                                        "severity",
                                        "amount",
                                        "tranches",
                                        "amount_in_tranches",
                                        "coverage_before",
                                        "coverage",
                                        "limited_by",
                                        "p5",
                                        "p50",
                                        "p95",
                                        "equal",
                                        "by_people",
                                        "by_severity",
                                        "cheapest_first",
                                        "unit",
                                        "stock_is",
                                        "need_is",
                                        NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (size_t i = 0; i < job->n; i++) {
        aid_put_before(&csv, job, i);
        aid_put_after(&csv, job, i);
        csv_put_str(&csv, job->unit);
        csv_put_str(&csv, aid_quality_word(job->input[AID_FIGURE_STOCK][i].quality));
        csv_put_str(&csv, aid_quality_word(job->input[AID_FIGURE_NEED][i].quality));
        csv_end_row(&csv);
    }
}

void aid_table_inputs(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {"host", "name",    "figure", "value", "unit", "low",
                                        "high", "quality", "origin", "date",  "note", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (size_t i = 0; i < job->n; i++) {
        for (int f = 0; f < AID_FIGURES; f++) {
            const struct aid_input *input = &job->input[f][i];
            if (input->quality == AID_ABSENT) {
                continue;
            }
            csv_put_str(&csv, job->code[i]);
            csv_put_str(&csv, job->name[i]);
            csv_put_str(&csv, aid_figure_word((enum aid_figure)f));
            csv_put_number(&csv, input->value);
            csv_put_str(&csv, input->unit);
            csv_put_number(&csv, input->low);
            csv_put_number(&csv, input->high);
            csv_put_str(&csv, aid_quality_word(input->quality));
            csv_put_str(&csv, input->origin);
            csv_put_str(&csv, input->date);
            csv_put_str(&csv, input->note);
            csv_end_row(&csv);
        }
    }
}

void aid_table_next(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {"host", "name",    "limited_by",           "share_of_next",
                                        "step", "of_step", "coverage_rise_points", "unit",
                                        NULL};
    const struct aid_split *split = &job->split;
    double step = aid_step(job);
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (size_t i = 0; i < job->n; i++) {
        double part = split->share_of_next[i] * step;
        csv_put_str(&csv, job->code[i]);
        csv_put_str(&csv, job->name[i]);
        csv_put_str(&csv, aid_binding_word(split->binding[i]));
        aid_put_fixed(&csv, split->share_of_next[i], 6);
        csv_put_number(&csv, step);
        aid_put_money(&csv, job, part);
        aid_put_fixed(&csv, 100 * part / job->problem.need[i], 6);
        csv_put_str(&csv, job->unit);
        csv_end_row(&csv);
    }
}

static void aid_put_alpha(struct csv_out *csv, double alpha)
{
    if (isinf(alpha)) {
        csv_put_str(csv, "inf");
    } else {
        csv_put_number(csv, alpha);
    }
}

void aid_table_alpha(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {
        "alpha",    "host",       "name", "amount", "amount_in_tranches",
        "coverage", "limited_by", "unit", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (size_t a = 0; a < AID_ALPHAS; a++) {
        const struct aid_split *split = &job->at_alpha[a];
        for (size_t i = 0; i < job->n; i++) {
            aid_put_alpha(&csv, aid_alphas[a]);
            csv_put_str(&csv, job->code[i]);
            csv_put_str(&csv, job->name[i]);
            aid_put_money(&csv, job, split->x[i]);
            aid_put_money(&csv, job, split->rounded != NULL ? split->rounded[i] : (double)NAN);
            aid_put_fixed(&csv, split->coverage[i], 6);
            csv_put_str(&csv, aid_binding_word(split->binding[i]));
            csv_put_str(&csv, job->unit);
            csv_end_row(&csv);
        }
    }
}

void aid_table_draws(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {"uncertain",  "host", "name",  "p5",
                                        "p50",        "p95",  "width", "alpha_low",
                                        "alpha_high", "unit", NULL};
    const struct aid_sensitivity *draws = &job->sensitivity;
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (int g = 0; g < AID_GROUPS; g++) {
        const struct aid_band *band = &draws->band[g];
        for (size_t i = 0; i < job->n && band->present; i++) {
            csv_put_str(&csv, aid_group_word((enum aid_group)g));
            csv_put_str(&csv, job->code[i]);
            csv_put_str(&csv, job->name[i]);
            aid_put_money(&csv, job, band->p5[i]);
            aid_put_money(&csv, job, band->p50[i]);
            aid_put_money(&csv, job, band->p95[i]);
            aid_put_money(&csv, job, band->p95[i] - band->p5[i]);
            aid_put_money(&csv, job, draws->alpha_low[i]);
            aid_put_money(&csv, job, draws->alpha_high[i]);
            csv_put_str(&csv, job->unit);
            csv_end_row(&csv);
        }
    }
}

static void aid_key_put(struct csv_out *csv, const struct aid_key_row *row)
{
    csv_put_str(csv, "EU member");
    csv_put_str(csv, row->code);
    csv_put_str(csv, row->name);
    csv_put_number(csv, row->population);
    csv_put_number(csv, row->gdp_usd);
    csv_put_number(csv, row->unemployment_percent);
    csv_put_number(csv, row->refugees);
    csv_put_fixed(csv, 100 * row->share_50_50, 4);
    csv_put_fixed(csv, 100 * row->share_2015, 4);
    csv_put_str(csv, "");
    csv_put_str(csv, "");
    csv_put_number(csv, row->pledge_persons);
    csv_put_str(csv, row->source);
    csv_end_row(csv);
}

void aid_table_keys(struct buf *buf, const struct aid_job *job)
{
    static const char *const names[] = {"level",
                                        "code",
                                        "name",
                                        "population",
                                        "gdp_usd",
                                        "unemployment_percent",
                                        "refugees",
                                        "share_50_50_percent",
                                        "share_2015_percent",
                                        "koenigstein_percent",
                                        "koenigstein_year",
                                        "pledge_persons",
                                        "source",
                                        NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    aid_header(&csv, names);
    for (size_t i = 0; i < job->keys.n; i++) {
        aid_key_put(&csv, &job->keys.row[i]);
    }
    for (size_t i = 0; i < job->keys.n_lands; i++) {
        const struct aid_land_row *land = &job->keys.land[i];
        csv_put_str(&csv, "Land");
        csv_put_str(&csv, land->code);
        csv_put_str(&csv, land->name);
        for (int blank = 0; blank < 4; blank++) {
            csv_put_str(&csv, "");
        }
        csv_put_fixed(&csv, 100 * land->of_all, 4);
        csv_put_str(&csv, "");
        csv_put_number(&csv, land->percent);
        csv_put_int(&csv, land->key_year);
        csv_put_str(&csv, "");
        csv_put_str(&csv, land->source);
        csv_end_row(&csv);
    }
}
