/* Completion scripts of three shells.  Everything that they offer stands in the script itself, so
 * that a press of the tab key starts no program. */
#include <string.h>

#include "gen.h"

/* The i-th option that the verb takes, its own before the common ones; NULL past the last. */
static const struct verb_option *complete_option(const struct verb *verb, size_t i)
{
    if (i < verb->n_options) {
        return &verb->options[i];
    }
    size_t n, at = verb->n_options;
    const struct verb_option *commons = common_options(&n);
    for (size_t k = 0; k < n; k++) {
        if ((common_bit(k) & verb->lacks) == 0 && at++ == i) {
            return &commons[k];
        }
    }
    return NULL;
}

/* What comes after the last word that is typed. */
enum complete_after { AFTER_NOTHING, AFTER_PATH, AFTER_CHOICE, AFTER_TEXT };

static enum complete_after complete_after(const struct verb_option *option)
{
    switch (option->type) {
    case OPT_FLAG:
        return AFTER_NOTHING;
    case OPT_PATH:
        return AFTER_PATH;
    case OPT_CHOICE:
        return AFTER_CHOICE;
    default:
        return AFTER_TEXT;
    }
}

static bool complete_takes_path(const struct verb *verb)
{
    for (size_t i = 0; i < verb->n_args; i++) {
        if (verb->args[i].path) {
            return true;
        }
    }
    return false;
}

/* The words of a verb as typed: "aid split", "run". */
static void complete_put_key(struct buf *buf, const struct verb *verb)
{
    buf_printf(buf, "%s%s%s", verb->noun, verb->noun[0] == '\0' ? "" : " ", verb->name);
}

/* Text inside single quotes.  `quote` is how the shell writes such a quote there, `shield` the
 * characters that get a backslash.  A last full stop is dropped, as completions have none. */
static void complete_put_quoted(struct buf *buf, const char *text, const char *quote,
                                const char *shield)
{
    size_t n = strlen(text);
    n -= n > 0 && text[n - 1] == '.' ? 1 : 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\'') {
            buf_str(buf, quote);
            continue;
        }
        if (strchr(shield, text[i]) != NULL) {
            buf_char(buf, '\\');
        }
        buf_char(buf, text[i]);
    }
}

static void complete_put_choices(struct buf *buf, const struct verb_option *option)
{
    for (size_t i = 0; option->choices[i] != NULL; i++) {
        buf_printf(buf, "%s%s", i == 0 ? "" : " ", option->choices[i]);
    }
}

/* Nouns and verbs of their own, in the order of the tables. */
static void complete_put_first_words(struct buf *buf, const struct program *program)
{
    const char *gap = "";
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        size_t n = noun->hidden ? 0 : noun->name[0] == '\0' ? noun->n_verbs : 1;
        for (size_t k = 0; k < n; k++) {
            buf_printf(buf, "%s%s", gap, noun->name[0] == '\0' ? noun->verbs[k].name : noun->name);
            gap = " ";
        }
    }
}

static void complete_put_verbs(struct buf *buf, const struct noun *noun)
{
    for (size_t k = 0; k < noun->n_verbs; k++) {
        buf_printf(buf, "%s%s", k == 0 ? "" : " ", noun->verbs[k].name);
    }
}

static void complete_begin(struct buf *buf, const struct program *program, const char *shell)
{
    buf_printf(
        buf,
        "# %s completion of %s.  Made from the tables of verbs by `%s gen completions`; edit "
        "those.\n",
        shell, program->name, program->name);
}

/* Calls `each` for every verb that people see. */
static void complete_each(struct buf *buf, const struct program *program,
                          void (*each)(struct buf *, const struct program *, const struct verb *))
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; !noun->hidden && k < noun->n_verbs; k++) {
            each(buf, program, &noun->verbs[k]);
        }
    }
}

/* bash ------------------------------------------------------------------------------------------ */

/* The options of a verb that are followed by `after`, as a pattern of `case`, or nothing. */
static bool bash_pattern(struct buf *buf, const struct verb *verb, enum complete_after after)
{
    bool any = false;
    const struct verb_option *option;
    for (size_t i = 0; (option = complete_option(verb, i)) != NULL; i++) {
        if (complete_after(option) != after) {
            continue;
        }
        buf_str(buf, any ? " | " : "        ");
        buf_printf(buf, "--%s", option->name);
        if (option->letter != '\0') {
            buf_printf(buf, " | -%c", option->letter);
        }
        any = true;
    }
    buf_str(buf, any ? ") " : "");
    return any;
}

static void bash_values(struct buf *buf, const struct verb *verb)
{
    const struct verb_option *option;
    buf_str(buf, "        case $prev in\n");
    if (bash_pattern(buf, verb, AFTER_PATH)) {
        buf_str(buf, "files=yes ;;\n");
    }
    for (size_t i = 0; (option = complete_option(verb, i)) != NULL; i++) {
        if (complete_after(option) == AFTER_CHOICE) {
            buf_printf(buf, "        --%s) words='", option->name);
            complete_put_choices(buf, option);
            buf_str(buf, "' ;;\n");
        }
    }
    if (bash_pattern(buf, verb, AFTER_TEXT)) {
        buf_str(buf, "return ;;\n");
    }
}

static void bash_verb(struct buf *buf, const struct program *program, const struct verb *verb)
{
    (void)program;
    const struct verb_option *option;
    buf_str(buf, "    '");
    complete_put_key(buf, verb);
    buf_str(buf, " '*)\n");
    bash_values(buf, verb);
    buf_str(buf, "        *)\n            words='");
    for (size_t i = 0; (option = complete_option(verb, i)) != NULL; i++) {
        buf_printf(buf, "%s--%s", i == 0 ? "" : " ", option->name);
    }
    buf_str(buf, "'\n");
    if (complete_takes_path(verb)) {
        buf_str(buf, "            [[ $cur == -* ]] || files=yes\n");
    }
    buf_str(buf, "            ;;\n        esac\n        ;;\n");
}

static void bash_nouns(struct buf *buf, const struct program *program, const char *before)
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        if (!noun->hidden && noun->name[0] != '\0') {
            buf_printf(buf, "    '%s%s') words='", before, noun->name);
            complete_put_verbs(buf, noun);
            buf_str(buf, "' ;;\n");
        }
    }
}

void complete_bash(struct buf *buf, const struct program *program)
{
    complete_begin(buf, program, "bash");
    buf_printf(buf, "_%s() {\n", program->name);
    buf_str(buf, "    local cur prev key words='' files=''\n"
                 "    COMPREPLY=()\n"
                 "    cur=${COMP_WORDS[COMP_CWORD]}\n"
                 "    prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                 "    # bash takes the = of --name=value for a word of its own\n"
                 "    if [[ $cur == '=' ]]; then\n"
                 "        cur=''\n"
                 "    elif [[ $prev == '=' && $COMP_CWORD -gt 2 ]]; then\n"
                 "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
                 "    fi\n"
                 "    case $COMP_CWORD in\n"
                 "    1) key='' ;;\n"
                 "    2) key=${COMP_WORDS[1]} ;;\n"
                 "    *) key=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" ;;\n"
                 "    esac\n"
                 "    case $key in\n"
                 "    '') words='");
    complete_put_first_words(buf, program);
    buf_str(buf, " help --help --version' ;;\n    'help') words='");
    complete_put_first_words(buf, program);
    buf_str(buf, "' ;;\n");
    bash_nouns(buf, program, "");
    bash_nouns(buf, program, "help ");
    buf_str(buf, "    esac\n    case \"$key \" in\n");
    complete_each(buf, program, bash_verb);
    buf_printf(buf,
               "    esac\n"
               "    if [[ $files ]]; then\n"
               "        compopt -o filenames 2>/dev/null\n"
               "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
               "    else\n"
               "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
               "    fi\n"
               "}\n"
               "complete -F _%s %s\n",
               program->name, program->name);
}

/* zsh ------------------------------------------------------------------------------------------- */

static void zsh_put(struct buf *buf, const char *text, const char *shield)
{
    complete_put_quoted(buf, text, "'\\''", shield);
}

static void zsh_option(struct buf *buf, const struct verb_option *option)
{
    enum complete_after after = complete_after(option);
    const char *equals = after == AFTER_NOTHING ? "" : "=";
    buf_str(buf, "            ");
    if (option->letter != '\0') {
        buf_printf(buf, "'(-%c --%s)'{-%c,--%s%s}'[", option->letter, option->name, option->letter,
                   option->name, equals);
    } else {
        buf_printf(buf, "'--%s%s[", option->name, equals);
    }
    zsh_put(buf, option->help, "[]\\");
    buf_char(buf, ']');
    if (after != AFTER_NOTHING) {
        buf_printf(buf, ":%s:", option->value);
        if (after == AFTER_CHOICE) {
            buf_char(buf, '(');
            complete_put_choices(buf, option);
            buf_char(buf, ')');
        } else {
            buf_str(buf, after == AFTER_PATH ? "_files" : " ");
        }
    }
    buf_str(buf, "' \\\n");
}

static void zsh_verb(struct buf *buf, const struct program *program, const struct verb *verb)
{
    (void)program;
    const struct verb_option *option;
    buf_str(buf, "    '");
    complete_put_key(buf, verb);
    buf_printf(
        buf,
        "')\n        shift %d words\n        (( CURRENT -= %d ))\n        _arguments -s -S \\\n",
        verb->noun[0] == '\0' ? 1 : 2, verb->noun[0] == '\0' ? 1 : 2);
    for (size_t i = 0; (option = complete_option(verb, i)) != NULL; i++) {
        zsh_option(buf, option);
    }
    for (size_t i = 0; i < verb->n_args; i++) {
        const struct verb_arg *arg = &verb->args[i];
        buf_printf(buf, "            '%zu:%s%s:%s' \\\n", i + 1, arg->optional ? ":" : "",
                   arg->name, arg->path ? "_files" : " ");
    }
    buf_str(buf, "            && return 0\n        ;;\n");
}

static void zsh_described(struct buf *buf, const char *name, const char *summary)
{
    buf_printf(buf, "            '%s:", name);
    zsh_put(buf, summary, ":\\");
    buf_str(buf, "'\n");
}

static void zsh_first_words(struct buf *buf, const struct program *program)
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; noun->name[0] == '\0' && k < noun->n_verbs; k++) {
            zsh_described(buf, noun->verbs[k].name, noun->verbs[k].summary);
        }
        if (!noun->hidden && noun->name[0] != '\0') {
            zsh_described(buf, noun->name, noun->summary);
        }
    }
}

static void zsh_nouns(struct buf *buf, const struct program *program, bool help)
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        if (noun->hidden || noun->name[0] == '\0') {
            continue;
        }
        buf_printf(buf, "    '%s%s')\n        found=(\n", help ? "help " : "", noun->name);
        for (size_t k = 0; k < noun->n_verbs; k++) {
            zsh_described(buf, noun->verbs[k].name, noun->verbs[k].summary);
        }
        buf_str(buf, "        )\n        ;;\n");
    }
}

void complete_zsh(struct buf *buf, const struct program *program)
{
    buf_printf(buf, "#compdef %s\n", program->name);
    complete_begin(buf, program, "zsh");
    buf_printf(buf,
               "_%s() {\n"
               "    local -a found\n"
               "    local key\n"
               "    case $CURRENT in\n"
               "    2) key='' ;;\n"
               "    3) key=$words[2] ;;\n"
               "    *) key=\"$words[2] $words[3]\" ;;\n"
               "    esac\n"
               "    case $key in\n"
               "    '')\n"
               "        found=(\n",
               program->name);
    zsh_first_words(buf, program);
    zsh_described(buf, "help", "Help on what follows");
    zsh_described(buf, "--help", "Help on everything");
    zsh_described(buf, "--version", "Print the version");
    buf_str(buf, "        )\n        ;;\n    'help')\n        found=(\n");
    zsh_first_words(buf, program);
    buf_str(buf, "        )\n        ;;\n");
    zsh_nouns(buf, program, false);
    zsh_nouns(buf, program, true);
    buf_str(buf, "    esac\n"
                 "    if (( $#found )); then\n"
                 "        _describe command found\n"
                 "        return\n"
                 "    fi\n");
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; noun->name[0] == '\0' && k < noun->n_verbs; k++) {
            buf_printf(buf, "    [[ $words[2] == '%s' ]] && key='%s'\n", noun->verbs[k].name,
                       noun->verbs[k].name);
        }
    }
    buf_str(buf, "    case $key in\n");
    complete_each(buf, program, zsh_verb);
    buf_printf(buf, "    esac\n    return 1\n}\n_%s \"$@\"\n", program->name);
}

/* fish ------------------------------------------------------------------------------------------ */

static void fish_described(struct buf *buf, const struct program *program, const char *when,
                           const char *word, const char *summary)
{
    buf_printf(buf, "complete -c %s -n '%s' -a '%s' -d '", program->name, when, word);
    complete_put_quoted(buf, summary, "\\'", "\\");
    buf_str(buf, "'\n");
}

static void fish_option(struct buf *buf, const struct verb_option *option)
{
    buf_printf(buf, " -l %s", option->name);
    if (option->letter != '\0') {
        buf_printf(buf, " -s %c", option->letter);
    }
    switch (complete_after(option)) {
    case AFTER_NOTHING:
        break;
    case AFTER_PATH:
        buf_str(buf, " -r -F");
        break;
    case AFTER_CHOICE:
        buf_str(buf, " -x -a '");
        complete_put_choices(buf, option);
        buf_char(buf, '\'');
        break;
    case AFTER_TEXT:
        buf_str(buf, " -x");
        break;
    }
    buf_str(buf, " -d '");
    complete_put_quoted(buf, option->help, "\\'", "\\");
    buf_str(buf, "'\n");
}

static void fish_verb(struct buf *buf, const struct program *program, const struct verb *verb)
{
    const struct verb_option *option;
    if (complete_takes_path(verb)) {
        buf_printf(buf, "complete -c %s -n '__%s_at ", program->name, program->name);
        complete_put_key(buf, verb);
        buf_str(buf, "' -F\n");
    }
    for (size_t i = 0; (option = complete_option(verb, i)) != NULL; i++) {
        buf_printf(buf, "complete -c %s -n '__%s_at ", program->name, program->name);
        complete_put_key(buf, verb);
        buf_char(buf, '\'');
        fish_option(buf, option);
    }
}

static void fish_nouns(struct buf *buf, const struct program *program)
{
    char is[128];
    for (size_t i = 0; i < program->n_nouns; i++) {
        const struct noun *noun = &program->nouns[i];
        for (size_t k = 0; !noun->hidden && k < noun->n_verbs; k++) {
            const struct verb *verb = &noun->verbs[k];
            if (noun->name[0] == '\0') {
                snprintf(is, sizeof is, "__%s_is", program->name);
                fish_described(buf, program, is, verb->name, verb->summary);
                snprintf(is, sizeof is, "__%s_is help", program->name);
                fish_described(buf, program, is, verb->name, verb->summary);
                continue;
            }
            snprintf(is, sizeof is, "__%s_is %s", program->name, noun->name);
            fish_described(buf, program, is, verb->name, verb->summary);
            snprintf(is, sizeof is, "__%s_is help %s", program->name, noun->name);
            fish_described(buf, program, is, verb->name, verb->summary);
        }
        if (!noun->hidden && noun->name[0] != '\0') {
            snprintf(is, sizeof is, "__%s_is", program->name);
            fish_described(buf, program, is, noun->name, noun->summary);
            snprintf(is, sizeof is, "__%s_is help", program->name);
            fish_described(buf, program, is, noun->name, noun->summary);
        }
    }
}

void complete_fish(struct buf *buf, const struct program *program)
{
    char is[128];
    const char *name = program->name;
    complete_begin(buf, program, "fish");
    buf_printf(buf,
               "# The words before the cursor that are no options begin with these.\n"
               "function __%s_at\n"
               "    set -l words (string match -v -- '-*' (commandline -poc))\n"
               "    set -e words[1]\n"
               "    set -l n (count $argv)\n"
               "    test (count $words) -ge $n\n"
               "    and test \"$words[1..$n]\" = \"$argv\"\n"
               "end\n"
               "# They are these.\n"
               "function __%s_is\n"
               "    set -l words (string match -v -- '-*' (commandline -poc))\n"
               "    set -e words[1]\n"
               "    test \"$words\" = \"$argv\"\n"
               "end\n"
               "complete -c %s -f\n",
               name, name, name);
    snprintf(is, sizeof is, "__%s_is", name);
    fish_described(buf, program, is, "help", "Help on what follows");
    buf_printf(buf, "complete -c %s -n '%s' -l version -d 'Print the version'\n", name, is);
    fish_nouns(buf, program);
    complete_each(buf, program, fish_verb);
}
