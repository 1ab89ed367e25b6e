/* The answer to a household: short sentences, no codes, nothing that must not be read over a shoulder. */
#include <string.h>

#include "doors_show.h"

#define PLAIN_TEXT ((size_t)65536)
#define PLAIN_WAYS 2 /* ways that are told of one door; a caseworker sees the rest */

struct plain {
    const struct verb_call *call;
    const struct doors_answers *answers;
    enum lang lang;
    struct buf words;
};

static void plain_item(struct plain *plain, const char *lead)
{
    fputs(lead, plain->call->to);
    tell_text(plain->call, buf_view(&plain->words), strlen(lead));
    plain->words.n = 0;
}

/* The paper that proves it; without one the question, with the answer that would help. */
static void plain_step(struct plain *plain, const struct instance *instance,
                       const struct opening_step *step)
{
    const struct var *var = &instance->vars[step->var];
    if (step->proof != NULL) {
        buf_text(&plain->words, said_in(&step->proof->doc, plain->lang));
        if (step->proof->contacts_origin) {
            buf_printf(&plain->words, " (! %s)", doors_word(WORD_DANGER, plain->lang));
        }
        return;
    }
    if (var->kind == VAR_FACT || var->kind == VAR_HAS) {
        buf_text(&plain->words, said_in(&instance->rules->facts[var->fact].ask, plain->lang));
        buf_char(&plain->words, ' ');
    }
    buf_char(&plain->words, '(');
    instance_say(&plain->words, instance, step->var, step->mask);
    buf_char(&plain->words, ')');
}

static void plain_ways(struct plain *plain, const struct doors_answer *answer)
{
    const struct decision *decision = &answer->decision;
    for (size_t i = 0; i < decision->n_openings && i < PLAIN_WAYS; i++) {
        const struct opening *opening = &decision->openings[i];
        if (i == 0) {
            fprintf(plain->call->to, "  %s\n", doors_word(WORD_NEEDED, plain->lang));
        } else {
            fprintf(plain->call->to, "  %s\n", doors_word(WORD_OR, plain->lang));
        }
        for (size_t s = 0; s < opening->n; s++) {
            plain_step(plain, &answer->instance, &opening->steps[s]);
            plain_item(plain, "  - ");
        }
        if (opening->discretion) {
            buf_str(&plain->words, doors_status_plain(STATUS_DISCRETION, plain->lang));
            plain_item(plain, "    ");
        }
    }
}

static void plain_rules(struct plain *plain, const struct doors_answer *answer)
{
    const struct decision *decision = &answer->decision;
    for (size_t i = 0; i < decision->n_fired; i++) {
        const struct fired *fired = &decision->fired[i];
        const struct version *version = answer->instance.arms[fired->arm].version;
        if (fired->certain && fired->decides && !fired->superior) {
            buf_text(&plain->words, said_in(&version->rules[fired->rule].say, plain->lang));
            plain_item(plain, "  ");
        }
    }
}

static void plain_questions(struct plain *plain, const struct doors_answer *answer)
{
    const struct instance *instance = &answer->instance;
    if (answer->decision.status != STATUS_NEEDS_FACTS) {
        return;
    }
    uint32_t last = RULES_NONE;
    for (size_t i = 0; i < answer->decision.n_missing; i++) {
        const struct var *var = &instance->vars[answer->decision.missing[i]];
        if ((var->kind == VAR_FACT || var->kind == VAR_HAS) && var->fact != last) {
            last = var->fact;
            buf_text(&plain->words, said_in(&instance->rules->facts[last].ask, plain->lang));
            plain_item(plain, "  ? ");
        }
    }
}

static void plain_answer(struct plain *plain, const struct doors_answer *answer)
{
    const struct decision *decision = &answer->decision;
    const struct door *door = &plain->answers->rules->doors[answer->door];
    struct text title = said_in(&door->title, plain->lang);
    tell_heading(plain->call, "%.*s", (int)title.n, title.at);
    buf_str(&plain->words, doors_status_plain(decision->status, plain->lang));
    plain_item(plain, "  ");
    if (decision->counterfactual) {
        fprintf(plain->call->to, "  %s\n", doors_word(WORD_COUNTERFACTUAL, plain->lang));
    }
    if (decision->stale) {
        fprintf(plain->call->to, "  %s\n", doors_word(WORD_STALE, plain->lang));
    }
    if (decision->unread || decision->partial) {
        fprintf(plain->call->to, "  %s.\n", doors_word(WORD_PARTIAL, plain->lang));
    }
    plain_rules(plain, answer);
    plain_questions(plain, answer);
    plain_ways(plain, answer);
    if (decision->valid_until != MOMENT_NEVER) {
        char day[DOORS_TIME];
        buf_printf(&plain->words, doors_word(WORD_UNTIL, plain->lang),
                   doors_time(decision->valid_until, day));
        plain_item(plain, "  ");
    }
}

static void plain_closes(struct plain *plain)
{
    const struct doors_answers *answers = plain->answers;
    if (answers->n_closes == 0) {
        return;
    }
    fputc('\n', plain->call->to);
    tell_say(plain->call, "%s", doors_word(WORD_ASYLUM_CLOSES, plain->lang));
    for (size_t i = 0; i < answers->n_closes; i++) {
        buf_text(&plain->words,
                 said_in(&answers->rules->doors[answers->closes[i]].title, plain->lang));
        plain_item(plain, "  - ");
    }
}

int doors_show_plain(const struct verb_call *call, const struct doors_answers *answers,
                     enum lang lang, struct ajar_err *err)
{
    struct plain plain = {.call = call, .answers = answers, .lang = lang};
    size_t shown = 0;
    bool warned = false;
    buf_init(&plain.words, PLAIN_TEXT);
    tell_say(call, "%s", doors_word(WORD_ADVICE, lang));
    for (size_t i = 0; i < answers->n; i++) {
        const struct doors_answer *answer = &answers->answers[i];
        enum status status = answer->decision.status;
        if (answers->question.door == RULES_NONE &&
            (status == STATUS_NOT_APPLICABLE || status == STATUS_NO_RULE)) {
            continue;
        }
        if (answers->rules->doors[answer->door].kind == DOOR_PROTECTION && !warned) {
            plain_closes(&plain);
            warned = true;
        }
        plain_answer(&plain, answer);
        shown++;
    }
    if (shown == 0) {
        tell_say(call, "%s", doors_word(WORD_NOTHING, lang));
    }
    int code = buf_ok(&plain.words, err);
    buf_free(&plain.words);
    return code;
}
