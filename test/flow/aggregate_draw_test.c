#include "aggregate_parts.h"
#include "dist.h"
#include "steady.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* Fixed seeds: a good sampler fails such a bound once in a million numbers of seeds. */
#define CHANCE 1e-6

/* ---- Draws ---- */

/* Chi-square of counts against chances; cells that expect few are added up. */
static double chi2_chance(const int64_t *count, const double *chance, size_t n, int64_t draws)
{
    const double few = 10;
    double sum = 0, expected = 0, seen = 0, left = 1;
    int cells = -1;
    for (size_t i = 0; i < n; i++) {
        expected += chance[i] * (double)draws;
        left -= chance[i];
        seen += (double)count[i];
        if ((expected >= few && left * (double)draws >= few) || i + 1 == n) {
            sum += expected > 0 ? (seen - expected) * (seen - expected) / expected : 0;
            cells++;
            expected = seen = 0;
        }
    }
    return cells > 0 ? dist_chi2_sf(sum, cells) : 1;
}

static void test_binomial(void **state)
{
    (void)state;
    static const int64_t people[] = {1, 2, 7, 31, 64, 65, 127, 128, 129, 400, 2000};
    static const double chances[] = {0.5, 0.25, 0.1, 1.0 / 3, 0.9, 0.003, 0.999, 0.6180339887};
    enum { DRAWS = 20000, MOST = 2001 };
    static int64_t count[MOST];
    static double exact[MOST];
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        for (size_t j = 0; j < sizeof chances / sizeof *chances; j++) {
            int64_t n = people[i];
            struct draws draws = draws_at(3, 1, (uint32_t)i, (uint32_t)j);
            for (int64_t k = 0; k <= n; k++) {
                count[k] = 0;
                exact[k] = exp(steady_binomial_log_pmf(k, n, chances[j]));
            }
            for (int d = 0; d < DRAWS; d++) {
                int64_t k = draws_binomial(&draws, n, chances[j]);
                assert_true(k >= 0 && k <= n);
                count[k]++;
            }
            assert_true(chi2_chance(count, exact, (size_t)n + 1, DRAWS) > CHANCE);
        }
    }
}

static void test_binomial_ends(void **state)
{
    (void)state;
    struct draws draws = draws_at(1, 1, 1, 1);
    for (int64_t n = 0; n < 300; n += 7) {
        assert_int_equal(draws_binomial(&draws, n, 0), 0);
        assert_int_equal(draws_binomial(&draws, n, -1), 0);
        assert_int_equal(draws_binomial(&draws, n, NAN), 0);
        assert_int_equal(draws_binomial(&draws, n, 1), n);
        assert_int_equal(draws_binomial(&draws, n, 0x1p-70), 0);
    }
    assert_int_equal(draws_binomial(&draws, -3, 0.5), 0);
}

/* Few choose one by one, many by binomials: the mean and the spread of each choice are the same. */
static void test_split(void **state)
{
    (void)state;
    static const uint32_t thresholds[] = {0x20000000, 0x20000000, 0x90000000, 0xF0000000};
    static const double share[] = {0.125, 0, 0.4375, 0.375, 0.0625};
    enum { CHOICES = 5, DRAWS = 20000, MOST = 64 };
    static const int64_t people[] = {1, 3, 10, 11, 40, 63};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        static int64_t count[CHOICES][MOST];
        struct draws draws = draws_at(8, 1, (uint32_t)i, 0);
        memset(count, 0, sizeof count);
        for (int d = 0; d < DRAWS; d++) {
            int64_t out[CHOICES], sum = 0;
            draws_split(&draws, people[i], thresholds, CHOICES, out);
            for (int k = 0; k < CHOICES; k++) {
                assert_true(out[k] >= 0 && out[k] <= people[i]);
                sum += out[k];
                count[k][out[k]]++;
            }
            assert_int_equal(sum, people[i]);
        }
        assert_int_equal(count[1][0], DRAWS);
        for (int k = 0; k < CHOICES; k++) {
            double exact[MOST];
            for (int64_t n = 0; n <= people[i]; n++) {
                exact[n] = k == 1 ? n == 0 : exp(steady_binomial_log_pmf(n, people[i], share[k]));
            }
            assert_true(chi2_chance(count[k], exact, (size_t)people[i] + 1, DRAWS) > CHANCE);
        }
    }
}

/* Cells are found again, through growth and clearing; means are those of all people. */
static void test_bag(void **state)
{
    (void)state;
    enum { KEYS = 3000, PUTS = 20000 };
    static double way[KEYS], recent[KEYS];
    static int64_t n[KEYS];
    struct arena arena;
    struct bag bag;
    bool fresh;
    arena_init(&arena, "bag", (size_t)1 << 26);
    assert_int_equal(bag_open(&bag, &arena, NULL), 0);
    for (int round = 0; round < 3; round++) {
        struct rng rng = rng_at((uint64_t)round, 1, 1, 1);
        memset(way, 0, sizeof way);
        memset(recent, 0, sizeof recent);
        memset(n, 0, sizeof n);
        for (int i = 0; i < PUTS; i++) {
            uint32_t key = rng_below(&rng, KEYS), people = 1 + rng_below(&rng, 9);
            const struct cell cell = {.n = people,
                                      .way = rng_uniform(&rng),
                                      .recent = (double)key,
                                      .where = key % 17,
                                      .trail = key / 17 % 5,
                                      .mark = key / 85};
            assert_int_equal(bag_reserve(&bag, 1, NULL), 0);
            struct cell *at = &bag.at[bag_put(&bag, &cell, &fresh)];
            assert_int_equal(fresh, n[key] == 0);
            n[key] += people;
            way[key] += cell.way * people;
            assert_int_equal(at->n, n[key]);
            assert_near(at->way, way[key] / (double)n[key], 1e-12);
            assert_true(at->recent == (double)key);
        }
        bag_clear(&bag);
    }
    /* A closed cell gets nobody more. */
    const struct cell cell = {.n = 2, .where = 1};
    uint32_t first = bag_put(&bag, &cell, &fresh);
    bag_close(&bag, first);
    uint32_t second = bag_put(&bag, &cell, &fresh);
    assert_true(fresh && second != first && bag_put(&bag, &cell, &fresh) == second);
    arena_free(&arena);
}

static int add_up(struct aggregate *all, struct cell *people, struct ajar_err *err)
{
    (void)err;
    all->counts[0] += people->n;
    return 0;
}

/* A cell of one group is met in each block with its part; over all blocks its people are met once. */
static void test_share(void **state)
{
    enum { PEOPLE = 700, BLOCKS = 7 };
    const struct flow_params params = {.blocks = BLOCKS};
    int64_t born[] = {0, PEOPLE}, count = 0;
    uint32_t of_age[] = {0};
    (void)state;
    struct aggregate all = {.day = 5,
                            .params = &params,
                            .people = PEOPLE,
                            .n_ages = 1,
                            .born = born,
                            .of_age = of_age,
                            .counts = &count};
    for (int64_t n = 0; n < 40; n++) {
        struct cell cell = {.n = n, .next = BAG_NONE};
        const struct bag bag = {.at = &cell, .n = 1};
        int64_t sum = 0;
        for (uint32_t b = 0; b < BLOCKS; b++) {
            count = 0;
            assert_int_equal(aggregate_ages_each(&all, &bag, b, b + 1, add_up, NULL), 0);
            assert_true(count >= n / BLOCKS && count <= n / BLOCKS + 1);
            sum += count;
        }
        assert_int_equal(sum, n);
        count = 0;
        assert_int_equal(aggregate_ages_each(&all, &bag, 0, BLOCKS, add_up, NULL), 0);
        assert_int_equal(count, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binomial), cmocka_unit_test(test_binomial_ends),
        cmocka_unit_test(test_split),    cmocka_unit_test(test_bag),
        cmocka_unit_test(test_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
