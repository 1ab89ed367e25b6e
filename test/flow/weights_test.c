#include "../base/sampled.h"
#include "small.h"

static const struct flow_gates *no_gates = NULL;

static struct flow_weights open_weights(const struct flow_gates *gates)
{
    struct flow_weights weights;
    struct ajar_err err = {0};
    if (flow_weights_open(&weights, &small.arena, &small.plan, &small.params, gates, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return weights;
}

static int64_t *nobody(void)
{
    return arena_new(&small.arena, int64_t, small.plan.n_places, NULL);
}

static struct weights_row row_of(const struct flow_weights *weights, uint32_t class, uint32_t p)
{
    return weights->rows[(size_t) class * small.plan.n_places + p];
}

/* Share of choice k of a row. */
static double share(const struct flow_weights *weights, struct weights_row row, uint32_t k)
{
    const uint32_t *thresholds = weights->thresholds + row.at;
    double from = k == 0 ? 0 : thresholds[k - 1] * 0x1p-32;
    return (k + 1 == row.n ? 1 : thresholds[k] * 0x1p-32) - from;
}

/* Share of all choices whose first link goes to a place. */
static double share_to(const struct flow_weights *weights, uint32_t p, uint32_t to)
{
    struct weights_row row = row_of(weights, 0, p);
    double sum = 0;
    for (uint32_t k = 0; k < row.n; k++) {
        uint32_t link = weights->choices[row.at + k].link;
        sum += link != WEIGHTS_STAY && small.plan.to[link] == to ? share(weights, row, k) : 0;
    }
    return sum;
}

/* 0 - 1 - 2 and 0 - 3, with a camp at 3. */
static void fork_world(void)
{
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_TOWN, 10);
    small_place(FLOW_TOWN, 10);
    small_place(FLOW_CAMP, 100);
    small_road(0, 1, 30);
    small_road(1, 2, 40);
    small_road(0, 3, 70);
    small.params.softening = 10;
}

static void test_awareness(void **state)
{
    for (int awareness = 1; awareness <= 3; awareness++) {
        fork_world();
        small.params.awareness = awareness;
        small_plan();
        struct flow_weights weights = open_weights(no_gates);
        flow_weights_day(&weights, 0, nobody());
        struct weights_row row = row_of(&weights, 0, 0);
        assert_int_equal(row.n, awareness == 1 ? 2 : 3);
        double near = 1.0 / 40, far = awareness == 1 ? 0 : 1.0 / 80, camp = 1.0 / 80;
        assert_near(share_to(&weights, 0, 1), (near + far) / (near + far + camp), 1e-8);
        /* Only the way to 2 leaves something to walk. */
        uint32_t with_trail = 0;
        for (uint32_t k = 0; k < row.n; k++) {
            with_trail += weights.choices[row.at + k].trail != 0;
        }
        assert_int_equal(with_trail, awareness > 1);
        small_teardown(state);
        small_setup(state);
    }
}

/* A marker is no goal, counts as no link, and its length counts. */
static void test_marker(void **state)
{
    (void)state;
    fork_world();
    small.places[1].type = FLOW_MARKER;
    small_plan();
    struct flow_weights weights = open_weights(no_gates);
    flow_weights_day(&weights, 0, nobody());
    assert_int_equal(row_of(&weights, 0, 0).n, 2);
    assert_near(share_to(&weights, 0, 1), 0.5, 1e-8);
}

static void test_scores(void **state)
{
    (void)state;
    fork_world();
    small.params.camp_weight = 3;
    small.params.foreign_weight = 2;
    small.params.conflict_weight = 0.25;
    small.params.n_spawn_decay = 1;
    small.params.spawn_decay[0] = 0.5;
    small.places[3].foreign = true;
    small_conflict(1, 0, 3);
    small_plan();
    struct flow_weights weights = open_weights(no_gates);
    flow_weights_day(&weights, 0, nobody());
    double town = pow(0.25, 0.5 * 3) / 40, camp = 6.0 / 80;
    assert_near(share_to(&weights, 0, 3), camp / (camp + town), 1e-8);
    small.params.weight_power = 2;
    small.params.weight_softening = 1;
    weights = open_weights(no_gates);
    flow_weights_day(&weights, 0, nobody());
    town = (1 + pow(0.25, 1.5)) / 40;
    camp = 7.0 / 80;
    assert_near(share_to(&weights, 0, 3), camp * camp / (camp * camp + town * town), 1e-8);
}

static void test_pruning(void **state)
{
    (void)state;
    fork_world();
    small_plan();
    for (int pruned = 0; pruned < 2; pruned++) {
        small.params.pruning_threshold = pruned != 0 ? 1.9 : 2.1; /* weights 1/40 and 1/80 */
        struct flow_weights weights = open_weights(no_gates);
        flow_weights_day(&weights, 0, nobody());
        assert_int_equal(row_of(&weights, 0, 0).n, pruned != 0 ? 1 : 2);
    }
}

/* A camp with room below a half turns people away in the reference, who then stay; full in both. */
static void test_full(void **state)
{
    const int64_t people[] = {90, 94, 96, 100, 1000};
    const double rooms[] = {1, 0.6, 0.4, 0, 0};
    for (int own = 0; own < 2; own++) {
        fork_world();
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_plan();
        struct flow_weights weights = open_weights(no_gates);
        int64_t *in_place = nobody();
        flow_weights_day(&weights, 0, in_place);
        for (size_t i = 0; i < 5; i++) {
            in_place[3] = people[i];
            flow_weights_fill(&weights, in_place);
            double camp = rooms[i] / 80, town = 1.0 / 40;
            assert_near(share_to(&weights, 0, 1), town / (camp + town), 1e-8);
            bool turned = own == 0 && rooms[i] < 0.5;
            assert_near(share_to(&weights, 0, 3), turned ? 0 : camp / (camp + town), 1e-8);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* Only full camps in reach: the reference picks one and stays, Ajar stays. */
static void test_all_full(void **state)
{
    for (int own = 0; own < 2; own++) {
        small_place(FLOW_CONFLICT, 10);
        small_place(FLOW_CAMP, 10);
        small_place(FLOW_CAMP, 10);
        small_road(0, 1, 1);
        small_road(0, 2, 2);
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_plan();
        struct flow_weights weights = open_weights(no_gates);
        int64_t in_place[] = {5, 10, 11};
        flow_weights_day(&weights, 0, in_place);
        struct weights_row row = row_of(&weights, 0, 0);
        assert_int_equal(row.n, own != 0 ? 0 : 2);
        for (uint32_t k = 0; k < row.n; k++) {
            assert_int_equal(weights.choices[row.at + k].link, WEIGHTS_STAY);
            assert_near(share(&weights, row, k), 0.5, 1e-8);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* Two roads to one place: the reference weighs both and walks the first. */
static void test_parallel(void **state)
{
    for (int own = 0; own < 2; own++) {
        small_place(FLOW_CONFLICT, 10);
        small_place(FLOW_TOWN, 10);
        small_road(0, 1, 90);
        small_road(0, 1, 40);
        small.params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        small_plan();
        struct flow_weights weights = open_weights(no_gates);
        flow_weights_day(&weights, 0, nobody());
        struct weights_row row = row_of(&weights, 0, 0);
        assert_int_equal(row.n, 2);
        for (uint32_t k = 0; k < 2; k++) {
            double km = small.plan.km[weights.choices[row.at + k].link];
            assert_near(km, own == 0 ? 90 : k == 0 ? 40 : 90, 0);
        }
        small_teardown(state);
        small_setup(state);
    }
}

static void test_forced(void **state)
{
    (void)state;
    fork_world();
    small.roads[1].forced = 2; /* who is at 2 goes to 1 */
    small.params.rules = FLOW_RULES_AJAR;
    small.params.default_movechance = 0.1;
    small_plan();
    struct flow_weights weights = open_weights(no_gates);
    flow_weights_day(&weights, 0, nobody());
    assert_int_equal(weights.go[0][2], weights.go[0][1]); /* it says where, not when */
    assert_true(weights.go[0][1] < WEIGHTS_SURE / 9);
    assert_int_equal(weights.go[1][1], WEIGHTS_SURE);
    assert_near(share_to(&weights, 2, 1), 1, 0);
}

/* Who is of a class whose gate is shut does not think of that way. */
static void test_gates(void **state)
{
    (void)state;
    fork_world();
    small.params.awareness = 2;
    small_plan();
    size_t cells = (size_t)small.plan.n_days * small.plan.n_links * 2;
    uint8_t *open = arena_new(&small.arena, uint8_t, cells, NULL);
    for (size_t i = 0; i < cells; i++) {
        size_t link = i / 2 % small.plan.n_links, class = i % 2;
        open[i] = !(class == 1 && small.plan.to[link] == 2);
    }
    struct flow_gates gates = {2, open};
    struct flow_weights weights = open_weights(&gates);
    flow_weights_day(&weights, 0, nobody());
    assert_int_equal(row_of(&weights, 0, 0).n, 3);
    assert_int_equal(row_of(&weights, 1, 0).n, 2);
    assert_int_equal(row_of(&weights, 1, 1).n, 2); /* 0, and 3 beyond it */
    struct weights_row row = row_of(&weights, 0, 0);
    for (uint32_t k = 0; k < row.n; k++) {
        uint32_t trail = weights.choices[row.at + k].trail;
        if (trail != 0) {
            assert_int_not_equal(flow_weights_follow(&weights, 0, 1, trail).link, WEIGHTS_STAY);
            assert_int_equal(flow_weights_follow(&weights, 1, 1, trail).link, WEIGHTS_STAY);
            assert_int_equal(flow_weights_follow(&weights, 0, 1, trail).trail, 0);
        }
    }
}

static void same_rows(const struct flow_weights *a, const struct flow_weights *b)
{
    for (uint32_t p = 0; p < small.plan.n_places; p++) {
        struct weights_row x = row_of(a, 0, p), y = row_of(b, 0, p);
        assert_int_equal(x.n, y.n);
        assert_int_equal(x.at, y.at);
        for (uint32_t k = 0; k < x.n; k++) {
            assert_int_equal(a->thresholds[x.at + k], b->thresholds[y.at + k]);
            assert_int_equal(a->choices[x.at + k].link, b->choices[y.at + k].link);
            assert_int_equal(a->choices[x.at + k].trail, b->choices[y.at + k].trail);
        }
    }
}

/* Rows made again for what changed are the rows made from nothing. */
static void test_fill(void **state)
{
    for (uint64_t seed = 0; seed < 25; seed += sampled(4)) {
        small_random(seed);
        struct flow_weights kept = open_weights(no_gates);
        struct rng rng = rng_at(seed, 10, 0, 0);
        int64_t *in_place = nobody();
        for (int32_t day = 0; day < SMALL_DAYS; day++) {
            flow_weights_day(&kept, day, in_place);
            for (int i = 0; i < 4; i++) {
                in_place[rng_below(&rng, small.plan.n_places)] = rng_below(&rng, 600);
                flow_weights_fill(&kept, in_place);
                struct flow_weights fresh = open_weights(no_gates);
                flow_weights_day(&fresh, day, in_place);
                same_rows(&kept, &fresh);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* All weights twice as large: the same choices. */
static void test_scale(void **state)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        small_random(seed);
        small.params.weight_power = 1;
        struct flow_weights weights = open_weights(no_gates), doubled = open_weights(no_gates);
        for (uint32_t i = 0; i < doubled.n_paths; i++) {
            doubled.reach[i] /= 2;
        }
        for (int32_t day = 0; day < SMALL_DAYS; day += 7) {
            flow_weights_day(&weights, day, nobody());
            flow_weights_day(&doubled, day, nobody());
            same_rows(&weights, &doubled);
        }
        small_teardown(state);
        small_setup(state);
    }
}

/* Paths by plain recursion, counted. */
static size_t count_paths(uint32_t at, int counted, bool *on_way)
{
    const struct flow_plan *plan = &small.plan;
    size_t n = 0;
    on_way[at] = true;
    for (uint32_t link = plan->first[at]; link < plan->first[at + 1]; link++) {
        uint32_t end = plan->to[link];
        int more = counted + (plan->marker[end] ? 0 : 1);
        if (!on_way[end] && counted < small.params.awareness) {
            n += !plan->marker[end];
            n += count_paths(end, more, on_way);
        }
    }
    on_way[at] = false;
    return n;
}

static void test_paths(void **state)
{
    for (uint64_t seed = 0; seed < 25; seed += sampled(4)) {
        small_random(seed);
        struct flow_weights weights = open_weights(no_gates);
        for (uint32_t p = 0; p < small.plan.n_places; p++) {
            bool on_way[SMALL_MOST] = {false};
            assert_int_equal(weights.first[p + 1] - weights.first[p], count_paths(p, 0, on_way));
            for (uint32_t i = weights.first[p]; i < weights.first[p + 1]; i++) {
                uint32_t at = p;
                double km = 0;
                for (uint32_t s = weights.trail[i];; s++) {
                    uint32_t link = weights.steps[s] & ~WEIGHTS_LAST;
                    assert_int_equal(small.plan.from[link], at);
                    at = small.plan.to[link];
                    km += small.plan.km[link];
                    if ((weights.steps[s] & WEIGHTS_LAST) != 0) {
                        break;
                    }
                }
                assert_int_equal(at, weights.goal[i]);
                double reach = pow(small.params.softening + km, small.params.distance_power);
                assert_near(weights.reach[i] / reach, 1, 1e-12);
            }
        }
        small_teardown(state);
        small_setup(state);
    }
}

static void test_too_many_paths(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < 16; p++) {
        small_place(FLOW_TOWN, 1);
    }
    for (uint32_t i = 0; i < 120; i++) {
        small_road(i / 15 * 2, (i / 15 * 2 + 1 + i % 15) % 16, 10);
    }
    small.params.awareness = 8;
    small_plan();
    struct flow_weights weights, before;
    memset(&weights, 0x55, sizeof weights);
    before = weights;
    struct ajar_err err = {0};
    assert_int_equal(
        flow_weights_open(&weights, &small.arena, &small.plan, &small.params, NULL, &err),
        E_FLOW_TOO_LARGE);
    assert_memory_equal(&weights, &before, sizeof weights);
}

/* Sixteen markers, each beside each: no goal at all, and more ways than can be looked at. */
static void test_markers_alone(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < 16; p++) {
        small_place(FLOW_MARKER, 1);
        for (uint32_t q = 0; q < p; q++) {
            small_road(p, q, 10);
        }
    }
    small_plan();
    struct flow_weights weights;
    struct ajar_err err = {0};
    assert_int_equal(
        flow_weights_open(&weights, &small.arena, &small.plan, &small.params, NULL, &err),
        E_FLOW_TOO_LARGE);
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_awareness),      UNIT(test_marker),        UNIT(test_scores),
        UNIT(test_pruning),        UNIT(test_full),          UNIT(test_all_full),
        UNIT(test_parallel),       UNIT(test_forced),        UNIT(test_gates),
        UNIT(test_fill),           UNIT(test_scale),         UNIT(test_paths),
        UNIT(test_too_many_paths), UNIT(test_markers_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
