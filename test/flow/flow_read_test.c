#include "flow_read.h"

#include "flee_folder.h"
#include "flee_small.h"
#include "flow_write.h"

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

struct folder {
    struct text bytes[FLOW_TABLES];
};

static struct folder folder_write(const struct flow_world *world, const struct flow_params *params)
{
    struct folder out = {0};
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        struct buf buf;
        const char *copy;
        buf_init(&buf, (size_t)1 << 26);
        assert_int_equal(flow_write(world, params, table, &buf, NULL), 0);
        assert_int_equal(text_copy(&arena, buf_view(&buf), &copy, NULL), 0);
        out.bytes[table] = (struct text){copy, buf.n};
        buf_free(&buf);
    }
    return out;
}

struct folder_read {
    int code;
    struct flow_world world;
    struct flow_params params;
    struct flow_said said;
    struct faults faults;
};

static struct folder_read folder_read(const struct folder *folder)
{
    struct folder_read out = {.world = {.n_days = -7}, .params = {.hasten = -7}};
    assert_int_equal(faults_init(&out.faults, &arena, 20, NULL), 0);
    assert_int_equal(flow_said_init(&out.said, &arena, 100, NULL), 0);
    out.code =
        flow_read(&arena, folder->bytes, &out.world, &out.params, &out.said, &out.faults, NULL);
    return out;
}

static void show_faults(const struct folder_read *read)
{
    for (size_t i = 0; i < read->faults.kept; i++) {
        const struct ajar_err *at = &read->faults.at[i];
        print_error("%s:%ld %s '%s': %s\n", at->file, at->row, at->column, at->value, at->text);
    }
}

#define SAME_TEXT(a, b) assert_true(text_eq((a), (b)))

static void same_places(const struct flow_world *a, const struct flow_world *b)
{
    assert_int_equal(a->n_places, b->n_places);
    for (size_t i = 0; i < a->n_places; i++) {
        const struct flow_place *p = &a->places[i], *q = &b->places[i];
        SAME_TEXT(p->name, q->name);
        SAME_TEXT(p->region, q->region);
        SAME_TEXT(p->country, q->country);
        SAME_TEXT(p->source, q->source);
        assert_memory_equal(&p->lat, &q->lat, sizeof p->lat);
        assert_memory_equal(&p->lon, &q->lon, sizeof p->lon);
        assert_int_equal(p->type, q->type);
        assert_int_equal(p->conflict_day, q->conflict_day);
        assert_int_equal(p->population, q->population);
        assert_int_equal(p->capacity, q->capacity);
        assert_int_equal(p->capacity_known, q->capacity_known);
        assert_int_equal(p->foreign, q->foreign);
    }
}

static void same_events(const struct flow_world *a, const struct flow_world *b)
{
    assert_int_equal(a->n_roads, b->n_roads);
    for (size_t i = 0; i < a->n_roads; i++) {
        const struct flow_road *p = &a->roads[i], *q = &b->roads[i];
        assert_int_equal(p->a, q->a);
        assert_int_equal(p->b, q->b);
        assert_int_equal(p->forced, q->forced);
        assert_int_equal(p->known, q->known);
        assert_memory_equal(&p->km, &q->km, sizeof p->km);
        SAME_TEXT(p->source, q->source);
    }
    assert_int_equal(a->n_closures, b->n_closures);
    for (size_t i = 0; i < a->n_closures; i++) {
        const struct flow_closure *p = &a->closures[i], *q = &b->closures[i];
        assert_int_equal(p->type, q->type);
        SAME_TEXT(p->name1, q->name1);
        SAME_TEXT(p->name2, q->name2);
        assert_int_equal(p->place1, q->place1);
        assert_int_equal(p->place2, q->place2);
        assert_int_equal(p->from, q->from);
        assert_int_equal(p->to, q->to);
        assert_int_equal(p->known, q->known);
        SAME_TEXT(p->source, q->source);
    }
    assert_int_equal(a->n_conflicts, b->n_conflicts);
    for (size_t i = 0; i < a->n_conflicts; i++) {
        const struct flow_conflict *p = &a->conflicts[i], *q = &b->conflicts[i];
        assert_int_equal(p->place, q->place);
        assert_int_equal(p->day, q->day);
        assert_memory_equal(&p->intensity, &q->intensity, sizeof p->intensity);
        assert_int_equal(p->known, q->known);
        SAME_TEXT(p->source, q->source);
    }
}

static void same_reports(const struct flow_report *a, size_t n_a, const struct flow_report *b,
                         size_t n_b)
{
    assert_int_equal(n_a, n_b);
    for (size_t i = 0; i < n_a; i++) {
        assert_int_equal(a[i].place, b[i].place);
        assert_int_equal(a[i].part, b[i].part);
        assert_int_equal(a[i].date, b[i].date);
        assert_int_equal(a[i].count, b[i].count);
        assert_int_equal(a[i].known, b[i].known);
        SAME_TEXT(a[i].source, b[i].source);
    }
}

static void same_world(const struct flow_world *a, const struct flow_world *b)
{
    SAME_TEXT(a->title, b->title);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->n_days, b->n_days);
    same_places(a, b);
    same_events(a, b);
    same_reports(a->reports, a->n_reports, b->reports, b->n_reports);
    same_reports(a->uncounted_reports, a->n_uncounted_reports, b->uncounted_reports,
                 b->n_uncounted_reports);
    assert_int_equal(a->n_camps, b->n_camps);
    assert_memory_equal(a->camps, b->camps, a->n_camps * sizeof *a->camps);
    assert_int_equal(a->n_uncounted, b->n_uncounted);
    for (size_t i = 0; i < a->n_uncounted; i++) {
        SAME_TEXT(a->uncounted[i], b->uncounted[i]);
    }
    assert_int_equal(a->n_corrections, b->n_corrections);
    for (size_t i = 0; i < a->n_corrections; i++) {
        const struct flow_correction *p = &a->corrections[i], *q = &b->corrections[i];
        assert_int_equal(p->place, q->place);
        assert_int_equal(p->of_uncounted, q->of_uncounted);
        assert_int_equal(p->date, q->date);
        assert_int_equal(p->known, q->known);
        SAME_TEXT(p->source, q->source);
    }
}

static void same_params(const struct flow_params *a, const struct flow_params *b)
{
    for (size_t i = 0; i < flow_param_count; i++) {
        double left = flow_param_get(a, &flow_param_list[i]);
        double right = flow_param_get(b, &flow_param_list[i]);
        assert_memory_equal(&left, &right, sizeof left);
    }
    assert_int_equal(a->rules, b->rules);
    assert_int_equal(a->n_spawn_decay, b->n_spawn_decay);
    assert_memory_equal(a->spawn_decay, b->spawn_decay, sizeof a->spawn_decay);
}

/* Written, read, written again: the same world, the same bytes. */
static void check_round(const struct flow_world *world, const struct flow_params *params)
{
    struct folder first = folder_write(world, params);
    struct folder_read read = folder_read(&first);
    show_faults(&read);
    assert_int_equal(read.code, 0);
    same_world(world, &read.world);
    same_params(params, &read.params);
    struct folder second = folder_write(&read.world, &read.params);
    for (size_t i = 0; i < FLOW_TABLES; i++) {
        SAME_TEXT(first.bytes[i], second.bytes[i]);
    }
}

static void test_eight(void **state)
{
    (void)state;
    struct flow_params params = flow_params_validation();
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        struct flow_world world = flee_world(&arena, flee_names[i], NULL);
        params.hasten = flee_hasten[i];
        params.rules = i % 2 == 0 ? FLOW_RULES_FLEE : FLOW_RULES_AJAR;
        check_round(&world, &params);
    }
}

/* Names and figures that a table could spoil. */
static void test_hard_words(void **state)
{
    (void)state;
    static const struct small_change changes[] = {
        {"input_csv/sim_period.csv", "StartDate,0200-01-01\nLength,36525\n"},
        {"input_csv/locations.csv", "\"A, \"\"a\"\"\",=1+1,-,-90,180,conflict,-36525,10000000000\n"
                                    "'=b,+R,,0.1,1e-7,conflict,36525,0\n"
                                    "Zürich;x,@,K,-0.0,-180,Town,,\n"
                                    "-7,,K,0.30000000000000004,2,idp camp,,0\n"
                                    "8,,K,1,2,camp,,\n"},
        {"input_csv/routes.csv", "'=b,\"A, \"\"a\"\"\",1e-300,2\n-7,'=b,50000,1\n8,-7,3\n"},
        {"input_csv/closures.csv", "country,K,-,36525,-1\nlocation,=b,@x,0,0\n"},
        {"input_csv/conflicts.csv", "#,=b\n0,5e-324\n1,0\n2,0.1\n3,1e9\n"},
        {"input_csv/registration_corrections.csv",
         "=x,0200-01-02\n=x,0200-01-02\ntotal,0200-01-02\n"},
        {"source_data/data_layout.csv",
         "total,refugees.csv\n8,refugees.csv\n-7,refugees.csv,refugees.csv\n'=x,refugees.csv\n"},
        {"source_data/refugees.csv", "0299-12-31,10000000000\n0200-01-02,5\n0100-01-01,1\n"
                                     "0200-01-02,1\n"}};
    struct small_read read = small_read(&arena, changes, sizeof changes / sizeof *changes);
    for (size_t i = 0; i < read.faults.kept; i++) {
        print_error("%s:%ld %s\n", read.faults.at[i].file, read.faults.at[i].row,
                    read.faults.at[i].text);
    }
    assert_int_equal(read.code, 0);
    assert_string_equal(read.world.places[0].name.at, "A, \"a\"");
    assert_string_equal(read.world.places[1].name.at, "=b");
    assert_int_equal(read.world.n_uncounted, 1);
    struct flow_params params = flow_params_default();
    params.softening = 0.1 + 0.2;
    params.use_capacity = false;
    params.weight_softening = 1e-300;
    params.n_spawn_decay = 2;
    params.spawn_decay[0] = 1.0 / 3;
    check_round(&read.world, &params);
}

static struct folder small_folder(void)
{
    struct small_read read = small_read(&arena, NULL, 0);
    struct flow_params params = flow_params_default();
    assert_int_equal(read.code, 0);
    return folder_write(&read.world, &params);
}

/* Rows of places, roads and so on may stand in columns of any order; known and source may be left out. */
static void test_columns(void **state)
{
    (void)state;
    struct folder folder = small_folder();
    folder.bytes[FLOW_ROADS] = TEXT_LIT("km;b;a\n10;Bb;Aa\n20;Cc;Bb\n30.5;Dd;Cc\n40;Ee;Cc\n");
    folder.bytes[FLOW_CLOSURES] = TEXT_LIT("type,name1,name2,from,to\nlink,Cc,Dd,2020-01-03,\n");
    struct folder_read read = folder_read(&folder);
    show_faults(&read);
    assert_int_equal(read.code, 0);
    assert_near(read.world.roads[2].km, 30.5, 0);
    assert_int_equal(read.world.roads[2].b, 3);
    assert_int_equal(read.world.roads[0].known, DATE_NONE);
    assert_int_equal(read.world.closures[0].from, 2);
    assert_int_equal(read.world.closures[0].to, -1);
    assert_int_equal(read.world.closures[0].known, read.world.start + 2);
}

static void test_optional(void **state)
{
    (void)state;
    struct folder folder = small_folder();
    folder.bytes[FLOW_CLOSURES] = folder.bytes[FLOW_CONFLICTS] = folder.bytes[FLOW_CORRECTIONS] =
        (struct text){NULL, 0};
    folder.bytes[FLOW_SETTINGS] = TEXT_LIT("title: t\nstart: 2020-01-01\ndays: 10\nrules: ajar\n");
    struct folder_read read = folder_read(&folder);
    struct flow_params params = flow_params_default();
    show_faults(&read);
    assert_int_equal(read.code, 0);
    assert_int_equal(read.world.n_closures, 0);
    assert_int_equal(read.world.n_conflicts, 0);
    params.rules = FLOW_RULES_AJAR;
    same_params(&read.params, &params);
}

/* Conflicts in any order of rows are put in order; what changes nothing is said. */
static void test_conflicts(void **state)
{
    (void)state;
    struct folder folder = small_folder();
    folder.bytes[FLOW_CONFLICTS] =
        TEXT_LIT("place,from,intensity\nBb,2020-01-05,1\nAa,2020-01-07,0\nAa,2020-01-01,1\n"
                 "Aa,2020-01-04,1\nBb,2020-01-02,0\nBb,2020-03-01,1\n");
    struct folder_read read = folder_read(&folder);
    show_faults(&read);
    assert_int_equal(read.code, 0);
    assert_int_equal(read.world.n_conflicts, 3);
    assert_int_equal(read.world.conflicts[0].day, 0);
    assert_int_equal(read.world.conflicts[1].day, 6);
    assert_int_equal(read.world.conflicts[2].place, 1);
    assert_true(small_said(&read.said, "conflicts.csv, line 5: this changes nothing"));
    assert_true(small_said(&read.said, "conflicts.csv, line 6: this changes nothing"));
    assert_true(small_said(&read.said, "conflicts.csv, line 7: this lies after the end"));
}

#define PLACES(row)                                                                                \
    "name,country,lat,lon,type,conflict_from,population,capacity,capacity_known\n"                 \
    "Aa,H,1,2,conflict,2020-01-01,5,,\n" row "\nDd,A,1,2,camp,,,5,\n"
#define REPORTS(row) "series,place,part,date,count,known\nplace,Dd,1,2020-01-01,1,\n" row "\n"

static void test_faults(void **state)
{
    static const struct {
        enum flow_table table;
        const char *bytes; /* NULL: the file is absent */
        enum err_code code;
        long row;
        const char *column, *value;
    } cases[] = {
        {FLOW_PLACES, NULL, E_FLOW_FILE, 0, "", ""},
        {FLOW_ROADS, NULL, E_FLOW_FILE, 0, "", ""},
        {FLOW_REPORTS, NULL, E_FLOW_FILE, 0, "", ""},
        {FLOW_SETTINGS, NULL, E_FLOW_FILE, 0, "", ""},
        {FLOW_PLACES, "", E_CSV_EMPTY, 1, "", ""},
        {FLOW_PLACES, PLACES("Bb,H,1,2,conflict,,5,,"), E_FLOW_DAY, 3, "conflict_from", ""},
        {FLOW_PLACES, PLACES("Bb,H,1,2,town,2020-01-01,5,,"), E_FLOW_DAY, 3, "conflict_from",
         "2020-01-01"},
        {FLOW_PLACES, PLACES("Bb,H,1,2,town,,5,6,"), E_FLOW_COUNT, 3, "capacity", "6"},
        {FLOW_PLACES, PLACES("Bb,H,1,2,camp,,5,6,"), E_FLOW_COUNT, 3, "population", "5"},
        {FLOW_PLACES, PLACES("Bb,H,1,2,camp,,,6,soon"), E_DATE, 3, "capacity_known", "soon"},
        {FLOW_PLACES, PLACES("Bb,H,1,2,Camp,,,6,"), E_FLOW_TYPE, 3, "type", "Camp"},
        {FLOW_PLACES, PLACES("Aa,H,1,2,town,,,,"), E_FLOW_PLACE_TWICE, 3, "name", "Aa"},
        {FLOW_PLACES, PLACES("Bb,H,1,2"), E_CSV_SHORT, 3, "type", ""},
        {FLOW_ROADS, "a,b\nAa,Bb\n", E_FLOW_COLUMN, 1, "km", ""},
        {FLOW_ROADS, "a,b,km,colour\nAa,Bb,3,red\n", E_FLOW_COLUMN, 1, "", "colour"},
        {FLOW_ROADS, "a,b,km,km\nAa,Bb,3,4\n", E_FLOW_COLUMN, 1, "", "km"},
        {FLOW_ROADS, "a,b,km\nAa,Bb,0\n", E_FLOW_DISTANCE, 2, "km", "0"},
        {FLOW_ROADS, "a,b,km\nAa,Xx,1\n", E_FLOW_PLACE, 2, "b", "Xx"},
        {FLOW_ROADS, "a,b,km\nBb,Bb,1\n", E_FLOW_DISTANCE, 2, "b", "Bb"},
        {FLOW_CLOSURES, "type,name1,name2,from,to\nremove,Aa,,2020-01-01,\n", E_FLOW_CLOSURE, 2,
         "type", "remove"},
        {FLOW_CLOSURES, "type,name1,name2,from,to\nlocation,Aa,,2019-01-01,\n", E_FLOW_DAY, 2,
         "from", "2019-01-01"},
        {FLOW_CLOSURES, "type,name1,name2,from,to\nlink,Aa,Ee,2020-01-01,\n", E_FLOW_CLOSURE, 2,
         "name2", "Ee"},
        {FLOW_CONFLICTS, "place,from,intensity\nAa,2020-01-01,-1\n", E_NUMBER_RANGE, 2, "intensity",
         "-1"},
        {FLOW_CONFLICTS, "place,from,intensity\nAa,2020-01-01,1\nAa,2020-01-01,2\n", E_FLOW_DAY, 3,
         "from", "Aa"},
        {FLOW_REPORTS, REPORTS("camp,Dd,1,2020-01-02,1,"), E_FLOW_PLACE, 3, "series", "camp"},
        {FLOW_REPORTS, REPORTS("place,Xx,1,2020-01-02,1,"), E_FLOW_PLACE, 3, "place", "Xx"},
        {FLOW_REPORTS, REPORTS("total,Dd,1,2020-01-02,1,"), E_FLOW_PLACE, 3, "place", "Dd"},
        {FLOW_REPORTS, REPORTS("outside,Dd,1,2020-01-02,1,"), E_FLOW_PLACE, 3, "place", "Dd"},
        {FLOW_REPORTS, REPORTS("outside,,1,2020-01-02,1,"), E_FLOW_PLACE, 3, "place", ""},
        {FLOW_REPORTS, REPORTS("place,Dd,0,2020-01-02,1,"), E_NUMBER_RANGE, 3, "part", "0"},
        {FLOW_REPORTS, REPORTS("place,Dd,1,2020-01-02,1,2020-01-01"), E_FLOW_DAY, 3, "known",
         "2020-01-01"},
        {FLOW_REPORTS, "series,place,date,count\ntotal,,2020-01-02,1\n", E_FLOW_FILE, 0, "", ""},
        {FLOW_CORRECTIONS, "series,place,date\nplace,Dd,2020-01-04\n", E_DATE, 2, "date",
         "2020-01-04"},
        {FLOW_CORRECTIONS, "series,place,date\noutside,Dd,2020-01-04\n", E_FLOW_PLACE, 2, "place",
         "Dd"},
        {FLOW_SETTINGS, "title: t\nstart: 2020-01-01\ndays: 0\nrules: flee\n", E_FLOW_DAY, 3,
         "days", "0"},
        {FLOW_SETTINGS, "title: t\nstart: soon\ndays: 4\nrules: flee\n", E_DATE, 2, "start",
         "soon"},
        {FLOW_SETTINGS, "title: t\nstart: 9900-01-01\ndays: 4\nrules: flee\n", E_FLOW_DAY, 2,
         "start", "9900-01-01"},
        {FLOW_SETTINGS, "start: 2020-01-01\ndays: 10\nrules: flee\n", E_FLOW_SETTING, 1, "title",
         ""},
        {FLOW_SETTINGS, "title: t\nstart: 2020-01-01\ndays: 10\nrules: own\n", E_FLOW_SETTING, 4,
         "rules", "own"},
        {FLOW_SETTINGS,
         "title: t\nstart: 2020-01-01\ndays: 10\nrules: flee\nparameters:\n  speed: 4\n",
         E_FLOW_SETTING, 6, "parameters.speed", "speed"},
        {FLOW_SETTINGS,
         "title: t\nstart: 2020-01-01\ndays: 10\nrules: flee\nparameters:\n  hasten: 0\n",
         E_FLOW_SETTING, 6, "parameters.hasten", "0"},
        {FLOW_SETTINGS, "title: t\nstart: 2020-01-01\ndays: 10\nrules: flee\ncolour: red\n",
         E_YAML_KEY_UNKNOWN, 5, "", "colour"},
    };
    (void)state;
    struct folder folder = small_folder();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct folder changed = folder;
        changed.bytes[cases[i].table] =
            cases[i].bytes == NULL ? (struct text){NULL, 0} : text_of(cases[i].bytes);
        struct folder_read read = folder_read(&changed);
        const struct ajar_err *at = &read.faults.at[0];
        if (read.faults.total == 0 || at->code != (int)cases[i].code || at->row != cases[i].row ||
            strcmp(at->column, cases[i].column) != 0 || strcmp(at->value, cases[i].value) != 0) {
            fail_msg("case %zu: %llu faults, %s in %s line %ld '%s' '%s': %s", i,
                     (unsigned long long)read.faults.total, at->slug, at->file, at->row, at->column,
                     at->value, at->text);
        }
        if (cases[i].code != E_FLOW_FILE || cases[i].row > 0) {
            assert_string_equal(at->file, flow_table_file(cases[i].table));
        }
        assert_int_equal(read.code, E_FLOW_FAULTS);
        assert_int_equal(read.world.n_days, -7);
        assert_int_equal(read.params.hasten, -7);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_eight),    TEST(test_hard_words), TEST(test_columns),
        TEST(test_optional), TEST(test_conflicts),  TEST(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
