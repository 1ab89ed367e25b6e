#include "doors_answer.h"

#include <string.h>

#include "answer.h"
#include "doors_input.h"
#include "doors_pick.h"
#include "doors_show.h"
#include "scenario.h"
#include "table.h"

#define COUNT_OF(array)   (sizeof(array) / sizeof *(array))
#define GATES_CSV_CEILING ((size_t)1 << 30)
#define OPENINGS_MOST     200 /* of one door, kept for what-opens */
#define SCRATCH_CEILING   ((size_t)1 << 30)

static enum lang answer_lang(const struct verb_call *call)
{
    enum lang lang = LANG_EN;
    doors_lang(text_of(call_text(call, "lang")), &lang);
    return lang;
}

static int evaluate(const struct verb_call *call, bool openings, struct doors_answers *out,
                    struct ajar_err *err)
{
    struct doors_folder *folder;
    struct person person;
    struct doors_question question;
    TRY_NEW(folder, call->arena, 1, err);
    TRY(doors_input_folder(call, folder, err));
    TRY(doors_input_facts(call, &folder->rules, &person, err));
    TRY(doors_input_question(call, &folder->rules, &question, err));
    question.decide = (struct decide_options){
        .openings = true, .until = true, .openings_most = openings ? OPENINGS_MOST : 0};
    return doors_evaluate(call->arena, &folder->rules, &person, &question, out, err);
}

int doors_answer_eval(struct verb_call *call, struct ajar_err *err)
{
    struct doors_answers answers;
    enum lang lang = answer_lang(call);
    TRY(evaluate(call, false, &answers, err));
    if (call->json) {
        return doors_json_answers(call, &answers, lang, err);
    }
    return call_flag(call, "plain") ? doors_show_plain(call, &answers, lang, err)
                                    : doors_show_answers(call, &answers, lang, false, err);
}

/* Only the doors that are not open and can be opened. */
static void keep_openable(struct doors_answers *answers)
{
    size_t n = 0;
    for (size_t i = 0; i < answers->n; i++) {
        const struct decision *decision = &answers->answers[i].decision;
        if (decision->n_openings > 0 || answers->question.door != RULES_NONE) {
            answers->answers[n++] = answers->answers[i];
        }
    }
    answers->n = n;
}

int doors_answer_opens(struct verb_call *call, struct ajar_err *err)
{
    struct doors_answers answers;
    enum lang lang = answer_lang(call);
    TRY(evaluate(call, true, &answers, err));
    keep_openable(&answers);
    if (call->json) {
        return doors_json_answers(call, &answers, lang, err);
    }
    return call_flag(call, "plain") ? doors_show_plain(call, &answers, lang, err)
                                    : doors_show_answers(call, &answers, lang, true, err);
}

int doors_answer_list(struct verb_call *call, struct ajar_err *err)
{
    struct doors_folder folder;
    struct doors_question question;
    TRY(doors_input_folder(call, &folder, err));
    if (call_flag(call, "facts")) {
        return call->json ? doors_json_facts(call, &folder.rules, answer_lang(call), err)
                          : doors_show_facts(call, &folder.rules, answer_lang(call), err);
    }
    TRY(doors_input_question(call, &folder.rules, &question, err));
    return call->json ? doors_json_list(call, &folder.rules, &question, err)
                      : doors_show_list(call, &folder.rules, &question, err);
}

static int timeline_door(const struct verb_call *call, const struct rules *rules, uint32_t door,
                         const struct person *person, const struct doors_when *from,
                         const struct doors_when *to, struct table *table, struct ajar_err *err)
{
    const struct door *is = &rules->doors[door];
    date_days as_known = doors_input_known(call);
    struct doors_span *spans;
    size_t n;
    TRY(doors_timeline(call->arena, rules, door, person, doors_when_at(from, is),
                       doors_when_at(to, is), as_known, &n, &spans, err));
    bool concerns = false;
    for (size_t i = 0; i < n; i++) {
        concerns |= spans[i].status != STATUS_NOT_APPLICABLE && spans[i].status != STATUS_NO_RULE;
    }
    for (size_t i = 0; i < n && (concerns || call_text(call, "door") != NULL); i++) {
        char begins[DOORS_TIME], ends[DOORS_TIME];
        table_begin_row(table);
        table_text(table, is->id);
        table_str(table, doors_time(spans[i].from, begins));
        table_str(table, doors_time(spans[i].to, ends));
        table_str(table, status_words[spans[i].status]);
        table_text(table, spans[i].version == NULL ? text_of("") : spans[i].version->id);
    }
    return 0;
}

int doors_answer_timeline(struct verb_call *call, struct ajar_err *err)
{
    static const struct table_column columns[] = {{"door", TABLE_WORD},
                                                  {"from", TABLE_WORD},
                                                  {"until", TABLE_WORD},
                                                  {"status", TABLE_WORD},
                                                  {"version", TABLE_WORD}};
    struct doors_folder folder;
    struct person person;
    struct doors_question question;
    struct doors_when to;
    struct table table;
    TRY(doors_input_folder(call, &folder, err));
    TRY(doors_input_facts(call, &folder.rules, &person, err));
    TRY(doors_input_question(call, &folder.rules, &question, err));
    TRY(doors_input_when(call, "to", &to, err));
    TRY(doors_input_span(call, &question.on, &to, err));
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t i = 0; i < folder.rules.n_doors; i++) {
        if (doors_wanted(&folder.rules, &question, i)) {
            TRY(timeline_door(call, &folder.rules, i, &person, &question.on, &to, &table, err));
        }
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "%s", doors_word(WORD_ADVICE, answer_lang(call)));
    return 0;
}

/* What is compared with what, and what came of it. */
struct diff {
    const struct rules *rules;
    struct doors_when from, to;
    uint32_t other; /* RULES_NONE: each door with itself */
    size_t n;
    struct comparison *made; /* [rules->n_doors] */
};

static int diff_door(const struct verb_call *call, struct diff *diff, uint32_t door,
                     struct ajar_err *err)
{
    struct arena scratch;
    uint32_t after = diff->other == RULES_NONE ? door : diff->other;
    moment at = doors_when_at(&diff->from, &diff->rules->doors[door]);
    moment then = doors_when_at(&diff->to, &diff->rules->doors[after]);
    date_days as_known = doors_input_known(call);
    struct comparison *made = &diff->made[diff->n];
    arena_init(&scratch, "diff", SCRATCH_CEILING);
    int code = compare_doors(call->arena, &scratch, diff->rules, door, at,
                             as_known == DATE_NONE ? moment_day(at) : as_known, after, then,
                             as_known == DATE_NONE ? moment_day(then) : as_known, made, err);
    arena_free(&scratch);
    TRY(code);
    diff->n += made->n > 0 || call_text(call, "door") != NULL;
    return 0;
}

static int diff_show(struct verb_call *call, const struct diff *diff, struct ajar_err *err)
{
    for (size_t i = 0; i < diff->n; i++) {
        call->exit_code = diff->made[i].n > 0 ? 1 : call->exit_code;
    }
    if (call->json) {
        return doors_json_comparisons(call, diff->n, diff->made, err);
    }
    for (size_t i = 0; i < diff->n; i++) {
        TRY(doors_show_comparison(call, &diff->made[i], call_flag(call, "all"), err));
    }
    if (diff->n == 0) {
        tell_say(call, "Nobody gets another answer at any of the doors.");
    }
    return 0;
}

/* The doors of the country whose answer changes, or the one named. */
int doors_answer_diff(struct verb_call *call, struct ajar_err *err)
{
    struct doors_folder folder;
    struct doors_question question = {.door = RULES_NONE};
    struct diff diff = {.rules = &folder.rules, .other = RULES_NONE};
    const char *against = call_text(call, "against");
    TRY(doors_input_folder(call, &folder, err));
    TRY(doors_input_when(call, "from", &diff.from, err));
    TRY(doors_input_when(call, "to", &diff.to, err));
    TRY(doors_input_choice(call, &folder.rules, &question, err));
    if (against != NULL) {
        TRY(doors_pick_door(call->arena, &folder.rules, against, &diff.other, err));
    }
    TRY_NEW(diff.made, call->arena, folder.rules.n_doors, err);
    question.on = diff.from;
    for (uint32_t i = 0; i < folder.rules.n_doors; i++) {
        if (doors_wanted(&folder.rules, &question, i)) {
            TRY(diff_door(call, &diff, i, err));
        }
    }
    return diff_show(call, &diff, err);
}

/* The span asked for; of a scenario its own where a day is not given. */
static int gates_span(const struct verb_call *call, struct doors_when *from, struct doors_when *to,
                      struct ajar_err *err)
{
    bool from_given = call_given(call, "from"), to_given = call_given(call, "to");
    if (!from_given || !to_given) {
        struct scenario *scenario;
        struct faults faults;
        TRY_NEW(scenario, call->arena, 1, err);
        TRY(faults_init(&faults, call->arena, DOORS_FAULTS, err));
        int code =
            scenario_load(call->arena, call->words[0], NULL, call->watch, scenario, &faults, err);
        if (code != 0) {
            call_faults(call, &faults);
            return code;
        }
        *from = (struct doors_when){.at = moment_of_day(scenario->from)};
        *to = (struct doors_when){.at = moment_of_day(scenario->to)};
    }
    if (from_given) {
        TRY(doors_input_when(call, "from", from, err));
    }
    if (to_given) {
        TRY(doors_input_when(call, "to", to, err));
    }
    return doors_input_span(call, from, to, err);
}

int doors_answer_gates(struct verb_call *call, struct ajar_err *err)
{
    struct doors_folder folder;
    struct doors_profiles profiles;
    struct doors_when from, to;
    struct gates gates;
    struct faults faults;
    struct buf buf;
    date_days as_known = doors_input_known(call);
    TRY(doors_input_folder(call, &folder, err));
    TRY(faults_init(&faults, call->arena, DOORS_FAULTS, err));
    int code = doors_profiles_read(call->arena, &folder, &profiles, &faults, err);
    if (faults.total > 0) {
        call_faults(call, &faults);
    }
    TRY(code);
    TRY(gates_span(call, &from, &to, err));
    TRY(doors_gates(call->arena, &folder.rules, &profiles, moment_day(from.at), moment_day(to.at),
                    as_known, &gates, err));
    buf_init(&buf, GATES_CSV_CEILING);
    doors_gates_csv(&buf, &gates, call_flag(call, "every-day"));
    code = buf_ok(&buf, err);
    if (code == 0) {
        fwrite(buf.at, 1, buf.n, call->to);
    }
    buf_free(&buf);
    return code;
}
