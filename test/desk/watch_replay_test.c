#include "watch_made.h"

#include "pool.h"

static void replay(struct watch_made *made, date_days from, date_days to, struct pool *pool)
{
    if (watch_replay(&made->arena, &made->input, &made->options, from, to, pool, NULL,
                     &made->replay, &made->err) != 0) {
        fail_msg("%s: %s", made->err.slug, made->err.text);
    }
}

static void the_published_figures_first_ring_on_22_september(void **state)
{
    (void)state;
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.place = "FIN";
    made.options.measure = "entries_rus";
    replay(&made, watch_made_day("2022-09-12"), watch_made_day("2022-10-10"), NULL);
    assert_holds(made.replay.summary,
                 "The first alarm would have rung on 22 September 2022, from what "
                 "had been published by then. Finland, entries of Russians, land: "
                 "eastern border: 4,824 on 21 September 2022");
    for (size_t i = 0; i < made.replay.n; i++) {
        const struct watch_replay_day *day = &made.replay.days[i];
        assert_true(!day->rings || day->day >= watch_made_day("2022-09-22"));
        assert_true(day->rings == (day->sentence.n > 0));
    }
    watch_made_end(&made);
}

/* Every day of a replay is what a scan as known on that day says of the last period. */
static void each_day_is_the_scan_of_that_day(void **state)
{
    (void)state;
    size_t rings = 0;
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.clock = WATCH_NEXT_DAY;
    replay(&made, watch_made_day("2022-09-12"), watch_made_day("2022-10-10"), NULL);
    assert_true(made.replay.n > 20);
    for (size_t i = 0; i < made.replay.n; i++) {
        const struct watch_replay_day *day = &made.replay.days[i];
        const struct watch_judged *judged = NULL;
        made.options.as_known = day->day;
        watch_made_scan(&made, NULL);
        for (size_t k = 0; k < made.scan.n_judged + made.scan.n_not_judged; k++) {
            judged = made.scan.judged[k].series == day->series ? &made.scan.judged[k] : judged;
        }
        assert_non_null(judged);
        assert_int_equal(day->n_known, judged->known.n);
        assert_int_equal(day->judged, judged->why_not == NULL);
        assert_int_equal(day->rings, judged->at_last.rings);
        if (day->rings) {
            assert_true(day->verdict.statistic == judged->at_last.main.statistic);
            rings++;
        }
    }
    assert_true(rings >= 3);
    watch_made_end(&made);
}

/* Ten days of a user's file; the fifth is 100 at first and 160 when corrected on the eighth. */
static void corrected(struct watch_made *made)
{
    double count[10];
    for (size_t i = 0; i < 10; i++) {
        count[i] = 100 + (double)(i % 3);
    }
    count[4] = 100;
    count[9] = (double)NAN; /* leaves room for the correction */
    watch_made_file(made, 1);
    watch_made_series(made, 0, "gate", "", watch_made_day("2024-01-01"), 1, 10, count);
    struct watch_series *series = &made->input.book.series[0];
    for (size_t i = 0; i < series->n; i++) {
        series->value[i].published = series->value[i].to + 1;
    }
    memmove(&series->value[6], &series->value[5], 4 * sizeof *series->value);
    series->value[5] = series->value[4];
    series->value[5].count = 160;
    series->value[5].published = watch_made_day("2024-01-08");
    series->n++;
}

static void a_replaced_count_is_noticed_on_its_day(void **state)
{
    (void)state;
    struct watch_made made;
    corrected(&made);
    replay(&made, DATE_NONE, DATE_NONE, NULL);
    assert_int_equal(made.replay.n, 9);
    for (size_t i = 0; i < made.replay.n; i++) {
        const struct watch_replay_day *day = &made.replay.days[i];
        assert_int_equal(day->day, watch_made_day("2024-01-02") + (date_days)i);
        assert_int_equal(day->n_known, i + 1);
        assert_int_equal(day->n_new, 1);
        assert_int_equal(day->last_to, day->day - 1);
        assert_int_equal(day->revised, day->day == watch_made_day("2024-01-08"));
    }
    assert_holds(made.replay.summary, "Counts known before were replaced on 1 occasion.");
    watch_made_end(&made);
}

static void a_replay_that_starts_late_knows_what_was_known_before(void **state)
{
    (void)state;
    struct watch_made made;
    corrected(&made);
    replay(&made, watch_made_day("2024-01-06"), watch_made_day("2024-01-07"), NULL);
    assert_int_equal(made.replay.n, 2);
    assert_int_equal(made.replay.days[0].n_known, 5);
    assert_int_equal(made.replay.days[0].n_new, 1);
    assert_holds(made.replay.summary, "Nothing would have rung from 6 to 7 January 2024.");
    watch_made_end(&made);
}

static void what_cannot_be_replayed_says_so(void **state)
{
    (void)state;
    static const double count[] = {1, 2, 3};
    struct watch_made made;
    watch_made_file(&made, 1);
    watch_made_series(&made, 0, "gate", "", watch_made_day("2024-01-01"), 1, 3, count);
    assert_int_equal(watch_replay(&made.arena, &made.input, &made.options, DATE_NONE, DATE_NONE,
                                  NULL, NULL, &made.replay, &made.err),
                     E_WATCH_NOTHING);
    made.options.clock = WATCH_NEXT_DAY;
    assert_int_equal(watch_replay(&made.arena, &made.input, &made.options, 20000, 19000, NULL, NULL,
                                  &made.replay, &made.err),
                     E_WATCH_OPTION);
    watch_made_end(&made);
}

static void days_are_the_same_at_any_number_of_threads(void **state)
{
    (void)state;
    struct pool *pool;
    struct watch_replay first;
    struct watch_made made;
    watch_made_shipped(&made);
    made.options.clock = WATCH_NEXT_DAY;
    replay(&made, watch_made_day("2022-09-01"), watch_made_day("2022-11-30"), NULL);
    first = made.replay;
    assert_int_equal(pool_open(&pool, 2, NULL), 0);
    replay(&made, watch_made_day("2022-09-01"), watch_made_day("2022-11-30"), pool);
    pool_close(pool);
    assert_int_equal(first.n, made.replay.n);
    assert_true(text_eq(first.summary, made.replay.summary));
    for (size_t i = 0; i < first.n; i++) {
        const struct watch_replay_day *a = &first.days[i], *b = &made.replay.days[i];
        assert_true(a->day == b->day && a->series == b->series && a->rings == b->rings &&
                    a->first == b->first && a->n_new == b->n_new && a->revised == b->revised);
        assert_true(text_eq(a->sentence, b->sentence));
    }
    watch_made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_figures_first_ring_on_22_september),
        cmocka_unit_test(each_day_is_the_scan_of_that_day),
        cmocka_unit_test(a_replaced_count_is_noticed_on_its_day),
        cmocka_unit_test(a_replay_that_starts_late_knows_what_was_known_before),
        cmocka_unit_test(what_cannot_be_replayed_says_so),
        cmocka_unit_test(days_are_the_same_at_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
