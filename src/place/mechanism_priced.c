#include "mechanism_parts.h"

#include "bound.h"

__extension__ typedef __int128 wide;

/* In thousandths of a micro-unit: each household counts what it keeps after it has paid, and what all capacity
 * costs is given back.  A free household keeps the most that it can, a fixed one what its choice leaves. */
struct priced {
    const struct place_problem *problem;
    const int64_t *price;
    wide *best; /* [n_households] while free */
    wide free_all, now;
};

static wide priced_left(const struct priced *priced, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = priced->problem;
    size_t n = problem->n_resources;
    const int64_t *price = &priced->price[problem->locality[pair] * n];
    const int32_t *need = mechanism_need(problem, household);
    wide left = (wide)problem->score[pair] * PLACE_PRICES_A_MICRO;
    for (size_t r = 0; r < n; r++) {
        left -= (wide)price[r] * need[r];
    }
    return left;
}

/* Rounded down: a plan is worth whole micro-units. */
static int64_t priced_micro(wide value)
{
    wide whole = value / PLACE_PRICES_A_MICRO - (value % PLACE_PRICES_A_MICRO < 0);
    return whole > INT64_MAX ? INT64_MAX : whole < INT64_MIN ? INT64_MIN : (int64_t)whole;
}

static int priced_begin(void *arg, int64_t *most, struct ajar_err *err)
{
    struct priced *priced = arg;
    (void)err;
    priced->now = priced->free_all;
    *most = priced_micro(priced->now);
    return 0;
}

static int priced_menu(void *arg, uint32_t household, int64_t *most, int64_t *none,
                       struct ajar_err *err)
{
    const struct priced *priced = arg;
    wide others = priced->now - priced->best[household];
    uint64_t first = priced->problem->first[household];
    (void)err;
    for (uint64_t pair = first; pair < priced->problem->first[household + 1]; pair++) {
        most[pair - first] = priced_micro(others + priced_left(priced, household, pair));
    }
    *none = priced_micro(others);
    return 0;
}

static int priced_fix(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err)
{
    struct priced *priced = arg;
    (void)err;
    priced->now -= priced->best[household];
    priced->now += pair == PLACE_NONE ? 0 : priced_left(priced, household, pair);
    return 0;
}

int mechanism_rest_priced(struct arena *arena, const struct place_problem *problem,
                          const int64_t *price, struct mechanism_rest *out, struct ajar_err *err)
{
    struct priced *priced;
    TRY_NEW(priced, arena, 1, err);
    *priced = (struct priced){.problem = problem, .price = price};
    TRY_NEW(priced->best, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            wide left = priced_left(priced, h, pair);
            priced->best[h] = left > priced->best[h] ? left : priced->best[h];
        }
        priced->free_all += priced->best[h];
    }
    for (size_t k = 0; k < (size_t)problem->n_localities * problem->n_resources; k++) {
        priced->free_all += (wide)price[k] * problem->capacity[k];
    }
    *out = (struct mechanism_rest){priced_begin, priced_menu, priced_fix, false, priced};
    return 0;
}
