/* A scenario as a whole: the shipped one, what stands in memory, and how loading fails. */
#include <math.h>

#include "small.h"

#define SHIPPED "scenarios/exodus2022"

struct loaded {
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct ajar_err err;
    int code;
};

static void load(struct loaded *out, const char *dir, size_t limit)
{
    *out = (struct loaded){0};
    arena_init(&out->arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&out->faults, &out->arena, limit, &out->err), 0);
    out->code =
        scenario_load(&out->arena, dir, NULL, NULL, &out->scenario, &out->faults, &out->err);
}

static void the_shipped_scenario_has_no_fault(void **state)
{
    (void)state;
    struct loaded at;
    load(&at, SHIPPED, 50);
    small_show(&at.faults);
    assert_int_equal(at.code, 0);
    assert_int_equal(at.faults.total, 0);
    assert_true(at.scenario.arrivals.n > 290);
    assert_int_equal(at.scenario.aid.n, 8);
    assert_true(isinf(at.scenario.aid.alpha));
    arena_free(&at.arena);
}

/* Copies the shipped folder; the contradictions without the row on `line` (0: all of them). */
static void copy_shipped(const struct small_folder *folder, const char *name, uint32_t line)
{
    char path[256];
    struct file_view view;
    snprintf(path, sizeof path, SHIPPED "/%s", name);
    assert_int_equal(file_open(&view, path, SMALL_CEILING, NULL), 0);
    struct text rest = view.bytes;
    struct buf kept;
    buf_init(&kept, SMALL_CEILING);
    for (uint32_t i = 1; rest.n > 0; i++) {
        struct text row = text_split(rest, '\n', &rest);
        if (i != line) {
            buf_text(&kept, row);
            buf_char(&kept, '\n');
        }
    }
    small_write(folder, name, buf_view(&kept));
    buf_free(&kept);
    file_close(&view);
}

static const char *const shipped_files[] = {
    "arrivals.csv",    "assumptions.csv", "contradictions.csv", "datapackage.json", "doors.csv",
    "hosts.csv",       "hs_priority.csv", "koenigstein.csv",    "measures.csv",     "pathways.csv",
    "places.csv",      "routes.csv",      "scenario.yaml",      "sources.csv",      "trade.csv",
    "trade_spans.csv", "visa_free.csv"};

/* Whether the rule about pairs makes this declaration necessary. */
static bool a_pair(const struct scenario *scenario, size_t i)
{
    const struct contradictions *all = &scenario->contradictions;
    const struct arrivals *arrivals = &scenario->arrivals;
    uint32_t a = all->row_a[i], b = all->row_b[i];
    if (a == SCENARIO_NO_ROW || b == SCENARIO_NO_ROW || all->table_a[i] != all->table_b[i]) {
        return false;
    }
    if (all->table_a[i] != scenario_word(scenario, "arrivals")) {
        return text_eq(all->rows_a[i], all->rows_b[i]);
    }
    bool series = arrivals->country[a] == arrivals->country[b] &&
                  arrivals->route[a] == arrivals->route[b] &&
                  arrivals->measure[a] == arrivals->measure[b];
    bool apart = arrivals->to[a] < arrivals->from[b] || arrivals->to[b] < arrivals->from[a];
    bool a_holds = arrivals->from[a] <= arrivals->from[b] && arrivals->to[a] >= arrivals->to[b];
    bool b_holds = arrivals->from[b] <= arrivals->from[a] && arrivals->to[b] >= arrivals->to[a];
    return series && !apart && (a_holds == b_holds);
}

static void each_declared_pair_is_needed(void **state)
{
    (void)state;
    struct small_folder folder = {"/tmp/ajar-shipped-XXXXXX"};
    struct loaded whole, without;
    char command[256];
    size_t n = sizeof shipped_files / sizeof *shipped_files, pairs = 0;
    load(&whole, SHIPPED, 50);
    assert_int_equal(whole.code, 0);
    assert_non_null(mkdtemp(folder.path));
    for (size_t i = 0; i < n; i++) {
        copy_shipped(&folder, shipped_files[i], 0);
    }
    snprintf(command, sizeof command, "sed -i 's/stock: flow/stock: assumed/' %s/scenario.yaml",
             folder.path); /* the exodus stays behind */
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < whole.scenario.contradictions.n; i++) {
        copy_shipped(&folder, "contradictions.csv", whole.scenario.contradictions.line[i]);
        load(&without, folder.path, 50);
        bool pair = a_pair(&whole.scenario, i);
        assert_int_equal(without.faults.total, pair ? 1 : 0);
        if (pair) {
            const char *slug = without.faults.at[0].slug;
            assert_true(strcmp(slug, "scenario.span.overlap") == 0 ||
                        strcmp(slug, "scenario.contradiction.undeclared") == 0);
        }
        pairs += pair;
        arena_free(&without.arena);
    }
    assert_int_equal(pairs, 8);
    for (size_t i = 0; i < n; i++) {
        small_remove(&folder, shipped_files[i]);
    }
    assert_int_equal(rmdir(folder.path), 0);
    arena_free(&whole.arena);
}

static void what_stands_in_memory(void **state)
{
    (void)state;
    struct small_folder folder;
    struct loaded at;
    small_make(&folder);
    load(&at, folder.path, 50);
    assert_int_equal(at.code, 0);
    const struct scenario *s = &at.scenario;
    assert_true(text_is(s->title, "Small"));
    assert_true(text_is(scenario_name(s, s->subject), "RUS"));
    assert_int_equal(s->from, date_from_civil(2022, 9, 12));
    assert_int_equal(s->as_known, date_from_civil(2022, 11, 5));
    assert_int_equal(s->arrivals.n, 9);
    assert_int_equal(s->arrivals.line[3], 5);
    assert_int_equal(s->arrivals.from[3], date_from_civil(2022, 9, 17));
    assert_int_equal(s->arrivals.to[3], date_from_civil(2022, 9, 26));
    assert_int_equal(s->arrivals.unit[3], UNIT_PERSONS);
    assert_true(text_is(scenario_name(s, s->arrivals.route[3]), "all"));
    assert_int_equal(s->arrivals.measure[3], scenario_measure(s, "arrivals", "net_rus"));
    assert_int_equal(s->measures.kind[s->arrivals.measure[3]], KIND_NET);
    assert_true(text_is(s->arrivals.note[2], "other, too"));
    assert_int_equal(s->arrivals.note[3].n, 0);
    assert_true(isnan(s->places.population[2]));
    assert_near(s->places.lat[0], 57.8136, 0);
    assert_int_equal(s->routes.to[0], 1);
    assert_int_equal(s->sources.date[1].precision, DATE_MONTH);
    assert_int_equal(s->sources.date[1].last, date_from_civil(2022, 10, 31));
    assert_int_equal(s->doors.to[1], DATE_NONE);
    assert_int_equal(s->visa_free.source[1], 0);
    assert_int_equal(s->koenigstein.key_year[1], 2016);
    assert_int_equal(s->contradictions.row_a[0], 1);
    assert_int_equal(s->contradictions.row_b[0], 2);
    assert_int_equal(s->contradictions.row_b[2], SCENARIO_NO_ROW);
    assert_int_equal(scenario_source(s, scenario_word(s, "s3")), 2);
    assert_int_equal(scenario_measure(s, "hosts", "entries_rus"), SCENARIO_NO_ROW);
    assert_int_equal(s->aid.n, 2);
    assert_int_equal(s->aid.hosts[0].arrivals_row, 7);
    assert_int_equal(s->aid.hosts[0].line, 13);
    assert_int_equal(s->aid.hosts[0].stock, AID_STOCK_COUNTED);
    assert_int_equal(s->aid.hosts[1].stock, AID_STOCK_ASSUMED);
    assert_int_equal(s->aid.hosts[1].arrivals_row, SCENARIO_NO_ROW);
    arena_free(&at.arena);
    small_drop(&folder);
}

static void faults_are_sorted_and_counted_past_the_limit(void **state)
{
    (void)state;
    struct small_folder folder;
    struct loaded at;
    small_make(&folder);
    small_change(&folder, "places.csv", "origin", "orign");
    small_change(&folder, "hosts.csv", "GEO,population,3700000,persons,2022,s3,\n",
                 "GEO,population,x,persons,2022,s3,\nGEO,population,y,person,2022,s2,\n");
    load(&at, folder.path, 50);
    assert_int_equal(at.code, E_SCENARIO_FAULTS);
    assert_int_equal(at.faults.total, 4);
    assert_string_equal(small_base_name(at.faults.at[0].file), "hosts.csv");
    assert_int_equal(at.faults.at[1].row, 3);
    assert_string_equal(at.faults.at[1].column, "unit");
    assert_string_equal(at.faults.at[2].column, "value");
    assert_string_equal(small_base_name(at.faults.at[3].file), "places.csv");
    arena_free(&at.arena);
    load(&at, folder.path, 2);
    assert_int_equal(at.faults.total, 4);
    assert_int_equal(at.faults.kept, 2);
    arena_free(&at.arena);
    small_drop(&folder);
}

static void optional_tables_may_be_absent(void **state)
{
    (void)state;
    static const char *const optional[] = {"pathways.csv", "visa_free.csv", "hs_priority.csv",
                                           "trade.csv", "koenigstein.csv"};
    struct small_folder folder;
    struct loaded at;
    small_make(&folder);
    for (size_t i = 0; i < 5; i++) {
        small_remove(&folder, optional[i]);
    }
    load(&at, folder.path, 50);
    assert_int_equal(at.faults.total, 5); /* the package still lists them */
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(small_base_name(at.faults.at[i].file), "datapackage.json");
    }
    assert_int_equal(at.scenario.trade.n, 0);
    arena_free(&at.arena);
    small_drop(&folder);
}

static void no_folder_is_an_error_of_its_own(void **state)
{
    (void)state;
    struct loaded at;
    load(&at, "/tmp/ajar-there-is-no-such-folder", 50);
    assert_int_equal(at.code, E_FILE_NOT_FOLDER);
    assert_int_equal(at.faults.total, 0);
    arena_free(&at.arena);
}

static bool stop_at_once(void *arg)
{
    (void)arg;
    return true;
}

/* A table without one of its columns is a fault of that file; what refers to it is not blamed. */
static void a_table_that_cannot_be_read_is_the_only_one_at_fault(void **state)
{
    (void)state;
    static const char *const headers[][2] = {
        {"sources.csv", "publisher,"}, {"measures.csv", ",unit,definition"},
        {"places.csv", ",lat"},        {"hosts.csv", ",date"},
        {"arrivals.csv", ",value"},    {"assumptions.csv", ",quantity"},
    };
    struct small_folder folder;
    small_make(&folder);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct arena arena;
        struct faults faults;
        struct scenario scenario;
        small_change(&folder, headers[i][0], headers[i][1], "");
        arena_init(&arena, "a test", SMALL_CEILING);
        assert_int_equal(faults_init(&faults, &arena, 50, NULL), 0);
        assert_int_equal(scenario_load(&arena, folder.path, NULL, NULL, &scenario, &faults, NULL),
                         E_SCENARIO_FAULTS);
        for (size_t k = 0; k < faults.kept; k++) {
            if (strcmp(small_base_name(faults.at[k].file), headers[i][0]) != 0) {
                small_show(&faults);
                fail_msg("%s without %s", headers[i][0], headers[i][1]);
            }
        }
        arena_free(&arena);
        small_reset(&folder, headers[i][0]);
    }
    small_drop(&folder);
}

static void a_cancelled_load_leaves_the_output(void **state)
{
    (void)state;
    struct watch watch = {.cancelled = stop_at_once};
    struct arena arena;
    struct faults faults;
    struct scenario scenario = {.from = 7};
    struct ajar_err err = {0};
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 5, &err), 0);
    assert_int_equal(scenario_load(&arena, SHIPPED, NULL, &watch, &scenario, &faults, &err),
                     E_CANCELLED);
    assert_int_equal(scenario.from, 7);
    arena_free(&arena);
}

static void too_little_memory_is_a_ceiling(void **state)
{
    (void)state;
    struct scenario scenario = {.from = 7};
    for (size_t ceiling = 16384; ceiling < 300000; ceiling += 16384) {
        struct arena arena;
        struct faults faults;
        struct ajar_err err = {0};
        arena_init(&arena, "a test", ceiling);
        if (faults_init(&faults, &arena, 5, &err) == 0) {
            assert_int_equal(scenario_load(&arena, SHIPPED, NULL, NULL, &scenario, &faults, &err),
                             E_CEILING);
        }
        assert_int_equal(scenario.from, 7);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_scenario_has_no_fault),
        cmocka_unit_test(each_declared_pair_is_needed),
        cmocka_unit_test(what_stands_in_memory),
        cmocka_unit_test(faults_are_sorted_and_counted_past_the_limit),
        cmocka_unit_test(optional_tables_may_be_absent),
        cmocka_unit_test(no_folder_is_an_error_of_its_own),
        cmocka_unit_test(a_table_that_cannot_be_read_is_the_only_one_at_fault),
        cmocka_unit_test(a_cancelled_load_leaves_the_output),
        cmocka_unit_test(too_little_memory_is_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
