/* The fastest way of this machine to read a column of bytes: what no other pass can beat. */
#ifndef BENCH_DOORS_PASS_H
#define BENCH_DOORS_PASS_H

#include <stddef.h>
#include <stdint.h>

/* Vectors side by side: no operation waits for the last. The compiler splits them to what there
 * is. */
typedef uint64_t wide __attribute__((vector_size(64), aligned(1), may_alias));
enum { WIDES = 4, AHEAD = 2048 };

static inline __attribute__((always_inline)) uint64_t read_column(const uint8_t *from, size_t n)
{
    wide sums[WIDES] = {{0}};
    for (size_t i = 0; i + sizeof sums <= n; i += sizeof sums) {
        const wide *at = (const wide *)(const void *)(from + i);
        for (size_t line = 0; line < WIDES; line++) {
            __builtin_prefetch(from + i + AHEAD + 64 * line);
        }
        sums[0] ^= at[0];
        sums[1] ^= at[1];
        sums[2] ^= at[2];
        sums[3] ^= at[3];
    }
    wide all = sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
    return all[0] ^ all[1] ^ all[2] ^ all[3] ^ all[4] ^ all[5] ^ all[6] ^ all[7];
}

static uint64_t read_plain(const uint8_t *from, size_t n)
{
    return read_column(from, n);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint64_t read_avx2(const uint8_t *from, size_t n)
{
    return read_column(from, n);
}

__attribute__((target("avx512f"))) static uint64_t read_avx512(const uint8_t *from, size_t n)
{
    return read_column(from, n);
}
#endif

typedef uint64_t read_fn(const uint8_t *from, size_t n);

static read_fn *read_best(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        return read_avx512;
    }
    if (__builtin_cpu_supports("avx2")) {
        return read_avx2;
    }
#endif
    return read_plain;
}

#endif
