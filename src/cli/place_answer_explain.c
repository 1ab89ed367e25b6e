/* `ajar place explain`: why a household goes where it goes, and what a locality's places are worth. */
#include "explain.h"

#include "answer.h"
#include "num.h"
#include "place_answer.h"
#include "place_say.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

struct explain_run {
    const struct side_result *plan;
    uint32_t household, locality; /* PLACE_NONE: not asked */
    struct explain_household *households;
    struct explain_locality *localities;
};

static int explain_sentences(const struct verb_call *call, const struct text *said, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tell_text(call, said[i], 0);
    }
    fputc('\n', call->to);
    return 0;
}

/* ---- A household ---- */

static void choice_row(struct table *table, const struct programme *programme,
                       const struct explain_choice *choice, const char *what)
{
    char price[PLACE_UNITS];
    bool none = choice->locality == PLACE_NONE;
    table_begin_row(table);
    table_str(table, what);
    place_cell_lot(table, programme, choice->locality);
    place_cell_units(table, choice->score_micro);
    table_str(table, place_price(choice->charge, price));
    table_str(table, place_price(choice->left, price));
    table_str(table, none ? "" : choice->room ? "yes" : "no");
    table_text(table, choice->binding == PLACE_NONE ? TEXT_LIT("")
                                                    : programme->names.resource[choice->binding]);
    table_number(table, (double)choice->lacks, 0);
}

static int show_household(const struct verb_call *call, const struct place_call *at,
                          const struct explain_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"", TABLE_WORD},        {"locality", TABLE_TEXT}, {"score", TABLE_NUMBER},
        {"price", TABLE_NUMBER}, {"left", TABLE_NUMBER},   {"room", TABLE_WORD},
        {"binds", TABLE_TEXT},   {"lacks", TABLE_NUMBER},
    };
    const struct explain_household *why = &run->households[run->household];
    struct text *said = NULL;
    struct table table;
    size_t n = 0;
    TRY(place_say_household(call->arena, &at->programme, run->plan, why, &said, &n, err));
    explain_sentences(call, said, n);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    choice_row(&table, &at->programme, &why->chosen, "chosen");
    for (uint32_t i = 0; i < why->n_others; i++) {
        choice_row(&table, &at->programme, &why->others[i], i == 0 ? "others" : "");
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

/* ---- A locality ---- */

static int show_locality(const struct verb_call *call, const struct place_call *at,
                         const struct explain_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"resource", TABLE_TEXT},
        {"capacity", TABLE_NUMBER},
        {"in use", TABLE_NUMBER},
        {"one more\nis worth", TABLE_NUMBER},
    };
    const struct explain_locality *why = &run->localities[run->locality];
    struct text *said = NULL;
    struct table table;
    char price[PLACE_UNITS];
    size_t n = 0;
    TRY(place_say_locality(call->arena, &at->programme, run->plan, why, &said, &n, err));
    explain_sentences(call, said, n);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t r = 0; r < at->programme.problem.n_resources; r++) {
        table_begin_row(&table);
        table_text(&table, at->programme.names.resource[r]);
        table_int(&table, why->resources[r].capacity);
        table_int(&table, why->resources[r].used);
        table_str(&table, place_price(why->resources[r].price, price));
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

/* ---- All ---- */

static const char *explain_lost(const struct explain_household *why,
                                const struct explain_choice *other)
{
    return why->locked                                     ? "the lock stands"
           : !other->room                                  ? "no room"
           : other->score_micro <= why->chosen.score_micro ? "scores no more"
                                                           : "a rule";
}

static int show_all_households(const struct verb_call *call, const struct place_call *at,
                               const struct explain_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"household", TABLE_TEXT}, {"goes to", TABLE_TEXT}, {"score", TABLE_NUMBER},
        {"next best", TABLE_TEXT}, {"score", TABLE_NUMBER}, {"lost because", TABLE_TEXT},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t h = 0; h < at->programme.problem.n_households && h < PLACE_SHOW_ROWS; h++) {
        const struct explain_household *why = &run->households[h];
        const struct explain_choice *other = NULL;
        for (uint32_t i = 0; i < why->n_others && other == NULL; i++) {
            other = why->others[i].locality != PLACE_NONE ? &why->others[i] : NULL;
        }
        table_begin_row(&table);
        table_text(&table, at->programme.names.household[h]);
        place_cell_lot(&table, &at->programme, why->chosen.locality);
        place_cell_units(&table, why->chosen.score_micro);
        if (other != NULL) {
            place_cell_lot(&table, &at->programme, other->locality);
            place_cell_units(&table, other->score_micro);
            table_str(&table, explain_lost(why, other));
        }
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    if (at->programme.problem.n_households > PLACE_SHOW_ROWS) {
        tell_say(call, "and %u more; --json has all.",
                 at->programme.problem.n_households - PLACE_SHOW_ROWS);
    }
    return 0;
}

static int show_all_localities(const struct verb_call *call, const struct place_call *at,
                               const struct explain_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"locality", TABLE_TEXT},
        {"placed", TABLE_NUMBER},
        {"scores", TABLE_NUMBER},
        {"dearest\nresource", TABLE_TEXT},
        {"in use", TABLE_NUMBER},
        {"capacity", TABLE_NUMBER},
        {"one more\nis worth", TABLE_NUMBER},
        {"wanted by", TABLE_NUMBER},
    };
    struct table table;
    char price[PLACE_UNITS];
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t l = 0; l < at->programme.problem.n_localities && l < PLACE_SHOW_ROWS; l++) {
        const struct explain_locality *why = &run->localities[l];
        uint32_t dear = 0;
        for (uint32_t r = 1; r < at->programme.problem.n_resources; r++) {
            dear = why->resources[r].price > why->resources[dear].price ? r : dear;
        }
        table_begin_row(&table);
        place_cell_lot(&table, &at->programme, l);
        table_int(&table, why->placed);
        place_cell_units(&table, why->score_micro);
        table_text(&table, at->programme.names.resource[dear]);
        table_int(&table, why->resources[dear].used);
        table_int(&table, why->resources[dear].capacity);
        table_str(&table, place_price(why->resources[dear].price, price));
        table_int(&table, why->wanted);
    }
    fputc('\n', call->to);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int explain_show(const struct verb_call *call, const struct place_call *at,
                        const struct explain_run *run, struct ajar_err *err)
{
    if (run->household == PLACE_NONE && run->locality == PLACE_NONE) {
        TRY(show_all_households(call, at, run, err));
        return show_all_localities(call, at, run, err);
    }
    if (run->household != PLACE_NONE) {
        TRY(show_household(call, at, run, err));
    }
    if (run->locality == PLACE_NONE) {
        return 0;
    }
    if (run->household != PLACE_NONE) {
        fputc('\n', call->to);
    }
    return show_locality(call, at, run, err);
}

/* ---- JSON ---- */

static int json_households(const struct verb_call *call, const struct place_call *at,
                           struct json_out *json, const struct explain_run *run,
                           struct ajar_err *err)
{
    bool all = run->household == PLACE_NONE && run->locality == PLACE_NONE;
    json_key(json, "households");
    json_begin_array(json);
    for (uint32_t h = 0; h < at->programme.problem.n_households; h++) {
        struct text *said = NULL;
        size_t n = 0;
        if (!all && h != run->household) {
            continue;
        }
        TRY(place_say_household(call->arena, &at->programme, run->plan, &run->households[h], &said,
                                &n, err));
        json_begin_object(json);
        place_file_put_household(json, &at->programme, &run->households[h]);
        put_texts(json, "said", n, said);
        json_end_object(json);
    }
    json_end_array(json);
    return 0;
}

static int json_localities(const struct verb_call *call, const struct place_call *at,
                           struct json_out *json, const struct explain_run *run,
                           struct ajar_err *err)
{
    bool all = run->household == PLACE_NONE && run->locality == PLACE_NONE;
    json_key(json, "localities");
    json_begin_array(json);
    for (uint32_t l = 0; l < at->programme.problem.n_localities; l++) {
        struct text *said = NULL;
        size_t n = 0;
        if (!all && l != run->locality) {
            continue;
        }
        TRY(place_say_locality(call->arena, &at->programme, run->plan, &run->localities[l], &said,
                               &n, err));
        json_begin_object(json);
        place_file_put_locality(json, &at->programme, &run->localities[l]);
        put_texts(json, "said", n, said);
        json_end_object(json);
    }
    json_end_array(json);
    return 0;
}

static int explain_json(const struct verb_call *call, const struct place_call *at,
                        const struct explain_run *run, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    int code = json_households(call, at, &json, run, err);
    code = code != 0 ? code : json_localities(call, at, &json, run, err);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    return place_json_close(&json, &buf, call, err);
}

/* ---- The verb ---- */

static int explain_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct explain_run run = {.household = PLACE_NONE, .locality = PLACE_NONE};
    const char *household = call_text(call, "household"), *locality = call_text(call, "locality");
    struct place_plan plan;
    struct answer answer;
    TRY(place_call_open(call, call->words[0], call->words[1], at, err));
    if (household != NULL) {
        TRY(place_call_household(call, at, "--household", text_of(household), &run.household, err));
    }
    if (locality != NULL) {
        TRY(place_call_locality(call, at, "--locality", text_of(locality), &run.locality, err));
    }
    TRY(place_call_plan(call, at, call->words[1], &plan, err));
    if (!plan.json) {
        err_at(err, E_PLACE_FILE, call->words[1], 0, NULL, TEXT_LIT(""),
               "a plan is explained by its prices, which a CSV does not have");
        return err_hint(err, "Solve with --plan FILE.json, and explain that file.");
    }
    run.plan = &plan.file.result;
    TRY(explain_all(call->arena, &at->programme.problem, &at->programme.side, run.plan,
                    &run.households, &run.localities, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? explain_json(&answer.call, at, &run, err)
                          : explain_show(&answer.call, at, &run, err);
    code = answer_made(&answer, code, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

int place_answer_explain(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at;
    int code = explain_work(call, &at, err);
    place_call_close(&at);
    return code;
}
