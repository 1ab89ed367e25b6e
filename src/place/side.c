#include "side.h"

#include <string.h>

#include "bound.h"
#include "side_exact.h"
#include "side_frame.h"
#include "side_part.h"
#include "side_start.h"

/* Rounds of parts before the whole is tried, and of that before annealing begins; cycles of annealing; rounds of parts
 * with side constraints, and of those without, in turn. */
enum { SIDE_WARM = 4, SIDE_EXACT = 2048, SIDE_CYCLES = 4, SIDE_PARTS = 64, SIDE_BARE = 512 };

struct side_solve {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_side *side;
    const struct place_options *options;
    const struct watch *watch;
    struct side_core core;
    struct side_prices prices;
    struct side_state state;
    struct side_result result;
    side_wide core_bound; /* thousandths of a micro-unit */
    side_wide *top;       /* [core n_households] */
    uint64_t rounds, exact_until;
    bool stopped;
};

static void side_gap(struct side_solve *solve)
{
    struct place_result *plan = &solve->result.plan;
    plan->objective_micro = solve->core.micro + solve->state.micro;
    if ((side_wide)solve->state.micro * PLACE_PRICES_A_MICRO + PLACE_PRICES_A_MICRO >
        solve->core_bound) {
        plan->bound_micro = plan->objective_micro;
    }
    double over = (double)(plan->bound_micro - plan->objective_micro);
    plan->gap = plan->bound_micro > 0 ? over / (double)plan->bound_micro : 0;
    plan->proven = plan->bound_micro == plan->objective_micro;
}

static bool side_stops(struct side_solve *solve)
{
    const struct place_options *options = solve->options;
    struct place_result *plan = &solve->result.plan;
    side_gap(solve);
    plan->rounds = solve->rounds;
    if (options->tell != NULL) {
        options->tell(options->arg, solve->rounds, plan->objective_micro, plan->bound_micro);
    }
    plan->cancelled = plan->cancelled || watch_tick(solve->watch, "placing", solve->rounds,
                                                    options->rounds, "rounds", NULL) != 0;
    solve->stopped = solve->stopped || plan->cancelled || plan->proven ||
                     (plan->bound_micro > 0 && plan->gap <= options->gap) ||
                     solve->rounds >= options->rounds ||
                     (options->enough != NULL && options->enough(options->arg));
    return solve->stopped;
}

static int side_locks(struct side_solve *solve, struct ajar_err *err)
{
    static const char *const rules[] = {"a capacity", "a quota", "a link", "a minimum"};
    struct side_conflict conflict;
    TRY(side_conflict(solve->arena, solve->problem, solve->side, &conflict, err));
    if (conflict.n_locks == 0) {
        return 0;
    }
    return err_set(err, E_PLACE_LOCKS, "%u locks cannot be kept together: they break %s.",
                   conflict.n_locks, rules[conflict.rule]);
}

static int side_find_prices(struct side_solve *solve, struct pool *pool, struct ajar_err *err)
{
    const struct place_options *options = solve->options;
    const struct place_problem *problem = solve->problem;
    struct side_prices *prices = &solve->prices, start;
    struct side_price_options find = {.looks = options->looks};
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    uint32_t n_quotas = solve->side->n_quotas;
    bool keep = options->keep_price && options->start_price != NULL && n_quotas == 0;
    TRY(side_prices_new(solve->arena, problem, n_quotas, prices, err));
    TRY(side_prices_new(solve->arena, problem, n_quotas, &start, err));
    if (options->start_price != NULL) {
        memcpy(start.price, options->start_price, n * sizeof *start.price);
        find.start = &start;
    }
    if (keep) {
        memcpy(prices->price, options->start_price, n * sizeof *start.price);
        side_price_sum(&solve->core, prices);
    } else {
        TRY(side_price_find(solve->arena, &solve->core, &find, pool, solve->watch, prices, err));
    }
    TRY_NEW(solve->top, solve->arena, solve->core.problem.n_households, err);
    solve->core_bound = side_price_bound(&solve->core, prices, solve->top);
    solve->core_bound -= side_price_linked(&solve->core, prices, solve->top);
    struct place_result *plan = &solve->result.plan;
    plan->price = prices->price;
    solve->result.quota_price = prices->quota_price;
    plan->price_bound_micro = side_bound(problem, solve->side, prices->price, prices->quota_price);
    plan->bound_micro = plan->price_bound_micro;
    side_wide linked = solve->core_bound / PLACE_PRICES_A_MICRO + 1 + solve->core.micro;
    solve->result.linked_bound_micro =
        linked < plan->bound_micro ? (int64_t)linked : plan->bound_micro;
    return 0;
}

static int side_first(struct side_solve *solve, struct ajar_err *err)
{
    const uint32_t *whole = solve->options->start_place;
    uint32_t *start = NULL;
    if (whole != NULL) {
        TRY_NEW(start, solve->arena, solve->core.problem.n_households, err);
        for (uint32_t h = 0; h < solve->core.problem.n_households; h++) {
            start[h] = whole[solve->core.household[h]];
        }
    }
    TRY(side_start(solve->arena, &solve->core, &solve->prices, start, &solve->state, err));
    if (solve->options->light && start != NULL) {
        /* Annealing leaves the linked where they are, so where they are matters more. */
        struct side_state other;
        TRY(side_start(solve->arena, &solve->core, &solve->prices, NULL, &other, err));
        solve->state = other.micro > solve->state.micro ? other : solve->state;
    }
    return 0;
}

static bool side_pauses(void *arg)
{
    struct side_solve *solve = arg;
    solve->rounds++;
    return side_stops(solve) || solve->rounds >= solve->exact_until;
}

/* Tries to prove the optimum by branch and cut over the whole. */
static int side_whole(struct side_solve *solve, struct ajar_err *err)
{
    struct side_exact_options options = {.enough = side_pauses, .arg = solve};
    bool proven;
    solve->exact_until = solve->rounds + SIDE_EXACT;
    TRY(side_exact(solve->arena, &solve->prices, &options, &solve->state, &proven, err));
    if (proven) {
        solve->result.plan.bound_micro = solve->core.micro + solve->state.micro;
    }
    return 0;
}

/* Rounds of annealing, or of parts of the bare problem, around the plan as it stands. */
static int side_framed(struct side_solve *solve, struct arena *scratch, bool anneal,
                       struct ajar_err *err)
{
    struct side_frame frame;
    uint64_t seed = solve->options->seed + solve->rounds;
    TRY(side_frame_new(scratch, &solve->state, &solve->prices, seed, &frame, err));
    uint32_t cycle = 0;
    for (uint64_t i = 0; anneal ? frame.search.cycle < SIDE_CYCLES : i < SIDE_BARE; i++) {
        if (side_stops(solve)) {
            break;
        }
        if (anneal) {
            search_round(&frame.search);
        } else {
            TRY(neighbour_round(&frame.neighbour, frame.place, &frame.micro, err));
        }
        solve->rounds++;
        if (frame.search.cycle > cycle) {
            cycle = frame.search.cycle;
            TRY(side_frame_take(scratch, &frame, &solve->prices, &solve->state, err));
        }
    }
    if (anneal) {
        search_settle(&frame.search);
    }
    return side_frame_take(scratch, &frame, &solve->prices, &solve->state, err);
}

static int side_frame(struct side_solve *solve, bool anneal, struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, solve->arena->name, solve->arena->ceiling - solve->arena->used);
    int code = side_framed(solve, &scratch, anneal, err);
    arena_free(&scratch);
    return code;
}

static int side_light(struct side_solve *solve, struct ajar_err *err)
{
    while (!side_stops(solve)) {
        TRY(side_frame(solve, true, err));
    }
    return 0;
}

/* The whole where it is small; then annealing; then parts with side constraints and without take turns. */
static int side_rounds(struct side_solve *solve, struct ajar_err *err)
{
    struct side_part part;
    uint64_t turn = 0;
    TRY(side_part_new(solve->arena, &solve->core, &solve->prices, solve->options, &part, err));
    while (!side_stops(solve)) {
        if (turn == 1) {
            TRY(side_whole(solve, err));
        } else if (turn % 2 == 0 && turn > 0) {
            TRY(side_frame(solve, turn == 2, err));
        } else {
            uint64_t rounds = turn == 0 ? SIDE_WARM : SIDE_PARTS;
            for (uint64_t i = 0; i < rounds && (i == 0 || !side_stops(solve)); i++) {
                TRY(side_part_round(&part, &solve->state, err));
                solve->rounds++;
            }
        }
        turn++;
    }
    return 0;
}

static int side_plan(struct side_solve *solve, struct ajar_err *err)
{
    uint32_t *place;
    TRY_NEW(place, solve->arena, solve->problem->n_households, err);
    for (uint32_t h = 0; h < solve->core.problem.n_households; h++) {
        place[solve->core.household[h]] = side_place(&solve->state, h);
    }
    for (uint32_t k = 0; k < solve->side->n_locks; k++) {
        const struct side_lock *lock = &solve->side->locks[k];
        place[lock->household] = solve->problem->locality[lock->pair];
    }
    solve->result.plan.place = place;
    return 0;
}

int side_solve(struct arena *arena, const struct place_problem *problem,
               const struct place_side *side, const struct place_options *options,
               struct pool *pool, const struct watch *watch, struct side_result *out,
               struct ajar_err *err)
{
    struct place_options used = *options;
    struct side_solve solve = {
        .arena = arena, .problem = problem, .side = side, .options = &used, .watch = watch};
    if (side->n_locks == 0 && side->n_quotas == 0 && side->n_leasts == 0 && side->n_links == 0) {
        TRY_NEW(solve.result.quota_price, arena, 1, err);
        TRY(place_solve(arena, problem, options, pool, watch, &solve.result.plan, err));
        solve.result.linked_bound_micro = solve.result.plan.bound_micro;
        *out = solve.result;
        return 0;
    }
    used.rounds = used.rounds == 0 ? PLACE_ROUNDS : used.rounds;
    TRY(side_locks(&solve, err));
    TRY(side_core_new(arena, problem, side, &solve.core, err));
    TRY(side_find_prices(&solve, pool, err));
    TRY(side_first(&solve, err));
    TRY(used.light ? side_light(&solve, err) : side_rounds(&solve, err));
    side_gap(&solve);
    TRY(side_plan(&solve, err));
    if (solve.result.plan.proven) {
        solve.result.linked_bound_micro = solve.result.plan.bound_micro;
    }
    *out = solve.result;
    return 0;
}
