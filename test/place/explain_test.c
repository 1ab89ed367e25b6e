/* Explanations: every number of a case that is worked out by hand, and a checker that misses no wrong one. */
#include "explain.h"

#include <string.h>

#include "../base/unit.h"
#include "place_check_explain.h"
#include "whatif_cases.h"

/* anna may go to both, bela to north, chris to both; seats, then beds for the sick.  chris would rather be in the
 * north. */
static const int32_t need[] = {2, 0, 3, 1, 1, 1};
static const int32_t capacity[] = {5, 1, 2, 1};
static const uint64_t first[] = {0, 2, 3, 5};
static const uint32_t locality[] = {0, 1, 0, 0, 1};
static const int32_t score[] = {500000, 400000, 900000, 300000, 200000};
static const struct place_problem small = {3, 2, 2, need, capacity, first, locality, score};
static const struct text households[] = {{"anna", 4}, {"bela", 4}, {"chris", 5}};
static const struct text localities[] = {{"north", 5}, {"south", 5}};
static const struct text resources[] = {{"seats", 5}, {"beds", 4}};
static const struct place_names names = {households, localities, resources};

struct told {
    struct arena arena;
    struct explain_household *who;
    struct explain_locality *where;
};

static struct told tell(const struct place_problem *problem, const struct place_side *side,
                        const struct side_result *plan)
{
    struct told told = {0};
    arena_init(&told.arena, "the test", (size_t)1 << 24);
    assert_int_equal(explain_all(&told.arena, problem, side, plan, &told.who, &told.where, NULL),
                     0);
    return told;
}

static uint64_t faults_of(const struct place_problem *problem, const struct place_side *side,
                          const struct side_result *plan, const struct told *told,
                          struct faults *faults)
{
    struct arena scratch;
    uint64_t n = 77;
    const struct place_claim claim = {
        .place = plan->plan.place, .price = plan->plan.price, .names = &names};
    const struct place_claim plain = {.place = plan->plan.place, .price = plan->plan.price};
    arena_init(&scratch, "the check", (size_t)1 << 24);
    assert_int_equal(place_check_explain(&scratch, problem, side,
                                         problem == &small ? &claim : &plain, plan->quota_price,
                                         told->who, problem->n_households, told->where,
                                         problem->n_localities, faults, &n, NULL),
                     0);
    arena_free(&scratch);
    return n;
}

static void a_full_case(void **state)
{
    (void)state;
    static uint32_t place[] = {0, 0, 1};
    static int64_t price[] = {20000000, 100000000, 0, 0};
    struct side_result plan = {.plan = {.place = place, .price = price}};
    struct told told = tell(&small, &(struct place_side){0}, &plan);
    const struct explain_household *anna = &told.who[0], *chris = &told.who[2];
    assert_int_equal(anna->household, 0);
    assert_false(anna->locked);
    assert_int_equal(anna->chosen.locality, 0);
    assert_int_equal(anna->chosen.score_micro, 500000);
    assert_int_equal(anna->chosen.charge, 40000000);
    assert_int_equal(anna->chosen.left, 460000000);
    assert_true(anna->chosen.room);
    assert_int_equal(anna->chosen.binding, 0);
    assert_int_equal(anna->chosen.lacks, 0);
    assert_int_equal(anna->n_others, 2);
    assert_int_equal(anna->others[0].locality, 1);
    assert_int_equal(anna->others[0].left, 400000000);
    assert_false(anna->others[0].room);
    assert_int_equal(anna->others[0].binding, 0);
    assert_int_equal(anna->others[0].lacks, 1);
    assert_int_equal(anna->others[1].locality, PLACE_NONE);
    assert_true(anna->others[1].room);
    assert_int_equal(anna->others[1].binding, PLACE_NONE);
    assert_int_equal(anna->change_locality, PLACE_NONE);
    assert_int_equal(anna->regret, 0);
    /* In the north both seats and beds are full for chris, so no single capacity would do: seats lack 1, beds 1. */
    assert_int_equal(chris->chosen.locality, 1);
    assert_int_equal(chris->others[0].locality, 0);
    assert_int_equal(chris->others[0].charge, 120000000);
    assert_int_equal(chris->others[0].binding, 0);
    assert_int_equal(chris->others[0].lacks, 1);
    assert_int_equal(chris->change_locality, PLACE_NONE);
    assert_int_equal(chris->regret, 0);
    assert_int_equal(told.where[0].placed, 2);
    assert_int_equal(told.where[0].score_micro, 1400000);
    assert_int_equal(told.where[0].resources[0].capacity, 5);
    assert_int_equal(told.where[0].resources[0].used, 5);
    assert_int_equal(told.where[0].resources[1].price, 100000000);
    assert_int_equal(told.where[0].wanted, 0);
    assert_int_equal(told.where[1].placed, 1);
    assert_int_equal(faults_of(&small, NULL, &plan, &told, &(struct faults){0}), 0);
    arena_free(&told.arena);
}

/* With a seat more in the north one bed is all that chris lacks; nothing is charged, so it regrets. */
static void one_bed_more(void **state)
{
    (void)state;
    static const int32_t roomy[] = {6, 1, 2, 1};
    static uint32_t place[] = {0, 0, 1};
    static int64_t price[] = {0, 0, 0, 0};
    struct place_problem problem = small;
    struct side_result plan = {.plan = {.place = place, .price = price}};
    problem.capacity = roomy;
    struct told told = tell(&problem, NULL, &plan);
    assert_int_equal(told.who[2].change_locality, 0);
    assert_int_equal(told.who[2].change_resource, 1);
    assert_int_equal(told.who[2].change_units, 1);
    assert_int_equal(told.who[2].change_gain_micro, 100000);
    assert_int_equal(told.who[2].regret, 100000000);
    assert_int_equal(told.where[0].wanted, 1);
    assert_int_equal(told.where[1].wanted, 0);
    arena_free(&told.arena);
    /* Locked, it wants nothing. */
    const struct side_lock lock = {2, 4};
    const struct place_side locked = {.n_locks = 1, .locks = &lock};
    told = tell(&problem, &locked, &plan);
    assert_true(told.who[2].locked);
    assert_int_equal(told.who[2].change_locality, PLACE_NONE);
    assert_int_equal(told.who[2].regret, 100000000);
    assert_int_equal(told.where[0].wanted, 0);
    arena_free(&told.arena);
    /* Linked to bela both there already: no distance is in the way.  Linked to anna in the south: she would be. */
    const struct side_link near = {1, 2, 0}, away = {0, 2, SIDE_SAME};
    static const int32_t position[] = {0, 0, 0, 9, 0, 0};
    struct place_side linked = {.n_links = 1, .links = &near, .position_m = position};
    told = tell(&problem, &linked, &plan);
    assert_int_equal(told.who[2].change_locality, 0);
    arena_free(&told.arena);
    static uint32_t south[] = {1, 0, 1};
    plan.plan.place = south;
    linked.links = &away;
    told = tell(&problem, &linked, &plan);
    assert_int_equal(told.who[2].change_locality, PLACE_NONE);
    arena_free(&told.arena);
}

static void a_quota_without_room(void **state)
{
    (void)state;
    static const int32_t roomy[] = {6, 2, 2, 1};
    static const uint32_t north[] = {0};
    static uint32_t place[] = {0, 0, 1};
    static int64_t price[] = {0, 0, 0, 0}, quota_price[] = {10000000};
    const struct side_quota quota = {0, 5, 1, north};
    const struct place_side side = {.n_quotas = 1, .quotas = &quota};
    struct place_problem problem = small;
    struct side_result plan = {.plan = {.place = place, .price = price},
                               .quota_price = quota_price};
    problem.capacity = roomy;
    struct told told = tell(&problem, &side, &plan);
    const struct explain_choice *other = &told.who[2].others[0];
    assert_int_equal(other->locality, 0);
    assert_int_equal(other->charge, 10000000);
    assert_false(other->room);
    assert_int_equal(other->binding, 0);
    assert_int_equal(other->binding_quota, 0);
    assert_int_equal(other->lacks, 1);
    assert_int_equal(told.who[2].change_locality, PLACE_NONE);
    /* anna's quota counts her where she is. */
    assert_true(told.who[0].chosen.room);
    assert_int_equal(told.who[0].chosen.charge, 20000000);
    assert_int_equal(told.where[0].resources[0].price, 0);
    arena_free(&told.arena);
}

static void one_is_as_all(void **state)
{
    (void)state;
    static uint32_t place[] = {0, 0, 1};
    static int64_t price[] = {20000000, 100000000, 0, 0};
    struct side_result plan = {.plan = {.place = place, .price = price}};
    struct told told = tell(&small, NULL, &plan);
    for (uint32_t h = 0; h < 3; h++) {
        struct explain_household one;
        assert_int_equal(explain_household(&told.arena, &small, NULL, &plan, h, &one, NULL), 0);
        assert_memory_equal(&one.chosen.left, &told.who[h].chosen.left, sizeof(int64_t));
        assert_int_equal(one.n_others, told.who[h].n_others);
        assert_int_equal(one.others[0].locality, told.who[h].others[0].locality);
    }
    for (uint32_t l = 0; l < 2; l++) {
        struct explain_locality one;
        assert_int_equal(explain_locality(&told.arena, &small, NULL, &plan, l, &one, NULL), 0);
        assert_int_equal(one.score_micro, told.where[l].score_micro);
        assert_int_equal(one.placed, told.where[l].placed);
        assert_memory_equal(one.resources, told.where[l].resources,
                            2 * sizeof(struct explain_resource));
    }
    arena_free(&told.arena);
}

static void a_wrong_figure_is_told(void **state)
{
    (void)state;
    static uint32_t place[] = {0, 0, 1};
    static int64_t price[] = {20000000, 100000000, 0, 0};
    struct side_result plan = {.plan = {.place = place, .price = price}};
    struct told told = tell(&small, NULL, &plan);
    struct faults faults;
    assert_int_equal(faults_init(&faults, &told.arena, 5, NULL), 0);
    told.who[0].others[0].charge = 5;
    told.who[2].chosen.locality = PLACE_NONE;
    told.where[1].resources[1].used = 3;
    assert_int_equal(faults_of(&small, NULL, &plan, &told, &faults), 3);
    assert_int_equal(faults.at[0].code, E_PLACE_PLAN_EXPLAIN);
    assert_string_equal(faults.at[0].text, "The explanation of household 'anna' says of the first "
                                           "alternative charge 5; it is 0.");
    assert_string_equal(faults.at[1].text, "The explanation of household 'chris' says of its place "
                                           "locality none; it is locality 'south'.");
    assert_string_equal(faults.at[2].text, "The explanation of locality 'south' says of resource "
                                           "'beds' used 3; it is 1.");
    told.who[1].household = 9;
    told.where[0].locality = 2;
    assert_int_equal(faults_of(&small, NULL, &plan, &told, &faults), 5);
    arena_free(&told.arena);
}

/* Changes each field of each explanation in turn; what the checker does not find fails the test. */
#define EVERY(field, wrong)                                                                        \
    do {                                                                                           \
        __typeof__(field) kept_ = (field);                                                         \
        (field) = (__typeof__(field))(wrong);                                                      \
        assert_true(faults_of(&problem, &side, &plan, &told, &faults) > 0);                        \
        (field) = kept_;                                                                           \
        count++;                                                                                   \
    } while (0)

static uint32_t spoil_choice(const struct place_problem *its_problem,
                             const struct place_side *its_side, const struct side_result *its_plan,
                             const struct told *its, struct explain_choice *choice)
{
    struct place_problem problem = *its_problem;
    struct place_side side = *its_side;
    struct side_result plan = *its_plan;
    struct told told = *its;
    struct faults faults = {0};
    uint32_t count = 0;
    EVERY(choice->locality, choice->locality ^ 1);
    EVERY(choice->score_micro, choice->score_micro + 1);
    EVERY(choice->charge, choice->charge - 1);
    EVERY(choice->left, choice->left + 1);
    EVERY(choice->room, !choice->room);
    EVERY(choice->binding, choice->binding == PLACE_NONE ? 0 : PLACE_NONE);
    EVERY(choice->binding, choice->binding ^ 1);
    EVERY(choice->binding_quota, choice->binding_quota == PLACE_NONE ? 0 : PLACE_NONE);
    EVERY(choice->lacks, choice->lacks + 1);
    return count;
}

static uint32_t spoil(const struct place_problem *its_problem, const struct place_side *its_side,
                      const struct side_result *its_plan, struct told *its)
{
    struct place_problem problem = *its_problem;
    struct place_side side = *its_side;
    struct side_result plan = *its_plan;
    struct told told = *its;
    struct faults faults = {0};
    uint32_t count = 0;
    for (uint32_t h = 0; h < problem.n_households; h++) {
        struct explain_household *who = &told.who[h];
        EVERY(who->household, (who->household + 1) % problem.n_households + 100);
        EVERY(who->locked, !who->locked);
        EVERY(who->n_others, who->n_others == 0 ? 1 : who->n_others - 1);
        EVERY(who->change_locality, who->change_locality ^ 1);
        EVERY(who->change_resource, who->change_resource ^ 1);
        EVERY(who->change_units, who->change_units + 1);
        EVERY(who->change_gain_micro, who->change_gain_micro + 1);
        EVERY(who->regret, who->regret + 1);
        count += spoil_choice(its_problem, its_side, its_plan, its, &who->chosen);
        for (uint32_t i = 0; i < who->n_others; i++) {
            count += spoil_choice(its_problem, its_side, its_plan, its, &who->others[i]);
        }
    }
    for (uint32_t l = 0; l < problem.n_localities; l++) {
        struct explain_locality *where = &told.where[l];
        EVERY(where->locality, where->locality + 100);
        EVERY(where->placed, where->placed + 1);
        EVERY(where->score_micro, where->score_micro - 1);
        EVERY(where->wanted, where->wanted + 1);
        for (uint32_t r = 0; r < problem.n_resources; r++) {
            EVERY(where->resources[r].capacity, where->resources[r].capacity + 1);
            EVERY(where->resources[r].used, where->resources[r].used - 1);
            EVERY(where->resources[r].price, where->resources[r].price + 1);
        }
    }
    return count;
}

/* The engine's explanations pass; of every kind of answer there are some. */
static void what_is_told_is_true(void **state)
{
    (void)state;
    uint32_t cases = 0, changes = 0, quotas = 0, lacking = 0, regrets = 0, wanted = 0, spoiled = 0;
    for (uint32_t seed = 0; seed < 120; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct place_side side;
        struct rng rng = rng_at(seed, 5, 0, 0);
        uint32_t place[CASES_HOUSEHOLDS];
        int64_t micro;
        struct side_result plan = {.plan = {.place = place}};
        arena_init(&arena, "the test", (size_t)1 << 22);
        cases_make(&arena, seed, seed % 3 > 0, &problem, &side);
        if (!cases_best(&problem, &side, NULL, 0, place, &micro)) {
            arena_free(&arena);
            continue;
        }
        cases++;
        cases_prices(&arena, &rng, &problem, &side, &plan.plan.price, &plan.quota_price);
        struct told told = tell(&problem, &side, &plan);
        assert_int_equal(faults_of(&problem, &side, &plan, &told, &(struct faults){0}), 0);
        for (uint32_t h = 0; h < problem.n_households; h++) {
            changes += told.who[h].change_locality != PLACE_NONE;
            regrets += told.who[h].regret > 0;
            for (uint32_t i = 0; i < told.who[h].n_others; i++) {
                quotas += told.who[h].others[i].binding_quota != PLACE_NONE;
                lacking += told.who[h].others[i].lacks > 0;
            }
        }
        for (uint32_t l = 0; l < problem.n_localities; l++) {
            wanted += told.where[l].wanted;
        }
        if (cases % 8 == 0) {
            spoiled += spoil(&problem, &side, &plan, &told);
        }
        arena_free(&told.arena);
        arena_free(&arena);
    }
    assert_true(cases > 60 && changes > 20 && quotas > 5 && lacking > 100 && regrets > 20 &&
                wanted > 20 && spoiled > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_case),
        cmocka_unit_test(one_bed_more),
        cmocka_unit_test(a_quota_without_room),
        cmocka_unit_test(one_is_as_all),
        cmocka_unit_test(a_wrong_figure_is_told),
        cmocka_unit_test(what_is_told_is_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
