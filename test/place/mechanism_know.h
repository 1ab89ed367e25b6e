/* Every plan of a small market, as a rest that knows everything, and rests beside it. */
#ifndef TEST_MECHANISM_KNOW_H
#define TEST_MECHANISM_KNOW_H

#include "market.h"

static struct arena arena;
static struct market market;

static inline int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* choice[h]: a locality, PLACE_NONE, or OPEN. */
enum { OPEN = 1000000 };

/* The most that a whole plan with the fixed choices is worth; INT64_MIN: none keeps the capacities. */
static inline int64_t search(uint32_t *choice, uint32_t from)
{
    int64_t load[MARKET_MOST * 4], best = INT64_MIN;
    bool legal = false;
    while (from < market.n && choice[from] != OPEN) {
        from++;
    }
    if (from == market.n) {
        int64_t total = place_objective(&market.problem, choice, load, &legal);
        return legal ? total : INT64_MIN;
    }
    for (uint64_t p = market.first[from]; p <= market.first[from + 1]; p++) {
        choice[from] = p == market.first[from + 1] ? PLACE_NONE : market.locality[p];
        int64_t with = search(choice, from + 1);
        best = with > best ? with : best;
    }
    choice[from] = OPEN;
    return best;
}

/* A rest that knows everything, for any needs. */
static uint32_t chosen[MARKET_MOST];

static inline int know_begin(void *arg, int64_t *most, struct ajar_err *err)
{
    (void)arg;
    (void)err;
    for (uint32_t h = 0; h < market.n; h++) {
        chosen[h] = OPEN;
    }
    *most = search(chosen, 0);
    return 0;
}

static inline int64_t know_one(uint32_t household, uint32_t locality)
{
    chosen[household] = locality;
    int64_t most = search(chosen, 0);
    chosen[household] = OPEN;
    return most;
}

static inline int know_menu(void *arg, uint32_t household, int64_t *most, int64_t *none,
                            struct ajar_err *err)
{
    (void)arg;
    (void)err;
    for (uint64_t p = market.first[household]; p < market.first[household + 1]; p++) {
        *most++ = know_one(household, market.locality[p]);
    }
    *none = know_one(household, PLACE_NONE);
    return 0;
}

static inline int know_fix(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err)
{
    (void)arg;
    (void)err;
    chosen[household] = pair == PLACE_NONE ? PLACE_NONE : market.locality[pair];
    return 0;
}

static const struct mechanism_rest know = {know_begin, know_menu, know_fix, true, NULL};

static inline void draw(uint32_t seed, uint32_t n, uint32_t m, bool equal)
{
    arena_free(&arena);
    arena_init(&arena, "test", (size_t)1 << 28);
    market_draw(&market, &arena, seed, n, m, 1 + seed % 2);
    for (uint32_t i = 0; equal && i < n * market.k; i++) {
        market.need[i] = i % market.k == 0 ? 2 : 1;
    }
    assert_int_equal(market_lists(&market, &arena), 0);
}

/* A rest that gives what another gives, and checks it. */
struct beside {
    struct mechanism_rest one, two;
    int relation; /* two's figures are at least one's: 1; the same: 0; at most: -1 */
    uint32_t n;
};

static inline void compare(struct beside *beside, int64_t one, int64_t two)
{
    beside->n++;
    assert_true(beside->relation > 0 ? two >= one : beside->relation < 0 ? two <= one : two == one);
}

static inline int beside_begin(void *arg, int64_t *most, struct ajar_err *err)
{
    struct beside *beside = arg;
    int64_t one = 0;
    TRY(beside->one.begin(beside->one.arg, &one, err));
    TRY(beside->two.begin(beside->two.arg, most, err));
    compare(beside, one, *most);
    return 0;
}

static inline int beside_menu(void *arg, uint32_t household, int64_t *most, int64_t *none,
                              struct ajar_err *err)
{
    struct beside *beside = arg;
    int64_t one[MARKET_MOST], no_place = 0;
    TRY(beside->one.menu(beside->one.arg, household, one, &no_place, err));
    TRY(beside->two.menu(beside->two.arg, household, most, none, err));
    for (uint64_t i = 0; i < market.first[household + 1] - market.first[household]; i++) {
        compare(beside, one[i], most[i]);
    }
    compare(beside, no_place, *none);
    return 0;
}

static inline int beside_fix(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err)
{
    struct beside *beside = arg;
    TRY(beside->one.fix(beside->one.arg, household, pair, err));
    return beside->two.fix(beside->two.arg, household, pair, err);
}

/* The most that can be had, as a share. */
static inline int64_t share(uint32_t tenths)
{
    int64_t most = 0;
    assert_int_equal(know_begin(NULL, &most, NULL), 0);
    return most * tenths / 10;
}

/* One after another where the score is best and there is room. */
static inline void make_plan(uint32_t *at)
{
    for (uint32_t h = 0; h < market.n; h++) {
        at[h] = PLACE_NONE;
    }
    for (uint32_t h = 0; h < market.n; h++) {
        uint32_t best = PLACE_NONE;
        for (uint32_t l = 0; l < market.m; l++) {
            at[h] = l;
            bool better = best == PLACE_NONE || market.worth[h][l] > market.worth[h][best];
            best = market_legal(&market, at) && market_allows(&market, h, l) && better ? l : best;
        }
        at[h] = best;
    }
}

#endif
