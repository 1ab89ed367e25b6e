/* Floors of groups, against every plan there is. */
#include "fair.h"

#include "../base/unit.h"
#include "bound.h"
#include "brute.h"
#include "random_instances.h"

enum { GROUPS_MOST = 3, INSTANCES = 60 };

static const struct place_side no_side;

struct market {
    struct arena arena;
    struct place_problem problem;
    uint32_t n_groups, group[BRUTE_MOST];
    int64_t households[GROUPS_MOST];
};

/* The best total with floors, or the highest share with references: what a plan's group totals are looked at for. */
struct every {
    struct brute brute;
    const struct market *market;
    const int64_t *floor;     /* of the total of a group, or NULL */
    const int64_t *reference; /* share: total * scale / reference, those of 0 left out */
    int64_t scale, best, total[GROUPS_MOST];
};

static int64_t floor_by(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static void every_leaf(struct every *every)
{
    int64_t value = 0, least = INT64_MAX;
    for (uint32_t g = 0; g < every->market->n_groups; g++) {
        value += every->total[g];
        if (every->floor != NULL && every->total[g] < every->floor[g]) {
            return;
        }
        if (every->floor == NULL && every->reference[g] > 0) {
            int64_t share = floor_by(every->total[g] * every->scale, every->reference[g]);
            least = share < least ? share : least;
        }
    }
    value = every->floor == NULL ? least : value;
    every->best = value > every->best ? value : every->best;
}

static void every_try(struct every *every, uint32_t household)
{
    const struct place_problem *problem = &every->market->problem;
    if (household == problem->n_households) {
        every_leaf(every);
        return;
    }
    int64_t *total = &every->total[every->market->group[household]];
    for (uint64_t i = problem->first[household]; i < problem->first[household + 1]; i++) {
        *total += problem->score[i];
        if (brute_move(&every->brute, household, problem->locality[i], 1)) {
            every_try(every, household + 1);
        }
        brute_move(&every->brute, household, problem->locality[i], -1);
        *total -= problem->score[i];
    }
    every_try(every, household + 1);
}

/* floor of group totals, or NULL and references; INT64_MIN: no plan. */
static int64_t every_plan(const struct market *market, const int64_t *floor,
                          const int64_t *reference, int64_t scale)
{
    const struct place_problem *problem = &market->problem;
    struct every every = {.market = market,
                          .floor = floor,
                          .reference = reference,
                          .scale = scale,
                          .best = INT64_MIN};
    every.brute.problem = problem;
    memcpy(every.brute.left, problem->capacity,
           (size_t)problem->n_localities * problem->n_resources * sizeof *every.brute.left);
    every_try(&every, 0);
    return every.best;
}

static void market_open(struct market *market, uint32_t seed)
{
    arena_init(&market->arena, "the test", (size_t)1 << 26);
    assert_int_equal(random_instance(&market->arena, RANDOM_SMALL, seed, &market->problem, NULL),
                     0);
    market->problem.n_households = market->problem.n_households > 8 ? 8 : 7;
    if (market->problem.n_households == 7) {
        market->problem.n_households = 6;
    }
    market->n_groups = 2 + seed % 2;
    memset(market->households, 0, sizeof market->households);
    for (uint32_t h = 0; h < market->problem.n_households; h++) {
        market->group[h] = h % market->n_groups;
        market->households[market->group[h]]++;
    }
}

static struct fair_groups solve(struct market *market, enum fair_rule rule, const int64_t *given,
                                struct pool *pool)
{
    struct fair_options options = {.solve = {.rounds = 100, .seed = 5}};
    struct fair_groups out;
    assert_int_equal(fair_groups(&market->arena, &market->problem, &no_side, market->group,
                                 market->n_groups, rule, given, &options, pool, NULL, &out, NULL),
                     0);
    return out;
}

/* The plan is one, the averages are its own, and `met` says what they say. */
static void check_plan(const struct market *market, const struct fair_groups *got)
{
    const struct place_problem *problem = &market->problem;
    const uint32_t *place = got->plan.plan.place;
    int64_t load[64], total[GROUPS_MOST] = {0};
    bool legal, met = true;
    assert_int_equal(place_objective(problem, place, load, &legal), got->plan.plan.objective_micro);
    assert_true(legal);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] != PLACE_NONE) {
            total[market->group[h]] += problem->score[place_pair(problem, h, place[h])];
        }
    }
    for (uint32_t g = 0; g < market->n_groups; g++) {
        met = met && total[g] >= got->floor_micro[g] * market->households[g];
        assert_int_equal(got->average_micro[g], floor_by(total[g], market->households[g]));
        assert_true(got->weight[g] >= 0);
    }
    assert_int_equal(met, got->met);
    assert_true(got->bound_micro <= got->plan.plan.bound_micro);
    assert_true(got->plan.plan.objective_micro <= got->total_micro);
}

/* The best that any plan has under the floors stands between the plan and the bound; the loss against it in parts of a
 * thousand. */
static int64_t check_bound(const struct market *market, const struct fair_groups *got)
{
    int64_t floor[GROUPS_MOST];
    for (uint32_t g = 0; g < market->n_groups; g++) {
        floor[g] = got->floor_micro[g] * market->households[g];
    }
    int64_t best = every_plan(market, floor, NULL, 1);
    assert_true(got->bound_micro >= best);
    if (!got->met) {
        return best == INT64_MIN ? -1 : 1000;
    }
    assert_true(best >= got->plan.plan.objective_micro);
    return best > 0 ? (best - got->plan.plan.objective_micro) * 1000 / best : 0;
}

/* What a group has alone in the places. */
static int64_t alone_in_places(const struct market *market, uint32_t group)
{
    struct market alone = *market;
    const struct place_problem *problem = &market->problem;
    const int64_t none[GROUPS_MOST] = {INT32_MIN, INT32_MIN, INT32_MIN};
    uint64_t first[BRUTE_MOST + 1] = {0}, n = 0;
    uint32_t locality[128];
    int32_t score[128];
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t k = problem->first[h]; market->group[h] == group && k < problem->first[h + 1];
             k++) {
            locality[n] = problem->locality[k];
            score[n++] = problem->score[k];
        }
        first[h + 1] = n;
    }
    alone.problem.first = first;
    alone.problem.locality = locality;
    alone.problem.score = score;
    return every_plan(&alone, none, NULL, 1);
}

/* A floor for the group that could have most more: a quarter to all of the way there, or a little further. */
static void raise_one(const struct market *market, const int64_t *average, uint32_t part,
                      int64_t *given)
{
    uint32_t most = 0;
    int64_t gap = -1;
    for (uint32_t g = 0; g < market->n_groups; g++) {
        int64_t alone = floor_by(alone_in_places(market, g), market->households[g]);
        if (alone - average[g] > gap) {
            gap = alone - average[g];
            most = g;
        }
    }
    given[most] = average[most] + gap * part / 4;
}

/* Floors above what the plan of the largest total gives. */
static void given_floors(void **state)
{
    (void)state;
    uint32_t met = 0, there = 0, binding = 0;
    int64_t loss = 0;
    for (uint32_t seed = 0; seed < INSTANCES; seed++) {
        struct market market;
        int64_t given[GROUPS_MOST] = {0};
        market_open(&market, seed);
        struct fair_groups plain = solve(&market, FAIR_GIVEN, given, NULL);
        raise_one(&market, plain.average_micro, 1 + seed % 5, given);
        struct fair_groups got = solve(&market, FAIR_GIVEN, given, NULL);
        check_plan(&market, &got);
        int64_t one = check_bound(&market, &got);
        there += one >= 0;
        met += got.met;
        loss += got.met ? one : 0;
        binding += got.met && got.plan.plan.objective_micro < got.total_micro;
        arena_free(&market.arena);
    }
    print_message("%u of %u floors that can be kept are, %u bind; mean loss %ld / 1000\n", met,
                  there, binding, (long)(met > 0 ? loss / met : 0));
    assert_true(there >= INSTANCES / 2 && met >= there - there / 50 && binding > 0);
    assert_true(loss <= 5 * (int64_t)met);
}

static void check_share(enum fair_rule rule)
{
    int64_t behind = 0, loss = 0;
    for (uint32_t seed = 0; seed < INSTANCES; seed++) {
        struct market market;
        int64_t reference[GROUPS_MOST], scale = rule == FAIR_MAXMIN ? 1 : 1000000;
        market_open(&market, seed);
        for (uint32_t g = 0; g < market.n_groups; g++) {
            reference[g] = alone_in_places(&market, g);
            if (rule == FAIR_MAXMIN && reference[g] > 0) {
                reference[g] = market.households[g];
            }
        }
        int64_t best = every_plan(&market, NULL, reference, scale);
        struct fair_groups got = solve(&market, rule, NULL, NULL);
        check_plan(&market, &got);
        assert_true(got.met);
        if (best != INT64_MAX) {
            best = rule == FAIR_PROPORTIONAL && best > 1000000 ? 1000000 : best;
            assert_true(got.share_micro <= best);
            assert_true(best <= got.share_most_micro);
            behind += best > 0 ? (best - got.share_micro) * 1000 / best : 0;
        }
        int64_t one = check_bound(&market, &got);
        assert_in_range(one, 0, 1000);
        loss += one;
        arena_free(&market.arena);
    }
    print_message("share %ld / 1000 behind on the mean, total %ld / 1000\n",
                  (long)(behind / INSTANCES), (long)(loss / INSTANCES));
    assert_true(behind <= 10 * INSTANCES && loss <= 10 * INSTANCES);
}

static void the_highest_common_floor(void **state)
{
    (void)state;
    check_share(FAIR_MAXMIN);
}

static void the_highest_common_share(void **state)
{
    (void)state;
    check_share(FAIR_PROPORTIONAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_floors),
        cmocka_unit_test(the_highest_common_floor),
        cmocka_unit_test(the_highest_common_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
