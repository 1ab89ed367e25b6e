#include <stdlib.h>

#include "bound.h"
#include "search.h"
#include "search_move.h"
#include "steady.h"

#define NEAR 0.04 /* of the mean score: pairs further behind a household's best are not tried */
enum { NEAR_MOST = 8, SEARCH_TOSSES = 1 << 12 };

struct near_option {
    double left; /* after paying */
    struct search_option option;
};

double search_left(const struct search *search, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = search->problem;
    size_t n = problem->n_resources;
    double left = problem->score[pair];
    for (size_t r = 0; r < n; r++) {
        left -= (double)search->price[problem->locality[pair] * n + r] / PLACE_PRICES_A_MICRO *
                problem->need[household * n + r];
    }
    return left;
}

static int by_left(const void *a, const void *b)
{
    const struct near_option *x = a, *y = b;
    if (x->left != y->left) {
        return x->left > y->left ? -1 : 1;
    }
    return (x->option.locality > y->option.locality) - (x->option.locality < y->option.locality);
}

/* All options of a household, the best first; nowhere among them. */
static uint32_t options_of(const struct search *search, uint32_t household, struct near_option *out)
{
    const struct place_problem *problem = search->problem;
    uint32_t n = 0;
    out[n++] = (struct near_option){0, {problem->n_localities, 0}};
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        out[n++] = (struct near_option){search_left(search, household, pair),
                                        {problem->locality[pair], problem->score[pair]}};
    }
    qsort(out, n, sizeof *out, by_left);
    return n;
}

/* Keeps those near the best, the last resort of going nowhere, and where the household is. */
static uint32_t options_keep(const struct search *search, uint32_t household,
                             const struct near_option *from, uint32_t n, struct search_option *out)
{
    uint32_t kept = 0;
    double least = from[0].left - NEAR * search->scale;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t locality = from[k].option.locality;
        if ((k < NEAR_MOST && from[k].left >= least) || locality == search->at[household]) {
            out[kept++] = from[k].option;
        }
        if (locality == search->at[household]) {
            search->score[household] = from[k].option.score;
        }
    }
    return kept;
}

static int new_options(struct arena *arena, struct search *search, struct ajar_err *err)
{
    const struct place_problem *problem = search->problem;
    uint32_t n = problem->n_households;
    struct near_option *all;
    TRY_NEW(all, arena, (size_t)problem->n_localities + 1, err);
    TRY_NEW(search->first, arena, (size_t)n + 1, err);
    TRY_NEW(search->option, arena, (size_t)n * (NEAR_MOST + 1), err);
    TRY_NEW(search->active, arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        uint32_t kept = options_keep(search, h, all, options_of(search, h, all),
                                     &search->option[search->first[h]]);
        search->first[h + 1] = search->first[h] + kept;
        if (kept > 1) {
            search->active[search->n_active++] = h;
        }
    }
    return 0;
}

/* Seats for as many as may ever stand at each locality. */
static int new_seats(struct arena *arena, struct search *search, struct ajar_err *err)
{
    const struct place_problem *problem = search->problem;
    uint64_t n_options = search->first[problem->n_households];
    TRY_NEW(search->seat_first, arena, (size_t)problem->n_localities + 2, err);
    TRY_NEW(search->seat, arena, n_options, err);
    TRY_NEW(search->seat_of, arena, problem->n_households, err);
    TRY_NEW(search->n_at, arena, (size_t)problem->n_localities + 1, err);
    for (uint64_t k = 0; k < n_options; k++) {
        search->seat_first[search->option[k].locality + 1]++;
    }
    for (uint32_t l = 0; l <= problem->n_localities; l++) {
        search->seat_first[l + 1] += search->seat_first[l];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = search->at[h];
        search->seat_of[h] = search->n_at[l];
        search->seat[search->seat_first[l] + search->n_at[l]++] = h;
    }
    return 0;
}

static int new_numbers(struct arena *arena, struct search *search, struct ajar_err *err)
{
    const struct place_problem *problem = search->problem;
    size_t n = problem->n_resources, lanes = search->lanes;
    TRY_NEW(search->need, arena, problem->n_households * lanes, err);
    TRY_NEW(search->free, arena, (problem->n_localities + (size_t)1) * lanes, err);
    TRY_NEW(search->charge, arena, (problem->n_localities + (size_t)1) * lanes, err);
    TRY_NEW(search->price_micro, arena, (problem->n_localities + (size_t)1) * lanes, err);
    TRY_NEW(search->credit, arena, (problem->n_localities + (size_t)1) * lanes, err);
    TRY_NEW(search->toss, arena, SEARCH_TOSSES, err);
    for (uint32_t l = 0; l <= problem->n_localities; l++) {
        for (size_t r = 0; r < n; r++) {
            bool nowhere = l == problem->n_localities;
            search->free[l * lanes + r] = nowhere ? 1e30F : (float)problem->capacity[l * n + r];
            search->price_micro[l * lanes + r] =
                nowhere ? 0 : (float)((double)search->price[l * n + r] / PLACE_PRICES_A_MICRO);
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (size_t r = 0; r < n; r++) {
            search->need[h * lanes + r] = (float)problem->need[h * n + r];
            search->free[search->at[h] * lanes + r] -= (float)problem->need[h * n + r];
        }
    }
    for (size_t k = 0; k < SEARCH_TOSSES; k++) {
        search->toss[k] = (float)-steady_log(((double)k + 0.5) / SEARCH_TOSSES);
    }
    return 0;
}

int search_new(struct arena *arena, const struct place_problem *problem, const int64_t *price,
               const uint32_t *place, uint64_t seed, struct search *out, struct ajar_err *err)
{
    struct search search = {.problem = problem, .price = price, .seed = seed};
    bool legal;
    search.lanes = (problem->n_resources + (size_t)3) / 4 * 4;
    TRY_NEW(search.at, arena, problem->n_households, err);
    TRY_NEW(search.score, arena, problem->n_households, err);
    TRY_NEW(search.trial, arena, problem->n_households, err);
    TRY_NEW(search.best, arena, problem->n_households, err);
    TRY_NEW(search.load, arena, (size_t)problem->n_localities * problem->n_resources, err);
    search.best_micro = place_objective(problem, place, search.load, &legal);
    uint32_t placed = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        placed += place[h] != PLACE_NONE;
        search.best[h] = place[h];
        search.at[h] = place[h] == PLACE_NONE ? problem->n_localities : place[h];
    }
    search.scale = placed == 0 ? 1 : (double)search.best_micro / placed;
    search.scale = search.scale < 1 ? 1 : search.scale;
    TRY(new_options(arena, &search, err));
    search.moves = search.n_active < SEARCH_MOVES / 256 ? search.n_active * 256 : SEARCH_MOVES;
    TRY(new_seats(arena, &search, err));
    TRY(new_numbers(arena, &search, err));
    *out = search;
    return 0;
}
