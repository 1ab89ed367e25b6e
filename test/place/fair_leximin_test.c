/* The worst-off first, against every plan there is. */
#include "fair.h"

#include <stdlib.h>

#include "../base/unit.h"
#include "bound.h"
#include "brute.h"
#include "random_instances.h"

enum { LEVELS = 4 };

static const struct place_side no_side;

/* Where a household may be in the search below: its lowest score. */
struct all {
    struct brute brute; /* its room and its place */
    const struct place_side *side;
    uint32_t n, best_n, vector_households;
    int32_t sorted[BRUTE_MOST], best[BRUTE_MOST];
    const int32_t
        *floor; /* [n_households], or NULL: the best vector is looked for, not the best total */
    uint32_t placed;
    int64_t total, best_total;
};

static int by_score(const void *a, const void *b)
{
    int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    return (one > other) - (one < other);
}

static uint32_t vector_of(const struct place_problem *problem, const uint32_t *place,
                          int32_t *sorted)
{
    uint32_t n = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] != PLACE_NONE) {
            sorted[n++] = problem->score[place_pair(problem, h, place[h])];
        }
    }
    qsort(sorted, n, sizeof *sorted, by_score);
    return n;
}

static void all_leaf(struct all *all)
{
    const struct place_problem *problem = all->brute.problem;
    int32_t sorted[BRUTE_MOST];
    uint32_t n = vector_of(problem, all->brute.place, sorted), i = 0;
    if (all->floor != NULL) {
        if (n == all->best_n && all->total > all->best_total) {
            all->best_total = all->total;
        }
        return;
    }
    while (i < n && n == all->best_n && sorted[i] == all->best[i]) {
        i++;
    }
    if (n > all->best_n || (n == all->best_n && i < n && sorted[i] > all->best[i])) {
        all->best_n = n;
        memcpy(all->best, sorted, sizeof sorted);
    }
}

static void all_try(struct all *all, uint32_t household)
{
    const struct place_problem *problem = all->brute.problem;
    if (household == problem->n_households) {
        all_leaf(all);
        return;
    }
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        if (all->floor != NULL && problem->score[i] < all->floor[household]) {
            continue;
        }
        all->brute.place[household] = problem->locality[i];
        all->total += problem->score[i];
        if (brute_move(&all->brute, household, problem->locality[i], 1)) {
            all_try(all, household + 1);
        }
        brute_move(&all->brute, household, problem->locality[i], -1);
        all->total -= problem->score[i];
    }
    all->brute.place[household] = PLACE_NONE;
    all_try(all, household + 1);
}

static void all_run(struct all *all, const struct place_problem *problem, const int32_t *floor)
{
    all->brute.problem = problem;
    all->floor = floor;
    all->total = 0;
    all->best_total = INT64_MIN;
    memcpy(all->brute.left, problem->capacity,
           (size_t)problem->n_localities * problem->n_resources * sizeof *all->brute.left);
    all_try(all, 0);
}

/* The levels are the lowest distinct scores of the best vector. */
static void check_levels(const struct all *all, const struct fair_leximin *got)
{
    uint32_t at = 0;
    assert_int_equal(got->placed_most, all->best_n);
    for (uint32_t k = 0; k < got->n_levels; k++) {
        uint32_t from = at;
        while (at < all->best_n && all->best[at] == all->best[from]) {
            at++;
        }
        assert_int_equal(got->levels[k].score_micro, all->best[from]);
        assert_int_equal(got->levels[k].households, at - from);
    }
    assert_true(got->n_levels == LEVELS || at == all->best_n);
}

static void check_plan(const struct place_problem *problem, const struct fair_leximin *got)
{
    int64_t load[64];
    bool legal;
    assert_int_equal(place_objective(problem, got->plan.plan.place, load, &legal),
                     got->plan.plan.objective_micro);
    assert_true(legal);
    assert_true(got->plan.plan.objective_micro <= got->bound_micro);
    assert_true(got->bound_micro <= got->plan.plan.bound_micro);
}

/* Nobody at a level may fall, everybody else stands above the last: the best total of these, by trying all. */
static int64_t total_under_floors(struct all *all, const struct place_problem *problem,
                                  const struct fair_leximin *got)
{
    int32_t floor[BRUTE_MOST];
    int32_t last = got->n_levels > 0 ? got->levels[got->n_levels - 1].score_micro : 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = got->plan.plan.place[h];
        floor[h] = last + 1;
        if (l != PLACE_NONE && problem->score[place_pair(problem, h, l)] <= last) {
            floor[h] = problem->score[place_pair(problem, h, l)];
        }
    }
    all_run(all, problem, floor);
    return all->best_total;
}

static void against_every_plan(void **state)
{
    (void)state;
    uint32_t certified = 0, proven = 0, n = 24;
    for (uint32_t seed = 0; seed < n; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct fair_leximin got;
        struct all all = {0};
        struct fair_options options = {.levels = LEVELS, .solve = {.rounds = 300, .seed = seed}};
        arena_init(&arena, "the test", (size_t)1 << 26);
        assert_int_equal(random_instance(&arena, RANDOM_SMALL, seed, &problem, NULL), 0);
        problem.n_households = problem.n_households > 8 ? 8 : problem.n_households;
        assert_int_equal(fair_leximin(&arena, &problem, &no_side, &options, NULL, NULL, &got, NULL),
                         0);
        all_run(&all, &problem, NULL);
        check_levels(&all, &got);
        check_plan(&problem, &got);
        int64_t best = total_under_floors(&all, &problem, &got);
        assert_true(best <= got.bound_micro);
        assert_true(got.plan.plan.objective_micro <= best);
        if (got.bound_micro == got.plan.plan.objective_micro) {
            proven++;
        }
        certified += got.certified;
        arena_free(&arena);
    }
    print_message("%u certified, %u totals proven of %u\n", certified, proven, n);
    assert_int_equal(certified, n);
    assert_int_equal(proven, n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_every_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
