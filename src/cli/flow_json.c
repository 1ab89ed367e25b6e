/* The answers of `ajar flow` as JSON; the keys are documented in docs/json.md. */
#include <math.h>

#include "flow_show.h"
#include "json_puts.h"

#define JSON_CEILING ((size_t)1 << 30)

static void json_head(struct json_out *json, const struct flow_call *at, const char *how)
{
    const struct flow_world *world = &at->input.world;
    put_text(json, "title", world->title);
    put_day(json, "from", world->start + at->from);
    put_day(json, "to", world->start + at->to - 1);
    put_str(json, "computed", how);
}

static struct text json_camp(const struct flow_call *at, size_t camp)
{
    return at->input.world.places[at->input.world.camps[camp]].name;
}

static void json_open(struct json_out *json, struct buf *buf)
{
    buf_init(buf, JSON_CEILING);
    json_out_init(json, buf, true);
    json_begin_object(json);
}

int flow_json_import(const struct verb_call *call, const struct flow_input *input,
                     const struct flow_said *said, struct ajar_err *err)
{
    const struct flow_world *world = &input->world;
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    put_str(&json, "out", call->out);
    put_text(&json, "title", world->title);
    put_day(&json, "start", world->start);
    put_int(&json, "days", world->n_days);
    put_int(&json, "places", (int64_t)world->n_places);
    put_int(&json, "roads", (int64_t)world->n_roads);
    put_int(&json, "closures", (int64_t)world->n_closures);
    put_int(&json, "camps", (int64_t)world->n_camps);
    put_int(&json, "reports", (int64_t)world->n_reports);
    put_texts(&json, "said", said->n, said->at);
    put_int(&json, "said_total", (int64_t)said->total);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

int flow_json_run(const struct verb_call *call, const struct flow_run_answer *answer,
                  struct ajar_err *err)
{
    const struct flow_result *result = answer->result;
    const struct flow_world *world = &answer->at->input.world;
    size_t days = (size_t)result->n_days;
    int64_t hasten = answer->at->input.params.hasten;
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    json_head(&json, answer->at, answer->how);
    put_int(&json, "agent_days", (int64_t)result->agent_days);
    put_int(&json, "hops", (int64_t)result->hops);
    put_number(&json, "ard_rescaled", answer->scores.ard_rescaled);
    put_number(&json, "ard_normal", answer->scores.ard_normal);
    put_int(&json, "on_roads", hasten * result->on_links[days - 1]);
    json_key(&json, "camps");
    json_begin_array(&json);
    for (size_t c = 0; c < world->n_camps; c++) {
        json_begin_object(&json);
        put_text(&json, "camp", json_camp(answer->at, c));
        put_int(&json, "people",
                hasten * result->in_place[(days - 1) * answer->plan->n_places + world->camps[c]]);
        int32_t last = flow_show_last(&answer->reported[c * days], result->n_days);
        put_day(&json, "last_report",
                last < 0 ? DATE_NONE : world->start + answer->at->from + last);
        put_number(&json, "reported",
                   last < 0 ? (double)NAN : answer->reported[c * days + (size_t)last]);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static void json_quantiles(struct json_out *json, const struct ensemble_summary *summary, size_t at)
{
    static const char *const words[ENSEMBLE_QUANTILES] = {"p5",  "p10", "p25", "p50",
                                                          "p75", "p90", "p95"};
    put_number(json, "mean", summary->mean[at]);
    for (int q = 0; q < ENSEMBLE_QUANTILES; q++) {
        put_number(json, words[q], summary->quantile[q][at]);
    }
}

int flow_json_ensemble(const struct verb_call *call, const struct flow_call *at,
                       const struct ensemble_summary *summary, const char *how,
                       struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    json_head(&json, at, how);
    put_int(&json, "members", summary->n_members);
    json_key(&json, "camps");
    json_begin_array(&json);
    for (size_t c = 0; c < summary->n_camps; c++) {
        json_begin_object(&json);
        put_text(&json, "camp", json_camp(at, c));
        json_quantiles(&json, summary, (c + 1) * (size_t)summary->n_days - 1);
        put_int(&json, "reports", (int64_t)summary->n_reports[c]);
        put_number(&json, "crps", summary->crps[c]);
        put_number(&json, "median_error", summary->crps_one[c]);
        put_number(&json, "covered80", summary->covered80[c]);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static void json_effect(struct json_out *json, struct text name,
                        const struct counterfactual_effect *effect)
{
    json_begin_object(json);
    put_text(json, "camp", name);
    put_number(json, "open", effect->open);
    put_number(json, "shut", effect->shut);
    put_number(json, "difference", effect->mean);
    put_number(json, "p5", effect->p5);
    put_number(json, "p50", effect->p50);
    put_number(json, "p95", effect->p95);
    put_number(json, "sd_paired", effect->sd_paired);
    put_number(json, "sd_chance", effect->sd_chance);
    put_number(json, "sd_both", effect->sd_both);
    json_end_object(json);
}

int flow_json_counterfactual(const struct verb_call *call, const struct flow_call *at,
                             const struct counterfactual *result, const char *how,
                             struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    json_head(&json, at, how);
    put_str(&json, "close", call_text(call, "close"));
    json_key(&json, "camps");
    json_begin_array(&json);
    for (size_t c = 0; c < result->n_camps; c++) {
        json_effect(&json, json_camp(at, c), &result->camps[c]);
    }
    json_end_array(&json);
    json_key(&json, "not_in_a_camp");
    json_effect(&json, text_of(""), &result->on_way);
    put_number(&json, "narrower_chance", result->narrower_chance);
    put_number(&json, "narrower_both", result->narrower_both);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

int flow_json_calibrate(const struct verb_call *call, const struct flow_call *at,
                        const struct calibrate_result *result, const char *how,
                        struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    json_head(&json, at, how);
    put_int(&json, "reports", (int64_t)result->n_reports);
    put_int(&json, "camps", (int64_t)result->n_camps);
    put_int(&json, "accepted", result->n_accepted);
    put_number(&json, "distance_best", result->distance_best);
    put_number(&json, "distance_kept", result->distance_kept);
    put_number(&json, "distance_prior", result->distance_prior);
    json_key(&json, "parameters");
    json_begin_array(&json);
    for (size_t i = 0; i < at->n_ranges; i++) {
        const struct calibrate_param *param = &result->params[i];
        json_begin_object(&json);
        put_str(&json, "name", at->ranges[i].param->name);
        put_number(&json, "low", at->ranges[i].low);
        put_number(&json, "high", at->ranges[i].high);
        put_number(&json, "best", param->best);
        put_number(&json, "mean", param->mean);
        put_number(&json, "p5", param->p5);
        put_number(&json, "p50", param->p50);
        put_number(&json, "p95", param->p95);
        put_number(&json, "narrowed", param->narrowed);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static void json_hindsight(struct json_out *json, const struct flow_hindsight *row, int capacities)
{
    const struct flow_scores *scores = &row->scores[capacities];
    if (isnan(scores->ard_rescaled) && isnan(scores->ard_normal)) {
        return;
    }
    json_begin_object(json);
    put_str(json, "rule", flow_score_word(row->rule));
    json_key(json, "capacities");
    if (row->rule == SCORE_OLD7 || row->rule == SCORE_OLD30) {
        json_put_null(json);
    } else {
        json_put_bool(json, capacities == 1);
    }
    put_number(json, "ard_rescaled", scores->ard_rescaled);
    put_number(json, "ard_rescaled_sd", row->sd[capacities]);
    put_number(json, "ard_normal", scores->ard_normal);
    put_number(json, "mase7", scores->mase7);
    put_number(json, "mase30", scores->mase30);
    json_end_object(json);
}

static void json_allocation(struct json_out *json, const struct flow_horizon *at)
{
    json_begin_object(json);
    put_int(json, "days", at->days);
    put_int(json, "reports", (int64_t)at->allocation.n);
    put_number(json, "error", at->allocation.error);
    put_number(json, "share_persistence", at->allocation.persistence);
    json_end_object(json);
}

static void json_forecast(struct json_out *json, const struct flow_horizon *at)
{
    bool none = at->error.n == 0;
    json_begin_object(json);
    put_int(json, "days", at->days);
    put_int(json, "lead_least", at->least);
    put_int(json, "lead_most", at->most);
    put_int(json, "reports", (int64_t)at->error.n);
    put_number(json, "error", none ? (double)NAN : at->error.error);
    put_number(json, "last_count", none ? (double)NAN : at->error.persistence);
    put_number(json, "skill", none ? (double)NAN : at->error.skill);
    put_number(json, "covered80",
               none ? (double)NAN : (double)at->cover.inside / (double)at->cover.n);
    put_number(json, "interval_score80", none ? (double)NAN : at->cover.score);
    put_number(json, "plain_covered80",
               none ? (double)NAN : (double)at->plain.inside / (double)at->plain.n);
    put_number(json, "plain_interval_score80", none ? (double)NAN : at->plain.score);
    put_number(json, "total_error", at->total.n == 0 ? (double)NAN : at->total.error);
    put_number(json, "total_last_count", at->total.n == 0 ? (double)NAN : at->total.persistence);
    json_end_object(json);
}

int flow_json_score(const struct verb_call *call, const struct flow_score_answer *answer,
                    struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    json_open(&json, &buf);
    put_text(&json, "title", answer->title);
    put_bool(&json, "fitted_on_others", answer->fitted_here);
    put_int(&json, "seeds", answer->options.seeds);
    json_key(&json, "hindsight");
    json_begin_array(&json);
    for (int k = 1; k >= 0; k--) {
        for (size_t i = 0; i < answer->n_hindsight; i++) {
            json_hindsight(&json, &answer->hindsight[i], k);
        }
    }
    json_end_array(&json);
    json_key(&json, "allocation");
    json_begin_array(&json);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        json_allocation(&json, &answer->horizons[h]);
    }
    json_end_array(&json);
    json_key(&json, "forecast");
    json_begin_array(&json);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        json_forecast(&json, &answer->horizons[h]);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}
