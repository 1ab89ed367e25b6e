#include "radix.h"

#include <string.h>

/* Eleven bits a pass: the 2,048 counters stay in the first-level cache. */
#define RADIX_BITS 11u
#define RADIX_N    (1u << RADIX_BITS)

unsigned radix_bits(uint64_t most)
{
    return most == 0 ? 0 : 64u - (unsigned)__builtin_clzll(most);
}

static inline size_t radix_digit(const struct radix_item *item, bool by_series, unsigned shift)
{
    return ((by_series ? item->series : item->key) >> shift) & (RADIX_N - 1);
}

/* One pass by the digit at `shift`.  False when all items have the same digit and nothing moved. */
static inline bool radix_pass(const struct radix_item *from, struct radix_item *to, size_t n,
                              bool by_series, unsigned shift)
{
    size_t start[RADIX_N] = {0};
    for (size_t i = 0; i < n; i++) {
        start[radix_digit(&from[i], by_series, shift)]++;
    }
    if (start[radix_digit(&from[0], by_series, shift)] == n) {
        return false;
    }
    size_t sum = 0;
    for (size_t digit = 0; digit < RADIX_N; digit++) {
        size_t count = start[digit];
        start[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        to[start[radix_digit(&from[i], by_series, shift)]++] = from[i];
    }
    return true;
}

static inline void radix_sort(struct radix_item *items, struct radix_item *other, size_t n,
                              bool by_series, unsigned bits)
{
    struct radix_item *from = items, *to = other;
    for (unsigned shift = 0; n > 0 && shift < bits; shift += RADIX_BITS) {
        if (radix_pass(from, to, n, by_series, shift)) {
            struct radix_item *moved = from;
            from = to;
            to = moved;
        }
    }
    if (from != items) {
        memcpy(items, from, n * sizeof *items);
    }
}

void radix_sort_keys(struct radix_item *items, struct radix_item *other, size_t n, unsigned bits)
{
    radix_sort(items, other, n, false, bits);
}

void radix_sort_series(struct radix_item *items, struct radix_item *other, size_t n, unsigned bits)
{
    radix_sort(items, other, n, true, bits);
}
