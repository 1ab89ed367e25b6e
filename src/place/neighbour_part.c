#include "neighbour_part.h"

#include <string.h>

#define PART_NEAR 0.3 /* of the mean score: pairs further behind a household's best are left out */

static uint32_t part_open(const struct neighbour *neighbour, uint32_t household)
{
    const struct search *search = neighbour->search;
    uint32_t n = 0;
    for (uint64_t o = search->first[household]; o < search->first[household + 1]; o++) {
        uint32_t l = search->option[o].locality;
        n += l < search->problem->n_localities && neighbour->number[l] != PLACE_NONE;
    }
    return n;
}

static int part_room(struct arena *arena, const struct neighbour *neighbour, struct part *part,
                     struct ajar_err *err)
{
    const struct place_problem *whole = neighbour->search->problem;
    size_t n = whole->n_resources, l = neighbour->n_chosen, households = 0, pairs = 0;
    for (uint32_t k = 0; k <= l; k++) {
        uint32_t from = k == l ? whole->n_localities : neighbour->chosen[k];
        for (uint64_t m = neighbour->member_first[from]; m < neighbour->member_first[from + 1];
             m++) {
            households++;
            pairs += l;
        }
    }
    TRY_NEW(part->household, arena, households, err);
    TRY_NEW(part->need, arena, households * n, err);
    TRY_NEW(part->capacity, arena, l * n, err);
    TRY_NEW(part->first, arena, households + 1, err);
    TRY_NEW(part->locality, arena, pairs, err);
    TRY_NEW(part->score, arena, pairs, err);
    TRY_NEW(part->place, arena, households, err);
    TRY_NEW(part->price, arena, l * n, err);
    for (size_t k = 0; k < l; k++) {
        size_t at = neighbour->chosen[k] * n;
        memcpy(&part->capacity[k * n], &whole->capacity[at], n * sizeof *part->capacity);
        memcpy(&part->price[k * n], &neighbour->search->price[at], n * sizeof *part->price);
    }
    return 0;
}

/* Pairs by rising number of the locality in the part. */
static void part_order(struct part *part, uint64_t from, uint64_t to)
{
    for (uint64_t i = from + 1; i < to; i++) {
        uint32_t locality = part->locality[i];
        int32_t score = part->score[i];
        uint64_t hole = i;
        for (; hole > from && part->locality[hole - 1] > locality; hole--) {
            part->locality[hole] = part->locality[hole - 1];
            part->score[hole] = part->score[hole - 1];
        }
        part->locality[hole] = locality;
        part->score[hole] = score;
    }
}

/* Adds a household with its near pairs and the one where it is. */
static void part_add(struct part *part, const struct neighbour *neighbour, uint32_t household,
                     uint32_t at)
{
    const struct search *search = neighbour->search;
    const struct place_problem *whole = search->problem;
    uint32_t k = part->problem.n_households++;
    uint64_t from = part->first[k], to = from;
    size_t n = whole->n_resources;
    double top = 0, least;
    for (uint64_t pair = whole->first[household]; pair < whole->first[household + 1]; pair++) {
        double left = search_left(search, household, pair);
        top = left > top ? left : top;
    }
    least = top - PART_NEAR * search->scale;
    part->household[k] = household;
    memcpy(&part->need[k * n], &whole->need[household * n], n * sizeof *part->need);
    part->place[k] = at == PLACE_NONE ? PLACE_NONE : neighbour->number[at];
    for (uint64_t pair = whole->first[household]; pair < whole->first[household + 1]; pair++) {
        uint32_t l = whole->locality[pair], number = neighbour->number[l];
        if (number == PLACE_NONE) {
            continue;
        }
        if (l == at || search_left(search, household, pair) >= least) {
            part->locality[to] = number;
            part->score[to++] = whole->score[pair];
            part->micro += l == at ? whole->score[pair] : 0;
        }
    }
    part_order(part, from, to);
    part->first[k + 1] = to;
}

static void part_fill(struct part *part, const struct neighbour *neighbour)
{
    const struct place_problem *whole = neighbour->search->problem;
    size_t n = whole->n_resources;
    for (uint32_t k = 0; k <= neighbour->n_chosen; k++) {
        uint32_t from = k == neighbour->n_chosen ? whole->n_localities : neighbour->chosen[k];
        uint32_t at = from == whole->n_localities ? PLACE_NONE : from;
        for (uint64_t m = neighbour->member_first[from]; m < neighbour->member_first[from + 1];
             m++) {
            uint32_t h = neighbour->member[m];
            if (at != PLACE_NONE || part_open(neighbour, h) > 0) {
                part_add(part, neighbour, h, at);
            }
        }
    }
    part->problem = (struct place_problem){part->problem.n_households,
                                           neighbour->n_chosen,
                                           (uint32_t)n,
                                           part->need,
                                           part->capacity,
                                           part->first,
                                           part->locality,
                                           part->score};
}

int part_new(struct arena *arena, const struct neighbour *neighbour, struct part *out,
             struct ajar_err *err)
{
    struct part part = {0};
    TRY(part_room(arena, neighbour, &part, err));
    part_fill(&part, neighbour);
    *out = part;
    return 0;
}
