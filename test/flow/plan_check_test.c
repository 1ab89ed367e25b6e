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

/* ---- Closures in any order of rows ---- */

/* Closures of all kinds that overlap, end on their first day, or would end before it. */
static void random_closures(uint64_t seed)
{
    struct rng rng = rng_at(seed, 13, 0, 0);
    small.world.n_closures = 0;
    for (uint32_t i = 0; i < 40; i++) {
        const struct flow_road *road = &small.roads[rng_below(&rng, (uint32_t)small.world.n_roads)];
        int32_t from = (int32_t)rng_below(&rng, SMALL_DAYS);
        struct flow_closure *closure =
            small_closure((enum flow_closure_type)(i % 6), road->a, from,
                          rng_below(&rng, 6) == 0 ? -1 : from - 3 + (int32_t)rng_below(&rng, 9));
        closure->to = closure->to < -1 ? -1 : closure->to;
        closure->place2 = road->b;
        closure->name1 = TEXT_LIT("X");
        closure->name2 = TEXT_LIT("Y");
    }
}

static bool lasts(const struct flow_closure *closure, int32_t day)
{
    bool endless = closure->to == -1 || closure->to < closure->from;
    return closure->from <= day && (endless || day < closure->to);
}

/* Ajar: shut is what any closure holds shut, read straight from the rows. */
static bool held(uint32_t a, uint32_t b, int32_t day)
{
    const struct flow_place *places = small.places;
    for (size_t i = 0; i < small.world.n_closures; i++) {
        const struct flow_closure *at = &small.closures[i];
        bool country =
                 at->type == FLOW_CLOSE_COUNTRY && !text_eq(places[a].country, places[b].country),
             location = at->type == FLOW_CLOSE_LOCATION && (at->place1 == a || at->place1 == b),
             link = at->type == FLOW_CLOSE_LINK &&
                    ((at->place1 == a && at->place2 == b) || (at->place1 == b && at->place2 == a));
        if ((country || location || link) && lasts(at, day)) {
            return true;
        }
    }
    return false;
}

static void reverse_closures(void)
{
    for (size_t i = 0, k = small.world.n_closures; i + 1 < k; i++) {
        struct flow_closure kept = small.closures[i];
        small.closures[i] = small.closures[--k];
        small.closures[k] = kept;
    }
}

static bool same_gates(const struct flow_plan *a, const struct flow_plan *b)
{
    size_t links = (size_t)SMALL_DAYS * a->n_links, places = (size_t)SMALL_DAYS * a->n_places;
    return memcmp(a->open, b->open, links) == 0 && memcmp(a->type, b->type, places) == 0 &&
           (a->forced == NULL || memcmp(a->forced, b->forced, links) == 0);
}

static void test_order_of_closures(void **state)
{
    size_t shut = 0, differ = 0;
    for (uint64_t seed = 0; seed < 30; seed++) {
        small_random(seed);
        random_closures(seed);
        small.params.rules = FLOW_RULES_AJAR;
        small_plan();
        struct flow_plan kept = small.plan;
        for (size_t i = 0; i < (size_t)SMALL_DAYS * plan->n_links; i++) {
            size_t link = i % plan->n_links;
            bool closed = held(plan->from[link], plan->to[link], (int32_t)(i / plan->n_links));
            assert_int_equal(plan->open[i], !closed);
            shut += closed;
        }
        reverse_closures();
        small_plan();
        assert_true(same_gates(&kept, &small.plan));
        small.params.rules = FLOW_RULES_FLEE;
        small_plan();
        kept = small.plan;
        reverse_closures();
        small_plan();
        differ += !same_gates(&kept, &small.plan);
        small_teardown(state);
        small_setup(state);
    }
    assert_true(shut > 1000);
    assert_true(differ > 3);
}

/* Home to the reference is the first row's country; to Ajar every one with a place of conflict. */
static void test_foreign(void **state)
{
    for (int own = 0; own < 2; own++) {
        three_places();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small.places[0].country = TEXT_LIT("Z");
        small.places[0].type = FLOW_TOWN;
        small.places[0].conflict_day = INT32_MIN;
        small.places[1].foreign = small.places[2].foreign = true;
        small_conflict(2, 5, 1);
        small_plan();
        assert_int_equal(plan->foreign[0], own != 0);
        assert_int_equal(plan->foreign[1], own == 0);
        assert_int_equal(plan->foreign[2], own == 0);
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
        UNIT(test_order_of_rows), UNIT(test_order_of_closures), UNIT(test_foreign),
        UNIT(test_bad_params),    UNIT(test_bad_world),         UNIT(test_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
