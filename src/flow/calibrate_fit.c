#include "calibrate_fit.h"

#include <math.h>
#include <stdlib.h>

#include "cholesky.h"
#include "steady.h"

#define RIDGE        1e-3 /* of a standardised summary's variance */
#define FLAT         1e-12
#define DRAWS_A_TERM 4 /* accepted for each coefficient, at least */
#define SKILL_LEAST                                                                                \
    0.01 /* part of a parameter's variance that summaries predict; less is taken for 0 */

static double logit(double part)
{
    return steady_log(part) - steady_log1p(-part);
}

/* Strictly inside (0, 1), so that a range is never left. */
static double logistic(double x)
{
    double part = 1 / (1 + steady_exp(-x));
    return part < 0x1p-53 ? 0x1p-53 : part > 1 - 0x1p-53 ? 1 - 0x1p-53 : part;
}

double calibrate_quantile(const double *sorted, const double *weight, size_t n, double p)
{
    double below = 0, before = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        total += weight[i];
    }
    for (size_t i = 0; i < n; i++) {
        double middle = (below + weight[i] / 2) / total;
        if (middle >= p) {
            double step = middle - before;
            return i == 0 || step <= 0
                       ? sorted[i]
                       : sorted[i - 1] + (p - before) / step * (sorted[i] - sorted[i - 1]);
        }
        before = middle;
        below += weight[i];
    }
    return sorted[n - 1];
}

/* ---- Who is kept ---- */

struct near_draw {
    double distance;
    size_t draw;
};

static int by_distance(const void *left, const void *right)
{
    const struct near_draw *a = left, *b = right;
    if (a->distance < b->distance || a->distance > b->distance) {
        return a->distance < b->distance ? -1 : 1;
    }
    return (a->draw > b->draw) - (a->draw < b->draw);
}

static int order_draws(struct arena *arena, const struct calibrate_draws *draws, size_t **out,
                       struct ajar_err *err)
{
    struct near_draw *list;
    size_t *order;
    TRY_NEW(list, arena, draws->n, err);
    TRY_NEW(order, arena, draws->n, err);
    for (size_t i = 0; i < draws->n; i++) {
        list[i] = (struct near_draw){draws->distance[i], i};
    }
    qsort(list, draws->n, sizeof *list, by_distance);
    for (size_t i = 0; i < draws->n; i++) {
        order[i] = list[i].draw;
    }
    *out = order;
    return 0;
}

static void weigh(const struct calibrate_draws *draws, const struct calibrate_kept *kept)
{
    double least = draws->distance[kept->order[0]], sum = 0;
    double width = draws->distance[kept->order[kept->n < draws->n ? kept->n : kept->n - 1]] - least;
    for (size_t i = 0; i < kept->n; i++) {
        double above = width > 0 ? (draws->distance[kept->order[i]] - least) / width : 0;
        kept->weight[i] = 1 - above * above;
        sum += kept->weight[i];
    }
    for (size_t i = 0; i < kept->n; i++) {
        kept->weight[i] /= sum;
    }
}

/* ---- One prediction of each parameter from all summaries ---- */

/* Whether what was counted lies among what the accepted proposals gave. */
static bool reached(const struct calibrate_draws *draws, const struct calibrate_kept *kept,
                    size_t s)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < kept->n; i++) {
        double at = draws->stats[kept->order[i] * draws->n_stats + s];
        least = at < least ? at : least;
        most = at > most ? at : most;
    }
    return draws->seen[s] >= least && draws->seen[s] <= most;
}

/* Summaries that differ between proposals and are reached, each with mean 0 and variance 1. */
struct standard {
    size_t n;
    double *z;    /* [draws * n] */
    double *seen; /* [n] */
};

static int standardise(struct arena *arena, const struct calibrate_draws *draws,
                       const struct calibrate_kept *kept, struct standard *out,
                       struct ajar_err *err)
{
    double n = (double)draws->n;
    size_t used = 0;
    TRY_NEW(out->z, arena, draws->n * draws->n_stats, err);
    TRY_NEW(out->seen, arena, draws->n_stats, err);
    for (size_t s = 0; s < draws->n_stats; s++) {
        double mean = 0, square = 0;
        for (size_t i = 0; i < draws->n; i++) {
            mean += draws->stats[i * draws->n_stats + s] / n;
        }
        for (size_t i = 0; i < draws->n; i++) {
            double off = draws->stats[i * draws->n_stats + s] - mean;
            square += off * off / n;
        }
        if (!(square > FLAT * FLAT) || !reached(draws, kept, s)) {
            continue;
        }
        for (size_t i = 0; i < draws->n; i++) {
            out->z[i * draws->n_stats + used] =
                (draws->stats[i * draws->n_stats + s] - mean) / sqrt(square);
        }
        out->seen[used++] = (draws->seen[s] - mean) / sqrt(square);
    }
    out->n = used;
    return 0;
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* z'z + ridge, as its factor. */
static bool factor(const struct calibrate_draws *draws, const struct standard *standard,
                   double gram[CHOLESKY_PACKED])
{
    size_t k = standard->n;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = a == b ? RIDGE * (double)draws->n : 0;
            for (size_t i = 0; i < draws->n; i++) {
                const double *z = &standard->z[i * draws->n_stats];
                sum += z[a] * z[b];
            }
            gram[a * (a + 1) / 2 + b] = sum;
        }
    }
    return cholesky_factor(k, gram);
}

/* leverage[i]: of a proposal on its own prediction. */
static void find_leverage(const struct calibrate_draws *draws, const struct standard *standard,
                          const double *gram, double *leverage)
{
    double solved[CHOLESKY_MOST];
    for (size_t i = 0; i < draws->n; i++) {
        const double *z = &standard->z[i * draws->n_stats];
        for (size_t s = 0; s < standard->n; s++) {
            solved[s] = z[s];
        }
        cholesky_solve(standard->n, gram, solved);
        leverage[i] = 1 / (double)draws->n + dot(z, solved, standard->n);
    }
}

/* Predictions worse than none at all would only add noise. */
static void forget(const struct calibrate_draws *draws, size_t range, double *guess, double *seen)
{
    for (size_t i = 0; i < draws->n; i++) {
        guess[i * draws->n_ranges + range] = 0;
    }
    seen[range] = 0;
}

/* What the rest of the proposals predict for each one, by the identity of leaving one out. */
static void predict(const struct calibrate_draws *draws, const struct standard *standard,
                    const double *gram, const double *leverage, size_t range, double *guess,
                    double *seen)
{
    double slope[CHOLESKY_MOST] = {0}, mean = 0;
    size_t p = draws->n_ranges;
    for (size_t i = 0; i < draws->n; i++) {
        mean += logit(draws->part[i * p + range]) / (double)draws->n;
    }
    for (size_t i = 0; i < draws->n; i++) {
        double off = logit(draws->part[i * p + range]) - mean;
        for (size_t s = 0; s < standard->n; s++) {
            slope[s] += standard->z[i * draws->n_stats + s] * off;
        }
    }
    cholesky_solve(standard->n, gram, slope);
    double square = 0, missed = 0;
    for (size_t i = 0; i < draws->n; i++) {
        const double least = 1e-6;
        double here = logit(draws->part[i * p + range]) - mean;
        double rest = 1 - leverage[i] > least ? 1 - leverage[i] : least;
        double off = (here - dot(&standard->z[i * draws->n_stats], slope, standard->n)) / rest;
        guess[i * p + range] = here - off;
        square += here * here;
        missed += off * off;
    }
    seen[range] = dot(standard->seen, slope, standard->n);
    if (!(missed < (1 - SKILL_LEAST) * square)) {
        forget(draws, range, guess, seen);
    }
}

/* guess [n * n_ranges], seen [n_ranges]; *good false: the summaries say nothing. */
static int predict_all(struct arena *arena, const struct calibrate_draws *draws,
                       const struct calibrate_kept *kept, double *guess, double *seen, bool *good,
                       struct ajar_err *err)
{
    struct standard standard = {0};
    double gram[CHOLESKY_PACKED], *leverage;
    TRY(standardise(arena, draws, kept, &standard, err));
    TRY_NEW(leverage, arena, draws->n, err);
    *good = standard.n > 0 && factor(draws, &standard, gram);
    if (*good) {
        find_leverage(draws, &standard, gram, leverage);
        for (size_t j = 0; j < draws->n_ranges; j++) {
            predict(draws, &standard, gram, leverage, j, guess, seen);
        }
    }
    return 0;
}

/* ---- Local-linear regression among those that are kept ---- */

struct local {
    const struct calibrate_kept *kept;
    size_t p, used; /* used: columns that are not flat */
    double *x;      /* [kept * p] predictions about their mean, in units of their spread */
    double *target; /* [p] of the counts, likewise */
    double gram[CHOLESKY_PACKED];
};

static void local_column(struct local *it, const double *guess, const double *seen, size_t k)
{
    const struct calibrate_kept *kept = it->kept;
    double mean = 0, square = 0, least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < kept->n; i++) {
        double at = guess[kept->order[i] * it->p + k];
        mean += kept->weight[i] * at;
        least = at < least ? at : least;
        most = at > most ? at : most;
    }
    for (size_t i = 0; i < kept->n; i++) {
        double off = guess[kept->order[i] * it->p + k] - mean;
        square += kept->weight[i] * off * off;
    }
    bool use = square > FLAT * FLAT && seen[k] >= least && seen[k] <= most;
    double unit = use ? sqrt(square) : INFINITY;
    it->used += use;
    for (size_t i = 0; i < kept->n; i++) {
        it->x[i * it->p + k] = (guess[kept->order[i] * it->p + k] - mean) / unit;
    }
    it->target[k] = (seen[k] - mean) / unit;
}

static bool local_factor(struct local *it)
{
    for (size_t a = 0; a < it->p; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = a == b ? RIDGE : 0;
            for (size_t i = 0; i < it->kept->n; i++) {
                sum += it->kept->weight[i] * it->x[i * it->p + a] * it->x[i * it->p + b];
            }
            it->gram[a * (a + 1) / 2 + b] = sum;
        }
    }
    return cholesky_factor(it->p, it->gram);
}

/* How much residuals shrink because the line was fitted to them. */
static double shrinkage(const struct local *it)
{
    double squares = 0;
    for (size_t i = 0; i < it->kept->n; i++) {
        squares += it->kept->weight[i] * it->kept->weight[i];
    }
    double n = 1 / squares, rest = n - (double)it->used - 1;
    return rest > 1 ? sqrt((n - 1) / rest) : 1;
}

static void adjust_one(const struct local *it, size_t j, double *values)
{
    const struct calibrate_kept *kept = it->kept;
    double slope[CHOLESKY_MOST] = {0}, mean = 0, wider = shrinkage(it);
    for (size_t i = 0; i < kept->n; i++) {
        values[i] = logit(kept->part[i * it->p + j]);
        mean += kept->weight[i] * values[i];
    }
    for (size_t i = 0; i < kept->n; i++) {
        for (size_t k = 0; k < it->p; k++) {
            slope[k] += kept->weight[i] * it->x[i * it->p + k] * (values[i] - mean);
        }
    }
    cholesky_solve(it->p, it->gram, slope);
    double centre = mean + dot(it->target, slope, it->p);
    for (size_t i = 0; i < kept->n; i++) {
        double off = values[i] - mean - dot(&it->x[i * it->p], slope, it->p);
        kept->part[i * it->p + j] = logistic(centre + wider * off);
    }
}

static int adjust(struct arena *arena, const struct calibrate_draws *draws,
                  struct calibrate_kept *kept, struct ajar_err *err)
{
    struct local it = {.kept = kept, .p = draws->n_ranges};
    double *guess, *seen, *values;
    bool good;
    if (kept->n < DRAWS_A_TERM * (it.p + 1)) {
        return 0;
    }
    TRY_NEW(guess, arena, draws->n * it.p, err);
    TRY_NEW(seen, arena, it.p, err);
    TRY_NEW(values, arena, kept->n, err);
    TRY_NEW(it.x, arena, kept->n * it.p, err);
    TRY_NEW(it.target, arena, it.p, err);
    TRY(predict_all(arena, draws, kept, guess, seen, &good, err));
    for (size_t k = 0; good && k < it.p; k++) {
        local_column(&it, guess, seen, k);
    }
    kept->adjusted = good && it.used > 0 && local_factor(&it);
    for (size_t j = 0; kept->adjusted && j < it.p; j++) {
        adjust_one(&it, j, values);
    }
    return 0;
}

int calibrate_keep(struct arena *arena, const struct calibrate_draws *draws, size_t n_accepted,
                   struct calibrate_kept *out, struct ajar_err *err)
{
    struct calibrate_kept kept = {.n = n_accepted < draws->n ? n_accepted : draws->n};
    size_t *order = NULL;
    TRY(order_draws(arena, draws, &order, err));
    kept.order = order;
    TRY_NEW(kept.weight, arena, kept.n, err);
    TRY_NEW(kept.part, arena, kept.n * draws->n_ranges, err);
    weigh(draws, &kept);
    for (size_t i = 0; i < kept.n * draws->n_ranges; i++) {
        kept.part[i] =
            draws->part[order[i / draws->n_ranges] * draws->n_ranges + i % draws->n_ranges];
    }
    TRY(adjust(arena, draws, &kept, err));
    *out = kept;
    return 0;
}
