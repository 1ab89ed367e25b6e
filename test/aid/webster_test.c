#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "instance.h"

enum { ROUNDS = 3000, MOST = 40 };

struct house {
    size_t n;
    double votes[MOST];
    int64_t least[MOST], most[MOST], seats;
};

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

static void make(struct house *house, uint32_t entity)
{
    struct rng rng = rng_at(21, 1, entity, 0);
    int64_t floors = 0;
    house->n = 1 + rng_below(&rng, MOST);
    bool ties = rng_below(&rng, 4) == 0;
    for (size_t i = 0; i < house->n; i++) {
        house->votes[i] = ties ? 1 + rng_below(&rng, 3)
                               : pow(10, instance_between(&rng, -2, 3)) * (rng_below(&rng, 8) > 0);
        house->least[i] = rng_below(&rng, 6) == 0 ? rng_below(&rng, 5) : 0;
        house->most[i] = house->least[i] + rng_below(&rng, rng_below(&rng, 3) == 0 ? 4 : 400);
        floors += house->least[i];
    }
    house->seats = floors + rng_below(&rng, 600);
}

static int64_t webster(const struct house *house, int64_t *out)
{
    struct ajar_err err = {0};
    int64_t given = -1;
    assert_int_equal(aid_webster(&arena, house->n, house->votes, house->least, house->most,
                                 house->seats, out, &given, &err),
                     0);
    return given;
}

/* The method as it is told: one seat at a time to the largest quotient. */
static int64_t one_by_one(const struct house *house, int64_t *out)
{
    int64_t left = house->seats;
    for (size_t i = 0; i < house->n; i++) {
        out[i] = house->least[i];
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t best = house->n;
        for (size_t i = 0; i < house->n; i++) {
            double rank = house->votes[i] / (double)(2 * out[i] + 1);
            if (house->votes[i] > 0 && out[i] < house->most[i] &&
                (best == house->n || rank > house->votes[best] / (double)(2 * out[best] + 1))) {
                best = i;
            }
        }
        if (best == house->n) {
            return house->seats - left;
        }
        out[best]++;
    }
    return house->seats;
}

static void the_fast_way_gives_what_one_seat_at_a_time_gives(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct house house;
        int64_t fast[MOST], slow[MOST];
        make(&house, k);
        assert_int_equal(webster(&house, fast), one_by_one(&house, slow));
        assert_memory_equal(fast, slow, house.n * sizeof *fast);
    }
}

static void the_fast_way_agrees_on_many_hosts_and_seats(void **state)
{
    (void)state;
    enum { N = 20000 };
    double *votes = arena_new(&arena, double, N, NULL);
    int64_t *least = arena_new(&arena, int64_t, N, NULL),
            *most = arena_new(&arena, int64_t, N, NULL);
    int64_t *out = arena_new(&arena, int64_t, N, NULL);
    assert_true(votes != NULL && least != NULL && most != NULL && out != NULL);
    for (uint32_t round = 0; round < 8; round++) {
        int64_t floors = 0, room = 0, total = 0, given = 0;
        for (uint32_t i = 0; i < N; i++) {
            struct rng rng = rng_at(22, round, i, 0);
            votes[i] = round == 0 ? 7 : pow(10, instance_between(&rng, -3, 3));
            least[i] = rng_below(&rng, 9) == 0 ? rng_below(&rng, 20) : 0;
            most[i] = least[i] + rng_below(&rng, 1u << (4 * round));
            floors += least[i];
            room += most[i];
        }
        int64_t seats = floors + (room - floors) / 3;
        assert_int_equal(aid_webster(&arena, N, votes, least, most, seats, out, &given, NULL), 0);
        double next = 0, last = (double)INFINITY;
        for (size_t i = 0; i < N; i++) {
            assert_true(out[i] >= least[i] && out[i] <= most[i]);
            total += out[i];
            if (out[i] < most[i]) {
                next = fmax(next, votes[i] / (double)(2 * out[i] + 1));
            }
            if (out[i] > least[i]) {
                last = fmin(last, votes[i] / (double)(2 * out[i] - 1));
            }
        }
        assert_true(total == seats && given == seats);
        assert_true(next <= last);
    }
}

static void no_quotient_that_waits_is_above_one_that_was_served(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct house house;
        int64_t out[MOST];
        make(&house, k);
        int64_t given = webster(&house, out), total = 0;
        double waits = 0, served = (double)INFINITY;
        for (size_t i = 0; i < house.n; i++) {
            total += out[i];
            assert_true(out[i] >= house.least[i] && out[i] <= house.most[i]);
            if (out[i] < house.most[i]) {
                waits = fmax(waits, house.votes[i] / (double)(2 * out[i] + 1));
            }
            if (out[i] > house.least[i]) {
                served = fmin(served, house.votes[i] / (double)(2 * out[i] - 1));
            }
        }
        assert_true(waits <= served);
        assert_int_equal(total, given);
        assert_true(given == house.seats || waits == 0);
    }
}

static void one_tranche_more_takes_none_from_anybody(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct house house;
        int64_t before[MOST], after[MOST];
        make(&house, k);
        webster(&house, before);
        house.seats++;
        webster(&house, after);
        int64_t grown = 0;
        for (size_t i = 0; i < house.n; i++) {
            assert_true(after[i] >= before[i]);
            grown += after[i] - before[i];
        }
        assert_true(grown <= 1);
    }
}

static struct aid_split pay(const struct aid_problem *problem, double budget, double tranche)
{
    struct ajar_err err = {0};
    struct aid_split split;
    struct aid_options options = {budget, (double)INFINITY, tranche};
    if (aid_solve(&arena, problem, &options, &split, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return split;
}

static void a_budget_that_is_no_multiple_leaves_the_rest_over(void **state)
{
    (void)state;
    double need[] = {100, 100}, funded[] = {0, 0}, cap[] = {100, 7.9}, severity[] = {1, 1};
    struct aid_problem problem = {2, need, funded, cap, NULL, NULL, severity, NULL, NULL};
    struct aid_split split = pay(&problem, 41.5, 2);
    assert_int_equal(split.tranches[1], 3); /* 7.9 holds three whole tranches */
    assert_int_equal(split.tranches[0], 17);
    assert_true(fabs(split.tranche_leftover - 1.5) < 1e-12);
    assert_true(fabs(split.largest_deviation - 0.95) < 1e-9 && split.deviation_host == 1);
}

static void a_sum_of_tenths_is_cut_into_whole_tenths(void **state)
{
    (void)state;
    double need[] = {10}, funded[] = {0}, cap[] = {10}, severity[] = {1};
    struct aid_problem problem = {1, need, funded, cap, NULL, NULL, severity, NULL, NULL};
    struct aid_split split = pay(&problem, 0.3, 0.1);
    assert_int_equal(split.tranches[0], 3);
    assert_true(split.tranche_leftover < 1e-15);
}

static void a_need_of_more_tranches_than_an_integer_holds_gets_its_share(void **state)
{
    (void)state;
    double need[] = {1e13, 3e13}, funded[] = {0, 0}, cap[] = {1e13, 3e13}, severity[] = {1, 1};
    struct aid_problem problem = {2, need, funded, cap, NULL, NULL, severity, NULL, NULL};
    struct aid_split split = pay(&problem, 1000, 1e-9);
    assert_int_equal(split.tranches_total, (int64_t)1e12);
    assert_int_equal(split.tranches[0], (int64_t)25e10);
    assert_true(split.largest_deviation < 1);
}

static void floors_are_kept_in_whole_tranches_where_they_can_be(void **state)
{
    (void)state;
    double need[] = {100, 10}, funded[] = {0, 0}, cap[] = {100, 10}, severity[] = {1, 1};
    double floor[] = {0, 2.5};
    struct aid_problem problem = {2, need, funded, cap, floor, NULL, severity, NULL, NULL};
    struct aid_split split = pay(&problem, 12, 2);
    assert_true(split.floors_kept);
    assert_int_equal(split.tranches[1], 2);
    assert_int_equal(split.tranches[0], 4);
    cap[1] = 3; /* two tranches would be above the cap */
    split = pay(&problem, 12, 2);
    assert_false(split.floors_kept);
    assert_int_equal(split.tranches[1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fast_way_gives_what_one_seat_at_a_time_gives),
        cmocka_unit_test(the_fast_way_agrees_on_many_hosts_and_seats),
        cmocka_unit_test(no_quotient_that_waits_is_above_one_that_was_served),
        cmocka_unit_test(one_tranche_more_takes_none_from_anybody),
        cmocka_unit_test(a_budget_that_is_no_multiple_leaves_the_rest_over),
        cmocka_unit_test(a_sum_of_tenths_is_cut_into_whole_tenths),
        cmocka_unit_test(a_need_of_more_tranches_than_an_integer_holds_gets_its_share),
        cmocka_unit_test(floors_are_kept_in_whole_tranches_where_they_can_be),
    };
    return cmocka_run_group_tests_name("aid webster", tests, setup, teardown);
}
