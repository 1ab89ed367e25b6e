#include "flee_folder.h"
#include "flee_small.h"

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

/* Counts of the table in test/flow/data/README.md. */
static void test_eight(void **state)
{
    static const struct {
        size_t places, roads, camps;
        int32_t days;
    } known[FLEE_CONFLICTS] = {{30, 41, 5, 396},  {63, 86, 14, 820}, {23, 35, 7, 300},
                               {40, 62, 3, 1885}, {51, 60, 10, 604}, {133, 171, 18, 426},
                               {18, 32, 4, 1095}, {55, 63, 4, 300}};
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        struct flow_world world = flee_world(&arena, flee_names[i], NULL);
        assert_int_equal(world.n_places, known[i].places);
        assert_int_equal(world.n_roads, known[i].roads);
        assert_int_equal(world.n_camps, known[i].camps);
        assert_int_equal(world.n_days, known[i].days);
        assert_int_equal(world.n_uncounted, strcmp(flee_names[i], "car2013") == 0);
        assert_string_equal(world.title.at, flee_names[i]);
        for (size_t k = 0; k < world.n_camps; k++) {
            assert_int_equal(world.places[world.camps[k]].type, FLOW_CAMP);
            assert_true(world.places[world.camps[k]].foreign);
        }
    }
}

/* What the folder of a conflict says, spot by spot. */
static void test_burundi(void **state)
{
    (void)state;
    struct flow_said said;
    assert_int_equal(flow_said_init(&said, &arena, 100, NULL), 0);
    struct flow_world world = flee_world(&arena, "burundi2015", &said);
    char shown[DATE_TEXT];
    assert_string_equal(date_format(world.start, shown), "2015-05-01");
    assert_string_equal(world.places[1].name.at, "Kabarore");
    assert_int_equal(world.places[1].conflict_day, 71);
    assert_int_equal(world.places[1].type, FLOW_TOWN);
    assert_int_equal(world.places[1].population, 62303);
    assert_int_equal(world.places[1].capacity, -1);
    assert_int_equal(world.places[25].capacity, 49451);
    assert_int_equal(world.places[25].population, 0);
    assert_int_equal(world.places[25].capacity_known, DATE_NONE);
    assert_int_equal(world.closures[0].type, FLOW_CLOSE_LOCATION);
    assert_int_equal(world.closures[0].place1, 0);
    assert_int_equal(world.closures[0].place2, FLOW_NONE);
    assert_int_equal(world.closures[0].from, 0);
    assert_int_equal(world.closures[0].to, 91);
    assert_int_equal(world.closures[1].type, FLOW_CLOSE_FORCED);
    assert_int_equal(world.closures[3].line, 5);
    assert_int_equal(world.conflicts[0].place, 0);
    assert_int_equal(world.conflicts[0].day, 0);
    assert_true(small_said(&said, "closures.csv, line 2: the second name, 'Lusenda'"));
    assert_true(small_said(&said, "rwa-mahama.csv, line 103: 9 reports after the end"));
}

static void check_small(const struct flow_world *world)
{
    assert_int_equal(world->n_places, 5);
    assert_int_equal(world->n_roads, 4);
    assert_string_equal(world->places[3].name.at, "Dd");
    assert_int_equal(world->places[0].type, FLOW_CONFLICT);
    assert_int_equal(world->places[0].conflict_day, 0);
    assert_int_equal(world->places[1].type, FLOW_TOWN);
    assert_int_equal(world->places[1].conflict_day, 4);
    assert_int_equal(world->places[2].conflict_day, INT32_MIN);
    assert_int_equal(world->places[3].capacity, 500);
    assert_int_equal(world->places[4].capacity, -1);
    assert_false(world->places[2].foreign);
    assert_true(world->places[3].foreign);
    assert_near(world->roads[2].km, 30.5, 0);
    assert_int_equal(world->roads[2].forced, 2); /* flag 1: from name2 to name1 */
    assert_int_equal(world->n_closures, 2);
    assert_int_equal(world->closures[1].place2, 3);
    assert_int_equal(world->closures[1].to, -1);
    assert_int_equal(world->n_conflicts, 4);
    assert_int_equal(world->conflicts[1].day, 6);
    assert_near(world->conflicts[1].intensity, 0, 0);
    assert_int_equal(world->conflicts[3].day, 8);
    assert_near(world->conflicts[3].intensity, 0.5, 0);
    assert_int_equal(world->conflicts[3].known, world->start + 8);
    assert_int_equal(world->n_camps, 2);
    assert_int_equal(world->camps[0], 4);
    assert_int_equal(world->n_reports, 10);
    assert_int_equal(world->reports[0].place, 3);
    assert_int_equal(world->reports[3].part, 1);
    assert_int_equal(world->reports[6].place, 4);
    assert_int_equal(world->reports[8].place, FLOW_NONE);
    assert_int_equal(world->reports[9].count, 400);
    assert_int_equal(world->n_corrections, 1);
}

static void test_small(void **state)
{
    (void)state;
    struct small_read plain = small_read(&arena, NULL, 0);
    assert_int_equal(plain.code, 0);
    assert_int_equal(plain.said.total, 0);
    check_small(&plain.world);
}

/* The same conflict, written in every way that the real files are. */
static void test_quirks(void **state)
{
    (void)state;
    static const struct small_change changes[] = {
        {"input_csv/sim_period.csv", "\xef\xbb\xbf\"startdate\" , \"2020-1-1\"\r\n\r\n"
                                     "\"LENGTH\",\"10\",,\r\n"},
        {"input_csv/locations.csv", "\xef\xbb\xbf# name , a \"comment\n"
                                    "Aa , R,\"Home\",1,2,Conflict, 0,1000,more,cells\r\n"
                                    "  Bb,R,Home,1,3,CONFLICT_ZONE,4,2000\r\n\r\n"
                                    "\"Cc\",R,Home,1,4,a Town,never,\r\n"
                                    "\"#\",x\r\n"
                                    "Dd,R,Away,1,5,Refugee Camp,,500\r\n"
                                    "Ee,R,Away,1,6,camp,,"},
        {"input_csv/routes.csv",
         "#name1,name2,distance,forced_redirection,link_type\rAa,Bb,10,0,drive\rBb,Cc,2e1\r"
         "Cc,Dd,30.5,1,\rCc,Ee,40,,crossing\r"},
        {"input_csv/conflicts.csv",
         "#Day, Aa, Bb,\n0, 1, 0\n1,1,0,\n2,1,0\n3,1,0\n4,1,1\n# note\n5,1,1\n6,0,1\n7,0,1\n"
         "8, 0, .5\n"},
        {"source_data/data_layout.csv",
         "# all\n\"total\",refugees.csv\nEe, e.csv ,\nDd,d1.csv,d2.csv\nalone\n"},
        {"source_data/e.csv", "Date,count\n\"2020-01-01\",\"10\",7,8\n#2020-01-02,4 # why\n"
                              "2020-01-03,\n2020-01-09,90 \t\n"},
        {"source_data/d1.csv", "DateTime,n\n2020-1-1,20\n2020-01-05,60\n2020-01-09,100\n\n"},
    };
    struct small_read read = small_read(&arena, changes, sizeof changes / sizeof *changes);
    for (size_t i = 0; i < read.faults.kept; i++) {
        print_error("%s:%ld %s\n", read.faults.at[i].file, read.faults.at[i].row,
                    read.faults.at[i].text);
    }
    assert_int_equal(read.code, 0);
    check_small(&read.world);
    assert_true(small_said(&read.said, "the last 1 days are missing"));
    assert_true(small_said(&read.said, "data_layout.csv, line 5: this row names no file"));
    assert_true(small_said(&read.said, "e.csv, line 4: 1 row has no count"));
}

static void test_bare_names(void **state)
{
    (void)state;
    struct flee_file files[SMALL_FILES];
    struct faults faults;
    struct flow_world world;
    for (size_t i = 0; i < SMALL_FILES; i++) {
        files[i] =
            (struct flee_file){strchr(small_files[i].name, '/') + 1, text_of(small_files[i].bytes)};
    }
    assert_int_equal(faults_init(&faults, &arena, 5, NULL), 0);
    assert_int_equal(
        flee_read(&arena, files, SMALL_FILES, TEXT_LIT("small"), &world, NULL, &faults, NULL), 0);
    check_small(&world);
}

#define LOCATIONS(rows) "Aa,R,H,1,2,conflict,0,1\n" rows "Dd,R,A,1,5,camp,,\nEe,R,A,1,6,camp,,\n"

/* One change, one fault. */
static void test_faults(void **state)
{
    static const struct {
        const char *file, *bytes;
        enum err_code code;
        long row;
        const char *column, *value, *where; /* where: the file that is named, NULL: the same */
    } cases[] = {
        {"input_csv/routes.csv", NULL, E_FLOW_FILE, 0, "", "", NULL},
        {"input_csv/locations.csv", NULL, E_FLOW_FILE, 0, "", "", NULL},
        {"input_csv/locations.csv", "# none\n", E_FLOW_FILE, 0, "", "", NULL},
        {"input_csv/sim_period.csv", NULL, E_FLOW_FILE, 0, "", "", NULL},
        {"input_csv/routes.csv", "Aa,Cd,5\n", E_FLOW_PLACE, 1, "name2", "Cd", NULL},
        {"input_csv/routes.csv", "#h\n\nAa,Bb,0,\n", E_FLOW_DISTANCE, 3, "distance", "0", NULL},
        {"input_csv/routes.csv", "Aa,Bb,1e9\n", E_FLOW_DISTANCE, 1, "distance", "1e9", NULL},
        {"input_csv/routes.csv", "Aa,Bb,nan\n", E_NUMBER, 1, "distance", "nan", NULL},
        {"input_csv/routes.csv", "Aa,Bb\n", E_NUMBER, 1, "distance", "", NULL},
        {"input_csv/routes.csv", "Aa,Bb,4,3\n", E_NUMBER_RANGE, 1, "forced_redirection", "3", NULL},
        {"input_csv/routes.csv", "Aa,\"Bb,4\n", E_CSV_QUOTE_UNCLOSED, 1, "", "\"Bb,4", NULL},
        {"input_csv/routes.csv", "Aa,\"Bb\"x,4\n", E_CSV_QUOTE_TRAILING, 1, "", "\"Bb\"x,4", NULL},
        {"input_csv/routes.csv",
         "Aa,Bb,4\nAa,B\x01"
         "b,4\n",
         E_UTF8, 2, "", "B\\x01b", NULL},
        {"input_csv/routes.csv", "Aa,Bb,4\r\nAa,B\xff,4\n", E_UTF8, 2, "", "", NULL},
        {"input_csv/closures.csv", "country,Home,Elsewhere,1,2\n", E_FLOW_CLOSURE, 1, "name2",
         "Elsewhere", NULL},
        {"input_csv/closures.csv", "link,Aa,Dd,1,2\n", E_FLOW_CLOSURE, 1, "name2", "Dd", NULL},
        {"input_csv/closures.csv", "link,Aa,Xx,1,2\n", E_FLOW_PLACE, 1, "name2", "Xx", NULL},
        {"input_csv/closures.csv", "wall,Aa,Bb,1,2\n", E_FLOW_CLOSURE, 1, "closure_type", "wall",
         NULL},
        {"input_csv/closures.csv", "location,Aa,,-3,2\n", E_FLOW_DAY, 1, "closure_start", "-3",
         NULL},
        {"input_csv/closures.csv", "location,Aa,,1,soon\n", E_FLOW_DAY, 1, "closure_end", "soon",
         NULL},
        {"input_csv/closures.csv", "location,Aa,,1,99999\n", E_FLOW_DAY, 1, "closure_end", "99999",
         NULL},
        {"input_csv/conflicts.csv", "#Day,Aa,Zz\n0,1,0\n", E_FLOW_PLACE, 1, "", "Zz", NULL},
        {"input_csv/conflicts.csv", "#Day,Aa,Aa\n0,1,0\n", E_FLOW_PLACE_TWICE, 1, "", "Aa", NULL},
        {"input_csv/conflicts.csv", "#Day,Aa\n0,-1\n", E_NUMBER_RANGE, 2, "Aa", "-1", NULL},
        {"input_csv/conflicts.csv", "#Day,Aa,Bb\n0,1\n", E_CSV_SHORT, 2, "", "", NULL},
        {"input_csv/conflicts.csv", "#Day,Aa\n0,1,5\n", E_CSV_LONG, 2, "", "5", NULL},
        {"input_csv/conflicts.csv", "#Day,Aa\nx,1\n", E_FLOW_DAY, 2, "Day", "x", NULL},
        {"input_csv/conflicts.csv", "0,1,0\n1,1,0\n", E_FLOW_COLUMN, 1, "", "1", NULL},
        {"input_csv/sim_period.csv", "StartDate,2020-02-30\nLength,4\n", E_DATE, 1, "StartDate",
         "2020-02-30", NULL},
        {"input_csv/sim_period.csv", "StartDate,2020-01-01\nLength,0\n", E_FLOW_DAY, 2, "Length",
         "0", NULL},
        {"input_csv/registration_corrections.csv", "Dd,2020-01-04\n", E_DATE, 1, "date",
         "2020-01-04", NULL},
        {"input_csv/registration_corrections.csv", "Dd,1010-01-05\n", E_FLOW_DAY, 1, "date",
         "1010-01-05", NULL},
        {"input_csv/registration_corrections.csv", "Xx,2020-01-05\n", E_FLOW_PLACE, 1, "name", "Xx",
         NULL},
        {"input_csv/registration_corrections.csv", "Cc,2020-01-05\n", E_FLOW_PLACE, 1, "name",
         "2020-01-05", NULL},
        {"source_data/data_layout.csv", NULL, E_FLOW_FILE, 0, "", "", NULL},
        {"source_data/data_layout.csv", "Ee,e.csv\n", E_FLOW_FILE, 1, "name", "Ee", NULL},
        {"source_data/data_layout.csv", "total,refugees.csv\nFar,e.csv\n", E_FLOW_FILE, 0, "", "",
         NULL},
        {"source_data/data_layout.csv", "total,refugees.csv\nEe,e.csv\nEe,d1.csv\n",
         E_FLOW_PLACE_TWICE, 3, "name", "Ee", NULL},
        {"source_data/refugees.csv", NULL, E_FLOW_FILE, 1, "", "refugees.csv",
         "source_data/data_layout.csv"},
        {"source_data/e.csv", "# nothing\n", E_FLOW_FILE, 0, "", "", NULL},
        {"source_data/e.csv", "2020-01-01,many\n2020-01-02,4\n", E_FLOW_COUNT, 1, "count", "many",
         NULL},
        {"source_data/e.csv", "2020-01-01,4\n2020-01-02,-4\n", E_FLOW_COUNT, 2, "count", "-4",
         NULL},
        {"source_data/e.csv", "2020-01-01,4\n2020-01-02,4.5\n", E_FLOW_COUNT, 2, "count", "4.5",
         NULL},
        {"source_data/e.csv", "2020-01-01,4\n2021-13-02,4\n", E_DATE, 2, "date", "2021-13-02",
         NULL},
        {"source_data/e.csv", "2020-01-01,4\n2220-01-02,4\n", E_FLOW_DAY, 2, "date", "2220-01-02",
         NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,town,,1\nBb,R,H,1,3,town,,1\n"),
         E_FLOW_PLACE_TWICE, 3, "name", "Bb", NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,flood_zone,,1\n"), E_FLOW_TYPE, 2,
         "location_type", "flood_zone", NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,village,,1\n"), E_FLOW_TYPE, 2,
         "location_type", "village", NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,conflict,,1\n"), E_FLOW_DAY, 2,
         "conflict_date", "", NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,town,,1.5\n"), E_FLOW_COUNT, 2,
         "population", "1.5", NULL},
        {"input_csv/locations.csv", LOCATIONS("Bb,R,H,1,3,town\n"), E_CSV_SHORT, 2, "name", "Bb",
         NULL},
        {"input_csv/locations.csv", LOCATIONS(",R,H,1,3,town,,1\n"), E_FLOW_PLACE, 2, "name", "",
         NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_change change = {cases[i].file, cases[i].bytes};
        struct small_read read = small_read(&arena, &change, 1);
        const struct ajar_err *at = &read.faults.at[0];
        const char *where = cases[i].where != NULL ? cases[i].where : cases[i].file;
        if (read.faults.total == 0 || at->code != (int)cases[i].code || at->row != cases[i].row ||
            strcmp(at->file, where) != 0 || strcmp(at->column, cases[i].column) != 0 ||
            strcmp(at->value, cases[i].value) != 0) {
            fail_msg("case %zu: %llu faults, first %s in %s line %ld column '%s' value '%s': %s", i,
                     (unsigned long long)read.faults.total, at->slug, at->file, at->row, at->column,
                     at->value, at->text);
        }
        assert_int_equal(read.code, E_FLOW_FAULTS);
        assert_int_equal(read.err.code, E_FLOW_FAULTS);
        assert_int_equal(read.world.n_days, -7);
    }
}

static void test_fault_meant(void **state)
{
    (void)state;
    static const struct small_change places = {
        "input_csv/locations.csv", "Alpha,R,H,1,2,conflict,0,1\nBravo,R,H,1,2,town,,1\n"};
    struct small_change roads = {"input_csv/routes.csv", "Alpha,Brabo,3\n"};
    struct small_change both[] = {places, roads};
    struct small_read read = small_read(&arena, both, 2);
    bool found = false;
    for (size_t i = 0; i < read.faults.kept; i++) {
        found = found || strcmp(read.faults.at[i].hint, "Did you mean 'Bravo'?") == 0;
    }
    assert_true(found);
}

static void test_all_faults(void **state)
{
    (void)state;
    static const struct small_change changes[] = {
        {"input_csv/routes.csv", "Aa,Xx,1\nAa,Bb,-1\nBb,Bb,2\n"},
        {"source_data/e.csv", "2020-01-01,x\n2020-01-99,3\n2020-01-04,2\n"}};
    struct small_read read = small_read(&arena, changes, 2);
    assert_int_equal(read.faults.total, 5);
}

/* One change, one sentence. */
static void test_said(void **state)
{
    static const struct {
        const char *file, *bytes, *words;
    } cases[] = {
        {"input_csv/routes.csv", "Aa,Bb,10\nBb,Cc,9\nCc,Dd,30\nDd,Cc,31\nCc,Ee,40\n",
         "routes.csv, line 4: the road between Dd and Cc stands already in line 3"},
        {"input_csv/routes.csv", "Aa,Bb,10\nBb,Cc,9\nCc,Dd,30\n",
         "locations.csv, line 6: no road leads to the camp Ee"},
        {"input_csv/closures.csv", "location,Aa,,12,14\n", "line 1: this closure begins after the"},
        {"input_csv/closures.csv", "camp,Dd,,5,3\n", "line 1: this closure ends on day 3, not"},
        {"input_csv/closures.csv", "remove_forced_redirection,Aa,Ee,0,4\n",
         "line 1: no road leads from Aa to Ee"},
        {"input_csv/closures.csv", "location,Aa,Bb,0,4\n", "line 1: the second name, 'Bb', has no"},
        {"input_csv/conflicts.csv", NULL, "conflicts.csv: there is no such file"},
        {"input_csv/conflicts.csv", "#Day,Aa\n0,1\n1,0\n3,1\n",
         "line 4: this row is called day 3; rows are counted, and it is taken as day 2"},
        {"input_csv/conflicts.csv", "#Day,Aa\n0,1\n1,0\n", "the last 8 days are missing"},
        {"input_csv/conflicts.csv",
         "D,Aa\n0,1\n1,0\n2,0\n3,0\n4,0\n5,0\n6,0\n7,0\n8,0\n9,0\n10,0\n",
         "line 12: from here on 1 days lie after the end"},
        {"source_data/e.csv", "2020-01-01,3\n2020-01-12,4\n",
         "e.csv, line 2: 1 report after the end is kept"},
        {"source_data/e.csv", "2020-01-02,3\n2020-01-01,4\n",
         "e.csv, line 2: the report of 2020-01-01 follows that of 2020-01-02"},
        {"source_data/e.csv", "2019-01-01,3\n2020-01-05,4\n",
         "e.csv, line 2: no report between 2019-01-01 and 2020-01-05, 369 days"},
        {"source_data/e.csv", "2020-01-01,\n2020-01-05,4\n",
         "e.csv, line 1: 1 row has no count and is passed over"},
        {"source_data/d2.csv", "2020-01-01,0\n2020-01-05,4\n",
         "d2.csv, line 2: this part ends before the one that it is added to"},
        {"source_data/data_layout.csv", "total,refugees.csv\nDd,d1.csv\nFar,e.csv\n",
         "line 3: 'Far' is none of the places"},
        {"source_data/data_layout.csv", "total,refugees.csv\nDd,d1.csv\n",
         "locations.csv, line 6: the camp Ee has no counts"},
        {"source_data/data_layout.csv", "total,refugees.csv\nDd,d1.csv\nCc,e.csv\n",
         "locations.csv, line 4: Cc is counted and no camp"},
        {"input_csv/registration_corrections.csv", "Dd,2019-12-05,normalize\n",
         "line 1: this correction is dated before the start"},
        {"input_csv/registration_corrections.csv", "Ee,2020-01-01,normalize\n",
         "line 1: no report stands before that of this correction"},
        {"input_csv/flood_level.csv", "#Day,Aa\n", "flood_level.csv: this file is not read"},
        {"input_csv/demographics_age.csv", "age,Default\n", "age.csv: this file is not read"},
        {"input_csv/sim_period.csv", "StartDate,2020-01-01\nLength,10\nUnit,day\n",
         "line 3: this row has no effect"},
        {"input_csv/locations.csv",
         "Aa,R,H,,2,conflict,0,1\nBb,R,Home,1,3,town,,1\nCc,R,Home,1,4,town,,\n"
         "Dd,R,Away,1,5,camp,,\nEe,R,Away,1,6,camp,,\n",
         "line 1: the latitude is empty and taken as 0"},
        {"input_csv/locations.csv",
         "Aa,R,Home,1,2,town,,1\nBb,R,Home,1,3,town,,1\nCc,R,Home,1,4,town,,\n"
         "Dd,R,Away,1,5,camp,,\nEe,R,Away,1,6,camp,,\n",
         NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_change change = {cases[i].file, cases[i].bytes};
        struct small_read read = small_read(&arena, &change, 1);
        if (read.code != 0) {
            fail_msg("case %zu: %s: %s", i, read.faults.at[0].file, read.faults.at[0].text);
        }
        if (cases[i].words != NULL && !small_said(&read.said, cases[i].words)) {
            for (size_t k = 0; k < read.said.n; k++) {
                print_error("%s\n", read.said.at[k].at);
            }
            fail_msg("case %zu is not said: %s", i, cases[i].words);
        }
    }
}

/* Roads that share an end, in either direction, are no road twice. */
static void test_roads_apart(void **state)
{
    (void)state;
    static const struct small_change change = {
        "input_csv/routes.csv", "Aa,Bb,10\nBb,Cc,20\nCc,Aa,25\nDd,Cc,30\nCc,Ee,40\nDd,Bb,5\n"};
    struct small_read read = small_read(&arena, &change, 1);
    assert_int_equal(read.code, 0);
    assert_int_equal(read.world.n_roads, 6);
    assert_int_equal(read.said.total, 0);
}

static void test_nobody_leaves(void **state)
{
    (void)state;
    static const struct small_change changes[] = {{"input_csv/locations.csv",
                                                   "Aa,R,Home,1,2,town,,1\nBb,R,Home,1,3,town,,1\n"
                                                   "Cc,R,Home,1,4,town,,\nDd,R,Away,1,5,camp,,\n"
                                                   "Ee,R,Away,1,6,idpcamp,,\n"},
                                                  {"input_csv/conflicts.csv", NULL}};
    struct small_read read = small_read(&arena, changes, 2);
    assert_int_equal(read.code, 0);
    assert_true(small_said(&read.said, "There is no place of conflict"));
    assert_int_equal(read.world.places[4].type, FLOW_IDPCAMP);
}

/* A correction from a report of 0 has no scale. */
static void test_correction_zero(void **state)
{
    (void)state;
    static const struct small_change changes[] = {
        {"input_csv/registration_corrections.csv", "Ee,2020-01-05\n"},
        {"source_data/e.csv", "2020-01-01,0\n2020-01-05,4\n"}};
    struct small_read read = small_read(&arena, changes, 2);
    assert_int_equal(read.code, E_FLOW_FAULTS);
    assert_int_equal(read.faults.at[0].code, E_FLOW_COUNT);
    assert_int_equal(read.faults.at[0].row, 1);
}

static void test_title(void **state)
{
    static const struct text bad[] = {{"", 0}, {"a\nb", 3}, {"\xff", 1}, {"a\xc2\x85", 3}};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct faults faults;
        struct flow_world world;
        struct flee_file none = {"x", {"", 0}};
        assert_int_equal(faults_init(&faults, &arena, 5, NULL), 0);
        assert_int_equal(flee_read(&arena, &none, 1, bad[i], &world, NULL, &faults, NULL),
                         E_FLOW_OPTION);
    }
}

/* A small arena gives an error of memory, never half a world. */
static void test_ceiling(void **state)
{
    (void)state;
    struct flee_folder folder = flee_folder_open(&arena, "mali2012");
    size_t failed = 0;
    for (size_t ceiling = 1024; ceiling < ((size_t)1 << 22); ceiling *= 2) {
        struct arena small;
        struct faults faults;
        struct flow_world world = {.n_days = -7};
        struct ajar_err err = {0};
        assert_int_equal(faults_init(&faults, &arena, 5, NULL), 0);
        arena_init(&small, "small", ceiling);
        int code =
            flee_read(&small, folder.files, folder.n, TEXT_LIT("m"), &world, NULL, &faults, &err);
        assert_true(code == 0 || code == E_CEILING);
        assert_int_equal(world.n_days, code == 0 ? 300 : -7);
        failed += code != 0;
        arena_free(&small);
    }
    assert_true(failed > 3 && failed < 12);
}

static char *many(const char *format, int n, size_t each)
{
    char *out = arena_new(&arena, char, (size_t)n *each + 1, NULL);
    size_t at = 0;
    assert_non_null(out);
    for (int i = 0; i < n; i++) {
        at += (size_t)sprintf(out + at, format, i);
    }
    return out;
}

static void test_too_large(void **state)
{
    (void)state;
    struct small_change places = {"input_csv/locations.csv",
                                  many("%d,R,H,1,2,town,,1\n", FLOW_PLACES_MOST + 1, 32)};
    struct small_change wide = {"input_csv/conflicts.csv", many(",%d", 70001, 10)};
    struct small_read read = small_read(&arena, &places, 1);
    assert_int_equal(read.code, E_FLOW_FAULTS);
    assert_int_equal(read.faults.at[0].code, E_FLOW_TOO_LARGE);
    assert_string_equal(read.faults.at[0].file, "input_csv/locations.csv");
    read = small_read(&arena, &wide, 1);
    assert_int_equal(read.code, E_FLOW_FAULTS);
    assert_int_equal(read.faults.at[0].code, E_FLOW_TOO_LARGE);
    assert_string_equal(read.faults.at[0].file, "input_csv/conflicts.csv");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_eight),       TEST(test_burundi),       TEST(test_small),
        TEST(test_quirks),      TEST(test_bare_names),    TEST(test_faults),
        TEST(test_fault_meant), TEST(test_all_faults),    TEST(test_said),
        TEST(test_roads_apart), TEST(test_nobody_leaves), TEST(test_correction_zero),
        TEST(test_title),       TEST(test_ceiling),       TEST(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
