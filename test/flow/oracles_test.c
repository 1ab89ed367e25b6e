#include "equal.h"
#include "small.h"

/* Binomial error of n people at a share, five times. */
static double off(double share, double n)
{
    return 5 * sqrt(share * (1 - share) / n) + 1 / n;
}

static const int64_t many = 200000;

/* A conflict place and a camp, `km` apart. */
static void pair(double km, double speed)
{
    small_place(FLOW_CONFLICT, 100);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, km);
    small.params.max_move_speed = speed;
    small.params.camp_movechance = 0;
    small_plan();
    small_start(0, 0, 1000);
}

/* 1: the reference arrives a day late on a road as long as a day's way; Ajar does not. */
static void test_strict_arrival(void **state)
{
    const struct {
        enum flow_rules rules;
        double km;
        int64_t first, second;
    } cases[] = {{FLOW_RULES_FLEE, 400, 0, 1000},
                 {FLOW_RULES_FLEE, 399, 1000, 1000},
                 {FLOW_RULES_AJAR, 400, 1000, 1000},
                 {FLOW_RULES_AJAR, 401, 0, 1000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        small_setup(state);
        small.params.rules = cases[i].rules;
        pair(cases[i].km, 400);
        struct flow_result run = small_run(2, 1);
        assert_int_equal(small_at(&run, 0, 1), cases[i].first);
        assert_int_equal(small_at(&run, 1, 1), cases[i].second);
        small_teardown(state);
    }
    small_setup(state);
}

/* 2: shares of a star go as (softening + km)^-power. */
static void star(double softening, double power, double near, double far, double share)
{
    small_place(FLOW_CONFLICT, 100);
    small_place(FLOW_CAMP, -1);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, near);
    small_road(0, 2, far);
    small.params.softening = softening;
    small.params.distance_power = power;
    small.params.camp_movechance = 0;
    small_plan();
    small_start(0, 0, many);
    struct flow_result run = small_run(1, 2);
    assert_int_equal(small_at(&run, 0, 1) + small_at(&run, 0, 2), many);
    assert_near((double)small_at(&run, 0, 1) / (double)many, share, off(share, (double)many));
}

static void test_star(void **state)
{
    star(10, 1, 10, 30, 2.0 / 3);
    small_teardown(state);
    small_setup(state);
    double share = 1 / (1 + pow(100.0 / 150, 0.75));
    assert_near(share, 0.5754, 5e-5); /* the digits of the report */
    star(50, 0.75, 50, 100, share);
}

/* 3: two towns: another decision follows each first arrival, none the second. */
static void test_two_towns(void **state)
{
    (void)state;
    const double p = 0.3, u = p * (1 - p);
    const double said[] = {0.79, 0.668, 0.598, 0.557, 0.533};
    small_place(FLOW_TOWN, 0);
    small_place(FLOW_TOWN, 0);
    small_road(0, 1, 60);
    small.params.max_move_speed = 100;
    small.params.default_movechance = p;
    small_plan();
    small_start(0, 0, many);
    struct flow_result run = small_run(5, 3);
    for (int n = 1; n <= 5; n++) {
        double share = 0.5 + 0.5 * pow(1 - 2 * u, n);
        assert_near(share, said[n - 1], 5e-4);
        assert_near((double)small_at(&run, n - 1, 0) / (double)many, share,
                    off(share, (double)many));
    }
}

/* 4: a line from a conflict through a town to a camp. */
static void test_line(void **state)
{
    (void)state;
    const double p = 0.3, q = 1 / 1.25, r = p * (1 - q);
    const double said[] = {0.24, 0.422, 0.561, 0.666, 0.746};
    small_place(FLOW_CONFLICT, 100);
    small_place(FLOW_TOWN, 0);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 60);
    small_road(1, 2, 60);
    small.params.max_move_speed = 100;
    small.params.default_movechance = p;
    small.params.camp_movechance = 0;
    small.params.conflict_weight = 0.25;
    small_plan();
    small_start(0, 0, many);
    struct flow_result run = small_run(5, 4);
    for (int n = 1; n <= 5; n++) {
        double in_a = pow(r, n), left = pow(1 - p * q, n);
        const double share[] = {in_a, left - in_a, 1 - left};
        assert_near(share[2], said[n - 1], 5e-4);
        for (uint32_t k = 0; k < 3; k++) {
            assert_near((double)small_at(&run, n - 1, k) / (double)many, share[k],
                        off(share[k], (double)many));
        }
    }
}

/* 5: a camp of 1000, scaled to 1250, takes 100 a day up to 1200; of 5000 at once it takes all. */
static void test_capacity(void **state)
{
    assert_near(flow_weights_room(1250, 0.9, 1125), 1, 0);
    assert_near(flow_weights_room(1250, 0.9, 1250), 0, 0);
    assert_near(flow_weights_room(12500, 0.9, 11875), 0.5, 1e-12); /* 1187.5 of 1250 */
    assert_near(flow_weights_room(0.99, 0.9, 5), 1, 0);
    for (int at_once = 0; at_once < 2; at_once++) {
        small_place(FLOW_CONFLICT, 100);
        small_place(FLOW_CAMP, 1000);
        small_road(0, 1, 100);
        small.params.capacity_scaling = 1.25;
        small.params.camp_movechance = 0;
        small_plan();
        assert_near(small.plan.capacity[1], 1250, 0);
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            small_start(day, 0, at_once != 0 ? (day == 0 ? 5000 : 0) : 100);
        }
        struct flow_result run = small_run(SMALL_DAYS, 5);
        if (at_once != 0) {
            assert_int_equal(small_at(&run, 0, 1), 5000);
        } else {
            for (int32_t day = 0; day < SMALL_DAYS; day++) {
                assert_int_equal(small_at(&run, day, 1), day < 12 ? 100 * (day + 1) : 1200);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* 6: what the totals rise by, less what they fell by; the day-0 people are cut from the capacity. */
static void test_spawn(void **state)
{
    const struct {
        int32_t day;
        int64_t count;
    } counts[] = {{0, 100}, {10, 300}, {20, 200}, {30, 400}};
    for (int own = 0; own < 2; own++) {
        small_place(FLOW_CONFLICT, 100);
        small_place(FLOW_CAMP, 500);
        small_road(0, 1, 100);
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.world.n_reports = 0;
        for (int i = 0; i < 4; i++) {
            small.reports[small.world.n_reports++] =
                (struct flow_report){.place = 1, .date = counts[i].day, .count = counts[i].count};
        }
        small_plan();
        int64_t people = small.plan.day0[1];
        assert_int_equal(people, 100);
        assert_near(small.plan.capacity[1], own != 0 ? 500 : 400, 0);
        for (int32_t day = 0; day <= 30; day++) {
            people += small.plan.spawn[day];
            int64_t wanted = day <= 10 ? 100 + 20 * day : day <= 25 ? 300 : 300 + 20 * (day - 25);
            assert_int_equal(people, wanted);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* 7: a road that shut while someone was on it: the reference sends them back although it is open again. */
static void test_shut_behind(void **state)
{
    for (int own = 0; own < 2; own++) {
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.world.n_closures = 0;
        small_closure(FLOW_CLOSE_LOCATION, 1, 1, 2);
        pair(350, 100);
        small.plan.movechance[(size_t)3 * 2] = 0; /* stay when back */
        struct flow_result run = small_run(4, 7);
        for (int32_t day = 0; day < 3; day++) {
            assert_int_equal(run.on_links[day], 1000);
        }
        assert_int_equal(small_at(&run, 3, own != 0 ? 1 : 0), 1000);
        small_teardown(state);
        small_setup(state);
    }
    /* Shut when they arrive, they come back under both. */
    small.params.rules = FLOW_RULES_AJAR;
    small_closure(FLOW_CLOSE_LOCATION, 1, 1, 9);
    pair(350, 100);
    struct flow_result run = small_run(4, 7);
    assert_int_equal(small_at(&run, 3, 0), 1000);
}

/* 8: hubs 150 km apart at 200 km a day: the reference does 300, Ajar 200. */
static void test_overshoot(void **state)
{
    enum { HUBS = 10 };
    for (int own = 0; own < 2; own++) {
        for (uint32_t i = 0; i < HUBS; i++) {
            small_place(FLOW_FORWARD, 0);
        }
        for (uint32_t i = 0; i + 1 < HUBS; i++) {
            small_road(i, i + 1, 150);
        }
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.max_move_speed = 200;
        small_plan();
        for (uint32_t link = 0; link < small.plan.n_links; link++) { /* one way only */
            for (int32_t day = 0; day < SMALL_DAYS; day++) {
                small.plan.open[(size_t)day * small.plan.n_links + link] =
                    small.plan.to[link] > small.plan.from[link];
            }
        }
        small_start(0, 0, 500);
        struct flow_result run = small_run(4, 8);
        for (int32_t day = 0; day < 4; day++) {
            if (own == 0) {
                assert_int_equal(small_at(&run, day, 2 * (uint32_t)(day + 1)), 500);
            } else {
                /* 200, 400, 600, 800 km: on the way but for the third day, at hub 4. */
                assert_int_equal(run.on_links[day], day == 2 ? 0 : 500);
                assert_int_equal(small_at(&run, day, 4), day == 2 ? 500 : 0);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

static int fast(struct arena *arena, const struct flow_plan *plan, const struct flow_params *params,
                const struct flow_run_options *options, struct flow_result *result,
                struct ajar_err *err)
{
    struct flow_agents *agents;
    TRY(flow_agents_open(&agents, arena, plan, params, options, err));
    return flow_agents_run(agents, plan->n_days, NULL, NULL, result, err);
}

static struct equal_report beside_reference(const struct equal_reference *reference, int32_t blocks)
{
    struct flow_plan plan;
    struct ajar_err err = {0};
    struct flow_params params = flow_params_validation();
    struct flow_world world = flee_world(&small.arena, reference->name, NULL);
    params.hasten = reference->hasten;
    params.blocks = blocks;
    assert_int_equal(flow_plan_make(&small.arena, &world, &params, DATE_NONE, &plan, &err), 0);
    char path[200];
    snprintf(path, sizeof path, FLEE_DATA "/%s/flee_reference.csv", reference->name);
    struct equal_table table = equal_read(&small.arena, &world, path);
    struct equal_report report = equal_run(fast, &plan, &params, &table, reference, 12);
    print_message("%s, %d blocks: rescaled ARD %.4f, the reference's %.4f; z %.2f; rms z of camps "
                  "%.2f\n",
                  reference->name, blocks, report.ard, reference->ard, report.ard_z, report.rms_z);
    return report;
}

/* Two conflicts beside the reference's own runs; test/flow/equal.c has all eight. */
static void test_reference(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct equal_reference *reference = &equal_references[i];
        struct equal_report report = beside_reference(reference, flow_params_default().blocks);
        assert_true(fabs(report.ard_z) <= 3);
        assert_true(fabs(report.ard - reference->ard) <= 0.012);
        assert_true(report.rms_z <= 1.7);
        assert_true(report.worst_z <= 4.5);
    }
}

/* With occupancy as of the start of each phase the same bounds are missed by far: they can fail. */
static void test_frozen(void **state)
{
    (void)state;
    struct equal_report report = beside_reference(&equal_references[1], 1);
    assert_string_equal(equal_references[1].name, "burundi2015");
    assert_true(report.rms_z > 3);
    assert_true(report.worst_z > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_strict_arrival, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_star, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_two_towns, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_line, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_capacity, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_spawn, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_shut_behind, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_overshoot, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_reference, small_setup, small_teardown),
        cmocka_unit_test_setup_teardown(test_frozen, small_setup, small_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
