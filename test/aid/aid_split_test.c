#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "instance.h"

enum { ROUNDS = 4000 };

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct aid_split solve(const struct aid_problem *problem, const struct aid_options *options)
{
    struct ajar_err err = {0};
    struct aid_split split;
    if (aid_solve(&arena, problem, options, &split, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return split;
}

static double sum(const double *x, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        total += x[i];
    }
    return total;
}

static double least(const struct instance *it, size_t i)
{
    return it->problem.floor != NULL ? it->floor[i] : 0;
}

static void every_split_meets_the_conditions_and_spends_the_budget(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 1, k, k % 2 == 0);
        struct aid_split split = solve(&it.problem, &it.options);
        double room = instance_room(&it), budget = it.options.budget;
        assert_true(split.residual_r < 1e-9);
        assert_true(split.residual_budget < 1e-12);
        double expected = fmin(budget, room);
        assert_true(fabs(sum(split.x, split.n) - expected) <= 1e-12 * budget);
        assert_true(fabs(split.spent + split.unspent - budget) <= 1e-12 * budget);
        for (size_t i = 0; i < split.n; i++) {
            assert_true(split.x[i] >= least(&it, i));
            assert_true(split.x[i] <= aid_most(&it.problem, i));
            assert_true(split.coverage[i] >= split.lo[i] - 1e-12);
            assert_true(split.coverage[i] <= split.hi[i] + 1e-12);
        }
    }
}

/* The method of the paper as printed: 200 plain bisections on the level. */
static void bisect(const struct instance *it, double *x)
{
    bool water = isinf(it->options.alpha);
    double low = water ? 0 : -2000 * fmax(1, 1 / it->options.alpha), high = water ? 1.2 : -low;
    for (int round = 0; round < 200; round++) {
        double key = (low + high) / 2, total = 0;
        for (size_t i = 0; i < it->problem.n; i++) {
            double r = water ? key : exp(log(it->severity[i]) / it->options.alpha + key);
            x[i] = fmin(fmax(r * it->need[i] - it->funded[i], least(it, i)),
                        aid_most(&it->problem, i));
            total += x[i];
        }
        *(total <= it->options.budget ? &low : &high) = key;
    }
}

static void the_level_is_the_one_that_plain_bisection_finds(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        double x[INSTANCE_MOST];
        instance_make(&it, 2, k, k % 2 == 0);
        struct aid_split split = solve(&it.problem, &it.options);
        bisect(&it, x);
        for (size_t i = 0; i < split.n; i++) {
            assert_true(fabs(split.x[i] - x[i]) <= 1e-8 * it.need[i]);
        }
    }
}

/* Money moved from host i to host j never helps: the exchange argument for a concave sum, and for
 * the leximin order at alpha INFINITY. */
static void no_shift_of_money_between_two_hosts_is_better(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 3, k, k % 2 == 0);
        struct aid_split split = solve(&it.problem, &it.options);
        for (size_t i = 0; i < split.n; i++) {
            for (size_t j = 0; j < split.n; j++) {
                double slack = 1e-9 * it.options.budget;
                if (split.x[i] <= least(&it, i) + slack ||
                    split.x[j] >= aid_most(&it.problem, j) - slack) {
                    continue;
                }
                double keep = -split.coverage[i], move = -split.coverage[j];
                if (!isinf(it.options.alpha)) {
                    /* logarithm of s^(1/alpha) / r; coverage under 1e-12 is rounding */
                    keep = log(it.severity[i]) / it.options.alpha - log(split.coverage[i]);
                    move = log(it.severity[j]) / it.options.alpha -
                           log(fmax(split.coverage[j], 1e-12));
                }
                assert_true(keep >= move - 1e-7);
            }
        }
    }
}

static int rising(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Whether `a` is at least as good as `b` in the leximin order, up to a hair. */
static bool leximin_at_least(const double *a, const double *b, size_t n)
{
    double p[3], q[3];
    memcpy(p, a, n * sizeof *p);
    memcpy(q, b, n * sizeof *q);
    qsort(p, n, sizeof *p, rising);
    qsort(q, n, sizeof *q, rising);
    for (size_t i = 0; i < n; i++) {
        if (p[i] > q[i] + 1e-9) {
            return true;
        }
        if (p[i] < q[i] - 1e-9) {
            return false;
        }
    }
    return true;
}

static void water_filling_beats_every_whole_split_of_three_small_hosts(void **state)
{
    (void)state;
    uint64_t tried = 0;
    for (uint32_t k = 0; k < 300; k++) {
        struct rng rng = rng_at(4, 1, k, 0);
        struct instance it = {
            .problem = {3, it.need, it.funded, it.cap, NULL, NULL, it.severity, it.stock, NULL}};
        for (size_t i = 0; i < 3; i++) {
            it.need[i] = 1 + rng_below(&rng, 30);
            it.funded[i] = rng_below(&rng, 8);
            it.cap[i] = 1 + rng_below(&rng, 20);
            it.severity[i] = it.stock[i] = 1;
        }
        int budget = 1 + (int)rng_below(&rng, 30);
        it.options = (struct aid_options){budget, (double)INFINITY, 0};
        struct aid_split split = solve(&it.problem, &it.options);
        for (int a = 0; a <= budget; a++) {
            for (int b = 0; a + b <= budget; b++) {
                double x[3] = {a, b, fmin(budget - a - b, aid_most(&it.problem, 2))}, r[3];
                if (a > aid_most(&it.problem, 0) || b > aid_most(&it.problem, 1)) {
                    continue;
                }
                for (size_t i = 0; i < 3; i++) {
                    r[i] = fmin(1, (it.funded[i] + x[i]) / it.need[i]);
                }
                assert_true(leximin_at_least(split.coverage, r, 3));
                tried++;
            }
        }
    }
    assert_true(tried > 10000);
}

static void nobody_loses_when_the_budget_grows(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 5, k, k % 2 == 0);
        struct aid_split before = solve(&it.problem, &it.options);
        it.options.budget *= 1.05;
        struct aid_split after = solve(&it.problem, &it.options);
        for (size_t i = 0; i < before.n; i++) {
            assert_true(after.x[i] >= before.x[i] - 1e-10 * it.need[i]);
        }
    }
}

static void no_host_gains_when_another_joins(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 6, k, false);
        if (it.problem.n < 2) {
            continue;
        }
        struct aid_split all = solve(&it.problem, &it.options);
        it.problem.n--;
        struct aid_split without = solve(&it.problem, &it.options);
        for (size_t i = 0; i < without.n; i++) {
            assert_true(all.x[i] <= without.x[i] + 1e-9 * it.need[i]);
        }
    }
}

static void the_unit_of_money_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 7, k, k % 2 == 0);
        struct aid_split before = solve(&it.problem, &it.options);
        double rate = 61.4;
        for (size_t i = 0; i < it.problem.n; i++) {
            it.need[i] *= rate;
            it.funded[i] *= rate;
            it.cap[i] *= rate;
            it.floor[i] *= rate * (1 - 1e-15);
            it.ceiling[i] *= rate;
        }
        it.options.budget *= rate;
        struct aid_split after = solve(&it.problem, &it.options);
        for (size_t i = 0; i < before.n; i++) {
            assert_true(fabs(after.x[i] - rate * before.x[i]) <= 1e-9 * it.need[i]);
        }
    }
}

static void only_ratios_of_severity_matter_and_equal_ones_not_at_all(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 8, k, true);
        struct aid_split before = solve(&it.problem, &it.options);
        for (size_t i = 0; i < it.problem.n; i++) {
            it.severity[i] *= 37;
        }
        struct aid_split scaled = solve(&it.problem, &it.options);
        for (size_t i = 0; i < it.problem.n; i++) {
            assert_true(fabs(scaled.x[i] - before.x[i]) <= 1e-9 * it.need[i]);
            it.severity[i] = 3;
        }
        struct aid_split flat = solve(&it.problem, &it.options);
        it.options.alpha = (double)INFINITY;
        struct aid_split water = solve(&it.problem, &it.options);
        for (size_t i = 0; i < it.problem.n; i++) {
            assert_true(fabs(flat.x[i] - water.x[i]) <= 1e-9 * it.need[i]);
        }
    }
}

static void dropping_a_settled_host_leaves_the_rest_as_it_was(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 9, k, k % 2 == 0);
        struct aid_split all = solve(&it.problem, &it.options);
        if (all.n < 2 || all.reason != AID_ALL_SPENT) {
            continue;
        }
        it.problem.n--;
        it.options.budget -= all.x[it.problem.n];
        double room = instance_room(&it), floors = sum(it.floor, it.problem.n);
        if (!(it.options.budget > 0) || it.options.budget < floors * (1 + 1e-9) ||
            it.options.budget > room * (1 - 1e-9)) {
            continue;
        }
        struct aid_split rest = solve(&it.problem, &it.options);
        double scale = it.options.budget + all.x[it.problem.n];
        for (size_t i = 0; i < rest.n; i++) {
            assert_true(fabs(rest.x[i] - all.x[i]) <= 1e-9 * (it.need[i] + scale));
        }
    }
}

static void swap(double *a, size_t i, size_t j)
{
    double keep = a[i];
    a[i] = a[j];
    a[j] = keep;
}

static void names_and_order_do_not_matter(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 10, k, k % 2 == 0);
        struct aid_split before = solve(&it.problem, &it.options);
        size_t n = it.problem.n;
        for (size_t i = 0; i < n / 2; i++) {
            size_t j = n - 1 - i;
            swap(it.need, i, j);
            swap(it.funded, i, j);
            swap(it.cap, i, j);
            swap(it.floor, i, j);
            swap(it.ceiling, i, j);
            swap(it.severity, i, j);
        }
        struct aid_split after = solve(&it.problem, &it.options);
        for (size_t i = 0; i < n; i++) {
            assert_true(fabs(after.x[i] - before.x[n - 1 - i]) <= 1e-10 * it.need[i]);
        }
    }
}

static void the_next_unit_of_money_goes_where_the_table_says(void **state)
{
    (void)state;
    size_t compared = 0;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct instance it;
        instance_make(&it, 11, k, k % 2 == 0);
        struct aid_split before = solve(&it.problem, &it.options);
        double step = 1e-7 * it.options.budget;
        it.options.budget += step;
        struct aid_split after = solve(&it.problem, &it.options);
        if (memcmp(before.binding, after.binding, before.n * sizeof *before.binding) != 0) {
            continue; /* a host came to a bound within the step */
        }
        for (size_t i = 0; i < before.n; i++) {
            double slope = (after.x[i] - before.x[i]) / step;
            assert_true(fabs(slope - before.share_of_next[i]) < 1e-4);
            assert_true(before.binding[i] == AID_NONE || before.share_of_next[i] == 0);
        }
        double total = sum(before.share_of_next, before.n);
        assert_true(before.reason == AID_ALL_AT_MOST ? total == 0 : fabs(total - 1) < 1e-12);
        compared++;
    }
    assert_true(compared > ROUNDS / 2);
}

static void a_budget_above_all_need_is_left_over_and_said(void **state)
{
    (void)state;
    double need[] = {10, 20}, funded[] = {4, 25}, cap[] = {3, 9}, severity[] = {1, 2};
    struct aid_problem problem = {2, need, funded, cap, NULL, NULL, severity, NULL, NULL};
    struct aid_split split = solve(&problem, &(struct aid_options){50, 2, 0});
    assert_true(split.x[0] == 3 && split.x[1] == 0);
    assert_true(split.spent == 3 && split.unspent == 47);
    assert_int_equal(split.reason, AID_ALL_AT_MOST);
    assert_int_equal(split.binding[0], AID_CAP);
    assert_int_equal(split.binding[1], AID_NEED);
    assert_true(split.coverage[1] == 1 && split.next_dollar == 0);
}

static void floors_that_use_up_the_budget_leave_the_next_unit_to_the_least_covered(void **state)
{
    (void)state;
    double need[] = {10, 20, 30}, funded[] = {0, 0, 0}, cap[] = {10, 20, 30};
    double floor[] = {4, 2, 9}, severity[] = {1, 1, 1};
    struct aid_problem problem = {3, need, funded, cap, floor, NULL, severity, NULL, NULL};
    struct aid_split split = solve(&problem, &(struct aid_options){15, (double)INFINITY, 0});
    assert_true(split.x[0] == 4 && split.x[1] == 2 && split.x[2] == 9);
    assert_int_equal(split.binding[0], AID_FLOOR);
    assert_int_equal(split.binding[1], AID_NONE);
    assert_int_equal(split.binding[2], AID_FLOOR);
    assert_true(split.share_of_next[1] == 1 && split.next_dollar == 1.0 / 20);
}

static void each_reason_why_a_host_gets_no_more_is_named(void **state)
{
    (void)state;
    double need[] = {10, 10, 10, 10, 10, 10}, funded[] = {0, 8, 0, 0, 6, 0};
    double cap[] = {2, 9, 9, 9, 9, 9}, ceiling[] = {9, 9, 3, INFINITY, INFINITY, INFINITY};
    double floor[] = {0, 0, 0, 0, 0, 7}, severity[] = {1, 1, 1, 1, 1, 1};
    struct aid_problem problem = {6, need, funded, cap, floor, ceiling, severity, NULL, NULL};
    struct aid_split split = solve(&problem, &(struct aid_options){17, (double)INFINITY, 0});
    enum aid_binding expected[] = {AID_CAP,  AID_FUNDED, AID_CEILING,
                                   AID_NONE, AID_FUNDED, AID_FLOOR};
    assert_memory_equal(split.binding, expected, sizeof expected);
    funded[4] = 8.5;
    cap[4] = 2;
    struct aid_split rich = solve(&problem, &(struct aid_options){40, (double)INFINITY, 0});
    assert_int_equal(rich.binding[4], AID_NEED);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 200; k++) {
        struct instance it;
        instance_make(&it, 12, k, true);
        it.options.tranche = it.options.budget / 97;
        struct aid_split a = solve(&it.problem, &it.options), b = solve(&it.problem, &it.options);
        assert_memory_equal(a.x, b.x, a.n * sizeof *a.x);
        assert_memory_equal(a.rounded, b.rounded, a.n * sizeof *a.rounded);
    }
}

static void a_hundred_thousand_hosts_meet_the_same_conditions(void **state)
{
    (void)state;
    enum { N = 100000 };
    double *column[5];
    for (size_t c = 0; c < 5; c++) {
        column[c] = arena_new(&arena, double, N, NULL);
        assert_non_null(column[c]);
    }
    double room = 0;
    for (uint32_t i = 0; i < N; i++) {
        struct rng rng = rng_at(13, 1, i, 0);
        column[0][i] = pow(10, instance_between(&rng, 2, 8));
        column[1][i] = column[0][i] * rng_uniform(&rng) * rng_uniform(&rng);
        column[2][i] = column[0][i] * (0.01 + rng_uniform(&rng));
        column[3][i] = pow(10, instance_between(&rng, -1, 1));
        column[4][i] = 1 + 1000 * rng_uniform(&rng);
        room += fmin(column[2][i], column[0][i] - column[1][i]);
    }
    struct aid_problem problem = {N,    column[0], column[1], column[2], NULL,
                                  NULL, column[3], column[4], NULL};
    double alphas[] = {0.01, 1, 3, (double)INFINITY};
    for (size_t k = 0; k < 4; k++) {
        struct aid_options options = {room / 3, alphas[k], room / 3e6};
        struct aid_split split = solve(&problem, &options);
        assert_true(split.residual_r < 1e-9 && split.residual_budget < 1e-12);
        assert_true(split.tranche_leftover >= 0);
        assert_true(fabs(sum(split.rounded, N) + split.tranche_leftover - options.budget) <
                    1e-9 * options.budget);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_split_meets_the_conditions_and_spends_the_budget),
        cmocka_unit_test(the_level_is_the_one_that_plain_bisection_finds),
        cmocka_unit_test(no_shift_of_money_between_two_hosts_is_better),
        cmocka_unit_test(water_filling_beats_every_whole_split_of_three_small_hosts),
        cmocka_unit_test(nobody_loses_when_the_budget_grows),
        cmocka_unit_test(no_host_gains_when_another_joins),
        cmocka_unit_test(the_unit_of_money_changes_nothing),
        cmocka_unit_test(only_ratios_of_severity_matter_and_equal_ones_not_at_all),
        cmocka_unit_test(dropping_a_settled_host_leaves_the_rest_as_it_was),
        cmocka_unit_test(names_and_order_do_not_matter),
        cmocka_unit_test(the_next_unit_of_money_goes_where_the_table_says),
        cmocka_unit_test(a_budget_above_all_need_is_left_over_and_said),
        cmocka_unit_test(floors_that_use_up_the_budget_leave_the_next_unit_to_the_least_covered),
        cmocka_unit_test(each_reason_why_a_host_gets_no_more_is_named),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(a_hundred_thousand_hosts_meet_the_same_conditions),
    };
    return cmocka_run_group_tests_name("aid split", tests, setup, teardown);
}
