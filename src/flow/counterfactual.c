#include "counterfactual.h"

#include <math.h>

#include "ensemble_parts.h"

/* The runs of a member. */
enum side { OPEN, SHUT, OTHER, SIDES }; /* OTHER: shut, the same parameters, other luck */

struct pairs {
    const struct flow_world *world; /* as it was known */
    const struct flow_params *base;
    const struct ensemble_options *options;
    const struct counterfactual_closing *closings;
    size_t n_closings;
    const struct flow_plan *plans[2]; /* open and shut, of all members; NULL: each has its own */
    size_t n_camps, n_days, n_ends;   /* n_ends: the camps and who is on the way */
    int64_t *effect;                  /* [(m * n_camps + camp) * n_days + day] shut - open */
    int64_t *ends[SIDES];             /* [m * n_ends + camp] on the last day */
};

/* ---- Runs ---- */

static int make_plans(struct arena *arena, const struct pairs *pairs,
                      const struct flow_params *params, struct flow_plan plans[2],
                      struct ajar_err *err)
{
    for (int i = 0; i < 2; i++) {
        TRY(flow_plan_make(arena, pairs->world, params, pairs->options->as_known, &plans[i], err));
    }
    counterfactual_close(&plans[SHUT], pairs->closings, pairs->n_closings);
    return 0;
}

/* The engine's memory is given back after each run: three would not share the ceiling. */
static int run_side(const struct ensemble_run *run, int64_t *camps, int64_t *on_way,
                    struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "a run of a pair", ENSEMBLE_RUN_CEILING);
    int code = ensemble_run_plan(&scratch, run, NULL, camps, on_way, err);
    arena_free(&scratch);
    return code;
}

static void keep_end(const struct pairs *pairs, size_t m, int side, const int64_t *camps,
                     const int64_t *on_way)
{
    int64_t *end = &pairs->ends[side][m * pairs->n_ends];
    for (size_t c = 0; c < pairs->n_camps; c++) {
        end[c] = camps[(c + 1) * pairs->n_days - 1];
    }
    end[pairs->n_camps] = on_way[pairs->n_days - 1];
}

static int run_pair(struct arena *scratch, const struct pairs *pairs, uint32_t m,
                    struct ajar_err *err)
{
    const struct ensemble_options *options = pairs->options;
    struct flow_params params;
    struct flow_plan own[2];
    uint64_t seed;
    int64_t *camps, *on_way, *effect = &pairs->effect[m * pairs->n_camps * pairs->n_days];
    TRY_NEW(camps, scratch, pairs->n_camps * pairs->n_days, err);
    TRY_NEW(on_way, scratch, pairs->n_days, err);
    TRY(ensemble_member(pairs->base, options, m, &params, &seed, err));
    if (pairs->plans[OPEN] == NULL) {
        TRY(make_plans(scratch, pairs, &params, own, err));
    }
    for (int side = 0; side < SIDES && pairs->ends[side] != NULL; side++) {
        int which = side == OPEN ? OPEN : SHUT;
        struct ensemble_run run = {
            .engine = options->engine,
            .plan = pairs->plans[OPEN] == NULL ? &own[which] : pairs->plans[which],
            .params = &params,
            .seed = side == OTHER ? ensemble_seed(options->seed, ENSEMBLE_OTHER_LUCK, m) : seed,
            .from = options->from,
            .to = options->to};
        TRY(run_side(&run, camps, on_way, err));
        keep_end(pairs, m, side, camps, on_way);
        for (size_t i = 0; side != OTHER && i < pairs->n_camps * pairs->n_days; i++) {
            effect[i] = side == OPEN ? -camps[i] : effect[i] + camps[i];
        }
    }
    return 0;
}

static int pair_part(void *arg, size_t m, struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "a pair of runs", ENSEMBLE_RUN_CEILING);
    int code = run_pair(&scratch, arg, (uint32_t)m, err);
    arena_free(&scratch);
    return code;
}

/* ---- What the runs say ---- */

static double mean_of(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum / (double)n;
}

static double sd_of(const double *values, size_t n)
{
    double mean = mean_of(values, n), sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (values[i] - mean) * (values[i] - mean);
    }
    return sqrt(sum / (double)(n - 1));
}

/* Differences at the end between a run with the door shut and the open run of member m. */
static void differences(const struct pairs *pairs, size_t end, int side, size_t shift, double *to)
{
    size_t n = pairs->options->n_members;
    for (size_t m = 0; m < n; m++) {
        size_t other = (m + shift) % n;
        to[m] = (double)(pairs->ends[side][other * pairs->n_ends + end] -
                         pairs->ends[OPEN][m * pairs->n_ends + end]);
    }
}

static void effect_of(const struct pairs *pairs, size_t end, double *column,
                      struct counterfactual_effect *out)
{
    size_t n = pairs->options->n_members;
    bool apart = pairs->ends[OTHER] != NULL;
    differences(pairs, end, SHUT, 1, column);
    out->sd_both = sd_of(column, n);
    differences(pairs, end, apart ? OTHER : SHUT, apart ? 0 : 1, column);
    out->sd_chance = sd_of(column, n);
    differences(pairs, end, SHUT, 0, column);
    out->mean = mean_of(column, n);
    out->sd_paired = sd_of(column, n);
    ensemble_sort(column, n);
    out->p5 = ensemble_quantile(column, n, 0.05);
    out->p50 = ensemble_quantile(column, n, 0.5);
    out->p95 = ensemble_quantile(column, n, 0.95);
    for (int side = OPEN; side <= SHUT; side++) {
        for (size_t m = 0; m < n; m++) {
            column[m] = (double)pairs->ends[side][m * pairs->n_ends + end];
        }
        *(side == OPEN ? &out->open : &out->shut) = mean_of(column, n);
    }
}

static void by_day(const struct pairs *pairs, size_t cell, double *column,
                   const struct counterfactual *out)
{
    size_t n = pairs->options->n_members, cells = pairs->n_camps * pairs->n_days;
    for (size_t m = 0; m < n; m++) {
        column[m] = (double)pairs->effect[m * cells + cell];
    }
    out->mean[cell] = mean_of(column, n);
    ensemble_sort(column, n);
    out->p5[cell] = ensemble_quantile(column, n, 0.05);
    out->p95[cell] = ensemble_quantile(column, n, 0.95);
}

static double narrower(double apart, double paired)
{
    return paired > 0 ? sqrt(apart / paired) : apart > 0 ? INFINITY : 1;
}

static void summarise(const struct pairs *pairs, double *column, struct counterfactual *out)
{
    double paired = 0, chance = 0, both = 0;
    for (size_t c = 0; c < pairs->n_camps; c++) {
        struct counterfactual_effect *effect = &out->camps[c];
        effect_of(pairs, c, column, effect);
        paired += effect->sd_paired * effect->sd_paired;
        chance += effect->sd_chance * effect->sd_chance;
        both += effect->sd_both * effect->sd_both;
    }
    effect_of(pairs, pairs->n_camps, column, &out->on_way);
    out->narrower_chance = narrower(chance, paired);
    out->narrower_both = narrower(both, paired);
    for (size_t cell = 0; cell < pairs->n_camps * pairs->n_days; cell++) {
        by_day(pairs, cell, column, out);
    }
}

/* ---- All together ---- */

static int open_pairs(struct arena *scratch, struct pairs *pairs, const struct flow_world *known,
                      struct flow_plan plans[2], struct ajar_err *err)
{
    const struct ensemble_options *options = pairs->options;
    size_t n = options->n_members;
    bool varies = options->n_ranges > 0;
    pairs->world = known;
    TRY_NEW(pairs->effect, scratch, n * pairs->n_camps * pairs->n_days, err);
    for (int side = 0; side < (varies ? SIDES : OTHER); side++) {
        TRY_NEW(pairs->ends[side], scratch, n * pairs->n_ends, err);
    }
    if (!varies) {
        TRY(make_plans(scratch, pairs, pairs->base, plans, err));
        pairs->plans[OPEN] = &plans[OPEN];
        pairs->plans[SHUT] = &plans[SHUT];
    }
    return 0;
}

static int run_pairs(struct arena *scratch, const struct flow_world *world, struct pairs *pairs,
                     struct pool *pool, const struct watch *watch, struct counterfactual *out,
                     struct ajar_err *err)
{
    const struct ensemble_options *options = pairs->options;
    struct flow_world known = {0};
    struct flow_plan plans[2];
    double *column;
    TRY(ensemble_known(scratch, world, options->as_known, &known, err));
    TRY(counterfactual_check(&known, pairs->closings, pairs->n_closings, options->from, options->to,
                             err));
    TRY(open_pairs(scratch, pairs, &known, plans, err));
    TRY_NEW(column, scratch, options->n_members, err);
    TRY(pool_run(pool, options->n_members, pair_part, pairs, watch, "running pairs", err));
    summarise(pairs, column, out);
    return 0;
}

int counterfactual_run(struct arena *arena, const struct flow_world *world,
                       const struct flow_params *base, const struct ensemble_options *options,
                       const struct counterfactual_closing *closings, size_t n_closings,
                       struct pool *pool, const struct watch *watch, struct counterfactual *out,
                       struct ajar_err *err)
{
    struct arena scratch;
    TRY(ensemble_options_check(world, options, err));
    if (options->n_members < 2) {
        return err_set(err, E_FLOW_OPTION, "1 pair; an interval needs 2 at least");
    }
    struct counterfactual made = {.n_camps = world->n_camps,
                                  .n_days = options->to - options->from,
                                  .n_pairs = options->n_members};
    size_t days = (size_t)made.n_days;
    struct pairs pairs = {.base = base,
                          .options = options,
                          .closings = closings,
                          .n_closings = n_closings,
                          .n_camps = world->n_camps,
                          .n_days = days,
                          .n_ends = world->n_camps + 1};
    TRY_NEW(made.camps, arena, made.n_camps, err);
    TRY_NEW(made.mean, arena, made.n_camps * days, err);
    TRY_NEW(made.p5, arena, made.n_camps * days, err);
    TRY_NEW(made.p95, arena, made.n_camps * days, err);
    arena_init(&scratch, "pairs of runs", ENSEMBLE_RUN_CEILING);
    int code = run_pairs(&scratch, world, &pairs, pool, watch, &made, err);
    arena_free(&scratch);
    if (code == 0) {
        *out = made;
    }
    return code;
}
