#include "bulk_lanes.h"

const struct bulk_path *bulk_path(enum bulk_path_name name)
{
    switch (name) {
    case BULK_PLAIN:
        return &bulk_path_plain;
#if defined(__x86_64__)
    case BULK_SSE2:
        return &bulk_path_sse2;
    case BULK_AVX2:
        return __builtin_cpu_supports("avx2") ? &bulk_path_avx2 : NULL;
    case BULK_AVX512:
        return __builtin_cpu_supports("avx512f") ? &bulk_path_avx512 : NULL;
#endif
    default:
        return NULL;
    }
}

const struct bulk_path *bulk_path_best(void)
{
    const struct bulk_path *best = NULL;
    for (int name = 0; name < BULK_PATHS; name++) {
        const struct bulk_path *path = bulk_path((enum bulk_path_name)name);
        best = path != NULL ? path : best;
    }
    return best;
}
