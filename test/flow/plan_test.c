#include "known.h"
#include "small.h"

static struct flow_plan *plan = &small.plan;

static size_t link_between(uint32_t a, uint32_t b)
{
    for (uint32_t link = plan->first[a]; link < plan->first[a + 1]; link++) {
        if (plan->to[link] == b) {
            return link;
        }
    }
    fail_msg("no link from %u to %u", a, b);
    return 0;
}

static bool is_open(int32_t day, uint32_t a, uint32_t b)
{
    return plan->open[(size_t)day * plan->n_links + link_between(a, b)] != 0;
}

static int32_t last_closed(int32_t day, uint32_t a, uint32_t b)
{
    return plan->last_closed[(size_t)day * plan->n_links + link_between(a, b)];
}

static enum flow_type type_on(int32_t day, uint32_t p)
{
    return (enum flow_type)plan->type[(size_t)day * plan->n_places + p];
}

static double intensity_on(int32_t day, uint32_t p)
{
    return plan->intensity[(size_t)day * plan->n_places + p];
}

static void own_rules(void)
{
    small.params.rules = FLOW_RULES_AJAR;
}

/* Three places: 0 and 1 in country X, 2 in Y; roads 0-1, 1-2, 0-2. */
static void three_places(void)
{
    for (uint32_t p = 0; p < 3; p++) {
        small_place(p == 0 ? FLOW_CONFLICT : FLOW_TOWN, 100);
    }
    small.places[2].country = TEXT_LIT("Y");
    small_road(0, 1, 10);
    small_road(1, 2, 20);
    small_road(0, 2, 30);
}

/* ---- Links ---- */

static void test_links_follow_rows(void **state)
{
    (void)state;
    three_places();
    small_plan();
    assert_int_equal(plan->n_links, 6);
    const uint32_t first[] = {0, 2, 4, 6}, to[] = {1, 2, 0, 2, 1, 0};
    const double km[] = {10, 30, 10, 20, 20, 30};
    assert_memory_equal(plan->first, first, sizeof first);
    assert_memory_equal(plan->to, to, sizeof to);
    for (size_t i = 0; i < 6; i++) {
        assert_near(plan->km[i], km[i], 0);
    }
}

static void test_forced_roads(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.roads[0].forced = 1;
        small.roads[1].forced = 2;
        struct flow_closure *closure = small_closure(FLOW_CLOSE_FORCED, 0, 0, 7);
        closure->place2 = 1;
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_plan();
        /* The reference adds the pair of its flag 1, b to a, twice, and heeds no flag. */
        assert_int_equal(plan->n_links, own != 0 ? 6 : 8);
        if (own == 0) {
            assert_null(plan->forced);
        } else {
            for (int32_t day = 0; day < SMALL_DAYS; day++) {
                const uint8_t *forced = plan->forced + (size_t)day * plan->n_links;
                assert_int_equal(forced[link_between(0, 1)], day >= 7);
                assert_int_equal(forced[link_between(1, 0)], 0);
                assert_int_equal(forced[link_between(2, 1)], 1);
                assert_int_equal(forced[link_between(1, 2)], 0);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- Closures ---- */

static void test_country(void **state)
{
    (void)state;
    three_places();
    struct flow_closure *closure = small_closure(FLOW_CLOSE_COUNTRY, FLOW_NONE, 3, 6);
    closure->name1 = TEXT_LIT("Y");
    closure->name2 = TEXT_LIT("X");
    small_plan();
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        bool shut = day >= 3 && day < 6;
        assert_int_equal(is_open(day, 1, 2), !shut);
        assert_int_equal(is_open(day, 2, 1), !shut);
        assert_int_equal(is_open(day, 0, 2), !shut);
        assert_true(is_open(day, 0, 1));
        assert_int_equal(last_closed(day, 1, 2), day < 3 ? -1 : day < 6 ? day : 5);
        assert_int_equal(last_closed(day, 0, 1), -1);
    }
}

/* A reopening undoes other closures in the reference only. */
static void test_overlap(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        struct flow_closure *closure = small_closure(FLOW_CLOSE_COUNTRY, FLOW_NONE, 1, 9);
        closure->name1 = TEXT_LIT("X");
        closure->name2 = TEXT_LIT("Y");
        small_closure(FLOW_CLOSE_LOCATION, 2, 2, 4);
        small_closure(FLOW_CLOSE_LOCATION, 1, 20, -1);
        small_plan();
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            int32_t end = own != 0 ? 9 : 4;
            assert_int_equal(is_open(day, 0, 2), !(day >= 1 && day < end));
            assert_int_equal(is_open(day, 0, 1), day < 20);
        }
        small_teardown(state);
        small_setup(state);
    }
}

static void test_link(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_closure(FLOW_CLOSE_LINK, 1, 2, 5)->place2 = 2;
        small_plan();
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            bool shut = own != 0 && day >= 2 && day < 5;
            assert_int_equal(is_open(day, 1, 2), !shut);
            assert_int_equal(is_open(day, 2, 1), !shut);
            assert_true(is_open(day, 0, 1));
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* Shut and opened on one day: open, yet those on it were cut off. */
static void test_same_day(void **state)
{
    (void)state;
    three_places();
    small_closure(FLOW_CLOSE_LOCATION, 2, 4, 4);
    small_plan();
    assert_true(is_open(4, 1, 2));
    assert_int_equal(last_closed(3, 1, 2), -1);
    assert_int_equal(last_closed(9, 1, 2), 4);
}

static void test_camp_opens_late(void **state)
{
    (void)state;
    small.params.camp_movechance = 0.002;
    small.params.idpcamp_movechance = 0.004;
    small.params.default_movechance = 0.4;
    three_places();
    small_place(FLOW_CAMP, 70);
    small_place(FLOW_IDPCAMP, 80);
    small_closure(FLOW_CLOSE_CAMP, 3, 0, 10);
    small_closure(FLOW_CLOSE_IDPCAMP, 4, 2, 5);
    small_closure(FLOW_CLOSE_CAMP, FLOW_NONE, 0, 10);
    small_plan();
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        bool town3 = day < 10, town4 = day >= 2 && day < 5;
        size_t row = (size_t)day * plan->n_places;
        assert_int_equal(type_on(day, 3), town3 ? FLOW_TOWN : FLOW_CAMP);
        assert_int_equal(type_on(day, 4), town4 ? FLOW_TOWN : FLOW_IDPCAMP);
        assert_near(plan->movechance[row + 3], town3 ? 0.4 : 0.002, 0);
        assert_near(plan->movechance[row + 4], town4 ? 0.4 : 0.004, 0);
    }
    assert_near(plan->capacity[3], 70, 0);
}

/* ---- Conflicts ---- */

static void test_edges(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_conflict(1, 3, 1);
        small_conflict(1, 6, 0.5);
        small_conflict(1, 9, 0);
        small_conflict(1, 12, 2);
        small_plan();
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            bool fights = (day >= 3 && day < 9) || day >= 12;
            double intensity = day >= 12 ? 2 : own != 0 && day >= 6 ? 0.5 : 1;
            assert_int_equal(type_on(day, 1), fights ? FLOW_CONFLICT : FLOW_TOWN);
            assert_near(intensity_on(day, 1), fights ? intensity : -1, 0);
            assert_int_equal(plan->since[(size_t)day * 3 + 1], fights ? (day >= 12 ? 12 : 3) : -1);
            /* Place 0 is a conflict place without rows: it stays one. */
            assert_int_equal(type_on(day, 0), FLOW_CONFLICT);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* conflict_date alone: the reference's code path for it never fires. */
static void test_dated_start(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.places[1].conflict_day = 5;
        small_plan();
        assert_int_equal(type_on(4, 1), FLOW_TOWN);
        assert_int_equal(type_on(5, 1), own != 0 ? FLOW_CONFLICT : FLOW_TOWN);
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- People ---- */

static void test_spawn_weights(void **state)
{
    (void)state;
    three_places();
    small_conflict(0, 0, 1);
    small_conflict(1, 5, 3);
    small.places[0].population = 1009;
    small.params.hasten = 10;
    small.params.n_spawn_decay = 2;
    small.params.spawn_decay[0] = 1;
    small.params.spawn_decay[1] = 0.25;
    small.params.spawn_decay_interval = 6;
    small_plan();
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        const double *row = plan->spawn_weight + (size_t)day * 3;
        assert_near(row[0], 100 * (day < 6 ? 1 : 0.25), 0);
        assert_near(row[1], day < 5 ? 0 : 10 * 3 * (day < 11 ? 1 : 0.25), 0);
        assert_near(row[2], 0, 0);
    }
    assert_near(flow_plan_decay(&small.params, 100, 0), 0.25, 0);
}

static void reports(uint32_t place, int64_t first, int64_t last)
{
    small.world.n_reports = 0;
    small.reports[small.world.n_reports++] = (struct flow_report){.place = place, .count = first};
    small.reports[small.world.n_reports++] =
        (struct flow_report){.place = place, .date = 10, .count = last, .known = 10};
}

/* While nobody fights nobody can have come from a conflict: they start when somebody does. */
static void test_nobody_lost(void **state)
{
    (void)state;
    own_rules();
    small_place(FLOW_TOWN, 100);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 10);
    small_conflict(0, 4, 1);
    reports(1, 0, 1000);
    small_plan();
    assert_int_equal(plan->spawn[3], 0);
    assert_int_equal(plan->spawn[4], 400);
    assert_int_equal(plan->spawn[5], 100);
}

static void test_hasten(void **state)
{
    (void)state;
    small_place(FLOW_CONFLICT, 100);
    small_place(FLOW_CAMP, 999);
    small_road(0, 1, 10);
    reports(1, 99, 1099);
    small.params.hasten = 10;
    small.params.capacity_scaling = 2;
    small_plan();
    assert_int_equal(plan->day0[1], 9);
    assert_near(plan->capacity[1], 2 * (99 - 9), 0);
    int64_t people = 9;
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        people += plan->spawn[day];
    }
    assert_int_equal(people, 109);
    small.params.use_capacity = false;
    small_plan();
    assert_near(plan->capacity[1], 0, 0);
}

/* Without day-0 people the reference counts its total series and the camps. */
static void test_first_day(void **state)
{
    for (int own = 0; own < 2; own++) {
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_place(FLOW_CONFLICT, 100);
        small_place(FLOW_CAMP, 1);
        small_road(0, 1, 10);
        reports(1, 50, 50);
        small.reports[small.world.n_reports++] =
            (struct flow_report){.place = FLOW_NONE, .count = 70};
        small.params.insert_day0 = false;
        small_plan();
        assert_int_equal(plan->day0[1], 0);
        assert_int_equal(plan->spawn[0], own != 0 ? 50 : 120);
        small.params.sum_from_camps = false;
        small_plan();
        assert_int_equal(plan->spawn[0], 70);
        /* A capacity below one person is no limit to the reference, and one to Ajar. */
        small.params.capacity_scaling = 0.5;
        small_plan();
        assert_near(plan->capacity[1], own != 0 ? 1 : 0.5, 0);
        small_teardown(state);
        small_setup(state);
    }
}

static void test_movechance_scale(void **state)
{
    (void)state;
    three_places();
    small_place(FLOW_CAMP, 400);
    small.places[1].population = 0;
    small.params.movechance_pop_base = 200;
    small.params.movechance_pop_scale = 0.5;
    small.params.conflict_movechance = 0.2;
    small.params.camp_movechance = 0.1;
    small_plan();
    assert_near(plan->movechance[0], 0.2 * sqrt(0.5), 1e-12);
    assert_near(plan->movechance[1], 0, 0);
    assert_near(plan->movechance[3], 0.1 * sqrt(2), 1e-12);
}

/* ---- As it was known ---- */

static void known_plan(date_days on)
{
    struct ajar_err err = {0};
    struct flow_world known;
    assert_int_equal(flow_known(&small.arena, &small.world, on, 0, &known, &err), 0);
    assert_int_equal(flow_plan_make(&small.arena, &known, &small.params, DATE_NONE, plan, &err), 0);
}

static void test_as_known(void **state)
{
    (void)state;
    own_rules();
    three_places();
    small_place(FLOW_CAMP, 300);
    small_road(2, 3, 5);
    small_closure(FLOW_CLOSE_LOCATION, 1, 15, -1)->known = 12;
    small_conflict(2, 20, 1);
    small.conflicts[0].known = 12;
    small.roads[0].known = 12;
    reports(3, 10, 110);
    known_plan(11);
    assert_near(plan->capacity[3], 0, 0); /* undated */
    assert_int_equal(plan->n_links, 6);
    assert_true(is_open(15, 1, 2));
    assert_int_equal(type_on(20, 2), FLOW_TOWN);
    small.places[3].capacity_known = 12;
    known_plan(11);
    assert_near(plan->capacity[3], 0, 0);
    known_plan(12);
    assert_near(plan->capacity[3], 300, 0);
    assert_int_equal(plan->n_links, 8);
    assert_false(is_open(15, 1, 2));
    assert_int_equal(type_on(20, 2), FLOW_CONFLICT);
    known_plan(9); /* the second report is not known */
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        assert_int_equal(plan->spawn[day], 0);
    }
    assert_int_equal(plan->day0[3], 10);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_links_follow_rows),
        UNIT(test_forced_roads),
        UNIT(test_country),
        UNIT(test_overlap),
        UNIT(test_link),
        UNIT(test_same_day),
        UNIT(test_camp_opens_late),
        UNIT(test_edges),
        UNIT(test_dated_start),
        UNIT(test_spawn_weights),
        UNIT(test_nobody_lost),
        UNIT(test_hasten),
        UNIT(test_first_day),
        UNIT(test_movechance_scale),
        UNIT(test_as_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
