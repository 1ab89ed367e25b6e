#include "choice.h"

#include <math.h>

#include "baselines.h"
#include "flee_folder.h"
#include "scores.h"

static struct arena arena;
static struct flow_world worlds[FLEE_CONFLICTS];
static struct choice_case cases[2][FLEE_CONFLICTS]; /* without, with capacities */
static double *simulated[FLEE_CONFLICTS], *other[FLEE_CONFLICTS];

static int open_all(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)2 << 30);
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        worlds[i] = flee_world(&arena, flee_names[i], NULL);
        for (int k = 0; k < 2; k++) {
            if (choice_case_make(&arena, &worlds[i], k == 1, &cases[k][i], NULL) != 0) {
                return 1;
            }
        }
        size_t cells = worlds[i].n_camps * (size_t)worlds[i].n_days;
        simulated[i] = arena_new(&arena, double, cells, NULL);
        other[i] = arena_new(&arena, double, cells, NULL);
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static double ard(size_t i)
{
    struct flow_scores scores;
    assert_int_equal(flow_score(&cases[1][i].observed, simulated[i], &scores, NULL), 0);
    return scores.ard_rescaled;
}

static double run(bool capacities, size_t i, const struct choice_rule *rule)
{
    assert_int_equal(choice_run(&cases[capacities][i], rule, simulated[i], NULL), 0);
    return ard(i);
}

static void same_runs(size_t i, double tolerance)
{
    size_t cells = worlds[i].n_camps * (size_t)worlds[i].n_days;
    for (size_t k = 0; k < cells; k++) {
        assert_near(simulated[i][k], other[i][k], tolerance * (1 + other[i][k]));
    }
}

/* ---- Scores of the rules that ship, each fitted without the conflict ---- */

static const double reference[FLEE_CONFLICTS] = {.4750, .3663, .3174, .2213,
                                                 .5485, .4813, .3399, .3688};
static const double ours[2][FLEE_CONFLICTS] = {
    {.3964, .7824, .1921, .3473, .6454, .6207, .3692, .3290},
    {.2089, .2237, .1367, .1306, .3162, .3390, .2281, .2354}};

static void test_scores(void **state)
{
    (void)state;
    double mean[2] = {0, 0};
    int better = 0;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        for (int k = 0; k < 2; k++) {
            struct choice_mix mix = choice_fitted(text_of(flee_names[i]), k == 1);
            assert_int_equal(choice_run_mix(&cases[k][i], &mix, simulated[i], NULL), 0);
            double got = ard(i);
            assert_near(got, ours[k][i], .0006);
            mean[k] += got / FLEE_CONFLICTS;
            better += k == 1 && got < reference[i];
        }
    }
    assert_true(mean[1] <= .33);
    assert_true(better >= 6);
    assert_true(mean[0] <= .48);
}

/* ---- What the rule means ---- */

/* Without terms it is equal, with a power and a term of capacity it is gravity, with a steep fade it is the
 * nearest camp: three rules that are written elsewhere. */
static void test_limits(void **state)
{
    (void)state;
    struct choice_rule gravity = {
        .power = 0.5, .softening = 50, .of_capacity = 0.75, .day0_floor = 1};
    struct choice_rule steep = {.fade = 1000, .day0_floor = 1};
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        run(true, i, &gravity);
        flow_baseline(&cases[1][i], BASELINE_GRAVITY, (struct flow_gravity){0.75, 0.5}, other[i]);
        same_runs(i, 1e-9);
        run(true, i, &steep);
        flow_baseline(&cases[1][i], BASELINE_NEAREST, (struct flow_gravity){0, 0}, other[i]);
        same_runs(i, 0.02);
    }
}

static void test_even(void **state)
{
    (void)state;
    struct choice_rule even = {.fade = 2, .even = 1, .day0_floor = 1}, none = {.day0_floor = 1};
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        run(true, i, &none);
        memcpy(other[i], simulated[i],
               worlds[i].n_camps * (size_t)worlds[i].n_days * sizeof *other[i]);
        run(true, i, &even);
        same_runs(i, 1e-9);
    }
}

/* Everybody is somewhere; numbers never fall; a camp with room_to 1 is passed by one day's arrivals at
 * most, unless all are full. */
static void test_people(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct choice_case *at = &cases[1][i];
        double people = 0;
        run(true, i, choice_fitted(text_of(flee_names[i]), true).rules);
        for (uint32_t c = 0; c < at->n_camps; c++) {
            people += at->day0[c];
        }
        for (int32_t day = 0; day < at->n_days; day++) {
            double sum = 0;
            people += at->spawn[day];
            for (uint32_t c = 0; c < at->n_camps; c++) {
                size_t cell = (size_t)c * (size_t)at->n_days + (size_t)day;
                double before = day > 0 ? simulated[i][cell - 1] : at->day0[c];
                sum += simulated[i][cell];
                assert_true(simulated[i][cell] >= before);
            }
            assert_near(sum, people, 1e-6 * (people + 1));
        }
    }
}

/* One origin, two camps at 100 km, capacities 1000 and 100000, 100 a day. */
static void test_room(void **state)
{
    (void)state;
    enum { DAYS = 40 };
    uint32_t states[DAYS] = {0};
    double km[2] = {100, 100}, spawn[DAYS], weight[DAYS], day0[2] = {0, 0},
           capacity[2] = {1000, 100000}, left[2] = {1000, 100000}, people[1] = {5}, shares[2],
           day[9], out[2 * DAYS];
    uint8_t open[2] = {1, 1};
    for (int i = 0; i < DAYS; i++) {
        spawn[i] = 100;
        weight[i] = 1;
    }
    struct choice_case at = {.n_days = DAYS,
                             .n_camps = 2,
                             .n_origins = 1,
                             .n_states = 1,
                             .state = states,
                             .km = km,
                             .free_km = km,
                             .open = open,
                             .spawn = spawn,
                             .weight = weight,
                             .steady = weight,
                             .day0 = day0,
                             .capacity = capacity,
                             .left = left,
                             .people = people,
                             .shares = shares,
                             .day = day};
    struct choice_rule rule = {.fade = 1, .day0_floor = 1, .room_from = .5, .room_to = 1};
    assert_int_equal(choice_run(&at, &rule, out, NULL), 0);
    assert_near(out[9], 500, 1e-9);  /* no room lost yet */
    assert_near(out[10], 550, 1e-9); /* 500 is not past room_from */
    assert_near(out[11], 550 + 100 * .9 / 1.9, 1e-9);
    assert_true(out[DAYS - 1] < 1000 && out[DAYS - 1] > 900);
    assert_near(out[DAYS - 1] + out[2 * DAYS - 1], 100 * DAYS, 1e-9);
    rule.room_to = 0;
    assert_int_equal(choice_run(&at, &rule, out, NULL), 0);
    assert_near(out[DAYS - 1], 50 * DAYS, 1e-9);
    /* cut off: equally, or by the roads as if open */
    double far[2] = {INFINITY, INFINITY}, free_km[2] = {0, 100 * log(3)};
    at.km = far;
    at.free_km = free_km;
    assert_int_equal(choice_run(&at, &rule, out, NULL), 0);
    assert_near(out[DAYS - 1], 50 * DAYS, 1e-9);
    rule.detour = true;
    assert_int_equal(choice_run(&at, &rule, out, NULL), 0);
    assert_near(out[DAYS - 1], 75 * DAYS, 1e-6);
    /* a camp that is shut takes nobody */
    open[0] = 0;
    rule.shut_camps = true;
    assert_int_equal(choice_run(&at, &rule, out, NULL), 0);
    assert_near(out[DAYS - 1], 0, 0);
}

/* A case without capacities does not depend on them. */
static void test_no_capacity(void **state)
{
    (void)state;
    struct flow_world world = worlds[2];
    struct choice_case blind;
    struct choice_rule rule = *choice_fitted(text_of("mali2012"), true).rules;
    run(false, 2, &rule);
    memcpy(other[2], simulated[2], world.n_camps * (size_t)world.n_days * sizeof *other[2]);
    struct flow_place *places = arena_new(&arena, struct flow_place, world.n_places, NULL);
    memcpy(places, world.places, world.n_places * sizeof *places);
    for (size_t p = 0; p < world.n_places; p++) {
        places[p].capacity = 77 + (int64_t)p;
    }
    world.places = places;
    assert_int_equal(choice_case_make(&arena, &world, false, &blind, NULL), 0);
    assert_int_equal(choice_run(&blind, &rule, simulated[2], NULL), 0);
    assert_memory_equal(simulated[2], other[2],
                        world.n_camps * (size_t)world.n_days * sizeof *other[2]);
    run(true, 2, &rule);
    assert_true(memcmp(simulated[2], other[2],
                       world.n_camps * (size_t)world.n_days * sizeof *other[2]) != 0);
}

static void test_refused(void **state)
{
    (void)state;
    const struct choice_rule bad[] = {
        {.power = -1, .day0_floor = 1},      {.power = NAN, .day0_floor = 1},
        {.softening = -1, .day0_floor = 1},  {.even = 1.1, .day0_floor = 1},
        {.fade = INFINITY, .day0_floor = 1}, {.day0_floor = 0},
        {.of_day0 = 1e9, .day0_floor = 1},   {.of_people = NAN, .day0_floor = 1},
        {.room_from = -1, .day0_floor = 1}};
    double kept = simulated[0][0] = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(choice_run(&cases[1][0], &bad[i], simulated[0], NULL), E_FLOW_OPTION);
    }
    assert_near(simulated[0][0], kept, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scores),  cmocka_unit_test(test_limits),
        cmocka_unit_test(test_even),    cmocka_unit_test(test_people),
        cmocka_unit_test(test_room),    cmocka_unit_test(test_no_capacity),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
