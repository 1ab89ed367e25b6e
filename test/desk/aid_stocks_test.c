/* Stocks that the exodus lends to the split. */
#include "../base/scratch.h"
#include "aid_made.h"

#include <sys/stat.h>

#include "aid_stocks.h"
#include "doors_folder.h"

#define SHIPPED "scenarios/exodus2022"
#define MEMBERS 5 /* few, for speed */

struct lending {
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct aid_run_options options;
    struct aid_lent lent;
    struct aid_job job;
    struct ajar_err err;
};

static void begin_one(struct lending *it)
{
    *it = (struct lending){.options = aid_run_default()};
    it->options.draws = 0;
    arena_init(&it->arena, "test", (size_t)1 << 30);
    assert_int_equal(faults_init(&it->faults, &it->arena, 20, NULL), 0);
}

static void load(struct lending *it, const char *dir)
{
    begin_one(it);
    if (scenario_load(&it->arena, dir, NULL, NULL, &it->scenario, &it->faults, &it->err) != 0) {
        fail_msg("%s: %s", it->err.slug,
                 it->faults.kept > 0 ? it->faults.at[0].text : it->err.text);
    }
}

/* The shipped scenario, read once; what a test may spoil of it is a copy. */
static struct lending shipped;

static int begin(void **state)
{
    (void)state;
    load(&shipped, SHIPPED);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&shipped.arena);
    return 0;
}

static void *copy_of(struct lending *it, const void *from, size_t n, size_t size)
{
    void *to = arena_get(&it->arena, n, size, NULL);
    assert_non_null(to);
    return memcpy(to, from, n * size);
}

static struct aid_host_setting *setting(struct lending *it, const char *code)
{
    for (size_t i = 0; i < it->scenario.aid.n; i++) {
        if (text_is(scenario_name(&it->scenario, it->scenario.aid.hosts[i].country), code)) {
            return &it->scenario.aid.hosts[i];
        }
    }
    fail_msg("no host %s", code);
    return NULL;
}

static void take(struct lending *it)
{
    struct scenario *s = &it->scenario;
    begin_one(it);
    *s = shipped.scenario;
    s->aid.hosts = copy_of(it, s->aid.hosts, s->aid.n, sizeof *s->aid.hosts);
    setting(it, "MNG")->stock = AID_STOCK_ASSUMED;
    s->assumptions.central = copy_of(it, s->assumptions.central, s->assumptions.n, sizeof(double));
    s->assumptions.high = copy_of(it, s->assumptions.high, s->assumptions.n, sizeof(double));
}

/* The shipped scenario with one stock lent to Mongolia. */
static void lend(struct lending *it, double value, double low, double high)
{
    take(it);
    setting(it, "MNG")->stock = AID_STOCK_FLOW;
    it->lent = (struct aid_lent){.code = "MNG",
                                 .value = value,
                                 .low = low,
                                 .high = high,
                                 .known = date_from_civil(2022, 10, 2),
                                 .date = "2022-12-31",
                                 .origin = "a forecast",
                                 .note = "It is one."};
    it->options.lent = &it->lent;
    it->options.n_lent = 1;
}

static int run(struct lending *it)
{
    return aid_job_run(&it->arena, &it->scenario, &it->options, NULL, NULL, &it->job, &it->err);
}

static void good(struct lending *it)
{
    if (run(it) != 0) {
        fail_msg("%s: %s", it->err.slug, it->err.text);
    }
}

static size_t host(const struct lending *it, const char *code)
{
    size_t out = 0;
    assert_int_equal(aid_job_host(&it->job, code, &out, NULL), 0);
    return out;
}

static void expect(struct lending *it, enum err_code code, const char *words)
{
    assert_int_equal(run(it), code);
    assert_int_equal(it->job.n, 0);
    assert_string_equal(it->err.file, SHIPPED "/scenario.yaml");
    assert_int_equal(it->err.row, setting(it, "MNG")->line);
    assert_string_equal(it->err.value, "flow");
    if (strstr(it->err.text, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", it->err.text, words);
    }
    arena_free(&it->arena);
}

static void what_cannot_be_lent_is_refused_with_the_line_that_asks(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 5000, 2000, 9000);
    it.options.n_lent = 0;
    expect(&it, E_AID_STOCK_FLOW, "no exodus was played");
    lend(&it, 5000, 2000, 9000);
    it.lent.code = "KGZ";
    expect(&it, E_AID_STOCK_FLOW, "no door of the exodus leads there");
    static const double none[] = {0, -12, (double)NAN, INFINITY};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        lend(&it, none[i], 0, 0);
        expect(&it, E_AID_STOCK_FLOW,
               "The stock of MNG is to come from the flow, but the forecast");
    }
}

static void a_forecast_that_knows_more_than_the_desk_is_refused(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 5000, 2000, 9000);
    it.scenario.as_known = it.lent.known;
    good(&it);
    arena_free(&it.arena);
    lend(&it, 5000, 2000, 9000);
    it.scenario.as_known = it.lent.known - 1;
    expect(&it, E_AID_STOCK_LATE, "known on 2022-10-02, and the split on what was on 2022-10-01");
    lend(&it, 5000, 2000, 9000);
    it.scenario.as_known = DATE_NONE;
    good(&it);
    arena_free(&it.arena);
}

static void need_and_severity_follow_from_a_lent_stock(void **state)
{
    (void)state;
    struct lending one, two;
    lend(&one, 5000, 2000, 9000);
    lend(&two, 10000, 2000, 9000);
    good(&one);
    good(&two);
    size_t i = host(&one, "MNG");
    const struct aid_input *stock = &one.job.input[AID_FIGURE_STOCK][i];
    assert_true(stock->value == 5000 && stock->low == 2000 && stock->high == 9000);
    assert_int_equal(stock->quality, AID_DERIVED);
    assert_true(aid_job_lent(&one.job, i) && aid_job_n_lent(&one.job) == 1);
    assert_true(one.job.problem.stock[i] == 5000 && two.job.problem.stock[i] == 10000);
    assert_near(two.job.problem.need[i], 2 * one.job.problem.need[i], 1e-6);
    assert_near(two.job.pressure[i], 2 * one.job.pressure[i], 1e-9);
    assert_true(two.job.problem.severity[i] > 1.2 * one.job.problem.severity[i]);
    arena_free(&one.arena);
    arena_free(&two.arena);
}

/* With money for all a host gets what its need leaves open, so that the draws of the stock show. */
static void draw(struct lending *it)
{
    it->options.draws = 200;
    it->options.budget = 1e9;
    it->options.stock_sd = 0;
    uint32_t n = (uint32_t)it->scenario.assumptions.n;
    for (uint32_t i = 0; i < n; i++) {
        struct text id = scenario_name(&it->scenario, it->scenario.assumptions.id[i]);
        if (text_is(id, "mng_cap")) {
            it->scenario.assumptions.central[i] = it->scenario.assumptions.high[i] = 1e9;
        }
    }
    good(it);
}

static void a_lent_stock_is_drawn_between_its_percentiles(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 5000, 2000, 9000);
    draw(&it);
    size_t i = host(&it, "MNG");
    const struct aid_band *band = &it.job.sensitivity.band[AID_GROUP_STOCK];
    double cost = it.job.input[AID_FIGURE_UNIT_COST][i].value, has = it.job.problem.funded[i];
    assert_true(band->p5[i] > 2000 * cost - has && band->p95[i] < 9000 * cost - has);
    assert_true(band->p5[i] < 3000 * cost - has && band->p95[i] > 7000 * cost - has);
    assert_true(it.job.sensitivity.band[AID_GROUP_COST].present);
    arena_free(&it.arena);
}

static void a_lopsided_forecast_still_keeps_to_its_percentiles(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 12000, -50, 9000); /* a mean past the 95th percentile, a 5th below nobody */
    draw(&it);
    size_t i = host(&it, "MNG");
    const struct aid_band *band = &it.job.sensitivity.band[AID_GROUP_STOCK];
    double cost = it.job.input[AID_FIGURE_UNIT_COST][i].value, has = it.job.problem.funded[i];
    assert_true(it.job.input[AID_FIGURE_STOCK][i].low == 0);
    assert_true(band->p5[i] >= 0 && band->p50[i] > 4500 * cost - has);
    assert_true(band->p95[i] < 9000 * cost - has);
    arena_free(&it.arena);
}

static struct text file_of(struct lending *it, const char *name)
{
    struct aid_file *files;
    size_t n;
    assert_int_equal(aid_job_files(&it->arena, &it->job, &files, &n, NULL), 0);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].name, name) == 0) {
            return files[i].bytes;
        }
    }
    fail_msg("no file %s", name);
    return (struct text){0};
}

static void says(struct lending *it, const char *name, const char *words)
{
    struct text bytes = file_of(it, name);
    if (memmem(bytes.at, bytes.n, words, strlen(words)) == NULL) {
        fail_msg("%s does not say \"%s\"", name, words);
    }
}

static void every_file_says_that_it_is_computed(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 5000, 2000, 9000);
    it.options.draws = 20;
    good(&it);
    says(&it, "aid_inputs.csv",
         "MNG,Mongolia,stock,5000,persons,2000,9000,computed,a forecast,2022-12-31,It is one.");
    says(&it, "certificate.json", "\"computed_stocks\": [");
    says(&it, "certificate.json", "\"origin\": \"a forecast\"");
    says(&it, "methodology.md", "| Mongolia | 5,000 (c) |");
    says(&it, "methodology.md",
         "- Mongolia: 5,000 people on 2022-12-31, between 2,000 and 9,000 in nine draws of ten; "
         "computed by a forecast. It is one.");
    says(&it, "methodology.md", "- The stock of 1 of the 8 hosts is computed by a forecast");
    says(&it, "methodology.md", "from its 5th to its 95th percentile with its peak at the mean");
    arena_free(&it.arena);
}

static void a_host_alone_on_a_lent_stock_is_uncertain_and_shown(void **state)
{
    (void)state;
    struct lending it;
    lend(&it, 5000, 2000, 9000);
    it.scenario.aid.hosts[0] = *setting(&it, "MNG");
    it.scenario.aid.n = 1;
    it.options.budget = 1e6;
    it.options.draws = 20;
    it.options.stock_sd = 0;
    good(&it);
    assert_true(it.job.sensitivity.band[AID_GROUP_STOCK].present);
    says(&it, "methodology.md", "| Host | Stock | Cost per person |");
    arena_free(&it.arena);
}

static void a_scenario_that_asks_for_none_gives_the_same_bytes(void **state)
{
    (void)state;
    struct lending without, with;
    lend(&with, 5000, 2000, 9000);
    take(&without);
    setting(&with, "MNG")->stock = AID_STOCK_ASSUMED;
    assert_false(aid_stocks_asked(&with.scenario));
    assert_int_equal(aid_stocks_play(&without.arena, &without.scenario, NULL, NULL, &without.faults,
                                     &without.options, &without.err),
                     0);
    assert_null(without.options.lent);
    with.options.draws = without.options.draws = 40;
    good(&with);
    good(&without);
    struct aid_file *a, *b;
    size_t n, m;
    assert_int_equal(aid_job_files(&with.arena, &with.job, &a, &n, NULL), 0);
    assert_int_equal(aid_job_files(&without.arena, &without.job, &b, &m, NULL), 0);
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) {
        assert_true(text_eq(a[i].bytes, b[i].bytes));
        assert_null(memmem(a[i].bytes.at, a[i].bytes.n, "computed_stocks", 15));
    }
    arena_free(&with.arena);
    arena_free(&without.arena);
}

/* ---- From a scenario on disk to the split ---- */

static void link_in(const char *dir, const char *name)
{
    char from[1024], to[1024], *root = realpath(SHIPPED, NULL);
    assert_non_null(root);
    snprintf(from, sizeof from, "%s/%s", root, name);
    snprintf(to, sizeof to, "%s/%s", dir, name);
    free(root);
    assert_int_equal(symlink(from, to), 0);
}

/* mean, p5 and p95 of a country in flow_stocks.csv, and its basis. */
static void stock_of(struct lending *it, const struct exodus_chain *chain, const char *code,
                     double out[3], struct text *basis)
{
    struct exodus_chain_file *files;
    struct csv csv;
    size_t n, at = 0;
    bool more = true;
    assert_int_equal(exodus_chain_files(&it->arena, chain, &files, &n, NULL), 0);
    while (strcmp(files[at].name, "flow_stocks.csv") != 0) {
        at++;
        assert_true(at < n);
    }
    assert_int_equal(csv_open(&csv, &it->arena, "flow_stocks.csv", files[at].bytes, ',',
                              &CSV_LIMITS_DEFAULT, NULL),
                     0);
    do {
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
        assert_true(more);
    } while (!text_is(csv.cells[0], code));
    assert_true(num_parse(csv.cells[3], &out[0]) && num_parse(csv.cells[4], &out[1]) &&
                num_parse(csv.cells[6], &out[2]));
    *basis = csv.cells[7];
}

static void the_split_of_a_scenario_takes_what_flow_stocks_csv_has(void **state)
{
    (void)state;
    struct lending it;
    struct doors_folder folder;
    struct exodus_chain chain;
    struct exodus_chain_options exodus = {.n_members = MEMBERS, .seed = 1};
    double csv[3];
    struct text basis;
    load(&it, SHIPPED);
    assert_true(aid_stocks_asked(&it.scenario));
    assert_int_equal(setting(&it, "MNG")->stock, AID_STOCK_FLOW);
    assert_int_equal(doors_folder_read(&it.arena, SHIPPED, &folder, &it.faults, &it.err), 0);
    if (exodus_chain_run(&it.arena, &it.scenario, &folder, &exodus, NULL, NULL, &it.faults, &chain,
                         &it.err) != 0) {
        fail_msg("%s: %s", it.err.slug, it.faults.kept > 0 ? it.faults.at[0].text : it.err.text);
    }
    assert_int_equal(aid_stocks_of(&it.arena, &chain, NULL, &it.options, &it.err), 0);
    good(&it);
    size_t i = host(&it, "MNG");
    const struct aid_input *stock = &it.job.input[AID_FIGURE_STOCK][i];
    stock_of(&it, &chain, "MNG", csv, &basis);
    assert_true(stock->value == csv[0] && stock->low == csv[1] && stock->high == csv[2]);
    assert_non_null(memmem(stock->origin, strlen(stock->origin), basis.at, basis.n));
    assert_non_null(strstr(stock->origin, "less onward moves since 2022-09-21"));
    assert_non_null(strstr(stock->note, "known on 2022-10-02, mean of 5 draws"));
    assert_string_equal(stock->date, "2022-12-31");
    assert_near(it.job.problem.need[i], csv[0] * it.job.input[AID_FIGURE_UNIT_COST][i].value, 1e-6);
    assert_int_equal(aid_job_n_lent(&it.job), 1);
    arena_free(&it.arena);
}

static void playing_tells_what_the_exodus_lacks(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH], exodus[SCRATCH_PATH + 32];
    struct lending it;
    scratch_make(dir);
    snprintf(exodus, sizeof exodus, "%s/exodus", dir);
    take(&it);
    setting(&it, "MNG")->stock = AID_STOCK_FLOW;
    it.scenario.dir = dir;
    assert_int_equal(
        aid_stocks_play(&it.arena, &it.scenario, NULL, NULL, &it.faults, &it.options, &it.err), 0);
    assert_int_equal(it.options.n_lent, 0);
    link_in(dir, "doors");
    link_in(dir, "sources.csv");
    assert_int_equal(mkdir(exodus, 0700), 0);
    link_in(dir, "exodus/model.yaml");
    link_in(dir, "exodus/classes.yaml");
    link_in(dir, "exodus/observations.csv");
    assert_int_equal(
        aid_stocks_play(&it.arena, &it.scenario, NULL, NULL, &it.faults, &it.options, &it.err),
        E_EXODUS_FIT);
    assert_int_equal(it.options.n_lent, 0);
    arena_free(&it.arena);
    scratch_remove(dir);
}

static void an_exodus_that_does_not_stand_lends_nothing(void **state)
{
    (void)state;
    struct lending it;
    struct exodus_chain chain = {0};
    lend(&it, 5000, 2000, 9000);
    assert_int_equal(aid_stocks_of(&it.arena, &chain, NULL, &it.options, &it.err), 0);
    assert_int_equal(it.options.n_lent, 0);
    expect(&it, E_AID_STOCK_FLOW, "no exodus was played");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_lent_is_refused_with_the_line_that_asks),
        cmocka_unit_test(a_forecast_that_knows_more_than_the_desk_is_refused),
        cmocka_unit_test(need_and_severity_follow_from_a_lent_stock),
        cmocka_unit_test(a_lent_stock_is_drawn_between_its_percentiles),
        cmocka_unit_test(a_lopsided_forecast_still_keeps_to_its_percentiles),
        cmocka_unit_test(every_file_says_that_it_is_computed),
        cmocka_unit_test(a_host_alone_on_a_lent_stock_is_uncertain_and_shown),
        cmocka_unit_test(a_scenario_that_asks_for_none_gives_the_same_bytes),
        cmocka_unit_test(the_split_of_a_scenario_takes_what_flow_stocks_csv_has),
        cmocka_unit_test(playing_tells_what_the_exodus_lacks),
        cmocka_unit_test(an_exodus_that_does_not_stand_lends_nothing),
    };
    return cmocka_run_group_tests_name("stocks that the exodus lends", tests, begin, end);
}
