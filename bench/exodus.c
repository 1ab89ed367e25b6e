/* The exodus: one run of each engine, the density that a fit asks for, and the shipped draws with their what-ifs
 * on one thread and on two.  Run from the root of the project. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "exodus_chain.h"

#define SHIPPED "scenarios/exodus2022"

enum { RUNS = 200, WALKS = 2, ROUNDS = 3 };

struct bench {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct scenario scenario;
    struct doors_folder folder;
    struct exodus_input input;
};

static double cpu(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static double wall(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void must(int code, const struct bench *bench)
{
    if (code != 0) {
        fprintf(stderr, "bench_exodus: %s\n", bench->err.text);
        exit(1);
    }
}

/* Seconds of processor a run of the engine on draws of the posterior; *people: set out and traffic admitted. */
static double time_engine(struct bench *bench, enum exodus_engine engine, int runs, double *people)
{
    const struct exodus_model *model = bench->input.model;
    const struct exodus_gates *gates = &bench->input.worlds.gates[0];
    struct exodus_setting setting;
    struct exodus_result result;
    double from = cpu();
    must(exodus_setting_make(&bench->arena, model, bench->input.draws, &setting, &bench->err),
         bench);
    must(exodus_result_new(&bench->arena, model, &result, &bench->err), bench);
    for (int run = 0; run < runs; run++) {
        struct arena scratch;
        arena_init(&scratch, "bench", (size_t)4 << 30);
        exodus_setting_fill(model, bench->input.draws + (size_t)run * model->n_params, &setting);
        if (engine == EXODUS_EXPECTED) {
            exodus_run(model, &setting, gates, model->n_days, &result);
        } else if (engine == EXODUS_BY_NUMBERS) {
            must(exodus_people(&scratch, model, &setting, gates, 1, &result, &bench->err), bench);
        } else {
            must(exodus_walk(&scratch, model, &setting, gates, 1, &result, &bench->err), bench);
        }
        arena_free(&scratch);
    }
    double seconds = (cpu() - from) / runs;
    *people = 0;
    size_t cells = (size_t)model->n_days * model->n_doors * model->n_classes * EXODUS_KINDS;
    for (size_t cell = 0; cell < cells; cell++) {
        *people += result.asked[cell];
    }
    return seconds;
}

static double time_density(struct bench *bench)
{
    const struct exodus_model *model = bench->input.model;
    struct exodus_data data;
    struct exodus_fit_work work;
    must(exodus_data_make(&bench->arena, model, bench->input.seen, bench->input.n_seen,
                          model->as_known, false, &data, &bench->err),
         bench);
    must(exodus_fit_work_new(&bench->arena, model, &bench->input.worlds.gates[0], &data, &work,
                             &bench->err),
         bench);
    double from = cpu(), sum = 0;
    for (int run = 0; run < RUNS; run++) {
        sum += exodus_fit_density(&work, bench->input.draws + (size_t)run * model->n_params);
    }
    return isfinite(sum) ? (cpu() - from) / RUNS : NAN;
}

static double time_chain(struct bench *bench, unsigned threads)
{
    struct exodus_chain_options options = {.engine = EXODUS_BY_NUMBERS,
                                           .seed = 1,
                                           .n_members = EXODUS_CHAIN_MEMBERS,
                                           .what_ifs = true};
    double best = INFINITY;
    struct pool *pool;
    must(pool_open(&pool, threads, &bench->err), bench);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct exodus_chain chain;
        arena_init(&arena, "bench", (size_t)4 << 30);
        double from = wall();
        must(exodus_chain_run(&arena, &bench->scenario, &bench->folder, &options, pool, NULL,
                              &bench->faults, &chain, &bench->err),
             bench);
        best = fmin(best, wall() - from);
        arena_free(&arena);
    }
    pool_close(pool);
    return best;
}

int main(void)
{
    struct bench bench = {0};
    double people[3];
    arena_init(&bench.arena, "bench", (size_t)4 << 30);
    must(faults_init(&bench.faults, &bench.arena, 20, &bench.err), &bench);
    must(scenario_load(&bench.arena, SHIPPED, NULL, NULL, &bench.scenario, &bench.faults,
                       &bench.err),
         &bench);
    must(doors_folder_read(&bench.arena, SHIPPED, &bench.folder, &bench.faults, &bench.err),
         &bench);
    must(exodus_load(&bench.arena, &bench.scenario, &bench.folder, &bench.faults, &bench.input,
                     &bench.err),
         &bench);
    double expected = time_engine(&bench, EXODUS_EXPECTED, RUNS, &people[0]);
    double numbers = time_engine(&bench, EXODUS_BY_NUMBERS, RUNS, &people[1]);
    double walk = time_engine(&bench, EXODUS_ONE_BY_ONE, WALKS, &people[2]);
    printf("## FLOW: the exodus\n\n"
           "Draws of the shipped posterior, %u days, %u doors, %u classes, %u regions. The peer is "
           "the oracle: one person after another. Its people are of other draws, so the ratio is "
           "by asking person.\n\n"
           "| engine | ms a run | people who ask | ns a person | of one by one "
           "|\n|---|---|---|---|---|\n",
           bench.input.model->n_days, bench.input.model->n_doors, bench.input.model->n_classes,
           bench.input.model->n_regions);
    const char *names[] = {"expected numbers", "people by numbers", "one by one"};
    double times[] = {expected, numbers, walk};
    for (int i = 0; i < 3; i++) {
        printf("| %s | %.2f | %.1f M | %.2f | %.0f |\n", names[i], 1e3 * times[i], people[i] / 1e6,
               1e9 * times[i] / people[i], (walk / people[2]) / (times[i] / people[i]));
    }
    double one = time_chain(&bench, 1), two = time_chain(&bench, 2);
    printf(
        "\nDensity of a fit: %.3f ms. %d draws and %zu what-ifs with their tables: %.2f s on one "
        "thread, %.2f s on two (%.2f times).\n",
        1e3 * time_density(&bench), EXODUS_CHAIN_MEMBERS, bench.input.model->n_what_ifs, one, two,
        one / two);
    arena_free(&bench.arena);
    return 0;
}
