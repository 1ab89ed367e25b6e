#include <math.h>
#include <stdlib.h>

#include "exodus_read_small.h"
#include "file.h"

/* What the files of the folder exodus/ mean. */

static struct read read_small(void)
{
    struct scenario scenario = small_scenario();
    struct read out = read_of(&arena, &scenario, TEXT_LIT(small_model), TEXT_LIT(small_seen));
    if (out.code != 0) {
        read_show(&out);
    }
    assert_int_equal(out.code, 0);
    return out;
}

/* ---- What is read ---- */

#define assert_words(a, b) assert_true(text_is((a), (b)))

static date_days day(const char *word)
{
    date_days out = DATE_NONE;
    assert_true(date_parse(text_of(word), &out));
    return out;
}

static void the_settings_are_read(void **state)
{
    (void)state;
    struct read read = read_small();
    const struct exodus_model *model = &read.model;
    assert_words(model->title, "Small");
    assert_int_equal(model->from, day("2022-09-01"));
    assert_int_equal(model->to, day("2022-12-31"));
    assert_int_equal(model->shown, day("2022-09-12"));
    assert_int_equal(model->order, day("2022-09-21"));
    assert_int_equal(model->as_known, day("2022-10-02"));
    assert_int_equal(model->n_days, 122);
    assert_int_equal(model->flight.param, 1);
    const struct exodus_value *numbers[] = {
        &model->peak_days,    &model->half_life_days,    &model->distance, &model->wait_dislike,
        &model->tries_shut,   &model->pool_days,         &model->gives_up, &model->discretion,
        &model->queue_leaves, &model->traffic_stay_days, &model->returns,  &model->flight_stay_days,
        &model->onward};
    const double values[] = {4, 10, 1.2, .2, .1, 3, .4, .5, .04, 4, .3, 45, .003};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_int_equal(numbers[i]->param, EXODUS_FIXED);
        assert_near(numbers[i]->fixed, values[i], 0);
    }
    assert_near(model->shuts_a_day, .001, 0);
}

static void the_parameters_and_classes_are_read(void **state)
{
    (void)state;
    struct read read = read_small();
    const struct exodus_param *params = read.model.params;
    const struct exodus_class *classes = read.model.classes;
    assert_int_equal(read.model.n_params, 3);
    assert_words(params[0].id, "pull_a");
    assert_int_equal(params[0].prior, EXODUS_NORMAL);
    assert_near(params[0].a, -1, 0);
    assert_near(params[0].b, 2, 0);
    assert_true(params[0].fitted && params[0].source.n == 0 && params[0].unit.n == 0);
    assert_int_equal(params[1].prior, EXODUS_LOGNORMAL);
    assert_words(params[1].source, "early");
    assert_words(params[1].unit, "persons");
    assert_words(params[1].why, "seen");
    assert_int_equal(params[2].prior, EXODUS_BETA);
    assert_true(!params[2].fitted && params[2].a == 2 && params[2].b == 6);
    assert_int_equal(read.model.n_classes, 3);
    assert_int_equal(read.model.flight_rest, 2);
    assert_int_equal(classes[0].n_profiles, 2);
    assert_words(classes[0].profiles[1], "kin");
    assert_true(classes[0].kept && !classes[1].kept);
    assert_near(classes[0].flight.fixed, .03, 0);
    assert_int_equal(classes[1].flight.param, 2);
    assert_true(classes[2].flight.param == EXODUS_FIXED && classes[2].flight.fixed == 0);
}

static void the_regions_weigh_by_population(void **state)
{
    (void)state;
    struct read read = read_small();
    const struct exodus_region *regions = read.model.regions;
    assert_int_equal(read.model.n_regions, 3);
    assert_near(regions[0].weight, 400. / 800, 1e-15);
    assert_near(regions[1].weight, 250. / 800, 1e-15);
    assert_near(regions[2].weight, 150. / 800, 1e-15);
    assert_near(regions[0].lat, 51, 1e-12);
    assert_near(regions[0].lon, 15, 1e-12);
    assert_near(regions[2].lat, 62, 1e-12);
}

static void a_distance_is_the_geometric_mean_of_ways_through_the_country(void **state)
{
    (void)state;
    struct read read = read_small();
    const double *fin = read.model.doors[0].km, *rus = read.model.doors[1].km;
    /* aa: hub, 120; bb: hub, 50, not 400; cc: over aa, 620, not 15 by the crossing nor 8 by the city;
     * dd, ee: none, so dd is left out and the island has no way at all. */
    assert_near(fin[0], exp((300 * log(120) + 100 * log(50)) / 400), 1e-9);
    assert_near(fin[1], 620, 1e-9);
    assert_true(isinf(fin[2]) && fin[2] > 0);
    /* To x_rus or bb: aa 130 over the hub; bb itself counts as 1 km; cc 10; ee 2. */
    assert_near(rus[0], exp(300 * log(130) / 400), 1e-9);
    assert_near(rus[1], 10, 1e-9);
    assert_near(rus[2], 2, 1e-9);
}

static void the_doors_are_read(void **state)
{
    (void)state;
    struct read read = read_small();
    const struct exodus_door *fin = &read.model.doors[0], *rus = &read.model.doors[1];
    double sum = 0;
    assert_int_equal(read.model.n_doors, 2);
    assert_words(fin->country, "FIN");
    assert_int_equal(fin->n_crossings, 2);
    assert_words(fin->crossings[1], "fin_rail");
    assert_near(fin->traffic.fixed, 7000, 0);
    assert_int_equal(fin->traffic_rest, 1);
    assert_near(fin->traffic_class[0].fixed, .25, 0);
    assert_true(fin->traffic_class[2].param == EXODUS_FIXED && fin->traffic_class[2].fixed == 0);
    for (size_t i = 0; i < 7; i++) {
        sum += fin->weekday[i];
        assert_near(rus->weekday[i], 1, 0);
    }
    assert_near(sum, 7, 1e-14);
    assert_near(fin->weekday[0] / fin->weekday[1], 1.01, 1e-14);
    assert_int_equal(fin->pull.param, 0);
    assert_true(fin->capacity.param == EXODUS_FIXED && fin->capacity.fixed == 0);
    assert_near(fin->russians, .9, 0);
    assert_true(fin->lat == 53 && fin->lon == 21);
    assert_true(rus->pull.param == EXODUS_FIXED && rus->pull.fixed == 0 && rus->russians == 1);
    assert_true(rus->traffic.param == 1 && rus->capacity.fixed == 500 && rus->traffic_rest == 2);
    assert_true(rus->n_routes == 0 && rus->lat == 50);
}

static void the_routes_and_what_ifs_are_read(void **state)
{
    (void)state;
    struct read read = read_small();
    const struct exodus_route *routes = read.model.doors[0].routes;
    assert_int_equal(read.model.doors[0].n_routes, 3);
    assert_words(routes[0].country, "FIN");
    assert_true(routes[0].share[EXODUS_FLIGHT] == 1 && routes[0].share[EXODUS_TRAFFIC] == 1);
    assert_near(routes[1].share[EXODUS_FLIGHT], .4, 0);
    assert_near(routes[1].share[EXODUS_TRAFFIC], .3, 0);
    assert_near(routes[1].spread, .2, 0);
    assert_words(routes[2].country, "EU27");
    assert_near(routes[2].share[EXODUS_TRAFFIC], .5, 0);
    assert_int_equal(read.model.n_what_ifs, 1);
    const struct exodus_what_if *what_if = read.model.what_ifs;
    assert_words(what_if->id, "shut");
    assert_int_equal(what_if->n_edits, 2);
    assert_true(what_if->edits[0].doors == 3 && what_if->edits[0].classes == 7);
    assert_int_equal(what_if->edits[0].gate, GATE_CLOSED);
    assert_int_equal(what_if->edits[0].to, read.model.to);
    assert_int_equal(what_if->edits[0].law.n, 0);
    assert_true(what_if->edits[1].doors == 2 && what_if->edits[1].classes == 5);
    assert_int_equal(what_if->edits[1].gate, GATE_NO_RULE);
    assert_words(what_if->edits[1].law, "cf.papers");
    assert_int_equal(what_if->edits[1].to, day("2022-10-09"));
}

static void the_observations_are_read(void **state)
{
    (void)state;
    struct read read = read_small();
    assert_int_equal(read.n, 4);
    const struct exodus_seen *at = &read.seen[1];
    assert_int_equal(at->arrivals, 1);
    assert_words(at->row.country, "FIN");
    assert_words(at->row.route, "land");
    assert_words(at->row.measure, "entries_rus");
    assert_words(at->source, "early");
    assert_int_equal(at->row.from, day("2022-09-19"));
    assert_int_equal(at->row.to, day("2022-09-25"));
    assert_near(at->row.value, 40000, 0);
    assert_near(at->row.first_part, .5, 0);
    assert_near(at->row.last_part, .25, 0);
    assert_true(at->use == EXODUS_CHECK && at->scale == .1 && at->at_least && at->either == 7);
    assert_words(at->why, "wider, so");
    assert_int_equal(at->known, day("2022-09-30"));
    at = &read.seen[0];
    assert_true(at->use == EXODUS_FIT && !at->at_least && at->either == 0 && at->scale == .03);
    assert_true(at->row.first_part == 1 && at->row.last_part == 1 && at->why.n == 0);
    assert_true(read.seen[3].use == EXODUS_LEFT && read.seen[3].scale == 0);
}

static void a_row_is_known_from_the_last_day_that_its_source_may_mean(void **state)
{
    (void)state;
    struct read read = read_small();
    assert_true(exodus_was_known(&read.seen[0], day("2022-09-30")));
    assert_false(exodus_was_known(&read.seen[0], day("2022-09-29")));
    assert_false(exodus_was_known(&read.seen[2], day("2022-10-30")));
    assert_true(exodus_was_known(&read.seen[2], day("2022-10-31")));
    assert_int_equal(read.seen[3].known, DATE_NONE);
    assert_false(exodus_was_known(&read.seen[3], day("2099-01-01")));
    assert_false(exodus_was_known(&read.seen[3], DATE_NONE));
    assert_false(exodus_was_known(&read.seen[0], DATE_NONE));
}

/* What the model says does not lie in the bytes of the files: they may go. */
static void the_bytes_may_go_behind_the_reading(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    char *model = malloc(sizeof small_model - 1), *seen = malloc(sizeof small_seen - 1);
    assert_true(model != NULL && seen != NULL);
    memcpy(model, small_model, sizeof small_model - 1);
    memcpy(seen, small_seen, sizeof small_seen - 1);
    struct read read = read_of(&arena, &scenario, (struct text){model, sizeof small_model - 1},
                               (struct text){seen, sizeof small_seen - 1});
    free(model);
    free(seen);
    assert_int_equal(read.code, 0);
    assert_words(read.model.title, "Small");
    assert_words(read.model.params[1].why, "seen");
    assert_words(read.model.doors[0].routes[1].route, "land:Narrow");
    assert_words(read.model.what_ifs[0].edits[1].law, "cf.papers");
    assert_words(read.seen[3].why, "not believed");
}

/* Later than as_known: the row stands, but exodus_was_known keeps it from the fit. */
static void a_row_that_was_not_known_is_no_fault(void **state)
{
    (void)state;
    struct read read = read_small();
    assert_int_equal(read.seen[2].use, EXODUS_FIT);
    assert_false(exodus_was_known(&read.seen[2], read.model.as_known));
}

/* ---- The shipped scenario ---- */

static struct text shipped(const char *path)
{
    struct file_view view;
    const char *copy;
    assert_int_equal(file_open(&view, path, (size_t)1 << 24, NULL), 0);
    assert_int_equal(text_copy(&arena, view.bytes, &copy, NULL), 0);
    struct text out = {copy, view.bytes.n};
    file_close(&view);
    return out;
}

static void the_shipped_exodus_has_no_fault(void **state)
{
    (void)state;
    struct scenario scenario;
    struct faults faults;
    assert_int_equal(faults_init(&faults, &arena, 5, NULL), 0);
    assert_int_equal(
        scenario_load(&arena, "scenarios/exodus2022", NULL, NULL, &scenario, &faults, NULL), 0);
    struct read read = read_of(&arena, &scenario, shipped("scenarios/exodus2022/exodus/model.yaml"),
                               shipped("scenarios/exodus2022/exodus/observations.csv"));
    read_show(&read);
    assert_int_equal(read.code, 0);
    assert_int_equal(read.model.n_doors, 10);
    double weight = 0;
    for (size_t i = 0; i < read.model.n_regions; i++) {
        weight += read.model.regions[i].weight;
        for (size_t d = 0; d < read.model.n_doors; d++) {
            assert_true(read.model.doors[d].km[i] >= 1);
        }
    }
    assert_near(weight, 1, 1e-12);
    for (size_t i = 0; i < read.model.n_params; i++) { /* the rule of honesty, once more */
        struct text source = read.model.params[i].source;
        name_id id = names_find(scenario.names, source);
        assert_true(source.n == 0 || scenario.sources.date[scenario_source(&scenario, id)].last <=
                                         read.model.as_known);
    }
    assert_true(read.n > 0);
    for (size_t i = 0; i < read.n; i++) {
        assert_true(read.seen[i].use != EXODUS_FIT || read.seen[i].scale > 0);
        assert_true(read.seen[i].use == EXODUS_FIT || read.seen[i].why.n > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_settings_are_read),
        cmocka_unit_test(the_parameters_and_classes_are_read),
        cmocka_unit_test(the_regions_weigh_by_population),
        cmocka_unit_test(a_distance_is_the_geometric_mean_of_ways_through_the_country),
        cmocka_unit_test(the_doors_are_read),
        cmocka_unit_test(the_routes_and_what_ifs_are_read),
        cmocka_unit_test(the_observations_are_read),
        cmocka_unit_test(a_row_is_known_from_the_last_day_that_its_source_may_mean),
        cmocka_unit_test(a_row_that_was_not_known_is_no_fault),
        cmocka_unit_test(the_bytes_may_go_behind_the_reading),
        cmocka_unit_test(the_shipped_exodus_has_no_fault),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
