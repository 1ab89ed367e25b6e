#include "exodus_rows_small.h"

static struct exodus_totals totals;

/* Every cell has a number of its own, so that a wrong one shows. */
static double count_at(int which, int kind, int day, int door)
{
    return 1 + day * 37 % 11 + 100 * which + 17 * kind + 3 * door;
}

enum { IN, OUT, REFUSED, GAVE_UP, WAITING, THERE, COUNTS };

static int rows_setup(void **state)
{
    three_setup(state);
    assert_int_equal(exodus_totals_new(&three.arena, &three.model, &totals, NULL), 0);
    for (int kind = 0; kind < EXODUS_KINDS; kind++) {
        size_t n = (size_t)THREE_DAYS * THREE;
        totals.exits[kind] = arena_new(&three.arena, double, n, NULL);
        totals.present[kind] = arena_new(&three.arena, double, n, NULL);
        double *of[COUNTS] = {totals.entries[kind], totals.exits[kind],   totals.refused[kind],
                              totals.gave_up[kind], totals.waiting[kind], totals.present[kind]};
        for (int which = 0; which < COUNTS; which++) {
            for (int day = 0; day < THREE_DAYS; day++) {
                for (int door = 0; door < THREE; door++) {
                    of[which][day * THREE + door] = count_at(which, kind, day, door);
                }
            }
        }
    }
    totals.traffic_goes = 0.25;
    return 0;
}

/* Of one door and both kinds, days of the run both included, by parts of what is traffic and flight. */
static double sum_of(int which, int door, int first, int last, double traffic, double flight)
{
    double sum = 0;
    for (int day = first; day <= last; day++) {
        sum += traffic * count_at(which, EXODUS_TRAFFIC, day, door) +
               flight * count_at(which, EXODUS_FLIGHT, day, door);
    }
    return sum;
}

static double answer_with(struct exodus_row row, const double *lift)
{
    struct exodus_probe probe;
    const char *why = "unset";
    assert_true(exodus_probe_make(&three.model, &row, &probe, &why));
    assert_null(why);
    return exodus_probe_value(&three.model, &totals, &probe, lift);
}

static double answer(const char *country, const char *route, const char *measure, int first,
                     int last)
{
    return answer_with(three_row(country, route, measure, first, last, NAN), NULL);
}

static void test_measures(void **state)
{
    (void)state;
    const struct {
        const char *measure;
        double is;
    } cases[] = {
        {"entries_rus", sum_of(IN, GEO, 3, 9, 1, 1)},
        {"exits_rus", sum_of(OUT, GEO, 3, 9, 1, 1)},
        {"refused_rus", sum_of(REFUSED, GEO, 3, 9, 1, 1)},
        {"gave_up_rus", sum_of(GAVE_UP, GEO, 3, 9, 1, 1)},
        {"waiting_rus", sum_of(WAITING, GEO, 9, 9, 1, 1)},
        {"crossings_both_rus", sum_of(IN, GEO, 3, 9, 1, 1) + sum_of(OUT, GEO, 3, 9, 1, 1)},
        {"net_rus", sum_of(IN, GEO, 3, 9, 1, 1) - sum_of(OUT, GEO, 3, 9, 1, 1)},
        {"entries_rus_daily", sum_of(IN, GEO, 3, 9, 1, 1) / 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_near(answer("GEO", "all", cases[i].measure, 3, 9), cases[i].is, 1e-9);
    }
}

static void test_peak(void **state)
{
    (void)state;
    double most = 0;
    int at = 0;
    for (int day = 3; day <= 9; day++) {
        double some = sum_of(IN, GEO, day, day, 1, 1);
        at = some > most ? day : at;
        most = fmax(most, some);
    }
    assert_true(at > 3 && at < 9);
    assert_near(answer("GEO", "all", "entries_rus_daily_peak", 3, 9), most, 1e-9);
}

static void test_parts_of_days(void **state)
{
    (void)state;
    struct exodus_row row = three_row("GEO", "all", "entries_rus", 3, 6, NAN);
    row.first_part = 0.5;
    row.last_part = 0.25;
    assert_near(answer_with(row, NULL),
                0.5 * sum_of(IN, GEO, 3, 3, 1, 1) + sum_of(IN, GEO, 4, 5, 1, 1) +
                    0.25 * sum_of(IN, GEO, 6, 6, 1, 1),
                1e-9);
    row.to = row.from;
    assert_near(answer_with(row, NULL), 0.5 * sum_of(IN, GEO, 3, 3, 1, 1), 1e-9);
}

/* Every nationality: by what part of them are Russians. */
static void test_all_nationalities(void **state)
{
    (void)state;
    assert_near(answer("FIN", "land", "entries_all", 0, 4), sum_of(IN, FIN, 0, 4, 1.25, 1.25),
                1e-9);
    assert_near(answer("FIN", "all", "exits_all", 0, 4), sum_of(OUT, FIN, 0, 4, 1.25, 1.25), 1e-9);
    assert_near(answer("FIN", "all", "refused_all", 0, 4), sum_of(REFUSED, FIN, 0, 4, 1.25, 1.25),
                1e-9);
    assert_near(answer("FIN", "all", "crossings_both", 0, 4),
                sum_of(IN, FIN, 0, 4, 1.25, 1.25) + sum_of(OUT, FIN, 0, 4, 1.25, 1.25), 1e-9);
    assert_near(answer("EU27", "land", "entries_all", 0, 4),
                sum_of(IN, FIN, 0, 4, 1.25, 1.25) + sum_of(IN, EST, 0, 4, 1, 1), 1e-9);
}

static void test_routes_and_lifts(void **state)
{
    (void)state;
    double lift[EXODUS_DOORS_MOST * EXODUS_ROUTES_MOST];
    for (size_t i = 0; i < sizeof lift / sizeof *lift; i++) {
        lift[i] = 1;
    }
    assert_near(answer("FIN", "land:part", "entries_rus", 2, 8), sum_of(IN, FIN, 2, 8, 0.5, 0.25),
                1e-9);
    lift[FIN * EXODUS_ROUTES_MOST + 1] = 1.5;
    lift[EST * EXODUS_ROUTES_MOST + 0] = 2;
    assert_near(answer_with(three_row("FIN", "land:part", "entries_rus", 2, 8, NAN), lift),
                1.5 * sum_of(IN, FIN, 2, 8, 0.5, 0.25), 1e-9);
    assert_near(answer_with(three_row("EST", "land:Narva", "entries_rus", 2, 8, NAN), lift),
                1.4 * sum_of(IN, EST, 2, 8, 1, 1), 1e-9);
    assert_near(answer_with(three_row("FIN", "all", "entries_rus", 2, 8, NAN), lift),
                sum_of(IN, FIN, 2, 8, 1, 1), 1e-9);
}

static void test_sums_over_doors(void **state)
{
    (void)state;
    double eu = sum_of(IN, FIN, 1, 5, 1, 1) + sum_of(IN, EST, 1, 5, 1, 1);
    assert_near(answer("EU27", "land", "entries_rus", 1, 5), eu, 1e-9);
    assert_near(answer("ALL", "all", "entries_rus", 1, 5), eu + sum_of(IN, GEO, 1, 5, 1, 1), 1e-9);
}

/* Of the traffic that was there before, what is left did not come since. */
static void test_stay(void **state)
{
    (void)state;
    double since = count_at(THERE, EXODUS_TRAFFIC, 22, GEO) -
                   0.75 * 0.75 * 0.75 * count_at(THERE, EXODUS_TRAFFIC, 19, GEO);
    assert_true(since > 0);
    assert_near(answer("GEO", "all", "stay_rus", 20, 22),
                since + count_at(THERE, EXODUS_FLIGHT, 22, GEO), 1e-9);
    assert_near(answer("GEO", "all", "stay_rus", 0, 2), sum_of(THERE, GEO, 2, 2, 1, 1), 1e-9);
    since = count_at(THERE, EXODUS_TRAFFIC, 3, GEO) -
            0.75 * 0.75 * 0.75 * count_at(THERE, EXODUS_TRAFFIC, 0, GEO);
    assert_near(answer("GEO", "all", "stay_rus", 1, 3),
                since + count_at(THERE, EXODUS_FLIGHT, 3, GEO), 1e-9);
    since = count_at(THERE, EXODUS_TRAFFIC, 22, FIN) -
            0.75 * 0.75 * 0.75 * count_at(THERE, EXODUS_TRAFFIC, 19, FIN);
    assert_near(answer("FIN", "land:part", "stay_rus", 20, 22),
                0.5 * since + 0.25 * count_at(THERE, EXODUS_FLIGHT, 22, FIN), 1e-9);
    totals.present[EXODUS_TRAFFIC][19 * THREE + GEO] = 1e6; /* more than can be left */
    assert_near(answer("GEO", "all", "stay_rus", 20, 22), count_at(THERE, EXODUS_FLIGHT, 22, GEO),
                1e-9);
}

static void test_refusals(void **state)
{
    (void)state;
    const struct {
        const char *country, *route, *measure;
        int first, last;
        const char *says;
    } cases[] = {
        {"GEO", "all", "asylum_first_rus", 3, 9, "no such measure"},
        {"GEO", "all", "entries_rus", 9, 3, "last day is before"},
        {"GEO", "all", "entries_rus", -1, 3, "inside the run"},
        {"GEO", "all", "entries_rus", 3, THREE_DAYS, "inside the run"},
        {"GEO", "all", "stay_rus", 20, 20, "present on a day"},
        {"GEO", "all", "stay_rus", 21, 23, "after the order"},
        {"SRB", "all", "entries_rus", 3, 9, "no door"},
        {"GEO", "air", "entries_rus", 3, 9, "takes this route"},
        {"EU27", "all", "entries_rus", 3, 9, "takes this route"},
        {"ALL", "land", "entries_rus", 3, 9, "takes this route"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct exodus_row row = three_row(cases[i].country, cases[i].route, cases[i].measure,
                                          cases[i].first, cases[i].last, NAN);
        struct exodus_probe probe = {.first = 77};
        const char *why = NULL;
        assert_false(exodus_probe_make(&three.model, &row, &probe, &why));
        assert_non_null(why);
        assert_non_null(strstr(why, cases[i].says));
        assert_int_equal(probe.first, 77);
    }
}

/* The last day of the run is inside. */
static void test_edges(void **state)
{
    (void)state;
    assert_near(answer("GEO", "all", "entries_rus", 0, THREE_DAYS - 1),
                sum_of(IN, GEO, 0, THREE_DAYS - 1, 1, 1), 1e-9);
    assert_near(answer("GEO", "all", "stay_rus", 20, 21),
                fmax(0, count_at(THERE, EXODUS_TRAFFIC, 21, GEO) -
                            0.5625 * count_at(THERE, EXODUS_TRAFFIC, 19, GEO)) +
                    count_at(THERE, EXODUS_FLIGHT, 21, GEO),
                1e-9);
}

/* Cells of a result, summed over classes; days behind the last are left alone. */
static void test_totals(void **state)
{
    (void)state;
    struct exodus_result result;
    struct exodus_totals made;
    struct exodus_setting setting = {.traffic_goes = 0.125};
    assert_int_equal(exodus_result_new(&three.arena, &three.model, &result, NULL), 0);
    assert_int_equal(exodus_totals_new(&three.arena, &three.model, &made, NULL), 0);
    for (uint32_t c = 0; c < 2; c++) {
        size_t cell = exodus_cell(&three.model, 4, EST, c, EXODUS_FLIGHT);
        result.admitted[cell] = 1 + c;
        result.refused[cell] = 10 + c;
        result.gave_up[cell] = 100 + c;
        result.waiting[cell] = 1000 + c;
        result.admitted[exodus_cell(&three.model, 5, EST, c, EXODUS_FLIGHT)] = 5;
    }
    exodus_totals_of(&three.model, &setting, &result, 5, &made);
    size_t at = 4 * THREE + EST;
    assert_near(made.entries[EXODUS_FLIGHT][at], 3, 0);
    assert_near(made.entries[EXODUS_TRAFFIC][at], 0, 0);
    assert_near(made.refused[EXODUS_FLIGHT][at], 21, 0);
    assert_near(made.gave_up[EXODUS_FLIGHT][at], 201, 0);
    assert_near(made.waiting[EXODUS_FLIGHT][at], 2001, 0);
    assert_near(made.entries[EXODUS_FLIGHT][at + THREE], 0, 0);
    assert_near(made.traffic_goes, 0.125, 0);
    assert_ptr_equal(made.exits[EXODUS_FLIGHT], result.exits[EXODUS_FLIGHT]);
    assert_ptr_equal(made.onward, result.onward);
}

#define ROWS_TEST(f) cmocka_unit_test_setup_teardown(f, rows_setup, three_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWS_TEST(test_measures),
        ROWS_TEST(test_peak),
        ROWS_TEST(test_parts_of_days),
        ROWS_TEST(test_all_nationalities),
        ROWS_TEST(test_routes_and_lifts),
        ROWS_TEST(test_sums_over_doors),
        ROWS_TEST(test_stay),
        ROWS_TEST(test_refusals),
        ROWS_TEST(test_edges),
        ROWS_TEST(test_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
