/* One handle, many threads: what ajar.h promises of every input. */
#include "library_made.h"

#include <pthread.h>

#define THREADS 4

struct shared {
    const ajar_series *series;
    const ajar_doors *doors;
    const ajar_conflict *conflict;
    const ajar_placement *placement;
};

/* What one thread found. */
struct found {
    pthread_t thread;
    const struct shared *shared;
    int failed;
    size_t alarms;
    char status[32];
    double people, total;
    char why[200];
};

static void find_series(struct found *found, struct ajar_err *err)
{
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    ajar_scan *scan = NULL;
    options.threads = 2;
    found->failed |= ajar_watch_scan(&scan, found->shared->series, &options, err);
    found->alarms = ajar_scan_alarms(scan);
    ajar_scan_free(scan);
}

static void find_doors(struct found *found, struct ajar_err *err)
{
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    ajar_answers *answers = NULL;
    options.on = "2022-10-05";
    options.counterfactual = 1; /* the example's rules are nobody's */
    found->failed |= ajar_doors_ask(&answers, found->shared->doors, "invitation: yes\n", &options,
                                    NULL, NULL, err);
    if (answers != NULL) {
        snprintf(found->status, sizeof found->status, "%s", ajar_answers_at(answers, 0)->status);
    }
    ajar_answers_free(answers);
}

static void *find_all(void *arg)
{
    struct found *found = arg;
    struct ajar_err err = {0};
    struct ajar_flow_options flow_options = AJAR_FLOW_OPTIONS_INIT;
    struct ajar_place_options place_options = AJAR_PLACE_OPTIONS_INIT;
    ajar_flow *flow = NULL;
    ajar_plan *plan = NULL;
    find_series(found, &err);
    find_doors(found, &err);
    flow_options.to = "2021-03-20";
    found->failed |= ajar_flow_run(&flow, found->shared->conflict, &flow_options, &err);
    found->people = ajar_flow_people(flow, 0, ajar_flow_days(flow) - 1);
    place_options.rounds = 3;
    found->failed |= ajar_place_solve(&plan, found->shared->placement, &place_options, &err);
    found->total = ajar_plan_total(plan);
    const char *why = ajar_plan_why(plan, 0, 1);
    snprintf(found->why, sizeof found->why, "%s", why == NULL ? "" : why);
    ajar_plan_free(plan);
    ajar_flow_free(flow);
    return NULL;
}

static void threads_read_one_handle_and_find_the_same(void **state)
{
    (void)state;
    ajar_series *series = NULL;
    ajar_doors *doors = NULL;
    ajar_conflict *conflict = NULL;
    ajar_placement *placement = NULL;
    assert_int_equal(ajar_series_open(&series, "docs/crossings.csv", NULL, NULL, NULL), 0);
    assert_int_equal(ajar_doors_open(&doors, "docs/door", NULL, NULL, NULL), 0);
    assert_int_equal(ajar_conflict_open(&conflict, "docs/flee", NULL, NULL, NULL), 0);
    assert_int_equal(ajar_placement_open(&placement, "docs/placement", NULL, NULL, NULL, NULL), 0);
    struct shared shared = {series, doors, conflict, placement};
    struct found found[THREADS] = {0}, alone = {.shared = &shared};
    for (size_t i = 0; i < THREADS; i++) {
        found[i].shared = &shared;
        assert_int_equal(pthread_create(&found[i].thread, NULL, find_all, &found[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(found[i].thread, NULL), 0);
    }
    find_all(&alone);
    assert_int_equal(alone.failed, 0);
    assert_true(alone.alarms > 0 && alone.people > 0 && alone.total > 0 && alone.why[0] != 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(found[i].failed, 0);
        assert_int_equal(found[i].alarms, alone.alarms);
        assert_string_equal(found[i].status, alone.status);
        assert_near(found[i].people, alone.people, 0);
        assert_near(found[i].total, alone.total, 0);
        assert_string_equal(found[i].why, alone.why);
    }
    ajar_placement_free(placement);
    ajar_conflict_free(conflict);
    ajar_doors_free(doors);
    ajar_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_read_one_handle_and_find_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
