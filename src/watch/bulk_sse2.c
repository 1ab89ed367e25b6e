#include "bulk_lanes.h"

#if defined(__x86_64__)
#include <emmintrin.h>

#define TARGET
#define WIDTH     2
#define NAMED(x)  x##_sse2
#define PATH_TEXT "SSE2"

typedef __m128d vec, mask;

#define v_load(p)       _mm_loadu_pd(p)
#define v_store(p, a)   _mm_storeu_pd(p, a)
#define v_set(x)        _mm_set1_pd(x)
#define v_min(a, b)     _mm_min_pd(a, b)
#define v_max(a, b)     _mm_max_pd(a, b)
#define v_sqrt(a)       _mm_sqrt_pd(a)
#define v_above(a, b)   _mm_cmpgt_pd(a, b)
#define v_known(a)      _mm_cmpord_pd(a, a)
#define v_pick(m, a, b) _mm_or_pd(_mm_and_pd(m, a), _mm_andnot_pd(m, b))
#define v_keep(m, a)    _mm_and_pd(m, a)
#define m_and(a, b)     _mm_and_pd(a, b)
#define m_bits(m)       ((unsigned)_mm_movemask_pd(m))

#include "bulk_day.h"
#endif
