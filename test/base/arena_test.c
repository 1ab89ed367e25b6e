#include "unit.h"

#include "arena.h"

static void gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "test", 1 << 20);
    for (size_t n = 0; n < 200; n++) {
        struct ajar_err err;
        unsigned char *at = arena_get(&arena, n, 3, &err);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < 3 * n; i++) {
            assert_int_equal(at[i], 0);
            at[i] = 0xff;
        }
    }
    arena_free(&arena);
}

static void pieces_do_not_overlap(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "test", 64 << 20);
    unsigned char *at[300];
    size_t size[300];
    for (size_t i = 0; i < 300; i++) {
        size[i] = i % 50 == 7 ? (size_t)2 << 20 : 1 + i * 37 % 5000;
        at[i] = arena_get(&arena, size[i], 1, NULL);
        if (i % 50 == 7 && i > 100) {
            assert_null(at[i]); /* 2 MiB pieces add up to the ceiling in the end */
            size[i] = 0;
            continue;
        }
        assert_non_null(at[i]);
        memset(at[i], (int)(i & 0xff), size[i]);
        if (i == 100) {
            arena.ceiling = arena.used + (1 << 20);
        }
    }
    for (size_t i = 0; i < 300; i++) {
        for (size_t k = 0; k < size[i]; k++) {
            assert_int_equal(at[i][k], i & 0xff);
        }
    }
    arena_free(&arena);
}

static void the_ceiling_is_an_ordinary_error(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the reader of a.csv", 1000);
    struct ajar_err err;
    assert_non_null(arena_get(&arena, 1, 900, &err));
    assert_null(arena_get(&arena, 1, 200, &err));
    assert_int_equal(err.code, E_CEILING);
    assert_string_equal(err.slug, "base.memory.ceiling");
    assert_non_null(strstr(err.text, "the reader of a.csv"));
    assert_non_null(strstr(err.text, "1000"));
    assert_non_null(arena_get(&arena, 1, 80, &err)); /* what still fits is still given */
    arena_free(&arena);
}

static void an_overflowing_product_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "test", SIZE_MAX);
    struct ajar_err err;
    assert_null(arena_get(&arena, SIZE_MAX / 2, 3, &err));
    assert_int_equal(err.code, E_CEILING);
    arena_free(&arena);
}

static void an_arena_can_be_used_again_after_free(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "test", 4096);
    for (int i = 0; i < 5; i++) {
        assert_non_null(arena_get(&arena, 4000, 1, NULL));
        arena_free(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(the_ceiling_is_an_ordinary_error),
        cmocka_unit_test(an_overflowing_product_is_refused),
        cmocka_unit_test(an_arena_can_be_used_again_after_free),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
