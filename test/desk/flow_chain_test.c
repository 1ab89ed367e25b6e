/* `ajar run` on a folder with nothing but a conflict. */
#include "conflict_made.h"

#include <math.h>

#include "csv.h"

static bool holds(struct text text, const char *word)
{
    return memmem(text.at, text.n, word, strlen(word)) != NULL;
}

static const struct flow_chain *run(struct conflict *conflict)
{
    assert_int_equal(conflict_run(conflict, conflict->out, NULL, NULL), 0);
    assert_non_null(conflict->chain.flow);
    return conflict->chain.flow;
}

static uint32_t camp_of(const struct flow_chain *flow, const char *name)
{
    for (uint32_t c = 0; c < flow->plan.n_camps; c++) {
        if (text_is(flow->input.world.places[flow->seen[c].place].name, name)) {
            return c;
        }
    }
    fail_msg("no camp %s", name);
    return 0;
}

static void a_folder_is_a_conflict_alone_without_any_table_of_a_scenario(void **state)
{
    struct conflict *conflict = *state;
    static const char *const others[] = {"scenario.yaml", "places.csv", "arrivals.csv",
                                         "hosts.csv"};
    bool alone = false;
    assert_int_equal(flow_chain_alone(&conflict->arena, conflict->from, &alone, NULL), 0);
    assert_true(alone);
    conflict_put(conflict, "datapackage.json", "{}"); /* an import writes it and README.md */
    conflict_put(conflict, "README.md", "");
    assert_int_equal(flow_chain_alone(&conflict->arena, conflict->from, &alone, NULL), 0);
    assert_true(alone);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *path;
        conflict_put(conflict, others[i], "");
        assert_int_equal(flow_chain_alone(&conflict->arena, conflict->from, &alone, NULL), 0);
        assert_false(alone);
        assert_int_equal(file_join(&conflict->arena, conflict->from, others[i], &path, NULL), 0);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(flow_chain_alone(&conflict->arena, conflict->dir, &alone, NULL), 0);
    assert_false(alone);
}

static void a_run_writes_its_files_and_lists_them_all(void **state)
{
    struct conflict *conflict = *state;
    static const char *const expected[] = {"flow_camps.csv",  "flow_links.csv", "flow_hosts.csv",
                                           "flow_scores.csv", "report.html",    "trail.json"};
    const struct flow_chain *flow = run(conflict);
    assert_int_equal(conflict->chain.n_files, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(conflict->chain.files[i], expected[i]);
    }
    assert_int_equal(scratch_count(conflict->out), 7);
    struct text package = conflict_bytes(conflict, conflict->out, "datapackage.json");
    assert_true(holds(package, "\"created_by\": \"ajar\""));
    assert_true(holds(package, "flow_links.csv"));
    assert_true(flow->scored && conflict->chain.alone);
}

/* Each part but FLOW, with a reason and a file. */
static void every_part_that_is_left_out_says_why_and_what_would_turn_it_on(void **state)
{
    struct conflict *conflict = *state;
    static const char *const parts[] = {"WATCH", "DOORS", "PLACE", "AID"};
    run(conflict);
    struct text page = conflict_bytes(conflict, conflict->out, "report.html");
    assert_int_equal(conflict->chain.n_skips, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct chain_skip *skip = &conflict->chain.skips[i];
        assert_string_equal(skip->part, parts[i]);
        assert_true(strlen(skip->why) > 20 && strlen(skip->file) > 10);
        assert_true(holds(page, skip->why) && holds(page, skip->file));
    }
}

/* The sum over the members of a country is that of its camps; counts are those of the last reports. */
static void people_by_host_country_are_those_of_its_camps(void **state)
{
    struct conflict *conflict = *state;
    const struct flow_chain *flow = run(conflict);
    static const char *const countries[] = {"Other", "Third"};
    static const char *const camps[] = {"Cor", "<Dun>&"};
    static const double counted[] = {3600, 600};
    assert_int_equal(flow->n_stocks, 2);
    for (size_t s = 0; s < 2; s++) {
        const struct flow_stock *stock = &flow->stocks[s];
        size_t last = ((size_t)camp_of(flow, camps[s]) + 1) * (size_t)flow->camps.n_days - 1;
        assert_true(text_is(stock->country, countries[s]));
        assert_null(stock->code); /* no such country */
        assert_true(stock->n_camps == 1 && stock->n_seen == 1 && !stock->hidden);
        assert_true(fabs(stock->counted - counted[s]) < 1e-9);
        assert_true(fabs(stock->mean - flow->camps.mean[last]) <= 0.5);
        assert_true(fabs(stock->p5 - flow->camps.quantile[ENSEMBLE_P5][last]) <= 0.5);
        assert_true(fabs(stock->p95 - flow->camps.quantile[ENSEMBLE_P95][last]) <= 0.5);
    }
}

/* No way is longer than a day's, so whoever sets out for a camp stands in it the same evening. */
static void who_comes_less_who_goes_stands_in_the_camp(void **state)
{
    const struct flow_chain *flow = run(*state);
    size_t n_days = (size_t)flow->plan.n_days, checked = 0;
    for (uint32_t c = 0; c < flow->plan.n_camps; c++) {
        double stand = (double)flow->plan.day0[flow->seen[c].place];
        for (size_t day = 0; day < n_days; day++) {
            for (size_t w = 0; w < flow->n_ways; w++) {
                double there = flow->there[day * flow->n_ways + w],
                       back = flow->back[day * flow->n_ways + w];
                stand += flow->ways[w].b == flow->seen[c].place   ? there - back
                         : flow->ways[w].a == flow->seen[c].place ? back - there
                                                                  : 0;
            }
            assert_near(stand, flow->camps.mean[c * n_days + day], 1e-6 * (1 + stand));
            checked += stand > 0;
        }
    }
    assert_true(checked > n_days);
}

static void quantiles_rise_and_ways_are_shut_while_they_are(void **state)
{
    const struct flow_chain *flow = run(*state);
    size_t n = flow->camps.n_camps * (size_t)flow->camps.n_days, shut = 0;
    for (int q = 1; q < ENSEMBLE_QUANTILES; q++) {
        for (size_t i = 0; i < n; i++) {
            assert_true(flow->camps.quantile[q - 1][i] <= flow->camps.quantile[q][i]);
        }
    }
    assert_int_equal(flow->n_ways, 3);
    for (size_t i = 0; i < flow->n_ways * (size_t)flow->plan.n_days; i++) {
        assert_true(flow->way_open[i] <= 1);
        shut += flow->way_open[i] == 0;
        if (flow->way_open[i] == 0) {
            assert_near(flow->there[i] + flow->back[i], 0, 0);
        }
    }
    assert_true(shut > 0 && shut < 15);
}

/* Cor: two registers, of which on some days only one reports.  Dun: a count under 5; the correction of its last
 * day scales what stands before. */
static void counts_say_how_they_came_about(void **state)
{
    const struct flow_chain *flow = run(*state);
    const struct flow_camp_seen *cor = &flow->seen[camp_of(flow, "Cor")],
                                *dun = &flow->seen[camp_of(flow, "<Dun>&")];
    static const struct {
        int32_t day;
        double count;
        bool computed;
    } points[] = {{0, 100, false}, {20, 1300, true}, {40, 2828.75, true}, {50, 3600, false}};
    assert_int_equal(cor->n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(cor->at[i].day, points[i].day);
        assert_int_equal(cor->at[i].computed, points[i].computed);
        assert_true(cor->at[i].source.n > 0 && !cor->at[i].hidden);
    }
    assert_near(cor->at[0].count, 100, 0);
    assert_near(cor->at[1].count, 1100 + 400 * 20 / 40.0, 1e-9);
    assert_near(cor->at[2].count, 1100 + 2000 * 20 / 30.0 + 400, 1e-9);
    assert_near(cor->at[3].count, 3600, 0);
    assert_near(cor->highest, 3600, 0);
    assert_int_equal(dun->n, 4);
    assert_true(dun->at[1].hidden && !dun->at[2].hidden);
    assert_near(dun->at[2].first, 800, 0);
    assert_near(dun->at[2].count, 600, 1e-9);
    assert_near(dun->at[3].first, 600, 0);
    assert_int_equal(flow->by_size[0], camp_of(flow, "Cor"));
}

static void small_counts_are_in_no_file(void **state)
{
    struct conflict *conflict = *state;
    struct csv csv;
    bool more = true;
    size_t under = 0, counted = 0;
    run(conflict);
    struct text bytes = conflict_bytes(conflict, conflict->out, "flow_camps.csv");
    assert_int_equal(
        csv_open(&csv, &conflict->arena, "flow_camps.csv", bytes, ',', &CSV_LIMITS_DEFAULT, NULL),
        0);
    int how = csv_column(&csv, "observation"), observed = csv_column(&csv, "observed"),
        first = csv_column(&csv, "first_counted"), source = csv_column(&csv, "source");
    assert_true(how >= 0 && observed >= 0 && first >= 0 && source >= 0);
    assert_int_equal(csv_next(&csv, &more, NULL), 0);
    while (more) {
        if (text_is(csv.cells[how], "under 5")) {
            under++;
            assert_true(csv.cells[observed].n == 0 && csv.cells[first].n == 0);
        }
        counted += csv.cells[observed].n > 0;
        assert_true((csv.cells[observed].n == 0) || csv.cells[source].n > 0);
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
    }
    assert_int_equal(under, 1);
    assert_int_equal(counted, 7);
}

static void one_thread_and_two_write_the_same_bytes(void **state)
{
    struct conflict *conflict = *state;
    struct pool *pool = NULL;
    char other[SCRATCH_PATH + 32];
    snprintf(other, sizeof other, "%s/other", conflict->dir);
    run(conflict);
    assert_int_equal(pool_open(&pool, 2, NULL), 0);
    assert_int_equal(conflict_run(conflict, other, pool, NULL), 0);
    pool_close(pool);
    for (size_t i = 0; i < conflict->chain.n_files; i++) {
        if (!text_eq(conflict_bytes(conflict, conflict->out, conflict->chain.files[i]),
                     conflict_bytes(conflict, other, conflict->chain.files[i]))) {
            fail_msg("%s differs", conflict->chain.files[i]);
        }
    }
}

static void a_conflict_without_reports_runs_without_scores(void **state)
{
    struct conflict *conflict = *state;
    conflict_put(conflict, "flow/reports.csv",
                 "series,place,part,date,count\nplace,Cor,1,2021-01-01,100\n"
                 "place,<Dun>&,1,2021-01-01,50\n");
    conflict_put(conflict, "flow/corrections.csv", "series,place,date\n");
    const struct flow_chain *flow = run(conflict);
    assert_false(flow->scored);
    assert_int_equal(conflict->chain.n_files, 5);
    assert_true(holds(conflict_bytes(conflict, conflict->out, "report.html"),
                      "there is nothing to score by"));
}

static void a_fault_stops_the_run_and_leaves_nothing(void **state)
{
    struct conflict *conflict = *state;
    conflict_put(conflict, "flow/roads.csv", "a,b,km\nAber,Nowhere,60\n");
    assert_int_equal(conflict_run(conflict, conflict->out, NULL, NULL), E_FLOW_FAULTS);
    assert_true(conflict->faults.total > 0);
    assert_int_equal(scratch_count(conflict->dir), 1);
}

static void count_tick(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    unsigned *left = arg;
    (void)what, (void)done, (void)total, (void)unit;
    *left -= *left > 0;
}

static bool count_over(void *arg)
{
    return *(const unsigned *)arg == 0;
}

static void a_run_that_is_stopped_leaves_nothing(void **state)
{
    struct conflict *conflict = *state;
    for (unsigned ticks = 1; ticks <= 30; ticks += 7) {
        unsigned left = ticks;
        struct watch watch = {count_tick, count_over, &left};
        assert_int_equal(conflict_run(conflict, conflict->out, NULL, &watch), E_CANCELLED);
        assert_int_equal(scratch_count(conflict->dir), 1);
    }
}

/* A whole scenario runs its conflict too, and says which parts it has no data for. */
static void the_conflict_of_a_whole_scenario_runs_in_its_chain(void **state)
{
    struct conflict *conflict = *state;
    char command[8 * SCRATCH_PATH];
    struct chain_options options = {.aid = aid_run_default(), .command = "ajar run S --out DIR"};
    const struct chain *chain = &conflict->chain;
    options.aid.draws = 0;
    options.members = 2;
    snprintf(command, sizeof command,
             "cp -r scenarios/exodus2022/. %s && rm -r %s/doors && "
             "sed -i 's/stock: flow/stock: assumed/' %s/scenario.yaml",
             conflict->from, conflict->from, conflict->from);
    assert_int_equal(system(command), 0);
    assert_int_equal(chain_run(&conflict->arena, conflict->from, conflict->out, &options, NULL,
                               NULL, &conflict->faults, &conflict->chain, &conflict->err),
                     0);
    assert_non_null(chain->flow);
    assert_false(chain->alone);
    assert_int_equal(chain->n_skips, 2);
    assert_string_equal(chain->skips[0].part, "DOORS");
    assert_string_equal(chain->skips[1].part, "PLACE");
    struct text page = conflict_bytes(conflict, conflict->out, "report.html");
    assert_true(holds(page, "id=\"conflict-map\"") && holds(page, "id=\"arrivals\""));
    assert_true(holds(page, "\"conflict\":{") && holds(page, "id=\"left-out\""));
    assert_true(conflict_bytes(conflict, conflict->out, "flow_hosts.csv").n > 0);
}

/* Without hosts to split between there is no split, and the rest is there. */
static void a_scenario_without_hosts_runs_without_its_split(void **state)
{
    struct conflict *conflict = *state;
    char command[8 * SCRATCH_PATH];
    struct chain_options options = {.aid = aid_run_default(), .command = "ajar run S --out DIR"};
    const struct chain *chain = &conflict->chain;
    options.members = 2;
    snprintf(command, sizeof command,
             "rm -r %s/flow && cp -r scenarios/exodus2022/. %s && rm -r %s/doors && "
             "sed -i '/^aid:/,$d' %s/scenario.yaml",
             conflict->from, conflict->from, conflict->from, conflict->from);
    assert_int_equal(system(command), 0);
    assert_int_equal(chain_run(&conflict->arena, conflict->from, conflict->out, &options, NULL,
                               NULL, &conflict->faults, &conflict->chain, &conflict->err),
                     0);
    assert_int_equal(chain->n_skips, 4);
    assert_string_equal(chain->skips[1].part, "FLOW");
    assert_true(strstr(chain->skips[1].why, "asks doors") != NULL);
    assert_string_equal(chain->skips[3].part, "AID");
    struct text page = conflict_bytes(conflict, conflict->out, "report.html");
    assert_false(holds(page, "<section id=\"aid\""));
    for (size_t i = 0; i < chain->n_files; i++) {
        assert_true(strncmp(chain->files[i], "aid", 3) != 0);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, conflict_begin, conflict_end)
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_a_conflict_alone_without_any_table_of_a_scenario),
        TEST(a_run_writes_its_files_and_lists_them_all),
        TEST(every_part_that_is_left_out_says_why_and_what_would_turn_it_on),
        TEST(people_by_host_country_are_those_of_its_camps),
        TEST(who_comes_less_who_goes_stands_in_the_camp),
        TEST(quantiles_rise_and_ways_are_shut_while_they_are),
        TEST(counts_say_how_they_came_about),
        TEST(small_counts_are_in_no_file),
        TEST(one_thread_and_two_write_the_same_bytes),
        TEST(a_conflict_without_reports_runs_without_scores),
        TEST(a_fault_stops_the_run_and_leaves_nothing),
        TEST(a_run_that_is_stopped_leaves_nothing),
        TEST(the_conflict_of_a_whole_scenario_runs_in_its_chain),
        TEST(a_scenario_without_hosts_runs_without_its_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
