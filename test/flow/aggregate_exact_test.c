#include "aggregate_runs.h"

/* The reference wants more km than the road has; under own rules so many are enough. */
static void test_arrival(void **state)
{
    for (int own = 0; own < 2; own++) {
        for (int km = 399; km <= 401; km++) {
            uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CAMP, -1);
            small_road(a, b, km);
            small.params = flow_params_validation();
            small.params.rules = own ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
            small.params.camp_movechance = 0;
            small_plan();
            small_start(0, a, 1000);
            struct flow_result result = run(2, 1);
            bool first = own ? km <= 400 : km < 400;
            assert_int_equal(small_at(&result, 0, b), first ? 1000 : 0);
            assert_int_equal(result.on_links[0], first ? 0 : 1000);
            assert_int_equal(small_at(&result, 1, b), 1000);
            small_teardown(state);
            small_setup(state);
        }
    }
}

/* 100 km on foot at 35 km a day: the third day.  The second road is then done by car on the same day; under
 * own rules there is too little left of it. */
static void test_on_foot(void **state)
{
    for (int own = 0; own < 2; own++) {
        uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CONFLICT, 1);
        uint32_t c = small_place(FLOW_CAMP, -1);
        small_road(a, b, 100);
        small_road(b, c, 200);
        small.params = flow_params_validation();
        small.params.rules = own ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.conflict_weight = 1e-6;
        small.params.start_on_foot = true;
        small.params.camp_movechance = 0;
        small_plan();
        small_start(0, a, 100);
        struct flow_result result = run(4, 1);
        assert_int_equal(result.on_links[1], 100);
        assert_int_equal(small_at(&result, 2, c), own ? 0 : 100);
        assert_int_equal(result.on_links[2], own ? 100 : 0);
        assert_int_equal(small_at(&result, 3, c), 100);
        small_teardown(state);
        small_setup(state);
    }
}

/* Nobody leaves a town by chance.  Who comes over 450 km has done 50 today and 200 of late, and goes on; over
 * 900 km it is 100 and 300: that is a day's way, and enough. */
static void test_short_stint(void **state)
{
    for (int far = 0; far < 2; far++) {
        uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_TOWN, 1);
        uint32_t c = small_place(FLOW_CAMP, -1);
        small_road(a, b, far ? 900 : 450);
        small_road(b, c, 60);
        small.params = flow_params_validation();
        small.params.conflict_weight = 1e-6;
        small.params.default_movechance = 0;
        small.params.camp_movechance = 0;
        small_plan();
        small_start(0, a, 1000);
        struct flow_result result = run(6, 1);
        assert_int_equal(small_at(&result, far ? 2 : 1, far ? b : c), 1000);
        assert_int_equal(small_at(&result, 5, far ? b : c), 1000);
        small_teardown(state);
        small_setup(state);
    }
}

/* What is remembered halves while people rest: 225 km on the day of arrival, 28 four days later; then 200 km
 * more are too little to stay. */
static void test_rest(void **state)
{
    (void)state;
    const int32_t leave = 5;
    uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_TOWN, 1);
    uint32_t d = small_place(FLOW_TOWN, 1), c = small_place(FLOW_CAMP, -1);
    small_road(a, b, 650);
    small_road(b, d, 200);
    small_road(d, c, 60);
    small.params = flow_params_validation();
    small.params.conflict_weight = 1e-6;
    small.params.default_movechance = 0;
    small.params.camp_movechance = 0;
    small_plan();
    small.plan.movechance[(size_t)leave * small.plan.n_places + b] = 1;
    small_start(0, a, 1000);
    struct flow_result result = run(leave + 1, 1);
    assert_int_equal(small_at(&result, leave - 1, b), 1000);
    assert_int_equal(small_at(&result, leave, d), 0);
    assert_true(small_at(&result, leave, c) > 500);
}

/* Shuts the links between two places on a day, for the plan only. */
static void shut_on(int32_t shut, uint32_t from, uint32_t to)
{
    struct flow_plan *plan = &small.plan;
    for (uint32_t link = 0; link < plan->n_links; link++) {
        if (plan->from[link] != from || plan->to[link] != to) {
            continue;
        }
        plan->open[(size_t)shut * plan->n_links + link] = 0;
        for (int32_t day = shut; day < SMALL_DAYS; day++) {
            plan->last_closed[(size_t)day * plan->n_links + link] = shut;
        }
    }
}

/* A road of four days, shut on the second: the reference sends people back when they arrive, own rules look at
 * the road as it is then. */
static void test_shut_behind(void **state)
{
    for (int own = 0; own < 2; own++) {
        uint32_t a = small_place(FLOW_CONFLICT, 1), c = small_place(FLOW_CAMP, -1);
        small_road(a, c, 1500);
        small.params = flow_params_validation();
        small.params.rules = own ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.camp_movechance = 0;
        small_plan();
        small_start(0, a, 1000);
        shut_on(1, a, c);
        struct flow_result result = run(4, 1);
        assert_int_equal(result.on_links[2], 1000);
        assert_int_equal(small_at(&result, 3, own ? c : a), 1000);
        small_teardown(state);
        small_setup(state);
    }
}

/* Whose way leads over a second road and who is sent back: the reference lets them try the second road from
 * the wrong place for a day; under own rules they choose anew at once. */
static void test_lost_trail(void **state)
{
    for (int own = 0; own < 2; own++) {
        uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CONFLICT, 1);
        uint32_t c = small_place(FLOW_CAMP, -1);
        small_road(a, b, 1500);
        small_road(b, c, 60);
        small.params = flow_params_validation();
        small.params.rules = own ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.params.awareness = 2;
        small.params.conflict_weight = 1e-6;
        small.params.camp_movechance = 0;
        small_plan();
        small_start(0, a, 1000);
        shut_on(3, a, b);
        struct flow_result result = run(6, 1);
        assert_int_equal(small_at(&result, 3, a), 1000);
        assert_int_equal(small_at(&result, 4, a), own ? 0 : 1000);
        assert_int_equal(small_at(&result, 5, a), 0);
        small_teardown(state);
        small_setup(state);
    }
}

/* Who leaves splits by (softening + km)^-power. */
static void test_star(void **state)
{
    (void)state;
    const int64_t n = 1000000;
    uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CAMP, -1);
    uint32_t c = small_place(FLOW_CAMP, -1);
    small_road(a, b, 50);
    small_road(a, c, 100);
    small.params = flow_params_validation();
    small.params.camp_movechance = 0;
    small_plan();
    small_start(0, a, n);
    struct flow_result result = run(1, 7);
    double share = 1 / (1 + pow(150.0 / 100, -0.75));
    assert_near((double)small_at(&result, 0, b) / (double)n, share, 5 * sqrt(0.25 / (double)n));
    assert_int_equal(small_at(&result, 0, b) + small_at(&result, 0, c), n);
}

/* Two towns 60 km apart: a second decision follows each first arrival of a day, and no third. */
static void test_two_towns(void **state)
{
    (void)state;
    const int64_t n = 1000000;
    const double p = 0.3;
    uint32_t a = small_place(FLOW_TOWN, 1), b = small_place(FLOW_TOWN, 1);
    small_road(a, b, 60);
    small.params.max_move_speed = 100;
    small.params.avoid_short_stints = false;
    small.params.default_movechance = p;
    small_place(FLOW_CAMP, -1);
    small_plan();
    small_start(0, a, n);
    struct flow_result result = run(8, 3);
    double kept = 1;
    for (int32_t day = 0; day < 8; day++) {
        kept *= 1 - 2 * p * (1 - p);
        assert_near((double)small_at(&result, day, a) / (double)n, 0.5 + 0.5 * kept, 0.003);
    }
}

/* A camp that is full is no choice under own rules: who comes after had left before it was. */
static void test_limit(void **state)
{
    (void)state;
    const int64_t daily = 100, capacity = 1250;
    uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CAMP, 1000);
    small_road(a, b, 60);
    small.params = flow_params_validation();
    small.params.rules = FLOW_RULES_AJAR;
    small.params.camp_movechance = 0;
    small_plan();
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        small_start(day, a, daily);
    }
    struct flow_result result = run(SMALL_DAYS, 1);
    int64_t last = 0;
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        int64_t in = small_at(&result, day, b);
        assert_true(last < capacity ? in >= last : in == last);
        last = in;
    }
    /* The last day on which it has room takes all who stand before it, no more. */
    assert_true(last >= capacity && last < capacity + daily);
    assert_int_equal(small_at(&result, SMALL_DAYS - 1, a), SMALL_DAYS * daily - last);
}

/* A crowd passes by a camp that fills meanwhile: batches see it fill. */
static void test_limit_on_a_day(void **state)
{
    (void)state;
    const int64_t n = 100000, capacity = 20000;
    uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CONFLICT, 1);
    uint32_t c = small_place(FLOW_CAMP, 20000), d = small_place(FLOW_CAMP, -1);
    small_road(a, b, 60);
    small_road(b, c, 60);
    small_road(b, d, 60);
    small.params = flow_params_validation();
    small.params.rules = FLOW_RULES_AJAR;
    small.params.capacity_scaling = 1;
    small.params.camp_movechance = 0;
    small_plan();
    small_start(0, a, n);
    struct flow_result result = run(3, 1);
    assert_true(small_at(&result, 2, c) > capacity * 9 / 10);
    assert_true(small_at(&result, 2, c) < capacity * 11 / 10);
    assert_true(small_at(&result, 2, d) > n / 2);
}

/* Who started first comes from farther, and both come to a camp on the same day, each over a road of their
 * own: the agents ask the older first.  In a run of few people all are asked alike. */
static void test_oldest_first(void **state)
{
    for (int many = 0; many < 2; many++) {
        const int64_t n = many ? 1200000 : 4000, capacity = many ? 450000 : 1500;
        uint32_t a = small_place(FLOW_CONFLICT, 1), b = small_place(FLOW_CONFLICT, 1);
        uint32_t old = small_place(FLOW_CONFLICT, 1), young = small_place(FLOW_CONFLICT, 1);
        uint32_t c = small_place(FLOW_CAMP, capacity), d = small_place(FLOW_CAMP, -1);
        const double km[] = {1500, 60, 60, 60, 60, 60};
        const uint32_t from[] = {a, b, old, old, young, young}, to[] = {old, young, c, d, c, d};
        for (int i = 0; i < 6; i++) {
            small_road(from[i], to[i], km[i]);
        }
        small.params = flow_params_validation();
        small.params.rules = FLOW_RULES_AJAR;
        small.params.conflict_weight = 1e-6;
        small.params.capacity_scaling = 1;
        small.params.camp_movechance = 0;
        small_plan();
        small_start(0, a, n);
        small_start(3, b, n);
        struct flow_result result = run(4, 1);
        int64_t went[2] = {0, 0};
        for (uint32_t link = 0; link < small.plan.n_links; link++) {
            int64_t n_link = result.link_flow[(size_t)3 * small.plan.n_links + link];
            went[0] += small.plan.from[link] == old && small.plan.to[link] == c ? n_link : 0;
            went[1] += small.plan.from[link] == young && small.plan.to[link] == c ? n_link : 0;
        }
        assert_true(went[0] + went[1] > capacity * 9 / 10);
        assert_true(went[0] + went[1] < capacity * 11 / 10);
        assert_true(many ? went[1] < capacity / 20 : went[1] > capacity / 3);
        small_teardown(state);
        small_setup(state);
    }
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_arrival),        UNIT(test_on_foot),      UNIT(test_short_stint),
        UNIT(test_rest),           UNIT(test_shut_behind),  UNIT(test_lost_trail),
        UNIT(test_star),           UNIT(test_two_towns),    UNIT(test_limit),
        UNIT(test_limit_on_a_day), UNIT(test_oldest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
