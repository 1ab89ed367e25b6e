#include "mechanism_know.h"

/* Word for word: the first of the list that leaves enough, then no place, then what leaves most. */
static void choose_in_turn(const uint32_t *order, int64_t least, uint32_t *at)
{
    for (uint32_t h = 0; h < market.n; h++) {
        at[h] = OPEN;
    }
    for (uint32_t i = 0; i < market.n; i++) {
        uint32_t h = order[i], w = 0;
        int64_t best = INT64_MIN;
        for (; w <= market.n_wish[h]; w++) {
            uint32_t l = w == market.n_wish[h] ? PLACE_NONE : market.wish[h][w];
            at[h] = l;
            if ((l == PLACE_NONE || market_allows(&market, h, l)) && search(at, 0) >= least) {
                break;
            }
        }
        for (uint32_t l = 0; w > market.n_wish[h] && l < market.m; l++) {
            uint32_t kept = best == INT64_MIN ? PLACE_NONE : at[h];
            at[h] = l;
            int64_t with = market_allows(&market, h, l) ? search(at, 0) : INT64_MIN;
            at[h] = with > best ? l : kept;
            best = with > best ? with : best;
        }
    }
}

static void it_does_what_its_words_say_with_any_needs(void **state)
{
    (void)state;
    uint32_t order[MARKET_MOST], at[MARKET_MOST], unwished = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct rng rng = rng_at(i, 5, 1, 0);
        struct mechanism_priority got = {0};
        draw(i, 3 + i % 3, 2 + i % 2, false);
        market_shuffle(&rng, order, market.n);
        for (uint32_t tenths = 6; tenths <= 10; tenths += 2) {
            int64_t least = share(tenths);
            choose_in_turn(order, least, at);
            assert_int_equal(
                mechanism_priority(&arena, &market.lists, order, &know, least, &got, NULL), 0);
            assert_memory_equal(got.match.locality, at, market.n * sizeof *at);
            assert_true(got.sum.total_micro >= least && got.beyond == 0);
            assert_true(market_legal(&market, got.match.locality));
            unwished += got.sum.unwished;
        }
    }
    assert_true(unwished > 3);
}

static void nobody_gains_by_a_false_list(void **state)
{
    (void)state;
    static const uint32_t list[16][4] = {{0},          {1, 0},       {1, 1},       {1, 2},
                                         {2, 0, 1},    {2, 0, 2},    {2, 1, 0},    {2, 1, 2},
                                         {2, 2, 0},    {2, 2, 1},    {3, 0, 1, 2}, {3, 0, 2, 1},
                                         {3, 1, 0, 2}, {3, 1, 2, 0}, {3, 2, 0, 1}, {3, 2, 1, 0}};
    uint32_t moved = 0;
    for (uint32_t i = 0; i < 40; i++) {
        uint32_t start[MARKET_MOST];
        int64_t load[MARKET_MOST * 4];
        bool legal = false, equal = i % 2 == 0;
        draw(i, 4, 3, equal);
        make_plan(start);
        int64_t most = equal ? share(10) : place_objective(&market.problem, start, load, &legal);
        int64_t least = most * (7 + i % 3) / 10;
        for (uint32_t h = 0; h < market.n; h++) {
            uint32_t honest = market.n_wish[h], wish[3], got[17];
            memcpy(wish, market.wish[h], sizeof wish);
            for (uint32_t k = 0; k < 17; k++) {
                struct mechanism_rest rest = {0};
                struct mechanism_priority run = {0};
                market.n_wish[h] = k < 16 ? list[k][0] : honest;
                memcpy(market.wish[h], k < 16 ? list[k] + 1 : wish, sizeof wish);
                assert_int_equal(market_lists(&market, &arena), 0);
                int code = equal ? mechanism_rest_equal(&arena, &market.problem, &rest, NULL)
                                 : mechanism_rest_plan(&arena, &market.problem, start, &rest, NULL);
                assert_int_equal(code, 0);
                assert_int_equal(
                    mechanism_priority(&arena, &market.lists, NULL, &rest, least, &run, NULL), 0);
                got[k] = run.match.locality[h];
            }
            for (uint32_t k = 0; k < 16; k++) {
                uint32_t a = market_place(&market, h, got[k]),
                         b = market_place(&market, h, got[16]);
                assert_true(a >= b);
                moved += a > b;
            }
        }
    }
    assert_true(moved > 100);
}

/* By the order of turns: the first household with a different choice has the worse one at the higher total. */
static void a_higher_total_is_never_better_for_the_first_who_differ(void **state)
{
    (void)state;
    uint32_t differ = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct mechanism_priority last = {0}, got = {0};
        draw(i, 3 + i % 3, 2 + i % 2, i % 2 == 0);
        for (uint32_t tenths = 1; tenths <= 10; tenths++, last = got) {
            assert_int_equal(
                mechanism_priority(&arena, &market.lists, NULL, &know, share(tenths), &got, NULL),
                0);
            for (uint32_t h = 0; tenths > 1 && h < market.n; h++) {
                uint32_t was = market_place(&market, h, last.match.locality[h]);
                uint32_t is = market_place(&market, h, got.match.locality[h]);
                assert_true(is >= was);
                differ += is != was;
                if (is != was) {
                    break;
                }
            }
        }
    }
    assert_true(differ > 20);
}

static void the_curve_runs_from_free_choice_to_the_best_plan(void **state)
{
    (void)state;
    struct mechanism_point points[20];
    struct mechanism_rest rest = {0};
    for (uint32_t i = 0; i < 30; i++) {
        struct mechanism_priority plain = {0};
        uint32_t n_best = 0;
        draw(i, 5, 3, true);
        assert_int_equal(mechanism_rest_equal(&arena, &market.problem, &rest, NULL), 0);
        assert_int_equal(
            mechanism_priority(&arena, &market.lists, NULL, &rest, INT64_MIN, &plain, NULL), 0);
        assert_int_equal(mechanism_curve(&arena, &market.lists, NULL, &rest, 20, points, NULL), 0);
        assert_int_equal(points[0].sum.total_micro, plain.sum.total_micro);
        assert_int_equal(points[0].sum.rank_all, plain.sum.rank_all);
        assert_int_equal(points[19].sum.total_micro, share(10));
        for (uint32_t k = 20; k > 0; k--) {
            const struct mechanism_point *at = &points[k - 1];
            assert_true(at->sum.total_micro >= at->least_micro && at->beyond == 0);
            assert_true(k == 20 || at->least_micro <= points[k].least_micro);
        }
        /* Of the best points, a higher total goes with a worse rank. */
        for (uint32_t a = 0; a < 20; a++) {
            for (uint32_t b = 0; b < 20; b++) {
                assert_true(!points[a].best || !points[b].best ||
                            points[a].sum.total_micro <= points[b].sum.total_micro ||
                            points[a].sum.rank_all > points[b].sum.rank_all);
            }
            n_best += points[a].best;
        }
        assert_true(n_best > 0);
    }
}

static void what_has_no_meaning_is_refused(void **state)
{
    (void)state;
    struct mechanism_rest rest = {0};
    struct mechanism_priority got = {.least_micro = 77};
    struct ajar_err err = {0};
    uint32_t twice[] = {0, 1, 1, 2}, beyond[] = {0, 1, 2, 4};
    draw(1, 4, 3, false);
    assert_int_equal(mechanism_rest_equal(&arena, &market.problem, &rest, &err), E_PLACE_REST);
    assert_null(rest.begin);
    uint32_t crowd[] = {0, 0, 0, 0};
    market.capacity[0] = 3;
    assert_int_equal(market_lists(&market, &arena), 0);
    assert_int_equal(mechanism_rest_plan(&arena, &market.problem, crowd, &rest, &err),
                     E_PLACE_ENDOWMENT);
    assert_null(rest.begin);
    assert_int_equal(mechanism_priority(&arena, &market.lists, twice, &know, 0, &got, &err),
                     E_PLACE_ORDER);
    assert_non_null(strstr(err.text, "household 2 again"));
    assert_int_equal(mechanism_priority(&arena, &market.lists, beyond, &know, 0, &got, &err),
                     E_PLACE_ORDER);
    assert_int_equal(got.least_micro, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_does_what_its_words_say_with_any_needs),
        cmocka_unit_test(nobody_gains_by_a_false_list),
        cmocka_unit_test(a_higher_total_is_never_better_for_the_first_who_differ),
        cmocka_unit_test(the_curve_runs_from_free_choice_to_the_best_plan),
        cmocka_unit_test(what_has_no_meaning_is_refused),
    };
    return cmocka_run_group_tests_name("place constrained priority", tests, setup, teardown);
}
