/* The agent engine on the eight conflicts at full size, on one thread and two, beside the plain engine, its
 * own idle test alone, and the reference's rate.  One thread and two run in turn; of each day of a conflict the
 * fastest run counts, so that what else the machine does disturbs little.  From the top of the tree:
 * bench_flow_agents [CONFLICT [ROUNDS]]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "agents_parts.h"
#include "flow_conflict.h"

#define DATA "test/flow/data"

/* Agent-days a CPU second of the reference (one core, its own runs; other machine). */
static const struct {
    const char *name;
    double rate;
} conflicts[] = {{"mali2012", 269e3},   {"burundi2015", 260e3}, {"tigray2020", 44e3},
                 {"ssudan2013", 185e3}, {"car2013", 153e3},     {"ssudan2016", 137e3},
                 {"syria2013", 318e3},  {"nigeria2016", 157e3}};
enum { CONFLICTS = sizeof conflicts / sizeof conflicts[0], ROUNDS = 4 };
#define PLAIN_MOST                                                                                 \
    3e7 /* agent-days of the plain engine's run; larger conflicts are thinned for it */

struct timing {
    double cpu;   /* of the best run */
    double *wall; /* [n_days + 1] of the best opening and of each best day */
    uint64_t agent_days, hops, bytes;
    uint32_t agents;
};

static struct timing timing(struct arena *arena, const struct flow_plan *plan)
{
    struct timing best = {.cpu = INFINITY};
    best.wall = arena_new(arena, double, (size_t)plan->n_days + 1, NULL);
    for (int32_t day = 0; day <= plan->n_days; day++) {
        best.wall[day] = INFINITY;
    }
    return best;
}

static double lap(double *since, double best)
{
    double from = *since;
    *since = now(CLOCK_MONOTONIC);
    return fmin(best, *since - from);
}

static void run(const struct flow_plan *plan, const struct flow_params *params, struct pool *pool,
                struct timing *best)
{
    struct arena arena;
    struct flow_agents *agents;
    struct flow_result result;
    struct ajar_err err = {0};
    struct flow_run_options options = {.seed = 1, .to = plan->n_days};
    arena_init(&arena, "run", (size_t)1 << 33);
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID), since = now(CLOCK_MONOTONIC);
    must(flow_agents_open(&agents, &arena, plan, params, &options, &err), &err);
    best->wall[0] = lap(&since, best->wall[0]);
    for (int32_t day = 1; day <= plan->n_days; day++) {
        must(flow_agents_run(agents, day, pool, NULL, &result, &err), &err);
        best->wall[day] = lap(&since, best->wall[day]);
    }
    best->cpu = fmin(best->cpu, now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    best->agent_days = result.agent_days;
    best->hops = result.hops;
    best->bytes = agents_bytes(agents);
    best->agents = agents->n;
    arena_free(&arena);
}

static double wall(const struct timing *timing, int32_t n_days)
{
    double sum = 0;
    for (int32_t day = 0; day <= n_days; day++) {
        sum += timing->wall[day];
    }
    return sum;
}

/* Agent-days a second of the plain engine. */
static double plain(const struct flow_world *world, struct flow_params params, double agent_days)
{
    struct arena arena;
    struct flow_plan plan;
    struct flow_result result;
    struct ajar_err err = {0};
    arena_init(&arena, "run", (size_t)1 << 33);
    params.hasten = (int32_t)ceil(agent_days / PLAIN_MOST);
    must(flow_plan_make(&arena, world, &params, DATE_NONE, &plan, &err), &err);
    struct flow_run_options options = {.seed = 1, .to = plan.n_days};
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    must(flow_walk(&arena, &plan, &params, &options, &result, &err), &err);
    double rate = (double)result.agent_days / (now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    arena_free(&arena);
    return rate;
}

/* Agent-days a second of the idle test alone, over as many people as the conflict has. */
static double idle(const struct flow_plan *plan, uint32_t people)
{
    enum { TIMES = 20 };
    struct arena arena;
    size_t groups = people / AGENTS_GROUP + 1, shelf = PART_AGENTS / AGENTS_GROUP;
    arena_init(&arena, "scan", (size_t)1 << 32);
    uint16_t *place = arena_new(&arena, uint16_t, groups * AGENTS_GROUP, NULL);
    uint64_t *bits = arena_new(&arena, uint64_t, shelf, NULL);
    uint32_t *go = arena_new(&arena, uint32_t, (size_t)plan->n_places + 1, NULL);
    for (size_t i = 0; i < groups * AGENTS_GROUP; i++) {
        place[i] = (uint16_t)(i % plan->n_places);
    }
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (uint32_t day = 0; day < TIMES; day++) {
        const struct agents_key key = {1, day};
        for (size_t g = 0; g < groups; g += shelf) {
            size_t n = groups - g < shelf ? groups - g : shelf;
            agents_path_best()->idle(&key, MOVE_IDLE, (uint32_t)g, n, place + g * AGENTS_GROUP, go,
                                     (size_t)plan->n_places + 1, bits);
        }
    }
    double rate = TIMES * (double)people / (now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    arena_free(&arena);
    return rate;
}

/* What all conflicts together come to. */
struct sum {
    int n;
    double times, least; /* the reference's rate */
    double one, two;     /* seconds */
};

static void row(size_t i, int rounds, struct pool *pool, struct sum *sum)
{
    struct arena arena;
    struct flow_world world;
    struct flow_plan plan;
    struct ajar_err err = {0};
    struct flow_params params = flow_params_validation();
    arena_init(&arena, "world", (size_t)1 << 32);
    world = read_world(&arena, DATA, conflicts[i].name);
    must(flow_plan_make(&arena, &world, &params, DATE_NONE, &plan, &err), &err);
    struct timing one = timing(&arena, &plan), two = timing(&arena, &plan);
    for (int round = 0; round < rounds; round++) {
        run(&plan, &params, NULL, &one);
        run(&plan, &params, pool, &two);
    }
    double rate = (double)one.agent_days / one.cpu, scan = idle(&plan, one.agents);
    double left = one.cpu - (double)one.agent_days / scan, times = rate / conflicts[i].rate;
    double one_s = wall(&one, plan.n_days), two_s = wall(&two, plan.n_days);
    printf("| %s | %u | %.0f M | %.1f M | %.3f | %.0f M | %.0f | %.1f | %.2f | %.1f | %.2f | %.1f "
           "| %.1f |\n",
           conflicts[i].name, one.agents, (double)one.agent_days / 1e6, (double)one.hops / 1e6,
           one.cpu, rate / 1e6, times, rate / plain(&world, params, (double)one.agent_days),
           rate / scan, 1e9 * left / (double)one.hops, one_s / two_s,
           (double)one.bytes / (double)one.agents, (double)two.bytes / (double)two.agents);
    fflush(stdout);
    arena_free(&arena);
    sum->n++;
    sum->times += times;
    sum->least = fmin(sum->least, times);
    sum->one += one_s;
    sum->two += two_s;
}

int main(int argc, char **argv)
{
    struct pool *two;
    struct ajar_err err = {0};
    struct sum sum = {.least = INFINITY};
    must(pool_open(&two, 2, &err), &err);
    printf("## FLOW: agents one by one\n\nConflicts at full size, one person an agent, best of "
           "some runs. "
           "The reference's rate is that of Flee on its own\nruns (test/flow/data/README.md); the "
           "plain engine is the oracle that gives the same bytes; the idle test is the\nscan for "
           "who leaves, alone. Two threads: times one thread. Bytes at their peak. Instructions: "
           "%s.\n\n",
           agents_path_best()->name);
    printf(
        "| conflict | people | agent-days | hops | CPU s | agent-days a CPU s | of the reference's "
        "| of the plain engine's | of the idle test's | ns a hop beyond it | two threads | bytes "
        "a person | on two threads |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < CONFLICTS; i++) {
        if (argc < 2 || strcmp(argv[1], conflicts[i].name) == 0) {
            row(i, argc > 2 ? atoi(argv[2]) : ROUNDS, two, &sum);
        }
    }
    printf(
        "\nOf the reference's rate: %.0f on the mean, %.0f at least. One thread %.2f s in all, two "
        "%.2f s: %.2f times as fast.\n",
        sum.times / sum.n, sum.least, sum.one, sum.two, sum.one / sum.two);
    pool_close(two);
    return 0;
}
