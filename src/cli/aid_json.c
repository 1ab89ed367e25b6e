/* The answers of `ajar aid` for machines; docs/json.md names every key. */
#include <math.h>

#include "aid_show.h"
#include "json_puts.h"

#define AID_JSON_CEILING ((size_t)4 << 30)

/* JSON has no infinity, and alpha has one: the word that the command line takes too. */
static void put_figure(struct json_out *json, const char *key, double value)
{
    if (isinf(value)) {
        put_str(json, key, "inf");
    } else {
        put_number(json, key, value);
    }
}

static void put_numbers(struct json_out *json, const char *key, const double *values, size_t n)
{
    json_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; i < n; i++) {
        json_put_number(json, values[i]);
    }
    json_end_array(json);
}

static void put_frame(struct json_out *json, const struct aid_job *job)
{
    put_str(json, "title", job->title);
    put_str(json, "from", job->from);
    put_str(json, "unit", job->unit);
    put_figure(json, "budget", job->options.budget);
    put_figure(json, "alpha", job->options.alpha);
    put_figure(json, "tranche", job->options.tranche);
}

static void put_host(struct json_out *json, const struct aid_job *job, size_t i)
{
    const struct aid_problem *problem = &job->problem;
    const struct aid_split *split = &job->split;
    json_begin_object(json);
    put_str(json, "host", job->code[i]);
    put_str(json, "name", job->name[i]);
    put_figure(json, "stock", job->input[AID_FIGURE_STOCK][i].value);
    put_figure(json, "need", problem->need[i]);
    put_figure(json, "funded", problem->funded[i]);
    put_figure(json, "cap", problem->cap[i]);
    put_figure(json, "severity", problem->severity[i]);
    put_figure(json, "amount", split->x[i]);
    put_figure(json, "rounded", split->rounded == NULL ? (double)NAN : split->rounded[i]);
    put_figure(json, "coverage_before", fmin(1, problem->funded[i] / problem->need[i]));
    put_figure(json, "coverage", split->coverage[i]);
    put_str(json, "limited_by", aid_binding_word(split->binding[i]));
    put_figure(json, "share_of_next", split->share_of_next[i]);
    json_end_object(json);
}

static void put_tranches(struct json_out *json, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    json_key(json, "tranches");
    if (split->tranches == NULL) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_key(json, "paid");
    json_put_int(json, split->tranches_total);
    put_figure(json, "left_over", split->tranche_leftover);
    put_figure(json, "largest_deviation", split->largest_deviation);
    json_key(json, "floors_kept");
    json_put_bool(json, split->floors_kept);
    json_end_object(json);
}

static void put_rules(struct json_out *json, const struct aid_job *job)
{
    json_key(json, "rules");
    json_begin_array(json);
    for (unsigned i = 0; i < AID_RULES; i++) {
        const struct aid_compared *rule = &job->rule[i];
        json_begin_object(json);
        put_str(json, "rule", aid_rule_word((enum aid_rule)i));
        put_figure(json, "spent", rule->spent);
        put_figure(json, "worst_coverage", rule->worst_coverage);
        put_figure(json, "people_covered", rule->people_covered);
        put_numbers(json, "amounts", rule->x, job->n);
        json_end_object(json);
    }
    json_end_array(json);
    put_figure(json, "price_of_fairness", job->price_of_fairness);
    json_key(json, "alphas");
    json_begin_array(json);
    for (size_t k = 0; k < AID_ALPHAS; k++) {
        json_begin_object(json);
        put_figure(json, "alpha", aid_alphas[k]);
        put_numbers(json, "amounts", job->at_alpha[k].x, job->n);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_sensitivity(struct json_out *json, const struct aid_job *job)
{
    const struct aid_sensitivity *sensitivity = &job->sensitivity;
    json_key(json, "sensitivity");
    if (sensitivity->draws == 0) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    json_key(json, "draws");
    json_put_int(json, sensitivity->draws);
    json_key(json, "seed");
    json_put_int(json, (int64_t)sensitivity->seed);
    put_figure(json, "stock_sd", sensitivity->stock_sd);
    json_key(json, "groups");
    json_begin_array(json);
    for (unsigned k = 0; k < AID_GROUPS; k++) {
        const struct aid_band *band = &sensitivity->band[k];
        if (band->present) {
            json_begin_object(json);
            put_str(json, "group", aid_group_word((enum aid_group)k));
            put_numbers(json, "p5", band->p5, job->n);
            put_numbers(json, "p50", band->p50, job->n);
            put_numbers(json, "p95", band->p95, job->n);
            json_end_object(json);
        }
    }
    json_end_array(json);
    json_end_object(json);
}

static void put_split(struct json_out *json, const struct verb_call *call,
                      const struct aid_job *job, const char *const *files, size_t n_files)
{
    const struct aid_split *split = &job->split;
    json_begin_object(json);
    put_frame(json, job);
    put_figure(json, "spent", split->spent);
    put_figure(json, "unspent", split->unspent);
    put_figure(json, "level", split->level);
    put_figure(json, "next_unit", split->next_dollar);
    put_figure(json, "kkt_residual", split->residual_r);
    put_figure(json, "budget_residual", split->residual_budget);
    json_key(json, "hosts");
    json_begin_array(json);
    for (size_t i = 0; i < job->n; i++) {
        put_host(json, job, i);
    }
    json_end_array(json);
    if (aid_job_n_lent(job) > 0) {
        aid_job_lent_json(json, job);
    }
    put_tranches(json, job);
    put_rules(json, job);
    put_sensitivity(json, job);
    put_str(json, "out", n_files > 0 ? call->out : NULL);
    json_key(json, "files");
    json_begin_array(json);
    for (size_t i = 0; i < n_files; i++) {
        json_put_str(json, files[i]);
    }
    json_end_array(json);
    json_end_object(json);
}

int aid_json_split(const struct verb_call *call, const struct aid_job *job,
                   const char *const *files, size_t n_files, struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, AID_JSON_CEILING);
    json_out_init(&json, &buf, true);
    put_split(&json, call, job, files, n_files);
    return call_put_json(call, &buf, err);
}

static void put_input(struct json_out *json, enum aid_figure figure, const struct aid_input *input)
{
    json_begin_object(json);
    put_str(json, "figure", aid_figure_word(figure));
    put_figure(json, "value", input->value);
    put_str(json, "unit", input->unit);
    put_figure(json, "low", input->low);
    put_figure(json, "high", input->high);
    put_str(json, "basis", aid_quality_word(input->quality));
    put_str(json, "origin", input->origin);
    put_str(json, "date", input->date);
    put_str(json, "note", input->note);
    json_end_object(json);
}

static void put_why(struct json_out *json, const struct aid_job *job, const struct aid_why *why)
{
    size_t host = why->host;
    json_begin_object(json);
    put_frame(json, job);
    json_key(json, "host");
    put_host(json, job, host);
    put_str(json, "binds", why->binds);
    put_str(json, "would_raise", why->would_raise);
    put_figure(json, "rank_coverage", why->rank_coverage);
    put_figure(json, "raised_by", why->raised_by);
    put_figure(json, "gain_if_raised", why->gain_if_raised);
    json_key(json, "losses");
    json_begin_array(json);
    for (size_t i = 0; i < job->n; i++) {
        if (i != host) {
            json_begin_object(json);
            put_str(json, "host", job->code[i]);
            put_figure(json, "loss", why->loss[i]);
            json_end_object(json);
        }
    }
    json_end_array(json);
    put_figure(json, "best_alpha", why->best_alpha);
    put_figure(json, "best_amount", why->best_x);
    json_key(json, "inputs");
    json_begin_array(json);
    for (unsigned figure = 0; figure < AID_FIGURES; figure++) {
        if (job->input[figure][host].quality != AID_ABSENT) {
            put_input(json, (enum aid_figure)figure, &job->input[figure][host]);
        }
    }
    json_end_array(json);
    json_end_object(json);
}

int aid_json_why(const struct verb_call *call, const struct aid_job *job, const struct aid_why *why,
                 struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, AID_JSON_CEILING);
    json_out_init(&json, &buf, true);
    put_why(&json, job, why);
    return call_put_json(call, &buf, err);
}
