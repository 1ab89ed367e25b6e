#include "calibrate_fit.h"

#include <math.h>
#include <stdlib.h>

#include "ensemble_parts.h"

#define NO_STAT         SIZE_MAX
#define DRAWS_A_SUMMARY 10

/* One report that the runs are held against. */
struct target {
    struct ensemble_report report;
    double total; /* what all registers have on that day */
    size_t stat;  /* the summary that it is part of, or NO_STAT */
};

struct calibration {
    const struct flow_world *world; /* as it was known */
    const struct flow_params *base;
    const struct calibrate_options *options;
    int32_t to; /* the day after the last report */
    struct target *targets;
    size_t n_targets, n_stats, n_told; /* n_told: camps with a report */
    double counted;                    /* sum of all reports */
    double *part, *distance, *stats, *seen;
};

/* ---- What is compared ---- */

struct camp_sum {
    double counted;
    size_t from, n; /* its targets, by day */
};

static int by_size(const void *left, const void *right)
{
    const struct camp_sum *a = left, *b = right;
    if (a->counted < b->counted || a->counted > b->counted) {
        return a->counted > b->counted ? -1 : 1;
    }
    return (a->from > b->from) - (a->from < b->from);
}

/* The largest camps get two summaries each, of their early and of their late reports. */
static int choose_stats(struct arena *arena, struct calibration *it, struct ajar_err *err)
{
    struct camp_sum *sums;
    size_t most = it->options->n_draws / DRAWS_A_SUMMARY, n = 0;
    most = most < CALIBRATE_STATS_MOST ? most : CALIBRATE_STATS_MOST;
    TRY_NEW(sums, arena, it->n_targets, err);
    for (size_t i = 0; i < it->n_targets; i++) {
        bool fresh = i == 0 || it->targets[i].report.camp != it->targets[i - 1].report.camp;
        n += fresh;
        sums[n - 1].from = fresh ? i : sums[n - 1].from;
        sums[n - 1].n++;
        sums[n - 1].counted += it->targets[i].report.count;
    }
    it->n_told = n;
    qsort(sums, n, sizeof *sums, by_size);
    for (size_t c = 0; c < n && it->n_stats + 2 <= most; c++) {
        for (size_t i = 0; i < sums[c].n; i++) {
            it->targets[sums[c].from + i].stat = it->n_stats + (i >= sums[c].n / 2);
        }
        it->n_stats += 2;
    }
    return 0;
}

static int no_reports(const struct calibration *it, struct ajar_err *err)
{
    return err_set(err, E_FLOW_NO_REPORTS,
                   "no camp was counted, in all its registers on one day, with anybody in it from "
                   "day %d to day %d",
                   it->options->from, it->options->to - 1);
}

static int list_targets(struct arena *arena, struct calibration *it, struct ajar_err *err)
{
    struct flow_registers registers = {0};
    struct ensemble_report *reports = NULL;
    TRY(flow_registers_make(arena, it->world, true, &registers, err));
    TRY(ensemble_reports(arena, &registers, it->options->from, it->options->to, &reports,
                         &it->n_targets, err));
    TRY_NEW(it->targets, arena, it->n_targets, err);
    it->to = it->options->from;
    for (size_t i = 0; i < it->n_targets; i++) {
        double total = flow_registers_sum(&registers, reports[i].day);
        it->targets[i] = (struct target){reports[i], total, NO_STAT};
        it->counted += reports[i].count;
        it->to = reports[i].day >= it->to ? reports[i].day + 1 : it->to;
    }
    if (!(it->counted > 0)) {
        return no_reports(it, err);
    }
    TRY(choose_stats(arena, it, err));
    TRY_NEW(it->seen, arena, it->n_stats, err);
    for (size_t i = 0; i < it->n_targets; i++) {
        if (it->targets[i].stat != NO_STAT) {
            it->seen[it->targets[i].stat] += it->targets[i].report.count / it->counted;
        }
    }
    return 0;
}

/* ---- Runs ---- */

/* The part of all counts that is off; stats NULL: not wanted.  `sums` may be of several runs: scaling takes
 * their number away. */
static double compare(const struct calibration *it, const int64_t *sums, double *stats)
{
    size_t days = (size_t)(it->to - it->options->from);
    double off = 0;
    for (size_t i = 0; i < it->n_targets; i++) {
        const struct target *target = &it->targets[i];
        size_t day = (size_t)(target->report.day - it->options->from);
        double all = 0;
        for (size_t c = 0; c < it->world->n_camps; c++) {
            all += (double)sums[c * days + day];
        }
        double here = (double)sums[target->report.camp * days + day];
        double scaled = all > 0 ? here * target->total / all : 0;
        off += fabs(scaled - target->report.count);
        if (stats != NULL && target->stat != NO_STAT) {
            stats[target->stat] += scaled / it->counted;
        }
    }
    return off / it->counted;
}

static int draw_params(const struct calibration *it, size_t draw, struct flow_params *params,
                       struct ajar_err *err)
{
    const struct calibrate_options *options = it->options;
    *params = *it->base;
    for (size_t j = 0; j < options->n_ranges; j++) {
        const struct ensemble_range *range = &options->ranges[j];
        double part = ensemble_part(options->seed, CALIBRATE_PARAM, (uint32_t)draw, range->param);
        it->part[draw * options->n_ranges + j] = part;
        TRY(flow_param_set(params, range->param, ensemble_range_value(range, part), err));
    }
    return 0;
}

static int run_seed(const struct ensemble_run *run, int64_t *camps, struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "a run of a proposal", ENSEMBLE_RUN_CEILING);
    int code = ensemble_run_plan(&scratch, run, NULL, camps, NULL, err);
    arena_free(&scratch);
    return code;
}

static int run_draw(struct arena *scratch, const struct calibration *it, size_t draw,
                    struct ajar_err *err)
{
    const struct calibrate_options *options = it->options;
    size_t cells = it->world->n_camps * (size_t)(it->to - options->from);
    struct flow_params params;
    struct flow_plan plan;
    int64_t *camps, *sums;
    TRY_NEW(camps, scratch, cells, err);
    TRY_NEW(sums, scratch, cells, err);
    TRY(draw_params(it, draw, &params, err));
    TRY(flow_plan_make(scratch, it->world, &params, options->as_known, &plan, err));
    struct ensemble_run run = {.engine = options->engine,
                               .plan = &plan,
                               .params = &params,
                               .from = options->from,
                               .to = it->to};
    for (uint32_t s = 0; s < options->n_seeds; s++) {
        run.seed = ensemble_seed(options->seed, CALIBRATE_SEED, s);
        TRY(run_seed(&run, camps, err));
        for (size_t i = 0; i < cells; i++) {
            sums[i] += camps[i];
        }
    }
    it->distance[draw] = compare(it, sums, NULL);
    run.seed = ensemble_seed(options->seed, CALIBRATE_LUCK, (uint32_t)draw);
    TRY(run_seed(&run, camps, err));
    compare(it, camps, &it->stats[draw * it->n_stats]);
    return 0;
}

static int draw_part(void *arg, size_t draw, struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "a proposal", ENSEMBLE_RUN_CEILING);
    int code = run_draw(&scratch, arg, draw, err);
    arena_free(&scratch);
    return code;
}

/* ---- What they say ---- */

struct draw_value {
    double value, weight;
};

static int by_value(const void *left, const void *right)
{
    const struct draw_value *a = left, *b = right;
    if (a->value < b->value || a->value > b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return (a->weight > b->weight) - (a->weight < b->weight);
}

static int describe(struct arena *scratch, const struct calibration *it,
                    const struct calibrate_kept *kept, size_t j, const struct calibrate_result *out,
                    struct ajar_err *err)
{
    const struct ensemble_range *range = &it->options->ranges[j];
    struct calibrate_param *param = &out->params[j];
    size_t p = it->options->n_ranges;
    struct draw_value *list;
    double *sorted, *weight;
    TRY_NEW(list, scratch, kept->n, err);
    TRY_NEW(sorted, scratch, kept->n, err);
    TRY_NEW(weight, scratch, kept->n, err);
    for (size_t i = 0; i < kept->n; i++) {
        list[i] = (struct draw_value){out->accepted[i * p + j], kept->weight[i]};
        param->mean += kept->weight[i] * list[i].value;
    }
    qsort(list, kept->n, sizeof *list, by_value);
    for (size_t i = 0; i < kept->n; i++) {
        sorted[i] = list[i].value;
        weight[i] = list[i].weight;
    }
    param->best = ensemble_range_value(range, it->part[kept->order[0] * p + j]);
    param->p5 = calibrate_quantile(sorted, weight, kept->n, 0.05);
    param->p50 = calibrate_quantile(sorted, weight, kept->n, 0.5);
    param->p95 = calibrate_quantile(sorted, weight, kept->n, 0.95);
    double prior = ensemble_range_value(range, 0.95) - ensemble_range_value(range, 0.05);
    param->narrowed = prior > 0 ? 1 - (param->p95 - param->p5) / prior : 0;
    return 0;
}

static int conclude(struct arena *arena, struct arena *scratch, const struct calibration *it,
                    struct calibrate_result *out, struct ajar_err *err)
{
    const struct calibrate_options *options = it->options;
    size_t n = options->n_draws, p = options->n_ranges;
    struct calibrate_draws draws = {n, p, it->n_stats, it->part, it->distance, it->stats, it->seen};
    struct calibrate_kept kept = {0};
    double wanted = ceil(options->keep * (double)n);
    size_t most = wanted < CALIBRATE_KEPT_LEAST ? CALIBRATE_KEPT_LEAST : (size_t)wanted;
    TRY(calibrate_keep(scratch, &draws, most, &kept, err));
    TRY_NEW(out->params, arena, p, err);
    TRY_NEW(out->accepted, arena, kept.n * p, err);
    TRY_NEW(out->weights, arena, kept.n, err);
    for (size_t i = 0; i < kept.n * p; i++) {
        out->accepted[i] = ensemble_range_value(&options->ranges[i % p], kept.part[i]);
    }
    for (size_t i = 0; i < kept.n; i++) {
        out->weights[i] = kept.weight[i];
    }
    for (size_t j = 0; j < p; j++) {
        TRY(describe(scratch, it, &kept, j, out, err));
    }
    out->n_accepted = (uint32_t)kept.n;
    out->adjusted = kept.adjusted;
    out->distance_best = it->distance[kept.order[0]];
    out->distance_kept = it->distance[kept.order[kept.n - 1]];
    out->distance_prior =
        (it->distance[kept.order[(n - 1) / 2]] + it->distance[kept.order[n / 2]]) / 2;
    out->n_reports = it->n_targets;
    out->n_camps = it->n_told;
    return 0;
}

static int check(const struct flow_world *world, const struct calibrate_options *options,
                 struct ajar_err *err)
{
    if (options->n_draws < CALIBRATE_DRAWS_LEAST || options->n_draws > ENSEMBLE_MEMBERS_MOST) {
        return err_set(err, E_FLOW_OPTION, "%u proposals; there are %d to %d", options->n_draws,
                       CALIBRATE_DRAWS_LEAST, ENSEMBLE_MEMBERS_MOST);
    }
    if (options->n_seeds < 1 || options->n_seeds > CALIBRATE_SEEDS_MOST) {
        return err_set(err, E_FLOW_OPTION, "%u runs a proposal; there are 1 to %d",
                       options->n_seeds, CALIBRATE_SEEDS_MOST);
    }
    if (!(options->keep > 0 && options->keep <= 1)) {
        return err_set(err, E_FLOW_OPTION, "the part that is kept is above 0 and at most 1, not %g",
                       options->keep);
    }
    if (options->n_ranges < 1) {
        return err_set(err, E_FLOW_RANGE, "no parameter varies, so there is none to fit");
    }
    TRY(ensemble_ranges_check(options->ranges, options->n_ranges, err));
    return ensemble_days_check(world, options->from, options->to, err);
}

static int calibrate(struct arena *arena, struct arena *scratch, const struct flow_world *world,
                     struct calibration *it, struct pool *pool, const struct watch *watch,
                     struct calibrate_result *out, struct ajar_err *err)
{
    size_t n = it->options->n_draws;
    struct flow_world known = {0};
    TRY(ensemble_known(scratch, world, it->options->as_known, &known, err));
    it->world = &known;
    TRY(list_targets(scratch, it, err));
    TRY_NEW(it->part, scratch, n * it->options->n_ranges, err);
    TRY_NEW(it->distance, scratch, n, err);
    TRY_NEW(it->stats, scratch, n * it->n_stats, err);
    TRY(pool_run(pool, n, draw_part, it, watch, "running proposals", err));
    return conclude(arena, scratch, it, out, err);
}

int calibrate_run(struct arena *arena, const struct flow_world *world,
                  const struct flow_params *base, const struct calibrate_options *options,
                  struct pool *pool, const struct watch *watch, struct calibrate_result *out,
                  struct ajar_err *err)
{
    struct calibration it = {.base = base, .options = options};
    struct calibrate_result made = {0};
    struct arena scratch;
    TRY(check(world, options, err));
    arena_init(&scratch, "calibration", ENSEMBLE_RUN_CEILING);
    int code = calibrate(arena, &scratch, world, &it, pool, watch, &made, err);
    arena_free(&scratch);
    if (code == 0) {
        *out = made;
    }
    return code;
}
