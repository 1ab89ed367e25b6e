/* A scenario made from a conflict: what its tables hold, and that it is a scenario. */
#include "conflict_made.h"

#include "csv.h"
#include "scenario.h"
#include "scenario_flow.h"

static const struct scenario_flow_options plain = {.published = DATE_NONE};

/* The made conflict with countries that have codes. */
static void name_countries(struct conflict *conflict)
{
    char command[8 * SCRATCH_PATH];
    snprintf(
        command, sizeof command,
        "sed -i 's/,Land,/,South_Sudan,/;s/,Other,/,KEN,/;s/,Third,/,DRC,/' %s/flow/places.csv",
        conflict->from);
    assert_int_equal(system(command), 0);
}

static struct scenario_flow_made make(struct conflict *conflict,
                                      const struct scenario_flow_options *options)
{
    struct scenario_flow_made made;
    name_countries(conflict);
    assert_int_equal(scenario_flow_files(&conflict->arena, conflict->from, options,
                                         &conflict->faults, &made, &conflict->err),
                     0);
    return made;
}

static const char *bytes_of(struct conflict *conflict, const struct scenario_flow_made *made,
                            const char *name)
{
    for (size_t i = 0; i < made->n; i++) {
        if (strcmp(made->files[i].name, name) == 0) {
            const char *copy;
            assert_int_equal(text_copy(&conflict->arena, made->files[i].bytes, &copy, NULL), 0);
            return copy;
        }
    }
    fail_msg("no file %s", name);
    return "";
}

static void rises_are_arrivals_and_falls_are_not(void **state)
{
    struct conflict *conflict = *state;
    struct scenario_flow_made made = make(conflict, &plain);
    const char *rows = bytes_of(conflict, &made, "arrivals.csv");
    assert_non_null(strstr(rows, "2020-01-02,2020-01-21,KEN,camp:Cor,newly_registered_ssd,1000,"
                                 "persons,first,register from 100 to 1100\r\n"));
    assert_non_null(strstr(rows, "2020-02-11,2020-02-20,KEN,camp:Cor (2),newly_registered_ssd,100,"
                                 "persons,second,register from 400 to 500\r\n"));
    assert_non_null(strstr(rows, "2020-02-25,2020-02-25,COD,camp:<Dun>&,registered_ssd,600,persons,"
                                 "third,last report\r\n"));
    assert_null(strstr(rows, "register from 800 to 600"));
    /* Cor: 2 and 2 rises; Dun: 2 and a fall; a stock each. */
    assert_int_equal(made.n_rows, 9);
    assert_int_equal(made.n_falls, 1);
    assert_int_equal(made.n_twice, 0);
}

static void hosts_are_sums_of_the_last_reports(void **state)
{
    struct conflict *conflict = *state;
    struct scenario_flow_made made = make(conflict, &plain);
    const char *rows = bytes_of(conflict, &made, "hosts.csv");
    assert_int_equal(made.n_hosts, 2);
    assert_non_null(strstr(rows, "KEN,registered_in_camps_ssd,3600,persons,2020-02-20,reports,"
                                 "\"computed: sum of the last reports of 2 registers"));
    assert_non_null(strstr(rows, "COD,registered_in_camps_ssd,600,persons,2020-02-25,third,"));
}

static void of_two_reports_of_a_day_the_last_is_read(void **state)
{
    struct conflict *conflict = *state;
    char command[2 * SCRATCH_PATH];
    snprintf(command, sizeof command,
             "echo 'place,Cor,1,2020-02-20,3200,first' >>%s/flow/reports.csv", conflict->from);
    assert_int_equal(system(command), 0);
    struct scenario_flow_made made = make(conflict, &plain);
    assert_int_equal(made.n_twice, 1);
    assert_non_null(strstr(bytes_of(conflict, &made, "arrivals.csv"),
                           ",2100,persons,first,register from 1100 to 3200\r\n"));
}

/* Written and read again it has no fault; its package lists the files of flow/ too. */
static void what_is_made_is_a_scenario(void **state)
{
    struct conflict *conflict = *state;
    struct scenario_flow_options options = {.title = "Fire: a \"test\"",
                                            .publisher = "A, \"B\" and C",
                                            .published = date_from_civil(2021, 5, 6),
                                            .url = "https://example.org/x"};
    struct scenario_flow_made made = make(conflict, &options);
    struct scenario scenario;
    const char *dir;
    assert_int_equal(file_join(&conflict->arena, conflict->dir, "made", &dir, NULL), 0);
    assert_int_equal(scenario_flow_write(&conflict->arena, &made, dir, &conflict->err), 0);
    assert_int_equal(scenario_flow_write(&conflict->arena, &made, dir, &conflict->err),
                     E_FILE_EXISTS);
    assert_int_equal(scenario_load(&conflict->arena, dir, NULL, NULL, &scenario, &conflict->faults,
                                   &conflict->err),
                     0);
    assert_true(text_is(scenario.title, "Fire: a \"test\""));
    assert_true(text_is(scenario_name(&scenario, scenario.subject), "SSD"));
    assert_int_equal(scenario.to - scenario.from, CONFLICT_DAYS - 1);
    assert_int_equal(scenario.arrivals.n, made.n_rows);
    assert_int_equal(scenario.aid.n, 0);
    assert_true(text_is(scenario.sources.publisher[0], "A, \"B\" and C"));
    assert_int_equal(scenario.sources.date[0].first, date_from_civil(2021, 5, 6));
    struct text package = conflict_bytes(conflict, dir, "datapackage.json");
    assert_non_null(memmem(package.at, package.n, "\"flow-roads\"", 12));
}

/* Each name once, with its row; nothing is guessed. */
static void a_country_without_a_code_is_a_fault(void **state)
{
    struct conflict *conflict = *state;
    struct scenario_flow_made made;
    assert_int_equal(scenario_flow_files(&conflict->arena, conflict->from, &plain,
                                         &conflict->faults, &made, &conflict->err),
                     E_FLOW_FAULTS);
    assert_int_equal(conflict->faults.total, 3); /* Land, Other, Third */
    assert_string_equal(conflict->faults.at[0].slug, "scenario.flow.country");
    assert_int_equal(conflict->faults.at[0].row, 2);
}

static void a_conflict_without_a_host_is_refused(void **state)
{
    struct conflict *conflict = *state;
    char command[8 * SCRATCH_PATH];
    struct scenario_flow_made made;
    snprintf(command, sizeof command,
             "sed -i 's/,Land,/,SSD,/;s/,Other,/,SSD,/;s/,Third,/,SSD,/' %s/flow/places.csv",
             conflict->from);
    assert_int_equal(system(command), 0);
    assert_int_equal(scenario_flow_files(&conflict->arena, conflict->from, &plain,
                                         &conflict->faults, &made, &conflict->err),
                     E_SCENARIO_FLOW_EMPTY);
}

/* The run of such a scenario: no border is counted, so no picture of one is drawn. */
static void its_run_says_what_it_leaves_out(void **state)
{
    struct conflict *conflict = *state;
    struct scenario_flow_made made = make(conflict, &plain);
    const char *dir;
    assert_int_equal(file_join(&conflict->arena, conflict->dir, "made", &dir, NULL), 0);
    assert_int_equal(scenario_flow_write(&conflict->arena, &made, dir, &conflict->err), 0);
    snprintf(conflict->from, sizeof conflict->from, "%s", dir);
    assert_int_equal(conflict_run(conflict, conflict->out, NULL, NULL), 0);
    const struct chain *chain = &conflict->chain;
    assert_int_equal(chain->n_skips, 3);
    assert_string_equal(chain->skips[0].part, "DOORS");
    assert_string_equal(chain->skips[1].part, "PLACE");
    assert_string_equal(chain->skips[2].part, "AID");
    assert_string_equal(chain->flow->stocks[0].code, "COD"); /* by the data's word, DRC */
    assert_string_equal(chain->flow->stocks[1].code, "KEN");
    struct text page = conflict_bytes(conflict, conflict->out, "report.html");
    assert_null(memmem(page.at, page.n, "<section id=\"map\"", 17));
    assert_null(memmem(page.at, page.n, "<section id=\"net\"", 17));
    assert_non_null(memmem(page.at, page.n, "<section id=\"conflict-hosts\"", 28));
    assert_non_null(memmem(page.at, page.n, "<section id=\"left-out\"", 22));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, conflict_begin, conflict_end)
    const struct CMUnitTest tests[] = {
        TEST(rises_are_arrivals_and_falls_are_not),     TEST(hosts_are_sums_of_the_last_reports),
        TEST(of_two_reports_of_a_day_the_last_is_read), TEST(what_is_made_is_a_scenario),
        TEST(a_country_without_a_code_is_a_fault),      TEST(a_conflict_without_a_host_is_refused),
        TEST(its_run_says_what_it_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
