#include "watch_made.h"

#include "dist.h"
#include "pool.h"
#include "rng.h"

#define SOUTH_EAST "land:Vaalimaa+Nuijamaa+Imatra"
#define EAST       "land:eastern border"

static void known_next_day(struct watch_made *made, const char *day)
{
    made->options.clock = WATCH_NEXT_DAY;
    made->options.as_known = watch_made_day(day);
}

/* By hand: x = sqrt(y + 3/8), t = (x - mean) / (sd sqrt(1 + 1/4)), 3 degrees of freedom: t = 8.80, p =
 * 0.0015.  The detector's floor of the scatter may only make p larger, by little. */
static void the_rise_of_21_september_rings_the_next_morning(void **state)
{
    (void)state;
    static const double before[] = {2794, 2874, 2804, 3099};
    double mean = 0, squares = 0;
    for (int i = 0; i < 4; i++) {
        mean += sqrt(before[i] + 0.375) / 4;
    }
    for (int i = 0; i < 4; i++) {
        squares += pow(sqrt(before[i] + 0.375) - mean, 2);
    }
    double t = (sqrt(4443.375) - mean) / (sqrt(squares / 3) * sqrt(1.25));
    double p = dist_t_sf(t, 3);
    struct watch_made made;
    watch_made_shipped(&made);
    known_next_day(&made, "2022-09-22");
    made.options.place = "FIN";
    watch_made_scan(&made, NULL);
    const struct watch_alarm *alarm = watch_made_alarm(&made, SOUTH_EAST, "2022-09-21");
    assert_non_null(alarm);
    assert_int_equal(alarm->verdict.detector, WATCH_T);
    assert_true(alarm->verdict.p >= p && alarm->verdict.p < 1.2 * p && p > 0.0014 && p < 0.0016);
    assert_true(alarm->verdict.p < 1 / 365.25);
    assert_int_equal(alarm->verdict.base_n, 4);
    assert_int_equal(alarm->known, watch_made_day("2022-09-22"));
    assert_int_equal(alarm->earliest.day, watch_made_day("2022-09-22"));
    assert_int_equal(alarm->age_days, 1);
    assert_int_equal(alarm->run_from, alarm->from);
    watch_made_end(&made);
}

static void its_sentence_says_all_that_an_alarm_must_carry(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    known_next_day(&made, "2022-09-22");
    watch_made_scan(&made, NULL);
    const struct watch_alarm *alarm = watch_made_alarm(&made, SOUTH_EAST, "2022-09-21");
    assert_non_null(alarm);
    struct text said = alarm->sentence;
    assert_holds(said,
                 "Finland, entries of Russians, land: Vaalimaa, Nuijamaa and Imatra: 4,443 on "
                 "21 September 2022");
    assert_holds(said, "from 4 days between 14 and 20 September 2022");
    assert_holds(said, "degrees of freedom, p = 0.001");
    assert_holds(said, " weeks (1.");
    assert_holds(said, "known the next morning; it is 1 day old");
    assert_holds(said, "Rules changed within three days: Russia refuses exit to");
    assert_holds(said, "(from 19 September 2022, ee_sep19)");
    assert_holds(said, "No other door has counts for these days.");
    assert_holds(said, "entries, not people who stayed");
    assert_false(watch_made_holds(said, "surge"));
    assert_holds(made.scan.summary, "2 of 2 series ring");
    assert_holds(made.scan.summary, "about 2 false alarms a year over all 2 series judged");
    watch_made_end(&made);
}

static void the_day_before_the_order_is_quiet(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    known_next_day(&made, "2022-09-20");
    made.options.place = "FIN";
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_alarms, 0);
    assert_true(made.scan.n_judged > 0);
    assert_holds(made.scan.summary, "None of ");
    watch_made_end(&made);
}

/* Rules that begin or end from 18 to 24 September, read off doors.csv: no row of Finland, one of Russia. */
static void rules_are_those_within_three_days_own_and_exit_first(void **state)
{
    (void)state;
    static const char *const ids[] = {"ru_decree", "de_visa",  "ee_own_visas",     "ee_sep19",
                                      "lt_sep19",  "lv_sep19", "no_storskog_open", "pl_sep19_land"};
    struct watch_made made;
    watch_made_shipped(&made);
    known_next_day(&made, "2022-09-22");
    watch_made_scan(&made, NULL);
    const struct watch_alarm *alarm = watch_made_alarm(&made, SOUTH_EAST, "2022-09-21");
    assert_non_null(alarm);
    assert_int_equal(alarm->n_doors, sizeof ids / sizeof *ids);
    for (size_t i = 0; i < alarm->n_doors; i++) {
        struct text id = scenario_name(&made.scenario, made.scenario.doors.id[alarm->doors[i]]);
        assert_true(text_is(id, ids[i]));
    }
    watch_made_end(&made);
}

/* z = ln(4824 / 3133) / sqrt(1/4824 + 1/3133 + 2 noise^2) is the normal quantile of 1 - 1/365.25. */
static void what_was_published_could_ring_on_22_september_from_one_pair(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.since = watch_made_day("2022-09-12");
    watch_made_scan(&made, NULL);
    const struct watch_alarm *alarm = watch_made_alarm(&made, EAST, "2022-09-21");
    assert_non_null(alarm);
    const struct watch_series *series = &made.input.book.series[alarm->series];
    const struct watch_earliest *earliest = &alarm->earliest;
    assert_int_equal(earliest->day, watch_made_day("2022-09-22"));
    assert_int_equal(earliest->verdict.detector, WATCH_TOTALS);
    const struct watch_value *count = &series->value[earliest->count_value];
    const struct watch_value *base = &series->value[earliest->base_value];
    assert_true(count->count == 4824 && base->count == 3133);
    assert_int_equal(base->from, watch_made_day("2022-09-14"));
    assert_true(text_is(scenario_name(&made.scenario, count->source), "fi_reuters_0922"));
    assert_int_equal(count->source, base->source);
    double z = dist_normal_quantile(1 - 1 / 365.25), ratio = log(4824.0 / 3133) / z;
    double most = sqrt((ratio * ratio - 1.0 / 4824 - 1.0 / 3133) / 2);
    assert_true(fabs(earliest->noise_most - most) < 1e-9);
    assert_holds(alarm->sentence,
                 "It could ring from 22 September 2022 on, from two figures: 4,824 on "
                 "21 September 2022 against 3,133 on 14 September 2022 (source "
                 "fi_reuters_0922, dated 22 September 2022)");
    assert_holds(alarm->sentence, "scatter by less than 10.9 % beyond counting");
    alarm = watch_made_alarm(&made, SOUTH_EAST, "2022-09-21");
    assert_non_null(alarm);
    assert_int_equal(alarm->earliest.day, watch_made_day("2022-09-23"));
    assert_holds(alarm->sentence, "could ring from 23 September 2022");
    assert_holds(alarm->sentence, "fi_rbc_0923, dated 23 September 2022");
    watch_made_end(&made);
}

static void nothing_of_finland_was_published_by_21_september(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.as_known = watch_made_day("2022-09-21");
    made.options.place = "FIN";
    made.options.measure = "entries_rus";
    assert_int_equal(
        watch_scan(&made.arena, &made.input, &made.options, NULL, NULL, &made.scan, &made.err),
        E_WATCH_NOTHING);
    watch_made_end(&made);
}

static int fails(struct watch_made *made, const char *place, const char *measure, const char *route)
{
    made->options.place = place;
    made->options.measure = measure;
    made->options.route = route;
    return watch_scan(&made->arena, &made->input, &made->options, NULL, NULL, &made->scan,
                      &made->err);
}

static void words_that_are_not_there_are_met_with_the_likely_one(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    assert_int_equal(fails(&made, "Finland", NULL, NULL), E_WATCH_PLACE);
    assert_string_equal(made.err.hint, "Did you mean 'FIN'?");
    assert_int_equal(fails(&made, "FIN", "entris_rus", NULL), E_WATCH_MEASURE);
    assert_string_equal(made.err.hint, "Did you mean 'entries_rus'?");
    assert_int_equal(fails(&made, NULL, NULL, "eastern border"), E_WATCH_ROUTE);
    assert_string_equal(made.err.hint, "Did you mean 'land:eastern border'?");
    assert_int_equal(fails(&made, "KAZ", NULL, "land:eastern border"), E_WATCH_NOTHING);
    watch_made_end(&made);
}

/* 14 quiet days of several doors, then a day on which door 1 doubles; by hand: door 1 rises from 1,000 to
 * 2,000, door 2 from 500 to 600, door 3 stands at 300. */
static void doors(struct watch_made *made)
{
    static const double level[] = {1000, 500, 300}, now[] = {2000, 600, 300};
    static const int wave[] = {3, -8, 12, -5, 9, -11, 4, -4, 11, -9, 5, -12, 8, -3};
    watch_made_file(made, 4);
    for (size_t d = 0; d < 3; d++) {
        double count[15];
        for (size_t i = 0; i < 14; i++) {
            count[i] = level[d] + wave[(i + 5 * d) % 14];
        }
        count[14] = now[d];
        char place[] = "door 1";
        place[5] = (char)('1' + d);
        watch_made_series(made, d, place, "entries", watch_made_day("2024-01-01"), 1, 15, count);
    }
    static const double other[] = {70, 71, 72};
    watch_made_series(made, 3, "door 1", "exits", watch_made_day("2024-01-01"), 1, 3, other);
    made->options.clock = WATCH_NEXT_DAY;
}

static void the_rise_is_laid_to_the_doors_that_carry_it(void **state)
{
    (void)state;
    struct watch_made made;
    doors(&made);
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_alarms, 2);
    const struct watch_alarm *alarm = &made.scan.alarms[0];
    assert_int_equal(alarm->series, 0);
    assert_int_equal(alarm->n_parts, 3);
    double rise = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct watch_series *series = &made.input.book.series[alarm->parts[i].series];
        double before = 0, n = 0;
        for (size_t k = 0; k < 14; k++) {
            bool base = series->value[k].from >= alarm->verdict.base_from &&
                        series->value[k].to <= alarm->verdict.base_to;
            before += base ? series->value[k].count : 0;
            n += base;
        }
        assert_int_equal(n, alarm->verdict.base_n);
        assert_true(fabs(alarm->parts[i].before - before / n) < 1e-9);
        assert_true(alarm->parts[i].after == series->value[14].count);
        rise += alarm->parts[i].after - alarm->parts[i].before;
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(alarm->parts[i].series, i);
        double share = (alarm->parts[i].after - alarm->parts[i].before) / rise;
        assert_true(fabs(alarm->parts[i].contribution - share) < 1e-12);
    }
    assert_true(alarm->parts[0].q < 0.001);
    assert_holds(alarm->sentence, "Of the rise over 3 doors: door 1 91 %");
    assert_holds(alarm->sentence, "door 1, entries: 2,000 on 15 January 2024");
    assert_int_equal(alarm->n_doors, 0);
    watch_made_end(&made);
}

static void a_budget_is_spread_over_all_series_judged(void **state)
{
    (void)state;
    struct watch_made made;
    doors(&made);
    made.options.false_alarms_a_year = 0.5;
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_judged, 4);
    assert_true(fabs(made.scan.options.detect.alarm_every_days - 4 * 365.25 / 0.5) < 1e-9);
    assert_true(fabs(made.scan.false_alarms_a_year - 0.5) < 1e-12);
    assert_holds(made.scan.summary, "about 0.5 false alarms a year over all 4 series judged");
    made.options.false_alarms_a_year = -1;
    assert_int_equal(fails(&made, NULL, NULL, NULL), E_WATCH_OPTION);
    watch_made_end(&made);
}

static void a_run_keeps_its_first_day_across_a_missing_one(void **state)
{
    (void)state;
    double count[20];
    struct watch_made made;
    watch_made_file(&made, 1);
    for (size_t i = 0; i < 20; i++) {
        count[i] = i < 15 ? 100 + (double)(i * 7 % 5) : 400;
    }
    count[17] = (double)NAN;
    watch_made_series(&made, 0, "", "", watch_made_day("2024-01-01"), 1, 20, count);
    made.options.clock = WATCH_NEXT_DAY;
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_alarms, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(made.scan.alarms[i].run_from, watch_made_day("2024-01-16"));
    }
    assert_holds(made.scan.alarms[3].sentence, "counts.csv: 400 on 20 January 2024");
    assert_holds(made.scan.alarms[3].sentence, "rung on every count since 16 January 2024");
    watch_made_end(&made);
}

/* 120 days about 100, then a rise by 12 % that no single day betrays. */
static void a_sustained_shift_is_told_as_one(void **state)
{
    (void)state;
    double count[160];
    struct watch_made made;
    watch_made_file(&made, 1);
    for (size_t i = 0; i < 160; i++) {
        struct rng rng = rng_at(11, 1, (uint32_t)i, 0);
        count[i] = (double)rng_poisson(&rng, i < 120 ? 100 : 112);
    }
    watch_made_series(&made, 0, "gate", "entries", watch_made_day("2024-01-01"), 1, 160, count);
    made.options.clock = WATCH_NEXT_DAY;
    made.options.since = watch_made_day("2024-04-30");
    watch_made_scan(&made, NULL);
    const struct watch_alarm *sustained = NULL;
    for (size_t i = 0; i < made.scan.n_alarms && sustained == NULL; i++) {
        sustained = made.scan.alarms[i].sustained ? &made.scan.alarms[i] : NULL;
    }
    assert_non_null(sustained);
    assert_int_equal(sustained->verdict.detector, WATCH_CUSUM);
    assert_true(sustained->verdict.since >= watch_made_day("2024-04-20"));
    assert_true(isnan(sustained->verdict.p) && sustained->verdict.rate > 0);
    assert_holds(sustained->sentence, "gate, entries, a sustained shift: ");
    assert_holds(sustained->sentence, "the excess adds up since ");
    assert_holds(sustained->sentence, "The CUSUM rings about once in 104 weeks (2.0 years)");
    assert_false(watch_made_holds(sustained->sentence, "A rise like this"));
    watch_made_end(&made);
}

static void a_level_that_rings_for_long_is_accepted_and_said_so(void **state)
{
    (void)state;
    double count[60];
    struct watch_made made;
    watch_made_file(&made, 1);
    for (size_t i = 0; i < 60; i++) {
        count[i] = (i < 20 ? 100 : 300) + (double)(i * 7 % 5);
    }
    watch_made_series(&made, 0, "gate", "entries", watch_made_day("2024-01-01"), 1, 60, count);
    made.options.clock = WATCH_NEXT_DAY;
    made.options.since = watch_made_day("2024-01-01");
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_alarms, WATCH_FREEZE_MOST);
    const struct watch_alarm *last = &made.scan.alarms[WATCH_FREEZE_MOST - 1];
    assert_true(last->accepted);
    assert_int_equal(last->run_from, watch_made_day("2024-01-21"));
    assert_holds(last->sentence, "this level is taken as the new normal from here on");
    assert_false(made.scan.alarms[0].accepted);
    watch_made_end(&made);
}

static void what_is_no_count_is_not_judged_and_says_why(void **state)
{
    (void)state;
    static const double count[] = {10, 12, 11, 9}, below[] = {5, -3, 2, 1};
    struct watch_made made;
    watch_made_file(&made, 4);
    date_days first = watch_made_day("2024-01-01");
    watch_made_series(&made, 0, "a", "rate", first, 1, 4, count);
    made.input.book.series[0].kind = KIND_RATE;
    watch_made_series(&made, 1, "b", "net", first, 1, 4, below);
    watch_made_series(&made, 2, "c", "once", first, 1, 1, count);
    watch_made_series(&made, 3, "d", "monthly", first, 30, 4, count);
    made.options.clock = WATCH_NEXT_DAY;
    watch_made_scan(&made, NULL);
    assert_int_equal(made.scan.n_judged, 0);
    assert_int_equal(made.scan.n_not_judged, 4);
    static const char *const why[] = {"daily averages", "below 0", "single count", "no two counts"};
    for (size_t i = 0; i < 4; i++) {
        assert_non_null(strstr(made.scan.judged[i].why_not, why[i]));
    }
    assert_holds(made.scan.summary, "No series has two counts to compare");
    watch_made_end(&made);
}

static void tables_and_sentences_are_the_same_at_any_number_of_threads(void **state)
{
    (void)state;
    struct pool *pool;
    struct watch_file *files[2];
    size_t n[2];
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.clock = WATCH_NEXT_DAY;
    made.options.since = watch_made_day("2022-01-01");
    assert_int_equal(pool_open(&pool, 2, NULL), 0);
    for (int threads = 0; threads < 2; threads++) {
        watch_made_scan(&made, threads == 0 ? NULL : pool);
        assert_int_equal(
            watch_scan_files(&made.arena, &made.scan, &files[threads], &n[threads], NULL), 0);
    }
    pool_close(pool);
    assert_int_equal(n[0], 2);
    for (size_t i = 0; i < 2; i++) {
        assert_true(text_eq(files[0][i].bytes, files[1][i].bytes));
    }
    assert_string_equal(files[0][0].name, "watch_alarms.csv");
    assert_holds(files[0][0].bytes, "FIN,land:Vaalimaa+Nuijamaa+Imatra,entries_rus,crossings,"
                                    "2022-09-21,2022-09-21,4443,");
    assert_holds(files[0][1].bytes, "EST,land:Narva,crossings_daily");
    watch_made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rise_of_21_september_rings_the_next_morning),
        cmocka_unit_test(its_sentence_says_all_that_an_alarm_must_carry),
        cmocka_unit_test(the_day_before_the_order_is_quiet),
        cmocka_unit_test(rules_are_those_within_three_days_own_and_exit_first),
        cmocka_unit_test(what_was_published_could_ring_on_22_september_from_one_pair),
        cmocka_unit_test(nothing_of_finland_was_published_by_21_september),
        cmocka_unit_test(words_that_are_not_there_are_met_with_the_likely_one),
        cmocka_unit_test(the_rise_is_laid_to_the_doors_that_carry_it),
        cmocka_unit_test(a_budget_is_spread_over_all_series_judged),
        cmocka_unit_test(a_run_keeps_its_first_day_across_a_missing_one),
        cmocka_unit_test(a_sustained_shift_is_told_as_one),
        cmocka_unit_test(a_level_that_rings_for_long_is_accepted_and_said_so),
        cmocka_unit_test(what_is_no_count_is_not_judged_and_says_why),
        cmocka_unit_test(tables_and_sentences_are_the_same_at_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
