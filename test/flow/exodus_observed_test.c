#include "exodus_observed.h"
#include "exodus_rows_small.h"

/* ---- Baselines ---- */

static struct exodus_seen of_geo(const char *measure, int first, int last, double value)
{
    return three_seen(three_row("GEO", "all", measure, first, last, value), last, 0.1);
}

static struct exodus_baselines baselines(struct exodus_row row, const struct exodus_seen *seen,
                                         size_t n)
{
    struct exodus_baselines out;
    exodus_baselines_of(&three.model, &row, seen, n, THREE_KNOWN, &out);
    return out;
}

/* 100 a day on days 19 to 24 of the week 19 to 25, but 40 on the day that was also counted alone. */
static void test_last_week(void **state)
{
    (void)state;
    struct exodus_seen seen[] = {
        of_geo("entries_rus", 18, 24, 700), of_geo("entries_rus", 22, 22, 40),
        of_geo("entries_rus", 23, 23, 1e6), of_geo("entries_rus", 24, 24, 1e6),
        of_geo("exits_rus", 24, 24, 1e6),   of_geo("entries_rus", 25, 25, NAN),
        of_geo("entries_rus", 12, 18, 1e6),
    };
    seen[2].known = THREE_KNOWN + 1;
    seen[3].use = EXODUS_LEFT;
    struct exodus_row row = three_row("GEO", "all", "entries_rus", 27, 28, NAN);
    assert_near(baselines(row, seen, 7).last_week, 2 * (5 * 100 + 40) / 6.0, 1e-9);
    seen[0].use = seen[1].use = EXODUS_CHECK;
    assert_near(baselines(row, seen, 7).last_week, 2 * (5 * 100 + 40) / 6.0, 1e-9);
    seen[2].known = THREE_KNOWN;
    assert_near(baselines(row, seen, 7).last_week, 2 * (4 * 100 + 40 + 1e6) / 6.0, 1e-6);
    assert_true(isnan(baselines(row, seen, 0).last_week));
    row.country = TEXT_LIT("EST");
    assert_true(isnan(baselines(row, seen, 7).last_week));
    row.country = TEXT_LIT("SRB");
    assert_true(isnan(baselines(row, seen, 7).last_week));
}

/* Only rows that end before the order count. */
static void test_before(void **state)
{
    (void)state;
    struct exodus_seen seen[] = {
        of_geo("entries_rus", 5, 9, 50),
        of_geo("entries_rus", 7, 7, 30),
        of_geo("entries_rus", 18, 20, 1e6),
        of_geo("entries_rus", 6, 6, 1e6),
    };
    seen[3].known = THREE_KNOWN + 1;
    struct exodus_row row = three_row("GEO", "all", "entries_rus", 27, 29, NAN);
    assert_near(baselines(row, seen, 4).before, 3 * (4 * 10 + 30) / 5.0, 1e-9);
    assert_true(isnan(baselines(row, seen + 2, 1).before));
    seen[2].row.to = THREE_ORDER - 1;
    assert_near(baselines(row, seen + 2, 1).before, 3 * 5e5, 1e-3);
}

/* A row that was known is compared with the days before it, never with itself. */
static void test_not_with_itself(void **state)
{
    (void)state;
    struct exodus_seen seen[] = {of_geo("entries_rus", 23, 23, 500),
                                 of_geo("entries_rus", 18, 18, 7),
                                 of_geo("entries_rus", 15, 15, 1e6),
                                 of_geo("entries_rus", 6, 6, 11), of_geo("entries_rus", 8, 8, 13)};
    assert_near(baselines(seen[0].row, seen, 5).last_week, 7, 1e-9);
    assert_near(baselines(seen[4].row, seen, 5).last_week, 11, 1e-9);
    assert_near(baselines(seen[4].row, seen, 5).before, 11, 1e-9);
    assert_true(isnan(baselines(seen[3].row, seen, 5).before));
}

static void test_alike(void **state)
{
    (void)state;
    static const char *const routes[] = {"all", "land", "land:border", "land:part"};
    struct exodus_seen seen[4];
    for (int i = 0; i < 4; i++) {
        seen[i] =
            three_seen(three_row("FIN", routes[i], "entries_rus", 20 + i, 20 + i, i + 1), 24, 1);
    }
    struct exodus_row row = three_row("FIN", "land", "entries_rus", 28, 28, NAN);
    assert_near(baselines(row, seen, 4).last_week, 2, 1e-9);
    row.route = TEXT_LIT("land:part");
    assert_near(baselines(row, seen, 4).last_week, 4, 1e-9);
    row.country = TEXT_LIT("EU27"); /* Estonia too */
    row.route = TEXT_LIT("land");
    assert_true(isnan(baselines(row, seen, 4).last_week));
}

/* Two parts of a door that happen to be as large are not the same people. */
static void test_other_part(void **state)
{
    (void)state;
    struct exodus_seen seen =
        three_seen(three_row("FIN", "land:part", "entries_rus", 22, 22, 9), 24, 1);
    struct exodus_row row = three_row("FIN", "land", "entries_rus", 28, 28, NAN);
    three.fin[0].share[0] = 0.5;
    three.fin[0].share[1] = 0.25;
    assert_true(isnan(baselines(row, &seen, 1).last_week));
}

static void test_rates_and_levels(void **state)
{
    (void)state;
    struct exodus_seen seen[] = {
        of_geo("entries_rus_daily", 20, 21, 50), of_geo("waiting_rus", 20, 24, 300),
        of_geo("entries_rus_daily_peak", 20, 24, 80), of_geo("exits_rus", 20, 21, 30)};
    assert_near(
        baselines(three_row("GEO", "all", "entries_rus_daily", 26, 28, NAN), seen, 4).last_week, 50,
        1e-9);
    assert_near(baselines(three_row("GEO", "all", "waiting_rus", 26, 28, NAN), seen, 4).last_week,
                300, 1e-9);
    assert_near(baselines(three_row("GEO", "all", "entries_rus_daily_peak", 26, 28, NAN), seen, 4)
                    .last_week,
                80, 1e-9);
    seen[3].row.first_part = 0.5;
    assert_near(baselines(three_row("GEO", "all", "exits_rus", 26, 28, NAN), seen, 4).last_week,
                3 * 20, 1e-9);
}

/* ---- Rows beside answers ---- */

#define MEMBERS 11

static double answers[8 * 20000];
static const char *why[8];
static struct exodus_seen seen[8];
static struct exodus_observed *observed;
static size_t n_observed;

static void observe(size_t n, uint32_t members, uint64_t seed)
{
    assert_int_equal(exodus_observe(&three.arena, &three.model, seen, n, answers, why, members,
                                    THREE_KNOWN, seed, &observed, &n_observed, NULL),
                     0);
}

/* Answers 10, 20 .. 110 in no order; no error of counting: what is expected are the answers. */
static void make_rows(size_t n)
{
    memset(why, 0, sizeof why);
    for (size_t row = 0; row < n; row++) {
        seen[row] = three_seen(three_row("GEO", "all", "entries_rus", 27, 27, 60), 28, 0);
        seen[row].use = EXODUS_CHECK;
        for (int m = 0; m < MEMBERS; m++) {
            answers[row * MEMBERS + (size_t)m] = 10 + 10 * (m * 7 % MEMBERS);
        }
    }
}

static double lg(double people)
{
    return log10(people + 1);
}

static void test_inside_and_outside(void **state)
{
    (void)state;
    const struct {
        double value;
        bool at_least, inside;
        double score; /* beside the width */
    } cases[] = {
        {60, false, true, 0},
        {20, false, true, 0},
        {100, false, true, 0},
        {5, false, false, 10 * (lg(20) - lg(5))},
        {150, false, false, 10 * (lg(150) - lg(100))},
        {5, true, true, 0},
        {150, true, false, 10 * (lg(150) - lg(100))},
    };
    make_rows(7);
    for (int i = 0; i < 7; i++) {
        seen[i].row.value = cases[i].value;
        seen[i].at_least = cases[i].at_least;
    }
    observe(7, MEMBERS, 1);
    assert_int_equal(n_observed, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(observed[i].seen, i);
        assert_null(observed[i].why);
        assert_near(observed[i].model.p50, 60, 1e-9);
        assert_near(observed[i].model.p10, 20, 1e-9);
        assert_near(observed[i].expected.p10, 20, 1e-9);
        assert_near(observed[i].expected.p90, 100, 1e-9);
        assert_int_equal(observed[i].inside, cases[i].inside);
        assert_near(observed[i].error, lg(60) - lg(cases[i].value), 1e-12);
        assert_near(observed[i].score, lg(100) - lg(20) + cases[i].score, 1e-12);
        assert_true(isnan(observed[i].error_before));
    }
    assert_near(answers[1], 80, 0); /* as they were given */
}

static void test_passed_over(void **state)
{
    (void)state;
    make_rows(5);
    seen[0].use = EXODUS_LEFT;
    seen[2].row.value = NAN;
    seen[3].use = EXODUS_FIT;
    seen[3].known = THREE_KNOWN;
    seen[3].row.from = seen[3].row.to = THREE_FROM + 24;
    seen[3].row.value = 9;
    why[1] = "no door";
    observe(5, MEMBERS, 1);
    assert_int_equal(n_observed, 3);
    assert_int_equal(observed[0].seen, 1);
    assert_string_equal(observed[0].why, "no door");
    assert_false(observed[0].was_known);
    assert_int_equal(observed[1].seen, 3);
    assert_true(observed[1].was_known);
    assert_true(isnan(observed[1].error_last_week));
    assert_int_equal(observed[2].seen, 4);
    assert_false(observed[2].was_known);
    assert_near(observed[2].baselines.last_week, 9, 1e-12);
    assert_near(observed[2].error_last_week, lg(9) - lg(60), 1e-12);
}

/* Student's t with 4 degrees: quantile .9 1.53321, .95 2.13185. */
static void test_error_of_counting(void **state)
{
    (void)state;
    uint32_t members = 20000;
    make_rows(2);
    for (uint32_t i = 0; i < 2 * members; i++) {
        answers[i] = 1000;
    }
    seen[0].scale = seen[1].scale = 0.2;
    observe(2, members, 3);
    double first = observed[0].expected.p50;
    assert_near(log((first + 0.5) / 1000.5) / 0.2, 0, 0.03);
    assert_near(log((observed[0].expected.p90 + 0.5) / 1000.5) / 0.2, 1.53321, 0.05);
    assert_near(log((observed[0].expected.p10 + 0.5) / 1000.5) / 0.2, -1.53321, 0.05);
    assert_near(log((observed[0].expected.p95 + 0.5) / 1000.5) / 0.2, 2.13185, 0.08);
    assert_near(observed[0].model.p95, 1000, 0);
    assert_true(fabs(observed[1].expected.p50 - first) > 0); /* a row has an error of its own */
    observe(1, members, 3);
    assert_near(observed[0].expected.p50, first, 0);
    observe(1, members, 4);
    assert_true(fabs(observed[0].expected.p50 - first) > 0);
}

/* Nobody is counted less than not at all; a net flow out is compared as none. */
static void test_at_zero(void **state)
{
    (void)state;
    make_rows(1);
    for (int m = 0; m < MEMBERS; m++) {
        answers[m] = m < 9 ? 0 : -40;
    }
    seen[0].scale = 0.3;
    seen[0].row.value = -3;
    observe(1, MEMBERS, 1);
    assert_true(observed[0].expected.p5 >= 0);
    assert_near(observed[0].error, 0, 1e-12);
}

/* ---- Rolling ---- */

static void test_rolling(void **state)
{
    (void)state;
    struct exodus_observed rows[7] = {0};
    for (size_t i = 0; i < 7; i++) {
        rows[i] = (struct exodus_observed){.seen = i,
                                           .inside = i % 2 == 0,
                                           .error = i % 2 == 0 ? -0.5 : 0.25,
                                           .score = 1 + (double)i,
                                           .error_last_week = -1,
                                           .error_before = NAN};
        seen[i] = of_geo("entries_rus", 11 + (int)i, 12 + (int)i, 1);
    }
    rows[2].why = "no door";
    rows[3].error_last_week = NAN;
    rows[4].error_before = 2;
    struct exodus_rolling out;
    /* Rows begin on days 11 .. 17 and end a day later: left are 1, 3, 4 and 5. */
    exodus_rolling_of(seen, rows, 7, THREE_FROM + 11, THREE_FROM + 17, &out);
    assert_int_equal(out.origin, THREE_FROM + 11);
    assert_int_equal(out.n, 4);
    assert_int_equal(out.n_inside, 1);
    assert_near(out.error, (0.25 * 3 + 0.5) / 4, 1e-12);
    assert_near(out.score, (2 + 4 + 5 + 6) / 4.0, 1e-12);
    assert_int_equal(out.n_last_week, 3);
    assert_near(out.error_last_week, 1, 1e-12);
    assert_near(out.model_last_week, (0.25 + 0.5 + 0.25) / 3, 1e-12);
    assert_int_equal(out.n_before, 1);
    assert_near(out.error_before, 2, 1e-12);
    assert_near(out.model_before, 0.5, 1e-12);
    exodus_rolling_of(seen, rows, 7, THREE_FROM + 25, THREE_FROM + 29, &out);
    assert_int_equal(out.n, 0);
    assert_true(isnan(out.error) && isnan(out.score) && isnan(out.model_before));
}

#define OBSERVED_TEST(f) cmocka_unit_test_setup_teardown(f, three_setup, three_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OBSERVED_TEST(test_last_week),
        OBSERVED_TEST(test_before),
        OBSERVED_TEST(test_not_with_itself),
        OBSERVED_TEST(test_alike),
        OBSERVED_TEST(test_other_part),
        OBSERVED_TEST(test_rates_and_levels),
        OBSERVED_TEST(test_inside_and_outside),
        OBSERVED_TEST(test_passed_over),
        OBSERVED_TEST(test_error_of_counting),
        OBSERVED_TEST(test_at_zero),
        OBSERVED_TEST(test_rolling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
