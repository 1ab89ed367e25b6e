/* PLACE behind ajar.h. */
#include "library_made.h"

#define TABLES "docs/placement"

static ajar_placement *opened(const char *on)
{
    ajar_placement *placement = NULL;
    struct ajar_err err = {0};
    int code = ajar_placement_open(&placement, TABLES, on, NULL, NULL, &err);
    assert_string_equal(code == 0 ? "" : err.text, "");
    return placement;
}

static ajar_plan *solved(const ajar_placement *placement, const struct ajar_place_options *options)
{
    ajar_plan *plan = NULL;
    struct ajar_err err = {0};
    int code = ajar_place_solve(&plan, placement, options, &err);
    assert_string_equal(code == 0 ? "" : err.text, "");
    return plan;
}

/* The figures that docs/placement.md prints. */
static void the_best_plan_is_found_and_proven(void **state)
{
    (void)state;
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = opened("2022-10-01");
    assert_int_equal(ajar_placement_households(placement), 12);
    assert_int_equal(ajar_placement_lots(placement), 6);
    assert_null(ajar_placement_ignored(placement, 0));
    ajar_plan *plan = solved(placement, &options);
    assert_true(fabs(ajar_plan_total(plan) - 4.656) < 0.0005);
    assert_near(ajar_plan_bound(plan), ajar_plan_total(plan), 0);
    assert_int_equal(ajar_plan_proven(plan), 1);
    assert_int_equal(ajar_plan_stopped(plan), 0);
    assert_int_equal(ajar_plan_households(plan), 12);
    const struct ajar_placed *row = ajar_plan_household(plan, 0);
    assert_string_equal(row->household, "h01");
    assert_string_equal(row->lot, "aldenau-1");
    assert_string_equal(row->place, "Aldenau");
    assert_string_equal(row->state, "Nordmark");
    assert_string_equal(row->group, "arrived");
    assert_int_equal(row->people, 3);
    row = ajar_plan_household(plan, 3);
    assert_string_equal(row->household, "h04");
    assert_string_equal(row->lot, "");
    assert_string_equal(row->place, "");
    assert_near(row->score, 0, 0);
    assert_null(ajar_plan_household(plan, 12));
    double score = 0;
    for (size_t i = 0; i < 12; i++) {
        score += ajar_plan_household(plan, i)->score;
    }
    assert_near(score, ajar_plan_total(plan), 1e-9);
    ajar_plan_free(plan);
    ajar_placement_free(placement);
}

static void what_is_used_fits_and_adds_up(void **state)
{
    (void)state;
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = opened(NULL);
    ajar_plan *plan = solved(placement, &options);
    assert_int_equal(ajar_plan_resources(plan), 3);
    assert_string_equal(ajar_plan_resource(plan, 0), "beds");
    assert_string_equal(ajar_plan_lot(plan, 0), "aldenau-1");
    double beds = 0, people = 0;
    for (size_t lot = 0; lot < ajar_plan_lots(plan); lot++) {
        for (size_t r = 0; r < 3; r++) {
            assert_true(ajar_plan_used(plan, lot, r) <= ajar_plan_capacity(plan, lot, r));
        }
        beds += ajar_plan_used(plan, lot, 0);
    }
    for (size_t i = 0; i < 12; i++) {
        const struct ajar_placed *row = ajar_plan_household(plan, i);
        people += row->lot[0] != '\0' ? row->people : 0;
    }
    assert_near(beds, people, 0); /* a bed a head in these tables */
    assert_null(ajar_plan_lot(plan, 6));
    assert_null(ajar_plan_resource(plan, 3));
    assert_true(isnan(ajar_plan_used(plan, 6, 0)));
    assert_true(isnan(ajar_plan_capacity(plan, 0, 3)));
    ajar_plan_free(plan);
    ajar_placement_free(placement);
}

static void each_household_is_told_why(void **state)
{
    (void)state;
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = opened(NULL);
    ajar_plan *plan = solved(placement, &options);
    for (size_t i = 0; i < 12; i++) {
        const char *id = ajar_plan_household(plan, i)->household;
        assert_non_null(strstr(ajar_plan_why(plan, i, 0), id));
    }
    assert_non_null(strstr(ajar_plan_why(plan, 11, 1), "dialysis"));
    assert_null(ajar_plan_why(plan, 0, 100));
    assert_null(ajar_plan_why(plan, 12, 0));
    ajar_plan_free(plan);
    options.explain = 0;
    options.threads = 2;
    options.rounds = 3;
    plan = solved(placement, &options);
    assert_null(ajar_plan_why(plan, 0, 0));
    ajar_plan_free(plan);
    ajar_placement_free(placement);
}

static void a_search_that_is_stopped_keeps_its_best(void **state)
{
    (void)state;
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    int asked = 0;
    ajar_placement *placement = opened(NULL);
    options.stop = stop_at_once;
    options.stop_arg = &asked;
    ajar_plan *plan = solved(placement, &options);
    assert_true(asked > 0);
    assert_int_equal(ajar_plan_stopped(plan), 1);
    assert_true(ajar_plan_total(plan) <= ajar_plan_bound(plan));
    ajar_plan_free(plan);
    ajar_placement_free(placement);
}

static void bare_tables_are_enough(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH];
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = NULL;
    scratch_make(dir);
    made_file(dir, "households.csv", "id,need_beds\na,2\nb,2\n");
    made_file(dir, "localities.csv", "id,capacity_beds\nx,3\n");
    made_file(dir, "scores.csv", "household,locality,score_micro\na,x,500000\nb,x,700000\n");
    made_file(dir, "notes.csv", "what\nnothing\n");
    assert_int_equal(ajar_placement_open(&placement, dir, NULL, NULL, NULL, NULL), 0);
    assert_string_equal(ajar_placement_ignored(placement, 0), "notes.csv");
    assert_null(ajar_placement_ignored(placement, 1));
    ajar_plan *plan = solved(placement, &options);
    assert_near(ajar_plan_total(plan), 0.7, 1e-12);
    assert_string_equal(ajar_plan_household(plan, 0)->lot, "");
    assert_string_equal(ajar_plan_household(plan, 1)->lot, "x");
    assert_string_equal(ajar_plan_household(plan, 1)->group, "");
    assert_int_equal(ajar_plan_household(plan, 1)->people, 1);
    ajar_plan_free(plan);
    ajar_placement_free(placement);
    scratch_remove(dir);
}

static void tables_with_faults_list_them_all(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH];
    ajar_placement *placement = NULL;
    struct seen seen = {0};
    struct ajar_err err = {0};
    scratch_make(dir);
    assert_fails(ajar_placement_open(&placement, dir, NULL, seen_fault, &seen, &err), err,
                 "place.tables");
    made_file(dir, "households.csv", "id,need_beds\na,two\na,2\n");
    made_file(dir, "localities.csv", "id,capacity_beds\nx,-3\n");
    made_file(dir, "scores.csv", "household,locality,score_micro\n");
    assert_int_equal(seen.n, 0);
    assert_fails(ajar_placement_open(&placement, dir, NULL, seen_fault, &seen, &err), err,
                 "place.faults");
    assert_true(seen.n >= 3);
    assert_non_null(strstr(seen.first.file, "households.csv"));
    assert_int_equal(seen.first.row, 2);
    assert_string_equal(seen.first.value, "two");
    made_file(dir, "localities.csv", "id,capacity_beds\n\"x,3\n");
    assert_fails(ajar_placement_open(&placement, dir, NULL, NULL, NULL, &err), err, "place.faults");
    assert_fails(ajar_placement_open(&placement, "no/such", NULL, seen_fault, &seen, &err), err,
                 "file.folder");
    assert_null(placement);
    scratch_remove(dir);
}

static void locks_that_cannot_be_kept_are_an_error(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH];
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = NULL;
    ajar_plan *plan = NULL;
    struct ajar_err err = {0};
    scratch_make(dir);
    made_file(dir, "households.csv", "id,need_beds\na,2\nb,2\n");
    made_file(dir, "localities.csv", "id,capacity_beds\nx,3\n");
    made_file(dir, "scores.csv", "household,locality,score_micro\na,x,500000\nb,x,700000\n");
    made_file(dir, "locks.csv", "household,locality,kind\na,x,lock\nb,x,lock\n");
    assert_int_equal(ajar_placement_open(&placement, dir, NULL, NULL, NULL, NULL), 0);
    assert_fails(ajar_place_solve(&plan, placement, &options, &err), err, "place.locks");
    assert_int_equal(ajar_err_exit(err.code), 4);
    assert_null(plan);
    ajar_placement_free(placement);
    scratch_remove(dir);
}

static void what_cannot_be_asked_is_an_error(void **state)
{
    (void)state;
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    ajar_placement *placement = opened(NULL), *none = NULL;
    ajar_plan *plan = NULL;
    struct ajar_err err = {0};
    options.gap = -0.1;
    assert_fails(ajar_place_solve(&plan, placement, &options, &err), err, "library.value");
    assert_string_equal(err.value, "-0.1");
    options.gap = NAN;
    assert_fails(ajar_place_solve(&plan, placement, &options, &err), err, "library.value");
    options.gap = 0;
    options.threads = 300;
    assert_fails(ajar_place_solve(&plan, placement, &options, &err), err, "library.value");
    options.size = 0;
    assert_fails(ajar_place_solve(&plan, placement, &options, &err), err, "library.options");
    assert_fails(ajar_place_solve(&plan, placement, NULL, &err), err, "library.null");
    assert_fails(ajar_place_solve(&plan, NULL, &options, &err), err, "library.null");
    assert_fails(ajar_place_solve(NULL, placement, &options, &err), err, "library.null");
    assert_fails(ajar_placement_open(&none, TABLES, "October", NULL, NULL, &err), err,
                 "usage.option.type");
    assert_fails(ajar_placement_open(&none, NULL, NULL, NULL, NULL, &err), err, "library.null");
    assert_fails(ajar_placement_open(NULL, TABLES, NULL, NULL, NULL, &err), err, "library.null");
    assert_true(plan == NULL && none == NULL);
    ajar_placement_free(placement);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    assert_int_equal(ajar_placement_households(NULL), 0);
    assert_int_equal(ajar_placement_lots(NULL), 0);
    assert_null(ajar_placement_ignored(NULL, 0));
    assert_true(isnan(ajar_plan_total(NULL)));
    assert_true(isnan(ajar_plan_bound(NULL)));
    assert_int_equal(ajar_plan_proven(NULL), 0);
    assert_int_equal(ajar_plan_stopped(NULL), 0);
    assert_int_equal(ajar_plan_households(NULL), 0);
    assert_null(ajar_plan_household(NULL, 0));
    assert_null(ajar_plan_why(NULL, 0, 0));
    assert_int_equal(ajar_plan_lots(NULL), 0);
    assert_null(ajar_plan_lot(NULL, 0));
    assert_int_equal(ajar_plan_resources(NULL), 0);
    assert_null(ajar_plan_resource(NULL, 0));
    assert_true(isnan(ajar_plan_capacity(NULL, 0, 0)));
    assert_true(isnan(ajar_plan_used(NULL, 0, 0)));
    ajar_plan_free(NULL);
    ajar_placement_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_plan_is_found_and_proven),
        cmocka_unit_test(what_is_used_fits_and_adds_up),
        cmocka_unit_test(each_household_is_told_why),
        cmocka_unit_test(a_search_that_is_stopped_keeps_its_best),
        cmocka_unit_test(bare_tables_are_enough),
        cmocka_unit_test(tables_with_faults_list_them_all),
        cmocka_unit_test(locks_that_cannot_be_kept_are_an_error),
        cmocka_unit_test(what_cannot_be_asked_is_an_error),
        cmocka_unit_test(getters_of_nothing_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
