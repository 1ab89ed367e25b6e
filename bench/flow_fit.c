/* Fits FLOW's model of choice, its gravity baselines and its forecast on the shared conflicts, leave one
 * out with nested selection, and prints every variant tried and the constants that ship.
 * bench_flow_fit FOLDER-OF-CONFLICTS [choice | forecast], from the root of the repository. */
#include "flow_fit_choice.h"
#include "flow_fit_forecast.h"

int main(int argc, char **argv)
{
    static struct arena arena;
    const char *folder = argc > 1 ? argv[1] : "test/flow/data", *what = argc > 2 ? argv[2] : "";
    struct ajar_err err = {0};
    arena_init(&arena, "fit", (size_t)4 << 30);
    for (int i = 0; i < CONFLICTS; i++) {
        struct flow_world *world = arena_new(&arena, struct flow_world, 1, &err);
        *world = read_world(&arena, folder, fit_names[i]);
        for (int k = 0; k < 2; k++) {
            must(choice_case_make(&arena, world, k == 1, &fit_cases[k][i], &err), &err);
        }
        size_t cells = world->n_camps * (size_t)world->n_days;
        fit_simulated[i] = arena_new(&arena, double, cells, &err);
        must(forecast_load(&arena, world, i, &err), &err);
    }
    if (strcmp(what, "forecast") != 0) {
        baseline_table();
        choice_list();
        choice_table(true);
        choice_table(false);
    }
    if (strcmp(what, "choice") != 0) {
        forecast_tables();
    }
    arena_free(&arena);
    return 0;
}
