#include "made.h"
#include "scratch.h"

#include <sys/stat.h>

#include "chain.h"
#include "chain_tables.h"
#include "file.h"
#include "json.h"

#define SHIPPED "scenarios/exodus2022"

struct run {
    char dir[SCRATCH_PATH], out[SCRATCH_PATH + 32];
    struct arena arena;
    struct faults faults;
    struct chain chain;
    struct ajar_err err;
};

static int begin(void **state)
{
    static struct run run;
    run = (struct run){0};
    scratch_make(run.dir);
    snprintf(run.out, sizeof run.out, "%s/answers", run.dir);
    arena_init(&run.arena, "a run", (size_t)1 << 30);
    assert_int_equal(faults_init(&run.faults, &run.arena, 100, &run.err), 0);
    *state = &run;
    return 0;
}

static int end(void **state)
{
    struct run *run = *state;
    arena_free(&run->arena);
    scratch_remove(run->dir);
    return 0;
}

static int go(struct run *run, const char *scenario, const char *out, bool replace,
              struct pool *pool, const struct watch *watch)
{
    struct chain_options options = {
        .aid = aid_run_default(), .replace = replace, .command = "ajar run S --out DIR"};
    options.aid.draws = 100;
    options.members = 2;
    return chain_run(&run->arena, scenario, out, &options, pool, watch, &run->faults, &run->chain,
                     &run->err);
}

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

static void a_run_writes_every_file_and_lists_them_all(void **state)
{
    struct run *run = *state;
    static const char *const expected[] = {
        "arrivals.csv",      "assumptions.csv",  "sources.csv",    "contradictions.csv",
        "aid.csv",           "certificate.json", "methodology.md", "report.html",
        "report_series.csv", "report_doors.csv", "report_map.csv", "places.csv",
        "doors_gates.csv",   "doors_diff.csv",   "doors_doors.csv"};
    assert_int_equal(go(run, SHIPPED, run->out, false, NULL, NULL), 0);
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

/* The shipped scenario's files in a folder of their own, by links, without its doors, and so without an exodus
 * that lends a stock. */
static void lay_without_doors(struct run *run, char dir[SCRATCH_PATH + 32])
{
    char here[SCRATCH_PATH], to[SCRATCH_PATH * 2];
    const char *from;
    snprintf(dir, SCRATCH_PATH + 32, "%s/scenario", run->dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_non_null(getcwd(here, sizeof here));
    DIR *shipped = opendir(SHIPPED);
    assert_non_null(shipped);
    for (const struct dirent *entry; (entry = readdir(shipped)) != NULL;) {
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "doors") != 0 &&
            strcmp(entry->d_name, "scenario.yaml") != 0) {
            assert_int_equal(file_join(&run->arena, here, SHIPPED, &from, NULL), 0);
            assert_int_equal(file_join(&run->arena, from, entry->d_name, &from, NULL), 0);
            assert_true(snprintf(to, sizeof to, "%s/%s", dir, entry->d_name) < (int)sizeof to);
            assert_int_equal(symlink(from, to), 0);
        }
    }
    closedir(shipped);
    snprintf(to, sizeof to,
             "sed 's/stock: flow/stock: assumed/' " SHIPPED "/scenario.yaml >%s/scenario.yaml",
             dir);
    assert_int_equal(system(to), 0);
}

static void a_scenario_without_doors_has_no_section_and_no_file_of_them(void **state)
{
    struct run *run = *state;
    char dir[SCRATCH_PATH + 32];
    lay_without_doors(run, dir);
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
    lay_without_doors(run, dir);
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

static void one_thread_and_two_write_the_same_bytes(void **state)
{
    struct run *run = *state;
    char other[SCRATCH_PATH + 32];
    struct pool *pool = NULL;
    snprintf(other, sizeof other, "%s/other", run->dir);
    assert_int_equal(go(run, SHIPPED, run->out, false, NULL, NULL), 0);
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
    assert_int_equal(go(run, SHIPPED, run->out, false, NULL, NULL), 0);
    assert_int_equal(go(run, SHIPPED, run->out, false, NULL, NULL), E_FILE_EXISTS);
    assert_int_equal(scratch_count(run->dir), 1);
    assert_int_equal(scratch_count(run->out), run->chain.n_files + 1);
    assert_int_equal(go(run, SHIPPED, run->out, true, NULL, NULL), 0);
    assert_int_equal(scratch_count(run->dir), 1);
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

static void count_tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    unsigned *left = arg;
    (void)what, (void)done, (void)total, (void)unit;
    *left -= *left > 0;
}

static bool count_over(void *arg)
{
    return *(const unsigned *)arg == 0;
}

/* Stops at the first tick, the second, and so on until the run gets through. */
static void a_run_that_is_stopped_leaves_nothing_wherever_it_stands(void **state)
{
    struct run *run = *state;
    int code = E_CANCELLED;
    /* every stop in the first parts, then every seventh: they come thick where draws are played */
    for (unsigned ticks = 1; code != 0 && ticks < 1000; ticks += ticks < 8 ? 1 : 7) {
        unsigned left = ticks;
        struct watch watch = {count_tick, count_over, &left};
        struct arena arena = run->arena;
        arena_init(&run->arena, "a stopped run", (size_t)1 << 30);
        code = go(run, SHIPPED, run->out, false, NULL, &watch);
        if (code != 0) {
            assert_int_equal(code, E_CANCELLED);
            assert_int_equal(scratch_count(run->dir), 0);
        }
        arena_free(&run->arena);
        run->arena = arena;
    }
    assert_int_equal(code, 0);
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
        cmocka_unit_test_setup_teardown(a_run_writes_every_file_and_lists_them_all, begin, end),
        cmocka_unit_test_setup_teardown(a_scenario_without_doors_has_no_section_and_no_file_of_them,
                                        begin, end),
        cmocka_unit_test_setup_teardown(faults_of_the_doors_stop_the_run_and_leave_nothing, begin,
                                        end),
        cmocka_unit_test_setup_teardown(one_thread_and_two_write_the_same_bytes, begin, end),
        cmocka_unit_test_setup_teardown(a_scenario_that_cannot_be_read_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_that_is_there_is_refused_and_kept, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_of_somebody_else_is_never_replaced, begin, end),
        cmocka_unit_test_setup_teardown(a_run_that_is_stopped_leaves_nothing_wherever_it_stands,
                                        begin, end),
        cmocka_unit_test(small_counts_of_people_are_not_in_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
