#include "baselines.h"

#include <math.h>

#include "steady.h"

#define SOFTENING 50 /* km */

static const double grid_capacity[] = {0, 0.25, 0.5, 0.75, 1};
static const double grid_power[] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
enum { POWERS = sizeof grid_power / sizeof *grid_power };

struct flow_gravity flow_gravity_grid(int i)
{
    return (struct flow_gravity){grid_capacity[i / POWERS], grid_power[i % POWERS]};
}

static double power_of(double base, double exponent)
{
    if (exponent == 0) {
        return 1;
    }
    return base > 0 ? steady_exp(exponent * steady_log(base)) : 0;
}

static double attraction(const struct choice_case *at, enum flow_baseline which,
                         struct flow_gravity gravity, const double *km, uint32_t camp)
{
    switch (which) {
    case BASELINE_CAPACITY:
        return at->left[camp];
    case BASELINE_GRAVITY:
        return km[camp] < (double)INFINITY ? power_of(at->left[camp], gravity.of_capacity) *
                                                 power_of(km[camp] + SOFTENING, -gravity.power)
                                           : 0;
    case BASELINE_NEAREST:
    case BASELINE_EQUAL:
    case BASELINES:
    default:
        return 1;
    }
}

static void nearest(const struct choice_case *at, const double *km, double *shares)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < at->n_camps; c++) {
        best = km[c] < km[best] ? c : best;
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        bool cut = !(km[best] < (double)INFINITY);
        shares[c] = cut ? 1.0 / at->n_camps : c == best;
    }
}

static void weighted(const struct choice_case *at, enum flow_baseline which,
                     struct flow_gravity gravity, const double *km, double *shares)
{
    double sum = 0;
    for (uint32_t c = 0; c < at->n_camps; c++) {
        shares[c] = attraction(at, which, gravity, km, c);
        sum += shares[c];
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        shares[c] = sum > 0 ? shares[c] / sum : 1.0 / at->n_camps;
    }
}

void flow_baseline(struct choice_case *at, enum flow_baseline which, struct flow_gravity gravity,
                   double simulated[])
{
    static const struct choice_rule no_limit = {.room_to = 0};
    for (size_t row = 0; row < (size_t)at->n_states * at->n_origins; row++) {
        const double *km = at->km + row * at->n_camps;
        double *shares = at->shares + row * at->n_camps;
        if (which == BASELINE_NEAREST) {
            nearest(at, km, shares);
        } else {
            weighted(at, which, gravity, km, shares);
        }
    }
    choice_spread(at, &no_limit, simulated);
}

/* Of one day: sum of |s - o| with s as it stands, and scaled to the sum of o. */
static void old_day(const struct flow_series *observed, int32_t day, int32_t age, double off[2])
{
    double now = 0, then = 0, scaled = 0, plain = 0;
    const int64_t *at = observed->at + day;
    size_t days = (size_t)observed->n_days;
    for (size_t c = 0; c < observed->n_camps; c++) {
        now += (double)at[c * days];
        then += (double)at[(ptrdiff_t)(c * days) - age];
    }
    for (size_t c = 0; c < observed->n_camps; c++) {
        double o = (double)at[c * days], s = (double)at[(ptrdiff_t)(c * days) - age];
        plain += fabs(s - o);
        scaled += fabs((then > 0 ? s * now / then : 0) - o);
    }
    off[0] += plain / fmax(1, now);
    off[1] += scaled / fmax(1, now);
}

void flow_baseline_old(const struct flow_series *observed, int32_t age, double *normal,
                       double *rescaled)
{
    double off[2] = {0, 0};
    age = age < 0 ? 0 : age;
    for (int32_t day = age; day < observed->n_days; day++) {
        old_day(observed, day, age, off);
    }
    bool any = age < observed->n_days;
    *normal = any ? off[0] / (observed->n_days - age) : (double)NAN;
    *rescaled = any ? off[1] / (observed->n_days - age) : (double)NAN;
}

/* Printed by bench/flow_fit.c: with capacities, by distance alone. */
struct gravity_fit {
    const char *title;
    struct flow_gravity with, without;
};
static const struct gravity_fit gravity_fits[] = {
    {"burundi2015", {0.75, 0.5}, {0, 2}},
    {"car2013", {0.75, 0.5}, {0, 2}},
    {"mali2012", {0.75, 0.5}, {0, 1.5}},
    {"nigeria2016", {0.75, 0.5}, {0, 1.5}},
    {"ssudan2013", {0.75, 0.5}, {0, 1.5}},
    {"ssudan2016", {0.75, 0.5}, {0, 2}},
    {"syria2013", {0.75, 0.5}, {0, 2}},
    {"tigray2020", {0.75, 0.5}, {0, 1.5}},
    {"", {0.75, 0.5}, {0, 2}},
};
enum { GRAVITY_FITS = sizeof gravity_fits / sizeof *gravity_fits };

struct flow_gravity flow_gravity_fitted(struct text title, bool capacities)
{
    size_t i = 0;
    while (i + 1 < GRAVITY_FITS && !text_is(title, gravity_fits[i].title)) {
        i++;
    }
    return capacities ? gravity_fits[i].with : gravity_fits[i].without;
}
