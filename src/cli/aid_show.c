/* The split as the aid desk reads it: who gets what, what binds, what the next money does, the
 * certificate, and the simpler rules beside it. */
#include "aid_show.h"

#include <math.h>
#include <string.h>

#include "num.h"
#include "table.h"

#define SHOW_TEXT_BYTES ((size_t)65536) /* of a list of names */
#define SHOW_NAMES_MOST 12              /* hosts named in it */

struct aid_scale aid_scale_of(const struct aid_job *job)
{
    struct aid_scale scale = {.by = 1, .decimals = 2};
    bool millions = job->options.budget >= 1e6;
    if (millions) {
        scale.by = 1e6;
    } else if (job->options.budget >= 1e3) {
        scale.decimals = 0;
    }
    snprintf(scale.unit, sizeof scale.unit, millions ? "%.10s m" : "%.10s", job->unit);
    snprintf(scale.words, sizeof scale.words, millions ? "million %.10s" : "%.10s", job->unit);
    return scale;
}

int aid_show_label(const struct verb_call *call, const struct aid_job *job, size_t host,
                   struct text *out, struct ajar_err *err)
{
    const char *code = job->code[host], *name = job->name[host], *label = code;
    if (name[0] != '\0' && strcmp(code, name) != 0) {
        size_t n = strlen(code) + strlen(name) + 2;
        char *joined;
        TRY_NEW(joined, call->arena, n, err);
        snprintf(joined, n, "%s %s", code, name);
        label = joined;
    }
    *out = text_of(label);
    return 0;
}

const char *aid_show_alpha(double alpha, char to[static 48])
{
    if (isinf(alpha)) {
        return "inf";
    }
    num_format(alpha, to);
    return to;
}

int aid_show_head(const struct verb_call *call, const struct aid_scale *scale, const char *word,
                  const char **out, struct ajar_err *err)
{
    size_t n = strlen(word) + sizeof scale->unit + 2;
    char *head;
    TRY_NEW(head, call->arena, n, err);
    snprintf(head, n, "%s\n%s", word, scale->unit);
    *out = head;
    return 0;
}

void aid_show_opening(const struct verb_call *call, const struct aid_job *job)
{
    char budget[NUM_TEXT], alpha[48];
    num_format_grouped(job->options.budget, 0, budget);
    tell_say(call, "%s %s over %zu host%s, alpha %s%s", budget, job->unit, job->n,
             job->n == 1 ? "" : "s", aid_show_alpha(job->options.alpha, alpha),
             isinf(job->options.alpha) ? ": the least covered is lifted first"
                                       : ": severity tilts the coverage");
}

/* Stocks that a forecast gave, not a count: a line each. */
static void show_lent(const struct verb_call *call, const struct aid_job *job)
{
    char value[NUM_TEXT], low[NUM_TEXT], high[NUM_TEXT];
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[AID_FIGURE_STOCK][i];
        if (aid_job_lent(job, i)) {
            num_format_grouped(input->value, 0, value);
            num_format_grouped(input->low, 0, low);
            num_format_grouped(input->high, 0, high);
            tell_say(call,
                     "The people in %s are computed, not counted: %s on %s (p5 to p95: %s to %s), "
                     "by %s.",
                     job->code[i], value, input->date, low, high, input->origin);
        }
    }
}

int aid_show_hosts(const struct verb_call *call, const struct aid_job *job, struct ajar_err *err)
{
    struct aid_scale scale_here = aid_scale_of(job), *scale = &scale_here;
    struct table_column columns[] = {
        {"host", TABLE_TEXT},      {"", TABLE_NUMBER},         {"", TABLE_NUMBER},
        {"", TABLE_NUMBER},        {"", TABLE_NUMBER},         {"covered\n%", TABLE_NUMBER},
        {"next\n%", TABLE_NUMBER}, {"limited by", TABLE_TEXT},
    };
    static const char *const words[] = {"need", "has", "gets", "rounded"};
    const struct aid_split *split = &job->split;
    struct table table;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        TRY(aid_show_head(call, scale, words[i], &columns[1 + i].head, err));
    }
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < job->n; i++) {
        struct text label;
        TRY(aid_show_label(call, job, i, &label, err));
        table_begin_row(&table);
        table_text(&table, label);
        table_number(&table, job->problem.need[i] / scale->by, scale->by > 1 ? 2 : 0);
        table_number(&table, job->problem.funded[i] / scale->by, scale->by > 1 ? 2 : 0);
        table_number(&table, split->x[i] / scale->by, scale->decimals);
        table_number(&table, split->rounded == NULL ? (double)NAN : split->rounded[i] / scale->by,
                     scale->decimals);
        table_number(&table, 100 * split->coverage[i], 1);
        table_number(&table, 100 * split->share_of_next[i], 1);
        table_str(&table, aid_binding_word(split->binding[i]));
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    show_lent(call, job);
    return 0;
}

/* "KAZ, GEO and 3 more" of the hosts with this binding; *n how many there are. */
static int show_bound(const struct verb_call *call, const struct aid_job *job,
                      enum aid_binding binding, const char **out, size_t *n, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, SHOW_TEXT_BYTES);
    *n = 0;
    for (size_t i = 0; i < job->n; i++) {
        if (job->split.binding[i] != binding) {
            continue;
        }
        if (*n < SHOW_NAMES_MOST) {
            buf_printf(&buf, "%s%s", *n == 0 ? "" : ", ", job->code[i]);
        }
        ++*n;
    }
    if (*n > SHOW_NAMES_MOST) {
        buf_printf(&buf, " and %zu more", *n - SHOW_NAMES_MOST);
    }
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(call->arena, buf_view(&buf), out, err);
    }
    buf_free(&buf);
    return code;
}

static int show_limits(const struct verb_call *call, const struct aid_job *job,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"what limits", TABLE_WORD}, {"hosts", TABLE_TEXT}, {"so", TABLE_TEXT}};
    static const char *const so[AID_BINDINGS] = {
        [AID_NONE] = "they share the next money",
        [AID_FUNDED] = "covered above the level by what they have; they get nothing",
        [AID_FLOOR] = "held up by their floor, above the level",
        [AID_CAP] = "more budget changes nothing; a higher cap would",
        [AID_NEED] = "fully covered",
        [AID_CEILING] = "a ceiling set by decision; lifting it would give them more"};
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (unsigned binding = 0; binding < AID_BINDINGS; binding++) {
        const char *names;
        size_t n;
        TRY(show_bound(call, job, (enum aid_binding)binding, &names, &n, err));
        if (n > 0) {
            table_begin_row(&table);
            table_str(&table, aid_binding_word((enum aid_binding)binding));
            table_str(&table, names);
            table_str(&table, so[binding]);
        }
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static void show_next(const struct verb_call *call, const struct aid_job *job,
                      const struct aid_scale *scale)
{
    const struct aid_split *split = &job->split;
    char amount[NUM_TEXT], left[NUM_TEXT];
    if (split->reason == AID_ALL_AT_MOST) {
        num_format_grouped(split->unspent, 0, left);
        tell_say(call,
                 "%s %s stay unspent: every host has all that it needs, can put to use or may "
                 "have.",
                 left, job->unit);
        return;
    }
    num_format_grouped(scale->by, 0, amount);
    if (split->next_dollar > 0) {
        tell_say(call,
                 "The next %s %s lift the hosts that the budget limits by %.3g points of "
                 "coverage on average; each gets the share under \"next\".",
                 amount, job->unit, 100 * split->next_dollar * scale->by);
    }
}

static void show_tranches(const struct verb_call *call, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    char size[NUM_TEXT], paid[NUM_TEXT], left[NUM_TEXT];
    if (split->tranches == NULL) {
        return;
    }
    num_format_grouped(job->options.tranche, 0, size);
    num_format_grouped((double)split->tranches_total, 0, paid);
    num_format_grouped(split->tranche_leftover, 0, left);
    tell_say(call,
             "Rounded: %s whole tranches of %s %s by Webster's method, %s left over; largest "
             "deviation %.2f of a tranche (%s).",
             paid, size, job->unit, left, split->largest_deviation,
             job->code[split->deviation_host]);
    if (!split->floors_kept) {
        tell_say(call, "Not every floor holds in whole tranches; the exact amounts under \"gets\" "
                       "keep them all.");
    }
}

/* "2.2e-16"; a plain 0 when it is exact. */
static const char *show_residual(double residual, char to[static 32])
{
    if (residual > 0) {
        snprintf(to, 32, "%.1e", residual);
        return to;
    }
    return "0";
}

static void show_certificate(const struct verb_call *call, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    char level[64], conditions[32], budget[32];
    if (isinf(job->options.alpha)) {
        snprintf(level, sizeof level, "%.4f %% of need", 100 * split->level);
    } else {
        snprintf(level, sizeof level, "%.6g", split->level);
    }
    tell_say(call,
             "Certificate: level %s; residual of the optimality conditions (KKT) %s, of the "
             "budget %s. 0 is the exact optimum.",
             level, show_residual(split->residual_r, conditions),
             show_residual(split->residual_budget, budget));
}

void aid_show_proof(const struct verb_call *call, const struct aid_job *job)
{
    struct aid_scale scale = aid_scale_of(job);
    show_next(call, job, &scale);
    show_tranches(call, job);
    show_certificate(call, job);
}

static int show_rules(const struct verb_call *call, const struct aid_job *job,
                      const struct aid_scale *scale, struct ajar_err *err)
{
    struct table_column columns[] = {{"rule", TABLE_TEXT},
                                     {"", TABLE_NUMBER},
                                     {"worst covered\n%", TABLE_NUMBER},
                                     {"people covered\npersons", TABLE_NUMBER}};
    struct table table;
    TRY(aid_show_head(call, scale, "spent", &columns[1].head, err));
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (unsigned i = 0; i < AID_RULES; i++) {
        const struct aid_compared *rule = &job->rule[i];
        table_begin_row(&table);
        table_str(&table, aid_rule_word((enum aid_rule)i));
        table_number(&table, rule->spent / scale->by, scale->decimals);
        table_number(&table, 100 * rule->worst_coverage, 1);
        table_number(&table, rule->people_covered, 0);
    }
    tell_heading(call, "Beside simpler rules");
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Price of fairness: %.1f %% fewer people than the cheapest-first rule covers.",
             100 * job->price_of_fairness);
    return 0;
}

int aid_show_split(const struct verb_call *call, const struct aid_job *job, size_t n_files,
                   struct ajar_err *err)
{
    struct aid_scale scale = aid_scale_of(job);
    tell_say(call, "%s", job->title[0] == '\0' ? job->from : job->title);
    aid_show_opening(call, job);
    fputc('\n', call->to);
    TRY(aid_show_hosts(call, job, err));
    TRY(show_limits(call, job, err));
    fputc('\n', call->to);
    aid_show_proof(call, job);
    TRY(show_rules(call, job, &scale, err));
    TRY(aid_show_sensitivity(call, job, err));
    fputc('\n', call->to);
    if (n_files > 0) {
        fprintf(call->to, "Written: %zu files in %s; methodology.md can be published as it is.\n",
                n_files, call->out);
    } else {
        tell_say(call, "--out DIR writes the tables, the certificate and a methodology note; "
                       "`ajar aid explain` answers \"why not us\" for one host.");
    }
    return 0;
}
