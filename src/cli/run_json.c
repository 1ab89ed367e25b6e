/* `ajar run --json`. */
#include <math.h>

#include "json.h"
#include "run_show.h"

#define RUN_JSON_CEILING ((size_t)16 << 20)

static void run_json_skips(struct json_out *json, const struct chain *chain)
{
    json_key(json, "left_out");
    json_begin_array(json);
    for (size_t i = 0; i < chain->n_skips; i++) {
        json_begin_object(json);
        json_key(json, "part");
        json_put_str(json, chain->skips[i].part);
        json_key(json, "why");
        json_put_str(json, chain->skips[i].why);
        json_key(json, "file");
        json_put_str(json, chain->skips[i].file);
        json_end_object(json);
    }
    json_end_array(json);
}

static void run_json_pieces(struct json_out *json, const char *key, const struct chain *chain,
                            bool found)
{
    json_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; chain->kept != NULL && i < chain->kept->n; i++) {
        if (chain->kept->pieces[i].found == found) {
            json_put_str(json, chain->kept->pieces[i].title);
        }
    }
    json_end_array(json);
}

static void run_json_stocks(struct json_out *json, const struct flow_chain *flow)
{
    json_key(json, "hosts");
    json_begin_array(json);
    for (size_t i = 0; i < flow->n_stocks; i++) {
        const struct flow_stock *stock = &flow->stocks[i];
        bool shown = stock->n_seen > 0 && !stock->hidden;
        json_begin_object(json);
        json_key(json, "country");
        json_put_str(json, stock->code);
        json_key(json, "name");
        json_put_text(json, stock->country);
        json_key(json, "last_counts");
        json_put_number(json, shown ? stock->counted : (double)NAN);
        json_key(json, "mean");
        json_put_number(json, stock->mean);
        json_key(json, "p5");
        json_put_number(json, stock->p5);
        json_key(json, "p95");
        json_put_number(json, stock->p95);
        json_end_object(json);
    }
    json_end_array(json);
}

static void run_json_conflict(struct json_out *json, const struct flow_chain *flow)
{
    if (flow == NULL) {
        return;
    }
    json_key(json, "flow");
    json_begin_object(json);
    json_key(json, "title");
    json_put_text(json, flow->input.world.title);
    json_key(json, "made");
    json_put_str(json, flow->made);
    json_key(json, "scored");
    json_put_bool(json, flow->scored);
    run_json_stocks(json, flow);
    json_end_object(json);
}

static void run_json_day(struct json_out *json, const char *key, date_days day)
{
    char text[DATE_TEXT];
    json_key(json, key);
    json_put_str(json, date_format(day, text));
}

/* The doors of a run: pairs of person and crossing, and how many of them the law opens. */
static void run_json_doors(struct json_out *json, const struct doors_chain *doors)
{
    const struct gates *gates = &doors->gates;
    if (!doors->stands) {
        return;
    }
    date_days to = gates->from + (date_days)gates->n_days - 1;
    bool any = gates->n_profiles > 0 && gates->n_crossings > 0 && gates->n_days > 0;
    json_key(json, "doors");
    json_begin_object(json);
    json_key(json, "profiles");
    json_put_int(json, (int64_t)gates->n_profiles);
    json_key(json, "crossings");
    json_put_int(json, (int64_t)gates->n_crossings);
    run_json_day(json, "from", gates->from);
    run_json_day(json, "to", to);
    json_key(json, "open_first");
    json_put_int(json, any ? (int64_t)run_open(gates, gates->from) : 0);
    json_key(json, "open_last");
    json_put_int(json, any ? (int64_t)run_open(gates, to) : 0);
    json_key(json, "changes");
    json_put_int(json, (int64_t)doors->n_diffs);
    json_end_object(json);
}

static void run_json_split(struct json_out *json, const struct chain *chain)
{
    if (chain->alone) {
        return;
    }
    json_key(json, "alarms");
    json_put_int(json, (int64_t)(chain->watch.counted ? chain->watch.scan.n_alarms : 0));
    if (chain->aid.n == 0) {
        return;
    }
    json_key(json, "hosts");
    json_begin_array(json);
    for (size_t i = 0; i < chain->aid.n; i++) {
        json_begin_object(json);
        json_key(json, "host");
        json_put_str(json, chain->aid.code[i]);
        json_key(json, "amount");
        json_put_number(json, chain->aid.split.x[i]);
        json_key(json, "coverage");
        json_put_number(json, chain->aid.split.coverage[i]);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "unit");
    json_put_str(json, chain->aid.unit);
    json_key(json, "kkt_residual");
    json_put_number(json, chain->aid.split.residual_r);
}

static void run_json_place(struct json_out *json, const struct place_chain *place)
{
    if (!place->stands) {
        return;
    }
    json_key(json, "placing");
    json_begin_object(json);
    json_key(json, "synthetic");
    json_put_str(json, place->synthetic);
    json_key(json, "households");
    json_put_int(json, place->report.all.households);
    json_key(json, "placed");
    json_put_int(json, place->report.all.placed);
    json_key(json, "objective_micro");
    json_put_int(json, place->plan.plan.objective_micro);
    json_key(json, "bound_micro");
    json_put_int(json, place->plan.plan.bound_micro);
    json_key(json, "gap");
    json_put_number(json, place->plan.plan.gap);
    json_key(json, "rounds");
    json_put_int(json, (int64_t)place->plan.plan.rounds);
    json_end_object(json);
}

int run_show_json(const struct verb_call *call, const struct chain *chain, struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, RUN_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "out");
    json_put_str(&json, call->out);
    json_key(&json, "files");
    json_begin_array(&json);
    for (size_t i = 0; i < chain->n_files; i++) {
        json_put_str(&json, chain->files[i]);
    }
    json_end_array(&json);
    run_json_split(&json, chain);
    run_json_doors(&json, &chain->doors);
    run_json_conflict(&json, chain->flow);
    run_json_place(&json, &chain->place);
    run_json_skips(&json, chain);
    run_json_pieces(&json, "reused", chain, true);
    run_json_pieces(&json, "computed", chain, false);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}
