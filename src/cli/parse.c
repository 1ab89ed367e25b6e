/* The words after a verb: options in any order among the arguments, checked against the tables. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "date.h"
#include "num.h"
#include "verb.h"

#define COMMONS 16 /* at least as many as common_options gives */

struct parse {
    const struct verb *verb;
    size_t n, at; /* words, and the next one */
    const char *const *words;
    const char **values, *common_values[COMMONS];
    bool *given, common_given[COMMONS];
    const char **args;
    size_t n_args;
    bool ended; /* "--" was read */
};

/* One option of the verb or a common one, with where its value goes. */
struct slot {
    const struct verb_option *option; /* NULL: there is no such option */
    const char **value;
    bool *given;
};

static struct slot slot_at(struct parse *parse, size_t i)
{
    if (i < parse->verb->n_options) {
        return (struct slot){&parse->verb->options[i], &parse->values[i], &parse->given[i]};
    }
    size_t n, k = i - parse->verb->n_options;
    const struct verb_option *commons = common_options(&n);
    if (k >= n) {
        return (struct slot){NULL, NULL, NULL};
    }
    return (struct slot){&commons[k], &parse->common_values[k], &parse->common_given[k]};
}

static bool slot_lacked(const struct parse *parse, size_t i)
{
    return i >= parse->verb->n_options &&
           (common_bit(i - parse->verb->n_options) & parse->verb->lacks) != 0;
}

static bool slot_needed(const struct parse *parse, size_t i)
{
    return i >= parse->verb->n_options &&
           (common_bit(i - parse->verb->n_options) & parse->verb->needs) != 0;
}

static struct slot slot_named(struct parse *parse, struct text name)
{
    for (size_t i = 0;; i++) {
        struct slot slot = slot_at(parse, i);
        if (slot.option == NULL || (text_is(name, slot.option->name) && !slot_lacked(parse, i))) {
            return slot;
        }
    }
}

static struct slot slot_lettered(struct parse *parse, char letter)
{
    for (size_t i = 0;; i++) {
        struct slot slot = slot_at(parse, i);
        if (slot.option == NULL || (slot.option->letter == letter && !slot_lacked(parse, i))) {
            return slot;
        }
    }
}

/* "aid split", "run" */
static void parse_who(const struct verb *verb, struct buf *buf)
{
    buf_printf(buf, "%s%s%s", verb->noun, verb->noun[0] == '\0' ? "" : " ", verb->name);
}

/* A suggestion that shows the verb at work, with the option when an example has it. */
static void parse_hint_example(const struct verb *verb, const char *option, struct ajar_err *err)
{
    const struct verb_example *example = verb_example_with(verb, option);
    if (example == NULL || err == NULL) {
        return;
    }
    struct buf command;
    buf_init(&command, 4096);
    example_show(&command, example->command);
    buf_char(&command, '\0');
    if (buf_ok(&command, NULL) == 0) {
        err_hint(err, "For example: %s", command.at);
    }
    buf_free(&command);
}

static void parse_hint_value(const struct verb *verb, const struct verb_option *option,
                             const char *value, struct ajar_err *err)
{
    date_days date;
    char day[DATE_TEXT];
    size_t n = 0;
    while (option->type == OPT_CHOICE && option->choices[n] != NULL) {
        n++;
    }
    const char *near = n == 0 ? NULL : text_nearest(text_of(value), option->choices, n);
    for (size_t i = 0; i < n; i++) {
        near = strcasecmp(value, option->choices[i]) == 0 ? option->choices[i] : near;
    }
    if (near != NULL) {
        err_hint(err, "Did you mean --%s %s?", option->name, near);
    } else if (option->type == OPT_DATE && date_guess(text_of(value), &date)) {
        err_hint(err, "Did you mean --%s %s?", option->name, date_format(date, day));
    } else {
        parse_hint_example(verb, option->name, err);
    }
}

/* The name that an unknown option may have been meant for: begun, or a slip away; or NULL. */
static const char *parse_near(struct parse *parse, struct text name)
{
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; n < 64; i++) {
        struct slot slot = slot_at(parse, i);
        if (slot.option == NULL) {
            break;
        }
        if (!slot_lacked(parse, i)) {
            names[n++] = slot.option->name;
        }
    }
    for (size_t i = 0; name.n > 0 && i < n; i++) {
        if (strncmp(names[i], name.at, name.n) == 0) {
            return names[i];
        }
    }
    return text_nearest(name, names, n);
}

static int parse_unknown(struct parse *parse, const char *word, struct text name,
                         struct ajar_err *err)
{
    struct buf who;
    buf_init(&who, 256);
    parse_who(parse->verb, &who);
    int count = (int)who.n;
    const char *near = parse_near(parse, name);
    err_at(err, E_USAGE_OPTION, NULL, 0, NULL, text_of(word), "`ajar %.*s` has no such option.",
           count, who.n == 0 ? "" : who.at);
    if (near != NULL && name.n > 0 && strncmp(near, name.at, name.n) == 0) {
        err_hint(err, "Options are written in full: --%s", near);
    } else if (near != NULL) {
        err_hint(err, "Did you mean --%s?", near);
    } else if (err != NULL && word[1] >= '0' && word[1] <= '9') {
        err_hint(err, "Put -- before arguments that begin with a dash.");
    } else {
        err_hint(err, "`ajar %.*s --help` lists the options.", count, who.n == 0 ? "" : who.at);
    }
    buf_free(&who);
    return E_USAGE_OPTION;
}

/* A word that can be an option's value although it begins with a dash: "-" and negative numbers. */
static bool parse_value_word(const char *word)
{
    return word[0] != '-' || word[1] == '\0' || word[1] == '.' ||
           (word[1] >= '0' && word[1] <= '9') || strncmp(word, "-inf", 4) == 0;
}

/* Stores the option with its value: attached (after '=' or the letter), or the next word. */
static int parse_take(struct parse *parse, struct slot slot, const char *attached,
                      struct ajar_err *err)
{
    const struct verb_option *option = slot.option;
    char column[64];
    snprintf(column, sizeof column, "--%s", option->name);
    if (*slot.given) {
        return err_at(err, E_USAGE_OPTION_TWICE, NULL, 0, column, text_of(attached),
                      "This option is given twice.");
    }
    *slot.given = true;
    if (option->type == OPT_FLAG) {
        if (attached != NULL) {
            err_at(err, E_USAGE_OPTION_EXTRA, NULL, 0, column, text_of(attached),
                   "This option is a switch and takes no value.");
            err_hint(err, "Write %s alone, or leave it out.", column);
            return E_USAGE_OPTION_EXTRA;
        }
        *slot.value = "yes";
        return 0;
    }
    const char *value = attached;
    if (value == NULL && parse->at < parse->n && parse_value_word(parse->words[parse->at])) {
        value = parse->words[parse->at++];
    }
    if (value == NULL) {
        err_at(err, E_USAGE_OPTION_VALUE, NULL, 0, column, text_of(NULL),
               "This option needs a value: %s.", option->value == NULL ? "VALUE" : option->value);
        parse_hint_example(parse->verb, option->name, err);
        return E_USAGE_OPTION_VALUE;
    }
    int code = option_check(option, value, err);
    if (code != 0) {
        parse_hint_value(parse->verb, option, value, err);
        return code;
    }
    *slot.value = value;
    return 0;
}

static int parse_long(struct parse *parse, const char *word, struct ajar_err *err)
{
    const char *equals = strchr(word, '=');
    struct text name = {word + 2, equals == NULL ? strlen(word + 2) : (size_t)(equals - word) - 2};
    struct slot slot = slot_named(parse, name);
    if (slot.option == NULL) {
        return parse_unknown(parse, word, name, err);
    }
    return parse_take(parse, slot, equals == NULL ? NULL : equals + 1, err);
}

/* "-q", "-qh", "-n5", "-n 5": letters that take no value may share a dash. */
static int parse_letters(struct parse *parse, const char *word, struct ajar_err *err)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        struct slot slot = slot_lettered(parse, *letter);
        if (slot.option == NULL) {
            return parse_unknown(parse, word, text_of(word + 1), err);
        }
        if (slot.option->type != OPT_FLAG) {
            const char *attached = letter[1] == '='    ? letter + 2
                                   : letter[1] != '\0' ? letter + 1
                                                       : NULL;
            return parse_take(parse, slot, attached, err);
        }
        TRY(parse_take(parse, slot, letter[1] == '=' ? letter + 2 : NULL, err));
    }
    return 0;
}

static int parse_argument(struct parse *parse, const char *word, struct ajar_err *err)
{
    const struct verb *verb = parse->verb;
    if (parse->n_args == verb->n_args) {
        err_at(err, E_USAGE_ARGUMENT_EXTRA, NULL, 0, NULL, text_of(word),
               verb->n_args == 0   ? "This verb takes no arguments."
               : verb->n_args == 1 ? "This verb takes one argument."
                                   : "This verb takes no further arguments.");
        parse_hint_example(verb, "", err);
        return E_USAGE_ARGUMENT_EXTRA;
    }
    const struct verb_arg *arg = &verb->args[parse->n_args];
    if (word[0] == '\0') {
        return err_at(err, E_USAGE_ARGUMENT_EMPTY, NULL, 0, arg->name, text_of(word),
                      "This argument is empty.");
    }
    if (arg->path && !arg->standard_input && strcmp(word, "-") == 0) {
        return err_at(
            err, E_USAGE_STDIN, NULL, 0, arg->name, text_of(word),
            "Standard input is not read here; this argument is the name of a file or folder.");
    }
    parse->args[parse->n_args++] = word;
    return 0;
}

static int parse_all(struct parse *parse, struct ajar_err *err)
{
    while (parse->at < parse->n) {
        const char *word = parse->words[parse->at++];
        if (parse->ended || word[0] != '-' || word[1] == '\0') {
            TRY(parse_argument(parse, word, err));
        } else if (strcmp(word, "--") == 0) {
            parse->ended = true;
        } else if (word[1] == '-') {
            TRY(parse_long(parse, word, err));
        } else {
            TRY(parse_letters(parse, word, err));
        }
    }
    return 0;
}

static int parse_required(const struct verb *verb, const struct verb_option *option,
                          struct ajar_err *err)
{
    char column[64];
    snprintf(column, sizeof column, "--%s", option->name);
    err_at(err, E_USAGE_OPTION_REQUIRED, NULL, 0, column, text_of(NULL),
           "This option is required: %s", option->help);
    parse_hint_example(verb, option->name, err);
    return E_USAGE_OPTION_REQUIRED;
}

int call_require(const struct verb_call *call, const char *name, struct ajar_err *err)
{
    const struct verb *verb = call->verb;
    for (size_t i = 0; i < verb->n_options; i++) {
        if (strcmp(verb->options[i].name, name) == 0 && !call->given[i]) {
            return parse_required(verb, &verb->options[i], err);
        }
    }
    return 0;
}

/* What was left out: defaults, or a fault when there can be none. */
static int parse_absent(struct parse *parse, struct ajar_err *err)
{
    const struct verb *verb = parse->verb;
    if (parse->n_args < verb->n_args && !verb->args[parse->n_args].optional) {
        err_at(err, E_USAGE_ARGUMENT_MISSING, NULL, 0, verb->args[parse->n_args].name,
               text_of(NULL), "This argument is missing: %s", verb->args[parse->n_args].help);
        parse_hint_example(verb, "", err);
        return E_USAGE_ARGUMENT_MISSING;
    }
    for (size_t i = 0;; i++) {
        struct slot slot = slot_at(parse, i);
        if (slot.option == NULL) {
            return 0;
        }
        if ((slot.option->required || slot_needed(parse, i)) && !*slot.given) {
            return parse_required(verb, slot.option, err);
        }
        if (!*slot.given && slot.option->type != OPT_FLAG) {
            *slot.value = slot.option->fallback;
        }
    }
}

static const char *parse_common(const struct parse *parse, const char *name)
{
    size_t n;
    const struct verb_option *commons = common_options(&n);
    size_t i = 0;
    while (strcmp(commons[i].name, name) != 0) {
        i++;
    }
    return parse->common_values[i];
}

static void parse_finish(const struct parse *parse, struct verb_call *call)
{
    int64_t seed = 1, threads = sysconf(_SC_NPROCESSORS_ONLN);
    num_parse_int(text_of(parse_common(parse, "seed")), &seed);
    num_parse_int(text_of(parse_common(parse, "threads")), &threads);
    call->verb = parse->verb;
    call->words = parse->args;
    call->n_words = parse->verb->n_args;
    call->values = parse->values;
    call->given = parse->given;
    call->json = parse_common(parse, "json") != NULL;
    call->quiet = parse_common(parse, "quiet") != NULL;
    call->out = parse_common(parse, "out");
    call->progress = parse_common(parse, "progress");
    call->seed = (uint64_t)seed;
    call->threads = threads < 1 ? 1 : threads > 256 ? 256 : (unsigned)threads;
}

static bool parse_asks_help(size_t n, const char *const *words)
{
    for (size_t i = 0; i < n && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

int verb_parse(const struct verb *verb, size_t n, const char *const *words, struct verb_call *call,
               struct ajar_err *err)
{
    if (parse_asks_help(n, words)) {
        call->verb = verb;
        call->help = true;
        return 0;
    }
    struct parse parse = {.verb = verb, .n = n, .words = words};
    TRY_NEW(parse.values, call->arena, verb->n_options, err);
    TRY_NEW(parse.given, call->arena, verb->n_options, err);
    TRY_NEW(parse.args, call->arena, verb->n_args, err);
    TRY(parse_all(&parse, err));
    TRY(parse_absent(&parse, err));
    parse_finish(&parse, call);
    return 0;
}
