/* The shipped cohort, placed: legal, by the doors, the same bytes for any number of threads. */
#include "place_made.h"

#include "../base/sampled.h"
#include "csv.h"
#include "place_check_explain.h"
#include "pool.h"

#define ROUNDS 1

static void place_now(struct placed *it, struct pool *pool, struct place_chain *out)
{
    struct place_chain_options options = {.seed = 1, .rounds = ROUNDS};
    int code = place_chain_run(&it->arena, &it->scenario, &it->folder, &it->exodus, &options, pool,
                               NULL, &it->faults, out, &it->err);
    if (code != 0) {
        fail_msg("%s: %s", it->err.text, it->faults.kept > 0 ? it->faults.at[0].text : "");
    }
    assert_true(out->stands);
}

static void plan_holds(struct placed *it, const struct place_chain *chain,
                       const struct side_result *plan)
{
    const struct programme *programme = chain->programme;
    const struct place_side *side = &programme->side;
    struct place_claim claim = {.place = plan->plan.place,
                                .objective = &plan->plan.objective_micro,
                                .names = &programme->names,
                                .side = side};
    struct place_found found;
    assert_int_equal(
        place_check_plan(&it->arena, &programme->problem, &claim, &it->faults, &found, &it->err),
        0);
    assert_int_equal(found.faults, 0);
    assert_true(found.placed > 100);
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        int64_t used = 0;
        for (uint32_t h = 0; h < programme->problem.n_households; h++) {
            for (uint32_t i = 0; i < quota->n_localities; i++) {
                used += plan->plan.place[h] == quota->locality[i]
                            ? place_need(&programme->problem, h, quota->resource)
                            : 0;
            }
        }
        assert_true(used <= quota->most);
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        uint32_t a = plan->plan.place[side->links[i].a], b = plan->plan.place[side->links[i].b];
        assert_true((a == PLACE_NONE) == (b == PLACE_NONE));
        assert_true(a == PLACE_NONE || side_near(side, &side->links[i], a, b));
    }
}

static void the_plans_keep_capacities_quotas_and_links(void **state)
{
    struct placed *it = *state;
    const struct place_chain chain = it->chain;
    assert_true(chain.programme->side.n_quotas == 20 && chain.programme->side.n_links > 0);
    plan_holds(it, &chain, &chain.plan);
    assert_true(chain.plan.plan.objective_micro <= chain.plan.plan.bound_micro);
    assert_true(chain.plan.plan.gap < 0.05);
}

/* With the prices the bound is worked out again, and so is every figure of every explanation. */
/* The three fair plans: legal, their floors kept where they say so, and no claim that they are worth more. */
static void the_fair_plans_hold(void **state)
{
    struct placed *it = *state;
    if (SANITIZED) {
        skip(); /* a run of the chain goes through the same code there: test/cli/verbs.sh */
    }
    struct place_chain_options options = {.seed = 1, .rounds = ROUNDS, .fair = true};
    struct place_chain fair;
    assert_int_equal(place_chain_run(&it->arena, &it->scenario, &it->folder, &it->exodus, &options,
                                     NULL, NULL, &it->faults, &fair, &it->err),
                     0);
    const struct fair_groups *plans[] = {&fair.maxmin, &fair.proportional};
    const struct fair_report *reports[] = {&fair.maxmin_report, &fair.proportional_report};
    plan_holds(it, &fair, &fair.leximin.plan);
    assert_in_range(fair.leximin.placed_most, fair.report.all.placed, 480);
    assert_int_equal(fair.leximin.placed_most, fair.leximin_report.all.placed);
    assert_true(fair.leximin_report.all.least_micro >= fair.report.all.least_micro ||
                fair.leximin.placed_most > fair.report.all.placed);
    for (size_t i = 0; i < 2; i++) {
        plan_holds(it, &fair, &plans[i]->plan);
        assert_true(plans[i]->met);
        assert_true(plans[i]->share_micro > 0);
        assert_true(plans[i]->share_micro <= plans[i]->share_most_micro);
        assert_true(plans[i]->plan.plan.objective_micro <= plans[i]->bound_micro);
        for (uint32_t g = 0; g < fair.programme->n_groups; g++) {
            const struct fair_group *group = &reports[i]->groups[g];
            assert_true(plans[i]->average_micro[g] >= plans[i]->floor_micro[g]);
            assert_true(group->total_micro >= plans[i]->floor_micro[g] * group->households);
        }
    }
}

static void the_certificate_and_the_explanations_hold(void **state)
{
    struct placed *it = *state;
    const struct place_chain chain = it->chain;
    const struct programme *programme = chain.programme;
    struct place_claim claim = {.place = chain.plan.plan.place,
                                .objective = &chain.plan.plan.objective_micro,
                                .price = chain.plan.plan.price,
                                .bound = &chain.plan.plan.price_bound_micro,
                                .names = &programme->names,
                                .side = &programme->side,
                                .quota_price = chain.plan.quota_price};
    struct place_found found;
    uint64_t n_faults;
    assert_int_equal(
        place_check_plan(&it->arena, &programme->problem, &claim, &it->faults, &found, &it->err),
        0);
    assert_int_equal(found.faults, 0);
    assert_int_equal(place_check_explain(&it->arena, &programme->problem, &programme->side, &claim,
                                         chain.plan.quota_price, chain.households,
                                         programme->problem.n_households, chain.localities,
                                         programme->problem.n_localities, &it->faults, &n_faults,
                                         &it->err),
                     0);
    assert_int_equal(n_faults, 0);
}

static bool door_leads(const struct place_chain *chain, uint32_t household, struct text state)
{
    for (size_t i = 0; i < chain->n_doors; i++) {
        if (chain->doors[i].household == household && text_eq(chain->doors[i].state, state)) {
            return true;
        }
    }
    return false;
}

static void nobody_goes_where_no_door_is_open(void **state)
{
    struct placed *it = *state;
    const struct place_chain chain = it->chain;
    uint32_t shut = 0;
    const struct place_problem *problem = &chain.programme->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t p = problem->first[h]; p < problem->first[h + 1]; p++) {
            assert_true(door_leads(&chain, h, chain.programme->state[problem->locality[p]]));
        }
        if (text_is(chain.papers[h], "objector")) {
            assert_int_equal(problem->first[h], problem->first[h + 1]);
            shut++;
        }
    }
    assert_true(shut > 0);
}

static size_t doors_named(const struct place_chain *chain, const char *door)
{
    size_t n = 0;
    for (size_t i = 0; i < chain->n_doors; i++) {
        n += text_is(chain->doors[i].door, door);
    }
    return n;
}

static size_t doors_of(const struct place_chain *chain, const char *papers)
{
    size_t n = 0;
    for (size_t i = 0; i < chain->n_doors; i++) {
        n += text_is(chain->papers[chain->doors[i].household], papers);
    }
    return n;
}

/* The lower threshold of the German Blue Card gone, programmers at 50,000 euros have no door there. */
static void a_changed_rule_changes_who_may_go(void **state)
{
    struct placed *it = *state;
    struct place_chain before, after;
    place_now(it, NULL, &before);
    assert_true(doors_of(&before, "it_offer") > 0 && doors_of(&before, "engineer") > 0);
    placed_copy(it);
    placed_sed(it, "s/param(de.bluecard, low)/param(de.bluecard, general)/",
               "doors/pathway/de_bluecard.yaml");
    assert_int_equal(doors_folder_read(&it->arena, it->dir, &it->folder, &it->faults, &it->err), 0);
    place_now(it, NULL, &after);
    assert_int_equal(doors_of(&after, "it_offer"), 0);
    assert_int_equal(doors_of(&after, "engineer"), 0);
    assert_int_equal(doors_of(&after, "it_senior"), doors_of(&before, "it_senior"));
    assert_true(doors_named(&after, "de.bluecard") < doors_named(&before, "de.bluecard"));
    plan_holds(it, &after, &after.plan);
    for (uint32_t h = 0; h < after.programme->problem.n_households; h++) {
        assert_true(!text_is(after.papers[h], "it_offer") ||
                    after.plan.plan.place[h] == PLACE_NONE);
    }
}

/* Portugal's telework visa began on 30 October 2022; what some missions asked of students is practice, no law. */
static void the_day_and_the_practice_count(void **state)
{
    struct placed *it = *state;
    struct place_chain on, before;
    place_now(it, NULL, &on);
    assert_true(doors_of(&on, "it_remote") > 0);
    assert_int_equal(doors_of(&on, "student_short"), 0);
    assert_true(doors_of(&on, "student") > 0);
    placed_copy(it);
    placed_sed(it, "s/^households:/on: 2022-09-30\\nhouseholds:/", "place/cohort.yaml");
    place_now(it, NULL, &before);
    assert_int_equal(doors_of(&before, "it_remote"), 0);
    assert_true(doors_of(&before, "student_short") > 0);
}

static void discretion_opens_only_where_the_file_says_so(void **state)
{
    struct placed *it = *state;
    struct place_chain strict, wide;
    place_now(it, NULL, &strict);
    assert_int_equal(doors_of(&strict, "nurse"), 0);
    placed_copy(it);
    placed_sed(it, "s/^open: .OPEN./open: [OPEN, DISCRETION]/", "place/cohort.yaml");
    place_now(it, NULL, &wide);
    assert_true(doors_of(&wide, "nurse") > 0);
    assert_int_equal(doors_of(&wide, "activist"), 0); /* shut in practice */
}

static void the_files_are_the_same_for_any_number_of_threads(void **state)
{
    struct placed *it = *state;
    const struct place_chain one = it->chain;
    struct place_chain many;
    struct place_chain_file *a, *b;
    struct pool *pool;
    size_t n, m;
    assert_int_equal(pool_open(&pool, 3, &it->err), 0);
    place_now(it, pool, &many);
    pool_close(pool);
    assert_int_equal(place_chain_files(&it->arena, &one, &a, &n, &it->err), 0);
    assert_int_equal(place_chain_files(&it->arena, &many, &b, &m, &it->err), 0);
    assert_int_equal(n, m);
    assert_int_equal(n, 23);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(a[i].name, b[i].name);
        assert_true(text_eq(a[i].bytes, b[i].bytes));
    }
    for (int i = 0; i < PLACE_CHAIN_SAMPLES; i++) {
        assert_true(one.n_said[i] > 0);
        assert_true(i == 0 || one.sample[i] != one.sample[i - 1]);
    }
}

/* The tables that are written, read again, are the problem that was solved. */
static void the_written_tables_are_the_problem(void **state)
{
    struct placed *it = *state;
    const struct place_chain chain = it->chain;
    struct place_chain_file *files;
    struct programme_input input = {.on = DATE_NONE};
    struct programme again;
    size_t n;
    assert_int_equal(place_chain_files(&it->arena, &chain, &files, &n, &it->err), 0);
    for (int t = 0; t < PROGRAMME_TABLES; t++) {
        char name[64];
        snprintf(name, sizeof name, "place_%s.csv", programme_table_word((enum programme_table)t));
        for (size_t i = 0; i < n; i++) {
            if (strcmp(files[i].name, name) == 0) {
                input.table[t] = (struct place_table){files[i].name, files[i].bytes};
            }
        }
    }
    assert_int_equal(programme_read(&it->arena, &input, NULL, NULL, &it->faults, &again, &it->err),
                     0);
    const struct place_problem *a = &chain.programme->problem, *b = &again.problem;
    assert_int_equal(a->n_households, b->n_households);
    assert_int_equal(a->n_localities, b->n_localities);
    assert_int_equal(a->first[a->n_households], b->first[b->n_households]);
    assert_memory_equal(a->score, b->score, a->first[a->n_households] * sizeof *a->score);
    assert_memory_equal(a->locality, b->locality, a->first[a->n_households] * sizeof *a->locality);
}

static void moves_add_up_to_the_plan(void **state)
{
    struct placed *it = *state;
    const struct place_chain chain = it->chain;
    uint32_t households = 0, people = 0, placed = 0, in_plan = 0;
    for (size_t i = 0; i < chain.n_moves; i++) {
        households += chain.moves[i].households;
        people += chain.moves[i].people;
        assert_true(chain.moves[i].households > 0);
    }
    for (uint32_t h = 0; h < chain.programme->problem.n_households; h++) {
        bool has = chain.plan.plan.place[h] != PLACE_NONE;
        placed += has;
        in_plan += has ? (uint32_t)chain.programme->people[h] : 0;
    }
    assert_int_equal(households, placed);
    assert_int_equal(people, in_plan);
}

static void a_scenario_without_a_cohort_places_nobody(void **state)
{
    struct placed *it = *state;
    struct place_chain chain = {.stands = true};
    struct place_chain_file *files;
    size_t n = 7;
    it->scenario.dir = it->dir;
    struct place_chain_options options = {.seed = 1};
    assert_int_equal(place_chain_run(&it->arena, &it->scenario, &it->folder, NULL, &options, NULL,
                                     NULL, &it->faults, &chain, &it->err),
                     0);
    assert_false(chain.stands);
    assert_int_equal(place_chain_files(&it->arena, &chain, &files, &n, &it->err), 0);
    assert_int_equal(n, 0);
}

static int placed_shipped(void **state)
{
    int code = placed_begin(state);
    struct placed *it = *state;
    place_now(it, NULL, &it->chain);
    return code;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, placed_begin, placed_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plans_keep_capacities_quotas_and_links),
        cmocka_unit_test(the_fair_plans_hold),
        cmocka_unit_test(the_certificate_and_the_explanations_hold),
        cmocka_unit_test(nobody_goes_where_no_door_is_open),
        TEST(a_changed_rule_changes_who_may_go),
        TEST(the_day_and_the_practice_count),
        TEST(discretion_opens_only_where_the_file_says_so),
        cmocka_unit_test(the_files_are_the_same_for_any_number_of_threads),
        cmocka_unit_test(the_written_tables_are_the_problem),
        cmocka_unit_test(moves_add_up_to_the_plan),
        TEST(a_scenario_without_a_cohort_places_nobody),
    };
    return cmocka_run_group_tests(tests, placed_shipped, placed_end);
}
