#include "share.h"

#include <math.h>
#include <stdlib.h>

#include "dist.h"
#include "steady.h"

#define COCHRAN 5.0 /* least expected count of a cell */

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p) {
        return x->p < y->p ? -1 : 1;
    }
    return x->at < y->at ? -1 : x->at > y->at;
}

int share_adjust(struct arena *arena, size_t n, const double *p, double *q, struct ajar_err *err)
{
    struct ranked *ranked;
    TRY_NEW(ranked, arena, n, err);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0 || p[i] > 1) {
            return err_set(err, E_WATCH_OPTION, "The p value %g is not between 0 and 1.", p[i]);
        }
        if (!isnan(p[i])) {
            ranked[m++] = (struct ranked){p[i], i};
        }
    }
    qsort(ranked, m, sizeof *ranked, by_p);
    for (size_t i = 0; i < n; i++) {
        q[i] = p[i];
    }
    double least = 1;
    for (size_t k = m; k-- > 0;) {
        double adjusted = ranked[k].p * ((double)m / (double)(k + 1));
        least = adjusted < least ? adjusted : least;
        q[ranked[k].at] = least;
    }
    return 0;
}

static double total(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
    }
    return sum;
}

/* observed ln(observed / expected), which tends to 0 with the observed count. */
static double cell(double observed, double expected)
{
    return observed > 0 ? observed * steady_log(observed / expected) : 0;
}

/* Rounding can leave a sum of zeros a little below 0. */
static double tail(double g, double df)
{
    return df > 0 ? dist_chi2_sf(g > 0 ? g : 0, df) : 1;
}

static int check(size_t n, const double *before, const double *after, double phi,
                 struct ajar_err *err)
{
    if (n < 2) {
        return err_set(err, E_WATCH_OPTION, "A split needs at least two doors, not %zu.", n);
    }
    if (!(phi >= 1) || isinf(phi)) {
        return err_set(err, E_WATCH_OPTION, "The overdispersion %g is not 1 or more.", phi);
    }
    for (size_t i = 0; i < n; i++) {
        double worse = before[i] >= 0 && isfinite(before[i]) ? after[i] : before[i];
        if (!(worse >= 0) || isinf(worse)) {
            return err_set(err, E_WATCH_OPTION, "Door %zu has the count %g.", i, worse);
        }
    }
    double all = total(before, n) + total(after, n);
    if (!(all > 0) || isinf(all)) {
        return err_set(err, E_WATCH_OPTION, "The counts of all doors sum to %g.", all);
    }
    return 0;
}

/* The door against all others: a table of 2 x 2, where a total of 0 leaves nothing to compare. */
static double door_p(double before, double after, double sum_before, double sum_after, double phi)
{
    double all = sum_before + sum_after, door = before + after, rest = all - door;
    double rest_before = sum_before - before, rest_after = sum_after - after;
    if (!(rest > 0) || !(sum_before > 0) || !(sum_after > 0)) {
        return 1;
    }
    double g = cell(before, door * (sum_before / all)) + cell(after, door * (sum_after / all)) +
               cell(rest_before, rest * (sum_before / all)) +
               cell(rest_after, rest * (sum_after / all));
    return tail(2 * g / phi, 1);
}

static void fill(struct share_shift *shift, const double *before, const double *after,
                 size_t *small)
{
    double sum_before = total(before, shift->n), sum_after = total(after, shift->n);
    double all = sum_before + sum_after, rise = sum_after - sum_before, g = 0;
    size_t doors = 0, few = 0;
    bool both = sum_before > 0 && sum_after > 0;
    for (size_t i = 0; i < shift->n; i++) {
        double door = before[i] + after[i];
        shift->share_before[i] = sum_before > 0 ? before[i] / sum_before : NAN;
        shift->share_after[i] = sum_after > 0 ? after[i] / sum_after : NAN;
        shift->contribution[i] = rise != 0 ? (after[i] - before[i]) / rise : NAN;
        shift->p_door[i] = NAN;
        if (door > 0) {
            double expected_before = door * (sum_before / all);
            double expected_after = door * (sum_after / all);
            doors++;
            few += (expected_before < COCHRAN) + (size_t)(expected_after < COCHRAN);
            g += cell(before[i], expected_before) + cell(after[i], expected_after);
            shift->p_door[i] = door_p(before[i], after[i], sum_before, sum_after, shift->phi);
        }
    }
    shift->g = both && g > 0 ? 2 * g / shift->phi : 0;
    shift->df = (double)doors - 1;
    shift->p = tail(shift->g, shift->df);
    if (small != NULL) {
        *small = few;
    }
}

int share_shift(struct arena *arena, size_t n, const double *before, const double *after,
                double phi, struct share_shift *out, size_t *small, struct ajar_err *err)
{
    TRY(check(n, before, after, phi, err));
    struct share_shift shift = {.n = n, .phi = phi};
    TRY_NEW(shift.share_before, arena, n, err);
    TRY_NEW(shift.share_after, arena, n, err);
    TRY_NEW(shift.contribution, arena, n, err);
    TRY_NEW(shift.p_door, arena, n, err);
    TRY_NEW(shift.q_door, arena, n, err);
    fill(&shift, before, after, small);
    TRY(share_adjust(arena, n, shift.p_door, shift.q_door, err));
    *out = shift;
    return 0;
}
