/* The mechanisms word for word, with sets as bit masks: slow, and written apart from src/. */
#ifndef TEST_MECHANISM_NAIVE_H
#define TEST_MECHANISM_NAIVE_H

#include "market.h"

static inline int64_t naive_load(const struct market *market, uint32_t set, uint32_t r)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < market->n; h++) {
        sum += (set >> h & 1) != 0 ? market->need[h * market->k + r] : 0;
    }
    return sum;
}

static inline bool naive_fit(const struct market *market, uint32_t l, uint32_t set)
{
    for (uint32_t r = 0; r < market->k; r++) {
        if (naive_load(market, set, r) > market->capacity[l * market->k + r]) {
            return false;
        }
    }
    return true;
}

static inline bool naive_weak(const struct market *market, uint32_t l, uint32_t h, uint32_t set)
{
    for (uint32_t r = 0; r < market->k; r++) {
        int32_t need = market->need[h * market->k + r];
        if (need != 0 && need + naive_load(market, set, r) > market->capacity[l * market->k + r]) {
            return false;
        }
    }
    return true;
}

/* Those above h at l, of the ones that may go there. */
static inline uint32_t naive_above(const struct market *market, uint32_t l, uint32_t h)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < market->n_rank[l] && market->rank[l][i] != h; i++) {
        set |= market_allows(market, market->rank[l][i], l) ? 1u << market->rank[l][i] : 0;
    }
    return set;
}

/* The best wish not in `refused`, where it fits; PLACE_NONE. */
static inline uint32_t naive_best(const struct market *market, uint32_t h, const bool *refused)
{
    for (uint32_t i = 0; i < market->n_wish[h]; i++) {
        uint32_t l = market->wish[h][i];
        if (!refused[l] && market_allows(market, h, l)) {
            return l;
        }
    }
    return PLACE_NONE;
}

/* Households of a cycle through h: at[h] is where it points, top[l] at whom the locality points. */
static inline uint32_t naive_cycle(uint32_t h, const uint32_t *to, const uint32_t *top)
{
    uint32_t set = 0, at = h;
    for (uint32_t i = 0; i < MARKET_MOST; i++) {
        set |= 1u << at;
        at = to[at] == PLACE_NONE ? PLACE_NONE : top[to[at]];
        if (at == PLACE_NONE) {
            return 0;
        }
        if (at == h) {
            return set;
        }
    }
    return 0;
}

static inline uint32_t naive_mttc(const struct market *market, uint32_t *at)
{
    uint32_t here = (1u << market->n) - 1, rounds = 0, in[MARKET_MOST] = {0};
    for (uint32_t h = 0; h < market->n; h++) {
        at[h] = PLACE_NONE;
    }
    for (; here != 0; rounds++) {
        uint32_t to[MARKET_MOST], top[MARKET_MOST], goes = 0;
        for (uint32_t h = 0; h < market->n; h++) {
            bool full[MARKET_MOST];
            for (uint32_t l = 0; l < market->m; l++) {
                full[l] = !naive_fit(market, l, in[l] | 1u << h);
            }
            to[h] = naive_best(market, h, full);
            goes |= to[h] == PLACE_NONE ? 1u << h : 0;
        }
        for (uint32_t l = 0; l < market->m; l++) {
            top[l] = PLACE_NONE;
            for (uint32_t i = market->n_rank[l]; i > 0; i--) {
                uint32_t h = market->rank[l][i - 1];
                bool fits = naive_fit(market, l, in[l] | 1u << h);
                top[l] = (here >> h & 1) != 0 && fits ? h : top[l];
            }
        }
        for (uint32_t h = 0; h < market->n; h++) {
            goes |= (here >> h & 1) != 0 && to[h] != PLACE_NONE ? naive_cycle(h, to, top) : 0;
        }
        for (uint32_t h = 0; h < market->n; h++) {
            if ((here & goes) >> h & 1) {
                at[h] = to[h];
                in[to[h] == PLACE_NONE ? MARKET_MOST - 1 : to[h]] |= 1u << h;
            }
        }
        here &= ~goes;
    }
    return rounds;
}

static inline uint32_t naive_kda(const struct market *market, uint32_t *at)
{
    static bool refused[MARKET_MOST][MARKET_MOST];
    uint32_t ever[MARKET_MOST] = {0}, rounds = 0;
    bool any = true;
    memset(refused, 0, sizeof refused);
    for (; any; rounds++) {
        any = false;
        for (uint32_t h = 0; h < market->n; h++) {
            at[h] = naive_best(market, h, refused[h]);
            if (at[h] != PLACE_NONE) {
                ever[at[h]] |= 1u << h;
            }
        }
        for (uint32_t h = 0; h < market->n; h++) {
            uint32_t l = at[h];
            if (l != PLACE_NONE && !naive_weak(market, l, h, ever[l] & naive_above(market, l, h))) {
                refused[h][l] = any = true;
            }
        }
    }
    return rounds;
}

/* By its definition: over all sets between the proposers above and all above. */
static inline uint32_t naive_own_threshold(const struct market *market, uint32_t l, uint32_t h,
                                           uint32_t proposers)
{
    uint32_t all = naive_above(market, l, h), must = all & proposers, least = MECHANISM_INFINITE;
    if (!naive_weak(market, l, h, must)) {
        return naive_weak(market, l, h, all) ? MECHANISM_INFINITE : 0;
    }
    for (uint32_t set = 0; set <= all; set++) {
        uint32_t size = (uint32_t)__builtin_popcount(set);
        if ((set & ~all) == 0 && (set & must) == must && size < least &&
            !naive_weak(market, l, h, set)) {
            least = size;
        }
    }
    return least;
}

static inline uint32_t naive_threshold(const struct market *market, uint32_t l, uint32_t h,
                                       uint32_t proposers)
{
    uint32_t least = naive_own_threshold(market, l, h, proposers);
    for (uint32_t g = 0; least != MECHANISM_INFINITE && g < market->n; g++) {
        if ((naive_above(market, l, h) >> g & 1) != 0) {
            uint32_t own = naive_own_threshold(market, l, g, proposers);
            least = own < least ? own : least;
        }
    }
    return least;
}

/* threshold[h] of the last round. */
static inline uint32_t naive_tkda(const struct market *market, uint32_t *at, uint32_t *threshold)
{
    static bool refused[MARKET_MOST][MARKET_MOST];
    uint32_t rounds = 0;
    bool any = true;
    memset(refused, 0, sizeof refused);
    for (; any; rounds++) {
        uint32_t proposers[MARKET_MOST] = {0};
        any = false;
        for (uint32_t h = 0; h < market->n; h++) {
            at[h] = naive_best(market, h, refused[h]);
            if (at[h] != PLACE_NONE) {
                proposers[at[h]] |= 1u << h;
            }
        }
        for (uint32_t h = 0; h < market->n; h++) {
            uint32_t l = at[h];
            if (l != PLACE_NONE) {
                uint32_t above = proposers[l] & naive_above(market, l, h);
                threshold[h] = naive_threshold(market, l, h, proposers[l]);
                if (1 + (uint32_t)__builtin_popcount(above) > threshold[h]) {
                    refused[h][l] = any = true;
                }
            }
        }
    }
    return rounds;
}

/* Changes the priorities of the market, for naive_tkda behind it. */
static inline void naive_clinch(struct market *market)
{
    static bool refused[MARKET_MOST][MARKET_MOST];
    uint32_t held[MARKET_MOST], before[MARKET_MOST];
    bool any = true;
    memset(refused, 0, sizeof refused);
    memset(held, 0xff, sizeof held);
    while (any) {
        any = false;
        memcpy(before, held, sizeof held);
        for (uint32_t h = 0; h < market->n; h++) {
            for (uint32_t l = 0; l < market->m; l++) {
                uint32_t sure = 0;
                for (uint32_t g = 0; g < market->n; g++) {
                    sure |= before[g] == l ? 1u << g : 0;
                }
                if (!naive_weak(market, l, h, sure & naive_above(market, l, h))) {
                    refused[h][l] = true;
                }
            }
            uint32_t best = naive_best(market, h, refused[h]);
            if (best != PLACE_NONE && held[h] != best &&
                naive_weak(market, best, h, naive_above(market, best, h))) {
                held[h] = best;
                any = true;
            }
        }
        for (uint32_t h = 0; h < market->n; h++) {
            for (uint32_t l = 0; held[h] != PLACE_NONE && held[h] != before[h] && l < market->m;
                 l++) {
                if (market_place(market, h, held[h]) < market_place(market, h, l)) {
                    uint32_t i = 0;
                    while (market->rank[l][i] != h) {
                        i++;
                    }
                    for (; i + 1 < market->n_rank[l]; i++) {
                        market->rank[l][i] = market->rank[l][i + 1];
                    }
                    market->rank[l][i] = h;
                }
            }
        }
    }
}

/* refused[h][l] also closes what h likes less than its endowment. */
struct naive_mttce {
    const struct market *market;
    uint32_t at[MARKET_MOST], own[MARKET_MOST], to[MARKET_MOST], top[MARKET_MOST];
    uint32_t settled; /* set */
    bool refused[MARKET_MOST][MARKET_MOST], closed[MARKET_MOST][MARKET_MOST];
};

static inline uint32_t naive_members(const struct naive_mttce *it, uint32_t l)
{
    uint32_t set = 0;
    for (uint32_t h = 0; h < it->market->n; h++) {
        set |= it->at[h] == l ? 1u << h : 0;
    }
    return set;
}

static inline bool naive_holds(const struct naive_mttce *it, uint32_t l, uint32_t h)
{
    uint32_t less = it->top[l] == PLACE_NONE ? 0 : 1u << it->top[l];
    return naive_fit(it->market, l, (naive_members(it, l) & ~less) | 1u << h);
}

static inline void naive_point(struct naive_mttce *it)
{
    for (uint32_t h = 0; h < it->market->n; h++) {
        bool shut[MARKET_MOST];
        for (uint32_t l = 0; l < it->market->m; l++) {
            shut[l] = it->refused[h][l] || it->closed[h][l];
        }
        it->to[h] = naive_best(it->market, h, shut);
        it->to[h] = it->to[h] == PLACE_NONE ? it->own[h] : it->to[h];
    }
    for (uint32_t l = 0; l < it->market->m; l++) {
        it->top[l] = PLACE_NONE;
        for (uint32_t i = it->market->n_rank[l]; i > 0; i--) {
            uint32_t h = it->market->rank[l][i - 1];
            if ((it->settled >> h & 1) == 0 && !it->refused[h][l]) {
                it->top[l] = h;
            }
        }
    }
}

static inline void naive_reject(struct naive_mttce *it, const uint32_t *order)
{
    for (uint32_t i = 0; i < it->market->n; i++) {
        uint32_t h = order[i];
        bool pointed = false;
        for (uint32_t l = 0; l < it->market->m; l++) {
            pointed = pointed || it->top[l] == h;
        }
        for (uint32_t l = 0; pointed && l < it->market->m; l++) {
            it->refused[h][l] = it->refused[h][l] || !naive_holds(it, l, h);
        }
        if (pointed && it->refused[h][it->to[h]]) {
            return;
        }
    }
}

static inline void naive_close_worse(struct naive_mttce *it)
{
    for (uint32_t h = 0; h < it->market->n; h++) {
        for (uint32_t l = 0; l < it->market->m; l++) {
            uint32_t end = it->own[h] == PLACE_NONE ? MARKET_MOST + 1
                                                    : market_place(it->market, h, it->own[h]);
            it->closed[h][l] = market_place(it->market, h, l) > end ||
                               market_place(it->market, h, l) > MARKET_MOST;
            it->refused[h][l] = !market_allows(it->market, h, l);
        }
    }
}

/* A locality refuses whom it points at and has no room for, until it points at somebody else. */
static inline void naive_refuse_claims(struct naive_mttce *it)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t l = 0; l < it->market->m; l++) {
            uint32_t h = it->top[l];
            if (h != PLACE_NONE && it->at[h] != l &&
                !naive_fit(it->market, l, naive_members(it, l) | 1u << h)) {
                it->refused[h][l] = changed = true;
            }
        }
        naive_point(it);
    }
}

/* as_published: claims without room are kept. */
static inline uint32_t naive_mttce(const struct market *market, const uint32_t *endowment,
                                   const uint32_t *order, bool as_published, uint32_t *at)
{
    static struct naive_mttce it;
    uint32_t rounds = 0, all = (1u << market->n) - 1;
    memset(&it, 0, sizeof it);
    it.market = market;
    memcpy(it.at, endowment, market->n * sizeof *endowment);
    memcpy(it.own, endowment, market->n * sizeof *endowment);
    naive_close_worse(&it);
    for (; it.settled != all; rounds++) {
        uint32_t goes = 0;
        for (uint32_t h = 0; h < market->n; h++) {
            for (uint32_t l = 0; l < market->m; l++) {
                bool fits = naive_fit(market, l, (naive_members(&it, l) & it.settled) | 1u << h);
                it.refused[h][l] = it.refused[h][l] || ((it.settled >> h & 1) == 0 && !fits);
            }
        }
        naive_point(&it);
        if (!as_published) {
            naive_refuse_claims(&it);
        }
        for (uint32_t h = 0; h < market->n; h++) {
            uint32_t cycle = (it.settled >> h & 1) != 0 ? 0
                             : it.to[h] == PLACE_NONE   ? 1u << h
                                                        : naive_cycle(h, it.to, it.top);
            for (uint32_t g = 0; g < market->n; g++) {
                bool in = (cycle >> g & 1) != 0 && it.to[g] != PLACE_NONE;
                cycle = in && !naive_holds(&it, it.to[g], g) ? 0 : cycle;
            }
            goes |= cycle;
        }
        if (goes == 0) {
            naive_reject(&it, order);
        }
        for (uint32_t h = 0; h < market->n; h++) {
            it.at[h] = (goes >> h & 1) != 0 ? it.to[h] : it.at[h];
        }
        it.settled |= goes;
    }
    memcpy(at, it.at, market->n * sizeof *at);
    return rounds;
}

#endif
