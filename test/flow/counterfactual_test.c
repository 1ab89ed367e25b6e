#include "counterfactual.h"

#include <stdlib.h>

#include "flee_folder.h"
#include "members.h"

/* ---- Words ---- */

/* Names with blanks, hyphens and the sign @; 'B - C' is a place, and so are B and C. */
static void names_world(void)
{
    static const char *const names[] = {"A",    "B",   "C",     "B - C",    "Port-au-Prince",
                                        "Port", "x@y", "A - B", "Guéckédou"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        small_place(i == 0 ? FLOW_CONFLICT : FLOW_CAMP, 10);
        small.places[i].name = text_of(names[i]);
    }
    small_road(0, 1, 10);
    small_road(0, 3, 10);
    small_road(1, 2, 10);
    small_road(4, 0, 10);
    small_road(5, 4, 10);
    small_road(7, 2, 10);
    assert_true(date_parse(TEXT_LIT("2014-01-01"), &small.world.start));
}

static void good(const char *word, uint32_t place1, uint32_t place2, int32_t from, int32_t to)
{
    struct counterfactual_closing out = {0};
    struct ajar_err err = {0};
    if (counterfactual_parse(&small.world, text_of(word), &out, &err) != 0) {
        fail_msg("%s: %s", word, err.text);
    }
    assert_int_equal(out.place1, place1);
    assert_int_equal(out.place2, place2);
    assert_int_equal(out.from, from);
    assert_int_equal(out.to, to);
    assert_int_equal(counterfactual_check(&small.world, &out, 1, 0, SMALL_DAYS, NULL), 0);
}

static void bad(const char *word, const char *said, const char *value, const char *hint)
{
    struct counterfactual_closing out = {.from = 77};
    struct ajar_err err = {0};
    assert_int_equal(counterfactual_parse(&small.world, text_of(word), &out, &err), E_FLOW_CLOSING);
    if (strstr(err.text, said) == NULL || strcmp(err.value, value) != 0 ||
        strstr(err_advice(&err), hint) == NULL) {
        fail_msg("%s: %s '%s' | %s", word, err.text, err.value, err_advice(&err));
    }
    assert_int_equal(out.from, 77);
    assert_int_equal(counterfactual_parse(&small.world, text_of(word), &out, NULL), E_FLOW_CLOSING);
}

static void test_parse(void **state)
{
    (void)state;
    names_world();
    good("A@2014-01-15", 0, FLOW_NONE, 14, -1);
    good(" A @ 2014-01-01..2014-01-01 ", 0, FLOW_NONE, 0, 1);
    good("A@2014-01-15..2014-02-09", 0, FLOW_NONE, 14, SMALL_DAYS);
    good("x@y@2014-01-15", 6, FLOW_NONE, 14, -1);
    good("Guéckédou@2014-01-15", 8, FLOW_NONE, 14, -1);
    good("B-A@2014-01-15", 1, 0, 14, -1);
    good("A  -  B@2014-01-15", 0, 1, 14, -1);
    good("B - C@2014-01-15", 3, FLOW_NONE, 14, -1);
    good("B-C@2014-01-15", 1, 2, 14, -1);
    good("Port-au-Prince@2014-01-15", 4, FLOW_NONE, 14, -1);
    good("Port-au-Prince - Port@2014-01-15", 4, 5, 14, -1);
    good("Port - Port-au-Prince@2014-01-15", 5, 4, 14, -1);
    good("Port-Port-au-Prince@2014-01-15", 5, 4, 14, -1);
    /* Both 'A - B' to C and A to 'B - C' have a road: the longer first name. */
    good("A - B - C@2014-01-15", 7, 2, 14, -1);
    small.world.n_roads--;
    good("A - B - C@2014-01-15", 0, 3, 14, -1);
}

static void test_parse_refuses(void **state)
{
    (void)state;
    names_world();
    bad("A", "the sign @", "A", "PLACE@DATE");
    bad("", "the sign @", "", "PLACE@DATE");
    bad("@2014-01-15", "no place is named", "", "PLACE@DATE");
    bad("A - @2014-01-15", "not one of the places", "A -", "PLACE@DATE");
    bad("Port-au-Prinze@2014-01-15", "not one of the places", "Port-au-Prinze",
        "Did you mean 'Port-au-Prince'?");
    bad("Gueckedou@2014-01-15", "not one of the places", "Gueckedou", "PLACE@DATE");
    bad("Guéckedou@2014-01-15", "not one of the places", "Guéckedou", "Did you mean 'Guéckédou'?");
    bad("Port - Port-au-Prinze@2014-01-15", "not one of the places", "Port-au-Prinze",
        "Did you mean 'Port-au-Prince'?");
    bad("Prot - Port-au-Prince@2014-01-15", "not one of the places", "Prot",
        "Did you mean 'Port'?");
    bad("Qwertz - Asdfgh@2014-01-15", "not one of the places", "Qwertz", "PLACE@DATE");
    bad("A - C@2014-01-15", "no road between", "A - C",
        "From 'A' there are roads to 'B', 'B - C', 'Port-au-Prince'.");
    bad("Port - B@2014-01-15", "no road between", "Port - B",
        "From 'Port' there are roads to 'Port-au-Prince'.");
    bad("A - A@2014-01-15", "no road between", "A - A", "From 'A'");
    bad("A@15.01.2014", "this is no day", "15.01.2014", "Did you mean 2014-01-15?");
    bad("A@", "this is no day", "", "PLACE@DATE");
    bad("A@2014-01-15..", "this is no day", "", "PLACE@DATE");
    bad("A@2013-12-31", "outside the run", "2013-12-31",
        "The run is from 2014-01-01 to 2014-02-09.");
    bad("A@2014-02-10", "outside the run", "2014-02-10", "2014-02-09");
    bad("A@2014-01-15..2014-02-10", "outside the run", "2014-02-10", "2014-02-09");
    bad("A@2014-01-15..2014-01-14", "before the first", "2014-01-15..2014-01-14", "PLACE@DATE");
}

static void test_parse_any_bytes(void **state)
{
    (void)state;
    static const char bytes[] = "AABC  --@@..2014-01-15Port\xff\xc3\xa9";
    struct rng rng = rng_at(4, 1, 0, 0);
    int taken = 0;
    names_world();
    for (int time = 0; time < 20000; time++) {
        char word[40];
        size_t n = rng_below(&rng, 12);
        for (size_t i = 0; i < n; i++) {
            word[i] = bytes[rng_below(&rng, sizeof bytes - 1)];
        }
        if (time % 2 == 0) {
            memcpy(word + n, "@2014-01-15", 11);
            n += 11;
        }
        struct counterfactual_closing out;
        int code = counterfactual_parse(&small.world, (struct text){word, n}, &out, NULL);
        assert_true(code == 0 || code == E_FLOW_CLOSING);
        if (code == 0) {
            taken++;
            assert_int_equal(counterfactual_check(&small.world, &out, 1, 0, SMALL_DAYS, NULL), 0);
        }
    }
    assert_true(taken > 50 && taken < 10000);
}

static void test_check(void **state)
{
    (void)state;
    names_world();
    const struct counterfactual_closing wrong[] = {
        {99, FLOW_NONE, 3, -1}, {0, 99, 3, -1},        {0, 2, 3, -1},       {0, FLOW_NONE, 40, -1},
        {0, FLOW_NONE, -1, 5},  {0, FLOW_NONE, 3, 41}, {0, FLOW_NONE, 3, 3}};
    const struct counterfactual_closing right = {0, 1, 3, SMALL_DAYS};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(counterfactual_check(&small.world, &wrong[i], 1, 0, SMALL_DAYS, NULL),
                         E_FLOW_CLOSING);
    }
    assert_int_equal(counterfactual_check(&small.world, &right, 1, 0, SMALL_DAYS, NULL), 0);
    assert_int_equal(counterfactual_check(&small.world, &right, 1, 4, SMALL_DAYS, NULL),
                     E_FLOW_CLOSING);
    assert_int_equal(counterfactual_check(&small.world, &right, 0, 0, SMALL_DAYS, NULL),
                     E_FLOW_CLOSING);
}

/* ---- Closing a plan ---- */

static void *copied(const void *from, size_t bytes)
{
    void *to = arena_get(&small.arena, bytes, 1, NULL);
    memcpy(to, from, bytes);
    return to;
}

static struct flow_plan copy_plan(const struct flow_plan *plan)
{
    struct flow_plan out = *plan;
    size_t links = (size_t)plan->n_days * plan->n_links;
    size_t places = (size_t)plan->n_days * plan->n_places;
    out.open = copied(plan->open, links);
    out.last_closed = copied(plan->last_closed, links * sizeof *plan->last_closed);
    out.type = copied(plan->type, places);
    return out;
}

/* Arrays that no closing may touch. */
static void same_rest(const struct flow_plan *a, const struct flow_plan *b)
{
    struct flow_plan rest = *a;
    rest.open = b->open;
    rest.last_closed = b->last_closed;
    rest.type = b->type;
    assert_memory_equal(&rest, b, sizeof rest);
}

static struct flow_result run_plan(const struct flow_plan *plan, uint64_t seed)
{
    small.plan = *plan;
    return small_run(SMALL_DAYS, seed);
}

/* Into a place, not out of it; of a road both ways. */
static bool shuts(const struct flow_plan *plan, const struct counterfactual_closing *one,
                  uint32_t link)
{
    uint32_t a = plan->from[link], b = plan->to[link];
    return one->place2 == FLOW_NONE
               ? b == one->place1
               : (a == one->place1 && b == one->place2) || (a == one->place2 && b == one->place1);
}

/* Before day `from` nothing differs; afterwards nobody sets out on a shut link. */
static void check_pair(const struct flow_plan *open, const struct flow_plan *shut,
                       const struct counterfactual_closing *one, uint64_t seed)
{
    struct flow_result a = run_plan(open, seed), b = run_plan(shut, seed);
    size_t from = (size_t)one->from, places = open->n_places, links = open->n_links;
    assert_memory_equal(a.in_place, b.in_place, from * places * sizeof(int64_t));
    assert_memory_equal(a.link_flow, b.link_flow, from * links * sizeof(int64_t));
    assert_memory_equal(a.on_links, b.on_links, from * sizeof(int64_t));
    assert_memory_equal(a.spawned, b.spawned, SMALL_DAYS * sizeof(int64_t));
    int32_t to = one->to == -1 ? SMALL_DAYS : one->to;
    for (int32_t day = one->from; day < to; day++) {
        for (uint32_t link = 0; link < links; link++) {
            if (shuts(open, one, link)) {
                assert_int_equal(b.link_flow[(size_t)day * links + link], 0);
            }
        }
    }
}

static void test_close_random(void **state)
{
    int differ = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        small_teardown(state);
        small_setup(state);
        small_random(seed);
        struct rng rng = rng_at(seed, 5, 0, 0);
        struct flow_plan open = small.plan, shut = copy_plan(&open), again = copy_plan(&open);
        const struct flow_road *road = &small.roads[rng_below(&rng, 24)];
        bool place = rng_below(&rng, 2) == 0;
        struct counterfactual_closing one = {.from = (int32_t)rng_below(&rng, SMALL_DAYS),
                                             .to = -1};
        one.place1 = place ? rng_below(&rng, open.n_places) : road->a;
        one.place2 = place ? FLOW_NONE : road->b;
        if (rng_below(&rng, 2) == 0) {
            one.to = one.from + 1 + (int32_t)rng_below(&rng, 9);
            one.to = one.to > SMALL_DAYS ? SMALL_DAYS : one.to;
        }
        counterfactual_close(&shut, &one, 1);
        same_rest(&open, &shut);
        check_pair(&open, &shut, &one, seed);
        size_t cells = (size_t)open.n_days * open.n_links, changed = 0;
        int32_t to = one.to == -1 ? SMALL_DAYS : one.to;
        for (size_t i = 0; i < cells; i++) {
            int32_t day = (int32_t)(i / open.n_links);
            bool inside = day >= one.from && day < to;
            bool acts = inside && shuts(&open, &one, (uint32_t)(i % open.n_links));
            assert_int_equal(shut.open[i], acts ? 0 : open.open[i]);
            assert_true(shut.last_closed[i] == open.last_closed[i] ||
                        shut.last_closed[i] == (inside ? day : to - 1));
            assert_true(shut.open[i] != 0 || shut.last_closed[i] == day);
            changed += shut.open[i] != open.open[i];
        }
        differ += changed > 0;
        struct counterfactual_closing twice[] = {one, one};
        counterfactual_close(&again, twice, 2);
        assert_memory_equal(again.open, shut.open, cells);
        assert_memory_equal(again.type, shut.type, (size_t)open.n_days * open.n_places);
    }
    assert_true(differ > 20);
}

/* A camp that is shut on day 15: who was on the way turns back, and it only empties. */
static void test_nobody_enters(void **state)
{
    (void)state;
    enum { CAMP = 2, DAY = 15, AGAIN = 30 };
    for (int rules = 0; rules < 2; rules++) {
        small_teardown(state);
        small_setup(state);
        members_world();
        small.params.rules = rules == 0 ? FLOW_RULES_FLEE : FLOW_RULES_AJAR;
        small.params.max_move_speed = 50;
        small_plan();
        struct flow_plan open = small.plan, shut = copy_plan(&open);
        struct counterfactual_closing one = {CAMP, FLOW_NONE, DAY, AGAIN};
        counterfactual_close(&shut, &one, 1);
        check_pair(&open, &shut, &one, 3);
        struct flow_result a = run_plan(&open, 3), b = run_plan(&shut, 3);
        for (int32_t day = DAY; day < AGAIN; day++) {
            assert_true(small_at(&b, day, CAMP) <= small_at(&b, day - 1, CAMP));
            assert_int_equal(shut.type[(uint32_t)day * shut.n_places + CAMP], FLOW_TOWN);
        }
        assert_true(small_at(&b, DAY - 1, CAMP) > 10);
        assert_true(small_at(&a, AGAIN - 1, CAMP) > small_at(&b, AGAIN - 1, CAMP));
        assert_true(small_at(&b, SMALL_DAYS - 1, CAMP) > small_at(&b, AGAIN - 1, CAMP));
        assert_int_equal(shut.type[AGAIN * shut.n_places + CAMP], FLOW_CAMP);
    }
}

/* ---- Pairs ---- */

static struct counterfactual run_pairs(const struct ensemble_options *options,
                                       const struct counterfactual_closing *closings, size_t n,
                                       unsigned threads)
{
    struct counterfactual out = {0};
    struct pool *pool = NULL;
    struct ajar_err err = {0};
    assert_int_equal(pool_open(&pool, threads, NULL), 0);
    if (counterfactual_run(&small.arena, &small.world, &small.params, options, closings, n, pool,
                           NULL, &out, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    pool_close(pool);
    return out;
}

static void same_pairs(const struct counterfactual *a, const struct counterfactual *b)
{
    size_t cells = a->n_camps * (size_t)a->n_days;
    assert_int_equal(a->n_camps, b->n_camps);
    assert_memory_equal(a->camps, b->camps, a->n_camps * sizeof *a->camps);
    assert_memory_equal(&a->on_way, &b->on_way, sizeof a->on_way);
    assert_memory_equal(a->mean, b->mean, cells * sizeof(double));
    assert_memory_equal(a->p5, b->p5, cells * sizeof(double));
    assert_memory_equal(a->p95, b->p95, cells * sizeof(double));
    assert_memory_equal(&a->narrower_chance, &b->narrower_chance, sizeof(double));
    assert_memory_equal(&a->narrower_both, &b->narrower_both, sizeof(double));
}

static double sd(const double *x, size_t n)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        square += (x[i] - mean) * (x[i] - mean);
    }
    return sqrt(square / (double)(n - 1));
}

/* Five members once more, run by run; with a parameter that varies and without. */
static void test_pairs(void **state)
{
    (void)state;
    enum { N = 5, END = 33, DAYS = END + 1 };
    members_world();
    small.params.hasten = 2;
    small.params.max_move_speed = 60;
    struct ensemble_range range = members_range("softening=0..100");
    struct counterfactual_closing one = {3, FLOW_NONE, 10, -1};
    for (size_t n_ranges = 0; n_ranges < 2; n_ranges++) {
        struct ensemble_options options = members_options(N);
        options.ranges = &range;
        options.n_ranges = n_ranges;
        options.to = DAYS;
        struct counterfactual a = run_pairs(&options, &one, 1, 1);
        struct counterfactual b = run_pairs(&options, &one, 1, 3);
        same_pairs(&a, &b);
        assert_int_equal(a.n_pairs, N);
        const struct flow_params base = small.params;
        double ends[2][N][MEMBERS_CAMPS + 1], mid[N];
        for (uint32_t m = 0; m < N; m++) {
            uint64_t seed;
            assert_int_equal(ensemble_member(&base, &options, m, &small.params, &seed, NULL), 0);
            small_plan();
            struct flow_plan plans[2] = {small.plan, copy_plan(&small.plan)};
            counterfactual_close(&plans[1], &one, 1);
            mid[m] = 0;
            for (int side = 0; side < 2; side++) {
                struct flow_result result = run_plan(&plans[side], seed);
                double all = 0, camps = 0;
                for (uint32_t p = 0; p < small.plan.n_places; p++) {
                    all += 2 * (double)small_at(&result, END, p);
                }
                for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
                    ends[side][m][c] = 2 * (double)small_at(&result, END, small.camps[c]);
                    camps += ends[side][m][c];
                }
                ends[side][m][MEMBERS_CAMPS] = all - camps + 2 * (double)result.on_links[END];
                mid[m] += (side == 0 ? -2 : 2) * (double)small_at(&result, 25, 3);
            }
        }
        small.params = base;
        double paired2 = 0, both2 = 0, chance2 = 0;
        for (uint32_t c = 0; c <= MEMBERS_CAMPS; c++) {
            const struct counterfactual_effect *effect =
                c < MEMBERS_CAMPS ? &a.camps[c] : &a.on_way;
            double paired[N], both[N], open = 0, shut = 0;
            for (uint32_t m = 0; m < N; m++) {
                paired[m] = ends[1][m][c] - ends[0][m][c];
                both[m] = ends[1][(m + 1) % N][c] - ends[0][m][c];
                open += ends[0][m][c] / N;
                shut += ends[1][m][c] / N;
            }
            assert_near(effect->open, open, 1e-9);
            assert_near(effect->shut, shut, 1e-9);
            assert_near(effect->mean, shut - open, 1e-9);
            assert_near(effect->sd_paired, sd(paired, N), 1e-9);
            assert_near(effect->sd_both, sd(both, N), 1e-9);
            if (n_ranges == 0) {
                assert_near(effect->sd_chance, effect->sd_both, 0);
            }
            assert_true(effect->p5 <= effect->p50 && effect->p50 <= effect->p95);
            if (c < MEMBERS_CAMPS) {
                paired2 += effect->sd_paired * effect->sd_paired;
                both2 += effect->sd_both * effect->sd_both;
                chance2 += effect->sd_chance * effect->sd_chance;
                assert_near(a.mean[c * DAYS + END], effect->mean, 1e-9);
                assert_near(a.p5[c * DAYS + END], effect->p5, 1e-9);
                assert_near(a.p95[c * DAYS + END], effect->p95, 1e-9);
                assert_near(a.mean[c * DAYS + 9], 0, 0);
                assert_near(a.p5[c * DAYS + 9], 0, 0);
            }
        }
        assert_near(a.narrower_both, sqrt(both2 / paired2), 1e-9);
        assert_near(a.narrower_chance, sqrt(chance2 / paired2), 1e-9);
        assert_near(a.mean[1 * DAYS + 25], (mid[0] + mid[1] + mid[2] + mid[3] + mid[4]) / N, 1e-9);
        assert_true(a.camps[1].mean < -20);
        assert_true(a.on_way.open > 0);
    }
}

/* A place that nobody goes to, and a road that the plan shuts anyway. */
static void test_no_effect(void **state)
{
    (void)state;
    members_world();
    small_closure(FLOW_CLOSE_LOCATION, 6, 0, -1);
    struct ensemble_range range = members_range("softening=0..100");
    const struct counterfactual_closing none[] = {{7, FLOW_NONE, 0, -1}, {5, 6, 3, 20}};
    for (size_t n_ranges = 0; n_ranges < 2; n_ranges++) {
        struct ensemble_options options = members_options(4);
        options.ranges = &range;
        options.n_ranges = n_ranges;
        struct counterfactual out = run_pairs(&options, none, 2, 1);
        for (size_t i = 0; i < MEMBERS_CAMPS * SMALL_DAYS; i++) {
            assert_near(out.mean[i], 0, 0);
            assert_near(out.p5[i], 0, 0);
            assert_near(out.p95[i], 0, 0);
        }
        for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
            assert_near(out.camps[c].sd_paired, 0, 0);
            assert_near(out.camps[c].mean, 0, 0);
        }
        assert_true(out.camps[0].sd_chance > 0);
        assert_near(out.on_way.sd_paired, 0, 0);
        assert_true(isinf(out.narrower_both) && isinf(out.narrower_chance));
    }
}

/* On a conflict as it was: pairs are less noisy than runs that share nothing, or their parameters alone. */
static void test_conflict(void **state)
{
    (void)state;
    struct ensemble_range ranges[] = {members_range("max_move_speed=200..600"),
                                      members_range("softening=10..100"),
                                      members_range("distance_power=0.4..1.5")};
    small.world = flee_world(&small.arena, "mali2012", NULL);
    small.params = flow_params_validation();
    small.params.hasten = 100;
    struct counterfactual_closing one;
    struct ajar_err err = {0};
    if (counterfactual_parse(&small.world, TEXT_LIT("Niamey@2012-06-01"), &one, &err) != 0) {
        fail_msg("%s %s", err.text, err_advice(&err));
    }
    struct ensemble_options options = {.seed = 1,
                                       .n_members = 10,
                                       .ranges = ranges,
                                       .as_known = DATE_NONE,
                                       .to = small.world.n_days};
    for (options.n_ranges = 0; options.n_ranges <= 3; options.n_ranges += 3) {
        struct counterfactual out = run_pairs(&options, &one, 1, 2);
        double least = 0;
        for (size_t c = 0; c < out.n_camps; c++) {
            least = out.camps[c].mean < least ? out.camps[c].mean : least;
        }
        assert_true(least < -500);
        assert_true(out.narrower_chance > 1.2);
        assert_true(out.narrower_both > 1.2);
    }
}

static void test_as_known(void **state)
{
    (void)state;
    members_world();
    members_late_rows();
    struct counterfactual_closing one = {2, FLOW_NONE, 5, -1};
    struct ensemble_options options = members_options(3);
    options.as_known = 20;
    struct counterfactual a = run_pairs(&options, &one, 1, 1);
    members_change_later(20, 3);
    struct counterfactual b = run_pairs(&options, &one, 1, 1);
    same_pairs(&a, &b);
    /* The road from 0 to 5 was not known yet. */
    struct counterfactual_closing road = {0, 5, 25, -1};
    struct counterfactual out = {.n_days = -3};
    assert_int_equal(counterfactual_run(&small.arena, &small.world, &small.params, &options, &road,
                                        1, NULL, NULL, &out, NULL),
                     E_FLOW_CLOSING);
    options.as_known = 22;
    run_pairs(&options, &road, 1, 1);
    options.n_members = 1;
    assert_int_equal(counterfactual_run(&small.arena, &small.world, &small.params, &options, &road,
                                        1, NULL, NULL, &out, NULL),
                     E_FLOW_OPTION);
    assert_int_equal(out.n_days, -3);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_parse),           UNIT(test_parse_refuses), UNIT(test_check),
        UNIT(test_parse_any_bytes), UNIT(test_close_random),  UNIT(test_nobody_enters),
        UNIT(test_pairs),           UNIT(test_no_effect),     UNIT(test_conflict),
        UNIT(test_as_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
