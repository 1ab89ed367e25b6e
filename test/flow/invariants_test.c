#include "agents.h"
#include "flee_folder.h"
#include "flow_read.h"
#include "flow_write.h"
#include "rng.h"

/* What is always so, on the conflicts that are shared.  Under the rules of Ajar the same people go the same
 * ways when all names are others and the rows of all tables stand in another order; and each day everyone who
 * started is in a place or on a road, no count is negative, nobody leaves onto a shut road.
 *
 * On small worlds by hand: the same and gates in agents_test.c (test_invariants, test_gates), threads there
 * (test_threads), resumed runs in resume_test.c (test_resume), rows in order in plan_check_test.c
 * (test_order_of_rows, test_order_of_closures), all weights scaled in weights_test.c (test_scale), rows known
 * later in known_test.c; queues, and who leaves or returns, in seams_test.c (check_seams). */

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)2 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- Files turned round ---- */

static struct text new_name(const char *kind, size_t number)
{
    char name[40];
    const char *kept;
    snprintf(name, sizeof name, "%s %zu", kind, number);
    assert_int_equal(text_copy(&arena, text_of(name), &kept, NULL), 0);
    return text_of(kept);
}

/* A number for each country, of no order. */
static struct text new_country(const struct flow_world *world, struct text country)
{
    size_t i = 0;
    while (!text_eq(world->places[i].country, country)) {
        i++;
    }
    return new_name("Country", 7919 * (i + 1) % 10007);
}

static void *copy(const void *from, size_t n, size_t size)
{
    void *to = arena_get(&arena, n + 1, size, NULL);
    assert_non_null(to);
    if (n > 0) {
        memcpy(to, from, n * size);
    }
    return to;
}

/* All names are others, and their alphabetical order too. */
static struct flow_world rename_all(const struct flow_world *world)
{
    struct flow_world out = *world;
    out.places = copy(world->places, world->n_places, sizeof *out.places);
    out.closures = copy(world->closures, world->n_closures, sizeof *out.closures);
    out.uncounted = copy(world->uncounted, world->n_uncounted, sizeof *out.uncounted);
    for (size_t i = 0; i < out.n_places; i++) {
        out.places[i].name = new_name("Place", 7919 * (i + 1) % 100003);
        out.places[i].country = new_country(world, world->places[i].country);
    }
    for (size_t i = 0; i < out.n_uncounted; i++) {
        out.uncounted[i] = new_name("Outside", i);
    }
    for (size_t i = 0; i < out.n_closures; i++) {
        struct flow_closure *at = &out.closures[i];
        if (at->type == FLOW_CLOSE_COUNTRY) {
            at->name1 = new_country(world, at->name1);
            at->name2 = new_country(world, at->name2);
        } else {
            at->name1 = out.places[at->place1].name;
            at->name2 = at->place2 == FLOW_NONE ? at->name2 : out.places[at->place2].name;
        }
    }
    return out;
}

/* The lines behind the first in another order. */
static struct text shuffle_lines(struct text bytes, struct rng *rng)
{
    struct buf buf;
    struct text rest, head = text_split(bytes, '\n', &rest);
    size_t n = 0;
    struct text *lines = arena_new(&arena, struct text, bytes.n + 1, NULL);
    while (rest.n > 0) {
        lines[n++] = text_split(rest, '\n', &rest);
    }
    buf_init(&buf, (size_t)1 << 26);
    buf_text(&buf, head);
    buf_char(&buf, '\n');
    for (; n > 0; n--) {
        size_t pick = rng_below(rng, (uint32_t)n);
        buf_text(&buf, lines[pick]);
        buf_char(&buf, '\n');
        lines[pick] = lines[n - 1];
    }
    const char *kept;
    assert_int_equal(text_copy(&arena, buf_view(&buf), &kept, NULL), 0);
    struct text out = {kept, buf.n};
    buf_free(&buf);
    return out;
}

/* Written with other names, every table shuffled, and read. */
static struct flow_world turn_round(const struct flow_world *world, uint64_t seed)
{
    struct flow_params params = flow_params_validation();
    struct flow_world renamed = rename_all(world), out;
    struct rng rng = rng_at(seed, 3, 0, 0);
    struct text bytes[FLOW_TABLES];
    struct faults faults;
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        struct buf buf;
        buf_init(&buf, (size_t)1 << 26);
        assert_int_equal(flow_write(&renamed, &params, table, &buf, NULL), 0);
        const char *kept;
        assert_int_equal(text_copy(&arena, buf_view(&buf), &kept, NULL), 0);
        bytes[table] = (struct text){kept, buf.n};
        if (table != FLOW_SETTINGS) {
            bytes[table] = shuffle_lines(bytes[table], &rng);
        }
        buf_free(&buf);
    }
    assert_int_equal(faults_init(&faults, &arena, 5, NULL), 0);
    if (flow_read(&arena, bytes, &out, &params, NULL, &faults, NULL) != 0) {
        fail_msg("%s line %ld: %s", faults.at[0].file, faults.at[0].row, faults.at[0].text);
    }
    return out;
}

/* Where each place of `world` stands in the turned one. */
static uint32_t *find_places(const struct flow_world *world, const struct flow_world *turned)
{
    uint32_t *at = arena_new(&arena, uint32_t, world->n_places, NULL), moved = 0;
    assert_int_equal(world->n_places, turned->n_places);
    for (uint32_t p = 0; p < world->n_places; p++) {
        struct text name = new_name("Place", 7919 * ((size_t)p + 1) % 100003);
        while (at[p] < turned->n_places && !text_eq(turned->places[at[p]].name, name)) {
            at[p]++;
        }
        assert_true(at[p] < turned->n_places);
        moved += at[p] != p;
    }
    assert_true(moved > 5);
    return at;
}

/* ---- Runs ---- */

struct run {
    struct flow_plan plan;
    struct flow_result result;
};

static struct run run_days(const struct flow_world *world, const struct flow_params *params)
{
    struct run out;
    struct flow_agents *agents;
    struct ajar_err err = {0};
    struct flow_run_options options = {.seed = 11, .to = world->n_days};
    if (flow_plan_make(&arena, world, params, DATE_NONE, &out.plan, &err) != 0 ||
        flow_agents_open(&agents, &arena, &out.plan, params, &options, &err) != 0 ||
        flow_agents_run(agents, options.to, NULL, NULL, &out.result, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return out;
}

/* On each day nobody is lost or made up, and nobody leaves onto a road that is shut. */
static void check_days(const struct run *run)
{
    const struct flow_plan *plan = &run->plan;
    int64_t people = 0;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        people += plan->day0[p];
    }
    for (int32_t day = 0; day < plan->n_days; day++) {
        int64_t there = run->result.on_links[day];
        assert_true(there >= 0);
        people += run->result.spawned[day];
        for (uint32_t p = 0; p < plan->n_places; p++) {
            int64_t n = run->result.in_place[(size_t)day * plan->n_places + p];
            assert_true(n >= 0);
            there += n;
        }
        assert_int_equal(there, people);
        for (uint32_t link = 0; link < plan->n_links; link++) {
            size_t at = (size_t)day * plan->n_links + link;
            int64_t flow = run->result.link_flow[at];
            assert_true(flow == 0 || (flow > 0 && plan->open[at] != 0));
        }
    }
}

/* Who left from one place to another, by the days. */
static int64_t flow_between(const struct run *run, int32_t day, uint32_t from, uint32_t to)
{
    int64_t sum = 0;
    for (uint32_t link = run->plan.first[from]; link < run->plan.first[from + 1]; link++) {
        sum += run->plan.to[link] == to
                   ? run->result.link_flow[(size_t)day * run->plan.n_links + link]
                   : 0;
    }
    return sum;
}

static size_t differences(const struct run *run, const struct run *turned, const uint32_t *at)
{
    const struct flow_plan *plan = &run->plan;
    size_t n = 0, places = plan->n_places;
    for (int32_t day = 0; day < plan->n_days; day++) {
        size_t row = (size_t)day * places;
        n += run->result.spawned[day] != turned->result.spawned[day];
        n += run->result.on_links[day] != turned->result.on_links[day];
        for (size_t p = 0; p < places; p++) {
            n += run->result.in_place[row + p] != turned->result.in_place[row + at[p]];
        }
        for (uint32_t link = 0; link < plan->n_links; link++) {
            uint32_t a = plan->from[link], b = plan->to[link];
            n += flow_between(run, day, a, b) != flow_between(turned, day, at[a], at[b]);
        }
    }
    return n + (run->result.hops != turned->result.hops);
}

static struct flow_params some_params(size_t i)
{
    struct flow_params params = flow_params_validation();
    params.rules = FLOW_RULES_AJAR;
    params.hasten = 4 * flee_hasten[i];
    params.foreign_weight = 1.5;
    params.awareness = i % 3 == 0 ? 2 : 1;
    params.start_on_foot = i % 2 == 0;
    return params;
}

/* Names and the order of rows change nothing under the rules of Ajar. */
static void test_names_and_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        struct flow_world world = flee_world(&arena, flee_names[i], NULL);
        struct flow_world turned = turn_round(&world, i);
        struct flow_params params = some_params(i);
        struct run run = run_days(&world, &params), other = run_days(&turned, &params);
        check_days(&run);
        assert_true(run.result.hops > 1000);
        assert_int_equal(run.plan.n_links, other.plan.n_links);
        size_t n = differences(&run, &other, find_places(&world, &turned));
        if (n > 0) {
            fail_msg("%s: %zu numbers differ", flee_names[i], n);
        }
        teardown(state);
        setup(state);
    }
}

/* The comparison does see the order of rows, where it matters: in the reference. */
static void test_reference_differs(void **state)
{
    (void)state;
    struct flow_world world = flee_world(&arena, "burundi2015", NULL);
    struct flow_world turned = turn_round(&world, 1);
    struct flow_params params = some_params(0);
    params.rules = FLOW_RULES_FLEE;
    struct run run = run_days(&world, &params), other = run_days(&turned, &params);
    check_days(&run);
    check_days(&other);
    assert_true(differences(&run, &other, find_places(&world, &turned)) > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_names_and_rows), TEST(test_reference_differs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
