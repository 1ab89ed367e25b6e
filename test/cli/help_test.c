#include "../base/unit.h"

#include <stdlib.h>

#include "gen.h"
#include "help.h"
#include "house.h"
#include "nouns.h"

static struct buf page;

static int fresh(void **state)
{
    (void)state;
    buf_init(&page, 1 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    buf_free(&page);
    return 0;
}

static const char *text(void)
{
    buf_char(&page, '\0');
    page.n--;
    return page.at;
}

static size_t widest(void)
{
    size_t most = 0;
    struct text rest = buf_view(&page);
    while (rest.n > 0) {
        size_t width = text_width(text_split(rest, '\n', &rest));
        most = width > most ? width : most;
    }
    return most;
}

static void usage_and_examples_come_first(void **state)
{
    (void)state;
    help_verb(&page, &house, &house_table_verbs[0], 80, false);
    assert_true(text_starts(buf_view(&page),
                            "Sum a table\n\n"
                            "Usage\n  house table sum FILE [options]\n\n"
                            "Examples\n  Sum a table.\n"
                            "    $ house table sum a.csv --mode exact\n"
                            "  A table with a fault.\n"
                            "    $ house table sum bad.csv   # exit 3: bad data\n"));
}

static void an_option_says_what_it_takes(void **state)
{
    (void)state;
    help_verb(&page, &house, &house_table_verbs[0], 80, false);
    assert_non_null(strstr(text(),
                           "  -l, --limit N    Rows to read. Takes a whole number from 1 to "
                           "20,000, in rows."));
    assert_non_null(strstr(text(), "Default: 5."));
    assert_non_null(strstr(text(), "Takes fast or exact."));
}

static void what_a_verb_lacks_is_not_on_its_page(void **state)
{
    (void)state;
    help_verb(&page, &house, &house_table_verbs[0], 80, false);
    assert_null(strstr(text(), "--threads"));
    assert_null(strstr(text(), "--seed"));
    assert_non_null(strstr(text(), "--json"));
}

static void hidden_nouns_stay_hidden(void **state)
{
    (void)state;
    help_program(&page, &house, 80, false);
    assert_non_null(strstr(text(), "  table     Tables: sum\n"));
    assert_null(strstr(text(), "cellar"));
}

static void colour_is_there_only_when_asked_for(void **state)
{
    (void)state;
    help_noun(&page, &house, &house_nouns[1], 80, false);
    assert_null(strchr(text(), '\033'));
    help_noun(&page, &house, &house_nouns[1], 80, true);
    assert_non_null(strchr(text(), '\033'));
}

/* The tables of the program itself. */
static void every_page_of_ajar_fits_its_width(void **state)
{
    (void)state;
    const struct verb *const tables[] = {run_verbs, scenario_verbs, aid_verbs};
    const size_t counts[] = {n_run_verbs, n_scenario_verbs, n_aid_verbs};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < counts[i]; k++) {
            page.n = 0;
            help_verb(&page, &house, &tables[i][k], 80, false);
            if (widest() > 80) {
                fail_msg("%s %s: %zu columns", tables[i][k].noun, tables[i][k].name, widest());
            }
        }
    }
}

static void slips_in_a_table_are_found(void **state)
{
    (void)state;
    static const struct verb_option slips[] = {
        {.name = "Bad_name", .type = OPT_FLAG, .help = "A switch."},
        {.name = "seed", .type = OPT_INT, .value = "N", .help = "Clashes."},
        {.name = "much",
         .type = OPT_INT,
         .value = "N",
         .fallback = "9",
         .min = 1,
         .max = 5,
         .help = "Default out of range."},
        {.name = "terse", .type = OPT_FLAG, .help = "no sentence"}};
    struct verb verb = house_own_verbs[0];
    struct noun noun = house_nouns[0];
    struct program program = house;
    char *said;
    size_t n;
    verb.options = slips;
    verb.n_options = 4;
    noun.verbs = &verb;
    program.nouns = &noun;
    program.n_nouns = 1;
    FILE *to = open_memstream(&said, &n);
    size_t found = program_check(&program, to);
    fclose(to);
    assert_int_equal(found, 4);
    assert_non_null(strstr(said, "go: seed: clashes with a common option\n"));
    assert_non_null(strstr(said, "go: much: the default is not a value of the option\n"));
    free(said);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, fresh, drop)
    const struct CMUnitTest tests[] = {
        FRESH(usage_and_examples_come_first),        FRESH(an_option_says_what_it_takes),
        FRESH(what_a_verb_lacks_is_not_on_its_page), FRESH(hidden_nouns_stay_hidden),
        FRESH(colour_is_there_only_when_asked_for),  FRESH(every_page_of_ajar_fits_its_width),
        FRESH(slips_in_a_table_are_found),
    };
    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
