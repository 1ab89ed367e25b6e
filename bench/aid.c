/* The split of a budget between a million hosts, beside one pass over the data and beside plain
 * bisection, on one thread. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "aid.h"
#include "rng.h"

enum { HOSTS = 1000000, TIMES = 3, ROUNDS = 100 };

struct hosts {
    double *need, *funded, *cap, *severity, *stock, *x;
};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_aid: %s\n", what);
    exit(1);
}

static double *column(struct arena *arena)
{
    double *out = arena_new(arena, double, HOSTS, NULL);
    if (out == NULL) {
        fail("no memory");
    }
    return out;
}

/* Needs over six decades, a fifth of the hosts funded past the level, caps on both sides of it. */
static void make(struct hosts *hosts)
{
    for (uint32_t i = 0; i < HOSTS; i++) {
        struct rng rng = rng_at(1, 1, i, 0);
        double part = rng_uniform(&rng);
        hosts->need[i] = pow(10, 2 + 6 * rng_uniform(&rng));
        hosts->funded[i] = hosts->need[i] * part * part;
        hosts->cap[i] = hosts->need[i] * (0.01 + rng_uniform(&rng));
        hosts->severity[i] = pow(10, 2 * rng_uniform(&rng) - 1);
        hosts->stock[i] = 1 + floor(1000 * rng_uniform(&rng));
    }
}

static struct aid_problem problem_of(const struct hosts *hosts)
{
    return (struct aid_problem){.n = HOSTS,
                                .need = hosts->need,
                                .funded = hosts->funded,
                                .cap = hosts->cap,
                                .severity = hosts->severity,
                                .stock = hosts->stock};
}

/* Reads the four columns that the split needs and writes x: what no method can do without. */
static double pass(const struct hosts *hosts)
{
    double best = INFINITY;
    for (int time = 0; time < TIMES; time++) {
        double from = now();
        for (size_t i = 0; i < HOSTS; i++) {
            hosts->x[i] = hosts->need[i] - hosts->funded[i] + hosts->cap[i] + hosts->severity[i];
        }
        best = fmin(best, now() - from);
    }
    return best;
}

static double money(const struct aid_problem *problem, const double *weight, double key, double *x)
{
    double total = 0;
    for (size_t i = 0; i < HOSTS; i++) {
        double amount = problem->need[i] * weight[i] * key - problem->funded[i];
        x[i] = fmin(fmax(amount, 0), aid_most(problem, i));
        total += x[i];
    }
    return total;
}

/* The method of the text: halve the interval of the level until it cannot be halved. */
static double bisect(const struct aid_problem *problem, const struct aid_options *options,
                     double *weight, double *x)
{
    double from = now(), low = 0, high = isinf(options->alpha) ? 1 : 100;
    for (size_t i = 0; i < HOSTS; i++) {
        weight[i] = isinf(options->alpha) ? 1 : pow(problem->severity[i], 1 / options->alpha);
    }
    for (int round = 0; round < ROUNDS; round++) {
        double middle = (low + high) / 2;
        if (middle == low || middle == high) {
            break;
        }
        *(money(problem, weight, middle, x) <= options->budget ? &low : &high) = middle;
    }
    return now() - from;
}

static double solve(const struct aid_problem *problem, const struct aid_options *options, double *x,
                    double *residual)
{
    double best = INFINITY;
    for (int time = 0; time < TIMES; time++) {
        struct arena arena;
        struct aid_split split;
        arena_init(&arena, "the split", (size_t)4 << 30);
        double from = now();
        if (aid_solve(&arena, problem, options, &split, NULL) != 0) {
            fail("the split failed");
        }
        best = fmin(best, now() - from);
        *residual = fmax(split.residual_r, split.residual_budget);
        for (size_t i = 0; i < HOSTS; i++) {
            x[i] = split.x[i];
        }
        arena_free(&arena);
    }
    return best;
}

/* The level and the amounts alone, in memory that is there already. */
static double fill(const struct aid_work *work, const struct aid_problem *problem,
                   const struct aid_options *options, double *x)
{
    double best = INFINITY;
    for (int time = 0; time < TIMES; time++) {
        double from = now();
        aid_fill(work, problem, options, x);
        best = fmin(best, now() - from);
    }
    return best;
}

static double largest_difference(const struct aid_problem *problem, const double *a,
                                 const double *b)
{
    double most = 0;
    for (size_t i = 0; i < HOSTS; i++) {
        most = fmax(most, fabs(a[i] - b[i]) / problem->need[i]);
    }
    return most;
}

static void row(const struct hosts *hosts, const struct aid_work *work, const char *what,
                double alpha, bool tranches, double pass_s, double *weight, double *other)
{
    struct aid_problem problem = problem_of(hosts);
    double room = 0, residual = 0;
    for (size_t i = 0; i < HOSTS; i++) {
        room += aid_most(&problem, i);
    }
    struct aid_options options = {room / 3, alpha, tranches ? room / 3e7 : 0};
    double bisect_s = INFINITY;
    for (int i = 0; i < TIMES; i++) {
        bisect_s = fmin(bisect_s, bisect(&problem, &options, weight, other));
    }
    double fill_s = fill(work, &problem, &options, hosts->x);
    double solve_s = solve(&problem, &options, hosts->x, &residual);
    printf("| %s | %.3f | %.3f | %.0f | %.1f | %.1e | %.1e |\n", what, solve_s, fill_s,
           fill_s / pass_s, bisect_s / fill_s, residual,
           largest_difference(&problem, hosts->x, other));
}

/* Draws of the sensitivity: the level alone, for eight hosts. */
static void draws(void)
{
    enum { FEW = 8, DRAWS = 200000 };
    double need[FEW], funded[FEW], cap[FEW], severity[FEW], x[FEW], spent = 0;
    struct arena arena;
    struct aid_work work;
    arena_init(&arena, "the draws", (size_t)1 << 20);
    if (aid_work_new(&work, &arena, FEW, NULL) != 0) {
        fail("no memory");
    }
    double from = now();
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        struct rng rng = rng_at(2, 1, 0, draw);
        for (size_t i = 0; i < FEW; i++) {
            need[i] = 1 + rng_uniform(&rng);
            funded[i] = rng_uniform(&rng) / 2;
            cap[i] = rng_uniform(&rng);
            severity[i] = 0.1 + rng_uniform(&rng);
        }
        struct aid_problem problem = {
            .n = FEW, .need = need, .funded = funded, .cap = cap, .severity = severity};
        aid_fill(&work, &problem, &(struct aid_options){1, 2, 0}, x);
        spent += x[0] + x[1];
    }
    double seconds = now() - from;
    arena_free(&arena);
    if (!(spent > 0)) {
        fail("the draws spent nothing");
    }
    printf("\n%.0f splits of 8 hosts a second at alpha 2, with the making of their figures.\n",
           DRAWS / seconds);
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, "the hosts", (size_t)1 << 30);
    struct hosts hosts = {column(&arena), column(&arena), column(&arena),
                          column(&arena), column(&arena), column(&arena)};
    double *weight = column(&arena), *other = column(&arena);
    struct aid_work work;
    if (aid_work_new(&work, &arena, HOSTS, NULL) != 0) {
        fail("no memory");
    }
    make(&hosts);
    double pass_s = pass(&hosts);
    printf("## Aid: a budget between %d hosts\n\n", HOSTS);
    printf(
        "Seconds of processor time of one core. All: check, level, amounts, what limits each host, "
        "residuals,\nand tranches where said. One pass reads the four columns and writes the "
        "amounts: %.2f ms. Bisection halves\nthe interval of the level until nothing lies "
        "between its ends; like the column before it, it gives the amounts alone.\n\n",
        1e3 * pass_s);
    printf("| split | all, s | level and amounts, s | times one pass | bisection takes times | "
           "residual | largest difference to bisection, of need |\n| --- | ---: | ---: | ---: | "
           "---: | ---: | ---: |\n");
    row(&hosts, &work, "alpha inf", INFINITY, false, pass_s, weight, other);
    row(&hosts, &work, "alpha inf, ten million tranches", INFINITY, true, pass_s, weight, other);
    row(&hosts, &work, "alpha 2", 2, false, pass_s, weight, other);
    row(&hosts, &work, "alpha 1", 1, false, pass_s, weight, other);
    draws();
    arena_free(&arena);
    return 0;
}
