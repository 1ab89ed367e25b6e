/* "Why not us?", answered for one host in sentences and small tables. */
#include <math.h>
#include <string.h>

#include "aid_show.h"
#include "num.h"
#include "table.h"

static void why_opening(const struct verb_call *call, const struct aid_job *job,
                        const struct aid_why *why)
{
    size_t host = why->host;
    const struct aid_split *split = &job->split;
    char gets[NUM_TEXT], budget[NUM_TEXT], alpha[48];
    num_format_grouped(split->x[host], 0, gets);
    num_format_grouped(job->options.budget, 0, budget);
    bool named = strcmp(job->name[host], job->code[host]) != 0;
    tell_heading(call, "Why does %s%s%s%s get %s %s of %s %s?", job->name[host], named ? " (" : "",
                 named ? job->code[host] : "", named ? ")" : "", gets, job->unit, budget,
                 job->unit);
    fputc('\n', call->to);
    tell_say(call, "%s %s", why->binds, why->would_raise);
    double before = fmin(1, job->problem.funded[host] / job->problem.need[host]);
    fputc('\n', call->to);
    tell_say(call,
             "What it has covers %.1f %% of its need; with this budget %.1f %%. By coverage it "
             "is number %.0f of %zu, where 1 is the least covered (alpha %s).",
             100 * before, 100 * split->coverage[host], why->rank_coverage, job->n,
             aid_show_alpha(job->options.alpha, alpha));
}

/* What was raised to see who would pay: the limit that binds the host. */
static void why_raised(const struct verb_call *call, const struct aid_job *job,
                       const struct aid_why *why)
{
    char by[NUM_TEXT];
    const char *what = "the budget", *more = "larger";
    switch (job->split.binding[why->host]) {
    case AID_CAP:
        what = "its absorption cap";
        more = "higher";
        break;
    case AID_CEILING:
        what = "its ceiling";
        more = "higher";
        break;
    case AID_NEED:
        what = "its need";
        break;
    default:
        break;
    }
    num_format_grouped(why->raised_by, 0, by);
    tell_heading(call, "If %s were %s %s %s", what, by, job->unit, more);
}

static int why_losses(const struct verb_call *call, const struct aid_job *job,
                      const struct aid_why *why, struct ajar_err *err)
{
    struct aid_scale scale = aid_scale_of(job);
    struct table_column columns[] = {{"host", TABLE_TEXT}, {"", TABLE_NUMBER}};
    struct table table;
    char gain[NUM_TEXT];
    double least = 0.5 * pow(10, -(scale.decimals + 1)) * scale.by; /* shows as more than zero */
    bool any = false;
    TRY(aid_show_head(call, &scale, "loses", &columns[1].head, err));
    table_init(&table, call->arena, columns, 2);
    for (size_t i = 0; i < job->n; i++) {
        if (i != why->host && why->loss[i] > least) {
            struct text label;
            TRY(aid_show_label(call, job, i, &label, err));
            table_begin_row(&table);
            table_text(&table, label);
            table_number(&table, why->loss[i] / scale.by, scale.decimals + 1);
            any = true;
        }
    }
    num_format_grouped(why->gain_if_raised, 0, gain);
    why_raised(call, job, why);
    tell_say(call, "It would get %s %s more%s", gain, job->unit,
             any ? ", and the others would lose:" : ", and nobody would lose.");
    return any ? table_print(&table, call->to, call->width, call->color, err) : 0;
}

static void why_other(const struct verb_call *call, const struct aid_job *job,
                      const struct aid_why *why)
{
    const struct aid_band *all = &job->sensitivity.band[AID_GROUP_ALL];
    char alpha[48], best[NUM_TEXT], low[NUM_TEXT], high[NUM_TEXT], draws[NUM_TEXT];
    num_format_grouped(why->best_x, 0, best);
    tell_heading(call, "At other alphas, and with uncertain inputs");
    tell_say(call, "Of the alphas 1, 2, 4 and inf its amount is largest at %s: %s %s.",
             aid_show_alpha(why->best_alpha, alpha), best, job->unit);
    if (job->sensitivity.draws > 0 && all->present) {
        num_format_grouped(all->p5[why->host], 0, low);
        num_format_grouped(all->p95[why->host], 0, high);
        num_format_grouped((double)job->sensitivity.draws, 0, draws);
        tell_say(call,
                 "With uncertain inputs drawn %s times it lies between %s and %s %s (p5 to "
                 "p95).",
                 draws, low, high, job->unit);
    }
}

/* "source wb_2022, 2021", "assumption kgz_stock, 15,000 to 45,000", "given in row 5" */
static int why_basis(const struct verb_call *call, const struct aid_input *input, const char **out,
                     struct ajar_err *err)
{
    struct buf buf;
    char low[NUM_TEXT], high[NUM_TEXT];
    buf_init(&buf, 65536);
    const char *gap = input->quality == AID_GIVEN     ? " in "
                      : input->quality == AID_DERIVED ? ": "
                                                      : " ";
    buf_printf(&buf, "%s%s%s", aid_quality_word(input->quality),
               input->origin[0] == '\0' ? "" : gap, input->origin);
    if (!isnan(input->low) && !isnan(input->high)) {
        num_format_grouped(input->low, 0, low);
        num_format_grouped(input->high, 0, high);
        buf_printf(&buf, ", %s to %s", low, high);
    }
    if (input->date[0] != '\0') {
        buf_printf(&buf, ", %s", input->date);
    }
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(call->arena, buf_view(&buf), out, err);
    }
    buf_free(&buf);
    return code;
}

static int why_inputs(const struct verb_call *call, const struct aid_job *job, size_t host,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {{"figure", TABLE_WORD},
                                                  {"value", TABLE_NUMBER},
                                                  {"unit", TABLE_WORD},
                                                  {"comes from", TABLE_TEXT}};
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (unsigned figure = 0; figure < AID_FIGURES; figure++) {
        const struct aid_input *input = &job->input[figure][host];
        const char *basis;
        if (input->quality == AID_ABSENT || isnan(input->value)) {
            continue;
        }
        TRY(why_basis(call, input, &basis, err));
        bool whole = fabs(input->value) >= 1000 || input->value == floor(input->value);
        table_begin_row(&table);
        table_str(&table, aid_figure_word((enum aid_figure)figure));
        table_number(&table, input->value, whole ? 0 : 4);
        table_str(&table, input->unit);
        table_str(&table, basis);
    }
    tell_heading(call, "What this rests on");
    return table_print(&table, call->to, call->width, call->color, err);
}

int aid_show_why(const struct verb_call *call, const struct aid_job *job, const struct aid_why *why,
                 struct ajar_err *err)
{
    tell_say(call, "%s", job->title[0] == '\0' ? job->from : job->title);
    why_opening(call, job, why);
    TRY(why_losses(call, job, why, err));
    why_other(call, job, why);
    return why_inputs(call, job, why->host, err);
}
