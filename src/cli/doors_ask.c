/* `ajar doors ask`: one question after the other, the one that settles most first. */
#include "ask.h"
#include "country.h"

#include <string.h>

#include "doors_answer.h"
#include "doors_input.h"
#include "doors_show.h"
#include "doors_value.h"
#include "rules_read.h"
#include "say_items.h"

#define ASK_LINE_MAX 4096
#define ASK_MOST     200 /* questions of one talk */

struct talk {
    struct verb_call *call;
    const struct rules *rules;
    struct doors_question question;
    struct person person;
    enum lang lang;
    FILE *from, *to; /* answers; questions */
    bool ended;      /* no more answers come */
};

/* Doors that the talk is about, with the person as known so far. */
static int talk_next(struct talk *talk, struct arena *arena, uint32_t *fact, size_t *settles,
                     struct ajar_err *err)
{
    struct doors_answers answers;
    struct ask_door *doors;
    struct doors_question question = talk->question;
    question.decide = (struct decide_options){0};
    TRY(doors_evaluate(arena, talk->rules, &talk->person, &question, &answers, err));
    TRY_NEW(doors, arena, answers.n, err);
    for (size_t i = 0; i < answers.n; i++) {
        const struct instance *instance = &answers.answers[i].instance;
        uint64_t *mask;
        uint8_t *asked;
        TRY_NEW(mask, arena, instance->n_vars, err);
        TRY_NEW(asked, arena, instance->n_vars, err);
        TRY(instance_cube(arena, instance, &talk->person, mask, asked, err));
        doors[i] = (struct ask_door){.instance = instance, .mask = mask, .asked = asked};
    }
    return ask_next(arena, talk->rules, answers.n, doors, fact, settles, err);
}

/* The words of a fact: all of a few; families and country codes of many. */
static void talk_words(struct talk *talk, const struct fact *fact)
{
    static const char *const codes[LANG_COUNT] = {
        "country codes such as FIN", "коды стран, например FIN", "Ländercodes wie FIN"};
    uint8_t said[RULES_VALUES_MAX];
    struct buf buf;
    bool countries = false, one;
    buf_init(&buf, (size_t)1 << 16);
    for (size_t i = 0; i < fact->n_values; i++) {
        bool country = country_find(names_word(talk->rules->names, fact->values[i])) >= 0;
        countries |= country;
        said[i] = !country;
    }
    size_t n =
        say_items(&buf, talk->rules, fact, said, moment_day(talk->question.on.at), &one, NULL);
    fprintf(talk->to, "  %.*s%s%s", (int)buf.n, buf.n > 0 ? buf.at : "",
            n > 0 && countries ? ", " : "", countries ? codes[talk->lang] : "");
    buf_free(&buf);
}

static void talk_choices(struct talk *talk, const struct fact *fact)
{
    static const char *const unknown[LANG_COUNT] = {"don't know", "не знаю", "weiß nicht"};
    if (fact->type == FACT_BOOL) {
        fputs("  yes, no", talk->to);
    } else if (fact->n_values > 0) {
        talk_words(talk, fact);
    } else {
        fprintf(talk->to, "  %s %.*s%s", fact->type == FACT_DATE ? "2022-09-21" : "123",
                (int)fact->unit.n, fact->unit.at, fact->none ? ", NONE" : "");
    }
    fprintf(talk->to, "; ? = %s\n> ", unknown[talk->lang]);
    fflush(talk->to);
}

/* A line without its end; false at the end of the answers. */
static bool talk_line(struct talk *talk, char line[static ASK_LINE_MAX], struct text *out)
{
    if (fgets(line, ASK_LINE_MAX, talk->from) == NULL) {
        talk->ended = true;
        return false;
    }
    *out = text_trim(text_of(line));
    return true;
}

/* What is known of the fact afterwards: an answer, or that the person cannot say. */
static int talk_fact(struct talk *talk, uint32_t fact, struct ajar_err *err)
{
    const struct fact *asked = &talk->rules->facts[fact];
    struct text ask = said_in(&asked->ask, talk->lang), answer;
    struct doors_place place = {.file = "answer"};
    char line[ASK_LINE_MAX];
    fprintf(talk->to, "%.*s\n", (int)ask.n, ask.at);
    for (;;) {
        struct ajar_err problem = {0};
        talk_choices(talk, asked);
        if (!talk_line(talk, line, &answer)) {
            return 0;
        }
        if (answer.n == 0 || text_is(answer, "?") || text_is(answer, "??")) {
            talk->person.values[fact] = (struct fact_value){.known = KNOWN_UNCERTAIN};
            return 0;
        }
        const char *copy;
        TRY(text_copy(talk->call->arena, answer, &copy, err));
        int code = doors_value_read(talk->call->arena, talk->rules, fact, text_of(copy), &place,
                                    &talk->person.values[fact], &problem);
        if (code == 0) {
            return 0;
        }
        if (code == E_MEMORY || code == E_CEILING) {
            *err = problem;
            return code;
        }
        fprintf(talk->to, "%s. %s\n", problem.text, err_advice(&problem));
    }
}

/* Stays are given one a line, an empty line ends them. */
static int talk_stays(struct talk *talk, struct ajar_err *err)
{
    static const char *const asks[LANG_COUNT] = {
        "In which countries have you stayed in the last year? One a line: KAZ 2022-10-01 "
        "2022-12-29; "
        "no second date: still there. An empty line ends.",
        "В каких странах вы были за последний год? По одной в строке: KAZ 2022-10-01 2022-12-29; "
        "без "
        "второй даты - вы ещё там. Пустая строка - конец.",
        "In welchen Ländern waren Sie im letzten Jahr? Eines je Zeile: KAZ 2022-10-01 2022-12-29; "
        "ohne "
        "zweites Datum: noch dort. Eine leere Zeile beendet."};
    struct doors_place place = {.file = "answer"};
    char line[ASK_LINE_MAX];
    struct text answer;
    fprintf(talk->to, "%s\n", asks[talk->lang]);
    talk->person.stays_known = true;
    for (;;) {
        struct ajar_err problem = {0};
        fputs("> ", talk->to);
        fflush(talk->to);
        if (!talk_line(talk, line, &answer)) {
            /* Who says nothing has not said that there were none. */
            talk->person.stays_known = talk->person.n_stays > 0;
            return 0;
        }
        if (answer.n == 0) {
            return 0;
        }
        struct text rest, last, country = text_split(answer, ' ', &rest);
        struct text first = text_split(rest, ' ', &last);
        date_days from, to = DATE_NONE;
        if (!date_parse(first, &from) || (last.n > 0 && !date_parse(text_trim(last), &to))) {
            fputs("KAZ 2022-10-01 2022-12-29\n", talk->to);
            continue;
        }
        int code = doors_stay_add(talk->call->arena, talk->rules, &talk->person, country, from, to,
                                  &place, &problem);
        if (code == E_MEMORY || code == E_CEILING) {
            *err = problem;
            return code;
        }
        if (code != 0) {
            fprintf(talk->to, "%s. %s\n", problem.text, err_advice(&problem));
        }
    }
}

/* Whether anybody comes along: who they are is better stated in a file, so all but no ends the questions. */
static void talk_household(struct talk *talk)
{
    static const char *const asks[LANG_COUNT] = {
        "Does anybody of your family travel with you? If so, state them in a file (--facts).",
        "Едет ли с вами кто-нибудь из семьи? Если да, опишите их в файле (--facts).",
        "Reist jemand aus Ihrer Familie mit? Wenn ja, geben Sie sie in einer Datei an (--facts)."};
    char line[ASK_LINE_MAX];
    struct text answer;
    fprintf(talk->to, "%s\n  yes, no\n> ", asks[talk->lang]);
    fflush(talk->to);
    talk->person.household_known = talk_line(talk, line, &answer) && text_is(answer, "no");
    talk->ended = talk->ended || !talk->person.household_known;
}

static int talk_on(struct talk *talk, struct ajar_err *err)
{
    for (size_t asked = 0; asked < ASK_MOST && !talk->ended; asked++) {
        struct arena arena;
        uint32_t fact;
        size_t settles;
        arena_init(&arena, "questions", (size_t)1 << 30);
        int code = talk_next(talk, &arena, &fact, &settles, err);
        arena_free(&arena);
        TRY(code);
        if (fact == RULES_NONE) {
            return 0;
        }
        if (fact == ASK_STAYS) {
            TRY(talk_stays(talk, err));
        } else if (fact == ASK_HOUSEHOLD) {
            talk_household(talk);
        } else {
            TRY(talk_fact(talk, fact, err));
        }
    }
    return 0;
}

int doors_answer_ask(struct verb_call *call, struct ajar_err *err)
{
    struct doors_folder folder;
    struct doors_answers answers;
    struct talk talk = {.call = call, .from = stdin, .to = call->say};
    TRY(doors_input_folder(call, &folder, err));
    talk.rules = &folder.rules;
    doors_lang(text_of(call_text(call, "lang")), &talk.lang);
    TRY(doors_input_question(call, &folder.rules, &talk.question, err));
    if (call_text(call, "facts") != NULL) {
        TRY(doors_input_facts(call, &folder.rules, &talk.person, err));
    } else {
        TRY(person_blank(call->arena, &folder.rules, &talk.person, err));
    }
    TRY(talk_on(&talk, err));
    talk.question.decide = (struct decide_options){.openings = true, .until = true};
    TRY(doors_evaluate(call->arena, &folder.rules, &talk.person, &talk.question, &answers, err));
    if (call->json) {
        return doors_json_answers(call, &answers, talk.lang, err);
    }
    return call_flag(call, "plain") ? doors_show_plain(call, &answers, talk.lang, err)
                                    : doors_show_answers(call, &answers, talk.lang, false, err);
}
