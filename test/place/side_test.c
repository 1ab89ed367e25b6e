/* The optimiser under side constraints against exhaustive search. */
#include "side.h"

#include "../base/sampled.h"
#include "../base/unit.h"
#include "bound.h"
#include "brute_side.h"
#include "pool.h"
#include "random_side.h"

static const struct place_options plain = {.seed = 1};

static struct random_side_kinds kinds_of(uint32_t seed)
{
    uint32_t bits = 1 + seed % 15;
    return (struct random_side_kinds){bits & 1, bits & 2, bits & 4, bits & 8};
}

static void check_plan(const struct place_problem *problem, const struct place_side *side,
                       const struct side_result *result)
{
    int64_t load[BRUTE_LOCALITIES * PLACE_RESOURCES_MOST];
    bool legal;
    assert_int_equal(place_objective(problem, result->plan.place, load, &legal),
                     result->plan.objective_micro);
    assert_true(legal);
    assert_true(brute_keeps(problem, side, result->plan.place));
    int64_t bound = side_bound(problem, side, result->plan.price, result->quota_price);
    /* place_solve, which answers where there are no side constraints, rounds down. */
    assert_in_range(bound - result->plan.price_bound_micro, 0,
                    side->n_locks + side->n_quotas + side->n_leasts + side->n_links == 0);
    assert_true(result->plan.bound_micro <= result->plan.price_bound_micro);
    assert_true(result->plan.objective_micro <= result->plan.bound_micro);
}

static void agrees_with_exhaustive_search(void **state)
{
    (void)state;
    uint32_t none = 0;
    for (uint32_t seed = 0; seed < 300; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct place_side side;
        struct side_result result;
        struct ajar_err err = {0};
        uint32_t place[BRUTE_MOST];
        int64_t best;
        arena_init(&arena, "the test", (size_t)1 << 26);
        assert_int_equal(random_instance(&arena, RANDOM_SMALL, seed, &problem, NULL), 0);
        assert_int_equal(random_side(&arena, seed, kinds_of(seed), &problem, &side, NULL), 0);
        bool found = brute_side_solve(&problem, &side, place, &best);
        int code = side_solve(&arena, &problem, &side, &plain, NULL, NULL, &result, &err);
        assert_int_equal(code, found ? 0 : E_PLACE_LOCKS);
        if (found) {
            check_plan(&problem, &side, &result);
            assert_int_equal(result.plan.objective_micro, best);
            assert_true(result.plan.proven);
        }
        none += !found;
        arena_free(&arena);
    }
    assert_in_range(none, 5, 150);
}

struct made {
    struct arena arena;
    struct place_problem problem;
    struct place_side side;
};

static void made_new(struct made *made, enum random_size size, uint32_t seed)
{
    arena_init(&made->arena, "the test", (size_t)1 << 28);
    assert_int_equal(random_instance(&made->arena, size, seed, &made->problem, NULL), 0);
    assert_int_equal(
        random_side(&made->arena, seed, kinds_of(seed), &made->problem, &made->side, NULL), 0);
}

/* The optimum, or INT64_MIN where the locks leave none. */
static int64_t best_of(struct made *made)
{
    struct side_result result;
    int code =
        side_solve(&made->arena, &made->problem, &made->side, &plain, NULL, NULL, &result, NULL);
    assert_true(code == 0 || code == E_PLACE_LOCKS);
    assert_true(code != 0 || result.plan.proven);
    return code == 0 ? result.plan.objective_micro : INT64_MIN;
}

static void room_never_lowers_the_optimum(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 40; seed += sampled(9)) {
        struct made made;
        made_new(&made, RANDOM_MIDDLE, seed);
        int64_t before = best_of(&made);
        size_t n = (size_t)made.problem.n_localities * made.problem.n_resources;
        int32_t *capacity = arena_new(&made.arena, int32_t, n, NULL);
        struct side_quota *quotas =
            arena_new(&made.arena, struct side_quota, made.side.n_quotas, NULL);
        for (size_t k = 0; k < n; k++) {
            capacity[k] = made.problem.capacity[k] + (k % 2 == seed % 2);
        }
        for (uint32_t q = 0; q < made.side.n_quotas; q++) {
            quotas[q] = made.side.quotas[q];
            quotas[q].most += 2;
        }
        made.problem.capacity = capacity;
        made.side.quotas = quotas;
        assert_true(best_of(&made) >= before);
        arena_free(&made.arena);
    }
}

/* Household h becomes n - 1 - h. */
static void turned_round(struct made *made)
{
    struct place_problem *problem = &made->problem;
    uint32_t n = problem->n_households, m = problem->n_resources;
    uint64_t pairs = problem->first[n], at = 0;
    int32_t *need = arena_new(&made->arena, int32_t, (size_t)n * m, NULL);
    int32_t *score = arena_new(&made->arena, int32_t, pairs, NULL);
    uint64_t *first = arena_new(&made->arena, uint64_t, (size_t)n + 1, NULL);
    uint32_t *locality = arena_new(&made->arena, uint32_t, pairs, NULL);
    struct side_lock *locks = arena_new(&made->arena, struct side_lock, made->side.n_locks, NULL);
    struct side_link *links = arena_new(&made->arena, struct side_link, made->side.n_links, NULL);
    for (uint32_t h = 0; h < n; h++) {
        uint32_t old = n - 1 - h;
        memcpy(&need[h * m], &problem->need[old * m], m * sizeof *need);
        for (uint64_t pair = problem->first[old]; pair < problem->first[old + 1]; pair++) {
            locality[at] = problem->locality[pair];
            score[at++] = problem->score[pair];
        }
        first[h + 1] = at;
    }
    for (uint32_t k = 0; k < made->side.n_locks; k++) {
        struct side_lock lock = made->side.locks[made->side.n_locks - 1 - k];
        uint32_t h = n - 1 - lock.household;
        locks[k] = (struct side_lock){h, first[h] + lock.pair - problem->first[lock.household]};
    }
    for (uint32_t k = 0; k < made->side.n_links; k++) {
        struct side_link link = made->side.links[k];
        links[k] = (struct side_link){n - 1 - link.b, n - 1 - link.a, link.chord_m};
    }
    *problem = (struct place_problem){
        n, problem->n_localities, m, need, problem->capacity, first, locality, score};
    made->side.locks = locks;
    made->side.links = links;
}

static void order_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 40; seed += sampled(9)) {
        struct made made;
        made_new(&made, seed % 4 == 0 ? RANDOM_LARGE : RANDOM_MIDDLE, seed);
        int64_t before = best_of(&made);
        turned_round(&made);
        assert_int_equal(best_of(&made), before);
        arena_free(&made.arena);
    }
}

/* Stopped after so many rounds, with threads and without: the same plan, and one that keeps everything. */
static void threads_and_stops_change_nothing(void **state)
{
    (void)state;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (uint32_t seed = 1; seed < 30; seed += sampled(7)) {
        struct made made;
        struct side_result one, other;
        struct place_options options = {.seed = seed, .rounds = 1 + seed % 5};
        made_new(&made, RANDOM_LARGE, seed);
        int code =
            side_solve(&made.arena, &made.problem, &made.side, &options, NULL, NULL, &one, NULL);
        assert_int_equal(
            side_solve(&made.arena, &made.problem, &made.side, &options, pool, NULL, &other, NULL),
            code);
        if (code == 0) {
            check_plan(&made.problem, &made.side, &one);
            assert_memory_equal(one.plan.place, other.plan.place,
                                made.problem.n_households * sizeof *one.plan.place);
            assert_int_equal(one.plan.price_bound_micro, other.plan.price_bound_micro);
            assert_int_equal(one.plan.rounds, other.plan.rounds);
        }
        arena_free(&made.arena);
    }
    pool_close(pool);
}

/* The plan of a run starts the next one, which keeps it where there is nothing better. */
static void starts_from_a_plan(void **state)
{
    (void)state;
    struct made made;
    struct side_result one, other;
    made_new(&made, RANDOM_MIDDLE, 13);
    assert_int_equal(
        side_solve(&made.arena, &made.problem, &made.side, &plain, NULL, NULL, &one, NULL), 0);
    struct place_options options = {
        .seed = 2, .rounds = 1, .start_place = one.plan.place, .start_price = one.plan.price};
    assert_int_equal(
        side_solve(&made.arena, &made.problem, &made.side, &options, NULL, NULL, &other, NULL), 0);
    assert_int_equal(other.plan.objective_micro, one.plan.objective_micro);
    arena_free(&made.arena);
}

/* Two localities of 5 and 6; needs 3, 3, 1 locked to the first. */
static void names_the_fewest_locks(void **state)
{
    (void)state;
    const int32_t need[] = {1, 3, 3, 2}, capacity[] = {5, 6};
    const uint64_t first[] = {0, 2, 4, 6, 8};
    const uint32_t locality[] = {0, 1, 0, 1, 0, 1, 0, 1};
    const int32_t score[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const struct place_problem problem = {4, 2, 1, need, capacity, first, locality, score};
    const struct side_lock locks[] = {{0, 0}, {1, 2}, {2, 4}};
    const struct side_link links[] = {{0, 3, SIDE_SAME}, {1, 2, SIDE_SAME}};
    const struct side_least leasts[] = {{1, 0, 6}};
    struct place_side side = {.n_locks = 3, .locks = locks};
    struct side_conflict found;
    struct arena arena;
    arena_init(&arena, "the test", (size_t)1 << 20);
    assert_int_equal(side_conflict(&arena, &problem, &side, &found, NULL), 0);
    assert_int_equal(found.rule, SIDE_CAPACITY);
    assert_int_equal(found.n_locks, 2);
    assert_true(found.locks[0] == 1 && found.locks[1] == 2);
    assert_true(found.need == 6 && found.most == 5);
    const struct side_lock apart[] = {{1, 2}, {2, 5}};
    side = (struct place_side){.n_locks = 2, .locks = apart, .n_links = 2, .links = links};
    assert_int_equal(side_conflict(&arena, &problem, &side, &found, NULL), 0);
    assert_int_equal(found.rule, SIDE_LINK);
    assert_true(found.index == 1 && found.n_locks == 2);
    const struct side_lock opens[] = {{0, 1}, {1, 2}, {2, 5}};
    side = (struct place_side){.n_locks = 3, .locks = opens, .n_leasts = 1, .leasts = leasts};
    assert_int_equal(side_conflict(&arena, &problem, &side, &found, NULL), 0);
    assert_int_equal(found.n_locks, 0); /* 1 + 3 + 2 reach 6 */
    const struct side_lock short_of[] = {{0, 1}, {1, 2}, {3, 6}};
    side = (struct place_side){.n_locks = 3, .locks = short_of, .n_leasts = 1, .leasts = leasts};
    assert_int_equal(side_conflict(&arena, &problem, &side, &found, NULL), 0);
    assert_int_equal(found.rule, SIDE_LEAST);
    assert_true(found.need == 4 && found.most == 6 && found.n_locks == 3);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_exhaustive_search),
        cmocka_unit_test(room_never_lowers_the_optimum),
        cmocka_unit_test(order_changes_nothing),
        cmocka_unit_test(threads_and_stops_change_nothing),
        cmocka_unit_test(starts_from_a_plan),
        cmocka_unit_test(names_the_fewest_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
