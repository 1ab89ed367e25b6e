/* scenario.yaml: one change, one fault. */
#include "small.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void settings_of_the_scenario(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"scenario.yaml", "title: Small\n", "", "scenario.setting.missing", NULL, 1, "title"},
        {"scenario.yaml", "title: Small", "title: [Small]", "scenario.setting.form", NULL, 1,
         "title"},
        {"scenario.yaml", "summary: A scenario for tests.", "summary: ''", "scenario.setting.form",
         NULL, 2, "summary"},
        {"scenario.yaml", "subject: RUS", "subject: Russia", "scenario.country.unknown", NULL, 3,
         "subject"},
        {"scenario.yaml", "subject: RUS", "subject: ALL", "scenario.country.group", NULL, 3,
         "subject"},
        {"scenario.yaml", "from: 2022-09-12", "from: 2022-09", "date.partial", NULL, 4, "from"},
        {"scenario.yaml", "to: 2022-12-31", "to: 31.12.2022", "date.invalid", NULL, 5, "to"},
        {"scenario.yaml", "to: 2022-12-31", "to: 2022-09-11", "scenario.span.reversed", NULL, 5,
         "to"},
        {"scenario.yaml", "summary:", "sumary: x\nsummary:", "yaml.key.unknown", NULL, 2, ""},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void settings_of_the_split(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"scenario.yaml", "budget: 1000", "budget: 0", "scenario.aid.budget", NULL, 8,
         "aid.budget"},
        {"scenario.yaml", "budget: 1000", "budget: 1,000", "scenario.aid.budget", NULL, 8,
         "aid.budget"},
        {"scenario.yaml", "unit: USD", "unit: persons", "scenario.aid.unit", NULL, 9, "aid.unit"},
        {"scenario.yaml", "alpha: inf", "alpha: -1", "scenario.aid.alpha", NULL, 10, "aid.alpha"},
        {"scenario.yaml", "tranche: 10", "tranche: 1001", "scenario.aid.tranche", NULL, 11,
         "aid.tranche"},
        {"scenario.yaml", "  alpha: inf\n", "", "scenario.setting.missing", NULL, 8, "aid.alpha"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void hosts_of_the_split(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"scenario.yaml", "country: ARM", "country: EU27", "scenario.country.group", NULL, 19,
         "aid.hosts[1].country"},
        {"scenario.yaml", "stock: assumed", "stock: guessed", "scenario.setting.form", NULL, 20,
         "aid.hosts[1].stock"},
        {"scenario.yaml", "stock: assumed", "stock: flow", "scenario.host.stock_flow", NULL, 20,
         "aid.hosts[1].stock"},
        {"scenario.yaml", "stock: assumed", "stock: [flow]", "scenario.setting.form", NULL, 20,
         "aid.hosts[1].stock"},
        {"scenario.yaml", "    - country: ARM\n      stock: assumed\n",
         "    - country: ARM\n      stock: assumed\n    - country: ARM\n      stock: assumed\n",
         "scenario.host.twice", NULL, 21, "aid.hosts[2].country"},
        {"scenario.yaml", "        route: all\n", "        route: land\n",
         "scenario.host.stock_missing", NULL, 15, "aid.hosts[0].stock"},
        {"scenario.yaml", "as_known: 2022-11-05", "as_known: 2022-09-30",
         "scenario.host.stock_missing", NULL, 15, "aid.hosts[0].stock"},
        {"scenario.yaml", "        to: 2022-10-03\n", "", "scenario.setting.missing", NULL, 15,
         "aid.hosts[0].stock.to"},
        {"scenario.yaml", "measure: stay_rus", "measure: entries_rus", "scenario.host.stock_kind",
         NULL, 16, "aid.hosts[0].stock.measure"},
        {"scenario.yaml", "measure: stay_rus", "measure: stay", "scenario.measure.unknown", NULL,
         16, "aid.hosts[0].stock.measure"},
        {"scenario.yaml", "to: 2022-10-03", "to: 2022-10-03\n        source: s9",
         "scenario.source.unknown", NULL, 19, "aid.hosts[0].stock.source"},
        {"arrivals.csv", "",
         "2022-01-01,2022-10-03,GEO,all,stay_rus,112733,persons,s2,the same from another\n",
         "scenario.host.stock_ambiguous", "scenario.yaml", 15, "aid.hosts[0].stock"},
        {"hosts.csv", "ARM,gdp_per_capita_current_usd", "ALL,gdp_per_capita_current_usd",
         "scenario.host.figures", "scenario.yaml", 19, "aid.hosts[1].country"},
        {"assumptions.csv", "all_cap,ALL", "all_cap,GEO", "scenario.host.assumption",
         "scenario.yaml", 19, "aid.hosts[1].country"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void a_source_tells_two_rows_apart(void **state)
{
    (void)state;
    struct small_folder folder;
    struct arena arena;
    struct faults faults;
    struct scenario scenario = {0};
    struct ajar_err err = {0};
    small_make(&folder);
    small_change(&folder, "arrivals.csv", "",
                 "2022-01-01,2022-10-03,GEO,all,stay_rus,112733,persons,s2,\n");
    small_change(&folder, "scenario.yaml", "to: 2022-10-03", "to: 2022-10-03\n        source: s2");
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 50, &err), 0);
    assert_int_equal(scenario_load(&arena, folder.path, NULL, NULL, &scenario, &faults, &err), 0);
    assert_int_equal(scenario.aid.hosts[0].arrivals_row, 9);
    arena_free(&arena);
    small_drop(&folder);
}

/* Loads the scenario with ARM on the flow; the slug of its fault, "" when there is none. */
static void flow_expect(const struct small_folder *folder, const char *slug, const char *words)
{
    struct arena arena;
    struct faults faults;
    struct scenario scenario = {0};
    struct ajar_err err = {0};
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 50, &err), 0);
    int code = scenario_load(&arena, folder->path, NULL, NULL, &scenario, &faults, &err);
    assert_int_equal(faults.total, slug[0] != '\0');
    if (slug[0] == '\0') {
        assert_int_equal(code, 0);
        assert_int_equal(scenario.aid.hosts[1].stock, AID_STOCK_FLOW);
        assert_int_equal(scenario.aid.hosts[1].arrivals_row, SCENARIO_NO_ROW);
        assert_int_equal(scenario.aid.hosts[0].stock, AID_STOCK_COUNTED);
    } else {
        assert_string_equal(faults.at[0].slug, slug);
        assert_string_equal(faults.at[0].column, "aid.hosts[1].stock");
        assert_string_equal(faults.at[0].value, "flow");
        assert_int_equal(faults.at[0].row, 20);
        assert_non_null(strstr(faults.at[0].text, words));
    }
    arena_free(&arena);
}

static void a_stock_from_the_flow_needs_an_exodus_and_doors(void **state)
{
    (void)state;
    struct small_folder folder;
    char exodus[128], model[160], doors[128];
    small_make(&folder);
    snprintf(exodus, sizeof exodus, "%s/exodus", folder.path);
    snprintf(model, sizeof model, "%s/model.yaml", exodus);
    snprintf(doors, sizeof doors, "%s/doors", folder.path);
    small_change(&folder, "scenario.yaml", "stock: assumed", "stock: flow");
    flow_expect(&folder, "scenario.host.stock_flow",
                "neither exodus/model.yaml nor flow/flow.yaml is there");
    assert_int_equal(mkdir(exodus, 0700), 0);
    assert_int_equal(file_write(model, TEXT_LIT("title: x\n"), NULL), 0);
    flow_expect(&folder, "scenario.host.stock_flow", "the folder doors is not there");
    assert_int_equal(mkdir(doors, 0700), 0);
    flow_expect(&folder, "", "");
    small_change(&folder, "assumptions.csv", "arm_stock,ARM", "arm_stock,GEO");
    flow_expect(&folder, "", ""); /* it needs no assumption of its stock */
    assert_int_equal(unlink(model) | rmdir(exodus) | rmdir(doors), 0);
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_of_the_scenario),
        cmocka_unit_test(settings_of_the_split),
        cmocka_unit_test(hosts_of_the_split),
        cmocka_unit_test(a_source_tells_two_rows_apart),
        cmocka_unit_test(a_stock_from_the_flow_needs_an_exodus_and_doors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
