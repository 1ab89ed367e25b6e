#include "aggregate_draw.h"

enum {
    WORD = 64,
    MOST_BY_BITS = 128, /* people; more are cheaper by rejection */
    PICKS = 2           /* people a choice; fewer choose one by one */
};

/* In plain steps: without an instruction for it the compiler calls a slower function. */
static int64_t ones_of(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (int64_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* 1 <= n <= 64 */
static uint64_t take_bits(struct draws *draws, uint32_t n)
{
    if (draws->n_bits < n) {
        draws->bits = rng_u64(&draws->rng);
        draws->n_bits = WORD;
    }
    uint64_t out = n == WORD ? draws->bits : draws->bits & ((UINT64_C(1) << n) - 1);
    draws->bits = n == WORD ? 0 : draws->bits >> n;
    draws->n_bits -= n;
    return out;
}

static int64_t count_ones(struct draws *draws, int64_t n)
{
    int64_t ones = 0;
    for (; n > WORD; n -= WORD) {
        ones += ones_of(take_bits(draws, WORD));
    }
    return ones + ones_of(take_bits(draws, (uint32_t)n));
}

/* Who has the same digits as p so far is undecided. */
static int64_t by_bits(struct draws *draws, int64_t n, uint64_t p)
{
    int64_t below = 0;
    while (n > 0 && p != 0) {
        int64_t ones = count_ones(draws, n);
        if (p >> (WORD - 1) != 0) {
            below += n - ones;
            n = ones;
        } else {
            n -= ones;
        }
        p <<= 1;
    }
    return below;
}

int64_t draws_binomial(struct draws *draws, int64_t n, double p)
{
    if (n <= 0 || !(p > 0)) {
        return 0;
    }
    if (p >= 1) {
        return n;
    }
    return n <= MOST_BY_BITS ? by_bits(draws, n, (uint64_t)(p * 0x1p64))
                             : rng_binomial(&draws->rng, n, p);
}

static void pick_each(struct draws *draws, int64_t n, const uint32_t *thresholds, uint32_t k,
                      int64_t *out)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t word = rng_u32(&draws->rng), choice = 0;
        for (uint32_t j = 0; j + 1 < k; j++) {
            choice += thresholds[j] <= word;
        }
        out[choice]++;
    }
}

void draws_split(struct draws *draws, int64_t n, const uint32_t *thresholds, uint32_t k,
                 int64_t *out)
{
    for (uint32_t i = 0; i < k; i++) {
        out[i] = 0;
    }
    if (n <= (int64_t)k * PICKS && k > 1) {
        pick_each(draws, n, thresholds, k, out);
        return;
    }
    double behind = 0;
    for (uint32_t i = 0; i + 1 < k && n > 0; i++) {
        double upto = thresholds[i];
        out[i] = draws_binomial(draws, n, (upto - behind) / (0x1p32 - behind));
        n -= out[i];
        behind = upto;
    }
    out[k - 1] = n;
}
