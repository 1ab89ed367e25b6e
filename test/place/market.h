/* Small markets for tests: written as text, or drawn; every household may go wherever it fits alone. */
#ifndef TEST_MARKET_H
#define TEST_MARKET_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "mechanism.h"
#include "rng.h"

#define MARKET_MOST 128

struct market {
    uint32_t n, m, k; /* households, localities, resources */
    int32_t need[MARKET_MOST * 4], capacity[MARKET_MOST * 4];
    uint32_t wish[MARKET_MOST][MARKET_MOST], rank[MARKET_MOST][MARKET_MOST];
    uint32_t n_wish[MARKET_MOST], n_rank[MARKET_MOST];
    /* made from it by market_lists */
    uint64_t first[MARKET_MOST + 1], wish_first[MARKET_MOST + 1], rank_first[MARKET_MOST + 1];
    uint32_t locality[MARKET_MOST * MARKET_MOST], wishes[MARKET_MOST * MARKET_MOST];
    uint32_t ranks[MARKET_MOST * MARKET_MOST];
    int32_t score[MARKET_MOST * MARKET_MOST], worth[MARKET_MOST][MARKET_MOST];
    struct place_problem problem;
    struct mechanism_lists lists;
};

static inline bool market_allows(const struct market *market, uint32_t h, uint32_t l)
{
    for (uint32_t r = 0; r < market->k; r++) {
        if (market->need[h * market->k + r] > market->capacity[l * market->k + r]) {
            return false;
        }
    }
    return true;
}

/* The problem and its lists; wishes and priorities without the pairs that do not fit. */
static inline int market_lists(struct market *market, struct arena *arena)
{
    uint64_t n = 0, w = 0;
    for (uint32_t h = 0; h < market->n; h++) {
        market->first[h] = n;
        market->wish_first[h] = w;
        for (uint32_t l = 0; l < market->m; l++) {
            if (market_allows(market, h, l)) {
                market->score[n] = market->worth[h][l];
                market->locality[n++] = l;
            }
        }
        for (uint32_t i = 0; i < market->n_wish[h]; i++) {
            if (market_allows(market, h, market->wish[h][i])) {
                market->wishes[w++] = market->wish[h][i];
            }
        }
    }
    market->first[market->n] = n;
    market->wish_first[market->n] = w;
    for (uint32_t l = 0, at = 0; l < market->m; l++) {
        for (uint32_t i = 0; i < market->n_rank[l]; i++) {
            if (market_allows(market, market->rank[l][i], l)) {
                market->ranks[at++] = market->rank[l][i];
            }
        }
        market->rank_first[l + 1] = at;
    }
    market->problem =
        (struct place_problem){market->n,        market->m,     market->k,        market->need,
                               market->capacity, market->first, market->locality, market->score};
    struct mechanism_said said = {.wish_first = market->wish_first,
                                  .wish = market->wishes,
                                  .rank_first = market->rank_first,
                                  .ranked = market->ranks};
    return mechanism_lists_make(arena, &market->problem, &said, &market->lists, NULL);
}

/* Rows end with ';'; `each` gets the row and the number that stands there. */
static inline uint32_t market_rows(const char *text, uint32_t *counts, uint32_t *out, size_t wide)
{
    uint32_t row = 0, n = 0;
    for (const char *at = text;; at++) {
        if (*at >= '0' && *at <= '9') {
            char *end = NULL;
            out[row * wide + n++] = (uint32_t)strtoul(at, &end, 10);
            at = end;
        }
        if (*at == ';' || *at == '\0') {
            counts[row++] = n;
            n = 0;
        }
        if (*at == '\0') {
            return row;
        }
    }
}

/* Households and localities are written from 1.  Needs and capacities: a row each, resources in it. */
static inline void market_read(struct market *market, struct arena *arena, const char *need,
                               const char *capacity, const char *wish, const char *rank)
{
    uint32_t counts[MARKET_MOST];
    static uint32_t cells[MARKET_MOST * 4];
    memset(market, 0, sizeof *market);
    market->n = market_rows(need, counts, cells, 4);
    market->k = counts[0];
    for (uint32_t i = 0; i < market->n * market->k; i++) {
        market->need[i] = (int32_t)cells[i / market->k * 4 + i % market->k];
    }
    market->m = market_rows(capacity, counts, cells, 4);
    for (uint32_t i = 0; i < market->m * market->k; i++) {
        market->capacity[i] = (int32_t)cells[i / market->k * 4 + i % market->k];
    }
    assert_int_equal(market_rows(wish, market->n_wish, &market->wish[0][0], MARKET_MOST),
                     market->n);
    assert_int_equal(market_rows(rank, market->n_rank, &market->rank[0][0], MARKET_MOST),
                     market->m);
    for (uint32_t i = 0; i < MARKET_MOST * MARKET_MOST; i++) {
        (&market->wish[0][0])[i]--;
        (&market->rank[0][0])[i]--;
    }
    assert_int_equal(market_lists(market, arena), 0);
}

static inline void market_shuffle(struct rng *rng, uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        list[i] = i;
    }
    for (uint32_t i = n; i > 1; i--) {
        uint32_t other = rng_below(rng, i), kept = list[i - 1];
        list[i - 1] = list[other];
        list[other] = kept;
    }
}

/* Wishes of any length, priorities at random.  Even seeds: needs 0..3, capacities from nothing to plenty; odd ones:
 * needs 1 or 2, and places are few. */
static inline void market_draw(struct market *market, struct arena *arena, uint32_t seed,
                               uint32_t n, uint32_t m, uint32_t k)
{
    struct rng rng = rng_at(seed, 1, n * 100 + m, k);
    bool few = seed % 2 == 1;
    memset(market, 0, sizeof *market);
    market->n = n, market->m = m, market->k = k;
    for (uint32_t i = 0; i < n * k; i++) {
        market->need[i] = (int32_t)(few ? 1 + rng_below(&rng, 2) : rng_below(&rng, 4));
    }
    for (uint32_t i = 0; i < m * k; i++) {
        market->capacity[i] =
            (int32_t)(few ? 1 + rng_below(&rng, n / m + 2) : rng_below(&rng, 3 * n / m + 2));
    }
    for (uint32_t h = 0; h < n; h++) {
        market_shuffle(&rng, market->wish[h], m);
        market->n_wish[h] = rng_below(&rng, 4) == 0 ? rng_below(&rng, m + 1) : m;
        for (uint32_t l = 0; l < m; l++) {
            market->worth[h][l] = (int32_t)rng_below(&rng, 1000) - 100;
        }
    }
    for (uint32_t l = 0; l < m; l++) {
        market_shuffle(&rng, market->rank[l], n);
        market->n_rank[l] = n;
    }
    assert_int_equal(market_lists(market, arena), 0);
}

/* "2 0 1": where each household went, from 1; 0: nowhere. */
static inline void market_expect(const struct market *market, const uint32_t *locality,
                                 const char *want)
{
    uint32_t counts[1], cells[MARKET_MOST];
    market_rows(want, counts, cells, MARKET_MOST);
    assert_int_equal(counts[0], market->n);
    for (uint32_t h = 0; h < market->n; h++) {
        uint32_t got = locality[h] == PLACE_NONE ? 0 : locality[h] + 1;
        if (got != cells[h]) {
            fail_msg("household %u is at %u, not %u (%s)", h + 1, got, cells[h], want);
        }
    }
}

/* Place of a locality on the wish list, from 0; not wished: past no place, which is at n_wish. */
static inline uint32_t market_place(const struct market *market, uint32_t h, uint32_t l)
{
    for (uint32_t i = 0; i < market->n_wish[h]; i++) {
        if (market->wish[h][i] == l) {
            return i;
        }
    }
    return l == PLACE_NONE ? MARKET_MOST : MARKET_MOST + 1;
}

static inline bool market_above(const struct market *market, uint32_t l, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < market->n_rank[l]; i++) {
        if (market->rank[l][i] == a || market->rank[l][i] == b) {
            return market->rank[l][i] == a;
        }
    }
    return false;
}

static inline bool market_legal(const struct market *market, const uint32_t *at)
{
    int64_t load[MARKET_MOST * 4];
    bool legal = false;
    place_objective(&market->problem, at, load, &legal);
    return legal;
}

#endif
