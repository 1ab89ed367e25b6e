/* From main's words to an exit code: which page or verb is meant, and how it ends. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "file.h"
#include "help.h"
#include "progress.h"
#include "stop.h"
#include "verb.h"

#define CALL_CEILING ((size_t)8 << 30) /* bytes; the engines set their own, lower ones */
#define PAGE_CEILING ((size_t)1 << 20)
#define PAGE_WIDTH   80 /* pages are read; longer lines read badly */
#define NAMES_MOST   128

/* How this run shows things; known before any option is parsed, so that faults of the command line
 * itself come out right. */
struct view {
    FILE *to, *say;
    bool json, color, color_say;
    size_t width, width_say;
};

static size_t view_columns(FILE *stream)
{
    struct winsize size;
    if (isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0) {
        return size.ws_col;
    }
    return PAGE_WIDTH;
}

static bool view_word(size_t n, const char *const *words, const char *wanted)
{
    for (size_t i = 0; i < n && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], wanted) == 0) {
            return true;
        }
    }
    return false;
}

static struct view view_of(size_t n, const char *const *words)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool may = (no_color == NULL || no_color[0] == '\0') && terminal != NULL &&
               strcmp(terminal, "dumb") != 0 && !view_word(n, words, "--no-color");
    struct view view = {.to = stdout, .say = stderr};
    view.json = view_word(n, words, "--json");
    view.color = may && isatty(fileno(view.to));
    view.color_say = may && isatty(fileno(view.say));
    view.width = view_columns(view.to);
    view.width_say = view_columns(view.say);
    return view;
}

static int view_fail(const struct view *view, const struct ajar_err *err)
{
    if (view->json) {
        say_error_json(view->say, err);
    } else {
        say_error(view->say, err, view->color_say);
    }
    return ajar_err_exit(err->code);
}

/* A page for `noun` or `verb`, or the overview when both are NULL. */
static void view_page(const struct view *view, FILE *to, const struct program *program,
                      const struct noun *noun, const struct verb *verb)
{
    bool data = to == view->to;
    size_t width = data ? view->width : view->width_say;
    width = width > PAGE_WIDTH ? PAGE_WIDTH : width < 40 ? 40 : width;
    bool color = data ? view->color : view->color_say;
    struct buf page;
    buf_init(&page, PAGE_CEILING);
    if (verb != NULL) {
        help_verb(&page, program, verb, width, color);
    } else if (noun != NULL) {
        help_noun(&page, program, noun, width, color);
    } else {
        help_program(&page, program, width, color);
    }
    fwrite(page.n == 0 ? "" : page.at, 1, page.n, to);
    buf_free(&page);
}

static bool word_is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* What a first word can be: nouns and verbs of their own that are not hidden, and "help". */
static size_t program_first_words(const struct program *program, const char *names[NAMES_MOST])
{
    size_t n = 0;
    names[n++] = "help";
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        if (noun->name[0] != '\0' && !noun->hidden && n < NAMES_MOST) {
            names[n++] = noun->name;
        }
        for (size_t k = 0; noun->name[0] == '\0' && k < noun->n_verbs && n < NAMES_MOST; k++) {
            names[n++] = noun->verbs[k].name;
        }
    }
    return n;
}

static int fail_first_word(const struct program *program, const char *word, struct ajar_err *err)
{
    const char *names[NAMES_MOST];
    size_t n = program_first_words(program, names);
    if (word[0] == '-') {
        err_at(err, E_USAGE_OPTION, NULL, 0, NULL, text_of(word),
               "Before the noun only --help and --version stand.");
        return err_hint(err, "Put other options after the verb.");
    }
    err_at(err, E_USAGE_NOUN, NULL, 0, NULL, text_of(word), "`%s` has no such command.",
           program->name);
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        if (!noun->hidden && program_verb(program, noun->name, text_of(word)) != NULL) {
            return err_hint(err, "Did you mean `%s %s %s`?", program->name, noun->name, word);
        }
    }
    const char *near = text_nearest(text_of(word), names, n);
    if (near != NULL) {
        return err_hint(err, "Did you mean `%s %s`?", program->name, near);
    }
    return err_hint(err, "`%s --help` lists the commands.", program->name);
}

static int fail_verb(const struct program *program, const struct noun *noun, const char *word,
                     struct ajar_err *err)
{
    const char *names[NAMES_MOST];
    size_t n = 0;
    for (size_t i = 0; i < noun->n_verbs && n < NAMES_MOST; i++) {
        names[n++] = noun->verbs[i].name;
    }
    if (word == NULL) {
        err_set(err, E_USAGE_VERB_MISSING, "`%s %s` needs a verb.", program->name, noun->name);
        return err_hint(err, "`%s %s --help` lists the verbs.", program->name, noun->name);
    }
    err_at(err, E_USAGE_VERB, NULL, 0, NULL, text_of(word), "`%s %s` has no such verb.",
           program->name, noun->name);
    const char *near = text_nearest(text_of(word), names, n);
    if (near != NULL) {
        return err_hint(err, "Did you mean `%s %s %s`?", program->name, noun->name, near);
    }
    return err_hint(err, "`%s %s --help` lists the verbs.", program->name, noun->name);
}

/* What the user pointed at: a verb with the words that follow it, or a noun alone. */
struct aim {
    const struct noun *noun; /* set with verb NULL: the noun alone */
    const struct verb *verb;
    size_t used; /* words read */
};

/* Reads a noun and a verb, or a verb of its own.  A noun that is followed by nothing or by a wish
 * for help is aimed at alone. */
static int aim_at(struct aim *aim, const struct program *program, size_t n,
                  const char *const *words, struct ajar_err *err)
{
    *aim = (struct aim){.used = 1};
    aim->verb = program_verb(program, "", text_of(words[0]));
    if (aim->verb != NULL) {
        return 0;
    }
    aim->noun = words[0][0] == '\0' ? NULL : program_noun(program, text_of(words[0]));
    if (aim->noun == NULL) {
        return fail_first_word(program, words[0], err);
    }
    if (n == 1 || word_is_help(words[1])) {
        return 0;
    }
    aim->used = 2;
    aim->verb = program_verb(program, aim->noun->name, text_of(words[1]));
    return aim->verb == NULL ? fail_verb(program, aim->noun, words[1], err) : 0;
}

/* `ajar help [NOUN] [VERB]` */
static int main_help(const struct view *view, const struct program *program, size_t n,
                     const char *const *words)
{
    struct ajar_err err = {0};
    struct aim aim = {0};
    if (n > 0 && words[0][0] != '-') {
        if (aim_at(&aim, program, n, words, &err) != 0) {
            return view_fail(view, &err);
        }
        if (n > aim.used && words[aim.used][0] != '-') {
            err_at(&err, E_USAGE_ARGUMENT_EXTRA, NULL, 0, NULL, text_of(words[aim.used]),
                   "Help is on a noun, or on a noun and a verb.");
            return view_fail(view, &err);
        }
    }
    view_page(view, view->to, program, aim.noun, aim.verb);
    return 0;
}

static enum progress_kind progress_kind_of(const struct verb_call *call)
{
    if (call->quiet || strcmp(call->progress, "none") == 0) {
        return PROGRESS_SILENT;
    }
    if (strcmp(call->progress, "plain") == 0) {
        return PROGRESS_PLAIN;
    }
    const char *terminal = getenv("TERM");
    bool draws = terminal != NULL && strcmp(terminal, "dumb") != 0;
    return draws && isatty(fileno(call->say)) ? PROGRESS_BAR : PROGRESS_SILENT;
}

/* After a stop: what of an earlier output is still there.  A folder appears whole or not at all, so
 * the one that stands is the one from before. */
static void main_say_kept(const struct verb_call *call)
{
    if (call->out == NULL) {
        call_note(call, "Kept: every file is as it was before.");
    } else if (file_exists(call->out)) {
        call_note(call, "Kept: %s is as it was before; nothing new was written.", call->out);
    } else {
        call_note(call, "Kept: every file is as it was before; %s was not made.", call->out);
    }
}

/* Runs the verb under a watch, and tells how it ended. */
static int main_run(const struct view *view, struct verb_call *call)
{
    struct ajar_err err = {0};
    struct progress progress;
    progress_init(&progress, view->say, progress_kind_of(call), view->width_say, progress_clock,
                  stop_asked);
    struct watch watch = progress_watch(&progress);
    call->watch = &watch;
    int code = call->verb->run(call, &err);
    progress_end(&progress);
    if (code == 0) {
        return call->exit_code;
    }
    if (err.code == 0) {
        err_set(&err, (enum err_code)code, "%s", err_row(code)->rule);
    }
    int exit_code = view_fail(view, &err);
    if (code != E_CANCELLED || !stop_asked()) {
        return exit_code;
    }
    main_say_kept(call);
    return stop_exit_code();
}

static int main_verb(const struct view *view, const struct program *program,
                     const struct verb *verb, size_t n, const char *const *words)
{
    struct ajar_err err = {0};
    struct arena arena;
    arena_init(&arena, "command", CALL_CEILING);
    struct verb_call call = {.program = program,
                             .color = view->color,
                             .color_say = view->color_say,
                             .width = view->width,
                             .arena = &arena,
                             .to = view->to,
                             .say = view->say};
    int exit_code = 0;
    if (verb_parse(verb, n, words, &call, &err) != 0) {
        exit_code = view_fail(view, &err);
    } else if (call.help) {
        view_page(view, view->to, program, NULL, verb);
    } else {
        exit_code = main_run(view, &call);
    }
    arena_free(&arena);
    return exit_code;
}

static int main_words(const struct view *view, const struct program *program, size_t n,
                      const char *const *words)
{
    struct ajar_err err = {0};
    struct aim aim;
    if (n == 0) {
        view_page(view, view->say, program, NULL, NULL);
        return err_row(E_USAGE_NOUN_MISSING)->exit_code;
    }
    if (word_is_help(words[0])) {
        view_page(view, view->to, program, NULL, NULL);
        return 0;
    }
    if (strcmp(words[0], "--version") == 0) {
        fprintf(view->to, "%s %s\n", program->name, program->version);
        return 0;
    }
    if (strcmp(words[0], "help") == 0) {
        return main_help(view, program, n - 1, words + 1);
    }
    if (aim_at(&aim, program, n, words, &err) != 0) {
        return view_fail(view, &err);
    }
    if (aim.verb != NULL) {
        return main_verb(view, program, aim.verb, n - aim.used, words + aim.used);
    }
    if (n > 1) {
        view_page(view, view->to, program, aim.noun, NULL);
        return 0;
    }
    fail_verb(program, aim.noun, NULL, &err);
    return view_fail(view, &err);
}

int program_main(const struct program *program, int argc, const char *const *argv)
{
    size_t n = argc > 1 ? (size_t)argc - 1 : 0;
    const char *const *words = argc > 1 ? argv + 1 : argv;
    struct view view = view_of(n, words);
    stop_install();
    int exit_code = main_words(&view, program, n, words);
    bool failed = fflush(view.to) != 0 || ferror(view.to);
    if (failed) {
        struct ajar_err err = {0};
        err_set(&err, E_OUTPUT, "Standard output could not be written.");
        return view_fail(&view, &err);
    }
    return exit_code;
}
