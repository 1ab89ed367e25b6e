/* The certified optimiser on the generator's instances: its bound, and the gap of one run at two times, beside Cbc
 * and HiGHS.  From the top of the tree: bench_place FOLDER [INSTANCE [SHARE]]; SHARE of all times, to try it out. */
#include <time.h>

#include "bound.h"
#include "generate.h"
#include "place_peer.h"
#include "price.h"
#include "solve.h"

/* Times in seconds of one processor, gaps in percent; peer: 0 is not asked. */
struct spec {
    const char *name;
    struct place_generate make;
    double lp; /* the optimum of the linear relaxation, units; by HiGHS and Clp, but see ours */
    bool ours; /* no solver answered: the best of a long run of prices */
    double bound_goal, bound_must;
    double goal, goal_at, must, must_at;
    double peer;
};

static const struct spec specs[] = {
    {"t1k", {1000, 40, 8, 12, 7, 100}, 805.638777, false, 0.15, 0.25, 0.105, 10, 0.122, 60, 100},
    {"b_sparse",
     {10000, 200, 10, 20, 1, 100},
     8126.446964,
     false,
     0.15,
     0.25,
     0.16,
     60,
     0.23,
     100,
     150},
    {"b_sparse110",
     {10000, 200, 10, 20, 1, 110},
     8368.988220,
     false,
     0.15,
     0.25,
     0.08,
     60,
     0.123,
     60,
     0},
    {"c_sparse",
     {100000, 500, 10, 20, 2, 100},
     82609.787202,
     false,
     1.5,
     2.5,
     0.05,
     60,
     0.09,
     110,
     0},
    {"d_sparse",
     {1000000, 1000, 10, 20, 3, 100},
     811536.983666,
     true,
     15,
     25,
     0.015,
     120,
     0.034,
     60,
     0},
};
enum { SPECS = sizeof specs / sizeof specs[0], MEMORY_MB = 500 };

struct job {
    const struct spec *spec;
    double share;
};

/* What one run came to; times NaN: not in this run. */
struct found {
    uint32_t households, localities;
    uint64_t pairs, rounds;
    double bound_seconds, bound, objective; /* units */
    double at_goal, at_must;                /* gap in percent at those times */
    double goal_met, must_met;              /* seconds */
};

struct meter {
    const struct job *job;
    double from;
    struct found *found;
};

struct table {
    struct found found[SPECS];
    double peak_mb[SPECS];
    struct peer cbc[SPECS], highs[SPECS];
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
        fprintf(stderr, "bench_place: %s\n", err->text);
        exit(1);
    }
}

static double longest(const struct job *job)
{
    return job->share * fmax(job->spec->goal_at, job->spec->must_at);
}

static bool enough(void *arg)
{
    const struct meter *meter = arg;
    return cpu() - meter->from >= longest(meter->job);
}

static void tell(void *arg, uint64_t rounds, int64_t objective, int64_t bound)
{
    struct meter *meter = arg;
    const struct spec *spec = meter->job->spec;
    struct found *found = meter->found;
    double seconds = cpu() - meter->from, gap = 100 * (double)(bound - objective) / (double)bound;
    (void)rounds;
    /* what stood before this round's end is what the time found */
    if (seconds <= meter->job->share * spec->goal_at) {
        found->at_goal = gap;
    }
    if (seconds <= meter->job->share * spec->must_at) {
        found->at_must = gap;
    }
    found->goal_met = isnan(found->goal_met) && gap <= spec->goal ? seconds : found->goal_met;
    found->must_met = isnan(found->must_met) && gap <= spec->must ? seconds : found->must_met;
}

static void time_bound(const struct place_problem *problem, struct found *found)
{
    struct arena arena;
    struct ajar_err err = {0};
    int64_t bound = 0;
    arena_init(&arena, "bench", (size_t)4 << 30);
    int64_t *price =
        arena_new(&arena, int64_t, (size_t)problem->n_localities * problem->n_resources, &err);
    must(price == NULL ? E_MEMORY : 0, &err);
    double from = cpu();
    must(price_find(&arena, problem, &(struct price_options){0}, NULL, NULL, price, &err), &err);
    must(place_bound(&arena, problem, price, NULL, &bound, &err), &err);
    found->bound_seconds = cpu() - from;
    found->bound = 1e-6 * (double)bound;
    arena_free(&arena);
}

static void work(const void *arg, void *out)
{
    const struct job *job = arg;
    struct found *found = out;
    struct arena arena;
    struct ajar_err err = {0};
    struct place_generated made;
    struct place_result result;
    struct meter meter = {.job = job, .found = found};
    arena_init(&arena, "bench", (size_t)4 << 30);
    must(place_generate(&arena, &job->spec->make, &made, &err), &err);
    *found = (struct found){.households = made.problem.n_households,
                            .localities = made.problem.n_localities,
                            .pairs = made.problem.first[made.problem.n_households],
                            .at_goal = NAN,
                            .at_must = NAN,
                            .goal_met = NAN,
                            .must_met = NAN};
    time_bound(&made.problem, found);
    meter.from = cpu();
    struct place_options options = {
        .rounds = UINT64_MAX, .seed = 1, .enough = enough, .tell = tell, .arg = &meter};
    must(place_solve(&arena, &made.problem, &options, NULL, NULL, &result, &err), &err);
    found->objective = 1e-6 * (double)result.objective_micro;
    found->rounds = result.rounds;
}

static void peers(const struct job *job, const char *folder, struct table *table, size_t i)
{
    struct arena arena;
    struct ajar_err err = {0};
    struct place_generated made;
    if (job->spec->peer == 0) {
        return;
    }
    arena_init(&arena, "bench", (size_t)4 << 30);
    must(place_generate(&arena, &job->spec->make, &made, &err), &err);
    table->cbc[i] = peer_cbc(&made.problem, job->share * job->spec->peer);
    table->highs[i] = peer_highs(&made.problem, folder, job->share * job->spec->peer);
    arena_free(&arena);
}

static void print_bounds(const struct table *table, const bool *ran)
{
    printf("## PLACE: plans with a certificate\n\n"
           "Made-up cohorts of `place generate`, four resources, capacity 100 %% (110: 110 %%) of "
           "what all need. Seconds are of one processor. The bound by prices alone, beside the "
           "optimum of the linear relaxation (HiGHS and Clp, once, elsewhere; d_sparse, which no "
           "solver answered: the best of a long run of prices):\n\n"
           "| instance | households | localities | pairs | bound | above the relaxation | must | "
           "CPU s | goal s | must s |\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < SPECS; i++) {
        const struct spec *spec = &specs[i];
        const struct found *found = &table->found[i];
        if (ran[i]) {
            printf("| %s | %u | %u | %llu | %.6f | %+.1e%s | 1e-5 | %.2f | %s | %s |\n", spec->name,
                   found->households, found->localities, (unsigned long long)found->pairs,
                   found->bound, found->bound / spec->lp - 1, spec->ours ? " (of ours)" : "",
                   found->bound_seconds,
                   i == 0   ? "-"
                   : i < 3  ? "0.15"
                   : i == 3 ? "1.5"
                            : "15",
                   i == 0   ? "-"
                   : i < 3  ? "0.25"
                   : i == 3 ? "2.5"
                            : "25");
        }
    }
}

static void print_met(double seconds, bool more)
{
    if (isnan(seconds)) {
        printf(" not met%s", more ? " |" : "");
    } else {
        printf(" %.1f%s", seconds, more ? " |" : "");
    }
}

static void print_gaps(const struct table *table, const bool *ran)
{
    printf(
        "\nThe gap, (bound - worth of the plan) / bound, at two times of one run of seed 1. Peak "
        "memory is of the whole process, the instance within it; must for d_sparse: under %d "
        "MB.\n\n"
        "| instance | goal | gap then | goal met at s | must | gap then | must met at s | worth "
        "at the end | rounds | peak MB |\n|---|---|---|---|---|---|---|---|---|---|\n",
        MEMORY_MB);
    for (size_t i = 0; i < SPECS; i++) {
        const struct spec *spec = &specs[i];
        const struct found *found = &table->found[i];
        if (ran[i]) {
            printf("| %s | %.3f %% in %.0f s | %.4f %% |", spec->name, spec->goal, spec->goal_at,
                   found->at_goal);
            print_met(found->goal_met, true);
            printf(" %.3f %% in %.0f s | %.4f %% |", spec->must, spec->must_at, found->at_must);
            print_met(found->must_met, true);
            printf(" %.6f | %llu | %.0f |\n", found->objective, (unsigned long long)found->rounds,
                   table->peak_mb[i]);
        }
    }
}

static void print_peer(const char *name, const char *who, const struct peer *peer, double seconds,
                       const struct found *ours)
{
    double gap = 100 * (ours->bound - peer->objective) / ours->bound;
    double own = 100 * (ours->bound - ours->objective) / ours->bound;
    if (!peer->answered) {
        printf("| %s | %s | %.0f | no answer | | | | | |\n", name, who, seconds);
    } else if (isnan(peer->objective)) {
        printf("| %s | %s | %.0f | no plan | %.6f | | | %.0f | %.0f |\n", name, who, seconds,
               peer->bound, peer->cpu, peer->peak_mb);
    } else {
        printf("| %s | %s | %.0f | %.6f | %.6f | %.4f %% | %.2f | %.0f | %.0f |\n", name, who,
               seconds, peer->objective, peer->bound, gap, gap / own, peer->cpu, peer->peak_mb);
    }
}

static void print_peers(const struct table *table, const bool *ran, double share)
{
    printf(
        "\nOthers on the same instances, one thread, told to stop at a gap of %g of their own or "
        "at a limit; ours at the end of its run stands first. Distances are from our bound.\n\n"
        "| instance | solver | limit CPU s | worth | its bound | short of our bound | of ours | "
        "CPU s | peak MB |\n|---|---|---|---|---|---|---|---|---|\n",
        PEER_GAP);
    for (size_t i = 0; i < SPECS; i++) {
        const struct found *found = &table->found[i];
        if (ran[i] && specs[i].peer > 0) {
            struct job job = {&specs[i], share};
            struct peer own = {found->objective, found->bound, longest(&job), table->peak_mb[i],
                               true};
            print_peer(specs[i].name, "ours", &own, longest(&job), found);
            print_peer(specs[i].name, "Cbc", &table->cbc[i], share * specs[i].peer, found);
            print_peer(specs[i].name, "HiGHS (WebAssembly)", &table->highs[i],
                       share * specs[i].peer, found);
        }
    }
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "/tmp";
    double share = argc > 3 ? atof(argv[3]) : 1;
    struct table table = {0};
    bool ran[SPECS] = {false};
    for (size_t i = 0; i < SPECS; i++) {
        struct job job = {&specs[i], share};
        struct rusage used;
        if (argc > 2 && strcmp(argv[2], specs[i].name) != 0 && strcmp(argv[2], "all") != 0) {
            continue;
        }
        ran[i] = peer_fork(work, &job, &table.found[i], sizeof table.found[i], &used);
        must(ran[i] ? 0 : E_MEMORY, &(struct ajar_err){.text = "the run failed"});
        table.peak_mb[i] = (double)used.ru_maxrss / 1024;
        peers(&job, folder, &table, i);
    }
    print_bounds(&table, ran);
    print_gaps(&table, ran);
    print_peers(&table, ran, share);
    return 0;
}
