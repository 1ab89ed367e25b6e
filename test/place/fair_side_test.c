/* Fair plans under locks, quotas, minimums and links: against every plan there is, by any number of threads, stopped. */
#include "fair.h"

#include <stdlib.h>

#include "../base/sampled.h"
#include "../base/unit.h"
#include "bound.h"
#include "brute_side.h"
#include "pool.h"
#include "random_side.h"

enum { LEVELS = 3, GROUPS = 3, SMALL = 48 };

struct made {
    struct arena arena;
    struct place_problem problem;
    struct place_side side;
    uint32_t group[1024];
};

static void made_new(struct made *made, enum random_size size, uint32_t seed)
{
    uint32_t bits = 1 + seed % 15;
    struct random_side_kinds kinds = {bits & 1, bits & 2, bits & 4, bits & 8};
    arena_init(&made->arena, "the test", (size_t)1 << 28);
    assert_int_equal(random_instance(&made->arena, size, seed, &made->problem, NULL), 0);
    if (size == RANDOM_SMALL) {
        made->problem.n_households =
            made->problem.n_households > 7 ? 7 : made->problem.n_households;
    }
    assert_int_equal(random_side(&made->arena, seed, kinds, &made->problem, &made->side, NULL), 0);
    assert_in_range(made->problem.n_households, 1, sizeof made->group / sizeof *made->group);
    for (uint32_t h = 0; h < made->problem.n_households; h++) {
        made->group[h] = h % GROUPS;
    }
}

static bool locked(const struct place_side *side, uint32_t household)
{
    bool found = false;
    for (uint32_t k = 0; k < side->n_locks; k++) {
        found = found || side->locks[k].household == household;
    }
    return found;
}

/* ---- Every plan there is ---- */

struct every {
    struct brute brute; /* its room and its place */
    const struct made *made;
    uint64_t plans;
    uint32_t best_n; /* of leximin: scores of the placed who are not locked, rising */
    int32_t best[BRUTE_MOST];
    int64_t total; /* the largest under the floors */
    const int64_t *floor;
};

static int by_score(const void *a, const void *b)
{
    int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    return (one > other) - (one < other);
}

static uint32_t scores_of(const struct made *made, const uint32_t *place, int32_t *sorted)
{
    uint32_t n = 0;
    for (uint32_t h = 0; h < made->problem.n_households; h++) {
        if (place[h] != PLACE_NONE && !locked(&made->side, h)) {
            sorted[n++] = made->problem.score[place_pair(&made->problem, h, place[h])];
        }
    }
    qsort(sorted, n, sizeof *sorted, by_score);
    return n;
}

/* Below 0, at 0 or above: how the first vector compares with the second. */
static int vectors(const int32_t *a, uint32_t n_a, const int32_t *b, uint32_t n_b)
{
    if (n_a != n_b) {
        return n_a < n_b ? -1 : 1;
    }
    for (uint32_t i = 0; i < n_a; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

static void averages(const struct made *made, const uint32_t *place, int64_t *average)
{
    int64_t total[GROUPS] = {0}, households[GROUPS] = {0};
    for (uint32_t h = 0; h < made->problem.n_households; h++) {
        uint32_t g = made->group[h];
        households[g]++;
        total[g] += place[h] == PLACE_NONE
                        ? 0
                        : made->problem.score[place_pair(&made->problem, h, place[h])];
    }
    for (uint32_t g = 0; g < GROUPS; g++) {
        int64_t n = households[g] == 0 ? 1 : households[g];
        average[g] = total[g] / n - (total[g] % n < 0);
    }
}

static void every_leaf(struct every *every)
{
    const struct made *made = every->made;
    const uint32_t *place = every->brute.place;
    int32_t sorted[BRUTE_MOST];
    int64_t average[GROUPS], load[BRUTE_LOCALITIES * PLACE_RESOURCES_MOST];
    bool legal, keeps = true;
    if (!brute_keeps(&made->problem, &made->side, place)) {
        return;
    }
    every->plans++;
    uint32_t n = scores_of(made, place, sorted);
    if (vectors(sorted, n, every->best, every->best_n) > 0) {
        memcpy(every->best, sorted, sizeof sorted);
        every->best_n = n;
    }
    averages(made, place, average);
    for (uint32_t g = 0; every->floor != NULL && g < GROUPS; g++) {
        keeps = keeps && average[g] >= every->floor[g];
    }
    int64_t total = place_objective(&made->problem, place, load, &legal);
    every->total = keeps && total > every->total ? total : every->total;
}

static void every_try(struct every *every, uint32_t household)
{
    const struct place_problem *problem = &every->made->problem;
    if (household == problem->n_households) {
        every_leaf(every);
        return;
    }
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        every->brute.place[household] = problem->locality[i];
        if (brute_move(&every->brute, household, problem->locality[i], 1)) {
            every_try(every, household + 1);
        }
        brute_move(&every->brute, household, problem->locality[i], -1);
    }
    every->brute.place[household] = PLACE_NONE;
    every_try(every, household + 1);
}

static void every_run(struct every *every, const struct made *made, const int64_t *floor)
{
    const struct place_problem *problem = &made->problem;
    *every = (struct every){
        .brute = {.problem = problem}, .made = made, .total = INT64_MIN, .floor = floor};
    memcpy(every->brute.left, problem->capacity,
           (size_t)problem->n_localities * problem->n_resources * sizeof *every->brute.left);
    every_try(every, 0);
}

/* ---- The tests ---- */

static void keeps(const struct made *made, const struct side_result *plan)
{
    int64_t load[256 * PLACE_RESOURCES_MOST];
    bool legal;
    assert_in_range(made->problem.n_localities, 1, 256);
    assert_int_equal(place_objective(&made->problem, plan->plan.place, load, &legal),
                     plan->plan.objective_micro);
    assert_true(legal);
    assert_true(brute_keeps(&made->problem, &made->side, plan->plan.place));
    assert_true(plan->plan.objective_micro <= plan->plan.bound_micro);
}

static int leximin_of(struct made *made, const struct fair_options *options, struct pool *pool,
                      const struct watch *watch, struct fair_leximin *out)
{
    return fair_leximin(&made->arena, &made->problem, &made->side, options, pool, watch, out, NULL);
}

static int groups_of(struct made *made, enum fair_rule rule, const struct fair_options *options,
                     struct pool *pool, const struct watch *watch, struct fair_groups *out)
{
    return fair_groups(&made->arena, &made->problem, &made->side, made->group, GROUPS, rule, NULL,
                       options, pool, watch, out, NULL);
}

static void leximin_against_every_plan(void **state)
{
    (void)state;
    uint32_t none = 0, certified = 0, tried = 0;
    for (uint32_t seed = 0; seed < SMALL; seed += sampled(3), tried++) {
        struct made made;
        struct every every;
        struct fair_leximin got;
        struct fair_options options = {.levels = LEVELS, .solve = {.rounds = 300, .seed = seed}};
        int32_t sorted[BRUTE_MOST];
        made_new(&made, RANDOM_SMALL, seed);
        every_run(&every, &made, NULL);
        int code = leximin_of(&made, &options, NULL, NULL, &got);
        assert_int_equal(code, every.plans == 0 ? E_PLACE_LOCKS : 0);
        none += code != 0;
        if (code == 0) {
            uint32_t n = scores_of(&made, got.plan.plan.place, sorted);
            keeps(&made, &got.plan);
            assert_int_equal(n, every.best_n);
            assert_int_equal(got.placed_most, n + made.side.n_locks);
            for (uint32_t i = 0, k = 0; i < n && k < got.n_levels; k++) {
                for (uint32_t j = 0; j < got.levels[k].households; j++, i++) {
                    assert_int_equal(every.best[i], got.levels[k].score_micro);
                    assert_int_equal(sorted[i], every.best[i]);
                }
            }
            certified += got.certified;
        }
        arena_free(&made.arena);
    }
    print_message("%u without a plan, %u certified of %u\n", none, certified, tried - none);
    assert_true((SANITIZED || none > 0) && none <= SMALL / 3);
    assert_int_equal(certified, tried - none);
}

/* No plan that keeps the floors is worth more than the bound, and one that says so keeps them. */
static void groups_against_every_plan(void **state)
{
    (void)state;
    uint32_t met = 0, asked = 0;
    for (uint32_t seed = 0; seed < SMALL / 2; seed += sampled(3)) {
        struct made made;
        struct every every;
        struct fair_groups got;
        enum fair_rule rule = seed % 2 == 0 ? FAIR_MAXMIN : FAIR_PROPORTIONAL;
        struct fair_options options = {.solve = {.rounds = 300, .seed = seed}};
        int64_t average[GROUPS];
        made_new(&made, RANDOM_SMALL, seed);
        int code = groups_of(&made, rule, &options, NULL, NULL, &got);
        if (code == 0) {
            bool all = true;
            keeps(&made, &got.plan);
            averages(&made, got.plan.plan.place, average);
            for (uint32_t g = 0; g < GROUPS; g++) {
                assert_int_equal(average[g], got.average_micro[g]);
                all = all && average[g] >= got.floor_micro[g];
            }
            assert_int_equal(got.met, all);
            every_run(&every, &made, got.floor_micro);
            assert_true(every.total <= got.bound_micro);
            assert_true(!got.met || got.plan.plan.objective_micro <= every.total);
            assert_true(got.share_micro <= got.share_most_micro);
            met += got.met;
            asked++;
        } else {
            assert_int_equal(code, E_PLACE_LOCKS);
        }
        arena_free(&made.arena);
    }
    print_message("floors met in %u of %u\n", met, asked);
    assert_true(asked > SMALL / 3 / sampled(3));
    assert_int_equal(met, asked);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (uint32_t seed = 11; seed <= 13; seed += 2 * sampled(2)) {
        struct made made;
        struct fair_leximin one, other;
        struct fair_groups first, second;
        struct fair_options options = {
            .levels = 1, .inner = 1, .solve = {.rounds = 2, .seed = seed}};
        made_new(&made, RANDOM_MIDDLE, seed);
        size_t size = made.problem.n_households * sizeof(uint32_t);
        int code = leximin_of(&made, &options, NULL, NULL, &one);
        assert_int_equal(leximin_of(&made, &options, pool, NULL, &other), code);
        if (code == 0) {
            keeps(&made, &one.plan);
            assert_memory_equal(one.plan.plan.place, other.plan.plan.place, size);
            assert_int_equal(one.bound_micro, other.bound_micro);
            assert_int_equal(groups_of(&made, FAIR_MAXMIN, &options, NULL, NULL, &first), 0);
            assert_int_equal(groups_of(&made, FAIR_MAXMIN, &options, pool, NULL, &second), 0);
            keeps(&made, &first.plan);
            assert_memory_equal(first.plan.plan.place, second.plan.plan.place, size);
            assert_int_equal(first.bound_micro, second.bound_micro);
            assert_int_equal(first.share_micro, second.share_micro);
        }
        arena_free(&made.arena);
    }
    pool_close(pool);
}

/* Says stop from the n-th question on. */
struct stopper {
    uint32_t asked, at;
};
static bool stops(void *arg)
{
    struct stopper *stopper = arg;
    return ++stopper->asked >= stopper->at;
}
static void tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    (void)arg;
    (void)what;
    (void)done;
    (void)total;
    (void)unit;
}

/* By the watch or by `enough`, at the first question or at a later one: a plan that keeps everything and bounds that
 * hold, with no claim of what was not proven. */
static void stopped_keeps_the_best(void **state)
{
    (void)state;
    static const uint32_t at[] = {1, 40, 3000};
    for (size_t k = 0; k < 2 * sizeof at / sizeof *at; k += sampled(3)) {
        struct made made;
        struct fair_leximin leximin;
        struct fair_groups groups;
        struct stopper stopper = {.at = at[k / 2]}, again = {.at = at[k / 2]};
        bool by_watch = k % 2 == 0;
        struct watch watch = {tick, stops, &stopper}, other = {tick, stops, &again};
        struct fair_options options = {.levels = 2, .inner = 2, .solve = {.rounds = 4, .seed = 1}};
        made_new(&made, RANDOM_MIDDLE, 13);
        options.solve.enough = by_watch ? NULL : stops;
        options.solve.arg = &stopper;
        assert_int_equal(leximin_of(&made, &options, NULL, by_watch ? &watch : NULL, &leximin), 0);
        keeps(&made, &leximin.plan);
        assert_true(leximin.plan.plan.objective_micro <= leximin.bound_micro);
        assert_int_equal(leximin.plan.plan.cancelled, by_watch && stopper.asked >= stopper.at);
        assert_true(stopper.asked < stopper.at || !leximin.certified);
        options.solve.arg = &again;
        assert_int_equal(
            groups_of(&made, FAIR_PROPORTIONAL, &options, NULL, by_watch ? &other : NULL, &groups),
            0);
        keeps(&made, &groups.plan);
        assert_true(!groups.met || groups.plan.plan.objective_micro <= groups.bound_micro);
        assert_int_equal(groups.plan.plan.cancelled, by_watch && again.asked >= again.at);
        assert_true(k > 1 || stopper.asked >= stopper.at);
        arena_free(&made.arena);
    }
}

/* A plan that is handed in is not looked for again, and the answer is the same. */
static void a_known_plan_is_taken(void **state)
{
    (void)state;
    struct made made;
    struct side_result plain;
    struct fair_leximin one, other;
    struct fair_options options = {.levels = 1, .inner = 2, .solve = {.rounds = 4, .seed = 1}};
    made_new(&made, RANDOM_MIDDLE, 13);
    assert_int_equal(side_solve(&made.arena, &made.problem, &made.side, &options.solve, NULL, NULL,
                                &plain, NULL),
                     0);
    assert_int_equal(leximin_of(&made, &options, NULL, NULL, &one), 0);
    options.plain = &plain;
    assert_int_equal(leximin_of(&made, &options, NULL, NULL, &other), 0);
    assert_memory_equal(one.plan.plan.place, other.plan.plan.place,
                        made.problem.n_households * sizeof(uint32_t));
    assert_ptr_equal(other.plan.plan.price, plain.plan.price);
    assert_int_equal(one.bound_micro, other.bound_micro);
    arena_free(&made.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leximin_against_every_plan), cmocka_unit_test(groups_against_every_plan),
        cmocka_unit_test(threads_change_nothing),     cmocka_unit_test(stopped_keeps_the_best),
        cmocka_unit_test(a_known_plan_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
