#include "solve.h"

#include <string.h>

#include "bound.h"
#include "exact.h"
#include "neighbour.h"
#include "price.h"
#include "round.h"
#include "search.h"

/* Rounds of annealing before a small instance is tried exactly, rounds of that before annealing goes on, and the
 * cycles of annealing before parts are solved exactly. */
enum { SOLVE_WARM = 24, SOLVE_EXACT = 512, SOLVE_CYCLES = 4 };

struct solve {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_options *options;
    const struct watch *watch;
    struct place_result result;
    uint64_t rounds, exact_until;
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
    struct price_options price = {.start = options->start_price};
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

static int solve_rounds(struct solve *solve, struct ajar_err *err)
{
    const struct place_problem *problem = solve->problem;
    struct search search;
    struct neighbour neighbour;
    bool tried = !exact_suits(problem);
    TRY(search_new(solve->arena, problem, solve->result.price, solve->result.place,
                   solve->options->seed, &search, err));
    TRY(neighbour_new(solve->arena, &search, solve->options->seed, &neighbour, err));
    while (!solve_stops(solve)) {
        if (!tried && search.round >= SOLVE_WARM) {
            search_settle(&search);
            solve_take(solve, search.best, search.best_micro);
            TRY(solve_exactly(solve, err));
            tried = true;
        } else if (search.cycle < SOLVE_CYCLES) {
            search_round(&search);
            solve_take(solve, search.best, search.best_micro);
            solve->rounds++;
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
