/* The tables of a flow say what its result says. */
#include "../base/scratch.h"
#include "made.h"

#include <math.h>

#include "agents.h"
#include "baselines.h"
#include "csv.h"
#include "flow_out.h"
#include "flow_score.h"
#include "num.h"

struct made_out {
    struct arena arena;
    struct faults faults;
    struct flow_input input;
    struct flow_plan plan;
    struct flow_result result;
    struct flow_file *files;
    size_t n;
    struct ajar_err err;
};

static int begin(void **state)
{
    static struct made_out made;
    made = (struct made_out){0};
    arena_init(&made.arena, "a flow", (size_t)1 << 30);
    assert_int_equal(faults_init(&made.faults, &made.arena, 10, &made.err), 0);
    assert_int_equal(
        flow_load(&made.arena, "scenarios/mali2012", NULL, &made.faults, &made.input, &made.err),
        0);
    made.input.params.hasten = 50;
    assert_int_equal(flow_plan_make(&made.arena, &made.input.world, &made.input.params, DATE_NONE,
                                    &made.plan, &made.err),
                     0);
    struct flow_run_options options = {.seed = 3, .to = 60};
    struct flow_agents *agents;
    assert_int_equal(
        flow_agents_open(&agents, &made.arena, &made.plan, &made.input.params, &options, &made.err),
        0);
    assert_int_equal(flow_agents_run(agents, 60, NULL, NULL, &made.result, &made.err), 0);
    struct flow_made how = {"agents, a test"};
    assert_int_equal(flow_run_files(&made.arena, &made.input, &made.plan, &made.result, &how,
                                    &made.files, &made.n, &made.err),
                     0);
    *state = &made;
    return 0;
}

static int end(void **state)
{
    struct made_out *made = *state;
    arena_free(&made->arena);
    return 0;
}

static struct csv table_of(struct made_out *made, const char *name)
{
    struct csv csv = {0};
    for (size_t i = 0; i < made->n; i++) {
        if (strcmp(made->files[i].name, name) == 0) {
            assert_int_equal(csv_open(&csv, &made->arena, name, made->files[i].bytes, ',',
                                      &CSV_LIMITS_DEFAULT, &made->err),
                             0);
        }
    }
    assert_non_null(csv.file);
    return csv;
}

/* Sums a column by the day of the row. */
static void sum_of(struct made_out *made, const char *name, const char *column, double *sum)
{
    struct csv csv = table_of(made, name);
    int date = csv_column(&csv, "date"), at = csv_column(&csv, column);
    bool more = true;
    assert_true(date >= 0 && at >= 0);
    assert_int_equal(csv_next(&csv, &more, &made->err), 0);
    while (more) {
        date_days day;
        double value = 0;
        assert_true(date_parse(csv.cells[date], &day));
        day -= made->input.world.start;
        assert_true(day >= 0 && day < 60);
        assert_true(csv.cells[at].n == 0 || num_parse(csv.cells[at], &value));
        sum[day] += value;
        assert_int_equal(csv_next(&csv, &more, &made->err), 0);
    }
}

static void nobody_is_lost_between_the_tables(void **state)
{
    struct made_out *made = *state;
    double camps[60] = {0}, places[60] = {0}, in_camps[60] = {0}, elsewhere[60] = {0};
    double roads[60] = {0}, started[60] = {0}, left[60] = {0};
    sum_of(made, "flow_camps.csv", "people", camps);
    sum_of(made, "flow_places.csv", "people", places);
    sum_of(made, "flow_days.csv", "in_camps", in_camps);
    sum_of(made, "flow_days.csv", "elsewhere", elsewhere);
    sum_of(made, "flow_days.csv", "on_roads", roads);
    sum_of(made, "flow_days.csv", "started", started);
    sum_of(made, "flow_links.csv", "people", left);
    double all = 0;
    for (uint32_t place = 0; place < made->plan.n_places; place++) {
        all += 50 * (double)made->plan.day0[place];
    }
    for (int day = 0; day < 60; day++) {
        int64_t links = 0;
        all += started[day];
        assert_near(camps[day], in_camps[day], 0);
        assert_near(places[day], elsewhere[day], 0);
        assert_near(camps[day] + places[day] + roads[day], all, 0);
        for (uint32_t link = 0; link < made->plan.n_links; link++) {
            links += made->result.link_flow[(size_t)day * made->plan.n_links + link];
        }
        assert_near(left[day], 50 * (double)links, 0);
    }
    assert_true(all > 0);
}

/* Only days on which every part of the camp was counted, at the report's own date. */
static void reports_stand_at_their_own_dates(void **state)
{
    struct made_out *made = *state;
    const struct flow_world *world = &made->input.world;
    double *reported;
    assert_int_equal(flow_reported(&made->arena, world, 0, 60, &reported, &made->err), 0);
    size_t shown = 0, dated = 0;
    for (size_t c = 0; c < world->n_camps; c++) {
        for (size_t day = 0; day < 60; day++) {
            double want = NAN;
            for (size_t i = 0; i < world->n_reports; i++) {
                if (world->reports[i].place == world->camps[c] &&
                    world->reports[i].date == world->start + (date_days)day) {
                    want = (double)world->reports[i].count; /* one part a camp in this conflict */
                    dated++;
                }
            }
            double is = reported[c * 60 + day];
            assert_true(isnan(want) ? isnan(is) : is == want);
            shown += isnan(is) ? 0 : 1;
        }
    }
    assert_true(shown > 0 && shown == dated);
}

static void scores_are_those_of_the_engines(void **state)
{
    struct made_out *made = *state;
    struct flow_score_options options = {.seed = 1, .seeds = 2};
    struct flow_score_answer one, other;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 3, &made->err), 0);
    assert_int_equal(
        flow_score_run(&made->arena, &made->input, &options, NULL, NULL, &one, &made->err), 0);
    assert_int_equal(
        flow_score_run(&made->arena, &made->input, &options, pool, NULL, &other, &made->err), 0);
    pool_close(pool);
    assert_memory_equal(one.hindsight, other.hindsight, one.n_hindsight * sizeof *one.hindsight);
    struct choice_case at;
    assert_int_equal(choice_case_make(&made->arena, &made->input.world, true, &at, &made->err), 0);
    double *simulated = arena_new(&made->arena, double, at.n_camps *(size_t)at.n_days, NULL);
    struct flow_scores want;
    flow_baseline(&at, BASELINE_NEAREST, (struct flow_gravity){0, 0}, simulated);
    assert_int_equal(flow_score(&at.observed, simulated, &want, &made->err), 0);
    assert_near(one.hindsight[SCORE_NEAREST].scores[1].ard_rescaled, want.ard_rescaled, 0);
    assert_true(isnan(one.hindsight[SCORE_CAPACITY].scores[0].ard_rescaled));
    assert_true(!isnan(one.hindsight[SCORE_CAPACITY].scores[1].ard_rescaled));
    assert_true(one.fitted_here && one.capacities);
    /* the mean of two seeds lies between them, and their deviation is half their distance times root 2 */
    struct flow_score_answer first, second;
    options.seeds = 1;
    assert_int_equal(
        flow_score_run(&made->arena, &made->input, &options, NULL, NULL, &first, &made->err), 0);
    options.seed = 2;
    assert_int_equal(
        flow_score_run(&made->arena, &made->input, &options, NULL, NULL, &second, &made->err), 0);
    double a = first.hindsight[SCORE_AGENTS].scores[1].ard_rescaled;
    double b = second.hindsight[SCORE_AGENTS].scores[1].ard_rescaled;
    assert_true(a != b);
    assert_near(one.hindsight[SCORE_AGENTS].scores[1].ard_rescaled, (a + b) / 2, 1e-12);
    assert_near(one.hindsight[SCORE_AGENTS].sd[1], fabs(a - b) / sqrt(2), 1e-12);
    assert_true(isnan(first.hindsight[SCORE_AGENTS].sd[1]));
}

static void a_flow_without_reports_has_no_scores(void **state)
{
    struct made_out *made = *state;
    struct flow_score_options options = {.seed = 1, .seeds = 1};
    struct flow_score_answer answer;
    struct flow_input input = made->input;
    input.world.n_reports = 0;
    int code = flow_score_run(&made->arena, &input, &options, NULL, NULL, &answer, &made->err);
    assert_int_equal(code, E_FLOW_NO_REPORTS);
    options.seeds = 0;
    code = flow_score_run(&made->arena, &made->input, &options, NULL, NULL, &answer, &made->err);
    assert_int_equal(code, E_FLOW_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_lost_between_the_tables, begin, end),
        cmocka_unit_test_setup_teardown(reports_stand_at_their_own_dates, begin, end),
        cmocka_unit_test_setup_teardown(scores_are_those_of_the_engines, begin, end),
        cmocka_unit_test_setup_teardown(a_flow_without_reports_has_no_scores, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
