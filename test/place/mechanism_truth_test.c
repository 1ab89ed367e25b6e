#include "mechanism_naive.h"

/* Every false list of every household in many small markets: 4 households, 3 localities, 16 lists. */

enum { HOUSEHOLDS = 4, LOCALITIES = 3, LISTS = 16 };

static struct arena arena;
static struct market market;
static uint32_t endowment[MARKET_MOST], order[MARKET_MOST], at[MARKET_MOST];

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

static const uint32_t list[LISTS][LOCALITIES + 1] = {
    {0},          {1, 0},       {1, 1},       {1, 2},      {2, 0, 1},    {2, 0, 2},
    {2, 1, 0},    {2, 1, 2},    {2, 2, 0},    {2, 2, 1},   {3, 0, 1, 2}, {3, 0, 2, 1},
    {3, 1, 0, 2}, {3, 1, 2, 0}, {3, 2, 0, 1}, {3, 2, 1, 0}};

enum kind { MTTC, KDA, TKDA, CLINCHING, MTTCE, PUBLISHED };

static int run(enum kind kind, struct mechanism_match *match)
{
    switch (kind) {
    case MTTC:
        return mechanism_mttc(&arena, &market.lists, match, NULL);
    case KDA:
        return mechanism_kda(&arena, &market.lists, match, NULL);
    case TKDA:
        return mechanism_tkda(&arena, &market.lists, NULL, match, NULL);
    case CLINCHING:
        return mechanism_tkda_clinching(&arena, &market.lists, NULL, match, NULL);
    case MTTCE:
        return mechanism_mttce(&arena, &market.lists, endowment, order, match, NULL);
    default:
        match->locality = at;
        match->rounds = naive_mttce(&market, endowment, order, true, at);
        return 0;
    }
}

static void endow(struct rng *rng)
{
    int64_t load[MARKET_MOST * 4];
    bool legal = false;
    memset(endowment, 0xff, sizeof endowment);
    for (uint32_t h = 0; h < market.n; h++) {
        endowment[h] = rng_below(rng, market.m);
        place_objective(&market.problem, endowment, load, &legal);
        endowment[h] = legal ? endowment[h] : PLACE_NONE;
    }
    market_shuffle(rng, order, market.n);
}

/* The locality that household h gets, all others as they are. */
static uint32_t with_list(enum kind kind, uint32_t h, const uint32_t *said)
{
    struct mechanism_match match = {0};
    market.n_wish[h] = said[0];
    memcpy(market.wish[h], said + 1, LOCALITIES * sizeof *said);
    assert_int_equal(market_lists(&market, &arena), 0);
    assert_int_equal(run(kind, &match), 0);
    return match.locality[h];
}

/* How many false lists gain something over the true one. */
static uint32_t count_gains(enum kind kind, uint32_t n_markets)
{
    uint32_t gains = 0;
    for (uint32_t i = 0; i < n_markets; i++) {
        struct rng rng = rng_at(i, 4, 0, 0);
        arena_free(&arena);
        arena_init(&arena, "test", (size_t)1 << 28);
        market_draw(&market, &arena, i, HOUSEHOLDS, LOCALITIES, 1 + i % 2);
        endow(&rng);
        for (uint32_t h = 0; h < HOUSEHOLDS; h++) {
            uint32_t honest[LOCALITIES + 1] = {market.n_wish[h]}, got[LISTS];
            memcpy(honest + 1, market.wish[h], LOCALITIES * sizeof *honest);
            for (uint32_t k = 0; k < LISTS; k++) {
                got[k] = with_list(kind, h, list[k]);
            }
            uint32_t truly = with_list(kind, h, honest);
            for (uint32_t k = 0; k < LISTS; k++) {
                gains += market_place(&market, h, got[k]) < market_place(&market, h, truly);
            }
        }
    }
    return gains;
}

static void nobody_gains_in_mttc(void **state)
{
    (void)state;
    assert_int_equal(count_gains(MTTC, 300), 0);
}

static void somebody_gains_in_kda(void **state)
{
    (void)state;
    assert_true(count_gains(KDA, 300) > 0);
}

static void nobody_gains_in_tkda(void **state)
{
    (void)state;
    assert_int_equal(count_gains(TKDA, 300), 0);
}

static void nobody_gains_in_tkda_with_clinching(void **state)
{
    (void)state;
    assert_int_equal(count_gains(CLINCHING, 300), 0);
}

static void nobody_gains_in_mttce(void **state)
{
    (void)state;
    assert_int_equal(count_gains(MTTCE, 1500), 0);
}

static void somebody_gains_in_mttce_with_claims_without_room(void **state)
{
    (void)state;
    assert_true(count_gains(PUBLISHED, 300) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_gains_in_mttc),
        cmocka_unit_test(somebody_gains_in_kda),
        cmocka_unit_test(nobody_gains_in_tkda),
        cmocka_unit_test(nobody_gains_in_tkda_with_clinching),
        cmocka_unit_test(nobody_gains_in_mttce),
        cmocka_unit_test(somebody_gains_in_mttce_with_claims_without_room),
    };
    return cmocka_run_group_tests_name("place mechanism truth", tests, setup, teardown);
}
