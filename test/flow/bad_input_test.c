#include "flee_small.h"
#include "flow_read.h"
#include "flow_write.h"
#include "series.h"

/* What the two readers say of bad input, to the word: a fault names file, line, column and value; what is
 * read all the same is said in a sentence. */

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* The small conflict in Ajar's own form with one table replaced. */
static struct small_read own_read(enum flow_table changed, const char *bytes)
{
    struct small_read read = small_read(&arena, NULL, 0);
    struct flow_params params = flow_params_default();
    struct text all[FLOW_TABLES];
    assert_int_equal(read.code, 0);
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        struct buf buf;
        const char *kept;
        buf_init(&buf, (size_t)1 << 20);
        assert_int_equal(flow_write(&read.world, &params, table, &buf, NULL), 0);
        assert_int_equal(text_copy(&arena, buf_view(&buf), &kept, NULL), 0);
        all[table] = table == changed ? text_of(bytes) : (struct text){kept, buf.n};
        buf_free(&buf);
    }
    if (changed == FLOW_REPORTS) { /* there may be nothing to correct */
        all[FLOW_CORRECTIONS] = (struct text){NULL, 0};
    }
    struct small_read out = {.world = {.n_days = -7}};
    assert_int_equal(faults_init(&out.faults, &arena, 50, NULL), 0);
    assert_int_equal(flow_said_init(&out.said, &arena, 50, NULL), 0);
    out.code = flow_read(&arena, all, &out.world, &params, &out.said, &out.faults, &out.err);
    return out;
}

enum { FLEE = -1 }; /* the reference's format; else a table of Ajar's */

struct bad {
    int table;
    const char *file, *bytes;
    enum err_code code;
    long row;
    const char *column, *value, *text;
};

static struct small_read read_bad(const struct bad *bad)
{
    struct small_change change = {bad->file, bad->bytes};
    return bad->table == FLEE ? small_read(&arena, &change, 1)
                              : own_read((enum flow_table)bad->table, bad->bytes);
}

#define ROUTES       "input_csv/routes.csv"
#define CLOSURES     "input_csv/closures.csv"
#define PLACES       "input_csv/locations.csv"
#define E_CSV        "source_data/e.csv"
#define CLOSURE(row) "type,name1,name2,from,to\n" row "\n"
#define REPORT(row)  "series,place,date,count,known\nplace,Ee,2020-01-01,5,\n" row "\n"
#define PLACE(row)   "name,country,lat,lon,type,conflict_from,capacity\n" row "\n"

static const struct bad bads[] = {
    /* distances */
    {FLEE, ROUTES, "Aa,Bb,0\n", E_FLOW_DISTANCE, 1, "distance", "0", "a road is longer than 0 km"},
    {FLEE, ROUTES, "Aa,Bb,-4\n", E_FLOW_DISTANCE, 1, "distance", "-4",
     "a road is longer than 0 km"},
    {FLEE, ROUTES, "Aa,Bb,60000\n", E_FLOW_DISTANCE, 1, "distance", "60000",
     "this is not between -50000 and 50000"},
    {FLEE, ROUTES, "Aa,Bb,far\n", E_NUMBER, 1, "distance", "far", "this is not a number"},
    {FLEE, ROUTES, "Aa,Aa,4\n", E_FLOW_DISTANCE, 1, "name2", "Aa",
     "this road leads back to where it begins"},
    {FLOW_ROADS, "flow/roads.csv", "a,b,km\nAa,Bb,3\nBb,Cc,0\n", E_FLOW_DISTANCE, 3, "km", "0",
     "a road is longer than 0 km"},
    {FLOW_ROADS, "flow/roads.csv", "a,b,km\nAa,Bb,-3\n", E_FLOW_DISTANCE, 2, "km", "-3",
     "a road is longer than 0 km"},
    /* places */
    {FLEE, ROUTES, "Aa,Xx,5\n", E_FLOW_PLACE, 1, "name2", "Xx", "this is not one of the places"},
    {FLEE, CLOSURES, "location,Xx,,1,2\n", E_FLOW_PLACE, 1, "name1", "Xx",
     "this is not one of the places"},
    {FLEE, CLOSURES, "country,Home,Mars,1,2\n", E_FLOW_CLOSURE, 1, "name2", "Mars",
     "no place lies in this country"},
    {FLEE, "input_csv/conflicts.csv", "#Day,Aa,Xx\n0,1,1\n", E_FLOW_PLACE, 1, "", "Xx",
     "this is not one of the places"},
    {FLEE, "input_csv/registration_corrections.csv", "Xx,2020-01-05\n", E_FLOW_PLACE, 1, "name",
     "Xx", "this is not one of the places"},
    {FLEE, PLACES, "Aa,R,H,95,2,town,,1\n", E_FLOW_POSITION, 1, "latitude", "95",
     "this is not between -90 and 90"},
    {FLEE, PLACES, "Aa,R,H,5,-200,town,,1\n", E_FLOW_POSITION, 1, "longitude", "-200",
     "this is not between -180 and 180"},
    {FLOW_PLACES, "flow/places.csv", PLACE("Aa,H,-90.5,2,town,,"), E_FLOW_POSITION, 2, "lat",
     "-90.5", "this is not between -90 and 90"},
    {FLOW_PLACES, "flow/places.csv", PLACE("Aa,H,9,180.5,town,,"), E_FLOW_POSITION, 2, "lon",
     "180.5", "this is not between -180 and 180"},
    {FLOW_ROADS, "flow/roads.csv", "a,b,km\nAa,Xx,3\n", E_FLOW_PLACE, 2, "b", "Xx",
     "this is not one of the places"},
    {FLOW_CLOSURES, "flow/closures.csv", CLOSURE("camp,Xx,,2020-01-02,"), E_FLOW_PLACE, 2, "name1",
     "Xx", "this is not one of the places"},
    {FLOW_CONFLICTS, "flow/conflicts.csv", "place,from,intensity\nXx,2020-01-02,1\n", E_FLOW_PLACE,
     2, "place", "Xx", "this is not one of the places"},
    {FLOW_REPORTS, "flow/reports.csv", REPORT("place,Xx,2020-01-02,4,"), E_FLOW_PLACE, 3, "place",
     "Xx", "this is not one of the places"},
    {FLOW_CORRECTIONS, "flow/corrections.csv", "series,place,date\nplace,Xx,2020-01-05\n",
     E_FLOW_PLACE, 2, "place", "Xx", "this is not one of the places"},
    /* dates */
    {FLEE, "input_csv/sim_period.csv", "StartDate,2020-02-30\nLength,9\n", E_DATE, 1, "StartDate",
     "2020-02-30", "this is not a date"},
    {FLEE, "input_csv/sim_period.csv", "StartDate,2020-02-03\nLength,-9\n", E_FLOW_DAY, 2, "Length",
     "-9", "this is not between 1 and 36525"},
    {FLEE, CLOSURES, "location,Aa,,-1,2\n", E_FLOW_DAY, 1, "closure_start", "-1",
     "this is not between 0 and 36525"},
    {FLEE, E_CSV, "2020-01-01,4\n2220-01-02,4\n", E_FLOW_DAY, 2, "date", "2220-01-02",
     "this is more than 36525 days from the start"},
    {FLEE, "input_csv/registration_corrections.csv", "Ee,2020-01-04\n", E_DATE, 1, "date",
     "2020-01-04", "there is no report of this day to correct to"},
    {FLOW_CLOSURES, "flow/closures.csv", CLOSURE("location,Aa,,2019-12-31,"), E_FLOW_DAY, 2, "from",
     "2019-12-31", "this is before the start"},
    {FLOW_CONFLICTS, "flow/conflicts.csv", "place,from,intensity\nAa,2019-12-31,1\n", E_FLOW_DAY, 2,
     "from", "2019-12-31", "this is before the start"},
    {FLOW_REPORTS, "flow/reports.csv", REPORT("place,Ee,2020-01-32,4,"), E_DATE, 3, "date",
     "2020-01-32", "this is not a date"},
    {FLOW_REPORTS, "flow/reports.csv", REPORT("place,Ee,2020-01-05,4,2020-01-04"), E_FLOW_DAY, 3,
     "known", "2020-01-04", "this is before the day that the row is about"},
    {FLOW_SETTINGS, "flow/flow.yaml", "title: t\nstart: 2020-01-01\ndays: 40000\nrules: flee\n",
     E_FLOW_DAY, 3, "days", "40000", "this is no number of days up to a century"},
    /* closures of roads that are not there */
    {FLEE, CLOSURES, "link,Aa,Dd,1,2\n", E_FLOW_CLOSURE, 1, "name2", "Dd",
     "no road leads there from 'Aa'"},
    {FLOW_CLOSURES, "flow/closures.csv", CLOSURE("link,Aa,Dd,2020-01-02,"), E_FLOW_CLOSURE, 2,
     "name2", "Dd", "no road leads there from 'Aa'"},
    /* counts */
    {FLEE, E_CSV, "2020-01-01,4\n2020-01-05,-4\n", E_FLOW_COUNT, 2, "count", "-4",
     "this is not between 0 and 10000000000"},
    {FLOW_REPORTS, "flow/reports.csv", REPORT("place,Ee,2020-01-05,4.5,"), E_FLOW_COUNT, 3, "count",
     "4.5", "this is not a whole number"},
};

static void test_faults(void **state)
{
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct small_read read = read_bad(&bads[i]);
        const struct ajar_err *at = &read.faults.at[0];
        if (read.code != E_FLOW_FAULTS || at->code != (int)bads[i].code ||
            strcmp(at->file, bads[i].file) != 0 || at->row != bads[i].row ||
            strcmp(at->column, bads[i].column) != 0 || strcmp(at->value, bads[i].value) != 0 ||
            strcmp(at->text, bads[i].text) != 0) {
            fail_msg("case %zu: %s, %s line %ld, '%s' '%s': %s", i, at->slug, at->file, at->row,
                     at->column, at->value, at->text);
        }
        assert_int_equal(read.world.n_days, -7);
        teardown(state);
        setup(state);
    }
}

/* ---- What is read all the same ---- */

static const struct bad saids[] = {
    /* camps out of reach */
    {FLEE, ROUTES, "Aa,Bb,10\nBb,Cc,9\nCc,Dd,30\n",
     .text =
         "input_csv/locations.csv, line 6: no road leads to the camp Ee from a place of conflict: "
         "nobody will arrive."},
    {FLOW_ROADS, NULL, "a,b,km\nAa,Bb,10\nBb,Cc,9\nCc,Dd,30\n",
     .text = "flow/places.csv, line 6: no road leads to the camp Ee from a place of conflict: "
             "nobody will "
             "arrive."},
    /* roads twice */
    {FLEE, ROUTES, "Aa,Bb,10\nBb,Cc,9\nCc,Dd,30\nDd,Cc,31\nCc,Ee,40\n",
     .text =
         "input_csv/routes.csv, line 4: the road between Dd and Cc stands already in line 3; both "
         "count, which doubles its chance."},
    {FLOW_ROADS, NULL, "a,b,km\nAa,Bb,10\nBb,Cc,9\nCc,Dd,30\nDd,Cc,31\nCc,Ee,40\n",
     .text =
         "flow/roads.csv, line 5: the road between Dd and Cc stands already in line 4; both count, "
         "which doubles its chance."},
    /* gaps */
    {FLEE, E_CSV, "2019-01-01,3\n2020-01-05,4\n",
     .text = "source_data/e.csv, line 2: no report between 2019-01-01 and 2020-01-05, 369 days: a "
             "straight "
             "line is drawn."},
    {FLEE, E_CSV, "2020-01-01,3\n2020-01-02,\n2020-01-05,4\n",
     .text = "source_data/e.csv, line 2: 1 row has no count and is passed over: a gap."},
    {FLOW_REPORTS, NULL, REPORT("place,Ee,2019-03-01,9,"),
     .text =
         "flow/reports.csv, line 3: the report of 2019-03-01 follows that of 2020-01-01: the "
         "reference "
         "reads rows in the order of the file; the rules of Ajar and forecasts read them by date."},
    /* after the end */
    {FLEE, E_CSV, "2020-01-01,3\n2020-01-12,4\n",
     .text = "source_data/e.csv, line 2: 1 report after the end is kept: the reference draws the "
             "last line "
             "of the period towards the first of them."},
    {FLOW_REPORTS, NULL, REPORT("place,Ee,2020-01-12,4,"),
     .text = "flow/reports.csv, line 3: 1 report after the end is kept: the reference draws the "
             "last line "
             "of the period towards the first of them."},
    {FLOW_CONFLICTS, NULL, "place,from,intensity\nAa,2020-01-01,1\nAa,2020-03-01,0\n",
     .text = "flow/conflicts.csv, line 3: this lies after the end and is left out."},
    {FLEE, CLOSURES, "location,Aa,,12,14\n",
     .text =
         "input_csv/closures.csv, line 1: this closure begins after the end: it has no effect."},
    {FLOW_CLOSURES, NULL, CLOSURE("location,Aa,,2020-01-12,"),
     .text = "flow/closures.csv, line 2: this closure begins after the end: it has no effect."},
    /* closures the wrong way round */
    {FLOW_CLOSURES, NULL, CLOSURE("location,Aa,,2020-01-05,2020-01-03"),
     .text = "flow/closures.csv, line 2: this closure ends on day 2, not after it begins on day 4: "
             "what is "
             "closed stays so."},
    {FLEE, CLOSURES, "location,Aa,,3,3\n",
     .text = "input_csv/closures.csv, line 1: this closure ends on the day on which it begins: "
             "nobody finds "
             "it shut."},
    {FLEE, CLOSURES, "remove_forced_redirection,Aa,Ee,0,4\n",
     .text = "input_csv/closures.csv, line 1: no road leads from Aa to Ee: nothing is redirected, "
             "and this "
             "has no effect."},
};

static void test_saids(void **state)
{
    for (size_t i = 0; i < sizeof saids / sizeof *saids; i++) {
        struct small_read read = read_bad(&saids[i]);
        bool found = false;
        for (size_t k = 0; k < read.said.n; k++) {
            found = found || text_is(read.said.at[k], saids[i].text);
        }
        if (read.code != 0 || !found) {
            for (size_t k = 0; k < read.said.n; k++) {
                print_error("%s\n", read.said.at[k].at);
            }
            fail_msg("case %zu is not said: %s", i, saids[i].text);
        }
        teardown(state);
        setup(state);
    }
}

/* ---- How it is read ---- */

static const int64_t *days_of(const struct small_read *read, struct flow_series *series)
{
    assert_int_equal(read->code, 0);
    assert_int_equal(read->world.camps[0], 4); /* Ee */
    assert_int_equal(flow_series_dated(&arena, &read->world, series, NULL), 0);
    return series->at;
}

/* Between two reports a line, also towards one after the end; a gap is none. */
static void test_gap_and_end(void **state)
{
    (void)state;
    static const struct small_change gap = {E_CSV, "2020-01-01,10\n2020-01-03,\n2020-01-11,30\n"};
    struct small_read read = small_read(&arena, &gap, 1);
    struct flow_series series;
    const int64_t *days = days_of(&read, &series);
    for (int32_t day = 0; day < 10; day++) {
        assert_int_equal(days[day], 10 + 2 * day);
    }
}

/* Both roads of a pair count. */
static void test_road_twice(void **state)
{
    (void)state;
    static const struct small_change twice = {ROUTES, "Aa,Bb,10\nBb,Cc,9\nCc,Dd,30\nDd,Cc,31\n"};
    struct small_read read = small_read(&arena, &twice, 1);
    assert_int_equal(read.code, 0);
    assert_int_equal(read.world.n_roads, 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_faults), TEST(test_saids), TEST(test_gap_and_end),
                                       TEST(test_road_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
