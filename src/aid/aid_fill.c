#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "aid.h"
#include "aid_sum.h"
#include "steady.h"

/* A host's coverage rises with one number, the key k: r = k at alpha INFINITY and r = exp(tilt + k)
 * otherwise, so money as a function of k is flat, then rising, then flat.  Logarithms keep small
 * alphas in range, where severity^(1/alpha) is past the range of double. */
struct fill {
    const struct aid_work *work;
    const struct aid_problem *problem;
    bool water;
    double budget;
    double from, to;        /* the level's key lies between */
    size_t n_active;        /* hosts with a breakpoint strictly between */
    struct aid_sum settled; /* money of hosts that stay at a bound between from and to */
    struct aid_sum free_funded;
    double free_slope; /* sum of need (water) or of need * coverage at `to`, over rising hosts */
    uint64_t shuffle;
};

static double fill_floor(const struct aid_problem *problem, size_t i)
{
    return problem->floor != NULL ? problem->floor[i] : 0;
}

double aid_most(const struct aid_problem *problem, size_t i)
{
    double most = aid_min(problem->cap[i], problem->need[i] - problem->funded[i]);
    if (problem->ceiling != NULL) {
        most = aid_min(most, problem->ceiling[i]);
    }
    return aid_max(most, 0);
}

int aid_work_new(struct aid_work *out, struct arena *arena, size_t n, struct ajar_err *err)
{
    struct aid_work work = {.n = n};
    TRY_NEW(work.low, arena, n, err);
    TRY_NEW(work.high, arena, n, err);
    TRY_NEW(work.tilt, arena, n, err);
    TRY_NEW(work.active, arena, n, err);
    *out = work;
    return 0;
}

static double fill_key(const struct fill *fill, double coverage, double tilt)
{
    return fill->water ? coverage : steady_log(coverage) - tilt;
}

static double fill_money(const struct fill *fill, size_t i, double key)
{
    const struct aid_problem *problem = fill->problem;
    double coverage = fill->water ? key : steady_exp(fill->work->tilt[i] + key);
    double x = problem->need[i] * coverage - problem->funded[i];
    return aid_min(aid_max(x, fill_floor(problem, i)), aid_most(problem, i));
}

/* Breakpoints of every host; hosts that cannot move are settled at once. */
static void fill_begin(struct fill *fill, double alpha)
{
    const struct aid_problem *problem = fill->problem;
    const struct aid_work *work = fill->work;
    for (size_t i = 0; i < problem->n; i++) {
        double least = fill_floor(problem, i), most = aid_most(problem, i);
        work->tilt[i] = fill->water ? 0 : steady_log(problem->severity[i]) / alpha;
        work->low[i] =
            fill_key(fill, (problem->funded[i] + least) / problem->need[i], work->tilt[i]);
        work->high[i] =
            fill_key(fill, (problem->funded[i] + most) / problem->need[i], work->tilt[i]);
        if (least >= most) {
            aid_sum_add(&fill->settled, aid_min(least, most));
            work->high[i] = work->low[i];
        } else {
            work->active[fill->n_active++] = (uint32_t)i;
        }
    }
}

static uint64_t fill_next_random(struct fill *fill)
{
    /* splitmix64 (Steele, Lea, Flood 2014): only picks pivots, never touches a result */
    uint64_t z = fill->shuffle += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* The median of a few breakpoints between the bounds: near the middle, whatever their order. */
static double fill_pivot(struct fill *fill)
{
    enum { SAMPLE = 15 };
    double sample[SAMPLE] = {0};
    size_t n = fill->n_active < SAMPLE ? fill->n_active : SAMPLE;
    for (size_t k = 0; k < n; k++) {
        uint64_t draw = fill_next_random(fill);
        size_t at = n < SAMPLE ? k : (size_t)((draw >> 1) % fill->n_active);
        uint32_t i = fill->work->active[at];
        double low = fill->work->low[i], high = fill->work->high[i];
        bool low_in = low > fill->from && low < fill->to;
        bool high_in = high > fill->from && high < fill->to;
        double value = low_in && (!high_in || (draw & 1) != 0) ? low : high;
        size_t hole = k;
        while (hole > 0 && sample[hole - 1] > value) {
            sample[hole] = sample[hole - 1];
            hole--;
        }
        sample[hole] = value;
    }
    return sample[n / 2];
}

static double fill_spend(const struct fill *fill, double key)
{
    struct aid_sum sum = fill->settled;
    if (fill->free_slope > 0) {
        aid_sum_add(&sum, fill->free_slope * (fill->water ? key : steady_exp(key - fill->to)));
        aid_sum_add(&sum, -aid_sum_value(&fill->free_funded));
    }
    for (size_t k = 0; k < fill->n_active; k++) {
        uint32_t i = fill->work->active[k];
        aid_sum_add(&sum, fill_money(fill, i, key));
    }
    return aid_sum_value(&sum);
}

/* After the bounds have moved: hosts without a breakpoint between them leave the active set. */
static void fill_settle(struct fill *fill)
{
    const struct aid_problem *problem = fill->problem;
    const struct aid_work *work = fill->work;
    size_t kept = 0;
    for (size_t k = 0; k < fill->n_active; k++) {
        uint32_t i = work->active[k];
        if (work->high[i] <= fill->from) {
            aid_sum_add(&fill->settled, aid_most(problem, i));
        } else if (work->low[i] >= fill->to) {
            aid_sum_add(&fill->settled, fill_floor(problem, i));
        } else if (work->low[i] <= fill->from && work->high[i] >= fill->to) {
            fill->free_slope +=
                problem->need[i] * (fill->water ? 1 : steady_exp(work->tilt[i] + fill->to));
            aid_sum_add(&fill->free_funded, problem->funded[i]);
        } else {
            work->active[kept++] = i;
        }
    }
    fill->n_active = kept;
}

/* The piece of the curve on which the budget is met.  Where the curve is flat at the budget the
 * piece to the right is taken, so that the rising hosts are those that share in the next unit. */
static void fill_search(struct fill *fill)
{
    while (fill->n_active > 0) {
        double pivot = fill_pivot(fill);
        if (fill_spend(fill, pivot) <= fill->budget) {
            fill->from = pivot;
        } else {
            if (!fill->water && fill->free_slope > 0) {
                fill->free_slope *= steady_exp(pivot - fill->to);
            }
            fill->to = pivot;
        }
        fill_settle(fill);
    }
}

static bool fill_rises(const struct fill *fill, size_t i)
{
    return fill->work->low[i] <= fill->from && fill->work->high[i] >= fill->to &&
           fill->work->low[i] < fill->work->high[i];
}

/* On one piece the money is linear in theta (or in exp k): solve it with compensated sums, then give
 * what rounding left over to the rising host that gets most, where it weighs least. */
static double fill_finish(struct fill *fill, double *x)
{
    const struct aid_problem *problem = fill->problem;
    struct aid_sum slope = {0}, rest = {0}, total = {0};
    aid_sum_add(&rest, fill->budget);
    for (size_t i = 0; i < problem->n; i++) {
        if (fill_rises(fill, i)) {
            double weight = fill->water ? 1 : steady_exp(fill->work->tilt[i] + fill->to);
            x[i] = problem->need[i] * weight;
            aid_sum_add(&slope, x[i]);
            aid_sum_add(&rest, problem->funded[i]);
        } else {
            x[i] = fill->work->high[i] <= fill->from
                       ? aid_most(problem, i)
                       : aid_min(fill_floor(problem, i), aid_most(problem, i));
            aid_sum_add(&rest, -x[i]);
        }
    }
    double slope_value = aid_sum_value(&slope);
    double scale = slope_value > 0 ? aid_sum_value(&rest) / slope_value : 1;
    size_t largest = problem->n;
    for (size_t i = 0; i < problem->n; i++) {
        if (fill_rises(fill, i)) {
            x[i] = aid_min(aid_max(x[i] * scale - problem->funded[i], fill_floor(problem, i)),
                           aid_most(problem, i));
            largest = largest == problem->n || x[i] > x[largest] ? i : largest;
        }
        aid_sum_add(&total, x[i]);
    }
    if (largest < problem->n) {
        double mended = x[largest] + (fill->budget - aid_sum_value(&total));
        x[largest] =
            aid_min(aid_max(mended, fill_floor(problem, largest)), aid_most(problem, largest));
    }
    if (slope_value <= 0) {
        return fill->from;
    }
    double key = fill->water ? scale : fill->to + steady_log(scale);
    return aid_max(fill->from, aid_min(key, nextafter(fill->to, -INFINITY)));
}

/* The budget covers all that every host can take. */
static double fill_all(struct fill *fill, double *x)
{
    double key = -INFINITY;
    for (size_t i = 0; i < fill->problem->n; i++) {
        x[i] = aid_most(fill->problem, i);
        key = aid_max(key, fill->work->high[i]);
    }
    return key;
}

double aid_fill(const struct aid_work *work, const struct aid_problem *problem,
                const struct aid_options *options, double *x)
{
    assert(problem->n > 0 && problem->n <= work->n);
    struct fill fill = {.work = work,
                        .problem = problem,
                        .water = isinf(options->alpha),
                        .budget = options->budget,
                        .from = -INFINITY,
                        .to = INFINITY};
    fill_begin(&fill, options->alpha);
    struct aid_sum most = {0};
    for (size_t i = 0; i < problem->n; i++) {
        aid_sum_add(&most, aid_most(problem, i));
    }
    if (aid_sum_value(&most) <= options->budget) {
        return fill_all(&fill, x);
    }
    fill_search(&fill);
    return isinf(fill.to) ? fill_all(&fill, x) : fill_finish(&fill, x);
}
