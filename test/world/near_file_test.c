#include "../base/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "near_file.h"

static void expect(const char *there, const char *wanted, const char *meant)
{
    struct arena arena;
    char folder[] = "/tmp/ajar-near-XXXXXX", command[64];
    const char *path, *out;
    arena_init(&arena, "test", 1 << 20);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(file_join(&arena, folder, there, &path, NULL), 0);
    assert_int_equal(file_write(path, TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_join(&arena, folder, wanted, &path, NULL), 0);
    assert_int_equal(near_file(&arena, path, &out, NULL), 0);
    if (meant == NULL) {
        assert_null(out);
    } else {
        assert_non_null(out);
        assert_string_equal(out, meant);
    }
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    arena_free(&arena);
}

static void a_slip_in_a_name_is_found(void **state)
{
    (void)state;
    expect("ARRIVALS.CSV", "arrivals.csv", "ARRIVALS.CSV");
    expect("arrival.csv", "arrivals.csv", "arrival.csv");
    expect("scenario.yml", "scenario.yaml", "scenario.yml");
}

static void another_file_is_not_meant(void **state)
{
    (void)state;
    expect("notes.txt", "arrivals.csv", NULL);
    expect("routes.csv", "places.csv", NULL);
    expect("hosts.csv", "doors.csv", NULL);
}

static void a_folder_that_is_not_there_has_none(void **state)
{
    (void)state;
    struct arena arena;
    const char *out = "x";
    arena_init(&arena, "test", 1 << 20);
    assert_int_equal(near_file(&arena, "/nowhere/at/all/arrivals.csv", &out, NULL), 0);
    assert_null(out);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_in_a_name_is_found),
        cmocka_unit_test(another_file_is_not_meant),
        cmocka_unit_test(a_folder_that_is_not_there_has_none),
    };
    return cmocka_run_group_tests_name("names of files", tests, NULL, NULL);
}
