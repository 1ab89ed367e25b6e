/* WATCH behind ajar.h. */
#include "library_made.h"

#define COUNTS "docs/crossings.csv"

static ajar_series *opened(const char *path)
{
    ajar_series *series = NULL;
    struct ajar_err err = {0};
    assert_int_equal(ajar_series_open(&series, path, NULL, NULL, &err), 0);
    assert_non_null(series);
    return series;
}

static void a_file_of_counts_is_read(void **state)
{
    (void)state;
    ajar_series *series = opened(COUNTS);
    assert_int_equal(ajar_series_count(series), 6);
    const struct ajar_series_row *row = ajar_series_at(series, 4);
    assert_string_equal(row->place, "Northgate");
    assert_string_equal(row->measure, "in");
    assert_string_equal(row->route, "");
    assert_int_equal(row->counts, 84);
    assert_string_equal(row->from, "2024-03-04");
    assert_string_equal(row->to, "2024-05-26");
    assert_null(ajar_series_at(series, 6));
    size_t said = 0;
    while (ajar_series_assumed(series, said) != NULL) {
        said++;
    }
    assert_int_equal(said, 8); /* as `ajar watch scan` says them */
    ajar_series_free(series);
}

static void a_scenario_is_read(void **state)
{
    (void)state;
    ajar_series *series = opened("scenarios/exodus2022");
    assert_true(ajar_series_count(series) > 20);
    assert_null(ajar_series_assumed(series, 0));
    ajar_series_free(series);
}

static void what_rings_is_told(void **state)
{
    (void)state;
    ajar_series *series = opened(COUNTS);
    ajar_scan *scan = NULL;
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    struct ajar_err err = {0};
    assert_int_equal(ajar_watch_scan(&scan, series, &options, &err), 0);
    assert_int_equal(ajar_scan_count(scan), 6);
    assert_int_equal(ajar_scan_alarms(scan), 3);
    const struct ajar_judged *row = ajar_scan_at(scan, 4);
    assert_string_equal(row->place, "Northgate");
    assert_string_equal(row->to, "2024-05-26");
    assert_near(row->count, 805, 0);
    assert_true(row->expected > 548 && row->expected < 550);
    assert_true(row->bound > row->expected && row->bound < row->count);
    assert_true(row->p > 0 && row->p < 1e-6);
    assert_string_equal(row->detector, "weekday");
    assert_int_equal(row->rings, 1);
    assert_string_equal(row->why_not, "");
    assert_int_equal(ajar_scan_at(scan, 0)->rings, 0);
    const struct ajar_alarm *alarm = ajar_scan_alarm(scan, 1);
    assert_string_equal(alarm->from, "2024-05-25");
    assert_string_equal(alarm->run_from, "2024-05-24");
    assert_near(alarm->count, 835, 0);
    assert_non_null(strstr(alarm->sentence, "835 on 25 May 2024"));
    assert_non_null(strstr(ajar_scan_summary(scan), "1 of 6 series rings"));
    ajar_scan_free(scan);
    ajar_series_free(series);
}

static void the_options_are_those_of_the_command_line(void **state)
{
    (void)state;
    ajar_series *series = opened("scenarios/exodus2022");
    ajar_scan *scan = NULL;
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    struct ajar_err err = {0};
    options.place = "FIN";
    options.known_by = "next-day";
    options.as_known = "2022-09-30";
    options.threads = 2;
    assert_int_equal(ajar_watch_scan(&scan, series, &options, &err), 0);
    assert_int_equal(ajar_scan_alarms(scan), 2);
    assert_string_equal(ajar_scan_alarm(scan, 0)->from, "2022-09-21");
    assert_near(ajar_scan_alarm(scan, 0)->count, 4443, 0);
    size_t without = 0;
    for (size_t i = 0; i < ajar_scan_count(scan); i++) {
        const struct ajar_judged *row = ajar_scan_at(scan, i);
        assert_string_equal(row->place, "FIN");
        if (isnan(row->count)) {
            assert_true(row->why_not[0] != 0);
            assert_string_equal(row->from, "");
            assert_string_equal(row->detector, "");
            without++;
        }
    }
    assert_int_equal(without, 12); /* could not be judged */
    ajar_scan_free(scan);
    ajar_series_free(series);
}

static void a_file_with_faults_lists_them_all(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], path[SCRATCH_PATH + 16];
    ajar_series *series = NULL;
    struct seen seen = {0};
    struct ajar_err err = {0};
    scratch_make(dir);
    made_file(dir, "bad.csv", "date,count\n2022-02-30,5\n2022-03-01,many\n2022-03-02,7\n");
    snprintf(path, sizeof path, "%s/bad.csv", dir);
    assert_fails(ajar_series_open(&series, path, seen_fault, &seen, &err), err, "watch.file");
    assert_null(series);
    assert_int_equal(seen.n, 2);
    assert_int_equal(seen.first.row, 2);
    assert_string_equal(seen.first.column, "date");
    assert_string_equal(seen.first.value, "2022-02-30");
    assert_string_equal(seen.first.file, path);
    assert_int_equal(ajar_err_exit(err.code), 3);
    assert_int_equal(ajar_series_open(&series, path, NULL, NULL, NULL), err.code);
    scratch_remove(dir);
}

static void what_cannot_be_asked_is_an_error(void **state)
{
    (void)state;
    ajar_series *series = opened(COUNTS);
    ajar_scan *scan = NULL;
    struct ajar_err err = {0};
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    options.place = "Northgat";
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "watch.place");
    assert_non_null(strstr(err.hint, "Northgate"));
    options = (struct ajar_scan_options)AJAR_SCAN_OPTIONS_INIT;
    options.known_by = "tomorrow";
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "library.value");
    assert_non_null(strstr(err.text, "published, next-day"));
    options = (struct ajar_scan_options)AJAR_SCAN_OPTIONS_INIT;
    options.since = "24.05.2024";
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "usage.option.type");
    assert_string_equal(err.column, "since");
    options = (struct ajar_scan_options)AJAR_SCAN_OPTIONS_INIT;
    options.as_known = "never";
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "usage.option.type");
    options = (struct ajar_scan_options)AJAR_SCAN_OPTIONS_INIT;
    options.alarm_every_days = NAN;
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "watch.option");
    options = (struct ajar_scan_options)AJAR_SCAN_OPTIONS_INIT;
    options.threads = 1000;
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "library.value");
    assert_string_equal(err.value, "1000");
    options = (struct ajar_scan_options){.place = "Northgate"};
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "library.options");
    assert_fails(ajar_watch_scan(&scan, series, NULL, &err), err, "library.null");
    assert_fails(ajar_watch_scan(&scan, NULL, &options, &err), err, "library.null");
    assert_fails(ajar_watch_scan(NULL, series, &options, &err), err, "library.null");
    assert_fails(ajar_series_open(NULL, COUNTS, NULL, NULL, &err), err, "library.null");
    assert_fails(ajar_series_open(&series, NULL, NULL, NULL, &err), err, "library.null");
    assert_string_equal(err.column, "path");
    assert_null(scan);
    ajar_series_free(series);
}

static void a_scan_stops_when_told_to(void **state)
{
    (void)state;
    ajar_series *series = opened(COUNTS);
    ajar_scan *scan = NULL;
    int asked = 0;
    struct ajar_err err = {0};
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    options.stop = stop_at_once;
    options.stop_arg = &asked;
    assert_fails(ajar_watch_scan(&scan, series, &options, &err), err, "base.cancelled");
    assert_true(asked > 0);
    assert_null(scan);
    ajar_series_free(series);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    assert_int_equal(ajar_series_count(NULL), 0);
    assert_null(ajar_series_at(NULL, 0));
    assert_null(ajar_series_assumed(NULL, 0));
    assert_int_equal(ajar_scan_count(NULL), 0);
    assert_null(ajar_scan_at(NULL, 0));
    assert_int_equal(ajar_scan_alarms(NULL), 0);
    assert_null(ajar_scan_alarm(NULL, 0));
    assert_null(ajar_scan_summary(NULL));
    ajar_scan_free(NULL);
    ajar_series_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_counts_is_read),
        cmocka_unit_test(a_scenario_is_read),
        cmocka_unit_test(what_rings_is_told),
        cmocka_unit_test(the_options_are_those_of_the_command_line),
        cmocka_unit_test(a_file_with_faults_lists_them_all),
        cmocka_unit_test(what_cannot_be_asked_is_an_error),
        cmocka_unit_test(a_scan_stops_when_told_to),
        cmocka_unit_test(getters_of_nothing_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
