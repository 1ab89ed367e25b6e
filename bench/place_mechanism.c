/* The mechanisms of wishes and priorities: at the size of a programme, at the size of an agency's year, and the
 * curve of the constrained priority mechanism. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "generate.h"
#include "mechanism.h"
#include "rng.h"
#include "solve.h"

enum { AGAIN = 20, POINTS = 20, ROUNDS = 200 };

struct bench {
    struct arena arena;
    struct ajar_err err;
    struct place_generated made;
    int32_t *drawn; /* [pairs] wishes that owe nothing to the scores */
};

static double cpu(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void must(int code, const struct ajar_err *err)
{
    if (code != 0) {
        fprintf(stderr, "bench_place_mechanism: %s\n", err->text);
        exit(1);
    }
}

static void cohort(struct bench *bench, const struct place_generate *make)
{
    *bench = (struct bench){0};
    arena_init(&bench->arena, "bench", (size_t)4 << 30);
    must(place_generate(&bench->arena, make, &bench->made, &bench->err), &bench->err);
    const struct place_problem *problem = &bench->made.problem;
    uint64_t pairs = problem->first[problem->n_households];
    bench->drawn = arena_new(&bench->arena, int32_t, pairs, &bench->err);
    must(bench->drawn == NULL ? E_MEMORY : 0, &bench->err);
    for (uint64_t i = 0; i < pairs; i++) {
        struct rng rng = rng_at(1, 1, (uint32_t)i, 0);
        bench->drawn[i] = (int32_t)rng_below(&rng, PLACE_SCORE_MOST);
    }
}

enum mechanism { MTTC, KDA, TKDA, CLINCHING, MTTCE, MECHANISMS };
static const char *const names[] = {"MTTC", "KDA", "TKDA", "TKDA with clinching", "MTTCE"};

static int run(struct arena *arena, enum mechanism which, const struct mechanism_lists *lists,
               const uint32_t *endowment, struct mechanism_match *match, struct ajar_err *err)
{
    switch (which) {
    case MTTC:
        return mechanism_mttc(arena, lists, match, err);
    case KDA:
        return mechanism_kda(arena, lists, match, err);
    case TKDA:
        return mechanism_tkda(arena, lists, NULL, match, err);
    case CLINCHING:
        return mechanism_tkda_clinching(arena, lists, NULL, match, err);
    default:
        return mechanism_mttce(arena, lists, endowment, NULL, match, err);
    }
}

struct timed {
    double sort, match; /* seconds, the least of all times */
    uint32_t rounds;
    struct mechanism_sum sum;
};

static struct timed time_mechanism(struct bench *bench, enum mechanism which, bool drawn, int again,
                                   const uint32_t *endowment)
{
    struct timed out = {INFINITY, INFINITY, 0, {0}};
    const struct mechanism_said said = {.wish_score = drawn ? bench->drawn : NULL};
    for (int i = 0; i < again; i++) {
        struct arena scratch;
        struct mechanism_lists lists;
        struct mechanism_match match;
        arena_init(&scratch, "bench", (size_t)4 << 30);
        double from = cpu();
        must(mechanism_lists_make(&scratch, &bench->made.problem, &said, &lists, &bench->err),
             &bench->err);
        double sorted = cpu();
        must(run(&scratch, which, &lists, endowment, &match, &bench->err), &bench->err);
        out.match = fmin(out.match, cpu() - sorted);
        out.sort = fmin(out.sort, sorted - from);
        out.rounds = match.rounds;
        out.sum = mechanism_sum(&lists, match.locality);
        arena_free(&scratch);
    }
    return out;
}

static void print_large(void)
{
    static const char *const limits[] = {"5", "5", "60"};
    struct bench bench;
    cohort(&bench, &(struct place_generate){100000, 500, 10, 20, 2, 100});
    printf("100,000 households x 500 localities, lists of 10 to 20, sorting included:\n\n"
           "| mechanism | wishes | sorting s | matching s | in all s | must s | rounds | placed "
           "|\n|---|---|---|---|---|---|---|---|\n");
    for (int drawn = 0; drawn < 2; drawn++) {
        for (enum mechanism which = MTTC; which <= TKDA; which++) {
            struct timed at = time_mechanism(&bench, which, drawn, 1, NULL);
            printf("| %s | %s | %.2f | %.2f | %.2f | %s | %u | %u |\n", names[which],
                   drawn ? "drawn" : "as scores", at.sort, at.match, at.sort + at.match,
                   limits[which], at.rounds, at.sum.placed);
        }
    }
    arena_free(&bench.arena);
}

static void print_small(struct bench *bench, const uint32_t *plan)
{
    const struct place_problem *problem = &bench->made.problem;
    printf("\n%u households x %u localities, every pair that fits alone, sorting included, the "
           "least of %d times (must: 10 ms each; MTTCE from the optimiser's plan):\n\n"
           "| mechanism | wishes | ms | rounds | placed | mean rank of all |\n"
           "|---|---|---|---|---|---|\n",
           problem->n_households, problem->n_localities, AGAIN);
    for (int drawn = 0; drawn < 2; drawn++) {
        for (enum mechanism which = MTTC; which < MECHANISMS; which++) {
            struct timed at = time_mechanism(bench, which, drawn, AGAIN, plan);
            printf("| %s | %s | %.2f | %u | %u | %.3f |\n", names[which],
                   drawn ? "drawn" : "as scores", 1e3 * (at.sort + at.match), at.rounds,
                   at.sum.placed, (double)at.sum.rank_all / problem->n_households);
        }
    }
}

/* One slot a household: as many slots as the seats hold households of the mean size. */
static struct place_problem slots(struct bench *bench)
{
    struct place_problem out = bench->made.problem;
    uint32_t n = out.n_households, l = out.n_localities;
    int32_t *need = arena_new(&bench->arena, int32_t, n, &bench->err);
    int32_t *capacity = arena_new(&bench->arena, int32_t, l, &bench->err);
    must(need == NULL || capacity == NULL ? E_MEMORY : 0, &bench->err);
    for (uint32_t h = 0; h < n; h++) {
        need[h] = 1;
    }
    for (uint32_t k = 0; k < l; k++) {
        capacity[k] = (int32_t)((int64_t)place_capacity(&out, k, 0) * n / bench->made.need[0]);
    }
    out.n_resources = 1;
    out.need = need;
    out.capacity = capacity;
    return out;
}

struct curve {
    double seconds;
    struct mechanism_point first, last;
    uint32_t beyond; /* households at all thresholds */
};

static struct curve time_curve(struct bench *bench, const struct place_problem *problem,
                               const struct mechanism_rest *rest)
{
    struct mechanism_lists lists;
    struct mechanism_point points[POINTS];
    struct curve out = {0};
    const struct mechanism_said said = {.wish_score = bench->drawn};
    double from = cpu();
    must(mechanism_lists_make(&bench->arena, problem, &said, &lists, &bench->err), &bench->err);
    must(mechanism_curve(&bench->arena, &lists, NULL, rest, POINTS, points, &bench->err),
         &bench->err);
    out.seconds = cpu() - from;
    out.first = points[0];
    out.last = points[POINTS - 1];
    for (int i = 0; i < POINTS; i++) {
        out.beyond += points[i].beyond;
    }
    return out;
}

static void print_curve(const char *needs, const char *rest, const struct curve *curve, uint32_t n)
{
    printf("| %s | %s | %.3f | 1 | %.3f to %.3f | %.2f to %.2f | %u |\n", needs, rest,
           curve->seconds, 1e-6 * (double)curve->first.sum.total_micro,
           1e-6 * (double)curve->last.sum.total_micro, (double)curve->first.sum.rank_all / n,
           (double)curve->last.sum.rank_all / n, curve->beyond);
}

static void print_curves(struct bench *bench, const struct place_result *result, double took)
{
    const struct place_problem *problem = &bench->made.problem;
    struct place_problem even = slots(bench);
    struct mechanism_rest rest;
    uint32_t n = problem->n_households;
    printf(
        "\nThe curve of constrained priority, %d thresholds, wishes drawn; prices and the plan it "
        "starts from are not in the time (%.2f s, %d rounds of the optimiser):\n\n"
        "| needs | what the rest can still be worth | CPU s | must s | total from to | mean rank "
        "from to | beyond the threshold |\n|---|---|---|---|---|---|---|\n",
        POINTS, took, ROUNDS);
    must(mechanism_rest_equal(&bench->arena, &even, &rest, &bench->err), &bench->err);
    struct curve curve = time_curve(bench, &even, &rest);
    print_curve("one slot each", "exactly", &curve, n);
    must(mechanism_rest_plan(&bench->arena, problem, result->place, &rest, &bench->err),
         &bench->err);
    curve = time_curve(bench, problem, &rest);
    print_curve("four resources", "what a plan in hand shows", &curve, n);
    must(mechanism_rest_priced(&bench->arena, problem, result->price, &rest, &bench->err),
         &bench->err);
    curve = time_curve(bench, problem, &rest);
    print_curve("four resources", "at most, by prices", &curve, n);
}

int main(void)
{
    struct bench bench;
    struct place_result result;
    printf("## PLACE: mechanisms\n\n"
           "Cohorts of `place generate`. Localities rank by the score of the pair; households wish "
           "by the score, or as drawn. Seconds are of one processor. ");
    print_large();
    cohort(&bench, &(struct place_generate){329, 20, 20, 20, 1, 100});
    double from = cpu();
    must(place_solve(&bench.arena, &bench.made.problem,
                     &(struct place_options){.rounds = ROUNDS, .seed = 1}, NULL, NULL, &result,
                     &bench.err),
         &bench.err);
    double took = cpu() - from;
    print_small(&bench, result.place);
    print_curves(&bench, &result, took);
    arena_free(&bench.arena);
    return 0;
}
