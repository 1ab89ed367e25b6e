/* The hidden verbs that write the files made from the tables. */
#include "gen.h"

#include <string.h>

#include "file.h"

#define PAGE_CEILING ((size_t)4 << 20)

/* Writes dir/name from `page` and empties it for the next one. */
static int gen_write(struct verb_call *call, const char *dir, const char *name, struct buf *page,
                     struct ajar_err *err)
{
    const char *path;
    TRY(buf_ok(page, err));
    TRY(file_join(call->arena, dir, name, &path, err));
    TRY(file_write(path, buf_view(page), err));
    call_note(call, "%s", path);
    page->n = 0;
    return 0;
}

static int gen_man_pages(struct verb_call *call, struct buf *page, struct ajar_err *err)
{
    const struct program *program = call->program;
    const char *dir = call->words[0];
    char name[128];
    man_program(page, program);
    snprintf(name, sizeof name, "%s.1", program->name);
    TRY(gen_write(call, dir, name, page, err));
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        bool own = noun->name[0] == '\0';
        if (!noun->hidden && !own) {
            man_noun(page, program, noun);
            snprintf(name, sizeof name, "%s-%s.1", program->name, noun->name);
            TRY(gen_write(call, dir, name, page, err));
        }
        for (size_t k = 0; own && k < noun->n_verbs; k++) {
            man_verb(page, program, &noun->verbs[k]);
            snprintf(name, sizeof name, "%s-%s.1", program->name, noun->verbs[k].name);
            TRY(gen_write(call, dir, name, page, err));
        }
    }
    return 0;
}

static int gen_man(struct verb_call *call, struct ajar_err *err)
{
    struct buf page;
    buf_init(&page, PAGE_CEILING);
    int code = gen_man_pages(call, &page, err);
    buf_free(&page);
    return code;
}

static int gen_scripts(struct verb_call *call, struct buf *page, struct ajar_err *err)
{
    static void (*const writers[])(struct buf *, const struct program *) = {
        complete_bash, complete_zsh, complete_fish};
    static const char *const endings[] = {"bash", "zsh", "fish"};
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        char name[128];
        writers[i](page, call->program);
        snprintf(name, sizeof name, "%s.%s", call->program->name, endings[i]);
        TRY(gen_write(call, call->words[0], name, page, err));
    }
    return 0;
}

static int gen_completions(struct verb_call *call, struct ajar_err *err)
{
    struct buf page;
    buf_init(&page, PAGE_CEILING);
    int code = gen_scripts(call, &page, err);
    buf_free(&page);
    return code;
}

/* Writes the one file that the call names. */
static int gen_page(struct verb_call *call, void (*write)(struct buf *), struct ajar_err *err)
{
    struct buf page;
    buf_init(&page, PAGE_CEILING);
    write(&page);
    int code = buf_ok(&page, err);
    if (code == 0) {
        code = file_write(call->words[0], buf_view(&page), err);
    }
    buf_free(&page);
    return code;
}

static int gen_errors(struct verb_call *call, struct ajar_err *err)
{
    return gen_page(call, errors_page, err);
}

static int gen_scenario(struct verb_call *call, struct ajar_err *err)
{
    return gen_page(call, scenario_page, err);
}

static void gen_example_rows(FILE *to, const struct verb_example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fprintf(to, "%d\t%s\n", examples[i].exit_code, examples[i].command);
    }
}

static int gen_examples(struct verb_call *call, struct ajar_err *err)
{
    (void)err;
    const struct program *program = call->program;
    gen_example_rows(call->to, program->examples, program->n_examples);
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; !noun->hidden && k < noun->n_verbs; k++) {
            gen_example_rows(call->to, noun->verbs[k].examples, noun->verbs[k].n_examples);
        }
    }
    return 0;
}

static int gen_check(struct verb_call *call, struct ajar_err *err)
{
    (void)err;
    call->exit_code = program_check(call->program, call->to) > 0 ? 1 : 0;
    return 0;
}

#define GEN_LACKS (COMMON_JSON | COMMON_OUT | COMMON_SEED | COMMON_THREADS | COMMON_PROGRESS)

static const struct verb_arg gen_dir[] = {
    {"DIR", "Folder to write into; it must exist.", .path = true}};
static const struct verb_arg gen_file[] = {{"FILE", "File to write.", .path = true}};

const struct verb gen_verbs[] = {
    {.noun = "gen",
     .name = "man",
     .summary = "Write the man pages",
     .args = gen_dir,
     .n_args = 1,
     .run = gen_man,
     .lacks = GEN_LACKS},
    {.noun = "gen",
     .name = "completions",
     .summary = "Write the completion scripts of bash, zsh and fish",
     .args = gen_dir,
     .n_args = 1,
     .run = gen_completions,
     .lacks = GEN_LACKS},
    {.noun = "gen",
     .name = "errors",
     .summary = "Write the list of errors as Markdown",
     .args = gen_file,
     .n_args = 1,
     .run = gen_errors,
     .lacks = GEN_LACKS},
    {.noun = "gen",
     .name = "scenario",
     .summary = "Write the page on the files of a scenario as Markdown",
     .args = gen_file,
     .n_args = 1,
     .run = gen_scenario,
     .lacks = GEN_LACKS},
    {.noun = "gen",
     .name = "examples",
     .summary = "List every example with its exit code, for the tests",
     .run = gen_examples,
     .lacks = GEN_LACKS},
    {.noun = "gen",
     .name = "check",
     .summary = "List slips in the tables of verbs",
     .run = gen_check,
     .lacks = GEN_LACKS},
};
const size_t n_gen_verbs = sizeof gen_verbs / sizeof gen_verbs[0];
