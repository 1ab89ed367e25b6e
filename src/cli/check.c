/* Slips in the tables of verbs that no compiler sees. */
#include <string.h>

#include "verb.h"

struct check {
    FILE *to;
    size_t n;
    const struct verb *verb;
};

static void check_say(struct check *check, const char *what, const char *why)
{
    const struct verb *verb = check->verb;
    fprintf(check->to, "%s%s%s: %s: %s\n", verb == NULL ? "" : verb->noun,
            verb == NULL || verb->noun[0] == '\0' ? "" : " ", verb == NULL ? "program" : verb->name,
            what, why);
    check->n++;
}

static bool check_word(const char *name)
{
    return name[0] != '\0' && name[0] != '-' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static bool check_sentence(const char *text)
{
    size_t n = text == NULL ? 0 : strlen(text);
    return n > 1 && strchr(".?!", text[n - 1]) != NULL;
}

static void check_option(struct check *check, const struct verb_option *option)
{
    if (!check_word(option->name)) {
        check_say(check, option->name, "an option is named in a-z, 0-9 and -");
    }
    if (!check_sentence(option->help)) {
        check_say(check, option->name, "the help of an option is a sentence with a full stop");
    }
    if (option->type != OPT_FLAG && option->value == NULL) {
        check_say(check, option->name, "an option with a value says what to call it (.value)");
    }
    if (option->type == OPT_CHOICE && (option->choices == NULL || option->choices[0] == NULL)) {
        check_say(check, option->name, "a choice has choices");
        return;
    }
    for (size_t i = 0; option->type == OPT_CHOICE && option->choices[i] != NULL; i++) {
        if (strpbrk(option->choices[i], " \t'\"\\:[]()") != NULL) {
            check_say(check, option->name, "a choice holds no blanks, quotes, colons or brackets");
        }
    }
    if (option->fallback != NULL && option_check(option, option->fallback, NULL) != 0) {
        check_say(check, option->name, "the default is not a value of the option");
    }
    if (option->required && option->fallback != NULL) {
        check_say(check, option->name, "a required option has no default");
    }
}

static bool check_clash(const struct verb_option *a, const struct verb_option *b)
{
    return strcmp(a->name, b->name) == 0 || (a->letter != '\0' && a->letter == b->letter);
}

static void check_options(struct check *check, const struct verb *verb)
{
    size_t n;
    const struct verb_option *commons = common_options(&n);
    for (size_t i = 0; i < verb->n_options; i++) {
        check_option(check, &verb->options[i]);
        for (size_t k = 0; k < n; k++) {
            if (check_clash(&verb->options[i], &commons[k])) {
                check_say(check, verb->options[i].name, "clashes with a common option");
            }
        }
        for (size_t k = 0; k < i; k++) {
            if (check_clash(&verb->options[i], &verb->options[k])) {
                check_say(check, verb->options[i].name, "name or letter stands twice");
            }
        }
    }
}

static void check_examples(struct check *check, const struct program *program,
                           const struct verb *verb)
{
    char begins[256];
    snprintf(begins, sizeof begins, "%s %s%s%s", program->name, verb->noun,
             verb->noun[0] == '\0' ? "" : " ", verb->name);
    for (size_t i = 0; i < verb->n_examples; i++) {
        const struct verb_example *example = &verb->examples[i];
        if (strstr(example->command, begins) == NULL) {
            check_say(check, example->command, "the example does not use its verb");
        }
        if (!example_fits(example->command)) {
            check_say(check, example->command, "the example does not fit the page");
        }
        if (!check_sentence(example->say)) {
            check_say(check, example->command, "what the example is good for is a sentence");
        }
    }
}

static void check_verb(struct check *check, const struct program *program, const struct noun *noun,
                       const struct verb *verb)
{
    check->verb = verb;
    if (strcmp(verb->noun, noun->name) != 0) {
        check_say(check, verb->noun, "stands in the table of another noun");
    }
    if (!check_word(verb->name)) {
        check_say(check, verb->name, "a verb is named in a-z, 0-9 and -");
    }
    if (verb->summary == NULL || check_sentence(verb->summary) || strlen(verb->summary) > 76) {
        check_say(check, "summary", "one line of at most 76 columns without a full stop");
    }
    if (!noun->hidden && (verb->n_examples == 0 || verb->description == NULL)) {
        check_say(check, verb->name, "a verb has a description and an example");
    }
    for (size_t i = 0; i < verb->n_args; i++) {
        if (!check_sentence(verb->args[i].help)) {
            check_say(check, verb->args[i].name, "the help of an argument is a sentence");
        }
        if (i > 0 && verb->args[i - 1].optional && !verb->args[i].optional) {
            check_say(check, verb->args[i].name, "stands after an optional argument");
        }
    }
    check_options(check, verb);
    check_examples(check, program, verb);
}

size_t program_check(const struct program *program, FILE *to)
{
    struct check check = {.to = to};
    size_t n;
    const struct verb_option *commons = common_options(&n);
    for (size_t i = 0; i < n; i++) {
        check_option(&check, &commons[i]);
    }
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; k < noun->n_verbs; k++) {
            check_verb(&check, program, noun, &noun->verbs[k]);
        }
    }
    return check.n;
}
