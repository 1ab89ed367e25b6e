#include "round.h"

#include <stdlib.h>

#include "bound.h"

struct turn {
    double lead; /* of the best choice over the next */
    uint32_t household;
};

static int by_lead(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->lead != y->lead) {
        return x->lead > y->lead ? -1 : 1;
    }
    return (x->household > y->household) - (x->household < y->household);
}

static double left_after(const struct place_problem *problem, const int64_t *price,
                         uint32_t household, uint64_t pair)
{
    size_t n = problem->n_resources, l = problem->locality[pair];
    double left = (double)problem->score[pair] * PLACE_PRICES_A_MICRO;
    for (size_t r = 0; r < n; r++) {
        left -= (double)price[l * n + r] * problem->need[household * n + r];
    }
    return left;
}

static double lead_of(const struct place_problem *problem, const int64_t *price, uint32_t household)
{
    double best = 0, next = 0;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        double left = left_after(problem, price, household, pair);
        next = left > best ? best : left > next ? left : next;
        best = left > best ? left : best;
    }
    return best - next;
}

static bool fits(const struct place_problem *problem, const int64_t *free, uint32_t household,
                 uint32_t locality)
{
    size_t n = problem->n_resources;
    for (size_t r = 0; r < n; r++) {
        if (problem->need[household * n + r] > free[locality * n + r]) {
            return false;
        }
    }
    return true;
}

static void take(const struct place_problem *problem, int64_t *free, uint32_t household,
                 uint32_t locality)
{
    size_t n = problem->n_resources;
    for (size_t r = 0; r < n; r++) {
        free[locality * n + r] -= problem->need[household * n + r];
    }
}

/* By what is left after paying, if that is not below 0; without prices by the score. */
static void choose(const struct place_problem *problem, const int64_t *price, int64_t *free,
                   uint32_t household, uint32_t *place)
{
    double best = -1;
    if (*place != PLACE_NONE) {
        return;
    }
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        double left =
            price == NULL ? problem->score[pair] : left_after(problem, price, household, pair);
        if (problem->score[pair] > 0 && left > best && left >= 0 &&
            fits(problem, free, household, problem->locality[pair])) {
            best = left;
            *place = problem->locality[pair];
        }
    }
    if (*place != PLACE_NONE) {
        take(problem, free, household, *place);
    }
}

/* Who stays; nobody does where the score is below 0. */
static void stay(const struct place_problem *problem, int64_t *free, uint32_t household,
                 uint32_t locality, uint32_t *place)
{
    uint64_t pair =
        locality < problem->n_localities ? place_pair(problem, household, locality) : UINT64_MAX;
    if (pair != UINT64_MAX && problem->score[pair] >= 0 &&
        fits(problem, free, household, locality)) {
        *place = locality;
        take(problem, free, household, locality);
    }
}

static int64_t worth(const struct place_problem *problem, const uint32_t *place)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        sum += place[h] == PLACE_NONE ? 0 : problem->score[place_pair(problem, h, place[h])];
    }
    return sum;
}

int place_round(struct arena *arena, const struct place_problem *problem, const int64_t *price,
                const uint32_t *start, uint32_t *place, int64_t *micro, struct ajar_err *err)
{
    struct turn *turns;
    int64_t *free;
    uint32_t n = problem->n_households;
    size_t n_free = (size_t)problem->n_localities * problem->n_resources;
    TRY_NEW(turns, arena, n, err);
    TRY_NEW(free, arena, n_free, err);
    for (size_t k = 0; k < n_free; k++) {
        free[k] = problem->capacity[k];
    }
    for (uint32_t h = 0; h < n; h++) {
        turns[h] = (struct turn){lead_of(problem, price, h), h};
        place[h] = PLACE_NONE;
        stay(problem, free, h, start == NULL ? PLACE_NONE : start[h], &place[h]);
    }
    qsort(turns, n, sizeof *turns, by_lead);
    for (uint32_t k = 0; k < n; k++) {
        choose(problem, price, free, turns[k].household, &place[turns[k].household]);
    }
    for (uint32_t k = 0; k < n; k++) {
        choose(problem, NULL, free, turns[k].household, &place[turns[k].household]);
    }
    *micro = worth(problem, place);
    return 0;
}
