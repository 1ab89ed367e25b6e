#include "small.h"

static void test_words(void **state)
{
    (void)state;
    enum { N = 77, ROUNDED = 80 };
    uint32_t agent[ROUNDED], first[ROUNDED], second[ROUNDED];
    struct rng rng = rng_at(1, 1, 1, 1);
    for (size_t i = 0; i < ROUNDED; i++) {
        agent[i] = rng_u32(&rng);
    }
    for (int name = 0; name < AGENTS_PATHS; name++) {
        const struct agents_path *path = agents_path((enum agents_path_name)name);
        for (uint32_t block = 0; path != NULL && block < 3; block++) {
            const struct agents_key key = {UINT64_C(0x123456789abcdef) * (block + 1), 17 + block};
            for (unsigned pair = 0; pair < 4; pair += 2) {
                path->words(&key, MOVE_HOP, block, pair, agent, N, first, second);
                for (size_t i = 0; i < N; i++) {
                    const uint32_t counter[] = {block, key.day, agent[i], MOVE_HOP};
                    uint32_t word[4];
                    rng_block(key.seed, counter, word);
                    assert_int_equal(first[i], word[pair]);
                    assert_int_equal(second[i], word[pair + 1]);
                }
            }
        }
    }
}

/* Few places are looked up in registers, many in memory: the same bits, those of rng_block. */
static void test_idle(void **state)
{
    (void)state;
    enum { GROUPS = 3, N = GROUPS * AGENTS_GROUP, MOST = 700 };
    static const size_t sizes[] = {1, 5, 32, 33, 64, 100, 128, 129, MOST};
    uint32_t go[MOST];
    uint16_t place[N];
    struct rng rng = rng_at(2, 1, 1, 1);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t i = 0; i < sizes[s]; i++) {
            go[i] = i % 4 == 0 ? 0 : i % 4 == 1 ? WEIGHTS_SURE : rng_u32(&rng) >> 1;
        }
        for (size_t i = 0; i < N; i++) {
            place[i] = (uint16_t)rng_below(&rng, (uint32_t)sizes[s]);
        }
        for (int name = 0; name < AGENTS_PATHS; name++) {
            const struct agents_path *path = agents_path((enum agents_path_name)name);
            if (path == NULL) {
                continue;
            }
            const struct agents_key key = {99, 3};
            const uint32_t first = 1000;
            uint64_t bits[GROUPS];
            path->idle(&key, MOVE_IDLE, first, GROUPS, place, go, sizes[s], bits);
            for (uint32_t i = 0; i < N; i++) {
                uint32_t person = first * AGENTS_GROUP + i, word[4];
                const uint32_t counter[] = {0, key.day, AGENTS_ENTITY(person), MOVE_IDLE};
                rng_block(key.seed, counter, word);
                bool leaves = word[AGENTS_WORD(person)] >> 1 < go[place[i]];
                assert_int_equal(bits[i / 64] >> i % 64 & 1, leaves);
            }
        }
    }
}

static void test_pick(void **state)
{
    (void)state;
    enum { ROWS = 40, WIDE = 48, N = 5000 };
    static _Alignas(64) uint32_t thresholds[ROWS * WIDE];
    static uint32_t at[N], n[N], word[N], out[N];
    struct rng rng = rng_at(3, 1, 1, 1);
    for (uint32_t r = 0; r < ROWS; r++) {
        uint32_t reached = 0;
        for (uint32_t i = 0; i < WIDE; i++) {
            reached += rng_below(&rng, (UINT32_MAX - reached) / 8 + 1);
            thresholds[r * WIDE + i] = i + 1 < r ? reached : UINT32_MAX;
        }
    }
    for (uint32_t i = 0; i < N; i++) {
        n[i] = rng_below(&rng, ROWS);
        at[i] = n[i] * WIDE;
        word[i] = i % 50 == 0 ? UINT32_MAX : rng_u32(&rng);
        if (n[i] > 1 && i % 3 == 0) { /* on the threshold, and just below */
            word[i] = thresholds[at[i] + rng_below(&rng, n[i] - 1)] - i % 2;
        }
    }
    for (int name = 0; name < AGENTS_PATHS; name++) {
        const struct agents_path *path = agents_path((enum agents_path_name)name);
        if (path == NULL) {
            continue;
        }
        path->pick(thresholds, at, n, word, N, out);
        for (uint32_t i = 0; i < N; i++) {
            uint32_t k = 0;
            for (uint32_t j = 0; j + 1 < n[i]; j++) {
                k += thresholds[at[i] + j] <= word[i];
            }
            assert_int_equal(out[i], k);
        }
    }
}

#define UNIT(name) cmocka_unit_test_setup_teardown(name, small_setup, small_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(test_words),
        UNIT(test_idle),
        UNIT(test_pick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
