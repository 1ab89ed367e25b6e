/* Files made to be slow: one row over and over, every row a fault, every pair alike.  The faults are
 * right, and the time is that of reading (a check that takes n^2 steps passes the test's time limit). */
#include "../base/sampled.h"
#include "small.h"

#define MANY (SANITIZED ? 20000u : 100000u)

static void write_rows(const struct small_folder *folder, const char *name, const char *header,
                       size_t n, const char *format)
{
    struct buf text;
    buf_init(&text, SMALL_CEILING);
    buf_str(&text, header);
    for (size_t i = 0; i < n; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        buf_printf(&text, format, (unsigned)i, (unsigned)i);
#pragma GCC diagnostic pop
    }
    assert_int_equal(text.failed, 0);
    small_write(folder, name, buf_view(&text));
    buf_free(&text);
}

/* Adds rows to a file of the small scenario. */
static void add_rows(const struct small_folder *folder, const char *name, size_t n,
                     const char *format)
{
    struct buf text;
    small_text(name, &text);
    buf_char(&text, '\0');
    write_rows(folder, name, text.at, n, format);
    buf_free(&text);
}

struct seen {
    uint64_t total;
    char first[64];
};

/* Keeps at most `limit` faults in full: only those may cost a search for what was meant. */
static struct seen load_keeping(const struct small_folder *folder, size_t limit)
{
    struct seen seen = {0};
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct ajar_err err = {0};
    arena_init(&arena, "a test", (size_t)1 << 30);
    assert_int_equal(faults_init(&faults, &arena, limit, &err), 0);
    int code = scenario_load(&arena, folder->path, NULL, NULL, &scenario, &faults, &err);
    if (code != 0 && code != E_SCENARIO_FAULTS) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    seen.total = faults.total;
    if (faults.kept > 0) {
        snprintf(seen.first, sizeof seen.first, "%s", faults.at[0].slug);
    }
    arena_free(&arena);
    return seen;
}

static struct seen load(const struct small_folder *folder)
{
    return load_keeping(folder, 1000);
}

static void every_row_names_a_source_that_is_nearly_there(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    add_rows(&folder, "sources.csv", 20000, "a_source_with_a_long_name_%07u,P,T,2022,\n");
    add_rows(&folder, "arrivals.csv", 4 * MANY,
             "2022-01-01,2022-01-01,GEO,x,entries_rus,1,crossings,b_source_with_a_lung_nome_%u,\n");
    struct seen seen = load_keeping(&folder, 50);
    assert_int_equal(seen.total, 4 * MANY);
    assert_string_equal(seen.first, "scenario.source.unknown");
    small_reset(&folder, "sources.csv");
    small_reset(&folder, "arrivals.csv");
    small_drop(&folder);
}

static void one_quantity_is_assumed_over_and_over(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    add_rows(&folder, "assumptions.csv", MANY, "x%u,,unit_cost,1,2,3,USD,2022,x\n");
    assert_int_equal(load(&folder).total, MANY); /* no country: an empty cell each */
    add_rows(&folder, "assumptions.csv", MANY, "x%u,FIN,unit_cost,1,2,3,USD,2022,x\n");
    struct seen seen = load(&folder);
    assert_int_equal(seen.total, MANY - 1);
    assert_string_equal(seen.first, "scenario.assumption.twice");
    small_drop(&folder);
}

static void shares_of_two_years_are_summed_apart(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    write_rows(&folder, "koenigstein.csv", "iso3166_2,land,share_percent,key_year,source_id,note\n",
               1, "DE-BW,Baden,60,2016,s3,\nDE-BY,Bavaria,40,2016,s3,\nDE-BE,Berlin,99,2017,s3,\n");
    struct seen seen = load(&folder);
    assert_int_equal(seen.total, 1);
    assert_string_equal(seen.first, "scenario.share.sum");
    write_rows(&folder, "koenigstein.csv", "iso3166_2,land,share_percent,key_year,source_id,note\n",
               4 * MANY, "DE-BY,Bavaria,0,2016,s3,\n");
    assert_int_equal(load(&folder).total, 4 * MANY - 1 + 1); /* duplicates, and a sum of 0 */
    small_drop(&folder);
}

static void a_package_lists_very_many_resources(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    write_rows(&folder, "datapackage.json", "{\"resources\": [", MANY,
               "{\"name\": \"r%u\", \"path\": \"r%u\"},");
    struct seen seen = load(&folder);
    assert_int_equal(seen.total, 1); /* the last comma is no JSON */
    assert_string_equal(seen.first, "json.syntax");
    struct buf text;
    buf_init(&text, SMALL_CEILING);
    buf_str(&text, "{\"resources\": [");
    for (unsigned i = 0; i < MANY; i++) {
        buf_printf(&text, "%s{\"name\": \"r%u\", \"path\": \"scenario.yaml\"}", i > 0 ? "," : "",
                   i / 2);
    }
    buf_str(&text, "]}");
    small_write(&folder, "datapackage.json", buf_view(&text));
    buf_free(&text);
    seen = load(&folder);
    assert_int_equal(seen.total, MANY / 2 + SCHEMA_COUNT); /* twice each, and no table listed */
    small_drop(&folder);
}

static void one_net_figure_has_very_many_parts(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    add_rows(&folder, "measures.csv", MANY / 4,
             "i%u_x,arrivals,gross_in,UKR,persons,d\no%u_x,arrivals,gross_out,UKR,persons,d\n");
    assert_int_equal(load(&folder).total, 0);
    small_reset(&folder, "measures.csv");
    add_rows(&folder, "sources.csv", 3000, "t%u,P,T,2022,\n");
    small_change(&folder, "measures.csv", "net_rus,arrivals,net,RUS,persons,In minus out.",
                 "net_rus,arrivals,net,RUS,persons,In minus out.\n"
                 "i_x,arrivals,gross_in,UKR,persons,d\no_x,arrivals,gross_out,UKR,persons,d\n"
                 "n_x,arrivals,net,UKR,persons,d");
    struct buf text;
    small_text("arrivals.csv", &text);
    for (unsigned i = 0; i < 3 * 3000; i++) {
        static const char *const measures[] = {"i_x", "o_x", "n_x"};
        buf_printf(&text, "2022-01-01,2022-01-02,FIN,all,%s,%s,persons,t%u,\n", measures[i / 3000],
                   i / 3000 == 2 ? "5" : "1", i % 3000);
    }
    small_write(&folder, "arrivals.csv", buf_view(&text));
    buf_free(&text);
    struct seen seen = load(&folder);
    assert_int_equal(seen.total, 3000); /* 1 in, 1 out, and 5 net of each source */
    assert_string_equal(seen.first, "scenario.identity.net");
    small_drop(&folder);
}

static void very_many_declarations_name_rows_of_a_long_table(void **state)
{
    (void)state;
    struct small_folder folder;
    small_make(&folder);
    add_rows(&folder, "doors.csv", MANY, "d%u,FIN,2022-01-01,,all,,all,Act,s1,\n");
    add_rows(&folder, "contradictions.csv", MANY, "c%u,T,doors,d%u,s1,,,,x,a,chart,y\n");
    assert_int_equal(load(&folder).total, 0);
    small_reset(&folder, "contradictions.csv");
    add_rows(&folder, "contradictions.csv", MANY, "c%u,T,doors,d%u,s2,,,,x,a,chart,y\n");
    struct seen seen = load(&folder);
    assert_int_equal(seen.total, MANY);
    assert_string_equal(seen.first, "scenario.contradiction.row_missing");
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_names_a_source_that_is_nearly_there),
        cmocka_unit_test(one_quantity_is_assumed_over_and_over),
        cmocka_unit_test(shares_of_two_years_are_summed_apart),
        cmocka_unit_test(a_package_lists_very_many_resources),
        cmocka_unit_test(one_net_figure_has_very_many_parts),
        cmocka_unit_test(very_many_declarations_name_rows_of_a_long_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
