/* `ajar watch claim --json` and `ajar watch trade --json`. */
#include "watch_json_parts.h"
#include "watch_show.h"
#include "watch_tables.h"

static void put_evidence(struct json_out *json, const struct watch_input *input,
                         const struct claim_evidence *evidence)
{
    json_begin_object(json);
    put_str(json, "stands", claim_stand_word(evidence->stand));
    put_name(json, "place", input, evidence->series->place);
    put_name(json, "route", input, evidence->series->route);
    put_name(json, "measure", input, evidence->series->measure_word);
    put_day(json, "from", evidence->from);
    put_day(json, "to", evidence->to);
    put_number(json, "count", evidence->count);
    put_number(json, "before", evidence->before);
    put_number(json, "change", evidence->change);
    put_number(json, "whole", evidence->whole);
    put_number(json, "share", evidence->share);
    put_bool(json, "summed", evidence->summed);
    put_bool(json, "same_days", evidence->covers);
    put_day(json, "known", evidence->known);
    json_key(json, "sources");
    json_begin_array(json);
    for (size_t i = 0; i < evidence->n_values; i++) {
        json_put_text(json, names_word(input->book.names,
                                       evidence->series->value[evidence->value[i]].source));
    }
    json_end_array(json);
    put_str(json, "caution", evidence->caution);
    json_end_object(json);
}

static int put_sentence(struct json_out *json, const struct claim *claim,
                        const struct claim_answer *answer, struct ajar_err *err)
{
    struct buf words;
    buf_init(&words, (size_t)1 << 16);
    watch_say_claim(&words, claim, answer);
    put_text(json, "sentence", buf_view(&words));
    int code = buf_ok(&words, err);
    buf_free(&words);
    return code;
}

int watch_json_claim(const struct verb_call *call, const struct watch_input *input,
                     const struct claim *claim, const struct claim_options *options,
                     const struct claim_answer *answer, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    watch_json_start(&json, &buf);
    watch_json_frame(&json, input, options->clock, options->as_known);
    put_str(&json, "form", claim_form_word(claim->form));
    put_number(&json, "figure", claim->figure);
    put_day(&json, "from", claim->from);
    put_day(&json, "to", claim->to);
    put_str(&json, "verdict", claim_verdict_word(answer->verdict));
    put_number(&json, "count", answer->count);
    put_number(&json, "before", answer->before);
    put_number(&json, "change", answer->change);
    put_number(&json, "share", answer->share);
    put_number(&json, "noise", answer->noise);
    put_int(&json, "noise_n", (int64_t)answer->noise_n);
    put_number(&json, "z", answer->z);
    put_number(&json, "p", answer->p);
    put_number(&json, "noise_most", answer->noise_most);
    put_number(&json, "sigma3_most", answer->sigma3_most);
    put_number(&json, "gross_in", answer->gross_in);
    put_number(&json, "gross_out", answer->gross_out);
    put_number(&json, "net", answer->net);
    int code = put_sentence(&json, claim, answer, err);
    json_key(&json, "evidence");
    json_begin_array(&json);
    for (size_t i = 0; i < answer->n; i++) {
        put_evidence(&json, input, &answer->evidence[i]);
    }
    json_end_array(&json);
    int done = watch_json_done(call, &json, &buf, err);
    return code != 0 ? code : done;
}

static void put_word(struct json_out *json, const char *key, const struct scenario *scenario,
                     name_id name)
{
    json_key(json, key);
    if (name == 0) {
        json_put_null(json);
    } else {
        json_put_text(json, scenario_name(scenario, name));
    }
}

static void put_years(struct json_out *json, const struct scenario *scenario,
                      const struct mirror_partner *partner)
{
    json_key(json, "years");
    json_begin_array(json);
    for (size_t i = 0; i < partner->n_years; i++) {
        const struct mirror_year *year = &partner->years[i];
        json_begin_object(json);
        put_int(json, "year", year->year);
        put_int(json, "months", year->months);
        put_number(json, "exports", year->exports);
        put_number(json, "jump", year->jump);
        put_number(json, "imports", year->imports);
        put_number(json, "mirror_ratio", year->ratio);
        put_str(json, "why_not", year->why_not);
        put_word(json, "source_exports", scenario, year->export_source);
        put_word(json, "source_imports", scenario, year->import_source);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_months(struct json_out *json, const struct mirror_partner *partner)
{
    json_key(json, "months");
    json_begin_array(json);
    for (size_t i = 0; i < partner->n_months; i++) {
        const struct mirror_month *month = &partner->months[i];
        json_begin_object(json);
        put_day(json, "month", month->first);
        put_number(json, "exports", month->exports);
        put_number(json, "expected", month->expected);
        put_number(json, "cusum", month->cusum);
        put_bool(json, "rings", month->rings);
        json_end_object(json);
    }
    json_end_array(json);
}

int watch_json_trade(const struct verb_call *call, const struct scenario *scenario,
                     const struct mirror_table *mirror, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    watch_json_start(&json, &buf);
    json_key(&json, "partners");
    json_begin_array(&json);
    for (size_t i = 0; i < mirror->n; i++) {
        const struct mirror_partner *partner = &mirror->partners[i];
        json_begin_object(&json);
        put_word(&json, "reporter", scenario, partner->reporter);
        put_word(&json, "partner", scenario, partner->partner);
        put_word(&json, "hs", scenario, partner->hs);
        put_word(&json, "tier", scenario, partner->tier);
        put_word(&json, "unit", scenario, partner->unit);
        put_bool(&json, "flagged", partner->flagged);
        put_day(&json, "since", partner->since);
        put_number(&json, "baseline", partner->baseline);
        put_years(&json, scenario, partner);
        put_months(&json, partner);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "cautions");
    json_begin_array(&json);
    for (const char *const *caution = mirror_cautions(); *caution != NULL; caution++) {
        json_put_str(&json, *caution);
    }
    json_end_array(&json);
    return watch_json_done(call, &json, &buf, err);
}
