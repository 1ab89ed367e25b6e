/* A hundred thousand daily series of three years through C2 and CUSUM, beside one pass that sums the
 * same array. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bulk_lanes.h"
#include "bulk_train.h"
#include "rng.h"

enum { SERIES = 100000, DAYS = 1096, DRAWN = 2000, ROUNDS = 7, CONTROL = 1000 };
enum { SUM_LANES = 32 };

static double now(clockid_t clock)
{
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_watch: %s\n", what);
    exit(1);
}

static void least(double *best, double seconds)
{
    *best = fmin(*best, seconds);
}

/* Thirty-two sums side by side: the compiler makes vectors of them, and no addition waits for the last. */
static inline __attribute__((always_inline)) double add(const double *y, size_t n)
{
    double sums[SUM_LANES] = {0}, total = 0;
    for (size_t i = 0; i + SUM_LANES <= n; i += SUM_LANES) {
        for (size_t j = 0; j < SUM_LANES; j++) {
            sums[j] += y[i + j];
        }
    }
    for (size_t j = 0; j < SUM_LANES; j++) {
        total += sums[j];
    }
    return total;
}

static double add_plain(const double *y, size_t n)
{
    return add(y, n);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static double add_avx2(const double *y, size_t n)
{
    return add(y, n);
}

__attribute__((target("avx512f"))) static double add_avx512(const double *y, size_t n)
{
    return add(y, n);
}
#endif

typedef double add_fn(const double *y, size_t n);

/* The fastest way of this machine to sum the array. */
static double pass(const double *y, add_fn **fastest)
{
    add_fn *ways[3] = {add_plain};
    size_t n = 1;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        ways[n++] = add_avx2;
    }
    if (__builtin_cpu_supports("avx512f")) {
        ways[n++] = add_avx512;
    }
#endif
    double best = INFINITY;
    for (size_t i = 0; i < n; i++) {
        double from = now(CLOCK_THREAD_CPUTIME_ID);
        double sum = ways[i](y, (size_t)SERIES * DAYS);
        double seconds = now(CLOCK_THREAD_CPUTIME_ID) - from;
        *fastest = seconds < best ? ways[i] : *fastest;
        least(&best, seconds);
        if (!(sum > 0)) {
            fail("the sum is lost");
        }
    }
    return best;
}

struct rows {
    const double *y;
    add_fn *add;
    double sums[DAYS];
};

static int add_row(void *arg, size_t day, struct ajar_err *err)
{
    (void)err;
    struct rows *rows = arg;
    rows->sums[day] = rows->add(rows->y + day * SERIES, SERIES);
    return 0;
}

/* The pass a day at a time, by the wall clock: how much more memory two threads get than one. */
static double pass_rows(const double *y, add_fn *fastest, struct pool *pool)
{
    struct rows rows = {.y = y, .add = fastest};
    double from = now(CLOCK_MONOTONIC);
    if (pool_run(pool, DAYS, add_row, &rows, NULL, "summing", NULL) != 0 ||
        !(rows.sums[DAYS - 1] > 0)) {
        fail("the sum is lost");
    }
    return now(CLOCK_MONOTONIC) - from;
}

static double draw(struct rng *rng, double mu, double size)
{
    return (double)rng_poisson(rng, isinf(size) ? mu : mu * rng_gamma(rng, size) / size);
}

static double *array(struct arena *arena, size_t n)
{
    double *out = arena_new(arena, double, n, NULL);
    if (out == NULL) {
        fail("no memory");
    }
    return out;
}

/* Drawn are DRAWN series, means 3 to 10,000, size 30; each is used many times, begun on other days.  One
 * series in a hundred doubles for forty days. */
static double *make(struct arena *arena)
{
    double *drawn = array(arena, (size_t)DRAWN * DAYS), *y = array(arena, (size_t)SERIES * DAYS);
    for (uint32_t i = 0; i < DRAWN; i++) {
        double mu = 3 * exp(log(10000.0 / 3) * i / DRAWN);
        for (uint32_t day = 0; day < DAYS; day++) {
            struct rng rng = rng_at(1, 1, i, day);
            drawn[(size_t)day * DRAWN + i] = draw(&rng, mu, 30);
        }
    }
    for (size_t day = 0; day < DAYS; day++) {
        for (size_t i = 0; i < SERIES; i++) {
            double factor = i % 100 == 7 && day >= 600 && day < 640 ? 2 : 1;
            size_t from = (day + 21 * (i / DRAWN)) % DAYS;
            y[day * SERIES + i] = factor * drawn[from * DRAWN + i % DRAWN];
        }
    }
    return y;
}

static struct bulk_options usual(size_t train_days)
{
    return (struct bulk_options){.rate_c2 = 1 / 365.25,
                                 .k = (double)NAN,
                                 .train_days = train_days,
                                 .run_length = 365.25,
                                 .seed = 1,
                                 .freeze = true};
}

struct times {
    double pass, train, scan[BULK_PATHS], flags, all, one, two, pass_one, pass_two;
};

static double scan(struct bulk_job *job, const struct bulk_path *path, clockid_t clock,
                   struct pool *pool)
{
    double from = now(clock);
    job->path = path;
    if (bulk_lanes_scan(job, pool, NULL, NULL) != 0) {
        fail("the scan failed");
    }
    return now(clock) - from;
}

static void whole(struct bulk_job *job, struct bulk_summary *out, struct times *best)
{
    struct arena arena;
    arena_init(&arena, "the scan", (size_t)1 << 28);
    double from = now(CLOCK_THREAD_CPUTIME_ID);
    if (bulk_scan(&arena, SERIES, DAYS, SERIES, job->y, job->options, NULL, NULL, out, NULL,
                  NULL) != 0) {
        fail("the scan failed");
    }
    least(&best->all, now(CLOCK_THREAD_CPUTIME_ID) - from);
    arena_free(&arena);
}

static void measure(struct bulk_job *job, struct pool *pool, uint8_t *flags, struct times *best)
{
    struct bulk_summary out;
    add_fn *fastest = add_plain;
    for (int round = 0; round < ROUNDS; round++) {
        least(&best->pass, pass(job->y, &fastest));
        least(&best->pass_one, pass_rows(job->y, fastest, NULL));
        least(&best->pass_two, pass_rows(job->y, fastest, pool));
        for (int name = 0; name < BULK_PATHS; name++) {
            const struct bulk_path *path = bulk_path((enum bulk_path_name)name);
            if (path != NULL && (name != BULK_PLAIN || round == 0)) {
                least(&best->scan[name], scan(job, path, CLOCK_THREAD_CPUTIME_ID, NULL));
            }
        }
        job->flags = flags;
        least(&best->flags, scan(job, bulk_path_best(), CLOCK_THREAD_CPUTIME_ID, NULL));
        job->flags = NULL;
        least(&best->one, scan(job, bulk_path_best(), CLOCK_MONOTONIC, NULL));
        least(&best->two, scan(job, bulk_path_best(), CLOCK_MONOTONIC, pool));
        whole(job, &out, best);
    }
}

static void row(const char *what, double seconds, double pass_s)
{
    printf("| %s | %.3f | %.1f | %.0f |\n", what, seconds, seconds / pass_s,
           1e-6 * SERIES * DAYS / seconds);
}

static void speed(struct arena *arena)
{
    double *y = make(arena);
    struct bulk_options options = usual(112);
    struct bulk_job job = {.n_series = SERIES,
                           .n_days = DAYS,
                           .stride = SERIES,
                           .y = y,
                           .options = &options,
                           .path = bulk_path_best()};
    uint8_t *flags = arena_new(arena, uint8_t, (size_t)SERIES * DAYS, NULL);
    struct pool *pool;
    size_t before = arena->used;
    if (flags == NULL || pool_open(&pool, 2, NULL) != 0 ||
        bulk_rule(&options, &job.rule, NULL) != 0 ||
        bulk_scan(arena, SERIES, DAYS, SERIES, y, &options, NULL, NULL, &job.out, NULL, NULL) !=
            0) {
        fail("the first scan failed");
    }
    double memory = (double)(arena->used - before);
    double from = now(CLOCK_THREAD_CPUTIME_ID);
    if (bulk_train(arena, &job, NULL, NULL, NULL) != 0) {
        fail("the training failed");
    }
    struct times best = {.train = now(CLOCK_THREAD_CPUTIME_ID) - from,
                         .pass = INFINITY,
                         .flags = INFINITY,
                         .all = INFINITY,
                         .one = INFINITY,
                         .two = INFINITY,
                         .pass_one = INFINITY,
                         .pass_two = INFINITY};
    for (int name = 0; name < BULK_PATHS; name++) {
        best.scan[name] = INFINITY;
    }
    measure(&job, pool, flags, &best);
    pool_close(pool);
    printf("| %d series of %d days | s | times one pass | million series-days a second |\n"
           "| --- | ---: | ---: | ---: |\n",
           SERIES, DAYS);
    row("one pass that sums", best.pass, best.pass);
    for (int name = 0; name < BULK_PATHS; name++) {
        const struct bulk_path *path = bulk_path((enum bulk_path_name)name);
        if (path != NULL) {
            row(path->name, best.scan[name], best.pass);
        }
    }
    row("the best, a byte written for every day", best.flags, best.pass);
    row("the best, with training and thresholds", best.all, best.pass);
    printf("\nTwo threads are %.2f times as fast as one (%.3f s, %.3f s by the wall clock); on the "
           "pass that sums, which\nmemory alone limits, %.2f times (%.3f s, %.3f s). Training on "
           "the first %zu counts and the thresholds\ntake %.3f s, once. Memory: %.0f bytes a "
           "series, and 42 kB of stack a thread.\n",
           best.one / best.two, best.one, best.two, best.pass_one / best.pass_two, best.pass_one,
           best.pass_two, options.train_days, best.train, memory / SERIES);
}

/* False alarms in control, as multiples of the stated rate. */
static void control(void)
{
    static const double mus[] = {1, 3, 10, 100, 1000, 10000}, sizes[] = {INFINITY, 30, 5};
    static const size_t training[] = {28, 56, 112, 365};
    printf(
        "\nFalse alarms of %d series of %d days in control, as multiples of the stated rate (one "
        "in 365.25 days each).\nC2 rests on 7 days; the CUSUM keeps the mean of its training, "
        "errors included.\n\n"
        "| mean, size | C2 | CUSUM, trained on 28 days | 56 | 112 | 365 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n",
        CONTROL, DAYS);
    for (uint32_t c = 0; c < 18; c++) {
        struct arena arena;
        arena_init(&arena, "series in control", (size_t)1 << 30);
        double *y = array(&arena, (size_t)CONTROL * DAYS), mu = mus[c / 3], size = sizes[c % 3];
        for (uint32_t day = 0; day < DAYS; day++) {
            for (uint32_t i = 0; i < CONTROL; i++) {
                struct rng rng = rng_at(2, c, i, day);
                y[(size_t)day * CONTROL + i] = draw(&rng, mu, size);
            }
        }
        for (size_t t = 0; t < 4; t++) {
            struct bulk_summary out;
            struct bulk_options options = usual(training[t]);
            double c2 = 0, cusum = 0;
            if (bulk_scan(&arena, CONTROL, DAYS, CONTROL, y, &options, NULL, NULL, &out, NULL,
                          NULL) != 0) {
                fail("the scan failed");
            }
            for (size_t i = 0; i < CONTROL; i++) {
                c2 += out.c2_alarms[i];
                cusum += out.cusum_alarms[i];
            }
            if (t == 0) {
                isinf(size) ? printf("| %g, Poisson", mu) : printf("| %g, %g", mu, size);
                printf(" | %.2f", c2 * options.run_length / (CONTROL * (DAYS - 9.0)));
            }
            printf(" | %.2f",
                   cusum * options.run_length / (CONTROL * (double)(DAYS - options.train_days)));
        }
        printf(" |\n");
        arena_free(&arena);
    }
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, "the series", (size_t)4 << 30);
    printf("## Watch: C2 and CUSUM over %d series\n\n", SERIES);
    printf("One core. Counts are doubles in memory, day by day, all series of a day side by side "
           "(%.0f MB). Counted: every\nday of every series through calibrated C2 with freeze and "
           "through the CUSUM, alarms counted, first and last\nday kept; the array and the "
           "thresholds are there already, unless said. Best of %d runs, in turn with the pass.\n\n",
           8e-6 * SERIES * DAYS, ROUNDS);
    speed(&arena);
    arena_free(&arena);
    control();
    return 0;
}
