#include "price_look.h"

#include <string.h>

/* Charges past this leave nothing of any score, and a score less a charge stays in 32 bits. */
#define CHARGE_MOST (PLACE_SCORE_MOST + PLACE_SCORE_MOST / 10)

static int32_t charge_of(const struct place_problem *problem, const double *price,
                         uint32_t household, uint32_t locality)
{
    size_t n = problem->n_resources;
    const int32_t *need = &problem->need[household * n];
    double sum = 0.5;
    for (size_t r = 0; r < n; r++) {
        sum += price[locality * n + r] * need[r];
    }
    return sum < CHARGE_MOST ? (int32_t)sum : CHARGE_MOST;
}

int price_look_new(struct arena *arena, const struct place_problem *problem, struct price_look *out,
                   struct ajar_err *err)
{
    struct price_look look = {.problem = problem};
    uint64_t n_pairs = problem->first[problem->n_households];
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    TRY(price_kinds_find(arena, problem, &look.kinds, err));
    look.by_kind = (uint64_t)look.kinds.n * problem->n_localities <= n_pairs;
    look.a_part = problem->n_households / PRICE_PARTS_MOST + 1;
    look.a_part = look.a_part < PRICE_BLOCK ? PRICE_BLOCK : look.a_part;
    look.n_parts = problem->n_households / look.a_part + 1;
    if (look.by_kind) {
        TRY_NEW(look.charge, arena, (size_t)look.kinds.n * problem->n_localities, err);
    }
    TRY_NEW(look.reach, arena, look.kinds.n, err);
    TRY_NEW(look.near, arena, n_pairs, err);
    TRY_NEW(look.n_near, arena, problem->n_households, err);
    TRY_NEW(look.load, arena, look.n_parts * n_prices, err);
    TRY_NEW(look.gain, arena, look.n_parts, err);
    *out = look;
    return 0;
}

/* A household and what the look knows of it. */
struct looker {
    struct price_look *look;
    int64_t *load;
    uint32_t household, kind;
};

static int32_t looker_charge(const struct looker *at, uint32_t locality)
{
    const struct price_look *look = at->look;
    return look->by_kind ? look->charge[(size_t)at->kind * look->problem->n_localities + locality]
                         : charge_of(look->problem, look->price, at->household, locality);
}

static int32_t looker_take(const struct looker *at, int32_t best, uint32_t locality)
{
    const struct place_problem *problem = at->look->problem;
    size_t n = problem->n_resources;
    if (best > 0) {
        const int32_t *need = &problem->need[at->household * n];
        int64_t *load = &at->load[locality * n];
        for (size_t r = 0; r < n; r++) {
            load[r] += need[r];
        }
    }
    return best;
}

static int32_t look_full(const struct looker *at)
{
    const struct place_problem *problem = at->look->problem;
    int32_t best = 0;
    uint32_t locality = 0;
    uint64_t to = problem->first[at->household + 1];
    for (uint64_t pair = problem->first[at->household]; pair < to; pair++) {
        int32_t left = problem->score[pair] - looker_charge(at, problem->locality[pair]);
        locality = left > best ? problem->locality[pair] : locality;
        best = left > best ? left : best;
    }
    return looker_take(at, best, locality);
}

static int32_t look_near(const struct looker *at, const struct price_near *near, uint32_t n)
{
    int32_t best = 0;
    uint32_t locality = 0;
    for (uint32_t k = 0; k < n; k++) {
        int32_t left = near[k].score - looker_charge(at, near[k].locality);
        locality = left > best ? near[k].locality : locality;
        best = left > best ? left : best;
    }
    return looker_take(at, best, locality);
}

static uint32_t look_gather(const struct looker *at, int32_t best, struct price_near *near)
{
    const struct place_problem *problem = at->look->problem;
    double least = best - at->look->reach[at->kind];
    uint32_t n = 0;
    uint64_t to = problem->first[at->household + 1];
    for (uint64_t pair = problem->first[at->household]; pair < to; pair++) {
        uint32_t locality = problem->locality[pair];
        if (problem->score[pair] - looker_charge(at, locality) >= least) {
            near[n++] = (struct price_near){locality, problem->score[pair]};
        }
    }
    return n;
}

static int look_part(void *arg, size_t i, struct ajar_err *err)
{
    struct price_look *look = arg;
    const struct place_problem *problem = look->problem;
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    uint64_t from = (uint64_t)i * look->a_part, to = from + look->a_part;
    struct looker at = {.look = look, .load = &look->load[i * n_prices]};
    to = to < problem->n_households ? to : problem->n_households;
    struct price_near *near = from < to ? &look->near[problem->first[from]] : look->near;
    int64_t gain = 0;
    (void)err;
    memset(at.load, 0, n_prices * sizeof *at.load);
    for (uint64_t h = from; h < to; h++) {
        at.household = (uint32_t)h;
        at.kind = look->kinds.of[h];
        int32_t best = look->full ? look_full(&at) : look_near(&at, near, look->n_near[h]);
        if (look->gather) {
            look->n_near[h] = look_gather(&at, best, near);
        }
        near += look->n_near[h];
        gain += best;
    }
    look->gain[i] = gain;
    return 0;
}

int price_look_run(struct price_look *look, bool full, bool gather, struct pool *pool,
                   int64_t *gain, struct ajar_err *err)
{
    const struct place_problem *problem = look->problem;
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    look->full = full;
    look->gather = gather;
    for (uint32_t k = 0; look->by_kind && k < look->kinds.n; k++) {
        int32_t *charge = &look->charge[(size_t)k * problem->n_localities];
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            charge[l] = charge_of(problem, look->price, look->kinds.one[k], l);
        }
    }
    TRY(pool_run(pool, look->n_parts, look_part, look, NULL, "pricing", err));
    *gain = look->gain[0];
    for (size_t i = 1; i < look->n_parts; i++) {
        *gain += look->gain[i];
        for (size_t k = 0; k < n_prices; k++) {
            look->load[k] += look->load[i * n_prices + k];
        }
    }
    return 0;
}
