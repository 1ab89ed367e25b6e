/* Where the bytes that matter stand in 64 bytes of CSV: bit i for byte i.
 *
 * Two ways with identical results: SSE2 where the processor family has it, words of 8 bytes
 * elsewhere (exact byte by byte, without the false hits of the shorter trick). */
#ifndef BASE_CSV_MASK_H
#define BASE_CSV_MASK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define CSV_MASK_N 64

#define CSV_MASK_ONES  UINT64_C(0x0101010101010101)
#define CSV_MASK_LOW   UINT64_C(0x7f7f7f7f7f7f7f7f)
#define CSV_MASK_HIGHS UINT64_C(0x8080808080808080)

/* 0x80 in each byte of `word` that is `byte`, 0 in the others. */
static inline uint64_t csv_mask_equal(uint64_t word, char byte)
{
    uint64_t x = word ^ (CSV_MASK_ONES * (unsigned char)byte);
    return ~(((x & CSV_MASK_LOW) + CSV_MASK_LOW) | x | CSV_MASK_LOW);
}

/* Gathers those 0x80 into 8 bits, the first byte in memory lowest. */
static inline uint64_t csv_mask_gather(uint64_t equal)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    equal = __builtin_bswap64(equal);
#endif
    return ((equal >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t csv_mask_one_words(const char *at, char byte)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < CSV_MASK_N; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, 8);
        mask |= csv_mask_gather(csv_mask_equal(word, byte)) << i;
    }
    return mask;
}

static inline uint64_t csv_mask_words(const char *at, char separator)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < CSV_MASK_N; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, 8);
        mask |= csv_mask_gather(csv_mask_equal(word, separator) | csv_mask_equal(word, '"') |
                                csv_mask_equal(word, '\n') | csv_mask_equal(word, '\r'))
                << i;
    }
    return mask;
}

#if defined(__SSE2__)
static inline uint64_t csv_mask_one(const char *at, char byte)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < CSV_MASK_N; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8(byte));
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << i;
    }
    return mask;
}

/* The separator, quotes, LF and CR. */
static inline uint64_t csv_mask(const char *at, char separator)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < CSV_MASK_N; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                    _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
        __m128i cell = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(separator)),
                                    _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(line, cell)) << i;
    }
    return mask;
}
#else
static inline uint64_t csv_mask_one(const char *at, char byte)
{
    return csv_mask_one_words(at, byte);
}

static inline uint64_t csv_mask(const char *at, char separator)
{
    return csv_mask_words(at, separator);
}
#endif

/* The last bytes, fewer than 64, behind which nothing may be read; bits past them are 0 for any
 * byte but NUL. */
static inline void csv_mask_tail(char to[CSV_MASK_N], const char *at, size_t n)
{
    memset(to, 0, CSV_MASK_N);
    memcpy(to, at, n);
}

static inline unsigned csv_mask_count(uint64_t mask)
{
    mask -= (mask >> 1) & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + ((mask >> 2) & UINT64_C(0x3333333333333333));
    mask = (mask + (mask >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)((mask * CSV_MASK_ONES) >> 56);
}

#endif
