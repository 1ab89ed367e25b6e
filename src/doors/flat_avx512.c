#include "flat_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET   __attribute__((target("avx512f,avx512bw")))
#define WIDTH    8
#define PASS     8
#define NAMED(x) x##_avx512

typedef __m512i vec;
typedef __m512i near;
typedef __m512i codes;

#define v_load(p)               _mm512_loadu_si512(p)
#define v_store(p, a)           _mm512_storeu_si512(p, a)
#define v_all                   _mm512_set1_epi64(-1)
#define v_none                  _mm512_setzero_si512()
#define v_and(a, b)             _mm512_and_si512(a, b)
#define v_or(a, b)              _mm512_or_si512(a, b)
#define v_no(known, yes)        _mm512_andnot_si512(yes, known)
#define v_and_no(a, known, yes) _mm512_ternarylogic_epi64(a, known, yes, 0x40)
#define v_or_no(a, known, yes)  _mm512_ternarylogic_epi64(a, known, yes, 0xF4)
#define c_near(table)           near_of((table)->near[0])
#define c_look(near, from)      look(near, _mm512_loadu_si512(from))
#define c_look_far(table, from) look_far(table, from)
#define c_plane(bits, bit)                                                                         \
    ((bit) == 7 ? _mm512_movepi8_mask(bits)                                                        \
                : _mm512_test_epi8_mask(bits, _mm512_set1_epi8((char)(1 << (bit)))))

TARGET static inline near near_of(const uint8_t row[16])
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)row));
}

/* The lookup gives 0 where the top bit of an index is set, which the saturating addition sets for
 * all but 0 ..  15. */
TARGET static inline codes look(near row, codes from)
{
    return _mm512_shuffle_epi8(row, _mm512_adds_epu8(from, _mm512_set1_epi8(0x70)));
}

TARGET static inline codes look_far(const struct flat_table *table, const uint8_t *from)
{
    codes code = _mm512_loadu_si512(from), out = _mm512_setzero_si512();
    for (size_t i = 0; i < table->n_near; i++) {
        out = _mm512_or_si512(out, look(near_of(table->near[i]), code));
        code = _mm512_sub_epi8(code, _mm512_set1_epi8(16));
    }
    return out;
}

#include "flat_block.h"
#endif
