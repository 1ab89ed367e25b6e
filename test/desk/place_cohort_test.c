/* The made-up cohort: drawn as its figures say, from its seed alone, and every fault of its files named. */
#include "place_made.h"

#include <math.h>

#define SEEDS 5

static double chi_square(const double *expected, const uint32_t *seen, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double miss = seen[i] - expected[i];
        sum += miss * miss / expected[i];
    }
    return sum;
}

/* What chi-square with so many degrees of freedom passes once in a thousand (Wilson, Hilferty 1931). */
static double chi_most(double freedom)
{
    double z = 3.0902, a = 2 / (9 * freedom);
    return freedom * pow(1 - a + z * sqrt(a), 3);
}

static void sizes_and_papers_are_drawn_by_their_shares(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    placed_cohort(it, &cohort);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct place_drawn *drawn;
        double size[PLACE_COHORT_SIZES], papers[32];
        uint32_t n_size[PLACE_COHORT_SIZES] = {0}, n_papers[32] = {0};
        assert_in_range(cohort.n_profiles, 2, 32);
        assert_int_equal(place_cohort_draw(&it->arena, &cohort, seed, &drawn, &it->err), 0);
        for (uint32_t h = 0; h < cohort.n_households; h++) {
            n_size[drawn[h].people - 1]++;
            n_papers[drawn[h].profile]++;
        }
        for (size_t i = 0; i < PLACE_COHORT_SIZES; i++) {
            size[i] = cohort.size[i] * cohort.n_households;
        }
        for (size_t i = 0; i < cohort.n_profiles; i++) {
            papers[i] = cohort.profiles[i].weight * cohort.n_households;
        }
        assert_true(chi_square(size, n_size, PLACE_COHORT_SIZES) <
                    chi_most(PLACE_COHORT_SIZES - 1));
        assert_true(chi_square(papers, n_papers, cohort.n_profiles) <
                    chi_most((double)cohort.n_profiles - 1));
    }
}

/* Within four standard errors of a share, which chance passes once in 16,000. */
static void share_holds(uint32_t seen, uint32_t of, double share)
{
    double mean = of * share, error = sqrt(of * share * (1 - share));
    if (fabs(seen - mean) > 4 * error + 0.5) {
        fail_msg("%u of %u seen, %.1f expected", seen, of, mean);
    }
}

static void needs_are_drawn_by_their_shares(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    struct place_drawn *drawn;
    uint32_t children = 0, school = 0, adults = 0, course = 0, kin = 0, wish = 0, large = 0,
             alone = 0, late = 0, clinic = 0;
    placed_cohort(it, &cohort);
    assert_int_equal(place_cohort_draw(&it->arena, &cohort, 1, &drawn, &it->err), 0);
    for (uint32_t h = 0; h < cohort.n_households; h++) {
        const struct place_drawn *one = &drawn[h];
        assert_int_equal(one->people, one->adults + one->children);
        assert_true(one->school <= one->children && one->course <= one->adults);
        children += one->children;
        school += one->school;
        adults += one->adults;
        course += one->course;
        kin += one->kin != PLACE_COHORT_NOBODY;
        wish += one->wish[0] != PLACE_COHORT_NOBODY;
        large += one->people > 1;
        alone += one->people > 1 && one->adults == 1;
        late += one->late_days > 0;
        clinic += one->clinic;
        assert_true(one->people == 1 || one->adults == 2 || one->support == 1);
        assert_true(one->late_days <= cohort.need[PLACE_LATE_DAYS]);
    }
    share_holds(school, children, cohort.need[PLACE_SCHOOL_AGE]);
    share_holds(course, adults, cohort.need[PLACE_COURSE]);
    share_holds(kin, cohort.n_households, cohort.need[PLACE_KIN]);
    share_holds(wish, cohort.n_households, cohort.need[PLACE_WISH_1]);
    share_holds(alone, large, cohort.need[PLACE_ONE_PARENT]);
    share_holds(late, cohort.n_households, cohort.need[PLACE_LATE]);
    share_holds(clinic, cohort.n_households, cohort.need[PLACE_CLINIC]);
}

static void half_of_those_in_it_stand_in_a_published_row(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    double it_share = 0, all = 0;
    placed_cohort(it, &cohort);
    for (size_t i = 0; i < cohort.n_profiles; i++) {
        all += cohort.profiles[i].weight;
        it_share += text_starts(cohort.people.profiles[cohort.profiles[i].at].id, "it_")
                        ? cohort.profiles[i].weight
                        : 0;
    }
    assert_true(fabs(it_share - 0.45) < 1e-9);
    assert_true(fabs(all - 1) < 1e-9);
}

static void households_wait_in_proportion_to_the_stocks_and_at_least_a_few(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    double people = 0;
    uint32_t n = 0;
    placed_cohort(it, &cohort);
    for (size_t i = 0; i < STOCKS; i++) {
        people += it->stocks[i].flight.mean;
    }
    uint32_t rest = cohort.n_households - cohort.least * (uint32_t)cohort.n_waits;
    for (size_t w = 0; w < cohort.n_waits; w++) {
        const struct place_cohort_wait *wait = &cohort.waits[w];
        double exact = cohort.least + wait->stock / people * rest;
        assert_true(fabs(wait->households - exact) < 1);
        n += wait->households;
    }
    assert_int_equal(n, 480);
    assert_int_equal(cohort.n_waits, STOCKS);
}

static void laender_get_what_the_key_gives_them(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    const struct shares *key = &it->scenario.koenigstein;
    double germany = 0;
    uint32_t laender = 0;
    placed_cohort(it, &cohort);
    for (size_t s = 0; s < cohort.n_states; s++) {
        assert_true(fabs(cohort.states[s].most - cohort.states[s].people) < 1);
        germany += text_is(cohort.states[s].country, "DEU") ? cohort.states[s].people : 0;
    }
    for (size_t s = 0; s < cohort.n_states; s++) {
        for (size_t i = 0; i < key->n; i++) {
            if (text_eq(scenario_name(&it->scenario, key->code[i]), cohort.states[s].state)) {
                assert_true(fabs(cohort.states[s].people / germany - key->percent[i] / 100) < 1e-4);
                laender++;
            }
        }
    }
    assert_int_equal(laender, 16);
}

static void friends_hold_the_same_papers_in_the_same_country(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    struct place_drawn *drawn;
    uint32_t links = 0;
    placed_cohort(it, &cohort);
    assert_int_equal(place_cohort_draw(&it->arena, &cohort, 1, &drawn, &it->err), 0);
    for (uint32_t h = 0; h < cohort.n_households; h++) {
        uint32_t other = drawn[h].link;
        if (other != PLACE_COHORT_NOBODY) {
            assert_true(other > h && drawn[other].link == PLACE_COHORT_NOBODY);
            assert_int_equal(drawn[other].wait, drawn[h].wait);
            assert_int_equal(drawn[other].profile, drawn[h].profile);
            links++;
        }
    }
    assert_in_range(links, 5, 60);
}

static void tables_of(struct placed *it, uint64_t seed, struct programme_input *out)
{
    struct place_cohort cohort;
    struct place_drawn *drawn;
    struct place_opens *opens;
    struct text *ids;
    placed_cohort(it, &cohort);
    assert_int_equal(place_eligible(&it->arena, &it->folder.rules, &cohort, it->scenario.as_known,
                                    NULL, &opens, &it->err),
                     0);
    assert_int_equal(place_cohort_draw(&it->arena, &cohort, seed, &drawn, &it->err), 0);
    assert_int_equal(place_cohort_ids(&it->arena, &cohort, drawn, &ids, &it->err), 0);
    assert_int_equal(place_cohort_tables(&it->arena, &cohort, drawn, ids, &it->folder.rules, opens,
                                         out, &it->err),
                     0);
}

static void a_seed_names_the_bytes(void **state)
{
    struct placed *it = *state;
    struct programme_input a, b, c;
    tables_of(it, 1, &a);
    tables_of(it, 1, &b);
    tables_of(it, 2, &c);
    for (int t = 0; t < PROGRAMME_TABLES; t++) {
        assert_true((a.table[t].name == NULL) == (b.table[t].name == NULL));
        assert_true(text_eq(a.table[t].bytes, b.table[t].bytes));
    }
    assert_false(text_eq(a.table[PROGRAMME_HOUSEHOLDS].bytes, c.table[PROGRAMME_HOUSEHOLDS].bytes));
    assert_true(text_eq(a.table[PROGRAMME_LOCALITIES].bytes, c.table[PROGRAMME_LOCALITIES].bytes));
}

/* Each line of a table starts with an id that says that it is made up. */
static void ids_say_that_they_are_made_up(void **state)
{
    struct placed *it = *state;
    struct programme_input input;
    tables_of(it, 1, &input);
    for (int t = 0; t < 2; t++) {
        struct text rest = input.table[t].bytes;
        text_split(rest, '\n', &rest);
        while (rest.n > 0) {
            struct text line = text_split(rest, '\n', &rest);
            assert_true(text_starts(line, "syn-"));
        }
    }
}

static void every_fault_of_the_files_is_named(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort = {.n_households = 7};
    static const struct {
        const char *edit, *file, *column;
    } breaks[] = {
        {"s/cohort_kin$/cohort_nobody/", "place/cohort.yaml", "kin"},
        {"s/stock: flow, facts: {residence_in: FIN}/stock: guess/", "place/cohort.yaml", "stock"},
        {"s/country: EST/country: ESTONIA/", "place/cohort.yaml", "country"},
        {"s/    nurse: cohort_nurse/    surgeon: cohort_nurse/", "place/cohort.yaml", "profiles"},
        {"s/open: .OPEN./open: [CLOSED]/", "place/cohort.yaml", "open"},
        {"s/of: .DEU/of: [ZZZ, DEU/", "place/cohort.yaml", "states"},
        {"s/DE-TH,DEU/DE-XX,DEU/", "place/localities.csv", "state"},
        {"s/DE-BW,DEU,48.78/DE-BW,DEU,948.78/", "place/localities.csv", "lat"},
    };
    placed_copy(it);
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        placed_sed(it, breaks[i].edit, breaks[i].file);
    }
    assert_int_equal(place_cohort_read(&it->arena, &it->scenario, &it->folder, &it->exodus,
                                       &it->faults, &cohort, &it->err),
                     E_PLACE_FAULTS);
    assert_int_equal(cohort.n_households, 7);
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        bool named = false;
        for (size_t k = 0; k < it->faults.kept; k++) {
            named = named || strcmp(it->faults.at[k].column, breaks[i].column) == 0;
        }
        if (!named) {
            fail_msg("no fault names %s", breaks[i].column);
        }
    }
}

static void stocks_of_the_flow_need_an_exodus(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    assert_int_equal(place_cohort_read(&it->arena, &it->scenario, &it->folder, NULL, &it->faults,
                                       &cohort, &it->err),
                     E_PLACE_FAULTS);
    assert_int_equal(it->faults.kept, STOCKS);
    assert_string_equal(it->faults.at[0].column, "stock");
}

static void a_stock_may_be_counted_or_assumed(void **state)
{
    struct placed *it = *state;
    struct place_cohort cohort;
    placed_copy(it);
    placed_sed(it,
               "s/GEO, stock: flow/GEO, stock: {route: all, measure: stay_rus, from: "
               "2022-01-01, to: 2022-10-03}/",
               "place/cohort.yaml");
    placed_sed(it, "s/country: LVA, stock: flow/country: KGZ, stock: assumed/",
               "place/cohort.yaml");
    placed_cohort(it, &cohort);
    assert_true(cohort.waits[4].stock == 112733);
    assert_true(cohort.waits[2].stock == 20000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, placed_begin, placed_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sizes_and_papers_are_drawn_by_their_shares),
        TEST(needs_are_drawn_by_their_shares),
        TEST(half_of_those_in_it_stand_in_a_published_row),
        TEST(households_wait_in_proportion_to_the_stocks_and_at_least_a_few),
        TEST(laender_get_what_the_key_gives_them),
        TEST(friends_hold_the_same_papers_in_the_same_country),
        TEST(a_seed_names_the_bytes),
        TEST(ids_say_that_they_are_made_up),
        TEST(every_fault_of_the_files_is_named),
        TEST(stocks_of_the_flow_need_an_exodus),
        TEST(a_stock_may_be_counted_or_assumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
