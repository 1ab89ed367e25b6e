/* What a plan means for groups and for the worst-off. */
#include "fair.h"

#include "../base/unit.h"

/* Twelve households and two localities: household h scores 100 - 5 h at the first and twice that at the second. */
struct twelve {
    int32_t need[12], capacity[2], score[24];
    uint64_t first[13];
    uint32_t locality[24], place[12], group[12];
};

static struct place_problem twelve_make(struct twelve *twelve)
{
    for (uint32_t h = 0; h < 12; h++) {
        twelve->need[h] = 1;
        twelve->first[h + 1] = 2 * h + 2;
        twelve->locality[2 * h] = 0;
        twelve->locality[2 * h + 1] = 1;
        twelve->score[2 * h] = 100 - 5 * (int32_t)h;
        twelve->score[2 * h + 1] = 200 - 10 * (int32_t)h;
        twelve->group[h] = h % 3 == 0;
    }
    twelve->first[0] = 0;
    twelve->capacity[0] = twelve->capacity[1] = 12;
    return (struct place_problem){
        12, 2, 1, twelve->need, twelve->capacity, twelve->first, twelve->locality, twelve->score};
}

static struct arena arena;

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "the test", (size_t)1 << 20);
    return 0;
}

static void groups_are_summed(void **state)
{
    (void)state;
    struct twelve twelve;
    struct place_problem problem = twelve_make(&twelve);
    struct fair_report report;
    for (uint32_t h = 0; h < 12; h++) {
        twelve.place[h] = h == 5 ? PLACE_NONE : h == 6;
    }
    assert_int_equal(fair_report(&arena, &problem, twelve.place, twelve.group, 2, &report, NULL),
                     0);
    assert_int_equal(report.n_groups, 2);
    /* Group 1: households 0, 3, 6, 9, of which 6 is at the second. */
    assert_int_equal(report.groups[1].households, 4);
    assert_int_equal(report.groups[1].placed, 4);
    assert_int_equal(report.groups[1].total_micro, 100 + 85 + 140 + 55);
    assert_int_equal(report.groups[1].best_micro, 200 + 170 + 140 + 110);
    assert_int_equal(report.groups[1].least_micro, 55);
    assert_int_equal(report.groups[0].households, 8);
    assert_int_equal(report.groups[0].placed, 7);
    assert_int_equal(report.groups[0].least_micro, 45);
    assert_int_equal(report.all.placed, 11);
    assert_int_equal(report.all.total_micro,
                     report.groups[0].total_micro + report.groups[1].total_micro);
    assert_int_equal(report.all.best_micro,
                     report.groups[0].best_micro + report.groups[1].best_micro);
}

/* Ten of the lowest score; of equal ones those of the lower id. */
static void the_worst_come_first(void **state)
{
    (void)state;
    struct twelve twelve;
    struct place_problem problem = twelve_make(&twelve);
    struct fair_report report;
    memset(twelve.place, 0, sizeof twelve.place);
    twelve.place[11] = PLACE_NONE;
    twelve.score[2 * 3] = 50; /* as household 10 */
    assert_int_equal(fair_report(&arena, &problem, twelve.place, NULL, 0, &report, NULL), 0);
    const uint32_t worst[10] = {3, 10, 9, 8, 7, 6, 5, 4, 2, 1};
    assert_int_equal(report.n_worst, 10);
    assert_memory_equal(report.worst, worst, sizeof worst);
    assert_int_equal(report.n_groups, 1);
    assert_memory_equal(&report.groups[0], &report.all, sizeof report.all);
}

static void nobody_placed(void **state)
{
    (void)state;
    struct twelve twelve;
    struct place_problem problem = twelve_make(&twelve);
    struct fair_report report;
    memset(twelve.place, 0xff, sizeof twelve.place);
    assert_int_equal(fair_report(&arena, &problem, twelve.place, twelve.group, 3, &report, NULL),
                     0);
    assert_int_equal(report.n_worst, 0);
    assert_int_equal(report.all.least_micro, INT32_MAX);
    assert_int_equal(report.groups[2].households, 0);
    assert_int_equal(report.groups[2].best_micro, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_summed),
        cmocka_unit_test(the_worst_come_first),
        cmocka_unit_test(nobody_placed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
