#include "price.h"

#include <math.h>
#include <string.h>

#include "bound.h"
#include "price_look.h"
#include "price_step.h"

struct price_walk {
    struct price_look look;
    size_t n; /* prices */
    double *price, *best, *scale, *mean, *square;
    double best_value;
    bool *fixed; /* no capacity, or nobody asks for it: price 0 */
};

static void walk_scale(struct price_walk *walk)
{
    const struct place_problem *problem = walk->look.problem;
    size_t n = problem->n_resources;
    double need[PLACE_RESOURCES_MOST], score = price_scale(problem, need);
    for (size_t k = 0; k < walk->n; k++) {
        walk->fixed[k] = problem->capacity[k] == 0 || need[k % n] <= 0;
        walk->scale[k] = walk->fixed[k] ? 0 : score / need[k % n];
    }
}

static int walk_new(struct arena *arena, const struct place_problem *problem,
                    const struct price_options *options, struct price_walk *out,
                    struct ajar_err *err)
{
    struct price_walk walk = {.n = (size_t)problem->n_localities * problem->n_resources,
                              .best_value = INFINITY};
    TRY(price_look_new(arena, problem, &walk.look, err));
    TRY_NEW(walk.price, arena, walk.n, err);
    TRY_NEW(walk.best, arena, walk.n, err);
    TRY_NEW(walk.scale, arena, walk.n, err);
    TRY_NEW(walk.mean, arena, walk.n, err);
    TRY_NEW(walk.square, arena, walk.n, err);
    TRY_NEW(walk.fixed, arena, walk.n, err);
    walk_scale(&walk);
    for (size_t k = 0; options->start != NULL && k < walk.n; k++) {
        walk.price[k] = walk.fixed[k] ? 0 : (double)options->start[k] / PLACE_PRICES_A_MICRO;
    }
    walk.look.price = walk.price;
    *out = walk;
    return 0;
}

static void walk_note(struct price_walk *walk, int64_t gain)
{
    const struct place_problem *problem = walk->look.problem;
    double value = (double)gain;
    for (size_t k = 0; k < walk->n; k++) {
        value += walk->price[k] * problem->capacity[k];
    }
    if (value < walk->best_value) {
        walk->best_value = value;
        memcpy(walk->best, walk->price, walk->n * sizeof *walk->price);
    }
}

static void walk_step(struct price_walk *walk, double step, const struct price_fade *fade)
{
    const struct place_problem *problem = walk->look.problem;
    for (size_t k = 0; k < walk->n; k++) {
        double slope = (double)(problem->capacity[k] - walk->look.load[k]);
        if (!walk->fixed[k]) {
            walk->price[k] =
                price_stepped(walk->price[k], step * walk->scale[k], slope, PLACE_SCORE_MOST,
                              &walk->mean[k], &walk->square[k], fade);
        }
    }
}

static void walk_reach(struct price_walk *walk, double step)
{
    const struct place_problem *problem = walk->look.problem;
    size_t n = problem->n_resources;
    for (uint32_t k = 0; k < walk->look.kinds.n; k++) {
        double sum = 0;
        for (size_t r = 0; r < n; r++) {
            sum += problem->need[walk->look.kinds.one[k] * n + r] * walk->scale[r];
        }
        walk->look.reach[k] = 1 + sum * step * PRICE_GATHER * PRICE_REACH_SHARE;
    }
}

static int walk_run(struct price_walk *walk, uint32_t looks, double step, struct pool *pool,
                    const struct watch *watch, struct ajar_err *err)
{
    struct price_fade fade = {1, 1};
    double fall = price_fall(step, PRICE_STEP_LAST / looks, looks);
    for (uint32_t i = 0; i < looks; i++) {
        bool full = i % PRICE_GATHER == 0;
        int64_t gain;
        if (watch_tick(watch, "pricing", i, looks, "looks", NULL) != 0) {
            return 0;
        }
        walk_reach(walk, step);
        TRY(price_look_run(&walk->look, full, full, pool, &gain, err));
        walk_note(walk, gain);
        price_fade_on(&fade);
        walk_step(walk, step, &fade);
        step *= fall;
    }
    return 0;
}

static uint32_t price_looks(const struct place_problem *problem,
                            const struct price_options *options)
{
    uint64_t n_pairs = problem->first[problem->n_households];
    uint32_t looks = n_pairs > 1000000 ? 300 : n_pairs > 100000 ? 450 : 2000;
    looks = options->start != NULL ? looks / 3 : looks;
    return options->looks > 0 ? options->looks : looks;
}

int price_find(struct arena *arena, const struct place_problem *problem,
               const struct price_options *options, struct pool *pool, const struct watch *watch,
               int64_t *out, struct ajar_err *err)
{
    struct price_walk walk;
    struct arena scratch;
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    int code = walk_new(&scratch, problem, options, &walk, err);
    if (code == 0) {
        code = walk_run(&walk, price_looks(problem, options),
                        options->start != NULL ? PRICE_STEP_AGAIN : PRICE_STEP_FIRST, pool, watch,
                        err);
    }
    for (size_t k = 0; code == 0 && k < walk.n; k++) {
        out[k] = (int64_t)(walk.best[k] * PLACE_PRICES_A_MICRO + 0.5);
    }
    arena_free(&scratch);
    return code;
}
