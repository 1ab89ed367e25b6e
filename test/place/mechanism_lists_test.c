#include "market.h"

static struct arena arena;
static struct market market;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Three households, two localities; household 3 may not go to locality 1. */
static const int32_t need[] = {1, 1, 3}, capacity[] = {2, 4};
static const uint64_t first[] = {0, 2, 4, 5};
static const uint32_t locality[] = {0, 1, 0, 1, 1};
static const int32_t score[] = {10, 30, 20, 30, 5};
static const struct place_problem problem = {3, 2, 1, need, capacity, first, locality, score};

static const uint64_t wish_first[] = {0, 1, 3, 4}, rank_first[] = {0, 2, 5};
static const uint32_t wish[] = {1, 0, 1, 1}, ranked[] = {1, 0, 2, 0, 1};

static void lists_are_taken_as_they_are_said(void **state)
{
    (void)state;
    struct mechanism_said said = {wish_first, wish, NULL, rank_first, ranked, NULL};
    const uint32_t wishes[] = {1, 2, 3, 4}, pairs[] = {2, 0, 4, 1, 3}, rank[] = {1, 1, 0, 2, 0};
    const uint32_t wish_place[] = {PLACE_NONE, 0, 0, 1, 0};
    struct mechanism_lists lists = {0};
    assert_int_equal(mechanism_lists_make(&arena, &problem, &said, &lists, NULL), 0);
    assert_memory_equal(lists.wish_first, wish_first, sizeof wish_first);
    assert_memory_equal(lists.wish, wishes, sizeof wishes);
    assert_memory_equal(lists.wish_place, wish_place, sizeof wish_place);
    assert_memory_equal(lists.rank_first, rank_first, sizeof rank_first);
    assert_memory_equal(lists.ranked, ranked, sizeof ranked);
    assert_memory_equal(lists.ranked_pair, pairs, sizeof pairs);
    assert_memory_equal(lists.rank, rank, sizeof rank);
}

static void scores_become_ranks_and_equal_ones_keep_the_order_of_rows(void **state)
{
    (void)state;
    const int32_t rank_score[] = {-7, 5, -7, 9, 6}, wish_score[] = {4, 4, INT32_MIN, INT32_MAX, 0};
    const uint32_t wishes[] = {0, 1, 3, 2, 4}, order[] = {0, 1, 1, 2, 0}, rank[] = {0, 2, 1, 0, 1};
    struct mechanism_said said = {.wish_score = wish_score, .rank_score = rank_score};
    struct mechanism_lists lists = {0};
    assert_int_equal(mechanism_lists_make(&arena, &problem, &said, &lists, NULL), 0);
    assert_memory_equal(lists.wish, wishes, sizeof wishes);
    assert_memory_equal(lists.ranked, order, sizeof order);
    assert_memory_equal(lists.rank, rank, sizeof rank);
    /* Without scores of their own both sides take those of the problem. */
    struct mechanism_said nothing = {0};
    const uint32_t by_score[] = {1, 0, 0, 1, 2}, best_first[] = {1, 0, 3, 2, 4};
    assert_int_equal(mechanism_lists_make(&arena, &problem, &nothing, &lists, NULL), 0);
    assert_memory_equal(lists.ranked, by_score, sizeof by_score);
    assert_memory_equal(lists.wish, best_first, sizeof best_first);
}

/* A sort gives the household at each rank; what is wanted is the rank of each household.  On a cycle of three the
 * two differ, and a rule that used one for the other would turn the priorities over. */
static void a_rank_is_not_the_order_that_sorts(void **state)
{
    (void)state;
    const int32_t one[] = {1, 1, 1}, room[] = {1}, by[] = {2, 1, 3};
    const uint64_t each[] = {0, 1, 2, 3};
    const uint32_t there[] = {0, 0, 0};
    const struct place_problem three = {3, 1, 1, one, room, each, there, by};
    struct mechanism_said said = {0};
    struct mechanism_lists lists = {0};
    struct mechanism_match match = {0};
    assert_int_equal(mechanism_lists_make(&arena, &three, &said, &lists, NULL), 0);
    const uint32_t rank[] = {1, 2, 0}, order[] = {2, 0, 1};
    assert_memory_equal(lists.rank, rank, sizeof rank);
    assert_memory_equal(lists.ranked, order, sizeof order);
    assert_int_equal(mechanism_kda(&arena, &lists, &match, NULL), 0);
    assert_int_equal(match.locality[2], 0);
    assert_int_equal(match.locality[0], PLACE_NONE);
}

static void refuse(const uint32_t *wishes, const uint64_t *starts, const uint32_t *order, int code,
                   const char *words)
{
    struct mechanism_said said = {wish_first, wishes, NULL, starts, order, NULL};
    struct mechanism_lists lists = {.rank = ranked};
    struct ajar_err err = {0};
    assert_int_equal(mechanism_lists_make(&arena, &problem, &said, &lists, &err), code);
    if (strstr(err.text, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
    }
    assert_ptr_equal(lists.rank, ranked);
}

static void lists_with_faults_are_refused(void **state)
{
    (void)state;
    const uint32_t twice[] = {1, 1, 1, 1}, closed[] = {1, 0, 1, 0}, unknown[] = {1, 0, 2, 1};
    refuse(twice, rank_first, ranked, E_PLACE_WISH, "wishes of household 2 name locality 2 twice");
    refuse(closed, rank_first, ranked, E_PLACE_WISH,
           "household 3 name locality 1 where it may not");
    refuse(unknown, rank_first, ranked, E_PLACE_WISH,
           "household 2 name locality 3 where it may not");
    const uint32_t again[] = {1, 1, 2, 0, 1}, closed_too[] = {1, 2, 2, 0, 1},
                   nobody[] = {1, 0, 2, 9, 1};
    refuse(wish, rank_first, again, E_PLACE_PRIORITY, "locality 1 name household 2 twice");
    refuse(wish, rank_first, closed_too, E_PLACE_PRIORITY,
           "locality 1 name household 3 who may not");
    refuse(wish, rank_first, nobody, E_PLACE_PRIORITY, "locality 2 name household 10 who may not");
    const uint64_t short_first[] = {0, 2, 4};
    refuse(wish, short_first, ranked, E_PLACE_PRIORITY, "locality 2 name 2 of the 3 households");
    /* One that is too long repeats somebody, and is caught before it writes past its room. */
    const uint64_t long_first[] = {0, 3, 6};
    const uint32_t too_long[] = {1, 0, 1, 2, 0, 1};
    refuse(wish, long_first, too_long, E_PLACE_PRIORITY, "locality 1 name household 2 twice");
}

static void sums_count_everybody(void **state)
{
    (void)state;
    struct mechanism_said said = {wish_first, wish, NULL, rank_first, ranked, NULL};
    struct mechanism_lists lists = {0};
    const uint32_t at[] = {0, 1, PLACE_NONE};
    assert_int_equal(mechanism_lists_make(&arena, &problem, &said, &lists, NULL), 0);
    struct mechanism_sum sum = mechanism_sum(&lists, at);
    assert_int_equal(sum.placed, 2);
    assert_int_equal(sum.unwished, 1); /* household 1 did not wish for locality 1 */
    assert_int_equal(sum.total_micro, 40);
    assert_int_equal(sum.rank_placed, 3 + 2);
    assert_int_equal(sum.rank_all, 3 + 2 + 3);
}

/* Every mechanism in an arena too small for it: an ordinary error, and nothing written. */
static void too_little_memory_is_said(void **state)
{
    (void)state;
    uint32_t endowment[MARKET_MOST], n_failed = 0, n_done = 0;
    memset(endowment, 0xff, sizeof endowment);
    market_draw(&market, &arena, 1, 60, 8, 3);
    for (size_t kib = 1; kib <= 4096; kib *= 2) {
        for (int k = 0; k < 7; k++) {
            struct arena small = {0};
            struct ajar_err err = {0};
            struct mechanism_match match = {.rounds = 77};
            struct mechanism_lists lists = {0};
            struct mechanism_said said = {0};
            struct mechanism_rest rest = {0};
            arena_init(&small, "small", kib << 10);
            int code =
                k == 0   ? mechanism_mttc(&small, &market.lists, &match, &err)
                : k == 1 ? mechanism_kda(&small, &market.lists, &match, &err)
                : k == 2 ? mechanism_tkda(&small, &market.lists, NULL, &match, &err)
                : k == 3 ? mechanism_tkda_clinching(&small, &market.lists, NULL, &match, &err)
                : k == 4 ? mechanism_mttce(&small, &market.lists, endowment, NULL, &match, &err)
                : k == 5 ? mechanism_lists_make(&small, &market.problem, &said, &lists, &err)
                         : mechanism_rest_plan(&small, &market.problem, endowment, &rest, &err);
            assert_true(code == 0 || code == E_CEILING);
            assert_true(code == 0 ||
                        (match.rounds == 77 && lists.rank == NULL && rest.menu == NULL));
            n_failed += code != 0;
            n_done += code == 0;
            arena_free(&small);
        }
    }
    assert_true(n_failed >= 7 && n_done >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_taken_as_they_are_said),
        cmocka_unit_test(scores_become_ranks_and_equal_ones_keep_the_order_of_rows),
        cmocka_unit_test(a_rank_is_not_the_order_that_sorts),
        cmocka_unit_test(lists_with_faults_are_refused),
        cmocka_unit_test(sums_count_everybody),
        cmocka_unit_test(too_little_memory_is_said),
    };
    return cmocka_run_group_tests_name("place mechanism lists", tests, setup, teardown);
}
