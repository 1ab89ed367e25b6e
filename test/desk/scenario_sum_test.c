#include "../base/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "scenario_new.h"
#include "scenario_sum.h"

static struct arena arena;
static struct scenario scenario;
static struct scenario_sum sum;

/* The scenario of `scenario new`: small enough to count by hand. */
static int load(void **state)
{
    (void)state;
    char scratch[] = "/tmp/ajar-scenario-sum-XXXXXX";
    char command[128];
    const char *path;
    struct faults faults;
    arena_init(&arena, "test", (size_t)256 << 20);
    if (mkdtemp(scratch) == NULL || file_join(&arena, scratch, "new", &path, NULL) != 0 ||
        scenario_new(&arena, path, NULL) != 0 || faults_init(&faults, &arena, 20, NULL) != 0) {
        return -1;
    }
    int code = scenario_load(&arena, path, NULL, NULL, &scenario, &faults, NULL);
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    return system(command) + code + scenario_sum_make(&arena, &scenario, &sum, NULL);
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static date_days day(const char *text)
{
    date_days date = DATE_NONE;
    assert_true(date_parse(text_of(text), &date));
    return date;
}

static void rows_are_counted(void **state)
{
    (void)state;
    assert_int_equal(sum.table[SCHEMA_ARRIVALS].n, 4);
    assert_int_equal(sum.table[SCHEMA_ROUTES].n, 3);
    assert_int_equal(sum.table[SCHEMA_CONTRADICTIONS].n, 1);
    size_t n = 0;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        n += sum.table[i].n;
    }
    assert_int_equal(sum.n_rows, n);
}

static void days_span_from_the_earliest_to_the_latest(void **state)
{
    (void)state;
    assert_int_equal(sum.table[SCHEMA_ARRIVALS].days.first, day("2030-03-01"));
    assert_int_equal(sum.table[SCHEMA_ARRIVALS].days.last, day("2030-03-20"));
    /* A year stands for all of its days; an open end is no day. */
    assert_int_equal(sum.table[SCHEMA_HOSTS].days.first, day("2029-01-01"));
    assert_int_equal(sum.table[SCHEMA_HOSTS].days.last, day("2029-12-31"));
    assert_int_equal(sum.table[SCHEMA_DOORS].days.last, day("2030-03-17"));
    assert_int_equal(sum.table[SCHEMA_ROUTES].days.first, DATE_NONE);
}

static void a_table_counts_each_of_its_sources_once(void **state)
{
    (void)state;
    assert_int_equal(sum.table[SCHEMA_ARRIVALS].n_sources, 3);
    assert_int_equal(sum.table[SCHEMA_HOSTS].n_sources, 1);
    assert_int_equal(sum.table[SCHEMA_CONTRADICTIONS].n_sources, 2);
    assert_int_equal(sum.table[SCHEMA_SOURCES].n_sources, 0);
}

static size_t rows_of(const char *source)
{
    return sum.source_rows[scenario_source(&scenario, scenario_word(&scenario, source))];
}

static void sources_are_ranked_by_the_rows_that_rest_on_them(void **state)
{
    (void)state;
    assert_int_equal(rows_of("example_border_agency"), 2); /* its contradiction does not count */
    assert_int_equal(rows_of("example_statistics"), 4 + 3 + 4 + 2 + 2);
    for (size_t i = 1; i < scenario.sources.n; i++) {
        assert_true(sum.source_rows[sum.source_rank[i - 1]] >= sum.source_rows[sum.source_rank[i]]);
    }
    assert_int_equal(sum.source_rank[0],
                     scenario_source(&scenario, scenario_word(&scenario, "example_statistics")));
}

static void measures_have_their_rows_and_days(void **state)
{
    (void)state;
    uint32_t entries = scenario_measure(&scenario, "arrivals", "entries_isl");
    uint32_t population = scenario_measure(&scenario, "hosts", "population");
    assert_int_equal(sum.measure_rows[entries], 2);
    assert_int_equal(sum.measure_days[entries].first, day("2030-03-10"));
    assert_int_equal(sum.measure_days[entries].last, day("2030-03-16"));
    assert_int_equal(sum.measure_rows[population], 2);
    assert_int_equal(sum.kind_rows[KIND_GROSS_IN], 2);
    assert_int_equal(sum.kind_rows[KIND_STOCK], 3);
    assert_int_equal(sum.kind_rows[KIND_TRIPS], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_counted),
        cmocka_unit_test(days_span_from_the_earliest_to_the_latest),
        cmocka_unit_test(a_table_counts_each_of_its_sources_once),
        cmocka_unit_test(sources_are_ranked_by_the_rows_that_rest_on_them),
        cmocka_unit_test(measures_have_their_rows_and_days),
    };
    return cmocka_run_group_tests(tests, load, drop);
}
