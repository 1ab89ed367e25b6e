/* Sections of the methodology note that set the split beside something else: uncertain inputs
 * and the choice of alpha, simpler rules, published keys. */
#include <math.h>

#include "aid_note.h"

static void aid_note_name(struct buf *buf, const struct aid_job *job, size_t host)
{
    buf_str(buf, "| ");
    aid_words_plain(buf, job->name[host]);
    buf_char(buf, ' ');
}

static void aid_note_alphas(struct buf *buf, const struct aid_job *job)
{
    buf_str(buf, "| Host | alpha 1 | alpha 2 | alpha 4 | alpha inf |\n| --- | ---: | ---: | ---: | "
                 "---: |\n");
    for (size_t i = 0; i < job->n; i++) {
        aid_note_name(buf, job, i);
        for (size_t a = 0; a < AID_ALPHAS; a++) {
            aid_note_amount(buf, job, job->at_alpha[a].x[i]);
        }
        buf_str(buf, "|\n");
    }
}

static void aid_note_bands(struct buf *buf, const struct aid_job *job)
{
    const struct aid_sensitivity *draws = &job->sensitivity;
    const struct aid_band *band = &draws->band[AID_GROUP_ALL];
    buf_str(buf, "| Host | Gets | 5 % | 50 % | 95 % | Width by inputs | Width by alpha |\n| --- | "
                 "---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < job->n; i++) {
        aid_note_name(buf, job, i);
        aid_note_amount(buf, job, job->split.x[i]);
        aid_note_amount(buf, job, band->p5[i]);
        aid_note_amount(buf, job, band->p50[i]);
        aid_note_amount(buf, job, band->p95[i]);
        aid_note_amount(buf, job, band->p95[i] - band->p5[i]);
        aid_note_amount(buf, job, draws->alpha_high[i] - draws->alpha_low[i]);
        buf_str(buf, "|\n");
    }
}

/* How wide each group makes the answer on its own. */
static void aid_note_groups(struct buf *buf, const struct aid_job *job)
{
    const struct aid_sensitivity *draws = &job->sensitivity;
    buf_str(buf, "\nWidth from 5 % to 95 % when only one kind of figure is uncertain:\n\n| Host ");
    for (int g = AID_GROUP_STOCK; g < AID_GROUPS; g++) {
        if (draws->band[g].present) {
            buf_printf(buf, "| %s ", aid_group_word((enum aid_group)g));
        }
    }
    buf_str(buf, "|\n| --- ");
    for (int g = AID_GROUP_STOCK; g < AID_GROUPS; g++) {
        buf_str(buf, draws->band[g].present ? "| ---: " : "");
    }
    buf_str(buf, "|\n");
    for (size_t i = 0; i < job->n; i++) {
        aid_note_name(buf, job, i);
        for (int g = AID_GROUP_STOCK; g < AID_GROUPS; g++) {
            if (draws->band[g].present) {
                aid_note_amount(buf, job, draws->band[g].p95[i] - draws->band[g].p5[i]);
            }
        }
        buf_str(buf, "|\n");
    }
}

static bool aid_note_any(const struct aid_job *job, enum aid_quality quality)
{
    for (int f = 0; f < AID_FIGURES; f++) {
        for (size_t i = 0; i < job->n; i++) {
            if (job->input[f][i].quality == quality) {
                return true;
            }
        }
    }
    return false;
}

static void aid_note_how_drawn(struct buf *buf, const struct aid_job *job)
{
    const struct aid_sensitivity *draws = &job->sensitivity;
    buf_str(buf, "The split was calculated again for ");
    aid_words_number(buf, (double)draws->draws, 0);
    buf_printf(buf, " draws of the uncertain inputs (seed %llu). ",
               (unsigned long long)draws->seed);
    if (draws->stock_sd > 0) {
        buf_printf(buf,
                   "A stock that %s is drawn from a lognormal distribution around its value, with "
                   "a standard deviation of its logarithm of ",
                   job->scenario != NULL ? "a source gives" : "the file gives");
        aid_words_exact(buf, draws->stock_sd);
        buf_str(buf, ". ");
    }
    if (aid_note_any(job, AID_ASSUMED)) {
        buf_str(buf, "An assumption is drawn from a triangular distribution from low to high with "
                     "its peak at the central value, on the scale of logarithms unless low is "
                     "zero; hosts that share one row of assumptions share its draw. ");
    }
    if (aid_job_n_lent(job) > 0) {
        buf_printf(buf,
                   "A stock that %s is drawn in the same way from its 5th to its 95th percentile "
                   "with its peak at the mean. ",
                   job->lent_conflict ? "the runs of the conflict give" : "the exodus forecasts");
    }
    if (draws->band[AID_GROUP_WEIGHTS].present) {
        buf_str(buf, isinf(job->options.alpha)
                         ? "The two weights of severity are drawn too (Dirichlet 5, 5), but at "
                           "alpha inf severity has no say. "
                         : "The two weights of severity are drawn too (Dirichlet 5, 5), and "
                           "severity is computed anew. ");
    }
    buf_str(buf, "Need moves with the stock and the cost. Amounts in ");
    aid_words_unit(buf, job);
    buf_str(buf,
            ", before rounding to tranches. \"Width by alpha\" is the span of what a host gets at "
            "alpha 1, 2, 4 and inf with central inputs: how much the choice of formula matters, "
            "beside how much the inputs do. Where the middle of the draws (50 %) lies off what a "
            "host gets, a cap, its need or a lopsided range cuts one side.\n\n");
}

/* One sentence that says which of the two matters more, by the widths added over the hosts. */
static void aid_note_verdict(struct buf *buf, const struct aid_job *job)
{
    const struct aid_sensitivity *draws = &job->sensitivity;
    double inputs = 0, alpha = 0;
    for (size_t i = 0; i < job->n; i++) {
        inputs += draws->band[AID_GROUP_ALL].p95[i] - draws->band[AID_GROUP_ALL].p5[i];
        alpha += draws->alpha_high[i] - draws->alpha_low[i];
    }
    buf_str(buf, "\nAdded over the hosts, the width by inputs is ");
    aid_words_money(buf, job, inputs);
    buf_str(buf, " and the width by alpha ");
    aid_words_money(buf, job, alpha);
    buf_printf(
        buf, ": %s.\n",
        inputs > 1.25 * alpha ? "better figures would settle more than a debate on the formula"
        : alpha > 1.25 * inputs
            ? "the choice of formula settles more than better figures would"
            : "uncertain figures move the answer about as much as the choice of formula does");
}

void aid_note_draws(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "7. How sure this is, beside the choice of alpha");
    if (!job->sensitivity.band[AID_GROUP_ALL].present) {
        buf_printf(buf, "%s What each host gets at other settings of the dial alpha, in ",
                   job->sensitivity.draws == 0 ? "No draws of uncertain inputs were asked for."
                                               : "No input is marked as uncertain.");
        aid_words_unit(buf, job);
        buf_str(buf, ":\n\n");
        aid_note_alphas(buf, job);
        return;
    }
    aid_note_how_drawn(buf, job);
    aid_note_bands(buf, job);
    aid_note_verdict(buf, job);
    aid_note_groups(buf, job);
    buf_str(buf, "\nWhat each host gets at other settings of the dial, with central inputs:\n\n");
    aid_note_alphas(buf, job);
}

void aid_note_rules(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "8. Other rules, and the price of fairness");
    buf_str(buf, "People covered counts the people whose need the money meets, from this budget "
                 "and from what was there before. Equal parts, and parts by people present, leave "
                 "unspent what a host cannot use. Money in ");
    aid_words_unit(buf, job);
    buf_str(
        buf,
        ".\n\n| Rule | Spent | People covered | Worst coverage |\n| --- | ---: | ---: | ---: |\n");
    for (int r = 0; r < AID_RULES; r++) {
        const struct aid_compared *rule = &job->rule[r];
        buf_printf(buf, "| %s ", aid_rule_word((enum aid_rule)r));
        aid_note_amount(buf, job, rule->spent);
        buf_str(buf, "| ");
        aid_words_number(buf, rule->people_covered, 0);
        buf_str(buf, " | ");
        aid_words_percent(buf, rule->worst_coverage);
        buf_str(buf, " |\n");
    }
    buf_str(buf, "\nThe price of fairness is ");
    aid_words_percent(buf, job->price_of_fairness);
    buf_str(buf, ": by so much fewer people are covered than if the money went where it covers "
                 "most people, whatever that leaves to the others.\n");
}

static void aid_note_share(struct buf *buf, double share)
{
    buf_str(buf, "| ");
    if (!isnan(share)) {
        aid_words_number(buf, 100 * share, 2);
        buf_char(buf, ' ');
    }
}

static void aid_note_lands(struct buf *buf, const struct aid_keys *keys)
{
    if (keys->n_lands == 0) {
        return;
    }
    buf_printf(buf,
               "\nWithin Germany the Koenigstein key of %d divides its share (source `%s`):\n\n",
               (int)keys->land[0].key_year, keys->land[0].source);
    buf_str(buf, "| Land | Koenigstein % | Of all, by 50/50 % |\n| --- | ---: | ---: |\n");
    for (size_t i = 0; i < keys->n_lands; i++) {
        buf_str(buf, "| ");
        aid_words_plain(buf, keys->land[i].name);
        buf_char(buf, ' ');
        aid_note_share(buf, keys->land[i].percent / 100);
        aid_note_share(buf, keys->land[i].of_all);
        buf_str(buf, "|\n");
    }
}

void aid_note_keys(struct buf *buf, const struct aid_job *job)
{
    const struct aid_keys *keys = &job->keys;
    if (keys->n == 0) {
        return;
    }
    aid_note_head(buf, "Published keys: who could pay or receive");
    buf_str(buf, "For comparison only. No part of the split follows from a key, and nobody is "
                 "bound by this table.\n\n- **50/50.** ");
    buf_str(buf, keys->note_50_50);
    buf_str(buf, "\n- **2015.** ");
    buf_str(buf, keys->note_2015);
    buf_str(buf,
            "\n\n| Member | 50/50 % | 2015 % | Pledged, persons |\n| --- | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < keys->n; i++) {
        buf_str(buf, "| ");
        aid_words_plain(buf, keys->row[i].name);
        buf_char(buf, ' ');
        aid_note_share(buf, keys->row[i].share_50_50);
        aid_note_share(buf, keys->row[i].share_2015);
        buf_str(buf, "| ");
        if (!isnan(keys->row[i].pledge_persons)) {
            aid_words_number(buf, keys->row[i].pledge_persons, 0);
            buf_char(buf, ' ');
        }
        buf_str(buf, "|\n");
    }
    aid_note_lands(buf, keys);
}
