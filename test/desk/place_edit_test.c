/* What-ifs as changed tables, and wishes as lists. */
#include "placed_made.h"

#include "place_edit.h"
#include "place_wishes.h"

static void words_become_edits(void **state)
{
    struct placed *it = placed_open();
    struct place_edit edits[4];
    size_t n = 0;
    (void)state;
    assert_int_equal(place_edit_parse(PLACE_EDIT_LOCK, "--lock", text_of("a=x1; b = y ;"), edits, 4,
                                      &n, &it->err),
                     0);
    assert_int_equal(n, 2);
    assert_true(text_is(edits[1].household, "b") && text_is(edits[1].locality, "y"));
    assert_int_equal(place_edit_parse(PLACE_EDIT_CAPACITY, "--capacity", text_of("a.b.beds=12"),
                                      edits, 4, &n, &it->err),
                     0);
    assert_true(text_is(edits[2].locality, "a.b") && text_is(edits[2].resource, "beds"));
    assert_int_equal(edits[2].amount, 12);
    assert_int_equal(
        place_edit_parse(PLACE_EDIT_FREE, "--free", text_of("c;d"), edits, 4, &n, &it->err),
        E_PLACE_ASK);
    assert_int_equal(n, 3);
    arena_free(&it->arena);
}

static void slips_are_refused(void **state)
{
    static const struct {
        enum place_edit_kind kind;
        const char *words;
    } bad[] = {
        {PLACE_EDIT_LOCK, "a"},          {PLACE_EDIT_LOCK, "=x"},
        {PLACE_EDIT_FORBID, "a="},       {PLACE_EDIT_CAPACITY, "x1=3"},
        {PLACE_EDIT_CAPACITY, "x1.=3"},  {PLACE_EDIT_CAPACITY, ".beds=3"},
        {PLACE_EDIT_CAPACITY, "x.b=-1"}, {PLACE_EDIT_CAPACITY, "x.b=1.5"},
        {PLACE_EDIT_CAPACITY, "x.b"},
    };
    struct placed *it = placed_open();
    struct place_edit edits[4];
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n = 0;
        assert_int_equal(place_edit_parse(bad[i].kind, "--option", text_of(bad[i].words), edits, 4,
                                          &n, &it->err),
                         E_PLACE_ASK);
        assert_int_equal(n, 0);
    }
    arena_free(&it->arena);
}

static struct programme changed(struct placed *it, const struct place_edit *edits, size_t n)
{
    struct programme_input input;
    struct programme programme;
    assert_int_equal(place_edit_apply(&it->arena, &it->input, edits, n, &input, &it->err), 0);
    assert_int_equal(
        programme_read(&it->arena, &input, NULL, NULL, &it->faults, &programme, &it->err), 0);
    return programme;
}

static void a_capacity_changes_and_nothing_else(void **state)
{
    struct placed *it = placed_open();
    const struct place_edit edit = {.kind = PLACE_EDIT_CAPACITY,
                                    .locality = TEXT_LIT("x1"),
                                    .resource = TEXT_LIT("beds"),
                                    .amount = 7};
    (void)state;
    struct programme after = changed(it, &edit, 1);
    uint32_t x1 = placed_locality(it, "x1"), d = placed_household(it, "d");
    assert_int_equal(place_capacity(&after.problem, x1, 0), 7);
    assert_int_equal(place_capacity(&after.problem, x1, 1), 1);
    assert_int_equal(after.n_nowhere + 1, it->programme.n_nowhere);
    assert_int_equal(after.problem.first[d + 1] - after.problem.first[d], 1);
    assert_int_equal(after.side.n_locks, 1);
    arena_free(&it->arena);
}

static void a_new_lock_takes_the_place_of_the_old(void **state)
{
    struct placed *it = placed_open();
    const struct place_edit edits[] = {
        {.kind = PLACE_EDIT_LOCK, .household = TEXT_LIT("c"), .locality = TEXT_LIT("x1")},
        {.kind = PLACE_EDIT_FORBID, .household = TEXT_LIT("b"), .locality = TEXT_LIT("x1")}};
    (void)state;
    struct programme after = changed(it, edits, 2);
    uint32_t b = placed_household(it, "b");
    assert_int_equal(after.side.n_locks, 1);
    assert_int_equal(after.problem.locality[after.side.locks[0].pair], placed_locality(it, "x1"));
    assert_int_equal(after.problem.first[b + 1] - after.problem.first[b], 1);
    const struct place_edit freed = {.kind = PLACE_EDIT_FREE, .household = TEXT_LIT("c")};
    after = changed(it, &freed, 1);
    assert_int_equal(after.side.n_locks, 0);
    arena_free(&it->arena);
}

static void what_the_tables_lack_is_refused(void **state)
{
    struct placed *it = placed_open();
    struct programme_input input;
    struct place_edit edit = {.kind = PLACE_EDIT_CAPACITY,
                              .locality = TEXT_LIT("x1"),
                              .resource = TEXT_LIT("bed"),
                              .amount = 7};
    (void)state;
    assert_int_equal(place_edit_apply(&it->arena, &it->input, &edit, 1, &input, &it->err),
                     E_PLACE_ASK);
    edit.resource = TEXT_LIT("beds");
    edit.locality = TEXT_LIT("x7");
    assert_int_equal(place_edit_apply(&it->arena, &it->input, &edit, 1, &input, &it->err),
                     E_PLACE_ASK);
    arena_free(&it->arena);
}

/* ---- Wishes ---- */

static int wishes_read(struct placed *it, const char *wishes, const char *priorities,
                       struct mechanism_said *said)
{
    struct place_table w = {wishes == NULL ? NULL : "wishes", text_of(wishes)};
    struct place_table p = {priorities == NULL ? NULL : "priorities", text_of(priorities)};
    assert_int_equal(faults_init(&it->faults, &it->arena, 50, NULL), 0);
    return place_wishes_read(&it->arena, &it->programme, &w, &p, &it->faults, said, &it->err);
}

static void wishes_are_lots_of_the_place_by_score(void **state)
{
    struct placed *it = placed_open();
    struct mechanism_said said;
    uint32_t a = placed_household(it, "a"), b = placed_household(it, "b");
    (void)state;
    assert_int_equal(wishes_read(it, "household,place,rank\na,Ystadt,2\na,Xdorf,1\n", NULL, &said),
                     0);
    assert_int_equal(said.wish_first[a + 1] - said.wish_first[a], 3);
    assert_int_equal(said.wish[0], placed_locality(it, "x1"));
    assert_int_equal(said.wish[1], placed_locality(it, "x2"));
    assert_int_equal(said.wish[2], placed_locality(it, "y"));
    assert_int_equal(said.wish_first[b + 1] - said.wish_first[b], 0);
    assert_null(said.ranked);
    arena_free(&it->arena);
}

static void priorities_come_before_scores(void **state)
{
    struct placed *it = placed_open();
    struct mechanism_said said;
    struct mechanism_lists lists;
    uint32_t x1 = placed_locality(it, "x1");
    (void)state;
    assert_int_equal(
        wishes_read(it, NULL, "locality,household,rank\nx1,c,1\nx1,d,2\ny,d,1\n", &said), 0);
    assert_null(said.wish);
    const uint32_t *list = said.ranked + said.rank_first[x1];
    assert_int_equal(said.rank_first[x1 + 1] - said.rank_first[x1], 3);
    assert_int_equal(list[0], placed_household(it, "c"));
    assert_int_equal(list[1], placed_household(it, "b"));
    assert_int_equal(
        mechanism_lists_make(&it->arena, &it->programme.problem, &said, &lists, &it->err), 0);
    arena_free(&it->arena);
}

static void faults_of_wishes_are_listed(void **state)
{
    struct placed *it = placed_open();
    struct mechanism_said said = {0};
    (void)state;
    assert_int_equal(
        wishes_read(it, NULL, "locality,household,rank\nx9,c,1\nx1,z,1\nx1,a,0\nx1,a,1\nx1,a,2\n",
                    &said),
        E_PLACE_FAULTS);
    assert_int_equal(it->faults.total, 4);
    assert_int_equal(it->faults.at[0].row, 2);
    assert_int_equal(it->faults.at[3].code, E_PLACE_TWICE);
    assert_null(said.ranked);
    arena_free(&it->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_become_edits),
        cmocka_unit_test(slips_are_refused),
        cmocka_unit_test(a_capacity_changes_and_nothing_else),
        cmocka_unit_test(a_new_lock_takes_the_place_of_the_old),
        cmocka_unit_test(what_the_tables_lack_is_refused),
        cmocka_unit_test(wishes_are_lots_of_the_place_by_score),
        cmocka_unit_test(priorities_come_before_scores),
        cmocka_unit_test(faults_of_wishes_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
