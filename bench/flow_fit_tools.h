/* What both fits share: the conflicts, a minimiser, and leave-one-out with nested selection. */
#ifndef BENCH_FLOW_FIT_TOOLS_H
#define BENCH_FLOW_FIT_TOOLS_H

#include <math.h>
#include <string.h>

#include "flow_conflict.h"

enum { CONFLICTS = 8, PARAMS = 8, VARIANTS = 64, ALL = (1 << CONFLICTS) - 1 };
static const char *const fit_names[CONFLICTS] = {"burundi2015", "car2013",    "mali2012",
                                                 "nigeria2016", "ssudan2013", "ssudan2016",
                                                 "syria2013",   "tigray2020"};
/* Rescaled ARD of the reference over its seeds (data README). */
static const double fit_flee[CONFLICTS] = {0.4750, 0.3663, 0.3174, 0.2213,
                                           0.5485, 0.4813, 0.3399, 0.3688};

/* A free term: where the search starts, its first step, its range; `log`: searched on a log scale. */
struct fit_term {
    const char *name;
    double start, step, least, most;
    bool log;
};
struct fit_variant {
    char name[80];
    int n;
    struct fit_term terms[PARAMS];
    const void *more; /* for the loss */
};
typedef double fit_loss(const struct fit_variant *variant, const double params[], int conflict);

struct fit_search {
    const struct fit_variant *variant;
    fit_loss *loss;
    int mask; /* conflicts fitted on */
};

static inline void fit_params(const struct fit_variant *variant, const double *x, double *params,
                              double *penalty)
{
    for (int i = 0; i < variant->n; i++) {
        const struct fit_term *term = &variant->terms[i];
        double value = term->log ? exp(x[i]) : x[i];
        params[i] = fmin(fmax(value, term->least), term->most);
        *penalty += fabs(value - params[i]) / (term->log ? term->most : 1);
    }
}

/* Mean loss over the conflicts of the mask. */
static inline double fit_mean(const struct fit_search *search, const double *x)
{
    double params[PARAMS], penalty = 0, sum = 0;
    int n = 0;
    fit_params(search->variant, x, params, &penalty);
    for (int i = 0; i < CONFLICTS; i++) {
        if (search->mask >> i & 1) {
            sum += search->loss(search->variant, params, i);
            n++;
        }
    }
    return sum / n + penalty;
}

struct fit_simplex {
    int n;
    double x[PARAMS + 1][PARAMS], f[PARAMS + 1];
};

static inline void fit_sort(struct fit_simplex *s)
{
    for (int i = 1; i <= s->n; i++) {
        for (int k = i; k > 0 && s->f[k] < s->f[k - 1]; k--) {
            double f = s->f[k], x[PARAMS];
            memcpy(x, s->x[k], sizeof x);
            memcpy(s->x[k], s->x[k - 1], sizeof x);
            memcpy(s->x[k - 1], x, sizeof x);
            s->f[k] = s->f[k - 1];
            s->f[k - 1] = f;
        }
    }
}

static inline double fit_try(const struct fit_search *search, const struct fit_simplex *s,
                             double by, double *to)
{
    for (int k = 0; k < s->n; k++) {
        double middle = 0;
        for (int i = 0; i < s->n; i++) {
            middle += s->x[i][k] / s->n;
        }
        to[k] = middle + by * (s->x[s->n][k] - middle);
    }
    return fit_mean(search, to);
}

static inline void fit_take(struct fit_simplex *s, const double *x, double f)
{
    memcpy(s->x[s->n], x, sizeof s->x[0]);
    s->f[s->n] = f;
}

/* Nelder and Mead 1965. */
static inline void fit_simplex(const struct fit_search *search, double *x, const double *steps,
                               int turns)
{
    struct fit_simplex s = {.n = search->variant->n};
    for (int i = 0; i <= s.n; i++) {
        memcpy(s.x[i], x, sizeof s.x[0]);
        if (i > 0) {
            s.x[i][i - 1] += steps[i - 1];
        }
        s.f[i] = fit_mean(search, s.x[i]);
    }
    for (int turn = 0; turn < turns; turn++) {
        double one[PARAMS] = {0}, two[PARAMS] = {0};
        fit_sort(&s);
        if (s.f[s.n] - s.f[0] < 1e-5) {
            break;
        }
        double f = fit_try(search, &s, -1, one);
        if (f < s.f[0]) {
            double g = fit_try(search, &s, -2, two);
            fit_take(&s, g < f ? two : one, fmin(f, g));
        } else if (f < s.f[s.n - 1]) {
            fit_take(&s, one, f);
        } else {
            double g = fit_try(search, &s, f < s.f[s.n] ? -0.5 : 0.5, two);
            if (g < fmin(f, s.f[s.n])) {
                fit_take(&s, two, g);
                continue;
            }
            for (int i = 1; i <= s.n; i++) {
                for (int k = 0; k < s.n; k++) {
                    s.x[i][k] = (s.x[0][k] + s.x[i][k]) / 2;
                }
                s.f[i] = fit_mean(search, s.x[i]);
            }
        }
    }
    fit_sort(&s);
    memcpy(x, s.x[0], sizeof s.x[0]);
}

static inline void fit_one(fit_loss *loss, const struct fit_variant *variant, int mask,
                           double *params)
{
    struct fit_search search = {variant, loss, mask};
    double x[PARAMS] = {0}, steps[PARAMS] = {0}, penalty = 0;
    for (int i = 0; i < variant->n; i++) {
        const struct fit_term *term = &variant->terms[i];
        x[i] = term->log ? log(term->start) : term->start;
        steps[i] = term->step;
    }
    if (variant->n > 0) {
        fit_simplex(&search, x, steps, 150);
        for (int i = 0; i < variant->n; i++) {
            steps[i] *= 0.3;
        }
        fit_simplex(&search, x, steps, 100);
    }
    fit_params(variant, x, params, &penalty);
}

/* Everything known of one variant. */
struct fit_result {
    double params[CONFLICTS + 1][PARAMS]; /* [i] fitted without i; [CONFLICTS] on all */
    double loss[CONFLICTS][CONFLICTS]; /* [j][i] on j, fitted without i and j; [j][j] without j */
    double mean, in_sample;
};

static inline void fit_all(fit_loss *loss, const struct fit_variant *variant,
                           struct fit_result *out)
{
    struct fit_search search = {variant, loss, ALL};
    double x[PARAMS];
    out->mean = 0;
    for (int j = 0; j < CONFLICTS; j++) {
        for (int i = j; i < CONFLICTS; i++) {
            double params[PARAMS] = {0};
            fit_one(loss, variant, ALL & ~(1 << i) & ~(1 << j), params);
            out->loss[j][i] = loss(variant, params, j);
            out->loss[i][j] = loss(variant, params, i);
            if (i == j) {
                memcpy(out->params[i], params, sizeof params);
            }
        }
        out->mean += out->loss[j][j] / CONFLICTS;
    }
    fit_one(loss, variant, ALL, out->params[CONFLICTS]);
    for (int i = 0; i < variant->n; i++) {
        x[i] = variant->terms[i].log ? log(out->params[CONFLICTS][i]) : out->params[CONFLICTS][i];
    }
    out->in_sample = fit_mean(&search, x);
}

/* The variant of the least leave-one-out mean over all conflicts but `left`, each of them fitted without
 * `left` too; left == CONFLICTS: over all. */
static inline int fit_pick(const struct fit_result *results, int n, int left)
{
    int best = 0;
    double least = INFINITY;
    for (int v = 0; v < n; v++) {
        double sum = 0;
        for (int j = 0; j < CONFLICTS; j++) {
            sum += j == left ? 0 : results[v].loss[j][left < CONFLICTS ? left : j];
        }
        sum /= left < CONFLICTS ? CONFLICTS - 1 : CONFLICTS;
        if (sum < least) {
            least = sum;
            best = v;
        }
    }
    return best;
}

static inline void fit_print_variant(const struct fit_variant *variant, const double *params)
{
    for (int i = 0; i < variant->n; i++) {
        printf("%s%s %.4g", i > 0 ? ", " : "", variant->terms[i].name, params[i]);
    }
}

#endif
