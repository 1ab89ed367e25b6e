#include "flat_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET   __attribute__((target("avx2")))
#define WIDTH    4
#define PASS     8
#define NAMED(x) x##_avx2

typedef __m256i vec;
typedef __m256i near;
typedef struct {
    __m256i low, high;
} codes;

#define v_load(p)               _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define v_store(p, a)           _mm256_storeu_si256((__m256i *)(void *)(p), a)
#define v_all                   _mm256_set1_epi64x(-1)
#define v_none                  _mm256_setzero_si256()
#define v_and(a, b)             _mm256_and_si256(a, b)
#define v_or(a, b)              _mm256_or_si256(a, b)
#define v_no(known, yes)        _mm256_andnot_si256(yes, known)
#define v_and_no(a, known, yes) v_and(a, v_no(known, yes))
#define v_or_no(a, known, yes)  v_or(a, v_no(known, yes))
#define c_near(table)           near_of((table)->near[0])
#define c_look(near, from)      look(near, from)
#define c_look_far(table, from) look_far(table, from)
#define c_plane(bits, bit)      (half((bits).low, bit) | half((bits).high, bit) << 32)

TARGET static inline near near_of(const uint8_t row[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)row));
}

/* As in flat_avx512.c. */
TARGET static inline __m256i look_half(near row, __m256i from)
{
    return _mm256_shuffle_epi8(row, _mm256_adds_epu8(from, _mm256_set1_epi8(0x70)));
}

TARGET static inline codes look(near row, const uint8_t *from)
{
    return (codes){look_half(row, v_load(from)), look_half(row, v_load(from + 32))};
}

TARGET static inline __m256i look_far_half(const struct flat_table *table, const uint8_t *from)
{
    __m256i code = v_load(from), out = _mm256_setzero_si256();
    for (size_t i = 0; i < table->n_near; i++) {
        out = v_or(out, look_half(near_of(table->near[i]), code));
        code = _mm256_sub_epi8(code, _mm256_set1_epi8(16));
    }
    return out;
}

TARGET static inline codes look_far(const struct flat_table *table, const uint8_t *from)
{
    return (codes){look_far_half(table, from), look_far_half(table, from + 32)};
}

/* Moves the bit to the top of its byte; what comes in from the neighbour stays below it. */
TARGET static inline uint64_t half(__m256i bits, unsigned bit)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(bits, (int)(7 - bit)));
}

#include "flat_block.h"
#endif
