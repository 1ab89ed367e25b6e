#include "change.h"

#include <math.h>

#include "steady.h"

#define PI      0x1.921fb54442d18p+1
#define LOG_2PI 0x1.d67f1c864beb5p+0
enum { RECENT = 7 };

/* The runs that may be the present one, oldest first. */
struct run {
    size_t begin; /* its first period */
    size_t n;     /* counts in it */
    double log_p;
    double mean, beta; /* of its normal-inverse-gamma; kappa0 + n and alpha0 + n / 2 go with them */
};

struct change {
    const struct change_options *options;
    double mean0;
    double *rise; /* [counts + 1] ln Gamma(alpha0 + n/2 + 1/2) - ln Gamma(alpha0 + n/2) */
    struct run *runs;
    size_t n_runs;
};

struct change_options change_default(void)
{
    return (struct change_options){.hazard = 1.0 / 60,
                                   .prune = 1e-6,
                                   .mean0 = NAN,
                                   .kappa0 = 0.05,
                                   .alpha0 = 1,
                                   .beta0 = 0.005};
}

/* Stirling's series, after Gamma(x + 1) = x Gamma(x) has carried x to where it is exact to a double. */
static double log_gamma(double x)
{
    double down = 0;
    while (x < 16) {
        down += steady_log(x);
        x += 1;
    }
    double square = x * x;
    double series =
        (1.0 / 12 -
         (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / (1188 * square)) / square) / square) /
             square) /
        x;
    return (x - 0.5) * steady_log(x) - x + LOG_2PI / 2 + series - down;
}

/* rise[n + 2] - rise[n] is a difference of logarithms: no gamma function past the first two. */
static void fill_rise(double *rise, size_t n, double alpha0)
{
    rise[0] = log_gamma(alpha0 + 0.5) - log_gamma(alpha0);
    for (size_t i = 0; i < n; i++) {
        rise[i + 1] = steady_log(alpha0 + (double)i / 2) - rise[i];
    }
}

/* Logarithm of the Student-t predictive of x, and the run with x in it. */
static double feed(const struct change *it, struct run *run, double x)
{
    double n = (double)run->n, kappa = it->options->kappa0 + n;
    double alpha = it->options->alpha0 + n / 2;
    double gap = x - run->mean;
    double more = gap * gap * kappa / (2 * (kappa + 1));
    double log_p = it->rise[run->n] - 0.5 * steady_log(2 * PI * run->beta * (kappa + 1) / kappa) -
                   (alpha + 0.5) * steady_log1p(more / run->beta);
    run->mean += gap / (kappa + 1);
    run->beta += more;
    run->n++;
    return log_p;
}

static double log_of_sum(const struct run *runs, size_t n)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++) {
        most = runs[i].log_p > most ? runs[i].log_p : most;
    }
    for (size_t i = 0; i < n; i++) {
        sum += steady_exp(runs[i].log_p - most);
    }
    return most + steady_log(sum);
}

static void normalise(struct change *it)
{
    double sum = log_of_sum(it->runs, it->n_runs);
    for (size_t i = 0; i < it->n_runs; i++) {
        it->runs[i].log_p -= sum;
    }
}

static void prune(struct change *it)
{
    if (it->options->prune == 0) {
        return;
    }
    double least = steady_log(it->options->prune), most = -INFINITY;
    for (size_t i = 0; i < it->n_runs; i++) {
        most = it->runs[i].log_p > most ? it->runs[i].log_p : most;
    }
    least = least < most ? least : most;
    size_t kept = 0;
    for (size_t i = 0; i < it->n_runs; i++) {
        if (it->runs[i].log_p >= least) {
            it->runs[kept++] = it->runs[i];
        }
    }
    it->n_runs = kept;
    normalise(it);
}

static void step(struct change *it, size_t t, double x)
{
    double stay = steady_log1p(-it->options->hazard);
    double leave = it->n_runs == 0 ? 0 : steady_log(it->options->hazard);
    for (size_t i = 0; i < it->n_runs; i++) {
        it->runs[i].log_p += stay + feed(it, &it->runs[i], x);
    }
    struct run fresh = {.begin = t, .mean = it->mean0, .beta = it->options->beta0};
    fresh.log_p = leave + feed(it, &fresh, x);
    it->runs[it->n_runs++] = fresh;
    normalise(it);
    prune(it);
}

static struct change_point look(const struct change *it, const struct watch_grid *grid, size_t t,
                                size_t first)
{
    if (it->n_runs == 0) {
        return (struct change_point){NAN, NAN, DATE_NONE};
    }
    const struct run *modal = &it->runs[0];
    double recent = 0;
    for (size_t i = 0; i < it->n_runs; i++) {
        const struct run *run = &it->runs[i];
        modal = run->log_p > modal->log_p ? run : modal;
        if (run->begin != first && run->begin + RECENT > t) {
            recent += steady_exp(run->log_p);
        }
    }
    return (struct change_point){.p_recent = recent < 1 ? recent : 1,
                                 .run_length = (double)(t - modal->begin + 1),
                                 .since = grid->first + (date_days)modal->begin * grid->step_days};
}

static int check(const struct watch_grid *grid, const struct change_options *options,
                 struct ajar_err *err)
{
    if (!(options->hazard > 0 && options->hazard < 1)) {
        return err_set(err, E_WATCH_OPTION, "The hazard %g is not between 0 and 1.",
                       options->hazard);
    }
    if (!(options->prune >= 0 && options->prune <= 1e-2)) {
        return err_set(err, E_WATCH_OPTION, "Runs are dropped below %g, which is not 0 to 0.01.",
                       options->prune);
    }
    if (!(options->kappa0 > 0 && options->alpha0 > 0 && options->beta0 > 0) ||
        isinf(options->kappa0) || isinf(options->alpha0) || isinf(options->beta0) ||
        isinf(options->mean0)) {
        return err_set(err, E_WATCH_OPTION,
                       "The prior has mean %g, kappa %g, alpha %g and beta %g; the last three are "
                       "positive and all are finite.",
                       options->mean0, options->kappa0, options->alpha0, options->beta0);
    }
    for (size_t i = 0; i < grid->n; i++) {
        if (grid->y[i] < 0 || isinf(grid->y[i])) {
            return err_set(err, E_WATCH_OPTION, "Period %zu has the count %g.", i, grid->y[i]);
        }
    }
    return 0;
}

int change_series(struct arena *arena, const struct watch_grid *grid,
                  const struct change_options *options, struct change_point *out,
                  struct ajar_err *err)
{
    TRY(check(grid, options, err));
    struct change it = {.options = options, .mean0 = options->mean0};
    TRY_NEW(it.rise, arena, grid->n + 1, err);
    TRY_NEW(it.runs, arena, grid->n, err);
    fill_rise(it.rise, grid->n, options->alpha0);
    size_t first = grid->n;
    for (size_t t = 0; t < grid->n; t++) {
        if (!isnan(grid->y[t])) {
            double x = steady_log(grid->y[t] + 0.5);
            first = first == grid->n ? t : first;
            it.mean0 = isnan(it.mean0) ? x : it.mean0;
            step(&it, t, x);
        }
        out[t] = look(&it, grid, t, first);
    }
    return 0;
}
