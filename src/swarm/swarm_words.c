#include "swarm_words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "num.h"

#define MEMBERS   100                /* as ajar flow ensemble */
#define SEED_MOST (INT64_C(1) << 53) /* as ajar's */

enum kind { FLAG, WORD, LIST, WHOLE, DATE };
enum { OF_RUN = 1 << SWARM_RUN, OF_ENSEMBLE = 1 << SWARM_ENSEMBLE, OF_BOTH = OF_RUN | OF_ENSEMBLE };

struct option {
    const char *name;
    unsigned verbs;
    enum kind kind;
    size_t offset; /* in struct swarm_words */
    int64_t least, most;
    const char *choices[3];
};

#define AT(field) offsetof(struct swarm_words, field)
static const struct option options[] = {
    {"out", OF_BOTH, WORD, AT(out), 0, 0, {0}},
    {"seed", OF_BOTH, WHOLE, AT(seed), 0, SEED_MOST, {0}},
    {"from", OF_BOTH, DATE, AT(from), 0, 0, {0}},
    {"to", OF_BOTH, DATE, AT(to), 0, 0, {0}},
    {"as-known", OF_BOTH, DATE, AT(as_known), 0, 0, {0}},
    {"rules", OF_BOTH, WORD, AT(rules), 0, 0, {"flee", "ajar", NULL}},
    {"set", OF_BOTH, WORD, AT(set), 0, 0, {0}},
    {"hasten", OF_BOTH, WHOLE, AT(hasten), 1, 1000000, {0}},
    {"checkpoint", OF_BOTH, WORD, AT(checkpoint), 0, 0, {0}},
    {"replace", OF_BOTH, FLAG, AT(replace), 0, 0, {0}},
    {"quiet", OF_BOTH, FLAG, AT(quiet), 0, 0, {0}},
    {"every", OF_RUN, WHOLE, AT(every), 1, FLOW_DAYS_MOST, {0}},
    {"resume", OF_RUN, FLAG, AT(resume), 0, 0, {0}},
    {"threads", OF_RUN, WHOLE, AT(threads), 1, 256, {0}},
    {"members", OF_ENSEMBLE, WHOLE, AT(members), 2, ENSEMBLE_MEMBERS_MOST, {0}},
    {"engine", OF_ENSEMBLE, WORD, AT(engine), 0, 0, {"agents", "aggregate", NULL}},
    {"vary", OF_ENSEMBLE, LIST, AT(vary), 0, 0, {0}},
};
enum { N_OPTIONS = sizeof options / sizeof options[0] };

struct parse {
    struct swarm_words *words;
    bool given[N_OPTIONS];
};

static int refuse(struct ajar_err *err, enum err_code code, const struct option *option,
                  const char *value, const char *why)
{
    char column[64];
    snprintf(column, sizeof column, "--%s", option->name);
    return err_at(err, code, NULL, 0, column, text_of(value), "%s", why);
}

static int take_choice(const struct option *option, const char *value, struct ajar_err *err)
{
    const char *const *choices = option->choices;
    if (choices[0] == NULL || strcmp(value, choices[0]) == 0 || strcmp(value, choices[1]) == 0) {
        return 0;
    }
    refuse(err, E_USAGE_OPTION_CHOICE, option, value, "This is none of the choices.");
    return err_hint(err, "Write --%s %s or --%s %s.", option->name, choices[0], option->name,
                    choices[1]);
}

static int take_whole(const struct option *option, const char *value, int64_t *out,
                      struct ajar_err *err)
{
    int64_t whole;
    if (!num_parse_int(text_of(value), &whole)) {
        return refuse(err, E_USAGE_OPTION_TYPE, option, value, "This is no whole number.");
    }
    if (whole < option->least || whole > option->most) {
        refuse(err, E_USAGE_OPTION_RANGE, option, value, "This number is out of range.");
        return err_hint(err, "Write a whole number from %lld to %lld.", (long long)option->least,
                        (long long)option->most);
    }
    *out = whole;
    return 0;
}

static int take_date(const struct option *option, const char *value, date_days *out,
                     struct ajar_err *err)
{
    date_days guess;
    char day[DATE_TEXT];
    if (date_parse(text_of(value), out)) {
        return 0;
    }
    refuse(err, E_USAGE_OPTION_TYPE, option, value, "This is no date YYYY-MM-DD.");
    if (date_guess(text_of(value), &guess)) {
        return err_hint(err, "Did you mean --%s %s?", option->name, date_format(guess, day));
    }
    return err_hint(err, "Write it like 2022-09-21.");
}

static int take_list(struct swarm_words *words, const struct option *option, const char *value,
                     struct ajar_err *err)
{
    if (words->n_vary == ENSEMBLE_RANGES_MOST) {
        return refuse(err, E_USAGE_OPTION_RANGE, option, value, "Too many parameters vary.");
    }
    words->vary[words->n_vary++] = value;
    return 0;
}

static int take(struct parse *parse, size_t i, const char *value, struct ajar_err *err)
{
    const struct option *option = &options[i];
    char *at = (char *)parse->words + option->offset;
    if (parse->given[i] && option->kind != LIST) {
        return refuse(err, E_USAGE_OPTION_TWICE, option, value, "This option is given twice.");
    }
    parse->given[i] = true;
    switch (option->kind) {
    case FLAG:
        *(bool *)at = true;
        return 0;
    case WORD:
        TRY(take_choice(option, value, err));
        *(const char **)at = value;
        return 0;
    case WHOLE:
        return take_whole(option, value, (int64_t *)at, err);
    case DATE:
        return take_date(option, value, (date_days *)at, err);
    case LIST:
    default:
        return take_list(parse->words, option, value, err);
    }
}

static int unknown(const struct swarm_words *words, const char *word, struct text name,
                   struct ajar_err *err)
{
    const char *names[N_OPTIONS];
    size_t n = 0;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if ((options[i].verbs & 1u << words->verb) != 0) {
            names[n++] = options[i].name;
        }
    }
    const char *near = text_nearest(name, names, n);
    err_at(err, E_USAGE_OPTION, NULL, 0, NULL, text_of(word), "`ajar-swarm %s` has no such option.",
           words->verb == SWARM_RUN ? "run" : "ensemble");
    if (near != NULL && name.n > 0) {
        return err_hint(err, "Did you mean --%s?", near);
    }
    return err_hint(err, "`ajar-swarm --help` lists the options.");
}

/* One option at words[*at], with the value behind '=' or in the next word. */
static int take_option(struct parse *parse, int n, char *const *words, int *at,
                       struct ajar_err *err)
{
    const char *word = words[*at];
    struct text value, name = text_split(text_of(word + 2), '=', &value);
    bool attached = memchr(word, '=', strlen(word)) != NULL;
    if (strcmp(word, "-q") == 0) {
        name = TEXT_LIT("quiet");
    } else if (word[1] != '-') {
        name.n = 0;
    }
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct option *option = &options[i];
        if (!text_is(name, option->name) || (option->verbs & 1u << parse->words->verb) == 0) {
            continue;
        }
        if (option->kind == FLAG) {
            return attached ? refuse(err, E_USAGE_OPTION_EXTRA, option, value.at,
                                     "This option is a switch and takes no value.")
                            : take(parse, i, NULL, err);
        }
        if (!attached && *at + 1 == n) {
            return refuse(err, E_USAGE_OPTION_VALUE, option, NULL, "This option needs a value.");
        }
        return take(parse, i, attached ? value.at : words[++*at], err);
    }
    return unknown(parse->words, word, name, err);
}

static int take_argument(struct swarm_words *words, const char *word, struct ajar_err *err)
{
    if (words->scenario != NULL) {
        return err_at(err, E_USAGE_ARGUMENT_EXTRA, NULL, 0, NULL, text_of(word),
                      "This verb takes one argument, the scenario.");
    }
    if (word[0] == '\0') {
        return err_at(err, E_USAGE_ARGUMENT_EMPTY, NULL, 0, "SCENARIO", text_of(word),
                      "This argument is empty.");
    }
    words->scenario = word;
    return 0;
}

static int check_absent(const struct swarm_words *words, struct ajar_err *err)
{
    if (words->scenario == NULL) {
        err_at(err, E_USAGE_ARGUMENT_MISSING, NULL, 0, "SCENARIO", text_of(NULL),
               "This argument is missing: the folder of the scenario.");
        return err_hint(err, "`ajar-swarm --help` shows examples.");
    }
    if (words->out == NULL) {
        return err_at(err, E_USAGE_OPTION_REQUIRED, NULL, 0, "--out", text_of(NULL),
                      "This option is required: the folder of the result.");
    }
    if (words->checkpoint == NULL && (words->resume || words->every > 0)) {
        err_at(err, E_USAGE_OPTION_REQUIRED, NULL, 0, "--checkpoint", text_of(NULL),
               "This option is required with --resume and --every.");
        return err_hint(err, "Name the folder of the checkpoints.");
    }
    return 0;
}

static bool asks(int n, char *const *words, const char *a, const char *b)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(words[i], a) == 0 || strcmp(words[i], b) == 0) {
            return true;
        }
    }
    return false;
}

static int take_verb(const char *word, enum swarm_verb *out, struct ajar_err *err)
{
    static const char *const verbs[] = {"run", "ensemble"};
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(word, verbs[i]) == 0) {
            *out = i == 0 ? SWARM_RUN : SWARM_ENSEMBLE;
            return 0;
        }
    }
    const char *near = text_nearest(text_of(word), verbs, 2);
    err_at(err, E_USAGE_VERB, NULL, 0, NULL, text_of(word), "`ajar-swarm` has no such verb.");
    return near != NULL ? err_hint(err, "Did you mean `ajar-swarm %s`?", near)
                        : err_hint(err, "The verbs are run and ensemble.");
}

int swarm_words(int n, char *const *words, struct swarm_words *out, struct ajar_err *err)
{
    struct swarm_words read = {
        .from = DATE_NONE, .to = DATE_NONE, .as_known = DATE_NONE, .seed = 1, .threads = 1};
    struct parse parse = {.words = &read};
    if (asks(n, words, "--help", "-h") || (n > 0 && strcmp(words[0], "help") == 0)) {
        out->verb = SWARM_HELP;
        return 0;
    }
    if (n > 0 && strcmp(words[0], "--version") == 0) {
        out->verb = SWARM_VERSION;
        return 0;
    }
    if (n == 0) {
        err_set(err, E_USAGE_VERB_MISSING, "`ajar-swarm` needs a verb: run or ensemble.");
        return err_hint(err, "`ajar-swarm --help` shows examples.");
    }
    TRY(take_verb(words[0], &read.verb, err));
    for (int i = 1; i < n; i++) {
        bool option = words[i][0] == '-' && words[i][1] != '\0';
        TRY(option ? take_option(&parse, n, words, &i, err) : take_argument(&read, words[i], err));
    }
    TRY(check_absent(&read, err));
    if (read.verb == SWARM_ENSEMBLE && read.members == 0) {
        read.members = MEMBERS;
    }
    *out = read;
    return 0;
}
