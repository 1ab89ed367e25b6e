/* Man pages in mdoc(7) from the tables. */
#include <string.h>

#include "fill.h"
#include "gen.h"
#include "help.h"

/* Text as mdoc reads it literally: a backslash is \e, and a dash \- so that what is copied from the
 * page is the ASCII sign.  A control sign at the start of a line is shielded. */
static void man_put(struct buf *buf, struct text text)
{
    bool start = buf->n == 0 || buf->at[buf->n - 1] == '\n';
    if (start && text.n > 0 && (text.at[0] == '.' || text.at[0] == '\'')) {
        buf_str(buf, "\\&");
    }
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] == '\\') {
            buf_str(buf, "\\e");
        } else if (text.at[i] == '-') {
            buf_str(buf, "\\-");
        } else if (text.at[i] == '\n') {
            buf_char(buf, ' ');
        } else {
            buf_char(buf, text.at[i]);
        }
    }
}

/* A word on a macro line: shielded, since a word such as "No" or "In" is the name of a macro. */
static void man_word(struct buf *buf, const char *word)
{
    buf_str(buf, " \\&");
    for (const char *c = word; *c != '\0'; c++) {
        if (*c == ' ') {
            buf_str(buf, "\\ ");
        } else if (*c == '"') {
            buf_str(buf, "\\(dq");
        } else {
            man_put(buf, (struct text){c, 1});
        }
    }
}

/* Where the sentence ends that `text` begins with; roff wants each on a line of its own, to set the
 * space after it.  An abbreviation such as "e.g." is followed by a small letter. */
static size_t man_sentence(struct text text)
{
    for (size_t i = 0; i + 2 < text.n; i++) {
        bool stop =
            strchr(".?!", text.at[i]) != NULL && (text.at[i + 1] == ' ' || text.at[i + 1] == '\n');
        if (stop && !(text.at[i + 2] >= 'a' && text.at[i + 2] <= 'z')) {
            return i + 1;
        }
    }
    return text.n;
}

static void man_sentences(struct buf *buf, struct text text)
{
    while (text.n > 0) {
        size_t n = man_sentence(text);
        struct text sentence = {text.at, n};
        while (sentence.n > 0) {
            man_put(buf, fill_line(&sentence, 78));
            buf_char(buf, '\n');
        }
        text = text_trim((struct text){text.at + n, text.n - n});
    }
}

static void man_paragraphs(struct buf *buf, const char *text)
{
    struct text rest = text_of(text);
    for (bool first = true; rest.n > 0; first = false) {
        buf_str(buf, first ? "" : ".Pp\n");
        man_sentences(buf, fill_paragraph(&rest));
    }
}

static void man_begin(struct buf *buf, const struct program *program, const char *page,
                      const char *summary)
{
    buf_printf(buf,
               ".\\\" Made from the tables of verbs by `%s gen man`; edit those.\n"
               ".Dd %s\n.Dt ",
               program->name, program->date);
    for (const char *c = page; *c != '\0'; c++) {
        buf_char(buf, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
    }
    buf_printf(buf, " 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", page);
    man_put(buf, text_of(summary));
    buf_str(buf, "\n.Sh SYNOPSIS\n");
}

static void man_synopsis(struct buf *buf, const struct program *program, const struct verb *verb)
{
    buf_printf(buf, ".Nm %s", program->name);
    if (verb->noun[0] != '\0') {
        buf_str(buf, " Cm");
        man_word(buf, verb->noun);
    }
    buf_str(buf, " Cm");
    man_word(buf, verb->name);
    buf_char(buf, '\n');
    for (size_t i = 0; i < verb->n_args; i++) {
        buf_str(buf, verb->args[i].optional ? ".Op Ar" : ".Ar");
        man_word(buf, verb->args[i].name);
        buf_char(buf, '\n');
    }
    const struct verb_option *option;
    for (size_t i = 0; (option = help_required(verb, i)) != NULL; i++) {
        buf_str(buf, ".Fl");
        man_word(buf, "-");
        man_put(buf, text_of(option->name));
        buf_str(buf, " Ar");
        man_word(buf, option->value == NULL ? "VALUE" : option->value);
        buf_char(buf, '\n');
    }
    buf_str(buf, ".Op Ar options\n");
}

static void man_option(struct buf *buf, const struct verb_option *option)
{
    struct buf takes;
    buf_init(&takes, 8192);
    buf_str(buf, ".It");
    if (option->letter != '\0') {
        buf_printf(buf, " Fl %c , Fl", option->letter);
    } else {
        buf_str(buf, " Fl");
    }
    man_word(buf, "-");
    man_put(buf, text_of(option->name));
    if (option->type != OPT_FLAG) {
        buf_str(buf, " Ar");
        man_word(buf, option->value == NULL ? "VALUE" : option->value);
    }
    buf_char(buf, '\n');
    help_option_text(&takes, option);
    man_sentences(buf, buf_view(&takes));
    buf_free(&takes);
}

static void man_options(struct buf *buf, const struct verb_option *options, size_t n)
{
    buf_str(buf, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < n; i++) {
        man_option(buf, &options[i]);
    }
    buf_str(buf, ".El\n");
}

static void man_common(struct buf *buf, unsigned lacks)
{
    size_t n;
    const struct verb_option *commons = common_options(&n);
    buf_str(buf, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < n; i++) {
        if ((common_bit(i) & lacks) == 0) {
            man_option(buf, &commons[i]);
        }
    }
    buf_str(buf, ".El\n");
}

/* Lines as they stand. */
static void man_literal(struct buf *buf, struct text text)
{
    while (text.n > 0) {
        const char *end = memchr(text.at, '\n', text.n);
        size_t n = end == NULL ? text.n : (size_t)(end - text.at);
        man_put(buf, (struct text){text.at, n});
        buf_char(buf, '\n');
        n += end != NULL;
        text = (struct text){text.at + n, text.n - n};
    }
}

static void man_examples(struct buf *buf, const struct verb_example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf command;
        buf_init(&command, 4096);
        example_fold(&command, examples[i].command, 2);
        man_sentences(buf, text_of(examples[i].say));
        buf_str(buf, ".Bd -literal -offset indent\n");
        man_literal(buf, buf_view(&command));
        buf_str(buf, ".Ed\n");
        buf_str(buf, i + 1 < n ? ".Pp\n" : "");
        buf_free(&command);
    }
}

/* What a verb does and takes, without its examples. */
static void man_verb_body(struct buf *buf, const struct verb *verb)
{
    man_paragraphs(buf, verb->description == NULL ? verb->summary : verb->description);
    if (verb->n_args > 0) {
        buf_str(buf, ".Pp\nThe arguments:\n.Bl -tag -width Ds\n");
        for (size_t i = 0; i < verb->n_args; i++) {
            buf_str(buf, verb->args[i].optional ? ".It Op Ar" : ".It Ar");
            man_word(buf, verb->args[i].name);
            buf_char(buf, '\n');
            man_sentences(buf, text_of(verb->args[i].help));
        }
        buf_str(buf, ".El\n");
    }
    if (verb->n_options > 0) {
        buf_str(buf, ".Pp\nThe options:\n");
        man_options(buf, verb->options, verb->n_options);
    }
}

static void man_exits(struct buf *buf)
{
    buf_str(buf, ".Sh EXIT STATUS\n.Bl -tag -width 130\n");
    for (int i = 0; i < 256; i++) {
        if (help_exit_text(i) != NULL) {
            buf_printf(buf, ".It %d\n%s\n", i, help_exit_text(i));
        }
    }
    buf_str(buf, ".El\n");
}

static void man_see(struct buf *buf, const struct program *program, const char *self)
{
    struct buf list;
    buf_init(&list, 8192);
    if (strcmp(self, program->name) != 0) {
        buf_printf(&list, ".Xr %s 1 ,\n", program->name);
    }
    /* mdoc wants the names in the order of the alphabet; the pages are few */
    const char *last = "";
    for (;;) {
        const char *next = NULL;
        for (size_t i = 0; i < program->n_nouns; i++) {
            const struct noun *noun = &program->nouns[i];
            size_t n = noun->name[0] == '\0' ? noun->n_verbs : 1;
            for (size_t k = 0; !noun->hidden && k < n; k++) {
                const char *name = noun->name[0] == '\0' ? noun->verbs[k].name : noun->name;
                bool after = strcmp(name, last) > 0 && (next == NULL || strcmp(name, next) < 0);
                next = after ? name : next;
            }
        }
        if (next == NULL) {
            break;
        }
        size_t prefix = strlen(program->name) + 1;
        if (strlen(self) < prefix || strcmp(self + prefix, next) != 0) {
            buf_printf(&list, ".Xr %s-%s 1 ,\n", program->name, next);
        }
        last = next;
    }
    if (list.n > 3) {
        buf_str(buf, ".Sh SEE ALSO\n");
        buf_bytes(buf, list.at, list.n - 3); /* without the last " ,\n" */
        buf_char(buf, '\n');
    }
    buf_free(&list);
}

void man_verb(struct buf *buf, const struct program *program, const struct verb *verb)
{
    char page[128];
    snprintf(page, sizeof page, "%s-%s", program->name, verb->name);
    man_begin(buf, program, page, verb->summary);
    man_synopsis(buf, program, verb);
    buf_str(buf, ".Sh DESCRIPTION\n");
    man_verb_body(buf, verb);
    buf_str(buf, ".Pp\nThe common options:\n");
    man_common(buf, verb->lacks);
    man_exits(buf);
    if (verb->n_examples > 0) {
        buf_str(buf, ".Sh EXAMPLES\n");
        man_examples(buf, verb->examples, verb->n_examples);
    }
    man_see(buf, program, page);
}

void man_noun(struct buf *buf, const struct program *program, const struct noun *noun)
{
    char page[128];
    size_t n_examples = 0;
    unsigned lacks = ~0u;
    snprintf(page, sizeof page, "%s-%s", program->name, noun->name);
    man_begin(buf, program, page, noun->summary);
    for (size_t i = 0; i < noun->n_verbs; i++) {
        man_synopsis(buf, program, &noun->verbs[i]);
        n_examples += noun->verbs[i].n_examples;
        lacks &= noun->verbs[i].lacks;
    }
    buf_str(buf, ".Sh DESCRIPTION\n");
    man_paragraphs(buf, noun->description == NULL ? noun->summary : noun->description);
    for (size_t i = 0; i < noun->n_verbs; i++) {
        buf_printf(buf, ".Ss %s %s %s\n", program->name, noun->name, noun->verbs[i].name);
        man_verb_body(buf, &noun->verbs[i]);
    }
    buf_str(buf, ".Ss Common options\n");
    buf_printf(buf, "Not every verb takes each of these;\n.Ql %s help %s VERB\nlists its own.\n",
               program->name, noun->name);
    man_common(buf, lacks);
    man_exits(buf);
    buf_str(buf, n_examples > 0 ? ".Sh EXAMPLES\n" : "");
    for (size_t i = 0, done = 0; i < noun->n_verbs; i++) {
        man_examples(buf, noun->verbs[i].examples, noun->verbs[i].n_examples);
        done += noun->verbs[i].n_examples;
        buf_str(buf, noun->verbs[i].n_examples > 0 && done < n_examples ? ".Pp\n" : "");
    }
    man_see(buf, program, page);
}

static void man_item(struct buf *buf, const char *name, const char *summary)
{
    buf_str(buf, ".It Cm");
    man_word(buf, name);
    buf_char(buf, '\n');
    man_sentences(buf, text_of(summary));
}

static void man_commands(struct buf *buf, const struct program *program)
{
    buf_str(buf, ".Pp\nThe commands, each with a page of its own:\n.Bl -tag -width scenario\n");
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; noun->name[0] == '\0' && k < noun->n_verbs; k++) {
            man_item(buf, noun->verbs[k].name, noun->verbs[k].summary);
        }
        if (noun->name[0] != '\0' && !noun->hidden) {
            man_item(buf, noun->name, noun->summary);
        }
    }
    buf_str(buf, ".El\n");
}

static const char man_conventions[] =
    "Options may stand among the arguments, as\n"
    ".Fl \\&-name Ar value\n"
    "or\n"
    ".Fl \\&-name Ns = Ns Ar value ;\n"
    "letters without a value may share a dash.\n"
    ".Fl \\&-\n"
    "ends the options.\n"
    "Options are not abbreviated, and none is given twice.\n"
    "A dash stands for standard input only where the page of the verb says so.\n"
    ".Pp\n"
    "Data goes to standard output; messages and progress go to standard error.\n"
    "With\n"
    ".Fl \\&-json\n"
    "an error is one line of JSON on standard error.\n"
    ".Pp\n"
    "The first Ctrl-C asks the work to stop at its next step;\n"
    "the second stops it at once.\n"
    "Neither leaves an output half-written.\n";

void man_program(struct buf *buf, const struct program *program)
{
    man_begin(buf, program, program->name, program->summary);
    buf_printf(buf, ".Nm\n.Ar noun\n.Ar verb\n.Op Ar options\n.Op Ar arguments\n"
                    ".Nm\n.Cm help\n.Op Ar noun\n.Op Ar verb\n"
                    ".Nm\n.Fl \\&-version\n.Sh DESCRIPTION\n");
    man_paragraphs(buf, program->description);
    man_commands(buf, program);
    buf_str(buf, ".Pp\nThe common options; a verb to which one means nothing refuses it:\n");
    man_common(buf, 0);
    buf_str(buf, ".Ss Conventions\n");
    buf_str(buf, man_conventions);
    buf_str(buf,
            ".Sh ENVIRONMENT\n.Bl -tag -width NO_COLOR\n"
            ".It Ev NO_COLOR\nNo colour, when it is set and not empty.\n"
            ".It Ev TERM\nNo colour and no progress bar, when it is unset or\n.Ql dumb .\n.El\n");
    man_exits(buf);
    if (program->n_examples > 0) {
        buf_str(buf, ".Sh EXAMPLES\n");
        man_examples(buf, program->examples, program->n_examples);
    }
    man_see(buf, program, program->name);
}
