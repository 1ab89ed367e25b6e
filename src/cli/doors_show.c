/* The answer to a caseworker. */
#include "doors_show.h"

#include <string.h>

#include "country.h"
#include "num.h"

#define SHOW_TEXT    ((size_t)65536)
#define SHOW_OPENING 3 /* ways shown of each door, when not all are asked for */

/* One door's answer on its way to the terminal. */
struct show {
    const struct verb_call *call;
    const struct doors_answers *answers;
    enum lang lang;
    bool all;
};

const char *doors_time(moment at, char to[static DOORS_TIME])
{
    if (at == MOMENT_NEVER || at == MOMENT_NONE) {
        return "open";
    }
    moment_format(at, to);
    char *t = strchr(to, 'T');
    if (t != NULL) {
        *t = ' ';
    }
    return to;
}

void doors_put_title(struct buf *buf, const struct door *door, enum lang lang)
{
    buf_text(buf, said_in(&door->title, lang));
    buf_printf(buf, " (%.*s)", (int)door->id.n, door->id.at);
}

void doors_put_opening(struct buf *buf, const struct instance *instance,
                       const struct opening *opening)
{
    for (size_t i = 0; i < opening->n; i++) {
        buf_str(buf, i == 0 ? "" : "; ");
        instance_say(buf, instance, opening->steps[i].var, opening->steps[i].mask);
    }
}

/* A line that hangs: "  - words". */
static void show_item(const struct show *show, const char *lead, struct buf *words)
{
    fputs(lead, show->call->to);
    tell_text(show->call, buf_view(words), strlen(lead));
    words->n = 0;
}

static void show_flag(const struct show *show, bool is, enum doors_word word)
{
    if (is) {
        const char *said = doors_word(word, show->lang);
        fprintf(show->call->to, "    %s%s\n", said, said[strlen(said) - 1] == '.' ? "" : ".");
    }
}

static void put_sources(struct buf *words, size_t n, const struct text *sources)
{
    for (size_t i = 0; i < n; i++) {
        buf_printf(words, "%s%.*s", i == 0 ? " [" : ", ", (int)sources[i].n, sources[i].at);
    }
    buf_str(words, n > 0 ? "]" : "");
}

static const struct rule *show_rule(const struct doors_answer *answer, const struct fired *fired)
{
    const struct version *version = answer->instance.arms[fired->arm].version;
    return fired->superior ? &version->superior[fired->rule] : &version->rules[fired->rule];
}

/* "g1 OPEN: Resolution, group 1: "only in connection ..." [fi_raja]". */
static void show_fired(const struct show *show, const struct doors_answer *answer,
                       const struct fired *fired, struct buf *words)
{
    const struct rule *rule = show_rule(answer, fired);
    buf_printf(words, "%s %.*s%s: %.*s", effect_words[rule->effect], (int)rule->id.n, rule->id.at,
               fired->certain ? "" : "?", (int)rule->cite.n, rule->cite.at);
    if (rule->quote.n > 0) {
        buf_printf(words, ": \"%.*s\"", (int)rule->quote.n, rule->quote.at);
    }
    put_sources(words, rule->n_sources, rule->sources);
    show_item(show, "    - ", words);
    if (rule->contested.n > 0) {
        buf_printf(words, "%s: %.*s", doors_word(WORD_CONTESTED, show->lang),
                   (int)rule->contested.n, rule->contested.at);
        show_item(show, "      ", words);
    }
}

/* Of one door all rules that fire or may; of many those that fire. */
static void show_rules(const struct show *show, const struct doors_answer *answer,
                       struct buf *words)
{
    const struct decision *decision = &answer->decision;
    bool one = show->answers->question.door != RULES_NONE;
    for (size_t i = 0; i < decision->n_fired; i++) {
        const struct fired *fired = &decision->fired[i];
        if ((fired->decides || fired->superior) && (fired->certain || one)) {
            show_fired(show, answer, fired, words);
        }
    }
}

static void show_versions(const struct show *show, const struct doors_answer *answer,
                          struct buf *words)
{
    for (size_t i = 0; i < answer->instance.n_arms; i++) {
        const struct version *version = answer->instance.arms[i].version;
        char known[DATE_TEXT];
        if (version == NULL) {
            continue;
        }
        buf_printf(words, "%.*s (%.*s, known %s, mark %c)", (int)version->law.n, version->law.at,
                   (int)version->id.n, version->id.at, date_format(version->known, known),
                   version->mark);
        put_sources(words, version->n_sources, version->sources);
        show_item(show, "    ", words);
        if (version->transcription != TRANSCRIPTION_FULL && version->read.n > 0) {
            buf_printf(words, "%s: %.*s", doors_word(WORD_PARTIAL, show->lang),
                       (int)version->read.n, version->read.at);
            show_item(show, "    ", words);
        }
    }
}

static void put_proof(const struct show *show, const struct opening_step *step, struct buf *words)
{
    const struct proof *proof = step->proof;
    char cost[NUM_TEXT];
    if (proof == NULL) {
        return;
    }
    struct text doc = said_in(&proof->doc, show->lang);
    buf_printf(words, " | %.*s (", (int)doc.n, doc.at);
    if (proof->days == 0) {
        buf_str(words, doors_word(WORD_AT_ONCE, show->lang));
    } else {
        buf_printf(words, doors_word(WORD_DAYS, show->lang), (int)proof->days);
    }
    if (proof->cents > 0) {
        num_format((double)proof->cents / 100, cost);
        buf_printf(words, ", %s %.*s", cost, (int)proof->currency.n, proof->currency.at);
    }
    buf_str(words, proof->illustrative ? "; illustrative)" : ")");
    if (proof->contacts_origin) {
        buf_printf(words, " ! %s", doors_word(WORD_DANGER, show->lang));
    }
}

static void show_openings(const struct show *show, const struct doors_answer *answer,
                          struct buf *words)
{
    const struct decision *decision = &answer->decision;
    size_t n =
        show->all || decision->n_openings < SHOW_OPENING ? decision->n_openings : SHOW_OPENING;
    if (n > 0) {
        fprintf(show->call->to, "    %s\n", doors_word(WORD_OPENS_WITH, show->lang));
    }
    for (size_t i = 0; i < n; i++) {
        char lead[32];
        const struct opening *opening = &decision->openings[i];
        snprintf(lead, sizeof lead, "    %2zu. ", i + 1);
        doors_put_opening(words, &answer->instance, opening);
        if (opening->discretion) {
            buf_printf(words, " -> %s", doors_status_short(STATUS_DISCRETION, show->lang));
        }
        for (size_t s = 0; s < opening->n; s++) {
            put_proof(show, &opening->steps[s], words);
        }
        show_item(show, lead, words);
    }
    if (decision->n_openings_all > n) {
        buf_printf(words, doors_word(WORD_MORE, show->lang), decision->n_openings_all - n);
        show_item(show, "        ", words);
    }
}

static void show_missing(const struct show *show, const struct doors_answer *answer,
                         struct buf *words)
{
    const struct decision *decision = &answer->decision;
    const struct instance *instance = &answer->instance;
    if (decision->status != STATUS_NEEDS_FACTS || decision->n_missing == 0) {
        return;
    }
    fprintf(show->call->to, "    %s\n", doors_word(WORD_MISSING, show->lang));
    for (size_t i = 0; i < decision->n_missing; i++) {
        const struct var *var = &instance->vars[decision->missing[i]];
        if (var->kind == VAR_FACT || var->kind == VAR_HAS) {
            const struct fact *fact = &instance->rules->facts[var->fact];
            struct text ask = said_in(&fact->ask, show->lang);
            bool seen = false;
            for (size_t j = 0; j < i; j++) {
                const struct var *other = &instance->vars[decision->missing[j]];
                seen |=
                    (other->kind == VAR_FACT || other->kind == VAR_HAS) && other->fact == var->fact;
            }
            if (seen) {
                continue;
            }
            buf_printf(words, "%.*s: %.*s", (int)fact->name.n, fact->name.at, (int)ask.n, ask.at);
        } else {
            buf_str(words, var->kind == VAR_QUANT ? "household" : "stays");
        }
        show_item(show, "    - ", words);
    }
}

static void show_practice(const struct show *show, const struct doors_answer *answer,
                          struct buf *words)
{
    for (size_t i = 0; i < answer->decision.n_practice; i++) {
        const struct practice *practice = answer->decision.practice[i];
        buf_printf(words, "%s: %s: %.*s", doors_word(WORD_PRACTICE, show->lang),
                   effect_words[practice->effect], (int)practice->note.n, practice->note.at);
        put_sources(words, practice->n_sources, practice->sources);
        show_item(show, "    ", words);
    }
}

static void show_until(const struct show *show, const struct doors_answer *answer,
                       struct buf *words)
{
    char day[DOORS_TIME];
    if (answer->decision.valid_until != MOMENT_NEVER) {
        buf_printf(words, doors_word(WORD_UNTIL, show->lang),
                   doors_time(answer->decision.valid_until, day));
        show_item(show, "    ", words);
    }
}

static void show_answer(const struct show *show, const struct doors_answer *answer,
                        struct buf *words)
{
    const struct verb_call *call = show->call;
    const struct decision *decision = &answer->decision;
    const struct door *door = &show->answers->rules->doors[answer->door];
    const char *bold = call->color ? "\033[1m" : "", *plain = call->color ? "\033[0m" : "";
    doors_put_title(words, door, show->lang);
    fprintf(call->to, "  %s%.*s%s\n    %s%s%s (%s)\n", bold, (int)words->n, words->at, plain, bold,
            status_words[decision->status], plain,
            doors_status_short(decision->status, show->lang));
    words->n = 0;
    show_flag(show, decision->counterfactual, WORD_COUNTERFACTUAL);
    show_flag(show, decision->stale, WORD_STALE);
    show_versions(show, answer, words);
    show_rules(show, answer, words);
    show_flag(show, decision->unread, WORD_UNREAD);
    show_flag(show, decision->unverified, WORD_UNVERIFIED);
    show_missing(show, answer, words);
    show_openings(show, answer, words);
    show_practice(show, answer, words);
    show_until(show, answer, words);
}

/* Doors that are not about the person are counted, not shown, unless one door was asked for. */
static bool show_wants(const struct doors_answers *answers, const struct doors_answer *answer)
{
    return answers->question.door != RULES_NONE ||
           (answer->decision.status != STATUS_NOT_APPLICABLE &&
            answer->decision.status != STATUS_NO_RULE);
}

static void show_closes(const struct show *show, struct buf *words)
{
    const struct doors_answers *answers = show->answers;
    for (size_t i = 0; i < answers->n_closes; i++) {
        buf_str(words, i == 0 ? "" : "; ");
        doors_put_title(words, &answers->rules->doors[answers->closes[i]], show->lang);
    }
    if (answers->n_closes > 0) {
        fprintf(show->call->to, "  %s\n", doors_word(WORD_ASYLUM_CLOSES, show->lang));
        show_item(show, "    ", words);
    }
}

static void show_head(const struct show *show)
{
    const struct doors_question *question = &show->answers->question;
    char on[DOORS_TIME], known[DATE_TEXT];
    date_format(question->as_known == DATE_NONE ? moment_day(question->on.at) : question->as_known,
                known);
    tell_say(show->call, doors_word(WORD_ON, show->lang), doors_time(question->on.at, on), known);
    tell_say(show->call, "%s", doors_word(WORD_ADVICE, show->lang));
}

int doors_show_answers(const struct verb_call *call, const struct doors_answers *answers,
                       enum lang lang, bool openings, struct ajar_err *err)
{
    struct show show = {.call = call, .answers = answers, .lang = lang, .all = openings};
    struct buf words;
    size_t shown = 0;
    int kind = -1;
    buf_init(&words, SHOW_TEXT);
    show_head(&show);
    for (size_t i = 0; i < answers->n; i++) {
        const struct doors_answer *answer = &answers->answers[i];
        enum door_kind is = answers->rules->doors[answer->door].kind;
        if (!show_wants(answers, answer)) {
            continue;
        }
        if ((int)is != kind) {
            tell_heading(call, "%s", doors_kind_word(is, lang));
            if (is == DOOR_PROTECTION) {
                show_closes(&show, &words);
            }
            kind = (int)is;
        }
        show_answer(&show, answer, &words);
        shown++;
    }
    if (shown == 0) {
        tell_say(call, "%s", doors_word(WORD_NOTHING, lang));
    } else if (shown < answers->n) {
        tell_heading(call, "%zu more doors do not concern the person on this day.",
                     answers->n - shown);
    }
    int code = buf_ok(&words, err);
    buf_free(&words);
    return code;
}
