#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

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

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    const char *path = in_scratch("a.txt");
    assert_int_equal(file_write(path, TEXT_LIT("first"), NULL), 0);
    assert_int_equal(file_write(path, TEXT_LIT("second"), NULL), 0);
    struct file_view view;
    assert_int_equal(file_open(&view, path, 100, NULL), 0);
    assert_true(text_is(view.bytes, "second"));
    file_close(&view);
    file_close(&view);
    assert_int_equal(scratch_count(scratch), 1); /* no temporary name is left */
}

/* What is forgotten reads as before; so does other memory, which is no part of the view. */
static void what_is_forgotten_comes_back(void **state)
{
    (void)state;
    static char bytes[3 * 65536 + 17], other[65536];
    const char *path = in_scratch("large");
    struct file_view view;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * i % 251);
        other[i % sizeof other] = 'x';
    }
    assert_int_equal(file_write(path, (struct text){bytes, sizeof bytes}, NULL), 0);
    assert_int_equal(file_open(&view, path, sizeof bytes, NULL), 0);
    const struct text parts[] = {view.bytes,
                                 {view.bytes.at + 5000, 100000},
                                 {view.bytes.at + sizeof bytes - 1, 1},
                                 {view.bytes.at, 0},
                                 {other, sizeof other}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_memory_equal(view.bytes.at, bytes, sizeof bytes);
        file_forget(&view, parts[i]);
        assert_memory_equal(view.bytes.at, bytes, sizeof bytes);
    }
    for (size_t i = 0; i < sizeof other; i++) {
        assert_int_equal(other[i], 'x');
    }
    file_close(&view);
    file_forget(&view, (struct text){other, sizeof other});
    assert_int_equal(unlink(path), 0);
}

static void an_empty_file_is_empty_text(void **state)
{
    (void)state;
    const char *path = in_scratch("empty");
    assert_int_equal(file_write(path, TEXT_LIT(""), NULL), 0);
    struct file_view view;
    assert_int_equal(file_open(&view, path, 100, NULL), 0);
    assert_int_equal(view.bytes.n, 0);
    file_close(&view);
}

static void bad_files_are_named(void **state)
{
    (void)state;
    struct ajar_err err;
    struct file_view view;
    const char *path = in_scratch("none.csv");
    assert_int_equal(file_open(&view, path, 100, &err), E_FILE_OPEN);
    assert_string_equal(err.file, path);
    assert_non_null(strstr(err.text, "no such file"));
    assert_int_equal(file_open(&view, scratch, 100, &err), E_FILE_READ);
    const char *large = in_scratch("large");
    assert_int_equal(file_write(large, TEXT_LIT("0123456789"), NULL), 0);
    assert_int_equal(file_open(&view, large, 9, &err), E_FILE_TOO_BIG);
    assert_int_equal(file_write(in_scratch("no/such/folder"), TEXT_LIT("x"), &err), E_FILE_PLACE);
}

static void a_pipe_is_refused_without_waiting_for_a_writer(void **state)
{
    (void)state;
    struct file_view view;
    const char *path = in_scratch("pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(file_open(&view, path, 100, NULL), E_FILE_READ);
}

static void a_folder_appears_whole_or_not_at_all(void **state)
{
    (void)state;
    const char *path = in_scratch("out/");
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "a.csv", TEXT_LIT("x"), NULL), 0);
    assert_false(file_exists(path));
    file_folder_abort(&folder);
    assert_int_equal(scratch_count(scratch), 0);

    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "a.csv", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_commit(&folder, NULL), 0);
    file_folder_abort(&folder);
    assert_int_equal(scratch_count(scratch), 1);
    assert_int_equal(scratch_count(path), 1);
}

static void a_users_folder_is_never_replaced(void **state)
{
    (void)state;
    const char *path = in_scratch("mine");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(file_write(in_scratch("mine/thesis.txt"), TEXT_LIT("x"), NULL), 0);
    struct file_folder folder;
    struct ajar_err err;
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, &err), E_FILE_EXISTS);
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, &err), E_FILE_EXISTS);
    assert_int_equal(scratch_count(path), 1);
    assert_int_equal(scratch_count(scratch), 1);
}

#define PACKAGE(file) "{\"created_by\": \"ajar\", \"resources\": [{\"path\": \"" file "\"}]}"

static void ajars_own_folder_is_replaced_whole(void **state)
{
    (void)state;
    const char *path = in_scratch("out");
    struct file_folder folder;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(file_folder_begin(&folder, &arena, path, true, NULL), 0);
        assert_int_equal(
            file_folder_write(&folder, &arena, "datapackage.json",
                              round == 0 ? TEXT_LIT(PACKAGE("a")) : TEXT_LIT(PACKAGE("b")), NULL),
            0);
        assert_int_equal(
            file_folder_write(&folder, &arena, round == 0 ? "a" : "b", TEXT_LIT("x"), NULL), 0);
        assert_int_equal(file_folder_commit(&folder, NULL), 0);
    }
    assert_int_equal(scratch_count(scratch), 1);
    assert_int_equal(scratch_count(path), 2);
    assert_true(file_exists(in_scratch("out/b")));
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), E_FILE_EXISTS);
}

static void what_a_user_put_into_ajars_folder_is_never_deleted(void **state)
{
    (void)state;
    const char *path = in_scratch("out");
    struct file_folder folder;
    struct ajar_err err;
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(
        file_folder_write(&folder, &arena, "datapackage.json", TEXT_LIT(PACKAGE("a")), NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "a", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_commit(&folder, NULL), 0);
    assert_int_equal(file_write(in_scratch("out/notes.txt"), TEXT_LIT("mine"), NULL), 0);
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, &err), E_FILE_EXISTS);
    assert_non_null(strstr(err.text, "notes.txt"));
    assert_int_equal(unlink(in_scratch("out/notes.txt")), 0);
    assert_int_equal(mkdir(in_scratch("out/drafts"), 0777), 0);
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, &err), E_FILE_EXISTS);
    assert_non_null(strstr(err.text, "drafts"));
    assert_int_equal(scratch_count(path), 3);
    assert_int_equal(scratch_count(scratch), 1);
}

static void a_file_that_cannot_be_written_is_named_as_the_user_knows_it(void **state)
{
    (void)state;
    const char *path = in_scratch("out");
    struct file_folder folder;
    struct ajar_err err;
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "no/such/deep.csv", TEXT_LIT("x"), &err),
                     E_FILE_PLACE);
    assert_string_equal(err.file, in_scratch("out/no/such/deep.csv"));
    file_folder_abort(&folder);
}

/* One level, which goes with the rest when nothing comes of it, and which no later output replaces. */
static void a_folder_within_is_made_and_removed_with_the_rest(void **state)
{
    (void)state;
    const char *path = in_scratch("out");
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "in/a.csv", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "in/b.csv", TEXT_LIT("x"), NULL), 0);
    file_folder_abort(&folder);
    assert_int_equal(scratch_count(scratch), 0);
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "in/a.csv", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "datapackage.json",
                                       TEXT_LIT("{\"created_by\": \"ajar\", \"resources\": "
                                                "[{\"path\": \"in/a.csv\"}]}"),
                                       NULL),
                     0);
    assert_int_equal(file_folder_commit(&folder, NULL), 0);
    assert_true(file_exists(in_scratch("out/in/a.csv")));
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, NULL), E_FILE_EXISTS);
    assert_true(file_exists(in_scratch("out/in/a.csv")));
}

static void a_folder_that_appears_meanwhile_is_left_alone(void **state)
{
    (void)state;
    const char *path = in_scratch("out");
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, &arena, path, false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "a.csv", TEXT_LIT("x"), NULL), 0);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(file_write(in_scratch("out/thesis.txt"), TEXT_LIT("x"), NULL), 0);
    assert_int_equal(file_folder_commit(&folder, NULL), E_FILE_EXISTS);
    file_folder_abort(&folder);
    assert_true(file_exists(in_scratch("out/thesis.txt")));
    assert_int_equal(scratch_count(path), 1);
    assert_int_equal(scratch_count(scratch), 1);
}

/* The hidden name can be foretold: in a folder that others write to, a link may wait there. */
static void a_link_under_the_hidden_name_leads_nowhere(void **state)
{
    (void)state;
    char part[64];
    struct file_folder folder;
    struct ajar_err err = {0};
    snprintf(part, sizeof part, ".out.part-%ld", (long)getpid());
    assert_int_equal(mkdir(in_scratch("users"), 0777), 0);
    assert_int_equal(file_write(in_scratch("users/diary"), TEXT_LIT("mine"), NULL), 0);
    assert_int_equal(symlink("users", in_scratch(part)), 0);
    assert_int_not_equal(file_folder_begin(&folder, &arena, in_scratch("out"), false, &err), 0);
    assert_true(file_exists(in_scratch("users/diary")));
    assert_false(file_exists(in_scratch("out")));
}

static void a_link_to_a_folder_is_not_replaced(void **state)
{
    (void)state;
    const char *path = in_scratch("link");
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, &arena, in_scratch("out"), false, NULL), 0);
    assert_int_equal(file_folder_write(&folder, &arena, "datapackage.json",
                                       TEXT_LIT("{\"created_by\": \"ajar\"}"), NULL),
                     0);
    assert_int_equal(file_folder_commit(&folder, NULL), 0);
    assert_int_equal(symlink("out", path), 0);
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, NULL), E_FILE_EXISTS);
    assert_true(file_exists(in_scratch("out/datapackage.json")));
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(what_is_written_is_read_back),
        WITH_SCRATCH(what_is_forgotten_comes_back),
        WITH_SCRATCH(an_empty_file_is_empty_text),
        WITH_SCRATCH(bad_files_are_named),
        WITH_SCRATCH(a_pipe_is_refused_without_waiting_for_a_writer),
        WITH_SCRATCH(a_folder_appears_whole_or_not_at_all),
        WITH_SCRATCH(a_users_folder_is_never_replaced),
        WITH_SCRATCH(ajars_own_folder_is_replaced_whole),
        WITH_SCRATCH(what_a_user_put_into_ajars_folder_is_never_deleted),
        WITH_SCRATCH(a_file_that_cannot_be_written_is_named_as_the_user_knows_it),
        WITH_SCRATCH(a_folder_within_is_made_and_removed_with_the_rest),
        WITH_SCRATCH(a_folder_that_appears_meanwhile_is_left_alone),
        WITH_SCRATCH(a_link_under_the_hidden_name_leads_nowhere),
        WITH_SCRATCH(a_link_to_a_folder_is_not_replaced),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
