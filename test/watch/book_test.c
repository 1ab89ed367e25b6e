/* Series as they were known, on the shipped scenario. */
#include <math.h>

#include "book_rows.h"
#include "shipped.h"

#define SOUTH_EAST "land:Vaalimaa+Nuijamaa+Imatra"
#define EAST       "land:eastern border"

static const struct watch_series *series_of(const struct shipped *at, const char *place,
                                            const char *route, const char *measure)
{
    for (size_t s = 0; s < at->book.n; s++) {
        const struct watch_series *series = &at->book.series[s];
        if (text_is(names_word(at->book.names, series->place), place) &&
            text_is(names_word(at->book.names, series->route), route) &&
            text_is(names_word(at->book.names, series->measure_word), measure)) {
            return series;
        }
    }
    fail_msg("no series %s %s %s", place, route, measure);
    return NULL;
}

static void known_of(struct shipped *at, const struct watch_series *series, enum watch_clock clock,
                     const char *as_known, struct watch_known *out)
{
    date_days known = as_known == NULL ? DATE_NONE : day(as_known);
    assert_int_equal(book_known(&at->arena, series, clock, known, out, NULL), 0);
}

/* The day grid holds these counts from this day on; a negative one stands for a missing day. */
static void expect_days(const struct watch_known *known, const char *first, size_t n,
                        const double *count)
{
    assert_int_equal(known->day.n, n);
    assert_int_equal(known->day.step_days, 1);
    assert_int_equal(known->day.first, n > 0 ? day(first) : DATE_NONE);
    for (size_t i = 0; i < n; i++) {
        if (count[i] < 0) {
            assert_true(isnan(known->day.y[i]));
            assert_int_equal(known->day_value[i], BOOK_NONE);
        } else {
            assert_true(known->day.y[i] == count[i]);
            assert_true(known->series->value[known->day_value[i]].count == count[i]);
        }
    }
}

static void every_row_stands_in_one_series_in_order(void **state)
{
    const struct shipped *at = *state;
    const struct arrivals *arrivals = &at->scenario.arrivals;
    uint8_t seen[2000] = {0};
    size_t rows = 0;
    assert_true(arrivals->n <= sizeof seen);
    for (size_t s = 0; s < at->book.n; s++) {
        const struct watch_series *series = &at->book.series[s];
        assert_true(series->n > 0);
        for (size_t i = 0; i < series->n; i++) {
            const struct watch_value *value = &series->value[i];
            assert_int_equal(seen[value->row]++, 0);
            assert_int_equal(arrivals->country[value->row], series->place);
            assert_int_equal(arrivals->route[value->row], series->route);
            assert_int_equal(arrivals->measure[value->row], series->measure);
            assert_true(arrivals->value[value->row] == value->count);
            assert_true(i == 0 || value[-1].from <= value->from);
        }
        rows += series->n;
    }
    assert_int_equal(rows, arrivals->n);
    for (size_t s = 1; s < at->book.n; s++) {
        const struct watch_series *a = &at->book.series[s - 1], *b = &at->book.series[s];
        int order =
            text_cmp(names_word(at->book.names, a->place), names_word(at->book.names, b->place));
        assert_true(order <= 0);
    }
}

static void the_agency_had_its_counts_the_morning_after(void **state)
{
    struct shipped *at = *state;
    const struct watch_series *series = series_of(at, "FIN", SOUTH_EAST, "entries_rus");
    struct watch_known known;
    assert_int_equal(series->kind, KIND_GROSS_IN);
    known_of(at, series, WATCH_NEXT_DAY, "2022-09-22", &known);
    expect_days(&known, "2022-09-14", 8, (double[]){2794, 2874, -1, -1, -1, 2804, 3099, 4443});
    assert_int_equal(known.n, 5);
    known_of(at, series, WATCH_NEXT_DAY, "2022-09-20", &known);
    expect_days(&known, "2022-09-14", 6, (double[]){2794, 2874, -1, -1, -1, 2804});
    known_of(at, series, WATCH_NEXT_DAY, "2022-09-14", &known);
    assert_int_equal(known.n, 0);
    expect_days(&known, NULL, 0, NULL);
}

static void the_public_had_them_when_they_were_printed(void **state)
{
    struct shipped *at = *state;
    const struct watch_series *series = series_of(at, "FIN", SOUTH_EAST, "entries_rus");
    struct watch_known known;
    known_of(at, series, WATCH_PUBLISHED, "2022-09-22", &known);
    assert_int_equal(known.n, 0);
    known_of(at, series, WATCH_PUBLISHED, "2022-09-23", &known);
    expect_days(&known, "2022-09-14", 9,
                (double[]){2794, 2874, -1, -1, -1, 2804, 3099, 4443, 5959});
    series = series_of(at, "FIN", EAST, "entries_rus");
    known_of(at, series, WATCH_PUBLISHED, "2022-09-22", &known);
    expect_days(&known, "2022-09-14", 8, (double[]){3133, -1, -1, -1, -1, -1, -1, 4824});
    known_of(at, series, WATCH_PUBLISHED, "2022-09-21", &known);
    assert_int_equal(known.n, 0);
}

static void days_of_a_replay_rise_and_stand_once(void **state)
{
    struct shipped *at = *state;
    date_days *days;
    size_t n;
    const struct watch_series *series = series_of(at, "FIN", SOUTH_EAST, "entries_rus");
    assert_int_equal(book_days(&at->arena, series, WATCH_PUBLISHED, &days, &n, NULL), 0);
    assert_int_equal(n, 1);
    assert_int_equal(days[0], day("2022-09-23"));
    assert_int_equal(book_days(&at->arena, series, WATCH_NEXT_DAY, &days, &n, NULL), 0);
    assert_int_equal(n, 6);
    assert_int_equal(days[0], day("2022-09-15"));
    assert_int_equal(days[5], day("2022-09-23"));
}

static double in_force(struct shipped *at, const struct watch_series *series,
                       enum watch_clock clock, const char *as_known, const char *from,
                       const char *to)
{
    struct watch_known known;
    known_of(at, series, clock, as_known, &known);
    uint32_t value = book_value_at(&known, day(from), day(to));
    return value == BOOK_NONE ? -1 : series->value[value].count;
}

static void two_publishers_stay_visible_and_the_later_one_is_in_force(void **state)
{
    struct shipped *at = *state;
    const struct watch_series *series = series_of(at, "GEO", "all", "exits_rus");
    static const char from[] = "2022-09-17", to[] = "2022-09-26";
    static const enum watch_clock clocks[] = {WATCH_PUBLISHED, WATCH_NEXT_DAY};
    for (size_t c = 0; c < 2; c++) {
        assert_true(in_force(at, series, clocks[c], "2022-09-26", from, to) == -1);
        assert_true(in_force(at, series, clocks[c], "2022-09-27", from, to) == 51643);
        assert_true(in_force(at, series, clocks[c], "2022-09-28", from, to) == 51643);
        assert_true(in_force(at, series, clocks[c], "2022-09-30", from, to) == 62120);
        assert_true(in_force(at, series, clocks[c], NULL, from, to) == 62120);
    }
    size_t both = 0;
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        if (value->from == day(from) && value->to == day(to)) {
            assert_true(value->disputed && !value->rejected);
            assert_int_equal(value->revision, both == 1);
            both++;
        } else {
            assert_false(value->disputed || value->revision);
        }
    }
    assert_int_equal(both, 2);
}

static void what_the_data_set_worked_out_is_marked(void **state)
{
    struct shipped *at = *state;
    const struct watch_series *series = series_of(at, "FIN", EAST, "entries_rus");
    static const char from[] = "2022-09-19", to[] = "2022-09-25";
    size_t computed = 0, rejected = 0;
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        assert_int_equal(value->computed, value->count == 42257);
        computed += value->computed;
        rejected += value->rejected;
    }
    assert_int_equal(computed, 1);
    /* Frontex's four days, which the daily counts replace.  The computed week is passed over for others
     * by two declarations, but a third reads it beside another figure. */
    assert_int_equal(rejected, 1);
    assert_true(in_force(at, series, WATCH_PUBLISHED, "2026-11-22", from, to) == -1);
    assert_true(in_force(at, series, WATCH_PUBLISHED, "2026-11-23", from, to) == 42257);
    assert_true(in_force(at, series, WATCH_NEXT_DAY, "2022-09-26", from, to) == 42257);
}

static void weeks_stand_on_the_weekday_of_most(void **state)
{
    struct shipped *at = *state;
    struct watch_known known;
    known_of(at, series_of(at, "EU27", "land", "entries_rus"), WATCH_PUBLISHED, NULL, &known);
    assert_int_equal(known.week.n, 2); /* 12 to 18 September was worked out from "+30 %" */
    assert_int_equal(known.week.step_days, 7);
    assert_int_equal(known.week.first, day("2022-09-19"));
    assert_true(known.week.y[0] == 66000 && known.week.y[1] == 53000);
    assert_int_equal(known.n_odd, 4); /* that week, and three sums since February */
    assert_int_equal(known.day.n, 0);
    /* 14 to 20 and 21 to 27 start on Wednesdays, the computed 19 to 25 on a Monday */
    known_of(at, series_of(at, "FIN", EAST, "entries_rus"), WATCH_PUBLISHED, NULL, &known);
    assert_int_equal(known.week.n, 2);
    assert_true(known.week.y[0] == 26506 && known.week.y[1] == 50655);
    assert_int_equal(known.week.first, day("2022-09-14"));
}

/* A series of single days made here: count, published, rejected. */
struct made_value {
    int day, length, published;
    double count;
    bool rejected;
};

static void make_book(struct arena *arena, size_t n, const struct made_value *made,
                      struct watch_book *book)
{
    static struct watch_value values[16];
    struct names *names;
    assert_non_null(names = arena_new(arena, struct names, 1, NULL));
    assert_int_equal(names_init(names, arena, NULL), 0);
    *book = (struct watch_book){.names = names, .n = 1};
    assert_non_null(book->series = arena_new(arena, struct watch_series, 1, NULL));
    for (size_t i = 0; i < n; i++) {
        values[i] = (struct watch_value){.from = made[i].day,
                                         .to = made[i].day + made[i].length - 1,
                                         .count = made[i].count,
                                         .published =
                                             made[i].published == 0 ? DATE_NONE : made[i].published,
                                         .row = (uint32_t)i,
                                         .rejected = made[i].rejected};
    }
    book->series[0].n = n;
    assert_int_equal(book_rows_room(arena, book, NULL), 0);
    for (size_t i = 0; i < n; i++) {
        book_rows_put(&book->series[0], values[i]);
    }
    assert_int_equal(book_rows_finish(book, NULL), 0);
}

static double made_at(struct arena *arena, const struct watch_book *book, enum watch_clock clock,
                      date_days as_known, date_days at)
{
    struct watch_known known;
    assert_int_equal(book_known(arena, &book->series[0], clock, as_known, &known, NULL), 0);
    uint32_t value = book_value_at(&known, at, at);
    return value == BOOK_NONE ? -1 : book->series[0].value[value].count;
}

static void a_rejected_reading_stands_in_until_another_is_known(void **state)
{
    struct arena arena;
    struct watch_book book;
    (void)state;
    arena_init(&arena, "a test", TEST_CEILING);
    /* out of order: revised on day 120 and, rejected, on day 130; day 101 has no date at all */
    make_book(&arena, 5,
              (struct made_value[]){{101, 1, 0, 7, false},
                                    {100, 1, 130, 30, true},
                                    {100, 1, 120, 20, false},
                                    {100, 1, 105, 10, true},
                                    {102, 1, 105, 8, true}},
              &book);
    static const double published[][2] = {{104, -1}, {105, 10}, {119, 10}, {120, 20}, {140, 20}};
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        assert_true(made_at(&arena, &book, WATCH_PUBLISHED, (date_days)published[i][0], 100) ==
                    published[i][1]);
    }
    /* the first figure the morning after, what replaced it not before it was printed */
    static const double next[][2] = {{100, -1}, {101, 10}, {119, 10}, {120, 20}};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        assert_true(made_at(&arena, &book, WATCH_NEXT_DAY, (date_days)next[i][0], 100) ==
                    next[i][1]);
    }
    assert_true(made_at(&arena, &book, WATCH_PUBLISHED, DATE_NONE, 100) == 20);
    assert_true(made_at(&arena, &book, WATCH_PUBLISHED, 9999, 101) == -1);
    assert_true(made_at(&arena, &book, WATCH_PUBLISHED, DATE_NONE, 101) == 7);
    assert_true(made_at(&arena, &book, WATCH_NEXT_DAY, 102, 101) == 7);
    assert_true(made_at(&arena, &book, WATCH_PUBLISHED, 9999, 102) == 8);
    arena_free(&arena);
}

static void weeks_on_a_tie_take_the_earlier_start(void **state)
{
    struct arena arena;
    struct watch_book book;
    struct watch_known known;
    (void)state;
    arena_init(&arena, "a test", TEST_CEILING);
    /* day 4 after 1970-01-01, a Thursday, is a Monday; two weeks from Sunday 3, two from Monday 11 */
    make_book(&arena, 5,
              (struct made_value[]){{3, 7, 50, 1, false},
                                    {11, 7, 50, 2, false},
                                    {17, 7, 50, 3, false},
                                    {25, 7, 50, 4, false},
                                    {40, 3, 50, 5, false}},
              &book);
    assert_int_equal(book_known(&arena, &book.series[0], WATCH_PUBLISHED, 50, &known, NULL), 0);
    assert_int_equal(known.week.first, 3);
    assert_int_equal(known.week.n, 3);
    assert_true(known.week.y[0] == 1 && isnan(known.week.y[1]) && known.week.y[2] == 3);
    assert_int_equal(known.week_value[1], BOOK_NONE);
    assert_int_equal(known.n_odd, 3);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_stands_in_one_series_in_order),
        cmocka_unit_test(the_agency_had_its_counts_the_morning_after),
        cmocka_unit_test(the_public_had_them_when_they_were_printed),
        cmocka_unit_test(days_of_a_replay_rise_and_stand_once),
        cmocka_unit_test(two_publishers_stay_visible_and_the_later_one_is_in_force),
        cmocka_unit_test(what_the_data_set_worked_out_is_marked),
        cmocka_unit_test(weeks_stand_on_the_weekday_of_most),
        cmocka_unit_test(a_rejected_reading_stands_in_until_another_is_known),
        cmocka_unit_test(weeks_on_a_tie_take_the_earlier_start),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_drop);
}
