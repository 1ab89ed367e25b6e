/* Gross, net and stock: on the shipped scenario, and on series that the identity makes. */
#include <math.h>

#include "book_rows.h"
#include "net.h"
#include "rng.h"
#include "shipped.h"

static void table_of(struct shipped *at, enum watch_clock clock, const char *as_known,
                     const char *place, struct net_table *out)
{
    date_days known = as_known == NULL ? DATE_NONE : day(as_known);
    name_id word = place == NULL ? 0 : scenario_word(&at->scenario, place);
    assert_int_equal(
        net_table_make(&at->arena, &at->book, &at->scenario, clock, known, word, out, NULL), 0);
}

/* The point of a route, a period and a measure of entries; NULL: there is none. */
static const struct net_point *point_of(const struct shipped *at, const struct net_table *table,
                                        const char *route, const char *from, const char *to,
                                        const char *measure)
{
    for (size_t i = 0; i < table->n_points; i++) {
        const struct net_point *point = &table->points[i];
        if (point->from == day(from) && point->to == day(to) && point->in_series != NULL &&
            text_is(names_word(at->book.names, point->route), route) &&
            text_is(names_word(at->book.names, point->in_series->measure_word), measure)) {
            return point;
        }
    }
    return NULL;
}

static void expect_point(const struct net_point *point, double in, double out)
{
    assert_non_null(point);
    assert_true(point->in == in && point->in_value->count == in);
    assert_true(point->out == out && point->out_value->count == out);
    assert_true(point->net == in - out);
    assert_true(point->from == point->in_value->from && point->to == point->out_value->to);
}

static void finland_day_by_day(void **state)
{
    struct shipped *at = *state;
    struct net_table table;
    static const char route[] = "land:eastern border", measure[] = "entries_rus";
    table_of(at, WATCH_PUBLISHED, NULL, "FIN", &table);
    expect_point(point_of(at, &table, route, "2022-09-23", "2022-09-23", measure), 7667, 3545);
    expect_point(point_of(at, &table, route, "2022-09-24", "2022-09-24", measure), 8572, 4199);
    expect_point(point_of(at, &table, route, "2022-09-25", "2022-09-25", measure), 8314, 5068);
    const struct net_point *six = point_of(at, &table, route, "2022-09-21", "2022-09-26", measure);
    expect_point(six, 44000, 22000);
    assert_true(six->net_low == 22000 && six->net_high == 22000);
    assert_true(isnan(six->published_net) && isnan(six->discrepancy));
    const struct net_point *lone = point_of(at, &table, route, "2022-09-21", "2022-09-21", measure);
    assert_true(lone != NULL && lone->in == 4824);
    assert_true(isnan(lone->out) && isnan(lone->net) && lone->out_value == NULL);
    /* seven thousand of all nationalities that day: exits of Russians are no part of them */
    assert_null(point_of(at, &table, route, "2022-09-22", "2022-09-22", "entries_all"));
    table_of(at, WATCH_NEXT_DAY, "2022-09-24", "FIN", &table);
    assert_non_null(point_of(at, &table, route, "2022-09-23", "2022-09-23", measure));
    assert_null(point_of(at, &table, route, "2022-09-24", "2022-09-24", measure));
}

static void kazakhstan_net_as_published(void **state)
{
    struct shipped *at = *state;
    struct net_table table;
    table_of(at, WATCH_PUBLISHED, NULL, "KAZ", &table);
    expect_point(point_of(at, &table, "all", "2022-09-21", "2022-09-27", "entries_rus"), 98000,
                 64234);
    const struct net_point *point =
        point_of(at, &table, "all", "2022-09-21", "2022-10-04", "entries_rus");
    expect_point(point, 200000, 147000);
    assert_true(point->published_net == 53000 && point->net_value->count == 53000);
    assert_true(point->discrepancy == 0);
    table_of(at, WATCH_PUBLISHED, "2022-10-03", "KAZ", &table);
    assert_null(point_of(at, &table, "all", "2022-09-21", "2022-10-04", "entries_rus"));
}

static void georgia_has_a_range(void **state)
{
    struct shipped *at = *state;
    struct net_table table;
    static const char from[] = "2022-09-17", to[] = "2022-09-26";
    table_of(at, WATCH_PUBLISHED, NULL, "GEO", &table);
    const struct net_point *point = point_of(at, &table, "all", from, to, "entries_rus");
    expect_point(point, 78742, 62120);
    assert_true(point->net_low == 16622 && point->net_high == 27099);
    /* what was known on the 28th: the exits of the 27th, no entries yet */
    table_of(at, WATCH_PUBLISHED, "2022-09-28", "GEO", &table);
    for (size_t i = 0; i < table.n_points; i++) {
        if (table.points[i].from == day(from) && table.points[i].to == day(to)) {
            assert_true(table.points[i].out == 51643 && isnan(table.points[i].in));
        }
    }
    /* the agency's own clock on the 28th: one reading alone */
    table_of(at, WATCH_NEXT_DAY, "2022-09-28", "GEO", &table);
    point = point_of(at, &table, "all", from, to, "entries_rus");
    expect_point(point, 78742, 51643);
    assert_true(point->net_low == 27099 && point->net_high == 27099);
}

static void measures_of_one_kind_are_not_mixed(void **state)
{
    struct shipped *at = *state;
    struct net_table table;
    table_of(at, WATCH_PUBLISHED, NULL, "GEO", &table);
    /* people who entered against people who left, immigrants against emigrants: the same year twice */
    const struct net_point *persons =
        point_of(at, &table, "all", "2022-01-01", "2022-12-31", "entries_persons_rus");
    expect_point(persons, 869874, 809873);
    assert_true(persons->published_net == 60001 && persons->discrepancy == 0);
    const struct net_point *settled =
        point_of(at, &table, "all", "2022-01-01", "2022-12-31", "immigrants_rus");
    expect_point(settled, 62304, 6000);
    assert_true(settled->discrepancy == 60001 - (62304 - 6000));
    table_of(at, WATCH_PUBLISHED, NULL, "NOR", &table);
    expect_point(point_of(at, &table, "land:Storskog", "2022-09-26", "2022-09-26", "entries_all"),
                 402, 130);
}

static void a_stock_that_cannot_be_checked_says_why(void **state)
{
    struct shipped *at = *state;
    struct net_table table;
    table_of(at, WATCH_PUBLISHED, NULL, "ARM", &table);
    assert_int_equal(table.n_stocks, 1);
    const struct net_stock *step = &table.stocks[0];
    assert_int_equal(step->start, day("2022-09-12"));
    assert_int_equal(step->end, day("2022-12-31"));
    assert_true(step->stock_start == 40000 && step->stock_end == 110000);
    assert_int_equal(step->missing_days, 110);
    assert_true(isnan(step->discrepancy) && isnan(step->expected) && isnan(step->in));
    assert_non_null(strstr(step->why_not, "no entries and exits"));
    table_of(at, WATCH_PUBLISHED, NULL, "GEO", &table);
    assert_int_equal(table.n_stocks, 1); /* those who came since 1 January and stayed */
    step = &table.stocks[0];
    assert_null(step->start_value);
    assert_true(step->stock_start == 0 && step->stock_end == 112733);
    assert_int_equal(step->start, day("2021-12-31"));
    assert_true(isnan(step->discrepancy));
    assert_non_null(strstr(step->why_not, "not known for all days"));
    table_of(at, WATCH_PUBLISHED, NULL, "KAZ", &table);
    assert_int_equal(table.n_stocks, 2);
    step = &table.stocks[1];
    assert_true(step->stock_end == 150000);
    /* both flows are known from 21 September to 4 October, 14 of the 117 days */
    assert_int_equal(step->end - step->start, 117);
    assert_int_equal(step->missing_days, 103);
}

/* A file of three series of one place, as its reader makes it. */
#define MADE_VALUES 4096
struct made {
    struct arena arena;
    struct names names;
    struct watch_book book;
    struct watch_value value[MADE_VALUES];
    uint32_t of[MADE_VALUES];
    size_t n;
};
enum { MADE_IN, MADE_OUT, MADE_NET, MADE_STOCK };

static void made_begin(struct made *made)
{
    static const char *const words[] = {"in_x", "out_x", "net_x", "stock_x"};
    static const enum measure_kind kinds[] = {KIND_GROSS_IN, KIND_GROSS_OUT, KIND_NET, KIND_STOCK};
    *made = (struct made){.book = {.n = 4}};
    arena_init(&made->arena, "a test", TEST_CEILING);
    assert_int_equal(names_init(&made->names, &made->arena, NULL), 0);
    made->book.names = &made->names;
    made->book.series = arena_new(&made->arena, struct watch_series, 4, NULL);
    for (size_t s = 0; s < 4; s++) {
        struct watch_series *series = &made->book.series[s];
        *series = (struct watch_series){.measure = BOOK_NONE, .kind = kinds[s]};
        assert_int_equal(names_put(&made->names, text_of(words[s]), &series->measure_word, NULL),
                         0);
    }
}

static void made_put(struct made *made, uint32_t series, date_days from, date_days to, double count)
{
    made->of[made->n] = series;
    made->value[made->n] = (struct watch_value){
        .from = from, .to = to, .count = count, .published = DATE_NONE, .row = (uint32_t)made->n};
    made->n++;
}

static void made_net(struct made *made, struct net_table *out)
{
    for (size_t i = 0; i < made->n; i++) {
        made->book.series[made->of[i]].n++;
    }
    assert_int_equal(book_rows_room(&made->arena, &made->book, NULL), 0);
    for (size_t i = 0; i < made->n; i++) {
        book_rows_put(&made->book.series[made->of[i]], made->value[i]);
    }
    assert_int_equal(book_rows_finish(&made->book, NULL), 0);
    assert_int_equal(
        net_table_make(&made->arena, &made->book, NULL, WATCH_NEXT_DAY, DATE_NONE, 0, out, NULL),
        0);
}

/* Days 1 .. n with random counts, the net of each and the stock of each evening. */
static void made_days(struct made *made, struct rng *rng, int n, double stock)
{
    made_put(made, MADE_STOCK, 0, 0, stock);
    for (int i = 1; i <= n; i++) {
        double in = (double)rng_below(rng, 10000), out = (double)rng_below(rng, 10000);
        stock += in - out;
        made_put(made, MADE_IN, i, i, in);
        made_put(made, MADE_OUT, i, i, out);
        made_put(made, MADE_NET, i, i, in - out);
        made_put(made, MADE_STOCK, i, i, stock);
    }
}

static void what_the_identity_makes_fits(void **state)
{
    (void)state;
    struct rng rng;
    rng = rng_at(4, 1, 0, 0);
    for (int run = 0; run < 20; run++) {
        struct made made;
        struct net_table table;
        int n = 1 + (int)rng_below(&rng, 400);
        made_begin(&made);
        made_days(&made, &rng, n, 1e6);
        made_net(&made, &table);
        assert_int_equal(table.n_points, n);
        assert_int_equal(table.n_stocks, n);
        for (int i = 0; i < n; i++) {
            assert_true(table.points[i].discrepancy == 0);
            assert_true(table.stocks[i].discrepancy == 0);
            assert_null(table.stocks[i].why_not);
            assert_int_equal(table.stocks[i].end, i + 1);
        }
        arena_free(&made.arena);
    }
}

static void one_changed_count_shows_there_and_nowhere_else(void **state)
{
    (void)state;
    struct rng rng;
    rng = rng_at(4, 2, 0, 0);
    enum { N = 60 };
    for (int run = 0; run < 40; run++) {
        struct made made;
        struct net_table table;
        made_begin(&made);
        made_days(&made, &rng, N, 1e6);
        size_t changed = (size_t)rng_below(&rng, (uint32_t)made.n);
        date_days on = made.value[changed].to;
        made.value[changed].count += 17;
        uint32_t kind = made.of[changed];
        made_net(&made, &table);
        for (int i = 0; i < N; i++) {
            double net = i + 1 != on        ? 0
                         : kind == MADE_IN  ? -17
                         : kind == MADE_OUT ? 17
                         : kind == MADE_NET ? 17
                                            : 0;
            double stock = kind == MADE_STOCK ? (i + 1 == on ? 17
                                                 : i == on   ? -17
                                                             : 0)
                           : kind == MADE_NET ? 0
                                              : net;
            assert_true(table.points[i].discrepancy == net);
            assert_true(table.stocks[i].discrepancy == stock);
        }
        arena_free(&made.arena);
    }
}

static void a_step_takes_figures_that_fill_it_exactly(void **state)
{
    (void)state;
    struct made made;
    struct net_table table;
    made_begin(&made);
    made_put(&made, MADE_STOCK, 0, 0, 100);
    made_put(&made, MADE_STOCK, 20, 20, 150);
    /* a week, its first five days again, then what follows the five: only 1-5, 6-12, 13-20 fill it */
    made_put(&made, MADE_IN, 1, 7, 9999);
    made_put(&made, MADE_IN, 1, 5, 10);
    made_put(&made, MADE_IN, 6, 12, 20);
    made_put(&made, MADE_IN, 13, 20, 30);
    made_put(&made, MADE_IN, 15, 25, 9999); /* reaches beyond */
    made_put(&made, MADE_OUT, 1, 20, 12);   /* one figure for all wins over the days */
    for (int i = 1; i <= 20; i++) {
        made_put(&made, MADE_OUT, i, i, 1);
    }
    made_net(&made, &table);
    assert_int_equal(table.n_stocks, 1);
    assert_null(table.stocks[0].why_not);
    assert_true(table.stocks[0].in == 60 && table.stocks[0].out == 12);
    assert_true(table.stocks[0].expected == 148 && table.stocks[0].discrepancy == 2);
    assert_int_equal(table.stocks[0].missing_days, 0);
    arena_free(&made.arena);

    made_begin(&made);
    made_put(&made, MADE_STOCK, 0, 0, 100);
    made_put(&made, MADE_STOCK, 10, 10, 150);
    made_put(&made, MADE_IN, 1, 6, 10);
    made_put(&made, MADE_IN, 5, 10, 10);
    made_put(&made, MADE_OUT, 1, 10, 10);
    made_net(&made, &table);
    assert_non_null(strstr(table.stocks[0].why_not, "overlap"));
    assert_int_equal(table.stocks[0].missing_days, 0);
    assert_true(isnan(table.stocks[0].in) && isnan(table.stocks[0].discrepancy));
    arena_free(&made.arena);
}

/* A missing day makes its own step and no other uncheckable, and is counted. */
static void a_missing_day_is_not_filled_in(void **state)
{
    (void)state;
    struct rng rng;
    rng = rng_at(4, 3, 0, 0);
    enum { N = 30 };
    for (int run = 0; run < 20; run++) {
        struct made made;
        struct net_table table;
        made_begin(&made);
        made_days(&made, &rng, N, 1e6);
        size_t gone = 1 + 4 * (size_t)rng_below(&rng, N) + (size_t)rng_below(&rng, 2);
        date_days on = made.value[gone].to;
        made.value[gone] = made.value[--made.n]; /* the last is a stock */
        made.of[gone] = made.of[made.n];
        made_net(&made, &table);
        for (size_t i = 0; i < table.n_stocks; i++) {
            const struct net_stock *step = &table.stocks[i];
            bool missing = step->start < on && on <= step->end;
            assert_int_equal(step->why_not != NULL, missing);
            assert_int_equal(step->missing_days, missing);
            assert_true(missing ? isnan(step->discrepancy) : step->discrepancy == 0);
        }
        for (size_t i = 0; i < table.n_points; i++) {
            const struct net_point *point = &table.points[i];
            assert_true(point->from == on ? isnan(point->net) && isnan(point->discrepancy)
                                          : point->discrepancy == 0);
        }
        arena_free(&made.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finland_day_by_day),
        cmocka_unit_test(kazakhstan_net_as_published),
        cmocka_unit_test(georgia_has_a_range),
        cmocka_unit_test(measures_of_one_kind_are_not_mixed),
        cmocka_unit_test(a_stock_that_cannot_be_checked_says_why),
        cmocka_unit_test(what_the_identity_makes_fits),
        cmocka_unit_test(one_changed_count_shows_there_and_nowhere_else),
        cmocka_unit_test(a_step_takes_figures_that_fill_it_exactly),
        cmocka_unit_test(a_missing_day_is_not_filled_in),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_drop);
}
