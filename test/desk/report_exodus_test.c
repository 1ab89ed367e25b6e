/* The page's section of an exodus, on a made one: what stands in it is what the chain found. */
#include "made.h"
#include "page_check.h"
#include "page_read.h"

#include <stdio.h>

#include "report_exodus.h"

#define DAYS     10 /* of the run; shown from the third on */
#define SHOWN    8
#define MEMBERS  4
#define SERIES   5
#define FORECAST (SERIES * SHOWN)

struct given {
    struct made made;
    struct exodus_model model;
    struct exodus_door doors[2];
    struct exodus_class classes[2];
    struct exodus_region regions[2];
    struct exodus_param params[2];
    struct exodus_what_if what_if;
    struct exodus_route routes[3];
    struct exodus_seen seen[4];
    struct exodus_observed observed[4];
    struct exodus_learned learned[2];
    struct exodus_rolling rolling[2];
    struct exodus_effect effect;
    struct exodus_span spans[5];
    struct exodus_stock stocks[1];
    struct exodus_spread stranded[2 * DAYS], class_stranded[2 * DAYS];
    struct exodus_row rows[FORECAST];
    struct exodus_spread spreads[FORECAST];
    bool scored[FORECAST];
    struct exodus_input input;
    struct exodus_chain chain;
    struct buf page;
};

static struct exodus_spread spread(double mean)
{
    return (struct exodus_spread){.mean = mean,
                                  .p5 = mean / 2,
                                  .p10 = mean / 2,
                                  .p50 = mean,
                                  .p90 = 2 * mean,
                                  .p95 = 2 * mean};
}

static struct exodus_value fixed(double value)
{
    return (struct exodus_value){.param = EXODUS_FIXED, .fixed = value};
}

static void lay_door(struct given *given, int d, const char *id, const char *country)
{
    struct exodus_door *door = &given->doors[d];
    *door = (struct exodus_door){.id = text_of(id),
                                 .title = text_of(d == 0 ? "Finland by <road>" : "By air & rail"),
                                 .country = text_of(country),
                                 .traffic = fixed(7),
                                 .pull = fixed(0),
                                 .capacity = fixed(0),
                                 .russians = 1,
                                 .km = {100 + 200 * d, 300},
                                 .lat = 60 - d,
                                 .lon = 28 + d};
    for (int day = 0; day < 7; day++) {
        door->weekday[day] = 1;
    }
}

static void lay_model(struct given *given)
{
    struct exodus_model *model = &given->model;
    lay_door(given, 0, "fin", "FIN");
    lay_door(given, 1, "air", "ALL");
    given->routes[0] = (struct exodus_route){TEXT_LIT("FIN"), TEXT_LIT("land"), {1, 1}, 0};
    given->routes[1] = (struct exodus_route){TEXT_LIT("TUR"), TEXT_LIT("all"), {0.5, 0.5}, 0.5};
    given->routes[2] = (struct exodus_route){TEXT_LIT("ARM"), TEXT_LIT("all"), {0.5, 0.5}, 0.5};
    given->doors[0].routes = given->routes;
    given->doors[0].n_routes = 1;
    given->doors[1].routes = given->routes + 1;
    given->doors[1].n_routes = 2;
    given->classes[0] =
        (struct exodus_class){.id = TEXT_LIT("visa"), .title = TEXT_LIT("A <visa>")};
    given->classes[1] = (struct exodus_class){.id = TEXT_LIT("none"), .title = TEXT_LIT("No visa")};
    given->regions[0] = (struct exodus_region){TEXT_LIT("n"), TEXT_LIT("North"), 0.25, 60, 30};
    given->regions[1] = (struct exodus_region){TEXT_LIT("s"), TEXT_LIT("South"), 0.75, 50, 40};
    given->params[0] = (struct exodus_param){.id = TEXT_LIT("pull"),
                                             .title = TEXT_LIT("Pull of <it>"),
                                             .fitted = true,
                                             .source = TEXT_LIT("guard"),
                                             .why = TEXT_LIT("read off a row")};
    given->params[1] = (struct exodus_param){.id = TEXT_LIT("stay"),
                                             .title = TEXT_LIT("Stay"),
                                             .unit = TEXT_LIT("days"),
                                             .why = TEXT_LIT("nobody knows")};
    given->what_if = (struct exodus_what_if){
        .id = TEXT_LIT("shut"), .title = TEXT_LIT("Finland <shuts>"), .n_edits = 1};
    *model = (struct exodus_model){.title = TEXT_LIT("A flight"),
                                   .from = made_date("2022-09-18"),
                                   .to = made_date("2022-09-27"),
                                   .shown = made_date("2022-09-20"),
                                   .order = made_date("2022-09-20"),
                                   .as_known = made_date("2022-10-02"),
                                   .n_days = DAYS,
                                   .n_doors = 2,
                                   .n_classes = 2,
                                   .n_regions = 2,
                                   .n_params = 2,
                                   .doors = given->doors,
                                   .classes = given->classes,
                                   .regions = given->regions,
                                   .params = given->params,
                                   .n_what_ifs = 1,
                                   .what_ifs = &given->what_if};
}

/* A series a day over the days shown: `base` people on the first, one more on each day after. */
static void lay_series(struct given *given, size_t s, const char *country, const char *route,
                       const char *measure, double base, bool scored)
{
    for (int day = 0; day < SHOWN; day++) {
        size_t i = s * SHOWN + (size_t)day;
        given->rows[i] = (struct exodus_row){.from = given->model.shown + day,
                                             .to = given->model.shown + day,
                                             .country = text_of(country),
                                             .route = text_of(route),
                                             .measure = text_of(measure),
                                             .first_part = 1,
                                             .last_part = 1,
                                             .value = NAN};
        given->spreads[i] = spread(base + day);
        given->scored[i] = scored;
    }
}

static void lay_seen(struct given *given, int i, const char *from, const char *to, double value,
                     bool known)
{
    const char *source = known ? "guard" : "late";
    uint32_t row = made_count(&given->made, from, to, "FIN", "land", "entries_rus", value, source);
    given->seen[i] = (struct exodus_seen){.row = {.from = made_date(from),
                                                  .to = made_date(to),
                                                  .country = TEXT_LIT("FIN"),
                                                  .route = TEXT_LIT("land"),
                                                  .measure = TEXT_LIT("entries_rus"),
                                                  .first_part = 1,
                                                  .last_part = 1,
                                                  .value = value},
                                          .arrivals = row,
                                          .source = text_of(source),
                                          .use = EXODUS_FIT};
    given->observed[i] = (struct exodus_observed){.seen = (size_t)i,
                                                  .was_known = known,
                                                  .model = spread(1100),
                                                  .expected = spread(1100),
                                                  .inside = i != 1};
}

static void lay_spans(struct given *given)
{
    date_days from = given->model.shown, to = given->model.to;
    struct exodus_span spans[] = {{0, 0, from, from + 3, GATE_OPEN},
                                  {0, 0, from + 4, to, GATE_DISCRETION},
                                  {0, 1, from, to, GATE_CLOSED},
                                  {1, 0, from, to, GATE_NO_RULE},
                                  {1, 1, from, to, GATE_NO_RULE}};
    memcpy(given->spans, spans, sizeof spans);
}

static void lay_chain(struct given *given)
{
    struct exodus_change change = {
        .as_is = 500, .changed = 300, .mean = -200, .p5 = -260, .p50 = -200, .p95 = -140};
    given->input = (struct exodus_input){.scenario = &given->made.s,
                                         .model = &given->model,
                                         .n_seen = 4,
                                         .seen = given->seen,
                                         .n_draws = 2000};
    given->learned[0] = (struct exodus_learned){-2, 0, 2, 0, -1, 0.25, 1, 0.5, 1, 400};
    given->learned[1] = (struct exodus_learned){1, 4, 90, 4, 1, 4, 90, 1, NAN, NAN};
    given->rolling[0] = (struct exodus_rolling){
        .origin = given->model.order, .n = 10, .n_inside = 7, .n_last_week = 4, .n_before = 4};
    given->rolling[0].error_last_week = 0.2;
    given->rolling[0].model_last_week = 0.1;
    given->rolling[0].error_before = 0.3;
    given->rolling[0].model_before = 0.1;
    given->rolling[1] = (struct exodus_rolling){
        .origin = given->model.order + 2, .n = 5, .n_inside = 4, .n_before = 4};
    given->rolling[1].error_last_week = given->rolling[1].model_last_week = NAN;
    given->rolling[1].error_before = 0.1;
    given->rolling[1].model_before = 0.25;
    given->effect = (struct exodus_effect){.world = 1, .narrower = 3.25};
    for (int d = 0; d < 2; d++) {
        given->effect.entries[d] = change;
        given->effect.stranded[d] = change;
    }
    given->effect.entries_all = given->effect.stranded_all = change;
    given->stocks[0] = (struct exodus_stock){TEXT_LIT("TUR"), spread(4321), false};
    for (int day = 0; day < 2 * DAYS; day++) {
        given->stranded[day] = given->class_stranded[day] = spread(10 * day);
    }
    given->chain =
        (struct exodus_chain){.stands = true,
                              .input = &given->input,
                              .options = {.seed = 1, .n_members = MEMBERS},
                              .n_members = MEMBERS,
                              .n_worlds = 2,
                              .forecast = {FORECAST, given->rows, given->spreads, given->scored},
                              .n_observed = 4,
                              .n_counted = 4,
                              .n_inside = 3,
                              .observed = given->observed,
                              .prior = given->observed,
                              .n_prior_inside = 1,
                              .params = given->learned,
                              .n_rolling = 2,
                              .rolling = given->rolling,
                              .n_effects = 1,
                              .effects = &given->effect,
                              .n_spans = 5,
                              .spans = given->spans,
                              .n_stocks = 1,
                              .stocks = given->stocks,
                              .stranded = given->stranded,
                              .class_stranded = given->class_stranded};
}

static void write_exodus(struct given *given, const struct exodus_chain *chain)
{
    struct ajar_err err = {0};
    given->page.n = 0;
    int code =
        report_write(&given->page, &given->made.s, NULL, NULL, NULL, chain, NULL, &page_meta, &err);
    assert_string_equal(err.text, "");
    assert_int_equal(code, 0);
    buf_char(&given->page, 0);
    assert_int_equal(given->page.failed, 0);
}

static int set_up(void **state)
{
    static struct given given;
    given = (struct given){0};
    made_begin(&given.made);
    lay_model(&given);
    lay_series(&given, 0, "ARM", "all", "entries_rus", 30, false);
    lay_series(&given, 1, "FIN", "all", "entries_rus", 1000, true);
    lay_series(&given, 2, "FIN", "land", "entries_rus", 1000, true);
    lay_series(&given, 3, "FIN", "land", "refused_rus", 20, true);
    lay_series(&given, 4, "TUR", "all", "entries_rus", 70, false);
    lay_seen(&given, 0, "2022-09-21", "2022-09-21", 1050, true);
    lay_seen(&given, 1, "2022-09-22", "2022-09-25", 9000, false);
    lay_seen(&given, 2, "2022-09-20", "2022-09-20", 3, true);
    lay_seen(&given, 3, "2022-09-26", "2022-09-26", 998, true);
    given.observed[3].why = "it asks for nothing";
    lay_spans(&given);
    lay_chain(&given);
    buf_init(&given.page, 16 << 20);
    write_exodus(&given, &given.chain);
    *state = &given;
    return 0;
}

static int tear_down(void **state)
{
    struct given *given = *state;
    buf_free(&given->page);
    made_end(&given->made);
    return 0;
}

static struct text section_of(const struct given *given)
{
    return between(given->page.at, "<section id=\"exodus\"", "</section>");
}

static void the_page_is_well_formed_and_the_section_is_linked(void **state)
{
    struct given *given = *state;
    page_is_well_formed(given->page.at);
    assert_true(holds(between(given->page.at, "<nav ", "</nav>"), "#exodus"));
    assert_true(holds(section_of(given), "Finland by &lt;road&gt;"));
    assert_true(holds(section_of(given), "Finland &lt;shuts&gt;"));
}

static void without_an_exodus_there_is_no_section(void **state)
{
    struct given *given = *state;
    struct exodus_chain none = {0};
    write_exodus(given, &none);
    assert_null(strstr(given->page.at, "id=\"exodus\""));
    assert_non_null(strstr(given->page.at, "\"exodus\":null"));
    write_exodus(given, NULL);
    assert_null(strstr(given->page.at, "id=\"exodus\""));
    write_exodus(given, &given->chain);
}

static struct report_exodus made_of(struct given *given, struct arena *arena)
{
    struct report_view view;
    struct report_exodus exodus;
    arena_init(arena, "the choice", 64 << 20);
    assert_int_equal(report_view_make(arena, &given->made.s, DATE_NONE, &view, NULL), 0);
    assert_int_equal(report_exodus_make(arena, &view, &given->chain, &exodus, NULL), 0);
    exodus.view = NULL;
    return exodus;
}

static void a_country_has_one_fan_named_by_the_route_it_has(void **state)
{
    struct given *given = *state;
    struct arena arena;
    struct report_exodus exodus = made_of(given, &arena);
    assert_int_equal(exodus.n_fans, 3);
    assert_int_equal(exodus.n_series, SERIES);
    const struct exodus_row *first = &given->rows[exodus.series[exodus.fans[0]].first];
    assert_true(text_is(first->country, "FIN") && text_is(first->route, "land"));
    arena_free(&arena);
}

static void a_span_stands_at_its_mean_a_day_and_a_small_count_is_not_shown(void **state)
{
    struct given *given = *state;
    struct arena arena;
    struct report_exodus exodus = made_of(given, &arena);
    assert_int_equal(exodus.n_points, 3); /* of 4, one cannot be answered */
    assert_int_equal(exodus.points[0].hiding, REPORT_UNDER);
    assert_true(isnan(exodus.points[0].per_day));
    assert_float_equal(exodus.points[1].per_day, 1050, 1e-9);
    assert_float_equal(exodus.points[2].per_day, 9000.0 / 4, 1e-9);
    assert_true(exodus.points[1].known && !exodus.points[2].known);
    arena_free(&arena);
}

static void a_door_is_its_whole_route_or_the_sum_of_its_countries(void **state)
{
    struct given *given = *state;
    struct arena arena;
    struct report_exodus exodus = made_of(given, &arena);
    assert_float_equal(report_exodus_at(&exodus, REPORT_EXODUS_IN, 0, 2), 1002, 1e-9);
    assert_float_equal(report_exodus_at(&exodus, REPORT_EXODUS_REFUSED, 0, 2), 22, 1e-9);
    assert_float_equal(report_exodus_at(&exodus, REPORT_EXODUS_IN, 1, 2), 104, 1e-9);
    assert_true(isnan(report_exodus_at(&exodus, REPORT_EXODUS_WAITING, 0, 2)));
    assert_true(exodus.parts[1] && !exodus.parts[0]);
    arena_free(&arena);
}

static void the_state_of_a_door_is_that_of_its_span(void **state)
{
    struct given *given = *state;
    struct arena arena;
    struct report_exodus exodus = made_of(given, &arena);
    assert_int_equal(report_exodus_gate(&exodus, 3, 0, 0), GATE_OPEN);
    assert_int_equal(report_exodus_gate(&exodus, 4, 0, 0), GATE_DISCRETION);
    assert_int_equal(report_exodus_gate(&exodus, 7, 0, 1), GATE_CLOSED);
    assert_int_equal(report_exodus_gate(&exodus, 7, 1, 1), GATE_NO_RULE);
    arena_free(&arena);
}

static void people_come_from_where_most_of_them_live_nearby(void **state)
{
    struct given *given = *state;
    double lat, lon;
    report_exodus_side(&given->model, 0, &lat, &lon); /* as much from each */
    assert_float_equal(lat, 55, 1e-9);
    assert_float_equal(lon, 35, 1e-9);
    given->doors[0].km[1] = INFINITY;
    report_exodus_side(&given->model, 0, &lat, &lon);
    assert_float_equal(lat, 60, 1e-9);
    given->doors[0].km[1] = 300;
}

static void days_of_a_part_count_in_part(void **state)
{
    (void)state;
    struct exodus_row row = {.from = 10, .to = 11, .first_part = 1, .last_part = 0.25};
    assert_float_equal(report_exodus_days(&row), 1.25, 1e-12);
    row = (struct exodus_row){.from = 10, .to = 10, .first_part = 0.5, .last_part = 1};
    assert_float_equal(report_exodus_days(&row), 0.5, 1e-12);
}

static void it_says_how_many_counts_lie_inside(void **state)
{
    struct given *given = *state;
    struct text said = between(given->page.at, "<p id=\"exodus-inside\">", "</p>");
    assert_true(holds(said, "<strong>3 of 4</strong>"));
    assert_true(holds(said, "<strong>1 of 4</strong>"));
    assert_true(holds(said, "<strong>0 of 0</strong>"));
    struct text rows = between(given->page.at, "<table id=\"exodus-observed-table\">", "</table>");
    assert_true(holds(rows, "under 5"));
    assert_true(holds(rows, "<strong>outside</strong>"));
    assert_true(holds(rows, "not answered: it asks for nothing"));
    assert_false(holds(rows, "998</td><td class=\"number\">"));
}

/* Over the last week it is better on all rows; over the days before, worse on half, and no better on the mean. */
static void it_says_which_rule_it_beats_on_the_mean(void **state)
{
    struct given *given = *state;
    struct text said = between(given->page.at, "<p id=\"exodus-verdict\">", "</p>");
    assert_true(holds(said, "beats both plain rules"));
    given->rolling[1].model_before = 0.35;
    write_exodus(given, &given->chain);
    said = between(given->page.at, "<p id=\"exodus-verdict\">", "</p>");
    assert_true(holds(said, "beats the last week, but not the days before the order"));
    given->rolling[1].model_before = 0.25;
    given->chain.n_rolling = 0;
    write_exodus(given, &given->chain);
    assert_null(strstr(given->page.at, "exodus-verdict"));
    assert_true(holds(section_of(given), "the scenario has no exodus/rolling.csv"));
    given->chain.n_rolling = 2;
    write_exodus(given, &given->chain);
}

static void a_parameter_that_learned_nothing_says_so(void **state)
{
    struct given *given = *state;
    struct text learned = between(given->page.at, "<tr id=\"exodus-param-pull\">", "</tr>");
    struct text stay = between(given->page.at, "<tr id=\"exodus-param-stay\">", "</tr>");
    assert_true(holds(learned, "<td>learned</td>") && holds(learned, "#source-guard"));
    assert_true(holds(stay, "not learned from data") && holds(stay, "assumption"));
}

static void what_rests_on_priors_alone_is_named(void **state)
{
    struct given *given = *state;
    struct text named = between(given->page.at, "id=\"exodus-priors\">", "</p>");
    assert_true(holds(named, "Armenia") && holds(named, "rkiye"));
    assert_false(holds(named, "Finland"));
    assert_true(holds(between(given->page.at, "<table id=\"exodus-stocks-table\">", "</table>"),
                      "on priors alone"));
}

/* Rows of digits, read as the page does. */
static int64_t read_step(const char **at)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int64_t value = 0, unit = 1, digit;
    do {
        digit = strchr(digits, *(*at)++) - digits;
        value += (digit & 31) * unit;
        unit *= 32;
    } while (digit >= 32);
    return value % 2 == 1 ? -(value + 1) / 2 : value / 2;
}

static void same_row(const json_t *object, const char *key, double first, double slope)
{
    const char *at = json_string_value(json_object_get(object, key));
    int64_t value = 0;
    assert_non_null(at);
    for (int day = 0; day < SHOWN; day++) {
        value += read_step(&at);
        assert_int_equal(value, llround(first + slope * day));
    }
    assert_int_equal(*at, 0);
}

static void the_data_of_the_pictures_are_those_of_the_chain(void **state)
{
    struct given *given = *state;
    json_t *data = data_of(given->page.at), *exodus = json_object_get(data, "exodus");
    const json_t *doors = json_object_get(exodus, "doors"), *door = json_array_get(doors, 0);
    assert_int_equal(json_array_size(doors), 2);
    same_row(door, "in", 1000, 1);
    same_row(door, "refused", 20, 1);
    assert_true(json_is_null(json_object_get(door, "waiting")));
    const json_t *gates = json_object_get(door, "gates");
    assert_int_equal(json_array_size(gates), 4);
    assert_string_equal(json_string_value(json_array_get(gates, 1)), "13");
    assert_int_equal(json_integer_value(json_array_get(gates, 2)), 4);
    assert_string_equal(json_string_value(json_array_get(gates, 3)), "23");
    const json_t *fan = json_array_get(json_object_get(exodus, "fans"), 0);
    same_row(fan, "p5", 500, 0.5);
    same_row(fan, "p95", 2000, 2);
    const json_t *point = json_array_get(json_object_get(fan, "points"), 0);
    assert_true(json_is_null(json_object_get(point, "perDay")));
    assert_string_equal(json_string_value(json_object_get(point, "hidden")), "under 5");
    const json_t *world = json_array_get(json_object_get(exodus, "worlds"), 1);
    same_row(world, "p50", 10 * (DAYS + 2), 10);
    json_decref(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_well_formed_and_the_section_is_linked),
        cmocka_unit_test(without_an_exodus_there_is_no_section),
        cmocka_unit_test(a_country_has_one_fan_named_by_the_route_it_has),
        cmocka_unit_test(a_span_stands_at_its_mean_a_day_and_a_small_count_is_not_shown),
        cmocka_unit_test(a_door_is_its_whole_route_or_the_sum_of_its_countries),
        cmocka_unit_test(the_state_of_a_door_is_that_of_its_span),
        cmocka_unit_test(people_come_from_where_most_of_them_live_nearby),
        cmocka_unit_test(days_of_a_part_count_in_part),
        cmocka_unit_test(it_says_how_many_counts_lie_inside),
        cmocka_unit_test(it_says_which_rule_it_beats_on_the_mean),
        cmocka_unit_test(a_parameter_that_learned_nothing_says_so),
        cmocka_unit_test(what_rests_on_priors_alone_is_named),
        cmocka_unit_test(the_data_of_the_pictures_are_those_of_the_chain),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
