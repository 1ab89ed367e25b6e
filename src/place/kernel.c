#include "kernel.h"

#include <string.h>

#include "bound.h"
#include "kernel_cut.h"

/* The most pairs of an instance taken as a whole and columns of a kernel; how often the whole has its turn; the
 * households of a part; nodes between two questions, and in a search.  Found by trial, as are the distances, on t1k
 * of bench/place.c and its like of other seeds. */
enum {
    KERNEL_PAIRS = 20000,
    KERNEL_COLUMNS = 4000,
    KERNEL_PARTS = 6,
    KERNEL_LEAST = 250,
    KERNEL_MOST = 500,
    KERNEL_ASK = 8,
    KERNEL_NODES = 400,
    KERNEL_WHOLE = 1600
};

/* In parts of the mean score: pairs further behind a household's best by price are not in the model; those further
 * behind in the cut relaxation are not in the kernel. */
#define KERNEL_NEAR   0.0625
#define KERNEL_BEHIND 0.025

struct kernel {
    const struct search *search;
    const uint32_t *number; /* [n_localities] in the part, or PLACE_NONE */
    const struct kernel_options *options;
    int n_columns, n_rows;
    uint32_t *household; /* [n_columns] */
    uint64_t *pair;
    double *worth, *value, *most, *chosen;
    int *start, *row;
    uint32_t *place, *trial;
    uint32_t *rest; /* [n_households] the plan without those in the part */
    int64_t *load, *micro;
    uint64_t asked;
};

static bool kernel_enough(void *arg)
{
    struct kernel *kernel = arg;
    return ++kernel->asked % KERNEL_ASK == 0 && kernel->options->enough != NULL &&
           kernel->options->enough(kernel->options->arg);
}

/* What a solver in doubles says is believed only after it was added up in whole numbers. */
static void kernel_better(void *arg, const double *chosen)
{
    struct kernel *kernel = arg;
    const struct place_problem *problem = kernel->search->problem;
    bool legal, twice = false;
    memcpy(kernel->trial, kernel->rest, problem->n_households * sizeof *kernel->trial);
    for (int k = 0; k < kernel->n_columns; k++) {
        if (chosen[k] > 0.5) {
            twice = twice || kernel->trial[kernel->household[k]] != PLACE_NONE;
            kernel->trial[kernel->household[k]] = problem->locality[kernel->pair[k]];
        }
    }
    int64_t micro = place_objective(problem, kernel->trial, kernel->load, &legal);
    if (legal && !twice && micro > *kernel->micro) {
        *kernel->micro = micro;
        memcpy(kernel->place, kernel->trial, problem->n_households * sizeof *kernel->place);
    }
}

static void kernel_column(struct kernel *kernel, uint32_t household, int row, uint64_t pair)
{
    const struct place_problem *problem = kernel->search->problem;
    uint32_t l = problem->locality[pair], n = problem->n_resources;
    int k = kernel->n_columns++, at = kernel->start[k];
    kernel->household[k] = household;
    kernel->pair[k] = pair;
    kernel->worth[k] = 1e-6 * problem->score[pair];
    kernel->chosen[k] = kernel->place[household] == l ? 1 : 0;
    for (uint32_t r = 0; r < n; r++) {
        if (place_need(problem, household, r) > 0) {
            kernel->row[at] = (int)(kernel->number[l] * n + r);
            kernel->value[at++] = place_need(problem, household, r);
        }
    }
    kernel->row[at] = row;
    kernel->value[at++] = 1;
    kernel->start[k + 1] = at;
}

/* The pairs of a household within the part that are near its best anywhere, and the one where it is. */
static void kernel_household(struct kernel *kernel, uint32_t household)
{
    const struct search *search = kernel->search;
    const struct place_problem *problem = search->problem;
    double top = 0;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        double left = search_left(search, household, pair);
        top = left > top ? left : top;
    }
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        if (kernel->number[problem->locality[pair]] != PLACE_NONE &&
            (kernel->place[household] == problem->locality[pair] ||
             search_left(search, household, pair) >= top - KERNEL_NEAR * search->scale)) {
            kernel_column(kernel, household, kernel->n_rows, pair);
        }
    }
    kernel->most[kernel->n_rows++] = 1;
    kernel->rest[household] = PLACE_NONE;
}

static void kernel_fill(struct kernel *kernel)
{
    const struct place_problem *problem = kernel->search->problem;
    size_t n = problem->n_resources;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (size_t r = 0; kernel->number[l] != PLACE_NONE && r < n; r++) {
            kernel->most[kernel->number[l] * n + r] = problem->capacity[l * n + r];
            kernel->n_rows++;
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        kernel->rest[h] = kernel->place[h];
        if (kernel->place[h] == PLACE_NONE || kernel->number[kernel->place[h]] != PLACE_NONE) {
            kernel_household(kernel, h);
        }
    }
}

/* Room for the pairs of those in the part. */
static int kernel_new(struct arena *arena, struct kernel *kernel, struct ajar_err *err)
{
    const struct place_problem *problem = kernel->search->problem;
    size_t n = problem->n_resources, pairs = 0;
    size_t rows = problem->n_households + problem->n_localities * n;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (kernel->place[h] == PLACE_NONE || kernel->number[kernel->place[h]] != PLACE_NONE) {
            pairs += (size_t)(problem->first[h + 1] - problem->first[h]);
        }
    }
    TRY_NEW(kernel->household, arena, pairs, err);
    TRY_NEW(kernel->pair, arena, pairs, err);
    TRY_NEW(kernel->worth, arena, pairs, err);
    TRY_NEW(kernel->chosen, arena, pairs, err);
    TRY_NEW(kernel->start, arena, pairs + 1, err);
    TRY_NEW(kernel->row, arena, pairs * (n + 1), err);
    TRY_NEW(kernel->value, arena, pairs * (n + 1), err);
    TRY_NEW(kernel->most, arena, rows, err);
    TRY_NEW(kernel->trial, arena, problem->n_households, err);
    TRY_NEW(kernel->rest, arena, problem->n_households, err);
    TRY_NEW(kernel->load, arena, problem->n_localities * n, err);
    kernel_fill(kernel);
    return 0;
}

int kernel_solve(struct arena *arena, struct neighbour *neighbour,
                 const struct kernel_options *options, uint32_t *place, int64_t *micro,
                 struct ajar_err *err)
{
    const struct search *search = neighbour->search;
    struct kernel kernel = {.search = search,
                            .number = neighbour->number,
                            .options = options,
                            .place = place,
                            .micro = micro};
    struct rng rng = rng_at(neighbour->seed, 3, (uint32_t)options->turn, 0);
    bool whole = search->problem->first[search->problem->n_households] <= KERNEL_PAIRS &&
                 options->turn % KERNEL_PARTS == 0;
    uint64_t most = KERNEL_LEAST + rng_below(&rng, KERNEL_MOST - KERNEL_LEAST + 1);
    neighbour_pick(neighbour, place, whole ? UINT64_MAX : most, &rng);
    TRY(kernel_new(arena, &kernel, err));
    if (kernel.n_columns == 0 || kernel.n_columns > KERNEL_COLUMNS) {
        return 0;
    }
    struct kernel_model model = {kernel.n_columns, kernel.n_rows, kernel.worth, kernel.start,
                                 kernel.row,       kernel.value,  kernel.most,  kernel.chosen};
    struct kernel_search work = {KERNEL_BEHIND * 1e-6 * search->scale,
                                 whole ? KERNEL_WHOLE : KERNEL_NODES, kernel_enough, kernel_better,
                                 &kernel};
    return kernel_cut(&model, &work)
               ? 0
               : err_set(err, E_MEMORY, "no memory is left for branch and cut");
}
