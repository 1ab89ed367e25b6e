#include "kept.h"

#include "../base/scratch.h"

/* A piece of work that counts how often it is done. */
struct toy {
    double sums[3];
    uint32_t n;
    uint32_t *items; /* [4], n of them used */
    bool sure;
    int done;
    int32_t made_of;
};

static struct arena arena;
static char scratch[SCRATCH_PATH];

static int toy_compute(void *arg, struct ajar_err *err)
{
    struct toy *toy = arg;
    (void)err;
    toy->done++;
    for (int i = 0; i < 3; i++) {
        toy->sums[i] = toy->made_of / (i + 3.0);
    }
    toy->n = 2;
    toy->items[0] = 7;
    toy->items[1] = (uint32_t)toy->made_of;
    toy->sure = true;
    return 0;
}

static void toy_pass(void *arg, struct kept_pass *pass)
{
    struct toy *toy = arg;
    KEPT_PASS(pass, toy->sums, 3);
    KEPT_PASS(pass, &toy->n, 1);
    kept_pass_check(pass, toy->n <= 4);
    for (uint32_t i = 0; pass->fits && i < toy->n; i++) {
        KEPT_PASS(pass, &toy->items[i], 1);
    }
    kept_pass_bool(pass, &toy->sure);
}

/* One run into scratch/out; how it came about is in *kept. */
static struct toy run(int32_t made_of, bool anew, struct kept *kept)
{
    struct file_folder folder;
    struct kept_key key;
    struct toy toy = {.made_of = made_of};
    struct kept_work work = {
        .title = "the toy", .key = &key, .compute = toy_compute, .pass = toy_pass, .arg = &toy};
    const char *out;
    toy.items = arena_new(&arena, uint32_t, 4, NULL);
    assert_int_equal(file_join(&arena, scratch, "out", &out, NULL), 0);
    assert_int_equal(file_folder_begin(&folder, &arena, out, true, NULL), 0);
    assert_int_equal(kept_open(kept, &arena, &folder, anew, NULL), 0);
    kept_key_begin(&key, "toy");
    kept_key_bytes(&key, &made_of, sizeof made_of);
    assert_int_equal(kept_do(kept, &work, NULL), 0);
    assert_int_equal(kept_write(kept, &folder, NULL), 0);
    file_folder_abort(&folder);
    return toy;
}

static void same(const struct toy *a, const struct toy *b)
{
    assert_memory_equal(a->sums, b->sums, sizeof a->sums);
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->items, b->items, a->n * sizeof *a->items);
    assert_int_equal(a->sure, b->sure);
}

static const char *kept_path(void)
{
    const char *path;
    assert_int_equal(file_join(&arena, scratch, ".out.kept", &path, NULL), 0);
    return path;
}

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)64 << 20);
    scratch_make(scratch);
    return 0;
}

static int end(void **state)
{
    (void)state;
    scratch_remove(scratch);
    arena_free(&arena);
    return 0;
}

static void same_inputs_are_read_back(void **state)
{
    struct kept kept;
    (void)state;
    struct toy first = run(5, false, &kept);
    assert_int_equal(first.done, 1);
    assert_int_equal(scratch_count(scratch),
                     1); /* the folder was not committed, only this is kept */
    struct toy again = run(5, false, &kept);
    assert_int_equal(again.done, 0);
    assert_true(kept.pieces[0].found);
    same(&again, &first);
    struct toy third = run(5, false, &kept); /* what was read back is kept on */
    assert_int_equal(third.done, 0);
    same(&third, &first);
}

static void another_input_is_computed(void **state)
{
    struct kept kept;
    (void)state;
    run(5, false, &kept);
    struct toy other = run(6, false, &kept);
    assert_int_equal(other.done, 1);
    assert_false(kept.pieces[0].found);
    assert_int_equal(run(5, false, &kept).done, 1); /* the earlier one is gone */
}

static void anew_reads_nothing(void **state)
{
    struct kept kept;
    (void)state;
    run(5, false, &kept);
    assert_int_equal(run(5, true, &kept).done, 1);
    assert_int_equal(run(5, false, &kept).done, 0);
}

static void other_code_computes(void **state)
{
    struct kept kept;
    struct toy toy = {.made_of = 5, .items = (uint32_t[4]){0}};
    struct kept_key key;
    struct kept_work work = {
        .title = "the toy", .key = &key, .compute = toy_compute, .pass = toy_pass, .arg = &toy};
    const char *out;
    (void)state;
    run(5, false, &kept);
    assert_int_equal(file_join(&arena, scratch, "out", &out, NULL), 0);
    assert_int_equal(kept_open(&kept, &arena, &(struct file_folder){.path = out}, false, NULL), 0);
    assert_int_equal(kept.n_earlier, 1);
    kept.code[0] = kept.code[0] == '0' ? '1' : '0';
    kept_key_begin(&key, "toy");
    kept_key_bytes(&key, &toy.made_of, sizeof toy.made_of);
    assert_int_equal(kept_do(&kept, &work, NULL), 0);
    assert_int_equal(toy.done, 1);
}

/* Whatever byte of the file is not what it was, and wherever the file ends. */
static void damage_is_computed(void **state)
{
    struct kept kept;
    struct file_view view;
    struct toy good;
    (void)state;
    good = run(5, false, &kept);
    assert_int_equal(file_open(&view, kept_path(), 1 << 20, NULL), 0);
    size_t n = view.bytes.n;
    char *bytes = arena_new(&arena, char, n, NULL), *bad = arena_new(&arena, char, n, NULL);
    memcpy(bytes, view.bytes.at, n);
    file_close(&view);
    for (size_t i = 0; i < n; i++) {
        memcpy(bad, bytes, n);
        bad[i] ^= 1;
        assert_int_equal(file_write(kept_path(), (struct text){bad, n}, NULL), 0);
        struct toy after = run(5, false, &kept);
        assert_int_equal(after.done, 1);
        same(&after, &good);
        assert_int_equal(file_write(kept_path(), (struct text){bytes, i}, NULL), 0);
        after = run(5, false, &kept);
        assert_int_equal(after.done, 1);
        same(&after, &good);
    }
}

/* A result that is whole, but not of the shape that is asked for. */
static void another_shape_is_computed(void **state)
{
    struct kept_pass pass = {.from = {"abc", 3}, .fits = true};
    char to[4] = "";
    (void)state;
    kept_pass_bytes(&pass, to, 2);
    assert_true(pass.fits);
    kept_pass_bytes(&pass, to, 2);
    assert_false(pass.fits);
    kept_pass_bytes(&pass, to, 1); /* nothing fits any more */
    assert_false(pass.fits);
    assert_int_equal(pass.from.n, 1);
}

static void keys_tell_parts_apart(void **state)
{
    struct kept_key keys[4];
    char hex[4][SHA256_HEX];
    const char *dir;
    (void)state;
    for (int i = 0; i < 4; i++) {
        kept_key_begin(&keys[i], "toy");
    }
    kept_key_bytes(&keys[0], "ab", 2);
    kept_key_bytes(&keys[0], "c", 1);
    kept_key_bytes(&keys[1], "a", 1);
    kept_key_bytes(&keys[1], "bc", 2);
    assert_int_equal(file_join(&arena, scratch, "in", &dir, NULL), 0);
    assert_int_equal(kept_key_file(&keys[2], &arena, scratch, "in", NULL), 0);
    assert_int_equal(file_write(dir, TEXT_LIT(""), NULL), 0);
    assert_int_equal(kept_key_file(&keys[3], &arena, scratch, "in", NULL), 0);
    for (int i = 0; i < 4; i++) {
        sha256_end(&keys[i].hash, hex[i]);
    }
    assert_string_not_equal(hex[0], hex[1]);
    assert_string_not_equal(hex[2], hex[3]); /* no file, an empty file */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(same_inputs_are_read_back, begin, end),
        cmocka_unit_test_setup_teardown(another_input_is_computed, begin, end),
        cmocka_unit_test_setup_teardown(anew_reads_nothing, begin, end),
        cmocka_unit_test_setup_teardown(other_code_computes, begin, end),
        cmocka_unit_test_setup_teardown(damage_is_computed, begin, end),
        cmocka_unit_test(another_shape_is_computed),
        cmocka_unit_test_setup_teardown(keys_tell_parts_apart, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
