/* Arrivals over time: each method beside the optimum in hindsight, a year of 52 batches, ten orders; floors of
 * groups and what they cost. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "arrivals.h"
#include "generate.h"
#include "rng.h"

enum { PAST = 1000, ARRIVING = 1000, BATCHES = 52, ORDERS = 10, GROUPS = 4 };

struct bench {
    struct arena arena;
    struct ajar_err err;
    struct place_generated made;
    struct place_problem problem; /* half the capacity */
    uint32_t past[PAST], order[ORDERS][ARRIVING], end[ARRIVING], group[PAST + ARRIVING];
    struct arrivals_input input;
    int64_t hindsight;
};

struct line {
    double mean, sd, least, most, seconds, ahead, group[GROUPS];
};

static double cpu(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void must(int code, const struct bench *bench)
{
    if (code != 0) {
        fprintf(stderr, "bench_place_arrivals: %s\n", bench->err.text);
        exit(1);
    }
}

static void batches(struct bench *bench, uint32_t n)
{
    for (uint32_t b = 0; b < n; b++) {
        bench->end[b] = (uint32_t)((uint64_t)ARRIVING * (b + 1) / n);
    }
    bench->input.n_batches = n;
}

/* Row 0 is the order of the file. */
static void orders(struct bench *bench)
{
    for (uint32_t q = 0; q < ORDERS; q++) {
        struct rng rng = rng_at(99, 1, q, 0);
        uint32_t *order = bench->order[q];
        for (uint32_t i = 0; i < ARRIVING; i++) {
            order[i] = PAST + i;
        }
        for (uint32_t i = ARRIVING - 1; q > 0 && i > 0; i--) {
            uint32_t j = rng_below(&rng, i + 1), keep = order[i];
            order[i] = order[j];
            order[j] = keep;
        }
    }
}

/* Households by their people: 1, 2 or 3, 4 or 5, more. */
static uint32_t group_of(int32_t people)
{
    return people == 1 ? 0 : people <= 3 ? 1 : people <= 5 ? 2 : 3;
}

static void bench_make(struct bench *bench, uint64_t seed, double tight)
{
    struct place_generate options = {PAST + ARRIVING, 40, 8, 12, seed, tight};
    must(place_generate(&bench->arena, &options, &bench->made, &bench->err), bench);
    const struct place_problem *made = &bench->made.problem;
    size_t n = (size_t)made->n_localities * made->n_resources;
    int32_t *half = arena_new(&bench->arena, int32_t, n, &bench->err);
    must(half == NULL, bench);
    for (size_t k = 0; k < n; k++) {
        half[k] = (made->capacity[k] + 1) / 2;
    }
    for (uint32_t h = 0; h < PAST + ARRIVING; h++) {
        bench->group[h] = group_of(place_need(made, h, 0));
    }
    for (uint32_t i = 0; i < PAST; i++) {
        bench->past[i] = i;
    }
    orders(bench);
    bench->problem = *made;
    bench->problem.capacity = half;
    bench->input = (struct arrivals_input){.problem = &bench->problem,
                                           .n_past = PAST,
                                           .n_arriving = ARRIVING,
                                           .past = bench->past,
                                           .arriving = bench->order[0],
                                           .batch_end = bench->end,
                                           .group = bench->group,
                                           .n_groups = GROUPS};
    batches(bench, BATCHES);
    must(arrivals_hindsight(&bench->arena, &bench->input, NULL, NULL, &bench->hindsight,
                            &bench->err),
         bench);
}

/* How far seats are taken ahead of an even flow, in percent of their number: the mean over localities and batches. */
static double ahead_of(const struct bench *bench, const uint32_t *place)
{
    const struct place_problem *problem = &bench->problem;
    int32_t used[64] = {0};
    double sum = 0;
    for (uint32_t b = 0, i = 0; b < bench->input.n_batches; b++) {
        for (; i < bench->end[b]; i++) {
            uint32_t h = bench->input.arriving[i];
            if (place[h] != PLACE_NONE) {
                used[place[h]] += place_need(problem, h, 0);
            }
        }
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            double share = (double)used[l] / fmax(1, place_capacity(problem, l, 0));
            sum += fmax(0, share - (double)i / ARRIVING);
        }
    }
    return 100 * sum / bench->input.n_batches / problem->n_localities;
}

static struct line run(struct bench *bench, const struct arrivals_options *options, uint32_t n)
{
    struct line line = {.least = INFINITY};
    double square = 0;
    for (uint32_t q = 0; q < n; q++) {
        struct arrivals_options used = *options;
        struct arrivals_result result;
        struct arena scratch;
        arena_init(&scratch, "bench", (size_t)1 << 30);
        used.seed = q;
        bench->input.arriving = bench->order[q];
        double from = cpu();
        must(arrivals_run(&scratch, &bench->input, &used, NULL, NULL, &result, &bench->err), bench);
        line.seconds += (cpu() - from) / n;
        double ratio = 100 * (double)result.objective_micro / (double)bench->hindsight;
        line.mean += ratio / n;
        square += ratio * ratio / n;
        line.least = fmin(line.least, ratio);
        line.most = fmax(line.most, ratio);
        line.ahead += ahead_of(bench, result.place) / n;
        for (uint32_t g = 0; g < GROUPS; g++) {
            line.group[g] += (double)result.group_micro[g] / n;
        }
        arena_free(&scratch);
    }
    line.sd = sqrt(fmax(0, square - line.mean * line.mean));
    return line;
}

static void show(const char *name, const struct line *line)
{
    printf("| %s | %.2f | %.2f | %.2f | %.2f | %.3f | %.2f |\n", name, line->mean, line->sd,
           line->least, line->most, line->seconds, line->ahead);
}

static void methods(struct bench *bench)
{
    printf("| method | mean %% | sd | min | max | CPU s a year | seats ahead of even flow, %% |\n"
           "|---|---|---|---|---|---|---|\n");
    for (int m = 0; m < ARRIVALS_METHODS; m++) {
        struct arrivals_options options = {.method = (enum arrivals_method)m, .gamma = NAN};
        struct line line = run(bench, &options, ORDERS);
        show(arrivals_word(options.method), &line);
    }
}

/* Floors from what groups get in hindsight, and what bid prices lose by them. */
static void floors(struct bench *bench, const char *what, const struct line *without,
                   const int64_t *floor_micro)
{
    struct arrivals_options options = {.method = ARRIVALS_BID, .gamma = NAN};
    bench->input.floor_micro = floor_micro;
    struct line with = run(bench, &options, ORDERS);
    bench->input.floor_micro = NULL;
    printf("| %s |", what);
    for (uint32_t g = 0; g < GROUPS; g++) {
        printf(" %.3f, %.3f, %.3f |", 1e-6 * without->group[g], 1e-6 * (double)floor_micro[g],
               1e-6 * with.group[g]);
    }
    printf(" %.2f |\n", 100 * (1 - with.mean / without->mean));
}

static void groups(struct bench *bench)
{
    struct arrivals_options options = {.method = ARRIVALS_BID, .gamma = NAN};
    struct line without = run(bench, &options, ORDERS);
    int64_t even[GROUPS], lift[GROUPS] = {0};
    for (uint32_t g = 0; g < GROUPS; g++) {
        even[g] = (int64_t)(without.group[g] * 95 / without.mean);
    }
    lift[0] = (int64_t)(without.group[0] * 1.05);
    printf("\nFloors of groups by people (1, 2 or 3, 4 or 5, more): average score a household "
           "without floors, the floor, with it; and what all lose by it.\n\n"
           "| floors | 1 | 2 or 3 | 4 or 5 | more | lost %% |\n|---|---|---|---|---|---|\n");
    floors(bench, "95 % of the share in hindsight", &without, even);
    floors(bench, "those alone: 5 % more", &without, lift);
}

static void others(struct bench *bench)
{
    static const struct {
        uint64_t seed;
        double tight;
    } other[] = {{8, 110}, {9, 110}, {7, 100}};
    printf("\nOther instances, pot2.\n\n"
           "| instance | mean %% | sd | min | max | CPU s a year | seats ahead, %% |\n"
           "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        struct arrivals_options options = {.method = ARRIVALS_POT2, .gamma = NAN};
        char name[64];
        bench_make(bench, other[i].seed, other[i].tight);
        snprintf(name, sizeof name, "seed %d, tight %g", (int)other[i].seed, other[i].tight);
        struct line line = run(bench, &options, ORDERS);
        show(name, &line);
    }
}

int main(void)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (bench == NULL) {
        return 1;
    }
    arena_init(&bench->arena, "bench", (size_t)4 << 30);
    bench_make(bench, 7, 110);
    printf("## PLACE: arrivals over time\n\n"
           "`2000 40 8 12 seed 7 tight 110`: %d households are the past, %d arrive in %d batches, "
           "in %d orders, under half the capacity. In percent of the bound in hindsight, %.6f.\n\n",
           PAST, ARRIVING, BATCHES, ORDERS, 1e-6 * (double)bench->hindsight);
    methods(bench);
    groups(bench);
    batches(bench, ARRIVING);
    struct arrivals_options options = {.method = ARRIVALS_POT2, .gamma = NAN};
    struct line line = run(bench, &options, ORDERS);
    printf("\nOne by one, pot2: %.2f %%, %.3f s.\n", line.mean, line.seconds);
    others(bench);
    arena_free(&bench->arena);
    free(bench);
    return 0;
}
