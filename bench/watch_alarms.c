/* How often each default of WATCH alarms while nothing has changed, beside the stated rate, and how long
 * it takes to see a surge.  Simulated series, Philox draws: the same table on every machine. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detect.h"
#include "ears.h"
#include "rng.h"
#include "short.h"

enum { MEANS = 5, SIZES = 3, WINDOWS = 7, LONGEST = 1460 };

static const double means[MEANS] = {3, 10, 100, 1000, 10000};
static const double sizes[SIZES] = {INFINITY, 30, 10};
static const char *const size_names[SIZES] = {"Poisson", "NB 30", "NB 10"};

/* What a window of history counts: periods asked, and rings of either, of the tier's, of the CUSUM. */
struct window {
    size_t from, to; /* counted periods before */
    const char *name;
    size_t asked, rang, main_rang, cusum_asked, cusum_rang;
    double main_nominal;
};

struct plan {
    int step_days;
    size_t n_windows, n_single, n_lengths; /* n_single: windows with a column in each law's row */
    struct window windows[WINDOWS];
    size_t lengths[WINDOWS], runs[WINDOWS]; /* series simulated, from long to short */
};

static const struct plan daily = {
    .step_days = 1,
    .n_windows = 7,
    .n_single = 5,
    .windows = {{.from = 7, .to = 14, .name = "1 week"},
                {.from = 14, .to = 28, .name = "2 weeks"},
                {.from = 28, .to = 56, .name = "4 weeks"},
                {.from = 56, .to = 182, .name = "8 weeks"},
                {.from = 182, .to = 365, .name = "26 weeks"},
                {.from = 365, .to = 1095, .name = "1 year"},
                {.from = 1095, .to = LONGEST, .name = "3 years"}},
    .n_lengths = 6,
    .lengths = {LONGEST, 365, 182, 56, 28, 14},
    .runs = {3, 80, 80, 800, 3000, 1200},
};

static const struct plan weekly = {
    .step_days = 7,
    .n_windows = 5,
    .n_single = 5,
    .windows = {{.from = 5, .to = 13, .name = "5 weeks"},
                {.from = 13, .to = 26, .name = "13 weeks"},
                {.from = 26, .to = 56, .name = "26 weeks"},
                {.from = 56, .to = 156, .name = "56 weeks"},
                {.from = 156, .to = 208, .name = "3 years"}},
    .n_lengths = 3,
    .lengths = {208, 56, 26},
    .runs = {80, 250, 500},
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_watch_alarms: %s\n", what);
    exit(1);
}

struct law {
    double mean, size;
    bool pattern, trend;
};

/* The surge multiplies periods from `from` on. */
static void simulate(const struct law *law, int step_days, uint32_t stream, uint32_t run, size_t n,
                     size_t from, double surge, double *y)
{
    struct rng rng = rng_at(20220921, stream, run, 0);
    double level = law->mean;
    for (size_t i = 0; i < n; i++) {
        double mean = level * (law->pattern && (i + run) % 7 >= 5 ? 1.3 : 1);
        mean *= i >= from ? 1 + surge : 1;
        double factor = isinf(law->size) ? 1 : rng_gamma(&rng, law->size) / law->size;
        y[i] = (double)rng_poisson(&rng, mean * factor);
        level *= law->trend ? (step_days == 7 ? 1.005 : 1.000713) : 1;
    }
}

static struct cusum_table tables[2];

static struct watch_options options_for(int step_days)
{
    struct watch_options options = watch_options_default();
    options.thresholds = &tables[step_days == 7];
    return options;
}

static const struct watch_point *detect(struct arena *arena, int step_days, size_t n,
                                        const double *y)
{
    struct watch_grid grid = {.n = n, .first = 19000, .step_days = step_days, .y = y};
    struct watch_options options = options_for(step_days);
    struct watch_point *out;
    struct ajar_err err = {0};
    if (watch_detect(arena, &grid, &options, &out, &err) != 0) {
        fail(err.text);
    }
    return out;
}

static void tally(struct window *window, const struct watch_point *points, size_t n)
{
    for (size_t i = window->from; i < n && i < window->to; i++) {
        const struct watch_point *point = &points[i];
        if (point->main.state == WATCH_CANNOT) {
            continue;
        }
        window->asked++;
        window->rang += point->rings;
        window->main_rang += point->main.state == WATCH_RINGS;
        window->main_nominal += point->main.rate;
        if (point->sustained.state != WATCH_CANNOT) {
            window->cusum_asked++;
            window->cusum_rang += point->sustained.state == WATCH_RINGS;
        }
    }
}

static void run_cell(const struct plan *plan, const struct law *law, uint32_t stream,
                     struct window *windows)
{
    static double y[LONGEST];
    struct arena arena;
    arena_init(&arena, "a series", (size_t)1 << 28);
    uint32_t run = 0;
    for (size_t k = 0; k < plan->n_lengths; k++) {
        for (size_t r = 0; r < plan->runs[k]; r++, run++) {
            simulate(law, plan->step_days, stream, run, plan->lengths[k], SIZE_MAX, 0, y);
            const struct watch_point *points = detect(&arena, plan->step_days, plan->lengths[k], y);
            for (size_t w = 0; w < plan->n_windows; w++) {
                tally(&windows[w], points, plan->lengths[k]);
            }
            arena_free(&arena);
        }
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void heads(const struct plan *plan, const char *laws, size_t from, size_t to)
{
    printf("| %s |", laws);
    for (size_t w = from; w < to; w++) {
        printf(" %s |", plan->windows[w].name);
    }
    printf("\n| --- |");
    for (const char *at = laws; *at != 0; at++) {
        printf(*at == '|' ? " --- |" : "");
    }
    for (size_t w = from; w < to; w++) {
        printf(" ---: |");
    }
    printf("\n");
}

static void add(struct window *sum, const struct window *it)
{
    sum->asked += it->asked;
    sum->rang += it->rang;
}

struct ratios {
    size_t n, n_cusum;
    double tier[64], cusum[64];
};

static void keep(struct ratios *ratios, const struct window *it, double rate)
{
    ratios->tier[ratios->n++] = (double)it->main_rang / it->main_nominal;
    if (it->cusum_asked > 0) {
        ratios->cusum[ratios->n_cusum++] =
            (double)it->cusum_rang / ((double)it->cusum_asked * rate / 2);
    }
}

static void spread(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_size);
    if (n > 0) {
        printf(" %.2f, %.2f, %.2f |", x[0], x[n / 2], x[n - 1]);
    } else {
        printf(" - |");
    }
}

static void law_words(size_t k, const struct law *law, bool with_mean)
{
    printf("| %s |", size_names[k / 4 / MEANS]);
    if (with_mean) {
        printf(" %g |", law->mean);
    }
    printf(" %s | %s |", law->pattern ? "1.3" : "-", law->trend ? "0.5 %" : "-");
}

/* Rate found / nominal, one row a law; long histories over all means; then both detectors apart. */
static void false_alarms(const struct plan *plan)
{
    static struct ratios ratios[WINDOWS];
    static struct window pooled[4 * SIZES][WINDOWS];
    memset(ratios, 0, sizeof ratios);
    memset(pooled, 0, sizeof pooled);
    double rate = plan->step_days / WATCH_ALARM_EVERY;
    heads(plan, "counts | mean | weekly pattern | trend", 0, plan->n_single);
    for (uint32_t k = 0; k < 4 * MEANS * SIZES; k++) {
        struct law law = {means[k / 4 % MEANS], sizes[k / 4 / MEANS], (k & 1) != 0, (k & 2) != 0};
        if (law.pattern && plan->step_days == 7) {
            continue;
        }
        struct window windows[WINDOWS];
        memcpy(windows, plan->windows, sizeof windows);
        run_cell(plan, &law, 100 * (uint32_t)plan->step_days + k, windows);
        law_words(k, &law, true);
        for (size_t w = 0; w < plan->n_windows; w++) {
            if (w < plan->n_single) {
                printf(" %.2f |", (double)windows[w].rang / ((double)windows[w].asked * rate));
                keep(&ratios[w], &windows[w], rate);
            }
            add(&pooled[k / 4 / MEANS * 4 + k % 4][w], &windows[w]);
        }
        printf("\n");
        fflush(stdout);
    }
    if (plan->n_single < plan->n_windows) {
        printf("\nOver all five means:\n\n");
        heads(plan, "counts | weekly pattern | trend", plan->n_single, plan->n_windows);
        for (size_t k = 0; k < 4 * SIZES; k++) {
            struct law law = {.pattern = (k & 1) != 0, .trend = (k & 2) != 0};
            law_words(k / 4 * 4 * MEANS, &law, false);
            for (size_t w = plan->n_single; w < plan->n_windows; w++) {
                printf(" %.2f |", (double)pooled[k][w].rang / ((double)pooled[k][w].asked * rate));
            }
            printf("\n");
        }
    }
    printf(
        "\n| history | tier's detector / its rate: least, middle, greatest row | CUSUM / its rate "
        "|\n| --- | --- | --- |\n");
    for (size_t w = 0; w < plan->n_single; w++) {
        printf("| %s |", plan->windows[w].name);
        spread(ratios[w].tier, ratios[w].n);
        spread(ratios[w].cusum, ratios[w].n_cusum);
        printf("\n");
    }
    printf("\n");
}

/* Days until it rings, the first day counted as 1, of those that ring within 28. */
static void delays(void)
{
    enum { RUNS = 300, WITHIN = 28, HISTORIES = 3 };
    const size_t history[HISTORIES] = {7, 28, 112};
    const double surges[] = {0.15, 0.3, 0.6, 1};
    const struct law laws[] = {{1000, INFINITY, true, false},
                               {100, 30, true, false},
                               {1000, 30, true, false},
                               {1000, 10, true, false}};
    const char *const names[] = {"Poisson, 1000", "NB 30, 100", "NB 30, 1000", "NB 10, 1000"};
    static double y[112 + WITHIN];
    struct arena arena;
    arena_init(&arena, "a series", (size_t)1 << 28);
    printf("| counts, mean | history, days | +15 %% | +30 %% | +60 %% | +100 %% |\n"
           "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (uint32_t k = 0; k < 4 * HISTORIES; k++) {
        size_t from = history[k % HISTORIES];
        printf("| %s | %zu |", names[k / HISTORIES], from);
        for (uint32_t s = 0; s < 4; s++) {
            size_t found = 0, days = 0;
            for (uint32_t run = 0; run < RUNS; run++) {
                simulate(&laws[k / HISTORIES], 1, 2000 + 4 * k + s, run, from + WITHIN, from,
                         surges[s], y);
                const struct watch_point *points = detect(&arena, 1, from + WITHIN, y);
                for (size_t i = 0; i < WITHIN; i++) {
                    if (points[from + i].rings) {
                        found++;
                        days += i + 1;
                        break;
                    }
                }
                arena_free(&arena);
            }
            if (found > 0) {
                printf(" %.1f (%.0f %%) |", (double)days / (double)found,
                       100 * (double)found / RUNS);
            } else {
                printf(" - (0 %%) |");
            }
        }
        printf("\n");
    }
    printf("\n");
}

static void ask_classic(const struct watch_grid *grid, size_t t, enum watch_detector which,
                        struct watch_verdict *out)
{
    if (which == WATCH_RATIO) {
        short_ratio_at(grid, t, 0.00135, out);
    } else {
        ears_classic_at(grid, t, which, EARS_BASELINE, 0.001, out);
    }
}

static void classic(void)
{
    enum { RUNS = 2000, N = 64 };
    const enum watch_detector which[] = {WATCH_RATIO, WATCH_C1, WATCH_C2, WATCH_C3};
    const struct law laws[] = {{1000, INFINITY, false, false},
                               {100, 30, false, false},
                               {100, 30, true, false},
                               {10, INFINITY, false, false}};
    const char *const names[] = {"Poisson, 1000", "NB 30, 100", "NB 30, 100, weekly pattern",
                                 "Poisson, 10"};
    static double y[N];
    printf(
        "| counts, mean | ratio over MAD, 3 sigma, after 14 to 27 days | after 28 to 63 | C1 | C2 "
        "| C3 |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (uint32_t k = 0; k < 4; k++) {
        size_t asked[5] = {0}, rang[5] = {0};
        for (uint32_t run = 0; run < RUNS; run++) {
            simulate(&laws[k], 1, 3000 + k, run, N, SIZE_MAX, 0, y);
            struct watch_grid grid = {.n = N, .first = 19000, .step_days = 1, .y = y};
            for (size_t t = 14; t < N; t++) {
                for (size_t d = 0; d < 4; d++) {
                    struct watch_verdict out;
                    ask_classic(&grid, t, which[d], &out);
                    size_t column = d > 0 ? d + 1 : t >= 28 ? 1 : 0;
                    asked[column] += out.state != WATCH_CANNOT;
                    rang[column] += out.state == WATCH_RINGS;
                }
            }
        }
        printf("| %s |", names[k]);
        for (size_t d = 0; d < 5; d++) {
            printf(" %.1f |", 365.25 * (double)rang[d] / (double)asked[d]);
        }
        printf("\n");
    }
}

int main(void)
{
    struct arena kept;
    arena_init(&kept, "thresholds", (size_t)1 << 20);
    for (int step = 1; step <= 7; step += 6) {
        struct watch_options options = watch_options_default();
        if (watch_thresholds(&kept, &options, step, &tables[step == 7], NULL) != 0) {
            fail("no memory");
        }
    }
    printf(
        "## Watch: false alarms beside the stated rate\n\n"
        "Rate found / rate stated (one false alarm in 365.25 days a series) in series where "
        "nothing "
        "happens, by the\nhistory before the day asked about; both detectors together where two "
        "run.  NB: negative binomial with that size.\nThe sampling error of a ratio is about 0.1, "
        "for a year and three years 0.2 and 0.3.\n\nDaily counts:\n\n");
    false_alarms(&daily);
    printf("Weekly counts:\n\n");
    false_alarms(&weekly);
    printf(
        "Mean days until the first ring after a surge that stays, and the share that rings within "
        "28 days (weekly pattern 1.3):\n\n");
    delays();
    printf("The classic rules as printed, false alarms a year of one series (ratio at 0.135 %%, C1 "
           "and C2 at 0.1 %%: 0.5 and 0.4 are stated;\nC3 states none):\n\n");
    classic();
    arena_free(&kept);
    return 0;
}
