/* Sensitivity: the split once more for each of many draws of the uncertain inputs, and the 5th,
 * 50th and 95th percentile of what each host gets. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "aid_parts.h"
#include "num.h"
#include "rng.h"
#include "steady.h"

#define AID_PART_CEILING ((size_t)1 << 30) /* arrays of one block of draws */
enum { AID_BLOCK = 64 };                   /* draws in a block; results do not depend on it */

/* What a stream of random numbers is for.  Its entity is a host, or a row of assumptions.csv, so
 * that hosts that share a row share its draw; its step is the draw.  So a draw is the same
 * number whether its group moves alone or with the others. */
enum aid_stream { AID_STREAM_STOCK = 1, AID_STREAM_ASSUMPTION, AID_STREAM_WEIGHTS };

struct aid_draws {
    const struct aid_job *job;
    const double *population, *gdp; /* [n] */
    uint64_t seed;
    double stock_sd;
    size_t n_draws;
    enum aid_group group;
    double *x; /* [n][n_draws] */
    double *p[3];
};

/* Arrays of one draw, [n]. */
struct aid_drawn {
    double *stock, *need, *funded, *cap, *severity, *x;
    struct aid_work work;
};

static int aid_drawn_new(struct aid_drawn *out, struct arena *arena, size_t n, struct ajar_err *err)
{
    TRY_NEW(out->stock, arena, n, err);
    TRY_NEW(out->need, arena, n, err);
    TRY_NEW(out->funded, arena, n, err);
    TRY_NEW(out->cap, arena, n, err);
    TRY_NEW(out->severity, arena, n, err);
    TRY_NEW(out->x, arena, n, err);
    return aid_work_new(&out->work, arena, n, err);
}

/* Triangular between low and high with its peak at central, by inversion.  On the scale of
 * logarithms where all are positive: a stock of 1,000 to 8,000 is as likely to be half as to be
 * double. */
static double aid_triangle(struct rng rng, double low, double central, double high)
{
    double u = rng_uniform(&rng);
    if (!(low < high)) {
        return central;
    }
    bool logs = low > 0;
    double a = logs ? steady_log(low) : low, b = logs ? steady_log(high) : high;
    double c = logs ? steady_log(central) : central, span = b - a;
    double value =
        u * span < c - a ? a + sqrt(u * span * (c - a)) : b - sqrt((1 - u) * span * (b - c));
    return fmin(fmax(logs ? steady_exp(value) : value, low), high);
}

/* The mean of a lopsided forecast may lie past one of its percentiles. */
static double aid_peak(const struct aid_input *input)
{
    return fmin(fmax(input->value, input->low), input->high);
}

/* A draw of a figure: of an assumption, or of a stock that the exodus lends, between its ends; of a
 * counted or given stock around it. */
static double aid_drawn_value(const struct aid_draws *draws, enum aid_figure figure, size_t i,
                              uint32_t draw)
{
    const struct aid_input *input = &draws->job->input[figure][i];
    if (input->quality == AID_ASSUMED) {
        return aid_triangle(rng_at(draws->seed, AID_STREAM_ASSUMPTION, input->row, draw),
                            input->low, input->value, input->high);
    }
    if (figure == AID_FIGURE_STOCK) {
        struct rng rng = rng_at(draws->seed, AID_STREAM_STOCK, (uint32_t)i, draw);
        if (aid_job_lent(draws->job, i)) {
            return aid_triangle(rng, input->low, aid_peak(input), input->high);
        }
        return input->value * steady_exp(draws->stock_sd * rng_normal(&rng));
    }
    return input->value;
}

static bool aid_moves(const struct aid_draws *draws, enum aid_group group)
{
    return draws->group == AID_GROUP_ALL || draws->group == group;
}

static void aid_draw_inputs(const struct aid_draws *draws, uint32_t draw, struct aid_drawn *drawn)
{
    const struct aid_problem *centre = &draws->job->problem;
    for (size_t i = 0; i < centre->n; i++) {
        double cost = 1;
        drawn->stock[i] = aid_moves(draws, AID_GROUP_STOCK)
                              ? aid_drawn_value(draws, AID_FIGURE_STOCK, i, draw)
                              : centre->stock[i];
        if (aid_moves(draws, AID_GROUP_COST)) {
            cost = aid_drawn_value(draws, AID_FIGURE_UNIT_COST, i, draw) /
                   draws->job->input[AID_FIGURE_UNIT_COST][i].value;
        }
        drawn->need[i] = centre->need[i] * (drawn->stock[i] / centre->stock[i]) * cost;
        drawn->funded[i] = aid_moves(draws, AID_GROUP_FUNDED)
                               ? aid_drawn_value(draws, AID_FIGURE_FUNDED, i, draw)
                               : centre->funded[i];
        drawn->cap[i] = aid_moves(draws, AID_GROUP_CAP)
                            ? aid_drawn_value(draws, AID_FIGURE_CAP, i, draw)
                            : centre->cap[i];
    }
}

/* Severity from the drawn stocks and weights; a given one stays as it is, and at alpha infinity
 * it has no say. */
static const double *aid_draw_severity(const struct aid_draws *draws, uint32_t draw,
                                       struct aid_drawn *drawn)
{
    const struct aid_job *job = draws->job;
    double weight[2] = {0.5, 0.5};
    if (job->severity_given || isinf(job->options.alpha)) {
        return job->problem.severity;
    }
    if (aid_moves(draws, AID_GROUP_WEIGHTS)) {
        static const double shape[2] = {AID_WEIGHT_SHAPE, AID_WEIGHT_SHAPE};
        struct rng rng = rng_at(draws->seed, AID_STREAM_WEIGHTS, 0, draw);
        rng_dirichlet(&rng, shape, 2, weight);
    }
    aid_severity(job->n, drawn->stock, draws->population, draws->gdp, weight[0], weight[1], NULL,
                 NULL, drawn->severity);
    return drawn->severity;
}

static int aid_draw_block(void *arg, size_t block, struct ajar_err *err)
{
    const struct aid_draws *draws = arg;
    struct aid_drawn drawn;
    struct arena arena;
    size_t n = draws->job->n, from = block * AID_BLOCK;
    size_t to = from + AID_BLOCK < draws->n_draws ? from + AID_BLOCK : draws->n_draws;
    arena_init(&arena, "one block of draws", AID_PART_CEILING);
    int code = aid_drawn_new(&drawn, &arena, n, err);
    for (size_t d = from; code == 0 && d < to; d++) {
        struct aid_problem problem = draws->job->problem;
        aid_draw_inputs(draws, (uint32_t)d, &drawn);
        problem.severity = aid_draw_severity(draws, (uint32_t)d, &drawn);
        problem.need = drawn.need;
        problem.funded = drawn.funded;
        problem.cap = drawn.cap;
        problem.stock = drawn.stock;
        aid_fill(&drawn.work, &problem, &draws->job->options, drawn.x);
        for (size_t i = 0; i < n; i++) {
            draws->x[i * draws->n_draws + d] = drawn.x[i];
        }
    }
    arena_free(&arena);
    return code;
}

/* Puts the k-th smallest at a[k], none larger before it, none smaller behind it (Hoare 1961,
 * FIND). */
static void aid_select(double *a, ptrdiff_t n, ptrdiff_t k)
{
    ptrdiff_t low = 0, high = n - 1;
    while (low < high) {
        double pivot = a[k];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) {
                i++;
            }
            while (a[j] > pivot) {
                j--;
            }
            if (i <= j) {
                double keep = a[i];
                a[i++] = a[j];
                a[j--] = keep;
            }
        }
        low = j < k ? i : low;
        high = k < i ? j : high;
    }
}

/* Between the two order statistics around (n - 1) p, as R's type 7 and NumPy have it. */
static double aid_quantile(double *a, size_t n, double p)
{
    double at = (double)(n - 1) * p, below = floor(at);
    size_t k = (size_t)below;
    aid_select(a, (ptrdiff_t)n, (ptrdiff_t)k);
    double next = INFINITY;
    for (size_t i = k + 1; i < n; i++) {
        next = fmin(next, a[i]);
    }
    return k + 1 < n ? a[k] + (at - below) * (next - a[k]) : a[k];
}

static int aid_draw_quantiles(void *arg, size_t i, struct ajar_err *err)
{
    static const double at[3] = {0.05, 0.5, 0.95};
    const struct aid_draws *draws = arg;
    (void)err;
    for (size_t q = 0; q < 3; q++) {
        draws->p[q][i] = aid_quantile(&draws->x[i * draws->n_draws], draws->n_draws, at[q]);
    }
    return 0;
}

static bool aid_uncertain(const struct aid_job *job, enum aid_figure figure)
{
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[figure][i];
        bool ranged =
            input->quality == AID_ASSUMED || (figure == AID_FIGURE_STOCK && aid_job_lent(job, i));
        if (ranged && input->low < input->high) {
            return true;
        }
    }
    return false;
}

static bool aid_group_present(const struct aid_draws *draws, enum aid_group group)
{
    const struct aid_job *job = draws->job;
    switch (group) {
    case AID_GROUP_STOCK:
        return draws->stock_sd > 0 || aid_uncertain(job, AID_FIGURE_STOCK);
    case AID_GROUP_WEIGHTS:
        return !job->severity_given;
    case AID_GROUP_COST:
        return aid_uncertain(job, AID_FIGURE_UNIT_COST);
    case AID_GROUP_FUNDED:
        return aid_uncertain(job, AID_FIGURE_FUNDED);
    case AID_GROUP_CAP:
        return aid_uncertain(job, AID_FIGURE_CAP);
    default:
        for (int other = AID_GROUP_STOCK; other < AID_GROUPS; other++) {
            if (aid_group_present(draws, (enum aid_group)other)) {
                return true;
            }
        }
        return false;
    }
}

static int aid_draw_group(struct arena *arena, struct aid_draws *draws, struct pool *pool,
                          const struct watch *watch, struct aid_band *band, struct ajar_err *err)
{
    if (!aid_group_present(draws, draws->group)) {
        return 0;
    }
    for (size_t q = 0; q < 3; q++) {
        TRY_NEW(draws->p[q], arena, draws->job->n, err);
    }
    size_t blocks = (draws->n_draws + AID_BLOCK - 1) / AID_BLOCK;
    char what[64];
    snprintf(what, sizeof what, "drawing %s", aid_group_word(draws->group));
    TRY(pool_run(pool, blocks, aid_draw_block, draws, watch, what, err));
    TRY(pool_run(pool, draws->job->n, aid_draw_quantiles, draws, watch, "sorting percentiles",
                 err));
    *band = (struct aid_band){true, draws->p[0], draws->p[1], draws->p[2]};
    return 0;
}

int aid_draws_check(const struct aid_job *job, const struct aid_run_options *options,
                    struct ajar_err *err)
{
    char number[NUM_TEXT];
    if (!isnan(options->stock_sd) &&
        !(options->stock_sd >= 0 && options->stock_sd <= AID_STOCK_SD_MOST)) {
        num_format(options->stock_sd, number);
        return err_set(err, E_AID_STOCK_SD, "The spread of the stocks is %s.", number);
    }
    if (options->draws == 0) {
        return 0;
    }
    if (options->draws < AID_DRAWS_LEAST || options->draws > AID_DRAWS_MOST) {
        bool few = options->draws < AID_DRAWS_LEAST;
        err_set(err, E_AID_DRAWS, "%lld draw%s too %s.", (long long)options->draws,
                options->draws == 1 ? " is" : "s are",
                few ? "few to read a range from them" : "many");
        return err_hint(err, "Use %s %lld, or 0 for none.", few ? "at least" : "at most",
                        (long long)(few ? AID_DRAWS_LEAST : AID_DRAWS_MOST));
    }
    if ((size_t)options->draws > AID_DRAW_CELLS / job->n) {
        err_set(err, E_AID_DRAWS, "%lld draws of %zu hosts are too many to keep.",
                (long long)options->draws, job->n);
        return err_hint(err, "Use at most %zu draws, or 0 for none.", AID_DRAW_CELLS / job->n);
    }
    return 0;
}

static int aid_alpha_range(struct arena *arena, const struct aid_job *job,
                           struct aid_sensitivity *out, struct ajar_err *err)
{
    TRY_NEW(out->alpha_low, arena, job->n, err);
    TRY_NEW(out->alpha_high, arena, job->n, err);
    for (size_t i = 0; i < job->n; i++) {
        out->alpha_low[i] = out->alpha_high[i] = job->at_alpha[0].x[i];
        for (size_t a = 1; a < AID_ALPHAS; a++) {
            out->alpha_low[i] = fmin(out->alpha_low[i], job->at_alpha[a].x[i]);
            out->alpha_high[i] = fmax(out->alpha_high[i], job->at_alpha[a].x[i]);
        }
    }
    return 0;
}

int aid_draws_run(struct arena *arena, const struct aid_job *job,
                  const struct aid_run_options *options, struct pool *pool,
                  const struct watch *watch, struct aid_sensitivity *out, struct ajar_err *err)
{
    struct aid_sensitivity result = {.draws = options->draws,
                                     .seed = options->seed,
                                     .stock_sd = isnan(options->stock_sd) ? AID_STOCK_SD
                                                                          : options->stock_sd};
    if (options->draws == 0) {
        *out = (struct aid_sensitivity){0};
        return 0;
    }
    struct aid_draws draws = {.job = job,
                              .seed = result.seed,
                              .stock_sd = result.stock_sd,
                              .n_draws = (size_t)options->draws};
    double *population = NULL, *gdp = NULL;
    TRY_NEW(population, arena, job->n, err);
    TRY_NEW(gdp, arena, job->n, err);
    for (size_t i = 0; i < job->n; i++) {
        population[i] = job->input[AID_FIGURE_POPULATION][i].value;
        gdp[i] = job->input[AID_FIGURE_GDP][i].value;
    }
    draws.population = population;
    draws.gdp = gdp;
    TRY_NEW(draws.x, arena, job->n * draws.n_draws, err);
    for (int g = 0; g < AID_GROUPS; g++) {
        draws.group = (enum aid_group)g;
        TRY(aid_draw_group(arena, &draws, pool, watch, &result.band[g], err));
    }
    TRY(aid_alpha_range(arena, job, &result, err));
    *out = result;
    return 0;
}
