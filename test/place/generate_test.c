/* Made-up placements: the bytes that the instances of the published figures have. */
#include "generate.h"

#include "../base/unit.h"
#include "generate_bytes.h"

struct made {
    struct place_generate options;
    uint64_t pairs, hash; /* of the binary form */
};

static const struct made made_list[] = {
    {{1, 1, 1, 1, 1, 100}, 1, UINT64_C(0xcc02c205702d7e5c)},
    {{7, 3, 1, 3, 5, 60}, 8, UINT64_C(0x2d8b8c6908dbddf2)},
    {{40, 6, 2, 4, 3, 90}, 109, UINT64_C(0x365a8e2ce4aeeb46)},
    {{60, 9, 0, 12, 11, 110}, 297, UINT64_C(0x9ee026f21a942918)},
    {{100, 12, 12, 12, UINT64_MAX, 100}, 1103, UINT64_C(0x88b01e7edc0165f8)},
    {{150, 20, 3, 9, 0, 37.5}, 791, UINT64_C(0xa79bc183f0d2ea35)},
    {{200, 40, 8, 12, 7, 100}, 1882, UINT64_C(0x8e864f1dbb012527)},
    {{25, 5, 9, 9, 42, 250}, 118, UINT64_C(0x0ec0c79cd6c7c497)},
    {{1000, 40, 8, 12, 7, 100}, 10005, UINT64_C(0xe1d7870d8eb077ce)},
};

static void same_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof made_list / sizeof *made_list; i++) {
        const struct made *made = &made_list[i];
        struct arena arena;
        struct place_generated out;
        struct buf buf;
        arena_init(&arena, "the test", (size_t)1 << 28);
        buf_init(&buf, (size_t)1 << 24);
        assert_int_equal(place_generate(&arena, &made->options, &out, NULL), 0);
        assert_int_equal(out.problem.first[made->options.households], made->pairs);
        generate_bytes(&buf, &out.problem);
        assert_int_equal(buf_ok(&buf, NULL), 0);
        assert_int_equal(generate_hash(buf_view(&buf)), made->hash);
        buf_free(&buf);
        arena_free(&arena);
    }
}

/* Needs and capacities in all, as the instances of the published figures have them. */
static void published_totals(void **state)
{
    (void)state;
    static const struct place_generate options = {10000, 200, 10, 20, 1, 100};
    static const int64_t need[] = {25540, 11249, 14291, 758};
    static const int64_t capacity[] = {25540, 11440, 14194, 832};
    struct arena arena;
    struct place_generated out;
    arena_init(&arena, "the test", (size_t)1 << 28);
    assert_int_equal(place_generate(&arena, &options, &out, NULL), 0);
    assert_int_equal(out.problem.first[10000], 150022);
    assert_memory_equal(out.need, need, sizeof need);
    assert_memory_equal(out.capacity, capacity, sizeof capacity);
    arena_free(&arena);
}

static void names_by_number(void **state)
{
    (void)state;
    static const struct place_generate options = {12, 3, 1, 3, 5, 60};
    struct arena arena;
    struct place_generated out;
    struct place_names names;
    arena_init(&arena, "the test", (size_t)1 << 24);
    assert_int_equal(place_generate(&arena, &options, &out, NULL), 0);
    assert_int_equal(place_generate_names(&arena, &out.problem, &names, NULL), 0);
    assert_string_equal(names.household[0].at, "f1");
    assert_string_equal(names.household[11].at, "f12");
    assert_int_equal(names.household[11].n, 3);
    assert_string_equal(names.locality[2].at, "l3");
    assert_string_equal(names.resource[3].at, "support");
    arena_free(&arena);
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        struct place_generate options;
        const char *says;
    } list[] = {
        {{0, 3, 1, 3, 5, 60}, "households"},
        {{10000001, 3, 1, 3, 5, 60}, "between 1 and 10000000"},
        {{7, 0, 1, 3, 5, 60}, "localities"},
        {{7, 3, 4, 3, 5, 60}, "between 0 and 3"},
        {{7, 3, 0, 0, 5, 60}, "most localities"},
        {{7, 3, 1, 3, 5, 0}, "above 0"},
        {{7, 3, 1, 3, 5, 1001}, "at most 1000"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct arena arena = {0};
        struct ajar_err err = {0};
        struct place_generated out = {.need = {-7}};
        arena_init(&arena, "the test", (size_t)1 << 24);
        assert_int_equal(place_generate(&arena, &list[i].options, &out, &err), E_PLACE_GENERATE);
        assert_non_null(strstr(err.text, list[i].says));
        assert_int_equal(out.need[0], -7);
        arena_free(&arena);
    }
}

/* Whatever the ceiling, the answer is whole or there is none. */
static void short_of_memory(void **state)
{
    (void)state;
    static const struct place_generate options = {100, 6, 2, 4, 3, 90};
    size_t refusals = 0;
    for (size_t ceiling = 0; ceiling < 20000; ceiling += 500) {
        struct arena arena;
        struct place_generated out = {.need = {-7}};
        arena_init(&arena, "the test", ceiling);
        int code = place_generate(&arena, &options, &out, NULL);
        assert_true(code == 0 || code == E_CEILING || code == E_MEMORY);
        assert_int_equal(code == 0, out.need[0] != -7);
        refusals += code != 0;
        arena_free(&arena);
    }
    assert_true(refusals > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes),      cmocka_unit_test(published_totals),
        cmocka_unit_test(names_by_number), cmocka_unit_test(refused),
        cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
