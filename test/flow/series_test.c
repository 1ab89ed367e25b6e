#include "flee_folder.h"
#include "flee_small.h"
#include "known.h"
#include "series.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 30);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static size_t camp_of(const struct flow_world *world, struct text name)
{
    for (size_t i = 0; i < world->n_camps; i++) {
        if (text_eq(world->places[world->camps[i]].name, name)) {
            return i;
        }
    }
    fail_msg("no camp %.*s", (int)name.n, name.at);
    return 0;
}

/* Every day and camp of a reference file; how many rows were compared. */
static size_t compare(const char *conflict, const char *file, int32_t hasten)
{
    struct flow_world world = flee_world(&arena, conflict, NULL);
    struct flow_series series;
    struct csv csv;
    char path[300];
    size_t rows = 0;
    bool more;
    snprintf(path, sizeof path, "%s/%s/%s", FLEE_DATA, conflict, file);
    assert_int_equal(flow_series_flee(&arena, &world, hasten, &series, NULL), 0);
    assert_int_equal(
        csv_open(&csv, &arena, path, flee_bytes(&arena, path), ',', &CSV_LIMITS_DEFAULT, NULL), 0);
    int day_at = csv_column(&csv, "day"), camp_at = csv_column(&csv, "camp"),
        seen_at = csv_column(&csv, "observed");
    while (csv_next(&csv, &more, NULL) == 0 && more) {
        int64_t day, seen;
        assert_true(num_parse_int(csv.cells[day_at], &day));
        assert_true(num_parse_int(csv.cells[seen_at], &seen));
        size_t camp = camp_of(&world, csv.cells[camp_at]);
        int64_t ours = series.at[camp * (size_t)series.n_days + (size_t)day];
        if (ours != seen) {
            fail_msg("%s %.*s day %d: %d, not %d", conflict, (int)csv.cells[camp_at].n,
                     csv.cells[camp_at].at, (int)day, (int)ours, (int)seen);
        }
        rows++;
    }
    assert_int_equal(rows, world.n_camps * (size_t)world.n_days);
    return rows;
}

static void test_reference(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        assert_true(compare(flee_names[i], "flee_reference.csv", flee_hasten[i]) > 1000);
    }
}

static void test_reference_other_hasten(void **state)
{
    (void)state;
    compare("burundi2015", "flee_reference_awareness2.csv", 100);
    compare("mali2012", "flee_reference_awareness2.csv", 20);
    compare("ssudan2013", "flee_reference_awareness2.csv", 200);
}

/* The days of one camp of the small conflict. */
static const int64_t *small_camp(const struct small_read *read, const struct flow_series *series,
                                 const char *name)
{
    return series->at + camp_of(&read->world, text_of(name)) * (size_t)series->n_days;
}

static void same_days(const int64_t *ours, const int64_t *want, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ours[i] != want[i]) {
            fail_msg("day %zu: %lld, not %lld", i, (long long)ours[i], (long long)want[i]);
        }
    }
}

static struct flow_series series_of(const struct small_read *read, int32_t hasten)
{
    struct flow_series out;
    assert_int_equal(read->code, 0);
    assert_int_equal(flow_series_flee(&arena, &read->world, hasten, &out, NULL), 0);
    return out;
}

/* As it was known on a day; INT32_MAX: all.  Camps without a report by then are 0. */
static struct flow_series known_of(const struct small_read *read, int32_t day)
{
    struct flow_world known = read->world;
    struct flow_series out;
    assert_int_equal(read->code, 0);
    if (day != INT32_MAX) {
        assert_int_equal(flow_known(&arena, &read->world, read->world.start + day, 0, &known, NULL),
                         0);
    }
    assert_int_equal(flow_series_dated(&arena, &known, &out, NULL), 0);
    return out;
}

/* By hand: 10 to 90 in 8 days; two parts 20 60 100 and 0 20 40, the sum 20 scaled by 80/20 on day 4. */
static void test_by_hand(void **state)
{
    static const int64_t e[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 90};
    static const int64_t d[] = {80, 80, 80, 80, 80, 95, 110, 125, 140, 140};
    static const int64_t half[] = {5, 10, 15, 20, 25, 30, 35, 40, 45, 45};
    static const int64_t third[] = {3, 6, 10, 13, 16, 20, 23, 26, 30, 30};
    static const int64_t reported[] = {100, 137, 175, 212, 250, 287, 325, 362, 400, 400};
    (void)state;
    struct small_read read = small_read(&arena, NULL, 0);
    struct flow_series series = series_of(&read, 1);
    same_days(small_camp(&read, &series, "Ee"), e, 10);
    same_days(small_camp(&read, &series, "Dd"), d, 10);
    same_days(series.reported, reported, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(series.total[i], e[i] + d[i]);
    }
    series = series_of(&read, 2);
    same_days(small_camp(&read, &series, "Ee"), half, 10);
    series = series_of(&read, 3);
    same_days(small_camp(&read, &series, "Ee"), third, 10);
    series = known_of(&read, INT32_MAX);
    same_days(small_camp(&read, &series, "Ee"), e, 10);
    same_days(small_camp(&read, &series, "Dd"), d, 10);
}

/* Steps of AddCSVTables that nobody would guess: the next value of the first, its last repeated. */
static void test_parts_of_the_reference(void **state)
{
    (void)state;
    static const struct small_change changes[] = {
        {"input_csv/registration_corrections.csv", NULL},
        {"source_data/d1.csv", "2020-01-01,10\n2020-01-06,60\n"},
        {"source_data/d2.csv", "2020-01-03,100\n2020-01-05,300\n2020-01-09,900\n"}};
    /* Rows: day 0 0+10; day 2 100+60; day 4 300+60; day 5 300+60 for the third row of the second part. */
    static const int64_t theirs[] = {10, 85, 160, 260, 360, 360, 360, 360, 360, 360};
    /* Each on its own line: 10 20 30 40 50 60 60 ... and 0 0 100 200 300 450 600 750 900 900. */
    static const int64_t ours[] = {10, 70, 130, 240, 350, 510, 660, 810, 960, 960};
    struct small_read read = small_read(&arena, changes, 3);
    struct flow_series series = series_of(&read, 1);
    same_days(small_camp(&read, &series, "Dd"), theirs, 10);
    series = known_of(&read, INT32_MAX);
    same_days(small_camp(&read, &series, "Dd"), ours, 10);
}

/* Rows out of order are read in the order of the file, and by date as known. */
static void test_out_of_order(void **state)
{
    (void)state;
    static const struct small_change change = {
        "source_data/e.csv", "2020-01-01,0\n2020-01-09,80\n2020-01-05,400\n2020-01-10,90\n"};
    static const int64_t theirs[] = {0, 10, 20, 30, 40, 50, 60, 70, 152, 90};
    static const int64_t ours[] = {0, 100, 200, 300, 400, 320, 240, 160, 80, 90};
    struct small_read read = small_read(&arena, &change, 1);
    struct flow_series series = series_of(&read, 1);
    same_days(small_camp(&read, &series, "Ee"), theirs, 10);
    series = known_of(&read, INT32_MAX);
    same_days(small_camp(&read, &series, "Ee"), ours, 10);
}

static void test_as_known(void **state)
{
    (void)state;
    static const struct small_change change = {
        "source_data/e.csv", "2019-12-22,20\n2020-01-01,10\n2020-01-05,50\n2020-01-05,70\n"
                             "2020-01-09,90\n"};
    static const int64_t on_3[] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    static const int64_t on_4[] = {10, 20, 30, 40, 50, 50, 50, 50, 50, 50};
    static const int64_t on_8[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 90};
    static const int64_t d_3[] = {20, 20, 20, 20, 20, 20, 20, 20, 20, 20};
    static const int64_t d_4[] = {80, 80, 80, 80, 80, 80, 80, 80, 80, 80};
    struct small_read read = small_read(&arena, &change, 1);
    struct flow_series series = known_of(&read, 3);
    same_days(small_camp(&read, &series, "Ee"), on_3, 10);
    same_days(small_camp(&read, &series, "Dd"), d_3, 10);
    series = known_of(&read, 4);
    same_days(small_camp(&read, &series, "Ee"), on_4, 10);
    same_days(small_camp(&read, &series, "Dd"), d_4, 10);
    series = known_of(&read, 8);
    same_days(small_camp(&read, &series, "Ee"), on_8, 10);
    series = known_of(&read, -30);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(series.total[i] + series.reported[i], 0);
    }
}

/* A count that was published again: the one known last counts, from the day on which it was. */
static void test_revision(void **state)
{
    (void)state;
    static const struct small_change change = {"source_data/e.csv",
                                               "2020-01-01,10\n2020-01-05,50\n2020-01-05,70\n"};
    struct small_read read = small_read(&arena, &change, 1);
    assert_int_equal(read.code, 0);
    size_t revised = 0;
    for (size_t i = 0; i < read.world.n_reports; i++) {
        if (read.world.reports[i].count == 70) {
            read.world.reports[i].known += 3;
            revised++;
        }
    }
    assert_int_equal(revised, 1);
    struct flow_series series = known_of(&read, 6);
    assert_int_equal(small_camp(&read, &series, "Ee")[9], 50);
    series = known_of(&read, 7);
    assert_int_equal(small_camp(&read, &series, "Ee")[9], 70);
    assert_int_equal(small_camp(&read, &series, "Ee")[2], 40);
}

/* The smaller of two that were known at once, whichever stands first. */
static void test_two_at_once(void **state)
{
    (void)state;
    static const struct small_change ways[] = {
        {"source_data/e.csv", "2020-01-01,10\n2020-01-05,50\n2020-01-05,70\n"},
        {"source_data/e.csv", "2020-01-05,70\n2020-01-05,50\n2020-01-01,10\n"}};
    for (size_t i = 0; i < 2; i++) {
        struct small_read read = small_read(&arena, &ways[i], 1);
        struct flow_series series = known_of(&read, INT32_MAX);
        assert_int_equal(small_camp(&read, &series, "Ee")[2], 30);
        assert_int_equal(small_camp(&read, &series, "Ee")[9], 50);
    }
}

/* Where rows are in order and a camp is one file, both readings are one. */
static void test_readings_agree(void **state)
{
    static const char *const plain[] = {"burundi2015", "mali2012", "ssudan2013", "ssudan2016",
                                        "tigray2020"};
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        struct flow_world world = flee_world(&arena, plain[i], NULL);
        struct flow_series flee, known;
        assert_int_equal(flow_series_flee(&arena, &world, 1, &flee, NULL), 0);
        assert_int_equal(flow_series_dated(&arena, &world, &known, NULL), 0);
        same_days(known.at, flee.at, world.n_camps * (size_t)world.n_days);
        same_days(known.total, flee.total, (size_t)world.n_days);
    }
}

static void test_errors(void **state)
{
    (void)state;
    static const struct small_change grows[] = {
        {"input_csv/registration_corrections.csv", "Ee,2020-01-03\n"},
        {"source_data/e.csv", "2020-01-01,10000000000\n2020-01-02,1\n2020-01-03,10000000000\n"}};
    static const struct small_change zero[] = {
        {"input_csv/registration_corrections.csv", "Dd,2020-01-05\n"},
        {"source_data/d1.csv", "2020-01-01,0\n2020-01-05,4\n"},
        {"source_data/d2.csv", "2020-01-01,0\n2020-01-05,4\n"}};
    struct small_read read = small_read(&arena, NULL, 0);
    struct flow_series series = {.n_days = -7};
    assert_int_equal(flow_series_flee(&arena, &read.world, 0, &series, NULL), E_FLOW_OPTION);
    read = small_read(&arena, grows, 2);
    assert_int_equal(read.code, 0);
    assert_int_equal(flow_series_flee(&arena, &read.world, 1, &series, NULL), E_FLOW_COUNT);
    read = small_read(&arena, zero, 3);
    assert_int_equal(read.code, 0);
    assert_int_equal(flow_series_flee(&arena, &read.world, 1, &series, NULL), E_FLOW_COUNT);
    assert_int_equal(series.n_days, -7);
    series = known_of(&read, INT32_MAX);
    assert_int_equal(small_camp(&read, &series, "Dd")[2], 4);
}

/* Counts of a name that is no place are in the total alone. */
static void test_uncounted(void **state)
{
    (void)state;
    static const struct small_change change = {"source_data/data_layout.csv",
                                               "total,refugees.csv\nDd,d1.csv,d2.csv\nFar,e.csv\n"};
    struct small_read read = small_read(&arena, &change, 1);
    struct flow_series series = series_of(&read, 1);
    assert_int_equal(series.n_camps, 1);
    assert_int_equal(series.total[0], 90);
    assert_int_equal(series.total[9], 230);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reference_other_hasten, setup, teardown),
        cmocka_unit_test_setup_teardown(test_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parts_of_the_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_out_of_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_as_known, setup, teardown),
        cmocka_unit_test_setup_teardown(test_revision, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_readings_agree, setup, teardown),
        cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_uncounted, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
