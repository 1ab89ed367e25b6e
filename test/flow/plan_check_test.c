#include "small.h"

static struct flow_plan *plan = &small.plan;

/* Three places: roads 0-1, 1-2, 0-2. */
static void three_places(void)
{
    for (uint32_t p = 0; p < 3; p++) {
        small_place(p == 0 ? FLOW_CONFLICT : FLOW_TOWN, 100);
    }
    small_road(0, 1, 10);
    small_road(1, 2, 20);
    small_road(0, 2, 30);
}

/* ---- Rows in another order ---- */

/* The world with places and roads reversed and other names. */
static void turn_round(void)
{
    struct flow_world *world = &small.world;
    uint32_t n = (uint32_t)world->n_places;
    for (uint32_t p = 0; p < n / 2; p++) {
        struct flow_place place = small.places[p];
        small.places[p] = small.places[n - 1 - p];
        small.places[n - 1 - p] = place;
    }
    for (size_t i = 0; i < world->n_roads / 2; i++) {
        struct flow_road road = small.roads[i];
        small.roads[i] = small.roads[world->n_roads - 1 - i];
        small.roads[world->n_roads - 1 - i] = road;
    }
    for (size_t i = 0; i < world->n_roads; i++) {
        struct flow_road *road = &small.roads[i];
        uint32_t a = road->a;
        road->a = n - 1 - road->b;
        road->b = n - 1 - a;
        road->forced = road->forced == 0 ? 0 : (uint8_t)(3 - road->forced);
    }
    for (size_t i = 0; i < world->n_closures; i++) {
        struct flow_closure *closure = &small.closures[i];
        closure->place1 = closure->place1 < n ? n - 1 - closure->place1 : closure->place1;
        closure->place2 = closure->place2 < n ? n - 1 - closure->place2 : closure->place2;
    }
    for (size_t i = 0; i < world->n_camps; i++) {
        small.camps[i] = n - 1 - small.camps[i];
    }
    struct flow_conflict rows[SMALL_MOST];
    size_t k = 0;
    for (uint32_t p = n; p-- > 0;) {
        for (size_t i = 0; i < world->n_conflicts; i++) {
            if (small.conflicts[i].place == p) {
                rows[k] = small.conflicts[i];
                rows[k++].place = n - 1 - p;
            }
        }
    }
    memcpy(small.conflicts, rows, k * sizeof *rows);
    world->n_reports = 0;
}

/* Ajar's rules: the order of rows and the names change nothing, to the last person. */
static void test_order_of_rows(void **state)
{
    for (uint64_t seed = 0; seed < 12; seed++) {
        small_random(seed);
        small.params.rules = FLOW_RULES_AJAR;
        int64_t spawn[SMALL_DAYS];
        memcpy(spawn, plan->spawn, sizeof spawn);
        small.world.n_reports = 0;
        small_plan();
        memcpy(plan->spawn, spawn, sizeof spawn);
        uint32_t n = plan->n_places;
        struct flow_result run = small_run(SMALL_DAYS, 3);
        turn_round();
        small_plan();
        memcpy(plan->spawn, spawn, sizeof spawn);
        struct flow_result turned = small_run(SMALL_DAYS, 3);
        assert_int_equal(run.hops, turned.hops);
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            for (uint32_t p = 0; p < n; p++) {
                assert_int_equal(small_at(&run, day, p), small_at(&turned, day, n - 1 - p));
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* ---- Refusals ---- */

static void refused(enum err_code code)
{
    struct ajar_err err = {0};
    struct flow_plan before = {.n_days = -7}, out = before;
    assert_int_equal(
        flow_plan_make(&small.arena, &small.world, &small.params, DATE_NONE, &out, &err), code);
    assert_memory_equal(&out, &before, sizeof out);
    assert_true(err.text[0] != 0);
}

static void test_bad_params(void **state)
{
    (void)state;
    three_places();
    struct flow_params good = small.params;
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        char *field = (char *)&small.params + at->offset;
        if (at->kind == FLOW_PARAM_NUMBER) {
            const double bad[] = {at->least - 1, at->most * 2 + 1, (double)NAN, (double)INFINITY};
            for (size_t k = 0; k < 4; k++) {
                *(double *)(void *)field = bad[k];
                refused(E_FLOW_SETTING);
            }
        } else if (at->kind == FLOW_PARAM_INT) {
            *(int32_t *)(void *)field = (int32_t)at->least - 1;
            refused(E_FLOW_SETTING);
            *(int32_t *)(void *)field = (int32_t)at->most + 1;
            refused(E_FLOW_SETTING);
        }
        small.params = good;
    }
    small.params.n_spawn_decay = 9;
    refused(E_FLOW_SETTING);
    small.params.n_spawn_decay = 1;
    small.params.spawn_decay[0] = (double)NAN;
    refused(E_FLOW_SETTING);
    small.params = good;
    small.params.rules = (enum flow_rules)2;
    refused(E_FLOW_SETTING);
}

static void test_bad_world(void **state)
{
    (void)state;
    three_places();
    small.roads[1].b = 3;
    refused(E_FLOW_PLACE);
    small.roads[1].b = 1;
    refused(E_FLOW_DISTANCE);
    small.roads[1].b = 2;
    const double bad[] = {0, -1, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < 4; i++) {
        small.roads[1].km = bad[i];
        refused(E_FLOW_DISTANCE);
    }
    small.roads[1].km = 1;
    small.world.n_days = 0;
    refused(E_FLOW_TOO_LARGE);
    small.world.n_days = FLOW_DAYS_MOST + 1;
    refused(E_FLOW_TOO_LARGE);
    small.world.n_days = 5;
    small_conflict(9, 0, 1);
    refused(E_FLOW_PLACE);
    small.world.n_conflicts = 0;
    small.camps[small.world.n_camps++] = 7;
    refused(E_FLOW_PLACE);
    small.world.n_camps = 0;
    small.world.n_places = 0;
    refused(E_FLOW_TOO_LARGE);
}

static void test_too_many(void **state)
{
    (void)state;
    small_place(FLOW_CONFLICT, 100);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, 10);
    small.reports[1] =
        (struct flow_report){.place = 1, .date = 10, .count = INT64_C(5000000000), .known = 10};
    small.world.n_reports = 2;
    refused(E_FLOW_TOO_LARGE);
    small.params.hasten = 2;
    small_plan();
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_order_of_rows),
        UNIT(test_bad_params),
        UNIT(test_bad_world),
        UNIT(test_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
