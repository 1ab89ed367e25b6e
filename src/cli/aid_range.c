/* How far the choice of alpha and uncertain inputs move the amounts, side by side. */
#include <math.h>
#include <string.h>

#include "aid_show.h"
#include "num.h"
#include "table.h"

#define RANGE_COLUMNS (2 + AID_ALPHAS + 3) /* host, this split, alphas, three quantiles */

static int range_columns(const struct verb_call *call, const struct aid_job *job,
                         struct table_column columns[RANGE_COLUMNS], size_t *n,
                         struct ajar_err *err)
{
    static const char *const quantiles[] = {"draws\np5", "draws\np50", "draws\np95"};
    *n = 0;
    columns[(*n)++] = (struct table_column){"host", TABLE_TEXT};
    columns[(*n)++] = (struct table_column){"this\nsplit", TABLE_NUMBER};
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        char *head, alpha[48];
        TRY_NEW(head, call->arena, 64, err);
        snprintf(head, 64, "alpha\n%s", aid_show_alpha(aid_alphas[k], alpha));
        columns[(*n)++] = (struct table_column){head, TABLE_NUMBER};
    }
    for (size_t k = 0; job->sensitivity.draws > 0 && k < 3; k++) {
        columns[(*n)++] = (struct table_column){quantiles[k], TABLE_NUMBER};
    }
    return 0;
}

static int range_table(const struct verb_call *call, const struct aid_job *job,
                       const struct aid_scale *scale, struct ajar_err *err)
{
    struct table_column columns[RANGE_COLUMNS];
    size_t n;
    struct table table;
    const struct aid_band *all = &job->sensitivity.band[AID_GROUP_ALL];
    TRY(range_columns(call, job, columns, &n, err));
    table_init(&table, call->arena, columns, n);
    for (size_t i = 0; i < job->n; i++) {
        struct text label;
        TRY(aid_show_label(call, job, i, &label, err));
        table_begin_row(&table);
        table_text(&table, label);
        table_number(&table, job->split.x[i] / scale->by, scale->decimals);
        for (size_t k = 0; k < AID_ALPHAS; k++) {
            table_number(&table, job->at_alpha[k].x[i] / scale->by, scale->decimals);
        }
        if (job->sensitivity.draws > 0 && all->present) {
            table_number(&table, all->p5[i] / scale->by, scale->decimals);
            table_number(&table, all->p50[i] / scale->by, scale->decimals);
            table_number(&table, all->p95[i] / scale->by, scale->decimals);
        }
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

static double range_widest(size_t n, const double *low, const double *high)
{
    double widest = 0;
    for (size_t i = 0; i < n; i++) {
        widest = fmax(widest, high[i] - low[i]);
    }
    return widest;
}

/* A head with each word on a line of its own. */
static int range_stack(const struct verb_call *call, const char *words, const char **out,
                       struct ajar_err *err)
{
    char *head;
    size_t n = strlen(words);
    TRY_NEW(head, call->arena, n + 1, err);
    for (size_t i = 0; i < n; i++) {
        head[i] = words[i] == ' ' ? '\n' : words[i];
    }
    *out = head;
    return 0;
}

/* p95 - p5 of each host when one group of inputs alone is drawn. */
static int range_groups(const struct verb_call *call, const struct aid_job *job,
                        const struct aid_scale *scale, struct ajar_err *err)
{
    struct table_column columns[1 + AID_GROUPS] = {{"host", TABLE_TEXT}};
    const struct aid_band *bands = job->sensitivity.band;
    size_t n = 1;
    struct table table;
    for (unsigned k = 0; k < AID_GROUPS; k++) {
        if (bands[k].present) {
            const char *head = NULL;
            TRY(range_stack(call, aid_group_word((enum aid_group)k), &head, err));
            columns[n++] = (struct table_column){head, TABLE_NUMBER};
        }
    }
    if (n <= 3) {
        return 0; /* one group alone is the same as all together */
    }
    table_init(&table, call->arena, columns, n);
    for (size_t i = 0; i < job->n; i++) {
        struct text label;
        TRY(aid_show_label(call, job, i, &label, err));
        table_begin_row(&table);
        table_text(&table, label);
        for (unsigned k = 0; k < AID_GROUPS; k++) {
            if (bands[k].present) {
                table_number(&table, (bands[k].p95[i] - bands[k].p5[i]) / scale->by,
                             scale->decimals);
            }
        }
    }
    tell_heading(call, "What moves it: p95 - p5 in %s when only this is drawn", scale->words);
    return table_print(&table, call->to, call->width, call->color, err);
}

int aid_show_sensitivity(const struct verb_call *call, const struct aid_job *job,
                         struct ajar_err *err)
{
    struct aid_scale scale = aid_scale_of(job);
    const struct aid_sensitivity *sensitivity = &job->sensitivity;
    const struct aid_band *all = &sensitivity->band[AID_GROUP_ALL];
    char draws[NUM_TEXT], by_draws[NUM_TEXT], by_alpha[NUM_TEXT];
    if (sensitivity->draws == 0 || !all->present) {
        tell_heading(call, "At other alphas, in %s", scale.words);
        return range_table(call, job, &scale, err);
    }
    num_format_grouped((double)sensitivity->draws, 0, draws);
    tell_heading(call, "At other alphas, and with uncertain inputs, in %s", scale.words);
    TRY(range_table(call, job, &scale, err));
    double wide = range_widest(job->n, all->p5, all->p95) / scale.by;
    double tilt = range_widest(job->n, sensitivity->alpha_low, sensitivity->alpha_high) / scale.by;
    num_format_grouped(wide, scale.decimals, by_draws);
    num_format_grouped(tilt, scale.decimals, by_alpha);
    tell_say(call,
             "%s draws, seed %llu. Uncertain inputs move one host's amount by up to %s %s (p5 to "
             "p95), the choice of alpha by up to %s.",
             draws, (unsigned long long)sensitivity->seed, by_draws, scale.words, by_alpha);
    return range_groups(call, job, &scale, err);
}
