#include "../base/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ajar.h"
#include "gen.h"
#include "nouns.h"

/* The whole program in this process, with what it prints caught in files of a scratch folder. */
static char scratch[64], out[1 << 20], said[1 << 16];

static int make_scratch(void **state)
{
    (void)state;
    strcpy(scratch, "/tmp/ajar-program-test-XXXXXX");
    return mkdtemp(scratch) == NULL ? -1 : 0;
}

static int drop_scratch(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    return system(command);
}

static int catch (int stream, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    int kept = dup(stream), file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(kept >= 0 && file >= 0 && dup2(file, stream) >= 0);
    close(file);
    return kept;
}

static void release(int stream, int kept, const char *name, char *to, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    dup2(kept, stream);
    close(kept);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    to[fread(to, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* Runs a line of words; "@" in a word is the scratch folder. */
static int ajar(const char *line)
{
    const struct noun nouns[] = {
        {.name = "", .summary = "Own", .verbs = run_verbs, .n_verbs = n_run_verbs},
        {.name = "scenario",
         .summary = "Data",
         .verbs = scenario_verbs,
         .n_verbs = n_scenario_verbs},
        {.name = "aid", .summary = "Aid", .verbs = aid_verbs, .n_verbs = n_aid_verbs},
        {.name = "gen",
         .summary = "Gen",
         .verbs = gen_verbs,
         .n_verbs = n_gen_verbs,
         .hidden = true}};
    const struct program program = {.name = "ajar",
                                    .version = ajar_version(),
                                    .date = "November 24, 2026",
                                    .summary = "Doors",
                                    .description = "Doors.",
                                    .nouns = nouns,
                                    .n_nouns = 4,
                                    .more = "man ajar"};
    static char words[32][256];
    const char *argv[33] = {"ajar"};
    int argc = 1;
    struct text rest = text_of(line);
    while (rest.n > 0) {
        struct text word = text_split(rest, ' ', &rest);
        const char *at = memchr(word.at, '@', word.n);
        int before = at == NULL ? (int)word.n : (int)(at - word.at);
        int after = at == NULL ? 0 : (int)word.n - before - 1;
        snprintf(words[argc], sizeof words[argc], "%.*s%s%.*s", before, word.at,
                 at == NULL ? "" : scratch, after, at == NULL ? "" : at + 1);
        argv[argc] = words[argc];
        argc++;
    }
    fflush(stdout);
    int kept_out = catch (STDOUT_FILENO, "stdout"), kept_said = catch (STDERR_FILENO, "stderr");
    int code = program_main(&program, argc, argv);
    fflush(stderr);
    release(STDOUT_FILENO, kept_out, "stdout", out, sizeof out);
    release(STDERR_FILENO, kept_said, "stderr", said, sizeof said);
    return code;
}

static bool shows(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void pages_go_to_stdout_and_a_lost_user_gets_one_too(void **state)
{
    (void)state;
    assert_int_equal(ajar("--help"), 0);
    assert_true(shows(out, "Begin here") && shows(out, "  aid"));
    assert_false(shows(out, "gen"));
    assert_int_equal(ajar("help aid split"), 0);
    assert_true(shows(out, "ajar aid split INPUT [options]"));
    assert_int_equal(ajar("aid --help"), 0);
    assert_true(shows(out, "Verbs"));
    assert_int_equal(ajar("--version"), 0);
    assert_true(shows(out, ajar_version()));
    assert_int_equal(ajar(""), 2);
    assert_string_equal(out, "");
    assert_true(shows(said, "Begin here"));
}

static void slips_end_with_2_and_a_suggestion(void **state)
{
    (void)state;
    assert_int_equal(ajar("aidd"), 2);
    assert_true(shows(said, "Did you mean `ajar aid`?"));
    assert_int_equal(ajar("split"), 2);
    assert_true(shows(said, "Did you mean `ajar aid split`?"));
    assert_int_equal(ajar("aid spilt"), 2);
    assert_true(shows(said, "Did you mean `ajar aid split`?"));
    assert_int_equal(ajar("aid"), 2);
    assert_int_equal(ajar("help aid split more"), 2);
    assert_int_equal(ajar("--quiet"), 2);
    assert_int_equal(ajar("aid split --json"), 2);
    assert_true(shows(said, "{\"error\":{\"slug\":\"usage.argument.missing\",\"exit_code\":2,"));
    assert_string_equal(out, "");
}

static void a_split_is_shown_with_its_proof(void **state)
{
    (void)state;
    assert_int_equal(ajar("aid split docs/hosts.csv --budget 80e6 --tranche 500000 --draws 50"), 0);
    assert_true(
        shows(out, "KGZ Kyrgyzstan  18.00   1.00   6.00     6.00     38.9   0.0  absorption cap"));
    assert_true(shows(out, "by 0.445 points"));
    assert_true(shows(out, "160 whole tranches of 500,000 USD"));
    assert_true(shows(out, "Price of fairness: 4.4 %"));
    assert_int_equal(ajar("aid split docs/hosts.csv --budget 500e6 --draws 0 --alpha 2"), 0);
    assert_true(shows(out, "346,200,000 USD stay unspent"));
    assert_int_equal(ajar("aid split docs/hosts.csv --budget 80e6 --draws 50 --json"), 0);
    assert_true(shows(out, "\"host\": \"KGZ\"") && shows(out, "\"amount\": 6000000"));
}

static void a_folder_is_written_once_and_replaced_on_request(void **state)
{
    (void)state;
    const char *line = "aid split docs/hosts.csv --budget 80e6 --draws 0 --out @/aid";
    assert_int_equal(ajar(line), 0);
    assert_true(shows(out, "methodology.md can be published"));
    assert_int_equal(ajar(line), 5);
    assert_true(shows(said, "Add --replace"));
    assert_int_equal(ajar("aid split docs/hosts.csv --budget 80e6 --draws 0 --out @/aid --replace"),
                     0);
    assert_int_equal(ajar("aid split docs/hosts.csv --budget 80e6 --out @ --replace"), 5);
    assert_true(shows(said, "replaces only a folder that it wrote"));
}

static void why_not_us_is_answered(void **state)
{
    (void)state;
    assert_int_equal(ajar("aid explain docs/hosts.csv --budget 80e6 --host kgz --draws 50"), 0);
    assert_true(shows(out, "Why does Kyrgyzstan (KGZ) get 6,000,000 USD of 80,000,000 USD?"));
    assert_true(shows(out, "If its absorption cap were 800,000 USD higher"));
    assert_true(shows(out, "given in line 5"));
    assert_int_equal(ajar("aid explain docs/hosts.csv --budget 80e6 --host KGZ --json"), 0);
    assert_true(shows(out, "\"limited_by\": \"absorption cap\""));
    assert_int_equal(ajar("aid explain docs/hosts.csv --budget 80e6 --host KGX"), 2);
    assert_true(shows(said, "Did you mean KGZ?"));
}

static void a_scenario_is_made_checked_shown_and_run(void **state)
{
    (void)state;
    assert_int_equal(ajar("scenario new @/small"), 0);
    assert_int_equal(ajar("scenario check @/small"), 0);
    assert_int_equal(ajar("scenario show @/small"), 0);
    assert_int_equal(ajar("scenario show @/small --json"), 0);
    assert_int_equal(ajar("aid split @/small --draws 50"), 0);
    assert_int_equal(ajar("run @/small"), 2);
    assert_int_equal(ajar("run @/small --out @/out --draws 50"), 0);
    assert_true(shows(out, "Report: "));
    assert_int_equal(ajar("run @/small --out @/out --draws 0 --replace --json"), 0);
    assert_true(shows(out, "\"kkt_residual\": 0"));
    assert_int_equal(ajar("run @/small --out @/out"), 5);
    assert_int_equal(ajar("aid split @/nowhere --budget 5"), 3);
    assert_int_equal(ajar("scenario check @"), 3);
    assert_true(shows(out, "[scenario.file.missing]"));
    assert_int_equal(ajar("aid split @ --json"), 3);
    assert_true(shows(said, "\"slug\":\"scenario.file.missing\""));
    assert_int_equal(ajar("run @ --out @/never"), 3);
    assert_true(shows(said, "[scenario.faults]"));
}

static void files_are_made_from_the_tables(void **state)
{
    (void)state;
    assert_int_equal(ajar("gen check"), 0);
    assert_string_equal(out, "");
    assert_int_equal(ajar("gen examples"), 0);
    assert_true(shows(out, "0\tajar aid explain docs/hosts.csv"));
    assert_int_equal(ajar("gen man @"), 0);
    assert_true(shows(said, "/ajar-aid.1\n") && shows(said, "/ajar-run.1\n"));
    assert_int_equal(ajar("gen completions @"), 0);
    assert_int_equal(ajar("gen errors @/errors.md"), 0);
    assert_int_equal(ajar("gen scenario @/scenario.md"), 0);
    assert_int_equal(ajar("gen errors @/no/such/folder.md"), 2);
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(pages_go_to_stdout_and_a_lost_user_gets_one_too),
        WITH_SCRATCH(slips_end_with_2_and_a_suggestion),
        WITH_SCRATCH(a_split_is_shown_with_its_proof),
        WITH_SCRATCH(a_folder_is_written_once_and_replaced_on_request),
        WITH_SCRATCH(why_not_us_is_answered),
        WITH_SCRATCH(a_scenario_is_made_checked_shown_and_run),
        WITH_SCRATCH(files_are_made_from_the_tables),
    };
    return cmocka_run_group_tests_name("program", tests, NULL, NULL);
}
