/* Farrington's algorithm, EARS C2 and the calibrated baselines, beside R's surveillance on the same
 * series when that is installed.  bench_watch_glm SCRATCH-FOLDER, from the root of the repository. */
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ears.h"
#include "glm.h"
#include "rng.h"

enum { SERIES = 20, WEEKS = 7 * 52 + 13, ASKED = 10, DAYS = 1096, TIMES = 5, PATH = 512 };

static double weeks[SERIES][WEEKS], days[SERIES][DAYS];

struct measure {
    const char *name; /* as watch_peers.R prints it */
    const char *what;
    double seconds, periods, alarms;
    double r_seconds, r_periods, r_alarms;
};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_watch_glm: %s\n", what);
    exit(1);
}

static double draw(struct rng *rng, double mean, double size)
{
    return (double)rng_poisson(rng, mean * rng_gamma(rng, size) / size);
}

static void make(void)
{
    for (uint32_t s = 0; s < SERIES; s++) {
        struct rng rng = rng_at(3, 1, s, 0);
        double level = pow(10, 1 + 2 * (double)s / SERIES);
        for (size_t i = 0; i < WEEKS; i++) {
            weeks[s][i] = draw(&rng, level * exp(0.4 * cos(0.1208 * (double)i + s)), 40);
        }
        for (size_t i = 0; i < DAYS; i++) {
            double weekend = i % 7 >= 5 ? 1.3 : 1;
            days[s][i] = draw(&rng, level * weekend * exp(0.3 * cos(0.0172 * (double)i + s)), 30);
        }
    }
}

static void save(const char *path, size_t n, size_t stride, const double *y)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fail("cannot write the series");
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t s = 0; s < SERIES; s++) {
            fprintf(file, "%.0f%c", y[s * stride + i], s + 1 < SERIES ? ',' : '\n');
        }
    }
    if (fclose(file) != 0) {
        fail("cannot write the series");
    }
}

static struct watch_grid grid_of(size_t n, int step_days, const double *y)
{
    return (struct watch_grid){.n = n, .first = 16000, .step_days = step_days, .y = y};
}

static void run_farrington(struct measure *out, int b, enum farrington_threshold threshold)
{
    struct farrington_options options = farrington_default();
    options.years_back = b;
    options.trend_p = 1;
    options.threshold = threshold;
    struct arena arena;
    arena_init(&arena, "the bench", (size_t)1 << 26);
    for (size_t s = 0; s < SERIES; s++) {
        struct watch_grid grid = grid_of(WEEKS, 7, weeks[s]);
        for (size_t t = WEEKS - ASKED; t < WEEKS; t++) {
            struct watch_verdict verdict;
            if (farrington_at(&arena, &grid, t, &options, 0.01, &verdict, NULL) != 0) {
                fail("farrington_at failed");
            }
            out->alarms += verdict.state == WATCH_RINGS;
            out->periods++;
        }
    }
    arena_free(&arena);
}

static void run_c2(struct measure *out)
{
    for (size_t s = 0; s < SERIES; s++) {
        struct watch_grid grid = grid_of(DAYS, 1, days[s]);
        for (size_t t = 9; t < DAYS; t++) {
            struct watch_verdict verdict;
            ears_classic_at(&grid, t, WATCH_C2, 7, 0.001, &verdict);
            out->alarms += verdict.state == WATCH_RINGS;
            out->periods++;
        }
    }
}

/* The last hundred days of three years, fitted once a week. */
static void run_season(struct measure *out)
{
    struct arena arena;
    arena_init(&arena, "the bench", (size_t)1 << 26);
    for (size_t s = 0; s < SERIES; s++) {
        struct watch_grid grid = grid_of(DAYS, 1, days[s]);
        struct season_model model;
        for (size_t t = DAYS - 98; t < DAYS; t++) {
            struct watch_verdict verdict;
            if ((DAYS - t) % 7 == 0 && season_fit(&arena, &grid, t, &model, NULL) != 0) {
                fail("season_fit failed");
            }
            season_verdict(&model, &grid, t, WATCH_SEASON, 0.00274, &verdict);
            out->alarms += verdict.state == WATCH_RINGS;
            out->periods++;
        }
    }
    arena_free(&arena);
}

static void run(struct measure *out, int which)
{
    double best = INFINITY;
    for (int time = 0; time < TIMES; time++) {
        struct measure once = {0};
        double from = now();
        switch (which) {
        case 0:
            run_farrington(&once, 4, FARRINGTON_NBPLUGIN);
            break;
        case 1:
            run_farrington(&once, 7, FARRINGTON_NBPLUGIN);
            break;
        case 2:
            run_c2(&once);
            break;
        case 3:
            run_farrington(&once, 7, FARRINGTON_CALIBRATED);
            break;
        default:
            run_season(&once);
        }
        best = fmin(best, now() - from);
        out->periods = once.periods;
        out->alarms = once.alarms;
    }
    out->seconds = best;
}

/* Lines of watch_peers.R into the measures of their names.  False: R or the package is not there. */
static bool run_peers(const char *scratch, const char *weeks_path, const char *days_path,
                      struct measure *measures, size_t n, char *with, size_t with_size)
{
    char out_path[PATH];
    snprintf(out_path, sizeof out_path, "%s/peers.txt", scratch);
    char rscript[] = "Rscript", script[] = "bench/watch_peers.R";
    char *arguments[] = {rscript, script, (char *)weeks_path, (char *)days_path, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_path,
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0 || waitpid(child, &status, 0) != child || status != 0) {
        return false;
    }
    FILE *file = fopen(out_path, "r");
    char line[256], version[200], name[32];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        double seconds, periods, alarms;
        if (sscanf(line, "with %199[^\n]", version) == 1) {
            snprintf(with, with_size, "%s", version);
        } else if (sscanf(line, "%31s %lf %lf %lf", name, &seconds, &periods, &alarms) == 4) {
            for (size_t i = 0; i < n; i++) {
                if (strcmp(measures[i].name, name) == 0) {
                    measures[i].r_seconds = seconds;
                    measures[i].r_periods = periods;
                    measures[i].r_alarms = alarms;
                }
            }
        }
    }
    return file != NULL && fclose(file) == 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fail("usage: bench_watch_glm SCRATCH-FOLDER");
    }
    struct measure measures[] = {
        {.name = "farrington4", .what = "Farrington flexible, 10 levels, b 4, a week"},
        {.name = "farrington7", .what = "Farrington flexible, 10 levels, b 7, a week"},
        {.name = "c2", .what = "EARS C2 as printed, a day"},
        {.name = "", .what = "calibrated weekly baseline, b 7, a week"},
        {.name = "", .what = "calibrated daily baseline, 3 years, fitted once a week, a day"}};
    enum { N = sizeof measures / sizeof measures[0] };
    char weeks_path[PATH], days_path[PATH], with[256] = "";
    snprintf(weeks_path, sizeof weeks_path, "%s/weeks.csv", argv[1]);
    snprintf(days_path, sizeof days_path, "%s/days.csv", argv[1]);
    make();
    save(weeks_path, WEEKS, WEEKS, weeks[0]);
    save(days_path, DAYS, DAYS, days[0]);
    for (int i = 0; i < N; i++) {
        run(&measures[i], i);
    }
    bool peers = run_peers(argv[1], weeks_path, days_path, measures, N, with, sizeof with);
    printf("## Watch: one series, one period\n\nProcessor time of one core, %d series.\n", SERIES);
    if (peers) {
        puts("R works on the same series; alarms are counted over all of them.");
    } else {
        puts("Skipped beside R: needs Rscript with the package surveillance "
             "(r-cran-surveillance).");
    }
    printf("\n| what | series-periods a second | %s | times R | alarms | R's alarms |\n"
           "| --- | ---: | ---: | ---: | ---: | ---: |\n",
           peers ? with : "R");
    for (int i = 0; i < N; i++) {
        struct measure *at = &measures[i];
        double own = at->periods / at->seconds, r = at->r_periods / at->r_seconds;
        if (at->r_seconds > 0) {
            printf("| %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n", at->what, own, r, own / r,
                   at->alarms, at->r_alarms);
        } else {
            printf("| %s | %.0f | | | %.0f | |\n", at->what, own, at->alarms);
        }
    }
    return 0;
}
