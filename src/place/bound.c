#include "bound.h"

#include <string.h>

__extension__ typedef __int128 wide;

enum { BOUND_BLOCK = 4096 };

struct bound_work {
    const struct place_problem *problem;
    const int64_t *price;
    wide *priced;   /* [blocks] */
    int64_t *plain; /* [blocks] sum of the best scores, micro-units */
};

/* What a pair leaves after its household has paid, in thousandths of a micro-unit. */
static wide bound_left(const struct bound_work *work, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources;
    const int64_t *price = &work->price[(size_t)problem->locality[pair] * n];
    const int32_t *need = &problem->need[(size_t)household * n];
    wide left = (wide)problem->score[pair] * PLACE_PRICES_A_MICRO;
    for (size_t r = 0; r < n; r++) {
        left -= (wide)price[r] * need[r];
    }
    return left;
}

static int bound_block(void *arg, size_t i, struct ajar_err *err)
{
    struct bound_work *work = arg;
    const struct place_problem *problem = work->problem;
    uint32_t from = (uint32_t)i * BOUND_BLOCK;
    uint32_t to =
        problem->n_households - from < BOUND_BLOCK ? problem->n_households : from + BOUND_BLOCK;
    (void)err;
    for (uint32_t h = from; h < to; h++) {
        wide best = 0;
        int32_t top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            wide left = bound_left(work, h, pair);
            best = left > best ? left : best;
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        work->priced[i] += best;
        work->plain[i] += top;
    }
    return 0;
}

int place_bound(struct arena *arena, const struct place_problem *problem, const int64_t *price,
                struct pool *pool, int64_t *bound_micro, struct ajar_err *err)
{
    size_t n_blocks =
        problem->n_households / BOUND_BLOCK + (problem->n_households % BOUND_BLOCK > 0);
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    struct bound_work work = {.problem = problem, .price = price};
    TRY_NEW(work.priced, arena, n_blocks, err);
    TRY_NEW(work.plain, arena, n_blocks, err);
    TRY(pool_run(pool, n_blocks, bound_block, &work, NULL, "bounding", err));
    wide priced = 0, plain = 0;
    for (size_t i = 0; i < n_blocks; i++) {
        priced += work.priced[i];
        plain += work.plain[i];
    }
    for (size_t k = 0; k < n_prices; k++) {
        priced += (wide)price[k] * problem->capacity[k];
    }
    /* Every plan is worth whole micro-units, so what is over them can be cut off: a whole number that is at
     * most 7.3 is at most 7.  The sum of the best scores fits 64 bits: fewer than 2^32 households times 1e9. */
    priced /= PLACE_PRICES_A_MICRO;
    *bound_micro = (int64_t)(priced < plain ? priced : plain);
    return 0;
}

uint64_t place_pair(const struct place_problem *problem, uint32_t household, uint32_t locality)
{
    uint64_t from = problem->first[household], to = problem->first[household + 1];
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (problem->locality[middle] < locality) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    bool found = from < problem->first[household + 1] && problem->locality[from] == locality;
    return found ? from : UINT64_MAX;
}

int64_t place_objective(const struct place_problem *problem, const uint32_t *place, int64_t *load,
                        bool *legal)
{
    size_t n = problem->n_resources;
    int64_t sum = 0;
    memset(load, 0, (size_t)problem->n_localities * n * sizeof *load);
    *legal = true;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] == PLACE_NONE) {
            continue;
        }
        uint64_t pair = place_pair(problem, h, place[h]);
        if (pair == UINT64_MAX) {
            *legal = false;
            continue;
        }
        sum += problem->score[pair];
        for (size_t r = 0; r < n; r++) {
            load[place[h] * n + r] += problem->need[h * n + r];
        }
    }
    for (size_t k = 0; k < problem->n_localities * n; k++) {
        *legal = *legal && load[k] <= problem->capacity[k];
    }
    return sum;
}
