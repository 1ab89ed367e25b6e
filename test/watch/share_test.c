#include "../base/unit.h"

#include <math.h>

#include "rng.h"
#include "share.h"

enum { MOST = 12 };

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 26);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct share_shift shift(size_t n, const double *before, const double *after, double phi)
{
    struct ajar_err err = {0};
    struct share_shift out;
    if (share_shift(&arena, n, before, after, phi, &out, NULL, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return out;
}

/* p <- c(0.01, 0.04, 0.03, 0.005, 0.5, NA, 0.03); p.adjust(p, "BH")
 * p.adjust(c(1, 0.2, 0.2, 1e-12), "BH") */
static void the_adjusted_p_are_those_of_r(void **state)
{
    (void)state;
    struct ajar_err err = {0};
    double p[] = {0.01, 0.04, 0.03, 0.005, 0.5, NAN, 0.03}, q[7];
    static const double r[] = {0.03, 0.048, 0.045, 0.03, 0.5, NAN, 0.045};
    assert_int_equal(share_adjust(&arena, 7, p, q, &err), 0);
    for (size_t i = 0; i < 7; i++) {
        if (isnan(r[i])) {
            assert_true(isnan(q[i]));
        } else {
            assert_near(q[i], r[i], 1e-15);
        }
    }
    double ties[] = {1, 0.2, 0.2, 1e-12};
    assert_int_equal(share_adjust(&arena, 4, ties, ties, &err), 0);
    assert_near(ties[0], 1, 0);
    assert_near(ties[1], 0.8 / 3, 1e-15);
    assert_near(ties[2], 0.8 / 3, 1e-15);
    assert_near(ties[3], 4e-12, 1e-26);
}

/* b <- c(120, 80, 40, 0, 10); a <- c(180, 75, 60, 0, 5); m <- rbind(b, a)[, b + a > 0]
 * E <- outer(rowSums(m), colSums(m)) / sum(m); g <- 2 * sum(ifelse(m > 0, m * log(m / E), 0))
 * c(g, pchisq(g, 3, lower = F), g / 1.7, pchisq(g / 1.7, 3, lower = F))
 * and for each door t <- cbind(m[, i], rowSums(m) - m[, i]) in place of m, 1 degree of freedom; p.adjust(, "BH") */
static void the_test_is_that_of_r(void **state)
{
    (void)state;
    static const double before[] = {120, 80, 40, 0, 10}, after[] = {180, 75, 60, 0, 5};
    static const double door[] = {0.0502369502712409, 0.0229528838439304, 0.390270289168945, NAN,
                                  0.0715556450848917};
    static const double wide[] = {0.133181811367535, 0.0811162789401485, 0.509946784273957, NAN,
                                  0.166965254065989};
    static const double adjusted[] = {0.0954075267798556, 0.0918115353757217, 0.3902702891689447,
                                      NAN, 0.0954075267798556};
    struct share_shift one = shift(5, before, after, 1), more = shift(5, before, after, 1.7);
    assert_near(one.g, 9.3504887825134162, 1e-11);
    assert_near(one.p, 0.0249762731700995, 1e-13);
    assert_near(one.df, 3, 0);
    assert_near(more.g, 5.5002875191255391, 1e-11);
    assert_near(more.p, 0.1386214215666600, 1e-12);
    assert_near(more.phi, 1.7, 0);
    for (size_t i = 0; i < 5; i++) {
        if (isnan(door[i])) {
            assert_true(isnan(one.p_door[i]) && isnan(one.q_door[i]));
            continue;
        }
        assert_near(one.p_door[i], door[i], 1e-12);
        assert_near(more.p_door[i], wide[i], 1e-12);
        assert_near(one.q_door[i], adjusted[i], 1e-12);
    }
}

/* By hand: 10 : 10 becomes 20 : 10.  G = 2 (10 ln(10/12) + 20 ln(20/18) + 10 ln(10/8) + 10 ln(10/12)). */
static void a_small_table_by_hand(void **state)
{
    (void)state;
    static const double before[] = {10, 10}, after[] = {20, 10};
    struct ajar_err err = {0};
    struct share_shift out;
    size_t small = 99;
    assert_int_equal(share_shift(&arena, 2, before, after, 1, &out, &small, &err), 0);
    double g = 2 * (20 * log(10.0 / 12) + 20 * log(20.0 / 18) + 10 * log(10.0 / 8));
    assert_near(out.g, g, 1e-13);
    assert_near(out.p, erfc(sqrt(g / 2)), 1e-14); /* chi-square with one degree of freedom */
    assert_near(out.p_door[0], out.p, 1e-14);
    assert_near(out.p_door[1], out.p, 1e-14);
    assert_near(out.share_before[0], 0.5, 0);
    assert_near(out.share_after[0], 2.0 / 3, 1e-16);
    assert_near(out.contribution[0], 1, 0);
    assert_near(out.contribution[1], 0, 0);
    assert_int_equal(small, 0);
    static const double few[] = {3, 20}, later[] = {2, 25};
    assert_int_equal(share_shift(&arena, 2, few, later, 1, &out, &small, &err), 0);
    assert_int_equal(small, 2); /* 5 * 23/50 and 5 * 27/50 */
}

static void draw_table(struct rng *rng, size_t n, double *before, double *after)
{
    for (size_t i = 0; i < n; i++) {
        double mean = 200 * rng_uniform(rng);
        before[i] = (double)rng_poisson(rng, mean);
        after[i] = 1 + (double)rng_poisson(rng, mean * (0.8 + rng_uniform(rng)));
    }
    before[0] += 1;
}

static void what_holds_for_any_table(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 300; round++) {
        struct rng rng = rng_at(1, 1, round, 0);
        size_t n = 2 + rng_below(&rng, MOST - 1);
        double before[MOST], after[MOST], turned_before[MOST], turned_after[MOST];
        draw_table(&rng, n, before, after);
        size_t by = rng_below(&rng, (uint32_t)n);
        for (size_t i = 0; i < n; i++) {
            turned_before[(i + by) % n] = before[i];
            turned_after[(i + by) % n] = after[i];
        }
        struct share_shift out = shift(n, before, after, 1.3);
        struct share_shift turned = shift(n, turned_before, turned_after, 1.3);
        struct share_shift back = shift(n, after, before, 1.3);
        assert_near(turned.g, out.g, 1e-10);
        assert_near(back.g, out.g, 1e-10);
        assert_near(turned.p, out.p, 1e-11);
        double sum = 0, shares = 0;
        for (size_t i = 0; i < n; i++) {
            sum += out.contribution[i];
            shares += out.share_after[i];
            assert_near(turned.p_door[(i + by) % n], out.p_door[i], 1e-11);
            assert_near(turned.q_door[(i + by) % n], out.q_door[i], 1e-11);
            assert_true(out.q_door[i] >= out.p_door[i] && out.q_door[i] <= 1);
            for (size_t j = 0; j < n; j++) {
                assert_true(out.p_door[i] > out.p_door[j] || out.q_door[i] <= out.q_door[j]);
            }
        }
        assert_near(shares, 1, 1e-14);
        if (isnan(out.contribution[0])) {
            continue;
        }
        assert_near(sum, 1, 1e-9);
    }
}

static void equal_shares_are_no_shift(void **state)
{
    (void)state;
    static const double before[] = {10, 20, 30, 0}, after[] = {15, 30, 45, 0};
    struct share_shift out = shift(4, before, after, 1);
    assert_near(out.g, 0, 1e-12);
    assert_near(out.p, 1, 1e-9);
    assert_near(out.p_door[1], 1, 1e-6);
    assert_near(out.contribution[2], 0.5, 1e-15);
}

static void nothing_to_compare_is_no_shift(void **state)
{
    (void)state;
    static const double some[] = {3, 4}, none[] = {0, 0}, one[] = {5, 0}, more[] = {9, 0};
    struct share_shift out = shift(2, none, some, 1);
    assert_near(out.g, 0, 0);
    assert_near(out.p, 1, 0);
    assert_near(out.p_door[0], 1, 0);
    assert_true(isnan(out.share_before[0]) && !isnan(out.share_after[0]));
    out = shift(2, one, more, 1);
    assert_near(out.df, 0, 0);
    assert_near(out.p, 1, 0);
    out = shift(2, some, some, 1);
    assert_true(isnan(out.contribution[0]));
}

/* Multinomial counts of equal shares, each of them in clumps of `clump` people: overdispersed by clump. */
static double share_below(double level, int64_t people, int64_t clump, double phi)
{
    enum { ROUNDS = 4000, DOORS = 6 };
    static const double weights[DOORS] = {5, 4, 3, 2, 1, 1};
    int below = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct rng rng = rng_at(2, 1, round, (uint32_t)clump);
        int64_t draws[2][DOORS];
        double counts[2][DOORS];
        for (int span = 0; span < 2; span++) {
            rng_multinomial(&rng, people / clump, weights, DOORS, draws[span]);
            for (int i = 0; i < DOORS; i++) {
                counts[span][i] = (double)(draws[span][i] * clump);
            }
        }
        below += shift(DOORS, counts[0], counts[1], phi).p < level;
    }
    return below / (double)ROUNDS;
}

static void its_p_is_the_rate_of_false_alarms(void **state)
{
    (void)state;
    /* sd of the shares: 0.0034 and 0.0079 */
    assert_near(share_below(0.05, 2000, 1, 1), 0.05, 0.012);
    assert_near(share_below(0.5, 2000, 1, 1), 0.5, 0.03);
    assert_near(share_below(0.05, 8000, 4, 4), 0.05, 0.012);
    assert_true(share_below(0.05, 8000, 4, 1) > 0.5);
}

static void assert_refused(size_t n, const double *before, const double *after, double phi)
{
    struct ajar_err err = {0};
    struct share_shift out;
    assert_int_equal(share_shift(&arena, n, before, after, phi, &out, NULL, &err), E_WATCH_OPTION);
    assert_string_equal(err.slug, "watch.option");
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    static const double good[] = {1, 2}, negative[] = {1, -2}, missing[] = {NAN, 2};
    static const double endless[] = {1, INFINITY}, none[] = {0, 0};
    assert_refused(1, good, good, 1);
    assert_refused(2, good, negative, 1);
    assert_refused(2, missing, good, 1);
    assert_refused(2, good, endless, 1);
    assert_refused(2, none, none, 1);
    assert_refused(2, good, good, 0.99);
    assert_refused(2, good, good, NAN);
    assert_refused(2, good, good, INFINITY);
    struct ajar_err err = {0};
    double q[2];
    assert_int_equal(share_adjust(&arena, 2, good, q, &err), E_WATCH_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_adjusted_p_are_those_of_r, setup, teardown),
        cmocka_unit_test_setup_teardown(the_test_is_that_of_r, setup, teardown),
        cmocka_unit_test_setup_teardown(a_small_table_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(what_holds_for_any_table, setup, teardown),
        cmocka_unit_test_setup_teardown(equal_shares_are_no_shift, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_to_compare_is_no_shift, setup, teardown),
        cmocka_unit_test_setup_teardown(its_p_is_the_rate_of_false_alarms, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_arguments_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
