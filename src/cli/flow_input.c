#include "flow_input.h"

#include <stdio.h>
#include <string.h>

#include "flow_ask.h"
#include "flow_out.h"

/* ---- Options ---- */

/* Whether the verb has the option at all. */
static bool input_has(const struct verb_call *call, const char *name)
{
    for (size_t i = 0; i < call->verb->n_options; i++) {
        if (strcmp(call->verb->options[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *input_text(const struct verb_call *call, const char *name)
{
    return input_has(call, name) ? call_text(call, name) : NULL;
}

static date_days input_date(const struct verb_call *call, const char *name)
{
    date_days day = DATE_NONE;
    const char *text = input_text(call, name);
    return text != NULL && date_parse(text_of(text), &day) ? day : DATE_NONE;
}

static int input_params(const struct verb_call *call, struct flow_params *params,
                        struct ajar_err *err)
{
    const char *rules = input_text(call, "rules"), *set = input_text(call, "set");
    if (rules != NULL) {
        params->rules = strcmp(rules, "ajar") == 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
    }
    if (input_has(call, "hasten") && call_given(call, "hasten")) {
        params->hasten = (int32_t)call_int(call, "hasten");
    }
    return set == NULL ? 0 : flow_ask_set(text_of(set), params, err);
}

static int input_vary(const struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    const char *words = input_text(call, "vary");
    struct text rest = text_of(words == NULL ? "" : words);
    TRY_NEW(at->ranges, call->arena, ENSEMBLE_RANGES_MOST, err);
    while (rest.n > 0) {
        struct text one = text_trim(text_split(rest, ',', &rest));
        if (at->n_ranges == ENSEMBLE_RANGES_MOST) {
            return err_at(err, E_FLOW_RANGE, NULL, 0, "--vary", one,
                          "at most %d parameters vary at once", ENSEMBLE_RANGES_MOST);
        }
        int code = ensemble_range_parse(one, &at->ranges[at->n_ranges], err);
        if (code != 0) {
            if (err != NULL) {
                snprintf(err->column, sizeof err->column, "--vary");
            }
            return code;
        }
        at->n_ranges++;
    }
    return 0;
}

/* ---- The call ---- */

static int input_read(const struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, FLOW_FAULTS, err));
    int code = flow_load(call->arena, call->words[0], NULL, &faults, &at->input, err);
    if (code == E_FLOW_FAULTS) {
        call_faults(call, &faults);
    }
    TRY(code);
    TRY(input_params(call, &at->input.params, err));
    TRY(flow_ask_days(&at->input.world, input_date(call, "from"), input_date(call, "to"), &at->from,
                      &at->to, err));
    TRY(input_vary(call, at, err));
    const char *engine = input_text(call, "engine");
    at->engine = engine != NULL && strcmp(engine, flow_engine_word(FLOW_ENGINE_AGGREGATE)) == 0
                     ? FLOW_ENGINE_AGGREGATE
                     : FLOW_ENGINE_AGENTS;
    at->as_known = input_date(call, "as-known");
    return 0;
}

int flow_call_open(const struct verb_call *call, struct flow_call *out, struct ajar_err *err)
{
    *out = (struct flow_call){.as_known = DATE_NONE};
    TRY(pool_open(&out->pool, call->threads, err));
    return input_read(call, out, err);
}

void flow_call_close(struct flow_call *at)
{
    pool_close(at->pool);
    at->pool = NULL;
}

int flow_call_closings(const struct verb_call *call, const struct flow_call *at,
                       struct counterfactual_closing **out, size_t *n, struct ajar_err *err)
{
    struct text rest = text_of(call_text(call, "close"));
    struct counterfactual_closing *closings;
    size_t count = 0;
    TRY_NEW(closings, call->arena, COUNTERFACTUAL_CLOSINGS_MOST, err);
    while (rest.n > 0) {
        struct text one = text_trim(text_split(rest, ';', &rest));
        if (count == COUNTERFACTUAL_CLOSINGS_MOST) {
            return err_at(err, E_FLOW_CLOSING, NULL, 0, "--close", one,
                          "at most %d closings are taken", COUNTERFACTUAL_CLOSINGS_MOST);
        }
        int code = counterfactual_parse(&at->input.world, one, &closings[count], err);
        if (code != 0) {
            if (err != NULL) {
                snprintf(err->column, sizeof err->column, "--close");
            }
            return code;
        }
        count++;
    }
    *out = closings;
    *n = count;
    return 0;
}

int flow_call_how(const struct verb_call *call, const struct flow_call *at, uint32_t members,
                  const char **out, struct ajar_err *err)
{
    return flow_made_how(call->arena, &at->input.params, at->engine, call->seed, members,
                         at->as_known, out, err);
}
