/* Rows asked of the shipped exodus and scored; what-ifs that are picked and doors that are shut. */
#include "../base/unit.h"

#include <math.h>
#include <string.h>

#include "exodus_ask.h"
#include "exodus_pick.h"

#define SHIPPED "scenarios/exodus2022"
#define MEMBERS 5

static struct shipped {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct scenario scenario;
    struct doors_folder folder;
    struct exodus_input input;
    struct pool *pool;
} shipped;

static int load(void **state)
{
    struct shipped *it = &shipped;
    (void)state;
    arena_init(&it->arena, "the shipped exodus", (size_t)2 << 30);
    assert_int_equal(pool_open(&it->pool, 2, &it->err), 0);
    assert_int_equal(faults_init(&it->faults, &it->arena, 20, NULL), 0);
    assert_int_equal(
        scenario_load(&it->arena, SHIPPED, it->pool, NULL, &it->scenario, &it->faults, &it->err),
        0);
    assert_int_equal(doors_folder_read(&it->arena, SHIPPED, &it->folder, &it->faults, &it->err), 0);
    assert_int_equal(faults_init(&it->faults, &it->arena, 20, NULL), 0);
    /* the draws of the priors stand for a fit, so that a change of the data does not stop this test */
    assert_int_equal(exodus_load_unfitted(&it->arena, &it->scenario, &it->folder, &it->faults,
                                          &it->input, &it->err),
                     0);
    const struct exodus_model *model = it->input.model;
    it->input.n_draws = 10;
    it->input.draws = arena_get(&it->arena, (size_t)10 * model->n_params, sizeof(double), NULL);
    assert_non_null(it->input.draws);
    for (uint32_t i = 0; i < 10 * model->n_params; i++) {
        it->input.draws[i] = exodus_prior_draw(&model->params[i % model->n_params], 1,
                                               i % model->n_params, i / model->n_params);
    }
    return 0;
}

static int unload(void **state)
{
    (void)state;
    pool_close(shipped.pool);
    arena_free(&shipped.arena);
    return 0;
}

/* ---- Rows ---- */

static void ask(const char *bytes, struct exodus_file *file, struct exodus_ask *out)
{
    struct exodus_replay_options options = {
        .engine = EXODUS_BY_NUMBERS, .seed = 3, .n_members = MEMBERS, .unknowns = true};
    assert_int_equal(exodus_file_parse(&shipped.arena, "mine.csv", text_of(bytes), &shipped.faults,
                                       file, &shipped.err),
                     0);
    assert_int_equal(exodus_ask_play(&shipped.arena, &shipped.input, file, &options, shipped.pool,
                                     NULL, out, &shipped.err),
                     0);
}

#define HEAD "date_from,date_to,country_iso3,route,measure,value,source_id\n"

static void rows_are_answered_in_their_order(void **state)
{
    struct exodus_file file;
    struct exodus_ask asked;
    (void)state;
    ask(HEAD "2022-09-24,2022-09-24,GEO,all,entries_rus,,\n"
             "2022-09-24,2022-09-24,UKR,all,entries_rus,,\n"
             "2022-09-24,2022-09-25,GEO,all,entries_rus,,\n",
        &file, &asked);
    assert_int_equal(asked.n_answered, 2);
    assert_null(asked.why[0]);
    assert_non_null(asked.why[1]);
    assert_true(isnan(asked.spreads[1].mean));
    assert_true(asked.spreads[0].mean > 0);
    assert_true(asked.spreads[2].mean > asked.spreads[0].mean);
    assert_true(asked.spreads[2].p5 <= asked.spreads[2].p50);
    assert_true(asked.spreads[2].p50 <= asked.spreads[2].p95);
}

/* A row that is an observation covers its parts of days, and no row of another source. */
static void parts_of_an_observation_hold(void **state)
{
    const struct exodus_input *input = &shipped.input;
    size_t i = 0;
    struct exodus_file file;
    struct exodus_ask asked;
    char from[DATE_TEXT], to[DATE_TEXT];
    struct buf buf;
    (void)state;
    while (i < input->n_seen &&
           !(input->seen[i].row.last_part < 1 || input->seen[i].row.first_part < 1)) {
        i++;
    }
    assert_true(i < input->n_seen);
    const struct exodus_row *row = &input->seen[i].row;
    buf_init(&buf, 4096);
    buf_str(&buf, HEAD);
    for (int k = 0; k < 3; k++) {
        buf_printf(&buf, "%s,%s,%.*s,%.*s,%.*s,5,", date_format(row->from, from),
                   date_format(row->to, to), (int)row->country.n, row->country.at,
                   (int)row->route.n, row->route.at, (int)row->measure.n, row->measure.at);
        buf_text(&buf, k == 0 ? TEXT_LIT("nobody") : k == 1 ? input->seen[i].source : TEXT_LIT(""));
        buf_char(&buf, '\n');
    }
    buf_char(&buf, '\0');
    ask(buf.at, &file, &asked);
    buf_free(&buf);
    assert_true(asked.rows[0].first_part == 1 && asked.rows[0].last_part == 1);
    assert_true(asked.spreads[1].mean < asked.spreads[0].mean);
    assert_true(asked.spreads[2].mean == asked.spreads[1].mean);
}

static void rows_with_a_value_are_scored(void **state)
{
    struct exodus_file file;
    struct exodus_ask asked;
    struct exodus_scored scored;
    struct exodus_baselines baselines;
    (void)state;
    ask(HEAD "2022-09-24,2022-09-24,GEO,all,entries_rus,,\n"
             "2022-10-05,2022-10-11,GEO,all,entries_rus,50000,\n"
             "2022-09-24,2022-09-24,UKR,all,entries_rus,3,\n"
             "2022-09-28,2022-09-29,GEO,all,entries_rus,9999999,\n",
        &file, &asked);
    assert_int_equal(
        exodus_ask_score(&shipped.arena, &shipped.input, &asked, &scored, &shipped.err), 0);
    assert_true(scored.n == 3);
    assert_int_equal(scored.observed[0].seen, 1);
    assert_non_null(scored.observed[1].why);
    assert_int_equal(scored.all.n, 2);
    assert_int_equal(scored.ahead.n, 1);
    assert_int_equal(scored.n_ahead, 1);
    assert_false(scored.observed[2].inside);
    assert_true(scored.observed[2].error < -1);
    assert_true(fabs(scored.observed[0].error - log10((asked.spreads[1].p50 + 1) / 50001.0)) <
                1e-9);
    exodus_baselines_of(shipped.input.model, &file.rows[1], shipped.input.seen,
                        shipped.input.n_seen, shipped.input.model->as_known, &baselines);
    assert_true(!isnan(baselines.last_week));
    assert_true(scored.observed[0].baselines.last_week == baselines.last_week);
    assert_true(fabs(scored.observed[0].error_last_week -
                     log10((baselines.last_week + 1) / 50001.0)) < 1e-9);
    assert_true(fabs(scored.all.error -
                     (fabs(scored.observed[0].error) + fabs(scored.observed[2].error)) / 2) < 1e-9);
}

/* ---- What-ifs ---- */

static void what_ifs_are_picked(void **state)
{
    const struct exodus_input *input = &shipped.input;
    struct exodus_input picked;
    (void)state;
    assert_int_equal(exodus_pick(&shipped.arena, input, NULL, NULL, &picked, &shipped.err), 0);
    assert_int_equal(picked.model->n_what_ifs, input->model->n_what_ifs);
    assert_int_equal(picked.worlds.n, input->worlds.n);
    assert_int_equal(exodus_pick(&shipped.arena, input, "georgia_shut; eu_shut;georgia_shut", NULL,
                                 &picked, &shipped.err),
                     0);
    assert_int_equal(picked.worlds.n, 3);
    assert_ptr_equal(picked.worlds.gates[0].at, input->worlds.gates[0].at);
    assert_true(text_is(picked.model->what_ifs[0].id, "georgia_shut"));
    for (size_t i = 0; i < input->model->n_what_ifs; i++) {
        if (text_is(input->model->what_ifs[i].id, "eu_shut")) {
            assert_ptr_equal(picked.worlds.gates[2].at, input->worlds.gates[i + 1].at);
        }
    }
    assert_int_equal(exodus_pick(&shipped.arena, input, "nothing", NULL, &picked, &shipped.err),
                     E_EXODUS_WHAT_IF);
    assert_string_equal(shipped.err.column, "--what-if");
    assert_non_null(strstr(shipped.err.hint, "georgia_shut"));
}

static void a_door_shuts_on_its_days(void **state)
{
    const struct exodus_model *model = shipped.input.model;
    const uint8_t *base = shipped.input.worlds.gates[0].at;
    struct exodus_input picked;
    uint32_t geo = 0;
    (void)state;
    while (!text_is(model->doors[geo].id, "geo")) {
        geo++;
    }
    assert_int_equal(exodus_pick(&shipped.arena, &shipped.input, "eu_shut",
                                 "geo@2022-09-22..2022-10-05", &picked, &shipped.err),
                     0);
    assert_int_equal(picked.worlds.n, 3);
    assert_true(text_is(picked.model->what_ifs[1].id, "close"));
    date_days first = date_from_civil(2022, 9, 22), last = date_from_civil(2022, 10, 5);
    for (uint32_t day = 0; day < model->n_days; day++) {
        date_days on = model->from + (date_days)day;
        for (uint32_t d = 0; d < model->n_doors; d++) {
            for (uint32_t c = 0; c < model->n_classes; c++) {
                size_t at = ((size_t)day * model->n_doors + d) * model->n_classes + c;
                bool shut = d == geo && on >= first && on <= last;
                assert_int_equal(picked.worlds.gates[2].at[at], shut ? GATE_CLOSED : base[at]);
            }
        }
    }
}

static void a_wrong_closing_is_refused(void **state)
{
    static const char *const wrong[] = {"geo",
                                        "geo@",
                                        "@2022-09-22",
                                        "gea@2022-09-22",
                                        "geo@2022-09-31",
                                        "geo@2022-01-01",
                                        "geo@2022-09-22..",
                                        "geo@2022-09-22..2022-09-21",
                                        "geo@2022-09-22;;fin@2022-09-22",
                                        ""};
    struct exodus_input picked = {.n_draws = 77};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(
            exodus_pick(&shipped.arena, &shipped.input, NULL, wrong[i], &picked, &shipped.err),
            E_EXODUS_CLOSING);
        assert_string_equal(shipped.err.column, "--close");
        assert_int_equal(picked.n_draws, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_answered_in_their_order),
        cmocka_unit_test(parts_of_an_observation_hold),
        cmocka_unit_test(rows_with_a_value_are_scored),
        cmocka_unit_test(what_ifs_are_picked),
        cmocka_unit_test(a_door_shuts_on_its_days),
        cmocka_unit_test(a_wrong_closing_is_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
