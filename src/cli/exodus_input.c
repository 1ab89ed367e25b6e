#include "exodus_input.h"

#include <stdio.h>
#include <string.h>

#include "exodus_chain.h"
#include "flow_load.h"

/* ---- Which kind of flow ---- */

static const char *const engine_words[] = {[EXODUS_EXPECTED] = "expected",
                                           [EXODUS_BY_NUMBERS] = "aggregate",
                                           [EXODUS_ONE_BY_ONE] = "agents"};

enum { KIND_VERBS_MOST = 3 };
struct kind_option {
    const char *name;
    enum flow_kind kind;
    const char *verbs[KIND_VERBS_MOST]; /* none: every verb that has it */
};

static const struct kind_option kind_options[] = {
    {"rules", KIND_OF_CONFLICT, {NULL}},
    {"set", KIND_OF_CONFLICT, {NULL}},
    {"hasten", KIND_OF_CONFLICT, {NULL}},
    {"from", KIND_OF_CONFLICT, {NULL}},
    {"to", KIND_OF_CONFLICT, {NULL}},
    {"as-known", KIND_OF_CONFLICT, {NULL}},
    {"vary", KIND_OF_CONFLICT, {NULL}},
    {"members", KIND_OF_CONFLICT, {NULL}},
    {"seeds", KIND_OF_CONFLICT, {NULL}},
    {"keep", KIND_OF_CONFLICT, {NULL}},
    {"lag", KIND_OF_CONFLICT, {NULL}},
    {"draws", KIND_OF_CONFLICT, {"calibrate"}},
    {"engine", KIND_OF_CONFLICT, {"calibrate"}},
    {"draws", KIND_OF_EXODUS, {"run", "counterfactual", "score"}},
    {"rows", KIND_OF_EXODUS, {NULL}},
    {"csv", KIND_OF_EXODUS, {"run"}},
    {"what-if", KIND_OF_EXODUS, {NULL}},
    {"quick", KIND_OF_EXODUS, {NULL}},
    {"by-period", KIND_OF_EXODUS, {NULL}},
    {"replace", KIND_OF_EXODUS, {"calibrate"}},
};

static int kind_refused(enum flow_kind kind, const char *option, const char *value,
                        struct ajar_err *err)
{
    char column[64];
    bool conflict = kind == KIND_OF_CONFLICT;
    snprintf(column, sizeof column, "--%s", option);
    err_at(err, E_FLOW_OPTION, NULL, 0, column, text_of(value),
           conflict ? "this is for a conflict (flow/), this scenario has an exodus (exodus/)"
                    : "this is for an exodus (exodus/), this scenario has a conflict (flow/)");
    return err_hint(err, "Leave it out.");
}

static bool kind_verb(const struct kind_option *option, const struct verb *verb)
{
    bool is = option->verbs[0] == NULL;
    for (size_t i = 0; i < KIND_VERBS_MOST && option->verbs[i] != NULL; i++) {
        is = is || strcmp(option->verbs[i], verb->name) == 0;
    }
    return is;
}

/* The option as it was typed, when it was; a switch has no value to show. */
static bool kind_given(const struct verb_call *call, const char *name, const char **value)
{
    for (size_t i = 0; i < call->verb->n_options; i++) {
        if (strcmp(call->verb->options[i].name, name) == 0) {
            *value = call->verb->options[i].type == OPT_FLAG ? NULL : call->values[i];
            return call->given[i];
        }
    }
    return false;
}

static int kind_options_check(const struct verb_call *call, enum flow_kind kind,
                              struct ajar_err *err)
{
    const char *value = NULL;
    if (kind == KIND_OF_EXODUS && strcmp(call->verb->name, "ensemble") == 0) {
        return 0; /* the verb itself is refused */
    }
    for (size_t i = 0; i < sizeof kind_options / sizeof *kind_options; i++) {
        const struct kind_option *option = &kind_options[i];
        if (option->kind != kind && kind_verb(option, call->verb) &&
            kind_given(call, option->name, &value)) {
            return kind_refused(option->kind, option->name, value, err);
        }
    }
    if (kind == KIND_OF_CONFLICT && kind_given(call, "engine", &value) &&
        strcmp(value, engine_words[EXODUS_EXPECTED]) == 0) {
        return kind_refused(KIND_OF_EXODUS, "engine", value, err);
    }
    if (kind == KIND_OF_CONFLICT && strcmp(call->verb->name, "calibrate") == 0 &&
        call->out != NULL) {
        return kind_refused(KIND_OF_EXODUS, "out", call->out, err);
    }
    return 0;
}

int flow_kind_of(const struct verb_call *call, enum flow_kind *out, struct ajar_err *err)
{
    const char *dir = call->words[0];
    bool conflict = flow_stands(call->arena, dir), exodus = exodus_stands(call->arena, dir);
    if (conflict && exodus) {
        err_at(err, E_FLOW_FILE, dir, 0, NULL, TEXT_LIT(""),
               "the folder has both flow/flow.yaml (a conflict) and exodus/model.yaml (an exodus)");
        return err_hint(err, "Move one of the two into a folder of its own.");
    }
    if (!conflict && !exodus) {
        struct faults faults;
        struct flow_input none;
        TRY(faults_init(&faults, call->arena, 1, err));
        return flow_load(call->arena, dir, NULL, &faults, &none, err);
    }
    *out = exodus ? KIND_OF_EXODUS : KIND_OF_CONFLICT;
    return kind_options_check(call, *out, err);
}

/* ---- The call ---- */

int exodus_call_faults(const struct verb_call *call, const struct faults *faults, int code)
{
    if (code != 0 && faults->total > 0) {
        call_faults(call, faults);
    }
    return code;
}

/* Each part has faults of its own, so that none is held against the next. */
static int input_scenario(const struct verb_call *call, struct exodus_call *at,
                          struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    int code = scenario_load(call->arena, call->words[0], at->pool, call->watch, &at->scenario,
                             &faults, err);
    return exodus_call_faults(call, &faults, code);
}

static int input_doors(const struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    const char *dir = call->words[0];
    struct faults faults;
    if (!doors_folder_stands(call->arena, dir)) {
        err_at(err, E_EXODUS_FILE, dir, 0, NULL, TEXT_LIT(""),
               "an exodus asks the doors of the scenario, and the folder has no doors/");
        return err_hint(err, "docs/rules.md says what stands in doors/.");
    }
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    int code = doors_folder_read(call->arena, dir, &at->folder, &faults, err);
    return exodus_call_faults(call, &faults, code);
}

static int input_exodus(const struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    bool fits = strcmp(call->verb->name, "calibrate") == 0;
    int code = (fits ? exodus_load_unfitted : exodus_load)(call->arena, &at->scenario, &at->folder,
                                                           &faults, &at->input, err);
    return exodus_call_faults(call, &faults, code);
}

static void input_options(const struct verb_call *call, struct exodus_call *at)
{
    const char *value = NULL;
    int64_t draws;
    at->engine = EXODUS_BY_NUMBERS;
    at->n_members = EXODUS_CHAIN_MEMBERS;
    if (strcmp(call->verb->name, "calibrate") == 0) {
        return;
    }
    if (kind_given(call, "engine", &value)) {
        for (size_t i = 0; i < sizeof engine_words / sizeof *engine_words; i++) {
            at->engine = strcmp(value, engine_words[i]) == 0 ? (enum exodus_engine)i : at->engine;
        }
    }
    if (kind_given(call, "draws", &value)) {
        draws = call_int(call, "draws");
        at->n_members = (uint32_t)draws;
    }
}

int exodus_call_open(const struct verb_call *call, struct exodus_call *out, struct ajar_err *err)
{
    *out = (struct exodus_call){0};
    input_options(call, out);
    TRY(pool_open(&out->pool, call->threads, err));
    TRY(input_scenario(call, out, err));
    TRY(input_doors(call, out, err));
    return input_exodus(call, out, err);
}

void exodus_call_close(struct exodus_call *at)
{
    pool_close(at->pool);
    at->pool = NULL;
}

int exodus_call_rows(const struct verb_call *call, struct exodus_file *out, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    int code = exodus_file_read(call->arena, call_text(call, "rows"), &faults, out, err);
    return exodus_call_faults(call, &faults, code);
}

int exodus_call_how(const struct verb_call *call, const struct exodus_call *at, const char **out,
                    struct ajar_err *err)
{
    struct buf buf;
    char day[DATE_TEXT];
    buf_init(&buf, 256);
    buf_printf(&buf, "%s, %u draws, seed %llu, as known on %s", engine_words[at->engine],
               at->n_members, (unsigned long long)call->seed,
               date_format(at->input.model->as_known, day));
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(call->arena, buf_view(&buf), out, err);
    buf_free(&buf);
    return code;
}
