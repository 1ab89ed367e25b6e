/* The methodology note: what a desk publishes beside its decision. */
#include <math.h>
#include <string.h>

#include "aid_note.h"

void aid_note_head(struct buf *buf, const char *heading)
{
    buf_printf(buf, "\n## %s\n\n", heading);
}

void aid_note_amount(struct buf *buf, const struct aid_job *job, double amount)
{
    buf_str(buf, "| ");
    aid_words_amount(buf, job, amount);
    buf_char(buf, ' ');
}

static double aid_total(const double *value, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        total += value[i];
    }
    return total;
}

static void aid_note_title(struct buf *buf, const struct aid_job *job)
{
    buf_str(buf, "# Methodology note: ");
    aid_words_money(buf, job, job->options.budget);
    buf_printf(buf, " for %zu host%s\n\n", job->n, job->n == 1 ? "" : "s");
    if (job->scenario != NULL) {
        aid_words_plain(buf, job->title);
        buf_str(buf, ".");
        if (job->scenario->as_known != DATE_NONE) {
            char day[DATE_TEXT];
            buf_printf(buf, " Stocks as known on %s.", date_format(job->scenario->as_known, day));
        }
    } else {
        buf_str(buf, "Hosts and figures: ");
        aid_words_plain(buf, job->from);
        buf_str(buf, ".");
    }
    buf_str(buf, " Calculated by Ajar " AJAR_VERSION
                 ". This note is a proposal until it is signed at its end.\n");
}

static void aid_note_leftover(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    if (split->reason == AID_ALL_AT_MOST) {
        buf_str(buf, "Every host is at the most that it can use. ");
        aid_words_money(buf, job, split->unspent);
        buf_str(buf, " of the budget is left unspent.");
    } else {
        buf_str(buf, "The whole budget is spent.");
    }
    if (split->tranches != NULL) {
        buf_str(buf, " It is paid out in tranches of ");
        aid_words_money(buf, job, job->options.tranche);
        if (split->tranche_leftover > 1e-9 * job->options.budget) {
            buf_str(buf, "; ");
            aid_words_money(buf, job, split->tranche_leftover);
            buf_str(buf, " is less than a tranche, or fits no host's limit in whole tranches, and "
                         "stays over");
        }
        buf_str(buf, ". Rounding moves no host by more than ");
        aid_words_number(buf, split->largest_deviation, 2);
        buf_str(buf, " of a tranche.");
        if (!split->floors_kept) {
            buf_str(buf, " Not every floor can be kept in whole tranches; the unrounded amounts "
                         "keep all of them.");
        }
    }
    buf_str(buf, "\n");
}

static void aid_note_result_row(struct buf *buf, const struct aid_job *job, size_t host)
{
    const struct aid_split *split = &job->split;
    bool tranches = split->tranches != NULL;
    buf_str(buf, "| ");
    aid_words_plain(buf, job->name[host]);
    buf_str(buf, " | ");
    aid_words_number(buf, job->problem.stock[host], 0);
    buf_char(buf, ' ');
    aid_note_amount(buf, job, job->problem.need[host]);
    aid_note_amount(buf, job, job->problem.funded[host]);
    aid_note_amount(buf, job, split->x[host]);
    if (tranches) {
        aid_note_amount(buf, job, split->rounded[host]);
    }
    buf_str(buf, "| ");
    aid_words_percent(buf, fmin(1, job->problem.funded[host] / job->problem.need[host]));
    buf_str(buf, " | ");
    aid_words_percent(buf, split->coverage[host]);
    buf_printf(buf, " | %s |\n", aid_binding_word(split->binding[host]));
}

static void aid_note_result_total(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    bool tranches = split->tranches != NULL;
    buf_str(buf, "| **Total** | ");
    aid_words_number(buf, aid_total(job->problem.stock, job->n), 0);
    buf_char(buf, ' ');
    aid_note_amount(buf, job, aid_total(job->problem.need, job->n));
    aid_note_amount(buf, job, aid_total(job->problem.funded, job->n));
    aid_note_amount(buf, job, split->spent);
    if (tranches) {
        aid_note_amount(buf, job, aid_total(split->rounded, job->n));
    }
    buf_str(buf, "| | | |\n\n");
}

static void aid_note_result(struct buf *buf, const struct aid_job *job)
{
    bool tranches = job->split.tranches != NULL;
    aid_note_head(buf, "1. The split");
    buf_str(buf, "Amounts in ");
    aid_words_unit(buf, job);
    buf_str(buf, ". \"Covered\" is the money that a host has, from others and from this budget, "
                 "over its need.\n\n");
    buf_printf(
        buf,
        "| Host | People | Need | Has | Gets |%s Covered before | Covered after | Limited by |\n",
        tranches ? " In tranches |" : "");
    buf_printf(buf, "| --- | ---: | ---: | ---: | ---: |%s ---: | ---: | --- |\n",
               tranches ? " ---: |" : "");
    for (size_t i = 0; i < job->n; i++) {
        aid_note_result_row(buf, job, i);
    }
    aid_note_result_total(buf, job);
    aid_note_leftover(buf, job);
}

static void aid_note_question(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "2. The question and the rule");
    buf_str(buf, "How is a budget that is too small for all need divided so that every line can be "
                 "defended? The need of a host is the number of people present times the cost of "
                 "support per person for the period. ");
    if (isinf(job->options.alpha)) {
        buf_str(buf, "The rule: raise the host that is covered least first, until it draws level "
                     "with the next, then both together, and so on until the budget is spent. No "
                     "host is raised past its need or past what it can put to use. In the "
                     "literature this is water-filling or leximin; here it is the dial alpha at "
                     "infinity. Severity has no say at this setting.\n");
    } else {
        buf_str(buf, "The rule weighs need by severity. The dial alpha, here ");
        aid_words_exact(buf, job->options.alpha);
        buf_str(buf, ", says how far severity may tilt coverage: at 1 coverage is in proportion to "
                     "severity, and the larger alpha, the smaller the tilt; at infinity the least "
                     "covered host is raised first, whatever its severity. No host is raised past "
                     "its need or past what it can put to use.\n");
    }
}

static void aid_note_level(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    bool water = isinf(job->options.alpha);
    buf_printf(buf, "    %s\n\nwith the one level %s that spends the budget: the sum of x is B. ",
               water ? "r = clip(theta, lo, hi)" : "r = clip((s / L)^(1 / alpha), lo, hi)",
               water ? "theta" : "L");
    if (split->reason == AID_ALL_AT_MOST) {
        buf_str(buf, "Here every host is at its most, so no level had to be found.");
    } else if (water) {
        buf_str(buf, "Here theta = ");
        aid_words_number(buf, split->level, 6);
        buf_str(buf, ": every host that only the budget limits ends at ");
        aid_words_percent(buf, split->level);
        buf_str(buf, " coverage.");
    } else {
        buf_str(buf, "Here alpha = ");
        aid_words_exact(buf, job->options.alpha);
        buf_str(buf, " and L = ");
        aid_words_number(buf, split->level, 6);
        buf_str(buf, ".");
    }
}

static void aid_note_formula(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    aid_note_head(buf, "4. The formula");
    buf_str(
        buf,
        "For host i: need n, money already there b (funded), absorption cap u, severity s, money "
        "from this budget x. Coverage r = (b + x) / n lies between lo = b / n and hi = min(1, (b + "
        "u) / n); a floor raises lo and a ceiling lowers hi where there is one.\n\n");
    if (!job->severity_given) {
        buf_str(
            buf,
            "Severity s = (pressure / mean)^0.5 * (poverty / mean)^0.5, with pressure = people per "
            "1,000 residents, poverty = 1 / GDP per head, and geometric means over the hosts. Two "
            "indicators with equal weights, multiplied so that neither makes up fully for the "
            "other. The funding gap is not part of it: coverage counts it already.\n\n");
    } else {
        buf_str(buf, "Severity s is taken from the file as it is.\n\n");
    }
    aid_note_level(buf, job);
    buf_str(buf, " This is the exact optimum of the rule; `certificate.json` holds all that is "
                 "needed to check it by hand or in a spreadsheet. Its residuals are ");
    aid_words_tiny(buf, split->residual_r);
    buf_str(buf, " (coverage) and ");
    aid_words_tiny(buf, split->residual_budget);
    buf_str(buf, " (budget); zero is exact.\n");
    if (split->tranches != NULL) {
        buf_str(buf,
                "\nTranches follow Webster's method: each next tranche goes to the host with the "
                "largest x / (2 t + 1), where t is what it has so far, among those that can take a "
                "whole one. One more tranche in the budget takes none from anybody.\n");
    }
}

/* The hosts that the budget alone limits, in one line: the same holds for all of them. */
static void aid_note_level_hosts(struct buf *buf, const struct aid_job *job)
{
    const char *between = "- **";
    for (size_t i = 0; i < job->n; i++) {
        if (job->split.binding[i] == AID_NONE) {
            buf_str(buf, between);
            aid_words_plain(buf, job->name[i]);
            between = ", ";
        }
    }
    if (between[0] == ',') {
        buf_str(buf,
                ".** Money, and nothing else: at the common level, with a share in every further "
                "amount. A larger budget would raise them, or money found elsewhere.\n");
    }
}

static void aid_note_limits_of_hosts(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "5. What limits each host");
    aid_note_level_hosts(buf, job);
    for (size_t i = 0; i < job->n; i++) {
        if (job->split.binding[i] == AID_NONE) {
            continue;
        }
        buf_str(buf, "- **");
        aid_words_plain(buf, job->name[i]);
        buf_str(buf, ".** ");
        aid_why_binds(buf, job, i);
        buf_char(buf, ' ');
        aid_why_raise(buf, job, i);
        buf_char(buf, '\n');
    }
}

static void aid_note_next(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    double step = aid_step(job);
    aid_note_head(buf, "6. Where the next amount would go");
    if (split->next_dollar <= 0) {
        buf_str(buf, "Nowhere: every host is at the most that it can use. More money would need "
                     "higher caps first.\n");
        return;
    }
    buf_str(buf, "Of the next ");
    aid_words_money(buf, job, step);
    buf_str(buf, ", which raises the coverage of the hosts that the budget limits by ");
    aid_words_number(buf, 100 * step * split->next_dollar, 3);
    buf_printf(buf, " percentage points%s, they would get:\n\n",
               isinf(job->options.alpha) ? "" : " on average");
    for (size_t i = 0; i < job->n; i++) {
        if (split->share_of_next[i] > 0) {
            buf_str(buf, "- ");
            aid_words_plain(buf, job->name[i]);
            buf_str(buf, ": ");
            aid_words_money(buf, job, step * split->share_of_next[i]);
            buf_str(buf, "\n");
        }
    }
    buf_str(buf, "\nThe others get nothing of it; section 5 says why. These shares hold until the "
                 "next host meets a limit.\n");
}

static void aid_note_limits(struct buf *buf, const struct aid_job *job)
{
    size_t assumed = 0, all = 0;
    for (int f = 0; f < AID_FIGURES; f++) {
        for (size_t i = 0; i < job->n; i++) {
            enum aid_quality quality = job->input[f][i].quality;
            assumed += quality == AID_ASSUMED;
            all += quality != AID_ABSENT &&
                   (quality != AID_DERIVED || f == AID_FIGURE_STOCK); /* that one is lent */
        }
    }
    aid_note_head(buf, "Limits");
    if (assumed > 0) {
        buf_printf(buf,
                   "- %zu of the %zu figures that go in are assumptions. They are marked, have a "
                   "range and a reason, and should be replaced as soon as somebody knows better.\n",
                   assumed, all);
    }
    aid_note_lent_limit(buf, job);
    buf_str(buf, "- Stocks of different hosts may count different things (everybody present, or "
                 "those who came since a day). The inputs say which.\n");
    if (job->sensitivity.band[AID_GROUP_ALL].present) {
        buf_str(buf, "- The draws treat the hosts' errors as independent. A mistake shared by all "
                     "stocks would move the hosts together and the split less.\n");
    }
    buf_str(buf, "- Severity has two indicators. It says nothing on law, safety or how welcome "
                 "people are.\n- The rule divides a budget. It does not say how large the budget "
                 "should be, nor that a host that gets nothing has no need.\n");
}

/* A word for a shell: quoted where it holds more than plain characters. */
static void aid_note_shell(struct buf *buf, const char *word)
{
    if (strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") ==
            strlen(word) &&
        word[0] != '\0') {
        buf_str(buf, word);
        return;
    }
    buf_char(buf, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            buf_str(buf, "'\\''");
        } else {
            buf_char(buf, *word);
        }
    }
    buf_char(buf, '\'');
}

static void aid_note_option(struct buf *buf, const char *name, double value)
{
    buf_printf(buf, " --%s ", name);
    aid_words_exact(buf, value);
}

/* A code of three capitals; any other unit comes from the file itself. */
static bool aid_note_currency(const char *unit)
{
    return strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static void aid_note_reproduce(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "How to reproduce");
    buf_printf(buf,
               "With Ajar %s and the same inputs this command gives the same bytes, on any machine "
               "and with any number of threads:\n\n    ajar aid split ",
               AJAR_VERSION);
    aid_note_shell(buf, job->from);
    aid_note_option(buf, "budget", job->options.budget);
    if (aid_note_currency(job->unit)) {
        buf_printf(buf, " --unit %s", job->unit);
    }
    aid_note_option(buf, "alpha", job->options.alpha);
    aid_note_option(buf, "tranche", job->options.tranche);
    buf_printf(buf, " --draws %lld", (long long)job->sensitivity.draws);
    if (job->sensitivity.draws > 0) {
        aid_note_option(buf, "stock-sd", job->sensitivity.stock_sd);
        buf_printf(buf, " --seed %llu", (unsigned long long)job->sensitivity.seed);
    }
    buf_str(buf,
            " --out DIR\n\nDIR gets this note, the tables behind it (`aid.csv`, `aid_inputs.csv` "
            "and others) and `certificate.json`. Without Ajar: sort the hosts' limits, find the "
            "level in section 4 by bisection, and compare with section 1.\n");
}

static void aid_note_signatures(struct buf *buf)
{
    aid_note_head(buf, "Signed");
    buf_str(buf, "| | Name | Date | Signature |\n| --- | --- | --- | --- |\n| Prepared by | | | "
                 "|\n| Inputs checked by | | | |\n| Decided by | | | |\n");
}

void aid_note(struct buf *buf, const struct aid_job *job)
{
    aid_note_title(buf, job);
    aid_note_result(buf, job);
    aid_note_question(buf, job);
    aid_note_data(buf, job);
    aid_note_formula(buf, job);
    aid_note_limits_of_hosts(buf, job);
    aid_note_next(buf, job);
    aid_note_draws(buf, job);
    aid_note_rules(buf, job);
    aid_note_keys(buf, job);
    aid_note_assumptions(buf, job);
    aid_note_contradictions(buf, job);
    aid_note_limits(buf, job);
    aid_note_reproduce(buf, job);
    aid_note_signatures(buf);
}
