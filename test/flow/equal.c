/* The agent engine beside the reference's own runs of all eight conflicts, 48 fixed seeds each.  Run by hand
 * from the top of the tree: equal [SEEDS [CONFLICT]].  Exit 1 when a bound does not hold. */
#include "equal.h"

#include <time.h>

static int engine(struct arena *arena, const struct flow_plan *plan,
                  const struct flow_params *params, const struct flow_run_options *options,
                  struct flow_result *result, struct ajar_err *err)
{
    struct flow_agents *agents;
    TRY(flow_agents_open(&agents, arena, plan, params, options, err));
    return flow_agents_run(agents, plan->n_days, NULL, NULL, result, err);
}

static struct equal_report run_one(const struct equal_reference *reference, bool aware, int seeds)
{
    struct arena arena;
    struct flow_plan plan;
    struct ajar_err err = {0};
    struct flow_params params = aware ? equal_aware_params() : flow_params_validation();
    char path[200];
    params.hasten = reference->hasten;
    arena_init(&arena, "world", (size_t)1 << 32);
    struct flow_world world = flee_world(&arena, reference->name, NULL);
    if (flow_plan_make(&arena, &world, &params, DATE_NONE, &plan, &err) != 0) {
        printf("%s: %s\n", reference->name, err.text);
        exit(1);
    }
    snprintf(path, sizeof path, FLEE_DATA "/%s/flee_reference%s.csv", reference->name,
             aware ? "_awareness2" : "");
    struct equal_table table = equal_read(&arena, &world, path);
    struct equal_report report = equal_run(engine, &plan, &params, &table, reference, seeds);
    arena_free(&arena);
    return report;
}

static bool print_one(const struct equal_reference *reference, bool aware, int seeds,
                      double *squares)
{
    clock_t begin = clock();
    struct equal_report report = run_one(reference, aware, seeds);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    /* With awareness 2 the reference's own sd is of 8 seeds only: too few to judge z by. */
    bool good = (aware || fabs(report.ard_z) <= 3) && report.rms_z <= 1.7 &&
                fabs(report.ard - reference->ard) <= 0.012;
    printf("%-12s %8.4f (%.4f) %8.4f (%.4f) %+8.4f %+6.2f %6.2f %6.2f of %3zu %6.1f s  %s\n",
           reference->name, report.ard, report.ard_sd, reference->ard, reference->sd,
           report.ard - reference->ard, report.ard_z, report.rms_z, report.worst_z, report.n_z,
           seconds, good ? "good" : "OUT");
    fflush(stdout);
    *squares += report.ard_z * report.ard_z;
    return good;
}

int main(int argc, char **argv)
{
    const double most = 20; /* of the sum of squares of the eight ARD z */
    int seeds = argc > 1 ? atoi(argv[1]) : 48;
    double squares = 0, aware_squares = 0;
    bool good = seeds > 1;
    printf("%-12s %17s %17s %8s %6s %6s %13s\n", "", "ARD (sd)", "reference (sd)", "diff", "z",
           "rms z", "worst z");
    for (size_t i = 0; i < EQUAL_CONFLICTS; i++) {
        if (argc < 3 || strcmp(argv[2], equal_references[i].name) == 0) {
            good = print_one(&equal_references[i], false, seeds, &squares) && good;
        }
    }
    printf("sum of squares of z: %.2f of at most %.0f\nawareness 2, on foot:\n", squares, most);
    for (size_t i = 0; i < EQUAL_AWARE; i++) {
        if (argc < 3 || strcmp(argv[2], equal_aware[i].name) == 0) {
            good = print_one(&equal_aware[i], true, seeds, &aware_squares) && good;
        }
    }
    return good && squares <= most ? 0 : 1;
}
