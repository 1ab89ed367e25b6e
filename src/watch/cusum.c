#include "cusum.h"

#include <math.h>

#include "cusum_base.h"
#include "steady.h"

#define NOISE_LEAST 0.5 /* of cusum_shift, in standard deviations of a count */
#define NOISE_MOST  1.0
#define HOLD        2.0 /* standard deviations */
enum { NODES_KEPT = 256 };

double cusum_step(double s, double y, double mu, double r, double k)
{
    double rise = isinf(r) ? (k - 1) * mu : (y + r) * steady_log1p((k - 1) * mu / (r + mu));
    double next = s + y * steady_log(k) - rise;
    return next > 0 ? next : isnan(next) ? NAN : 0;
}

double cusum_size(size_t n, const double *y)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += y[i];
    }
    double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        squares += (y[i] - mean) * (y[i] - mean);
    }
    if (n < 2 || !(mean > 0)) {
        return NAN;
    }
    double variance = squares / (double)(n - 1);
    return variance > mean ? mean * mean / (variance - mean) : INFINITY;
}

double cusum_shift(double mu, double r)
{
    double noise = sqrt(1 / mu + 1 / r);
    double least = 1 + NOISE_LEAST * noise, most = 1 + NOISE_MOST * noise;
    return CUSUM_K < least ? least : CUSUM_K > most ? most : CUSUM_K;
}

static int check(const struct watch_grid *grid, struct ajar_err *err)
{
    if (grid->step_days != 1 && grid->step_days != 7) {
        return err_set(err, E_WATCH_OPTION,
                       "A CUSUM runs on days or weeks, not on steps of %d days.", grid->step_days);
    }
    for (size_t i = 0; i < grid->n; i++) {
        if (grid->y[i] < 0 || isinf(grid->y[i])) {
            return err_set(err, E_WATCH_OPTION, "Period %zu has the count %g.", i, grid->y[i]);
        }
    }
    return 0;
}

static struct watch_verdict blank(const struct watch_grid *grid, size_t t, double run_length)
{
    return (struct watch_verdict){.detector = WATCH_CUSUM,
                                  .state = WATCH_CANNOT,
                                  .statistic = NAN,
                                  .df = NAN,
                                  .p = NAN,
                                  .rate = 1 / run_length,
                                  .count = grid->y[t],
                                  .expected = NAN,
                                  .bound = NAN,
                                  .noise = NAN,
                                  .base_from = DATE_NONE,
                                  .base_to = DATE_NONE,
                                  .since = DATE_NONE};
}

/* First day of period i. */
static date_days day(const struct watch_grid *grid, size_t i)
{
    return grid->first + (date_days)i * grid->step_days;
}

/* The size at which the variance is (1 + error) times that of a count. */
static double predictive_size(double mu, const struct cusum_base *base)
{
    double inverse = base->error / mu + (1 + base->error) * base->excess;
    return inverse > 0 ? 1 / inverse : INFINITY;
}

struct cusum_state {
    double s;
    size_t begin; /* of the present excursion */
};

static void feed(const struct watch_grid *grid, size_t t, const struct cusum_base *base,
                 struct cusum_table *table, struct cusum_state *state, struct watch_verdict *out)
{
    double r_level = predictive_size(base->level, base);
    double k = isnan(table->k) ? cusum_shift(base->level, r_level) : table->k;
    double bias = base->excess > 0 ? base->error * base->excess : 0;
    double mu = base->mu * (1 + bias), r = predictive_size(mu, base);
    state->begin = state->s > 0 ? state->begin : t;
    state->s = cusum_step(state->s, grid->y[t], mu, r, k);
    double dispersion = (1 + base->level * base->excess) * (1 + base->error);
    out->statistic = state->s;
    out->bound = cusum_table_threshold(table, base->level, dispersion, base->df);
    /* One person where nobody came before is no shift that stays; a second one may be. */
    bool one_person = grid->y[t] <= 1 && state->begin == t;
    out->state = state->s > out->bound && !one_person ? WATCH_RINGS : WATCH_QUIET;
    out->expected = mu;
    out->noise = sqrt(1 / base->level + (base->excess > 0 ? base->excess : 0));
    out->base_n = base->n;
    out->base_from = day(grid, base->from);
    out->base_to = day(grid, base->to) + grid->step_days - 1;
    out->since = state->s > 0 ? day(grid, state->begin) : DATE_NONE;
    state->s = out->state == WATCH_RINGS ? 0 : state->s;
}

/* What later baselines see of a count.  To leave out what rang would take the highest counts away
 * from them, and each false alarm would bring on the next. */
static double hold(const struct watch_verdict *verdict)
{
    double most = verdict->expected * (1 + HOLD * verdict->noise);
    return verdict->state == WATCH_RINGS && verdict->count > most ? most : verdict->count;
}

int cusum_series_with(struct arena *arena, struct cusum_table *table, const struct watch_grid *grid,
                      struct watch_verdict *out, struct ajar_err *err)
{
    TRY(check(grid, err));
    double *held;
    TRY_NEW(held, arena, grid->n, err);
    struct watch_grid past = *grid;
    past.y = held;
    struct cusum_state state = {0};
    struct cusum_base base = {0};
    for (size_t t = 0; t < grid->n; t++) {
        out[t] = blank(grid, t, table->run_length);
        held[t] = grid->y[t];
        if (isnan(grid->y[t])) {
            out[t].why_not = "the count itself is missing";
            continue;
        }
        struct cusum_base last = base;
        cusum_base_at(&past, t, &last, &base);
        out[t].why_not = base.why_not;
        if (base.why_not == NULL) {
            feed(grid, t, &base, table, &state, &out[t]);
            held[t] = hold(&out[t]);
        }
    }
    return 0;
}

int cusum_series(struct arena *arena, const struct watch_grid *grid, double rate, uint64_t seed,
                 struct watch_verdict *out, struct ajar_err *err)
{
    struct cusum_table table;
    if (!(rate >= 1e-6 && rate <= 0.5)) {
        return err_set(err, E_WATCH_OPTION,
                       "A rate of false alarms of %g is not between 0.000001 and 0.5.", rate);
    }
    TRY(cusum_table_init(&table, arena, NODES_KEPT, NAN, 1 / rate, seed, err));
    return cusum_series_with(arena, &table, grid, out, err);
}
