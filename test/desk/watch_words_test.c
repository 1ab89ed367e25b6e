#include "watch_made.h"

static void says(struct buf *buf, const char *wanted)
{
    buf_char(buf, 0);
    assert_string_equal(buf->at, wanted);
    buf_free(buf);
}

static void rate_is(double p, int step_days, const char *wanted)
{
    struct buf buf;
    buf_init(&buf, 4096);
    watch_say_rate(&buf, p, step_days);
    says(&buf, wanted);
}

static void rates_are_told_in_weeks(void **state)
{
    (void)state;
    rate_is(1 / 365.25, 1, "once in 52 weeks");
    rate_is(0.00157, 1, "once in 91 weeks (1.7 years)");
    rate_is(7 / 365.25, 7, "once in 52 weeks");
    rate_is(0.1, 1, "once in 10 days");
    rate_is(1.0 / 3653, 1, "once in 522 weeks (10 years)");
    rate_is(1, 1, "every day");
    rate_is(1e-9, 1, "less than once in 1,000 years");
    rate_is(0, 1, "less than once in 1,000 years");
    rate_is((double)NAN, 1, "at a rate not known");
}

static void statistic_is(enum watch_detector detector, double statistic, double df,
                         const char *wanted)
{
    const struct watch_verdict verdict = {.detector = detector, .statistic = statistic, .df = df};
    struct buf buf;
    buf_init(&buf, 4096);
    watch_say_statistic(&buf, &verdict);
    says(&buf, wanted);
}

static void statistics_have_their_letters(void **state)
{
    (void)state;
    statistic_is(WATCH_T, 9.757, 3, "t = 9.76 with 3 degrees of freedom");
    statistic_is(WATCH_T, 9.757, 2.978, "t = 9.76 with 3 degrees of freedom");
    statistic_is(WATCH_TOTALS, 3.7388, (double)INFINITY, "z = 3.74");
    statistic_is(WATCH_C2, 7.577, (double)NAN, "C2 = 7.58");
    statistic_is(WATCH_CUSUM, 26.71, (double)NAN, "S = 26.71");
    statistic_is(WATCH_CHANGE, 0.97, (double)NAN, "probability of a change 97 %");
    statistic_is(WATCH_T, (double)NAN, 3, "no statistic");
}

static void detectors_have_a_word_and_a_title(void **state)
{
    (void)state;
    for (int d = WATCH_AUTO; d < WATCH_DETECTORS; d++) {
        assert_true(strlen(watch_detector_word((enum watch_detector)d)) > 0);
        assert_true(strlen(watch_detector_title((enum watch_detector)d)) > 0);
        for (int other = WATCH_AUTO; other < d; other++) {
            assert_string_not_equal(watch_detector_word((enum watch_detector)d),
                                    watch_detector_word((enum watch_detector)other));
        }
    }
    assert_string_equal(watch_detector_word(WATCH_WEEKDAY), "weekday");
    assert_string_equal(watch_detector_word(WATCH_DETECTORS), "");
}

static bool series_is(const struct watch_input *input, uint32_t series, const char *wanted)
{
    struct buf buf;
    buf_init(&buf, 4096);
    watch_say_series(&buf, input, series);
    bool same = text_is(buf_view(&buf), wanted);
    buf_free(&buf);
    return same;
}

static void series_of_a_scenario_are_told_in_words(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "Finland, entries of Russians, land: eastern border",
        "Finland, entries of Russians, land: Vaalimaa, Nuijamaa and Imatra",
        "Finland, crossings in both directions of Russians, land: Vaalimaa, Nuijamaa and Imatra",
        "Norway, entries of all nationalities, land: Storskog",
        "All countries, exits in persons of Russians, all routes",
        "Estonia, entries of Russians, land, all points"};
    struct watch_made made;
    watch_made_shipped(&made);
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
        size_t found = 0;
        for (uint32_t i = 0; i < made.input.book.n; i++) {
            found += series_is(&made.input, i, wanted[w]);
        }
        if (found != 1) {
            fail_msg("%zu series are '%s'", found, wanted[w]);
        }
    }
    watch_made_end(&made);
}

static void series_of_a_file_keep_its_words(void **state)
{
    (void)state;
    static const double count[] = {1, 2};
    struct watch_made made;
    watch_made_file(&made, 2);
    watch_made_series(&made, 0, "North gate", "day_entries", 0, 1, 2, count);
    watch_made_series(&made, 1, "", "", 0, 1, 2, count);
    assert_true(series_is(&made.input, 0, "North gate, day entries"));
    assert_true(series_is(&made.input, 1, "counts.csv"));
    watch_made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_told_in_weeks),
        cmocka_unit_test(statistics_have_their_letters),
        cmocka_unit_test(detectors_have_a_word_and_a_title),
        cmocka_unit_test(series_of_a_scenario_are_told_in_words),
        cmocka_unit_test(series_of_a_file_keep_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
