#include "aid.h"

#include <math.h>

#include "aid_sum.h"
#include "steady.h"

const char *aid_binding_word(enum aid_binding binding)
{
    static const char *const words[AID_BINDINGS] = {
        [AID_NONE] = "budget",       [AID_FUNDED] = "funded above level",
        [AID_FLOOR] = "floor",       [AID_CAP] = "absorption cap",
        [AID_NEED] = "need covered", [AID_CEILING] = "ceiling",
    };
    return words[binding];
}

static int aid_split_new(struct aid_split *out, struct arena *arena, size_t n, bool tranches,
                         struct ajar_err *err)
{
    struct aid_split split = {.n = n};
    TRY_NEW(split.x, arena, n, err);
    TRY_NEW(split.coverage, arena, n, err);
    TRY_NEW(split.lo, arena, n, err);
    TRY_NEW(split.hi, arena, n, err);
    TRY_NEW(split.most, arena, n, err);
    TRY_NEW(split.share_of_next, arena, n, err);
    TRY_NEW(split.binding, arena, n, err);
    if (tranches) {
        TRY_NEW(split.tranches, arena, n, err);
        TRY_NEW(split.rounded, arena, n, err);
    }
    *out = split;
    return 0;
}

static double aid_floor_of(const struct aid_problem *problem, size_t i)
{
    return problem->floor != NULL ? problem->floor[i] : 0;
}

static enum aid_binding aid_upper(const struct aid_problem *problem, size_t i)
{
    double open = problem->need[i] - problem->funded[i];
    double ceiling = problem->ceiling != NULL ? problem->ceiling[i] : INFINITY;
    if (open <= problem->cap[i] && open <= ceiling) {
        return AID_NEED;
    }
    return problem->cap[i] <= ceiling ? AID_CAP : AID_CEILING;
}

/* Which hosts share in the next unit of money, read off the answer: they are past their lower
 * breakpoint and short of the upper one at the level. */
static enum aid_binding aid_bind(const struct aid_problem *problem, const struct aid_work *work,
                                 double key, double x, size_t i)
{
    double least = aid_floor_of(problem, i), most = aid_most(problem, i);
    if (x >= most || key >= work->high[i]) {
        return aid_upper(problem, i);
    }
    if (x <= least && key < work->low[i]) {
        return least > 0 ? AID_FLOOR : AID_FUNDED;
    }
    return AID_NONE;
}

static void aid_describe(const struct aid_problem *problem, const struct aid_work *work, bool water,
                         double key, struct aid_split *split)
{
    struct aid_sum need = {0}, slope = {0}, spent = {0};
    for (size_t i = 0; i < problem->n; i++) {
        double n = problem->need[i], b = problem->funded[i];
        split->most[i] = aid_most(problem, i);
        split->lo[i] = aid_min(1, (b + aid_floor_of(problem, i)) / n);
        split->hi[i] = aid_max(split->lo[i], aid_min(1, (b + split->most[i]) / n));
        split->coverage[i] = aid_min(1, (b + split->x[i]) / n);
        split->binding[i] = aid_bind(problem, work, key, split->x[i], i);
        if (split->binding[i] == AID_NONE) {
            split->share_of_next[i] = water ? n : n * steady_exp(work->tilt[i] + key);
            aid_sum_add(&need, n);
            aid_sum_add(&slope, split->share_of_next[i]);
        }
        aid_sum_add(&spent, split->x[i]);
    }
    split->next_dollar = aid_sum_value(&need) > 0 ? 1 / aid_sum_value(&need) : 0;
    for (size_t i = 0; i < problem->n; i++) {
        split->share_of_next[i] =
            split->share_of_next[i] > 0 ? split->share_of_next[i] / aid_sum_value(&slope) : 0;
    }
    split->spent = aid_sum_value(&spent);
}

/* The formula of the header once more, from the level alone. */
static void aid_certify(const struct aid_problem *problem, const struct aid_options *options,
                        struct aid_split *split)
{
    struct aid_sum sum = {0};
    double worst = 0;
    for (size_t i = 0; i < problem->n; i++) {
        double target = isinf(options->alpha)
                            ? split->level
                            : steady_exp((steady_log(problem->severity[i]) - split->log_level) /
                                         options->alpha);
        target = aid_min(aid_max(target, split->lo[i]), split->hi[i]);
        worst = aid_max(worst, fabs(split->coverage[i] - target));
        aid_sum_add(&sum, split->x[i]);
    }
    split->residual_r = worst;
    split->residual_budget = fabs(aid_sum_value(&sum) - split->spent) / options->budget;
}

/* Whole tranches in an amount; an amount that rounding left a hair below a multiple counts as it.  A
 * need may hold more of them than an int64_t: past what any budget has the number does not matter. */
static int64_t aid_whole(double amount, double tranche)
{
    double parts = aid_min(amount / tranche, 2 * AID_TRANCHES_MOST), near = nearbyint(parts);
    return (int64_t)(fabs(parts - near) <= 1e-12 * near ? near : floor(parts));
}

static int64_t aid_whole_up(double amount, double tranche)
{
    double parts = amount / tranche, near = nearbyint(parts);
    return (int64_t)(fabs(parts - near) <= 1e-12 * near ? near : ceil(parts));
}

/* Floors in whole tranches, rounded up where caps and budget allow it for all, else down. */
static bool aid_least(const struct aid_problem *problem, double tranche, int64_t seats,
                      const int64_t *most, int64_t *least)
{
    int64_t total = 0;
    bool kept = true;
    for (size_t i = 0; i < problem->n; i++) {
        least[i] = aid_whole_up(aid_floor_of(problem, i), tranche);
        kept = kept && least[i] <= most[i];
        total += least[i];
    }
    kept = kept && total <= seats;
    for (size_t i = 0; !kept && i < problem->n; i++) {
        least[i] = aid_whole(aid_floor_of(problem, i), tranche);
    }
    return kept;
}

static int aid_pay_out(struct arena *arena, const struct aid_problem *problem, double tranche,
                       struct aid_split *split, struct ajar_err *err)
{
    int64_t *least = NULL, *most = NULL, seats = aid_whole(split->spent, tranche);
    TRY_NEW(least, arena, problem->n, err);
    TRY_NEW(most, arena, problem->n, err);
    for (size_t i = 0; i < problem->n; i++) {
        most[i] = aid_whole(split->most[i], tranche);
    }
    split->floors_kept = aid_least(problem, tranche, seats, most, least);
    TRY(aid_webster(arena, problem->n, split->x, least, most, seats, split->tranches,
                    &split->tranches_total, err));
    for (size_t i = 0; i < problem->n; i++) {
        split->rounded[i] = (double)split->tranches[i] * tranche;
        double deviation = fabs(split->rounded[i] - split->x[i]) / tranche;
        if (deviation > split->largest_deviation) {
            split->largest_deviation = deviation;
            split->deviation_host = i;
        }
    }
    split->tranche_leftover = aid_max(split->spent - (double)split->tranches_total * tranche, 0);
    return 0;
}

int aid_solve(struct arena *arena, const struct aid_problem *problem,
              const struct aid_options *options, struct aid_split *out, struct ajar_err *err)
{
    struct aid_split split;
    struct aid_work work;
    TRY(aid_check(problem, options, arena, err));
    TRY(aid_split_new(&split, arena, problem->n, options->tranche > 0, err));
    TRY(aid_work_new(&work, arena, problem->n, err));
    bool water = isinf(options->alpha);
    double key = aid_fill(&work, problem, options, split.x);
    aid_describe(problem, &work, water, key, &split);
    split.log_level = water ? steady_log(key) : -options->alpha * key;
    split.level = water ? key : steady_exp(split.log_level);
    split.reason = split.next_dollar > 0 ? AID_ALL_SPENT : AID_ALL_AT_MOST;
    if (split.reason == AID_ALL_SPENT ||
        fabs(split.spent - options->budget) <= 1e-12 * options->budget) {
        split.reason = AID_ALL_SPENT;
        split.spent = options->budget;
    }
    split.unspent = options->budget - split.spent;
    aid_certify(problem, options, &split);
    if (options->tranche > 0) {
        TRY(aid_pay_out(arena, problem, options->tranche, &split, err));
    }
    *out = split;
    return 0;
}
