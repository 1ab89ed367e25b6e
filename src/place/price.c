#include "price.h"

#include <math.h>
#include <string.h>

#include "bound.h"
#include "price_look.h"
#include "steady.h"

/* Steps in parts of a price's scale, from the first look to the last; the looks between two gatherings of the
 * near pairs, and how many of the latest steps a pair may be behind by and still count as near. */
#define STEP_FIRST  0.5
#define STEP_AGAIN  0.01 /* from prices that were good before */
#define STEP_LAST   0.2  /* by the number of looks */
#define REACH_SHARE 0.2
enum { GATHER = 16 };

struct price_walk {
    struct price_look look;
    size_t n; /* prices */
    double *price, *best, *scale, *mean, *square;
    double best_value;
    bool *fixed; /* no capacity, or nobody asks for it: price 0 */
};

/* What a unit of the resource would cost if it alone took the whole score of those who can be placed. */
static void walk_scale(struct price_walk *walk)
{
    const struct place_problem *problem = walk->look.problem;
    size_t n = problem->n_resources;
    double need[PLACE_RESOURCES_MOST] = {0}, score = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        int32_t top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        score += top;
        for (size_t r = 0; top > 0 && r < n; r++) {
            need[r] += problem->need[h * n + r];
        }
    }
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

/* Adam, with the means corrected for their start at 0.  `fade` and `fade_square` are the powers of the two
 * rates of forgetting. */
static void walk_step(struct price_walk *walk, double step, double fade, double fade_square)
{
    const struct place_problem *problem = walk->look.problem;
    for (size_t k = 0; k < walk->n; k++) {
        if (walk->fixed[k]) {
            continue;
        }
        double slope = (double)(problem->capacity[k] - walk->look.load[k]);
        walk->mean[k] = 0.9 * walk->mean[k] + 0.1 * slope;
        walk->square[k] = 0.99 * walk->square[k] + 0.01 * slope * slope;
        double mean = walk->mean[k] / (1 - fade), square = walk->square[k] / (1 - fade_square);
        double to = walk->price[k] - step * walk->scale[k] * mean / (sqrt(square) + 1e-3);
        to = to > 0 ? to : 0;
        walk->price[k] = to < PLACE_SCORE_MOST ? to : PLACE_SCORE_MOST;
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
        walk->look.reach[k] = 1 + sum * step * GATHER * REACH_SHARE;
    }
}

static int walk_run(struct price_walk *walk, uint32_t looks, double step, struct pool *pool,
                    const struct watch *watch, struct ajar_err *err)
{
    double fade = 1, fade_square = 1;
    double fall = steady_exp(steady_log(STEP_LAST / looks / step) / looks);
    for (uint32_t i = 0; i < looks; i++) {
        bool full = i % GATHER == 0;
        int64_t gain;
        if (watch_tick(watch, "pricing", i, looks, "looks", NULL) != 0) {
            return 0;
        }
        walk_reach(walk, step);
        TRY(price_look_run(&walk->look, full, full, pool, &gain, err));
        walk_note(walk, gain);
        fade *= 0.9;
        fade_square *= 0.99;
        walk_step(walk, step, fade, fade_square);
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
                        options->start != NULL ? STEP_AGAIN : STEP_FIRST, pool, watch, err);
    }
    for (size_t k = 0; code == 0 && k < walk.n; k++) {
        out[k] = (int64_t)(walk.best[k] * PLACE_PRICES_A_MICRO + 0.5);
    }
    arena_free(&scratch);
    return code;
}
