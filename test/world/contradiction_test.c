/* Rows that disagree: undeclared they are faults, declared they are not, and a declaration must fit. */
#include "small.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define EXITS "GEO|all|exits_rus|2022-09-17|2022-09-26"

static void an_undeclared_pair_is_a_fault(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"arrivals.csv", "", "2022-09-12,2022-09-12,ARM,all,women_rus,0.5,share,s1,\n",
         "scenario.contradiction.undeclared", NULL, 11, "value"},
        {"hosts.csv", "", "KAZ,population,19700000,persons,2022-07-01,s2,\n",
         "scenario.contradiction.undeclared", NULL, 7, "value"},
        {"trade.csv", "", "EU27,ARM,2022-01,export,TOTAL,101,EUR,s2,\n",
         "scenario.contradiction.undeclared", NULL, 4, "value"},
        {"arrivals.csv", "", "2022-09-25,2022-10-01,GEO,all,net_rus,1,persons,s1,\n",
         "scenario.span.overlap", NULL, 11, "date_from"},
        {"contradictions.csv",
         "geo_exits,Exits,arrivals," EXITS ",s1,arrivals," EXITS
         ",s2,\"62,120, not 51,643\",both,chart,Neither is withdrawn.\n",
         "", "scenario.contradiction.undeclared", "arrivals.csv", 4, "value"},
        {"contradictions.csv",
         "geo_weeks,Weeks,arrivals,GEO|land|entries_rus|2022-09-20|2022-09-26,s1,arrivals,"
         "GEO|land|entries_rus|2022-09-24|2022-09-30,s1,they cross,a,chart,The first is a week.\n",
         "", "scenario.span.overlap", "arrivals.csv", 7, "date_from"},
    };
    small_expect(cases, COUNT_OF(cases));
}

static void a_declaration_must_fit(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"contradictions.csv", "GEO|all|stay_rus|2022-01-01|2022-10-03",
         "GEO|all|stay_rus|2022-01-01|2022-10-04", "scenario.contradiction.row_missing", NULL, 4,
         "key_a"},
        {"contradictions.csv", "2022-10-03,s1", "2022-10-03,s2",
         "scenario.contradiction.row_missing", NULL, 4, "source_a"},
        {"contradictions.csv", "GEO|all|stay_rus|2022-01-01|2022-10-03",
         "GEO|all|stay_rus|2022-01-01", "scenario.contradiction.key", NULL, 4, "key_a"},
        {"contradictions.csv", "GEO|all|stay_rus|2022-01-01|2022-10-03",
         "GEO|all|stay_rus|2022-01|2022-10-03", "scenario.contradiction.key", NULL, 4, "key_a"},
        {"contradictions.csv", "s1,,,,110000", "s1,arrivals,,,110000",
         "scenario.contradiction.side", NULL, 4, "key_b"},
        {"contradictions.csv", "s1,,,,110000",
         "s1,arrivals,GEO|all|stay_rus|2022-01-01|2022-10-03,s1,110000",
         "scenario.contradiction.same_row", NULL, 4, "key_b"},
        {"contradictions.csv", "",
         "again,Exits,arrivals," EXITS ",s2,arrivals," EXITS ",s1,x,both,chart,x\n",
         "scenario.contradiction.twice", NULL, 5, "id"},
        {"arrivals.csv", "51643", "62120", "scenario.contradiction.stale", "contradictions.csv", 2,
         "key_b"},
    };
    small_expect(cases, COUNT_OF(cases));
}

/* Loads the folder as it stands and returns the number of faults. */
static uint64_t faults_of(const struct small_folder *folder)
{
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct ajar_err err = {0};
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 50, &err), 0);
    scenario_load(&arena, folder->path, NULL, NULL, &scenario, &faults, &err);
    small_show(&faults);
    uint64_t total = faults.total;
    arena_free(&arena);
    return total;
}

static void what_is_no_contradiction(void **state)
{
    (void)state;
    static const struct {
        const char *file, *find, *put;
    } fine[] = {
        /* two sources that say the same */
        {"hosts.csv", "", "KAZ,population,19600000,persons,2022-07-01,s2,\n"},
        /* a day inside a week, a week beside a week, another route, another measure */
        {"arrivals.csv", "", "2022-09-21,2022-09-22,GEO,land,entries_rus,1,crossings,s2,\n"},
        {"arrivals.csv", "", "2022-10-01,2022-10-07,GEO,land,entries_rus,1,crossings,s1,\n"},
        {"arrivals.csv", "", "2022-09-25,2022-10-07,GEO,air,entries_rus,1,crossings,s1,\n"},
        {"arrivals.csv", "", "2022-09-25,2022-10-07,GEO,land,exits_rus,1,crossings,s1,\n"},
        /* a net figure that only the second count of exits explains */
        {"arrivals.csv", "net_rus,16622", "net_rus,27099"},
        /* a net figure within the rounding of its parts: 62,120 may be 62,125 */
        {"arrivals.csv", "net_rus,16622", "net_rus,16628"},
        /* a net figure without parts */
        {"arrivals.csv", "", "2022-09-01,2022-09-02,ARM,all,net_rus,-5,persons,s1,\n"},
        /* a net figure that a declaration names */
        {"contradictions.csv", "",
         "net,Net,arrivals,GEO|all|net_rus|2022-09-17|2022-09-26,s1,,,,x,"
         "a,chart,x\n"},
    };
    struct small_folder folder;
    small_make(&folder);
    assert_int_equal(faults_of(&folder), 0);
    for (size_t i = 0; i < COUNT_OF(fine); i++) {
        small_change(&folder, fine[i].file, fine[i].find, fine[i].put);
        assert_int_equal(faults_of(&folder), 0);
        small_reset(&folder, fine[i].file);
    }
    small_change(&folder, "contradictions.csv", fine[8].find, fine[8].put);
    small_change(&folder, "arrivals.csv", "net_rus,16622", "net_rus,99999");
    assert_int_equal(faults_of(&folder), 0);
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_undeclared_pair_is_a_fault),
        cmocka_unit_test(a_declaration_must_fit),
        cmocka_unit_test(what_is_no_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
