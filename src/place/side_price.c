#include "side_price.h"

#include <math.h>
#include <string.h>

#include "bound.h"
#include "price_look.h"
#include "price_step.h"

/* The walk of price.c with one more kind of price. */
struct toll_walk {
    const struct side_core *core;
    struct price_look look;
    size_t cells, n;        /* prices of capacities come first, those of quotas after them */
    double *price, *best;   /* [n] */
    double *scale;          /* [n] 0: the price stays 0 */
    double *mean, *square;  /* [n] */
    double *sum;            /* [cells] both prices */
    double *slope, *amount; /* [n] what is left of it; what there is of it */
    double best_value;
};

static void toll_scale(struct toll_walk *walk)
{
    const struct place_problem *problem = &walk->core->problem;
    size_t n = problem->n_resources;
    double need[PLACE_RESOURCES_MOST], score = price_scale(problem, need);
    for (size_t k = 0; k < walk->n; k++) {
        size_t q = k < walk->cells ? 0 : k - walk->cells;
        size_t r = k < walk->cells ? k % n : walk->core->side.quotas[q].resource;
        walk->amount[k] =
            k < walk->cells ? problem->capacity[k] : (double)walk->core->side.quotas[q].most;
        walk->scale[k] = walk->amount[k] <= 0 || need[r] <= 0 ? 0 : score / need[r];
    }
}

static int toll_new(struct arena *arena, const struct side_core *core,
                    const struct side_prices *start, struct toll_walk *out, struct ajar_err *err)
{
    const struct place_problem *problem = &core->problem;
    struct toll_walk walk = {.core = core,
                             .cells = (size_t)problem->n_localities * problem->n_resources,
                             .best_value = INFINITY};
    walk.n = walk.cells + core->side.n_quotas;
    TRY(price_look_new(arena, problem, &walk.look, err));
    TRY_NEW(walk.price, arena, walk.n, err);
    TRY_NEW(walk.best, arena, walk.n, err);
    TRY_NEW(walk.scale, arena, walk.n, err);
    TRY_NEW(walk.mean, arena, walk.n, err);
    TRY_NEW(walk.square, arena, walk.n, err);
    TRY_NEW(walk.sum, arena, walk.cells, err);
    TRY_NEW(walk.slope, arena, walk.n, err);
    TRY_NEW(walk.amount, arena, walk.n, err);
    toll_scale(&walk);
    for (size_t k = 0; start != NULL && k < walk.n; k++) {
        int64_t price = k < walk.cells ? start->price[k] : start->quota_price[k - walk.cells];
        walk.price[k] = walk.scale[k] > 0 ? (double)price / PLACE_PRICES_A_MICRO : 0;
    }
    walk.look.price = walk.sum;
    *out = walk;
    return 0;
}

static void toll_sum(struct toll_walk *walk)
{
    for (size_t k = 0; k < walk->cells; k++) {
        uint32_t q = walk->core->quota_of[k];
        double sum = walk->price[k] + (q == PLACE_NONE ? 0 : walk->price[walk->cells + q]);
        walk->sum[k] = sum < PLACE_SCORE_MOST ? sum : PLACE_SCORE_MOST;
    }
}

/* What is left of everything, and whether these prices are the best. */
static void toll_note(struct toll_walk *walk, int64_t gain)
{
    double value = (double)gain;
    memcpy(walk->slope, walk->amount, walk->n * sizeof *walk->slope);
    for (size_t k = 0; k < walk->cells; k++) {
        uint32_t q = walk->core->quota_of[k];
        walk->slope[k] -= (double)walk->look.load[k];
        if (q != PLACE_NONE) {
            walk->slope[walk->cells + q] -= (double)walk->look.load[k];
        }
    }
    for (size_t k = 0; k < walk->n; k++) {
        value += walk->price[k] * walk->amount[k];
    }
    if (value < walk->best_value) {
        walk->best_value = value;
        memcpy(walk->best, walk->price, walk->n * sizeof *walk->price);
    }
}

static void toll_step(struct toll_walk *walk, double step, const struct price_fade *fade)
{
    for (size_t k = 0; k < walk->n; k++) {
        if (walk->scale[k] > 0) {
            walk->price[k] =
                price_stepped(walk->price[k], step * walk->scale[k], walk->slope[k],
                              PLACE_SCORE_MOST, &walk->mean[k], &walk->square[k], fade);
        }
    }
}

static void toll_reach(struct toll_walk *walk, double step)
{
    const struct place_problem *problem = &walk->core->problem;
    size_t n = problem->n_resources;
    for (uint32_t k = 0; k < walk->look.kinds.n; k++) {
        double sum = 0;
        for (size_t r = 0; r < n; r++) {
            /* A quota may move with its capacities, so twice. */
            sum += 2 * problem->need[walk->look.kinds.one[k] * n + r] * walk->scale[r];
        }
        walk->look.reach[k] = 1 + sum * step * PRICE_GATHER * PRICE_REACH_SHARE;
    }
}

static uint32_t toll_looks(const struct place_problem *problem,
                           const struct side_price_options *options)
{
    uint64_t n_pairs = problem->first[problem->n_households];
    uint32_t looks = n_pairs > 1000000 ? 300 : n_pairs > 100000 ? 600 : 3000;
    looks = options->start != NULL ? looks / 3 : looks;
    return options->looks > 0 ? options->looks : looks;
}

static int toll_run(struct toll_walk *walk, const struct side_price_options *options,
                    struct pool *pool, const struct watch *watch, struct ajar_err *err)
{
    uint32_t looks = toll_looks(&walk->core->problem, options);
    double step = options->start != NULL ? PRICE_STEP_AGAIN : PRICE_STEP_FIRST;
    double fall = price_fall(step, PRICE_STEP_LAST / looks, looks);
    struct price_fade fade = {1, 1};
    for (uint32_t i = 0; i < looks; i++) {
        bool full = i % PRICE_GATHER == 0;
        int64_t gain;
        if (watch_tick(watch, "pricing", i, looks, "looks", NULL) != 0) {
            return 0;
        }
        toll_reach(walk, step);
        toll_sum(walk);
        TRY(price_look_run(&walk->look, full, full, pool, &gain, err));
        toll_note(walk, gain);
        price_fade_on(&fade);
        toll_step(walk, step, &fade);
        step *= fall;
    }
    return 0;
}

int side_prices_new(struct arena *arena, const struct place_problem *problem, uint32_t n_quotas,
                    struct side_prices *out, struct ajar_err *err)
{
    size_t cells = (size_t)problem->n_localities * problem->n_resources;
    struct side_prices prices;
    TRY_NEW(prices.price, arena, cells, err);
    TRY_NEW(prices.sum, arena, cells, err);
    TRY_NEW(prices.quota_price, arena, n_quotas, err);
    *out = prices;
    return 0;
}

void side_price_sum(const struct side_core *core, struct side_prices *prices)
{
    size_t cells = (size_t)core->problem.n_localities * core->problem.n_resources;
    for (size_t k = 0; k < cells; k++) {
        uint32_t q = core->quota_of[k];
        prices->sum[k] = prices->price[k] + (q == PLACE_NONE ? 0 : prices->quota_price[q]);
    }
}

static int toll_find(struct arena *arena, const struct side_core *core,
                     const struct side_price_options *options, struct pool *pool,
                     const struct watch *watch, struct side_prices *out, struct ajar_err *err)
{
    struct toll_walk walk;
    TRY(toll_new(arena, core, options->start, &walk, err));
    TRY(toll_run(&walk, options, pool, watch, err));
    for (size_t k = 0; k < walk.n; k++) {
        int64_t price = (int64_t)(walk.best[k] * PLACE_PRICES_A_MICRO + 0.5);
        if (k < walk.cells) {
            out->price[k] = price;
        } else {
            out->quota_price[k - walk.cells] = price;
        }
    }
    return 0;
}

int side_price_find(struct arena *arena, const struct side_core *core,
                    const struct side_price_options *options, struct pool *pool,
                    const struct watch *watch, struct side_prices *out, struct ajar_err *err)
{
    struct price_options bare = {.looks = options->looks,
                                 .start = options->start == NULL ? NULL : options->start->price};
    struct arena scratch;
    if (core->side.n_quotas == 0) {
        TRY(price_find(arena, &core->problem, &bare, pool, watch, out->price, err));
        side_price_sum(core, out);
        return 0;
    }
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    int code = toll_find(&scratch, core, options, pool, watch, out, err);
    arena_free(&scratch);
    if (code == 0) {
        side_price_sum(core, out);
    }
    return code;
}

side_wide side_price_bound(const struct side_core *core, const struct side_prices *prices,
                           side_wide *top)
{
    const struct place_problem *problem = &core->problem;
    size_t cells = (size_t)problem->n_localities * problem->n_resources;
    side_wide sum = 0;
    for (size_t k = 0; k < cells; k++) {
        sum += (side_wide)prices->price[k] * problem->capacity[k];
    }
    for (uint32_t q = 0; q < core->side.n_quotas; q++) {
        sum += (side_wide)prices->quota_price[q] * core->side.quotas[q].most;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t from = problem->first[h];
        bool must = core->must[h] && from < problem->first[h + 1];
        top[h] = must ? side_price_left(core, prices, h, from) : 0;
        for (uint64_t pair = from; pair < problem->first[h + 1]; pair++) {
            side_wide left = side_price_left(core, prices, h, pair);
            top[h] = left > top[h] ? left : top[h];
        }
        sum += top[h];
    }
    return sum;
}

/* The most that two linked households leave together. */
static side_wide linked_most(const struct side_core *core, const struct side_prices *prices,
                             const struct side_link *link)
{
    const struct place_problem *problem = &core->problem;
    bool found = !core->must[link->a] && !core->must[link->b];
    side_wide most = 0;
    for (uint64_t i = problem->first[link->a]; i < problem->first[link->a + 1]; i++) {
        side_wide left = side_price_left(core, prices, link->a, i);
        for (uint64_t j = problem->first[link->b]; j < problem->first[link->b + 1]; j++) {
            if (side_near(&core->side, link, problem->locality[i], problem->locality[j])) {
                side_wide both = left + side_price_left(core, prices, link->b, j);
                most = !found || both > most ? both : most;
                found = true;
            }
        }
    }
    return most;
}

side_wide side_price_linked(const struct side_core *core, const struct side_prices *prices,
                            const side_wide *top)
{
    side_wide less = 0;
    for (uint32_t k = 0; k < core->side.n_links; k++) {
        const struct side_link *link = &core->side.links[k];
        if (core->link_first[link->a + 1] - core->link_first[link->a] == 1 &&
            core->link_first[link->b + 1] - core->link_first[link->b] == 1) {
            side_wide over = top[link->a] + top[link->b] - linked_most(core, prices, link);
            less += over > 0 ? over : 0;
        }
    }
    return less;
}
