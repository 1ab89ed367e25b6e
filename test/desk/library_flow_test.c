/* FLOW behind ajar.h. */
#include "library_made.h"

#include "arena.h"
#include "flow_load.h"

#define FLEE "docs/flee"

static ajar_conflict *conflict;

static int open_conflict(void **state)
{
    (void)state;
    return ajar_conflict_open(&conflict, FLEE, NULL, NULL, NULL);
}

static int close_conflict(void **state)
{
    (void)state;
    ajar_conflict_free(conflict);
    return 0;
}

static void a_folder_of_the_reference_is_read(void **state)
{
    (void)state;
    assert_string_equal(ajar_conflict_title(conflict), "flee");
    assert_int_equal(ajar_conflict_places(conflict), 7);
    size_t n = 0;
    while (ajar_conflict_assumed(conflict, n) != NULL) {
        assert_true(ajar_conflict_assumed(conflict, n++)[0] != 0);
    }
}

static ajar_flow *run_of(const ajar_conflict *of, const struct ajar_flow_options *options)
{
    ajar_flow *flow = NULL;
    struct ajar_err err = {0};
    int code = ajar_flow_run(&flow, of, options, &err);
    assert_string_equal(code == 0 ? "" : err.text, "");
    return flow;
}

/* The figures that `ajar flow run` prints in test/cli/golden. */
static void a_run_has_people_by_camp_and_day(void **state)
{
    (void)state;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    ajar_flow *flow = run_of(conflict, &options);
    assert_int_equal(ajar_flow_camps(flow), 3);
    assert_int_equal(ajar_flow_days(flow), 120);
    assert_string_equal(ajar_flow_camp(flow, 0), "Essa");
    assert_string_equal(ajar_flow_day(flow, 0), "2021-03-01");
    assert_string_equal(ajar_flow_day(flow, 119), "2021-06-28");
    assert_near(ajar_flow_people(flow, 0, 119), 11750, 0);
    assert_near(ajar_flow_people(flow, 1, 119), 6720, 0);
    assert_near(ajar_flow_people(flow, 2, 119), 6240, 0);
    assert_near(ajar_flow_elsewhere(flow, 119), 190, 0);
    assert_near(ajar_flow_reported(flow, 0, 119), 9700, 0);
    assert_true(isnan(ajar_flow_reported(flow, 0, 118)));
    assert_true(fabs(ajar_flow_error(flow) - 0.437) < 0.0005);
    assert_null(ajar_flow_camp(flow, 3));
    assert_null(ajar_flow_day(flow, 120));
    assert_true(isnan(ajar_flow_people(flow, 3, 0)));
    assert_true(isnan(ajar_flow_people(flow, 0, 120)));
    assert_true(isnan(ajar_flow_reported(flow, 0, 120)));
    assert_true(isnan(ajar_flow_elsewhere(flow, 120)));
    ajar_flow_free(flow);
}

/* Reading the reference's folder and reading what the import made of it must not differ. */
static void an_import_runs_the_same(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], path[SCRATCH_PATH + 16];
    struct arena arena;
    struct faults faults;
    struct flow_input input;
    bool settings;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    ajar_conflict *imported = NULL;
    scratch_make(dir);
    snprintf(path, sizeof path, "%s/made", dir);
    arena_init(&arena, "test", (size_t)1 << 30);
    assert_int_equal(faults_init(&faults, &arena, 10, NULL), 0);
    assert_int_equal(flow_import(&arena, FLEE, NULL, path, NULL, &faults, &input, &settings, NULL),
                     0);
    arena_free(&arena);
    assert_int_equal(ajar_conflict_open(&imported, path, NULL, NULL, NULL), 0);
    options.threads = 2;
    ajar_flow *flow = run_of(conflict, &options), *other = run_of(imported, &options);
    for (size_t c = 0; c < 3; c++) {
        for (size_t d = 0; d < 120; d++) {
            assert_near(ajar_flow_people(flow, c, d), ajar_flow_people(other, c, d), 0);
        }
    }
    ajar_flow_free(flow);
    ajar_flow_free(other);
    ajar_conflict_free(imported);
    scratch_remove(dir);
}

static void the_options_change_the_run(void **state)
{
    (void)state;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    options.from = "2021-03-11";
    options.to = "2021-03-20";
    options.as_known = "2021-03-20";
    options.rules = "ajar";
    ajar_flow *flow = run_of(conflict, &options);
    assert_int_equal(ajar_flow_days(flow), 10);
    assert_string_equal(ajar_flow_day(flow, 0), "2021-03-11");
    assert_true(isnan(ajar_flow_error(flow))); /* not all days */
    ajar_flow_free(flow);
}

static void a_shut_door_sends_people_elsewhere(void **state)
{
    (void)state;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    ajar_shut *shut = NULL;
    struct ajar_err err = {0};
    double sum = 0;
    options.members = 4;
    assert_int_equal(ajar_flow_shut(&shut, conflict, "Essa@2021-04-15", &options, &err), 0);
    assert_int_equal(ajar_shut_count(shut), 4);
    for (size_t i = 0; i < 4; i++) {
        const struct ajar_shut_camp *camp = ajar_shut_at(shut, i);
        assert_near(camp->shut - camp->open, camp->difference, 1e-6);
        assert_true(camp->p5 <= camp->p50 && camp->p50 <= camp->p95);
        sum += camp->difference;
    }
    assert_near(sum, 0, 1e-6); /* nobody is lost */
    assert_string_equal(ajar_shut_at(shut, 0)->name, "Essa");
    assert_true(ajar_shut_at(shut, 0)->difference < 0);
    assert_true(ajar_shut_at(shut, 1)->difference > 0);
    assert_string_equal(ajar_shut_at(shut, 3)->name, "not in a camp");
    assert_null(ajar_shut_at(shut, 4));
    ajar_shut_free(shut);
}

static void what_cannot_be_asked_is_an_error(void **state)
{
    (void)state;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    ajar_shut *shut = NULL;
    ajar_flow *flow = NULL;
    struct ajar_err err = {0};
    options.members = 2;
    assert_fails(ajar_flow_shut(&shut, conflict, "Esa@2021-04-15", &options, &err), err,
                 "flow.closing");
    assert_non_null(strstr(ajar_err_advice(&err), "Essa"));
    assert_fails(ajar_flow_shut(&shut, conflict, "", &options, &err), err, "flow.closing");
    char many[70 * 16] = "";
    for (int i = 0; i < 65; i++) {
        strcat(many, "Essa@2021-04-15;");
    }
    assert_fails(ajar_flow_shut(&shut, conflict, many, &options, &err), err, "flow.closing");
    assert_non_null(strstr(err.text, "64"));
    options.members = 1;
    assert_fails(ajar_flow_shut(&shut, conflict, "Essa@2021-04-15", &options, &err), err,
                 "flow.option");
    options.from = "2031-01-01";
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "flow.option");
    options.from = "March";
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "usage.option.type");
    options.from = NULL;
    options.rules = "mine";
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "library.value");
    assert_fails(ajar_flow_shut(&shut, conflict, "Essa@2021-04-15", &options, &err), err,
                 "library.value");
    options.rules = NULL;
    options.threads = 257;
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "library.value");
    assert_fails(ajar_flow_shut(&shut, conflict, "Essa@2021-04-15", &options, &err), err,
                 "library.value");
    options.size--;
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "library.options");
    assert_fails(ajar_flow_shut(&shut, conflict, "", &options, &err), err, "library.options");
    assert_fails(ajar_flow_run(&flow, NULL, &options, &err), err, "library.null");
    assert_fails(ajar_flow_run(NULL, conflict, &options, &err), err, "library.null");
    assert_fails(ajar_flow_shut(NULL, conflict, "", &options, &err), err, "library.null");
    assert_fails(ajar_flow_shut(&shut, NULL, "", &options, &err), err, "library.null");
    assert_fails(ajar_flow_shut(&shut, conflict, NULL, &options, &err), err, "library.null");
    assert_true(flow == NULL && shut == NULL);
}

static void a_run_stops_when_told_to(void **state)
{
    (void)state;
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    ajar_flow *flow = NULL;
    struct ajar_err err = {0};
    int asked = 0;
    options.stop = stop_at_once;
    options.stop_arg = &asked;
    assert_fails(ajar_flow_run(&flow, conflict, &options, &err), err, "base.cancelled");
    assert_int_equal(asked, 1);
}

static void a_folder_without_a_conflict_is_an_error(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], flee[SCRATCH_PATH + 16];
    ajar_conflict *none = NULL;
    struct seen seen = {0};
    struct ajar_err err = {0};
    assert_fails(ajar_conflict_open(&none, "no/such/folder", seen_fault, &seen, &err), err,
                 "file.folder");
    assert_fails(ajar_conflict_open(&none, "docs", seen_fault, &seen, &err), err, "flow.file");
    assert_int_equal(seen.n, 0);
    scratch_make(dir);
    snprintf(flee, sizeof flee, "%s/input_csv", dir);
    assert_int_equal(mkdir(flee, 0700), 0);
    made_file(flee, "locations.csv", "\"never closed\n");
    assert_fails(ajar_conflict_open(&none, dir, seen_fault, &seen, &err), err, "flow.faults");
    assert_true(seen.n > 1); /* the other files are missing */
    assert_non_null(strstr(seen.first.file, dir));
    assert_fails(ajar_conflict_open(&none, NULL, NULL, NULL, &err), err, "library.null");
    assert_fails(ajar_conflict_open(NULL, FLEE, NULL, NULL, &err), err, "library.null");
    assert_null(none);
    scratch_remove(dir);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    assert_null(ajar_conflict_title(NULL));
    assert_int_equal(ajar_conflict_places(NULL), 0);
    assert_null(ajar_conflict_assumed(NULL, 0));
    assert_int_equal(ajar_flow_camps(NULL), 0);
    assert_int_equal(ajar_flow_days(NULL), 0);
    assert_null(ajar_flow_camp(NULL, 0));
    assert_null(ajar_flow_day(NULL, 0));
    assert_true(isnan(ajar_flow_people(NULL, 0, 0)));
    assert_true(isnan(ajar_flow_reported(NULL, 0, 0)));
    assert_true(isnan(ajar_flow_elsewhere(NULL, 0)));
    assert_true(isnan(ajar_flow_error(NULL)));
    assert_int_equal(ajar_shut_count(NULL), 0);
    assert_null(ajar_shut_at(NULL, 0));
    ajar_shut_free(NULL);
    ajar_flow_free(NULL);
    ajar_conflict_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_of_the_reference_is_read),
        cmocka_unit_test(a_run_has_people_by_camp_and_day),
        cmocka_unit_test(an_import_runs_the_same),
        cmocka_unit_test(the_options_change_the_run),
        cmocka_unit_test(a_shut_door_sends_people_elsewhere),
        cmocka_unit_test(what_cannot_be_asked_is_an_error),
        cmocka_unit_test(a_run_stops_when_told_to),
        cmocka_unit_test(a_folder_without_a_conflict_is_an_error),
        cmocka_unit_test(getters_of_nothing_give_nothing),
    };
    return cmocka_run_group_tests(tests, open_conflict, close_conflict);
}
