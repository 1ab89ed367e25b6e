#include "exodus_fit.h"

#include "exodus_fit_parts.h"
#include "exodus_rows_small.h"

/* One door; a week of its traffic is the first parameter, and no row speaks of the others. */

#define GRID_MOST 8.0
#define GRID_STEP (1.0 / 512)

static struct exodus_seen seen[4];
static struct exodus_gates gates;
static struct exodus_fit fit;
static struct ajar_err err;

static int fit_setup(void **state)
{
    three_setup(state);
    three.model.n_doors = 1;
    uint8_t *at = arena_new(&three.arena, uint8_t, (size_t)THREE_DAYS * THREE, NULL);
    assert_non_null(at);
    memset(at, GATE_OPEN, (size_t)THREE_DAYS * THREE);
    gates.at = at;
    memset(&fit, 0, sizeof fit);
    err = (struct ajar_err){0};
    return 0;
}

static struct exodus_seen a_week(double value, double scale)
{
    return three_seen(three_row("FIN", "all", "entries_rus", 0, 6, value), 10, scale);
}

static const struct exodus_fit_options shortest = {.seed = 5,
                                                   .as_known = THREE_KNOWN,
                                                   .n_chains = 4,
                                                   .n_warm = 16,
                                                   .n_kept = 8,
                                                   .every = 2,
                                                   .n_draws = 16};

static int fit_try(size_t n_seen, const struct exodus_fit_options *options, struct pool *pool,
                   const struct watch *watch)
{
    return exodus_fit_run(&three.arena, &three.model, &gates, seen, n_seen, options, pool, watch,
                          &fit, &err);
}

/* ---- The density by hand ---- */

static double likely(const struct exodus_seen *row, double answer)
{
    double off = log(answer + 0.5) - log(row->row.value + 0.5);
    off = row->at_least ? fmin(off, 0) : off;
    return pow(1 + off * off / (4 * row->scale * row->scale), -2.5);
}

static double work_density(size_t n_seen, double traffic)
{
    struct exodus_data data;
    struct exodus_fit_work work;
    const double params[] = {traffic, 0.4, 0.4};
    assert_int_equal(
        exodus_data_make(&three.arena, &three.model, seen, n_seen, THREE_KNOWN, false, &data, NULL),
        0);
    assert_int_equal(exodus_fit_work_new(&three.arena, &three.model, &gates, &data, &work, NULL),
                     0);
    return exodus_fit_density(&work, params);
}

/* Alternatives stand apart in the table, with another row between. */
static void test_density(void **state)
{
    (void)state;
    seen[0] = a_week(300, 0.2);
    seen[1] = a_week(800, 0.1);
    seen[2] = a_week(1600, 0.3);
    seen[3] = a_week(900, 0.15);
    seen[0].either = seen[2].either = 7;
    seen[3].at_least = true;
    for (double traffic = 100; traffic < 3000; traffic *= 1.7) {
        double is = log(0.5 * (likely(&seen[0], traffic) + likely(&seen[2], traffic))) +
                    log(likely(&seen[1], traffic)) + log(likely(&seen[3], traffic));
        assert_near(work_density(4, traffic), is, 1e-9);
    }
    assert_near(work_density(1, 500), log(likely(&seen[0], 500)), 1e-9);
    assert_near(work_density(0, 500), 0, 0);
}

/* Two numbers of alternatives are two statements. */
static void test_two_of_either(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        seen[i] = a_week(300 + 300 * i, 0.2);
        seen[i].either = 1 + (uint32_t)i % 2;
    }
    double is = log(0.5 * (likely(&seen[0], 500) + likely(&seen[2], 500))) +
                log(0.5 * (likely(&seen[1], 500) + likely(&seen[3], 500)));
    assert_near(work_density(4, 500), is, 1e-9);
}

/* ---- Posteriors by a grid ---- */

static double grid_value(double u)
{
    return three.params[0].a * exp(three.params[0].b * u);
}

/* Where a part q of prior times rows lies below. */
static double grid_quantile(double (*rows)(double traffic), double q)
{
    double all = 0, sum = 0, u;
    for (u = -GRID_MOST; u < GRID_MOST; u += GRID_STEP) {
        all += exp(-0.5 * u * u) * rows(grid_value(u));
    }
    for (u = -GRID_MOST; sum < q * all; u += GRID_STEP) {
        sum += exp(-0.5 * u * u) * rows(grid_value(u));
    }
    return grid_value(u - 0.5 * GRID_STEP);
}

static double part_below(uint32_t p, double value)
{
    double n = 0;
    for (uint32_t i = 0; i < fit.n_draws; i++) {
        n += fit.draws[i * three.model.n_params + p] < value;
    }
    return n / fit.n_draws;
}

/* Four standard errors at the effective number. */
static void check_part(uint32_t p, double value, double q)
{
    double n = p == 2 ? fit.n_draws : fmin(fit.params[p].n_effective, fit.n_draws);
    assert_near(part_below(p, value), q, 4 * sqrt(q * (1 - q) / n));
}

static void check_rows(double (*rows)(double traffic))
{
    assert_true(fit.params[0].n_effective > 150);
    assert_true(fit.params[0].r_hat < 1.05);
    for (double q = 0.05; q < 1; q += 0.15) {
        check_part(0, grid_quantile(rows, q), q);
    }
}

static void fit_long(size_t n_seen, uint32_t n_kept)
{
    struct exodus_fit_options options = {.seed = 3,
                                         .as_known = THREE_KNOWN,
                                         .n_chains = 4,
                                         .n_warm = 400,
                                         .n_kept = n_kept,
                                         .every = 4,
                                         .n_draws = 4 * n_kept};
    assert_int_equal(fit_try(n_seen, &options, NULL, NULL), 0);
}

static double two_rows(double traffic)
{
    return likely(&seen[0], traffic) * likely(&seen[1], traffic);
}

static void test_known_posterior(void **state)
{
    (void)state;
    double mean = 0, spread = 0, all = 0, drawn = 0, square = 0;
    seen[0] = a_week(400, 0.3);
    seen[1] = a_week(900, 0.3);
    fit_long(2, 800);
    assert_int_equal(fit.n_rows, 2);
    check_rows(two_rows);
    for (double u = -GRID_MOST; u < GRID_MOST; u += GRID_STEP) {
        double weight = exp(-0.5 * u * u) * two_rows(grid_value(u));
        all += weight;
        mean += weight * u;
        spread += weight * u * u;
    }
    mean /= all;
    spread = sqrt(spread / all - mean * mean);
    for (uint32_t i = 0; i < fit.n_draws; i++) {
        double u = log(fit.draws[3 * i] / 700) / 0.5;
        drawn += u / fit.n_draws;
        square += u * u / fit.n_draws;
    }
    double sd = sqrt(square - drawn * drawn);
    assert_near(sd / spread, 1, 3 / sqrt(2 * fit.params[0].n_effective));
    assert_near(drawn, mean, 4 * sd / sqrt(fit.params[0].n_effective));
    assert_true(fit.params[0].width < 0.8);
    assert_true(fit.accepted > 0.1 && fit.accepted < 0.6);
    /* No row speaks of these: a beta that is fitted, a normal that is drawn. */
    for (uint32_t p = 1; p < 3; p++) {
        for (double q = 0.05; q < 1; q += 0.15) {
            check_part(p, exodus_prior_quantile(&three.params[p], q), q);
        }
        assert_near(fit.params[p].width, 1, 0.12);
        assert_near(fit.params[p].p50, fit.params[p].prior_p50, 0.03);
    }
    assert_true(isnan(fit.params[2].r_hat) && isnan(fit.params[2].n_effective));
    assert_near(fit.params[2].best, 0.4, 1e-12);
}

/* Draws are evenly spaced over the places kept, and what is said of chains is said of each parameter's own. */
static void test_draws_and_chains(void **state)
{
    (void)state;
    struct exodus_fit_options options = shortest;
    double places[2 * 32], r_hat, n_effective;
    seen[0] = a_week(400, 0.3);
    options.n_draws = 32;
    assert_int_equal(fit_try(1, &options, NULL, NULL), 0);
    struct exodus_fit all = fit;
    for (uint32_t i = 0; i < 32; i++) {
        places[2 * i] = log(all.draws[3 * i] / 700) / 0.5;
        places[2 * i + 1] = log(all.draws[3 * i + 1] / (1 - all.draws[3 * i + 1]));
    }
    for (uint32_t p = 0; p < 2; p++) {
        exodus_chains_judge(places + p, 4, 8, 2, &r_hat, &n_effective);
        assert_near(all.params[p].r_hat, r_hat, 1e-6);
        assert_near(all.params[p].n_effective, n_effective, 1e-6);
    }
    options.n_draws = 2;
    assert_int_equal(fit_try(1, &options, NULL, NULL), 0);
    for (uint32_t p = 0; p < 2; p++) {
        assert_near(fit.draws[p], all.draws[3 * 8 + p], 0);
        assert_near(fit.draws[3 + p], all.draws[3 * 24 + p], 0);
    }
}

/* The mode: where the rows and the prior of the first parameter are highest together. */
static void test_mode(void **state)
{
    (void)state;
    double best = 0, at = 0;
    seen[0] = a_week(400, 0.1);
    seen[1] = a_week(500, 0.1);
    for (double u = -3; u < 3; u += GRID_STEP) {
        double here = exp(-0.5 * u * u) * two_rows(grid_value(u));
        at = here > best ? u : at;
        best = fmax(best, here);
    }
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), 0);
    assert_near(log(fit.params[0].best / 700) / 0.5, at, 2 * GRID_STEP);
    /* Of the logit of a beta 2, 3: a / (a + b). */
    assert_near(fit.params[1].best, 0.4, 1e-3);
}

static double either_row(double traffic)
{
    return likely(&seen[0], traffic) + likely(&seen[1], traffic);
}

static void test_two_modes(void **state)
{
    (void)state;
    seen[0] = a_week(320, 0.2);
    seen[1] = a_week(1500, 0.2);
    seen[0].either = seen[1].either = 1;
    fit_long(2, 300);
    assert_int_equal(fit.n_rows, 1);
    check_rows(either_row);
    /* As many logarithms in each: many near both values, few between. */
    double low = part_below(0, 320 * 1.25) - part_below(0, 320 / 1.25);
    double high = part_below(0, 1500 * 1.25) - part_below(0, 1500 / 1.25);
    double between = part_below(0, 692 * 1.25) - part_below(0, 692 / 1.25);
    assert_true(low > 1.5 * between && high > 1.5 * between);
}

static double first_row(double traffic)
{
    return likely(&seen[0], traffic);
}

static void test_at_least(void **state)
{
    (void)state;
    seen[0] = a_week(800, 0.1);
    seen[0].at_least = true;
    fit_long(1, 150);
    check_rows(first_row);
    assert_true(fit.params[0].p5 > 600 && fit.params[0].p95 > 1400);
}

/* ---- What reaches a fit ---- */

static double first_draws[3 * 16];

static bool same_draws(void)
{
    return memcmp(first_draws, fit.draws, sizeof first_draws) == 0;
}

/* A row published after as_known: of another value, gone, one more. */
static void test_later_rows(void **state)
{
    (void)state;
    seen[0] = a_week(400, 0.3);
    seen[1] = a_week(5000, 0.01);
    seen[1].known = THREE_KNOWN + 1;
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), 0);
    assert_int_equal(fit.n_rows, 1);
    memcpy(first_draws, fit.draws, sizeof first_draws);
    seen[1].row.value = 3;
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), 0);
    assert_true(same_draws());
    assert_int_equal(fit_try(1, &shortest, NULL, NULL), 0);
    assert_true(same_draws());
    seen[2] = seen[1];
    seen[2].row.to += 20;
    seen[2].row.measure = TEXT_LIT("no_such_measure");
    assert_int_equal(fit_try(3, &shortest, NULL, NULL), 0);
    assert_true(same_draws());
    seen[1].known = THREE_KNOWN;
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), 0);
    assert_int_equal(fit.n_rows, 2);
    assert_false(same_draws());
    seen[1].use = EXODUS_CHECK;
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), 0);
    assert_true(same_draws());
}

static void test_by_period(void **state)
{
    (void)state;
    struct exodus_fit_options options = shortest;
    seen[0] = a_week(400, 0.3);
    seen[0].known = THREE_KNOWN + 3;
    seen[1] = seen[0];
    seen[1].row.to = THREE_KNOWN + 1;
    options.by_period = true;
    assert_int_equal(fit_try(2, &options, NULL, NULL), 0);
    assert_int_equal(fit.n_rows, 1);
    seen[1].row.to = THREE_KNOWN;
    assert_int_equal(fit_try(2, &options, NULL, NULL), 0);
    assert_int_equal(fit.n_rows, 2);
}

static void test_threads(void **state)
{
    (void)state;
    seen[0] = a_week(400, 0.3);
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, threads, NULL), 0);
        assert_int_equal(fit_try(1, &shortest, pool, NULL), 0);
        pool_close(pool);
        if (threads == 1) {
            memcpy(first_draws, fit.draws, sizeof first_draws);
        }
        assert_true(same_draws());
    }
    struct exodus_fit_options options = shortest;
    options.seed++;
    assert_int_equal(fit_try(1, &options, NULL, NULL), 0);
    assert_false(same_draws());
}

static bool stop(void *arg)
{
    (void)arg;
    return true;
}

static void test_refusals(void **state)
{
    (void)state;
    struct watch watch = {.cancelled = stop};
    seen[0] = a_week(400, 0.3);
    assert_int_equal(fit_try(1, &shortest, NULL, &watch), E_CANCELLED);
    seen[1] = a_week(400, 0.3);
    seen[1].row.country = TEXT_LIT("SRB");
    assert_int_equal(fit_try(2, &shortest, NULL, NULL), E_EXODUS_ROW);
    assert_non_null(strstr(err.text, "SRB"));
    three.params[0].a = INFINITY;
    assert_int_equal(fit_try(1, &shortest, NULL, NULL), E_EXODUS_FIT);
    assert_null(fit.draws);
}

#define FIT_TEST(f) cmocka_unit_test_setup_teardown(f, fit_setup, three_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIT_TEST(test_density),
        FIT_TEST(test_two_of_either),
        FIT_TEST(test_known_posterior),
        FIT_TEST(test_draws_and_chains),
        FIT_TEST(test_mode),
        FIT_TEST(test_two_modes),
        FIT_TEST(test_at_least),
        FIT_TEST(test_later_rows),
        FIT_TEST(test_by_period),
        FIT_TEST(test_threads),
        FIT_TEST(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
