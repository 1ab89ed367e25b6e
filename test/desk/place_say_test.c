/* Placements in sentences: short ones, that say what is so and nothing that is nobody's business. */
#include "placed_made.h"

#include "place_say.h"

#define SAY_WORDS_MOST 20

static size_t words_of(struct text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        n += text.at[i] == ' ';
    }
    return n + 1;
}

static bool said(const struct text *out, size_t n, const char *part)
{
    for (size_t i = 0; i < n; i++) {
        if (memmem(out[i].at, out[i].n, part, strlen(part)) != NULL) {
            return true;
        }
    }
    return false;
}

static void household_said(struct placed *it, const char *id, struct text **out, size_t *n)
{
    struct explain_household why;
    uint32_t h = placed_household(it, id);
    assert_int_equal(explain_household(&it->arena, &it->programme.problem, &it->programme.side,
                                       &it->result, h, &why, &it->err),
                     0);
    assert_int_equal(
        place_say_household(&it->arena, &it->programme, &it->result, &why, out, n, &it->err), 0);
    for (size_t i = 0; i < *n; i++) {
        assert_true(words_of((*out)[i]) <= SAY_WORDS_MOST);
        assert_int_equal((*out)[i].at[(*out)[i].n - 1], '.');
    }
}

static void a_placed_household_is_told_where_and_why(void **state)
{
    struct placed *it = placed_open();
    struct text *out;
    size_t n;
    (void)state;
    household_said(it, "b", &out, &n);
    assert_true(text_is(out[0], "b goes to x1 (Xdorf), with a score of 0.900."));
    assert_true(said(out, n, "No place that may take it scores more."));
    assert_true(said(out, n, "Next best is y (Ystadt), with a score of 0.200;"));
    household_said(it, "a", &out, &n);
    assert_true(text_is(out[0], "a goes to x2 (Xdorf), with a score of 0.600."));
    assert_true(
        said(out, n,
             "Next best is y (Ystadt), with a score of 0.500; it has room, but scores no more."));
    assert_true(said(out, n,
                     "With 2 units of beds more at x1 (Xdorf) it could go there, and gain "
                     "0.100."));
    arena_free(&it->arena);
}

static void a_lock_is_said(void **state)
{
    struct placed *it = placed_open();
    struct text *out;
    size_t n;
    (void)state;
    household_said(it, "c", &out, &n);
    assert_true(
        text_is(out[0], "c is locked to y (Ystadt) by an officer; its score there is 0.300."));
    assert_true(said(out, n,
                     "Next best is x1 (Xdorf), with a score of 0.400; it lacks 1 unit of "
                     "beds."));
    assert_true(said(out, n, "Only lifting the lock would change it."));
    arena_free(&it->arena);
}

static void what_fits_nowhere_is_told_what_blocks_it(void **state)
{
    struct placed *it = placed_open();
    struct text *out;
    size_t n;
    (void)state;
    household_said(it, "d", &out, &n);
    assert_true(text_is(out[0], "d is not placed."));
    assert_true(
        said(out, n, "No lot can take it; at most of them beds is too small for it alone.") ||
        said(out, n, "No lot can take it; at most of them it has no score there."));
    arena_free(&it->arena);
}

static void a_protected_trait_is_never_told(void **state)
{
    struct placed *it = placed_open();
    struct text *out;
    size_t n;
    (void)state;
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    for (size_t i = 0; i < 5; i++) {
        household_said(it, ids[i], &out, &n);
        assert_false(said(out, n, "religion"));
        assert_false(said(out, n, "secret"));
        assert_false(said(out, n, "Rule 1"));
    }
    arena_free(&it->arena);
}

static void a_locality_is_told_with_its_people(void **state)
{
    struct placed *it = placed_open();
    struct explain_locality why;
    struct text *out;
    size_t n;
    (void)state;
    assert_int_equal(explain_locality(&it->arena, &it->programme.problem, &it->programme.side,
                                      &it->result, placed_locality(it, "x1"), &why, &it->err),
                     0);
    assert_int_equal(
        place_say_locality(&it->arena, &it->programme, &it->result, &why, &out, &n, &it->err), 0);
    assert_true(
        text_is(out[0], "x1 (Xdorf) takes 1 household, 3 people; their scores sum to 0.900."));
    why.placed = 0;
    why.wanted = 1;
    why.resources[0] = (struct explain_resource){.capacity = 1200, .used = 1200, .price = 50000000};
    why.resources[1] = (struct explain_resource){.capacity = 3, .used = 1, .price = 0};
    assert_int_equal(
        place_say_locality(&it->arena, &it->programme, &it->result, &why, &out, &n, &it->err), 0);
    assert_true(text_is(out[0], "x1 (Xdorf) takes nobody."));
    assert_true(text_is(out[1], "beds: 1,200 of 1,200 in use; one unit more is worth 0.050."));
    assert_true(
        text_is(out[2], "1 household that is elsewhere would rather be there, had it room."));
    assert_int_equal(n, 3);
    arena_free(&it->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_placed_household_is_told_where_and_why),
        cmocka_unit_test(a_lock_is_said),
        cmocka_unit_test(what_fits_nowhere_is_told_what_blocks_it),
        cmocka_unit_test(a_protected_trait_is_never_told),
        cmocka_unit_test(a_locality_is_told_with_its_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
