#include "../base/unit.h"

#include <math.h>

#include "verb.h"

static const char *const colours[] = {"amber", "blue", NULL};
static const struct verb_arg args[] = {
    {.name = "INPUT", .help = "The input.", .path = true},
    {.name = "NOTE", .help = "A note.", .optional = true},
};
static const struct verb_option options[] = {
    {.name = "budget",
     .type = OPT_NUMBER,
     .value = "AMOUNT",
     .min = 0,
     .max = INFINITY,
     .infinite = true,
     .help = "Money."},
    {.name = "draws",
     .letter = 'n',
     .type = OPT_INT,
     .value = "N",
     .fallback = "20",
     .min = 0,
     .max = 100,
     .help = "Draws."},
    {.name = "shift", .type = OPT_NUMBER, .value = "X", .help = "May be negative."},
    {.name = "day", .type = OPT_DATE, .value = "DATE", .help = "A day."},
    {.name = "colour", .type = OPT_CHOICE, .value = "WORD", .choices = colours, .help = "One."},
    {.name = "table", .type = OPT_PATH, .value = "FILE", .help = "A file."},
    {.name = "dry", .letter = 'd', .type = OPT_FLAG, .help = "A switch."},
};
static const struct verb_example examples[] = {
    {.say = "Try it.", .command = "ajar aid try in.csv --budget 5"}};
static const struct verb verb = {.noun = "aid",
                                 .name = "try",
                                 .summary = "Try",
                                 .args = args,
                                 .n_args = 2,
                                 .options = options,
                                 .n_options = sizeof options / sizeof *options,
                                 .examples = examples,
                                 .n_examples = 1,
                                 .lacks = COMMON_JSON};

static struct arena arena;
static struct verb_call call;
static struct ajar_err err;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test", 1 << 20);
    call = (struct verb_call){.arena = &arena};
    err = (struct ajar_err){0};
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Parses a line of words with single blanks between. */
static int parse(const char *line)
{
    const char *words[32], *copy;
    size_t n = 0;
    struct text rest = text_of(line);
    while (rest.n > 0) {
        struct text word = text_split(rest, ' ', &rest);
        assert_int_equal(text_copy(&arena, word, &copy, NULL), 0);
        words[n++] = copy;
    }
    return verb_parse(&verb, n, words, &call, &err);
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    assert_int_equal(parse("--budget 80e6 in.csv --draws=7 a-note -d"), 0);
    assert_string_equal(call.words[0], "in.csv");
    assert_string_equal(call.words[1], "a-note");
    assert_true(call_number(&call, "budget") == 80e6);
    assert_int_equal(call_int(&call, "draws"), 7);
    assert_true(call_flag(&call, "dry"));
    assert_false(call_given(&call, "day"));
}

static void what_is_left_out_has_its_default(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv"), 0);
    assert_null(call.words[1]);
    assert_int_equal(call_int(&call, "draws"), 20);
    assert_true(isnan(call_number(&call, "budget")));
    assert_null(call_text(&call, "colour"));
    assert_int_equal(call.seed, 1);
    assert_string_equal(call.progress, "auto");
}

static void letters_share_a_dash_and_take_values(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv -dqn5"), 0);
    assert_true(call.quiet);
    assert_true(call_flag(&call, "dry"));
    assert_int_equal(call_int(&call, "draws"), 5);
}

static void a_double_dash_ends_the_options(void **state)
{
    (void)state;
    assert_int_equal(parse("-- --budget"), 0);
    assert_string_equal(call.words[0], "--budget");
}

static void negative_numbers_and_infinity_are_values(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv --shift -2.5 --budget inf"), 0);
    assert_true(call_number(&call, "shift") == -2.5);
    assert_true(isinf(call_number(&call, "budget")));
    assert_int_equal(parse("in.csv --shift inf"), E_USAGE_OPTION_TYPE);
}

static void slips_get_a_suggestion(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv --bugdet 5"), E_USAGE_OPTION);
    assert_string_equal(err.value, "--bugdet");
    assert_string_equal(err.hint, "Did you mean --budget?");
    assert_int_equal(parse("in.csv --bud 5"), E_USAGE_OPTION);
    assert_string_equal(err.hint, "Options are written in full: --budget");
    assert_int_equal(parse("in.csv --colour ambre"), E_USAGE_OPTION_CHOICE);
    assert_string_equal(err.hint, "Did you mean --colour amber?");
    assert_int_equal(parse("in.csv --day 21.09.2022"), E_USAGE_OPTION_TYPE);
    assert_string_equal(err.hint, "Did you mean --day 2022-09-21?");
    assert_int_equal(parse("in.csv --shift five"), E_USAGE_OPTION_TYPE);
    assert_string_equal(err.hint, "For example: ajar aid try in.csv --budget 5");
}

static void values_are_checked_against_the_table(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv --draws 101"), E_USAGE_OPTION_RANGE);
    assert_string_equal(err.column, "--draws");
    assert_string_equal(err.value, "101");
    assert_int_equal(parse("in.csv --draws 1.5"), E_USAGE_OPTION_TYPE);
    assert_int_equal(parse("in.csv --draws"), E_USAGE_OPTION_VALUE);
    assert_int_equal(parse("in.csv --dry=yes"), E_USAGE_OPTION_EXTRA);
    assert_int_equal(parse("in.csv --draws 1 --draws 2"), E_USAGE_OPTION_TWICE);
    assert_int_equal(parse("in.csv --table -"), E_USAGE_STDIN);
}

static void arguments_are_counted(void **state)
{
    (void)state;
    assert_int_equal(parse("--draws 5"), E_USAGE_ARGUMENT_MISSING);
    assert_string_equal(err.column, "INPUT");
    assert_int_equal(parse("a b c"), E_USAGE_ARGUMENT_EXTRA);
    assert_string_equal(err.value, "c");
    assert_int_equal(parse("-"), E_USAGE_STDIN);
    const char *const empty[] = {""};
    assert_int_equal(verb_parse(&verb, 1, empty, &call, &err), E_USAGE_ARGUMENT_EMPTY);
}

static void an_option_that_means_nothing_here_is_refused(void **state)
{
    (void)state;
    assert_int_equal(parse("in.csv --json"), E_USAGE_OPTION);
    assert_int_equal(parse("in.csv --threads 2"), 0);
    assert_int_equal(call.threads, 2);
}

static void a_common_option_may_be_required(void **state)
{
    (void)state;
    struct verb needy = verb;
    needy.needs = COMMON_OUT;
    const char *const without[] = {"in.csv"}, *const with[] = {"in.csv", "--out", "x"};
    assert_int_equal(verb_parse(&needy, 1, without, &call, &err), E_USAGE_OPTION_REQUIRED);
    assert_string_equal(err.column, "--out");
    assert_int_equal(verb_parse(&needy, 3, with, &call, &err), 0);
    assert_string_equal(call.out, "x");
}

static void help_wins_over_every_slip(void **state)
{
    (void)state;
    assert_int_equal(parse("--nonsense -h"), 0);
    assert_true(call.help);
    call.help = false;
    assert_int_equal(parse("in.csv -- --help"), 0);
    assert_false(call.help);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, fresh, drop)
    const struct CMUnitTest tests[] = {
        FRESH(options_stand_anywhere),
        FRESH(what_is_left_out_has_its_default),
        FRESH(letters_share_a_dash_and_take_values),
        FRESH(a_double_dash_ends_the_options),
        FRESH(negative_numbers_and_infinity_are_values),
        FRESH(slips_get_a_suggestion),
        FRESH(values_are_checked_against_the_table),
        FRESH(arguments_are_counted),
        FRESH(an_option_that_means_nothing_here_is_refused),
        FRESH(a_common_option_may_be_required),
        FRESH(help_wins_over_every_slip),
    };
    return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
