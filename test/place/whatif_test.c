/* What-ifs: the fewest moves that matter, and on small cases the best plan within them, by trying all. */
#include "whatif.h"

#include <string.h>

#include "../base/unit.h"
#include "bound.h"
#include "generate.h"
#include "place_check.h"
#include "whatif_cases.h"
#include "whatif_work.h"

#define LARGE ((size_t)1 << 28)

static struct whatif_result answer(struct arena *arena, const struct place_problem *problem,
                                   const struct place_side *side,
                                   const struct whatif_options *options, struct pool *pool)
{
    struct whatif_result result;
    assert_int_equal(whatif_run(arena, problem, side, options, pool, NULL, &result, NULL), 0);
    return result;
}

/* What every answer keeps, whatever the case. */
static void holds(const struct place_problem *problem, const struct place_side *side,
                  const struct whatif_options *options, const struct whatif_result *result)
{
    const struct place_result *plan = &result->plan.plan;
    uint32_t moves = 0, displaced = 0, forced = 0;
    int64_t before_micro = 0;
    struct place_found found;
    struct faults faults;
    struct arena scratch;
    const struct place_claim claim = {.place = plan->place,
                                      .objective = &plan->objective_micro,
                                      .price = plan->price,
                                      .bound = &plan->price_bound_micro,
                                      .side = side,
                                      .quota_price = result->plan.quota_price};
    arena_init(&scratch, "the check", LARGE);
    assert_int_equal(faults_init(&faults, &scratch, 3, NULL), 0);
    assert_int_equal(place_check_plan(&scratch, problem, &claim, &faults, &found, NULL), 0);
    assert_int_equal(found.faults, 0);
    arena_free(&scratch);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t own = options->before[h] == PLACE_NONE
                           ? UINT64_MAX
                           : place_pair(problem, h, options->before[h]);
        before_micro += own == UINT64_MAX ? 0 : problem->score[own];
        forced += cases_forced(problem, side, options->before, h);
        moves += plan->place[h] != options->before[h];
        displaced += plan->place[h] == PLACE_NONE && options->before[h] != PLACE_NONE;
    }
    assert_int_equal(result->before_micro, before_micro);
    assert_int_equal(result->n_forced, forced);
    assert_int_equal(result->n_moves, moves);
    assert_int_equal(result->n_displaced, displaced);
    assert_true(!result->possible || result->n_moves - result->n_forced <= options->moves_most);
    for (uint32_t i = 0; i < result->n_moves; i++) {
        const struct whatif_move *move = &result->moves[i];
        assert_int_equal(move->from, options->before[move->household]);
        assert_int_equal(move->to, plan->place[move->household]);
        assert_int_equal(cases_forced(problem, side, options->before, move->household),
                         i < result->n_forced);
        assert_true(i == 0 || i == result->n_forced ||
                    result->moves[i - 1].household < move->household);
    }
}

/* Two places of one seat, three households: a at north, b at south, c nowhere; c would like the north best. */
static const int32_t one[] = {1, 1, 1}, seats[] = {1, 1};
static const uint64_t first[] = {0, 2, 4, 6};
static const uint32_t locality[] = {0, 1, 0, 1, 0, 1};
static const int32_t score[] = {90, 50, 40, 80, 60, 10};
static const struct place_problem trio = {3, 2, 1, one, seats, first, locality, score};
static const uint32_t stands[] = {0, 1, PLACE_NONE};
static const int64_t prices[] = {60000, 10000};

static void nothing_changes_nothing_moves(void **state)
{
    (void)state;
    struct arena arena;
    const struct place_side none = {0};
    const struct whatif_options options = {
        .before = stands, .price = prices, .moves_most = UINT32_MAX};
    arena_init(&arena, "the test", LARGE);
    struct whatif_result result = answer(&arena, &trio, NULL, &options, NULL);
    holds(&trio, &none, &options, &result);
    assert_int_equal(result.n_moves, 0);
    assert_int_equal(result.plan.plan.objective_micro, 170);
    assert_int_equal(result.plan.plan.bound_micro, 170);
    assert_true(result.plan.plan.proven);
    assert_true(result.exact);
    arena_free(&arena);
}

/* c is locked in the north: a must leave, and b makes room for it or not as moves allow. */
static void a_lock_moves_others(void **state)
{
    (void)state;
    struct arena arena;
    const struct side_lock lock = {2, 4};
    const struct place_side side = {.n_locks = 1, .locks = &lock};
    struct whatif_options options = {.before = stands, .price = prices, .moves_most = 1};
    arena_init(&arena, "the test", LARGE);
    struct whatif_result result = answer(&arena, &trio, &side, &options, NULL);
    holds(&trio, &side, &options, &result);
    assert_true(result.possible && result.exact);
    assert_int_equal(result.n_forced, 1);
    assert_int_equal(result.n_moves, 2);
    assert_int_equal(result.moves[0].household, 2);
    assert_int_equal(result.moves[0].from, PLACE_NONE);
    assert_int_equal(result.moves[0].to, 0);
    assert_int_equal(result.moves[0].loss_micro, -60);
    assert_int_equal(result.moves[1].household, 0);
    assert_int_equal(result.moves[1].to, PLACE_NONE);
    assert_int_equal(result.moves[1].loss_micro, 90);
    assert_int_equal(result.n_displaced, 1);
    assert_int_equal(result.plan.plan.objective_micro, 140);
    options.moves_most = 0;
    result = answer(&arena, &trio, &side, &options, NULL);
    holds(&trio, &side, &options, &result);
    assert_false(result.possible);
    assert_true(result.exact);
    assert_int_equal(result.n_moves, 2);
    arena_free(&arena);
}

/* Free, c would leave the north to a: 30 more is found, and no more can be. */
static void a_lock_has_a_price(void **state)
{
    (void)state;
    struct arena arena;
    static uint32_t place[] = {PLACE_NONE, 1, 0};
    static int64_t its_prices[] = {60000, 10000};
    const struct side_lock locks[] = {{1, 3}, {2, 4}};
    const struct place_side side = {.n_locks = 2, .locks = locks};
    const struct side_result plan = {
        .plan = {.place = place, .price = its_prices, .objective_micro = 140}};
    const struct whatif_options options = {.moves_most = UINT32_MAX};
    struct whatif_lock out[2];
    arena_init(&arena, "the test", LARGE);
    assert_int_equal(whatif_locks(&arena, &trio, &side, &plan, &options, NULL, NULL, out, NULL), 0);
    assert_int_equal(out[0].lock, 0);
    assert_int_equal(out[0].found_micro, 0);
    assert_int_equal(out[1].found_micro, 30);
    /* 70 of capacity; a 40 in the south, or 30; b 70; c free 0. */
    assert_int_equal(out[1].most_micro, 70 + 40 + 70 + 0 - 140);
    assert_int_equal(out[0].most_micro, out[1].most_micro);
    arena_free(&arena);
}

static void a_pair_has_a_price(void **state)
{
    (void)state;
    static uint32_t place[] = {0, 1, PLACE_NONE};
    static int64_t its_prices[] = {60500, 10000}, quota_price[] = {700};
    static const uint32_t north[] = {0};
    const struct side_quota quota = {0, 1, 1, north};
    const struct place_side side = {.n_quotas = 1, .quotas = &quota};
    const struct side_result plan = {.plan = {.place = place, .price = its_prices},
                                     .quota_price = quota_price};
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 0, 0), 0);
    /* 90 - 61.2 less 50 - 10 */
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 0, 1), -11);
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 0, UINT64_MAX), 29);
    /* 80 - 10 less 40 - 61.2 */
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 1, 2), 92);
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 2, 4), 2);
    assert_int_equal(whatif_pair_price(&trio, &side, &plan, 2, 5), 0);
    assert_int_equal(whatif_pair_price(&trio, NULL, &plan, 2, 4), 1);
}

/* One capacity lower, one lock more, or one pair gone. */
static void change(struct arena *arena, struct rng *rng, struct place_problem *problem,
                   struct place_side *side, const uint32_t *before)
{
    uint32_t kind = rng_below(rng, 3), h = rng_below(rng, problem->n_households);
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    uint64_t n_pairs = problem->first[problem->n_households];
    if (kind == 0) {
        int32_t *capacity = arena_new(arena, int32_t, n, NULL);
        uint32_t l = rng_below(rng, problem->n_localities);
        memcpy(capacity, problem->capacity, n * sizeof *capacity);
        capacity[l * problem->n_resources] -= capacity[l * problem->n_resources] / 3;
        problem->capacity = capacity;
    } else if (kind == 1 && problem->first[h + 1] > problem->first[h] && side->n_locks == 0) {
        struct side_lock *lock = arena_new(arena, struct side_lock, 1, NULL);
        uint32_t pairs = (uint32_t)(problem->first[h + 1] - problem->first[h]);
        *lock = (struct side_lock){h, problem->first[h] + rng_below(rng, pairs)};
        side->locks = lock;
        side->n_locks = 1;
        return;
    }
    /* Pairs that no longer fit alone are gone, as the reader would have it; of kind 2 the household's own. */
    uint64_t *starts = arena_new(arena, uint64_t, problem->n_households + 1, NULL), count = 0;
    uint32_t *where = arena_new(arena, uint32_t, n_pairs, NULL);
    int32_t *worth = arena_new(arena, int32_t, n_pairs, NULL);
    uint64_t *to = arena_new(arena, uint64_t, n_pairs, NULL);
    for (uint32_t i = 0; i < problem->n_households; i++) {
        for (uint64_t pair = problem->first[i]; pair < problem->first[i + 1]; pair++) {
            uint32_t l = problem->locality[pair];
            bool fits = !(kind == 2 && i == h && l == before[h]);
            for (uint32_t r = 0; r < problem->n_resources; r++) {
                fits = fits && place_need(problem, i, r) <= place_capacity(problem, l, r);
            }
            to[pair] = fits ? count : UINT64_MAX;
            if (fits) {
                where[count] = l;
                worth[count++] = problem->score[pair];
            }
        }
        starts[i + 1] = count;
    }
    struct side_lock *locks = arena_new(arena, struct side_lock, side->n_locks, NULL);
    uint32_t n_locks = 0;
    for (uint32_t i = 0; i < side->n_locks; i++) {
        if (to[side->locks[i].pair] != UINT64_MAX) {
            locks[n_locks++] =
                (struct side_lock){side->locks[i].household, to[side->locks[i].pair]};
        }
    }
    struct side_least *leasts = arena_new(arena, struct side_least, side->n_leasts, NULL);
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        int32_t most = place_capacity(problem, side->leasts[i].locality, side->leasts[i].resource);
        leasts[i] = side->leasts[i];
        leasts[i].least = leasts[i].least < most ? leasts[i].least : most;
    }
    problem->first = starts;
    problem->locality = where;
    problem->score = worth;
    side->locks = locks;
    side->n_locks = n_locks;
    side->leasts = leasts;
}

/* The model answers as well, from nothing. */
static void by_branch_and_cut(struct arena *arena, const struct place_problem *problem,
                              const struct place_side *side, const struct whatif_options *options,
                              bool possible, int64_t best)
{
    struct whatif_work work;
    struct whatif_cut cut = {.nodes = 1000};
    /* Where there is no plan the library leaves memory behind, which is no fault of the model. */
    if (options->moves_most > problem->n_households || !possible) {
        return;
    }
    assert_int_equal(whatif_work_new(arena, problem, side, options->price, options, &work, NULL),
                     0);
    assert_int_equal(whatif_model(arena, &work, &cut, NULL), 0);
    bool alone = problem->first[problem->n_households] == 0;
    assert_true(cut.ended || alone);
    assert_int_equal(cut.found || alone, possible);
    if (cut.found) {
        assert_int_equal(work.at.micro, best);
        assert_true(work.moved <= options->moves_most);
        assert_int_equal(whatif_defect_any(&work).fault, WHATIF_FINE);
    }
}

struct tally {
    uint32_t cases, impossible, moved, best, search_best;
};

static void one_small_case(uint32_t seed, bool sides, struct tally *tally)
{
    static const uint32_t mosts[] = {0, 1, 2, UINT32_MAX};
    struct arena arena;
    struct place_problem problem;
    struct place_side side;
    struct rng rng = rng_at(seed, 8, 0, 0);
    uint32_t before[CASES_HOUSEHOLDS], place[CASES_HOUSEHOLDS];
    int64_t micro, best, *price, *quota_price;
    arena_init(&arena, "the test", LARGE);
    cases_make(&arena, seed, sides, &problem, &side);
    if (!cases_best(&problem, &side, NULL, 0, before, &micro)) {
        arena_free(&arena);
        return;
    }
    cases_prices(&arena, &rng, &problem, &side, &price, &quota_price);
    change(&arena, &rng, &problem, &side, before);
    for (size_t i = 0; i < sizeof mosts / sizeof *mosts; i++) {
        const struct whatif_options options = {
            .before = before, .price = price, .quota_price = quota_price, .moves_most = mosts[i]};
        struct whatif_result result;
        struct ajar_err err;
        int code = whatif_run(&arena, &problem, &side, &options, NULL, NULL, &result, &err);
        bool possible = cases_best(&problem, &side, before, mosts[i], place, &best);
        if (code == E_PLACE_LOCKS) {
            assert_false(possible);
            continue;
        }
        assert_int_equal(code, 0);
        holds(&problem, &side, &options, &result);
        tally->cases++;
        tally->impossible += !possible;
        tally->moved += result.n_moves > 0;
        assert_int_equal(result.possible, possible);
        assert_true(result.exact);
        by_branch_and_cut(&arena, &problem, &side, &options, possible, best);
        if (possible) {
            assert_int_equal(result.plan.plan.objective_micro, best);
            continue;
        }
        /* The fewest moves of any legal plan. */
        uint32_t fewest = mosts[i];
        while (!cases_best(&problem, &side, before, fewest, place, &best)) {
            fewest++;
        }
        uint32_t others = 0;
        for (uint32_t h = 0; h < problem.n_households; h++) {
            others +=
                result.plan.plan.place[h] != before[h] && !cases_forced(&problem, &side, before, h);
        }
        assert_int_equal(others, fewest);
    }
    arena_free(&arena);
}

static void small_cases_by_trying_all(void **state)
{
    (void)state;
    struct tally tally = {0};
    for (uint32_t seed = 0; seed < 30; seed++) {
        one_small_case(seed, false, &tally);
        one_small_case(seed, true, &tally);
    }
    assert_true(tally.cases > 150 && tally.impossible > 4 && tally.moved > 30);
}

/* A plan that knows nothing of locks, quotas, minimums and links is made to keep all of them. */
static void a_plan_meets_all_sides(void **state)
{
    (void)state;
    uint32_t cases = 0, possible = 0, within = 0, minimums = 0;
    for (uint32_t seed = 0; seed < 8; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct place_side side;
        struct place_result plan;
        const struct place_options few = {.rounds = 4};
        arena_init(&arena, "the test", LARGE);
        cases_make_large(&arena, seed, &problem, &side);
        assert_int_equal(place_solve(&arena, &problem, &few, NULL, NULL, &plan, NULL), 0);
        for (uint32_t most = 3; most < 100; most += 40) {
            const struct whatif_options options = {
                .before = plan.place, .price = plan.price, .moves_most = most, .quick = true};
            struct whatif_result result;
            int code = whatif_run(&arena, &problem, &side, &options, NULL, NULL, &result, NULL);
            assert_true(code == 0 || code == E_PLACE_LOCKS);
            if (code == 0) {
                holds(&problem, &side, &options, &result);
                cases++;
                possible += result.possible;
                within += result.possible && most < 43;
                minimums += side.n_leasts;
            }
        }
        arena_free(&arena);
    }
    assert_true(cases > 5 && possible > 3 && possible > within && minimums > 0);
}

struct warm {
    struct arena arena;
    struct place_generated made;
    struct place_result plan;
};

static struct warm warm_new(void)
{
    const struct place_generate size = {
        .households = 300, .localities = 12, .least = 4, .most = 8, .seed = 3, .tight = 100};
    const struct place_options options = {.rounds = 12};
    struct warm warm = {0};
    arena_init(&warm.arena, "the test", LARGE);
    assert_int_equal(place_generate(&warm.arena, &size, &warm.made, NULL), 0);
    assert_int_equal(
        place_solve(&warm.arena, &warm.made.problem, &options, NULL, NULL, &warm.plan, NULL), 0);
    return warm;
}

/* Gains with moves, and is never worse than without those that the change does not ask for; the same on any number of
 * threads. */
static void a_middle_case(void **state)
{
    (void)state;
    struct warm warm = warm_new();
    struct place_problem problem = warm.made.problem;
    const struct place_side none = {0};
    size_t n = (size_t)problem.n_localities * problem.n_resources;
    int32_t *capacity = arena_new(&warm.arena, int32_t, n, NULL);
    uint32_t proofs = 0;
    int64_t least = INT64_MAX, last = INT64_MIN;
    memcpy(capacity, problem.capacity, n * sizeof *capacity);
    capacity[0] -= 6;
    problem.capacity = capacity;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (uint32_t most = 0; most < 7; most += 3) {
        const struct whatif_options options = {
            .before = warm.plan.place, .price = warm.plan.price, .moves_most = most};
        struct whatif_result result = answer(&warm.arena, &problem, &none, &options, NULL),
                             again = answer(&warm.arena, &problem, &none, &options, pool);
        holds(&problem, &none, &options, &result);
        assert_memory_equal(result.plan.plan.place, again.plan.plan.place,
                            problem.n_households * sizeof(uint32_t));
        assert_int_equal(result.possible, most > 0);
        proofs += result.exact && result.possible;
        if (result.possible) {
            last = result.plan.plan.objective_micro;
            least = least == INT64_MAX ? last : least;
            assert_true(last >= least);
        }
        assert_true(result.plan.plan.bound_micro >= result.plan.plan.objective_micro);
    }
    assert_true(last > least && proofs > 1);
    pool_close(pool);
    arena_free(&warm.arena);
}

/* Locks of everybody in turn: prices between 0 and the bound, the same on any number of threads. */
static void locks_of_many(void **state)
{
    (void)state;
    struct warm warm = warm_new();
    const struct place_problem *problem = &warm.made.problem;
    struct side_lock locks[4];
    struct whatif_lock out[4], again[4];
    struct whatif_result locked;
    uint32_t n = 0;
    for (uint32_t h = 0; n < 4; h += 11) {
        locks[n] = (struct side_lock){h, problem->first[h] + n % 3};
        n++;
    }
    const struct place_side side = {.n_locks = n, .locks = locks};
    const struct whatif_options options = {
        .before = warm.plan.place, .price = warm.plan.price, .moves_most = UINT32_MAX};
    locked = answer(&warm.arena, problem, &side, &options, NULL);
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 2, NULL), 0);
    assert_int_equal(
        whatif_locks(&warm.arena, problem, &side, &locked.plan, &options, NULL, NULL, out, NULL),
        0);
    assert_int_equal(
        whatif_locks(&warm.arena, problem, &side, &locked.plan, &options, pool, NULL, again, NULL),
        0);
    pool_close(pool);
    uint32_t cost = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct side_lock others[4];
        struct place_side fewer = {.n_locks = n - 1, .locks = others};
        memcpy(others, locks, i * sizeof *others);
        memcpy(others + i, locks + i + 1, (n - i - 1) * sizeof *others);
        int64_t bound = side_bound(problem, &fewer, locked.plan.plan.price, NULL);
        assert_int_equal(out[i].most_micro, bound - locked.plan.plan.objective_micro);
        assert_true(out[i].found_micro >= 0 && out[i].found_micro <= out[i].most_micro);
        assert_int_equal(out[i].found_micro, again[i].found_micro);
        cost += out[i].found_micro > 0;
    }
    assert_true(cost > 0);
    arena_free(&warm.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_nothing_moves),
        cmocka_unit_test(a_lock_moves_others),
        cmocka_unit_test(a_lock_has_a_price),
        cmocka_unit_test(a_pair_has_a_price),
        cmocka_unit_test(small_cases_by_trying_all),
        cmocka_unit_test(a_plan_meets_all_sides),
        cmocka_unit_test(a_middle_case),
        cmocka_unit_test(locks_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
