#include "agents_lanes.h"

/* Two lanes in the vectors of GNU C, which every processor has in some form. */
#define TARGET
#define NAMED(x) x##_plain

typedef uint64_t vec __attribute__((vector_size(16)));

#define v_set(x)        ((vec){(uint64_t)(x), (uint64_t)(x)})
#define v_mul(a, b)     (((a)&v_set(UINT32_MAX)) * ((b)&v_set(UINT32_MAX)))
#define v_high(a)       ((a) >> 32)
#define v_xor3(a, b, c) ((a) ^ (b) ^ (c))

#include "agents_philox.h"

enum { LANES = 16 };

static void idle(const struct agents_key *key, uint32_t stream, uint32_t first, size_t groups,
                 const uint16_t *place, const uint32_t *go, size_t n_go, uint64_t *out)
{
    (void)n_go;
    for (size_t g = 0; g < groups; g++) {
        const uint16_t *here = place + g * AGENTS_GROUP;
        uint64_t bits = 0;
        for (uint32_t lane = 0; lane < LANES; lane += 2) {
            uint64_t entity = (first + (uint32_t)g) * LANES + lane;
            struct philox_plain block =
                philox_plain(key->seed, 0, key->day, (vec){entity, entity + 1}, stream);
            for (uint32_t w = 0; w < 4; w++) {
                for (uint32_t i = 0; i < 2; i++) {
                    uint32_t bit = w * LANES + lane + i;
                    uint32_t word = (uint32_t)block.word[w][i];
                    bits |= (uint64_t)(word >> 1 < go[here[bit]]) << bit;
                }
            }
        }
        out[g] = bits;
    }
}

static void words(const struct agents_key *key, uint32_t stream, uint32_t block, unsigned pair,
                  const uint32_t *agent, size_t n, uint32_t *first, uint32_t *second)
{
    for (size_t i = 0; i < n; i += 2) {
        struct philox_plain a =
            philox_plain(key->seed, block, key->day, (vec){agent[i], agent[i + 1]}, stream);
        for (size_t k = 0; k < 2; k++) {
            first[i + k] = (uint32_t)a.word[pair][k];
            second[i + k] = (uint32_t)a.word[pair + 1][k];
        }
    }
}

static void pick(const uint32_t *thresholds, const uint32_t *at, const uint32_t *n,
                 const uint32_t *word, size_t count, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *row = thresholds + at[i];
        uint32_t k = 0;
        for (uint32_t j = 0; j + 1 < n[i]; j++) {
            k += row[j] <= word[i];
        }
        out[i] = k;
    }
}

const struct agents_path agents_plain = {"portable C", idle, words, pick};
