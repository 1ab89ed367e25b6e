/* The checker on what a plan must keep beside capacities: a good plan passes, each break is told by name. */
#include "place_check.h"

#include <string.h>

#include "../base/unit.h"
#include "whatif_cases.h"

/* Three go anywhere of three lots; the first two lots are one state's, and 1,000 m apart. */
static const int32_t need[] = {1, 2, 3};
static const int32_t capacity[] = {4, 4, 4};
static const uint64_t first[] = {0, 3, 6, 9};
static const uint32_t locality[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
static const int32_t score[] = {30, 20, -10, 60, 50, 40, 90, 80, 70};
static const struct place_problem three = {3, 3, 1, need, capacity, first, locality, score};
static const uint32_t state[] = {0, 1};
static const int32_t position[] = {0, 0, 0, 600, 800, 0, 0, 0, 5000};

struct told {
    struct arena arena;
    struct faults faults;
    struct place_found found;
    struct ajar_err err;
    int code;
};

static struct told look(const struct place_problem *problem, const struct place_claim *claim)
{
    struct told told = {0};
    arena_init(&told.arena, "the test", (size_t)1 << 22);
    assert_int_equal(faults_init(&told.faults, &told.arena, 9, NULL), 0);
    told.code = place_check_plan(&told.arena, problem, claim, &told.faults, &told.found, &told.err);
    return told;
}

/* One fault of this code and text, or, code 0, none. */
static void says(const struct place_side *side, const uint32_t *place, int code, const char *text)
{
    struct told told = look(&three, &(struct place_claim){.place = place, .side = side});
    assert_int_equal(told.code, 0);
    assert_int_equal(told.faults.total, code != 0);
    assert_int_equal(told.found.faults, code != 0);
    if (code != 0) {
        assert_int_equal(told.faults.at[0].code, code);
        assert_string_equal(told.faults.at[0].text, text);
    }
    arena_free(&told.arena);
}

static void locks(void **unused)
{
    (void)unused;
    const struct side_lock lock = {1, 4};
    const struct place_side side = {.n_locks = 1, .locks = &lock};
    says(&side, (uint32_t[]){0, 1, 2}, 0, NULL);
    says(&side, (uint32_t[]){0, 0, 2}, E_PLACE_PLAN_LOCK,
         "The plan does not leave household 2 where it is locked, at locality 2.");
    says(&side, (uint32_t[]){0, PLACE_NONE, 2}, E_PLACE_PLAN_LOCK,
         "The plan does not leave household 2 where it is locked, at locality 2.");
}

static void quotas(void **unused)
{
    (void)unused;
    const struct side_quota quota = {0, 4, 2, state};
    const struct place_side side = {.n_quotas = 1, .quotas = &quota};
    says(&side, (uint32_t[]){0, 2, 1}, 0, NULL);
    says(&side, (uint32_t[]){2, 0, 1}, E_PLACE_PLAN_QUOTA,
         "The plan takes 5 of resource 1 over the localities of quota 1; it allows 4.");
}

static void minimums(void **unused)
{
    (void)unused;
    const struct side_least least = {1, 0, 3};
    const struct place_side side = {.n_leasts = 1, .leasts = &least};
    says(&side, (uint32_t[]){1, 1, 2}, 0, NULL);
    says(&side, (uint32_t[]){0, 0, 2}, 0, NULL);
    says(&side, (uint32_t[]){0, 1, 2}, E_PLACE_PLAN_LEAST,
         "The plan takes 2 of resource 1 at locality 2, which opens from 3 on.");
}

static void links(void **unused)
{
    (void)unused;
    struct side_link link = {0, 1, 1000};
    static const uint32_t same[] = {7, 8, 7};
    struct place_side side = {.n_links = 1, .links = &link, .position_m = position};
    says(&side, (uint32_t[]){0, 1, 2}, 0, NULL);
    says(&side, (uint32_t[]){PLACE_NONE, PLACE_NONE, 2}, 0, NULL);
    says(&side, (uint32_t[]){PLACE_NONE, 1, 2}, E_PLACE_PLAN_LINK,
         "The plan places one of household 1 and household 2, who are linked, without the other.");
    says(&side, (uint32_t[]){2, 1, 0}, E_PLACE_PLAN_LINK,
         "The plan takes household 1 and household 2, who are linked, too far from each other.");
    link.chord_m = 999;
    says(&side, (uint32_t[]){0, 1, 2}, E_PLACE_PLAN_LINK,
         "The plan takes household 1 and household 2, who are linked, too far from each other.");
    link.chord_m = SIDE_SAME;
    says(&side, (uint32_t[]){0, 1, 2}, E_PLACE_PLAN_LINK,
         "The plan takes household 1 and household 2, who are linked, too far from each other.");
    says(&side, (uint32_t[]){1, 1, 2}, 0, NULL);
    side.place_of = same;
    says(&side, (uint32_t[]){0, 2, 1}, 0, NULL);
}

/* Capacity 0: nothing is free.  4 of the quota at 5 a unit and rest by hand; a lock below 0 lowers it. */
static void bound_with_quotas_and_locks(void **unused)
{
    (void)unused;
    const struct side_quota quota = {0, 4, 2, state};
    const struct side_lock lock = {0, 2};
    const int64_t price[] = {0, 0, 0}, quota_price[] = {5000};
    struct place_side side = {.n_quotas = 1, .quotas = &quota};
    struct place_claim claim = {
        .place = (uint32_t[]){0, 2, 1}, .price = price, .side = &side, .quota_price = quota_price};
    /* 4 * 5 + max(30 - 5, 20 - 5, 0) + max(60 - 10, 40) + max(90 - 15, 80 - 15, 70) */
    struct told told = look(&three, &claim);
    assert_int_equal(told.found.bound, 20 + 25 + 50 + 75);
    assert_int_equal(told.faults.total, 0);
    arena_free(&told.arena);
    side.n_locks = 1;
    side.locks = &lock;
    claim.place = (uint32_t[]){2, 2, 1};
    told = look(&three, &claim);
    assert_int_equal(told.found.bound, 20 - 10 + 50 + 75);
    arena_free(&told.arena);
    side.n_quotas = 0;
    claim.price = (int64_t[]){0, 0, 1000};
    told = look(&three, &claim);
    assert_int_equal(told.found.bound, -10 + 60 + 90);
    arena_free(&told.arena);
    side.n_quotas = 1;
    const int64_t negative[] = {-1};
    claim.quota_price = negative;
    told = look(&three, &claim);
    assert_int_equal(told.faults.total, 1);
    assert_int_equal(told.faults.at[0].code, E_PLACE_PLAN_PRICE);
    assert_string_equal(told.faults.at[0].text, "The price of quota 1 is negative: -1.");
    arena_free(&told.arena);
    const int64_t huge[] = {INT64_MAX, INT64_MAX, INT64_MAX}, high[] = {INT64_MAX};
    claim.price = huge;
    claim.quota_price = high;
    told = look(&three, &claim);
    assert_int_equal(told.found.bound, -10 + 60 + 90);
    assert_int_equal(told.faults.total, 0);
    arena_free(&told.arena);
}

static void broken(const struct place_side *side, const char *text)
{
    struct told told =
        look(&three, &(struct place_claim){.place = (uint32_t[]){0, 1, 2}, .side = side});
    assert_int_equal(told.code, E_PLACE_PROBLEM);
    assert_string_equal(told.err.text, text);
    arena_free(&told.arena);
}

static void sides_that_name_nothing(void **unused)
{
    (void)unused;
    static const uint32_t twice[] = {1, 1}, away[] = {0, 3};
    const struct side_lock nobody = {3, 0}, other = {0, 3}, order[] = {{1, 3}, {0, 0}};
    const struct side_quota resource = {1, 3, 2, state}, below = {0, -1, 2, state},
                            again = {0, 3, 2, twice}, out = {0, 3, 2, away},
                            both[] = {{0, 3, 2, state}, {0, 3, 1, state}};
    const struct side_least none = {0, 0, 0}, above = {0, 0, 5}, where = {3, 0, 1},
                            same[] = {{0, 0, 1}, {0, 0, 2}};
    const struct side_link self = {1, 1, 0}, third = {1, 3, 0}, far = {0, 1, 5}, minus = {0, 1, -2};
    broken(&(struct place_side){.n_locks = 1, .locks = &nobody},
           "The lock 1 names a household that is not there.");
    broken(&(struct place_side){.n_locks = 1, .locks = &other},
           "The lock 1 is at a pair of somebody else.");
    broken(&(struct place_side){.n_locks = 2, .locks = order},
           "The lock 2 does not stand by household.");
    broken(&(struct place_side){.n_quotas = 1, .quotas = &resource},
           "The quota 1 is below 0, or of a resource that is not there.");
    broken(&(struct place_side){.n_quotas = 1, .quotas = &below},
           "The quota 1 is below 0, or of a resource that is not there.");
    broken(&(struct place_side){.n_quotas = 1, .quotas = &again},
           "The quota 1 names localities that are not there, or not by their order.");
    broken(&(struct place_side){.n_quotas = 1, .quotas = &out},
           "The quota 1 names localities that are not there, or not by their order.");
    broken(&(struct place_side){.n_quotas = 2, .quotas = both},
           "The quota 2 has a locality that stands in another of the same resource.");
    broken(&(struct place_side){.n_leasts = 1, .leasts = &none},
           "The minimum 1 is not from 1 to the capacity.");
    broken(&(struct place_side){.n_leasts = 1, .leasts = &above},
           "The minimum 1 is not from 1 to the capacity.");
    broken(&(struct place_side){.n_leasts = 1, .leasts = &where},
           "The minimum 1 names a locality or resource that is not there.");
    broken(&(struct place_side){.n_leasts = 2, .leasts = same},
           "The minimum 2 does not stand by locality and resource.");
    broken(&(struct place_side){.n_links = 1, .links = &self},
           "The link 1 names households that are not there, or one twice.");
    broken(&(struct place_side){.n_links = 1, .links = &third},
           "The link 1 names households that are not there, or one twice.");
    broken(&(struct place_side){.n_links = 1, .links = &minus},
           "The link 1 has a distance below 0.");
    broken(&(struct place_side){.n_links = 1, .links = &far},
           "The link 1 is by distance, but there are no positions.");
}

/* Every plan of random cases: the checker finds a fault in exactly those that the plain rules reject, and no bound
 * lies below the best. */
static void as_the_plain_rules(void **unused)
{
    (void)unused;
    uint32_t good = 0, bad = 0, kinds[6] = {0};
    for (uint32_t seed = 0; seed < 40; seed++) {
        struct arena arena;
        struct place_problem problem;
        struct place_side side;
        struct rng rng = rng_at(seed, 6, 0, 0);
        uint32_t place[CASES_HOUSEHOLDS];
        int64_t micro, best, *price, *quota_price;
        arena_init(&arena, "the test", (size_t)1 << 22);
        cases_make(&arena, seed, true, &problem, &side);
        cases_prices(&arena, &rng, &problem, &side, &price, &quota_price);
        bool any = cases_best(&problem, &side, NULL, 0, place, &best);
        for (uint32_t plan = 0; plan < 60; plan++) {
            for (uint32_t h = 0; h < problem.n_households && plan > 0; h++) {
                uint32_t pairs = (uint32_t)(problem.first[h + 1] - problem.first[h]);
                uint32_t pick = rng_below(&rng, pairs + 1);
                if (!any || rng_below(&rng, 4) == 0) {
                    place[h] =
                        pick == pairs ? PLACE_NONE : problem.locality[problem.first[h] + pick];
                }
            }
            struct told told = look(&problem, &(struct place_claim){.place = place,
                                                                    .price = price,
                                                                    .side = &side,
                                                                    .quota_price = quota_price});
            bool legal = cases_legal(&problem, &side, place, &micro);
            assert_int_equal(told.code, 0);
            assert_int_equal(told.faults.total == 0, legal);
            assert_true(!any || told.found.bound >= best);
            good += legal;
            bad += !legal;
            if (told.faults.total == 1) {
                static const int codes[] = {E_PLACE_PLAN_CAPACITY, E_PLACE_PLAN_LOCK,
                                            E_PLACE_PLAN_QUOTA, E_PLACE_PLAN_LEAST,
                                            E_PLACE_PLAN_LINK};
                for (size_t i = 0; i < 5; i++) {
                    kinds[i] += told.faults.at[0].code == codes[i];
                }
            }
            arena_free(&told.arena);
        }
        arena_free(&arena);
    }
    assert_true(good > 30 && bad > 200);
    assert_true(kinds[0] > 0 && kinds[1] > 0 && kinds[2] > 0 && kinds[3] > 0 && kinds[4] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks),
        cmocka_unit_test(quotas),
        cmocka_unit_test(minimums),
        cmocka_unit_test(links),
        cmocka_unit_test(bound_with_quotas_and_locks),
        cmocka_unit_test(sides_that_name_nothing),
        cmocka_unit_test(as_the_plain_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
