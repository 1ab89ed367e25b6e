/* Uphill by BFGS with differences for slopes; the curvature by differences of slopes. */
#include <math.h>
#include <string.h>

#include "exodus_fit_parts.h"

#define MODE_STEP   1e-3
#define MODE_ROUNDS 200
#define MODE_HALVES 30
#define MODE_LEAST  1e-6 /* rise at which it ends */
#define MODE_SHRINK 0.5
#define MODE_LIFTS  12
#define MODE_N      EXODUS_FITTED_MOST

static void mode_slope(struct exodus_fit_work *work, const struct exodus_places *places,
                       const double *at, double *slope)
{
    double here[MODE_N];
    memcpy(here, at, places->n * sizeof *here);
    for (uint32_t i = 0; i < places->n; i++) {
        here[i] = at[i] + MODE_STEP;
        double up = exodus_places_density(work, places, here);
        here[i] = at[i] - MODE_STEP;
        double down = exodus_places_density(work, places, here);
        here[i] = at[i];
        slope[i] = (up - down) / (2 * MODE_STEP);
        slope[i] = isfinite(slope[i]) ? slope[i] : 0;
    }
}

/* inverse (full, [n * n]) after a step `s` that changed the slope downhill by `y`. */
static void mode_update(uint32_t n, const double *s, const double *y, double *inverse)
{
    double sy = 0, yhy = 0, hy[MODE_N];
    for (uint32_t i = 0; i < n; i++) {
        sy += s[i] * y[i];
        hy[i] = 0;
        for (uint32_t j = 0; j < n; j++) {
            hy[i] += inverse[i * MODE_N + j] * y[j];
        }
        yhy += y[i] * hy[i];
    }
    if (!(sy > 1e-12)) {
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            inverse[i * MODE_N + j] +=
                (1 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        }
    }
}

/* Along `way`, halved until it rises; the rise, 0 when it does not. */
static double mode_walk(struct exodus_fit_work *work, const struct exodus_places *places,
                        const double *way, double *at, double *density, double *s)
{
    double next[MODE_N], length = 1;
    for (int half = 0; half < MODE_HALVES; half++, length *= MODE_SHRINK) {
        for (uint32_t i = 0; i < places->n; i++) {
            double step = length * way[i];
            s[i] = fmax(-1, fmin(1, step));
            next[i] = at[i] + s[i];
        }
        double there = exodus_places_density(work, places, next), rise = there - *density;
        if (rise > 0) {
            memcpy(at, next, places->n * sizeof *at);
            *density = there;
            return rise;
        }
    }
    return 0;
}

static void mode_climb(struct exodus_fit_work *work, const struct exodus_places *places, double *at)
{
    uint32_t n = places->n;
    double inverse[MODE_N * MODE_N] = {0}, slope[MODE_N], after[MODE_N], way[MODE_N], s[MODE_N],
                            y[MODE_N], density = exodus_places_density(work, places, at);
    for (uint32_t i = 0; i < n; i++) {
        inverse[i * MODE_N + i] = 0.05;
    }
    mode_slope(work, places, at, slope);
    for (int round = 0; round < MODE_ROUNDS; round++) {
        for (uint32_t i = 0; i < n; i++) {
            way[i] = 0;
            for (uint32_t j = 0; j < n; j++) {
                way[i] += inverse[i * MODE_N + j] * slope[j];
            }
        }
        if (mode_walk(work, places, way, at, &density, s) < MODE_LEAST) {
            return;
        }
        mode_slope(work, places, at, after);
        for (uint32_t i = 0; i < n; i++) {
            y[i] = slope[i] - after[i];
        }
        mode_update(n, s, y, inverse);
        memcpy(slope, after, sizeof slope);
    }
}

/* Minus the second derivatives, packed. */
static void mode_curve(struct exodus_fit_work *work, const struct exodus_places *places,
                       const double *at, double *curve)
{
    uint32_t n = places->n;
    double here[MODE_N], up[MODE_N * MODE_N], down[MODE_N];
    memcpy(here, at, n * sizeof *here);
    for (uint32_t i = 0; i < n; i++) {
        double step = 20 * MODE_STEP;
        here[i] = at[i] + step;
        mode_slope(work, places, here, &up[i * MODE_N]);
        here[i] = at[i] - step;
        mode_slope(work, places, here, down);
        here[i] = at[i];
        for (uint32_t j = 0; j < n; j++) {
            up[i * MODE_N + j] = (down[j] - up[i * MODE_N + j]) / (2 * step);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            curve[i * (i + 1) / 2 + j] = 0.5 * (up[i * MODE_N + j] + up[j * MODE_N + i]);
        }
    }
}

/* The covariance's factor; where the curve is no hill on all sides, it is made steeper until it is. */
void exodus_mode(struct exodus_fit_work *work, const struct exodus_places *places, double *at,
                 double *factor)
{
    double curve[CHOLESKY_PACKED], steep[CHOLESKY_PACKED], inverse[CHOLESKY_PACKED];
    double lift = 0;
    mode_climb(work, places, at);
    mode_curve(work, places, at, curve);
    for (int i = 0; i<MODE_LIFTS; i++, lift = lift> 0 ? lift * 4 : 0.01) {
        memcpy(steep, curve, sizeof steep);
        for (uint32_t k = 0; k < places->n; k++) {
            steep[k * (k + 1) / 2 + k] += lift;
        }
        if (!cholesky_factor(places->n, steep)) {
            continue;
        }
        cholesky_invert(places->n, steep, inverse);
        memcpy(factor, inverse, sizeof inverse);
        if (cholesky_factor(places->n, factor)) {
            return;
        }
    }
    memset(factor, 0, CHOLESKY_PACKED * sizeof *factor);
    for (uint32_t k = 0; k < places->n; k++) {
        factor[k * (k + 1) / 2 + k] = 0.1;
    }
}
