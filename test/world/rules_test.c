/* Every rule about files, columns, cells and rows: one change, one fault, where it is. */
#include "small.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void files_and_columns(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"hosts.csv", NULL, NULL, "scenario.file.missing", NULL, 0, ""},
        {"scenario.yaml", NULL, NULL, "scenario.file.missing", NULL, 0, ""},
        {"datapackage.json", NULL, NULL, "scenario.file.missing", NULL, 0, ""},
        {"trade.csv", NULL, NULL, "scenario.file.missing", "datapackage.json", 0,
         "resources[10].path"},
        {"koenigstein.csv",
         "iso3166_2,land,share_percent,key_year,source_id,note\nDE-BW,Baden,"
         "60,2016,s3,\nDE-BY,Bavaria,40,2016,s3,",
         "iso3166_2,land,share_percent,key_year,source_id\nDE-BW,Baden,60,2016,s3\nDE-BY,Bavaria,"
         "40,2016,s3",
         "scenario.column.missing", NULL, 1, "note"},
        {"hosts.csv", "value", "valeu", "scenario.column.unknown", NULL, 1, "valeu"},
        {"hs_priority.csv",
         "list_date,source_id,codes_copied_from\n854231,1,highest,Circuits,2024-02,s3,s3",
         "list_date,source_id,codes_copied_from,tier\n854231,1,highest,Circuits,2024-02,s3,s3,1",
         "scenario.column.twice", NULL, 1, "tier"},
        {"routes.csv",
         "from,to,km,mode,source_id\npskov,narva,230,road,s1\nnarva,tartu,180,road,s1",
         "from,to,mode,km,source_id\npskov,narva,road,230,s1\nnarva,tartu,road,180,s1",
         "scenario.column.order", NULL, 1, "mode"},
        {"trade.csv", "EU27,ARM,2022-01,export,TOTAL,100,EUR,s3,", "EU27,ARM", "csv.row.short",
         NULL, 2, "period"},
    };
    small_expect(cases, COUNT_OF(cases));
}

/* Loads the small scenario with these rows taken out; the faults are the caller's to look at. */
static void load_without(const char *file[2], const char *rows[2], struct arena *arena,
                         struct faults *faults, int code)
{
    struct small_folder folder;
    struct scenario scenario;
    struct ajar_err err = {0};
    small_make(&folder);
    for (size_t i = 0; i < 2 && file[i] != NULL; i++) {
        small_change(&folder, file[i], rows[i], "");
    }
    arena_init(arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(faults, arena, 50, &err), 0);
    assert_int_equal(scenario_load(arena, folder.path, NULL, NULL, &scenario, faults, &err), code);
    small_drop(&folder);
}

static void an_empty_table(void **state)
{
    (void)state;
    struct arena arena;
    struct faults faults;
    /* A crisis can begin without a map. */
    load_without((const char *[]){"places.csv", "routes.csv"},
                 (const char *[]){"pskov,Pskov,RUS,57.8136,28.3496,200000,origin,s1\n"
                                  "narva,Narva,EST,59.3772,28.1903,50000,crossing,s1\n"
                                  "tartu,Tartu,EST,58.3806,26.7251,,destination,s1\n",
                                  "pskov,narva,230,road,s1\nnarva,tartu,180,road,s1\n"},
                 &arena, &faults, 0);
    arena_free(&arena);
    load_without((const char *[]){"hosts.csv", NULL},
                 (const char *[]){"GEO,population,3700000,persons,2022,s3,\n"
                                  "GEO,gdp_per_capita_current_usd,6600,USD,2022,s3,\n"
                                  "ARM,population,2900000,persons,2022,s3,\n"
                                  "ARM,gdp_per_capita_current_usd,7000,USD,2022,s3,\n"
                                  "KAZ,population,19600000,persons,2022-07-01,s3,\n",
                                  NULL},
                 &arena, &faults, E_SCENARIO_FAULTS);
    bool told = false;
    for (size_t i = 0; i < faults.kept; i++) {
        told = told || strcmp(faults.at[i].slug, "scenario.table.empty") == 0;
    }
    assert_true(told);
    arena_free(&arena);
}

static void cells(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"sources.csv", "Border Guard", "", "scenario.cell.empty", NULL, 2, "publisher"},
        {"arrivals.csv", "", ",,,,,,,,\n", "scenario.cell.empty", NULL, 11, ""},
        {"trade.csv", "TOTAL,100,", "TOTAL,1e16,", "number.range", NULL, 2, "value"},
        {"arrivals.csv", "78742", "78.742", "number.ambiguous", NULL, 2, "value"},
        {"sources.csv", "Ministry", "  ", "scenario.cell.empty", NULL, 3, "publisher"},
        {"hosts.csv", "3700000", " 3700000", "scenario.cell.space", NULL, 2, "value"},
        {"trade.csv", "TOTAL", "TOTAL ", "scenario.cell.space", NULL, 2, "hs"},
        {"measures.csv", "entries_rus,arrivals", "entries_rus,arrival", "scenario.choice.unknown",
         NULL, 2, "table"},
        {"measures.csv", "indicator,RUS", "indicators,RUS", "scenario.kind.unknown", NULL, 6,
         "kind"},
        {"places.csv", "origin", "town", "scenario.place.type", NULL, 2, "type"},
        {"routes.csv", "road", "boat", "scenario.route.mode", NULL, 2, "mode"},
        {"hs_priority.csv", "854231,1,", "854231,5,", "scenario.tier.unknown", NULL, 2, "tier"},
        {"trade.csv", "export,", "exports,", "scenario.flow.unknown", NULL, 2, "flow"},
        {"contradictions.csv", "both", "all", "scenario.reading.unknown", NULL, 2, "reading"},
        {"assumptions.csv", "ARM,stock", "ARM,people", "scenario.quantity.unknown", NULL, 5,
         "quantity"},
        {"doors.csv", "ee_0", "ee-0", "scenario.id.form", NULL, 2, "id"},
        {"places.csv", "RUS", "RU", "scenario.country.unknown", NULL, 2, "country_iso3"},
        {"hosts.csv", "KAZ", "KZA", "scenario.country.unknown", NULL, 6, "country_iso3"},
        {"arrivals.csv", "6000,crossings", "6000,crossing", "scenario.unit.unknown", NULL, 8,
         "unit"},
        {"pathways.csv", "EUR,month", "euro,month", "scenario.currency.form", NULL, 2,
         "income_currency"},
        {"hs_priority.csv", "854231", "8542.31", "scenario.hs6.form", NULL, 2, "hs6"},
        {"trade.csv", "8542", "854", "scenario.hs.form", NULL, 3, "hs"},
        {"koenigstein.csv", "DE-BY", "BY", "scenario.iso3166_2.form", NULL, 3, "iso3166_2"},
        {"sources.csv", "https://example.org/c", "example.org/c", "scenario.url.form", NULL, 4,
         "url"},
        {"trade.csv", "2022-01", "2022-01-31", "scenario.period.form", NULL, 2, "period"},
        {"doors.csv", "tourists;business", "tourists;;business", "scenario.list.form", NULL, 3,
         "refused"},
        {"pathways.csv", "passport;contract", "passport;contract;", "scenario.list.form", NULL, 2,
         "documents"},
        {"hosts.csv", "3700000", "\"3,700,000\"", "number.invalid", NULL, 2, "value"},
        {"koenigstein.csv", "40,2016", "40,2016.5", "number.invalid", NULL, 3, "key_year"},
        {"pathways.csv", "18,60", "18,600", "number.range", NULL, 2, "age_max"},
        {"assumptions.csv", "100,200,300", "100,200,1e16", "number.range", NULL, 4, "high"},
        {"arrivals.csv", "2022-09-17,2022-09-26,GEO,all,net_rus",
         "2022-09-17,2022-09-31,GEO,all,net_rus", "date.invalid", NULL, 5, "date_to"},
        {"doors.csv", "2022-09-18", "2022-09", "date.partial", NULL, 2, "to"},
        {"hosts.csv", "2022-07-01", "July 2022", "date.invalid", NULL, 6, "date"},
        {"places.csv", "57.8136", "97.8136", "scenario.lat.range", NULL, 2, "lat"},
        {"places.csv", "28.3496", "-228.3496", "scenario.lon.range", NULL, 2, "lon"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void references(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"arrivals.csv", "6000,crossings,s2", "6000,crossings,s4", "scenario.source.unknown", NULL,
         8, "source_id"},
        {"hosts.csv", "KAZ,population", "KAZ,populace", "scenario.measure.unknown", NULL, 6,
         "indicator"},
        {"arrivals.csv", "ARM,all,women_rus", "ARM,all,population", "scenario.measure.unknown",
         NULL, 10, "measure"},
        {"routes.csv", "narva,tartu", "narwa,tartu", "scenario.route.endpoint", NULL, 3, "from"},
        {"visa_free.csv", "s1,N", ",N", "scenario.source.missing", NULL, 2, "source_id"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void figures(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"hosts.csv", "GEO,population,3700000,persons", "GEO,population,3700000,crossings",
         "scenario.unit.mismatch", NULL, 2, "unit"},
        {"arrivals.csv", "0.4,share", "0.4,percent", "scenario.unit.mismatch", NULL, 10, "unit"},
        {"arrivals.csv", "6000,", "-6000,", "scenario.negative", NULL, 8, "value"},
        {"hosts.csv", "6600", "-6600", "scenario.negative", NULL, 3, "value"},
        {"trade.csv", "100,EUR", "-100,EUR", "scenario.negative", NULL, 2, "value"},
        {"assumptions.csv", "400,700", "-400,700", "scenario.negative", NULL, 2, "low"},
        {"arrivals.csv", "0.4,share", "40,share", "scenario.share.range", NULL, 10, "value"},
        {"arrivals.csv", "net_rus,16622", "net_rus,16629", "scenario.identity.net", NULL, 5,
         "value"},
        {"koenigstein.csv", "40,2016", "39,2016", "scenario.share.sum", NULL, 2, "share_percent"},
        {"assumptions.csv", "400,700,1100", "800,700,1100", "scenario.assumption.order", NULL, 2,
         "low"},
        {"assumptions.csv", "400,700,1100", "400,700,600", "scenario.assumption.order", NULL, 2,
         "high"},
        {"assumptions.csv", "3000,persons", "3000,USD", "scenario.assumption.unit", NULL, 5,
         "unit"},
        {"assumptions.csv", "0,0,10,USD", "0,0,10,persons", "scenario.assumption.unit", NULL, 3,
         "unit"},
        {"assumptions.csv", "", "two,ARM,stock,1,1,1,persons,2022,A guess.\n",
         "scenario.assumption.twice", NULL, 6, "quantity"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void spans_and_ways(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"arrivals.csv", "2022-09-12,2022-09-12,ARM", "2022-09-12,2022-09-11,ARM",
         "scenario.span.reversed", NULL, 10, "date_to"},
        {"doors.csv", "2022-01-01,2022-09-18", "2022-10-01,2022-09-18", "scenario.span.reversed",
         NULL, 2, "to"},
        {"pathways.csv", "2022-01-01,2023-01-01", "2022-01-01,2021-01-01", "scenario.span.reversed",
         NULL, 2, "to"},
        {"visa_free.csv", "2022-01-01,2022-12-31", "2022-01-01,2021-12-31",
         "scenario.span.reversed", NULL, 2, "valid_to"},
        {"visa_free.csv", "90,180", "180,90", "scenario.visa.window", NULL, 2, "window_days"},
        {"visa_free.csv", "GEO", "EU27", "scenario.country.group", NULL, 2, "country_iso3"},
        {"places.csv", "EST", "SCHENGEN", "scenario.country.group", NULL, 3, "country_iso3"},
        {"pathways.csv", "18,60", "61,60", "scenario.age.order", NULL, 2, "age_max"},
        {"pathways.csv", "EUR,month", ",month", "scenario.currency.missing", NULL, 2,
         "income_currency"},
        {"pathways.csv", "EUR,month", "EUR,", "scenario.currency.missing", NULL, 2,
         "income_period"},
        {"pathways.csv", "500,CHF", "500,", "scenario.currency.missing", NULL, 2, "funds_currency"},
        {"pathways.csv", "50,USD", "50,", "scenario.currency.missing", NULL, 2, "fee_currency"},
        {"routes.csv", "narva,tartu", "narva,narva", "scenario.route.self", NULL, 3, "to"},
        {"routes.csv", "230", "23", "scenario.route.too_short", NULL, 2, "km"},
        {"routes.csv", "180", "1800", "scenario.route.too_long", NULL, 3, "km"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void keys(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"sources.csv", "", "s2,Other,Title,,\n", "scenario.key.duplicate", NULL, 5, "source_id"},
        {"routes.csv", "", "narva,pskov,231,road,s1\n", "scenario.key.duplicate", NULL, 4, "from"},
        {"hosts.csv", "", "KAZ,population,19500000,persons,2022-07-01,s3,again\n",
         "scenario.key.duplicate", NULL, 7, "country_iso3"},
        {"trade.csv", "", "EU27,ARM,2022-01,export,TOTAL,100,EUR,s3,\n", "scenario.key.duplicate",
         NULL, 4, "reporter_iso3"},
        {"arrivals.csv", "", "2022-09-21,2022-09-21,GEO,land,entries_rus,6001,crossings,s2,\n",
         "scenario.key.duplicate", NULL, 11, "date_from"},
        {"visa_free.csv", "", "GEO,2022-01-01,,60,180,no,,s1,N\n", "scenario.key.duplicate", NULL,
         4, "country_iso3"},
        {"visa_free.csv", "", "ARM,2022-01-01,,90,,yes,,,K\n", "scenario.key.duplicate", NULL, 4,
         "country_iso3"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void suggestions(void **state)
{
    (void)state;
    static const struct {
        const char *file, *find, *put, *hint;
    } cases[] = {
        {"hosts.csv", "value", "valeu", "Did you mean 'value'?"},
        {"hosts.csv", "KAZ", "Kazakhstan", "Did you mean 'KAZ'?"},
        {"arrivals.csv", "6000,crossings", "6000,entries", "Did you mean 'crossings'?"},
        {"arrivals.csv", "2022-09-21,2022-09-21,GEO", "21.09.2022,2022-09-21,GEO",
         "Did you mean 2022-09-21?"},
        {"arrivals.csv", "78742", "\"78,742\"", "Did you mean 78742 or 78.7420?"},
        {"arrivals.csv", "78742", "78.742", "Write 78742 or 78.7420, whichever is meant."},
        {"arrivals.csv", "78742", "\"78,5\"", "Did you mean 78.5?"},
        {"arrivals.csv", "ARM,all,women_rus", "ARM,all,womenrus", "Did you mean 'women_rus'?"},
        {"routes.csv", "narva,tartu", "narwa,tartu", "Did you mean 'narva'?"},
        {"trade.csv", "2022-01", "2022-01-31", "Did you mean 2022-01?"},
        {"trade.csv", "TOTAL", "TOTAL ", "Write 'TOTAL'."},
        {"hosts.csv", "GEO,population,3700000,persons", "GEO,population,3700000,crossings",
         "Write 'persons', or give the figure a measure of its own."},
    };
    struct small_folder folder;
    small_make(&folder);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct faults faults;
        struct scenario scenario;
        struct ajar_err err = {0};
        small_change(&folder, cases[i].file, cases[i].find, cases[i].put);
        arena_init(&arena, "a test", SMALL_CEILING);
        assert_int_equal(faults_init(&faults, &arena, 50, &err), 0);
        assert_int_equal(scenario_load(&arena, folder.path, NULL, NULL, &scenario, &faults, &err),
                         E_SCENARIO_FAULTS);
        assert_string_equal(faults.at[0].hint, cases[i].hint);
        arena_free(&arena);
        small_reset(&folder, cases[i].file);
    }
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_and_columns),
        cmocka_unit_test(an_empty_table),
        cmocka_unit_test(cells),
        cmocka_unit_test(references),
        cmocka_unit_test(figures),
        cmocka_unit_test(spans_and_ways),
        cmocka_unit_test(keys),
        cmocka_unit_test(suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
