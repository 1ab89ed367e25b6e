/* What-ifs on a plan of 10,000 households and 200 localities: processor seconds of the warm answer, moves, and what
 * placing all anew would have found.  Argument: seconds of each run from nothing (20). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bound.h"
#include "generate.h"
#include "whatif.h"

enum { CHANGES = 5, TRIES = 3 };

struct bench {
    struct arena arena;
    struct ajar_err err;
    double seconds, stop_at;
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
        fprintf(stderr, "bench_place_whatif: %s\n", bench->err.text);
        exit(1);
    }
}

static void *get(struct bench *bench, size_t count, size_t size)
{
    void *got = arena_get(&bench->arena, count, size, &bench->err);
    must(got == NULL ? bench->err.code : 0, bench);
    return got;
}

static bool enough(void *arg)
{
    const struct bench *bench = arg;
    return cpu() >= bench->stop_at;
}

static struct side_result place_anew(struct bench *bench, const struct place_problem *problem,
                                     const struct place_side *side)
{
    const struct place_options options = {.rounds = UINT64_MAX, .enough = enough, .arg = bench};
    struct side_result result = {0};
    bench->stop_at = cpu() + bench->seconds;
    if (side->n_locks == 0) {
        must(place_solve(&bench->arena, problem, &options, NULL, NULL, &result.plan, &bench->err),
             bench);
    } else {
        must(side_solve(&bench->arena, problem, side, &options, NULL, NULL, &result, &bench->err),
             bench);
    }
    return result;
}

struct change {
    const char *name;
    struct place_problem problem;
    struct place_side side;
};

/* More or less of the capacity that is worth most at the prices. */
static struct change with_capacity(struct bench *bench, const struct place_problem *problem,
                                   const int64_t *price, const char *name, int32_t more)
{
    struct change change = {.name = name, .problem = *problem};
    size_t n = (size_t)problem->n_localities * problem->n_resources, dearest = 0;
    int32_t *capacity = get(bench, n, sizeof *capacity);
    memcpy(capacity, problem->capacity, n * sizeof *capacity);
    for (size_t k = 0; k < n; k++) {
        double worth = (double)capacity[k] * (double)price[k];
        dearest = worth > (double)capacity[dearest] * (double)price[dearest] ? k : dearest;
    }
    capacity[dearest] += more;
    change.problem.capacity = capacity;
    return change;
}

/* Somebody who is placed, and is a family. */
static uint32_t a_case(const struct place_problem *problem, const uint32_t *place)
{
    uint32_t h = problem->n_households / 2;
    while (place[h] == PLACE_NONE || place_need(problem, h, 0) < 4) {
        h++;
    }
    return h;
}

static struct change with_lock(struct bench *bench, const struct place_problem *problem,
                               const uint32_t *place)
{
    struct change change = {.name = "a case locked elsewhere", .problem = *problem};
    struct side_lock *lock = get(bench, 1, sizeof *lock);
    lock->household = a_case(problem, place);
    lock->pair = problem->first[lock->household];
    lock->pair += problem->locality[lock->pair] == place[lock->household];
    change.side.n_locks = 1;
    change.side.locks = lock;
    return change;
}

/* One pair fewer: of the case, where it is. */
static struct change with_forbid(struct bench *bench, const struct place_problem *problem,
                                 const uint32_t *place)
{
    struct change change = {.name = "a case forbidden where it is", .problem = *problem};
    uint64_t n = problem->first[problem->n_households];
    uint32_t who = a_case(problem, place), *locality = get(bench, n, sizeof *locality);
    int32_t *score = get(bench, n, sizeof *score);
    uint64_t *first = get(bench, (size_t)problem->n_households + 1, sizeof *first);
    uint64_t gone = place_pair(problem, who, place[who]);
    for (uint64_t pair = 0, to = 0; pair < n; pair++) {
        if (pair != gone) {
            locality[to] = problem->locality[pair];
            score[to++] = problem->score[pair];
        }
    }
    for (uint32_t h = 0; h <= problem->n_households; h++) {
        first[h] = problem->first[h] - (h > who);
    }
    change.problem.first = first;
    change.problem.locality = locality;
    change.problem.score = score;
    return change;
}

/* A fact that comes late: the family is one larger. */
static struct change with_need(struct bench *bench, const struct place_problem *problem,
                               const uint32_t *place)
{
    struct change change = {.name = "a family one larger", .problem = *problem};
    size_t n = (size_t)problem->n_households * problem->n_resources;
    int32_t *need = get(bench, n, sizeof *need);
    memcpy(need, problem->need, n * sizeof *need);
    need[(size_t)a_case(problem, place) * problem->n_resources]++;
    change.problem.need = need;
    return change;
}

static uint32_t churn(uint32_t n, const uint32_t *a, const uint32_t *b)
{
    uint32_t moved = 0;
    for (uint32_t h = 0; h < n; h++) {
        moved += a[h] != b[h];
    }
    return moved;
}

static void show(struct bench *bench, const struct change *change, const struct place_result *plan)
{
    static const uint32_t mosts[] = {0, 1, 2, 5, 20, UINT32_MAX};
    struct side_result anew = place_anew(bench, &change->problem, &change->side);
    for (size_t i = 0; i < sizeof mosts / sizeof *mosts; i++) {
        const struct whatif_options options = {
            .before = plan->place, .price = plan->price, .moves_most = mosts[i]};
        struct whatif_result result;
        double best = 1e9;
        for (int again = 0; again < TRIES; again++) {
            struct arena arena;
            arena_init(&arena, "bench", (size_t)4 << 30);
            double from = cpu();
            must(whatif_run(&arena, &change->problem, &change->side, &options, NULL, NULL, &result,
                            &bench->err),
                 bench);
            best = cpu() - from < best ? cpu() - from : best;
            arena_free(&arena);
        }
        char most[16] = "any";
        if (mosts[i] != UINT32_MAX) {
            snprintf(most, sizeof most, "%u", mosts[i]);
        }
        printf("| %s | %s | %.0f | %u + %u%s | %u | %.6f | %.6f | %u |\n", change->name, most,
               1e3 * best, result.n_forced, result.n_moves - result.n_forced,
               result.possible ? "" : " (too many)", result.n_displaced,
               (double)result.plan.plan.objective_micro / 1e6,
               (double)(result.plan.plan.objective_micro - anew.plan.objective_micro) / 1e6,
               churn(change->problem.n_households, anew.plan.place, plan->place));
    }
}

int main(int argc, char **argv)
{
    const struct place_generate size = {10000, 200, 10, 20, 1, 100};
    const struct place_side none = {0};
    struct bench bench = {.seconds = argc > 1 ? strtod(argv[1], NULL) : 20};
    struct place_generated made;
    arena_init(&bench.arena, "bench", (size_t)4 << 30);
    must(place_generate(&bench.arena, &size, &made, &bench.err), &bench);
    struct side_result plan = place_anew(&bench, &made.problem, &none);
    const struct change changes[CHANGES] = {
        with_capacity(&bench, &made.problem, plan.plan.price, "4 fewer of a capacity", -4),
        with_capacity(&bench, &made.problem, plan.plan.price, "4 more of it", 4),
        with_lock(&bench, &made.problem, plan.plan.place),
        with_forbid(&bench, &made.problem, plan.plan.place),
        with_need(&bench, &made.problem, plan.plan.place),
    };
    printf("## PLACE: what-ifs\n\n"
           "10,000 households, 200 localities, 4 resources. The plan that stands is one of %.0f s "
           "from nothing: %.6f, gap %.3f %%. Moves are those that the change forces and others; "
           "beside each what %.0f s from nothing find for the changed case.\n\n"
           "| change | moves allowed | ms | moves | displaced | total | over that from nothing | "
           "moves of that |\n|---|---|---|---|---|---|---|---|\n",
           bench.seconds, (double)plan.plan.objective_micro / 1e6, 100 * plan.plan.gap,
           bench.seconds);
    for (int i = 0; i < CHANGES; i++) {
        show(&bench, &changes[i], &plan.plan);
    }
    arena_free(&bench.arena);
    return 0;
}
