#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "instance.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 26);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Two sound hosts and a sound budget; each test spoils one figure. */
struct sound {
    double need[2], funded[2], cap[2], floor[2], ceiling[2], severity[2], stock[2];
    const char *host[2];
    struct aid_problem problem;
    struct aid_options options;
};

static void make(struct sound *it)
{
    *it = (struct sound){.need = {10, 20},
                         .funded = {1, 2},
                         .cap = {5, 8},
                         .floor = {0, 1},
                         .ceiling = {9, 9},
                         .severity = {1, 2},
                         .stock = {100, 200},
                         .host = {"KGZ", "GEO"}};
    it->problem = (struct aid_problem){2,           it->need,     it->funded, it->cap, it->floor,
                                       it->ceiling, it->severity, it->stock,  it->host};
    it->options = (struct aid_options){6, 2, 1};
}

static void expect(const struct sound *it, const char *slug, const char *words)
{
    struct ajar_err err = {0};
    struct aid_split split = {.n = 77};
    int code = aid_solve(&arena, &it->problem, &it->options, &split, &err);
    assert_true(code != 0);
    assert_int_equal(code, err.code);
    assert_string_equal(err.slug, slug);
    if (strstr(err.text, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
    }
    assert_int_equal(split.n, 77);
}

static void sound_input_is_accepted(void **state)
{
    (void)state;
    struct sound it;
    struct aid_split split;
    make(&it);
    assert_int_equal(aid_solve(&arena, &it.problem, &it.options, &split, NULL), 0);
}

static void every_meaningless_figure_has_its_own_slug(void **state)
{
    (void)state;
    const double bad[] = {0, -1, (double)NAN, (double)INFINITY};
    for (size_t k = 0; k < 4; k++) {
        struct sound it;
        make(&it), it.stock[1] = bad[k], expect(&it, "aid.stock", "stock of GEO");
        make(&it), it.need[0] = bad[k], expect(&it, "aid.need", "need of KGZ");
        make(&it), it.cap[1] = bad[k], expect(&it, "aid.cap", "cap of GEO");
        make(&it), it.severity[0] = bad[k], expect(&it, "aid.severity", "severity of KGZ");
        make(&it), it.options.budget = bad[k], expect(&it, "aid.budget", "budget");
        if (bad[k] != 0) {
            make(&it), it.funded[0] = bad[k], expect(&it, "aid.funded", "funded amount of KGZ");
            make(&it), it.floor[1] = bad[k], expect(&it, "aid.floor", "floor of GEO");
            make(&it), it.options.tranche = bad[k], expect(&it, "aid.tranche", "tranche");
        }
        if (!isinf(bad[k])) {
            make(&it), it.options.alpha = bad[k], expect(&it, "aid.alpha", "Alpha");
            make(&it), it.ceiling[0] = bad[k], expect(&it, "aid.ceiling", "ceiling of KGZ");
        }
    }
}

static void amounts_whose_sum_would_overflow_are_refused(void **state)
{
    (void)state;
    struct sound it;
    make(&it), it.need[0] = 1e201, expect(&it, "aid.need", "at most 1e200");
    make(&it), it.funded[0] = 1e201, expect(&it, "aid.funded", "at most 1e200");
    make(&it), it.cap[1] = 1e308, expect(&it, "aid.cap", "at most 1e200");
    make(&it), it.stock[1] = 1e308, expect(&it, "aid.stock", "at most 1e200");
    make(&it), it.options.budget = 1e308, expect(&it, "aid.budget", "up to 1e200");
    make(&it), it.need[0] = it.need[1] = it.cap[0] = it.cap[1] = it.options.budget = 1e200;
    struct aid_split split;
    it.options.tranche = 0;
    assert_int_equal(aid_solve(&arena, &it.problem, &it.options, &split, NULL), 0);
    assert_true(split.residual_r < 1e-9 && split.residual_budget < 1e-9);
}

static void a_floor_names_the_limit_that_it_passes(void **state)
{
    (void)state;
    struct sound it;
    make(&it), it.floor[0] = 5.5, expect(&it, "aid.floor.above_limit", "its absorption cap");
    make(&it), it.ceiling[0] = 3, it.floor[0] = 4;
    expect(&it, "aid.floor.above_limit", "its ceiling");
    make(&it), it.funded[0] = 8, it.floor[0] = 3;
    expect(&it, "aid.floor.above_limit", "the need that is still open");
    make(&it), it.funded[0] = 12, it.floor[0] = 1;
    expect(&it, "aid.floor.above_limit", "fully funded");
}

static void floors_past_the_budget_name_the_smallest_set(void **state)
{
    (void)state;
    double need[] = {50, 50, 50, 50}, funded[4] = {0}, cap[] = {50, 50, 50, 50};
    double floor[] = {3, 9, 4, 8}, severity[] = {1, 1, 1, 1};
    const char *host[] = {"KAZ", "GEO", "ARM", "KGZ"};
    struct sound it = {.problem = {4, need, funded, cap, floor, NULL, severity, NULL, host},
                       .options = {16, 1, 0}};
    expect(&it, "aid.floors.infeasible", "floors of GEO, KGZ: together they need 17");
    assert_int_equal(ajar_err_exit(E_AID_FLOORS_INFEASIBLE), 4);
    uint32_t *set = NULL;
    size_t count = 0;
    assert_int_equal(aid_floor_conflict(&arena, &it.problem, 20, &set, &count, NULL), 0);
    assert_true(count == 3 && set[0] == 1 && set[1] == 3 && set[2] == 2);
    assert_int_equal(aid_floor_conflict(&arena, &it.problem, 24, &set, &count, NULL), 0);
    assert_true(count == 0);
}

static void a_tranche_above_the_budget_or_far_below_it_is_refused(void **state)
{
    (void)state;
    struct sound it;
    make(&it), it.options.tranche = 7, expect(&it, "aid.tranche", "larger than the budget");
    make(&it), it.options.tranche = 1e-13, expect(&it, "aid.tranche", "million million");
    make(&it), it.options.alpha = 1e-7, expect(&it, "aid.alpha", "below 0.000001");
}

static void no_hosts_are_refused(void **state)
{
    (void)state;
    struct sound it;
    make(&it), it.problem.n = 0, expect(&it, "aid.hosts.none", "0 hosts");
}

static void hosts_without_names_are_called_by_number(void **state)
{
    (void)state;
    struct sound it;
    make(&it), it.problem.host = NULL, it.cap[1] = 0, expect(&it, "aid.cap", "host 2");
}

static void memory_past_the_ceiling_is_an_ordinary_error(void **state)
{
    (void)state;
    struct sound it;
    struct aid_split split = {.n = 77};
    struct ajar_err err = {0};
    make(&it);
    for (size_t ceiling = 0; ceiling < 1200; ceiling += 16) {
        struct arena small;
        arena_init(&small, "small", ceiling);
        int code = aid_solve(&small, &it.problem, &it.options, &split, &err);
        assert_true(code == 0 || code == E_CEILING);
        assert_true(code == 0 || split.n == 77);
        split.n = 77;
        arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_input_is_accepted),
        cmocka_unit_test(every_meaningless_figure_has_its_own_slug),
        cmocka_unit_test(amounts_whose_sum_would_overflow_are_refused),
        cmocka_unit_test(a_floor_names_the_limit_that_it_passes),
        cmocka_unit_test(floors_past_the_budget_name_the_smallest_set),
        cmocka_unit_test(a_tranche_above_the_budget_or_far_below_it_is_refused),
        cmocka_unit_test(no_hosts_are_refused),
        cmocka_unit_test(hosts_without_names_are_called_by_number),
        cmocka_unit_test(memory_past_the_ceiling_is_an_ordinary_error),
    };
    return cmocka_run_group_tests_name("aid refusals", tests, setup, teardown);
}
