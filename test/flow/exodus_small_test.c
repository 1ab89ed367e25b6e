#include "exodus_small.h"
#include "steady.h"

#define NEAR(a, b) assert_near((a), (b), 1e-9 * (1 + fabs((double)(b))))

/* ---- Cases that are known exactly: the mean field ---- */

/* 15 come a day, 10 are let in: the queue grows by 5 a day, and with leavers up to 5 / their part. */
static void test_fluid_queue(void **state)
{
    (void)state;
    for (int leaving = 0; leaving < 2; leaving++) {
        const double leaves = leaving != 0 ? 0.125 : 0;
        double before = 0, kept = 1;
        tiny_make(30, 1, 1, 1);
        tiny_traffic(0, 0, 15);
        tiny.setting.capacity[0] = 10;
        tiny.setting.queue_leaves = leaves;
        tiny_run(TINY_RUN, 0);
        for (uint32_t day = 0; day < 30; day++) {
            kept *= 1 - leaves;
            double waits = leaving != 0 ? 5 * (1 - kept) / leaves : 5 * (day + 1.0);
            NEAR(tiny_cell(tiny.out.waiting, day, 0, 0, EXODUS_TRAFFIC), waits);
            NEAR(tiny_cell(tiny.out.admitted, day, 0, 0, EXODUS_TRAFFIC), 10);
            NEAR(tiny_cell(tiny.out.gave_up, day, 0, 0, EXODUS_TRAFFIC), before * leaves);
            before = waits;
        }
    }
}

/* Who sets out on a day knows the waiting of the evening before: half a day of it more every day. */
static void test_wait_is_disliked(void **state)
{
    (void)state;
    for (uint32_t day = 0; day < 20; day++) {
        tiny_make(20, 2, 1, 2);
        tiny_traffic(0, 0, 15);
        tiny.setting.capacity[0] = 10;
        tiny.setting.wait_dislike = 0.3;
        tiny.regions[0].weight = 0.25;
        tiny.regions[1].weight = 0.75;
        tiny.setting.weight[0] = 3; /* of the first region at the first door; all others 1 */
        tiny.setting.departs[day] = 100;
        tiny_run(TINY_RUN, 0);
        double factor = steady_exp(-0.3 * 0.5 * day);
        double chooses = 25 * 3 * factor / (3 * factor + 1) + 75 * factor / (factor + 1);
        NEAR(tiny_cell(tiny.out.asked, day, 0, 0, EXODUS_FLIGHT), chooses);
        NEAR(tiny_cell(tiny.out.asked, day, 1, 0, EXODUS_FLIGHT), 100 - chooses);
        NEAR(tiny_cell(tiny.out.admitted, day, 1, 0, EXODUS_FLIGHT), 100 - chooses);
        /* All who wait alike. */
        double part = 10 / (15 + 5 * day + chooses);
        NEAR(tiny_cell(tiny.out.admitted, day, 0, 0, EXODUS_FLIGHT), chooses * part);
    }
}

/* The queue of a door that shuts is refused and goes into the pool. */
static void test_queue_is_refused(void **state)
{
    (void)state;
    tiny_make(4, 1, 1, 1);
    tiny_gate(2, 0, 0, GATE_CLOSED);
    tiny.setting.departs[0] = 30;
    tiny.setting.decides = 0;
    tiny.setting.capacity[0] = 8;
    for (int engine = TINY_RUN; engine <= TINY_PEOPLE; engine++) {
        tiny_run((enum tiny_engine)engine, 5);
        double set_out = tiny_class(tiny.out.set_out, 0, 0);
        assert_true(set_out > 16);
        assert_near(tiny_cell(tiny.out.waiting, 1, 0, 0, EXODUS_FLIGHT), set_out - 16, 1e-9);
        assert_near(tiny_cell(tiny.out.refused, 2, 0, 0, EXODUS_FLIGHT), set_out - 16, 1e-9);
        assert_near(tiny_cell(tiny.out.waiting, 2, 0, 0, EXODUS_FLIGHT), 0, 0);
        assert_near(tiny_class(tiny.out.pool, 3, 0), set_out - 16, 1e-9);
    }
}

static void test_geometric_returns(void **state)
{
    (void)state;
    const double returns = 0.3, goes = 0.1, onward = 0.02, traffic_goes = 0.2;
    double back = 1, on = 1, traffic = 1;
    tiny_make(40, 2, 1, 1);
    tiny.setting.weight[1] = 0;
    tiny.setting.departs[0] = 1000;
    tiny.setting.returns = returns;
    tiny.setting.flight_goes = goes;
    tiny.setting.onward = onward;
    tiny.setting.traffic_goes = traffic_goes;
    tiny.setting.stock[0] = 50;
    tiny.setting.stock[1] = 60;
    tiny_traffic(0, 0, 10); /* as many as go */
    tiny_run(TINY_RUN, 0);
    for (uint32_t day = 0; day < 40; day++) {
        traffic *= 1 - traffic_goes;
        NEAR(tiny_door(tiny.out.present[EXODUS_TRAFFIC], day, 0), 50);
        NEAR(tiny_door(tiny.out.exits[EXODUS_TRAFFIC], day, 0), 10);
        NEAR(tiny_door(tiny.out.present[EXODUS_TRAFFIC], day, 1), 60 * traffic);
        NEAR(tiny_door(tiny.out.present[EXODUS_FLIGHT], day, 0),
             1000 * (returns * back + (1 - returns) * on));
        NEAR(tiny_door(tiny.out.exits[EXODUS_FLIGHT], day, 0),
             day == 0 ? 0 : 1000 * returns * goes * back / (1 - goes));
        NEAR(tiny_door(tiny.out.onward, day, 0),
             day == 0 ? 0 : 1000 * (1 - returns) * onward * on / (1 - onward));
        NEAR(tiny_door(tiny.out.present[EXODUS_FLIGHT], day, 1), 0);
        back *= 1 - goes;
        on *= 1 - onward;
    }
}

/* The first door, which three quarters choose, is shut from day 3; the second from day 20 where `strands`. */
static void make_diversion(bool strands)
{
    tiny_make(40, 2, 1, 1);
    tiny.setting.weight[0] = 3;
    tiny.setting.decides = 0.4;
    tiny.setting.gives_up = 0.25;
    tiny.setting.tries_shut = 0.1;
    tiny.setting.departs[5] = 800;
    tiny_gate(3, 0, 0, GATE_BARRED);
    if (strands) {
        tiny_gate(6, 1, 0, GATE_CLOSED);
    }
}

static void test_diversion(void **state)
{
    (void)state;
    double left = 600;
    make_diversion(false);
    tiny_run(TINY_RUN, 0);
    NEAR(tiny_cell(tiny.out.asked, 5, 0, 0, EXODUS_FLIGHT), 60);
    NEAR(tiny_cell(tiny.out.refused, 5, 0, 0, EXODUS_FLIGHT), 60);
    NEAR(tiny_class(tiny.out.deterred, 5, 0), 540);
    NEAR(tiny_cell(tiny.out.admitted, 5, 1, 0, EXODUS_FLIGHT), 200);
    NEAR(tiny_class(tiny.out.pool, 5, 0), 600);
    for (uint32_t day = 6; day < 40; day++) {
        NEAR(tiny_cell(tiny.out.admitted, day, 1, 0, EXODUS_FLIGHT), left * 0.4 * 0.75);
        NEAR(tiny_class(tiny.out.stopped, day, 0), left * 0.4 * 0.25);
        NEAR(tiny_cell(tiny.out.asked, day, 0, 0, EXODUS_FLIGHT), 0);
        left *= 0.6;
        NEAR(tiny_class(tiny.out.pool, day, 0), left);
        NEAR(tiny_class(tiny.out.stranded, day, 0), 0);
    }
}

/* Without a door some give up, nobody leaves, and 14 days after it is called stranded. */
static void test_stranded(void **state)
{
    (void)state;
    double left = 600;
    make_diversion(true);
    tiny_run(TINY_RUN, 0);
    for (uint32_t day = 6; day < 40; day++) {
        NEAR(tiny_class(tiny.out.stopped, day, 0), left * 0.4 * 0.25);
        left *= 0.9;
        NEAR(tiny_class(tiny.out.pool, day, 0), left);
        NEAR(tiny_class(tiny.out.stranded, day, 0), day < 5 + 14 ? 0 : left);
        NEAR(tiny_cell(tiny.out.asked, day, 1, 0, EXODUS_FLIGHT), 0);
    }
    for (int engine = 0; engine < TINY_ENGINES; engine++) {
        tiny_run((enum tiny_engine)engine, 3);
        assert_true(tiny_class(tiny.out.pool, 19, 0) > 50);
        for (uint32_t day = 0; day < 40; day++) {
            NEAR(tiny_class(tiny.out.stranded, day, 0),
                 day < 5 + 14 ? 0 : tiny_class(tiny.out.pool, day, 0));
        }
    }
}

/* A door that was shut on the first day and still is does not count: all are deterred, none asks. */
static void test_never_open(void **state)
{
    (void)state;
    tiny_make(6, 1, 1, 1);
    tiny.setting.tries_shut = 1;
    tiny.setting.departs[2] = 70;
    tiny_traffic(0, 0, 9);
    tiny_gate(0, 0, 0, GATE_UNKNOWN);
    tiny_gate(4, 0, 0, GATE_NO_RULE);
    tiny_run(TINY_RUN, 0);
    NEAR(tiny_cell(tiny.out.asked, 2, 0, 0, EXODUS_FLIGHT), 0);
    NEAR(tiny_class(tiny.out.deterred, 2, 0), 70);
    NEAR(tiny_cell(tiny.out.refused, 2, 0, 0, EXODUS_TRAFFIC), 9);
    NEAR(tiny_cell(tiny.out.admitted, 4, 0, 0, EXODUS_FLIGHT), 70);
    NEAR(tiny_cell(tiny.out.admitted, 4, 0, 0, EXODUS_TRAFFIC), 9);
}

/* Refused by an official, they ask again the day after. */
static void test_discretion(void **state)
{
    (void)state;
    double asks = 400;
    tiny_make(20, 1, 2, 1);
    tiny.setting.departs[0] = 800;
    tiny.setting.discretion = 0.3;
    tiny_traffic(0, 0, 10);
    tiny_gate(0, 0, 0, GATE_DISCRETION);
    tiny_run(TINY_RUN, 0);
    NEAR(tiny_cell(tiny.out.admitted, 0, 0, 1, EXODUS_FLIGHT), 400);
    for (uint32_t day = 0; day < 20; day++) {
        NEAR(tiny_cell(tiny.out.asked, day, 0, 0, EXODUS_FLIGHT), asks);
        NEAR(tiny_cell(tiny.out.admitted, day, 0, 0, EXODUS_FLIGHT), asks * 0.3);
        NEAR(tiny_cell(tiny.out.refused, day, 0, 0, EXODUS_FLIGHT), asks * 0.7);
        NEAR(tiny_cell(tiny.out.refused, day, 0, 0, EXODUS_TRAFFIC), 7);
        asks *= 0.7;
    }
}

/* ---- Whatever the model ---- */

static double random_chance(struct rng *rng)
{
    uint32_t kind = rng_below(rng, 6);
    return kind == 0 ? 0 : kind == 1 ? 1 : rng_uniform(rng);
}

static void random_setting(struct rng *rng)
{
    struct exodus_setting *setting = &tiny.setting;
    double *chances[] = {&setting->tries_shut,   &setting->decides,      &setting->gives_up,
                         &setting->discretion,   &setting->queue_leaves, &setting->returns,
                         &setting->traffic_goes, &setting->flight_goes,  &setting->onward};
    for (size_t i = 0; i < sizeof chances / sizeof chances[0]; i++) {
        *chances[i] = random_chance(rng);
    }
    setting->wait_dislike = rng_uniform(rng);
    for (uint32_t day = 0; day < tiny.model.n_days; day++) {
        setting->departs[day] = rng_below(rng, 3) == 0 ? 0 : 30 * rng_uniform(rng);
    }
    for (uint32_t d = 0; d < tiny.model.n_doors; d++) {
        setting->capacity[d] = rng_below(rng, 3) == 0 ? INFINITY : 12 * rng_uniform(rng);
        setting->stock[d] = rng_below(rng, 10);
        for (uint32_t r = 0; r < tiny.model.n_regions; r++) {
            setting->weight[r * tiny.model.n_doors + d] = random_chance(rng);
        }
    }
}

static void random_model(uint64_t seed)
{
    struct rng rng = rng_at(seed, 1, 2, 3);
    tiny_make(2 + rng_below(&rng, 40), 1 + rng_below(&rng, 4), 1 + rng_below(&rng, 3),
              1 + rng_below(&rng, 3));
    random_setting(&rng);
    for (uint32_t d = 0; d < tiny.model.n_doors; d++) {
        for (uint32_t c = 0; c < tiny.model.n_classes; c++) {
            tiny_traffic(d, c, rng_below(&rng, 2) * 5 * rng_uniform(&rng));
            for (uint32_t n = rng_below(&rng, 4), day = 0; n > 0; n--) {
                tiny_gate(day, d, c, (enum gate)rng_below(&rng, GATE_UNKNOWN + 1));
                day = rng_below(&rng, tiny.model.n_days);
            }
        }
    }
}

static bool shut(uint32_t day, uint32_t d, uint32_t c)
{
    return !exodus_passes(
        tiny.at[((size_t)day * tiny.model.n_doors + d) * tiny.model.n_classes + c]);
}

static void check_cell(uint32_t day, uint32_t d, uint32_t c, enum exodus_kind kind)
{
    const struct exodus_result *out = &tiny.out;
    double before = day == 0 ? 0 : tiny_cell(out->waiting, day - 1, d, c, kind);
    double waits = tiny_cell(out->waiting, day, d, c, kind);
    double asked = tiny_cell(out->asked, day, d, c, kind);
    double admitted = tiny_cell(out->admitted, day, d, c, kind);
    double refused = tiny_cell(out->refused, day, d, c, kind);
    double gave_up = tiny_cell(out->gave_up, day, d, c, kind);
    NEAR(waits, before + asked - admitted - refused - gave_up);
    assert_true(waits >= 0 && asked >= 0 && admitted >= 0 && refused >= 0 && gave_up >= 0);
    if (shut(day, d, c)) {
        assert_true(!(admitted > 0) && !(waits > 0) && !(gave_up > 0));
    }
}

/* The capacity holds; whoever came is there, or went back or onward. */
static void check_door(uint32_t day, uint32_t d, bool whole)
{
    const struct exodus_result *out = &tiny.out;
    double served = 0, waits = 0, capacity = tiny.setting.capacity[d];
    for (int kind = 0; kind < EXODUS_KINDS; kind++) {
        double there = tiny_door(out->present[kind], day, d);
        double change = -tiny_door(out->exits[kind], day, d);
        change -= kind == EXODUS_FLIGHT ? tiny_door(out->onward, day, d) : 0;
        for (uint32_t c = 0; c < tiny.model.n_classes; c++) {
            double admitted = tiny_cell(out->admitted, day, d, c, (enum exodus_kind)kind);
            double refused = tiny_cell(out->refused, day, d, c, (enum exodus_kind)kind);
            change += admitted;
            served += shut(day, d, c) ? 0 : admitted + refused;
            waits += tiny_cell(out->waiting, day, d, c, (enum exodus_kind)kind);
        }
        if (day > 0) {
            NEAR(there, tiny_door(out->present[kind], day - 1, d) + change);
        }
        assert_true(there >= 0);
    }
    assert_true(served <= (whole ? ceil(capacity) : capacity + 1e-9));
    assert_true(!(waits > 1e-9) || served >= (whole ? floor(capacity) : capacity - 1e-9));
}

/* Everybody who set out is somewhere. */
static void check_class(uint32_t day, uint32_t c, double so_far[3])
{
    const struct exodus_result *out = &tiny.out;
    double waits = 0, pool = tiny_class(out->pool, day, c);
    so_far[0] += tiny_class(out->set_out, day, c);
    so_far[1] += tiny_class(out->stopped, day, c);
    for (uint32_t d = 0; d < tiny.model.n_doors; d++) {
        so_far[2] += tiny_cell(out->admitted, day, d, c, EXODUS_FLIGHT);
        waits += tiny_cell(out->waiting, day, d, c, EXODUS_FLIGHT);
    }
    NEAR(waits + pool + so_far[1] + so_far[2], so_far[0]);
    assert_true(tiny_class(out->stranded, day, c) <= pool);
    assert_true(tiny_class(out->deterred, day, c) <= tiny_class(out->set_out, day, c) + 1e-9);
}

static void check_whole(const double *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_true(list[i] >= 0 && list[i] - floor(list[i]) <= 0);
    }
}

static void check_all_whole(void)
{
    const struct exodus_result *out = &tiny.out;
    size_t by_door = (size_t)tiny.model.n_days * tiny.model.n_doors;
    size_t cells = by_door * tiny.model.n_classes * EXODUS_KINDS;
    size_t by_class = (size_t)tiny.model.n_days * tiny.model.n_classes;
    const double *of_cells[] = {out->asked, out->admitted, out->refused, out->gave_up,
                                out->waiting};
    const double *of_doors[] = {out->exits[0], out->exits[1], out->onward, out->present[0],
                                out->present[1]};
    const double *of_classes[] = {out->set_out, out->deterred, out->stopped, out->pool,
                                  out->stranded};
    for (size_t i = 0; i < 5; i++) {
        check_whole(of_cells[i], cells);
        check_whole(of_doors[i], by_door);
        check_whole(of_classes[i], by_class);
    }
}

static void check_books(enum tiny_engine engine)
{
    double so_far[EXODUS_CLASSES_MOST][3] = {{0}};
    for (uint32_t day = 0; day < tiny.model.n_days; day++) {
        for (uint32_t d = 0; d < tiny.model.n_doors; d++) {
            for (uint32_t c = 0; c < tiny.model.n_classes; c++) {
                check_cell(day, d, c, EXODUS_TRAFFIC);
                check_cell(day, d, c, EXODUS_FLIGHT);
            }
            check_door(day, d, engine != TINY_RUN);
        }
        for (uint32_t c = 0; c < tiny.model.n_classes; c++) {
            check_class(day, c, so_far[c]);
        }
    }
    if (engine != TINY_RUN) {
        check_all_whole();
    }
}

static void test_books(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_model(seed);
        for (int engine = 0; engine < TINY_ENGINES; engine++) {
            tiny_run((enum tiny_engine)engine, seed);
            check_books((enum tiny_engine)engine);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_fluid_queue, tiny_teardown),
        cmocka_unit_test_teardown(test_wait_is_disliked, tiny_teardown),
        cmocka_unit_test_teardown(test_queue_is_refused, tiny_teardown),
        cmocka_unit_test_teardown(test_geometric_returns, tiny_teardown),
        cmocka_unit_test_teardown(test_diversion, tiny_teardown),
        cmocka_unit_test_teardown(test_stranded, tiny_teardown),
        cmocka_unit_test_teardown(test_never_open, tiny_teardown),
        cmocka_unit_test_teardown(test_discretion, tiny_teardown),
        cmocka_unit_test_teardown(test_books, tiny_teardown),
    };
    return cmocka_run_group_tests_name("exodus_small", tests, NULL, NULL);
}
