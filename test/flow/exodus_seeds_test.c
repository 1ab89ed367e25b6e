#include "exodus_small.h"

/* ---- Same bytes ---- */

/* The first days of all arrays. */
static bool same_days(const struct exodus_result *a, const struct exodus_result *b, uint32_t days)
{
    size_t doors = (size_t)days * tiny.model.n_doors;
    size_t cells = doors * tiny.model.n_classes * EXODUS_KINDS;
    size_t classes = (size_t)days * tiny.model.n_classes;
    const struct {
        const double *a, *b;
        size_t n;
    } lists[] = {
        {a->asked, b->asked, cells},           {a->admitted, b->admitted, cells},
        {a->refused, b->refused, cells},       {a->gave_up, b->gave_up, cells},
        {a->waiting, b->waiting, cells},       {a->exits[0], b->exits[0], doors},
        {a->exits[1], b->exits[1], doors},     {a->onward, b->onward, doors},
        {a->present[0], b->present[0], doors}, {a->present[1], b->present[1], doors},
        {a->set_out, b->set_out, classes},     {a->deterred, b->deterred, classes},
        {a->stopped, b->stopped, classes},     {a->pool, b->pool, classes},
        {a->stranded, b->stranded, classes},
    };
    bool same = true;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        same = same && memcmp(lists[i].a, lists[i].b, lists[i].n * sizeof(double)) == 0;
    }
    return same;
}

static void test_bytes(void **state)
{
    (void)state;
    const uint32_t shuts = 20;
    for (int engine = TINY_PEOPLE; engine <= TINY_WALK; engine++) {
        struct exodus_result again;
        tiny_full(3, true);
        assert_int_equal(exodus_result_new(&tiny.arena, &tiny.model, &again, NULL), 0);
        tiny_run((enum tiny_engine)engine, 77);
        assert_int_equal(tiny_try((enum tiny_engine)engine, 77, &again), 0);
        assert_true(same_days(&tiny.out, &again, TINY_FULL_DAYS));
        tiny_gate(shuts, 1, 0, GATE_CLOSED);
        assert_int_equal(tiny_try((enum tiny_engine)engine, 77, &again), 0);
        assert_true(same_days(&tiny.out, &again, shuts));
        assert_false(same_days(&tiny.out, &again, shuts + 1));
        /* Every bit of the seed counts. */
        assert_int_equal(tiny_try((enum tiny_engine)engine, 77 | UINT64_C(1) << 63, &again), 0);
        assert_false(same_days(&tiny.out, &again, shuts));
    }
}

/* What a door that shuts does not reach keeps its chance: who sets out, and traffic elsewhere. */
static void test_shared_chance(void **state)
{
    (void)state;
    struct exodus_result again;
    tiny_full(3, true);
    assert_int_equal(exodus_result_new(&tiny.arena, &tiny.model, &again, NULL), 0);
    tiny_run(TINY_PEOPLE, 5);
    tiny_gate(10, 1, 0, GATE_CLOSED);
    assert_int_equal(tiny_try(TINY_PEOPLE, 5, &again), 0);
    assert_memory_equal(tiny.out.set_out, again.set_out,
                        (size_t)TINY_FULL_DAYS * tiny.model.n_classes * sizeof(double));
    for (uint32_t day = 0; day < TINY_FULL_DAYS; day++) {
        for (uint32_t c = 0; c < 3; c++) {
            size_t cell = exodus_cell(&tiny.model, day, 2, c, EXODUS_TRAFFIC);
            assert_true(memcmp(&tiny.out.admitted[cell], &again.admitted[cell], sizeof(double)) ==
                        0);
        }
    }
}

/* The days of one cell, or of one door. */
static bool same_row(const double *days, size_t width, size_t a, size_t b)
{
    bool same = true;
    for (uint32_t day = 0; day < tiny.model.n_days; day++) {
        same = same && fabs(days[day * width + a] - days[day * width + b]) < 0.5;
    }
    return same;
}

static bool any_same_row(const double *days, size_t width)
{
    bool any = false;
    for (size_t a = 0; a < width; a++) {
        for (size_t b = 0; b < a; b++) {
            any = any || same_row(days, width, a, b);
        }
    }
    return any;
}

/* Doors, classes and kinds that are alike have chances of their own. */
static void test_own_chance(void **state)
{
    (void)state;
    for (int engine = TINY_PEOPLE; engine <= TINY_WALK; engine++) {
        tiny_make(20, 3, 3, 2);
        tiny.setting.traffic_goes = tiny.setting.flight_goes = tiny.setting.returns = 0.5;
        tiny.setting.onward = tiny.setting.discretion = tiny.setting.queue_leaves = 0.5;
        for (uint32_t d = 0; d < 3; d++) {
            tiny.setting.capacity[d] = 80;
            for (uint32_t c = 0; c < 3; c++) {
                tiny_traffic(d, c, 30);
                tiny_gate(0, d, c, GATE_DISCRETION);
            }
        }
        for (uint32_t day = 0; day < 20; day++) {
            tiny.setting.departs[day] = 270;
        }
        tiny_run((enum tiny_engine)engine, 8);
        const struct exodus_result *out = &tiny.out;
        const double *of_cells[] = {out->asked, out->admitted, out->refused, out->gave_up,
                                    out->waiting};
        for (size_t i = 0; i < 5; i++) {
            assert_false(any_same_row(of_cells[i], (size_t)3 * 3 * EXODUS_KINDS));
        }
        assert_false(any_same_row(out->exits[EXODUS_TRAFFIC], 3));
        assert_false(any_same_row(out->exits[EXODUS_FLIGHT], 3));
        assert_false(any_same_row(out->onward, 3));
        assert_false(any_same_row(out->set_out, 3));
    }
}

/* ---- Mistakes ---- */

static void test_too_many(void **state)
{
    (void)state;
    static const double bad[] = {1e20, INFINITY, NAN};
    for (size_t i = 0; i < 3; i++) {
        for (int engine = TINY_PEOPLE; engine <= TINY_WALK; engine++) {
            tiny_full(1, true);
            tiny.out.asked[0] = 3;
            tiny.setting.departs[4] = bad[i];
            assert_int_equal(tiny_try((enum tiny_engine)engine, 1, &tiny.out), E_FLOW_TOO_LARGE);
            assert_near(tiny.out.asked[0], 3, 0);
        }
    }
}

/* ---- The largest and the smallest model ---- */

static void test_largest(void **state)
{
    (void)state;
    for (int engine = TINY_PEOPLE; engine <= TINY_WALK; engine++) {
        double set_out = 0, admitted = 0;
        tiny_make(3, EXODUS_DOORS_MOST, EXODUS_CLASSES_MOST, EXODUS_REGIONS_MOST);
        for (uint32_t day = 0; day < 3; day++) {
            tiny.setting.departs[day] = 2000;
        }
        tiny.setting.returns = tiny.setting.flight_goes = 0.5;
        tiny_traffic(EXODUS_DOORS_MOST - 1, EXODUS_CLASSES_MOST - 1, 20);
        tiny_run((enum tiny_engine)engine, 1);
        for (uint32_t day = 0; day < 3; day++) {
            for (uint32_t c = 0; c < EXODUS_CLASSES_MOST; c++) {
                set_out += tiny_class(tiny.out.set_out, day, c);
                for (uint32_t d = 0; d < EXODUS_DOORS_MOST; d++) {
                    double more = tiny_cell(tiny.out.admitted, day, d, c, EXODUS_FLIGHT);
                    assert_true(more > 0);
                    admitted += more;
                }
            }
        }
        assert_true(set_out > 5000);
        assert_near(admitted, set_out, 0);
    }
}

static void test_nobody(void **state)
{
    (void)state;
    for (int engine = 0; engine < TINY_ENGINES; engine++) {
        tiny_make(1, 1, 1, 1);
        tiny_run((enum tiny_engine)engine, 1);
        assert_near(tiny.out.asked[EXODUS_FLIGHT] + tiny.out.pool[0] + tiny.out.set_out[0], 0, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_bytes, tiny_teardown),
        cmocka_unit_test_teardown(test_shared_chance, tiny_teardown),
        cmocka_unit_test_teardown(test_own_chance, tiny_teardown),
        cmocka_unit_test_teardown(test_too_many, tiny_teardown),
        cmocka_unit_test_teardown(test_largest, tiny_teardown),
        cmocka_unit_test_teardown(test_nobody, tiny_teardown),
    };
    return cmocka_run_group_tests_name("exodus_seeds", tests, NULL, NULL);
}
