#include "exodus_chi2.h"
#include "exodus_draw.h"
#include "steady.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

/* Fixed seeds: a good sampler fails such a bound once in a million numbers of seeds. */
#define CHANCE 1e-6
#define FAR    4.5

static double log_choose(int64_t n, int64_t k)
{
    return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1);
}

enum { MARKED_DRAWS = 20000, MARKED_MOST = 4000 };

/* marked, others, taken; few and many, from either side. */
static const int64_t marked_cases[][3] = {
    {3, 5, 4},       {10, 90, 17},          {40, 60, 50},      {60, 40, 30},
    {400, 100, 450}, {30, 3000, 2000},      {900, 1100, 1000}, {2500, 9000, 4000},
    {20, 20, 39},    {17, 1000000, 500000}, {20, 20, 20},      {30, 31, 31}};

static void test_marked(void **state)
{
    (void)state;
    static int64_t count[MARKED_MOST + 1];
    static double exact[MARKED_MOST + 1];
    for (size_t i = 0; i < sizeof marked_cases / sizeof marked_cases[0]; i++) {
        int64_t m = marked_cases[i][0], o = marked_cases[i][1], t = marked_cases[i][2];
        int64_t most = m < t ? m : t, least = t > o ? t - o : 0;
        struct draws draws = draws_at(7, 1, (uint32_t)i, 0);
        for (int64_t k = 0; k <= most; k++) {
            count[k] = 0;
            exact[k] =
                k < least ? 0 : exp(log_choose(m, k) + log_choose(o, t - k) - log_choose(m + o, t));
        }
        for (int n = 0; n < MARKED_DRAWS; n++) {
            int64_t k = exodus_draw_marked(&draws, m, o, t);
            assert_true(k >= least && k <= most);
            count[k]++;
        }
        assert_true(chi2_chance(count, exact, (size_t)most + 1, MARKED_DRAWS) > CHANCE);
    }
}

static void test_marked_ends(void **state)
{
    (void)state;
    struct draws draws = draws_at(7, 2, 0, 0);
    for (int64_t n = 0; n < 200; n += 19) {
        assert_int_equal(exodus_draw_marked(&draws, n, 50, 0), 0);
        assert_int_equal(exodus_draw_marked(&draws, 0, n, n), 0);
        assert_int_equal(exodus_draw_marked(&draws, n, 0, n / 2), n / 2);
        assert_int_equal(exodus_draw_marked(&draws, n, 77, n + 77), n);
    }
    /* As many people as any country has. */
    int64_t k = exodus_draw_marked(&draws, INT64_C(1) << 30, INT64_C(1) << 31, INT64_C(1) << 29);
    assert_true(llabs(k - (INT64_C(1) << 29) / 3) < 200000);
}

/* Of cells: the whole is taken, each cell has its own law. */
static void test_taken(void **state)
{
    (void)state;
    static const int64_t people[] = {5, 0, 40, 1, 54};
    enum { CELLS = 5, TAKEN = 30, DRAWS = 6000 };
    static int64_t count[CELLS][TAKEN + 1];
    struct draws draws = draws_at(7, 3, 0, 0);
    memset(count, 0, sizeof count);
    for (int n = 0; n < DRAWS; n++) {
        int64_t out[CELLS], sum = 0;
        exodus_draw_taken(&draws, people, CELLS, TAKEN, out);
        for (int i = 0; i < CELLS; i++) {
            assert_true(out[i] >= 0 && out[i] <= people[i]);
            count[i][out[i]]++;
            sum += out[i];
        }
        assert_int_equal(sum, TAKEN);
    }
    for (int i = 0; i < CELLS; i++) {
        double exact[TAKEN + 1];
        for (int64_t k = 0; k <= TAKEN; k++) {
            exact[k] = k > people[i]
                           ? 0
                           : exp(log_choose(people[i], k) + log_choose(100 - people[i], TAKEN - k) -
                                 log_choose(100, TAKEN));
        }
        assert_true(chi2_chance(count[i], exact, TAKEN + 1, DRAWS) > CHANCE);
    }
}

static void test_choices(void **state)
{
    (void)state;
    static const double weights[] = {0.5, 0, 2, 0.25, 1.25, 0};
    static const int64_t people[] = {1, 7, 12, 13, 60};
    enum { CHOICES = 6, DRAWS = 6000, MOST = 61 };
    double above[CHOICES];
    exodus_draw_above(weights, CHOICES, above);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        static int64_t count[CHOICES][MOST];
        struct draws draws = draws_at(7, 4, (uint32_t)i, 0);
        memset(count, 0, sizeof count);
        for (int n = 0; n < DRAWS; n++) {
            int64_t out[CHOICES], sum = 0;
            exodus_draw_choices(&draws, people[i], weights, above, CHOICES, out);
            for (int k = 0; k < CHOICES; k++) {
                assert_true(out[k] >= 0 && out[k] <= people[i]);
                count[k][out[k]]++;
                sum += out[k];
            }
            assert_int_equal(sum, people[i]);
        }
        for (int k = 0; k < CHOICES; k++) {
            double exact[MOST], p = weights[k] / 4;
            for (int64_t n = 0; n <= people[i]; n++) {
                exact[n] = p > 0 ? exp(steady_binomial_log_pmf(n, people[i], p)) : n == 0;
            }
            assert_true(chi2_chance(count[k], exact, (size_t)people[i] + 1, DRAWS) > CHANCE);
        }
    }
}

static void test_whole(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    struct draws draws = draws_at(7, 5, 0, 0);
    int64_t more = 0;
    for (int n = 0; n < DRAWS; n++) {
        int64_t got = exodus_draw_whole(&draws, 10.3);
        assert_true(got == 10 || got == 11);
        assert_int_equal(exodus_draw_whole(&draws, 8), 8);
        more += got - 10;
    }
    assert_near((double)more / DRAWS, 0.3, FAR * sqrt(0.21 / DRAWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marked), cmocka_unit_test(test_marked_ends),
        cmocka_unit_test(test_taken),  cmocka_unit_test(test_choices),
        cmocka_unit_test(test_whole),
    };
    return cmocka_run_group_tests_name("exodus_draw", tests, NULL, NULL);
}
