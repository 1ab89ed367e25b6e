#include "solve.h"

#include <string.h>

#include "bound.h"
#include "exact.h"
#include "kernel.h"
#include "neighbour.h"
#include "price.h"
#include "round.h"
#include "search.h"
#include "side_exact.h"

/* Rounds of annealing before a small instance is tried exactly, rounds of that before branch and cut takes over, and
 * rounds of this before annealing goes on; the cycles of annealing before parts are solved exactly. */
enum { SOLVE_WARM = 24, SOLVE_EXACT = 64, SOLVE_BRANCH = 2048, SOLVE_CYCLES = 4 };

/* Rounds before the first kernel, and of parts between two: a run of no stated length has none. */
enum { SOLVE_KERNEL = PLACE_ROUNDS, SOLVE_BETWEEN = 50 };

struct solve {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_options *options;
    const struct watch *watch;
    struct place_result result;
    uint64_t rounds, exact_until;
    uint64_t kernel_at, kernels; /* the round of the next kernel, and how many there were */
    bool stopped;
};

static void solve_gap(struct place_result *result)
{
    double over = (double)(result->bound_micro - result->objective_micro);
    result->gap = result->bound_micro > 0 ? over / (double)result->bound_micro : 0;
    result->proven = result->bound_micro == result->objective_micro;
}

/* True when there is nothing more to do, or somebody says stop. */
static bool solve_stops(struct solve *solve)
{
    const struct place_options *options = solve->options;
    struct place_result *result = &solve->result;
    uint64_t rounds = solve->rounds;
    solve_gap(result);
    result->rounds = rounds;
    if (options->tell != NULL) {
        options->tell(options->arg, rounds, result->objective_micro, result->bound_micro);
    }
    result->cancelled = result->cancelled || watch_tick(solve->watch, "placing", rounds,
                                                        options->rounds, "rounds", NULL) != 0;
    solve->stopped = solve->stopped || result->cancelled || result->proven ||
                     result->gap <= options->gap || rounds >= options->rounds ||
                     (options->enough != NULL && options->enough(options->arg));
    return solve->stopped;
}

/* New prices, unless those to start from are as good. */
static int solve_prices(struct solve *solve, struct pool *pool, struct ajar_err *err)
{
    const struct place_options *options = solve->options;
    struct place_result *result = &solve->result;
    size_t n = (size_t)solve->problem->n_localities * solve->problem->n_resources;
    struct price_options price = {.looks = options->looks, .start = options->start_price};
    int64_t before = INT64_MAX;
    TRY_NEW(result->price, solve->arena, n, err);
    if (options->start_price != NULL) {
        TRY(place_bound(solve->arena, solve->problem, options->start_price, pool, &before, err));
    }
    if (options->start_price == NULL || !options->keep_price) {
        TRY(price_find(solve->arena, solve->problem, &price, pool, solve->watch, result->price,
                       err));
        TRY(place_bound(solve->arena, solve->problem, result->price, pool,
                        &result->price_bound_micro, err));
    }
    if (options->start_price != NULL &&
        (options->keep_price || before <= result->price_bound_micro)) {
        memcpy(result->price, options->start_price, n * sizeof *result->price);
        result->price_bound_micro = before;
    }
    result->bound_micro = result->price_bound_micro;
    return 0;
}

static void solve_take(struct solve *solve, const uint32_t *place, int64_t micro)
{
    if (micro > solve->result.objective_micro) {
        solve->result.objective_micro = micro;
        memcpy(solve->result.place, place, solve->problem->n_households * sizeof *place);
    }
}

/* The better of rounding by prices and the plan to start from. */
static int solve_first(struct solve *solve, struct ajar_err *err)
{
    const struct place_problem *problem = solve->problem;
    uint32_t *place;
    int64_t micro;
    TRY_NEW(solve->result.place, solve->arena, problem->n_households, err);
    TRY_NEW(place, solve->arena, problem->n_households, err);
    memset(solve->result.place, 0xff, problem->n_households * sizeof *place);
    TRY(place_round(solve->arena, problem, solve->result.price, NULL, place, &micro, err));
    solve_take(solve, place, micro);
    if (solve->options->start_place != NULL) {
        TRY(place_round(solve->arena, problem, solve->result.price, solve->options->start_place,
                        place, &micro, err));
        solve_take(solve, place, micro);
    }
    return 0;
}

static bool exact_pauses(void *arg)
{
    struct solve *solve = arg;
    solve->rounds++;
    return solve_stops(solve) || solve->rounds >= solve->exact_until;
}

static int solve_exactly(struct solve *solve, struct ajar_err *err)
{
    struct place_result *result = &solve->result;
    struct exact_options exact = {.price = result->price, .enough = exact_pauses, .arg = solve};
    bool proven = false;
    solve->exact_until = solve->rounds + SOLVE_EXACT;
    TRY(exact_solve(solve->arena, solve->problem, &exact, result->place, &result->objective_micro,
                    &proven, err));
    if (proven) {
        result->bound_micro = result->objective_micro;
    }
    return 0;
}

/* Branch and cut proves what branch and bound alone does not: its cuts close the gap of the capacities. */
static int solve_branch(struct solve *solve, struct ajar_err *err)
{
    const struct place_problem *problem = solve->problem;
    const struct place_side none = {0};
    struct side_exact_options options = {.enough = exact_pauses, .arg = solve};
    struct side_prices prices = {.price = solve->result.price, .sum = solve->result.price};
    struct side_core core;
    struct side_state state;
    bool proven;
    TRY(side_core_new(solve->arena, problem, &none, &core, err));
    TRY(side_state_new(solve->arena, &core, &state, err));
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = solve->result.place[h];
        side_put(&state, h, l == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, l));
    }
    solve->exact_until = solve->rounds + SOLVE_BRANCH;
    TRY(side_exact(solve->arena, &prices, &options, &state, &proven, err));
    for (uint32_t h = 0; h < problem->n_households; h++) {
        solve->result.place[h] = side_place(&state, h);
    }
    solve->result.objective_micro = state.micro;
    if (proven) {
        solve->result.bound_micro = state.micro;
    }
    return 0;
}

static bool kernel_pauses(void *arg)
{
    struct solve *solve = arg;
    solve->rounds++;
    return solve_stops(solve);
}

static int solve_kernel(struct solve *solve, struct neighbour *neighbour, struct ajar_err *err)
{
    struct place_result *result = &solve->result;
    struct kernel_options options = {
        .turn = solve->kernels++, .enough = kernel_pauses, .arg = solve};
    struct arena scratch;
    int64_t before = result->objective_micro;
    arena_init(&scratch, "kernel", (size_t)1 << 28);
    int code =
        kernel_solve(&scratch, neighbour, &options, result->place, &result->objective_micro, err);
    arena_free(&scratch);
    if (result->objective_micro > before) {
        neighbour_restart(neighbour);
    }
    solve->kernel_at = solve->rounds + SOLVE_BETWEEN;
    return code;
}

static int solve_rounds(struct solve *solve, struct ajar_err *err)
{
    const struct place_problem *problem = solve->problem;
    struct search search;
    struct neighbour neighbour;
    bool tried = !exact_suits(problem);
    solve->kernel_at = SOLVE_KERNEL;
    TRY(search_new(solve->arena, problem, solve->result.price, solve->result.place,
                   solve->options->seed, &search, err));
    TRY(neighbour_new(solve->arena, &search, solve->options->seed, &neighbour, err));
    while (!solve_stops(solve)) {
        bool warm = search.round >= SOLVE_WARM || search.cycle >= SOLVE_CYCLES;
        if (!tried && warm) {
            search_settle(&search);
            solve_take(solve, search.best, search.best_micro);
            TRY(solve_exactly(solve, err));
            if (!solve_stops(solve)) {
                TRY(solve_branch(solve, err));
            }
            tried = true;
        } else if (search.cycle < SOLVE_CYCLES) {
            search_round(&search);
            solve_take(solve, search.best, search.best_micro);
            solve->rounds++;
        } else if (solve->rounds >= solve->kernel_at) {
            TRY(solve_kernel(solve, &neighbour, err));
        } else {
            TRY(neighbour_round(&neighbour, solve->result.place, &solve->result.objective_micro,
                                err));
            solve->rounds++;
        }
    }
    search_settle(&search);
    solve_take(solve, search.best, search.best_micro);
    return 0;
}

int place_solve(struct arena *arena, const struct place_problem *problem,
                const struct place_options *options, struct pool *pool, const struct watch *watch,
                struct place_result *out, struct ajar_err *err)
{
    struct place_options used = *options;
    struct solve solve = {.arena = arena, .problem = problem, .options = &used, .watch = watch};
    used.rounds = used.rounds == 0 ? PLACE_ROUNDS : used.rounds;
    TRY(solve_prices(&solve, pool, err));
    TRY(solve_first(&solve, err));
    TRY(solve_rounds(&solve, err));
    solve_gap(&solve.result);
    *out = solve.result;
    return 0;
}
