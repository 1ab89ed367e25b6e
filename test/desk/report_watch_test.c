/* The page's WATCH sections from a chain made by hand: what is shown, and what is kept back. */
#include "made.h"
#include "page_check.h"
#include "page_read.h"
#include "report_watch.h"

/* Two doors: Finland, whose counts may all be shown, and Estonia, with a count of 3 in its baseline. */
struct given {
    struct made made;
    struct watch_chain chain;
    struct buf page;
};

enum { DAYS = 6 };

static date_days day_of(const struct given *given, int i)
{
    return given->made.s.from + 9 + i;
}

static void add_days(struct given *given, const char *country, const double *counts)
{
    for (int i = 0; i < DAYS; i++) {
        char day[DATE_TEXT];
        made_day(&given->made, country, date_format(day_of(given, i), day), counts[i]);
    }
}

static uint32_t series_at(const struct given *given, const char *country)
{
    const struct watch_book *book = &given->chain.input.book;
    for (uint32_t s = 0; s < book->n; s++) {
        if (text_is(scenario_name(&given->made.s, book->series[s].place), country) &&
            book->series[s].kind == KIND_GROSS_IN) {
            return s;
        }
    }
    fail_msg("no series of %s", country);
    return 0;
}

/* Rings on the last day, on the mean of the days before. */
static struct watch_verdict verdict_of(const struct given *given, uint32_t s)
{
    const struct watch_series *series = &given->chain.input.book.series[s];
    return (struct watch_verdict){.detector = WATCH_T,
                                  .state = WATCH_RINGS,
                                  .statistic = 9.5,
                                  .df = 4,
                                  .p = 0.0008,
                                  .rate = 0.00274,
                                  .count = series->value[DAYS - 1].count,
                                  .expected = 1234.5,
                                  .bound = 1777.5,
                                  .noise = 0.02,
                                  .base_from = day_of(given, 0),
                                  .base_to = day_of(given, DAYS - 2),
                                  .base_n = DAYS - 1,
                                  .since = DATE_NONE};
}

static void put_alarm(struct given *given, struct watch_alarm *alarm, const char *country,
                      const char *rest)
{
    struct buf words;
    const char *copy;
    date_days day = day_of(given, DAYS - 1);
    uint32_t s = series_at(given, country);
    *alarm = (struct watch_alarm){.series = s,
                                  .from = day,
                                  .to = day,
                                  .run_from = day,
                                  .verdict = verdict_of(given, s),
                                  .value = DAYS - 1,
                                  .known = day + 1,
                                  .earliest = {.day = DATE_NONE,
                                               .count_value = BOOK_NONE,
                                               .base_value = BOOK_NONE,
                                               .noise_most = NAN}};
    buf_init(&words, 1 << 16);
    given->chain.scan.input = &given->chain.input;
    report_watch_core(
        &words,
        &(struct report_view){.scenario = &given->made.s, .hiding = (uint8_t[MADE_ROWS]){0}},
        &given->chain, alarm);
    buf_str(&words, rest);
    assert_int_equal(text_copy(&given->made.arena, buf_view(&words), &copy, NULL), 0);
    alarm->sentence = (struct text){copy, words.n};
    buf_free(&words);
}

static void judge(struct given *given, struct watch_judged *judged, const char *country)
{
    judged->series = series_at(given, country);
    assert_int_equal(book_known(&given->made.arena, &given->chain.input.book.series[judged->series],
                                WATCH_NEXT_DAY, DATE_NONE, &judged->known, NULL),
                     0);
    judged->grid = &judged->known.day;
    judged->points = arena_get(&given->made.arena, judged->grid->n, sizeof *judged->points, NULL);
    assert_non_null(judged->points);
    for (size_t i = 0; i < judged->grid->n; i++) {
        judged->points[i].main.state = judged->points[i].sustained.state = WATCH_CANNOT;
    }
    judged->points[DAYS - 1].main = verdict_of(given, judged->series);
    judged->points[DAYS - 1].rings = true;
    judged->last = DAYS - 1;
}

/* Two mornings of each series: before its alarm, and after. */
static void replay(struct given *given, enum watch_clock clock)
{
    static const char *const countries[] = {"EST", "FIN"};
    struct watch_replay *to = &given->chain.replay[clock];
    to->input = &given->chain.input;
    to->options.clock = clock;
    to->days = arena_get(&given->made.arena, 4, sizeof *to->days, NULL);
    for (size_t c = 0; c < 2; c++) {
        uint32_t s = series_at(given, countries[c]);
        to->days[to->n] = (struct watch_replay_day){.day = day_of(given, DAYS - 1),
                                                    .series = s,
                                                    .n_known = DAYS - 1,
                                                    .n_new = 1,
                                                    .last_to = day_of(given, DAYS - 2),
                                                    .verdict = verdict_of(given, s)};
        to->days[to->n].verdict.state = WATCH_CANNOT;
        to->days[to->n].verdict.why_not = "fewer than 4 earlier days";
        to->n++;
        to->days[to->n++] = (struct watch_replay_day){.day = day_of(given, DAYS),
                                                      .series = s,
                                                      .n_known = DAYS,
                                                      .n_new = 1,
                                                      .last_to = day_of(given, DAYS - 1),
                                                      .judged = true,
                                                      .rings = true,
                                                      .first = true,
                                                      .verdict = verdict_of(given, s),
                                                      .sentence = TEXT_LIT("It rang at dawn.")};
    }
}

/* Kyrgyzstan's published ratios. */
static void trade(struct given *given)
{
    static struct mirror_year years[] = {
        {.year = 2021, .exports = 3e8, .months = 12, .imports = 2.8e8, .ratio = 1.07, .jump = 1.1},
        {.year = 2022, .exports = 1.1e9, .months = 12, .imports = 4.5e8, .ratio = 2.33, .jump = 4},
        {.year = 2023, .exports = NAN, .months = 11, .imports = NAN, .ratio = 3.03, .jump = NAN}};
    static struct mirror_month months[] = {{.exports = 2.5e7, .expected = 2.4e7, .rings = false},
                                           {.exports = 9.9e7, .expected = 2.4e7, .rings = true}};
    static struct mirror_partner partner;
    struct made *made = &given->made;
    months[0].first = made_date("2022-01-01");
    months[1].first = made_date("2022-02-01");
    partner = (struct mirror_partner){.reporter = made_word(made, "EU27"),
                                      .partner = made_word(made, "KGZ"),
                                      .hs = made_word(made, "TOTAL"),
                                      .unit = UNIT_EUR,
                                      .baseline = 2.88e8,
                                      .baseline_from = 2019,
                                      .baseline_to = 2021,
                                      .break_year = 2022,
                                      .n_years = 3,
                                      .years = years,
                                      .n_months = 2,
                                      .months = months,
                                      .since = months[1].first,
                                      .flagged = true};
    for (size_t i = 0; i < 3; i++) {
        years[i].export_source = years[i].import_source = made_word(made, "guard");
    }
    given->chain.mirror = (struct mirror_table){.n = 1, .partners = &partner};
}

static void net(struct given *given)
{
    static struct net_point points[2];
    const struct watch_series *all = given->chain.input.book.series;
    const char *const countries[] = {"FIN", "EST"};
    for (size_t i = 0; i < 2; i++) {
        const struct watch_series *in = &all[series_at(given, countries[i])], *out = in + 1;
        assert_int_equal(out->kind, KIND_GROSS_OUT);
        const struct watch_value *value = &in->value[1];
        double balance = value->count - out->value[0].count;
        points[i] = (struct net_point){.place = in->place,
                                       .route = in->route,
                                       .from = value->from,
                                       .to = value->to,
                                       .in = value->count,
                                       .out = out->value[0].count,
                                       .net = balance,
                                       .net_low = balance,
                                       .net_high = balance,
                                       .published_net = balance + 77,
                                       .discrepancy = 77,
                                       .in_value = value,
                                       .out_value = &out->value[0]};
    }
    given->chain.net = (struct net_table){.n_points = 2, .points = points};
}

static int set_up(void **state)
{
    static struct given given;
    static const double finland[DAYS] = {1200, 1210, 1250, 1230, 1260, 4321};
    static const double estonia[DAYS] = {610, 3, 640, 650, 660, 2345};
    static struct watch_alarm alarms[2];
    static struct watch_judged judged[2];
    given = (struct given){0};
    made_begin(&given.made);
    struct made *made = &given.made;
    add_days(&given, "FIN", finland);
    add_days(&given, "EST", estonia);
    char day[DATE_TEXT];
    date_format(day_of(&given, 1), day);
    made_count(made, day, day, "FIN", "land", "exits_rus", 410, "guard");
    made_count(made, day, day, "EST", "land", "exits_rus", 51, "guard");
    made_door(made, "ee_shut", "EST", "2022-09-14", "tourism");
    struct watch_chain *chain = &given.chain;
    chain->input = (struct watch_input){.scenario = &made->s, .name = "scenarios/made"};
    assert_int_equal(book_scenario(&made->arena, &made->s, &chain->input.book, NULL), 0);
    put_alarm(&given, &alarms[0], "EST", " A door 3 wide.");
    put_alarm(&given, &alarms[1], "FIN", " The rest of it.");
    judge(&given, &judged[0], "EST");
    judge(&given, &judged[1], "FIN");
    chain->scan = (struct watch_scan){.input = &chain->input,
                                      .n_judged = 2,
                                      .judged = judged,
                                      .n_alarms = 2,
                                      .alarms = alarms,
                                      .false_alarms_a_year = 2,
                                      .summary = TEXT_LIT("2 of 2 series ring <here>.")};
    chain->scan.options.clock = WATCH_NEXT_DAY;
    replay(&given, WATCH_PUBLISHED);
    replay(&given, WATCH_NEXT_DAY);
    net(&given);
    trade(&given);
    struct ajar_err err = {0};
    buf_init(&given.page, 16 << 20);
    int code = report_write(&given.page, &made->s, NULL, chain, NULL, NULL, NULL, &page_meta, &err);
    assert_string_equal(err.text, "");
    assert_int_equal(code, 0);
    buf_char(&given.page, 0);
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

static void the_page_is_well_formed_and_its_sections_are_linked(void **state)
{
    struct given *given = *state;
    page_is_well_formed(given->page.at);
    struct text nav = between(given->page.at, "<nav ", "</nav>");
    assert_true(holds(nav, "#alarms") && holds(nav, "#replay") && holds(nav, "#flows") &&
                holds(nav, "#trade"));
}

static void an_alarm_stands_as_a_sentence_with_its_source(void **state)
{
    struct given *given = *state;
    struct text alarms = between(given->page.at, "<section id=\"alarms\"", "</section>");
    assert_true(holds(alarms, "2 of 2 series ring &lt;here&gt;."));
    assert_true(holds(alarms, "4,321 on 15 September 2022"));
    assert_true(holds(alarms, "The rest of it."));
    assert_true(holds(alarms, "t = 9.50 with 4 degrees of freedom"));
    assert_true(holds(alarms, "#source-guard"));
    assert_true(holds(alarms, "watch_alarms.csv"));
}

/* Neither the 3 nor what would give it away. */
static void figures_that_rest_on_a_small_count_are_kept_back(void **state)
{
    struct given *given = *state;
    struct text alarms = between(given->page.at, "<section id=\"alarms\"", "</section>");
    struct text replays = between(given->page.at, "<section id=\"replay\"", "</section>");
    struct text flows = between(given->page.at, "<section id=\"flows\"", "</section>");
    assert_true(holds(alarms, "would give a small count away"));
    assert_false(holds(alarms, "A door 3 wide"));
    assert_true(holds(alarms, "withheld"));
    assert_true(holds(alarms, "under 5"));
    size_t rings = 0;
    for (const char *at = replays.at;
         (at = memmem(at, (size_t)(replays.at + replays.n - at), "It rang at dawn", 15)) != NULL;
         at++) {
        rings++;
    }
    assert_int_equal(rings, 2); /* Finland's, on each clock */
    assert_true(holds(replays, "The figures are withheld."));
    assert_true(holds(flows, "under 5"));
    assert_true(holds(flows, "+800")); /* Finland's net */
    assert_false(holds(flows, "-48")); /* Estonia's: 3 - 51 */
    assert_false(holds(flows, "\xE2\x88\x92"
                              "48"));
    assert_false(holds(flows, "+29")); /* and as published */
}

static void the_data_has_the_figures_and_no_others(void **state)
{
    struct given *given = *state;
    json_t *data = data_of(given->page.at);
    const json_t *watch = json_object_get(data, "watch");
    const json_t *series = json_object_get(watch, "series");
    const json_t *alarms = json_object_get(watch, "alarms");
    assert_int_equal(json_array_size(series), 4);
    assert_int_equal(json_array_size(alarms), 2);
    const json_t *hidden = json_array_get(alarms, 0), *shown = json_array_get(alarms, 1);
    assert_true(json_is_null(json_object_get(hidden, "count")));
    assert_true(json_is_null(json_object_get(hidden, "expected")));
    assert_true(json_is_null(json_object_get(hidden, "bound")));
    assert_near(json_number_value(json_object_get(shown, "count")), 4321, 0);
    assert_near(json_number_value(json_object_get(shown, "bound")), 1777.5, 0);
    struct text json = between(given->page.at, "id=\"ajar-data\">", "</script>");
    assert_false(holds(json, "\"count\":3,") || holds(json, "\"value\":3,") ||
                 holds(json, "\"in\":3,") || holds(json, "\"perDay\":3,"));
    size_t points[2] = {0, 0}, i;
    const json_t *one;
    json_array_foreach(series, i, one)
    {
        const char *code =
            json_string_value(json_object_get(json_object_get(one, "place"), "code"));
        points[strcmp(code, "FIN") == 0] += json_array_size(json_object_get(one, "points"));
    }
    assert_int_equal(points[0], 0);
    assert_int_equal(points[1], 1);
    json_decref(data);
}

/* A count of 15 September stands from the 28th, the day of its source, and from the next morning. */
static void values_know_their_mornings(void **state)
{
    struct given *given = *state;
    json_t *data = data_of(given->page.at);
    const json_t *watch = json_object_get(data, "watch");
    const json_t *all = json_object_get(watch, "series"), *series = NULL, *one;
    size_t i;
    json_array_foreach(all, i, one)
    {
        const char *code =
            json_string_value(json_object_get(json_object_get(one, "place"), "code"));
        series = strcmp(code, "FIN") == 0 && json_array_size(json_object_get(one, "values")) > 1
                     ? one
                     : series;
    }
    const json_t *last = json_array_get(json_object_get(series, "values"), DAYS - 1);
    assert_near(json_number_value(json_object_get(last, "count")), 4321, 0);
    assert_true(json_is_null(json_object_get(last, "published"))); /* not by the 16th */
    assert_string_equal(json_string_value(json_array_get(json_object_get(last, "nextDay"), 0)),
                        "2022-09-16");
    json_decref(data);
}

static void trade_says_the_ratios_with_their_cautions(void **state)
{
    struct given *given = *state;
    struct text trade = between(given->page.at, "<section id=\"trade\"", "</section>");
    assert_true(holds(trade, "1.07 in 2021, 2.33 in 2022, 3.03 in 2023"));
    assert_true(holds(trade, "1 of 1 flows are flagged"));
    assert_true(holds(trade, mirror_cautions()[0]));
    assert_true(holds(trade, "never a charge"));
    json_t *data = data_of(given->page.at);
    const json_t *flow =
        json_array_get(json_object_get(json_object_get(data, "watch"), "trade"), 0);
    const json_t *month = json_array_get(json_object_get(flow, "months"), 1);
    assert_string_equal(json_string_value(json_array_get(month, 0)), "2022-02-01");
    assert_near(json_number_value(json_array_get(month, 1)), 9.9e7, 0);
    assert_int_equal(json_integer_value(json_array_get(month, 3)), 1);
    json_decref(data);
}

static void without_a_chain_there_is_no_such_section(void **state)
{
    struct given *given = *state;
    struct buf page;
    buf_init(&page, 16 << 20);
    write_page(&page, &given->made.s, NULL);
    page_is_well_formed(page.at);
    assert_false(holds(body_of(page.at), "id=\"alarms\""));
    json_t *data = data_of(page.at);
    assert_true(json_is_null(json_object_get(data, "watch")));
    json_decref(data);
    buf_free(&page);
}

/* Nothing found is no failure. */
static void an_empty_chain_gives_a_page(void **state)
{
    struct given *given = *state;
    struct buf page;
    struct ajar_err err = {0};
    struct watch_chain empty = {.input = {.scenario = &given->made.s, .name = "made"}};
    empty.input.book.names = given->made.s.names;
    empty.scan.input = &empty.input;
    empty.scan.summary = TEXT_LIT("No series.");
    buf_init(&page, 16 << 20);
    assert_int_equal(
        report_write(&page, &given->made.s, NULL, &empty, NULL, NULL, NULL, &page_meta, &err), 0);
    buf_char(&page, 0);
    page_is_well_formed(page.at);
    buf_free(&page);
}

static void a_full_buffer_is_an_error_and_no_crash(void **state)
{
    struct given *given = *state;
    for (size_t ceiling = 1; ceiling < given->page.n - 1; ceiling = ceiling * 5 + 3) {
        struct buf page;
        struct ajar_err err = {0};
        buf_init(&page, ceiling);
        assert_int_equal(report_write(&page, &given->made.s, NULL, &given->chain, NULL, NULL, NULL,
                                      &page_meta, &err),
                         E_CEILING);
        buf_free(&page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_well_formed_and_its_sections_are_linked),
        cmocka_unit_test(an_alarm_stands_as_a_sentence_with_its_source),
        cmocka_unit_test(figures_that_rest_on_a_small_count_are_kept_back),
        cmocka_unit_test(the_data_has_the_figures_and_no_others),
        cmocka_unit_test(values_know_their_mornings),
        cmocka_unit_test(trade_says_the_ratios_with_their_cautions),
        cmocka_unit_test(without_a_chain_there_is_no_such_section),
        cmocka_unit_test(an_empty_chain_gives_a_page),
        cmocka_unit_test(a_full_buffer_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
