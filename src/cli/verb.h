/* Verbs, declared once.  Each noun's file (aid.c, scenario.c, run.c) holds a table of verbs; from
 * the tables come the parser, --help, the man pages, the shell completions and "did you mean", and
 * every example in them runs as a test.  Adding a verb is adding a row; adding a noun is adding a
 * row to the table in main.c. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include <stdio.h>

#include "arena.h"
#include "watch.h"

enum option_type { OPT_FLAG, OPT_TEXT, OPT_PATH, OPT_INT, OPT_NUMBER, OPT_DATE, OPT_CHOICE };

struct verb_option {
    const char *name; /* "budget" for --budget */
    char letter;      /* 'q' for -q; 0: none */
    enum option_type type;
    const char *value;    /* shown in help: "AMOUNT" */
    const char *unit;     /* "USD"; NULL: none */
    const char *fallback; /* default as text; NULL: absent unless given */
    double min, max;      /* range of OPT_INT and OPT_NUMBER when min < max; a max of 2^53 or more
                             (INFINITY too) reads as "no upper end", a min of -INFINITY likewise */
    bool infinite;        /* OPT_NUMBER also takes "inf" */
    bool required;
    const char *const *choices; /* OPT_CHOICE: NULL-terminated */
    const char *help;           /* one sentence */
    bool standard_input;        /* OPT_PATH: "-" is standard input */
};

struct verb_arg {
    const char *name; /* "SCENARIO" */
    const char *help; /* one sentence */
    bool optional;    /* only the last ones may be */
    bool path;        /* completed as a file name; "-" is refused unless standard_input */
    bool standard_input;
};

struct verb_example {
    const char *say;     /* what it is good for, one line */
    const char *command; /* "ajar aid split scenarios/exodus2022 --alpha 2"; run as a test where
                            docs/ and scenarios/ are, with a scratch folder as $OUT; help shows
                            "$OUT/aid" as "aid" */
    int exit_code;       /* expected */
};

/* The common options, for verb.lacks. */
enum common_bit {
    COMMON_JSON = 1,
    COMMON_OUT = 2,
    COMMON_SEED = 4,
    COMMON_THREADS = 8,
    COMMON_PROGRESS = 16
};

struct verb_call;
struct verb {
    const char *noun;        /* "aid"; "" for a verb of its own such as `ajar run` */
    const char *name;        /* "split" */
    const char *summary;     /* one line, no full stop */
    const char *description; /* paragraphs for help and man page, separated by "\n\n" */
    const struct verb_arg *args;
    size_t n_args;
    const struct verb_option *options; /* beside the common ones */
    size_t n_options;
    const struct verb_example *examples;
    size_t n_examples;
    /* Returns 0 or an error code; findings that are no error set call->exit_code. */
    int (*run)(struct verb_call *call, struct ajar_err *err);
    unsigned lacks; /* common_bits of options that mean nothing here: refused, and not in help */
    unsigned needs; /* common_bits of options that have to be given */
};

struct noun {
    const char *name;        /* "aid"; "": verbs of their own */
    const char *summary;     /* one line, no full stop */
    const char *description; /* paragraphs for `ajar help NOUN` and the man page */
    const struct verb *verbs;
    size_t n_verbs;
    bool hidden; /* works, but is not shown, completed or suggested */
};

/* The whole command line. */
struct program {
    const char *name;    /* "ajar" */
    const char *version; /* "0.1.0" */
    const char *date;    /* of the pages, for mdoc: "November 24, 2026" */
    const char *summary; /* one line, no full stop */
    const char *description;
    const struct verb_example *examples;
    size_t n_examples;
    const struct noun *nouns;
    size_t n_nouns;
    const char *more; /* where to read more: lines separated by '\n' */
};

/* One run of a verb: parsed words, common options, streams. */
struct verb_call {
    const struct program *program;
    const struct verb *verb;
    const char *const *words; /* arguments in order; NULL where optional and absent */
    size_t n_words;
    const char *const *values; /* [n_options] text given or fallback; NULL: absent */
    const bool *given;         /* [n_options] given on the command line */
    /* common options: --json --out PATH --seed N --threads N --progress MODE -q/--quiet --no-color
     * -h/--help */
    bool json, quiet;
    bool color;      /* for `to` */
    bool color_say;  /* for `say` */
    bool help;       /* the page was asked for; nothing else is set */
    const char *out; /* --out; NULL: absent */
    uint64_t seed;
    unsigned threads;
    const char *progress; /* "auto", "plain", "none" */
    size_t width;         /* columns of `to`: of the terminal, else 80 */
    struct arena *arena;  /* for the whole call */
    const struct watch *watch;
    FILE *to;  /* data: stdout */
    FILE *say; /* messages: stderr */
    int exit_code;
};

/* Typed reads; `name` must be one of the verb's options, of a fitting type (asserted), and was
 * validated by the parser.  Absent: NULL, NaN, INT64_MIN, false. */
const char *call_text(const struct verb_call *call,
                      const char *name);                            /* text, path, date, choice */
double call_number(const struct verb_call *call, const char *name); /* "inf": INFINITY */
int64_t call_int(const struct verb_call *call, const char *name);
bool call_flag(const struct verb_call *call, const char *name);
bool call_given(const struct verb_call *call, const char *name);

/* For an option that some inputs of a verb need and others do not: the parser's error of one that is required,
 * when it was not given. */
int call_require(const struct verb_call *call, const char *name, struct ajar_err *err);

/* A message for people on call->say, with a line end added; nothing with --quiet. */
void call_note(const struct verb_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a finished JSON answer with a line end and frees it; the first failure of its making comes back
 * instead. */
int call_put_json(const struct verb_call *call, struct buf *buf, struct ajar_err *err);

/* For a verb with --out and --replace: has the E_FILE_EXISTS of an earlier output suggest --replace;
 * passes the code on. */
int call_out_failed(const struct verb_call *call, int code, struct ajar_err *err);

/* Parses the words that follow the verb into *call: call->verb, words, values, given and the common
 * options; call->arena must be set.  Options may stand among the arguments; "--" ends them; they are
 * not abbreviated.  -h or --help anywhere before "--" sets call->help and nothing else.  Errors:
 * usage.* (exit 2) with the option in err->column and the word in err->value.  O(words * options). */
int verb_parse(const struct verb *verb, size_t n, const char *const *words, struct verb_call *call,
               struct ajar_err *err);

/* The options that every verb has: [*n], minus those that the verb lacks (a bit of 0 is never
 * lacked).  common_bit(i) is the bit of option i. */
const struct verb_option *common_options(size_t *n);
unsigned common_bit(size_t i);

/* What an option takes, for help and errors: "a number from 0 to 1, in USD".  Appends to `buf`. */
void option_describe(struct buf *buf, const struct verb_option *option);

/* Whether the text is a value of the option; usage.option.* otherwise (no hint). */
int option_check(const struct verb_option *option, const char *value, struct ajar_err *err);

/* The verb's example that uses "--name", else its first; NULL when it has none. */
const struct verb_example *verb_example_with(const struct verb *verb, const char *name);

/* Appends an example's command as people see it: without $OUT. */
void example_show(struct buf *buf, const char *command);

/* The same, broken with a backslash where it is wider than a page; later lines begin at `indent`.  Returns
 * the length of the last line without it.  example_fits: whether no piece between such places is. */
#define EXAMPLE_COLUMNS 72
size_t example_fold(struct buf *buf, const char *command, size_t indent);
bool example_fits(const char *command);

/* The noun, or NULL.  The verb of a noun, or NULL; noun "" finds verbs of their own. */
const struct noun *program_noun(const struct program *program, struct text name);
const struct verb *program_verb(const struct program *program, const char *noun, struct text name);

/* Slips in the tables (an example without its verb, a fallback out of range, a letter used twice):
 * one line each on `to`.  Returns how many.  `ajar gen check` runs it. */
size_t program_check(const struct program *program, FILE *to);

/* The whole program: argv as main gets it; streams are stdout and stderr.  Returns the exit code. */
int program_main(const struct program *program, int argc, const char *const *argv);

/* Shows a fault as a person reads it: FILE:ROW: COLUMN "VALUE": text [slug] / try: hint. */
void say_error(FILE *to, const struct ajar_err *err, bool color);

/* The same as a JSON object with slug, file, row and so on (docs/json.md), and exit_code if asked for. */
struct json_out;
void say_put_json(struct json_out *out, const struct ajar_err *err, bool exit_code);

/* The same as one line of JSON: {"error":{"slug",...}}. */
void say_error_json(FILE *to, const struct ajar_err *err);

/* All kept faults in order, then how many there are in all when some were not kept. */
void say_faults(FILE *to, const struct faults *faults, bool color);

/* The same on call->say; with --json one line of JSON each. */
void call_faults(const struct verb_call *call, const struct faults *faults);

#endif
