#include "agents_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET   __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,popcnt")))
#define NAMED(x) x##_avx512

typedef __m512i vec;

#define v_set(x)        _mm512_set1_epi64((int64_t)(uint64_t)(x))
#define v_mul(a, b)     _mm512_mul_epu32(a, b)
#define v_high(a)       _mm512_srli_epi64(a, 32)
#define v_xor3(a, b, c) _mm512_ternarylogic_epi64(a, b, c, 0x96)

#include "agents_philox.h"

enum { LANES = 16, TABLE = 32, TABLES = 4 };

/* go[place] of 16 people: from registers while the places are few. */
struct go_table {
    const uint32_t *go;
    int tables; /* 0: from memory */
    __m512i half[2 * TABLES];
};

static inline TARGET struct go_table go_table(const uint32_t *go, size_t n_go)
{
    struct go_table table = {.go = go};
    if (n_go > TABLE * TABLES) {
        return table;
    }
    table.tables = (int)((n_go + TABLE - 1) / TABLE);
    for (size_t i = 0; i < 2 * (size_t)table.tables; i++) {
        size_t from = i * LANES, n = from < n_go ? n_go - from : 0;
        __mmask16 known = (__mmask16)(n >= LANES ? 0xffff : (1u << n) - 1);
        table.half[i] = _mm512_maskz_loadu_epi32(known, go + from);
    }
    return table;
}

static inline TARGET __m512i go_of(const struct go_table *table, __m512i place)
{
    if (table->tables == 0) {
        /* By halves: GCC's macro for all sixteen does not pass its own warnings. */
        const int *go = (const int *)(const void *)table->go;
        __m256i low = _mm256_i32gather_epi32(go, _mm512_castsi512_si256(place), 4);
        __m256i high = _mm256_i32gather_epi32(go, _mm512_extracti64x4_epi64(place, 1), 4);
        return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    }
    __m512i out = _mm512_permutex2var_epi32(table->half[0], place, table->half[1]);
    for (int i = 1; i < table->tables; i++) {
        __mmask16 here = _mm512_cmpge_epu32_mask(place, _mm512_set1_epi32(i * TABLE));
        __m512i other =
            _mm512_permutex2var_epi32(table->half[2 * i], place, table->half[2 * i + 1]);
        out = _mm512_mask_mov_epi32(out, here, other);
    }
    return out;
}

static TARGET void idle(const struct agents_key *key, uint32_t stream, uint32_t first,
                        size_t groups, const uint16_t *place, const uint32_t *go, size_t n_go,
                        uint64_t *out)
{
    const __m512i even = _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0);
    const struct go_table table = go_table(go, n_go);
    for (size_t g = 0; g < groups; g++) {
        __m512i entity = _mm512_add_epi64(even, v_set((first + (uint32_t)g) * LANES));
        struct philox_avx512 a = philox_avx512(key->seed, 0, key->day, entity, stream);
        struct philox_avx512 b =
            philox_avx512(key->seed, 0, key->day, _mm512_add_epi64(entity, v_set(1)), stream);
        uint64_t bits = 0;
        for (int w = 0; w < 4; w++) {
            __m512i word =
                _mm512_mask_mov_epi32(a.word[w], 0xaaaa, _mm512_slli_epi64(b.word[w], 32));
            __m512i at = _mm512_cvtepu16_epi32(_mm256_loadu_si256(
                (const __m256i *)(const void *)(place + g * AGENTS_GROUP + (size_t)w * LANES)));
            __mmask16 leaves =
                _mm512_cmplt_epu32_mask(_mm512_srli_epi32(word, 1), go_of(&table, at));
            bits |= (uint64_t)leaves << (w * LANES);
        }
        out[g] = bits;
    }
}

static TARGET void words(const struct agents_key *key, uint32_t stream, uint32_t block,
                         unsigned pair, const uint32_t *agent, size_t n, uint32_t *first,
                         uint32_t *second)
{
    for (size_t i = 0; i < n; i += LANES / 2) {
        __m512i entity =
            _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)(agent + i)));
        struct philox_avx512 a = philox_avx512(key->seed, block, key->day, entity, stream);
        _mm256_storeu_si256((__m256i *)(void *)(first + i), _mm512_cvtepi64_epi32(a.word[pair]));
        _mm256_storeu_si256((__m256i *)(void *)(second + i),
                            _mm512_cvtepi64_epi32(a.word[pair + 1]));
    }
}

static TARGET void pick(const uint32_t *thresholds, const uint32_t *at, const uint32_t *n,
                        const uint32_t *word, size_t count, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *row = thresholds + at[i];
        uint32_t last = n[i] == 0 ? 0 : n[i] - 1, k = 0;
        __m512i u = _mm512_set1_epi32((int)word[i]);
        uint32_t from = 0;
        do {
            __mmask16 below =
                _mm512_cmple_epu32_mask(_mm512_load_si512((const void *)(row + from)), u);
            k += (uint32_t)__builtin_popcount(below);
            from += LANES;
        } while (__builtin_expect(from < last, 0));
        out[i] = k < last ? k : last;
    }
}

const struct agents_path agents_avx512 = {"AVX-512", idle, words, pick};
#endif
