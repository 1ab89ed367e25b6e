#include "bulk_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET    __attribute__((target("avx512f")))
#define WIDTH     8
#define NAMED(x)  x##_avx512
#define PATH_TEXT "AVX-512"

typedef __m512d vec;
typedef __mmask8 mask;

#define v_load(p)       _mm512_loadu_pd(p)
#define v_store(p, a)   _mm512_storeu_pd(p, a)
#define v_set(x)        _mm512_set1_pd(x)
#define v_min(a, b)     _mm512_min_pd(a, b)
#define v_max(a, b)     _mm512_max_pd(a, b)
#define v_sqrt(a)       _mm512_sqrt_pd(a)
#define v_above(a, b)   _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define v_known(a)      _mm512_cmp_pd_mask(a, a, _CMP_ORD_Q)
#define v_pick(m, a, b) _mm512_mask_blend_pd(m, b, a)
#define v_keep(m, a)    _mm512_maskz_mov_pd(m, a)
#define m_and(a, b)     ((mask)((a) & (b)))
#define m_bits(m)       ((unsigned)(m))

#include "bulk_day.h"
#endif
