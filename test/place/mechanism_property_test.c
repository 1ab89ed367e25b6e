#include "mechanism_naive.h"

static struct arena arena;
static struct market market, turned;

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

/* Sizes of the i-th of many small markets. */
static void draw(uint32_t i)
{
    arena_free(&arena);
    arena_init(&arena, "test", (size_t)1 << 28);
    market_draw(&market, &arena, i, 3 + i % 5, 2 + i % 3, 1 + i / 3 % 3);
}

static void expect_same(uint32_t seed, const struct mechanism_match *match, const uint32_t *at,
                        uint32_t rounds)
{
    for (uint32_t h = 0; h < market.n; h++) {
        if (match->locality[h] != at[h] || match->rounds != rounds) {
            fail_msg("market %u: household %u is at %d, not %d (rounds %u, %u)", seed, h + 1,
                     (int)match->locality[h] + 1, (int)at[h] + 1, match->rounds, rounds);
        }
    }
}

static void mttc_and_kda_do_what_their_words_say(void **state)
{
    (void)state;
    uint32_t at[MARKET_MOST];
    for (uint32_t i = 0; i < 1500; i++) {
        struct mechanism_match match = {0};
        draw(i);
        assert_int_equal(mechanism_mttc(&arena, &market.lists, &match, NULL), 0);
        uint32_t rounds = naive_mttc(&market, at);
        expect_same(i, &match, at, rounds);
        assert_int_equal(mechanism_kda(&arena, &market.lists, &match, NULL), 0);
        rounds = naive_kda(&market, at);
        expect_same(i, &match, at, rounds);
    }
}

static void keep_last(void *arg, uint32_t round, const uint32_t *proposes,
                      const uint32_t *threshold)
{
    uint32_t *last = arg;
    (void)round;
    (void)proposes;
    memcpy(last, threshold, market.n * sizeof *last);
}

static void tkda_has_the_thresholds_of_the_definition(void **state)
{
    (void)state;
    uint32_t at[MARKET_MOST], want[MARKET_MOST], last[MARKET_MOST], finite = 0;
    for (uint32_t i = 0; i < 1500; i++) {
        struct mechanism_match match = {0}, plain = {0};
        struct mechanism_trace trace = {keep_last, last};
        draw(i);
        assert_int_equal(mechanism_tkda(&arena, &market.lists, &trace, &match, NULL), 0);
        assert_int_equal(mechanism_tkda(&arena, &market.lists, NULL, &plain, NULL), 0);
        uint32_t rounds = naive_tkda(&market, at, want);
        expect_same(i, &match, at, rounds);
        expect_same(i, &plain, at, rounds);
        for (uint32_t h = 0; h < market.n; h++) {
            assert_true(at[h] == PLACE_NONE || want[h] == last[h]);
            finite += at[h] != PLACE_NONE && want[h] != MECHANISM_INFINITE;
        }
    }
    assert_true(finite > 20);
}

static void clinching_does_what_its_words_say(void **state)
{
    (void)state;
    uint32_t at[MARKET_MOST], unused[MARKET_MOST], moved = 0;
    for (uint32_t i = 0; i < 1500; i++) {
        struct mechanism_match match = {0}, without = {0};
        draw(i);
        assert_int_equal(mechanism_tkda_clinching(&arena, &market.lists, NULL, &match, NULL), 0);
        assert_int_equal(mechanism_tkda(&arena, &market.lists, NULL, &without, NULL), 0);
        naive_clinch(&market);
        uint32_t rounds = naive_tkda(&market, at, unused);
        expect_same(i, &match, at, rounds);
        for (uint32_t h = 0; h < market.n; h++) {
            moved += match.locality[h] != without.locality[h];
            assert_true(market_place(&market, h, match.locality[h]) <=
                        market_place(&market, h, without.locality[h]));
        }
    }
    assert_true(moved > 20);
}

/* Somebody is endowed where there is room, in a random order. */
static void endow(uint32_t seed, uint32_t *endowment, uint32_t *order)
{
    struct rng rng = rng_at(seed, 2, 0, 0);
    int64_t load[MARKET_MOST * 4];
    bool legal = false;
    market_shuffle(&rng, order, market.n);
    memset(endowment, 0xff, market.n * sizeof *endowment);
    for (uint32_t i = 0; i < market.n; i++) {
        uint32_t h = order[i];
        endowment[h] = rng_below(&rng, market.m);
        place_objective(&market.problem, endowment, load, &legal);
        endowment[h] = legal ? endowment[h] : PLACE_NONE;
    }
    market_shuffle(&rng, order, market.n);
}

static void mttce_does_what_its_words_say_and_nobody_loses(void **state)
{
    (void)state;
    uint32_t at[MARKET_MOST], endowment[MARKET_MOST], order[MARKET_MOST], moved = 0;
    for (uint32_t i = 0; i < 3000; i++) {
        struct mechanism_match match = {0};
        draw(i);
        endow(i, endowment, order);
        assert_int_equal(mechanism_mttce(&arena, &market.lists, endowment, order, &match, NULL), 0);
        uint32_t rounds = naive_mttce(&market, endowment, order, false, at);
        expect_same(i, &match, at, rounds);
        assert_true(market_legal(&market, match.locality));
        for (uint32_t h = 0; h < market.n; h++) {
            bool keeps = match.locality[h] == endowment[h];
            moved += !keeps;
            assert_true(keeps || match.locality[h] != PLACE_NONE);
            assert_true(keeps || market_place(&market, h, match.locality[h]) <
                                     market_place(&market, h, endowment[h]));
        }
    }
    assert_true(moved > 1000);
}

/* Household h envies g, whose place it wants and before whom it comes there, and g could not stay there anyway, or
 * uses every resource that h needs. */
static bool strongly_envies(const uint32_t *at, uint32_t h, uint32_t g)
{
    uint32_t l = at[g], want = 0;
    bool uses_all = true;
    if (l == PLACE_NONE || !market_allows(&market, h, l) || !market_above(&market, l, h, g) ||
        market_place(&market, h, l) >= market_place(&market, h, at[h])) {
        return false;
    }
    for (uint32_t r = 0; r < market.k; r++) {
        uses_all =
            uses_all && (market.need[g * market.k + r] > 0 || market.need[h * market.k + r] == 0);
    }
    for (uint32_t i = 0; i < market.n; i++) {
        bool wants = market_place(&market, i, l) <= market_place(&market, i, at[i]);
        want |= wants && market_allows(&market, i, l) ? 1u << i : 0;
    }
    return uses_all || !naive_weak(&market, l, g, want & naive_above(&market, l, g));
}

static uint32_t count_envy(const uint32_t *at)
{
    uint32_t n = 0;
    for (uint32_t h = 0; h < market.n; h++) {
        for (uint32_t g = 0; g < market.n; g++) {
            n += h != g && strongly_envies(at, h, g);
        }
    }
    return n;
}

static void nobody_envies_strongly_after_kda_and_tkda(void **state)
{
    (void)state;
    uint32_t after_mttc = 0, better = 0;
    for (uint32_t i = 0; i < 1500; i++) {
        struct mechanism_match kda = {0}, tkda = {0}, mttc = {0};
        draw(i);
        assert_int_equal(mechanism_kda(&arena, &market.lists, &kda, NULL), 0);
        assert_int_equal(mechanism_tkda(&arena, &market.lists, NULL, &tkda, NULL), 0);
        assert_int_equal(mechanism_mttc(&arena, &market.lists, &mttc, NULL), 0);
        assert_true(market_legal(&market, kda.locality) && market_legal(&market, tkda.locality));
        assert_int_equal(count_envy(kda.locality), 0);
        assert_int_equal(count_envy(tkda.locality), 0);
        after_mttc += count_envy(mttc.locality);
        for (uint32_t h = 0; h < market.n; h++) {
            uint32_t a = market_place(&market, h, kda.locality[h]);
            uint32_t b = market_place(&market, h, tkda.locality[h]);
            assert_true(a <= b);
            better += a < b;
        }
    }
    assert_true(after_mttc > 100);
    assert_true(better > 100);
}

/* Whether some plan is better for somebody and worse for nobody. */
static bool improvable(const uint32_t *at)
{
    uint32_t n = 1, to[MARKET_MOST];
    for (uint32_t h = 0; h < market.n; h++) {
        n *= market.m + 1;
    }
    for (uint32_t code = 0; code < n; code++) {
        bool worse = false, better = false;
        for (uint32_t h = 0, rest = code; h < market.n; h++, rest /= market.m + 1) {
            to[h] = rest % (market.m + 1) == 0 ? PLACE_NONE : rest % (market.m + 1) - 1;
            uint32_t was = market_place(&market, h, at[h]), is = market_place(&market, h, to[h]);
            worse = worse || is > was;
            better = better || is < was;
        }
        if (better && !worse && market_legal(&market, to)) {
            return true;
        }
    }
    return false;
}

static void no_plan_is_better_for_all_than_mttc(void **state)
{
    (void)state;
    uint32_t after_kda = 0;
    for (uint32_t i = 0; i < 300; i++) {
        struct mechanism_match match = {0};
        arena_free(&arena);
        arena_init(&arena, "test", (size_t)1 << 28);
        market_draw(&market, &arena, i, 3 + i % 4, 2 + i % 2, 1 + i / 3 % 3);
        assert_int_equal(mechanism_mttc(&arena, &market.lists, &match, NULL), 0);
        assert_true(market_legal(&market, match.locality));
        assert_false(improvable(match.locality));
        assert_int_equal(mechanism_kda(&arena, &market.lists, &match, NULL), 0);
        after_kda += improvable(match.locality);
    }

    assert_true(after_kda > 20);
}

/* `turned` is the market with household i called house[i] and locality l called place[l]. */
static void turn(const uint32_t *house, const uint32_t *place)
{
    memcpy(&turned, &market, sizeof turned);
    for (uint32_t h = 0; h < market.n; h++) {
        for (uint32_t r = 0; r < market.k; r++) {
            turned.need[house[h] * market.k + r] = market.need[h * market.k + r];
        }
        turned.n_wish[house[h]] = market.n_wish[h];
        for (uint32_t i = 0; i < market.n_wish[h]; i++) {
            turned.wish[house[h]][i] = place[market.wish[h][i]];
        }
    }
    for (uint32_t l = 0; l < market.m; l++) {
        for (uint32_t r = 0; r < market.k; r++) {
            turned.capacity[place[l] * market.k + r] = market.capacity[l * market.k + r];
        }
        for (uint32_t i = 0; i < market.n; i++) {
            turned.rank[place[l]][i] = house[market.rank[l][i]];
        }
    }
    assert_int_equal(market_lists(&turned, &arena), 0);
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    uint32_t house[MARKET_MOST], place[MARKET_MOST], endowment[MARKET_MOST], order[MARKET_MOST];
    uint32_t endowment_too[MARKET_MOST], order_too[MARKET_MOST];
    for (uint32_t i = 0; i < 600; i++) {
        struct mechanism_match a[5] = {0}, b[5] = {0};
        struct rng rng = rng_at(i, 3, 0, 0);
        draw(i);
        endow(i, endowment, order);
        market_shuffle(&rng, house, market.n);
        market_shuffle(&rng, place, market.m);
        turn(house, place);
        for (uint32_t h = 0; h < market.n; h++) {
            endowment_too[house[h]] = endowment[h] == PLACE_NONE ? PLACE_NONE : place[endowment[h]];
            order_too[h] = house[order[h]];
        }
        for (uint32_t k = 0; k < 2; k++) {
            const struct mechanism_lists *lists = k == 0 ? &market.lists : &turned.lists;
            struct mechanism_match *to = k == 0 ? a : b;
            const uint32_t *own = k == 0 ? endowment : endowment_too;
            assert_int_equal(mechanism_mttc(&arena, lists, &to[0], NULL), 0);
            assert_int_equal(mechanism_kda(&arena, lists, &to[1], NULL), 0);
            assert_int_equal(mechanism_tkda(&arena, lists, NULL, &to[2], NULL), 0);
            assert_int_equal(mechanism_tkda_clinching(&arena, lists, NULL, &to[3], NULL), 0);
            assert_int_equal(
                mechanism_mttce(&arena, lists, own, k == 0 ? order : order_too, &to[4], NULL), 0);
        }
        for (uint32_t k = 0; k < 5; k++) {
            assert_int_equal(a[k].rounds, b[k].rounds);
            for (uint32_t h = 0; h < market.n; h++) {
                uint32_t at = a[k].locality[h];
                assert_int_equal(at == PLACE_NONE ? at : place[at], b[k].locality[house[h]]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mttc_and_kda_do_what_their_words_say),
        cmocka_unit_test(tkda_has_the_thresholds_of_the_definition),
        cmocka_unit_test(clinching_does_what_its_words_say),
        cmocka_unit_test(mttce_does_what_its_words_say_and_nobody_loses),
        cmocka_unit_test(nobody_envies_strongly_after_kda_and_tkda),
        cmocka_unit_test(no_plan_is_better_for_all_than_mttc),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests_name("place mechanism properties", tests, setup, teardown);
}
