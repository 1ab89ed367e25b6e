#include <string.h>

#include "standing.h"
#include "whatif.h"

__extension__ typedef __int128 wide;

/* What a pair leaves, in thousandths of a micro-unit. */
static wide lock_left(const struct place_problem *problem, const struct place_side *side,
                      const struct side_result *plan, uint32_t household, uint64_t pair)
{
    size_t n = problem->n_resources;
    if (pair == STANDING_NOWHERE) {
        return 0;
    }
    uint32_t l = problem->locality[pair];
    wide left = (wide)problem->score[pair] * PLACE_PRICES_A_MICRO;
    for (uint32_t r = 0; r < n; r++) {
        left -= (wide)plan->plan.price[l * n + r] * place_need(problem, household, r);
    }
    for (uint32_t q = 0; side != NULL && q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        uint32_t from = 0, to = quota->n_localities;
        while (from < to) {
            uint32_t middle = from + (to - from) / 2;
            if (quota->locality[middle] < l) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if (from < quota->n_localities && quota->locality[from] == l) {
            left -= (wide)plan->quota_price[q] * place_need(problem, household, quota->resource);
        }
    }
    return left;
}

static wide lock_best(const struct place_problem *problem, const struct place_side *side,
                      const struct side_result *plan, uint32_t household)
{
    wide best = 0;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        wide left = lock_left(problem, side, plan, household, pair);
        best = left > best ? left : best;
    }
    return best;
}

static int64_t lock_up(wide sum)
{
    wide up = sum / PLACE_PRICES_A_MICRO;
    up += sum > 0 && sum % PLACE_PRICES_A_MICRO > 0;
    return (int64_t)(up > INT64_MAX ? INT64_MAX : up < INT64_MIN ? INT64_MIN : up);
}

int64_t whatif_pair_price(const struct place_problem *problem, const struct place_side *side,
                          const struct side_result *plan, uint32_t household, uint64_t pair)
{
    uint32_t at = plan->plan.place[household];
    uint64_t own = at == PLACE_NONE ? STANDING_NOWHERE : place_pair(problem, household, at);
    return lock_up(lock_left(problem, side, plan, household, own) -
                   lock_left(problem, side, plan, household, pair));
}

struct lock_work {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_side *side;
    const struct side_result *plan;
    const struct whatif_options *options;
    size_t ceiling; /* bytes for one lock */
    wide bound;     /* with all locks */
    struct whatif_lock *out;
};

/* The bound with all locks, before it is rounded. */
static wide lock_bound(const struct lock_work *work)
{
    const struct place_problem *problem = work->problem;
    const struct place_side *side = work->side;
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    uint32_t lock = 0;
    wide sum = 0;
    for (size_t k = 0; k < n; k++) {
        sum += (wide)work->plan->plan.price[k] * problem->capacity[k];
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        sum += (wide)work->plan->quota_price[q] * side->quotas[q].most;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool locked = lock < side->n_locks && side->locks[lock].household == h;
        sum += locked ? lock_left(problem, side, work->plan, h, side->locks[lock].pair)
                      : lock_best(problem, side, work->plan, h);
        lock += locked;
    }
    return sum;
}

/* One lock away: the plan that is found, and the bound that then holds. */
static int lock_away(void *arg, size_t i, struct ajar_err *err)
{
    const struct lock_work *work = arg;
    const struct side_lock *lock = &work->side->locks[i];
    struct place_side side = *work->side;
    struct whatif_options options = *work->options;
    struct whatif_result found;
    struct side_lock *others;
    struct arena scratch;
    arena_init(&scratch, work->arena->name, work->ceiling);
    others = arena_new(&scratch, struct side_lock, side.n_locks, err);
    if (others == NULL) {
        arena_free(&scratch);
        return arena_code(err);
    }
    memcpy(others, side.locks, i * sizeof *others);
    memcpy(others + i, side.locks + i + 1, (side.n_locks - i - 1) * sizeof *others);
    side.locks = others;
    side.n_locks--;
    options.quick = true;
    options.before = work->plan->plan.place;
    options.price = work->plan->plan.price;
    options.quota_price = work->plan->quota_price;
    int code = whatif_run(&scratch, work->problem, &side, &options, NULL, NULL, &found, err);
    if (code == 0) {
        wide without =
            work->bound -
            lock_left(work->problem, work->side, work->plan, lock->household, lock->pair) +
            lock_best(work->problem, work->side, work->plan, lock->household);
        int64_t more = found.plan.plan.objective_micro - work->plan->plan.objective_micro;
        work->out[i] =
            (struct whatif_lock){.lock = (uint32_t)i,
                                 .found_micro = more > 0 && found.possible ? more : 0,
                                 .most_micro = lock_up(without) - work->plan->plan.objective_micro};
    }
    arena_free(&scratch);
    return code;
}

int whatif_locks(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct side_result *plan,
                 const struct whatif_options *options, struct pool *pool, const struct watch *watch,
                 struct whatif_lock *out, struct ajar_err *err)
{
    struct lock_work work = {.arena = arena,
                             .problem = problem,
                             .side = side,
                             .plan = plan,
                             .options = options,
                             .ceiling = (arena->ceiling - arena->used) / pool_threads(pool)};
    TRY_NEW(work.out, arena, side->n_locks, err);
    work.bound = lock_bound(&work);
    TRY(pool_run(pool, side->n_locks, lock_away, &work, watch, "pricing locks", err));
    if (side->n_locks > 0) {
        memcpy(out, work.out, side->n_locks * sizeof *out);
    }
    return 0;
}
