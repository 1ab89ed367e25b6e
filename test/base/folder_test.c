#include "scratch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

static struct arena arena;
static char scratch[SCRATCH_PATH];

static int make_scratch(void **state)
{
    (void)state;
    arena_init(&arena, "test", 1 << 20);
    scratch_make(scratch);
    return 0;
}

static int drop_scratch(void **state)
{
    (void)state;
    scratch_remove(scratch);
    arena_free(&arena);
    return 0;
}

/* An empty file; the folders on the way to it are made. */
static void put(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    for (char *at = path + strlen(scratch) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
        *at = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static void demand(const char *ending, size_t n, const char *const *want)
{
    const char *const *names;
    size_t got;
    assert_int_equal(folder_files(&arena, scratch, ending, 100, &names, &got, NULL), 0);
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(names[i], want[i]);
    }
}

static void files_of_all_subfolders_are_named_by_their_bytes(void **state)
{
    (void)state;
    static const char *const want[] = {"B.yaml", "a.yaml", "a/z.yaml", "a0.yaml", "b/c/d/e/f.yaml"};
    for (size_t i = sizeof want / sizeof *want; i-- > 0;) {
        put(want[i]);
    }
    put("a/other.csv");
    put("yaml");
    demand(".yaml", sizeof want / sizeof *want, want);
}

static void only_the_whole_ending_counts(void **state)
{
    (void)state;
    static const char *const want[] = {"x.yaml"};
    put("x.yaml");
    put("x.yaml~");
    put("x.yml");
    put("xyaml");
    put(".yaml");
    demand(".yaml", 1, want);
    demand(".none", 0, NULL);
}

static void what_is_hidden_is_passed_over(void **state)
{
    (void)state;
    static const char *const want[] = {"seen.csv"};
    put(".hidden.csv");
    put(".git/inside.csv");
    put("seen.csv");
    demand(".csv", 1, want);
}

static void a_folder_with_the_ending_is_no_file_but_is_entered(void **state)
{
    (void)state;
    static const char *const want[] = {"odd.csv/in.csv"};
    put("odd.csv/in.csv");
    demand(".csv", 1, want);
}

static void links_are_followed_and_dead_ones_passed_over(void **state)
{
    (void)state;
    static const char *const want[] = {"link.csv", "real.csv"};
    char path[512];
    put("real.csv");
    snprintf(path, sizeof path, "%s/link.csv", scratch);
    assert_int_equal(symlink("real.csv", path), 0);
    snprintf(path, sizeof path, "%s/dead.csv", scratch);
    assert_int_equal(symlink("nowhere", path), 0);
    demand(".csv", 2, want);
}

static void refused(const char *dir, size_t limit, int code)
{
    struct ajar_err err = {0};
    const char *const *names = (const char *const *)&arena;
    size_t n = 77;
    assert_int_equal(folder_files(&arena, dir, ".csv", limit, &names, &n, &err), code);
    assert_int_equal(err.code, code);
    assert_true(err.text[0] != '\0');
    assert_true(names == (const char *const *)&arena && n == 77);
}

static void a_link_to_itself_ends_at_the_ceiling_of_depth(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s/loop", scratch);
    assert_int_equal(symlink(".", path), 0);
    refused(scratch, 100, E_CEILING);
}

static void past_the_limit_nothing_is_given(void **state)
{
    (void)state;
    static const char *const want[] = {"a.csv", "b.csv", "c.csv"};
    const char *const *names;
    size_t n;
    for (size_t i = 0; i < 3; i++) {
        put(want[i]);
    }
    assert_int_equal(folder_files(&arena, scratch, ".csv", 3, &names, &n, NULL), 0);
    assert_int_equal(n, 3);
    refused(scratch, 2, E_CEILING);
}

static void folders_within_folders_have_a_ceiling(void **state)
{
    (void)state;
    put("1/2/3/4/deep.csv");
    static const char *const want[] = {"1/2/3/4/deep.csv"};
    demand(".csv", 1, want);
    put("1/2/3/4/5/deeper.csv");
    refused(scratch, 100, E_CEILING);
}

static void what_is_no_folder_is_refused(void **state)
{
    (void)state;
    char path[512];
    put("file.csv");
    snprintf(path, sizeof path, "%s/file.csv", scratch);
    refused(path, 10, E_FILE_NOT_FOLDER);
    snprintf(path, sizeof path, "%s/nowhere", scratch);
    refused(path, 10, E_FILE_NOT_FOLDER);
}

int main(void)
{
#define UNIT(test) cmocka_unit_test_setup_teardown(test, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        UNIT(files_of_all_subfolders_are_named_by_their_bytes),
        UNIT(only_the_whole_ending_counts),
        UNIT(what_is_hidden_is_passed_over),
        UNIT(a_folder_with_the_ending_is_no_file_but_is_entered),
        UNIT(links_are_followed_and_dead_ones_passed_over),
        UNIT(a_link_to_itself_ends_at_the_ceiling_of_depth),
        UNIT(past_the_limit_nothing_is_given),
        UNIT(folders_within_folders_have_a_ceiling),
        UNIT(what_is_no_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
