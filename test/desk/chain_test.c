#include "chain_run.h"

#include "chain_tables.h"
#include "json.h"

static struct text bytes_of(struct run *run, const char *dir, const char *name)
{
    const char *path, *copy;
    struct file_view view;
    assert_int_equal(file_join(&run->arena, dir, name, &path, &run->err), 0);
    assert_int_equal(file_open(&view, path, (size_t)64 << 20, &run->err), 0);
    assert_int_equal(text_copy(&run->arena, view.bytes, &copy, &run->err), 0);
    struct text bytes = {copy, view.bytes.n};
    file_close(&view);
    return bytes;
}

static void every_file_is_there_and_listed(struct run *run)
{
    static const char *const expected[] = {
        "arrivals.csv",      "assumptions.csv",  "sources.csv",    "contradictions.csv",
        "aid.csv",           "certificate.json", "methodology.md", "report.html",
        "report_series.csv", "report_doors.csv", "report_map.csv", "places.csv",
        "doors_gates.csv",   "doors_diff.csv",   "doors_doors.csv"};
    assert_int_equal(scratch_count(run->dir), 1);
    assert_int_equal(scratch_count(run->out), run->chain.n_files + 1);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        bool found = false;
        for (size_t f = 0; f < run->chain.n_files; f++) {
            found = found || strcmp(run->chain.files[f], expected[i]) == 0;
        }
        assert_true(found);
    }
    json_t *json = NULL;
    assert_int_equal(json_read("datapackage.json", bytes_of(run, run->out, "datapackage.json"),
                               1 << 20, &json, &run->err),
                     0);
    const json_t *resources = json_object_get(json, "resources"), *resource;
    size_t i;
    assert_int_equal(json_array_size(resources), run->chain.n_files);
    json_array_foreach(resources, i, resource)
    {
        const char *path = json_string_value(json_object_get(resource, "path"));
        assert_string_equal(path, run->chain.files[i]);
        assert_true(bytes_of(run, run->out, path).n > 0);
        assert_non_null(json_object_get(resource, "description"));
    }
    json_decref(json);
}

static void two_threads_write_the_same_bytes(struct run *run)
{
    char other[SCRATCH_PATH + 32];
    struct pool *pool = NULL;
    snprintf(other, sizeof other, "%s/other", run->dir);
    assert_int_equal(pool_open(&pool, 2, &run->err), 0);
    assert_int_equal(go(run, SHIPPED, other, false, pool, NULL), 0);
    pool_close(pool);
    for (size_t i = 0; i < run->chain.n_files; i++) {
        struct text one = bytes_of(run, run->out, run->chain.files[i]);
        struct text two = bytes_of(run, other, run->chain.files[i]);
        if (!text_eq(one, two)) {
            fail_msg("%s differs", run->chain.files[i]);
        }
    }
}

static void a_run_writes_and_lists_every_file_and_two_threads_the_same_bytes(void **state)
{
    struct run *run = *state;
    assert_int_equal(go(run, SHIPPED, run->out, false, NULL, NULL), 0);
    every_file_is_there_and_listed(run);
    two_threads_write_the_same_bytes(run);
}

static void a_scenario_without_doors_has_no_section_and_no_file_of_them(void **state)
{
    struct run *run = *state;
    char dir[SCRATCH_PATH + 32];
    lay_without(run, "doors", dir);
    assert_int_equal(go(run, dir, run->out, false, NULL, NULL), 0);
    for (size_t f = 0; f < run->chain.n_files; f++) {
        assert_true(strncmp(run->chain.files[f], "doors_", 6) != 0);
    }
    struct text page = bytes_of(run, run->out, "report.html");
    assert_null(memmem(page.at, page.n, "<section id=\"doors\"", 19));
    assert_non_null(memmem(page.at, page.n, "\"doors\":null", 12));
}

static void faults_of_the_doors_stop_the_run_and_leave_nothing(void **state)
{
    struct run *run = *state;
    char dir[SCRATCH_PATH + 32], path[SCRATCH_PATH + 64];
    lay_without(run, "doors", dir);
    snprintf(path, sizeof path, "%s/doors", dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/doors/facts.yaml", dir);
    assert_int_equal(file_write(path, TEXT_LIT("facts:\n  a: {type: none}\n"), NULL), 0);
    snprintf(path, sizeof path, "%s/doors/door.yaml", dir);
    assert_int_equal(file_write(path, TEXT_LIT("door: fi.entry\n"), NULL), 0);
    assert_int_equal(go(run, dir, run->out, false, NULL, NULL), E_DOORS_FAULTS);
    assert_true(run->faults.total > 0);
    assert_int_equal(scratch_count(run->dir), 1);
}

static void a_scenario_that_cannot_be_read_leaves_nothing(void **state)
{
    struct run *run = *state;
    run->chain.n_files = 7;
    assert_int_not_equal(go(run, "scenarios/none", run->out, false, NULL, NULL), 0);
    assert_int_equal(scratch_count(run->dir), 0);
    assert_int_equal(run->chain.n_files, 7);
}

static void a_folder_that_is_there_is_refused_and_kept(void **state)
{
    struct run *run = *state;
    char dir[SCRATCH_PATH + 32];
    lay_without(run, "exodus", dir);
    assert_int_equal(go(run, dir, run->out, false, NULL, NULL), 0);
    assert_int_equal(go(run, dir, run->out, false, NULL, NULL), E_FILE_EXISTS);
    assert_int_equal(scratch_count(run->dir), 2);
    assert_int_equal(scratch_count(run->out), run->chain.n_files + 1);
    assert_int_equal(go(run, dir, run->out, true, NULL, NULL), 0);
    assert_int_equal(scratch_count(run->dir), 2);
}

static void a_folder_of_somebody_else_is_never_replaced(void **state)
{
    struct run *run = *state;
    char other[SCRATCH_PATH];
    scratch_make(other);
    assert_int_equal(go(run, SHIPPED, other, true, NULL, NULL), E_FILE_EXISTS);
    assert_int_equal(scratch_count(other), 0);
    scratch_remove(other);
}

static void small_counts_of_people_are_not_in_the_tables(void **state)
{
    (void)state;
    struct made made;
    struct buf buf;
    made_begin(&made);
    made_count(&made, "2022-09-20", "2022-09-21", "NOR", "land", "entries_rus", 7334.25, "guard");
    made.s.arrivals.note[made_day(&made, "NOR", "2022-09-20", 3.25)] = text_of("three men");
    made_day(&made, "NOR", "2022-09-21", 7331);
    made_day(&made, "NOR", "2022-09-22", 900);
    buf_init(&buf, 1 << 20);
    assert_string_equal(chain_tables[0].name, "arrivals.csv");
    assert_int_equal(chain_tables[0].write(&buf, &made.arena, &made.s, NULL), 0);
    buf_char(&buf, 0);
    assert_null(strstr(buf.at, "3.25"));
    assert_null(strstr(buf.at, "7331"));
    assert_null(strstr(buf.at, "three men"));
    assert_non_null(strstr(buf.at, ",under 5,"));
    assert_non_null(strstr(buf.at, ",withheld,"));
    assert_non_null(strstr(buf.at, ",7334.25,"));
    assert_non_null(strstr(buf.at, ",900,"));
    buf_free(&buf);
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_run_writes_and_lists_every_file_and_two_threads_the_same_bytes, begin, end),
        cmocka_unit_test_setup_teardown(a_scenario_without_doors_has_no_section_and_no_file_of_them,
                                        begin, end),
        cmocka_unit_test_setup_teardown(faults_of_the_doors_stop_the_run_and_leave_nothing, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_scenario_that_cannot_be_read_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_that_is_there_is_refused_and_kept, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_of_somebody_else_is_never_replaced, begin, end),
        cmocka_unit_test(small_counts_of_people_are_not_in_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
