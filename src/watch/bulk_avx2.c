#include "bulk_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET    __attribute__((target("avx2")))
#define WIDTH     4
#define NAMED(x)  x##_avx2
#define PATH_TEXT "AVX2"

typedef __m256d vec, mask;

#define v_load(p)       _mm256_loadu_pd(p)
#define v_store(p, a)   _mm256_storeu_pd(p, a)
#define v_set(x)        _mm256_set1_pd(x)
#define v_min(a, b)     _mm256_min_pd(a, b)
#define v_max(a, b)     _mm256_max_pd(a, b)
#define v_sqrt(a)       _mm256_sqrt_pd(a)
#define v_above(a, b)   _mm256_cmp_pd(a, b, _CMP_GT_OQ)
#define v_known(a)      _mm256_cmp_pd(a, a, _CMP_ORD_Q)
#define v_pick(m, a, b) _mm256_blendv_pd(b, a, m)
#define v_keep(m, a)    _mm256_and_pd(m, a)
#define m_and(a, b)     _mm256_and_pd(a, b)
#define m_bits(m)       ((unsigned)_mm256_movemask_pd(m))

#include "bulk_day.h"
#endif
