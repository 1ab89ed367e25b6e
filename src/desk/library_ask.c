/* DOORS behind ajar.h: what the rules answer to one person. */
#include <string.h>

#include "doors_facts.h"
#include "doors_job.h"
#include "doors_pick.h"
#include "doors_words.h"
#include "library_doors.h"

#define ASK_TEXT ((size_t)1 << 16)

/* What one door answers. */
struct ask_row {
    struct ajar_answer answer;
    struct ajar_rule *rules;
    struct ajar_way *ways;
    const char **questions;
};

struct ajar_answers {
    struct arena arena;
    struct doors_answers answers;
    struct ask_row *rows; /* [answers.n] */
    const char **closes;  /* [answers.n_closes] */
    enum lang lang;
};

/* ---- Rows ---- */

static int ask_rules(struct arena *arena, const struct doors_answer *from, struct ask_row *row,
                     struct ajar_err *err)
{
    TRY_NEW(row->rules, arena, from->decision.n_fired, err);
    for (size_t i = 0; i < from->decision.n_fired; i++) {
        const struct fired *fired = &from->decision.fired[i];
        const struct version *version = from->instance.arms[fired->arm].version;
        const struct rule *rule =
            fired->superior ? &version->superior[fired->rule] : &version->rules[fired->rule];
        struct ajar_rule *to = &row->rules[row->answer.rules];
        if (!fired->decides && !fired->superior) {
            continue;
        }
        to->effect = effect_words[rule->effect];
        to->certain = fired->certain;
        TRY(library_text(arena, rule->id, &to->id, err));
        TRY(library_text(arena, rule->cite, &to->cite, err));
        TRY(library_text(arena, rule->quote, &to->quote, err));
        row->answer.rules++;
    }
    return 0;
}

static int ask_needs(struct arena *arena, const struct instance *instance,
                     const struct opening *opening, const char **out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, ASK_TEXT);
    for (size_t i = 0; i < opening->n; i++) {
        buf_str(&buf, i == 0 ? "" : "; ");
        instance_say(&buf, instance, opening->steps[i].var, opening->steps[i].mask);
    }
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : library_text(arena, buf_view(&buf), out, err);
    buf_free(&buf);
    return code;
}

static int ask_ways(struct arena *arena, const struct doors_answer *from, struct ask_row *row,
                    struct ajar_err *err)
{
    const struct decision *decision = &from->decision;
    row->answer.ways = decision->n_openings;
    TRY_NEW(row->ways, arena, decision->n_openings, err);
    for (size_t i = 0; i < decision->n_openings; i++) {
        const struct opening *opening = &decision->openings[i];
        row->ways[i] = (struct ajar_way){.discretion = opening->discretion,
                                         .contacts_origin = opening->contacts_origin,
                                         .days = opening->days};
        TRY(ask_needs(arena, &from->instance, opening, &row->ways[i].needs, err));
    }
    return 0;
}

/* Several variables may ask one fact, and stand side by side. */
static int ask_questions(struct arena *arena, const struct doors_answer *from, enum lang lang,
                         struct ask_row *row, struct ajar_err *err)
{
    const struct instance *instance = &from->instance;
    const struct decision *decision = &from->decision;
    uint32_t last = RULES_NONE;
    TRY_NEW(row->questions, arena, decision->n_missing, err);
    for (size_t i = 0; decision->status == STATUS_NEEDS_FACTS && i < decision->n_missing; i++) {
        const struct var *var = &instance->vars[decision->missing[i]];
        if ((var->kind == VAR_FACT || var->kind == VAR_HAS) && var->fact != last) {
            last = var->fact;
            TRY(library_text(arena, said_in(&instance->rules->facts[last].ask, lang),
                             &row->questions[row->answer.questions], err));
            row->answer.questions++;
        }
    }
    return 0;
}

static int ask_row(ajar_answers *answers, const struct doors_answer *from, struct ask_row *row,
                   struct ajar_err *err)
{
    const struct rules *rules = answers->answers.rules;
    const struct door *door = &rules->doors[from->door];
    const struct decision *decision = &from->decision;
    struct arena *arena = &answers->arena;
    char until[MOMENT_TEXT];
    row->answer = (struct ajar_answer){.kind = door_kind_words[door->kind],
                                       .status = status_words[decision->status],
                                       .said = doors_status_plain(decision->status, answers->lang),
                                       .stale = decision->stale,
                                       .partial = decision->partial || decision->unread,
                                       .contested = decision->contested,
                                       .counterfactual = decision->counterfactual};
    TRY(library_text(arena, door->id, &row->answer.door, err));
    TRY(library_text(arena, names_word(rules->names, door->country), &row->answer.country, err));
    TRY(library_text(arena, said_in(&door->title, answers->lang), &row->answer.title, err));
    TRY(library_text(arena, text_of(moment_format(decision->valid_until, until)),
                     &row->answer.until, err));
    TRY(ask_rules(arena, from, row, err));
    TRY(ask_ways(arena, from, row, err));
    return ask_questions(arena, from, answers->lang, row, err);
}

static int ask_rows(ajar_answers *answers, struct ajar_err *err)
{
    const struct doors_answers *from = &answers->answers;
    TRY_NEW(answers->rows, &answers->arena, from->n, err);
    TRY_NEW(answers->closes, &answers->arena, from->n_closes, err);
    for (size_t i = 0; i < from->n; i++) {
        TRY(ask_row(answers, &from->answers[i], &answers->rows[i], err));
    }
    for (size_t i = 0; i < from->n_closes; i++) {
        TRY(library_text(&answers->arena, from->rules->doors[from->closes[i]].id,
                         &answers->closes[i], err));
    }
    return 0;
}

/* ---- The question ---- */

static int ask_when(const char *word, struct doors_when *out, struct ajar_err *err)
{
    TRY(library_given(word, "on", err));
    if (doors_when_parse(text_of(word), out)) {
        return 0;
    }
    err_at(err, E_USAGE_OPTION_TYPE, NULL, 0, "on", text_of(word),
           "The option takes a date, or a moment.");
    return err_hint(err, "Write it like 2022-09-30 or 2023-12-15T20:00+02:00.");
}

static int ask_question(ajar_answers *answers, const struct rules *rules,
                        const struct ajar_ask_options *options, struct doors_question *out,
                        struct ajar_err *err)
{
    struct doors_question question = {.door = RULES_NONE,
                                      .counterfactual = options->counterfactual != 0,
                                      .decide = {.openings = true, .until = true}};
    TRY(ask_when(options->on, &question.on, err));
    TRY(library_day(options->as_known, "as_known", &question.as_known, err));
    if (options->door != NULL) {
        TRY(doors_pick_door(&answers->arena, rules, options->door, &question.door, err));
    }
    if (options->country != NULL) {
        TRY(doors_pick_country(rules, "country", text_of(options->country), &question.country,
                               err));
    }
    if (options->lang != NULL && !doors_lang(text_of(options->lang), &answers->lang)) {
        return err_at(err, E_LIBRARY_VALUE, NULL, 0, "lang", text_of(options->lang),
                      "The option takes one of: en, ru, de.");
    }
    *out = question;
    return 0;
}

static int ask_facts(ajar_answers *answers, const struct rules *rules, const char *facts,
                     struct faults *faults, struct person *out, struct ajar_err *err)
{
    struct text bytes = text_of(facts);
    const char *copy;
    if (bytes.n > DOORS_FACTS_CEILING) {
        return err_at(err, E_FILE_TOO_BIG, "facts", 0, NULL, TEXT_LIT(""),
                      "the input is larger than %zu bytes", DOORS_FACTS_CEILING);
    }
    TRY(library_text(&answers->arena, bytes, &copy, err));
    return doors_facts_parse(&answers->arena, rules, "facts", text_of(copy), out, faults, err);
}

static int ask_make(ajar_answers *answers, const struct rules *rules, const char *facts,
                    const struct ajar_ask_options *options, struct faults *faults,
                    struct ajar_err *err)
{
    struct doors_question question;
    struct person person;
    TRY(ask_question(answers, rules, options, &question, err));
    TRY(ask_facts(answers, rules, facts, faults, &person, err));
    TRY(doors_evaluate(&answers->arena, rules, &person, &question, &answers->answers, err));
    return ask_rows(answers, err);
}

int ajar_doors_ask(ajar_answers **out, const ajar_doors *doors, const char *facts,
                   const struct ajar_ask_options *options, ajar_fault_fn *each, void *arg,
                   struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    ajar_answers *answers;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(doors, "doors", err));
    TRY(library_given(facts, "facts", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *answers, "the answers", &answers, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = ask_make(answers, &doors->folder.rules, facts, options, &faults.faults, err);
        library_faults_end(&faults);
    }
    return library_done(code, answers, out);
}

/* ---- Getters ---- */

size_t ajar_answers_count(const ajar_answers *answers)
{
    return answers == NULL ? 0 : answers->answers.n;
}

const struct ajar_answer *ajar_answers_at(const ajar_answers *answers, size_t door)
{
    return door < ajar_answers_count(answers) ? &answers->rows[door].answer : NULL;
}

const struct ajar_rule *ajar_answers_rule(const ajar_answers *answers, size_t door, size_t i)
{
    const struct ajar_answer *answer = ajar_answers_at(answers, door);
    return answer != NULL && i < answer->rules ? &answers->rows[door].rules[i] : NULL;
}

const struct ajar_way *ajar_answers_way(const ajar_answers *answers, size_t door, size_t i)
{
    const struct ajar_answer *answer = ajar_answers_at(answers, door);
    return answer != NULL && i < answer->ways ? &answers->rows[door].ways[i] : NULL;
}

const char *ajar_answers_question(const ajar_answers *answers, size_t door, size_t i)
{
    const struct ajar_answer *answer = ajar_answers_at(answers, door);
    return answer != NULL && i < answer->questions ? answers->rows[door].questions[i] : NULL;
}

const char *ajar_answers_closes(const ajar_answers *answers, size_t i)
{
    return answers != NULL && i < answers->answers.n_closes ? answers->closes[i] : NULL;
}

const char *ajar_answers_advice(const ajar_answers *answers)
{
    return answers == NULL ? NULL : doors_word(WORD_ADVICE, answers->lang);
}

void ajar_answers_free(ajar_answers *answers)
{
    library_free(answers);
}
