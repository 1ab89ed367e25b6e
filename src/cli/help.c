#include "help.h"

#include <string.h>

#include "fill.h"

#define LEFT_MOST 28 /* columns of names before the text beside them moves to its own line */

struct exit_row {
    int code;
    const char *text;
};
static const struct exit_row exits[] = {{0, "ok"},
                                        {1, "findings"},
                                        {2, "usage"},
                                        {3, "bad data"},
                                        {4, "infeasible"},
                                        {5, "conflict"},
                                        {6, "not permitted"},
                                        {70, "internal"},
                                        {129, "the terminal went away"},
                                        {130, "stopped by Ctrl-C"},
                                        {143, "terminated"}};

const char *help_exit_text(int exit_code)
{
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++) {
        if (exits[i].code == exit_code) {
            return exits[i].text;
        }
    }
    return NULL;
}

static void help_heading(struct buf *buf, const char *title, bool color)
{
    buf_printf(buf, "%s%s%s\n", color ? "\033[1m" : "", title, color ? "\033[0m" : "");
}

/* A name and, beside it from column `left` on, its text. */
static void help_row(struct buf *buf, struct text name, size_t left, struct text text, size_t width)
{
    size_t at = text_width(name);
    buf_text(buf, name);
    if (at + 2 > left) {
        buf_char(buf, '\n');
        at = 0;
    }
    buf_pad(buf, ' ', left - at);
    fill_text(buf, text, left, left, width);
}

#define HELP_EXIT_AT 50 /* columns of a command from which on its exit code has its own line */

static void help_examples(struct buf *buf, const struct verb_example *examples, size_t n,
                          size_t width, bool color)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(buf, "  ");
        fill_text(buf, text_of(examples[i].say), 2, 2, width);
        buf_printf(buf, "    %s$%s ", color ? "\033[2m" : "", color ? "\033[0m" : "");
        size_t at = example_fold(buf, examples[i].command, 6);
        if (examples[i].exit_code != 0) {
            buf_printf(buf, "%s# exit %d: %s", at > HELP_EXIT_AT ? "\n      " : "   ",
                       examples[i].exit_code, help_exit_text(examples[i].exit_code));
        }
        buf_char(buf, '\n');
    }
}

/* "  -q, --quiet", "      --out PATH" */
static void help_option_name(struct buf *buf, const struct verb_option *option)
{
    if (option->letter != '\0') {
        buf_printf(buf, "  -%c, ", option->letter);
    } else {
        buf_pad(buf, ' ', 6);
    }
    buf_printf(buf, "--%s", option->name);
    if (option->type != OPT_FLAG) {
        buf_printf(buf, " %s", option->value == NULL ? "VALUE" : option->value);
    }
}

void help_option_text(struct buf *buf, const struct verb_option *option)
{
    buf_str(buf, option->help);
    if (option->required) {
        buf_str(buf, " Required.");
    }
    bool says_more = option->type == OPT_INT || option->type == OPT_NUMBER ||
                     option->type == OPT_CHOICE || option->type == OPT_DATE ||
                     option->standard_input || option->unit != NULL;
    if (says_more) {
        buf_str(buf, " Takes ");
        option_describe(buf, option);
        buf_char(buf, '.');
    }
    if (option->fallback != NULL) {
        buf_printf(buf, " Default: %s.", option->fallback);
    }
}

static void help_one_option(struct buf *buf, const struct verb_option *option, size_t left,
                            size_t width)
{
    struct buf name, text;
    buf_init(&name, 1024);
    buf_init(&text, 8192);
    help_option_name(&name, option);
    help_option_text(&text, option);
    help_row(buf, buf_view(&name), left, buf_view(&text), width);
    buf_free(&name);
    buf_free(&text);
}

/* Options from `options` that the mask `lacks` leaves; bits: whether common_bit applies. */
static void help_options(struct buf *buf, const struct verb_option *options, size_t n, bool common,
                         unsigned lacks, size_t width)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        struct buf name;
        buf_init(&name, 1024);
        help_option_name(&name, &options[i]);
        size_t need = text_width(buf_view(&name)) + 2;
        left = need > left && need <= LEFT_MOST ? need : left;
        buf_free(&name);
    }
    left = left < 12 ? 12 : left;
    for (size_t i = 0; i < n; i++) {
        if (!common || (common_bit(i) & lacks) == 0) {
            help_one_option(buf, &options[i], left, width);
        }
    }
}

const struct verb_option *help_required(const struct verb *verb, size_t i)
{
    size_t n, at = 0;
    const struct verb_option *commons = common_options(&n);
    for (size_t k = 0; k < verb->n_options; k++) {
        if (verb->options[k].required && at++ == i) {
            return &verb->options[k];
        }
    }
    for (size_t k = 0; k < n; k++) {
        if ((common_bit(k) & verb->needs) != 0 && at++ == i) {
            return &commons[k];
        }
    }
    return NULL;
}

void help_usage(struct buf *buf, const struct program *program, const struct verb *verb)
{
    const struct verb_option *option;
    buf_printf(buf, "%s %s%s%s", program->name, verb->noun, verb->noun[0] == '\0' ? "" : " ",
               verb->name);
    for (size_t i = 0; i < verb->n_args; i++) {
        buf_printf(buf, verb->args[i].optional ? " [%s]" : " %s", verb->args[i].name);
    }
    for (size_t i = 0; (option = help_required(verb, i)) != NULL; i++) {
        buf_printf(buf, " --%s %s", option->name, option->value == NULL ? "VALUE" : option->value);
    }
    buf_str(buf, " [options]");
}

static void help_indented(struct buf *buf, const char *text, size_t width)
{
    buf_str(buf, "  ");
    fill_text(buf, text_of(text), 2, 2, width);
}

void help_verb(struct buf *buf, const struct program *program, const struct verb *verb,
               size_t width, bool color)
{
    size_t n_commons;
    const struct verb_option *commons = common_options(&n_commons);
    fill_text(buf, text_of(verb->summary), 0, 0, width);
    buf_char(buf, '\n');
    help_heading(buf, "Usage", color);
    buf_str(buf, "  ");
    help_usage(buf, program, verb);
    buf_str(buf, "\n\n");
    if (verb->n_examples > 0) {
        help_heading(buf, "Examples", color);
        help_examples(buf, verb->examples, verb->n_examples, width, color);
        buf_char(buf, '\n');
    }
    if (verb->n_args > 0) {
        help_heading(buf, "Arguments", color);
    }
    for (size_t i = 0; i < verb->n_args; i++) {
        struct buf name;
        buf_init(&name, 1024);
        buf_printf(&name, verb->args[i].optional ? "  [%s]" : "  %s", verb->args[i].name);
        help_row(buf, buf_view(&name), 14, text_of(verb->args[i].help), width);
        buf_free(&name);
    }
    buf_str(buf, verb->n_args > 0 ? "\n" : "");
    if (verb->n_options > 0) {
        help_heading(buf, "Options", color);
        help_options(buf, verb->options, verb->n_options, false, 0, width);
        buf_char(buf, '\n');
    }
    help_heading(buf, "Common options", color);
    help_options(buf, commons, n_commons, true, verb->lacks, width);
    if (verb->description != NULL) {
        buf_char(buf, '\n');
        help_heading(buf, "More", color);
        help_indented(buf, verb->description, width);
    }
}

/* Verbs of a noun, or what stands in the overview: one row each. */
static void help_verbs(struct buf *buf, const struct noun *noun, size_t width)
{
    size_t left = 12;
    for (size_t i = 0; i < noun->n_verbs; i++) {
        size_t need = strlen(noun->verbs[i].name) + 4;
        left = need > left ? need : left;
    }
    for (size_t i = 0; i < noun->n_verbs; i++) {
        struct buf name;
        buf_init(&name, 1024);
        buf_printf(&name, "  %s", noun->verbs[i].name);
        help_row(buf, buf_view(&name), left, text_of(noun->verbs[i].summary), width);
        buf_free(&name);
    }
}

void help_noun(struct buf *buf, const struct program *program, const struct noun *noun,
               size_t width, bool color)
{
    fill_text(buf, text_of(noun->summary), 0, 0, width);
    buf_char(buf, '\n');
    help_heading(buf, "Examples", color);
    for (size_t i = 0; i < noun->n_verbs; i++) {
        help_examples(buf, noun->verbs[i].examples, noun->verbs[i].n_examples > 0 ? 1 : 0, width,
                      color);
    }
    buf_char(buf, '\n');
    help_heading(buf, "Verbs", color);
    help_verbs(buf, noun, width);
    if (noun->description != NULL) {
        buf_char(buf, '\n');
        help_heading(buf, "More", color);
        help_indented(buf, noun->description, width);
    }
    buf_printf(buf, "\n`%s help %s VERB` shows a verb with its options and examples.\n",
               program->name, noun->name);
}

/* "scenario    Folders of data ... (check, new)" */
static void help_noun_row(struct buf *buf, const struct noun *noun, size_t width)
{
    struct buf name, text;
    buf_init(&name, 256);
    buf_init(&text, 4096);
    buf_printf(&name, "  %s", noun->name);
    buf_printf(&text, "%s:", noun->summary);
    for (size_t i = 0; i < noun->n_verbs; i++) {
        buf_printf(&text, "%s %s", i == 0 ? "" : ",", noun->verbs[i].name);
    }
    help_row(buf, buf_view(&name), 12, buf_view(&text), width);
    buf_free(&name);
    buf_free(&text);
}

static void help_exits(struct buf *buf, size_t width)
{
    struct buf line;
    buf_init(&line, 1024);
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++) {
        buf_printf(&line, "%s%d %s", i == 0 ? "" : ", ", exits[i].code, exits[i].text);
    }
    buf_char(&line, '\0');
    help_indented(buf, line.at, width);
    buf_free(&line);
}

void help_program(struct buf *buf, const struct program *program, size_t width, bool color)
{
    fill_text(buf, text_of(program->description), 0, 0, width);
    buf_char(buf, '\n');
    help_heading(buf, "Begin here", color);
    help_examples(buf, program->examples, program->n_examples, width, color);
    buf_char(buf, '\n');
    help_heading(buf, "Commands", color);
    for (size_t i = 0; i < program->n_nouns; i++) {
        if (program->nouns[i].hidden) {
            continue;
        }
        if (program->nouns[i].name[0] == '\0') {
            help_verbs(buf, &program->nouns[i], width);
        } else {
            help_noun_row(buf, &program->nouns[i], width);
        }
    }
    buf_char(buf, '\n');
    help_heading(buf, "Options", color);
    struct text help = text_of("Help on what stands before it; `help NOUN VERB` does the same.");
    help_row(buf, text_of("  -h, --help"), 14, help, width);
    help_row(buf, text_of("  --version"), 14, text_of("Print the version."), width);
    buf_char(buf, '\n');
    help_heading(buf, "Exit codes", color);
    help_exits(buf, width);
    buf_char(buf, '\n');
    help_heading(buf, "Read more", color);
    struct text more = text_of(program->more);
    while (more.n > 0) {
        struct text line = text_split(more, '\n', &more);
        buf_printf(buf, "  %.*s\n", (int)line.n, line.at);
    }
}
