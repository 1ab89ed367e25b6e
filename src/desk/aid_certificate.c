/* The certificate: all that somebody else needs to recompute the residuals, in full precision. */
#include <math.h>

#include "aid_parts.h"
#include "json.h"
#include "steady.h"

static void aid_put(struct json_out *json, const char *key, double value)
{
    json_key(json, key);
    json_put_number(json, value);
}

static void aid_put_str(struct json_out *json, const char *key, const char *value)
{
    json_key(json, key);
    json_put_str(json, value);
}

/* JSON has no infinity. */
static void aid_put_level(struct json_out *json, const char *key, double value)
{
    json_key(json, key);
    if (isinf(value)) {
        json_put_str(json, value > 0 ? "inf" : "-inf");
    } else {
        json_put_number(json, value);
    }
}

/* Coverage by the formula, from the level alone. */
static double aid_target(const struct aid_job *job, size_t i)
{
    const struct aid_split *split = &job->split;
    double r = isinf(job->options.alpha)
                   ? split->level
                   : steady_exp((steady_log(job->problem.severity[i]) - split->log_level) /
                                job->options.alpha);
    return fmin(fmax(r, split->lo[i]), split->hi[i]);
}

static void aid_certificate_host(struct json_out *json, const struct aid_job *job, size_t i)
{
    const struct aid_problem *problem = &job->problem;
    const struct aid_split *split = &job->split;
    double target = aid_target(job, i);
    json_begin_object(json);
    aid_put_str(json, "host", job->code[i]);
    aid_put(json, "n", problem->need[i]);
    aid_put(json, "b", problem->funded[i]);
    aid_put(json, "u", problem->cap[i]);
    aid_put(json, "floor", problem->floor != NULL ? problem->floor[i] : 0);
    aid_put(json, "ceiling", problem->ceiling != NULL ? problem->ceiling[i] : (double)NAN);
    aid_put(json, "s", problem->severity[i]);
    aid_put(json, "lo", split->lo[i]);
    aid_put(json, "hi", split->hi[i]);
    aid_put(json, "x", split->x[i]);
    aid_put(json, "r", split->coverage[i]);
    aid_put(json, "r_by_formula", target);
    aid_put(json, "residual", fabs(split->coverage[i] - target));
    aid_put_str(json, "limited_by", aid_binding_word(split->binding[i]));
    json_end_object(json);
}

void aid_job_lent_json(struct json_out *json, const struct aid_job *job)
{
    json_key(json, "computed_stocks");
    json_begin_array(json);
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[AID_FIGURE_STOCK][i];
        if (aid_job_lent(job, i)) {
            json_begin_object(json);
            aid_put_str(json, "host", job->code[i]);
            aid_put(json, "stock", input->value);
            aid_put(json, "low", input->low);
            aid_put(json, "high", input->high);
            aid_put_str(json, "date", input->date);
            aid_put_str(json, "origin", input->origin);
            aid_put_str(json, "note", input->note);
            json_end_object(json);
        }
    }
    json_end_array(json);
}

/* The max-min inequality of Webster's method: no quotient that waits is above one that was
 * served. */
static void aid_certificate_tranches(struct json_out *json, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    json_key(json, "tranches");
    json_begin_object(json);
    aid_put_str(json, "method",
                "Webster (Sainte-Lague): each next tranche to the largest x / (2 tranches + 1) "
                "among hosts that can take a whole one; floors in whole tranches first");
    aid_put(json, "tranche", job->options.tranche);
    json_key(json, "total");
    json_put_int(json, split->tranches_total);
    aid_put(json, "left_over", split->tranche_leftover);
    json_key(json, "floors_kept");
    json_put_bool(json, split->floors_kept);
    aid_put(json, "largest_deviation_in_tranches", split->largest_deviation);
    aid_put_str(json, "deviation_host", job->code[split->deviation_host]);
    json_key(json, "hosts");
    json_begin_array(json);
    for (size_t i = 0; i < job->n; i++) {
        json_begin_object(json);
        aid_put_str(json, "host", job->code[i]);
        json_key(json, "tranches");
        json_put_int(json, split->tranches[i]);
        aid_put(json, "most", split->most[i]);
        aid_put(json, "waiting_quotient", split->x[i] / (double)(2 * split->tranches[i] + 1));
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void aid_certificate_residuals(struct json_out *json, const struct aid_split *split)
{
    json_key(json, "residuals");
    json_begin_object(json);
    aid_put_str(json, "coverage_is", "largest over hosts of |r - r_by_formula|");
    aid_put(json, "coverage", split->residual_r);
    aid_put_str(json, "budget_is", "|sum of x - spent| / budget");
    aid_put(json, "budget", split->residual_budget);
    json_end_object(json);
}

void aid_certificate(struct buf *buf, const struct aid_job *job)
{
    const struct aid_split *split = &job->split;
    bool water = isinf(job->options.alpha);
    struct json_out json;
    json_out_init(&json, buf, true);
    json_begin_object(&json);
    aid_put_str(&json, "title", job->title);
    aid_put_str(&json, "from", job->from);
    aid_put_str(&json, "ajar", AJAR_VERSION);
    aid_put_str(&json, "unit", job->unit);
    aid_put(&json, "budget", job->options.budget);
    aid_put_level(&json, "alpha", job->options.alpha);
    aid_put_str(&json, "formula",
                water ? "r = clip(theta, lo, hi)" : "r = clip((s / L)^(1 / alpha), lo, hi)");
    aid_put_str(&json, "definitions",
                "r = min(1, (b + x) / n); lo = min(1, (b + floor) / n); hi = max(lo, min(1, (b + "
                "min(u, ceiling, max(n - b, 0))) / n))");
    aid_put_level(&json, water ? "theta" : "L", split->level);
    aid_put_level(&json, "log_level", split->log_level);
    aid_put(&json, "spent", split->spent);
    aid_put(&json, "unspent", split->unspent);
    aid_put_str(&json, "unspent_because",
                split->reason == AID_ALL_AT_MOST ? "every host is at its most"
                                                 : "nothing is unspent");
    aid_certificate_residuals(&json, split);
    json_key(&json, "hosts");
    json_begin_array(&json);
    for (size_t i = 0; i < job->n; i++) {
        aid_certificate_host(&json, job, i);
    }
    json_end_array(&json);
    if (aid_job_n_lent(job) > 0) {
        aid_job_lent_json(&json, job);
    }
    if (split->tranches != NULL) {
        aid_certificate_tranches(&json, job);
    }
    json_end_object(&json);
    buf_char(buf, '\n');
}
