/* The answers of `ajar doors` for machines; docs/json.md names every key. */
#include "doors_show.h"
#include "json_puts.h"

#define DOORS_JSON_CEILING ((size_t)1 << 30)

static void put_moment(struct json_out *json, const char *key, moment at)
{
    char text[MOMENT_TEXT];
    json_key(json, key);
    if (at == MOMENT_NEVER || at == MOMENT_NONE) {
        json_put_null(json);
    } else {
        json_put_str(json, moment_format(at, text));
    }
}

static void put_said(struct json_out *json, const char *key, const struct said *said,
                     enum lang lang)
{
    put_text(json, key, said_in(said, lang));
}

/* What a class mask says, as the language writes it. */
static void put_condition(struct json_out *json, const struct instance *instance, uint32_t var,
                          uint64_t mask)
{
    struct buf buf;
    buf_init(&buf, (size_t)1 << 16);
    instance_say(&buf, instance, var, mask);
    json_key(json, "condition");
    json_put_text(json, buf_view(&buf));
    buf_free(&buf);
}

static void put_var(struct json_out *json, const struct instance *instance, uint32_t var)
{
    const struct var *is = &instance->vars[var];
    json_key(json, "fact");
    switch (is->kind) {
    case VAR_FACT:
    case VAR_HAS:
        json_put_text(json, instance->rules->facts[is->fact].name);
        break;
    case VAR_STAY_DAYS:
    case VAR_STAY_SINCE:
        json_put_str(json, "stays");
        break;
    case VAR_QUANT:
        json_put_str(json, "household");
        break;
    }
}

static void put_rule(struct json_out *json, const struct doors_answer *answer,
                     const struct fired *fired, enum lang lang)
{
    static const char *const evidence[] = {"asserted", "documented", "verified"};
    static const char *const transcriptions[] = {"full", "partial", "unread"};
    const struct version *version = answer->instance.arms[fired->arm].version;
    const struct rule *rule =
        fired->superior ? &version->superior[fired->rule] : &version->rules[fired->rule];
    char mark[2] = {rule->mark, '\0'};
    json_begin_object(json);
    put_text(json, "version", version->id);
    put_text(json, "rule", rule->id);
    put_str(json, "effect", effect_words[rule->effect]);
    put_bool(json, "certain", fired->certain);
    put_bool(json, "decides", fired->decides);
    put_bool(json, "superior_law", fired->superior);
    put_str(json, "evidence", evidence[fired->evidence]);
    put_text(json, "cite", rule->cite);
    put_text(json, "quote", rule->quote);
    put_texts(json, "sources", rule->n_sources, rule->sources);
    put_str(json, "mark", mark);
    put_str(json, "transcription", transcriptions[rule->transcription]);
    json_key(json, "contested");
    if (rule->contested.n > 0) {
        json_put_text(json, rule->contested);
    } else {
        json_put_null(json);
    }
    put_said(json, "say", &rule->say, lang);
    json_end_object(json);
}

static void put_proof(struct json_out *json, const struct proof *proof, enum lang lang)
{
    json_key(json, "proof");
    if (proof == NULL) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    put_said(json, "document", &proof->doc, lang);
    put_text(json, "issuer", proof->issuer);
    put_int(json, "days", proof->days);
    put_number(json, "cost", (double)proof->cents / 100);
    put_text(json, "currency", proof->currency);
    put_bool(json, "contacts_origin_state", proof->contacts_origin);
    put_bool(json, "illustrative", proof->illustrative);
    json_end_object(json);
}

static void put_opening(struct json_out *json, const struct instance *instance,
                        const struct opening *opening, enum lang lang)
{
    json_begin_object(json);
    put_str(json, "leads_to", effect_words[opening->discretion ? EFFECT_DISCRETION : EFFECT_OPEN]);
    put_int(json, "contacts_origin_state", opening->contacts_origin);
    put_int(json, "days", opening->days);
    put_number(json, "cost", (double)opening->cents / 100);
    json_key(json, "steps");
    json_begin_array(json);
    for (size_t i = 0; i < opening->n; i++) {
        const struct opening_step *step = &opening->steps[i];
        json_begin_object(json);
        put_var(json, instance, step->var);
        put_condition(json, instance, step->var, step->mask);
        put_bool(json, "changes_a_known_fact", step->known);
        put_bool(json, "uncertain", step->uncertain);
        put_proof(json, step->proof, lang);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void put_versions(struct json_out *json, const struct doors_answer *answer)
{
    json_key(json, "versions");
    json_begin_array(json);
    for (size_t i = 0; i < answer->instance.n_arms; i++) {
        const struct version *version = answer->instance.arms[i].version;
        if (version == NULL) {
            continue;
        }
        json_begin_object(json);
        put_text(json, "id", version->id);
        put_text(json, "law", version->law);
        put_day(json, "known", version->known);
        put_texts(json, "sources", version->n_sources, version->sources);
        put_text(json, "read", version->read);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_missing(struct json_out *json, const struct doors_answer *answer)
{
    json_key(json, "missing");
    json_begin_array(json);
    for (size_t i = 0; i < answer->decision.n_missing; i++) {
        json_begin_object(json);
        put_var(json, &answer->instance, answer->decision.missing[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_practice(struct json_out *json, const struct doors_answer *answer)
{
    json_key(json, "practice");
    json_begin_array(json);
    for (size_t i = 0; i < answer->decision.n_practice; i++) {
        const struct practice *practice = answer->decision.practice[i];
        json_begin_object(json);
        put_str(json, "effect", effect_words[practice->effect]);
        put_text(json, "note", practice->note);
        put_texts(json, "sources", practice->n_sources, practice->sources);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_answer(struct json_out *json, const struct rules *rules,
                       const struct doors_answer *answer, enum lang lang)
{
    const struct door *door = &rules->doors[answer->door];
    const struct decision *decision = &answer->decision;
    json_begin_object(json);
    put_text(json, "door", door->id);
    put_said(json, "title", &door->title, lang);
    put_text(json, "country", names_word(rules->names, door->country));
    put_str(json, "kind", door_kind_words[door->kind]);
    put_text(json, "act", door->act);
    put_str(json, "status", status_words[decision->status]);
    put_bool(json, "stale", decision->stale);
    put_bool(json, "counterfactual", decision->counterfactual);
    put_bool(json, "contested", decision->contested);
    put_bool(json, "partial", decision->partial);
    put_bool(json, "unread", decision->unread);
    put_bool(json, "unverified", decision->unverified);
    put_moment(json, "valid_until", decision->valid_until);
    put_versions(json, answer);
    json_key(json, "rules");
    json_begin_array(json);
    for (size_t i = 0; i < decision->n_fired; i++) {
        put_rule(json, answer, &decision->fired[i], lang);
    }
    json_end_array(json);
    put_missing(json, answer);
    json_key(json, "opening_sets");
    json_begin_array(json);
    for (size_t i = 0; i < decision->n_openings; i++) {
        put_opening(json, &answer->instance, &decision->openings[i], lang);
    }
    json_end_array(json);
    put_int(json, "opening_sets_total", (int64_t)decision->n_openings_all);
    put_practice(json, answer);
    json_end_object(json);
}

int doors_json_answers(const struct verb_call *call, const struct doors_answers *answers,
                       enum lang lang, struct ajar_err *err)
{
    const struct doors_question *question = &answers->question;
    struct json_out json;
    struct buf buf;
    buf_init(&buf, DOORS_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    put_moment(&json, "on", question->on.at);
    put_day(&json, "as_known",
            question->as_known == DATE_NONE ? moment_day(question->on.at) : question->as_known);
    put_str(&json, "note", doors_word(WORD_ADVICE, lang));
    json_key(&json, "doors");
    json_begin_array(&json);
    for (size_t i = 0; i < answers->n; i++) {
        put_answer(&json, answers->rules, &answers->answers[i], lang);
    }
    json_end_array(&json);
    json_key(&json, "asylum_application_closes");
    json_begin_array(&json);
    for (size_t i = 0; i < answers->n_closes; i++) {
        json_put_text(&json, answers->rules->doors[answers->closes[i]].id);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static void put_side(struct json_out *json, const char *key, const struct instance *instance)
{
    json_key(json, key);
    json_begin_object(json);
    put_text(json, "door", instance->rules->doors[instance->door].id);
    put_moment(json, "on", instance->at);
    put_day(json, "as_known", instance->as_known);
    json_end_object(json);
}

static void put_comparison(struct json_out *json, const struct comparison *comparison,
                           struct buf *words)
{
    json_begin_object(json);
    put_side(json, "before", &comparison->before);
    put_side(json, "after", &comparison->after);
    put_number(json, "groups", comparison->vectors);
    put_number(json, "groups_changed", comparison->changed);
    words->n = 0;
    compare_say_common(words, comparison);
    put_text(json, "common", buf_view(words));
    json_key(json, "changes");
    json_begin_array(json);
    for (size_t i = 0; i < comparison->n; i++) {
        const struct change *change = &comparison->changes[i];
        words->n = 0;
        compare_say(words, comparison, change);
        json_begin_object(json);
        put_str(json, "before", outcome_words[change->before]);
        put_str(json, "after", outcome_words[change->after]);
        json_key(json, "rule");
        if (change->rule == NULL) {
            json_put_null(json);
        } else {
            json_put_text(json, change->rule->id);
        }
        put_text(json, "who", buf_view(words));
        put_number(json, "groups", change->vectors);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

int doors_json_comparisons(const struct verb_call *call, size_t n,
                           const struct comparison comparisons[], struct ajar_err *err)
{
    struct json_out json;
    struct buf buf, words;
    buf_init(&buf, DOORS_JSON_CEILING);
    buf_init(&words, (size_t)1 << 20);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "comparisons");
    json_begin_array(&json);
    for (size_t i = 0; i < n; i++) {
        put_comparison(&json, &comparisons[i], &words);
    }
    json_end_array(&json);
    json_end_object(&json);
    int code = buf_ok(&words, err);
    buf_free(&words);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    return call_put_json(call, &buf, err);
}

static int put_list_door(struct json_out *json, const struct verb_call *call,
                         const struct rules *rules, const struct doors_question *question,
                         uint32_t door, struct ajar_err *err)
{
    const struct door *is = &rules->doors[door];
    struct instance instance;
    TRY(doors_state(call->arena, rules, question, door, &instance, err));
    const struct version *version = instance.arms[0].version;
    json_begin_object(json);
    put_text(json, "door", is->id);
    put_said(json, "title", &is->title, LANG_EN);
    put_text(json, "country", names_word(rules->names, is->country));
    put_str(json, "kind", door_kind_words[is->kind]);
    put_text(json, "act", is->act);
    put_bool(json, "counterfactual", is->counterfactual);
    json_key(json, "version");
    if (version == NULL) {
        json_put_null(json);
    } else {
        json_put_text(json, version->id);
    }
    put_moment(json, "since", doors_since(&instance));
    json_end_object(json);
    return 0;
}

int doors_json_list(const struct verb_call *call, const struct rules *rules,
                    const struct doors_question *question, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    int code = 0;
    buf_init(&buf, DOORS_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    put_moment(&json, "on", question->on.at);
    json_key(&json, "doors");
    json_begin_array(&json);
    for (uint32_t i = 0; i < rules->n_doors && code == 0; i++) {
        if (doors_wanted(rules, question, i)) {
            code = put_list_door(&json, call, rules, question, i, err);
        }
    }
    json_end_array(&json);
    json_end_object(&json);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    return call_put_json(call, &buf, err);
}

int doors_json_facts(const struct verb_call *call, const struct rules *rules, enum lang lang,
                     struct ajar_err *err)
{
    static const char *const types[] = {"bool", "enum", "int", "money", "date", "set"};
    struct json_out json;
    struct buf buf;
    buf_init(&buf, DOORS_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "facts");
    json_begin_array(&json);
    for (size_t i = 0; i < rules->n_facts; i++) {
        const struct fact *fact = &rules->facts[i];
        json_begin_object(&json);
        put_text(&json, "fact", fact->name);
        put_str(&json, "type", types[fact->type]);
        put_text(&json, "unit", fact->unit);
        put_said(&json, "ask", &fact->ask, lang);
        put_bool(&json, "actionable", fact->actionable);
        put_bool(&json, "sensitive", fact->sensitive);
        put_bool(&json, "none", fact->none);
        json_key(&json, "values");
        json_begin_array(&json);
        for (size_t v = 0; v < fact->n_values; v++) {
            json_put_text(&json, names_word(rules->names, fact->values[v]));
        }
        json_end_array(&json);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}
