/* The aggregate engine on the eight conflicts: camps beside the agent engine's over seeds at the reference's
 * thinning, time beside it at full size, and a hundred members of syria2013.  From the top of the tree:
 * bench_flow_aggregate [SEEDS [CONFLICT]]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate_parts.h"
#include "flow_conflict.h"
#include "scores.h"

#define DATA "test/flow/data"

static const struct {
    const char *name;
    int32_t hasten; /* of the reference's own runs */
} conflicts[] = {{"mali2012", 20}, {"burundi2015", 50}, {"tigray2020", 20}, {"ssudan2013", 100},
                 {"car2013", 100}, {"ssudan2016", 100}, {"syria2013", 400}, {"nigeria2016", 100}};
enum { CONFLICTS = sizeof conflicts / sizeof conflicts[0], SEEDS = 48, EVERY = 30, MEMBERS = 100 };

/* What many runs of an engine gave. */
struct tally {
    double *sum, *squares; /* [rows * n_camps] of days 30, 60, ... */
    double ard, cpu, batches;
    uint64_t person_days;
    int runs;
};

static struct tally tally_new(struct arena *arena, const struct flow_plan *plan)
{
    size_t cells = (size_t)(plan->n_days / EVERY + 1) * plan->n_camps;
    struct ajar_err err = {0};
    struct tally out = {.sum = arena_new(arena, double, cells, &err),
                        .squares = arena_new(arena, double, cells, &err)};
    must(out.sum == NULL || out.squares == NULL ? E_MEMORY : 0, &err);
    return out;
}

static double ard(struct arena *arena, const struct flow_plan *plan,
                  const struct flow_series *observed, const struct flow_result *result)
{
    struct flow_scores scores;
    struct ajar_err err = {0};
    size_t days = (size_t)plan->n_days;
    double *simulated = arena_new(arena, double, days * plan->n_camps, &err);
    must(simulated == NULL ? E_MEMORY : 0, &err);
    for (size_t i = 0; i < days * plan->n_camps; i++) {
        simulated[i] = (double)result->in_place[i % days * plan->n_places + plan->camps[i / days]];
    }
    must(flow_score(observed, simulated, &scores, &err), &err);
    return scores.ard_rescaled;
}

static void run(struct tally *tally, bool agents, const struct flow_plan *plan,
                const struct flow_params *params, const struct flow_series *observed, uint64_t seed)
{
    struct arena arena;
    struct flow_result result;
    struct ajar_err err = {0};
    const struct flow_run_options options = {.seed = seed, .to = plan->n_days};
    arena_init(&arena, "run", (size_t)1 << 33);
    double begin = now(CLOCK_PROCESS_CPUTIME_ID);
    if (agents) {
        struct flow_agents *people;
        must(flow_agents_open(&people, &arena, plan, params, &options, &err), &err);
        must(flow_agents_run(people, plan->n_days, NULL, NULL, &result, &err), &err);
    } else {
        struct aggregate all;
        must(aggregate_run(&all, &arena, plan, params, &options, NULL, &result, &err), &err);
        tally->batches += (double)all.batches / plan->n_days;
    }
    tally->cpu += now(CLOCK_PROCESS_CPUTIME_ID) - begin;
    tally->person_days += result.agent_days;
    tally->runs++;
    tally->ard += observed == NULL ? 0 : ard(&arena, plan, observed, &result);
    for (int32_t day = EVERY; day < plan->n_days; day += EVERY) {
        for (uint32_t c = 0; c < plan->n_camps; c++) {
            size_t at = (size_t)(day / EVERY) * plan->n_camps + c;
            double n = (double)result.in_place[(size_t)day * plan->n_places + plan->camps[c]];
            tally->sum[at] += n;
            tally->squares[at] += n * n;
        }
    }
    arena_free(&arena);
}

static double variance(const struct tally *tally, size_t at)
{
    double mean = tally->sum[at] / tally->runs;
    double sum = tally->squares[at] - tally->sum[at] * mean;
    return sum > 0 ? sum / (tally->runs - 1) / tally->runs : 0;
}

struct gap {
    double rms, worst;
    double share; /* of all people in camps, the mean absolute difference */
};

static struct gap compare(const struct flow_plan *plan, const struct tally *a,
                          const struct tally *b)
{
    struct gap out = {0};
    double people = 0;
    size_t n = 0;
    for (int32_t day = EVERY; day < plan->n_days; day += EVERY) {
        for (uint32_t c = 0; c < plan->n_camps; c++) {
            size_t at = (size_t)(day / EVERY) * plan->n_camps + c;
            double mean = a->sum[at] / a->runs, gap = b->sum[at] / b->runs - mean;
            double z = gap / sqrt(variance(a, at) + variance(b, at) + 0.25);
            out.rms += z * z;
            out.worst = fmax(out.worst, fabs(z));
            out.share += fabs(gap);
            people += mean;
            n++;
        }
    }
    out.rms = sqrt(out.rms / (double)n);
    out.share /= people;
    return out;
}

static void row(size_t i, int seeds)
{
    struct arena arena;
    struct flow_world world;
    struct flow_plan plan, thin;
    struct flow_series observed;
    struct ajar_err err = {0};
    struct flow_params params = flow_params_validation(), thinned = params;
    thinned.hasten = conflicts[i].hasten;
    arena_init(&arena, "world", (size_t)1 << 32);
    world = read_world(&arena, DATA, conflicts[i].name);
    must(flow_plan_make(&arena, &world, &params, DATE_NONE, &plan, &err), &err);
    must(flow_plan_make(&arena, &world, &thinned, DATE_NONE, &thin, &err), &err);
    must(flow_series_flee(&arena, &world, thinned.hasten, &observed, &err), &err);
    struct tally agents = tally_new(&arena, &thin), aggregate = tally_new(&arena, &thin);
    struct tally one = tally_new(&arena, &plan), all = tally_new(&arena, &plan);
    for (int seed = 1; seed <= seeds; seed++) {
        run(&agents, true, &thin, &thinned, &observed, (uint64_t)seed);
        run(&aggregate, false, &thin, &thinned, &observed, (uint64_t)seed + 1000);
    }
    run(&one, true, &plan, &params, NULL, 1);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        run(&all, false, &plan, &params, NULL, seed);
    }
    struct gap gap = compare(&thin, &agents, &aggregate);
    double cpu = all.cpu / all.runs, rate = (double)one.person_days / cpu;
    printf("| %s | %d | %.2f | %.2f | %.2f | %+.4f | %.0f M | %.2f | %.3f | %.0f M | %.1f |\n",
           conflicts[i].name, thinned.hasten, aggregate.batches / aggregate.runs, gap.rms,
           gap.worst, (aggregate.ard - agents.ard) / seeds, (double)one.person_days / 1e6,
           all.batches / all.runs, cpu, rate / 1e6, one.cpu / cpu);
    fflush(stdout);
    arena_free(&arena);
}

/* Time and z of the same runs: full size, every member another seed. */
static void members(const char *name, int32_t hasten, int n, int of_agents)
{
    struct arena arena;
    struct flow_world world;
    struct flow_plan plan;
    struct ajar_err err = {0};
    struct flow_params params = flow_params_validation();
    params.hasten = hasten;
    arena_init(&arena, "world", (size_t)1 << 32);
    world = read_world(&arena, DATA, name);
    must(flow_plan_make(&arena, &world, &params, DATE_NONE, &plan, &err), &err);
    struct tally agents = tally_new(&arena, &plan), aggregate = tally_new(&arena, &plan);
    for (int seed = 1; seed <= n; seed++) {
        run(&aggregate, false, &plan, &params, NULL, (uint64_t)seed + 1000);
    }
    for (int seed = 1; seed <= of_agents; seed++) {
        run(&agents, true, &plan, &params, NULL, (uint64_t)seed);
    }
    struct gap gap = compare(&plan, &agents, &aggregate);
    printf(
        "\n%d members of %s at full size: %.1f CPU s, %.2f batches a day; beside %d seeds of the "
        "agent engine at full size rms z %.2f, at most %.1f; mean absolute difference %.3f %% "
        "of those in camps.\n",
        n, name, aggregate.cpu, aggregate.batches / n, of_agents, gap.rms, gap.worst,
        100 * gap.share);
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    const int of_agents = 8;
    int seeds = argc > 1 ? atoi(argv[1]) : SEEDS;
    seeds = seeds < 2 ? 2 : seeds;
    printf("## FLOW: people by numbers\n\n");
    printf("| conflict | thinned | batches a day | rms z | worst z | ARD difference | person-days, "
           "full | batches a day | CPU s | person-days a CPU s | of the agent engine's |\n"
           "|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < CONFLICTS; i++) {
        if (argc < 3 || strcmp(argv[2], conflicts[i].name) == 0) {
            row(i, seeds);
        }
    }
    if (argc < 3 || strcmp(argv[2], "syria2013") == 0) {
        members("syria2013", 1, MEMBERS, of_agents);
    }
    return 0;
}
