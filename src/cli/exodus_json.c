/* The answers of `ajar flow` for an exodus as JSON; the keys are documented in docs/json.md. */
#include <math.h>

#include "exodus_show.h"
#include "json_puts.h"

#define JSON_CEILING ((size_t)1 << 30)

static void json_open(struct json_out *json, struct buf *buf, const struct exodus_made *made)
{
    const struct exodus_model *model = made->input->model;
    buf_init(buf, JSON_CEILING);
    json_out_init(json, buf, true);
    json_begin_object(json);
    put_text(json, "title", model->title);
    put_day(json, "from", model->from);
    put_day(json, "to", model->to);
    put_day(json, "order", model->order);
    put_day(json, "as_known", model->as_known);
    if (made->how != NULL) {
        put_str(json, "computed", made->how);
    }
}

static int json_close(struct json_out *json, struct buf *buf, const struct verb_call *call,
                      struct ajar_err *err)
{
    json_end_object(json);
    return call_put_json(call, buf, err);
}

static void json_begin_list(struct json_out *json, const char *key)
{
    json_key(json, key);
    json_begin_array(json);
}

static void json_spread(struct json_out *json, const char *key, const struct exodus_spread *spread)
{
    json_key(json, key);
    json_begin_object(json);
    put_number(json, "mean", spread->mean);
    put_number(json, "p5", spread->p5);
    put_number(json, "p50", spread->p50);
    put_number(json, "p95", spread->p95);
    json_end_object(json);
}

/* ---- run ---- */

static void json_door(struct json_out *json, struct text id, struct text title,
                      const struct exodus_door_sums *sums)
{
    json_begin_object(json);
    put_text(json, "door", id);
    put_text(json, "title", title);
    json_spread(json, "in", &sums->in);
    json_spread(json, "out", &sums->out);
    json_spread(json, "net", &sums->net);
    json_spread(json, "refused", &sums->refused);
    json_spread(json, "gave_up", &sums->gave_up);
    json_spread(json, "flight_in", &sums->flight_in);
    json_end_object(json);
}

static void json_class(struct json_out *json, struct text id, struct text title,
                       const struct exodus_class_sums *sums)
{
    json_begin_object(json);
    put_text(json, "class", id);
    put_text(json, "title", title);
    json_spread(json, "set_out", &sums->set_out);
    json_spread(json, "admitted", &sums->admitted);
    json_spread(json, "turned_away", &sums->turned_away);
    json_spread(json, "waiting", &sums->waiting);
    json_spread(json, "undecided", &sums->pool);
    json_spread(json, "stranded", &sums->stranded);
    json_spread(json, "gave_up_for_good", &sums->stopped);
    json_end_object(json);
}

int exodus_json_run(const struct verb_call *call, const struct exodus_made *made,
                    struct ajar_err *err)
{
    const struct exodus_model *model = made->input->model;
    struct json_out json;
    struct buf buf;
    json_open(&json, &buf, made);
    json_begin_list(&json, "doors");
    for (uint32_t d = 0; d <= model->n_doors; d++) {
        bool one = d < model->n_doors;
        json_door(&json, one ? model->doors[d].id : TEXT_LIT("all"),
                  one ? model->doors[d].title : TEXT_LIT("All doors"), &made->sums->doors[d]);
    }
    json_end_array(&json);
    json_begin_list(&json, "classes");
    for (uint32_t c = 0; c <= model->n_classes; c++) {
        bool one = c < model->n_classes;
        json_class(&json, one ? model->classes[c].id : TEXT_LIT("all"),
                   one ? model->classes[c].title : TEXT_LIT("All"), &made->sums->classes[c]);
    }
    json_end_array(&json);
    put_int(&json, "counted", (int64_t)made->chain->n_counted);
    put_int(&json, "inside80", (int64_t)made->chain->n_inside);
    put_int(&json, "prior_inside80", (int64_t)made->chain->n_prior_inside);
    return json_close(&json, &buf, call, err);
}

/* ---- rows ---- */

static void json_row(struct json_out *json, const struct exodus_row *row)
{
    put_day(json, "date_from", row->from);
    put_day(json, "date_to", row->to);
    put_text(json, "country", row->country);
    put_text(json, "route", row->route);
    put_text(json, "measure", row->measure);
    put_number(json, "value", row->value);
}

int exodus_json_rows(const struct verb_call *call, const struct exodus_made *made,
                     struct ajar_err *err)
{
    const struct exodus_ask *ask = made->ask;
    struct json_out json;
    struct buf buf;
    json_open(&json, &buf, made);
    put_int(&json, "answered", (int64_t)ask->n_answered);
    put_int(&json, "not_answered", (int64_t)(ask->file->n - ask->n_answered));
    json_begin_list(&json, "rows");
    for (size_t i = 0; i < ask->file->n; i++) {
        json_begin_object(&json);
        put_int(&json, "line", ask->file->line[i]);
        json_row(&json, &ask->file->rows[i]);
        put_number(&json, "mean", ask->spreads[i].mean);
        put_number(&json, "p5", ask->spreads[i].p5);
        put_number(&json, "p50", ask->spreads[i].p50);
        put_number(&json, "p95", ask->spreads[i].p95);
        put_str(&json, "why", ask->why[i]);
        json_end_object(&json);
    }
    json_end_array(&json);
    return json_close(&json, &buf, call, err);
}

/* ---- counterfactual ---- */

static void json_change(struct json_out *json, const char *key, const struct exodus_change *change)
{
    json_key(json, key);
    json_begin_object(json);
    put_number(json, "as_it_was", change->as_is);
    put_number(json, "changed", change->changed);
    put_number(json, "difference", change->mean);
    put_number(json, "p5", change->p5);
    put_number(json, "p50", change->p50);
    put_number(json, "p95", change->p95);
    json_end_object(json);
}

static void json_effect_doors(struct json_out *json, const struct exodus_model *model,
                              const struct exodus_effect *effect)
{
    json_begin_list(json, "doors");
    for (uint32_t d = 0; d < model->n_doors; d++) {
        json_begin_object(json);
        put_text(json, "door", model->doors[d].id);
        json_change(json, "flight_in", &effect->entries[d]);
        json_change(json, "flight_refused", &effect->refused[d]);
        json_change(json, "flight_gave_up", &effect->gave_up[d]);
        json_change(json, "traffic_in", &effect->traffic[d]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_effect_classes(struct json_out *json, const struct exodus_model *model,
                                const struct exodus_effect *effect)
{
    json_begin_list(json, "classes");
    for (uint32_t c = 0; c < model->n_classes; c++) {
        json_begin_object(json);
        put_text(json, "class", model->classes[c].id);
        json_change(json, "admitted", &effect->admitted[c]);
        json_change(json, "gave_up_for_good", &effect->stopped[c]);
        json_change(json, "stranded", &effect->stranded[c]);
        json_change(json, "in_russia", &effect->in_russia[c]);
        json_end_object(json);
    }
    json_end_array(json);
}

static int json_effect(struct json_out *json, const struct verb_call *call,
                       const struct exodus_made *made, const struct exodus_effect *effect,
                       struct ajar_err *err)
{
    const struct exodus_model *model = made->input->model;
    struct text *said;
    size_t n;
    TRY(exodus_chain_say(call->arena, made->chain, effect, &said, &n, err));
    json_begin_object(json);
    put_text(json, "id", model->what_ifs[effect->world - 1].id);
    put_text(json, "title", model->what_ifs[effect->world - 1].title);
    put_texts(json, "said", n, said);
    json_effect_doors(json, model, effect);
    json_effect_classes(json, model, effect);
    json_change(json, "flight_in", &effect->entries_all);
    json_change(json, "gave_up_for_good", &effect->stopped_all);
    json_change(json, "stranded", &effect->stranded_all);
    json_change(json, "stranded_most", &effect->stranded_most);
    put_number(json, "narrower", isfinite(effect->narrower) ? effect->narrower : (double)NAN);
    json_end_object(json);
    return 0;
}

int exodus_json_counterfactual(const struct verb_call *call, const struct exodus_made *made,
                               struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    int code = 0;
    json_open(&json, &buf, made);
    json_begin_list(&json, "what_ifs");
    for (size_t i = 0; i < made->chain->n_effects && code == 0; i++) {
        code = json_effect(&json, call, made, &made->chain->effects[i], err);
    }
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    json_end_array(&json);
    return json_close(&json, &buf, call, err);
}

/* ---- calibrate, score ---- */

static void json_means(struct json_out *json, const struct exodus_rolling *means)
{
    put_int(json, "rows", (int64_t)means->n);
    put_int(json, "inside80", (int64_t)means->n_inside);
    put_number(json, "log10_error", means->error);
    put_number(json, "interval_score80", means->score);
    put_int(json, "last_week_rows", (int64_t)means->n_last_week);
    put_number(json, "last_week_log10_error", means->error_last_week);
    put_number(json, "last_week_model", means->model_last_week);
    put_int(json, "before_rows", (int64_t)means->n_before);
    put_number(json, "before_log10_error", means->error_before);
    put_number(json, "before_model", means->model_before);
}

static void json_rolling(struct json_out *json, const struct exodus_rolling *rolling, size_t n)
{
    json_begin_list(json, "rolling");
    for (size_t i = 0; i < n; i++) {
        json_begin_object(json);
        put_day(json, "origin", rolling[i].origin);
        json_means(json, &rolling[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_param(struct json_out *json, const struct exodus_param *param,
                       const struct exodus_learned *learned)
{
    json_begin_object(json);
    put_text(json, "id", param->id);
    put_text(json, "title", param->title);
    put_text(json, "unit", param->unit);
    put_bool(json, "fitted", param->fitted);
    put_number(json, "prior_p5", learned->prior_p5);
    put_number(json, "prior_p50", learned->prior_p50);
    put_number(json, "prior_p95", learned->prior_p95);
    put_number(json, "best", learned->best);
    put_number(json, "p5", learned->p5);
    put_number(json, "p50", learned->p50);
    put_number(json, "p95", learned->p95);
    put_number(json, "width", learned->width);
    put_bool(json, "learned", param->fitted && learned->width <= EXODUS_SHOW_LEARNED);
    put_number(json, "r_hat", learned->r_hat);
    put_number(json, "effective_draws", learned->n_effective);
    json_end_object(json);
}

int exodus_json_calibrate(const struct verb_call *call, const struct exodus_made *made,
                          struct ajar_err *err)
{
    const struct exodus_model *model = made->input->model;
    const struct exodus_fit *fit = &made->fit->fit;
    struct json_out json;
    struct buf buf;
    json_open(&json, &buf, made);
    put_bool(&json, "quick", made->quick);
    put_bool(&json, "by_period", made->by_period);
    put_int(&json, "rows_fitted", fit->n_rows);
    put_int(&json, "draws", fit->n_draws);
    put_number(&json, "accepted", fit->accepted);
    json_begin_list(&json, "parameters");
    for (uint32_t p = 0; p < model->n_params; p++) {
        json_param(&json, &model->params[p], &fit->params[p]);
    }
    json_end_array(&json);
    json_rolling(&json, made->fit->rolling, made->fit->n_rolling);
    return json_close(&json, &buf, call, err);
}

static void json_observed(struct json_out *json, const struct exodus_row *row,
                          const struct exodus_observed *one)
{
    bool none = one->why != NULL;
    double nan = NAN;
    json_row(json, row);
    put_number(json, "p5", none ? nan : one->model.p5);
    put_number(json, "p50", none ? nan : one->model.p50);
    put_number(json, "p95", none ? nan : one->model.p95);
    put_number(json, "counted_p10", none ? nan : one->expected.p10);
    put_number(json, "counted_p90", none ? nan : one->expected.p90);
    json_key(json, "inside80");
    if (none) {
        json_put_null(json);
    } else {
        json_put_bool(json, one->inside);
    }
    put_number(json, "log10_error", none ? nan : one->error);
    put_number(json, "interval_score80", none ? nan : one->score);
    put_number(json, "last_week", none ? nan : one->baselines.last_week);
    put_number(json, "last_week_log10_error", none ? nan : one->error_last_week);
    put_number(json, "before", none ? nan : one->baselines.before);
    put_number(json, "before_log10_error", none ? nan : one->error_before);
    put_str(json, "why", one->why);
}

int exodus_json_score(const struct verb_call *call, const struct exodus_made *made,
                      struct ajar_err *err)
{
    static const char *const uses[] = {
        [EXODUS_FIT] = "fit", [EXODUS_CHECK] = "check", [EXODUS_LEFT] = "left"};
    const struct exodus_chain *chain = made->chain;
    struct json_out json;
    struct buf buf;
    json_open(&json, &buf, made);
    put_int(&json, "counted", (int64_t)chain->n_counted);
    put_int(&json, "inside80", (int64_t)chain->n_inside);
    put_int(&json, "prior_inside80", (int64_t)chain->n_prior_inside);
    json_begin_list(&json, "rows");
    for (size_t i = 0; i < chain->n_observed; i++) {
        const struct exodus_seen *seen = &made->input->seen[chain->observed[i].seen];
        json_begin_object(&json);
        json_observed(&json, &seen->row, &chain->observed[i]);
        put_text(&json, "source", seen->source);
        put_str(&json, "use", uses[seen->use]);
        put_bool(&json, "known", chain->observed[i].was_known);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_rolling(&json, chain->rolling, chain->n_rolling);
    return json_close(&json, &buf, call, err);
}

int exodus_json_scored(const struct verb_call *call, const struct exodus_made *made,
                       struct ajar_err *err)
{
    const struct exodus_scored *scored = made->scored;
    const struct exodus_file *file = made->ask->file;
    struct json_out json;
    struct buf buf;
    json_open(&json, &buf, made);
    put_int(&json, "file_rows", (int64_t)file->n);
    put_number(&json, "scale", scored->scale);
    json_begin_list(&json, "rows");
    for (size_t i = 0; i < scored->n; i++) {
        const struct exodus_observed *one = &scored->observed[i];
        json_begin_object(&json);
        put_int(&json, "line", file->line[one->seen]);
        json_observed(&json, &file->rows[one->seen], one);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "all");
    json_begin_object(&json);
    json_means(&json, &scored->all);
    json_end_object(&json);
    json_key(&json, "ahead");
    json_begin_object(&json);
    json_means(&json, &scored->ahead);
    json_end_object(&json);
    return json_close(&json, &buf, call, err);
}
