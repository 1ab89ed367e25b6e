/* Mirror ratios of the shipped scenario against published ones; made trade for what it does not have. */
#include <stdio.h>

#include "../desk/made.h"

#include "dist.h"
#include "mirror_parts.h"
#include "rng.h"
#include "steady.h"

#define CEILING ((size_t)256 << 20)

static void load(struct arena *arena, struct scenario *out)
{
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(arena, "the test", CEILING);
    assert_int_equal(faults_init(&faults, arena, 20, &err), 0);
    assert_int_equal(scenario_load(arena, "scenarios/exodus2022", NULL, NULL, out, &faults, &err),
                     0);
}

static const struct mirror_partner *find(const struct scenario *scenario,
                                         const struct mirror_table *table, const char *reporter,
                                         const char *partner, const char *hs, const char *tier)
{
    for (size_t i = 0; i < table->n; i++) {
        const struct mirror_partner *at = &table->partners[i];
        if (text_is(scenario_name(scenario, at->reporter), reporter) &&
            text_is(scenario_name(scenario, at->partner), partner) &&
            text_is(scenario_name(scenario, at->hs), hs) &&
            text_is(scenario_name(scenario, at->tier), tier)) {
            return at;
        }
    }
    fail_msg("no flow %s %s %s %s", reporter, partner, hs, tier);
    return NULL;
}

static const struct mirror_year *year_of(const struct mirror_partner *of, int32_t year)
{
    for (size_t i = 0; i < of->n_years; i++) {
        if (of->years[i].year == year) {
            return &of->years[i];
        }
    }
    fail_msg("no year %d", (int)year);
    return NULL;
}

static const struct mirror_month *month_of(const struct mirror_partner *of, const char *first)
{
    date_days day = made_date(first);
    for (size_t i = 0; i < of->n_months; i++) {
        if (of->months[i].first == day) {
            return &of->months[i];
        }
    }
    fail_msg("no month %s", first);
    return NULL;
}

/* The ratios that the collectors of the data computed from the file (exodus2022.md, section 6). */
static void published_ratios_test(void **state)
{
    (void)state;
    static const struct {
        const char *partner;
        double ratio[3]; /* 2021, 2022, 2023; 0: broken */
        int32_t members;
    } wanted[] = {{"KGZ", {1.07, 2.33, 3.03}, 27},
                  {"KAZ", {1.14, 1.43, 1.26}, 27},
                  {"UZB", {0.82, 1.07, 1.00}, 26},
                  {"ARM", {0.87, 1.12, 0}, 27}};
    struct arena arena;
    struct scenario scenario;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    load(&arena, &scenario);
    options.reporter = scenario_word(&scenario, "EU27");
    assert_int_equal(mirror_make(&arena, &scenario, &options, &table, NULL), 0);
    assert_int_equal(table.n, 6);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct mirror_partner *of =
            find(&scenario, &table, "EU27", wanted[i].partner, "TOTAL", "");
        assert_true(of->flagged);
        for (int32_t y = 0; y < 3; y++) {
            const struct mirror_year *year = year_of(of, 2021 + y);
            if (wanted[i].ratio[y] > 0) {
                assert_near(year->ratio, wanted[i].ratio[y], 0.005);
                assert_null(year->why_not);
                assert_int_equal(year->members, wanted[i].members);
            } else {
                assert_true(isnan(year->ratio) && isnan(year->imports));
                assert_non_null(strstr(year->why_not, "do not use"));
            }
        }
        /* 2024 ends in August. */
        assert_true(isnan(year_of(of, 2024)->exports));
        assert_int_equal(year_of(of, 2024)->months, 8);
    }
    assert_int_equal(table.list_date.first, DATE_NONE);
    assert_false(table.anachronism);
    arena_free(&arena);
}

static void kyrgyzstan_test(void **state)
{
    (void)state;
    struct arena arena;
    struct scenario scenario;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    load(&arena, &scenario);
    assert_int_equal(mirror_make(&arena, &scenario, &options, &table, NULL), 0);
    /* EU27 and eight members to six partners: flows of their own. */
    assert_int_equal(table.n, 54);
    const struct mirror_partner *of = find(&scenario, &table, "EU27", "KGZ", "TOTAL", "");
    assert_near(year_of(of, 2021)->exports / 1e6, 263, 0.5);
    assert_near(year_of(of, 2022)->exports / 1e6, 1171, 0.5);
    assert_near(year_of(of, 2023)->exports / 1e6, 2734, 0.5);
    double base = (329442456.0 + 234475024.0 + 263239032.0) / 3;
    assert_near(of->baseline, base, 1);
    assert_near(year_of(of, 2023)->jump, 2733.76275e6 / base, 1e-4);
    assert_int_equal(of->break_year, 2022);
    /* From a second program: pooled sd of the log of 36 months about the means of their calendar months. */
    assert_near(of->noise, 0.22074770537812238, 1e-9);
    assert_near(of->df, 24, 0);
    double t = month_of(of, "2022-06-01")->log_ratio / (of->noise * sqrt(4.0 / 3));
    assert_near(t, 4.1, 0.05);
    assert_false(month_of(of, "2022-02-01")->rings);
    assert_true(month_of(of, "2022-06-01")->rings);
    assert_true(of->since >= made_date("2022-02-01") && of->since <= made_date("2022-05-01"));
    assert_true(isnan(month_of(of, "2020-06-01")->cusum));
    const struct mirror_partner *russia = find(&scenario, &table, "EU27", "RUS", "TOTAL", "");
    assert_int_equal(russia->since, DATE_NONE);
    assert_false(russia->flagged);
    assert_null(find(&scenario, &table, "EST", "KGZ", "TOTAL", "")->why_not);
    assert_int_equal(year_of(find(&scenario, &table, "DEU", "KGZ", "TOTAL", ""), 2022)->members, 0);
    assert_true(year_of(find(&scenario, &table, "DEU", "KGZ", "TOTAL", ""), 2022)->ratio > 1);
    arena_free(&arena);
}

/* Trade in memory. */
static void trade_begin(struct made *made, size_t rows, size_t listed)
{
    made_begin(made);
    struct trade *t = &made->s.trade;
    struct hs_list *l = &made->s.hs_list;
    t->reporter = arena_get(&made->arena, rows, sizeof *t->reporter, NULL);
    t->partner = arena_get(&made->arena, rows, sizeof *t->partner, NULL);
    t->period = arena_get(&made->arena, rows, sizeof *t->period, NULL);
    t->flow = arena_get(&made->arena, rows, sizeof *t->flow, NULL);
    t->hs = arena_get(&made->arena, rows, sizeof *t->hs, NULL);
    t->value = arena_get(&made->arena, rows, sizeof *t->value, NULL);
    t->unit = arena_get(&made->arena, rows, sizeof *t->unit, NULL);
    t->source = arena_get(&made->arena, rows, sizeof *t->source, NULL);
    t->note = arena_get(&made->arena, rows, sizeof *t->note, NULL);
    l->hs6 = arena_get(&made->arena, listed, sizeof *l->hs6, NULL);
    l->tier = arena_get(&made->arena, listed, sizeof *l->tier, NULL);
    l->list_date = arena_get(&made->arena, listed, sizeof *l->list_date, NULL);
    assert_non_null(l->list_date);
}

static void trade_row(struct made *made, const char *reporter, const char *partner,
                      const char *period, const char *flow, const char *hs, double value,
                      const char *unit, const char *note)
{
    struct trade *to = &made->s.trade;
    size_t i = to->n++;
    to->reporter[i] = made_word(made, reporter);
    to->partner[i] = made_word(made, partner);
    assert_true(date_parse_partial(text_of(period), &to->period[i]));
    to->flow[i] = made_word(made, flow);
    to->hs[i] = made_word(made, hs);
    to->value[i] = value;
    to->unit[i] = made_word(made, unit);
    to->source[i] = made_word(made, "guard");
    to->note[i] = text_of(note);
}

static void trade_months(struct made *made, const char *partner, int from, int to, const char *hs,
                         double value)
{
    for (int year = from; year <= to; year++) {
        for (int month = 1; month <= 12; month++) {
            char period[16];
            snprintf(period, sizeof period, "%04d-%02d", year, month);
            trade_row(made, "EU27", partner, period, "export", hs,
                      value * (1 + 0.1 * ((year + month) % 3)), "EUR", "");
        }
    }
}

static void listed(struct made *made, const char *hs, const char *tier)
{
    struct hs_list *to = &made->s.hs_list;
    size_t i = to->n++;
    to->hs6[i] = made_word(made, hs);
    to->tier[i] = made_word(made, tier);
    assert_true(date_parse_partial(text_of("2024-02-23"), &to->list_date[i]));
}

/* Two codes of tier 1, one of tier 2, one that is not listed. */
static void tiers_test(void **state)
{
    (void)state;
    struct made made;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    trade_begin(&made, 1000, 10);
    listed(&made, "854231", "1");
    listed(&made, "854232", "1");
    listed(&made, "853221", "2");
    trade_months(&made, "KGZ", 2019, 2021, "854231", 10);
    trade_months(&made, "KGZ", 2019, 2021, "854232", 5);
    trade_months(&made, "KGZ", 2019, 2022, "853221", 7);
    trade_months(&made, "KGZ", 2019, 2022, "010121", 3);
    trade_months(&made, "KGZ", 2022, 2022, "854231", 100);
    trade_months(&made, "KGZ", 2022, 2022, "854232", 50);
    trade_row(&made, "KGZ", "DEU", "2022", "import", "854231", 220, "EUR", "");
    trade_row(&made, "KGZ", "FRA", "2022", "import", "854232", 110, "EUR", "");
    trade_row(&made, "KGZ", "FRA", "2022", "import", "853221", 92.4, "EUR", "");
    trade_row(&made, "KGZ", "FRA", "2022", "import", "010121", 40, "USD", "");
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, NULL), 0);
    assert_int_equal(table.n, 6);
    const struct mirror_partner *first = find(&made.s, &table, "EU27", "KGZ", "", "1");
    const struct mirror_partner *second = find(&made.s, &table, "EU27", "KGZ", "", "2");
    assert_int_equal(first->n_codes, 2);
    assert_int_equal(second->n_codes, 1);
    /* Each run of twelve months has each of 1, 1.1, 1.2 four times: 13.2 months. */
    assert_near(year_of(first, 2022)->exports, 150 * 13.2, 1e-9);
    assert_near(year_of(first, 2022)->imports, 330, 1e-9);
    assert_int_equal(year_of(first, 2022)->members, 2);
    assert_near(year_of(first, 2022)->ratio, 6, 1e-12);
    assert_near(year_of(first, 2022)->jump, 10, 1e-12);
    assert_near(year_of(second, 2022)->ratio, 1, 1e-12);
    assert_true(first->flagged);
    assert_false(second->flagged);
    assert_int_equal(first->since, made_date("2022-01-01"));
    assert_int_equal(second->since, DATE_NONE);
    const struct mirror_partner *code = find(&made.s, &table, "EU27", "KGZ", "854231", "1");
    assert_near(year_of(code, 2022)->ratio, 6, 1e-12);
    const struct mirror_partner *animal = find(&made.s, &table, "EU27", "KGZ", "010121", "");
    assert_true(isnan(year_of(animal, 2022)->ratio));
    assert_string_equal(year_of(animal, 2022)->why_not, "the two sides have different units");
    assert_true(table.anachronism);
    assert_int_equal(table.list_date.first, made_date("2024-02-23"));
    made_end(&made);
}

/* A year's own figure and months; a group's own row and members'; a marked row; two sources. */
static void never_both_test(void **state)
{
    (void)state;
    struct made made;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    trade_begin(&made, 200, 1);
    trade_months(&made, "KAZ", 2020, 2022, "TOTAL", 10);
    trade_row(&made, "EU27", "KAZ", "2022", "export", "TOTAL", 140, "EUR", "");
    trade_row(&made, "EU27", "KAZ", "2022", "export", "TOTAL", 999, "EUR", "second source");
    trade_row(&made, "KAZ", "EU27", "2022", "import", "TOTAL", 70, "EUR", "");
    trade_row(&made, "KAZ", "DEU", "2022", "import", "TOTAL", 55, "EUR", "");
    trade_row(&made, "KAZ", "DEU", "2021", "import", "TOTAL", 55, "EUR", "");
    trade_row(&made, "KAZ", "EU27", "2020", "import", "TOTAL", 55, "EUR", "broken, do not use");
    trade_row(&made, "DEU", "KAZ", "2022", "export", "TOTAL", 60, "EUR", "");
    trade_row(&made, "FIN", "KAZ", "2022", "export", "TOTAL", 80, "EUR", "");
    trade_row(&made, "KAZ", "FIN", "2022", "import", "TOTAL", 50, "EUR", "");
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, NULL), 0);
    const struct mirror_partner *of = find(&made.s, &table, "EU27", "KAZ", "TOTAL", "");
    assert_near(year_of(of, 2022)->exports, 140, 0);
    assert_near(year_of(of, 2022)->ratio, 2, 0);
    assert_int_equal(year_of(of, 2022)->members, 0);
    assert_true(isnan(year_of(of, 2021)->ratio)); /* one of the 27 */
    assert_non_null(strstr(year_of(of, 2021)->why_not, "of the 27"));
    assert_non_null(strstr(year_of(of, 2020)->why_not, "do not use"));
    assert_near(of->baseline, 132, 1e-9);
    const struct mirror_partner *germany = find(&made.s, &table, "DEU", "KAZ", "TOTAL", "");
    assert_near(year_of(germany, 2022)->ratio, 60.0 / 55, 1e-15);
    assert_true(isnan(germany->cusum_threshold) && isnan(germany->baseline));
    assert_non_null(germany->why_not);
    assert_false(germany->flagged);
    assert_true(find(&made.s, &table, "FIN", "KAZ", "TOTAL", "")->flagged); /* 1.6 */
    made_end(&made);
}

/* Two years at ten times the level, then back: it rings at once and ends within the first year after. */
static void return_test(void **state)
{
    (void)state;
    struct made made;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    trade_begin(&made, 200, 1);
    trade_months(&made, "KAZ", 2019, 2021, "TOTAL", 10);
    trade_months(&made, "KAZ", 2022, 2023, "TOTAL", 100);
    trade_months(&made, "KAZ", 2024, 2025, "TOTAL", 10);
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, NULL), 0);
    const struct mirror_partner *of = &table.partners[0];
    double h = of->cusum_threshold;
    assert_true(month_of(of, "2022-01-01")->rings && month_of(of, "2024-01-01")->rings);
    assert_near(month_of(of, "2023-12-01")->cusum, 2 * h, 0);
    assert_false(month_of(of, "2024-12-01")->rings);
    assert_int_equal(of->since, made_date("2022-01-01"));
    /* Expected: the geometric mean of the month in the three years, which are 1, 1.1 and 1.2. */
    assert_near(month_of(of, "2022-05-01")->expected, 10 * cbrt(1.32), 1e-9);
    assert_near(month_of(of, "2020-05-01")->expected, 10 * sqrt(1.32), 1e-9);
    made_end(&made);
}

static void options_test(void **state)
{
    (void)state;
    struct made made;
    struct mirror_table table;
    struct ajar_err err = {0};
    trade_begin(&made, 1, 1);
    struct mirror_options options = mirror_options_default();
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, &err), 0);
    assert_int_equal(table.n, 0);
    options.baseline_to = 2019;
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, &err), E_WATCH_OPTION);
    options = mirror_options_default();
    options.run_length_months = NAN;
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, &err), E_WATCH_OPTION);
    size_t n = 0;
    while (mirror_cautions()[n] != NULL) {
        n++;
    }
    assert_true(n >= 6);
    made_end(&made);
}

static void score_test(void **state)
{
    (void)state;
    for (double df = 6; df < 100; df *= 2) {
        for (double z = -3.9; z < 4; z += 0.3) {
            double t = dist_t_quantile(dist_normal_cdf(z), df);
            assert_near(mirror_score(t, df), z, 0.04);
        }
    }
}

#define FLOWS 300
#define YEARS 30

/* Lognormal months with a season, nothing changes: how long until the first false alarm?  The draws are
 * of another stream than those that found the threshold. */
static void run_length_test(void **state)
{
    (void)state;
    struct made made;
    struct mirror_table table;
    struct mirror_options options = mirror_options_default();
    trade_begin(&made, (size_t)FLOWS * YEARS * 12, 1);
    for (uint32_t i = 0; i < FLOWS; i++) {
        struct rng rng = rng_at(77, 1, i, 0);
        char hs[16];
        snprintf(hs, sizeof hs, "%06u", 100000 + i);
        for (int y = 0; y < YEARS; y++) {
            for (int m = 1; m <= 12; m++) {
                char period[16];
                snprintf(period, sizeof period, "%04d-%02d", 2019 + y, m);
                double season = 0.4 * ((m % 6) - 2.5);
                trade_row(&made, "EU27", "KAZ", period, "export", hs,
                          1e6 * steady_exp(season + 0.25 * rng_normal(&rng)), "EUR", "");
            }
        }
    }
    assert_int_equal(mirror_make(&made.arena, &made.s, &options, &table, NULL), 0);
    assert_int_equal(table.n, FLOWS);
    size_t by[4] = {0};
    double sum = 0;
    for (size_t i = 0; i < FLOWS; i++) {
        const struct mirror_partner *of = &table.partners[i];
        size_t at = 36;
        while (at < of->n_months && !of->months[at].rings) {
            at++;
        }
        double length = (double)(at - 36 + 1);
        sum += length;
        by[0] += length <= 80;
        by[1] += length <= 120;
        by[2] += length <= 180;
    }
    print_message(
        "h %.3f; rang by 80 months %zu, by 120 %zu, by 180 %zu of %d; mean %.0f (cut at %d)\n",
        table.partners[0].cusum_threshold, by[0], by[1], by[2], FLOWS, sum / FLOWS,
        (YEARS - 3) * 12);
    /* The month by which 63 % have rung lies within a factor 1.5 of 120. */
    assert_true((double)by[0] < 0.632 * FLOWS && (double)by[2] > 0.632 * FLOWS);
    assert_in_range(by[1], FLOWS * 0.54, FLOWS * 0.72);
    made_end(&made);
}

static void same_bytes_test(void **state)
{
    (void)state;
    struct arena arena;
    double first, second, longer;
    arena_init(&arena, "the test", CEILING);
    assert_int_equal(mirror_threshold(&arena, 120, 3, 24, 1, &first, NULL), 0);
    assert_int_equal(mirror_threshold(&arena, 120, 3, 24, 1, &second, NULL), 0);
    assert_int_equal(mirror_threshold(&arena, 240, 3, 24, 1, &longer, NULL), 0);
    assert_memory_equal(&first, &second, sizeof first);
    assert_true(longer > first + 0.3);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_ratios_test),
        cmocka_unit_test(kyrgyzstan_test),
        cmocka_unit_test(tiers_test),
        cmocka_unit_test(never_both_test),
        cmocka_unit_test(return_test),
        cmocka_unit_test(options_test),
        cmocka_unit_test(score_test),
        cmocka_unit_test(run_length_test),
        cmocka_unit_test(same_bytes_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
