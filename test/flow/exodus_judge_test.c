#include "exodus_fit_parts.h"
#include "exodus_rows_small.h"
#include "rng.h"

/* ---- Priors ---- */

static void test_priors(void **state)
{
    (void)state;
    for (double q = 0.05; q < 1; q += 0.15) {
        double x = exodus_prior_quantile(&three.params[1], q); /* beta 2, 3 */
        assert_near(x * x * (6 - 8 * x + 3 * x * x), q, 1e-9);
    }
    assert_near(exodus_prior_quantile(&three.params[0], 0.5), 700, 1e-9);
    assert_near(log(exodus_prior_quantile(&three.params[0], 0.975) / 700) / 0.5, 1.959963985, 1e-8);
    assert_near(exodus_prior_quantile(&three.params[2], 0.025), 0.4 - 0.1959963985, 1e-8);
    for (uint32_t p = 0; p < 3; p++) {
        double half = exodus_prior_quantile(&three.params[p], 0.3), n = 0;
        for (uint32_t i = 0; i < 4000; i++) {
            n += exodus_prior_draw(&three.params[p], 1, p, i) < half;
        }
        assert_near(n / 4000, 0.3, 4 * sqrt(0.21 / 4000));
    }
}

/* ---- How far chains agree ---- */

#define STRIDE 2

static double chains[STRIDE * 8000];

/* x of the last one times `keeps`, and noise of variance 1 - keeps^2. */
static void make_chains(uint32_t n_chains, uint32_t n_steps, double keeps)
{
    for (uint32_t c = 0; c < n_chains; c++) {
        struct rng rng = rng_at(11, 900, c, 0);
        double x = rng_normal(&rng);
        for (uint32_t i = 0; i < n_steps; i++) {
            chains[STRIDE * (c * n_steps + i)] = x;
            chains[STRIDE * (c * n_steps + i) + 1] = 1e6;
            x = keeps * x + sqrt(1 - keeps * keeps) * rng_normal(&rng);
        }
    }
}

static void test_white_noise(void **state)
{
    (void)state;
    double r_hat, n_effective;
    make_chains(4, 1000, 0);
    exodus_chains_judge(chains, 4, 1000, STRIDE, &r_hat, &n_effective);
    assert_near(r_hat, 1, 0.005);
    assert_near(n_effective / 4000, 1, 0.15);
}

/* (1 - keeps) / (1 + keeps) of the steps. */
static void test_autoregression(void **state)
{
    (void)state;
    double r_hat, n_effective;
    make_chains(4, 2000, 0.6);
    exodus_chains_judge(chains, 4, 2000, STRIDE, &r_hat, &n_effective);
    assert_near(r_hat, 1, 0.01);
    assert_near(n_effective / 8000, 0.25, 0.04);
}

/* Means of the halves 0, 0, 3, 3: variance 3 between and 1 within.  One chain that moves: 0, 3. */
static void test_apart(void **state)
{
    (void)state;
    double r_hat, n_effective;
    make_chains(2, 1000, 0);
    for (uint32_t i = 1000; i < 2000; i++) {
        chains[STRIDE * i] += 3;
    }
    exodus_chains_judge(chains, 2, 1000, STRIDE, &r_hat, &n_effective);
    assert_near(r_hat, 2, 0.05);
    assert_true(n_effective < 20);
    exodus_chains_judge(chains, 1, 2000, STRIDE, &r_hat, &n_effective);
    assert_near(r_hat, sqrt(5.5), 0.08);
    exodus_chains_judge(chains, 4, 7, STRIDE, &r_hat, &n_effective);
    assert_true(isnan(r_hat) && isnan(n_effective));
}

#define JUDGE_TEST(f) cmocka_unit_test_setup_teardown(f, three_setup, three_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        JUDGE_TEST(test_priors),
        JUDGE_TEST(test_white_noise),
        JUDGE_TEST(test_autoregression),
        JUDGE_TEST(test_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
