/* What `ajar flow calibrate` and `ajar flow score` print for an exodus. */
#include <math.h>

#include "exodus_show.h"
#include "num.h"
#include "steady.h"
#include "table.h"
#include "tell.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define SHOW_LN10       2.30258509299404568402

/* ---- Rolling origins ---- */

int exodus_show_rolling(const struct verb_call *call, const struct exodus_rolling *rolling,
                        size_t n, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"origin", TABLE_WORD},
        {"rows", TABLE_NUMBER},
        {"inside\n80 %", TABLE_NUMBER},
        {"mean\n|log10|", TABLE_NUMBER},
        {"interval\nscore", TABLE_NUMBER},
        {"last week:\nrows", TABLE_NUMBER},
        {"its\n|log10|", TABLE_NUMBER},
        {"model's\nthere", TABLE_NUMBER},
        {"before:\nrows", TABLE_NUMBER},
        {"its\n|log10|", TABLE_NUMBER},
        {"model's\nthere", TABLE_NUMBER},
    };
    struct table table;
    if (n == 0) {
        return 0;
    }
    tell_heading(call, "Forecasts from earlier days: what each knew, and what came after");
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < n; i++) {
        const struct exodus_rolling *one = &rolling[i];
        char day[DATE_TEXT];
        table_begin_row(&table);
        table_str(&table, date_format(one->origin, day));
        table_int(&table, (int64_t)one->n);
        table_int(&table, (int64_t)one->n_inside);
        table_number(&table, one->error, 2);
        table_number(&table, one->score, 2);
        table_int(&table, (int64_t)one->n_last_week);
        table_number(&table, one->error_last_week, 2);
        table_number(&table, one->model_last_week, 2);
        table_int(&table, (int64_t)one->n_before);
        table_number(&table, one->error_before, 2);
        table_number(&table, one->model_before, 2);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "|log10|: 0.30 is a factor of 2. Last week: its mean a day goes on. Before: the "
                   "days before the order go on. The less, the better; where a baseline's is "
                   "smaller than the model's there, the baseline is better.");
    return 0;
}

/* ---- calibrate ---- */

static void fit_short(struct table *table, double value)
{
    char text[NUM_TEXT];
    snprintf(text, sizeof text, "%.3g", value);
    if (fabs(value) >= 1000) {
        num_format_grouped(value, 0, text);
    }
    table_str(table, isnan(value) ? "" : text);
}

static const char *fit_said(const struct exodus_param *param, const struct exodus_learned *learned)
{
    return !param->fitted                         ? "not fitted"
           : learned->width > EXODUS_SHOW_LEARNED ? "not learned from data"
                                                  : "";
}

static int fit_params(const struct verb_call *call, const struct exodus_made *made,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"parameter", TABLE_WORD},  {"prior:\np5", TABLE_NUMBER}, {"p95", TABLE_NUMBER},
        {"fit:\np5", TABLE_NUMBER}, {"p50", TABLE_NUMBER},        {"p95", TABLE_NUMBER},
        {"width", TABLE_NUMBER},    {"R-hat", TABLE_NUMBER},      {"eff.\ndraws", TABLE_NUMBER},
        {"", TABLE_TEXT},
    };
    const struct exodus_model *model = made->input->model;
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t p = 0; p < model->n_params; p++) {
        const struct exodus_learned *learned = &made->fit->fit.params[p];
        table_begin_row(&table);
        table_text(&table, model->params[p].id);
        fit_short(&table, learned->prior_p5);
        fit_short(&table, learned->prior_p95);
        fit_short(&table, learned->p5);
        fit_short(&table, learned->p50);
        fit_short(&table, learned->p95);
        table_number(&table, learned->width, 2);
        table_number(&table, learned->r_hat, 3);
        table_number(&table, learned->n_effective, 0);
        table_str(&table, fit_said(&model->params[p], learned));
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

int exodus_show_calibrate(const struct verb_call *call, const struct exodus_made *made,
                          struct ajar_err *err)
{
    const struct exodus_model *model = made->input->model;
    const struct exodus_fit *fit = &made->fit->fit;
    char day[DATE_TEXT];
    tell_say(call, "%.*s: fitted on %u rows %s %s", (int)model->title.n, model->title.at,
             fit->n_rows, made->by_period ? "of days up to" : "that were published by",
             date_format(model->as_known, day));
    if (made->quick) {
        tell_say(call,
                 "--quick: short chains, to see that all is well. This is not the fit that is "
                 "shipped.");
    }
    if (made->by_period) {
        tell_say(call, "--by-period: rows published later reach this fit. It is hindsight, to be "
                       "shown under that name only.");
    }
    fputc('\n', call->to);
    TRY(fit_params(call, made, err));
    tell_say(call,
             "Width: of p5 to p95, over that of the prior; near 1 the rows taught nothing. R-hat "
             "near 1: the chains agree. %u draws are kept; %.0f %% of the proposals were accepted.",
             fit->n_draws, 100 * fit->accepted);
    TRY(exodus_show_rolling(call, made->fit->rolling, made->fit->n_rolling, err));
    if (call->out != NULL) {
        fprintf(call->to, "Files: %s\n", call->out);
    }
    return 0;
}

/* ---- score ---- */

static int score_observed(const struct verb_call *call, const struct exodus_made *made,
                          struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"from", TABLE_WORD},           {"to", TABLE_WORD},
        {"where", TABLE_WORD},          {"route", TABLE_TEXT},
        {"measure", TABLE_TEXT},        {"counted", TABLE_NUMBER},
        {"p50", TABLE_NUMBER},          {"p10", TABLE_NUMBER},
        {"p90", TABLE_NUMBER},          {"inside", TABLE_WORD},
        {"log10\nerror", TABLE_NUMBER}, {"used", TABLE_WORD},
    };
    const struct exodus_chain *chain = made->chain;
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < chain->n_observed; i++) {
        const struct exodus_observed *one = &chain->observed[i];
        const struct exodus_seen *seen = &made->input->seen[one->seen];
        char day[DATE_TEXT];
        if (one->why != NULL) {
            continue;
        }
        table_begin_row(&table);
        table_str(&table, date_format(seen->row.from, day) + 5);
        table_str(&table, date_format(seen->row.to, day) + 5);
        table_text(&table, seen->row.country);
        table_text(&table, seen->row.route);
        table_text(&table, seen->row.measure);
        table_number(&table, seen->row.value, 0);
        table_number(&table, one->model.p50, 0);
        table_number(&table, one->expected.p10, 0);
        table_number(&table, one->expected.p90, 0);
        table_str(&table, one->inside ? "yes" : "NO");
        table_number(&table, one->error, 2);
        table_str(&table, !one->was_known ? "later" : seen->use == EXODUS_FIT ? "fit" : "check");
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

int exodus_show_score(const struct verb_call *call, const struct exodus_made *made,
                      struct ajar_err *err)
{
    const struct exodus_chain *chain = made->chain;
    char day[DATE_TEXT];
    exodus_show_opening(call, made);
    fputc('\n', call->to);
    TRY(score_observed(call, made, err));
    tell_say(call, "p10 to p90: of a figure that would be counted, with the error of counting. "
                   "Used: fit, in the fit; check, known but not fitted; later, published after "
                   "the day of the fit: no fit saw it.");
    tell_say(call,
             "Of %zu rows that end on or before %s, %zu lie in the interval of 80 %%; by the "
             "priors alone %zu.",
             chain->n_counted, date_format(made->input->model->as_known, day), chain->n_inside,
             chain->n_prior_inside);
    for (size_t i = 0; i < chain->n_observed; i++) {
        const struct exodus_observed *one = &chain->observed[i];
        const struct exodus_row *row = &made->input->seen[one->seen].row;
        if (one->why != NULL) {
            tell_say(call, "No answer for %.*s, %.*s, %.*s from %s: %s.", (int)row->country.n,
                     row->country.at, (int)row->route.n, row->route.at, (int)row->measure.n,
                     row->measure.at, date_format(row->from, day), one->why);
        }
    }
    return exodus_show_rolling(call, chain->rolling, chain->n_rolling, err);
}

/* ---- score --rows ---- */

static void scored_row(struct table *table, const struct exodus_row *row, long line,
                       const struct exodus_observed *one)
{
    char day[DATE_TEXT];
    table_begin_row(table);
    table_int(table, line);
    table_str(table, date_format(row->from, day));
    table_text(table, row->country);
    table_text(table, row->measure);
    table_number(table, row->value, 0);
    table_number(table, one->model.p50, 0);
    table_number(table, one->model.p5, 0);
    table_number(table, one->model.p95, 0);
    table_number(table, one->error, 2);
    table_str(table, one->inside ? "yes" : "NO");
    table_number(table, one->score, 2);
    table_number(table, one->error_last_week, 2);
    table_number(table, one->error_before, 2);
}

static int scored_rows(const struct verb_call *call, const struct exodus_made *made,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"line", TABLE_NUMBER},
        {"from", TABLE_WORD},
        {"where", TABLE_WORD},
        {"measure", TABLE_TEXT},
        {"counted", TABLE_NUMBER},
        {"p50", TABLE_NUMBER},
        {"p5", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},
        {"log10\nerror", TABLE_NUMBER},
        {"inside\n80 %", TABLE_WORD},
        {"interval\nscore", TABLE_NUMBER},
        {"last\nweek's", TABLE_NUMBER},
        {"before's", TABLE_NUMBER},
    };
    const struct exodus_file *file = made->ask->file;
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < made->scored->n; i++) {
        const struct exodus_observed *one = &made->scored->observed[i];
        if (one->why == NULL) {
            scored_row(&table, &file->rows[one->seen], file->line[one->seen], one);
        }
    }
    return made->scored->all.n == 0 ? 0
                                    : table_print(&table, call->to, call->width, call->color, err);
}

static void scored_baseline(const struct verb_call *call, const char *name, size_t n, double its,
                            double models)
{
    if (n > 0) {
        tell_say(call,
                 "%s goes on: mean |log10 error| %.3f, rows that have it %zu; the model's "
                 "there %.3f.",
                 name, its, n, models);
    } else {
        tell_say(call, "%s goes on: no row has it.", name);
    }
}

static void scored_means(const struct verb_call *call, const struct exodus_rolling *means)
{
    tell_say(call,
             "Mean |log10 error| %.3f (a factor of %.2f), mean interval score %.3f; inside the "
             "interval of 80 %%: %zu of %zu.",
             means->error, steady_exp(means->error * SHOW_LN10), means->score, means->n_inside,
             means->n);
    scored_baseline(call, "Last week", means->n_last_week, means->error_last_week,
                    means->model_last_week);
    scored_baseline(call, "Before the order", means->n_before, means->error_before,
                    means->model_before);
}

int exodus_show_scored(const struct verb_call *call, const struct exodus_made *made,
                       struct ajar_err *err)
{
    const struct exodus_scored *scored = made->scored;
    const struct exodus_file *file = made->ask->file;
    char day[DATE_TEXT];
    exodus_show_opening(call, made);
    fputc('\n', call->to);
    TRY(scored_rows(call, made, err));
    date_format(made->input->model->as_known, day);
    tell_say(
        call,
        "Rows with a value: %zu of %zu; answered of these: %zu; of these begin after %s, so are "
        "forecasts: %zu. Errors: log10((p50 + 1) / (counted + 1)), and the same of the baselines. "
        "Interval: of a figure that would be counted; where observations.csv has no scale "
        "for the row, with one of %.2f.",
        scored->n, file->n, scored->all.n, day, scored->n_ahead, scored->scale);
    exodus_show_unanswered(call, made->ask);
    if (scored->all.n > 0) {
        tell_heading(call, "All rows");
        scored_means(call, &scored->all);
    }
    if (scored->ahead.n > 0 && scored->ahead.n < scored->all.n) {
        tell_heading(call, "Rows that begin after %s", day);
        scored_means(call, &scored->ahead);
    }
    return 0;
}
