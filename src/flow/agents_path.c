#include "agents_lanes.h"

const struct agents_path *agents_path(enum agents_path_name name)
{
    switch (name) {
    case AGENTS_PLAIN:
        return &agents_plain;
#if defined(__x86_64__)
    case AGENTS_AVX2:
        return __builtin_cpu_supports("avx2") ? &agents_avx2 : NULL;
    case AGENTS_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
                   ? &agents_avx512
                   : NULL;
#endif
    default:
        return NULL;
    }
}

const struct agents_path *agents_path_best(void)
{
    const struct agents_path *best = NULL;
    for (int name = 0; name < AGENTS_PATHS; name++) {
        const struct agents_path *path = agents_path((enum agents_path_name)name);
        best = path != NULL ? path : best;
    }
    return best;
}
