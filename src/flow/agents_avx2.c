#include "agents_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET   __attribute__((target("avx2,popcnt")))
#define NAMED(x) x##_avx2

typedef __m256i vec;

#define v_set(x)        _mm256_set1_epi64x((int64_t)(uint64_t)(x))
#define v_mul(a, b)     _mm256_mul_epu32(a, b)
#define v_high(a)       _mm256_srli_epi64(a, 32)
#define v_xor3(a, b, c) _mm256_xor_si256(_mm256_xor_si256(a, b), c)

#include "agents_philox.h"

enum { LANES = 8 };

static inline TARGET __m256i load(const void *at)
{
    return _mm256_loadu_si256((const __m256i *)at);
}

/* Eight people with words of two blocks: bit i, person i. */
static inline TARGET uint32_t leaving(__m256i word, const uint16_t *place, const uint32_t *go)
{
    __m256i at = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)place));
    __m256i chance = _mm256_i32gather_epi32((const int *)(const void *)go, at, 4);
    /* 31 bits less at most 2^31 fits an int: its sign is the answer. */
    __m256i below = _mm256_sub_epi32(_mm256_srli_epi32(word, 1), chance);
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(below));
}

static TARGET void idle(const struct agents_key *key, uint32_t stream, uint32_t first,
                        size_t groups, const uint16_t *place, const uint32_t *go, size_t n_go,
                        uint64_t *out)
{
    (void)n_go;
    const __m256i even = _mm256_set_epi64x(6, 4, 2, 0);
    for (size_t g = 0; g < groups; g++) {
        const uint16_t *here = place + g * AGENTS_GROUP;
        uint64_t bits = 0;
        for (uint32_t half = 0; half < 2; half++) {
            __m256i entity =
                _mm256_add_epi64(even, v_set((first + (uint32_t)g) * 2 * LANES + half * LANES));
            struct philox_avx2 a = philox_avx2(key->seed, 0, key->day, entity, stream);
            struct philox_avx2 b =
                philox_avx2(key->seed, 0, key->day, _mm256_add_epi64(entity, v_set(1)), stream);
            for (uint32_t w = 0; w < 4; w++) {
                enum { ODD = 0xaa };
                __m256i word = _mm256_blend_epi32(a.word[w], _mm256_slli_epi64(b.word[w], 32), ODD);
                uint32_t from = w * 2 * LANES + half * LANES;
                bits |= (uint64_t)leaving(word, here + from, go) << from;
            }
        }
        out[g] = bits;
    }
}

/* The lower halves of four lanes. */
static inline TARGET void narrow(__m256i a, uint32_t *out)
{
    const __m256i lower = _mm256_set_epi32(7, 5, 3, 1, 6, 4, 2, 0);
    _mm_storeu_si128((__m128i *)(void *)out,
                     _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(a, lower)));
}

static TARGET void words(const struct agents_key *key, uint32_t stream, uint32_t block,
                         unsigned pair, const uint32_t *agent, size_t n, uint32_t *first,
                         uint32_t *second)
{
    for (size_t i = 0; i < n; i += LANES / 2) {
        __m256i entity =
            _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)(agent + i)));
        struct philox_avx2 a = philox_avx2(key->seed, block, key->day, entity, stream);
        narrow(a.word[pair], first + i);
        narrow(a.word[pair + 1], second + i);
    }
}

static TARGET void pick(const uint32_t *thresholds, const uint32_t *at, const uint32_t *n,
                        const uint32_t *word, size_t count, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *row = thresholds + at[i];
        uint32_t last = n[i] == 0 ? 0 : n[i] - 1, k = 0, from = 0;
        __m256i u = _mm256_set1_epi32((int)word[i]);
        do {
            for (int half = 0; half < 2; half++) {
                __m256i t = load(row + from);
                __m256i below = _mm256_cmpeq_epi32(_mm256_min_epu32(t, u), t);
                k += (uint32_t)__builtin_popcount(
                    (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(below)));
                from += LANES;
            }
        } while (__builtin_expect(from < last, 0));
        out[i] = k < last ? k : last;
    }
}

const struct agents_path agents_avx2 = {"AVX2", idle, words, pick};
#endif
