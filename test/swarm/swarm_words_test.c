/* The command line of ajar-swarm. */
#include "../base/unit.h"

#include <stdio.h>

#include "swarm_words.h"

enum { WORDS_MOST = 40 };

/* Parses words that are separated by blanks. */
static int parse(const char *line, struct swarm_words *out, struct ajar_err *err)
{
    static char copy[1000];
    static char *words[WORDS_MOST];
    int n = 0;
    *err = (struct ajar_err){0};
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = copy; *word != '\0' && n < WORDS_MOST;) {
        words[n++] = word;
        word += strcspn(word, " ");
        if (*word == ' ') {
            *word++ = '\0';
        }
    }
    return swarm_words(n, words, out, err);
}

static void reads_a_run(void **state)
{
    (void)state;
    struct swarm_words words;
    struct ajar_err err;
    assert_int_equal(
        parse("run --out=o s --seed 9007199254740992 --from 2012-03-01 --to=2012-04-01 "
              "--rules ajar --set a=1,b=2 --hasten 10 --checkpoint c --every 7 "
              "--resume --threads 3 --replace -q --as-known 2012-05-01",
              &words, &err),
        0);
    assert_int_equal(words.verb, SWARM_RUN);
    assert_string_equal(words.scenario, "s");
    assert_string_equal(words.out, "o");
    assert_string_equal(words.rules, "ajar");
    assert_string_equal(words.set, "a=1,b=2");
    assert_string_equal(words.checkpoint, "c");
    assert_true(words.seed == INT64_C(9007199254740992));
    assert_int_equal(words.from, date_from_civil(2012, 3, 1));
    assert_int_equal(words.to, date_from_civil(2012, 4, 1));
    assert_int_equal(words.as_known, date_from_civil(2012, 5, 1));
    assert_int_equal(words.hasten, 10);
    assert_int_equal(words.every, 7);
    assert_int_equal(words.threads, 3);
    assert_true(words.resume && words.replace && words.quiet);
}

static void fills_in(void **state)
{
    (void)state;
    struct swarm_words words;
    struct ajar_err err;
    assert_int_equal(parse("ensemble s --out o", &words, &err), 0);
    assert_int_equal(words.verb, SWARM_ENSEMBLE);
    assert_int_equal(words.members, 100);
    assert_int_equal(words.seed, 1);
    assert_int_equal(words.threads, 1);
    assert_int_equal(words.from, DATE_NONE);
    assert_int_equal(words.to, DATE_NONE);
    assert_null(words.engine);
    assert_false(words.resume || words.replace || words.quiet);
    assert_int_equal(parse("ensemble s --out o --vary a=1..2 --vary=b=2..3:log", &words, &err), 0);
    assert_int_equal(words.n_vary, 2);
    assert_string_equal(words.vary[1], "b=2..3:log");
}

static void shows_pages(void **state)
{
    (void)state;
    struct swarm_words words;
    struct ajar_err err;
    static const char *const lines[] = {"--help", "-h", "help", "run --help", "run s -h --no"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        words.verb = SWARM_RUN;
        assert_int_equal(parse(lines[i], &words, &err), 0);
        assert_int_equal(words.verb, SWARM_HELP);
    }
    assert_int_equal(parse("--version", &words, &err), 0);
    assert_int_equal(words.verb, SWARM_VERSION);
}

/* Each option of the help is read, and each that is read is in the help. */
static void help_names_all(void **state)
{
    (void)state;
    static const char *const names[] = {
        "--out",        "--seed",    "--from",  "--to",     "--as-known", "--rules",   "--set",
        "--checkpoint", "--replace", "--quiet", "--every",  "--resume",   "--threads", "--members",
        "--engine",     "--vary",    "--help",  "--hasten", "--version"};
    enum { N = sizeof names / sizeof *names };
    size_t lines = 0;
    for (size_t i = 0; i < N; i++) {
        assert_non_null(strstr(swarm_help, names[i]));
    }
    for (const char *at = swarm_help; (at = strstr(at, "\n      --")) != NULL; at++) {
        lines++;
    }
    assert_int_equal(lines, N - 2); /* -q and -h stand before their long names */
}

static void refuses(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum err_code code;
        const char *hint; /* part of it */
    } rows[] = {
        {"", E_USAGE_VERB_MISSING, "--help"},
        {"runn s --out o", E_USAGE_VERB, "ajar-swarm run"},
        {"measure", E_USAGE_VERB, "run and ensemble"},
        {"run --out o", E_USAGE_ARGUMENT_MISSING, "examples"},
        {"run s", E_USAGE_OPTION_REQUIRED, ""},
        {"run s t --out o", E_USAGE_ARGUMENT_EXTRA, ""},
        {"run s --ot o", E_USAGE_OPTION, "--out"},
        {"run s -o o", E_USAGE_OPTION, "lists"},
        {"run s --out o --members 5", E_USAGE_OPTION, ""},
        {"ensemble s --out o --every 5", E_USAGE_OPTION, ""},
        {"run s --out", E_USAGE_OPTION_VALUE, ""},
        {"run s --out o --out p", E_USAGE_OPTION_TWICE, ""},
        {"run s --out o --resume=yes", E_USAGE_OPTION_EXTRA, ""},
        {"run s --out o --resume", E_USAGE_OPTION_REQUIRED, "checkpoints"},
        {"run s --out o --every 5", E_USAGE_OPTION_REQUIRED, "checkpoints"},
        {"run s --out o --seed x", E_USAGE_OPTION_TYPE, ""},
        {"run s --out o --seed -1", E_USAGE_OPTION_RANGE, "0 to"},
        {"run s --out o --seed 9007199254740993", E_USAGE_OPTION_RANGE, "0 to"},
        {"run s --out o --threads 0", E_USAGE_OPTION_RANGE, "1 to 256"},
        {"run s --out o --checkpoint c --every 0", E_USAGE_OPTION_RANGE, "1 to"},
        {"ensemble s --out o --members 1", E_USAGE_OPTION_RANGE, "2 to"},
        {"ensemble s --out o --members 100001", E_USAGE_OPTION_RANGE, "2 to"},
        {"run s --out o --rules Flee", E_USAGE_OPTION_CHOICE, "flee or"},
        {"ensemble s --out o --engine agent", E_USAGE_OPTION_CHOICE, "aggregate"},
        {"run s --out o --from 2012-02-30", E_USAGE_OPTION_TYPE, ""},
        {"run s --out o --to 2012/03/01", E_USAGE_OPTION_TYPE, "2012-03-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct swarm_words words = {.seed = 77};
        struct ajar_err err;
        int code = parse(rows[i].line, &words, &err);
        if (code != (int)rows[i].code || err.code != code ||
            strstr(err_advice(&err), rows[i].hint) == NULL) {
            fail_msg("%s: %s, try: %s", rows[i].line, err.slug == NULL ? "taken" : err.slug,
                     code == 0 ? "" : err_advice(&err));
        }
        assert_true(words.seed == 77); /* untouched */
    }
}

static void bounds_the_list(void **state)
{
    (void)state;
    char line[1000] = "ensemble s --out o";
    struct swarm_words words;
    struct ajar_err err;
    for (int i = 0; i < ENSEMBLE_RANGES_MOST; i++) {
        strcat(line, " --vary a=1..2");
    }
    assert_int_equal(parse(line, &words, &err), 0);
    assert_int_equal(words.n_vary, ENSEMBLE_RANGES_MOST);
    strcat(line, " --vary a=1..2");
    assert_int_equal(parse(line, &words, &err), E_USAGE_OPTION_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_run), cmocka_unit_test(fills_in),
        cmocka_unit_test(shows_pages), cmocka_unit_test(help_names_all),
        cmocka_unit_test(refuses),     cmocka_unit_test(bounds_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
