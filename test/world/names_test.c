#include <stdio.h>

#include "../base/unit.h"
#include "names.h"

#define CEILING ((size_t)64 << 20)

static void equal_words_have_equal_ids(void **state)
{
    (void)state;
    struct arena arena;
    struct names names;
    name_id a, b, c, empty;
    arena_init(&arena, "a test", CEILING);
    assert_int_equal(names_init(&names, &arena, NULL), 0);
    assert_int_equal(names_put(&names, TEXT_LIT("Narva"), &a, NULL), 0);
    assert_int_equal(names_put(&names, TEXT_LIT("Luhamaa"), &b, NULL), 0);
    assert_int_equal(names_put(&names, TEXT_LIT("Narva"), &c, NULL), 0);
    assert_int_equal(names_put(&names, TEXT_LIT(""), &empty, NULL), 0);
    assert_int_equal(a, 1);
    assert_int_equal(b, 2);
    assert_int_equal(c, a);
    assert_int_equal(empty, 0);
    assert_true(text_is(names_word(&names, b), "Luhamaa"));
    assert_int_equal(names_word(&names, b).at[7], '\0');
    assert_int_equal(names_find(&names, TEXT_LIT("Luhamaa")), b);
    assert_int_equal(names_find(&names, TEXT_LIT("Koidula")), 0);
    assert_int_equal(names_find(&names, TEXT_LIT("")), 0);
    arena_free(&arena);
}

static void many_words_of_every_length_are_kept(void **state)
{
    (void)state;
    struct arena arena;
    struct names names;
    char word[64];
    arena_init(&arena, "a test", CEILING);
    assert_int_equal(names_init(&names, &arena, NULL), 0);
    for (name_id round = 0; round < 2; round++) {
        for (name_id i = 0; i < 50000; i++) {
            name_id id;
            int n = snprintf(word, sizeof word, "%.*s%u", (int)(i % 40),
                             "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqr", i);
            assert_int_equal(names_put(&names, (struct text){word, (size_t)n}, &id, NULL), 0);
            assert_int_equal(id, i + 1);
        }
    }
    assert_int_equal(names.n, 50001);
    arena_free(&arena);
}

/* The hash multiplies two halves: where one is 0 the other has no say. */
static uint64_t mixed(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static void words_made_to_share_a_hash_are_refused_before_they_take_n_squared(void **state)
{
    (void)state;
    struct arena arena;
    struct names names;
    struct ajar_err err = {0};
    uint64_t word[4] = {1, 2, 0, 0};
    int code = 0;
    unsigned taken = 0;
    arena_init(&arena, "a test", CEILING);
    assert_int_equal(names_init(&names, &arena, NULL), 0);
    word[3] = mixed(word[0] ^ UINT64_C(0xe7037ed1a0b428db),
                    word[1] ^ UINT64_C(0x9e3779b97f4a7c15) ^ sizeof word);
    for (; code == 0 && taken < 100000; taken++) {
        name_id id = 0;
        word[2] = taken;
        struct text bytes = {(const char *)word, sizeof word};
        assert_int_equal(names_hash(bytes), 0);
        code = names_put(&names, bytes, &id, &err);
        if (code == 0) {
            assert_int_equal(names_find(&names, bytes), id);
        }
    }
    assert_int_equal(code, E_CEILING);
    assert_int_equal(taken, NAMES_PROBES + 1);
    name_id id = 0;
    assert_int_equal(names_put(&names, TEXT_LIT("Narva"), &id, NULL), 0);
    assert_true(id != 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_words_have_equal_ids),
        cmocka_unit_test(many_words_of_every_length_are_kept),
        cmocka_unit_test(words_made_to_share_a_hash_are_refused_before_they_take_n_squared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
