/* The shipped exodus, played: what must hold of any run, and what the report says of this one. */
#include "../base/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exodus_chain.h"
#include "exodus_parts.h"
#include "file.h"

#define SCENARIO "scenarios/exodus2022"
#define MEMBERS  6

struct shipped {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct scenario scenario;
    struct doors_folder folder;
    struct exodus_input input;
};

static int open_shipped(void **state)
{
    struct shipped *it = calloc(1, sizeof *it);
    arena_init(&it->arena, "test", (size_t)4 << 30);
    assert_int_equal(faults_init(&it->faults, &it->arena, 50, &it->err), 0);
    assert_int_equal(
        scenario_load(&it->arena, SCENARIO, NULL, NULL, &it->scenario, &it->faults, &it->err), 0);
    assert_int_equal(doors_folder_read(&it->arena, SCENARIO, &it->folder, &it->faults, &it->err),
                     0);
    int code =
        exodus_load(&it->arena, &it->scenario, &it->folder, &it->faults, &it->input, &it->err);
    if (code != 0) {
        fail_msg("%s %s", it->err.text, it->err.hint);
    }
    *state = it;
    return 0;
}

static int close_shipped(void **state)
{
    struct shipped *it = *state;
    arena_free(&it->arena);
    free(it);
    return 0;
}

static void run_of(struct shipped *it, const struct exodus_gates *gates, bool people,
                   struct exodus_setting *setting, struct exodus_result *result)
{
    const struct exodus_model *model = it->input.model;
    assert_int_equal(exodus_setting_make(&it->arena, model, it->input.draws, setting, &it->err), 0);
    assert_int_equal(exodus_result_new(&it->arena, model, result, &it->err), 0);
    if (people) {
        assert_int_equal(exodus_people(&it->arena, model, setting, gates, 7, result, &it->err), 0);
    } else {
        exodus_run(model, setting, gates, model->n_days, result);
    }
}

static double cells_of(const struct exodus_model *model, const double *cells, uint32_t d,
                       uint32_t c, int kind, uint32_t last)
{
    double sum = 0;
    for (uint32_t day = 0; day <= last; day++) {
        sum += cells[exodus_cell(model, day, d, c, (enum exodus_kind)kind)];
    }
    return sum;
}

/* asked = admitted + refused + gave up + waiting, of every door, class and kind; and the flight's books. */
static void the_books_balance(void **state)
{
    struct shipped *it = *state;
    const struct exodus_model *model = it->input.model;
    uint32_t last = model->n_days - 1;
    for (int people = 0; people < 2; people++) {
        struct exodus_setting setting;
        struct exodus_result result;
        run_of(it, &it->input.worlds.gates[0], people == 1, &setting, &result);
        for (uint32_t c = 0; c < model->n_classes; c++) {
            double out = result.pool[(size_t)last * model->n_classes + c], set_out = 0;
            for (uint32_t day = 0; day <= last; day++) {
                set_out += result.set_out[(size_t)day * model->n_classes + c];
                out += result.stopped[(size_t)day * model->n_classes + c];
            }
            for (uint32_t d = 0; d < model->n_doors; d++) {
                for (int kind = 0; kind < EXODUS_KINDS; kind++) {
                    double asked = cells_of(model, result.asked, d, c, kind, last);
                    double waits =
                        result.waiting[exodus_cell(model, last, d, c, (enum exodus_kind)kind)];
                    double admitted = cells_of(model, result.admitted, d, c, kind, last);
                    double left = admitted + waits +
                                  cells_of(model, result.refused, d, c, kind, last) +
                                  cells_of(model, result.gave_up, d, c, kind, last);
                    assert_true(fabs(asked - left) <= 1e-9 * (1 + asked));
                    out += kind == EXODUS_FLIGHT ? admitted + waits : 0;
                }
            }
            assert_true(set_out > 0);
            assert_true(fabs(set_out - out) <= 1e-9 * set_out);
        }
    }
}

static void nobody_passes_a_shut_door(void **state)
{
    struct shipped *it = *state;
    const struct exodus_model *model = it->input.model;
    size_t shut = 0;
    for (uint32_t world = 0; world < it->input.worlds.n; world++) {
        struct exodus_setting setting;
        struct exodus_result result;
        run_of(it, &it->input.worlds.gates[world], true, &setting, &result);
        size_t cells = (size_t)model->n_days * model->n_doors * model->n_classes;
        for (size_t cell = 0; cell < cells; cell++) {
            if (!exodus_passes(it->input.worlds.gates[world].at[cell])) {
                shut++;
                assert_true(result.admitted[cell * EXODUS_KINDS + EXODUS_TRAFFIC] == 0);
                assert_true(result.admitted[cell * EXODUS_KINDS + EXODUS_FLIGHT] == 0);
            }
        }
    }
    assert_true(shut > 1000);
}

/* The rule file of Finland says another day: the flows change on that day, and not before. */
static void a_changed_rule_changes_the_flows_that_day(void **state)
{
    struct shipped *it = *state;
    const struct exodus_model *model = it->input.model;
    struct doors_folder other = it->folder;
    struct exodus_papers papers;
    struct exodus_gates gates;
    struct exodus_setting setting;
    struct exodus_result as_is, changed;
    char dir[] = "/tmp/ajar-rules-XXXXXX", command[512];
    assert_non_null(mkdtemp(dir));
    snprintf(command, sizeof command,
             "cp -r %s/. %s && grep -rl '2022-09-30' %s/doors/finland | xargs sed -i "
             "'s/from: 2022-09-30/from: 2022-09-25/; s/known: 2022-09-29/known: 2022-09-24/'",
             SCENARIO, dir, dir);
    assert_int_equal(system(command), 0);
    int code = doors_folder_read(&it->arena, dir, &other, &it->faults, &it->err);
    assert_int_equal(code, 0);
    assert_int_equal(exodus_gates_read(&it->arena, &other, SCENARIO "/exodus", model, &papers,
                                       &it->faults, &it->err),
                     0);
    uint8_t *at;
    assert_int_equal(
        exodus_gates_make(&it->arena, &papers, model->as_known, &at, &it->faults, &it->err), 0);
    gates.at = at;
    run_of(it, &it->input.worlds.gates[0], false, &setting, &as_is);
    run_of(it, &gates, false, &setting, &changed);
    date_days day;
    assert_true(date_parse(TEXT_LIT("2022-09-25"), &day));
    size_t row = (size_t)model->n_doors * model->n_classes * EXODUS_KINDS;
    size_t before = (size_t)(day - model->from) * row;
    assert_memory_equal(as_is.admitted, changed.admitted, before * sizeof(double));
    assert_memory_not_equal(as_is.admitted + before, changed.admitted + before,
                            row * sizeof(double));
    snprintf(command, sizeof command, "rm -r %s", dir);
    assert_int_equal(system(command), 0);
}

static void chain_of(struct shipped *it, unsigned threads, bool what_ifs, struct exodus_chain *out)
{
    struct exodus_chain_options options = {
        .engine = EXODUS_BY_NUMBERS, .seed = 1, .n_members = MEMBERS, .what_ifs = what_ifs};
    struct pool *pool;
    assert_int_equal(pool_open(&pool, threads, &it->err), 0);
    int code = exodus_chain_run(&it->arena, &it->scenario, &it->folder, &options, pool, NULL,
                                &it->faults, out, &it->err);
    pool_close(pool);
    if (code != 0) {
        fail_msg("%s", it->err.text);
    }
}

static void the_same_bytes_at_any_number_of_threads(void **state)
{
    struct shipped *it = *state;
    struct exodus_chain one, three;
    struct exodus_chain_file *a, *b;
    size_t n, m;
    chain_of(it, 1, true, &one);
    chain_of(it, 3, true, &three);
    assert_int_equal(exodus_chain_files(&it->arena, &one, &a, &n, &it->err), 0);
    assert_int_equal(exodus_chain_files(&it->arena, &three, &b, &m, &it->err), 0);
    assert_int_equal(n, 8);
    assert_int_equal(m, 8);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(a[i].bytes.n, b[i].bytes.n);
        assert_memory_equal(a[i].bytes.at, b[i].bytes.at, a[i].bytes.n);
    }
}

/* The doors as they were are the same run whether what-ifs are played beside it or not. */
static void what_ifs_leave_the_forecast_alone(void **state)
{
    struct shipped *it = *state;
    struct exodus_chain with, without;
    chain_of(it, 1, true, &with);
    chain_of(it, 1, false, &without);
    assert_int_equal(without.n_effects, 0);
    assert_int_equal(with.n_effects, with.input->model->n_what_ifs);
    assert_memory_equal(with.forecast.spreads, without.forecast.spreads,
                        with.forecast.n * sizeof *with.forecast.spreads);
}

/* Every entry and exit of arrivals.csv whose days lie inside the run and whose country has a door. */
static void rows_of_arrivals_are_answered(void **state)
{
    struct shipped *it = *state;
    const struct exodus_model *model = it->input.model;
    const struct arrivals *arrivals = &it->scenario.arrivals;
    size_t answered = 0;
    for (size_t i = 0; i < arrivals->n; i++) {
        struct text measure =
            scenario_name(&it->scenario, it->scenario.measures.id[arrivals->measure[i]]);
        struct exodus_row row = {.from = arrivals->from[i],
                                 .to = arrivals->to[i],
                                 .country = scenario_name(&it->scenario, arrivals->country[i]),
                                 .route = scenario_name(&it->scenario, arrivals->route[i]),
                                 .measure = measure,
                                 .first_part = 1,
                                 .last_part = 1,
                                 .value = NAN};
        bool counted = text_is(measure, "entries_rus") || text_is(measure, "exits_rus") ||
                       text_is(measure, "entries_all") || text_is(measure, "exits_all");
        struct exodus_probe probe;
        const char *why;
        if (!counted || row.from < model->from || row.to > model->to) {
            continue;
        }
        if (!exodus_probe_make(model, &row, &probe, &why)) {
            fail_msg("%.*s %.*s %.*s: %s", (int)row.country.n, row.country.at, (int)row.route.n,
                     row.route.at, (int)measure.n, measure.at, why);
        }
        answered++;
    }
    assert_true(answered >= 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_books_balance),
        cmocka_unit_test(nobody_passes_a_shut_door),
        cmocka_unit_test(a_changed_rule_changes_the_flows_that_day),
        cmocka_unit_test(the_same_bytes_at_any_number_of_threads),
        cmocka_unit_test(what_ifs_leave_the_forecast_alone),
        cmocka_unit_test(rows_of_arrivals_are_answered),
    };
    return cmocka_run_group_tests(tests, open_shipped, close_shipped);
}
