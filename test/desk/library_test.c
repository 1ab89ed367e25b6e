/* The public interface, as a program beside Ajar sees it. */
#include "library_made.h"

#include "../base/sampled.h"
#include "scenario_new.h"

#define SHIPPED "scenarios/exodus2022"

static void the_version_is_the_builds(void **state)
{
    (void)state;
    assert_string_equal(ajar_version(), AJAR_VERSION);
    int major, minor, patch;
    assert_int_equal(sscanf(AJAR_VERSION, "%d.%d.%d", &major, &minor, &patch), 3);
    assert_int_equal(AJAR_VERSION_NUMBER, 1000000 * major + 1000 * minor + patch);
}

static void an_error_brings_its_rule_and_advice(void **state)
{
    (void)state;
    struct ajar_err err = {0};
    assert_string_equal(ajar_err_advice(NULL), "");
    assert_string_equal(ajar_err_advice(&err), "");
    int code = ajar_scenario_check(NULL, NULL, NULL, NULL, &err);
    assert_int_equal(ajar_err_exit(code), 2);
    assert_string_equal(err.slug, "library.null");
    assert_string_equal(err.column, "dir");
    assert_string_equal(err.hint, "");
    assert_string_equal(ajar_err_advice(&err), "Pass the pointer named in the message.");
    assert_non_null(strstr(ajar_err_rule(code), "pointer"));
    assert_string_equal(ajar_err_rule(0), "");
    assert_string_equal(ajar_err_rule(-1), "");
    assert_string_equal(ajar_err_rule(1000000), "");
    err.code = 1000000;
    assert_string_equal(ajar_err_advice(&err), "");
    snprintf(err.hint, sizeof err.hint, "Do this.");
    err.code = code;
    assert_string_equal(ajar_err_advice(&err), "Do this.");
    assert_int_equal(ajar_err_exit(0), 0);
    assert_int_equal(ajar_err_exit(-5), 70);
}

static void count_fault(void *arg, const struct ajar_err *fault)
{
    assert_non_null(fault->slug);
    assert_true(fault->text[0] != 0);
    ++*(size_t *)arg;
}

static void the_shipped_scenario_has_no_fault(void **state)
{
    (void)state;
    struct ajar_err err = {0};
    size_t seen = 0;
    uint64_t total = 99;
    assert_int_equal(ajar_scenario_check(SHIPPED, count_fault, &seen, &total, &err), 0);
    assert_int_equal(total, 0);
    assert_int_equal(seen, 0);
    assert_int_equal(ajar_scenario_check(SHIPPED, NULL, NULL, NULL, NULL), 0);
}

static void faults_are_reported_and_counted(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH];
    struct ajar_err err = {0};
    size_t seen = 0;
    uint64_t total = 0;
    scratch_make(dir);
    char settings[SCRATCH_PATH + 16];
    snprintf(settings, sizeof settings, "%s/scenario.yaml", dir);
    FILE *file = fopen(settings, "w");
    assert_non_null(file);
    fclose(file);
    int code = ajar_scenario_check(dir, count_fault, &seen, &total, &err);
    assert_int_not_equal(code, 0);
    assert_string_equal(err.slug, "scenario.faults");
    assert_int_equal(ajar_err_exit(code), 3);
    assert_true(total > 5); /* every table that is not there */
    assert_int_equal(seen, total);
    assert_int_equal(unlink(settings), 0);
    assert_int_not_equal(ajar_scenario_check(dir, count_fault, &seen, &total, &err), 0);
    assert_int_equal(total, 1); /* of a folder that is something else, one thing is said */
    scratch_remove(dir);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct ajar_err err = {0};
    uint64_t total = 42;
    int code = ajar_scenario_check("no/such/folder", NULL, NULL, &total, &err);
    assert_int_equal(err.code, code);
    assert_int_equal(ajar_err_exit(code), 3);
    assert_string_equal(err.file, "no/such/folder");
    assert_int_equal(total, 42);
}

/* Two hosts of equal need, one funded: the other is raised to its level first. */
static const struct ajar_aid_host hosts[] = {{"A", 100, 40, 1000, 0, 1}, {"B", 100, 0, 1000, 0, 1}};

static void a_budget_is_split(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_err err = {0};
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    options.budget = 60;
    options.tranche = 7;
    assert_int_equal(ajar_aid_split(&aid, hosts, 2, &options, &err), 0);
    assert_near(ajar_aid_amount(aid, 0), 10, 1e-9);
    assert_near(ajar_aid_amount(aid, 1), 50, 1e-9);
    assert_near(ajar_aid_rounded(aid, 0), 7, 0);
    assert_near(ajar_aid_rounded(aid, 1), 49, 0);
    assert_near(ajar_aid_coverage(aid, 0), 0.5, 1e-12);
    assert_near(ajar_aid_spent(aid), 60, 1e-9);
    assert_near(ajar_aid_next_unit(aid), 1.0 / 200, 1e-15);
    assert_true(ajar_aid_residual(aid) < 1e-9);
    assert_string_equal(ajar_aid_binding(aid, 0), "budget");
    ajar_aid_free(aid);
}

static void without_tranches_there_is_no_rounded_amount(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    options.budget = 60;
    assert_int_equal(ajar_aid_split(&aid, hosts, 2, &options, NULL), 0);
    assert_true(isnan(ajar_aid_rounded(aid, 0)));
    ajar_aid_free(aid);
    ajar_aid_free(NULL);
}

static void a_split_that_has_no_meaning_is_refused(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_err err = {0};
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    struct ajar_aid_host bad[] = {{NULL, 100, 0, 10, 0, 1}, {"B", 0, 0, 10, 0, 1}};
    options.budget = 60;
    assert_int_equal(ajar_err_exit(ajar_aid_split(&aid, bad, 2, &options, &err)), 3);
    assert_non_null(strstr(err.text, "B"));
    assert_null(aid);
    struct ajar_aid_host floors[] = {{"A", 100, 0, 90, 40, 1}, {"B", 100, 0, 90, 40, 1}};
    assert_int_equal(ajar_err_exit(ajar_aid_split(&aid, floors, 2, &options, &err)), 4);
    assert_null(aid);
    options.budget = -1;
    assert_int_not_equal(ajar_aid_split(&aid, hosts, 2, &options, NULL), 0);
    assert_null(aid);
}

static void a_host_without_a_name_is_called_by_number(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_err err = {0};
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    struct ajar_aid_host bad[] = {{"A", 100, 0, 10, 0, 1}, {NULL, 100, 0, 0, 0, 1}};
    options.budget = 60;
    assert_int_not_equal(ajar_aid_split(&aid, bad, 2, &options, &err), 0);
    assert_non_null(strstr(err.text, "host 2"));
}

static void options_of_another_size_are_refused(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_err err = {0};
    struct ajar_aid_options options = {.budget = 60};
    struct ajar_run_options run = {.seed = 1};
    int code = ajar_aid_split(&aid, hosts, 2, &options, &err);
    assert_int_equal(err.code, code);
    assert_string_equal(err.slug, "library.options");
    assert_null(aid);
    assert_int_equal(ajar_run(SHIPPED, "no/such/folder/out", &run, &err), code);
    assert_string_equal(err.slug, "library.options");
}

static void what_must_be_given_is_asked_for(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_err err = {0};
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    struct ajar_run_options run = AJAR_RUN_OPTIONS_INIT;
    options.budget = 60;
    assert_fails(ajar_aid_split(NULL, hosts, 2, &options, &err), err, "library.null");
    assert_fails(ajar_aid_split(&aid, NULL, 2, &options, &err), err, "library.null");
    assert_string_equal(err.column, "hosts");
    assert_fails(ajar_aid_split(&aid, hosts, 2, NULL, &err), err, "library.null");
    assert_fails(ajar_aid_split(&aid, NULL, 0, &options, &err), err, "aid.hosts.none");
    assert_fails(ajar_run(NULL, "out", &run, &err), err, "library.null");
    assert_fails(ajar_run(SHIPPED, NULL, &run, &err), err, "library.null");
    assert_fails(ajar_run(SHIPPED, "out", NULL, &err), err, "library.null");
    assert_null(aid);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    ajar_aid *aid = NULL;
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    options.budget = 60;
    assert_int_equal(ajar_aid_split(&aid, hosts, 2, &options, NULL), 0);
    assert_int_equal(ajar_aid_hosts(aid), 2);
    const ajar_aid *const each[] = {aid, NULL};
    for (size_t i = 0; i < 2; i++) {
        size_t beyond = ajar_aid_hosts(each[i]);
        assert_true(isnan(ajar_aid_amount(each[i], beyond)));
        assert_true(isnan(ajar_aid_rounded(each[i], beyond)));
        assert_true(isnan(ajar_aid_coverage(each[i], beyond)));
        assert_null(ajar_aid_binding(each[i], beyond));
    }
    assert_true(isnan(ajar_aid_spent(NULL)));
    assert_true(isnan(ajar_aid_next_unit(NULL)));
    assert_true(isnan(ajar_aid_residual(NULL)));
    ajar_aid_free(aid);
}

static void a_run_tells_its_faults_and_stops_when_told_to(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], out[SCRATCH_PATH + 32];
    struct seen seen = {0};
    struct ajar_err err = {0};
    int asked = 0;
    struct ajar_run_options options = AJAR_RUN_OPTIONS_INIT;
    scratch_make(dir);
    made_file(dir, "scenario.yaml", "");
    snprintf(out, sizeof out, "%s/answers", dir);
    options.each = seen_fault;
    options.each_arg = &seen;
    assert_fails(ajar_run(dir, out, &options, &err), err, "scenario.faults");
    assert_true(seen.n > 5);
    options.stop = stop_at_once;
    options.stop_arg = &asked;
    assert_fails(ajar_run(SHIPPED, out, &options, &err), err, "base.cancelled");
    assert_true(asked > 0);
    assert_int_equal(scratch_count(dir), 1); /* scenario.yaml alone */
    options.threads = 257;
    assert_fails(ajar_run(SHIPPED, out, &options, &err), err, "library.value");
    scratch_remove(dir);
}

static void a_run_makes_the_folder_once(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], made[SCRATCH_PATH + 32], out[SCRATCH_PATH + 32];
    char report[SCRATCH_PATH + 64];
    struct arena arena;
    struct ajar_err err = {0};
    struct ajar_run_options options = AJAR_RUN_OPTIONS_INIT;
    scratch_make(dir);
    snprintf(made, sizeof made, "%s/small", dir);
    snprintf(out, sizeof out, "%s/answers", dir);
    snprintf(report, sizeof report, "%s/report.html", out);
    arena_init(&arena, "the small scenario", (size_t)1 << 24);
    assert_int_equal(scenario_new(&arena, made, &err), 0);
    arena_free(&arena);
    const char *scenario = SANITIZED ? made : SHIPPED;
    assert_int_equal(ajar_run(scenario, out, &options, &err), 0);
    assert_int_equal(access(report, R_OK), 0);
    assert_int_not_equal(ajar_run(scenario, out, &options, &err), 0);
    options.replace = 1;
    options.threads = 0;
    assert_int_equal(ajar_run(scenario, out, &options, NULL), 0);
    assert_int_equal(scratch_count(dir), 2);
    scratch_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_is_the_builds),
        cmocka_unit_test(an_error_brings_its_rule_and_advice),
        cmocka_unit_test(the_shipped_scenario_has_no_fault),
        cmocka_unit_test(faults_are_reported_and_counted),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
        cmocka_unit_test(a_budget_is_split),
        cmocka_unit_test(without_tranches_there_is_no_rounded_amount),
        cmocka_unit_test(a_split_that_has_no_meaning_is_refused),
        cmocka_unit_test(a_host_without_a_name_is_called_by_number),
        cmocka_unit_test(options_of_another_size_are_refused),
        cmocka_unit_test(what_must_be_given_is_asked_for),
        cmocka_unit_test(getters_of_nothing_give_nothing),
        cmocka_unit_test(a_run_tells_its_faults_and_stops_when_told_to),
        cmocka_unit_test(a_run_makes_the_folder_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
