/* The arithmetic of a move: four resources at a time, the same on every processor. */
#ifndef PLACE_SEARCH_MOVE_H
#define PLACE_SEARCH_MOVE_H

#include <string.h>

#include "search.h"

typedef float search_four __attribute__((vector_size(16)));
typedef int32_t search_mask __attribute__((vector_size(16)));

static inline search_four search_load(const float *from)
{
    search_four out;
    memcpy(&out, from, sizeof out);
    return out;
}

static inline search_four search_above_zero(search_four x)
{
    return (search_four)((search_mask)x & (search_mask)(x > 0));
}

/* Charge when `more` is added to what is free. */
static inline search_four search_change(search_four charge, search_four free, search_four more)
{
    return charge * (search_above_zero(-free - more) - search_above_zero(-free));
}

static inline float search_sum(search_four x)
{
    return (x[0] + x[1]) + (x[2] + x[3]);
}

static inline uint64_t search_random(uint64_t *state)
{
    /* splitmix64 (Steele, Lea, Flood 2014); its start is keyed by seed and round */
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A whole number below n from 32 random bits. */
static inline uint32_t search_below(uint64_t bits, uint32_t n)
{
    return (uint32_t)(((bits & UINT32_MAX) * n) >> 32);
}

static inline void search_move(struct search *search, uint32_t household, uint32_t to,
                               int32_t score)
{
    size_t lanes = search->lanes;
    uint32_t from = search->at[household], last;
    const float *need = &search->need[household * lanes];
    float *back = &search->free[from * lanes], *less = &search->free[to * lanes];
    for (size_t r = 0; r < lanes; r++) {
        back[r] += need[r];
        less[r] -= need[r];
    }
    uint32_t *seat = &search->seat[search->seat_first[from]];
    last = seat[--search->n_at[from]];
    seat[search->seat_of[household]] = last;
    search->seat_of[last] = search->seat_of[household];
    search->seat_of[household] = search->n_at[to];
    search->seat[search->seat_first[to] + search->n_at[to]++] = household;
    search->at[household] = to;
    search->score[household] = score;
}

#endif
