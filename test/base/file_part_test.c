#include "scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "file_part.h"

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

static const char *in_scratch(const char *name)
{
    const char *path;
    assert_int_equal(file_join(&arena, scratch, name, &path, NULL), 0);
    return path;
}

/* A folder with one file in it and one in a folder within. */
static void put_folder(const char *name)
{
    char inside[128];
    assert_int_equal(mkdir(in_scratch(name), 0777), 0);
    snprintf(inside, sizeof inside, "%s/a.csv", name);
    assert_int_equal(file_write(in_scratch(inside), TEXT_LIT("x"), NULL), 0);
    snprintf(inside, sizeof inside, "%s/in", name);
    assert_int_equal(mkdir(in_scratch(inside), 0777), 0);
    snprintf(inside, sizeof inside, "%s/in/b.csv", name);
    assert_int_equal(file_write(in_scratch(inside), TEXT_LIT("x"), NULL), 0);
}

/* A process that begins an output, writes a file, says so, and waits to be killed. */
static pid_t begin_elsewhere(const char *path)
{
    int said[2];
    char word;
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        struct file_folder folder;
        bool good = file_folder_begin(&folder, &arena, path, true, NULL) == 0 &&
                    file_folder_write(&folder, &arena, "a.csv", TEXT_LIT("x"), NULL) == 0;
        good = write(said[1], good ? "y" : "n", 1) == 1;
        for (;;) {
            pause();
        }
    }
    assert_true(child > 0);
    assert_int_equal(read(said[0], &word, 1), 1);
    assert_int_equal(word, 'y');
    close(said[0]);
    close(said[1]);
    return child;
}

static void end_by_force(pid_t child)
{
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void what_a_killed_run_left_goes_with_the_next(void **state)
{
    (void)state;
    struct file_folder folder;
    end_by_force(begin_elsewhere(in_scratch("out")));
    assert_int_equal(scratch_count(scratch), 1);
    assert_int_equal(file_folder_begin(&folder, &arena, in_scratch("out"), false, NULL), 0);
    assert_int_equal(scratch_count(scratch), 1);
    assert_int_equal(file_folder_commit(&folder, NULL), 0);
    assert_true(file_is_folder(in_scratch("out")));
    assert_int_equal(scratch_count(scratch), 1);
}

static void the_part_of_a_run_at_work_stays(void **state)
{
    (void)state;
    struct file_folder folder;
    pid_t child = begin_elsewhere(in_scratch("out"));
    assert_int_equal(file_folder_begin(&folder, &arena, in_scratch("out"), false, NULL), 0);
    assert_int_equal(scratch_count(scratch), 2);
    file_folder_abort(&folder);
    assert_int_equal(scratch_count(scratch), 1);
    end_by_force(child);
    file_part_sweep(in_scratch("out"));
    assert_int_equal(scratch_count(scratch), 0);
}

static void parts_within_this_process_are_told_apart_too(void **state)
{
    (void)state;
    struct file_folder first, second;
    assert_int_equal(file_folder_begin(&first, &arena, in_scratch("out"), false, NULL), 0);
    assert_int_equal(file_folder_write(&first, &arena, "a.csv", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_begin(&second, &arena, in_scratch("out"), false, NULL),
                     E_FILE_EXISTS);
    assert_int_equal(file_folder_commit(&first, NULL), 0);
    assert_true(file_exists(in_scratch("out/a.csv")));
}

static void only_parts_of_that_name_are_removed(void **state)
{
    (void)state;
    const char *others[] = {".out.part-",  ".out.part-7x",         "out.part-7",
                            ".our.part-7", ".out.part-7.earlierx", ".out.part-7.late"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        put_folder(others[i]);
    }
    put_folder("out");
    put_folder(".out.part-7");
    put_folder(".out.part-7.earlier");
    assert_int_equal(file_write(in_scratch(".out.part-8"), TEXT_LIT("a file"), NULL), 0);
    file_part_sweep(in_scratch("out"));
    assert_int_equal(scratch_count(scratch), sizeof others / sizeof *others + 2);
    assert_false(file_exists(in_scratch(".out.part-7")));
    assert_false(file_exists(in_scratch(".out.part-7.earlier")));
    assert_true(file_exists(in_scratch("out/in/b.csv")));
}

static void a_link_is_neither_followed_nor_removed(void **state)
{
    (void)state;
    put_folder("users");
    assert_int_equal(symlink("users", in_scratch(".out.part-7")), 0);
    put_folder(".out.part-9");
    assert_int_equal(symlink("../users", in_scratch(".out.part-9/link")), 0);
    file_part_sweep(in_scratch("out"));
    assert_true(file_exists(in_scratch("users/in/b.csv")));
    assert_true(file_exists(in_scratch(".out.part-7")));
    assert_false(file_exists(in_scratch(".out.part-9")));
}

static void what_was_moved_aside_comes_back(void **state)
{
    (void)state;
    put_folder(".out.part-7.earlier");
    put_folder(".out.part-7");
    file_part_sweep(in_scratch("out"));
    assert_true(file_exists(in_scratch("out/a.csv")));
    assert_int_equal(scratch_count(scratch), 1);
}

static void what_a_run_at_work_moved_aside_stays_there(void **state)
{
    (void)state;
    const char *part;
    char aside[128];
    int lock;
    assert_int_equal(file_part_name(&arena, in_scratch("out"), &part, NULL), 0);
    assert_true(file_part_make(part, &lock));
    snprintf(aside, sizeof aside, "%s.earlier", strrchr(part, '/') + 1);
    put_folder(aside);
    file_part_sweep(in_scratch("out"));
    assert_int_equal(scratch_count(scratch), 2);
    file_part_let_go(&lock);
    file_part_sweep(in_scratch("out"));
    assert_int_equal(scratch_count(scratch), 1);
    assert_true(file_exists(in_scratch("out/a.csv")));
}

static void a_path_without_a_folder_means_this_one(void **state)
{
    (void)state;
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    put_folder(".out.part-7");
    assert_int_equal(chdir(scratch), 0);
    file_part_sweep("out");
    assert_int_equal(chdir(here), 0);
    assert_int_equal(scratch_count(scratch), 0);
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(what_a_killed_run_left_goes_with_the_next),
        WITH_SCRATCH(the_part_of_a_run_at_work_stays),
        WITH_SCRATCH(parts_within_this_process_are_told_apart_too),
        WITH_SCRATCH(only_parts_of_that_name_are_removed),
        WITH_SCRATCH(a_link_is_neither_followed_nor_removed),
        WITH_SCRATCH(what_was_moved_aside_comes_back),
        WITH_SCRATCH(what_a_run_at_work_moved_aside_stays_there),
        WITH_SCRATCH(a_path_without_a_folder_means_this_one),
    };
    return cmocka_run_group_tests_name("file_part", tests, NULL, NULL);
}
