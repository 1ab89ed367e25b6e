#include "market.h"

#include <stdio.h>

/* Examples of Delacretaz, Kominers and Teytelboym, and of McDermid and Manlove. */

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

typedef int mechanism(struct arena *, const struct mechanism_lists *, struct mechanism_match *,
                      struct ajar_err *);

static uint32_t expect(mechanism *run, const char *want)
{
    struct mechanism_match match = {0};
    assert_int_equal(run(&arena, &market.lists, &match, NULL), 0);
    market_expect(&market, match.locality, want);
    return match.rounds;
}

/* Thresholds by round, rows like "1 0 - 2"; "-" is infinite.  NULL: not printed in the source. */
struct rounds {
    const char *want[8];
    uint32_t n;
};

static void check_round(void *arg, uint32_t round, const uint32_t *proposes,
                        const uint32_t *threshold)
{
    struct rounds *rounds = arg;
    char got[128] = "";
    (void)proposes;
    for (uint32_t h = 0; h < market.n; h++) {
        size_t used = strlen(got);
        if (threshold[h] == MECHANISM_INFINITE) {
            snprintf(got + used, sizeof got - used, "%s-", h > 0 ? " " : "");
        } else {
            snprintf(got + used, sizeof got - used, "%s%u", h > 0 ? " " : "", threshold[h]);
        }
    }
    assert_int_equal(round, ++rounds->n);
    assert_true(round <= 8);
    if (rounds->want[round - 1] != NULL) {
        assert_string_equal(got, rounds->want[round - 1]);
    }
}

static void expect_tkda(const char *want, uint32_t n_rounds, struct rounds rounds)
{
    struct mechanism_trace trace = {check_round, &rounds};
    struct mechanism_match match = {0}, plain = {0};
    assert_int_equal(mechanism_tkda(&arena, &market.lists, &trace, &match, NULL), 0);
    assert_int_equal(mechanism_tkda(&arena, &market.lists, NULL, &plain, NULL), 0);
    market_expect(&market, match.locality, want);
    market_expect(&market, plain.locality, want);
    assert_int_equal(match.rounds, n_rounds);
    assert_int_equal(plain.rounds, n_rounds);
    assert_int_equal(rounds.n, n_rounds);
}

/* A household and a locality that it prefers, which can take it when it lets go some of lower priority. */
static bool find_blocking(const uint32_t *at, uint32_t *household, uint32_t *locality)
{
    for (uint32_t h = 0; h < market.n; h++) {
        for (uint32_t l = 0; l < market.m; l++) {
            uint32_t with[MARKET_MOST];
            for (uint32_t g = 0; g < market.n; g++) {
                bool goes = at[g] == l && market_above(&market, l, h, g);
                with[g] = g == h ? l : goes ? PLACE_NONE : at[g];
            }
            if (market_place(&market, h, l) < market_place(&market, h, at[h]) &&
                market_legal(&market, with)) {
                *household = h;
                *locality = l;
                return true;
            }
        }
    }
    return false;
}

/* Every matching within capacity has a blocking pair. */
static void check_no_stable(void)
{
    uint32_t at[MARKET_MOST], h = 0, l = 0, n_legal = 0, n = 1;
    for (uint32_t i = 0; i < market.n; i++) {
        n *= market.m + 1;
    }
    for (uint32_t code = 0; code < n; code++) {
        for (uint32_t i = 0, rest = code; i < market.n; i++, rest /= market.m + 1) {
            uint32_t to = rest % (market.m + 1);
            at[i] = to == 0 ? PLACE_NONE : to - 1;
        }
        if (market_legal(&market, at)) {
            n_legal++;
            assert_true(find_blocking(at, &h, &l));
        }
    }
    assert_true(n_legal > 4);
}

static void the_stability_checker_lets_a_stable_matching_pass(void **state)
{
    (void)state;
    uint32_t h = 9, l = 9, stable[] = {0, 1, 0}, envied[] = {1, 0, 0},
             wasted[] = {0, 1, PLACE_NONE};
    market_read(&market, &arena, "1;1;1", "2;1", "1 2;1 2;1 2", "1 3 2;2 1 3");
    assert_false(find_blocking(stable, &h, &l));
    assert_true(find_blocking(envied, &h, &l) && h == 0 && l == 0);
    assert_true(find_blocking(wasted, &h, &l) && h == 1 && l == 0);
}

static const char *const three_rank = "1 2 3 4;3 1 2 4;4 2 1 3;1 2 3 4";

static void example_3(void **state)
{
    (void)state;
    market_read(&market, &arena, "1;2;1;1", "2;1;2;5", "2 1 3 4;1 3 4 2;1 2 3 4;1 3 2 4",
                three_rank);
    assert_int_equal(expect(mechanism_kda, "1 4 2 3"), 5);
    expect_tkda("1 4 2 3", 5, (struct rounds){{"1 1 0 0", "0 1 - -", "- 0 - -"}, 0});
    expect(mechanism_mttc, "2 3 1 1");
    check_no_stable();
}

static void example_3_a_false_list_gains_in_kda_and_not_in_tkda(void **state)
{
    (void)state;
    market_read(&market, &arena, "1;2;1;1", "2;1;2;5", "2 1 3 4;3 4 1 2;1 2 3 4;1 3 2 4",
                three_rank);
    expect(mechanism_kda, "2 3 1 1");
    expect_tkda("2 4 1 3", 3, (struct rounds){{"1 1 1 1"}, 0});
}

static void example_b3(void **state)
{
    (void)state;
    market_read(&market, &arena, "2 1;1 0;1 0;2 0;1 1;1 0;1 0", "4 2;4 1;3 1;1 0",
                "2 3 4 1;4 1 2 3;2 1 3 4;1 2 3 4;1 2 3 4;1 2 3 4;4 3 2 1",
                "1 2 3 4 5 6 7;5 1 2 7 6 3 4;4 6 1 2 3 5 7;7 2 1 3 4 5 6");
    expect_tkda(
        "3 1 1 1 2 3 4", 4,
        (struct rounds){{"1 0 1 2 2 2 -", "1 - - 3 0 1 -", "0 - - 3 - - -", "2 - - 3 - - -"}, 0});
    struct mechanism_match match = {0};
    assert_int_equal(mechanism_tkda_clinching(&arena, &market.lists, NULL, &match, NULL), 0);
    market_expect(&market, match.locality, "3 1 1 1 2 2 4");
    expect(mechanism_kda, "2 1 2 1 1 2 4");
    expect(mechanism_mttc, "2 1 2 3 1 1 4");
}

static void example_b2(void **state)
{
    (void)state;
    const uint32_t endowment[] = {1, 1, 2, 3}, third[] = {2, 3, 0, 1}, fourth[] = {3, 2, 0, 1};
    struct mechanism_match match = {0};
    market_read(&market, &arena, "1;1;2;2", "1;2;2;2", "3 1 2;4 1 2;2 3;2 4",
                "1 2 3 4;1 2 3 4;3 1 2 4;4 1 2 3");
    assert_int_equal(mechanism_mttce(&arena, &market.lists, endowment, third, &match, NULL), 0);
    market_expect(&market, match.locality, "1 4 3 2");
    assert_int_equal(mechanism_mttce(&arena, &market.lists, endowment, fourth, &match, NULL), 0);
    market_expect(&market, match.locality, "1 2 3 4");
}

static void example_4(void **state)
{
    (void)state;
    const char *rank = "2 3 1;1 2 3;1 2 3";
    market_read(&market, &arena, "2;1;1", "2;2;2", "1 2 3;2 1 3;2 1 3", rank);
    expect_tkda("2 1 1", 4, (struct rounds){{"1 1 1", "0 1 -", "- 0 -", "- - -"}, 0});
    market_read(&market, &arena, "2;1;1", "2;2;2", "1 2 3;2 1 3;1 2 3", rank);
    expect_tkda("2 1 1", 3, (struct rounds){{NULL}, 0});
}

static void example_1(void **state)
{
    (void)state;
    market_read(&market, &arena, "1 0;1 0;0 1", "1 1", "1;1;1", "1 2 3");
    expect(mechanism_kda, "1 0 1");
    expect_tkda("1 0 1", 2, (struct rounds){{"- 0 -"}, 0});
}

/* Households 1 and 2 need the one slot of the second resource, 100 others a place of the first. */
static void make_example_2(bool others_first)
{
    static char need[1024], wish[1024], rank[1024];
    need[0] = wish[0] = rank[0] = '\0';
    for (unsigned h = 1; h <= 102; h++) {
        unsigned of = !others_first ? h : h <= 100 ? h + 2 : h - 100;
        strcat(need, h <= 2 ? "0 1;" : h < 102 ? "1 0;" : "1 0");
        strcat(wish, h < 102 ? "1;" : "1");
        snprintf(rank + strlen(rank), sizeof rank - strlen(rank), "%u ", of);
    }
    market_read(&market, &arena, need, "99 1", wish, rank);
}

static void example_2(void **state)
{
    (void)state;
    struct mechanism_match kda = {0}, tkda = {0};
    for (unsigned others_first = 0; others_first < 2; others_first++) {
        make_example_2(others_first);
        assert_int_equal(mechanism_kda(&arena, &market.lists, &kda, NULL), 0);
        assert_int_equal(mechanism_tkda(&arena, &market.lists, NULL, &tkda, NULL), 0);
        for (uint32_t h = 0; h < 102; h++) {
            /* 100 others for 99 places: the last of them is out, as is household 2 */
            uint32_t want = h == 1 || h == 101 ? PLACE_NONE : 0;
            assert_int_equal(kda.locality[h], want);
            assert_int_equal(tkda.locality[h], want);
        }
    }
}

static void no_matching_is_stable_in_the_example_of_mcdermid_and_manlove(void **state)
{
    (void)state;
    market_read(&market, &arena, "1;1;2", "2;1", "2 1;1 2;1", "1 3 2;2 1 3");
    check_no_stable();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stability_checker_lets_a_stable_matching_pass),
        cmocka_unit_test(example_3),
        cmocka_unit_test(example_3_a_false_list_gains_in_kda_and_not_in_tkda),
        cmocka_unit_test(example_b3),
        cmocka_unit_test(example_b2),
        cmocka_unit_test(example_4),
        cmocka_unit_test(example_1),
        cmocka_unit_test(example_2),
        cmocka_unit_test(no_matching_is_stable_in_the_example_of_mcdermid_and_manlove),
    };
    return cmocka_run_group_tests_name("place mechanism oracles", tests, setup, teardown);
}
